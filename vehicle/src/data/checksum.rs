//! The checksum by which a station compares a file with its own: CRC-32 from 0, as MAVLink FTP has it.
//!
//! Source: mavlink.io, "MAVLink FTP", CalcFileCRC32, and "CRC": the reflected polynomial 0xEDB88320, nothing inverted
//! before or after.
//!
//! **Never:** holds a file.

const POLYNOMIAL: u32 = 0xEDB8_8320;
const TABLE: [u32; 256] = table();

/// The checksum so far, taken on over more bytes.
pub(super) fn add(so_far: u32, bytes: &[u8]) -> u32 {
    bytes.iter().fold(so_far, |sum, &byte| {
        let index = (sum ^ u32::from(byte)) & 0xFF;
        TABLE[index as usize] ^ (sum >> 8)
    })
}

const fn table() -> [u32; 256] {
    let mut table = [0; 256];
    let mut index = 0;
    while index < table.len() {
        let mut sum = index as u32;
        let mut bit = 0;
        while bit < 8 {
            sum = if sum & 1 == 1 { POLYNOMIAL ^ (sum >> 1) } else { sum >> 1 };
            bit += 1;
        }
        table[index] = sum;
        index += 1;
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_those_of_the_protocol() {
        // Of PX4's and MAVSDK's function: `123456789` with neither the start nor the end inverted.
        for (bytes, expected) in [
            (&b""[..], 0),
            (&b"\0\0\0\0"[..], 0),
            (&b"\x01"[..], 0x7707_3096),
            (&b"123456789"[..], 0x2DFD_2D88),
        ] {
            assert_eq!(add(0, bytes), expected, "{bytes:?}");
        }
        let (first, rest) = b"123456789".split_at(4);
        assert_eq!(add(add(0, first), rest), add(0, b"123456789"), "in parts");
    }
}
