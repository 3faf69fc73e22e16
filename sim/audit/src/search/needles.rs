//! The needles of one flight: its exposures and canaries in every form, as two automata.
//!
//! One automaton reads bytes, the other the differences between neighbours, where one key XORed over
//! all bytes vanishes.
//!
//! **Never:** searches for what chance or silence would say too.

use super::disguise;
use aho_corasick::{AhoCorasick, AhoCorasickKind};
use evidence::{Class, Evidence, Exposure, Tick};

/// Most exposures of a class that are searched for, evenly spread over the flight.
const PER_CLASS_MAX: usize = 48;

/// Fewest different bytes in a needle.
const DIFFERENT_MIN: usize = 6;

/// Fewest different bytes in a canary of 6 bytes, such as a hardware address.
const DIFFERENT_SHORT_MIN: usize = 4;

/// Shortest difference-coded needle.
const DIFFERENCES_MIN: usize = 7;

/// What a pattern stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Class of the secret.
    pub class: Class,
    /// Whose, or which.
    pub subject: String,
    /// When it reached the vehicle.
    pub exposed_at: Tick,
    /// In which form.
    pub disguise: &'static str,
}

/// All that is searched for in one evidence.
pub struct Needles {
    bytes: Option<AhoCorasick>,
    marks: Vec<Mark>,
    differences: Option<AhoCorasick>,
    difference_marks: Vec<Mark>,
    plain: Vec<(Mark, Vec<u8>)>,
}

impl Needles {
    /// Builds the automata. The canaries of an evidence are few; its exposures are thinned out.
    pub fn of(evidence: &Evidence) -> Self {
        let mut patterns = Vec::new();
        let mut marks = Vec::new();
        let mut difference_patterns = Vec::new();
        let mut difference_marks = Vec::new();
        let mut plain = Vec::new();
        for (exposure, is_text) in chosen(evidence) {
            let mark = |disguise| Mark {
                class: exposure.class,
                subject: exposure.subject.clone(),
                exposed_at: exposure.tick,
                disguise,
            };
            let needle = &exposure.needle;
            let forms = if is_text {
                disguise::of_text(needle)
            } else {
                disguise::of_binary(exposure.class, needle)
            };
            for (name, form) in forms {
                marks.push(mark(name));
                patterns.push(form);
            }
            let differences = disguise::differences(&needle[..needle.len().min(16)]);
            if differences.len() >= DIFFERENCES_MIN && is_varied(&differences) {
                difference_marks.push(mark("bytes under one XOR key"));
                difference_patterns.push(differences);
            }
            plain.push((mark("plain bytes"), needle.clone()));
        }
        Self {
            bytes: automaton(&patterns),
            marks,
            differences: automaton(&difference_patterns),
            difference_marks,
            plain,
        }
    }

    /// Calls `found` with every hit and its offset.
    pub fn find(&self, haystack: &[u8], found: &mut dyn FnMut(&Mark, usize)) {
        if let Some(bytes) = &self.bytes {
            for hit in bytes.find_overlapping_iter(haystack) {
                found(&self.marks[hit.pattern().as_usize()], hit.start());
            }
        }
        if let Some(differences) = &self.differences {
            for hit in differences.find_overlapping_iter(&disguise::differences(haystack)) {
                let key_is_zero = self.plain_at(hit.pattern().as_usize(), haystack, hit.start());
                if !key_is_zero {
                    found(&self.difference_marks[hit.pattern().as_usize()], hit.start());
                }
            }
        }
    }

    /// Calls `found` with the class and subject of every secret that stands in `haystack` as it is, or as
    /// the card's sound files would have it (16-bit words swapped).
    pub fn find_plain(&self, haystack: &[u8], found: &mut dyn FnMut(Class, &str)) {
        if let Some(bytes) = &self.bytes {
            for hit in bytes.find_overlapping_iter(haystack) {
                let mark = &self.marks[hit.pattern().as_usize()];
                if matches!(mark.disguise, "plain bytes" | "16-bit words swapped") {
                    found(mark.class, &mark.subject);
                }
            }
        }
    }

    /// Whether a hit in the differences is the plain needle, which the other automaton has found already.
    fn plain_at(&self, pattern: usize, haystack: &[u8], at: usize) -> bool {
        let mark = &self.difference_marks[pattern];
        self.plain.iter().any(|(other, needle)| {
            (other.class, other.exposed_at, &other.subject)
                == (mark.class, mark.exposed_at, &mark.subject)
                && haystack[at..].starts_with(&needle[..needle.len().min(16)])
        })
    }
}

/// Whether a needle has enough different bytes to stand out.
pub fn is_varied(needle: &[u8]) -> bool {
    let mut seen = [false; 256];
    for byte in needle {
        seen[usize::from(*byte)] = true;
    }
    let different = seen.iter().filter(|seen| **seen).count();
    different >= if needle.len() < 8 { DIFFERENT_SHORT_MIN } else { DIFFERENT_MIN }
}

/// Exposures and canaries worth a search, with whether they are text.
fn chosen(evidence: &Evidence) -> Vec<(&Exposure, bool)> {
    let usable =
        |e: &&Exposure| e.needle.len() >= 6 && is_varied(&e.needle[..e.needle.len().min(16)]);
    let mut chosen = Vec::new();
    for class in Class::ALL {
        let all = evidence.truth.exposures.iter().filter(|e| e.class == class);
        let all: Vec<_> = all.filter(usable).collect();
        let step = all.len().div_ceil(PER_CLASS_MAX).max(1);
        chosen.extend(all.into_iter().step_by(step).map(|e| (e, false)));
    }
    chosen.extend(evidence.truth.canaries.iter().filter(usable).map(|e| (e, true)));
    chosen
}

fn automaton(patterns: &[Vec<u8>]) -> Option<AhoCorasick> {
    if patterns.is_empty() {
        return None;
    }
    // Patterns are bounded in number and length, far below what the automaton can hold.
    AhoCorasick::builder().kind(Some(AhoCorasickKind::ContiguousNFA)).build(patterns).ok()
}
