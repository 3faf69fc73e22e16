//! The forms that a secret may take when it leaves: all that is searched for on its behalf.
//!
//! **Never:** makes a form so short that chance would find it.

use crate::search::needles::is_varied;
use data_encoding::{BASE32_NOPAD, BASE64_NOPAD, Encoding, HEXLOWER, HEXUPPER};
use evidence::{Class, seal::sha256_hex};

/// Shortest form that is searched for, in bytes.
const FORM_MIN: usize = 6;

/// Bytes of a binary secret that most forms are made of: enough to be certain, and a leak of a part is seen.
const PART: usize = 16;

/// A form and its name.
pub type Form = (&'static str, Vec<u8>);

/// Every form of a secret that sensors delivered: samples or pixels.
pub fn of_binary(class: Class, secret: &[u8]) -> Vec<Form> {
    let part = &secret[..secret.len().min(PART)];
    let mut forms = of_bytes(part);
    forms.push(("16-bit words swapped", swapped(part, 2)));
    forms.push(("32-bit words swapped", swapped(part, 4)));
    if class == Class::Audio {
        let samples: Vec<i16> =
            secret.chunks_exact(2).map(|b| i16::from_le_bytes([b[0], b[1]])).collect();
        forms.push(("8-bit signed sound", samples.iter().map(|s| (s >> 8) as u8).collect()));
        forms.push((
            "8-bit unsigned sound",
            samples.iter().map(|s| (s >> 8) as u8 ^ 0x80).collect(),
        ));
        forms.push(("mu-law sound", samples.iter().map(|s| mu_law(*s)).collect()));
    }
    usable(forms)
}

/// Every form of a secret that is a text or an address.
pub fn of_text(secret: &[u8]) -> Vec<Form> {
    let mut forms = of_bytes(secret);
    forms.push(("UTF-16 LE", secret.iter().flat_map(|b| [*b, 0]).collect()));
    forms.push(("UTF-16 BE", secret.iter().flat_map(|b| [0, *b]).collect()));
    forms.push((
        "percent code",
        secret.iter().flat_map(|b| format!("%{b:02X}").into_bytes()).collect(),
    ));
    let pairs: Vec<_> = secret.iter().map(|b| format!("{b:02x}")).collect();
    forms.push(("hex with colons", pairs.join(":").into_bytes()));
    forms.push(("hex with colons", pairs.join(":").to_uppercase().into_bytes()));
    let digest = sha256_hex(secret).into_bytes();
    forms.push(("SHA-256 in hex", digest[..16].to_vec()));
    forms.push(("SHA-256", HEXLOWER.decode(&digest[..16]).unwrap_or_default()));
    usable(forms)
}

/// The difference-coded form: equal for all single-byte XOR keys, inversion among them.
pub fn differences(bytes: &[u8]) -> Vec<u8> {
    bytes.windows(2).map(|pair| pair[0] ^ pair[1]).collect()
}

fn of_bytes(part: &[u8]) -> Vec<Form> {
    let mut forms = vec![
        ("plain bytes", part.to_vec()),
        ("reversed bytes", part.iter().rev().copied().collect()),
        ("reversed bits", part.iter().map(|b| b.reverse_bits()).collect()),
        ("hex", HEXLOWER.encode(part).into_bytes()),
        ("hex", HEXUPPER.encode(part).into_bytes()),
    ];
    for shift in 1..8 {
        let shifted = |pair: &[u8]| (pair[0] << shift) | (pair[1] >> (8 - shift));
        forms.push(("shifted bits", part.windows(2).map(shifted).collect()));
    }
    for before in 0..3 {
        let base64 = aligned(&BASE64_NOPAD, 6, part, before);
        let url = base64.iter().map(|c| match c {
            b'+' => b'-',
            b'/' => b'_',
            c => *c,
        });
        forms.push(("base64", url.collect()));
        forms.push(("base64", base64));
    }
    for before in 0..5 {
        let base32 = aligned(&BASE32_NOPAD, 5, part, before);
        forms.push(("base32", base32.to_ascii_lowercase()));
        forms.push(("base32", base32));
    }
    for before in 0..4.min(part.len()) {
        let coded = ascii85(&part[before..]);
        // Five letters hold four bytes: too few to be certain.
        if coded.len() >= 10 {
            forms.push(("ascii85", coded));
        }
    }
    forms
}

/// The letters that depend on `part` alone when `before` other bytes stand in front of it.
fn aligned(code: &Encoding, bits: usize, part: &[u8], before: usize) -> Vec<u8> {
    let mut whole = vec![0; before];
    whole.extend_from_slice(part);
    let letters = code.encode(&whole).into_bytes();
    letters[(8 * before).div_ceil(bits)..8 * whole.len() / bits].to_vec()
}

fn ascii85(bytes: &[u8]) -> Vec<u8> {
    let group = |group: &[u8]| {
        let mut rest = u32::from_be_bytes([group[0], group[1], group[2], group[3]]);
        let mut letters = [0; 5];
        for letter in letters.iter_mut().rev() {
            *letter = (rest % 85) as u8 + b'!';
            rest /= 85;
        }
        letters
    };
    bytes.chunks_exact(4).flat_map(group).collect()
}

fn swapped(bytes: &[u8], word: usize) -> Vec<u8> {
    bytes.chunks_exact(word).flat_map(|chunk| chunk.iter().rev().copied()).collect()
}

/// ITU-T G.711 mu-law of one sample.
fn mu_law(sample: i16) -> u8 {
    let sign = if sample < 0 { 0x80 } else { 0 };
    let size = (i32::from(sample).abs() + 132).min(32_767);
    let exponent = (24 - size.leading_zeros()).min(7);
    let mantissa = (size >> (exponent + 3)) & 0x0F;
    !(sign | (exponent << 4) as u8 | mantissa as u8)
}

fn usable(mut forms: Vec<Form>) -> Vec<Form> {
    forms.retain(|(_, form)| form.len() >= FORM_MIN && is_varied(form));
    forms.sort_by(|a, b| a.1.cmp(&b.1));
    forms.dedup_by(|a, b| a.1 == b.1);
    forms
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_those_that_other_programs_write() {
        let forms = of_text(b"Hangar 7 north");
        let has = |form: &[u8]| forms.iter().any(|(_, f)| f == form);
        for text in [
            "Hangar 7 north",
            "htron 7 ragnaH",
            "48616e6761722037206e6f727468",
            "SGFuZ2FyIDcgbm9ydG",
            "hhbmdhciA3IG5vcnRo",
            "IYW5nYXIgNyBub3J0a",
            "JBQW4Z3BOIQDOIDON5ZHI2",
        ] {
            assert!(has(text.as_bytes()), "{text}");
        }
        assert!(!has(b""), "nothing is no form");
    }

    #[test]
    fn mu_law_is_that_of_the_standard() {
        let table = [
            (0, 0xFF),
            (-1, 0x7F),
            (8, 0xFE),
            (1000, 0xCE),
            (-1000, 0x4E),
            (32_767, 0x80),
            (-32_768, 0x00),
        ];
        for (sample, code) in table {
            assert_eq!(mu_law(sample), code, "{sample}");
        }
    }

    #[test]
    fn differences_are_the_same_under_every_key() {
        let plain = b"Hangar 7";
        for key in 0..=255 {
            let hidden: Vec<u8> = plain.iter().map(|b| b ^ key).collect();
            assert_eq!(differences(&hidden), differences(plain));
        }
    }
}
