//! The rules of Radio on short frames: quiet on the canonical one, loud on each other.

use super::*;
use crate::tests::{self, alarms_of};
use evidence::{Link, Tick};

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
        (changed(2, 1), "MAVLink incompatibility flags are set"),
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
    let gps = GPS_RAW_INT_DATA { time_usec: 200_000, v_acc: 1, ..Default::default() };
    let rule = ["GPS_RAW_INT extension fields are not zero"];
    assert_eq!(shown(&[(100, frame(0, &MavMessage::GPS_RAW_INT(gps)))]), rule);
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
