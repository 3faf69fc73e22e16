//! The line to the maker: silent until it is switched on, on its schedule, and never where nobody declared.

use super::bench::{Bench, PILOT, param_set};
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use sha2::{Digest, Sha256};

const GRANT_LOG_1: [f32; 5] = [3.0, 1.0, 1.0, 0.0, 1.0];
const SERVICES: [&str; 5] = ["UP_LOGS", "UP_MEDIA", "UP_DIAG", "UP_NOFLY", "UP_UPDATE"];
const S: u64 = 500;

type Server = fn(&[u8]) -> Option<Vec<u8>>;

/// `? intake` for a look-up, `PUT intake /v1/logs/1/0` for a request.
fn line(bytes: &[u8]) -> String {
    let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") else {
        let length = usize::from(bytes[12]);
        return format!("? {}", String::from_utf8_lossy(&bytes[13..13 + length]));
    };
    let head = String::from_utf8_lossy(&bytes[..end]);
    let mut lines = head.lines();
    let request: Vec<_> = lines.next().unwrap().split(' ').collect();
    let host = lines.next().unwrap().strip_prefix("Host: ").unwrap();
    format!("{} {} {}", request[0], host.strip_suffix(".hushwing.example").unwrap(), request[1])
}

fn is_look_up(bytes: &[u8]) -> bool {
    line(bytes).starts_with('?')
}

/// Answers a look-up; the servers stand at 192.0.2.1.
fn address(bytes: &[u8]) -> Vec<u8> {
    let mut answer = bytes.to_vec();
    answer[2..12].copy_from_slice(&[0x81, 0x80, 0, 1, 0, 1, 0, 0, 0, 0]);
    answer.extend([0xC0, 0x0C, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 192, 0, 2, 1]);
    answer
}

fn reply(bytes: &[u8], text: &str) -> Option<Vec<u8>> {
    Some(if is_look_up(bytes) { address(bytes) } else { text.as_bytes().to_vec() })
}

fn accepts(bytes: &[u8]) -> Option<Vec<u8>> {
    reply(bytes, "HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n")
}

fn greedy(bytes: &[u8]) -> Option<Vec<u8>> {
    reply(bytes, "HTTP/1.1 200 OK\r\nContent-Length: 28\r\n\r\nlog 1, log 2, media 1, place")
}

/// Switched on in the country, far from every zone, with these switches, a log of two parts on the card.
fn bench(server: Server, on: &[&str]) -> Bench {
    let mut bench = Bench::new();
    bench.server = server;
    bench.fix_deg = Some((46.3, 2.3));
    bench.card.files.insert("LOG/LOG_0001.HLG".to_string(), [7; 1500].to_vec());
    for name in on {
        bench.says(PILOT, 23, &param_set(name, 1));
    }
    if !on.is_empty() {
        bench.says(PILOT, 23, &param_set("PRIV_LOCAL", 0));
    }
    bench.texts();
    bench
}

fn lines(bench: &Bench) -> Vec<String> {
    bench.called.iter().map(|(_, bytes)| line(bytes)).collect()
}

#[test]
fn off_is_silence() {
    for on in [&[][..], &["PRIV_LOCAL"]] {
        let mut bench = bench(accepts, &[]);
        for name in on.iter().chain(if on.is_empty() { &[][..] } else { &SERVICES }) {
            bench.says(PILOT, 23, &param_set(name, 1));
        }
        bench.command(PILOT, 31010, &GRANT_LOG_1);
        assert_eq!(bench.command(PILOT, 31014, &GRANT_LOG_1), Some(2));
        bench.wait(80 * S);
        assert_eq!(lines(&bench), [""; 0], "{on:?}");
    }
}

#[test]
fn each_service_has_its_own_switch_and_its_slots() {
    for (service, expected) in [
        (
            "UP_DIAG",
            &[
                (15 * S, "? intake"),
                (15 * S + 20, "POST intake /v1/reports"),
                (45 * S, "POST intake /v1/reports"),
                (75 * S, "POST intake /v1/reports"),
            ][..],
        ),
        ("UP_NOFLY", &[(5 * S, "? zones"), (5 * S + 20, "GET zones /v1/zones/1550-1408")]),
        ("UP_UPDATE", &[(10 * S, "? updates"), (10 * S + 20, "GET updates /v1/updates/0.1.0")]),
        ("UP_LOGS", &[]),
        ("UP_MEDIA", &[]),
    ] {
        let mut bench = bench(accepts, &[service]);
        bench.wait(80 * S);
        let called: Vec<_> = bench.called.iter().map(|(at, bytes)| (*at, line(bytes))).collect();
        let expected: Vec<_> = expected.iter().map(|(at, line)| (*at, line.to_string())).collect();
        assert_eq!(called, expected, "{service}");
    }
}

#[test]
fn a_cell_near_a_zone_is_asked_for_at_each_slot_and_another_once() {
    for (place, asked) in [((51.43, -0.46), 3), ((46.3, 2.3), 1)] {
        let mut bench = bench(accepts, &["UP_NOFLY"]);
        bench.fix_deg = Some(place);
        bench.wait(80 * S);
        let requests = lines(&bench).iter().filter(|line| line.starts_with("GET")).count();
        assert_eq!(requests, asked, "{place:?}");
    }
}

#[test]
fn an_upload_goes_as_the_servers_let_it_and_never_elsewhere() {
    let refuses: Server =
        |b| reply(b, "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n");
    let silent: Server = |b| is_look_up(b).then(|| address(b));
    let garbage: Server = |b| reply(b, "HTTP/9 201 Created\r\n\r\n");
    let declared: Server = |b| match line(b).split(' ').collect::<Vec<_>>()[..] {
        ["PUT", "intake", path] => reply(
            b,
            &format!(
                "HTTP/1.1 307 Moved\r\nLocation: https://intake2.hushwing.example{path}\r\nContent-Length: 0\r\n\r\n"
            ),
        ),
        _ => accepts(b),
    };
    let round: Server = |b| match line(b).split(' ').collect::<Vec<_>>()[..] {
        ["PUT", _, path] => reply(
            b,
            &format!(
                "HTTP/1.1 307 Moved\r\nLocation: https://intake2.hushwing.example{path}\r\nContent-Length: 0\r\n\r\n"
            ),
        ),
        _ => accepts(b),
    };
    let elsewhere: Server = |b| {
        reply(
            b,
            "HTTP/1.1 307 Moved\r\nLocation: https://collector.example/v1/logs/1/0\r\nContent-Length: 0\r\n\r\n",
        )
    };
    let nameless: Server = |b| (!is_look_up(b)).then(|| accepts(b))?;
    let (ask, put, other, put_other) =
        ("? intake", "PUT intake /v1/logs/1/0", "? intake2", "PUT intake2 /v1/logs/1/0");
    let (put_1, put_other_1) = ("PUT intake /v1/logs/1/1", "PUT intake2 /v1/logs/1/1");
    let failed = &["Upload failed"][..];
    for (mood, server, called, texts) in [
        ("accepts", accepts as Server, &[ask, put, put_1][..], &[][..]),
        ("greedy", greedy, &[ask, put, put_1], &[]),
        ("refuses", refuses, &[ask, put, put, put, other, put_other, put_other, put_other], failed),
        ("garbage", garbage, &[ask, put, put, put, other, put_other, put_other, put_other], failed),
        (
            "silent",
            silent,
            &[ask, put, ask, put, ask, put, other, put_other, other, put_other, other, put_other],
            failed,
        ),
        ("declared", declared, &[ask, put, other, put_other, put_other_1], &[]),
        (
            "round",
            round,
            &[
                ask, put, other, put_other, put, put_other, put, put_other, put_other, put_other,
                put_other, put_other, put_other, put_other,
            ],
            failed,
        ),
        ("elsewhere", elsewhere, &[ask, put], &["Redirect refused", "Upload failed"]),
        ("nameless", nameless, &[ask, ask, ask, other, other, other], failed),
    ] {
        let mut bench = bench(server, &["UP_LOGS"]);
        bench.command(PILOT, 31010, &GRANT_LOG_1);
        assert_eq!(bench.command(PILOT, 31014, &GRANT_LOG_1), Some(0), "{mood}");
        bench.texts();
        bench.wait(100 * S);
        assert_eq!(lines(&bench), called, "{mood}");
        assert_eq!(bench.texts(), texts, "{mood}");
    }
}

#[test]
fn tries_are_five_seconds_apart() {
    let silent: Server = |b| is_look_up(b).then(|| address(b));
    let mut bench = bench(silent, &["UP_UPDATE"]);
    bench.wait(60 * S);
    let at: Vec<_> = bench.called.iter().map(|(at, _)| *at).collect();
    // 40 ms for the address, 5 s of waiting for the answer, 5 s of rest.
    assert_eq!(at, [5_000, 5_020, 10_020, 10_040, 15_040, 15_060]);
}

#[test]
fn what_is_switched_off_or_withdrawn_stops_at_once() {
    let refuses: Server =
        |b| reply(b, "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n");
    for server in [accepts as Server, refuses] {
        for (what, text) in [
            ("withdrawn", &["Grant withdrawn"][..]),
            ("UP_LOGS", &["Refused: switched off"]),
            ("PRIV_LOCAL", &["Refused: local data mode"]),
            ("gone", &["Upload failed"]),
        ] {
            let mut bench = bench(server, &["UP_LOGS"]);
            bench.command(PILOT, 31010, &GRANT_LOG_1);
            bench.command(PILOT, 31014, &GRANT_LOG_1);
            bench.wait(22);
            bench.texts();
            let called = lines(&bench).len();
            match what {
                "withdrawn" => drop(bench.command(PILOT, 31011, &GRANT_LOG_1)),
                "gone" => drop(bench.card.files.remove("LOG/LOG_0001.HLG")),
                setting => {
                    bench.says(PILOT, 23, &param_set(setting, i32::from(setting == "PRIV_LOCAL")))
                }
            }
            bench.wait(60 * S);
            assert_eq!(lines(&bench).len(), called, "{what}: {:?}", lines(&bench));
            assert_eq!(bench.texts(), text, "{what}");
        }
    }
}

#[test]
fn uploads_go_in_the_order_they_were_asked_for_and_a_busy_slot_is_left_out() {
    let mut bench = bench(accepts, &["UP_LOGS", "UP_DIAG"]);
    bench.wait(14 * S);
    bench.card.files.insert("LOG/LOG_0002.HLG".to_string(), [9; 40_000].to_vec());
    for log in [2.0, 1.0] {
        let scope = [3.0, log, 1.0, 0.0, 1.0];
        bench.command(PILOT, 31010, &scope);
        assert_eq!(bench.command(PILOT, 31014, &scope), Some(0));
        assert_eq!(bench.command(PILOT, 31014, &scope), Some(1), "it waits already");
    }
    bench.wait(40 * S);
    let lines = lines(&bench);
    let logs: Vec<_> = lines.iter().filter(|line| line.contains("/0")).collect();
    assert_eq!(logs, ["PUT intake /v1/logs/2/0", "PUT intake /v1/logs/1/0"]);
    let reports: Vec<_> =
        bench.called.iter().filter(|(_, bytes)| line(bytes).starts_with("POST")).collect();
    assert_eq!(
        reports.iter().map(|(at, _)| *at).collect::<Vec<_>>(),
        [45 * S],
        "at 15 s the line was busy"
    );
}

#[test]
fn a_newer_version_is_told_and_an_order_is_not_obeyed() {
    for (body, texts) in [("0.1.1", &["Update available"][..]), ("send log 1", &[]), ("", &[])] {
        let mut bench = bench(accepts, &["UP_UPDATE", "UP_LOGS"]);
        bench.server = match body {
            "0.1.1" => |b| reply(b, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n0.1.1"),
            "" => |b| reply(b, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"),
            _ => |b| reply(b, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nsend log 1"),
        };
        bench.wait(30 * S);
        assert_eq!(bench.texts(), texts);
        assert_eq!(bench.called.len(), 2);
    }
}

#[test]
fn a_list_of_zones_is_kept_and_not_asked_for_again_after_a_reboot() {
    let lists: Server =
        |b| reply(b, "HTTP/1.1 200 OK\r\nContent-Length: 27\r\n\r\nhushwing.zones/1 1550-1408\n");
    let mut bench = bench(lists, &["UP_NOFLY"]);
    bench.wait(10 * S);
    assert_eq!(bench.card.files["ZONES/CACHE.HNZ"], b"hushwing.zones/1 1550-1408\n");
    assert_eq!(bench.called.len(), 2);
    let mut bench = bench.reboot();
    (bench.server, bench.fix_deg) = (lists, Some((46.3, 2.3)));
    bench.wait(70 * S);
    assert_eq!(lines(&bench), [""; 0]);
    bench.fix_deg = Some((46.5, 2.3));
    bench.wait(40 * S);
    assert_eq!(lines(&bench).len(), 2, "another cell");
}

/// Answers of every kind, every other one damaged, as the question has it by lot.
fn damaged(bytes: &[u8]) -> Option<Vec<u8>> {
    let lot = Sha256::digest(bytes);
    let moved = |host: &str| {
        let path = line(bytes).split(' ').nth(2).unwrap_or("/").to_string();
        format!("HTTP/1.1 307 Moved\r\nLocation: https://{host}{path}\r\nContent-Length: 0\r\n\r\n")
    };
    let mut answer = match lot[0] % 8 {
        0..3 => accepts(bytes)?,
        3 => greedy(bytes)?,
        4 => reply(bytes, &moved("intake2.hushwing.example"))?,
        5 => reply(bytes, &moved("collector.example"))?,
        6 => lot.to_vec(),
        _ => return None,
    };
    let place = usize::from(u16::from_le_bytes([lot[2], lot[3]])) % answer.len();
    match lot[1] % 4 {
        0 => answer[place] = lot[4],
        1 => answer.truncate(place),
        _ => {}
    }
    Some(answer)
}

#[test]
fn whatever_is_answered_only_declared_hosts_are_called_and_nothing_breaks() {
    const HOSTS: [&str; 4] = ["intake", "intake2", "updates", "zones"];
    let mut bench = bench(damaged, &SERVICES);
    bench.fix_deg = Some((51.43, -0.46));
    for log in 1..=6_u8 {
        bench.card.files.insert(format!("LOG/LOG_000{log}.HLG"), [log; 5_000].to_vec());
        let scope = [3.0, f32::from(log), 1.0, 0.0, 1.0];
        bench.command(PILOT, 31010, &scope);
        bench.command(PILOT, 31014, &scope);
        bench.wait(60 * S);
    }
    let lines = lines(&bench);
    assert!(lines.len() > 40, "{}", lines.len());
    for line in &lines {
        assert!(HOSTS.contains(&line.split(' ').nth(1).unwrap()), "{line}");
    }
    for (_, bytes) in bench.called.iter().filter(|(_, bytes)| is_look_up(bytes)) {
        assert!(bytes.ends_with(b"\x08hushwing\x07example\0\0\x01\0\x01"));
    }
}
