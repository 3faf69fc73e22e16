//! The machine and the laws that move it in free air.
//!
//! Rooms in reading order: the [`mod@file`] with every figure, its ranges (`checks`), the [`machine`] that the
//! figures make; what acts on it: [`rotor`] with [`ground_effect`] and [`vortex_ring`], the hull's [`drag`], the
//! [`pack`] that feeds the motors; the [`free`] flight that adds them up and moves the state; and the bare machine flown
//! [`open_loop`] for comparison.
//!
//! Rotors: 1 front left, 2 front right, 3 rear right, 4 rear left for four of them, and clockwise from the front left
//! for any other number; the drag of a rotor with `yaw_sign` 1 turns the body positively about z up.
//!
//! **Never:** touches anything (that is the body's contact room); reads a clock; allocates in a step; assumes four rotors.

pub mod file;
pub use file::{Airframe, Hub, Terms};

mod checks;
pub mod machine;
pub use machine::Machine;

pub mod drag;
pub mod ground_effect;
pub mod rotor;
pub mod vortex_ring;

pub mod pack;
pub use pack::Pack;

pub mod free;
pub use free::{Around, Pace, Spin, State};

pub mod open_loop;

#[cfg(test)]
pub(crate) mod tests;

/// Most rotors of an airframe, as many as the firmware commands.
pub use vehicle::senses::ROTORS_MAX;

/// Standard gravity, m/s² (ISO 80000-3).
pub const GRAVITY_MPS2: f64 = 9.806_65;

/// Density of the air in which the coefficients of an airframe file hold, kg/m³: sea level of the standard atmosphere.
pub const REFERENCE_DENSITY_KGPM3: f64 = 1.225;

/// Half the thickness of a rotor's disc, m, where it may touch something.
pub const DISC_HALF_M: f64 = 0.005;
