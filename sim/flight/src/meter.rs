//! Where the time of a tick goes, for a caller who has a clock.
//!
//! The flight has none: it only says, room by room, "this is done now", and whoever listens may look at a clock. Where
//! nobody listens the saying compiles to nothing.
//!
//! **Never:** reads a clock; gives anything back to the flight, so that a watched flight is the same flight.

/// A part of a tick's work, in the order of the tick.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Room {
    /// People, pilot, servers and power act by their beats; the schedule's own cost is in it too.
    Story,
    /// The microphone hears rotors and voices.
    Microphone,
    /// All other sensors are read; the camera's pixels are made where somebody looks.
    Sensors,
    /// The firmware that flies senses and speaks, its card and its servers take it in.
    Firmware,
    /// What it said is written down.
    Tap,
    /// The truth is written down.
    Witness,
    /// All other seats do the same and are compared, some ticks at once.
    Seats,
    /// Air, rotors and body move on.
    Physics,
}

impl Room {
    /// Every room, in the order of the tick.
    pub const ALL: [Self; 8] = [
        Self::Story,
        Self::Microphone,
        Self::Sensors,
        Self::Firmware,
        Self::Tap,
        Self::Witness,
        Self::Seats,
        Self::Physics,
    ];
}

/// Hears, each tick, when each room is done.
pub trait Meter: Send + Sync + 'static {
    /// This room's work in this tick is done.
    fn lap(&mut self, room: Room);
}

/// Nobody listens.
impl Meter for () {
    fn lap(&mut self, _: Room) {}
}
