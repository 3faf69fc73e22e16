//! What physics forces: failures and winds that no firmware could bring an airframe home from.
//!
//! **Never:** asks how the vehicle flew; excuses a crash by what might have been.

use evidence::Scenario;
use evidence::scenario::Act;
use flight::airframe::Airframe;
use flight::body::GRAVITY_MPS2;

/// A rotor in hover must have so much lift in hand to steer with.
const IN_HAND: f64 = 1.1;

/// Why a crash was bound to come, if it was.
pub fn forced(scenario: &Scenario, airframe: &Airframe) -> Option<String> {
    stopped(scenario, airframe)
        .or_else(|| weak(scenario, airframe))
        .or_else(|| blown(scenario, airframe))
}

/// With fewer than four rotors an attitude cannot be held.
fn stopped(scenario: &Scenario, airframe: &Airframe) -> Option<String> {
    let mut stopped: Vec<u8> = acts(scenario)
        .filter_map(|act| match act {
            Act::MotorFails { rotor } => Some(*rotor),
            _ => None,
        })
        .collect();
    stopped.sort_unstable();
    stopped.dedup();
    let left = airframe.rotors.len() - stopped.len().min(airframe.rotors.len());
    (!stopped.is_empty() && left < 4).then(|| format!("{left} rotors turn, and four must"))
}

/// Of four rotors each must lift its corner.
fn weak(scenario: &Scenario, airframe: &Airframe) -> Option<String> {
    if airframe.rotors.len() > 4 {
        return None;
    }
    let (hover, full) = (airframe.hover_radps(), airframe.rotor_radps_max);
    let least = IN_HAND * hover * hover / (full * full);
    let share = acts(scenario).filter_map(|act| match act {
        Act::RotorWeakens { share, .. } => Some(*share),
        _ => None,
    });
    let weakest = share.reduce(f64::min).filter(|share| *share < least)?;
    Some(format!("a rotor gives {weakest} of its lift, and hover takes {least:.2}"))
}

/// Nobody stands against air that moves faster than the airframe can go.
fn blown(scenario: &Scenario, airframe: &Airframe) -> Option<String> {
    let weather = &scenario.weather;
    let (east, north) = weather.wind_mps;
    let peaks = weather.gusts.iter().map(|gust| {
        let (e, n, _) = gust.peak_mps;
        ((east + e) * (east + e) + (north + n) * (north + n)).sqrt()
    });
    let wind_mps = peaks.fold((east * east + north * north).sqrt(), f64::max);
    let reach_mps = reach_mps(airframe);
    (wind_mps > reach_mps).then(|| {
        format!("the air moves at {wind_mps:.1} m/s, the airframe at {reach_mps:.1} at most")
    })
}

/// The fastest it can go through the air and keep its height: all thrust, tilted so far that it still carries the
/// weight, against the drag of hull and rotors.
fn reach_mps(airframe: &Airframe) -> f64 {
    let rotors = airframe.rotors.len() as f64;
    let radps = airframe.rotor_radps_max;
    let thrust_n = rotors * airframe.thrust_coefficient_ns2 * radps * radps;
    let weight_n = airframe.mass_kg * GRAVITY_MPS2;
    let forward_n2 = thrust_n * thrust_n - weight_n * weight_n;
    if forward_n2 <= 0.0 {
        return 0.0;
    }
    let (hull_x, hull_y, _) = airframe.hull_drag_ns2pm2;
    let (hull, rotor) = (hull_x.max(hull_y), rotors * airframe.rotor_drag_ns2pm * radps);
    let forward_n = forward_n2.sqrt();
    if hull <= 0.0 {
        return if rotor > 0.0 { forward_n / rotor } else { f64::INFINITY };
    }
    // hull v² + rotor v = forward.
    ((rotor * rotor + 4.0 * hull * forward_n).sqrt() - rotor) / (2.0 * hull)
}

fn acts(scenario: &Scenario) -> impl Iterator<Item = &Act> {
    scenario.beats.iter().map(|beat| &beat.does)
}
