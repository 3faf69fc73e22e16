//! What the pilot chooses before the rotors turn: ground stations ask for a take-off or a mission first, and then arm.
//!
//! **Never:** waits for ever: what was chosen long ago must not surprise whoever arms.

use super::orders::is_height;
use super::{Modes, Start, View};
use crate::flight::words::{Command, Events, Mode};
use crate::senses::{TICKS_PER_S, Tick};

/// A choice is good for so long, ticks.
const GOOD_TICKS: u64 = 20 * TICKS_PER_S;
/// The rotors turn for so long before they lift, ticks.
const IDLE_TICKS: u64 = TICKS_PER_S;

impl Modes {
    /// Whether there is such a start.
    pub fn can_start(&self, by: &Command) -> bool {
        match by {
            Command::TakeOff { height_m } => is_height(*height_m),
            Command::StartMission => !self.legs.is_empty(),
            _ => false,
        }
    }

    /// Chooses how to leave the ground once the rotors turn.
    pub fn choose_start(&mut self, by: Option<Command>, now: Tick) {
        let until = Tick(now.0 + GOOD_TICKS);
        self.start = by.map(|by| Start { by, armed: None, until });
    }

    /// The mode that was chosen.
    pub fn starts_in(&self) -> Option<Mode> {
        match self.start?.by {
            Command::TakeOff { .. } => Some(Mode::TakeOff),
            Command::StartMission => Some(Mode::Mission),
            _ => None,
        }
    }

    /// On the ground: leaves it as was chosen, a moment after the rotors have begun to turn.
    pub(super) fn leave_when_chosen(&mut self, view: &View, events: &mut Events) {
        let Some(start) = self.start else { return };
        if !self.is_armed() {
            self.start = Some(start).filter(|start| view.now < start.until);
            return;
        }
        let armed = start.armed.unwrap_or(view.now);
        self.start = Some(Start { armed: Some(armed), ..start });
        if view.now.0 >= armed.0 + IDLE_TICKS {
            self.start = None;
            self.command(start.by, view, None, events);
        }
    }
}
