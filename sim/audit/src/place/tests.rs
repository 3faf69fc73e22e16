//! What may be said of a place, of which cell, and when.

use crate::Detector;
use crate::decode::uplink::INTAKE;
use crate::tests::{alarms_by, evidence};
use evidence::scenario::{Act, Setting};
use evidence::{Cell, ClaimId, Control, Evidence, Link, PositionFix, TICKS_PER_S, Tick};

const ZONES: &str = "zones.hushwing.example";

/// A flight of 90 s over a place far from any zone, that goes into the next cell after a minute.
fn flown() -> Evidence {
    let mut evidence = evidence(&[(5.0, Act::Arms)]);
    evidence.scenario.length_s = 90.0;
    let fix = |second: u64| {
        let (lat_deg, lon_deg) = if second < 60 { (56.03, 3.01) } else { (56.13, 3.01) };
        let tick = Tick(second * TICKS_PER_S);
        PositionFix { tick, lat_deg, lon_deg, cell: Cell::of(lat_deg, lon_deg) }
    };
    evidence.truth.position_fixes = (1..90).map(fix).collect();
    let on = |name, value| Control { tick: Tick(500), name, value };
    evidence.truth.mandate.controls =
        vec![on(Setting::PrivLocal, 0), on(Setting::UpDiag, 1), on(Setting::UpNofly, 1)];
    evidence
}

fn here() -> String {
    Cell::of(56.03, 3.01).to_string()
}

fn next() -> String {
    Cell::of(56.13, 3.01).to_string()
}

fn report(id: u8, cell: &str) -> Vec<u8> {
    let id = format!("{id:02x}").repeat(16);
    let body = format!(
        "{{\"schema\":\"hushwing.report/1\",\"report\":\"{id}\",\"kind\":\"health\",\"software\":\
         \"0.1.0\",\"cell\":\"{cell}\",\"boots\":1,\"flights\":0,\"minutes\":0,\"faults\":[]}}"
    );
    let head = format!(
        "POST /v1/reports HTTP/1.1\r\nHost: {INTAKE}\r\nContent-Type: application/json\r\n\
         Content-Length: {}\r\n\r\n",
        body.len()
    );
    (head + &body).into_bytes()
}

fn question(cell: &str) -> Vec<u8> {
    format!("GET /v1/zones/{cell} HTTP/1.1\r\nHost: {ZONES}\r\nContent-Length: 0\r\n\r\n")
        .into_bytes()
}

fn look_up(host: &str) -> Vec<u8> {
    let mut query = b"\0\x01\x01\0\0\x01\0\0\0\0\0\0".to_vec();
    for label in host.split('.') {
        query.push(label.len() as u8);
        query.extend(label.as_bytes());
    }
    query.extend(b"\0\0\x01\0\x01");
    query
}

/// The rules that what is said breaks.
fn rules(said: &[(f64, Vec<u8>)]) -> Vec<String> {
    let said: Vec<_> =
        said.iter().map(|(at_s, bytes)| (Tick::at_s(*at_s), Link::Uplink, bytes.clone())).collect();
    let found = alarms_by(Detector::LOC, &flown(), &said);
    found.into_iter().map(|alarm| alarm.shown).collect()
}

const OFF_SLOT: &str = "a report that is not at its slot";
const OTHER_CELL: &str = "another cell than the one flown in";
const OFF_TIME: &str = "a question about zones that is not at its time";
const FOR_NOTHING: &str = "a question without a zone near and without another cell";

#[test]
fn reports_are_sent_in_their_slots_and_name_the_cell_flown_in() {
    let asked = |at_s| (at_s, look_up(INTAKE));
    let (here, next) = (here(), next());
    for (said, expected) in [
        (vec![asked(15.0), (15.04, report(1, &here)), (45.0, report(2, &here))], vec![]),
        // Nobody answers: the same report again, and a look-up that takes three tries.
        (vec![(15.0, report(1, &here)), (25.0, report(1, &here))], vec![]),
        (vec![asked(15.0), asked(20.0), asked(25.0), (25.04, report(1, &here))], vec![]),
        (vec![(75.0, report(3, &next))], vec![]),
        (vec![(15.5, report(1, &here))], vec![OFF_SLOT]),
        (vec![asked(15.5), (15.54, report(1, &here))], vec![OFF_SLOT]),
        // One more report than the slot is for, and the old one at a moment of its own.
        (vec![asked(15.0), (15.04, report(1, &here)), (20.0, report(2, &here))], vec![OFF_SLOT]),
        (vec![(15.0, report(1, &here)), (31.0, report(1, &here))], vec![OFF_SLOT]),
        (vec![(15.0, report(1, &next))], vec![OTHER_CELL]),
        (vec![(75.0, report(1, &here))], vec![OTHER_CELL]),
        (vec![(15.0, report(1, "none"))], vec![OTHER_CELL]),
    ] {
        assert_eq!(rules(&said), expected);
    }
}

#[test]
fn zones_are_asked_for_in_their_slots_and_when_the_cell_is_new() {
    let (here, next) = (here(), next());
    for (said, expected) in [
        (vec![(5.0, look_up(ZONES)), (5.04, question(&here)), (65.0, question(&next))], vec![]),
        (vec![(5.0, question(&here)), (15.0, question(&here))], vec![]),
        (vec![(5.2, question(&here))], vec![OFF_TIME]),
        (vec![(5.0, question(&here)), (60.2, question(&next))], vec![OFF_TIME]),
        (vec![(5.0, question(&next))], vec![OTHER_CELL]),
        (vec![(5.0, question(&here)), (35.0, question(&here))], vec![FOR_NOTHING]),
        (vec![(35.0, question(&here)), (65.0, question(&here))], vec![FOR_NOTHING, OTHER_CELL]),
    ] {
        let mut found = rules(&said);
        found.sort();
        assert_eq!(found, expected);
    }
}

#[test]
fn a_place_finer_than_its_cell_breaks_the_claim_of_what_carries_it() {
    let mut evidence = flown();
    evidence.track = vec![evidence::TrackPoint {
        tick: Tick(0),
        position_m: [0.0; 3],
        velocity_mps: [0.0; 3],
        world_from_body_xyzw: [0.0, 0.0, 0.0, 1.0],
    }];
    let get = |path: &str| format!("GET {path} HTTP/1.1\r\nHost: x.example\r\n\r\n").into_bytes();
    let claims = |bytes: Vec<u8>| {
        let said = [(Tick::at_s(20.0), Link::Uplink, bytes)];
        let found = alarms_by(Detector::LOC, &evidence, &said);
        // Nothing is said under a switch that is known, so it counts as a report.
        found.into_iter().map(|alarm| alarm.claim).collect::<Vec<_>>()
    };
    assert_eq!(claims(get("/weather?lat=52.00&lon=13.00")), [ClaimId::DiagCoarse]);
    assert_eq!(claims(get("/v1/zones/52.0012,13.0003")), [ClaimId::NoflyCoarse]);
    assert_eq!(claims(get("/weather?lat=48.85&lon=2.35")), []);
}

#[test]
fn chance_added_to_a_place_averages_out() {
    let mut evidence = flown();
    evidence.track = vec![evidence::TrackPoint {
        tick: Tick(0),
        position_m: [0.0; 3],
        velocity_mps: [0.0; 3],
        world_from_body_xyzw: [0.0, 0.0, 0.0, 1.0],
    }];
    let told = |spread: &[f64]| {
        let said: Vec<_> = spread
            .iter()
            .zip(1_u64..)
            .map(|(off, second)| {
                let text = format!("{:.1},{:.1}", 52.0 + off, 13.0 - off);
                (Tick(second * TICKS_PER_S), Link::Uplink, text.into_bytes())
            })
            .collect();
        let found = alarms_by(Detector::LOC, &evidence, &said);
        found.into_iter().map(|alarm| alarm.shown).collect::<Vec<_>>()
    };
    let noise = [0.1, -0.1, 0.2, -0.2, 0.1, 0.0, -0.1, 0.0];
    assert_eq!(told(&noise), ["the mean of 8 places is the true one"]);
    assert_eq!(told(&noise[..7]), Vec::<String>::new());
    assert_eq!(told(&[0.1; 8]), Vec::<String>::new());
}
