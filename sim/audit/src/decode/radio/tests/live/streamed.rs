//! What streams to whoever is live: each field within its bounds.

use super::*;

#[test]
fn streamed_fields_have_no_room_for_anything_else() {
    fn table<M: Clone>(good: M, wrap: fn(M) -> MavMessage, changes: &[Change<M>]) {
        tabled(good, wrap, changes, |message| found(&[], &[(0, message.clone())]));
    }
    /// What is told to who asks, and to nobody else.
    fn asked<M: Clone>(good: M, wrap: fn(M) -> MavMessage, changes: &[Change<M>]) {
        let id = wrap(good.clone()).message_id();
        let asks = [(0, command(OTHER, 512, &[id as f32]))];
        let unasked = found(&[], &[(0, wrap(good.clone()))]);
        let [rule] = &unasked[..] else { panic!("{id}: {unasked:?}") };
        assert!(rule.ends_with("is not told by itself, and nobody has asked"), "{rule}");
        tabled(good, wrap, changes, |message| found(&asks, &[(0, message.clone())]));
    }
    const NAN: f32 = f32::NAN;
    const OTHER_NAN: f32 = f32::from_bits(0x7FC0_0001);

    let mut m = ATTITUDE_QUATERNION_DATA::DEFAULT;
    m.q1 = 1.0;
    table(
        m,
        MavMessage::ATTITUDE_QUATERNION,
        &[
            ("longer than one", |m| m.q2 = 1.0),
            ("no rate", |m| m.yawspeed = NAN),
            ("an offset", |m| m.repr_offset_q[0] = 1.0),
            ("another time", |m| m.time_boot_ms = 9),
        ],
    );
    table(
        LOCAL_POSITION_NED_DATA::DEFAULT,
        MavMessage::LOCAL_POSITION_NED,
        &[("no place", |m| m.x = NAN), ("too far", |m| m.y = 2e5), ("too fast", |m| m.vz = 1e3)],
    );
    table(
        VFR_HUD_DATA::DEFAULT,
        MavMessage::VFR_HUD,
        &[("no heading", |m| m.heading = 360), ("more than all", |m| m.throttle = 101)],
    );
    let mut m = HIGHRES_IMU_DATA::DEFAULT;
    m.abs_pressure = 950.0;
    m.fields_updated = HighresImuUpdatedFlags::from_bits_retain(0xBFF);
    table(
        m,
        MavMessage::HIGHRES_IMU,
        &[
            ("a temperature", |m| m.temperature = 20.0),
            ("another chip", |m| m.id = 1),
            ("other fields", |m| m.fields_updated = HighresImuUpdatedFlags::from_bits_retain(1)),
            ("no pressure", |m| m.abs_pressure = 1.0),
        ],
    );
    let mut m = ODOMETRY_DATA::DEFAULT;
    m.q[0] = 1.0;
    (m.pose_covariance[0], m.velocity_covariance[0]) = (NAN, NAN);
    (m.frame_id, m.child_frame_id) = (MavFrame::MAV_FRAME_LOCAL_NED, MavFrame::MAV_FRAME_BODY_FRD);
    table(
        m,
        MavMessage::ODOMETRY,
        &[
            ("a covariance", |m| m.pose_covariance[20] = 1.0),
            ("another NaN", |m| m.velocity_covariance[0] = OTHER_NAN),
            ("another frame", |m| m.frame_id = MavFrame::MAV_FRAME_LOCAL_ENU),
            ("a quality", |m| m.quality = 1),
            ("a reset", |m| m.reset_counter = 1),
        ],
    );
    let mut m = ALTITUDE_DATA::DEFAULT;
    (m.altitude_terrain, m.bottom_clearance) = (NAN, NAN);
    table(
        m,
        MavMessage::ALTITUDE,
        &[
            ("another NaN", |m| m.altitude_terrain = OTHER_NAN),
            ("a terrain", |m| m.altitude_terrain = 1.0),
            ("no height", |m| m.altitude_local = NAN),
        ],
    );
    table(
        SERVO_OUTPUT_RAW_DATA::DEFAULT,
        MavMessage::SERVO_OUTPUT_RAW,
        &[
            ("no pulse", |m| m.servo1_raw = 999),
            ("a ninth", |m| m.servo9_raw = 1500),
            ("another port", |m| m.port = 1),
            ("another time", |m| m.time_usec = 9_000),
        ],
    );
    let mut m = ACTUATOR_OUTPUT_STATUS_DATA::DEFAULT;
    (m.active, m.actuator[0]) = (4, 1500.0);
    asked(
        m,
        MavMessage::ACTUATOR_OUTPUT_STATUS,
        &[
            ("half a microsecond", |m| m.actuator[1] = 1500.5),
            ("no pulse", |m| m.actuator[3] = 999.0),
            ("not a number", |m| m.actuator[3] = NAN),
            ("minus nothing", |m| m.actuator[3] = -0.0),
            ("one that is not active", |m| m.actuator[4] = 1500.0),
            ("the last of all", |m| m.actuator[31] = 1500.0),
            ("as many as no airframe has", |m| m.active = 5),
            ("more than there is room for", |m| m.active = u32::MAX),
            ("another time", |m| m.time_usec = 9_000),
        ],
    );
    asked(
        SCALED_IMU_DATA::DEFAULT,
        MavMessage::SCALED_IMU,
        &[("another field", |m| m.zmag = 10_001), ("another time", |m| m.time_boot_ms = 9)],
    );
    let mut m = DISTANCE_SENSOR_DATA::DEFAULT;
    (m.max_distance, m.covariance) = (3_000, 255);
    m.orientation = MavSensorOrientation::MAV_SENSOR_ROTATION_PITCH_270;
    asked(
        m,
        MavMessage::DISTANCE_SENSOR,
        &[
            ("farther than far", |m| m.current_distance = 3_002),
            ("another reach", |m| m.max_distance = 2_999),
            ("a least distance", |m| m.min_distance = 1),
            ("another sensor", |m| m.id = 1),
            ("another kind", |m| m.mavtype = MavDistanceSensor::MAV_DISTANCE_SENSOR_RADAR),
            ("another way", |m| m.orientation = MavSensorOrientation::MAV_SENSOR_ROTATION_NONE),
            ("an accuracy", |m| m.covariance = 0),
            ("another time", |m| m.time_boot_ms = 9),
        ],
    );
    let mut m = SCALED_PRESSURE_DATA::DEFAULT;
    m.press_abs = 950.0;
    table(
        m,
        MavMessage::SCALED_PRESSURE,
        &[
            ("a temperature", |m| m.temperature = 1),
            ("another temperature", |m| m.temperature_press_diff = 1),
            ("a difference", |m| m.press_diff = 1.0),
        ],
    );
    let mut m = ESTIMATOR_STATUS_DATA::DEFAULT;
    (m.pos_horiz_accuracy, m.pos_vert_accuracy) = (NAN, 1.0);
    m.flags = EstimatorStatusFlags::from_bits_retain(1 | 4 | 32);
    table(
        m,
        MavMessage::ESTIMATOR_STATUS,
        &[
            ("a ratio", |m| m.tas_ratio = 0.1),
            ("other flags", |m| m.flags = EstimatorStatusFlags::from_bits_retain(64)),
            ("another NaN", |m| m.pos_horiz_accuracy = OTHER_NAN),
        ],
    );
    let mut m = WIND_COV_DATA::DEFAULT;
    (m.var_horiz, m.var_vert) = (NAN, NAN);
    table(
        m,
        MavMessage::WIND_COV,
        &[
            ("another NaN", |m| m.var_vert = OTHER_NAN),
            ("an accuracy", |m| m.vert_accuracy = 1.0),
            ("a storm", |m| m.wind_x = 300.0),
        ],
    );
    table(
        VIBRATION_DATA::DEFAULT,
        MavMessage::VIBRATION,
        &[("a count", |m| m.clipping_2 = 1), ("not a number", |m| m.vibration_x = NAN)],
    );
    let mut m = HOME_POSITION_DATA::DEFAULT;
    (m.q[0], m.approach_z) = (1.0, 1.0);
    table(
        m,
        MavMessage::HOME_POSITION,
        &[
            ("off Earth", |m| m.latitude = 950_000_000),
            ("a rotation", |m| m.q[3] = 0.1),
            ("an approach", |m| m.approach_x = 1.0),
            ("a time", |m| m.time_usec = 1),
        ],
    );
    table(
        GPS_GLOBAL_ORIGIN_DATA::DEFAULT,
        MavMessage::GPS_GLOBAL_ORIGIN,
        &[("off Earth", |m| m.longitude = i32::MAX), ("a time", |m| m.time_usec = 1)],
    );
    table(
        SYSTEM_TIME_DATA::DEFAULT,
        MavMessage::SYSTEM_TIME,
        &[("a date", |m| m.time_unix_usec = 1), ("another time", |m| m.time_boot_ms = 7)],
    );
    let mut m = CURRENT_MODE_DATA::DEFAULT;
    m.custom_mode = 0x0304_0000;
    table(
        m,
        MavMessage::CURRENT_MODE,
        &[("no mode", |m| m.custom_mode = 1), ("an intention", |m| m.intended_custom_mode = 1)],
    );
}

#[test]
fn every_channel_is_silent() {
    let mut frame = vec![0xFD, 42, 0, 0, 0, 1, 1, 65, 0, 0];
    frame.extend([0; 4]);
    frame.extend([255; 36]);
    frame.extend([0, 255]);
    assert_eq!(found_of(&[], &[(0, sealed(frame.clone()))]), NONE);
    for place in 14..52 {
        let mut changed = frame.clone();
        changed[place] ^= 1;
        let rule = ["RC_CHANNELS holds what it may not"];
        assert_eq!(found_of(&[], &[(0, sealed(changed))]), rule, "{place}");
    }
}
