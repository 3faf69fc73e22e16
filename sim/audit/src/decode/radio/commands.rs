//! The commands of the story, as MAVLink numbers: what there is to acknowledge.
//!
//! **Never:** takes the vehicle's word for a command.

use evidence::scenario::{Act, Scenario};
use evidence::{Class, Recipient, Tick};

/// Ticks after its beat within which a command is acknowledged.
const ANSWER_TICKS_MAX: u64 = 2;

/// Commands that are not acknowledged yet, in order of time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Commands {
    open: Vec<(Tick, u32)>,
}

impl Commands {
    /// Every command of the story.
    pub fn of(scenario: &Scenario) -> Self {
        let command = |act: &Act| match act {
            Act::Arms | Act::Disarms => Some(400),
            Act::TakesOff { .. } => Some(22),
            Act::Holds => Some(176),
            Act::StartsMission => Some(300),
            Act::Returns => Some(20),
            Act::Lands => Some(21),
            Act::TakesStill => Some(2000),
            Act::StartsRecording | Act::StopsRecording => Some(31_013),
            Act::Grants { .. } => Some(31_010),
            Act::Withdraws { .. } => Some(31_011),
            Act::Requests { .. } => Some(31_014),
            Act::Speaks { .. }
            | Act::Walks { .. }
            | Act::Faces { .. }
            | Act::LosesLink { .. }
            | Act::ServerTurns(_) => None,
        };
        let beats = scenario.beats.iter();
        let open = beats.filter_map(|beat| Some((Tick::at_s(beat.at_s), command(&beat.does)?)));
        Self { open: open.collect() }
    }

    /// Takes the command that an acknowledgement at `tick` answers; false where there is none.
    pub fn take(&mut self, tick: Tick, command: u32) -> bool {
        let answered = self.open.iter().position(|(at, number)| {
            *number == command && at.0 <= tick.0 && tick.0 <= at.0 + ANSWER_TICKS_MAX
        });
        answered.map(|place| self.open.remove(place)).is_some()
    }
}

/// Whether the pilot asked, at `tick` or before, that this object be sent to this recipient.
pub fn is_requested(
    scenario: &Scenario,
    wanted: Class,
    number: u32,
    recipient: Recipient,
    tick: Tick,
) -> bool {
    scenario.beats.iter().any(|beat| {
        matches!(&beat.does, Act::Requests { category, object, to }
            if (*category, *object, *to) == (wanted, number, recipient))
            && Tick::at_s(beat.at_s) <= tick
    })
}
