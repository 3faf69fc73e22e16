//! What the camera tells of itself, of its stills, of its stream and of whom it follows.

use super::*;

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
