//! Bytes as lower-case hex in JSON.
//!
//! **Never:** takes a text of odd length.

use serde::de::Error;
use std::fmt::Write;

pub(crate) fn encode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        let _ = write!(text, "{byte:02x}");
    }
    text
}

fn decode<E: Error>(text: &str) -> Result<Vec<u8>, E> {
    if !text.len().is_multiple_of(2) {
        return Err(E::custom("hex text of odd length"));
    }
    let digits = text.as_bytes().chunks(2);
    digits
        .map(|pair| {
            let pair = std::str::from_utf8(pair).map_err(E::custom)?;
            u8::from_str_radix(pair, 16).map_err(E::custom)
        })
        .collect()
}

/// For `#[serde(with = "hex::bytes")]` on a `Vec<u8>`.
pub(crate) mod bytes {
    use serde::{Deserialize, Deserializer, Serializer};

    pub(crate) fn serialize<S: Serializer>(bytes: &[u8], s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(&super::encode(bytes))
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(d: D) -> Result<Vec<u8>, D::Error> {
        super::decode(&String::deserialize(d)?)
    }
}

/// For `#[serde(with = "hex::optional_bytes")]` on an `Option<Vec<u8>>`.
pub(crate) mod optional_bytes {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub(crate) fn serialize<S: Serializer>(b: &Option<Vec<u8>>, s: S) -> Result<S::Ok, S::Error> {
        b.as_deref().map(super::encode).serialize(s)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
        d: D,
    ) -> Result<Option<Vec<u8>>, D::Error> {
        Option::<String>::deserialize(d)?.map(|text| super::decode(&text)).transpose()
    }
}

/// For `#[serde(with = "hex::key")]` on a key of 32 bytes.
pub(crate) mod key {
    use serde::de::Error;
    use serde::{Deserialize, Deserializer, Serializer};

    pub(crate) fn serialize<S: Serializer>(key: &[u8; 32], s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(&super::encode(key))
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(d: D) -> Result<[u8; 32], D::Error> {
        let bytes: Vec<u8> = super::decode(&String::deserialize(d)?)?;
        bytes.try_into().map_err(|_| D::Error::custom("a key that is not 32 bytes"))
    }
}

#[cfg(test)]
mod tests {
    use crate::Truth;

    #[test]
    fn a_key_is_32_bytes_in_hex_and_nothing_else() {
        let truth = Truth { owner_secret: [0xA7; 32], ..Truth::default() };
        let text = serde_json::to_string(&truth).expect("it can be written");
        assert!(text.contains(&"a7".repeat(32)), "{text}");
        assert_eq!(serde_json::from_str::<Truth>(&text).expect("it can be read"), truth);
        for bad in ["a7".repeat(31), "a7".repeat(33), "a".repeat(63), "xy".repeat(32)] {
            let text = text.replace(&"a7".repeat(32), &bad);
            assert!(serde_json::from_str::<Truth>(&text).is_err(), "{bad}");
        }
    }
}
