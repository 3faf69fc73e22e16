//! What is aboard, as a public decoder reads it, and what it may be asked.

use super::camera::Mode;
use super::gimbal::{Look, Who};
use super::orders::{Meaning, Order, read};
use super::*;
use crate::consent::Ledger;
use crate::data::shots::{Shot, Spot};
use crate::data::tracking::Target;
use crate::gate::{Body, Parcel, Verdict, judge};
use crate::senses::{Findings, HeadBox, LawName};
use crate::settings::Controls;
use mavlink::dialects::common::MavMessage;
use mavlink::{MavlinkVersion, Message as _};

const UP: Tick = Tick(1_000);
const NAN: f64 = f64::NAN;
const ROOM: Room = Room { bytes: 100 << 20, used_bytes: 1, is_sound: true };
const DOING: Doing =
    Doing { mode: Mode::Films, takes_still: false, series_s: None, film_ticks: None, stills: 3 };

/// Who says a message, and what a public decoder makes of it.
fn heard(message: Message) -> (u8, MavMessage) {
    let (law, controls, ledger) = (LawName::Sealed, Controls::as_delivered(), Ledger::empty());
    match judge(law, &controls, &ledger, Parcel::state(message), UP) {
        Verdict::Cleared(cleared) => match cleared.body {
            Body::Message { from, id, payload } => {
                let message = MavMessage::parse(MavlinkVersion::V2, id, &payload);
                (from as u8, message.expect("it is well formed"))
            }
            _ => panic!("a message is one"),
        },
        Verdict::Refused(refusal) => panic!("{refusal:?}"),
    }
}

fn words(bytes: &[u8]) -> &str {
    let end = bytes.iter().position(|byte| *byte == 0).unwrap_or(bytes.len());
    core::str::from_utf8(&bytes[..end]).expect("words")
}

#[test]
fn the_camera_and_its_mount_are_components_that_do_not_fly() {
    let [camera, mount] = heartbeats().map(heard);
    for ((from, beat), number, kind) in [(camera, 100, 30), (mount, 154, 26)] {
        let MavMessage::HEARTBEAT(beat) = beat else { panic!("a heartbeat") };
        assert_eq!((from, beat.mavtype as u8, beat.autopilot as u8), (number, kind, 8));
        assert_eq!((beat.mavlink_version, beat.base_mode.bits()), (3, 0));
    }
}

#[test]
fn the_camera_says_what_it_can_do_and_what_it_does() {
    let (from, MavMessage::CAMERA_INFORMATION(m)) = heard(camera::information(UP)) else {
        panic!("CAMERA_INFORMATION")
    };
    assert_eq!((from, m.time_boot_ms, m.flags.bits()), (100, 2_000, 1_823));
    assert_eq!((words(&m.vendor_name), words(&m.model_name)), ("Hushwing", "Camera quad"));
    assert_eq!((m.resolution_h, m.resolution_v), (320, 240));
    assert!(m.focal_length.is_nan() && words(&m.cam_definition_uri[..]).is_empty());

    let (_, MavMessage::CAMERA_SETTINGS(m)) = heard(camera::settings(UP, Mode::Films)) else {
        panic!("CAMERA_SETTINGS")
    };
    assert_eq!(m.mode_id as u8, 1);

    for (room, expected, status) in [
        (ROOM, [100.0, 1.0, 99.0], 2),
        (Room { used_bytes: 0, ..ROOM }, [100.0, 0.0, 100.0], 2),
        (Room { used_bytes: 200 << 20, ..ROOM }, [100.0, 100.0, 0.0], 2),
        (Room { is_sound: false, ..ROOM }, [100.0, 1.0, 99.0], 3),
    ] {
        let (_, MavMessage::STORAGE_INFORMATION(m)) = heard(camera::storage(UP, &room)) else {
            panic!("STORAGE_INFORMATION")
        };
        assert_eq!([m.total_capacity, m.used_capacity, m.available_capacity], expected);
        assert_eq!((m.storage_id, m.storage_count, m.status as u8), (1, 1, status));
    }

    for (doing, image, video, film_ms, every_s) in [
        (DOING, 0, 0, 0, 0.0),
        (Doing { takes_still: true, ..DOING }, 1, 0, 0, 0.0),
        (Doing { series_s: Some(2.0), ..DOING }, 2, 0, 0, 2.0),
        (Doing { series_s: Some(2.0), takes_still: true, ..DOING }, 3, 0, 0, 2.0),
        (Doing { film_ticks: Some(250), ..DOING }, 0, 1, 500, 0.0),
    ] {
        let (_, MavMessage::CAMERA_CAPTURE_STATUS(m)) = heard(camera::status(UP, &doing, &ROOM))
        else {
            panic!("CAMERA_CAPTURE_STATUS")
        };
        assert_eq!((m.image_status, m.video_status), (image, video), "{doing:?}");
        assert_eq!((m.recording_time_ms, m.image_interval), (film_ms, every_s), "{doing:?}");
        assert_eq!(m.available_capacity, 99.0);
    }
}

#[test]
fn a_still_tells_its_place_in_one_of_its_forms_alone() {
    let place = Spot { lat_deg: 52.1, lon_deg: -4.5, alt_m: 120.5, height_m: 20.0, nose_rad: 0.0 };
    let shot = Shot { index: 7, up: UP, place: Some(place) };
    for (name, shot, tells_place, expected) in [
        ("with its place", shot, true, [521_000_000, -45_000_000, 120_500, 20_000]),
        ("without", shot, false, [0; 4]),
        ("it knew none", Shot { place: None, ..shot }, true, [0; 4]),
    ] {
        let (_, MavMessage::CAMERA_IMAGE_CAPTURED(m)) = heard(camera::captured(&shot, tells_place))
        else {
            panic!("CAMERA_IMAGE_CAPTURED")
        };
        assert_eq!([m.lat, m.lon, m.alt, m.relative_alt], expected, "{name}");
        assert_eq!((m.image_index, m.time_boot_ms, m.time_utc), (7, 2_000, 0), "{name}");
        assert!(words(&m.file_url[..]).is_empty(), "{name}");
    }
}

#[test]
fn the_live_view_is_a_stream_that_runs_or_not() {
    for is_on in [false, true] {
        let (_, MavMessage::VIDEO_STREAM_INFORMATION(m)) = heard(video::information(is_on)) else {
            panic!("VIDEO_STREAM_INFORMATION")
        };
        assert_eq!((m.stream_id, m.count, m.flags.bits()), (1, 1, u16::from(is_on)));
        assert_eq!((words(&m.name[..]), words(&m.uri[..])), ("Live view", ""));
        let (from, MavMessage::VIDEO_STREAM_STATUS(m)) = heard(video::status(is_on)) else {
            panic!("VIDEO_STREAM_STATUS")
        };
        assert_eq!((from, m.resolution_h, m.flags.bits()), (100, 160, u16::from(is_on)));
    }
}

#[test]
fn a_followed_box_is_told_in_parts_of_the_picture() {
    let told = |track: Option<&Track>| match heard(tracked::status(track)).1 {
        MavMessage::CAMERA_TRACKING_IMAGE_STATUS(m) => (
            (m.tracking_status.bits(), m.tracking_mode as u8, m.target_data.bits()),
            [m.rec_top_x, m.rec_top_y, m.rec_bottom_x, m.rec_bottom_y].map(f32::to_bits),
            [m.point_x, m.point_y].map(f32::to_bits),
        ),
        _ => panic!("CAMERA_TRACKING_IMAGE_STATUS"),
    };
    let nowhere = ([f32::NAN.to_bits(); 4], [f32::NAN.to_bits(); 2]);
    let idle = ((0, 0, 0), nowhere.0, nowhere.1);
    assert_eq!(told(None), idle);
    let mut track = Track::begin(Target::Point { x: 0.5, y: 0.5 }, Tick(0));
    assert_eq!(told(Some(&track)), ((1, 1, 0), nowhere.0, nowhere.1), "nobody was found yet");
    let found = HeadBox { x_px: 144, y_px: 90, width_px: 32, height_px: 300 };
    let findings = Findings { frame: UP, heads: &[], people: &[found], is_sure: true };
    track.step(Tick(50), Some(&findings));
    let bits = |parts: [f32; 4]| parts.map(f32::to_bits);
    let expected = ((1, 1, 4), bits([0.45, 0.375, 0.55, 1.0]), [0.5_f32, 0.6875].map(f32::to_bits));
    assert_eq!(told(Some(&track)), expected);
    track.step(Tick(550), None);
    assert_eq!(told(Some(&track)), ((2, 1, 0), nowhere.0, nowhere.1), "lost");
}

#[test]
fn the_mount_has_one_angle_and_denies_every_other() {
    let look = Look { pitch_deg: None, yaw_deg: None, turns: false, flags: 0 };
    for (name, look, expected) in [
        ("nothing is said", look, true),
        ("where it looks", Look { pitch_deg: Some(-35.0), yaw_deg: Some(0.2), ..look }, true),
        ("neutral", Look { flags: 2, ..look }, true),
        ("straight down", Look { pitch_deg: Some(-90.0), ..look }, false),
        ("to the side", Look { yaw_deg: Some(30.0), ..look }, false),
        ("at a rate", Look { turns: true, ..look }, false),
        ("retracted", Look { flags: 1, ..look }, false),
        ("held to the north", Look { flags: 16, ..look }, false),
    ] {
        assert_eq!(gimbal::has(&look), expected, "{name}");
    }
    let (from, MavMessage::GIMBAL_MANAGER_INFORMATION(m)) = heard(gimbal::manager_information(UP))
    else {
        panic!("GIMBAL_MANAGER_INFORMATION")
    };
    assert_eq!((from, m.gimbal_device_id, m.cap_flags.bits()), (1, 154, 656));
    assert_eq!((m.pitch_min.to_degrees().round(), m.pitch_min), (-35.0, m.pitch_max));
    let (from, MavMessage::GIMBAL_DEVICE_INFORMATION(m)) = heard(gimbal::device_information(UP))
    else {
        panic!("GIMBAL_DEVICE_INFORMATION")
    };
    assert_eq!((from, m.uid, m.cap_flags.bits()), (154, 0, 656));
    assert_eq!(words(&m.model_name[..]), "Fixed mount");
    let (from, MavMessage::GIMBAL_DEVICE_ATTITUDE_STATUS(m)) =
        heard(gimbal::device_status(UP, 1.0))
    else {
        panic!("GIMBAL_DEVICE_ATTITUDE_STATUS")
    };
    assert_eq!((from, m.flags.bits(), m.failure_flags.bits()), (154, 46, 0));
    assert_eq!(m.q.map(|part| (part * 1e4) as i32), [9537, 0, -3007, 0]);
}

#[test]
fn who_may_command_the_mount_is_as_it_was_last_said() {
    let (us, them) = ((255, 190), (254, 190));
    let held = |primary, secondary| Control { primary, secondary };
    for (name, before, asked, after) in [
        ("taken", held((0, 0), (0, 0)), [Who::Asker, Who::Same], held(us, (0, 0))),
        ("taken over", held(them, (0, 0)), [Who::Asker, Who::Same], held(us, (0, 0))),
        ("let go", held(us, them), [Who::NotAsker, Who::Same], held((0, 0), them)),
        ("another's is not let go", held(them, us), [Who::NotAsker; 2], held(them, (0, 0))),
        ("given", held(us, us), [Who::Same, Who::Station(them)], held(us, them)),
    ] {
        let mut control = before;
        control.configure(asked, us);
        assert_eq!(control, after, "{name}");
    }
    assert!(held(us, them).is_held_by(them) && !held(us, (0, 0)).is_held_by(them));
    assert!(!Control::default().is_held_by((0, 0)), "nobody holds nothing");
}

#[test]
fn remote_id_tells_no_number_and_says_when_it_is_not_ready() {
    let (from, MavMessage::OPEN_DRONE_ID_BASIC_ID(m)) = heard(drone_id::basic_id()) else {
        panic!("OPEN_DRONE_ID_BASIC_ID")
    };
    assert_eq!((from, m.id_type as u8, m.ua_type as u8), (1, 0, 2));
    assert_eq!((m.uas_id, m.id_or_mac), ([0; 20], [0; 20]));
}

fn order(number: u16, given: &[f64]) -> Option<Meaning> {
    let mut p = [0.0; 7];
    p[..given.len()].copy_from_slice(given);
    read(number, p)
}

#[test]
fn orders_are_read_whole_or_not_at_all() {
    let is = |order| Some(Meaning::Order(order));
    let tell = |id, which| Some(Meaning::Tell { id, which });
    let series = |every_s, count| is(Order::Series { every_s, count });
    let nonsense = Some(Meaning::Nonsense);
    let corner = Target::Rectangle { left: 0.1, top: 0.2, right: 0.3, bottom: 0.4 };
    for (number, given, expected) in [
        (2000, &[0.0, 2.0, 0.0][..], series(2.0, None)),
        (2000, &[0.0, 0.5, 5.0], series(0.5, Some(5))),
        (2000, &[0.0, 0.1, 5.0], nonsense),
        (2000, &[0.0, NAN, 0.0], nonsense),
        (2000, &[0.0, 1e9, 0.0], nonsense),
        (2000, &[0.0, 2.0, -1.0], nonsense),
        (2000, &[0.0, 2.0, 1.5], nonsense),
        (2000, &[0.0, 2.0, f64::INFINITY], nonsense),
        (2001, &[], is(Order::StopSeries)),
        (530, &[0.0, 1.0], is(Order::Mode(Mode::Films))),
        (530, &[0.0, 2.0], nonsense),
        (530, &[0.0, NAN], nonsense),
        (526, &[1.0, 1.0], nonsense),
        (2004, &[0.5, 1.0, 0.1], is(Order::Track(Target::Point { x: 0.5, y: 1.0 }))),
        (2004, &[0.5, 1.01], nonsense),
        (2004, &[NAN, 0.5], nonsense),
        (2005, &[0.1, 0.2, 0.3, 0.4], is(Order::Track(corner))),
        (2005, &[0.3, 0.2, 0.1, 0.4], nonsense),
        (2005, &[0.1, 0.2, 0.3, f64::INFINITY], nonsense),
        (2010, &[], is(Order::StopTracking)),
        (521, &[1.0], tell(259, 0)),
        (521, &[0.0], nonsense),
        (525, &[0.0, 1.0], tell(261, 0)),
        (525, &[7.0], nonsense),
        (2002, &[4.0], tell(263, 4)),
        (2002, &[-4.0], nonsense),
        (2504, &[1.0], tell(269, 0)),
        (1001, &[-2.0, 0.0, -1.0], is(Order::Control([Who::Asker, Who::Same]))),
        (
            1001,
            &[255.0, 190.0, 0.0],
            is(Order::Control([Who::Station((255, 190)), Who::Station((0, 0))])),
        ),
        (1001, &[256.0, 190.0], nonsense),
        (1001, &[1e9, f64::INFINITY], nonsense),
        (1001, &[-2.0, 0.0, -1.0, 0.0, 0.0, 0.0, 3.0], nonsense),
        (1000, &[f64::INFINITY], nonsense),
        (1000, &[0.0, 0.0, 0.0, 0.0, -1.0], nonsense),
        (531, &[1.0, 50.0], None),
        (532, &[1.0, 50.0], None),
        (400, &[1.0], None),
    ] {
        assert_eq!(order(number, given), expected, "{number} {given:?}");
    }
}
