//! What physics forces: failures and winds that no firmware could bring an airframe home from.
//!
//! **Never:** asks how the vehicle flew; excuses a crash by what might have been.

use evidence::Scenario;
use evidence::scenario::Act;
use flight::airframe::Airframe;
use flight::body::GRAVITY_MPS2;

/// A rotor in hover must have so much lift in hand to steer with.
const IN_HAND: f64 = 1.1;
/// Where the gyroscopes that drones fly with end: 2000°/s.
const GYROSCOPE_RADPS: f64 = 34.9;

/// Why a crash was bound to come, if it was.
pub fn forced(scenario: &Scenario, airframe: &Airframe) -> Option<String> {
    stopped(scenario, airframe)
        .or_else(|| weak(scenario, airframe))
        .or_else(|| blown(scenario, airframe))
}

/// Four rotors that turn hold an attitude. Three of a quadrotor's hold the thrust axis while it spins, if the two beside
/// the lost one carry the weight and the air holds the spin where a gyroscope still follows (Mueller and D'Andrea, ICRA
/// 2014). Fewer hold nothing here.
fn stopped(scenario: &Scenario, airframe: &Airframe) -> Option<String> {
    let mut stopped: Vec<u8> = acts(scenario)
        .filter_map(|act| match act {
            Act::MotorFails { rotor } => Some(*rotor),
            _ => None,
        })
        .collect();
    stopped.sort_unstable();
    stopped.dedup();
    let rotors = airframe.rotors.len();
    let left = rotors - stopped.len().min(rotors);
    match (rotors, left) {
        _ if stopped.is_empty() || left >= 4 => None,
        (4, 3) => two_carry(airframe),
        (4, _) => Some(format!("{left} rotors turn, and three must")),
        _ => Some(format!("{left} rotors turn, and four must")),
    }
}

/// Why two rotors of four cannot carry it, if they cannot.
fn two_carry(airframe: &Airframe) -> Option<String> {
    let weight_n = airframe.mass_kg * GRAVITY_MPS2;
    let full = airframe.rotor_radps_max;
    let carried = 2.0 * airframe.thrust_coefficient_ns2 * full * full / weight_n;
    if carried < IN_HAND {
        return Some(format!(
            "two rotors lift {carried:.2} of the weight, and hover takes {IN_HAND}"
        ));
    }
    let spin_radps = spin_radps(airframe);
    (spin_radps > GYROSCOPE_RADPS)
        .then(|| format!("it would spin at {spin_radps:.0} rad/s, and a gyroscope ends at 35"))
}

/// Where the drag of two hubs through the air holds against the drag torque of the two rotors that carry it.
fn spin_radps(airframe: &Airframe) -> f64 {
    let weight_n = airframe.mass_kg * GRAVITY_MPS2;
    let torque_m = airframe.torque_coefficient_nms2 / airframe.thrust_coefficient_ns2;
    let radps = (0.5 * weight_n / airframe.thrust_coefficient_ns2).sqrt();
    let arms_m2 = airframe.rotors.iter().map(|hub| hub.place().truncate().length_squared());
    let arm_m2 = arms_m2.sum::<f64>() / airframe.rotors.len() as f64;
    torque_m * weight_n / (2.0 * airframe.rotor_drag_ns2pm * radps * arm_m2)
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
