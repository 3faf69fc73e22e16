//! What streams in while somebody flies by hand, is followed, or lets a computer fly: the pilot's sticks, the subject's
//! own place, and setpoints.
//!
//! MANUAL_CONTROL has its axes in thousandths, up from 0 to 1000; RC_CHANNELS_OVERRIDE in microseconds about 1500, roll,
//! pitch, throttle and yaw first. FOLLOW_TARGET comes from a device that the subject carries, by way of the pilot's
//! station; only its place is read. Of a setpoint, place, velocity or attitude must be there whole.
//!
//! **Never:** guesses an axis that is not given; tells anybody where the subject is.

mod attitude;
mod setpoint;

use super::frame::Received;
use super::inbound::Spot;
use super::wire::padded;
use crate::flight::{Setpoint, Sticks, Turn};
use attitude::SET_ATTITUDE_TARGET;
use setpoint::{SET_POSITION_TARGET_GLOBAL_INT, SET_POSITION_TARGET_LOCAL_NED};

const MANUAL_CONTROL: u32 = 69;
const RC_CHANNELS_OVERRIDE: u32 = 70;
const FOLLOW_TARGET: u32 = 144;
/// An axis that is not given.
const NO_AXIS: i16 = i16::MAX;
/// Middle of a pulse and the way to its end, microseconds.
const PULSE_US: (f64, f64) = (1500.0, 500.0);
/// The middle and the end of the axis that goes from 0 to 1000.
const MIDDLE: f64 = 500.0;

/// What arrived.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Stream {
    /// Where the sticks are.
    Sticks(Sticks),
    /// Where the subject is, WGS 84 and above mean sea level.
    Subject { lat_deg: f64, lon_deg: f64, alt_m: f64 },
    /// Where a computer wants it, in the local frame, or how it shall lean.
    Setpoint(Setpoint),
    /// The same for a place on Earth, WGS 84: how high is said as commands say it.
    PlaceOnEarth { spot: Spot, turn: Turn },
}

/// Reads one frame; none where it is something else, is for another vehicle, or makes no sense.
pub(crate) fn read(frame: &Received<'_>) -> Option<Stream> {
    match frame.id {
        MANUAL_CONTROL => sticks(frame.payload),
        RC_CHANNELS_OVERRIDE => channels(frame.payload),
        SET_POSITION_TARGET_LOCAL_NED | SET_POSITION_TARGET_GLOBAL_INT => setpoint::read(frame),
        SET_ATTITUDE_TARGET => attitude::read(frame),
        FOLLOW_TARGET => subject(frame.payload),
        _ => None,
    }
}

/// `forward, right, up, turn (2 each), buttons (2), target`.
fn sticks(payload: &[u8]) -> Option<Stream> {
    let wire = padded::<11>(payload);
    if !matches!(wire[10], 0 | 1) {
        return None;
    }
    let axis = |at: usize| i16::from_le_bytes([wire[at], wire[at + 1]]);
    let part = |at: usize| match axis(at) {
        NO_AXIS => 0.0,
        thousandths => (f64::from(thousandths) / 1000.0).clamp(-1.0, 1.0),
    };
    let up = match axis(4) {
        NO_AXIS => 0.0,
        thousandths => ((f64::from(thousandths) - MIDDLE) / MIDDLE).clamp(-1.0, 1.0),
    };
    Some(Stream::Sticks(Sticks { forward: part(0), right: part(2), up, turn: part(6) }))
}

/// `channels 1 to 8 (2 each), target`; a channel of 0 or 65535 is not given.
fn channels(payload: &[u8]) -> Option<Stream> {
    let wire = padded::<18>(payload);
    if !matches!(wire[16], 0 | 1) {
        return None;
    }
    let (middle_us, way_us) = PULSE_US;
    let part = |at: usize| match u16::from_le_bytes([wire[at], wire[at + 1]]) {
        0 | u16::MAX => 0.0,
        us => ((f64::from(us) - middle_us) / way_us).clamp(-1.0, 1.0),
    };
    // Pitch is pushed forward by a short pulse.
    Some(Stream::Sticks(Sticks { forward: -part(2), right: part(0), up: part(4), turn: part(6) }))
}

/// `time (8), state (8), latitude, longitude, altitude (4 each)`, and more that is not read.
fn subject(payload: &[u8]) -> Option<Stream> {
    let wire = padded::<28>(payload);
    let four = |at: usize| [wire[at], wire[at + 1], wire[at + 2], wire[at + 3]];
    let lat_deg = f64::from(i32::from_le_bytes(four(16))) / 1e7;
    let lon_deg = f64::from(i32::from_le_bytes(four(20))) / 1e7;
    let alt_m = f64::from(f32::from_le_bytes(four(24)));
    let is_on_earth = lat_deg.abs() <= 90.0 && lon_deg.abs() <= 180.0 && alt_m.abs() < 1e5;
    is_on_earth.then_some(Stream::Subject { lat_deg, lon_deg, alt_m })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn axes_are_parts_of_their_way_and_what_is_not_given_is_centred() {
        for (axes, forward, right, up, turn) in [
            ([1000, -500, 500, 0], 1.0, -0.5, 0.0, 0.0),
            ([0, 0, 1000, 1000], 0.0, 0.0, 1.0, 1.0),
            ([0, 0, 0, -1000], 0.0, 0.0, -1.0, -1.0),
            ([i16::MAX; 4], 0.0, 0.0, 0.0, 0.0),
            ([i16::MIN, 32_000, i16::MIN, 5_000], -1.0, 1.0, -1.0, 1.0),
        ] {
            let mut wire = axes.map(i16::to_le_bytes).concat();
            wire.extend([0, 0, 1]);
            let expected = Stream::Sticks(Sticks { forward, right, up, turn });
            assert_eq!(sticks(&wire), Some(expected), "{axes:?}");
            wire[10] = 9;
            assert_eq!(sticks(&wire), None, "for another vehicle");
        }
    }

    #[test]
    fn channels_are_pulses_about_their_middle_and_what_is_not_given_is_centred() {
        for (pulses, forward, right, up, turn) in [
            ([1500, 1500, 1500, 1500], 0.0, 0.0, 0.0, 0.0),
            ([2000, 1000, 1750, 1250], 1.0, 1.0, 0.5, -0.5),
            ([0, u16::MAX, 1, 60_000], 0.0, 0.0, -1.0, 1.0),
        ] {
            let mut wire = pulses.map(u16::to_le_bytes).concat();
            wire.resize(16, 0);
            wire.push(1);
            let Some(Stream::Sticks(told)) = channels(&wire) else { panic!("{pulses:?}") };
            let told = [told.forward, told.right, told.up, told.turn].map(|part| part + 0.0);
            assert_eq!(told, [forward, right, up, turn], "{pulses:?}");
            wire[16] = 9;
            assert_eq!(channels(&wire), None, "for another vehicle");
        }
    }

    #[test]
    fn a_subject_is_somewhere_on_earth_or_nowhere() {
        for (lat_e7, lon_e7, alt_m, is_read) in [
            (523_000_000, 49_000_000, 4.0, true),
            (-900_000_000, 1_800_000_000, 0.0, true),
            (910_000_000, 0, 0.0, false),
            (0, i32::MIN, 0.0, false),
            (0, 0, f32::NAN, false),
            (0, 0, f32::INFINITY, false),
        ] {
            let mut wire = [0; 16].to_vec();
            wire.extend(i32::to_le_bytes(lat_e7));
            wire.extend(i32::to_le_bytes(lon_e7));
            wire.extend(f32::to_le_bytes(alt_m));
            assert_eq!(subject(&wire).is_some(), is_read, "{lat_e7} {lon_e7} {alt_m}");
        }
    }
}
