//! The secure element: vouches for what lies on the card, and seals what nobody else may read there.
//!
//! HMAC-SHA256 is RFC 2104. A sealed file is `HWSEAL01`, a nonce of 12 bytes, then ChaCha20-Poly1305 under the key
//! HMAC(vault key, `seal`), with the file's path as associated data, so that no sealed file passes for another.
//!
//! **Never:** shows a key; uses the tick's chance as it is, for other rooms use it too; opens half a file.

use crate::gate::Door;
use alloc::vec::Vec;
use chacha20poly1305::aead::{AeadInOut, KeyInit};
use chacha20poly1305::{ChaCha20Poly1305, Nonce};
use sha2::{Digest, Sha256};

const MAGIC: &[u8; 8] = b"HWSEAL01";
const NONCE: usize = 12;
const BLOCK: usize = 64;

/// Bytes that the vault has sealed or vouched for: only these may be kept on the card in its name. Made here and
/// nowhere else.
pub struct Kept(Vec<u8>);

impl Kept {
    pub(crate) fn open(self, _: &Door) -> Vec<u8> {
        self.0
    }
}

/// The keeper of the vehicle's own key.
pub(crate) struct Vault {
    key: [u8; 32],
}

impl Vault {
    pub(crate) fn new(key: [u8; 32]) -> Self {
        Self { key }
    }

    /// The vault's mark on these bytes.
    pub(crate) fn mac(&self, parts: &[&[u8]]) -> [u8; 32] {
        hmac_sha256(&self.key, parts)
    }

    /// The body with its mark behind it, ready to be kept; the mark covers `context` and the body.
    pub(crate) fn vouch(&self, before: &[u8], context: &[u8], body: &[u8]) -> (Kept, [u8; 32]) {
        let mac = self.mac(&[context, body]);
        (Kept([before, body, &mac].concat()), mac)
    }

    /// Whether the mark is the vault's own on these bytes.
    pub(crate) fn vouches_for(&self, parts: &[&[u8]], mac: &[u8]) -> bool {
        is_same(&self.mac(parts), mac)
    }

    /// Seals a small file that will lie at `path`. `entropy` is the tick's chance.
    pub(crate) fn seal(&self, path: &str, plain: &[u8], entropy: &[u8; 32]) -> Option<Kept> {
        let chance = self.mac(&[b"nonce", path.as_bytes(), entropy]);
        let mut nonce = [0; NONCE];
        nonce.copy_from_slice(&chance[..NONCE]);
        let mut bytes = plain.to_vec();
        self.cipher()
            .encrypt_in_place(&Nonce::from(nonce), path.as_bytes(), &mut bytes)
            .ok()
            .map(|()| Kept([&MAGIC[..], &nonce, &bytes].concat()))
    }

    /// Opens a sealed file that lies at `path`; none if it is torn, forged or another file's.
    pub(crate) fn unseal(&self, path: &str, bytes: &[u8]) -> Option<Vec<u8>> {
        let (nonce, sealed) = bytes.strip_prefix(MAGIC)?.split_at_checked(NONCE)?;
        let nonce: [u8; NONCE] = nonce.try_into().ok()?;
        let mut plain = sealed.to_vec();
        self.cipher()
            .decrypt_in_place(&Nonce::from(nonce), path.as_bytes(), &mut plain)
            .ok()
            .map(|()| plain)
    }

    fn cipher(&self) -> ChaCha20Poly1305 {
        ChaCha20Poly1305::new(&self.mac(&[b"seal"]).into())
    }
}

/// The start of a file that holds nothing yet.
pub(crate) fn fresh(magic: &[u8; 8]) -> Kept {
    Kept(magic.to_vec())
}

/// HMAC-SHA256 over the parts, one after another.
pub(crate) fn hmac_sha256(key: &[u8], parts: &[&[u8]]) -> [u8; 32] {
    let mut block = [0; BLOCK];
    if key.len() > BLOCK {
        block[..32].copy_from_slice(&Sha256::digest(key));
    } else {
        block[..key.len()].copy_from_slice(key);
    }
    let padded = |pad: u8| block.map(|byte| byte ^ pad);
    let mut inner = Sha256::new_with_prefix(padded(0x36));
    for part in parts {
        inner.update(part);
    }
    let mut outer = Sha256::new_with_prefix(padded(0x5C));
    outer.update(inner.finalize());
    outer.finalize().into()
}

/// Compares without telling by its time where two marks differ.
pub(crate) fn is_same(ours: &[u8], theirs: &[u8]) -> bool {
    ours.len() == theirs.len() && ours.iter().zip(theirs).fold(0, |all, (a, b)| all | (a ^ b)) == 0
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::format;
    use alloc::string::String;
    use alloc::vec;

    fn hex(bytes: &[u8]) -> String {
        bytes.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    #[test]
    fn marks_are_those_of_rfc_4231() {
        let long_key = "Test Using Larger Than Block-Size Key - Hash Key First";
        for (key, data, expected) in [
            (
                vec![0x0B; 20],
                "Hi There",
                "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7",
            ),
            (
                b"Jefe".to_vec(),
                "what do ya want for nothing?",
                "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
            ),
            (
                vec![0xAA; 131],
                long_key,
                "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
            ),
        ] {
            let (first, rest) = data.as_bytes().split_at(3);
            assert_eq!(hex(&hmac_sha256(&key, &[first, rest])), expected, "{data}");
        }
        assert_eq!(
            hex(&hmac_sha256(&[0xAA; 20], &[&[0xDD; 50]])),
            "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"
        );
    }

    #[test]
    fn a_sealed_file_opens_whole_at_its_own_place_only() {
        let vault = Vault::new([7; 32]);
        let Some(Kept(sealed)) = vault.seal("ID/A.HID", b"FIN87astrdge12k8", &[9; 32]) else {
            panic!("a file in memory can be sealed");
        };
        assert_eq!(vault.unseal("ID/A.HID", &sealed).as_deref(), Some(&b"FIN87astrdge12k8"[..]));
        assert_eq!(vault.unseal("ID/B.HID", &sealed), None, "at another place");
        assert_eq!(Vault::new([8; 32]).unseal("ID/A.HID", &sealed), None, "by another vault");
        for length in 0..sealed.len() {
            assert_eq!(vault.unseal("ID/A.HID", &sealed[..length]), None, "torn at {length}");
        }
        for place in 0..sealed.len() {
            let mut forged = sealed.clone();
            forged[place] ^= 1;
            assert_eq!(vault.unseal("ID/A.HID", &forged), None, "forged at {place}");
        }
    }
}
