//! A story under a seed: its air, what befalls it, and, where the story leaves it open, its airframe.
//!
//! The sensors' biases come with the seed itself. Air and failure have streams of their own, so that a further kind of
//! failure changes nobody's wind.
//!
//! **Never:** draws air that a story may not have.

use super::failures::{FAILURES, Failure, STOPS, even, hundredths};
use evidence::Scenario;
use evidence::scenario::{Gust, Shear, Weather};
use flight::chance::{Seed, Stream};

/// Of a hundred flights, something befalls so many.
const FAILING_PCT: f64 = 60.0;
/// Of a hundred others with four rotors, so many lose one.
const LOSING_PCT: f64 = 40.0;

/// Names of airframes and how many rotors each has, of which a flight without a story takes one.
pub type Hangar = Vec<(String, usize)>;

/// The story as a seed has it, and what befalls it.
pub fn draw(template: &Scenario, hangar: &Hangar, seed: u64) -> (Scenario, &'static str) {
    let mut scenario = template.clone();
    scenario.seed = seed;
    let campaign = Seed::master(seed).fork("campaign");
    let (airframe, rotors) = &hangar[campaign.fork("airframe").stream().below(hangar.len())];
    scenario.airframe.clone_from(airframe);
    scenario.weather = weather(&mut campaign.fork("weather").stream(), scenario.length_s);
    let dice = &mut campaign.fork("failure").stream();
    if dice.unit() * 100.0 >= FAILING_PCT {
        // Drawn from a stream of its own, so that nobody else's failure changes.
        let dice = &mut campaign.fork("one of four").stream();
        if *rotors != 4 || dice.unit() * 100.0 >= LOSING_PCT {
            return (scenario, NOTHING);
        }
        STOPS.befall(&mut scenario, *rotors, dice);
        return (scenario, STOPS.name);
    }
    let may: Vec<&Failure> = FAILURES.iter().filter(|f| f.rotors_min <= *rotors).collect();
    let failure = may[dice.below(may.len())];
    failure.befall(&mut scenario, *rotors, dice);
    (scenario, failure.name)
}

/// What befalls a flight that nothing befalls.
pub const NOTHING: &str = "nothing";

fn weather(dice: &mut Stream, length_s: f64) -> Weather {
    let (east, north) = direction(dice);
    let wind_mps = even(dice, 0.0, 10.0);
    let gust = |dice: &mut Stream| {
        let (east, north) = direction(dice);
        let peak_mps = even(dice, 0.0, 5.0);
        Gust {
            at_s: even(dice, 5.0, length_s - 10.0),
            for_s: even(dice, 1.0, 8.0),
            peak_mps: (
                hundredths(east * peak_mps),
                hundredths(north * peak_mps),
                even(dice, -1.5, 1.5),
            ),
        }
    };
    let shear = match dice.below(3) {
        0 => Shear::Uniform,
        1 => Shear::Log { roughness_m: 0.03 },
        _ => Shear::Power { exponent: 0.14 },
    };
    Weather {
        wind_mps: (hundredths(east * wind_mps), hundredths(north * wind_mps)),
        gust_mps: even(dice, 0.0, 1.0),
        shear,
        turbulence_w20_mps: even(dice, 0.0, 10.0),
        gusts: (0..dice.below(3)).map(|_| gust(dice)).collect(),
        temperature_degc: Some(even(dice, -10.0, 35.0)),
    }
}

/// A direction over the ground, all alike, by throwing away what falls outside the circle.
fn direction(dice: &mut Stream) -> (f64, f64) {
    loop {
        let (east, north) = (dice.between(-1.0, 1.0), dice.between(-1.0, 1.0));
        let square = east * east + north * north;
        if (0.01..=1.0).contains(&square) {
            let length = square.sqrt();
            return (east / length, north / length);
        }
    }
}
