//! Every record that a flight log can hold: number, name, fields, units, and how often it is written.
//!
//! This table is the format's documentation. The logbook writes by it, and whoever reads a log must find exactly these
//! lengths: a payload is its fields one behind the other, little-endian, without gaps. Names end in their unit;
//! what has none is a count, a code or a text. Texts are ASCII with zeros behind them. Frames: NED about the place of
//! power-on, FRD for what is measured in the body.
//!
//! **Never:** lets the length of a record follow its contents; holds a picture, a sound, a person or a neighbour.

use crate::senses::{CELLS_MAX, ROTORS_MAX};

/// One kind of record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Record {
    /// Its number in the container.
    pub kind: u8,
    /// Its name.
    pub name: &'static str,
    /// Ticks between two of them while armed; 0 where it is written when it happens.
    pub every_ticks: u64,
    /// What it tells.
    pub tells: &'static str,
    /// Its fields, in the order of their bytes.
    pub fields: &'static [Field],
}

/// One field of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its name, with its unit.
    pub name: &'static str,
    /// How one value is written.
    pub shape: Shape,
    /// How many values there are.
    pub count: usize,
}

/// How a value is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Whole number from 0 to 255.
    U8,
    /// Whole number of 2 bytes.
    U16,
    /// Signed whole number of 2 bytes.
    I16,
    /// Whole number of 4 bytes.
    U32,
    /// Floating-point number of 4 bytes.
    F32,
    /// Floating-point number of 8 bytes.
    F64,
    /// One character of a text.
    Character,
}

impl Shape {
    /// Bytes of one value.
    #[must_use]
    pub const fn bytes(self) -> usize {
        match self {
            Self::U8 | Self::Character => 1,
            Self::U16 | Self::I16 => 2,
            Self::U32 | Self::F32 => 4,
            Self::F64 => 8,
        }
    }
}

impl Record {
    /// Bytes of its payload.
    #[must_use]
    pub fn payload_bytes(&self) -> usize {
        self.fields.iter().map(|field| field.shape.bytes() * field.count).sum()
    }
}

use Shape::{Character, F32, F64, I16, U8, U16, U32};

const fn one(name: &'static str, shape: Shape) -> Field {
    Field { name, shape, count: 1 }
}

const fn many(name: &'static str, shape: Shape, count: usize) -> Field {
    Field { name, shape, count }
}

const fn record(
    kind: u8,
    name: &'static str,
    every_ticks: u64,
    tells: &'static str,
    fields: &'static [Field],
) -> Record {
    Record { kind, name, every_ticks, tells, fields }
}

/// All kinds, in the order of their numbers, from 1.
#[rustfmt::skip]
pub const RECORDS: [Record; 29] = [
    record(1, "attitude", 20, "roll, pitch and yaw as estimated",
        &[one("roll_rad", F32), one("pitch_rad", F32), one("yaw_rad", F32)]),
    record(2, "position", 50, "place and velocity as estimated",
        &[one("north_m", F32), one("east_m", F32), one("down_m", F32),
          one("north_mps", F32), one("east_mps", F32), one("down_mps", F32)]),
    record(3, "rotors", 20, "rotor speeds commanded; unused ones are 0",
        &[many("speed_radps", F32, ROTORS_MAX)]),
    record(4, "cells", 500, "battery cells; unused ones are 0",
        &[many("cell_mv", U16, CELLS_MAX)]),
    record(5, "temperatures", 500, "speed controllers; unused ones are 0",
        &[many("controller_cdegc", I16, ROTORS_MAX)]),
    record(6, "fix", 100, "satellite fix as received, WGS 84 and above mean sea level",
        &[one("lat_deg", F64), one("lon_deg", F64), one("alt_m", F64)]),
    record(7, "event", 0, "something the pilot was told of, and why",
        &[one("event", U8), one("cause", U8)]),
    record(8, "waypoint", 0, "a way-point was reached: the pilot's name for it",
        &[many("label", Character, 16)]),
    record(9, "command", 0, "a MAVLink command and its MAV_RESULT",
        &[one("number", U16), one("answer", U8)]),
    record(10, "consent", 0, "a grant (1) or a withdrawal (2)",
        &[one("act", U8), one("category", U8), one("recipient", U8), one("object", U32)]),
    record(11, "refusal", 0, "the rule by which the gate kept something back",
        &[one("rule", U8)]),
    record(12, "lost", 0, "records that did not reach the card, and blocks of older logs given up for room",
        &[one("pieces", U32)]),
    record(13, "rates", 10, "angular rate in the body, bias removed",
        &[one("roll_radps", F32), one("pitch_radps", F32), one("yaw_radps", F32)]),
    record(14, "specific_force", 10, "accelerometer as read, body FRD",
        &[one("forward_mps2", F32), one("right_mps2", F32), one("down_mps2", F32)]),
    record(15, "angular_rate", 10, "gyroscope as read, body FRD",
        &[one("forward_radps", F32), one("right_radps", F32), one("down_radps", F32)]),
    record(16, "magnetic_field", 50, "compass as read, body FRD",
        &[one("forward_gauss", F32), one("right_gauss", F32), one("down_gauss", F32)]),
    record(17, "pressure", 50, "static pressure as read",
        &[one("static_pa", F32)]),
    record(18, "range", 50, "distance to the ground below as read",
        &[one("distance_m", F32)]),
    record(19, "battery", 100, "pack voltage, current and charge left",
        &[one("pack_v", F32), one("current_a", F32), one("charge_pct", F32)]),
    record(20, "fix_quality", 250, "velocity and quality of the satellite fix",
        &[one("north_mps", F32), one("east_mps", F32), one("down_mps", F32),
          one("horizontal_sd_m", F32), one("vertical_sd_m", F32), one("satellites", U8)]),
    record(21, "mode", 250, "mode, arming and stand to the ground, as the firmware numbers them",
        &[one("mode", U8), one("is_armed", U8), one("landed", U8)]),
    record(22, "link", 500, "how long the ground station has been silent; all ones if it never spoke",
        &[one("silence_ms", U32)]),
    record(23, "start", 0, "software and place of power-on, at the head of each file",
        &[many("version", Character, 16), one("home_lat_deg", F64), one("home_lon_deg", F64), one("home_alt_m", F64)]),
    record(24, "attitude_wanted", 20, "attitude and lift asked for",
        &[one("roll_rad", F32), one("pitch_rad", F32), one("yaw_rad", F32), one("lift_n", F32)]),
    record(25, "velocity_wanted", 50, "velocity asked for",
        &[one("north_mps", F32), one("east_mps", F32), one("down_mps", F32)]),
    record(26, "torque_wanted", 20, "torque asked for, body FRD",
        &[one("roll_nm", F32), one("pitch_nm", F32), one("yaw_nm", F32)]),
    record(27, "setting", 0, "a setting was changed: its place in the parameter list, and its value",
        &[one("place", U8), one("value", U8)]),
    record(28, "fault", 0, "trouble with the card: 1 file full, 2 older log given up, 3 no room, 4 write refused or cut; and which log",
        &[one("cause", U8), one("object", U32)]),
    record(29, "passed_over", 0, "bytes that the radio brought since power-on and that were no frame for anybody here",
        &[one("bytes", U32)]),
];

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::collections::BTreeSet;

    #[test]
    fn kinds_are_numbered_in_order_and_every_name_is_its_own() {
        let mut names = BTreeSet::new();
        for (place, record) in RECORDS.iter().enumerate() {
            assert_eq!(usize::from(record.kind), place + 1, "{}", record.name);
            assert!(names.insert(record.name), "{}", record.name);
            assert!((1..=255).contains(&record.payload_bytes()), "{}", record.name);
            let fields: BTreeSet<_> = record.fields.iter().map(|field| field.name).collect();
            assert_eq!(fields.len(), record.fields.len(), "{}", record.name);
        }
    }

    #[test]
    fn every_measured_field_ends_in_its_unit() {
        let units = [
            "_rad", "_radps", "_m", "_mps", "_mps2", "_mv", "_cdegc", "_deg", "_gauss", "_pa",
            "_v", "_a", "_pct", "_ms", "_n", "_nm",
        ];
        for record in &RECORDS {
            for field in record.fields {
                let is_measured = matches!(field.shape, F32 | F64 | I16);
                let has_unit = units.iter().any(|unit| field.name.ends_with(unit));
                assert!(has_unit || !is_measured, "{}.{}", record.name, field.name);
            }
        }
    }

    #[test]
    fn the_log_grows_at_a_rate_that_fits_the_card() {
        let bytes_per_s: u64 = RECORDS
            .iter()
            .filter(|record| record.every_ticks > 0)
            .map(|record| 500 / record.every_ticks * (6 + record.payload_bytes() as u64))
            .sum();
        assert!((5_000..8_000).contains(&bytes_per_s), "{bytes_per_s}");
    }
}
