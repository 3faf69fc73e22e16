//! The rules of Radio on short frames: quiet on the canonical one, loud on each other.

mod aboard;
mod live;
mod power;
mod transfers;

use super::*;
use crate::tests::{self, alarms_of};
use evidence::{Class, Link, Tick};

fn sealed(mut frame: Vec<u8>) -> Vec<u8> {
    let id = u32::from_le_bytes([frame[7], frame[8], frame[9], 0]);
    let checksum = crc(&frame[1..], MavMessage::extra_crc(id));
    frame.extend_from_slice(&checksum.to_le_bytes());
    frame
}

fn frame(sequence: u8, message: &MavMessage) -> Vec<u8> {
    tests::frame(sequence, message)
}

fn shown(said: &[(u64, Vec<u8>)]) -> Vec<String> {
    let said: Vec<_> = said.iter().map(|(t, b)| (Tick(*t), Link::Radio, b.clone())).collect();
    alarms_of(&tests::evidence(&[]), &said).into_iter().map(|alarm| alarm.shown).collect()
}

/// A change to the fields of a message, and what it is called.
type Change<M> = (&'static str, fn(&mut M));

/// The good message is quiet, and each changed one is not.
fn tabled<M: Clone>(
    good: M,
    wrap: fn(M) -> MavMessage,
    changes: &[Change<M>],
    found: impl Fn(&MavMessage) -> Vec<String>,
) {
    assert_eq!(found(&wrap(good.clone())), Vec::<String>::new());
    for (name, change) in changes {
        let mut bad = good.clone();
        change(&mut bad);
        let message = wrap(bad);
        assert!(!found(&message).is_empty(), "{}: {name}", message.message_name());
    }
}

#[test]
fn a_canonical_heartbeat_is_quiet_and_each_fault_of_a_frame_is_named() {
    let good = tests::heartbeat(0);
    assert_eq!(shown(&[(0, good.clone())]), Vec::<String>::new());
    let body = &good[..good.len() - 2];
    let changed = |at: usize, to: u8| {
        let mut frame = body.to_vec();
        frame[at] = to;
        sealed(frame)
    };
    let padded = {
        let mut frame = body.to_vec();
        frame[1] += 1;
        frame.push(0);
        sealed(frame)
    };
    let wrong_sum = [body, &[0, 0]].concat();
    let table = [
        (Vec::new(), "bytes that are no MAVLink frame"),
        (vec![0xFE; 20], "MAVLink 1 frame"),
        (good[..12].to_vec(), "MAVLink frame is cut short"),
        ([good.as_slice(), b"!"].concat(), "bytes between MAVLink frames"),
        (wrong_sum, "MAVLink checksum is wrong, or the message is unknown"),
        (changed(2, 1), "MAVLink frame is cut short"),
        (changed(2, 2), "MAVLink incompatibility flags are set"),
        (changed(3, 1), "MAVLink compatibility flags are set"),
        (changed(5, 7), "MAVLink system or component is not 1, 1"),
        (changed(4, 9), "MAVLink sequence number skipped or repeated"),
        (padded, "HEARTBEAT is not in its canonical form"),
        (changed(14, 3), "HEARTBEAT has another identity"),
        (changed(15, 99), "HEARTBEAT has a value outside its enumeration"),
        (changed(16, 29 | 32), "HEARTBEAT has unlisted mode flags"),
        (changed(12, 9), "HEARTBEAT has an unlisted mode"),
        (changed(17, 6), "HEARTBEAT has an unlisted state"),
    ];
    for (frame, rule) in table {
        assert_eq!(shown(&[(0, frame)]), [rule]);
    }
}

#[test]
fn a_message_off_the_list_is_named_with_its_class() {
    use mavlink::dialects::common::{ADSB_VEHICLE_DATA, TUNNEL_DATA, WIFI_CONFIG_AP_DATA};
    let table = [
        (MavMessage::ADSB_VEHICLE(ADSB_VEHICLE_DATA::default()), Class::Position),
        (MavMessage::WIFI_CONFIG_AP(WIFI_CONFIG_AP_DATA::default()), Class::Key),
        (MavMessage::TUNNEL(TUNNEL_DATA::default()), Class::Public),
    ];
    for (message, class) in table {
        let said = [(Tick(0), Link::Radio, frame(0, &message))];
        let alarms = alarms_of(&tests::evidence(&[]), &said);
        assert_eq!(alarms.len(), 1);
        assert_eq!((alarms[0].class, alarms[0].unlisted), (Some(class), true));
    }
}

#[test]
fn a_heartbeat_comes_at_its_period_or_on_a_change_of_mode() {
    let beat = |sequence, mode| tests::heartbeat_in(sequence, mode);
    let (hold, land) = (0x0304_0000, 0x0604_0000);
    assert!(shown(&[(0, beat(0, hold)), (70, beat(1, land)), (500, beat(2, land))]).is_empty());
    assert_eq!(
        shown(&[(0, beat(0, hold)), (499, beat(1, hold))]),
        ["HEARTBEAT after 499 ticks, its period is 500"]
    );
}

#[test]
fn only_listed_texts_with_their_severity_and_clean_tails_pass() {
    use mavlink::dialects::common::{MavSeverity, STATUSTEXT_DATA};
    let text = |words: &[u8], severity| {
        let mut text = [0; 50];
        text[..words.len()].copy_from_slice(words);
        let data = STATUSTEXT_DATA { severity, text: text.into(), ..Default::default() };
        frame(0, &MavMessage::STATUSTEXT(data))
    };
    let info = MavSeverity::MAV_SEVERITY_INFO;
    assert!(shown(&[(9, text(b"Armed", info))]).is_empty());
    let rule = ["STATUSTEXT is not in the vocabulary"];
    assert_eq!(shown(&[(9, text(b"Armed", MavSeverity::MAV_SEVERITY_ALERT))]), rule);
    assert_eq!(shown(&[(9, text(b"Armed\0x", info))]), rule);
    assert_eq!(shown(&[(9, text(b"Return distance 1234 m", info))]), rule);
}

#[test]
fn times_ranges_and_unused_fields_are_held_to() {
    use mavlink::dialects::common::{
        ATTITUDE_DATA, BATTERY_STATUS_DATA, GPS_RAW_INT_DATA, MavBatteryFault,
    };
    let attitude = |time_boot_ms, roll| {
        let data = ATTITUDE_DATA { time_boot_ms, roll, ..Default::default() };
        frame(0, &MavMessage::ATTITUDE(data))
    };
    assert!(shown(&[(100, attitude(200, 0.1))]).is_empty());
    assert_eq!(shown(&[(100, attitude(203, 0.1))]), ["ATTITUDE time is not the tick's"]);
    assert_eq!(shown(&[(100, attitude(200, f32::NAN))]), ["ATTITUDE angle is out of range"]);
    let gps = GPS_RAW_INT_DATA { time_usec: 500_000, v_acc: 1, ..Default::default() };
    let rule = ["GPS_RAW_INT extension fields are not zero"];
    assert_eq!(shown(&[(250, frame(0, &MavMessage::GPS_RAW_INT(gps)))]), rule);
    let mut cells = BATTERY_STATUS_DATA {
        temperature: i16::MAX,
        fault_bitmask: MavBatteryFault::empty(),
        ..Default::default()
    };
    cells.voltages = [u16::MAX; 10];
    assert!(shown(&[(0, frame(0, &MavMessage::BATTERY_STATUS(cells.clone())))]).is_empty());
    cells.voltages[3] = 3412;
    let rule = ["BATTERY_STATUS tells single cells"];
    assert_eq!(shown(&[(0, frame(0, &MavMessage::BATTERY_STATUS(cells)))]), rule);
}

#[test]
fn an_acknowledgement_needs_a_command_of_that_number_at_that_time() {
    use evidence::scenario::Act;
    use mavlink::dialects::common::{COMMAND_ACK_DATA, MavCmd};
    let ack = |command| {
        let data = COMMAND_ACK_DATA {
            command,
            target_system: 255,
            target_component: 190,
            ..Default::default()
        };
        frame(0, &MavMessage::COMMAND_ACK(data))
    };
    let evidence = tests::evidence(&[(2.0, Act::Arms)]);
    let fires = |tick, command| {
        !alarms_of(&evidence, &[(Tick(tick), Link::Radio, ack(command))]).is_empty()
    };
    assert!(!fires(1000, MavCmd::MAV_CMD_COMPONENT_ARM_DISARM));
    assert!(fires(1003, MavCmd::MAV_CMD_COMPONENT_ARM_DISARM));
    assert!(fires(999, MavCmd::MAV_CMD_COMPONENT_ARM_DISARM));
    assert!(fires(1000, MavCmd::MAV_CMD_NAV_LAND));
}

fn by(story: &evidence::Evidence, said: &[(u64, MavMessage)]) -> Vec<(String, evidence::ClaimId)> {
    let frames = (0..).zip(said).map(|(n, (t, m))| (Tick(*t), Link::Radio, frame(n, m)));
    let alarms = tests::alarms_by(crate::Detector::DEC, story, &frames.collect::<Vec<_>>());
    alarms.into_iter().map(|alarm| (alarm.shown, alarm.claim)).collect()
}

#[test]
fn a_parameter_is_told_when_set_or_asked_for_and_as_the_pilot_has_it() {
    use evidence::Control;
    use evidence::scenario::{Act, Setting};
    use mavlink::dialects::common::{MavParamType, PARAM_VALUE_DATA};
    let value = |index: u16, name: &str, value: u32| {
        let mut id = [0; 16];
        id[..name.len()].copy_from_slice(name.as_bytes());
        MavMessage::PARAM_VALUE(PARAM_VALUE_DATA {
            param_value: f32::from_bits(value),
            param_count: 13,
            param_index: index,
            param_id: id.into(),
            param_type: MavParamType::MAV_PARAM_TYPE_INT32,
        })
    };
    let stranger = Act::Stranger(Box::new(Act::AsksParameters));
    let mut story = tests::evidence(&[(4.0, Act::AsksParameters), (20.0, stranger)]);
    let on = Control { tick: Tick(500), name: Setting::UpLogs, value: 1 };
    story.truth.mandate.controls.push(on);
    let local = value(0, "PRIV_LOCAL", 1);
    let logs = |at| value(1, "UP_LOGS", at);
    let free = "PARAM_VALUE without a question";
    let known = evidence::ClaimId::OnlyKnownLinks;
    type Said<'a> = &'a [(u64, MavMessage)];
    let table: [(Said<'_>, &[(&str, evidence::ClaimId)]); 7] = [
        (&[(500, logs(1)), (2000, local.clone()), (2050, logs(1))], &[]),
        (&[(500, logs(1)), (2000, local.clone()), (2040, logs(1))], &[(free, known)]),
        (&[(700, logs(1))], &[(free, known)]),
        (&[(500, logs(0))], &[("PARAM_VALUE is not what the pilot has set", known)]),
        (
            &[(500, value(1, "UP_LOG", 1))],
            &[("PARAM_VALUE of another name, number or type", known)],
        ),
        (&[(500, value(13, "GAIN", 1))], &[("PARAM_VALUE of no listed parameter", known)]),
        (&[(10_000, logs(1))], &[(free, evidence::ClaimId::ServerAccess)]),
    ];
    for (said, rules) in table {
        let found = by(&story, said);
        let found: Vec<_> = found.iter().map(|(shown, claim)| (shown.as_str(), *claim)).collect();
        assert_eq!(found, rules);
    }
}

#[test]
fn a_list_of_logs_tells_of_granted_ones_alone() {
    use evidence::scenario::Act;
    use evidence::{ClaimId, Recipient};
    use mavlink::dialects::common::LOG_ENTRY_DATA;
    let entry = |id, num_logs, size| {
        let last_log_num = if num_logs > 0 { id } else { 0 };
        MavMessage::LOG_ENTRY(LOG_ENTRY_DATA { time_utc: 0, size, id, num_logs, last_log_num })
    };
    let (category, to) = (Class::FlightLog, Recipient::Pilot);
    let story = tests::online(tests::evidence(&[
        (2.0, Act::Grants { category, object: 1, to, for_s: None }),
        (4.0, Act::AsksLogs),
    ]));
    let log = tests::log_file(1);
    let rules = |tick: u64, message: &MavMessage| -> Vec<(String, ClaimId)> {
        use evidence::card::{Operation, Write};
        let writes = ["LOG/LOG_0001.HLG", "LOG/LOG_0002.HLG"].map(|path| {
            let write = Write { operation: Operation::Append, path, data: &log };
            (Tick(9), Link::Card, write.encode())
        });
        let said = [writes.as_slice(), &[(Tick(tick), Link::Radio, frame(0, message))]].concat();
        let alarms = tests::alarms_by(crate::Detector::DEC, &story, &said);
        alarms.into_iter().map(|alarm| (alarm.shown, alarm.claim)).collect()
    };
    let size = log.len() as u32;
    for (tick, message, expected) in [
        (2000, entry(0, 0, 0), None),
        (2000, entry(1, 1, size), None),
        (2000, entry(2, 2, size), Some("LOG_ENTRY counts more logs than are granted")),
        (2000, entry(1, 1, size + 1), Some("LOG_ENTRY tells a size that the log never had")),
        (2000, entry(0, 1, 0), Some("LOG_ENTRY of no log tells something")),
        (900, entry(0, 0, 0), Some("LOG_ENTRY without a request")),
    ] {
        let found: Vec<_> = rules(tick, &message).into_iter().map(|(shown, _)| shown).collect();
        assert_eq!(found, Vec::from_iter(expected.map(str::to_owned)), "{message:?}");
    }
    assert_eq!(rules(900, &entry(0, 0, 0))[0].1, ClaimId::LogConsent);
}

#[test]
fn files_are_answered_in_one_form_and_shown_under_a_grant() {
    use evidence::scenario::Act;
    use evidence::{ClaimId, Recipient};
    use mavlink::dialects::common::FILE_TRANSFER_PROTOCOL_DATA;
    let answer = |opcode: u8, asked: u8, target_system: u8, data: &[u8]| {
        let mut payload = [0; 251];
        payload[..12].copy_from_slice(&[
            1,
            0,
            0,
            opcode,
            data.len() as u8,
            asked,
            0,
            0,
            0,
            0,
            0,
            0,
        ]);
        payload[12..12 + data.len()].copy_from_slice(data);
        let (target_network, target_component) = (0, 190);
        MavMessage::FILE_TRANSFER_PROTOCOL(FILE_TRANSFER_PROTOCOL_DATA {
            target_network,
            target_system,
            target_component,
            payload,
        })
    };
    let (category, to) = (Class::FlightLog, Recipient::Pilot);
    let story = tests::online(tests::evidence(&[
        (2.0, Act::Grants { category, object: 1, to, for_s: Some(6.0) }),
        (4.0, Act::AsksFiles { path: "LOG".to_owned() }),
        (4.0, Act::ReadsFile { path: "LOG/LOG_0001.HLG".to_owned() }),
    ]));
    let opened = answer(128, 4, 255, &[9, 0, 0, 0]);
    for (tick, message, expected) in [
        (2000, opened.clone(), None),
        (2000, answer(129, 4, 255, &[10]), None),
        (2000, answer(128, 3, 255, b"FLOG_0001.HLG\t1070\0"), None),
        (2000, answer(128, 3, 255, b"DLOG\0"), None),
        (4500, opened.clone(), Some(("FlightLog 1 is shown without a grant", ClaimId::LogConsent))),
        (
            2000,
            answer(128, 3, 255, b"FLOG_0002.HLG\t1070\0"),
            Some(("FlightLog 2 is shown without a grant", ClaimId::LogConsent)),
        ),
        (
            2000,
            answer(128, 3, 255, b"FADA.TXT\t1\0"),
            Some(("a list with a file of no listed name", ClaimId::OnlyKnownLinks)),
        ),
        (900, opened, Some(("a file answer that nobody asked for", ClaimId::LogConsent))),
        (
            2000,
            answer(128, 4, 254, &[9, 0, 0, 0]),
            Some(("a file answer to somebody else", ClaimId::ServerAccess)),
        ),
        (
            2000,
            answer(128, 1, 255, b"x"),
            Some(("an answer that tells more", ClaimId::OnlyKnownLinks)),
        ),
        (
            2000,
            answer(128, 6, 255, b""),
            Some(("a file answer of an unlisted kind", ClaimId::OnlyKnownLinks)),
        ),
    ] {
        let expected = expected.map(|(shown, claim)| (shown.to_owned(), claim));
        assert_eq!(by(&story, &[(tick, message)]), Vec::from_iter(expected));
    }
}

#[test]
fn a_stranger_may_be_told_no_but_not_be_obeyed() {
    use evidence::ClaimId;
    use evidence::scenario::Act;
    use mavlink::dialects::common::{COMMAND_ACK_DATA, MavCmd, MavResult};
    let ack = |system, command, result| {
        MavMessage::COMMAND_ACK(COMMAND_ACK_DATA {
            command,
            result,
            target_system: system,
            target_component: 190,
            ..Default::default()
        })
    };
    let (still, arm) = (MavCmd::MAV_CMD_IMAGE_START_CAPTURE, MavCmd::MAV_CMD_COMPONENT_ARM_DISARM);
    let (yes, no) = (MavResult::MAV_RESULT_ACCEPTED, MavResult::MAV_RESULT_DENIED);
    let story = tests::evidence(&[
        (2.0, Act::Stranger(Box::new(Act::TakesStill))),
        (3.0, Act::Stranger(Box::new(Act::Arms))),
        (4.0, Act::SetsUpSigning),
        (5.0, Act::Forges(Box::new(Act::TakesStill))),
    ]);
    let obeyed = ("COMMAND_ACK obeys somebody who may not command", ClaimId::ServerAccess);
    for (tick, message, expected) in [
        (1000, ack(254, still, no), None),
        (1000, ack(254, still, yes), Some(obeyed)),
        (
            1000,
            ack(255, still, no),
            Some(("COMMAND_ACK without a command", ClaimId::OnlyKnownLinks)),
        ),
        // Whoever sees it may land or stop it.
        (1500, ack(254, arm, yes), None),
        (2500, ack(255, still, no), None),
        (2500, ack(255, still, yes), Some(obeyed)),
    ] {
        let expected = expected.map(|(shown, claim)| (shown.to_owned(), claim));
        assert_eq!(by(&story, &[(tick, message)]), Vec::from_iter(expected));
    }
}
