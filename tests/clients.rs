//! Real ground stations fly it over real sockets: MAVSDK, pymavlink, MAVProxy, and what QGroundControl says.
//!
//! What each does is a script in `clients`; here its flight is opened, and what came of it is judged as any other: no
//! byte undecoded, nothing broken, the same seal when it is flown again from its record.
//!
//! **Never:** needs a network beyond this machine; takes a client's word for what the vehicle did.

use crate::tools::absent;
use crate::walls::root;
use audit::Verdict;
use bridge::{Bridge, LinkSpec, Options, Speed};
use cli::flights::{self, Rider};
use cli::stories::{self, Story};
use evidence::{Evidence, Personality, Ways};
use std::net::{SocketAddr, UdpSocket};
use std::process::Command;

/// Faster than life, so that a flight of two minutes is no wait; a client must not mind.
const SPEED: f64 = 4.0;

/// On this machine, at a port that the system picks.
fn here() -> Option<String> {
    Some("127.0.0.1".to_owned())
}

/// A port that nobody has, for a client to bind.
fn free_port() -> u16 {
    let probe = UdpSocket::bind("127.0.0.1:0").expect("this machine has a loopback");
    probe.local_addr().expect("it is bound").port()
}

/// Flies the field with a script at the controls; none where the client's package is not here.
fn flown(
    script: &str,
    package: &str,
    link: LinkSpec,
    url: impl Fn(SocketAddr) -> String,
    personality: Personality,
) -> Option<Evidence> {
    let ways = Ways { radio: personality, telemetry2: None };
    flown_by(script, package, [vec![link], Vec::new()], url, ways)
}

/// The same on the links of either port.
fn flown_by(
    script: &str,
    package: &str,
    [links, second_links]: [Vec<LinkSpec>; 2],
    url: impl Fn(SocketAddr) -> String,
    ways: Ways,
) -> Option<Evidence> {
    let there = Command::new("python3").args(["-c", &format!("import {package}")]).output();
    if !there.as_ref().is_ok_and(|output| output.status.success()) {
        return absent(package, &format!("pip install {package}"), "no such module");
    }
    let (speed, forwards) = (Speed::Times(SPEED), false);
    let options = Options { links, second_links, speed, forwards, length_s: None };
    let (bridge, side) = Bridge::open(&options).expect("the link opens");
    let (bound, personality) = (bridge.bound(), ways.radio);
    let first = url(bound[0]);
    let second = bound.get(1).copied().map(url);
    let assets = stories::assets().expect("the assets ship");
    let field = Story { ways, ..stories::field(&assets).expect("it ships") };
    let (evidence, output) = std::thread::scope(|scope| {
        let flight = scope.spawn(|| flights::live(&field, Rider::Honest, &assets, Box::new(side)));
        let script = root().join("tests/clients").join(script).with_extension("py");
        let output = Command::new("python3")
            .arg(script)
            .args([first, SPEED.to_string(), personality.to_string()])
            .args(second)
            .output();
        bridge.end();
        (flight.join().expect("it flies on"), output.expect("python3 runs"))
    });
    let said = String::from_utf8_lossy(&output.stdout);
    println!("{said}\n{}", bridge.tally().told());
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{script}: {said}\n{errors}");
    Some(evidence.expect("it flies"))
}

/// Flies the field with a script of pymavlink's, which speaks to it by UDP.
fn spoken_to(script: &str) -> Option<Evidence> {
    let link = LinkSpec::UdpIn { host: here(), port: 0 };
    flown(script, "pymavlink", link, |bound| format!("udpout:{bound}"), Personality::Px4)
}

/// Flies it again from its record with twins beside it, and judges both.
fn judge(evidence: &Evidence) {
    let assets = stories::assets().expect("the assets ship");
    let story = Story::of(evidence, &assets).expect("it is a story");
    let again = flights::verified(&story, Rider::Honest, 1, &assets).expect("it flies");
    assert_eq!(again.seal(), evidence.seal(), "the record does not make the same flight");
    for judged in [evidence, &again] {
        let report = audit::audit(judged);
        let broken = report.findings.iter().filter(|finding| finding.verdict == Verdict::Broken);
        let broken: Vec<_> = broken.collect();
        assert!(broken.is_empty(), "{broken:#?}");
    }
}

#[test]
fn mavsdk_arms_takes_off_goes_to_holds_returns_and_lands() {
    let port = free_port();
    let link = LinkSpec::Udp { host: None, port };
    let url = |_| format!("udpin://127.0.0.1:{port}");
    if let Some(evidence) = flown("mavsdk_flight", "mavsdk", link, url, Personality::Px4) {
        assert!(evidence.track.iter().any(|point| point.position_m[1] > 13.0), "it went nowhere");
        assert!(evidence.truth.landed_safely, "it is not on its feet");
        judge(&evidence);
    }
}

#[test]
fn mavsdk_gets_streams_parameters_mission_fence_camera_files_and_a_log_only_with_consent() {
    let link = LinkSpec::UdpIn { host: here(), port: 0 };
    let url = |bound: SocketAddr| format!("udpout://{bound}");
    if let Some(evidence) = flown("mavsdk_services", "mavsdk", link, url, Personality::Px4) {
        assert!(evidence.track.iter().any(|point| point.position_m[1] > 8.0), "it went nowhere");
        assert!(evidence.flight.card.keys().any(|path| path.starts_with("DCIM")), "no picture");
        judge(&evidence);
    }
}

#[test]
fn pymavlink_finds_every_question_answered_and_every_bad_one_refused() {
    if let Some(evidence) = spoken_to("pymavlink_conformance") {
        assert!(evidence.track.iter().all(|point| point.position_m[2] < 0.5), "it flew");
        judge(&evidence);
    }
}

#[test]
fn qgroundcontrols_sequence_finds_every_request_met_and_flies() {
    let link = LinkSpec::Tcp { host: here(), port: 0 };
    let url = |bound: SocketAddr| format!("tcp:{bound}");
    if let Some(evidence) =
        flown("qgroundcontrol_sequence", "pymavlink", link, url, Personality::Px4)
    {
        assert!(evidence.track.iter().any(|point| point.position_m[1] > 13.0), "it went nowhere");
        judge(&evidence);
    }
}

#[test]
fn mavproxy_flies_it_from_its_command_line() {
    let link = LinkSpec::Tcp { host: here(), port: 0 };
    let url = |bound: SocketAddr| format!("tcp:{bound}");
    if let Some(evidence) = flown("mavproxy_headless", "MAVProxy", link, url, Personality::Px4) {
        assert!(evidence.track.iter().any(|point| point.position_m[2] > 3.0), "it did not fly");
        judge(&evidence);
    }
}

#[test]
fn mavproxy_sets_modes_by_name_where_the_vehicle_is_ardupilot() {
    let link = LinkSpec::Tcp { host: here(), port: 0 };
    let url = |bound: SocketAddr| format!("tcp:{bound}");
    let personality = Personality::ArduPilot;
    if let Some(evidence) = flown("mavproxy_headless", "MAVProxy", link, url, personality) {
        assert!(evidence.track.iter().any(|point| point.position_m[2] > 3.0), "it did not fly");
        judge(&evidence);
    }
}

#[test]
fn pymavlink_finds_camera_mount_and_identification_aboard() {
    if let Some(evidence) = spoken_to("pymavlink_aboard") {
        let pictures = evidence.flight.card.keys().filter(|path| path.starts_with("DCIM"));
        assert!(pictures.count() > 4, "what was told of is not there");
        judge(&evidence);
    }
}

#[test]
fn pymavlink_is_told_every_message_and_commands_well_and_badly() {
    if let Some(evidence) = spoken_to("pymavlink_services") {
        assert!(evidence.track.iter().all(|point| point.position_m[2] < 0.5), "it flew");
        assert!(evidence.flight.card.keys().any(|path| path.starts_with("DCIM")), "no picture");
        judge(&evidence);
    }
}

#[test]
fn pymavlink_sets_every_kind_of_parameter_to_what_it_may_be_alone() {
    if let Some(evidence) = spoken_to("pymavlink_parameters") {
        judge(&evidence);
    }
}

#[test]
fn pymavlink_gets_plans_back_bit_by_bit_and_no_bad_one_in() {
    if let Some(evidence) = spoken_to("pymavlink_plans") {
        assert!(evidence.track.iter().all(|point| point.position_m[2] < 0.5), "it flew");
        judge(&evidence);
    }
}

#[test]
fn pymavlink_gets_no_file_by_any_trick_and_logs_by_consent_alone() {
    if let Some(evidence) = spoken_to("pymavlink_files") {
        assert!(evidence.flight.card.keys().any(|path| path.starts_with("LOG/")), "no log");
        judge(&evidence);
    }
}

#[test]
fn pymavlink_gets_nothing_past_a_signature_but_a_heartbeat() {
    if let Some(evidence) = spoken_to("pymavlink_signing") {
        assert!(evidence.track.iter().any(|point| point.position_m[2] > 1.0), "it did not fly");
        judge(&evidence);
    }
}

#[test]
fn pymavlink_sees_px4_by_the_radio_and_ardupilot_by_the_second_port_at_once() {
    let here = || vec![LinkSpec::UdpIn { host: here(), port: 0 }];
    let ways = Ways { radio: Personality::Px4, telemetry2: Some(Personality::ArduPilot) };
    let url = |bound| format!("udpout:{bound}");
    let flown = flown_by("pymavlink_two_ports", "pymavlink", [here(), here()], url, ways);
    if let Some(evidence) = flown {
        assert!(evidence.track.iter().any(|point| point.position_m[2] > 3.0), "it did not fly");
        judge(&evidence);
    }
}
