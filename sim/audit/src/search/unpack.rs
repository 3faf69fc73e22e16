//! What lies packed inside bytes: deflate in its three wrappings, zstd, base64 and hex, two layers deep.
//!
//! **Never:** unpacks without a bound (a bomb is cut at [`UNPACKED_MAX`]); keeps it to itself that a bound was met.

use data_encoding::{BASE32_NOPAD, BASE64_NOPAD, BASE64URL_NOPAD, HEXLOWER_PERMISSIVE};
use flate2::{Decompress, FlushDecompress};
use std::io::Read;

/// Most bytes out of one packed thing.
const UNPACKED_MAX: usize = 1 << 20;

/// Fewest bytes out of one packed thing that are worth a search.
const UNPACKED_MIN: usize = 6;

/// Most bytes out of all packed things in one stream.
const ALL_UNPACKED_MAX: usize = 8 << 20;

/// Shortest run of letters that is read as base64, base32 or hex.
const RUN_MIN: usize = 16;

/// Calls `found` with each thing that unpacks: offset in `bytes`, its layers in words, its contents. Whether that
/// was all: not where a bound was met with packed bytes left.
pub fn layers(bytes: &[u8], starts: &[usize], found: &mut dyn FnMut(usize, &str, &[u8])) -> bool {
    let mut unpacker =
        Unpacker { inflate: Decompress::new(false), budget: ALL_UNPACKED_MAX, is_cut: false };
    for (at, outer, contents) in unpacker.unpack(bytes, starts) {
        found(at, &format!(" under {outer}"), &contents);
        for (_, inner, deeper) in unpacker.unpack(&contents, &[0]) {
            found(at, &format!(" under {inner} under {outer}"), &deeper);
        }
    }
    !unpacker.is_cut
}

type Unpacked = (usize, &'static str, Vec<u8>);

struct Unpacker {
    inflate: Decompress,
    budget: usize,
    is_cut: bool,
}

impl Unpacker {
    fn unpack(&mut self, bytes: &[u8], starts: &[usize]) -> Vec<Unpacked> {
        let mut all = Vec::new();
        self.compressed(bytes, starts, &mut all);
        self.letters(bytes, &mut all);
        all
    }

    fn compressed(&mut self, bytes: &[u8], starts: &[usize], all: &mut Vec<Unpacked>) {
        for at in 0..bytes.len().saturating_sub(4) {
            let rest = &bytes[at..];
            let (name, contents) = match rest[0] {
                0x78 if matches!(rest[1], 0x01 | 0x5E | 0x9C | 0xDA) => {
                    ("zlib", self.inflated(&rest[2..]))
                }
                0x1F if rest[1] == 0x8B && rest[2] == 8 => {
                    ("gzip", gzip_body(rest).map(|body| self.inflated(body)).unwrap_or_default())
                }
                0x28 if rest.starts_with(&[0x28, 0xB5, 0x2F, 0xFD]) => ("zstd", self.unzstd(rest)),
                _ => continue,
            };
            self.keep(at, name, contents, all);
        }
        for &at in starts {
            let contents = bytes.get(at..).map(|rest| self.inflated(rest)).unwrap_or_default();
            self.keep(at, "raw deflate", contents, all);
        }
    }

    fn letters(&mut self, bytes: &[u8], all: &mut Vec<Unpacked>) {
        let is_letter = |b: &u8| b.is_ascii_alphanumeric() || b"+/-_".contains(b);
        let mut at = 0;
        for run in bytes.split(|b| !is_letter(b)) {
            if run.len() >= RUN_MIN {
                for (name, code, step) in [
                    ("base64", &BASE64_NOPAD, 4),
                    ("base64", &BASE64URL_NOPAD, 4),
                    ("base32", &BASE32_NOPAD, 8),
                    ("hex", &HEXLOWER_PERMISSIVE, 2),
                ] {
                    let whole = &run[..run.len() / step * step];
                    if let Ok(contents) = code.decode(whole) {
                        self.keep(at, name, contents, all);
                    }
                }
            }
            at += run.len() + 1;
        }
    }

    fn keep(&mut self, at: usize, name: &'static str, contents: Vec<u8>, all: &mut Vec<Unpacked>) {
        if contents.len() >= UNPACKED_MIN {
            self.budget = self.budget.saturating_sub(contents.len());
            all.push((at, name, contents));
        }
    }

    /// Most bytes out of the next packed thing; with the budget spent still enough to tell whether it is one.
    fn limit(&self) -> usize {
        self.budget.clamp(UNPACKED_MIN, UNPACKED_MAX)
    }

    /// As much as inflates; a stream that breaks off or turns bad still gives what came before.
    fn inflated(&mut self, packed: &[u8]) -> Vec<u8> {
        self.inflate.reset(false);
        let mut out = Vec::new();
        let limit = self.limit();
        loop {
            if out.len() >= limit {
                self.is_cut |= (self.inflate.total_in() as usize) < packed.len();
                break;
            }
            out.reserve(4096);
            let fed = self.inflate.total_in() as usize;
            let before = out.len();
            let status =
                self.inflate.decompress_vec(&packed[fed..], &mut out, FlushDecompress::None);
            let is_over = !matches!(status, Ok(flate2::Status::Ok));
            if is_over || (out.len() == before && self.inflate.total_in() as usize == fed) {
                break;
            }
        }
        out
    }

    fn unzstd(&mut self, packed: &[u8]) -> Vec<u8> {
        let mut out = Vec::new();
        let limit = self.limit() as u64;
        if let Ok(decoder) = ruzstd::decoding::StreamingDecoder::new(packed) {
            // A frame that breaks off still gives what came before; one byte more tells that there is more.
            let _ = decoder.take(limit + 1).read_to_end(&mut out);
        }
        self.is_cut |= out.len() as u64 > limit;
        out
    }
}

/// Where the deflate stream of a gzip member begins (RFC 1952).
fn gzip_body(member: &[u8]) -> Option<&[u8]> {
    let flags = *member.get(3)?;
    let mut rest = member.get(10..)?;
    if flags & 4 != 0 {
        let length = usize::from(u16::from_le_bytes([*rest.first()?, *rest.get(1)?]));
        rest = rest.get(2 + length..)?;
    }
    for text in [8, 16] {
        if flags & text != 0 {
            rest = rest.get(rest.iter().position(|b| *b == 0)? + 1..)?;
        }
    }
    rest.get(if flags & 2 != 0 { 2 } else { 0 }..)
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::Compression;
    use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};
    use std::io::Write;

    const SECRET: &[u8] = b"cell 3 of pack A fell to 3.41 V above Hangar 7";

    fn is_found(bytes: &[u8], starts: &[usize]) -> bool {
        let mut found = false;
        layers(bytes, starts, &mut |_, _, contents| {
            found |= contents.windows(SECRET.len()).any(|w| w == SECRET);
        });
        found
    }

    #[test]
    fn every_wrapping_is_taken_off() {
        let mut zlib = ZlibEncoder::new(vec![], Compression::default());
        let mut gzip = GzEncoder::new(vec![], Compression::default());
        let mut raw = DeflateEncoder::new(vec![], Compression::default());
        zlib.write_all(SECRET).unwrap();
        gzip.write_all(SECRET).unwrap();
        raw.write_all(SECRET).unwrap();
        let gzip = gzip.finish().unwrap();
        let zstd =
            ruzstd::encoding::compress_to_vec(SECRET, ruzstd::encoding::CompressionLevel::Fastest);
        let base64 = BASE64_NOPAD.encode(&gzip).into_bytes();
        let behind = |bytes: &[u8]| [b"{\"crash\":\"", bytes, b"\"}"].concat();
        assert!(is_found(&behind(&zlib.finish().unwrap()), &[]), "zlib");
        assert!(is_found(&behind(&gzip), &[]), "gzip");
        assert!(is_found(&raw.finish().unwrap(), &[0]), "raw deflate");
        assert!(is_found(&behind(&zstd), &[]), "zstd");
        assert!(is_found(&behind(&base64), &[]), "gzip in base64");
        assert!(!is_found(b"nothing at all is packed in here", &[0]));
    }

    #[test]
    fn a_bound_that_is_met_is_told() {
        let zlib = |length: usize| {
            let mut zlib = ZlibEncoder::new(vec![], Compression::default());
            zlib.write_all(&vec![b'a'; length]).unwrap();
            zlib.finish().unwrap()
        };
        let zstd = |length: usize| {
            let level = ruzstd::encoding::CompressionLevel::Fastest;
            ruzstd::encoding::compress_to_vec(&vec![b'a'; length][..], level)
        };
        let half = UNPACKED_MAX / 2;
        let table = [
            ("small", zlib(half), true),
            ("a bomb", zlib(2 * UNPACKED_MAX), false),
            ("a zstd bomb", zstd(2 * UNPACKED_MAX), false),
            ("as much as is looked at", zlib(half).repeat(15), true),
            ("many small ones", zlib(half).repeat(20), false),
            ("many small zstd frames", zstd(half).repeat(20), false),
        ];
        for (what, bytes, is_all) in table {
            assert_eq!(layers(&bytes, &[], &mut |_, _, _| {}), is_all, "{what}");
        }
    }
}
