//! What is expected of the claims, by the claims' own names: `"no-audio": Held`. A claim that is not named is
//! expected untested.
//!
//! **Never:** takes the later of two answers.

use super::Expectation;
use crate::ClaimId;
use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serializer};
use std::collections::BTreeMap;
use std::fmt;

const NAMES: &[&str] = &[
    "no-audio",
    "mic-consent",
    "no-faces",
    "media-manual",
    "media-consent",
    "log-sealed",
    "log-consent",
    "diag-coarse",
    "nofly-coarse",
    "off-means-off",
    "user-control",
    "identity-minimal",
    "identity-unverified",
    "identity-sealed",
    "known-hosts",
    "server-access",
    "only-known-links",
];

pub(super) fn serialize<S: Serializer>(
    expects: &BTreeMap<ClaimId, Expectation>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_map(expects.iter().map(|(claim, expectation)| (claim.name(), expectation)))
}

pub(super) fn deserialize<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<BTreeMap<ClaimId, Expectation>, D::Error> {
    deserializer.deserialize_map(Expects)
}

struct Expects;

impl<'de> Visitor<'de> for Expects {
    type Value = BTreeMap<ClaimId, Expectation>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("what is expected of each claim")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut expects = BTreeMap::new();
        while let Some(Name(claim)) = map.next_key()? {
            if expects.insert(claim, map.next_value()?).is_some() {
                return Err(A::Error::custom(format!("the claim \"{claim}\" stands twice")));
            }
        }
        for claim in ClaimId::ALL {
            expects.entry(claim).or_insert(Expectation::Untested);
        }
        Ok(expects)
    }
}

struct Name(ClaimId);

impl<'de> Deserialize<'de> for Name {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        let claim = ClaimId::ALL.into_iter().find(|claim| claim.name() == name);
        claim.map(Self).ok_or_else(|| D::Error::unknown_variant(&name, NAMES))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_names_here_are_the_claims_names() {
        assert_eq!(ClaimId::ALL.map(ClaimId::name), NAMES);
    }
}
