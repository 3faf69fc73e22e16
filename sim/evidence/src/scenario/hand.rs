//! How the pilot flies by hand, and how far that may lead.
//!
//! **Never:** says how well.

use serde::{Deserialize, Serialize};

/// How the pilot flies by hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Manual {
    /// Sticks are lean, turn and lift.
    Stabilise,
    /// Sticks are lean, turn and climb.
    AltitudeHold,
    /// Sticks are velocity, turn and climb.
    PositionHold,
}

/// Fastest that sticks, or a subject that is followed, move the vehicle across, m/s: leaning as far as it may, with
/// the wind behind it.
pub const BY_HAND_MPS_MAX: f64 = 20.0;
