//! The law of the gate as data: class × link → never, by grant, coarse, free.
//!
//! The auditor reads the same file that is compiled into the vehicle, by itself.
//!
//! **Never:** has a default answer; a missing cell is an error.

use crate::{Class, Link};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What the law says of one class on one link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Rule {
    /// Not at all.
    Never,
    /// Only under a grant for that object and recipient (on `Card`: the pilot's command to capture).
    ByGrant,
    /// Only generalised to the 10 km cell.
    Coarse,
    /// At any time.
    Free,
}

/// A whole law: every class, every link.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Law {
    /// Its name: `sealed` or `vendor`.
    pub name: String,
    /// Class → link → rule.
    pub rules: BTreeMap<Class, BTreeMap<Link, Rule>>,
}

impl Law {
    /// Reads a law file.
    ///
    /// # Errors
    /// Line, column and what is wrong; also when a class or a link is missing.
    pub fn parse(text: &str) -> Result<Self, String> {
        let law: Self = ron::from_str(text).map_err(|e| e.to_string())?;
        for class in Class::ALL {
            let row = law.rules.get(&class).ok_or(format!("the law has no row for {class}"))?;
            for link in Link::ALL.into_iter().filter(|link| link.column() == *link) {
                row.get(&link).ok_or(format!("the law says nothing of {class} on {link}"))?;
            }
            if let Some(link) = row.keys().find(|link| link.column() != **link) {
                return Err(format!(
                    "{link} has no column of its own: it is judged as {}",
                    link.column()
                ));
            }
        }
        Ok(law)
    }

    /// The text of a law that ships: `sealed` or `vendor`.
    #[must_use]
    pub fn shipped(name: &str) -> Option<&'static str> {
        match name {
            "sealed" => Some(include_str!("../../../assets/law/sealed.ron")),
            "vendor" => Some(include_str!("../../../assets/law/vendor.ron")),
            _ => None,
        }
    }

    /// What it says of `class` on `link`.
    #[must_use]
    pub fn rule(&self, class: Class, link: Link) -> Rule {
        // `parse` has made sure that every cell is there; a hole would be the strictest answer.
        self.rules
            .get(&class)
            .and_then(|row| row.get(&link.column()))
            .copied()
            .unwrap_or(Rule::Never)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_laws_are_whole_and_differ_in_what_they_promise() {
        let law = |name| Law::parse(Law::shipped(name).expect("it ships")).expect("it is whole");
        assert_eq!(law("sealed").name, "sealed");
        assert_eq!(law("vendor").name, "vendor");
        for link in Link::ALL.into_iter().filter(|link| *link != Link::Card) {
            assert_eq!(law("sealed").rule(Class::Audio, link), Rule::Never, "{link}");
            assert_eq!(law("sealed").rule(Class::Face, link), Rule::Never, "{link}");
        }
        assert_ne!(law("sealed").rules, law("vendor").rules);
        assert_eq!(Law::shipped("wild"), None);
    }

    #[test]
    fn a_hole_in_a_law_is_an_error_that_names_it() {
        let whole = Law::shipped("sealed").expect("it ships");
        for (from, to, expected) in [
            (
                "Position:     { Radio: Free,    Video: Never,",
                "Position: { Radio: Free,",
                "Position on Video",
            ),
            (
                "Radio: Free,    Video: Free,",
                "Radio: Free, Telemetry2: Free, Video: Free,",
                "as Radio",
            ),
            ("Public:", "Audio:", "no row for Public"),
            ("Never", "Perhaps", "Perhaps"),
        ] {
            // The last one: the first words of the file are its comment.
            let at = whole.rfind(from).expect("it is there");
            let holed = format!("{}{to}{}", &whole[..at], &whole[at + from.len()..]);
            let error = Law::parse(&holed).expect_err("it has a hole");
            assert!(error.contains(expected), "{error}");
        }
    }
}
