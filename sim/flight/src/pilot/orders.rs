//! From an act to what a ground station sends for it, and when.
//!
//! A file is read at a fixed pace and to a fixed length, whatever the vehicle answers.
//!
//! **Never:** hears an answer.

use super::words::{self, Word};
use crate::keys::Keys;
use evidence::scenario::{Act, Manual, Scenario};
use evidence::{Class, Recipient, TICKS_PER_S, Tick};
use mavlink::dialects::common::MavCmd;

/// The one purpose that the stories know: the pilot wants the object delivered.
const PURPOSE_DELIVERY: f32 = 1.0;
/// Reads of a file come four times a second.
const READ_EVERY_TICKS: u64 = TICKS_PER_S / 4;
/// So many of them are more than any still needs.
const READS: u32 = 96;
/// Bytes in one read.
const READ_BYTES: u8 = 239;

/// Somebody's device tells where they are twice a second, the pilot's station where the sticks are ten times.
const SUBJECT_EVERY_TICKS: u64 = TICKS_PER_S / 2;
const STICKS_EVERY_TICKS: u64 = TICKS_PER_S / 10;
/// The number that makes of a disarming an emergency stop.
const STOPS_IN_THE_AIR: f32 = 21_196.0;

const TERMINATE_SESSION: u8 = 1;
const LIST_DIRECTORY: u8 = 3;
const OPEN_FILE: u8 = 4;
const READ_FILE: u8 = 5;

/// What is sent, each so many ticks after the act. `lasts_ticks` is the time until the pilot commands another way to
/// fly; `stills` counts the stills that this station commands.
pub fn orders(
    act: &Act,
    scenario: &Scenario,
    lasts_ticks: u64,
    keys: &Keys,
    stills: &mut u32,
) -> Vec<(u64, Word)> {
    const NAN: f32 = f32::NAN;
    let command = |id: MavCmd, head: &[f32]| now(words::command(id, padded(head)));
    match act {
        Act::Arms => command(MavCmd::MAV_CMD_COMPONENT_ARM_DISARM, &[1.0]),
        Act::Disarms => command(MavCmd::MAV_CMD_COMPONENT_ARM_DISARM, &[0.0]),
        Act::TakesOff { height_m } => {
            let amsl_m = (scenario.place.alt_m + height_m) as f32;
            let params = [-1.0, 0.0, 0.0, NAN, NAN, NAN, amsl_m];
            now(words::command(MavCmd::MAV_CMD_NAV_TAKEOFF, params))
        }
        Act::Holds => command(MavCmd::MAV_CMD_DO_SET_MODE, &[1.0, 4.0, 3.0]),
        Act::GoesTo { at_m, speed_mps } => {
            let params = [*speed_mps as f32, 1.0, 0.0, NAN];
            now(Word::Place { number: MavCmd::MAV_CMD_DO_REPOSITION, params, at_m: *at_m })
        }
        Act::Orbits { around_m, radius_m, speed_mps } => {
            let params = [*radius_m as f32, *speed_mps as f32, 0.0, NAN];
            now(Word::Place { number: MavCmd::MAV_CMD_DO_ORBIT, params, at_m: *around_m })
        }
        Act::Follows { who } => {
            let mut words = command(MavCmd::MAV_CMD_DO_SET_MODE, &[1.0, 4.0, 8.0]);
            let who = scenario.cast.iter().position(|person| person.name == *who).unwrap_or(0);
            words.extend(repeated(SUBJECT_EVERY_TICKS, lasts_ticks, &Word::Subject { who }));
            words
        }
        Act::Brakes => command(MavCmd::MAV_CMD_DO_PAUSE_CONTINUE, &[]),
        Act::StopsMotors => command(MavCmd::MAV_CMD_COMPONENT_ARM_DISARM, &[0.0, STOPS_IN_THE_AIR]),
        Act::Switches { to } => {
            let main_mode = match to {
                Manual::Stabilise => 7.0,
                Manual::AltitudeHold => 2.0,
                Manual::PositionHold => 3.0,
            };
            command(MavCmd::MAV_CMD_DO_SET_MODE, &[1.0, main_mode])
        }
        Act::Steers { forward, right, up, turn, for_s } => {
            let word = words::sticks(*forward, *right, *up, *turn);
            repeated(STICKS_EVERY_TICKS, Tick::at_s(*for_s).0, &word)
        }
        Act::StartsMission => command(MavCmd::MAV_CMD_MISSION_START, &[]),
        Act::Returns => command(MavCmd::MAV_CMD_NAV_RETURN_TO_LAUNCH, &[]),
        Act::Lands => {
            let params = [0.0, 0.0, 0.0, NAN, NAN, NAN, NAN];
            now(words::command(MavCmd::MAV_CMD_NAV_LAND, params))
        }
        Act::TakesStill => {
            *stills += 1;
            command(MavCmd::MAV_CMD_IMAGE_START_CAPTURE, &[0.0, 0.0, 1.0, *stills as f32])
        }
        Act::StartsRecording => command(MavCmd::MAV_CMD_USER_4, &[1.0]),
        Act::StopsRecording => command(MavCmd::MAV_CMD_USER_4, &[0.0]),
        Act::StartsFilm => command(MavCmd::MAV_CMD_VIDEO_START_CAPTURE, &[]),
        Act::StopsFilm => command(MavCmd::MAV_CMD_VIDEO_STOP_CAPTURE, &[]),
        Act::StartsView => command(MavCmd::MAV_CMD_VIDEO_START_STREAMING, &[]),
        Act::StopsView => command(MavCmd::MAV_CMD_VIDEO_STOP_STREAMING, &[]),
        Act::Grants { category, object, to, for_s } => {
            let [a, b, c] = scope(*category, *object, *to);
            let valid_s = for_s.map_or(0.0, |s| s as f32);
            command(MavCmd::MAV_CMD_USER_1, &[a, b, c, valid_s, PURPOSE_DELIVERY])
        }
        Act::Withdraws { category, object, from } => {
            command(MavCmd::MAV_CMD_USER_2, &scope(*category, *object, *from))
        }
        Act::Requests { category, object, to } => {
            command(MavCmd::MAV_CMD_USER_5, &scope(*category, *object, *to))
        }
        Act::ListsConsent => command(MavCmd::MAV_CMD_USER_3, &[]),
        // 4 in the first parameter: everything, and back to how it left the factory.
        Act::ResetsToFactory => command(MavCmd::MAV_CMD_PREFLIGHT_STORAGE, &[4.0]),
        Act::Unlocks { zone, for_s, is_forged } => {
            let right = keys.unlock_code(*zone);
            let code = if *is_forged { right ^ 1 } else { right };
            let params = [f32::from(*zone), code as f32, *for_s as f32];
            command(MavCmd::MAV_CMD_SPATIAL_USER_1, &params)
        }
        Act::Sets { name, value } => now(words::sets(*name, *value)),
        Act::AsksParameters => now(words::asks_parameters()),
        Act::Registers => now(Word::Account),
        Act::SharesPosition { at_m } => now(Word::Position { at_m: *at_m }),
        Act::AsksLogs => now(words::asks_logs()),
        Act::ReadsLog { object } => now(words::reads_log(*object as u16)),
        Act::ErasesLogs => now(words::erases_logs()),
        Act::SetsUpSigning => now(Word::Key),
        Act::AsksFiles { path } => {
            now(Word::File { operation: LIST_DIRECTORY, size: None, offset: 0, path: path.clone() })
        }
        Act::ReadsFile { path } => reads_file(path),
        Act::Speaks { .. }
        | Act::Walks { .. }
        | Act::WalksPath { .. }
        | Act::Faces { .. }
        | Act::LooksAt { .. }
        | Act::LosesLink { .. }
        | Act::ServerTurns(_)
        | Act::Forges(_)
        | Act::Stranger(_)
        | Act::Telemetry2(_)
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
        | Act::Awaits { .. } => Vec::new(),
    }
}

fn reads_file(path: &str) -> Vec<(u64, Word)> {
    let ask = |operation, size, offset, path: &str| Word::File {
        operation,
        size,
        offset,
        path: path.to_owned(),
    };
    let mut words = vec![(0, ask(OPEN_FILE, None, 0, path))];
    for number in 0..READS {
        let at = u64::from(number + 1) * READ_EVERY_TICKS;
        let offset = number * u32::from(READ_BYTES);
        words.push((at, ask(READ_FILE, Some(READ_BYTES), offset, "")));
    }
    let end = u64::from(READS + 1) * READ_EVERY_TICKS;
    words.push((end, ask(TERMINATE_SESSION, None, 0, "")));
    words
}

/// The same again and again, from now to before so many ticks.
fn repeated(every_ticks: u64, lasts_ticks: u64, word: &Word) -> Vec<(u64, Word)> {
    let moments = (0..lasts_ticks).step_by(every_ticks as usize);
    moments.map(|later| (later, word.clone())).collect()
}

fn now(word: Word) -> Vec<(u64, Word)> {
    vec![(0, word)]
}

fn scope(category: Class, object: u32, recipient: Recipient) -> [f32; 3] {
    let place = Class::ALL.iter().position(|c| *c == category).unwrap_or(Class::ALL.len());
    let recipient = match recipient {
        Recipient::Pilot => 0.0,
        Recipient::Maker => 1.0,
        Recipient::Card => 2.0,
        Recipient::Viewer => 3.0,
    };
    [place as f32, object as f32, recipient]
}

fn padded(head: &[f32]) -> [f32; 7] {
    let mut params = [0.0; 7];
    params[..head.len()].copy_from_slice(head);
    params
}
