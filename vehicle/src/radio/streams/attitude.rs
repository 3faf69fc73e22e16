//! SET_ATTITUDE_TARGET: how a computer on the ground wants it to lean, where its nose shall point, and how hard it lifts.
//!
//! Half of the thrust carries its weight. An attitude is followed as it stands: rates beside it are not needed for that,
//! but for the turn of the nose, which takes the place of the heading where it is given.
//!
//! **Never:** turns a bare rate into an attitude; takes a quaternion that is no rotation; takes one that lies over.

use super::Stream;
use crate::flight::{Setpoint, Turn, Way};
use crate::radio::frame::{Component, Received};
use crate::radio::wire::padded;
use glam::{DQuat, DVec3};

pub(super) const SET_ATTITUDE_TARGET: u32 = 82;

/// Bits of the mask: what is left out, and thrust along three axes, which no multicopter has.
const NO_TURN: u8 = 1 << 2;
const HAS_THRUST_BODY: u8 = 1 << 5;
const NO_THRUST: u8 = 1 << 6;
const NO_ATTITUDE: u8 = 1 << 7;
/// The bit that has no meaning.
const UNKNOWN: u8 = 1 << 4 | 1 << 3;

/// How far from 1 a quaternion's length may be: more than single precision leaves.
const UNIT_ERROR_MAX: f64 = 1e-3;
/// Cosine of the steepest lean that has a direction to it, 80°; what flies leans less in that direction.
const UPRIGHT_COS_MIN: f64 = 0.174;
/// Lift at full thrust, as part of the weight.
const LIFT_MAX: f64 = 2.0;

/// `time (4), attitude (16), rates (12), thrust (4), target (2), mask, thrust of the body (12)`.
pub(super) fn read(frame: &Received<'_>) -> Option<Stream> {
    let wire = padded::<39>(frame.payload);
    if Component::addressed((wire[36], wire[37])) != Some(Component::Autopilot) {
        return None;
    }
    let float = |at: usize| {
        f64::from(f32::from_le_bytes([wire[at], wire[at + 1], wire[at + 2], wire[at + 3]]))
    };
    let mask = wire[38];
    if mask & (NO_ATTITUDE | HAS_THRUST_BODY | UNKNOWN) != 0 {
        return None;
    }
    let ned_from_frd = DQuat::from_xyzw(float(8), float(12), float(16), float(4));
    let up = ned_from_frd * DVec3::NEG_Z;
    let is_rotation = (ned_from_frd.length() - 1.0).abs() <= UNIT_ERROR_MAX;
    let given = |bit: u8, at: usize| mask & bit != 0 || float(at).is_finite();
    // What is no number fails too, wherever the mask does not leave it out.
    let is_told = given(1, 20) && given(1 << 1, 24) && given(NO_TURN, 28);
    if !is_told || !is_rotation || -up.z < UPRIGHT_COS_MIN {
        return None;
    }
    let nose = ned_from_frd * DVec3::X;
    let turn = match mask & NO_TURN {
        0 => Turn::Rate(float(28)),
        _ => Turn::To(libm::atan2(nose.y, nose.x)),
    };
    let thrust = (mask & NO_THRUST == 0).then(|| float(32));
    if thrust.is_some_and(|part| !(0.0..=1.0).contains(&part)) {
        return None;
    }
    let lift = thrust.map(|part| part * LIFT_MAX);
    let way = Way::Lean { tangents: up.truncate() / -up.z, lift };
    Some(Stream::Setpoint(Setpoint { way, turn }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec::Vec;
    use glam::DVec2;

    /// Only the attitude and the thrust, as MAVSDK sends it.
    const PLAIN: u8 = 0b111;

    const HALF: f32 = core::f32::consts::FRAC_1_SQRT_2;

    fn wire(q: [f32; 4], turn_radps: f32, thrust: f32, mask: u8) -> Vec<u8> {
        let mut wire = Vec::from([0; 4]);
        // What the mask leaves out may be anything.
        let left_out = f32::NAN;
        for number in q.into_iter().chain([left_out, left_out, turn_radps, thrust]) {
            wire.extend(number.to_le_bytes());
        }
        wire.extend([1, 1, mask]);
        wire
    }

    fn heard(payload: &[u8]) -> Option<Stream> {
        read(&Received { system: 255, component: 190, id: SET_ATTITUDE_TARGET, payload })
    }

    #[test]
    fn an_attitude_is_a_lean_a_heading_and_a_lift() {
        let (sin, cos) = (libm::sin(0.1) as f32, libm::cos(0.1) as f32);
        let level = [1.0, 0.0, 0.0, 0.0];
        let tan = libm::tan(0.2);
        for (name, q, turn, thrust, mask, expected) in [
            ("level", level, 0.0, 0.5, PLAIN, (DVec2::ZERO, Turn::To(0.0), Some(1.0))),
            ("full", level, 0.0, 1.0, PLAIN, (DVec2::ZERO, Turn::To(0.0), Some(2.0))),
            ("no thrust told", level, 0.0, 9.0, PLAIN | 64, (DVec2::ZERO, Turn::To(0.0), None)),
            ("turning", level, -0.5, 0.5, 0b011, (DVec2::ZERO, Turn::Rate(-0.5), Some(1.0))),
            (
                "to the east",
                [HALF, 0.0, 0.0, HALF],
                0.0,
                0.0,
                PLAIN,
                (DVec2::ZERO, Turn::To(core::f64::consts::FRAC_PI_2), Some(0.0)),
            ),
            (
                "the nose down",
                [cos, 0.0, -sin, 0.0],
                0.0,
                0.5,
                PLAIN,
                (DVec2::new(tan, 0.0), Turn::To(0.0), Some(1.0)),
            ),
            (
                "to its right",
                [-cos, -sin, 0.0, 0.0],
                0.0,
                0.5,
                PLAIN,
                (DVec2::new(0.0, tan), Turn::To(0.0), Some(1.0)),
            ),
        ] {
            let Some(Stream::Setpoint(Setpoint { way: Way::Lean { tangents, lift }, turn })) =
                heard(&wire(q, turn, thrust, mask))
            else {
                panic!("{name} is not heard");
            };
            let (wanted, towards, lifts) = expected;
            assert!(tangents.distance(wanted) < 1e-6, "{name}: {tangents}");
            let rad = |turn| match turn {
                Turn::Keep => None,
                Turn::To(rad) | Turn::Rate(rad) => Some(rad),
            };
            let off = rad(turn).zip(rad(towards)).map(|(rad, wanted): (f64, f64)| rad - wanted);
            assert!(off.is_some_and(|rad| rad.abs() < 1e-6), "{name}: {turn:?}");
            assert_eq!(core::mem::discriminant(&turn), core::mem::discriminant(&towards), "{name}");
            assert_eq!(lift, lifts, "{name}");
        }
    }

    #[test]
    fn what_is_no_attitude_with_a_thrust_is_not_heard() {
        let (nan, inf) = (f32::NAN, f32::INFINITY);
        let level = [1.0, 0.0, 0.0, 0.0];
        for (name, q, turn, thrust, mask) in [
            ("rates alone", level, 0.1, 0.5, 128),
            ("nothing at all", level, 0.0, 0.5, 128 | PLAIN | 64),
            ("a thrust along three axes", level, 0.0, 0.5, PLAIN | 32),
            ("a bit of no meaning", level, 0.0, 0.5, PLAIN | 8),
            ("the other bit of none", level, 0.0, 0.5, PLAIN | 16),
            ("a quaternion of zeros", [0.0; 4], 0.0, 0.5, PLAIN),
            ("a longer one", [1.01, 0.0, 0.0, 0.0], 0.0, 0.5, PLAIN),
            ("a shorter one", [0.7, 0.7, 0.0, 0.0], 0.0, 0.5, PLAIN),
            ("one of no number", [nan, 0.0, 0.0, 0.0], 0.0, 0.5, PLAIN),
            ("half of no number", [1.0, 0.0, nan, 0.0], 0.0, 0.5, PLAIN),
            ("one without end", [inf, 0.0, 0.0, 0.0], 0.0, 0.5, PLAIN),
            ("one on its back", [0.0, 1.0, 0.0, 0.0], 0.0, 0.5, PLAIN),
            ("one on its side", [HALF, HALF, 0.0, 0.0], 0.0, 0.5, PLAIN),
            ("a thrust of no number", level, 0.0, nan, PLAIN),
            ("a thrust without end", level, 0.0, inf, PLAIN),
            ("more than all", level, 0.0, 1.001, PLAIN),
            ("a thrust down", level, 0.0, -0.1, PLAIN),
            ("a turn of no number", level, nan, 0.5, 0b011),
            ("a turn without end", level, -inf, 0.5, 0b011),
            ("a roll of no number", level, 0.0, 0.5, 0b110),
            ("a pitch of no number", level, 0.0, 0.5, 0b101),
        ] {
            assert_eq!(heard(&wire(q, turn, thrust, mask)), None, "{name}");
        }
        let good = wire(level, 0.0, 0.5, PLAIN);
        assert!(heard(&good).is_some());
        for (place, value) in [(36, 9), (37, 66), (37, 100), (37, 154)] {
            let mut other = good.clone();
            other[place] = value;
            assert_eq!(heard(&other), None, "for {value}");
        }
        for length in 0..8 {
            assert_eq!(heard(&good[..length]), None, "cut to {length}: what is missing is zeros");
        }
        let longer = [good, Vec::from([255; 30])].concat();
        assert!(heard(&longer).is_some(), "what is known of a longer one is read");
    }
}
