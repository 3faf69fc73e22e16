//! What may befall a flight of a campaign, as a list: a new failure is a new entry, and nothing else.
//!
//! **Never:** draws from another stream than the one it is given.

use evidence::Scenario;
use evidence::scenario::{Act, Beat, Failure as Breaks, Sensor};
use flight::chance::Stream;

/// One kind of failure.
pub struct Failure {
    /// What it is called in the table.
    pub name: &'static str,
    /// Fewest rotors of an airframe that it is drawn for.
    pub rotors_min: usize,
    draw: fn(&mut Stream, usize) -> Drawn,
}

/// What is drawn: a beat somewhere in the flight, or a battery that is low from the start.
enum Drawn {
    Beat(Act),
    Battery { pct: f64 },
}

/// A motor stops. For four rotors it is drawn apart: see `draw`.
pub const STOPS: Failure = Failure {
    name: "a motor stops",
    rotors_min: 4,
    draw: |dice, rotors| Drawn::Beat(Act::MotorFails { rotor: any(dice, rotors) }),
};

/// Every kind. What no airframe with so few rotors could bear is not drawn for it.
pub const FAILURES: &[Failure] = &[
    Failure { name: STOPS.name, rotors_min: 6, draw: STOPS.draw },
    Failure {
        name: "a rotor weakens",
        rotors_min: 4,
        draw: |dice, rotors| {
            let (rotor, share) = (any(dice, rotors), even(dice, 0.6, 0.95));
            Drawn::Beat(Act::RotorWeakens { rotor, share })
        },
    },
    Failure {
        name: "satellites are jammed",
        rotors_min: 0,
        draw: |dice, _| Drawn::Beat(Act::JamsGnss { for_s: even(dice, 2.0, 10.0) }),
    },
    Failure {
        name: "satellites lie",
        rotors_min: 0,
        draw: |dice, _| {
            let jump_m = (even(dice, -60.0, 60.0), even(dice, -60.0, 60.0), 0.0);
            let walk_mps = (even(dice, -1.0, 1.0), even(dice, -1.0, 1.0), 0.0);
            Drawn::Beat(Act::SpoofsGnss { jump_m, walk_mps, for_s: even(dice, 2.0, 30.0) })
        },
    },
    Failure { name: "a sensor fails", rotors_min: 0, draw: |dice, _| Drawn::Beat(sensor(dice)) },
    Failure {
        name: "the link is lost",
        rotors_min: 0,
        draw: |dice, _| Drawn::Beat(Act::LosesLink { for_s: even(dice, 3.0, 60.0) }),
    },
    Failure {
        name: "the battery is low",
        rotors_min: 0,
        draw: |dice, _| Drawn::Battery { pct: even(dice, 25.5, 30.0) },
    },
];

/// A pause between the pilot's words that is shorter than this is left alone.
const PAUSE_S_MIN: f64 = 5.0;

impl Failure {
    /// Puts the failure into a story, at a moment in the air.
    pub fn befall(&self, scenario: &mut Scenario, rotors: usize, dice: &mut Stream) {
        match (self.draw)(dice, rotors) {
            Drawn::Battery { pct } => scenario.battery_pct = pct,
            Drawn::Beat(act) => {
                let Some((begins_s, ends_s)) = pause(scenario, dice) else { return };
                let at_s = even(dice, begins_s, ends_s - 3.0);
                // The pilot says nothing over a dead link: it lives again before the next word.
                let does = match act {
                    Act::LosesLink { for_s } => {
                        Act::LosesLink { for_s: for_s.min(hundredths(ends_s - at_s - 1.0)) }
                    }
                    act => act,
                };
                scenario.beats.push(Beat { at_s, does });
                scenario.beats.sort_by(|a, b| a.at_s.total_cmp(&b.at_s));
            }
        }
    }
}

/// From 2 s after one beat to the next, or to the end: one of those from the first that takes it off the ground.
fn pause(scenario: &Scenario, dice: &mut Stream) -> Option<(f64, f64)> {
    let rises = |beat: &Beat| matches!(beat.does, Act::TakesOff { .. } | Act::StartsMission);
    let first = scenario.beats.iter().position(rises)?;
    let begins = scenario.beats[first..].iter().map(|beat| beat.at_s);
    let ends = begins.clone().skip(1).chain([scenario.length_s]);
    let pauses = begins.zip(ends).map(|(begins_s, ends_s)| (begins_s + 2.0, ends_s));
    let pauses: Vec<_> = pauses.filter(|(begins, ends)| ends - begins > PAUSE_S_MIN).collect();
    (!pauses.is_empty()).then(|| pauses[dice.below(pauses.len())])
}

/// One of the sensors that a vehicle with one of each can do without; nobody flies without a gyroscope.
fn sensor(dice: &mut Stream) -> Act {
    const SENSORS: [Sensor; 7] = [
        Sensor::Accelerometer,
        Sensor::Gnss,
        Sensor::Barometer,
        Sensor::Magnetometer,
        Sensor::Rangefinder,
        Sensor::BatteryMonitor,
        Sensor::EscTelemetry,
    ];
    let sensor = SENSORS[dice.below(SENSORS.len())];
    let mode = match dice.below(3) {
        0 => Breaks::Stuck,
        1 => Breaks::Dead,
        _ => Breaks::Intermittent { works_s: even(dice, 0.5, 3.0), dead_s: even(dice, 0.2, 2.0) },
    };
    let lasts = dice.below(2) == 0;
    Act::SensorFails { sensor, mode, for_s: (!lasts).then(|| even(dice, 2.0, 30.0)) }
}

fn any(dice: &mut Stream, rotors: usize) -> u8 {
    dice.below(rotors.max(1)) as u8 + 1
}

/// Even between two numbers, in hundredths: a kept story is read by people.
pub fn even(dice: &mut Stream, low: f64, high: f64) -> f64 {
    hundredths(dice.between(low, high))
}

/// A number cut to hundredths.
pub fn hundredths(value: f64) -> f64 {
    (value * 100.0).floor() / 100.0
}
