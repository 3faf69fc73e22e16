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
