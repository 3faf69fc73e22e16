//! The topics of the ULog: one per kind of record, its fields with their units.
//!
//! Written from the format's description, not from the firmware; a test holds the two tables side by side.
//!
//! **Never:** renames a field of the description.

/// One topic.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Topic {
    /// Kind of the records that it is made of.
    pub kind: u8,
    /// Its name.
    pub name: &'static str,
    /// Its fields behind the timestamp, as ULog spells them.
    pub fields: &'static str,
}

/// The kind that tells of losses.
pub const LOST: u8 = 12;

impl Topic {
    /// Bytes of its fields.
    pub fn bytes(&self) -> usize {
        let bytes = |field: &str| {
            let (shape, _) = field.split_once(' ').unwrap_or((field, ""));
            let (shape, count) = shape.split_once('[').unwrap_or((shape, "1]"));
            let count: usize = count.trim_end_matches(']').parse().unwrap_or(0);
            count
                * match shape {
                    "uint8_t" | "char" => 1,
                    "uint16_t" | "int16_t" => 2,
                    "uint32_t" | "float" => 4,
                    _ => 8,
                }
        };
        self.fields.split_terminator(';').map(bytes).sum()
    }
}

const fn topic(kind: u8, name: &'static str, fields: &'static str) -> Topic {
    Topic { kind, name, fields }
}

/// All topics, in the order of the kinds.
#[rustfmt::skip]
pub const TOPICS: [Topic; 29] = [
    topic(1, "attitude", "float roll_rad;float pitch_rad;float yaw_rad;"),
    topic(2, "position", "float north_m;float east_m;float down_m;float north_mps;float east_mps;float down_mps;"),
    topic(3, "rotors", "float[8] speed_radps;"),
    topic(4, "cells", "uint16_t[6] cell_mv;"),
    topic(5, "temperatures", "int16_t[8] controller_cdegc;"),
    topic(6, "fix", "double lat_deg;double lon_deg;double alt_m;"),
    topic(7, "event", "uint8_t event;uint8_t cause;"),
    topic(8, "waypoint", "char[16] label;"),
    topic(9, "command", "uint16_t number;uint8_t answer;"),
    topic(10, "consent", "uint8_t act;uint8_t category;uint8_t recipient;uint32_t object;"),
    topic(11, "refusal", "uint8_t rule;"),
    topic(LOST, "lost", "uint32_t pieces;"),
    topic(13, "rates", "float roll_radps;float pitch_radps;float yaw_radps;"),
    topic(14, "specific_force", "float forward_mps2;float right_mps2;float down_mps2;"),
    topic(15, "angular_rate", "float forward_radps;float right_radps;float down_radps;"),
    topic(16, "magnetic_field", "float forward_gauss;float right_gauss;float down_gauss;"),
    topic(17, "pressure", "float static_pa;"),
    topic(18, "range", "float distance_m;"),
    topic(19, "battery", "float pack_v;float current_a;float charge_pct;"),
    topic(20, "fix_quality", "float north_mps;float east_mps;float down_mps;float horizontal_sd_m;float vertical_sd_m;uint8_t satellites;"),
    topic(21, "mode", "uint8_t mode;uint8_t is_armed;uint8_t landed;"),
    topic(22, "link", "uint32_t silence_ms;"),
    topic(23, "start", "char[16] version;double home_lat_deg;double home_lon_deg;double home_alt_m;"),
    topic(24, "attitude_wanted", "float roll_rad;float pitch_rad;float yaw_rad;float lift_n;"),
    topic(25, "velocity_wanted", "float north_mps;float east_mps;float down_mps;"),
    topic(26, "torque_wanted", "float roll_nm;float pitch_nm;float yaw_nm;"),
    topic(27, "setting", "uint8_t place;uint8_t value;"),
    topic(28, "fault", "uint8_t cause;uint32_t object;"),
    topic(29, "passed_over", "uint32_t bytes;"),
];
