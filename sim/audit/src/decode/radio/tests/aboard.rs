//! Camera, mount and identification: who may say what, when, and that no field has room for anything else.

use super::*;
use crate::decode::radio::aboard::speaker;
use evidence::Transcript;
use evidence::card::{Operation, Write};
use evidence::wire::framed;
use mavlink::dialects::common::*;

const PILOT: (u8, u8) = (255, 190);
const OTHER: (u8, u8) = (9, 190);
const NAN: f32 = f32::NAN;
const OTHER_NAN: f32 = f32::from_bits(0x7FC0_0001);
const PITCH_RAD: f32 = -0.610_865_24;
/// How the camera looks with the nose to the north.
const LEVEL: [f32; 4] = [0.953_716_95, 0.0, -0.300_705_8, 0.0];
const NONE: &[&str] = &[];

fn heard(from: (u8, u8), to: u8, number: u16, p: &[f32]) -> Vec<u8> {
    let mut wire: Vec<u8> = p.iter().flat_map(|p| p.to_le_bytes()).collect();
    wire.resize(28, 0);
    wire.extend(number.to_le_bytes());
    wire.extend([1, to, 0]);
    framed(from, 0, 76, &wire, 152)
}

/// What a component says.
fn said_by(component: u8, sequence: u8, message: &MavMessage) -> Vec<u8> {
    let mut frame = frame(sequence, message);
    frame[6] = component;
    frame.truncate(frame.len() - 2);
    sealed(frame)
}

/// A still of this number as it gets its name on the card.
fn still(number: u32) -> Vec<[Vec<u8>; 1]> {
    let path = format!("DCIM/100HUSHW/HW_{number:04}.JPG");
    let write = |operation, data| [Write { operation, path: &path, data }.encode()];
    vec![write(Operation::Replace, b"x")]
}

/// What is found on the radio of a live flight in which this was heard and that was said or kept.
fn found(asked: &[(u64, Vec<u8>)], said: &[(u64, Link, Vec<u8>)]) -> Vec<String> {
    let mut record = Transcript::default();
    record.hear(Tick(0), Link::Radio, &framed(PILOT, 0, 0, &[0, 0, 0, 0, 6, 8, 0, 4, 3], 50));
    for (tick, bytes) in asked {
        record.hear(Tick(*tick), Link::Radio, bytes);
    }
    record.hear(Tick(30_000), Link::Radio, b"");
    let mut story = tests::evidence(&[]);
    story.heard = Some(record);
    let said: Vec<_> = said.iter().map(|(t, l, b)| (Tick(*t), *l, b.clone())).collect();
    let alarms = tests::alarms_by(crate::Detector::DEC, &story, &said);
    let on_radio = alarms.into_iter().filter(|alarm| alarm.link == Link::Radio);
    on_radio.map(|alarm| alarm.shown).collect()
}

/// What is found where one message answers a request for it at tick 100.
fn answered(message: &MavMessage) -> Vec<String> {
    let id = message.message_id();
    let ask = heard(PILOT, 0, 512, &[id as f32]);
    found(&[(100, ask)], &[(100, Link::Radio, said_by(speaker(id), 0, message))])
}

type Change<M> = (&'static str, fn(&mut M));

/// The good message is quiet, and each changed one is not.
fn table<M: Clone>(good: M, wrap: fn(M) -> MavMessage, changes: &[Change<M>]) {
    assert_eq!(answered(&wrap(good.clone())), NONE);
    for (name, change) in changes {
        let mut bad = good.clone();
        change(&mut bad);
        let message = wrap(bad);
        assert!(!answered(&message).is_empty(), "{}: {name}", message.message_name());
    }
}

fn words<const N: usize>(words: &str) -> [u8; N] {
    let mut field = [0; N];
    field[..words.len()].copy_from_slice(words.as_bytes());
    field
}

#[test]
fn the_camera_tells_what_every_camera_of_its_kind_tells() {
    let mut m = CAMERA_INFORMATION_DATA::DEFAULT;
    (m.time_boot_ms, m.focal_length, m.sensor_size_h, m.sensor_size_v) = (200, NAN, NAN, NAN);
    m.flags = CameraCapFlags::from_bits_retain(1_823);
    (m.resolution_h, m.resolution_v, m.gimbal_device_id) = (320, 240, 154);
    (m.vendor_name, m.model_name) = (words("Hushwing"), words("Camera quad"));
    table(
        m,
        MavMessage::CAMERA_INFORMATION,
        &[
            ("another time", |m| m.time_boot_ms = 210),
            ("a version", |m| m.firmware_version = 7),
            ("another NaN", |m| m.focal_length = OTHER_NAN),
            ("a name", |m| m.vendor_name = words("Ada")),
            ("behind its name", |m| m.model_name[31] = 1),
            ("a lens", |m| m.lens_id = 3),
            ("a file", |m| m.cam_definition_uri = words::<140>("http://a.b").into()),
            ("another camera", |m| m.camera_device_id = 1),
        ],
    );
    let mut m = CAMERA_SETTINGS_DATA::DEFAULT;
    (m.time_boot_ms, m.zoomLevel, m.focusLevel) = (200, NAN, NAN);
    table(
        m,
        MavMessage::CAMERA_SETTINGS,
        &[
            ("zoomed", |m| m.zoomLevel = 1.0),
            ("a mode", |m| m.mode_id = CameraMode::CAMERA_MODE_IMAGE_SURVEY),
        ],
    );
    let mut m = STORAGE_INFORMATION_DATA::DEFAULT;
    (m.time_boot_ms, m.storage_id, m.storage_count) = (200, 1, 1);
    (m.total_capacity, m.used_capacity, m.available_capacity) = (64.0, 1.0, 63.0);
    (m.status, m.mavtype) =
        (StorageStatus::STORAGE_STATUS_READY, StorageType::STORAGE_TYPE_MICROSD);
    m.storage_usage = StorageUsageFlag::empty();
    table(
        m,
        MavMessage::STORAGE_INFORMATION,
        &[
            ("a part of a mebibyte", |m| {
                (m.used_capacity, m.available_capacity) = (1.5, 62.5);
            }),
            ("a sum that is none", |m| m.used_capacity = 2.0),
            ("no number", |m| m.total_capacity = NAN),
            ("less than nothing", |m| {
                (m.used_capacity, m.available_capacity) = (-1.0, 65.0);
            }),
            ("a speed", |m| m.write_speed = 3.0),
            ("a name", |m| m.name = words::<32>("ADA").into()),
            ("a use", |m| m.storage_usage = StorageUsageFlag::STORAGE_USAGE_FLAG_PHOTO),
        ],
    );
    let mut m = CAMERA_CAPTURE_STATUS_DATA::DEFAULT;
    (m.time_boot_ms, m.available_capacity) = (200, 63.0);
    table(
        m.clone(),
        MavMessage::CAMERA_CAPTURE_STATUS,
        &[
            ("a still that is not there", |m| m.image_count = 1),
            ("a pace without a series", |m| m.image_interval = 2.0),
            ("a series without a pace", |m| m.image_status = 2),
            ("a film that is none", |m| m.recording_time_ms = 20),
            ("a film older than the flight", |m| {
                (m.video_status, m.recording_time_ms) = (1, 202);
            }),
            ("between two ticks", |m| (m.video_status, m.recording_time_ms) = (1, 21)),
            ("a status", |m| m.video_status = 2),
        ],
    );
    (m.image_status, m.image_interval, m.video_status, m.recording_time_ms) = (3, 2.0, 1, 20);
    assert_eq!(answered(&MavMessage::CAMERA_CAPTURE_STATUS(m)), NONE);
}

#[test]
fn the_live_view_s_stream_is_always_the_same() {
    let mut m = VIDEO_STREAM_INFORMATION_DATA::DEFAULT;
    (m.framerate, m.bitrate, m.flags) = (5.0, 172_320, VideoStreamStatusFlags::empty());
    (m.resolution_h, m.resolution_v, m.hfov, m.stream_id, m.count) = (160, 120, 60, 1, 1);
    m.name = words::<32>("Live view").into();
    table(
        m,
        MavMessage::VIDEO_STREAM_INFORMATION,
        &[
            ("richer", |m| m.bitrate += 8),
            ("hotter", |m| m.flags = VideoStreamStatusFlags::from_bits_retain(2)),
            ("turned", |m| m.rotation = 90),
            ("somewhere", |m| m.uri = words::<160>("rtsp://a/b").into()),
            ("another name", |m| m.name = words::<32>("Ada").into()),
        ],
    );
    let mut m = VIDEO_STREAM_STATUS_DATA::DEFAULT;
    (m.framerate, m.bitrate, m.flags) = (5.0, 172_320, VideoStreamStatusFlags::empty());
    (m.resolution_h, m.resolution_v, m.hfov, m.stream_id) = (160, 120, 60, 1);
    table(m, MavMessage::VIDEO_STREAM_STATUS, &[("faster", |m| m.framerate = 5.1)]);
}

fn untracked() -> CAMERA_TRACKING_IMAGE_STATUS_DATA {
    let mut m = CAMERA_TRACKING_IMAGE_STATUS_DATA::DEFAULT;
    (m.point_x, m.point_y, m.radius) = (NAN, NAN, NAN);
    (m.rec_top_x, m.rec_top_y, m.rec_bottom_x, m.rec_bottom_y) = (NAN, NAN, NAN, NAN);
    m.tracking_status = CameraTrackingStatusFlags::empty();
    m.target_data = CameraTrackingTargetData::empty();
    m
}

#[test]
fn a_box_is_told_of_somebody_whom_the_pilot_pointed_at_and_lies_on_whole_pixels() {
    table(
        untracked(),
        MavMessage::CAMERA_TRACKING_IMAGE_STATUS,
        &[
            ("a box of nobody", |m| m.rec_top_x = 0.5),
            ("a radius", |m| m.radius = 0.1),
            ("another NaN", |m| m.rec_bottom_y = OTHER_NAN),
            ("another camera", |m| m.camera_device_id = 2),
        ],
    );
    let mut tracked = untracked();
    tracked.tracking_status = CameraTrackingStatusFlags::CAMERA_TRACKING_STATUS_FLAGS_ACTIVE;
    tracked.tracking_mode = CameraTrackingMode::CAMERA_TRACKING_MODE_POINT;
    tracked.target_data = CameraTrackingTargetData::CAMERA_TRACKING_TARGET_DATA_IN_STATUS;
    (tracked.rec_top_x, tracked.rec_bottom_x, tracked.point_x) = (0.25, 0.5, 0.375);
    (tracked.rec_top_y, tracked.rec_bottom_y, tracked.point_y) = (0.5, 1.0, 0.75);
    let track = |from| heard(from, 100, 2004, &[0.4, 0.7]);
    let stop = heard(PILOT, 100, 2010, &[]);
    let ask = |tick| (tick, heard(PILOT, 100, 512, &[275.0]));
    let told = |asked: &[(u64, Vec<u8>)], m: &CAMERA_TRACKING_IMAGE_STATUS_DATA, tick| {
        let message = MavMessage::CAMERA_TRACKING_IMAGE_STATUS(m.clone());
        found(asked, &[(tick, Link::Radio, said_by(100, 0, &message))])
    };
    let unasked = "CAMERA_TRACKING_IMAGE_STATUS of nobody whom the pilot pointed at";
    for (name, asked, rules) in [
        ("pointed at", vec![(50, track(PILOT)), ask(100)], NONE),
        ("by a stranger", vec![(50, track(OTHER)), ask(100)], &[unasked]),
        ("by nobody", vec![ask(100)], &[unasked]),
        ("let go of", vec![(20, track(PILOT)), (40, stop.clone()), ask(100)], &[unasked]),
        ("just let go of", vec![(50, track(PILOT)), (90, stop), ask(100)], NONE),
    ] {
        assert_eq!(told(&asked, &tracked, 100), rules, "{name}");
    }
    let changes: [Change<CAMERA_TRACKING_IMAGE_STATUS_DATA>; 6] = [
        ("between two pixels", |m| m.rec_top_x = 0.251),
        ("the last bit", |m| m.rec_top_x = f32::from_bits(0.25_f32.to_bits() + 1)),
        ("outside", |m| m.rec_bottom_x = 1.25),
        ("upside down", |m| m.rec_top_y = f32::from_bits(1.0_f32.to_bits() + 1)),
        ("not its middle", |m| m.point_y = 0.5),
        ("other data", |m| m.target_data = CameraTrackingTargetData::from_bits_retain(5)),
    ];
    for (name, change) in changes {
        let mut bad = tracked.clone();
        change(&mut bad);
        assert!(!told(&[(50, track(PILOT)), ask(100)], &bad, 100).is_empty(), "{name}");
    }
}

fn captured(index: i32, tick: u64) -> CAMERA_IMAGE_CAPTURED_DATA {
    let mut m = CAMERA_IMAGE_CAPTURED_DATA::DEFAULT;
    (m.time_boot_ms, m.image_index) = (2 * tick as u32, index);
    (m.lat, m.lon, m.alt, m.relative_alt, m.q) = (520_000_000, 130_000_000, 60_000, 20_000, LEVEL);
    m.capture_result = MavBool::MAV_BOOL_TRUE;
    m
}

#[test]
fn a_still_is_told_of_once_when_it_lies_on_the_card_and_again_when_asked_for() {
    let told = |asked: &[(u64, Vec<u8>)], stills: &[(u64, u32)], said: &[(u64, i32, u64)]| {
        let kept = stills.iter().flat_map(|(tick, number)| {
            still(*number).into_iter().map(|[write]| (*tick, Link::Card, write))
        });
        let said = (0..).zip(said).map(|(sequence, (tick, index, of))| {
            let message = MavMessage::CAMERA_IMAGE_CAPTURED(captured(*index, *of));
            (*tick, Link::Radio, said_by(100, sequence, &message))
        });
        let mut all: Vec<_> = kept.chain(said).collect();
        all.sort_by_key(|(tick, ..)| *tick);
        found(asked, &all)
    };
    let ask = |index| heard(PILOT, 100, 512, &[263.0, index]);
    let rule = "CAMERA_IMAGE_CAPTURED of no still on the card";
    /// Name, heard, stills on the card, told, found.
    type Row<'a> =
        (&'a str, &'a [(u64, Vec<u8>)], &'a [(u64, u32)], &'a [(u64, i32, u64)], &'a [&'a str]);
    let table: [Row<'_>; 7] = [
        ("two", &[], &[(100, 1), (300, 2)], &[(102, 0, 102), (302, 1, 302)], NONE),
        ("none on the card", &[], &[], &[(102, 0, 102)], &[rule]),
        ("one too many", &[], &[(100, 1)], &[(102, 0, 102), (104, 1, 104)], &[rule]),
        ("a number left out", &[], &[(100, 1), (110, 2)], &[(112, 1, 112)], &[rule]),
        ("again", &[(200, ask(0.0))], &[(100, 1)], &[(102, 0, 102), (200, 0, 102)], NONE),
        ("again, unasked", &[], &[(100, 1)], &[(102, 0, 102), (200, 0, 102)], &[rule]),
        (
            "again, another time",
            &[(200, ask(0.0))],
            &[(100, 1)],
            &[(102, 0, 102), (200, 0, 104)],
            &[rule],
        ),
    ];
    for (name, asked, stills, said, rules) in table {
        assert_eq!(told(asked, stills, said), rules, "{name}");
    }
    let changes: [Change<CAMERA_IMAGE_CAPTURED_DATA>; 7] = [
        ("off Earth", |m| m.lat = 950_000_000),
        ("tilted", |m| m.q[1] = 0.01),
        ("no rotation", |m| m.q = [1.0, 0.0, 0.0, 0.0]),
        ("a date", |m| m.time_utc = 1),
        ("a file", |m| m.file_url = words::<205>("mftp://a").into()),
        ("another camera", |m| m.camera_id = 1),
        ("a place without a rotation", |m| m.q = [0.0; 4]),
    ];
    for (name, change) in changes {
        let mut bad = captured(0, 102);
        change(&mut bad);
        let message = said_by(100, 0, &MavMessage::CAMERA_IMAGE_CAPTURED(bad));
        let [write] = still(1).remove(0);
        let said = [(100, Link::Card, write), (102, Link::Radio, message)];
        assert_eq!(found(&[], &said), ["CAMERA_IMAGE_CAPTURED holds what it may not"], "{name}");
    }
}

#[test]
fn the_mount_has_one_angle_and_is_held_by_whoever_asked_for_it() {
    let mut m = GIMBAL_MANAGER_INFORMATION_DATA::DEFAULT;
    (m.time_boot_ms, m.gimbal_device_id) = (200, 154);
    (m.pitch_min, m.pitch_max) = (PITCH_RAD, PITCH_RAD);
    m.cap_flags = GimbalManagerCapFlags::from_bits_retain(656);
    table(
        m,
        MavMessage::GIMBAL_MANAGER_INFORMATION,
        &[
            ("a range", |m| m.pitch_max = 0.0),
            ("the last bit", |m| m.yaw_min = f32::from_bits(1)),
            ("a flag", |m| m.cap_flags = GimbalManagerCapFlags::from_bits_retain(657)),
        ],
    );
    let mut m = GIMBAL_DEVICE_INFORMATION_DATA::DEFAULT;
    m.time_boot_ms = 200;
    (m.pitch_min, m.pitch_max) = (PITCH_RAD, PITCH_RAD);
    m.cap_flags = GimbalDeviceCapFlagsU16::from_bits_retain(656);
    m.cap_flags2 = GimbalDeviceCapFlags::from_bits_retain(656);
    m.vendor_name = words::<32>("Hushwing").into();
    m.model_name = words::<32>("Fixed mount").into();
    table(
        m,
        MavMessage::GIMBAL_DEVICE_INFORMATION,
        &[
            ("a serial number", |m| m.uid = 7),
            ("a name", |m| m.custom_name = words::<32>("Ada").into()),
            ("a version", |m| m.hardware_version = 1),
        ],
    );
    let mut m = GIMBAL_DEVICE_ATTITUDE_STATUS_DATA::DEFAULT;
    (m.time_boot_ms, m.q, m.delta_yaw, m.delta_yaw_velocity) = (200, LEVEL, 1.5, NAN);
    m.flags = GimbalDeviceFlags::from_bits_retain(46);
    m.failure_flags = GimbalDeviceErrorFlags::empty();
    table(
        m,
        MavMessage::GIMBAL_DEVICE_ATTITUDE_STATUS,
        &[
            ("turned", |m| m.q = [0.67, 0.21, -0.21, 0.67]),
            ("a rate", |m| m.angular_velocity_z = 0.1),
            ("another rate", |m| m.delta_yaw_velocity = 0.1),
            ("farther than round", |m| m.delta_yaw = 4.0),
            ("no number", |m| m.delta_yaw = NAN),
            ("for somebody", |m| m.target_system = 9),
            ("a number", |m| m.gimbal_device_id = 1),
        ],
    );
    let mut m = GIMBAL_MANAGER_STATUS_DATA::DEFAULT;
    (m.time_boot_ms, m.gimbal_device_id) = (200, 154);
    m.flags = GimbalManagerFlags::from_bits_retain(46);
    table(
        m.clone(),
        MavMessage::GIMBAL_MANAGER_STATUS,
        &[
            ("held by nobody that is known", |m| m.primary_control_sysid = 7),
            ("a flag", |m| m.flags = GimbalManagerFlags::from_bits_retain(47)),
        ],
    );
    (m.primary_control_sysid, m.primary_control_compid) = OTHER;
    let asked =
        [(50, heard(OTHER, 1, 1001, &[-2.0, 0.0, -1.0])), (100, heard(PILOT, 1, 512, &[281.0]))];
    let said = said_by(1, 0, &MavMessage::GIMBAL_MANAGER_STATUS(m));
    assert_eq!(found(&asked, &[(100, Link::Radio, said)]), NONE);
}

#[test]
fn the_identification_names_nobody() {
    let mut m = OPEN_DRONE_ID_BASIC_ID_DATA::DEFAULT;
    m.ua_type = MavOdidUaType::MAV_ODID_UA_TYPE_HELICOPTER_OR_MULTIROTOR;
    table(
        m,
        MavMessage::OPEN_DRONE_ID_BASIC_ID,
        &[
            ("a serial number", |m| m.uas_id = *b"HWX17ABCDEFGHJKLMNPQ"),
            ("one letter", |m| m.uas_id[19] = b'A'),
            ("an address", |m| m.id_or_mac[0] = 2),
            ("a kind", |m| m.id_type = MavOdidIdType::MAV_ODID_ID_TYPE_SERIAL_NUMBER),
        ],
    );
    let mut m = OPEN_DRONE_ID_LOCATION_DATA::DEFAULT;
    (m.latitude, m.longitude, m.direction) = (520_000_000, 130_000_000, 9_000);
    m.timestamp = 0.2;
    m.status = MavOdidStatus::MAV_ODID_STATUS_GROUND;
    m.horizontal_accuracy = MavOdidHorAcc::MAV_ODID_HOR_ACC_10_METER;
    m.vertical_accuracy = MavOdidVerAcc::MAV_ODID_VER_ACC_10_METER;
    m.barometer_accuracy = MavOdidVerAcc::MAV_ODID_VER_ACC_10_METER;
    m.speed_accuracy = MavOdidSpeedAcc::MAV_ODID_SPEED_ACC_1_METERS_PER_SECOND;
    m.timestamp_accuracy = MavOdidTimeAcc::MAV_ODID_TIME_ACC_0_1_SECOND;
    table(
        m,
        MavMessage::OPEN_DRONE_ID_LOCATION,
        &[
            ("off Earth", |m| m.latitude = 950_000_000),
            ("two heights", |m| m.altitude_geodetic = 1.0),
            ("no height", |m| m.height = NAN),
            ("another time", |m| m.timestamp = 0.3),
            ("a bit of the time", |m| m.timestamp = f32::from_bits(0.2_f32.to_bits() + 1)),
            ("an address", |m| m.id_or_mac[7] = 1),
            ("no direction", |m| m.direction = 36_000),
            ("an accuracy", |m| {
                m.speed_accuracy = MavOdidSpeedAcc::MAV_ODID_SPEED_ACC_UNKNOWN;
            }),
        ],
    );
    table(
        OPEN_DRONE_ID_ARM_STATUS_DATA::DEFAULT,
        MavMessage::OPEN_DRONE_ID_ARM_STATUS,
        &[
            ("a text", |m| m.error = words::<50>("Ada").into()),
            ("no reason", |m| {
                m.status = MavOdidArmStatus::MAV_ODID_ARM_STATUS_PRE_ARM_FAIL_GENERIC
            }),
        ],
    );
}

fn beat(mavtype: MavType, state: MavState) -> MavMessage {
    MavMessage::HEARTBEAT(HEARTBEAT_DATA {
        custom_mode: 0,
        mavtype,
        autopilot: MavAutopilot::MAV_AUTOPILOT_INVALID,
        base_mode: MavModeFlag::empty(),
        system_status: state,
        mavlink_version: 3,
    })
}

#[test]
fn each_component_counts_for_itself_and_says_what_is_its_own() {
    let camera = beat(MavType::MAV_TYPE_CAMERA, MavState::MAV_STATE_ACTIVE);
    let mount = beat(MavType::MAV_TYPE_GIMBAL, MavState::MAV_STATE_ACTIVE);
    let settings = {
        let mut m = CAMERA_SETTINGS_DATA::DEFAULT;
        (m.time_boot_ms, m.zoomLevel, m.focusLevel) = (1_000, NAN, NAN);
        MavMessage::CAMERA_SETTINGS(m)
    };
    let identity = "HEARTBEAT of camera or mount has another identity";
    let due = "HEARTBEAT of camera or mount is not due";
    let sequence = "MAVLink sequence number skipped or repeated";
    let another = "CAMERA_SETTINGS is said by another component than its own";
    type Said<'a> = &'a [(u64, u8, u8, &'a MavMessage)];
    let table: [(&str, Said<'_>, &[&str]); 8] = [
        ("both", &[(0, 100, 0, &camera), (0, 154, 0, &mount), (500, 100, 1, &camera)], NONE),
        ("as each other", &[(0, 154, 0, &camera)], &[identity]),
        (
            "in another state",
            &[(0, 100, 0, &beat(MavType::MAV_TYPE_CAMERA, MavState::MAV_STATE_BOOT))],
            &[identity],
        ),
        ("too soon", &[(0, 100, 0, &camera), (499, 100, 1, &camera)], &[due]),
        ("one count for all", &[(0, 100, 0, &camera), (0, 154, 1, &mount)], &[sequence]),
        ("nobody's", &[(0, 7, 0, &camera)], &["MAVLink system or component is not 1, 1"]),
        ("the camera's", &[(500, 100, 0, &settings)], NONE),
        ("by the autopilot", &[(500, 1, 0, &settings)], &[another]),
    ];
    for (name, said, rules) in table {
        let said = said.iter().map(|(tick, component, sequence, message)| {
            (*tick, Link::Radio, said_by(*component, *sequence, message))
        });
        let asked = [(500, heard(PILOT, 0, 522, &[1.0]))];
        assert_eq!(found(&asked, &said.collect::<Vec<_>>()), rules, "{name}");
    }
    let said = [(Tick(0), Link::Radio, said_by(100, 0, &camera))];
    let shown = alarms_of(&tests::evidence(&[]), &said).into_iter().map(|alarm| alarm.shown);
    let rule = ["MAVLink system or component is not 1, 1"];
    assert_eq!(shown.collect::<Vec<_>>(), rule, "in a story nobody aboard speaks up");
}

#[test]
fn whoever_was_addressed_answers_and_strangers_are_not_obeyed() {
    let ack = |number: u16, result: u8, (system, component): (u8, u8)| {
        let [low, high] = number.to_le_bytes();
        let payload = [low, high, result, 0, 0, 0, 0, 0, system, component];
        let mut frame = vec![0xFD, 10, 0, 0, 0, 1, 0, 77, 0, 0];
        frame.extend(payload);
        frame
    };
    let (without, obeys) =
        ("COMMAND_ACK without a command", "COMMAND_ACK obeys somebody who may not command");
    for (name, from, number, to, by, result, rules) in [
        ("the camera", PILOT, 2001, 100, 100, 0, NONE),
        ("the autopilot for it", PILOT, 2001, 100, 1, 0, &[without]),
        ("the camera for all", PILOT, 2001, 0, 100, 0, NONE),
        ("the autopilot, asked itself", PILOT, 2001, 1, 1, 0, NONE),
        ("a stranger's stop", OTHER, 2001, 100, 100, 0, &[obeys]),
        ("a stranger's box", OTHER, 2004, 100, 100, 0, &[obeys]),
        ("a stranger refused", OTHER, 2004, 100, 100, 2, NONE),
        ("a stranger's mount", OTHER, 1001, 1, 1, 0, NONE),
    ] {
        let mut answer = ack(number, result, from);
        answer[6] = by;
        let said = [(100, Link::Radio, sealed(answer))];
        assert_eq!(found(&[(100, heard(from, to, number, &[]))], &said), rules, "{name}");
    }
}
