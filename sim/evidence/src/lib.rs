//! The words that both sides of the glass share, and the bundle on disk.
//!
//! The flight fills an [`Evidence`]; the audit reads it; nobody else stands between them.
//!
//! **Never:** flies, judges, sees the vehicle's crate, reads a clock, holds a global.

pub mod assets;
pub mod bundle;
pub mod card;
pub mod carrier;
pub mod cell;
pub mod difference;
mod hex;
pub mod law;
pub mod mandate;
pub mod pcapng;
mod personality;
pub mod scenario;
pub mod seal;
pub mod told;
pub mod transcript;
pub mod truth;
pub mod twin;
pub mod wire;
pub mod words;

pub use assets::Assets;
pub use bundle::{BundleError, Evidence, Probe, ProbeRole, Provenance, Recording};
pub use carrier::{Carrier, Compared};
pub use cell::Cell;
pub use difference::{Comparator, Difference, DifferenceKind};
pub use law::{Law, Rule};
pub use personality::{Personality, Ways};
pub use scenario::Scenario;
pub use seal::Seal;
pub use transcript::Transcript;
pub use truth::{Control, Destroyed, Exposure, Grant, Mandate, PositionFix, TrackPoint, Truth};
pub use twin::{Choice, Twin, TwinRecord};
pub use words::{ClaimId, Class, Emission, Link, Recipient, TICK_S, TICKS_PER_S, Tick};
