//! The mount that cannot turn, and the identification that names nobody.

use super::*;

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
    let mut m = OPEN_DRONE_ID_SYSTEM_DATA::DEFAULT;
    m.area_count = 1;
    (m.area_ceiling, m.area_floor, m.operator_altitude_geo) = (-1e3, -1e3, -1e3);
    table(
        m,
        MavMessage::OPEN_DRONE_ID_SYSTEM,
        &[
            ("the operator's latitude", |m| m.operator_latitude = 1),
            ("the operator's longitude", |m| m.operator_longitude = 1),
            ("the operator's height", |m| m.operator_altitude_geo = 450.0),
            ("a height of no number", |m| m.operator_altitude_geo = f32::NAN),
            ("a ceiling", |m| m.area_ceiling = 120.0),
            ("a floor", |m| m.area_floor = 0.0),
            ("more than one", |m| m.area_count = 2),
            ("a radius", |m| m.area_radius = 1),
            ("a time", |m| m.timestamp = 1),
            ("a mark", |m| m.id_or_mac[3] = 1),
            ("a target", |m| m.target_system = 1),
            ("another kind of place", |m| {
                m.operator_location_type =
                    MavOdidOperatorLocationType::MAV_ODID_OPERATOR_LOCATION_TYPE_FIXED;
            }),
            ("a classification", |m| {
                m.classification_type = MavOdidClassificationType::MAV_ODID_CLASSIFICATION_TYPE_EU;
            }),
            ("a class", |m| m.class_eu = MavOdidClassEu::MAV_ODID_CLASS_EU_CLASS_1),
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
