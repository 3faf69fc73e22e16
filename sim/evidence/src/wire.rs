//! MAVLink 2 frames as they lie in what the ground said: framing, checksum and signature, no dialect.
//!
//! Source: mavlink.io, "Packet Serialization" and "Message Signing". A frame inside another frame's payload is none.
//!
//! **Never:** knows what a message means; reads MAVLink 1.

use sha2::{Digest, Sha256};

const MAGIC_V2: u8 = 0xFD;
const HEADER: usize = 10;
const CHECKSUM: usize = 2;
const SIGNATURE: usize = 13;
const SIGNED: u8 = 1;

/// A whole frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Frame<'a> {
    /// Who sent it: system.
    pub system: u8,
    /// Who sent it: component.
    pub component: u8,
    /// Which message.
    pub id: u32,
    /// Its payload, as it came: trailing zeros may be missing.
    pub payload: &'a [u8],
    /// The whole frame.
    whole: &'a [u8],
}

impl<'a> Frame<'a> {
    /// Whether the checksum is right for a message with this extra byte.
    #[must_use]
    pub fn is_sound(&self, extra: u8) -> bool {
        let end = HEADER + self.payload.len();
        crc(&self.whole[1..end], extra).to_le_bytes() == self.whole[end..end + CHECKSUM]
    }

    /// Whether it claims to be signed.
    #[must_use]
    pub fn is_signed(&self) -> bool {
        self.whole[2] & SIGNED != 0
    }

    /// Whether it is signed with this key, whatever its time.
    #[must_use]
    pub fn is_signed_with(&self, key: &[u8; 32]) -> bool {
        let (covered, signature) = self.whole.split_at(self.whole.len() - 6);
        let digest = Sha256::new_with_prefix(key).chain_update(covered).finalize();
        self.is_signed() && digest[..6] == *signature
    }

    /// The link and the time in a signature, where there is one: steps of 10 µs since 2015.
    #[must_use]
    pub fn link_and_time(&self) -> Option<(u8, u64)> {
        let start = self.whole.len().checked_sub(SIGNATURE).filter(|_| self.is_signed())?;
        let (link, rest) = self.whole[start..].split_first()?;
        Some((*link, rest[..6].iter().rev().fold(0, |all, byte| all << 8 | u64::from(*byte))))
    }

    /// The payload with the zeros that were trimmed, to so many bytes; what is longer is cut.
    #[must_use]
    pub fn padded<const N: usize>(&self) -> [u8; N] {
        let mut wire = [0; N];
        let length = self.payload.len().min(N);
        wire[..length].copy_from_slice(&self.payload[..length]);
        wire
    }
}

/// The frames in some bytes, in order. Noise between them, and what is cut short, is passed over.
pub fn frames(mut bytes: &[u8]) -> impl Iterator<Item = Frame<'_>> {
    std::iter::from_fn(move || {
        loop {
            let start = bytes.iter().position(|&byte| byte == MAGIC_V2)?;
            bytes = &bytes[start..];
            let header = bytes.get(..HEADER)?;
            let length = usize::from(header[1]);
            let signature = if header[2] & SIGNED != 0 { SIGNATURE } else { 0 };
            let Some(whole) = bytes.get(..HEADER + length + CHECKSUM + signature) else {
                bytes = &bytes[1..];
                continue;
            };
            bytes = &bytes[whole.len()..];
            if header[2] & !SIGNED == 0 {
                return Some(Frame {
                    system: header[5],
                    component: header[6],
                    id: u32::from_le_bytes([header[7], header[8], header[9], 0]),
                    payload: &whole[HEADER..HEADER + length],
                    whole,
                });
            }
        }
    })
}

/// CRC-16/MCRF4XX over a frame without its magic, then the message's extra byte.
#[must_use]
pub fn crc(bytes: &[u8], extra: u8) -> u16 {
    bytes.iter().chain([&extra]).fold(0xFFFF, |crc: u16, byte| {
        let mut low = byte ^ (crc as u8);
        low ^= low << 4;
        let low = u16::from(low);
        (crc >> 8) ^ (low << 8) ^ (low << 3) ^ (low >> 4)
    })
}

/// A frame around a payload, as a ground station would send it.
#[must_use]
pub fn framed(
    (system, component): (u8, u8),
    sequence: u8,
    id: u32,
    payload: &[u8],
    extra: u8,
) -> Vec<u8> {
    let kept = payload.iter().rposition(|&byte| byte != 0).map_or(1, |last| last + 1);
    let payload = &payload[..kept.min(payload.len())];
    let [id0, id1, id2, _] = id.to_le_bytes();
    let mut frame =
        vec![MAGIC_V2, payload.len() as u8, 0, 0, sequence, system, component, id0, id1, id2];
    frame.extend_from_slice(payload);
    let crc = crc(&frame[1..], extra);
    frame.extend(crc.to_le_bytes());
    frame
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(bytes: &[u8]) -> Vec<u32> {
        frames(bytes).map(|frame| frame.id).collect()
    }

    #[test]
    fn frames_are_found_between_noise_and_never_inside_another() {
        let a = framed((255, 190), 0, 76, &[1, 2, 3, 0, 0], 152);
        let b = framed((255, 190), 1, 0, &[0; 9], 50);
        let around = framed((255, 190), 2, 77_777, &a, 0);
        for (name, bytes, expected) in [
            ("two", [&a[..], &b].concat(), vec![76, 0]),
            ("noise before and between", [&b"xy"[..], &a, b"\x00", &b].concat(), vec![76, 0]),
            ("a frame in a frame", [&around[..], &b].concat(), vec![77_777, 0]),
            ("cut short", a[..a.len() - 1].to_vec(), vec![]),
            ("cut short, then a whole one", [&[0xFD, 200][..], &b].concat(), vec![0]),
        ] {
            assert_eq!(ids(&bytes), expected, "{name}");
        }
        let frame = frames(&a).next().unwrap();
        assert!(frame.is_sound(152) && !frame.is_sound(151));
        assert_eq!(frame.padded::<5>(), [1, 2, 3, 0, 0]);
        assert!(!frame.is_signed_with(&[0; 32]));
    }

    #[test]
    fn any_bytes_at_all_are_read_without_harm() {
        for seed in 0..2_000_u32 {
            let byte = |i: u32| (seed.wrapping_mul(2_654_435_761).rotate_left(i) >> 3) as u8;
            let bytes: Vec<u8> =
                (0..40).map(|i| if byte(i) < 40 { 0xFD } else { byte(i) }).collect();
            for frame in frames(&bytes) {
                let _ = (frame.is_sound(50), frame.is_signed_with(&[1; 32]), frame.padded::<9>());
            }
        }
    }
}
