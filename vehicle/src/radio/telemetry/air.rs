//! The air: its pressure, and the wind as the vehicle is blown by it.
//!
//! **Never:** tells how warm it is: the chip warms itself, and with it what it does.

use super::{Message, Told};
use crate::radio::wire::Wire;

/// SCALED_PRESSURE; none before there is a reading.
pub(super) fn pressure(told: &Told<'_>) -> Option<Message> {
    let pressure_pa = Some(told.state.felt.pressure_pa).filter(|pa| *pa > 0.0)?;
    let wire = Wire::new().u32(told.milliseconds()).f32s([pressure_pa / 100.0, 0.0]);
    Some(wire.u16(0).message(29))
}

/// WIND_COV; none before the vehicle has felt it.
pub(super) fn wind(told: &Told<'_>) -> Option<Message> {
    let wind_ned_mps = told.state.wind_ned_mps?;
    let wire = Wire::new().u64(told.microseconds()).f32s(wind_ned_mps.to_array());
    Some(wire.f32s([f64::NAN, f64::NAN, told.state.alt_m, 0.0, 0.0]).message(231))
}
