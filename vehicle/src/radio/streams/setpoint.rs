//! SET_POSITION_TARGET in its local and its global form: what a computer on the ground wants at this moment.
//!
//! **Never:** takes half a place or half a velocity; takes a number that is none; reads a frame that it does not know.

use super::Stream;
use crate::flight::{Setpoint, Turn, Way};
use crate::radio::frame::{Component, Received};
use crate::radio::inbound::{Height, Spot};
use crate::radio::wire::padded;
use glam::DVec3;

pub(super) const SET_POSITION_TARGET_LOCAL_NED: u32 = 84;
pub(super) const SET_POSITION_TARGET_GLOBAL_INT: u32 = 86;

/// Bits of the mask that leave things out: place, velocity, force in place of acceleration, heading, turn.
const NO_PLACE: u16 = 0b111;
const NO_VELOCITY: u16 = 0b111 << 3;
const IS_FORCE: u16 = 1 << 9;
const NO_HEADING: u16 = 1 << 10;
const NO_TURN: u16 = 1 << 11;

/// `time (4), place (12), velocity (12), acceleration (12), heading (4), turn (4), mask (2), target (2), frame`.
pub(super) fn read(frame: &Received<'_>) -> Option<Stream> {
    let wire = padded::<53>(frame.payload);
    if Component::addressed((wire[50], wire[51])) != Some(Component::Autopilot) {
        return None;
    }
    let four = |at: usize| [wire[at], wire[at + 1], wire[at + 2], wire[at + 3]];
    let float = |at: usize| f64::from(f32::from_le_bytes(four(at)));
    let floats = |at: usize| DVec3::new(float(at), float(at + 4), float(at + 8));
    let mask = u16::from_le_bytes([wire[48], wire[49]]);
    let turn = match mask {
        _ if mask & NO_HEADING == 0 => Turn::To(float(40)),
        _ if mask & NO_TURN == 0 => Turn::Rate(float(44)),
        _ => Turn::Keep,
    };
    let is_number = match turn {
        Turn::Keep => true,
        Turn::To(value) | Turn::Rate(value) => value.is_finite(),
    };
    let (has_place, has_velocity) = (mask & NO_PLACE == 0, mask & NO_VELOCITY == 0);
    let velocity_mps = floats(16);
    if !is_number || mask & IS_FORCE != 0 || (!has_place && !velocity_mps.is_finite()) {
        return None;
    }
    let told = |way| Some(Stream::Setpoint(Setpoint { way, turn }));
    match (frame.id, wire[52]) {
        // Local NED; a place in another local frame would move with the vehicle.
        (SET_POSITION_TARGET_LOCAL_NED, 1) if has_place => {
            let place_ned_m = floats(4);
            place_ned_m.is_finite().then_some(Way::Place(place_ned_m)).and_then(told)
        }
        (SET_POSITION_TARGET_LOCAL_NED, 1 | 7) if has_velocity => told(Way::Velocity(velocity_mps)),
        // The body's frames.
        (SET_POSITION_TARGET_LOCAL_NED, 8 | 9 | 12) if has_velocity && !has_place => {
            told(Way::BodyVelocity(velocity_mps))
        }
        (SET_POSITION_TARGET_GLOBAL_INT, _) if has_place => {
            let degrees = |at: usize| f64::from(i32::from_le_bytes(four(at))) / 1e7;
            let (lat_deg, lon_deg, alt_m) = (degrees(4), degrees(8), float(12));
            let height = match wire[52] {
                0 | 5 => Height::AboveSea(alt_m),
                3 | 6 | 10 | 11 => Height::AboveHome(alt_m),
                _ => return None,
            };
            let is_on_earth = lat_deg.abs() <= 90.0 && lon_deg.abs() <= 180.0;
            let spot = Spot { lat_lon_deg: Some((lat_deg, lon_deg)), height };
            (is_on_earth && alt_m.is_finite()).then_some(Stream::PlaceOnEarth { spot, turn })
        }
        (SET_POSITION_TARGET_GLOBAL_INT, 0 | 5 | 3 | 6 | 10 | 11) if has_velocity => {
            told(Way::Velocity(velocity_mps))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn setpoints_are_whole_and_numbers_or_they_are_none() {
        const PLACE: u16 = 0b1101_1111_1000;
        const VELOCITY: u16 = 0b1101_1100_0111;
        let nan = f32::NAN;
        let at = |way, turn| Some(Stream::Setpoint(Setpoint { way, turn }));
        let (xyz, v) = (DVec3::new(3.0, 4.0, -5.0), DVec3::new(1.0, -2.0, 0.5));
        for (name, mask, frame, place, velocity, yaw, expected) in [
            ("a place", PLACE, 1, xyz, v, 0.0, at(Way::Place(xyz), Turn::Keep)),
            ("a velocity", VELOCITY, 1, xyz, v, 0.0, at(Way::Velocity(v), Turn::Keep)),
            ("to the nose", VELOCITY, 8, xyz, v, 0.0, at(Way::BodyVelocity(v), Turn::Keep)),
            (
                "with a heading",
                PLACE & !NO_HEADING,
                1,
                xyz,
                v,
                1.5,
                at(Way::Place(xyz), Turn::To(1.5)),
            ),
            ("with no heading", PLACE & !NO_HEADING, 1, xyz, v, nan, None),
            ("half a place", PLACE | 1, 1, xyz, v, 0.0, None),
            ("no place", PLACE, 1, DVec3::new(f64::NAN, 0.0, 0.0), v, 0.0, None),
            ("no velocity", VELOCITY, 1, xyz, DVec3::new(f64::INFINITY, 0.0, 0.0), 0.0, None),
            ("a force", PLACE | IS_FORCE, 1, xyz, v, 0.0, None),
            ("nothing", !IS_FORCE, 1, xyz, v, 0.0, None),
            ("a place in the body's frame", PLACE, 8, xyz, v, 0.0, None),
            ("in no frame", VELOCITY, 99, xyz, v, 0.0, None),
        ] {
            let mut wire = [0; 53];
            let numbers = place.to_array().into_iter().chain(velocity.to_array());
            for (four, number) in wire[4..].chunks_exact_mut(4).zip(numbers) {
                four.copy_from_slice(&(number as f32).to_le_bytes());
            }
            wire[40..44].copy_from_slice(&yaw.to_le_bytes());
            wire[48..50].copy_from_slice(&u16::to_le_bytes(mask));
            (wire[50], wire[51], wire[52]) = (1, 1, frame);
            let heard = |payload: &[u8]| {
                read(&Received {
                    system: 255,
                    component: 190,
                    id: SET_POSITION_TARGET_LOCAL_NED,
                    payload,
                })
            };
            assert_eq!(heard(&wire), expected, "{name}");
            wire[50] = 9;
            assert_eq!(heard(&wire), None, "{name} for another vehicle");
        }
    }
}
