//! The commands of the story, as MAVLink numbers: what there is to acknowledge, to whom, and who may be obeyed. Of a
//! live flight they are the very frames that reached the vehicle.
//!
//! **Never:** takes the vehicle's word for a command.

use crate::case::{Line, Sender};
use evidence::Tick;
use evidence::scenario::Act;

/// Ticks after its beat within which a command is acknowledged.
const ANSWER_TICKS_MAX: u64 = 2;
/// The same for a live vehicle, on which many may call at once: 100 ms.
const LIVE_ANSWER_TICKS_MAX: u64 = 50;

const COMMAND_INT: u32 = 75;
const COMMAND_LONG: u32 = 76;

/// The stations of a story, system and component.
const PILOT: (u8, u8) = (255, 190);
const STRANGER: (u8, u8) = (254, 190);

const ACCEPTED: u32 = 0;
/// The result that a command is not known.
pub const UNSUPPORTED: u32 = 3;
const FAILED: u32 = 4;
const IN_PROGRESS: u32 = 5;
const UNSUPPORTED_FRAME: u32 = 9;

/// An acknowledgement.
pub struct Ack {
    command: u32,
    /// MAV_RESULT.
    pub result: u32,
    to: (u8, u8),
    /// Whether it says nothing else.
    pub is_plain: bool,
}

impl Ack {
    /// `command (2), result, progress, second result (4), to (2)`, its last zeros trimmed.
    pub fn read(payload: &[u8]) -> Option<Self> {
        let mut wire = [0; 10];
        wire.get_mut(..payload.len())?.copy_from_slice(payload);
        let is_trimmed = payload.len() == 1 || payload.last().is_some_and(|byte| *byte != 0);
        is_trimmed.then_some(Self {
            command: u32::from(u16::from_le_bytes([wire[0], wire[1]])),
            result: u32::from(wire[2]),
            to: (wire[8], wire[9]),
            is_plain: wire[3..8] == [0; 5],
        })
    }

    /// Whether there is such a result.
    pub fn is_result(&self) -> bool {
        matches!(self.result, ACCEPTED..=FAILED | IN_PROGRESS | UNSUPPORTED_FRAME)
    }
}

/// One command that waits for its answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Command {
    tick: Tick,
    number: u32,
    by: Sender,
    from: (u8, u8),
    /// The component that it was for; 0 is whichever can do it.
    to: u8,
}

/// Commands that are not acknowledged yet, in order of time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Commands {
    open: Vec<Command>,
    signed_from: Option<Tick>,
    answer_ticks_max: u64,
}

impl Commands {
    /// Every command that reached the vehicle.
    pub fn of(case: &Line<'_, '_>) -> Self {
        let is_live = case.evidence.heard.is_some();
        let signs = |act: &Act| *act == Act::SetsUpSigning;
        let signed = case.whole.heard.by_pilot(case.end()).find(|heard| signs(heard.act));
        Self {
            open: if is_live { of_frames(case) } else { of_acts(case) },
            signed_from: signed.map(|heard| heard.tick),
            answer_ticks_max: if is_live { LIVE_ANSWER_TICKS_MAX } else { ANSWER_TICKS_MAX },
        }
    }

    /// Takes the command that an acknowledgement of a component at `tick` to a station answers; none where there is
    /// none. What is still in progress is answered once more.
    pub fn take(&mut self, tick: Tick, component: u8, ack: &Ack) -> Option<Command> {
        let place = self.open.iter().position(|command| {
            command.number == ack.command
                && command.tick <= tick
                && tick.0 <= command.tick.0 + self.answer_ticks_max
                && command.from == ack.to
                && (command.to == 0 || command.to == component)
        })?;
        let command = self.open[place];
        if ack.result != IN_PROGRESS {
            self.open.remove(place);
        }
        Some(command)
    }

    /// Whether an answer obeys somebody who may not command this.
    pub fn is_obedient(&self, command: Command, result: u32) -> bool {
        let is_obeyed = result == ACCEPTED || result == IN_PROGRESS;
        let may = match command.by {
            Sender::Pilot => true,
            Sender::Stranger => false,
            Sender::Forger => self.signed_from.is_none_or(|from| command.tick <= from),
        };
        is_obeyed && !may && is_the_pilots(command.number)
    }
}

fn of_acts(case: &Line<'_, '_>) -> Vec<Command> {
    let commands = case.heard.iter().filter_map(|heard| {
        let from = if heard.by == Sender::Stranger { STRANGER } else { PILOT };
        Some(Command { tick: heard.tick, number: number(heard.act)?, by: heard.by, from, to: 1 })
    });
    commands.collect()
}

fn of_frames(case: &Line<'_, '_>) -> Vec<Command> {
    let commands = case.asked.iter().filter(|a| matches!(a.id, COMMAND_LONG | COMMAND_INT));
    let ours = commands.filter_map(|asked| {
        let wire = asked.padded::<32>();
        let number = u32::from(u16::from_le_bytes([wire[28], wire[29]]));
        let from = (asked.system, asked.component);
        let (tick, by, to) = (asked.tick, asked.by, wire[31]);
        (wire[30] <= 1).then_some(Command { tick, number, by, from, to })
    });
    ours.collect()
}

/// Commands that touch what the vehicle keeps or shows: the pilot's alone.
fn is_the_pilots(number: u32) -> bool {
    matches!(number, 245 | 530 | 2000 | 2001 | 2004 | 2005 | 2010 | 2500..=2503 | 31_010..=31_014)
}

/// The number of an act's command; none where it is no command.
pub fn number(act: &Act) -> Option<u32> {
    match act {
        Act::Arms | Act::Disarms | Act::StopsMotors => Some(400),
        Act::TakesOff { .. } => Some(22),
        Act::Holds | Act::Follows { .. } | Act::Switches { .. } => Some(176),
        Act::GoesTo { .. } => Some(192),
        Act::Orbits { .. } => Some(34),
        Act::Brakes => Some(193),
        Act::StartsMission => Some(300),
        Act::Returns => Some(20),
        Act::Lands => Some(21),
        Act::TakesStill => Some(2000),
        Act::StartsFilm => Some(2500),
        Act::StopsFilm => Some(2501),
        Act::StartsView => Some(2502),
        Act::StopsView => Some(2503),
        Act::ResetsToFactory => Some(245),
        Act::Unlocks { .. } => Some(31_005),
        Act::Grants { .. } => Some(31_010),
        Act::Withdraws { .. } => Some(31_011),
        Act::ListsConsent => Some(31_012),
        Act::StartsRecording | Act::StopsRecording => Some(31_013),
        Act::Requests { .. } => Some(31_014),
        Act::Forges(act) | Act::Stranger(act) | Act::Telemetry2(act) => number(act),
        Act::Speaks { .. }
        | Act::Walks { .. }
        | Act::WalksPath { .. }
        | Act::Faces { .. }
        | Act::LooksAt { .. }
        | Act::LosesLink { .. }
        | Act::ServerTurns(_)
        | Act::Sets { .. }
        | Act::Registers
        | Act::SharesPosition { .. }
        | Act::Steers { .. }
        | Act::AsksLogs
        | Act::AsksFiles { .. }
        | Act::ReadsFile { .. }
        | Act::ReadsLog { .. }
        | Act::AsksParameters
        | Act::ErasesLogs
        | Act::SetsUpSigning
        | Act::Reboots { .. }
        | Act::Updates { .. }
        | Act::CutsPower { .. }
        | Act::CardTurns(_)
        | Act::MotorFails { .. }
        | Act::RotorWeakens { .. }
        | Act::JamsGnss { .. }
        | Act::SpoofsGnss { .. }
        | Act::ReceiverTurns(_)
        | Act::SensorFails { .. }
        | Act::FindersTurn { .. }
        | Act::Awaits { .. } => None,
    }
}
