//! The broadcast identification as the pilot is told of it: no number and no name.
//!
//! **Never:** lets through an identity, however short.

use super::super::fields::is_on_earth;
use super::camera::is_text;
use evidence::Tick;
use mavlink::dialects::common::{
    OPEN_DRONE_ID_ARM_STATUS_DATA, OPEN_DRONE_ID_BASIC_ID_DATA, OPEN_DRONE_ID_LOCATION_DATA,
    OPEN_DRONE_ID_SYSTEM_DATA,
};

const HEIGHT_M_MAX: f32 = 1e5;
const TENTH_TICKS: u64 = 50;
/// Why it is not ready, or nothing.
const REASONS: [(u8, &[u8]); 3] = [(0, b""), (1, b"Remote ID is switched off"), (1, b"No fix yet")];

pub(super) fn is_nameless(m: &OPEN_DRONE_ID_BASIC_ID_DATA) -> bool {
    let targets = (m.target_system, m.target_component, m.id_or_mac);
    let kinds = (m.id_type as u8, m.ua_type as u8);
    targets == (0, 0, [0; 20]) && kinds == (0, 2) && m.uas_id == [0; 20]
}

/// Nothing but that it is alone in its area: no field has room for the operator.
pub(super) fn is_operatorless(m: &OPEN_DRONE_ID_SYSTEM_DATA) -> bool {
    let mut bare = OPEN_DRONE_ID_SYSTEM_DATA::DEFAULT;
    bare.area_count = 1;
    (bare.area_ceiling, bare.area_floor, bare.operator_altitude_geo) = (-1e3, -1e3, -1e3);
    *m == bare
}

pub(super) fn location(tick: Tick, m: &OPEN_DRONE_ID_LOCATION_DATA) -> bool {
    let accuracies = [
        m.horizontal_accuracy as u8,
        m.vertical_accuracy as u8,
        m.barometer_accuracy as u8,
        m.speed_accuracy as u8,
        m.timestamp_accuracy as u8,
    ];
    let heights = [m.altitude_barometric, m.altitude_geodetic, m.height];
    let tenths = tick.0 / TENTH_TICKS % 36_000;
    is_on_earth(m.latitude, m.longitude)
        && heights.iter().all(|height| height.abs() <= HEIGHT_M_MAX)
        && m.altitude_barometric.to_bits() == m.altitude_geodetic.to_bits()
        && m.timestamp == (tenths as f64 / 10.0) as f32
        && m.direction < 36_000
        && m.speed_horizontal <= 25_425
        && m.speed_vertical.unsigned_abs() <= 6_200
        && (m.target_system, m.target_component, m.id_or_mac) == (0, 0, [0; 20])
        && matches!((m.status as u8, m.height_reference as u8), (1 | 2, 0))
        && accuracies == [10, 4, 4, 3, 1]
}

pub(super) fn arm_status(m: &OPEN_DRONE_ID_ARM_STATUS_DATA) -> bool {
    let is_said =
        |(status, words): &(u8, &[u8])| m.status as u8 == *status && is_text(&m.error[..], words);
    REASONS.iter().any(is_said)
}
