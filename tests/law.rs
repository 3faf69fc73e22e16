//! The gate's whole law as one golden table: a change of policy is a diff here.
//!
//! **Never:** computes what it expects.

use expect_test::expect_file;
use std::fmt::Write as _;
use vehicle::consent::{Ledger, Scope};
use vehicle::gate::{Asked, Refusal, Rule, decide, rule};
use vehicle::senses::{LawName, Tick};
use vehicle::settings::{Controls, Setting};
use vehicle::words::{Class, Link, Recipient};

const LAWS: [(&str, LawName); 2] = [("sealed", LawName::Sealed), ("vendor", LawName::Vendor)];

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

/// Positions of the controls.
const CONTROLS: [&str; 4] = ["as delivered", "all on", "all off", "local data mode"];

fn ledger(state: &str, category: Class, recipient: Recipient) -> Ledger {
    let mut ledger = Ledger::empty();
    let scope = Scope { category, object: 7, recipient };
    match state {
        "granted" => ledger.grant(scope, Tick(10), None),
        "other object" => ledger.grant(Scope { object: 8, ..scope }, Tick(10), None),
        "other recipient" => {
            let recipient = match recipient {
                Recipient::Pilot => Recipient::Maker,
                Recipient::Maker | Recipient::Card | Recipient::Viewer => Recipient::Pilot,
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

fn controls(position: &str) -> Controls {
    let mut controls = Controls::as_delivered();
    if position != "as delivered" {
        for setting in Setting::ALL {
            let is_local = setting == Setting::PrivLocal;
            controls.turn(
                setting,
                position == "local data mode" || (position == "all on" && !is_local),
            );
        }
    }
    controls
}

fn recipient_on(link: Link) -> Recipient {
    match link {
        Link::Radio | Link::Telemetry2 => Recipient::Pilot,
        Link::Video => Recipient::Viewer,
        Link::Card => Recipient::Card,
        Link::Uplink | Link::RemoteId | Link::Console | Link::Lights | Link::Motion => {
            Recipient::Maker
        }
    }
}

fn answer(verdict: Result<(), Refusal>) -> String {
    verdict.map_or_else(|refusal| format!("{refusal:?}"), |()| "leaves".to_owned())
}

/// One cell of the law in every state of consent and controls, a line each.
fn cell(table: &mut String, (name, law): (&str, LawName), class: Class, link: Link, coarse: bool) {
    let place = if coarse { " in its cell" } else { "" };
    let service = Some(Setting::UpDiag);
    for position in CONTROLS {
        let controls = controls(position);
        for state in STATES {
            let ledger = ledger(state, class, recipient_on(link));
            let asked = Asked { class, link, object: 7, coarse, service };
            let at = |tick| answer(decide(law, &controls, &ledger, asked, Tick(tick)));
            let (before, during, after) = (at(9), at(50), at(100));
            let _ = writeln!(
                table,
                "{name} {class:?}{place} on {link:?}, {position}, {state} -> \
                 before {before}, during {during}, after {after}"
            );
        }
    }
}

#[test]
fn the_whole_law_is_as_written_down() {
    let mut table = String::new();
    for law in LAWS {
        for class in Class::ALL {
            for link in LINKS {
                cell(&mut table, law, class, link, false);
                if rule(law.1, class, link) == Rule::Coarse {
                    cell(&mut table, law, class, link, true);
                }
            }
        }
    }
    expect_file!["./golden/law.txt"].assert_eq(&table);
}

#[test]
fn every_control_silences_exactly_what_it_names() {
    let mut table = String::new();
    let switches = Setting::ALL.into_iter().filter(|&setting| setting != Setting::PrivLocal);
    for (off, class, link) in switches.flat_map(|off| {
        let cells = Class::ALL.into_iter().flat_map(|class| LINKS.map(|link| (class, link)));
        cells.map(move |(class, link)| (off, class, link))
    }) {
        let ledger = ledger("granted", class, recipient_on(link));
        let mut without = controls("all on");
        without.turn(off, false);
        let is_silenced = |service| {
            let asked = Asked { class, link, object: 7, coarse: true, service };
            let ask =
                |controls: Controls| decide(LawName::Sealed, &controls, &ledger, asked, Tick(50));
            ask(controls("all on")).is_ok() && ask(without) == Err(Refusal::SwitchedOff)
        };
        let name = off.name();
        if is_silenced(None) {
            let _ = writeln!(table, "{name} off silences {class:?} on {link:?}");
        } else if is_silenced(Some(off)) {
            let _ = writeln!(table, "{name} off silences {class:?} on {link:?} of its service");
        }
    }
    expect_file!["./golden/controls.txt"].assert_eq(&table);
}

#[test]
fn by_the_second_telemetry_port_leaves_what_may_leave_by_the_radio_and_nothing_else() {
    for law in LAWS {
        for class in Class::ALL {
            for coarse in [false, true] {
                let [mut radio, mut second] = [String::new(), String::new()];
                cell(&mut radio, law, class, Link::Radio, coarse);
                cell(&mut second, law, class, Link::Telemetry2, coarse);
                assert_eq!(second.replace("Telemetry2", "Radio"), radio);
            }
        }
    }
}

#[test]
fn what_names_no_service_does_not_reach_the_maker() {
    let (class, link, ledger) = (Class::Public, Link::Uplink, Ledger::empty());
    for service in [None, Some(Setting::RidEnable), Some(Setting::PrivLocal)] {
        let asked = Asked { class, link, object: 0, coarse: true, service };
        let verdict = decide(LawName::Sealed, &controls("all on"), &ledger, asked, Tick(50));
        assert_eq!(verdict, Err(Refusal::SwitchedOff), "{service:?}");
    }
}

#[test]
fn the_vehicle_and_the_auditor_read_the_same_law() {
    for (name, law) in LAWS {
        let theirs = evidence::Law::parse(evidence::Law::shipped(name).unwrap()).unwrap();
        for (class, class_there) in Class::ALL.into_iter().zip(evidence::Class::ALL) {
            let links = LINKS.into_iter().chain([Link::Telemetry2]);
            for (link, link_there) in links.zip(evidence::Link::ALL) {
                let ours = format!("{:?}", rule(law, class, link));
                let there = format!("{:?}", theirs.rule(class_there, link_there));
                assert_eq!(ours, there, "{name} {class:?} {link:?}");
                assert_eq!(format!("{class:?}{link:?}"), format!("{class_there}{link_there}"));
            }
        }
    }
}
