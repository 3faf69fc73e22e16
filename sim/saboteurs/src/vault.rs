//! The mark of the secure element, as a firmware that holds its key can make it on anything.
//!
//! HMAC-SHA256 is RFC 2104.
//!
//! **Never:** opens what is sealed.

use sha2::{Digest, Sha256};

/// The mark on some bytes under a key.
pub(crate) fn mark(key: &[u8; 32], parts: &[&[u8]]) -> [u8; 32] {
    let padded = |with: u8| {
        let mut block = [with; 64];
        block.iter_mut().zip(key).for_each(|(byte, key)| *byte ^= key);
        block
    };
    let inner = Sha256::new_with_prefix(padded(0x36));
    let inner = parts.iter().fold(inner, |inner, part| inner.chain_update(part)).finalize();
    Sha256::new_with_prefix(padded(0x5C)).chain_update(inner).finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mark_is_hmac_sha256() {
        // RFC 4231 has no key of 32 bytes; a shorter one is one that ends in zeros.
        let mut key = [0; 32];
        key[..4].copy_from_slice(b"Jefe");
        let mark = mark(&key, &[b"what do ya want ", b"for nothing?"]);
        let expected = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
        assert_eq!(data_encoding::HEXLOWER.encode(&mark), expected);
    }
}
