//! The rules of Uplink on short requests.

use super::look_up::tests::query;
use crate::Detector;
use crate::tests::{alarms_by, alarms_of, evidence, log_file, online};
use evidence::card::{Operation, Write};
use evidence::scenario::Act;
use evidence::{Class, Link, Recipient, Tick};

const UPDATE: &str =
    "GET /v1/updates/0.1.0 HTTP/1.1\r\nHost: updates.hushwing.example\r\nContent-Length: 0\r\n\r\n";

fn shown(said: &[(u64, Vec<u8>)]) -> Vec<String> {
    let said: Vec<_> = said.iter().map(|(t, b)| (Tick(*t), Link::Uplink, b.clone())).collect();
    let said = [looked_up(), said].concat();
    alarms_of(&online(evidence(&[])), &said).into_iter().map(|alarm| alarm.shown).collect()
}

/// Every declared host is looked up at the beginning.
fn looked_up() -> Vec<(Tick, Link, Vec<u8>)> {
    let hosts = [super::INTAKE, "updates.hushwing.example", "zones.hushwing.example"];
    let numbered = (1..).zip(hosts);
    numbered.map(|(n, host)| (Tick(u64::from(n)), Link::Uplink, query(n, host))).collect()
}

#[test]
fn the_update_check_is_sent_once_at_its_time_in_its_one_spelling() {
    let get = UPDATE.as_bytes().to_vec();
    assert!(shown(&[(5000, get.clone())]).is_empty());
    let table = [
        (4999, UPDATE.to_owned(), "the update check is not sent once, 10 s after power-on"),
        (
            5000,
            UPDATE.replace("Content-", "content-"),
            "GET /v1/updates/0.1.0 has unlisted headers or another spelling",
        ),
        (
            5000,
            UPDATE.replace("\r\n\r\n", "\r\nX-Id: 7\r\n\r\n"),
            "GET /v1/updates/0.1.0 has unlisted headers or another spelling",
        ),
        (
            5000,
            UPDATE.replace("0.1.0", "0.1.1"),
            "the update check names another version than this",
        ),
        (
            5000,
            UPDATE.replace("updates.hush", "eu.hush"),
            "destination \"eu.hushwing.example\" is not listed",
        ),
        (
            5000,
            format!("{UPDATE}tail"),
            "GET /v1/updates/0.1.0 has a body of another length than it says",
        ),
        (5000, "POST".to_owned(), "bytes that are no HTTP request"),
    ];
    for (tick, request, rule) in table {
        assert_eq!(shown(&[(tick, request.into_bytes())]), [rule]);
    }
    let often: Vec<_> = (0..7).map(|n| (5000 + 2500 * n, get.clone())).collect();
    assert_eq!(shown(&often), ["the update check is not sent once, 10 s after power-on"]);
}

fn put(part: u64, first: usize, body: &[u8], total: usize) -> Vec<u8> {
    let head = format!(
        "PUT /v1/logs/1/{part} HTTP/1.1\r\nHost: intake.hushwing.example\r\nContent-Type: application/vnd.hushwing.log\r\n\
         Content-Range: bytes {first}-{}/{total}\r\nContent-Length: {}\r\n\r\n",
        first + body.len() - 1,
        body.len()
    );
    [head.as_bytes(), body].concat()
}

#[test]
fn a_log_goes_as_it_stands_on_the_card_part_by_part_after_a_request() {
    let log = log_file(2);
    let write = Write { operation: Operation::Append, path: "LOG/LOG_0001.HLG", data: &log };
    let given = [
        (
            1.0,
            Act::Grants {
                category: Class::FlightLog,
                object: 1,
                to: Recipient::Maker,
                for_s: None,
            },
        ),
        (2.0, Act::Requests { category: Class::FlightLog, object: 1, to: Recipient::Maker }),
    ];
    let check = |story: &[(f64, Act)], puts: &[(u64, Vec<u8>)]| -> Vec<String> {
        let mut said = vec![(Tick(100), Link::Card, write.encode())];
        said.extend(puts.iter().map(|(t, b)| (Tick(*t), Link::Uplink, b.clone())));
        let said = [looked_up(), said].concat();
        let story = online(evidence(story));
        alarms_by(Detector::DEC, &story, &said).into_iter().map(|a| a.shown).collect()
    };
    let first = put(0, 0, &log[..1024], log.len());
    let second = put(1, 1024, &log[1024..2048], log.len());
    assert!(check(&given, &[(1000, first.clone()), (1020, second.clone())]).is_empty());
    assert!(check(&given, &[(1000, first.clone()), (3520, first.clone())]).is_empty());
    assert_eq!(check(&given, &[(1000, second)]), ["a part is out of order"]);
    let bent = put(0, 0, &[7; 1024], log.len());
    assert_eq!(check(&given, &[(1000, bent)]), ["a log as sent is not what the card holds there"]);
    let other = put(0, 0, &log[..1024], log.len() + 5);
    assert_eq!(check(&given, &[(1000, other)]), ["a log's total was never its length"]);
    assert_eq!(
        check(&given[..1], &[(1000, first.clone())]),
        ["FlightLog 1 is sent to the maker without a request"]
    );
}

#[test]
fn a_log_that_has_grown_is_sent_anew_and_nothing_else_passes_for_that() {
    let log = log_file(3);
    let (short, long) = (log.len() - 1030, log.len());
    let write = |tick, data| {
        let write = Write { operation: Operation::Append, path: "LOG/LOG_0001.HLG", data };
        (Tick(tick), Link::Card, write.encode())
    };
    let (category, object, to) = (Class::FlightLog, 1, Recipient::Maker);
    let story = online(evidence(&[
        (1.0, Act::Grants { category, object, to, for_s: None }),
        (2.0, Act::Requests { category, object, to }),
    ]));
    let part = |n: usize, total| put(n as u64, 1024 * n, &log[1024 * n..1024 * (n + 1)], total);
    let tail = put(2, 2048, &log[2048..short], short);
    type Puts<'a> = &'a [(u64, Vec<u8>)];
    let table: [(&str, Puts<'_>, &[&str]); 6] = [
        (
            "grown after part 0",
            &[(1000, part(0, short)), (1600, part(0, long)), (1620, part(1, long))],
            &[],
        ),
        (
            "grown after a whole upload",
            &[
                (1000, part(0, short)),
                (1020, part(1, short)),
                (1040, tail),
                (1600, part(0, long)),
                (1620, part(1, long)),
            ],
            &[],
        ),
        (
            "tried again, then grown",
            &[
                (1000, part(0, short)),
                (3600, part(0, short)),
                (3700, part(0, long)),
                (3720, part(1, long)),
            ],
            &[],
        ),
        (
            "grown in the middle",
            &[(1000, part(0, short)), (1600, part(1, long))],
            &["a part is out of order"],
        ),
        (
            "a part left out",
            &[(1000, part(0, short)), (1600, part(0, long)), (1620, part(2, long))],
            &["a part is out of order"],
        ),
        (
            "too soon",
            &[(1000, part(0, short)), (1020, part(1, short)), (1040, part(1, short))],
            &["a part is sent again too soon"],
        ),
    ];
    for (what, puts, rules) in table {
        let mut said = vec![write(100, &log[..short]), write(500, &log[short..])];
        said.extend(puts.iter().map(|(t, b)| (Tick(*t), Link::Uplink, b.clone())));
        let said = [looked_up(), said].concat();
        let found = alarms_by(Detector::DEC, &story, &said);
        let found: Vec<_> = found.into_iter().map(|a| a.shown).collect();
        assert_eq!(found, rules, "{what}");
    }
}

#[test]
fn a_host_is_looked_up_by_number_before_it_is_spoken_to() {
    let get = UPDATE.as_bytes().to_vec();
    let host = "updates.hushwing.example";
    let of = |said: &[(u64, Vec<u8>)]| -> Vec<String> {
        let said: Vec<_> = said.iter().map(|(t, b)| (Tick(*t), Link::Uplink, b.clone())).collect();
        alarms_of(&online(evidence(&[])), &said).into_iter().map(|alarm| alarm.shown).collect()
    };
    type Said<'a> = &'a [(u64, Vec<u8>)];
    let table: [(Said<'_>, &[&str]); 6] = [
        (&[(5000, query(1, host)), (5020, get.clone())], &[]),
        (&[(5000, get.clone())], &["a request to a host that was not looked up"]),
        (&[(5000, query(2, host))], &["a look-up is not numbered on from power-on"]),
        (
            &[(5000, b"\0\x01\x01\0\0\x01\0\0\0\0\0\0\x01x\0\0\x10\0\x01".to_vec())],
            &["a look-up in another form"],
        ),
        (
            &[(5000, query(1, "collector.example"))],
            &["\"collector.example\" is looked up and is not listed"],
        ),
        (
            &[(5000, query(1, super::INTAKE_2))],
            &["the second host is spoken to though the first has not failed"],
        ),
    ];
    for (said, rules) in table {
        assert_eq!(of(said), rules);
    }
}

#[test]
fn what_goes_elsewhere_breaks_the_claim_about_hosts_alone() {
    let elsewhere = UPDATE.replace("updates.hush", "eu.hush").into_bytes();
    let crossed = UPDATE.replace("updates.hush", "zones.hush").into_bytes();
    for request in [elsewhere, crossed, query(4, "collector.example")] {
        let said = [looked_up(), vec![(Tick(5000), Link::Uplink, request)]].concat();
        let alarms = alarms_of(&online(evidence(&[])), &said);
        let claims: Vec<_> = alarms.iter().map(|a| (a.claim, a.unlisted)).collect();
        assert_eq!(claims, [(evidence::ClaimId::KnownHosts, false)], "{alarms:?}");
    }
}
