//! The maker's hosts, and how their addresses are looked up (RFC 1035, the form that goes by UDP).
//!
//! A name is asked for before the first request to its host, and again after a connection has failed. The question
//! tells what the request behind it would tell: that somebody here wants that host. So it is judged as that request.
//!
//! | question, offset | is |
//! |---|---|
//! | 0 | number of the question in this boot, from 1, u16 big-endian |
//! | 2 | `0x0100`: a standard query, recursion desired |
//! | 4 | 1 question, 0 answers, 0 authorities, 0 additional, u16 each |
//! | 12 | the name in labels, type A, class IN |
//!
//! **Never:** asks for a name that is not declared; takes an answer to another question; draws a number by chance.

use crate::gate::Door;
use alloc::vec::Vec;

const HEADER: usize = 12;
const IS_QUERY: [u8; 10] = [0x01, 0x00, 0, 1, 0, 0, 0, 0, 0, 0];
const TYPE_A_CLASS_IN: [u8; 4] = [0, 1, 0, 1];
/// An answer names its host by pointing at the question.
const NAME_OF_QUESTION: [u8; 2] = [0xC0, 0x0C];
/// Where all of the maker's servers stand.
const NETWORK: [u8; 3] = [192, 0, 2];

/// A declared host. All of them stand in the region `eu`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Host {
    /// Takes reports, logs and media.
    Intake,
    /// Takes the same where the first does not answer.
    Intake2,
    /// Knows of newer software.
    Updates,
    /// Knows of no-fly zones.
    Zones,
}

impl Host {
    /// Every declared host.
    pub(crate) const ALL: [Self; 4] = [Self::Intake, Self::Intake2, Self::Updates, Self::Zones];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Intake => "intake.hushwing.example",
            Self::Intake2 => "intake2.hushwing.example",
            Self::Updates => "updates.hushwing.example",
            Self::Zones => "zones.hushwing.example",
        }
    }

    /// The host of exactly this name, if it is declared.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|host| host.name() == name)
    }
}

/// A question for a declared name. Made here and nowhere else.
pub struct NameQuery(Vec<u8>);

impl NameQuery {
    pub(crate) fn open(self, _: &Door) -> Vec<u8> {
        self.0
    }
}

/// Which names have been answered since power-on.
pub(crate) struct Names {
    asked: u16,
    known: [bool; Host::ALL.len()],
}

impl Names {
    pub(crate) fn new() -> Self {
        Self { asked: 0, known: [false; Host::ALL.len()] }
    }

    pub(crate) fn knows(&self, host: Host) -> bool {
        self.known[host as usize]
    }

    /// A connection to the host has failed: its address may have changed.
    pub(crate) fn forget(&mut self, host: Host) {
        self.known[host as usize] = false;
    }

    /// The next question. It counts as asked when it is made: the gate's leave is asked for beforehand.
    pub(crate) fn query(&mut self, host: Host) -> NameQuery {
        self.asked = self.asked.wrapping_add(1);
        NameQuery(question(self.asked, host))
    }

    /// Takes an answer to the last question, which was for this host; whether it was one.
    pub(crate) fn hear(&mut self, host: Host, answer: &[u8]) -> bool {
        let is_answer = is_answer(&question(self.asked, host), answer);
        self.known[host as usize] |= is_answer;
        is_answer
    }
}

fn question(number: u16, host: Host) -> Vec<u8> {
    let mut bytes = number.to_be_bytes().to_vec();
    bytes.extend_from_slice(&IS_QUERY);
    for label in host.name().split('.') {
        bytes.push(label.len() as u8);
        bytes.extend_from_slice(label.as_bytes());
    }
    bytes.push(0);
    bytes.extend_from_slice(&TYPE_A_CLASS_IN);
    bytes
}

/// Whether bytes are a whole answer to the question: one address, in the maker's network.
fn is_answer(question: &[u8], answer: &[u8]) -> bool {
    let Some((head, rest)) = answer.split_at_checked(HEADER) else { return false };
    // A response to a standard query, whole, without error; authority and recursion are of no account.
    let is_response = head[2] & 0xFA == 0x80 && head[3] & 0x0F == 0;
    let counts_one = head[4..] == [0, 1, 0, 1, 0, 0, 0, 0];
    let Some(record) = rest.strip_prefix(&question[HEADER..]) else { return false };
    // What follows the record is an answer that nobody here has asked for.
    let is_record = record.len() >= 16
        && record[..2] == NAME_OF_QUESTION
        && record[2..6] == TYPE_A_CLASS_IN
        && record[10..12] == [0, 4]
        && record[12..15] == NETWORK;
    head[..2] == question[..2] && is_response && counts_one && is_record
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn good(number: u16, host: Host) -> Vec<u8> {
        let mut bytes = question(number, host);
        bytes[2..12].copy_from_slice(&[0x81, 0x80, 0, 1, 0, 1, 0, 0, 0, 0]);
        bytes.extend_from_slice(&[0xC0, 0x0C, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 192, 0, 2, 10]);
        bytes
    }

    #[test]
    fn a_question_is_spelt_as_the_standard_has_it() {
        let bytes = question(3, Host::Zones);
        assert_eq!(&bytes[..12], [0, 3, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0]);
        assert_eq!(&bytes[12..], b"\x05zones\x08hushwing\x07example\0\0\x01\0\x01");
    }

    #[test]
    fn only_a_whole_answer_to_the_last_question_is_taken() {
        let changed = |at: usize, to: u8| {
            let mut bytes = good(1, Host::Intake);
            bytes[at] = to;
            bytes
        };
        let last = good(1, Host::Intake).len() - 4;
        for (what, answer, taken) in [
            ("as it should be", good(1, Host::Intake), true),
            ("from a server with authority", changed(2, 0x85), true),
            ("another number", good(2, Host::Intake), false),
            ("another name", good(1, Host::Intake2), false),
            ("a question", changed(2, 0x01), false),
            ("cut off", changed(2, 0x83), false),
            ("no such name", changed(3, 0x83), false),
            ("two answers", changed(7, 2), false),
            ("another network", changed(last, 198), false),
            ("nothing", Vec::new(), false),
        ] {
            let mut names = Names::new();
            let _ = names.query(Host::Intake);
            assert_eq!(names.hear(Host::Intake, &answer), taken, "{what}");
            assert_eq!(names.knows(Host::Intake), taken, "{what}");
            names.forget(Host::Intake);
            assert!(!names.knows(Host::Intake));
        }
    }

    proptest! {
        #[test]
        fn no_bytes_make_a_name_known_but_the_answer(bytes in proptest::collection::vec(any::<u8>(), 0..80)) {
            let mut names = Names::new();
            let _ = names.query(Host::Intake);
            prop_assert!(!names.hear(Host::Intake, &bytes));
        }

        #[test]
        fn a_damaged_answer_is_read_without_harm(at in 0..57_usize, to in any::<u8>()) {
            let mut bytes = good(1, Host::Intake);
            let length = bytes.len();
            bytes[at % length] = to;
            let mut names = Names::new();
            let _ = names.query(Host::Intake);
            names.hear(Host::Intake, &bytes);
            names.hear(Host::Intake, &bytes[..at % length]);
        }
    }
}
