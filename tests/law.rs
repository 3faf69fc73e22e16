//! The gate's whole law as one golden table: a change of policy is a diff here.
//!
//! **Never:** computes what it expects.

use expect_test::expect_file;
use std::fmt::Write as _;
use vehicle::consent::{Ledger, Scope};
use vehicle::gate::{Asked, decide};
use vehicle::senses::{LawName, Tick};
use vehicle::words::{Class, Link, Recipient};

const LINKS: [Link; 8] = [
    Link::Radio,
    Link::Video,
    Link::Uplink,
    Link::RemoteId,
    Link::Card,
    Link::Console,
    Link::Lights,
    Link::Motion,
];

/// Consent states: what was granted for object 7, and the moment of asking.
const STATES: [&str; 6] =
    ["never asked", "granted", "other object", "other recipient", "withdrawn", "expired"];

fn ledger(state: &str, category: Class, recipient: Recipient) -> Ledger {
    let mut ledger = Ledger::empty();
    let scope = Scope { category, object: 7, recipient };
    match state {
        "granted" => ledger.grant(scope, Tick(10), None),
        "other object" => ledger.grant(Scope { object: 8, ..scope }, Tick(10), None),
        "other recipient" => {
            let recipient = match recipient {
                Recipient::Pilot => Recipient::Maker,
                Recipient::Maker | Recipient::Card => Recipient::Pilot,
            };
            ledger.grant(Scope { recipient, ..scope }, Tick(10), None)
        }
        "withdrawn" => {
            ledger.grant(scope, Tick(10), None);
            ledger.withdraw(scope, Tick(100));
            None
        }
        "expired" => ledger.grant(scope, Tick(10), Some(Tick(100))),
        _ => None,
    };
    ledger
}

#[test]
fn the_whole_law_is_as_written_down() {
    let mut table = String::new();
    for (name, law) in [("sealed", LawName::Sealed), ("vendor", LawName::Vendor)] {
        for class in Class::ALL {
            for link in LINKS {
                let recipient = match link {
                    Link::Radio | Link::Video => Recipient::Pilot,
                    Link::Card => Recipient::Card,
                    _ => Recipient::Maker,
                };
                for state in STATES {
                    for (when, tick) in [("before", 9), ("during", 50), ("after", 100)] {
                        let asked = Asked { class, link, object: 7, coarse: false };
                        let ledger = ledger(state, class, recipient);
                        let verdict = match decide(law, &ledger, asked, Tick(tick)) {
                            Ok(()) => "leaves".to_owned(),
                            Err(refusal) => format!("stays, {refusal:?}"),
                        };
                        let _ = writeln!(
                            table,
                            "{name} {class:?} {link:?} {state}, {when} -> {verdict}"
                        );
                    }
                }
            }
        }
    }
    expect_file!["./golden/law.txt"].assert_eq(&table);
}

#[test]
fn the_vehicle_and_the_auditor_read_the_same_law() {
    for (name, law) in [("sealed", LawName::Sealed), ("vendor", LawName::Vendor)] {
        let theirs = evidence::Law::parse(evidence::Law::shipped(name).unwrap()).unwrap();
        for (class, class_there) in Class::ALL.into_iter().zip(evidence::Class::ALL) {
            for (link, link_there) in LINKS.into_iter().zip(evidence::Link::ALL) {
                let ours = format!("{:?}", vehicle::gate::rule(law, class, link));
                let there = format!("{:?}", theirs.rule(class_there, link_there));
                assert_eq!(ours, there, "{name} {class:?} {link:?}");
                assert_eq!(format!("{class:?}{link:?}"), format!("{class_there}{link_there}"));
            }
        }
    }
}
