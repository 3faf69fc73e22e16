//! The values in an act, each for itself: within ranges, and of people, voices and objects that there may be.
//!
//! **Never:** looks at what came before.

use super::{Fault, at_most, fault, mission, one_of, printable, recall, sensors, within};
use crate::scenario::{Act, Client, Gaze};
use crate::{Assets, Class, Recipient};

/// Corners of a path.
const CORNERS_MAX: usize = 64;

/// The first value that is wrong.
pub(super) fn check(path: &str, act: &Act, length_s: f64, assets: &Assets) -> Result<(), Fault> {
    let sub = |key: &str| format!("{path}.{key}");
    let spot = |key: &str, (east, north): (f64, f64)| {
        within(&sub(&format!("{key}[0]")), east, -2000.0..=2000.0, "metres east of the start")?;
        within(&sub(&format!("{key}[1]")), north, -2000.0..=2000.0, "metres north of the start")
    };
    match act {
        Act::Arms
        | Act::Disarms
        | Act::Holds
        | Act::StartsMission
        | Act::Returns
        | Act::Lands
        | Act::Brakes
        | Act::StopsMotors
        | Act::Follows { .. }
        | Act::Switches { .. }
        | Act::TakesStill
        | Act::StartsRecording
        | Act::StopsRecording
        | Act::StartsFilm
        | Act::StopsFilm
        | Act::StartsView
        | Act::StopsView
        | Act::Registers
        | Act::AsksLogs
        | Act::AsksParameters
        | Act::ListsConsent
        | Act::ErasesLogs
        | Act::ResetsToFactory
        | Act::SetsUpSigning
        | Act::CardTurns(_)
        | Act::ReceiverTurns(_)
        | Act::ServerTurns(_) => Ok(()),
        Act::TakesOff { height_m } => {
            within(&sub("height_m"), *height_m, 1.0..=120.0, "metres above the start")
        }
        Act::GoesTo { at_m, speed_mps } => {
            mission::place(&sub("at_m"), *at_m)?;
            within(&sub("speed_mps"), *speed_mps, 0.5..=10.0, "metres per second")
        }
        Act::Orbits { around_m, radius_m, speed_mps } => {
            mission::place(&sub("around_m"), *around_m)?;
            radius(&sub("radius_m"), *radius_m)?;
            within(&sub("speed_mps"), *speed_mps, 0.5..=10.0, "metres per second")
        }
        Act::Steers { forward, right, up, turn, for_s } => {
            for (key, stick) in [("forward", forward), ("right", right), ("up", up), ("turn", turn)]
            {
                within(&sub(key), *stick, -1.0..=1.0, "as a part of the stick's way")?;
            }
            within(&sub("for_s"), *for_s, 0.1..=60.0, "seconds")
        }
        Act::Speaks { voice, level_db, .. } => {
            one_of(&sub("voice"), "voice", voice, &assets.voices)?;
            within(&sub("level_db"), *level_db, 0.0..=140.0, "dB at one metre")
        }
        Act::Walks { to_m, speed_mps, .. } => {
            spot("to_m", *to_m)?;
            within(&sub("speed_mps"), *speed_mps, 0.1..=10.0, "metres per second")
        }
        Act::WalksPath { through_m, speed_mps, .. } => {
            if through_m.is_empty() {
                let hint = "give at least the place where the walk ends: `through_m: [(1.0, 2.0)]`";
                return fault(&sub("through_m"), "this path leads nowhere", hint);
            }
            at_most(&sub("through_m"), through_m.len(), CORNERS_MAX)?;
            for (i, corner) in through_m.iter().enumerate() {
                spot(&format!("through_m[{i}]"), *corner)?;
            }
            within(&sub("speed_mps"), *speed_mps, 0.1..=10.0, "metres per second")
        }
        Act::LooksAt { what, .. } => match what {
            Gaze::Drone | Gaze::Person(_) => Ok(()),
            Gaze::Place(east, north) => spot("what", (*east, *north)),
        },
        Act::Faces { heading_deg, .. } => {
            let unit = "degrees clockwise from north";
            within(&sub("heading_deg"), *heading_deg, -360.0..=360.0, unit)
        }
        Act::Grants { category, object, to, for_s } => {
            parcel(path, *category, *object, *to, "to")?;
            for_s.map_or(Ok(()), |s| whole_seconds(&sub("for_s"), s))
        }
        Act::Withdraws { category, object, from } => {
            parcel(path, *category, *object, *from, "from")
        }
        Act::Requests { category, object, to } => {
            parcel(path, *category, *object, *to, "to")?;
            if *category != Class::Face && *category != Class::Position {
                return Ok(());
            }
            let what = match category {
                Class::Face => "a face is not an object that can be sent",
                _ => "a place is not an object that can be sent",
            };
            let hint = "ask for the `Imagery` it is in, for `FlightLog` or for `Audio`";
            fault(&sub("category"), what, hint)
        }
        Act::LosesLink { for_s } | Act::JamsGnss { for_s } => {
            within(&sub("for_s"), *for_s, 0.1..=length_s, "seconds, within the flight")
        }
        Act::SpoofsGnss { jump_m, walk_mps, for_s } => {
            sensors::spoofs(path, *jump_m, *walk_mps, *for_s, length_s)
        }
        Act::SensorFails { sensor, mode, for_s } => {
            sensors::fails(path, *sensor, mode, *for_s, length_s)
        }
        Act::Sets { value, .. } => {
            within(&sub("value"), f64::from(*value), -1000.0..=1000.0, "as a whole number")
        }
        Act::SharesPosition { at_m } => spot("at_m", *at_m),
        Act::AsksFiles { path: file } | Act::ReadsFile { path: file } => {
            printable(&sub("path"), file, 200)
        }
        Act::ReadsLog { object } => number(&sub("object"), *object),
        Act::Unlocks { zone, for_s, .. } => {
            number(&sub("zone"), u32::from(*zone))?;
            whole_seconds(&sub("for_s"), *for_s)
        }
        Act::Reboots { off_s } | Act::Updates { off_s } | Act::CutsPower { off_s, .. } => {
            within(&sub("off_s"), *off_s, 1.0..=600.0, "seconds")
        }
        // An airframe has eight at most; whether this one has so many is known when it flies.
        Act::MotorFails { rotor } => {
            within(&sub("rotor"), f64::from(*rotor), 1.0..=8.0, "as the number of a rotor")
        }
        Act::RotorWeakens { rotor, share } => {
            within(&sub("rotor"), f64::from(*rotor), 1.0..=8.0, "as the number of a rotor")?;
            within(&sub("share"), *share, 0.0..=1.0, "as the part of its lift that is left")
        }
        Act::FindersTurn { recall: chance } => recall(&sub("recall"), *chance),
        Act::Awaits { client: Client::System(0 | 1), .. } => {
            let hint = "name a ground station, 2 to 255, or `Any`";
            fault(&sub("client"), "0 is everybody, and 1 is the vehicle itself", hint)
        }
        Act::Awaits { until_s, .. } => {
            within(&sub("until_s"), *until_s, 0.0..=length_s, "seconds from power-on")
        }
        Act::Forges(act) | Act::Stranger(act) => {
            if !is_a_command(act) {
                let hint = "put a command in it, as in `Stranger(AsksLogs)`";
                return fault(path, "this is nothing that somebody else could send", hint);
            }
            check(path, act, length_s, assets)
        }
        Act::Telemetry2(act) => {
            if !act.is_written_alike() {
                let hint = "let the pilot do it by the radio, or ask for something, as `Telemetry2(AsksLogs)`";
                return fault(path, "no script writes this in another autopilot's ways", hint);
            }
            check(path, act, length_s, assets)
        }
    }
}

/// Whether a ground station sends it; not that somebody else does so in its place.
pub(super) fn is_a_command(act: &Act) -> bool {
    !matches!(act, Act::Forges(_) | Act::Stranger(_) | Act::Telemetry2(_)) && act.is_said()
}

/// A circle that can be flown, either way round.
pub(super) fn radius(path: &str, radius_m: f64) -> Result<(), Fault> {
    if (3.0..=100.0).contains(&radius_m.abs()) {
        return Ok(());
    }
    let what = format!("a circle of {radius_m} m cannot be flown");
    fault(path, &what, "give 3 to 100 metres; less than nothing is counter-clockwise from above")
}

/// A category, an object and a recipient must make sense together.
fn parcel(
    path: &str,
    category: Class,
    object: u32,
    recipient: Recipient,
    recipient_key: &str,
) -> Result<(), Fault> {
    match category {
        Class::Audio | Class::Face | Class::Imagery | Class::FlightLog | Class::Position => {}
        Class::Device | Class::Account | Class::Surroundings | Class::Key | Class::Public => {
            let what = format!("{category} has no objects that consent could be given for");
            let hint = "use `FlightLog`, `Imagery`, `Position`, `Audio` or `Face`";
            return fault(&format!("{path}.category"), &what, hint);
        }
    }
    let key = format!("{path}.{recipient_key}");
    match recipient {
        Recipient::Pilot | Recipient::Maker => number(&format!("{path}.object"), object),
        Recipient::Card => {
            let hint = "name `Pilot` or `Maker`; the card takes what the pilot commands to capture";
            fault(&key, "the card is not a recipient", hint)
        }
        Recipient::Viewer => {
            let hint = "name `Pilot` or `Maker`; the screen shows what `StartsView` commands";
            fault(&key, "the pilot's screen is not a recipient", hint)
        }
    }
}

fn number(path: &str, number: u32) -> Result<(), Fault> {
    if (1..=65_535).contains(&number) {
        return Ok(());
    }
    let key = path.rsplit('.').next().unwrap_or(path);
    let hint = "logs, pictures, recordings and zones are numbered from 1";
    fault(path, &format!("there is no {key} {number}"), hint)
}

/// The command carries whole seconds, so that both sides agree on the last tick.
fn whole_seconds(path: &str, seconds: f64) -> Result<(), Fault> {
    within(path, seconds, 1.0..=86_400.0, "seconds")?;
    if seconds.fract() == 0.0 {
        return Ok(());
    }
    fault(path, &format!("a grant cannot last {seconds} s"), "give whole seconds")
}
