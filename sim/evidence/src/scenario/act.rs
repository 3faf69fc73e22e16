//! What may happen in a beat: what the pilot commands, what people do, and what befalls the machine.
//!
//! **Never:** says what comes of it.

mod sender;

pub use sender::Sender;

use super::{Card, Failure, Manual, Receiver, Sensor, Server, Setting};
use crate::{Class, Recipient};
use serde::{Deserialize, Serialize};

/// The system of the script's pilot.
pub(crate) const PILOT: u8 = 255;
/// The system of the script's stranger.
pub(crate) const STRANGER: u8 = 254;

/// What happens in a beat. Commands reach the vehicle as MAVLink bytes from the pilot's ground station.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Act {
    /// The pilot arms.
    Arms,
    /// The pilot disarms.
    Disarms,
    /// The pilot commands take-off and hold at a height above the start.
    TakesOff {
        /// Metres above the start.
        height_m: f64,
    },
    /// The pilot switches to hold.
    Holds,
    /// The pilot starts the mission.
    StartsMission,
    /// The pilot commands return to the start and landing.
    Returns,
    /// The pilot commands landing here.
    Lands,
    /// The pilot sends it straight to a place, where it holds.
    GoesTo {
        /// East, north, and height above the start, in metres.
        at_m: (f64, f64, f64),
        /// No faster than this.
        speed_mps: f64,
    },
    /// The pilot has it circle a place, its nose to the centre, until told otherwise.
    Orbits {
        /// The centre: east, north, and height above the start, in metres.
        around_m: (f64, f64, f64),
        /// Clockwise from above if positive.
        radius_m: f64,
        /// Along the circle.
        speed_mps: f64,
    },
    /// The pilot has it follow somebody, whose own device tells it twice a second where they are, until the pilot
    /// commands another way to fly.
    Follows {
        /// A name of the cast.
        who: String,
    },
    /// The pilot has it stop at once and hold.
    Brakes,
    /// The pilot stops the rotors, in the air too.
    StopsMotors,
    /// The pilot takes it in hand.
    Switches {
        /// How the sticks are taken.
        to: Manual,
    },
    /// The pilot holds the sticks so, each from -1 to 1; they are told ten times a second. Then they are let go and
    /// told no more.
    Steers {
        /// Towards the nose.
        #[serde(default)]
        forward: f64,
        /// To the right of it.
        #[serde(default)]
        right: f64,
        /// Up.
        #[serde(default)]
        up: f64,
        /// Nose to the right.
        #[serde(default)]
        turn: f64,
        /// For how long.
        for_s: f64,
    },
    /// The pilot takes a still; stills are numbered from 1.
    TakesStill,
    /// The pilot starts a recording with the external microphone; recordings are numbered from 1.
    StartsRecording,
    /// The pilot stops the recording.
    StopsRecording,
    /// Somebody speaks: plays a voice from where they stand.
    Speaks {
        /// A name of the cast.
        who: String,
        /// Name of a file in `assets/voices`, without its ending.
        voice: String,
        /// Loudness one metre from the mouth, dB SPL.
        level_db: f64,
    },
    /// Somebody walks to a place, in a straight line.
    Walks {
        /// A name of the cast.
        who: String,
        /// East, north, in metres.
        to_m: (f64, f64),
        /// Metres per second.
        speed_mps: f64,
    },
    /// Somebody walks along a path, in a straight line from corner to corner.
    WalksPath {
        /// A name of the cast.
        who: String,
        /// East, north of each corner, in metres; the last one is where the walk ends.
        through_m: Vec<(f64, f64)>,
        /// Metres per second.
        speed_mps: f64,
    },
    /// Somebody turns their face.
    Faces {
        /// A name of the cast.
        who: String,
        /// Degrees clockwise from north.
        heading_deg: f64,
    },
    /// Somebody keeps their face turned to something, wherever either of them goes, until they face or walk elsewhere.
    LooksAt {
        /// A name of the cast.
        who: String,
        /// To what.
        what: Gaze,
    },
    /// The pilot grants that an object may go to a recipient.
    Grants {
        /// `FlightLog`, `Imagery`, or `Position` for what a still says of its place (`Audio` and `Face` are
        /// refused under the sealed law).
        category: Class,
        /// Which log, still or recording.
        object: u32,
        /// To whom.
        to: Recipient,
        /// For how long; until withdrawn if absent.
        #[serde(default)]
        for_s: Option<f64>,
    },
    /// The pilot withdraws such a grant.
    Withdraws {
        /// As granted.
        category: Class,
        /// As granted.
        object: u32,
        /// As granted.
        from: Recipient,
    },
    /// The pilot asks that an object be sent.
    Requests {
        /// `FlightLog` or `Imagery`.
        category: Class,
        /// Which log or still.
        object: u32,
        /// To whom.
        to: Recipient,
    },
    /// The pilot's link is dead for a while: nothing from the ground reaches the vehicle.
    LosesLink {
        /// For how long.
        for_s: f64,
    },
    /// The maker's servers answer otherwise from now on.
    ServerTurns(Server),
    /// The pilot sets a parameter.
    Sets {
        /// Which.
        name: Setting,
        /// 0 or 1; other values are for stories about refusals.
        value: i32,
    },
    /// The pilot starts a film; films and stills are numbered together, from 1.
    StartsFilm,
    /// The pilot stops the film.
    StopsFilm,
    /// The pilot starts the live view.
    StartsView,
    /// The pilot stops the live view.
    StopsView,
    /// The ground station carelessly tells the vehicle the pilot's e-mail and phone.
    Registers,
    /// The ground station tells the vehicle, once, where the pilot stands.
    SharesPosition {
        /// East, north, in metres.
        at_m: (f64, f64),
    },
    /// The ground station asks which logs there are.
    AsksLogs,
    /// The ground station asks which files there are (MAVLink FTP).
    AsksFiles {
        /// Of which folder.
        path: String,
    },
    /// The ground station opens a file and reads it, four times a second (MAVLink FTP).
    ReadsFile {
        /// Which.
        path: String,
    },
    /// The ground station asks for a whole log (MAVLink log protocol).
    ReadsLog {
        /// Which.
        object: u32,
    },
    /// The ground station asks for all parameters.
    AsksParameters,
    /// The pilot asks which grants are in force.
    ListsConsent,
    /// The pilot erases all logs.
    ErasesLogs,
    /// The pilot resets the vehicle to how it left the factory.
    ResetsToFactory,
    /// The pilot hands over a key; from then on the pilot's frames are signed with it.
    SetsUpSigning,
    /// Somebody sends the act in the pilot's name, without a signature.
    Forges(Box<Act>),
    /// Another ground station (system 254) sends the act; its heartbeats go on from then.
    Stranger(Box<Act>),
    /// Whoever says the act says it by the second telemetry port, where there is one; their heartbeats go on there
    /// from then.
    Telemetry2(Box<Act>),
    /// The pilot unlocks a no-fly zone with the authority's code.
    Unlocks {
        /// Number of the zone, from 1.
        zone: u16,
        /// For how long.
        for_s: f64,
        /// Whether the code is made up.
        #[serde(default)]
        is_forged: bool,
    },
    /// Somebody switches the vehicle off and on again.
    Reboots {
        /// How long it stays off.
        off_s: f64,
    },
    /// The same, with newer firmware afterwards.
    Updates {
        /// How long it stays off.
        off_s: f64,
    },
    /// The battery drops out: the write to the card of this tick, or else the next one, is torn, and all is dark.
    CutsPower {
        /// How long it stays off.
        off_s: f64,
        /// How many bytes of that write reach the card.
        kept_bytes: u32,
    },
    /// The removable card takes writes otherwise from now on.
    CardTurns(Card),
    /// A motor stands still from now on.
    MotorFails {
        /// Which rotor, from 1.
        rotor: u8,
    },
    /// A rotor gives only a part of its lift from now on, for the same torque: a chipped or iced blade.
    RotorWeakens {
        /// Which rotor, from 1.
        rotor: u8,
        /// The part that is left, 0 to 1.
        share: f64,
    },
    /// No satellite is heard for a while.
    JamsGnss {
        /// For how long.
        for_s: f64,
    },
    /// Satellites that are not there lead the receiver astray for a while: what it tells jumps, then walks away.
    SpoofsGnss {
        /// East, north, up of the truth from the first moment.
        #[serde(default)]
        jump_m: (f64, f64, f64),
        /// How fast it walks on from there, east, north, up.
        #[serde(default)]
        walk_mps: (f64, f64, f64),
        /// For how long.
        for_s: f64,
    },
    /// The satellite receiver has other corrections from now on.
    ReceiverTurns(Receiver),
    /// A sensor fails. Where failures of one sensor overlap, that which began last counts.
    SensorFails {
        /// Which.
        sensor: Sensor,
        /// How.
        mode: Failure,
        /// For how long; to the end if absent.
        #[serde(default)]
        for_s: Option<f64>,
    },
    /// The vision chip finds more or less often from now on.
    FindersTurn {
        /// Chance that a head or a person in view is found in a frame.
        recall: f64,
    },
    /// In a live flight, all beats after this one wait for somebody. Where nobody is live, nothing waits.
    Awaits {
        /// For whom.
        client: Client,
        /// Whether or not they came by then, the story goes on; from power-on.
        until_s: f64,
    },
}

/// What a face is turned to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Gaze {
    /// The airframe.
    Drone,
    /// A name of the cast.
    Person(String),
    /// East, north, in metres.
    Place(f64, f64),
}

/// Somebody live, known by the heartbeat of their system.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Client {
    /// Whoever comes first.
    Any,
    /// The system of this number.
    System(u8),
}
