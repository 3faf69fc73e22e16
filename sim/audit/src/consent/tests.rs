//! Tables of what leaves, with and without a grant, a switch and a question for it.

use crate::tests::{alarms_by, evidence, frame, log_file};
use crate::{Alarm, Detector};
use evidence::card::{Operation, Write};
use evidence::scenario::{Act, Server, Setting};
use evidence::{ClaimId, Class, Evidence, Link, Recipient, Tick};
use mavlink::dialects::common::{LOG_DATA_DATA, MavMessage};

fn story() -> Evidence {
    let (category, to, from) = (Class::FlightLog, Recipient::Pilot, Recipient::Pilot);
    evidence(&[
        (0.0, Act::Sets { name: Setting::RadLogs, value: 1 }),
        (0.5, Act::ReadsLog { object: 1 }),
        (0.5, Act::ReadsLog { object: 2 }),
        (2.0, Act::Grants { category, object: 1, to, for_s: Some(6.0) }),
        (4.0, Act::Withdraws { category, object: 1, from }),
        (6.0, Act::Grants { category, object: 2, to, for_s: Some(1.0) }),
    ])
}

fn with_log(story: &Evidence, said: &[(u64, Link, Vec<u8>)]) -> Vec<Alarm> {
    let log = log_file(1);
    let write = Write { operation: Operation::Append, path: "LOG/LOG_0001.HLG", data: &log };
    let first = (Tick(1), Link::Card, write.encode());
    let said = said.iter().map(|(tick, link, bytes)| (Tick(*tick), *link, bytes.clone()));
    alarms_by(Detector::CON, story, &[first].into_iter().chain(said).collect::<Vec<_>>())
}

fn consented(tick: u64, link: Link, bytes: Vec<u8>) -> Vec<Alarm> {
    with_log(&story(), &[(tick, link, bytes)])
}

fn chunk(id: u16) -> Vec<u8> {
    let data = LOG_DATA_DATA { id, count: 90, data: [7; 90], ..Default::default() };
    frame(0, &MavMessage::LOG_DATA(data))
}

/// A frame of any message, its checksum left out: nobody here looks at it.
fn bare(id: u8, payload: &[u8]) -> Vec<u8> {
    let head = [0xFD, payload.len() as u8, 0, 0, 0, 1, 1, id, 0, 0];
    [&head[..], payload, &[0, 0]].concat()
}

fn acknowledged(command: u16, result: u8, to: u8) -> Vec<u8> {
    let [low, high] = command.to_le_bytes();
    bare(77, &[low, high, result, 0, 0, 0, 0, 0, to, 190])
}

/// A granted answer about files.
fn file_answer(to: u8, asked: u8, data: &[u8]) -> Vec<u8> {
    let head = [0, to, 190, 1, 0, 7, 128, data.len() as u8, asked, 0, 0, 0, 0, 0, 0];
    bare(110, &[&head[..], data].concat())
}

fn put(object: u32, number: u64, of: u64) -> Vec<u8> {
    let (first, total) = (number * 1024, of * 1024);
    let head = format!(
        "PUT /v1/logs/{object}/{number} HTTP/1.1\r\nHost: intake.hushwing.example\r\n\
         Content-Type: application/vnd.hushwing.log\r\n\
         Content-Range: bytes {first}-{}/{total}\r\nContent-Length: 1024\r\n\r\n",
        first + 1023,
    );
    [head.as_bytes(), &[7; 1024]].concat()
}

fn claims(alarms: &[Alarm]) -> Vec<ClaimId> {
    let mut claims: Vec<_> = alarms.iter().map(|alarm| alarm.claim).collect();
    claims.sort();
    claims.dedup();
    claims
}

#[test]
fn log_data_needs_a_grant_for_that_log_at_that_tick() {
    let table = [
        (999, 1, 1),
        (1000, 1, 0),
        (1999, 1, 0),
        (2000, 1, 1),
        (1500, 2, 1),
        (3000, 2, 0),
        (3499, 2, 0),
        (3500, 2, 1),
    ];
    for (tick, log, alarms) in table {
        for link in [Link::Radio, Link::Telemetry2] {
            let found = consented(tick, link, chunk(log));
            assert_eq!(found.len(), alarms, "log {log} at tick {tick} on {link}: {found:?}");
            assert!(found.iter().all(|alarm| alarm.link == link));
        }
    }
}

#[test]
fn bytes_of_a_file_are_known_wherever_they_turn_up() {
    let log = log_file(1);
    let part = &log[200..280];
    let wrapped = [b"POST /crash HTTP/1.1\r\n\r\n", part].concat();
    let of_log = |alarms: Vec<Alarm>| {
        alarms.into_iter().filter(|alarm| alarm.shown.starts_with("bytes of")).count()
    };
    for (link, bytes, expected) in [
        (Link::Uplink, wrapped, 1),
        (Link::Console, part.to_vec(), 1),
        (Link::Radio, part.to_vec(), 0),
        (Link::Uplink, log[200..230].to_vec(), 0),
        (Link::Uplink, vec![0; 80], 0),
    ] {
        assert_eq!(of_log(consented(1500, link, bytes)), expected, "{link}");
    }
}

#[test]
fn what_leaves_though_its_switch_is_off_breaks_the_claim_about_switches() {
    let sets = |name, value| Act::Sets { name, value };
    let story = evidence(&[
        (1.0, sets(Setting::PrivLocal, 0)),
        (1.0, sets(Setting::UpDiag, 1)),
        (1.0, sets(Setting::VidEnable, 1)),
        (1.5, Act::StartsView),
        (2.0, sets(Setting::RidEnable, 0)),
        (2.0, sets(Setting::RadTelem, 0)),
        (3.0, Act::StopsView),
        (4.0, sets(Setting::VidEnable, 0)),
        (5.0, sets(Setting::UpDiag, 0)),
        (6.0, sets(Setting::UpDiag, 1)),
        (6.0, sets(Setting::PrivLocal, 1)),
    ]);
    let report = b"POST /v1/reports HTTP/1.1\r\n".to_vec();
    let attitude = bare(30, &[1; 28]);
    let table = [
        (400, Link::Uplink, &report, Some(ClaimId::OffMeansOff)),
        (600, Link::Uplink, &report, None),
        (2600, Link::Uplink, &report, Some(ClaimId::OffMeansOff)),
        (3100, Link::Uplink, &report, Some(ClaimId::OffMeansOff)),
        (900, Link::RemoteId, &vec![1; 25], None),
        (1100, Link::RemoteId, &vec![1; 25], Some(ClaimId::UserControl)),
        (900, Link::Radio, &attitude, None),
        (1100, Link::Radio, &attitude, Some(ClaimId::UserControl)),
        (600, Link::Video, &vec![1; 9], Some(ClaimId::MediaConsent)),
        (800, Link::Video, &vec![1; 9], None),
        (1499, Link::Video, &vec![1; 9], None),
        (1502, Link::Video, &vec![1; 9], Some(ClaimId::MediaConsent)),
        (2100, Link::Video, &vec![1; 9], Some(ClaimId::UserControl)),
    ];
    for (tick, link, bytes, expected) in table {
        let found = with_log(&story, &[(tick, link, bytes.clone())]);
        assert_eq!(claims(&found), Vec::from_iter(expected), "{link} at {tick}: {found:?}");
    }
}

#[test]
fn a_stranger_and_a_forger_are_not_obeyed() {
    let (category, to) = (Class::FlightLog, Recipient::Pilot);
    let strangers = |act: Act| Act::Stranger(Box::new(act));
    let forged = |act: Act| Act::Forges(Box::new(act));
    let path = || "LOG/LOG_0001.HLG".to_owned();
    let story = evidence(&[
        (0.0, Act::Sets { name: Setting::RadLogs, value: 1 }),
        (1.0, Act::Grants { category, object: 1, to, for_s: None }),
        (2.0, strangers(Act::ReadsLog { object: 1 })),
        (2.0, strangers(Act::TakesStill)),
        (3.0, strangers(Act::AsksParameters)),
        (4.0, forged(Act::TakesStill)),
        (5.0, Act::SetsUpSigning),
        (6.0, forged(Act::TakesStill)),
        (7.0, Act::TakesStill),
        (8.0, strangers(Act::ReadsFile { path: path() })),
        (9.0, Act::ReadsLog { object: 1 }),
        (50.0, Act::ReadsFile { path: path() }),
    ]);
    let open = |to| file_answer(to, 4, &[1, 2, 3]);
    let table = [
        ("a grant of the pilot's", 501, acknowledged(31_010, 0, 255), false),
        ("a still for a stranger", 1001, acknowledged(2000, 0, 254), true),
        ("a still refused", 1001, acknowledged(2000, 2, 254), false),
        ("a landing for a stranger", 1001, acknowledged(21, 0, 254), false),
        ("a log for a stranger", 1001, chunk(1), true),
        ("a log for the pilot", 4501, chunk(1), false),
        ("settings for the story", 520, bare(22, &[1; 25]), false),
        ("settings for a stranger", 1501, bare(22, &[1; 25]), true),
        ("a forger before there is a key", 2001, acknowledged(2000, 0, 255), false),
        ("a forger after that", 3001, acknowledged(2000, 0, 255), true),
        ("the pilot after that", 3501, acknowledged(2000, 0, 255), false),
        ("a file to a stranger", 4001, open(254), true),
        ("a file to the pilot that a stranger wants", 4001, open(255), true),
        ("a file to the pilot", 25_001, open(255), false),
    ];
    for (what, tick, bytes, is_told) in table {
        let found = with_log(&story, &[(tick, Link::Radio, bytes)]);
        let expected = is_told.then_some(ClaimId::ServerAccess);
        assert_eq!(claims(&found), Vec::from_iter(expected), "{what}: {found:?}");
    }
}

#[test]
fn what_the_pilot_asks_on_one_port_is_no_leave_for_the_other() {
    let (category, to) = (Class::FlightLog, Recipient::Pilot);
    let strangers = |act: Act| Act::Stranger(Box::new(act));
    let second = |act: Act| Act::Telemetry2(Box::new(act));
    let story = evidence(&[
        (0.0, Act::Sets { name: Setting::RadLogs, value: 1 }),
        (1.0, Act::Grants { category, object: 1, to, for_s: None }),
        (2.0, strangers(Act::ReadsLog { object: 1 })),
        (2.0, second(Act::ReadsLog { object: 1 })),
        (3.0, strangers(Act::AsksParameters)),
        (3.0, second(Act::AsksParameters)),
        (4.0, Act::SetsUpSigning),
        (5.0, Act::Forges(Box::new(Act::TakesStill))),
        (5.0, second(Act::TakesStill)),
    ]);
    let table = [
        ("a log", 1001, chunk(1)),
        ("settings", 1501, bare(22, &[1; 25])),
        ("a still", 2501, acknowledged(2000, 0, 255)),
    ];
    for (what, tick, bytes) in table {
        for (link, expected) in
            [(Link::Radio, Some(ClaimId::ServerAccess)), (Link::Telemetry2, None)]
        {
            let found = with_log(&story, &[(tick, link, bytes.clone())]);
            assert_eq!(claims(&found), Vec::from_iter(expected), "{what} on {link}: {found:?}");
        }
    }
}

#[test]
fn files_and_lists_show_what_is_granted_to_the_pilot() {
    let (category, to) = (Class::FlightLog, Recipient::Pilot);
    let reads = |path: &str| Act::ReadsFile { path: path.to_owned() };
    let story = evidence(&[
        (0.0, Act::Sets { name: Setting::RadLogs, value: 1 }),
        (1.0, Act::Grants { category, object: 1, to, for_s: None }),
        (2.0, reads("/LOG/LOG_0001.HLG")),
        (28.0, reads("/LOG/LOG_0002.HLG")),
        (55.0, reads("/DCIM/100HUSHW/HW_0001.JPG")),
    ]);
    let refusal = bare(110, &[0, 255, 190, 1, 0, 7, 129, 1, 4, 0, 0, 0, 0, 0, 0, 10]);
    let table = [
        ("a granted log", 1001, file_answer(255, 4, &[1]), None),
        ("its bytes", 1200, file_answer(255, 5, &[1]), None),
        ("in a list", 1200, file_answer(255, 3, b"FLOG_0001.HLG\t9\0"), None),
        ("another log", 14_001, file_answer(255, 5, &[1]), Some(ClaimId::LogConsent)),
        ("refused", 14_001, refusal, None),
        (
            "another in a list",
            1200,
            file_answer(255, 3, b"FLOG_0002.HLG\t9\0"),
            Some(ClaimId::LogConsent),
        ),
        ("switched off", 27_501, file_answer(255, 4, &[1]), Some(ClaimId::UserControl)),
    ];
    for (what, tick, bytes, expected) in table {
        let found = with_log(&story, &[(tick, Link::Radio, bytes)]);
        assert_eq!(claims(&found), Vec::from_iter(expected), "{what}: {found:?}");
    }
}

#[test]
fn an_upload_has_a_request_of_its_own() {
    let (category, to) = (Class::FlightLog, Recipient::Maker);
    let story = |server: Server, second: bool| {
        let mut beats = vec![
            (0.0, Act::Sets { name: Setting::PrivLocal, value: 0 }),
            (0.0, Act::Sets { name: Setting::UpLogs, value: 1 }),
            (1.0, Act::Grants { category, object: 1, to, for_s: None }),
            (1.0, Act::Grants { category, object: 2, to, for_s: None }),
            (2.0, Act::Requests { category, object: 1, to }),
        ];
        beats.extend(second.then_some((20.0, Act::Requests { category, object: 1, to })));
        let mut story = evidence(&beats);
        story.scenario.server = server;
        story
    };
    let whole = [(1100, put(1, 0, 2)), (3700, put(1, 0, 2)), (3800, put(1, 1, 2))];
    let again = (10_100, put(1, 0, 2));
    let twice = [&whole[..], &[again]].concat();
    let (greedy, accepts) = (Server::Greedy, Server::Accepts);
    let demanded = Some(ClaimId::ServerAccess);
    let table = [
        ("asked for", greedy, false, whole.to_vec(), None),
        ("asked for twice", greedy, true, twice.clone(), None),
        ("asked for once, sent twice", greedy, false, twice.clone(), demanded),
        ("sent twice to no greedy server", accepts, false, twice, Some(ClaimId::LogConsent)),
        ("never asked for", greedy, false, vec![(1100, put(2, 0, 2))], demanded),
        ("never granted", greedy, false, vec![(1100, put(3, 0, 2))], demanded),
    ];
    for (what, server, second, parts, expected) in table {
        let said: Vec<_> = parts.into_iter().map(|(t, put)| (t, Link::Uplink, put)).collect();
        let found = with_log(&story(server, second), &said);
        assert_eq!(claims(&found), Vec::from_iter(expected), "{what}: {found:?}");
    }
}
