//! Free flight: what acts on the machine, added up, and the state moved on.
//!
//! m v̇ = R F − m g z; J ω̇ = M − ω × (J ω + h z) with h the rotors' own angular momentum; classical Runge-Kutta of fourth order
//! on position, velocity, attitude and rates. The motors' lag is no part of that: it has an exact solution, which the
//! stages read at their own times. A motor without lag has its new speed from the first stage on, and gives the body the
//! jump of its angular momentum over the step: J s (m_end − m_start)/h.
//!
//! **Never:** allocates; touches the ground; keeps anything between steps.

use super::machine::Machine;
use super::{ROTORS_MAX, drag, rotor};
use glam::{DMat3, DQuat, DVec3, DVec4};

/// Where a rigid body is and how it moves.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct State {
    /// Centre of mass, world.
    pub position_m: DVec3,
    /// World.
    pub velocity_mps: DVec3,
    /// Turns body into world.
    pub world_from_body: DQuat,
    /// Angular rate, body.
    pub rates_radps: DVec3,
}

/// The rotors of a machine in motion.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spin {
    /// How fast they turn.
    pub radps: [f64; ROTORS_MAX],
    /// The speeds that the motors make for, within their limits.
    pub wanted_radps: [f64; ROTORS_MAX],
    /// What is left of a whole rotor's k_eta m², 0 to 1; nothing else of a rotor weakens.
    pub shares: [f64; ROTORS_MAX],
}

/// The air and the ground about the machine.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Around {
    /// Where the air moves to, world.
    pub wind_mps: DVec3,
    /// Density over that which the coefficients hold in.
    pub density_ratio: f64,
    /// Height of the ground or roof below, where there is any.
    pub floor_m: Option<f64>,
}

/// The length of a step, and what is left of a motor's error after half of it.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    step_s: f64,
    kept_up: f64,
    kept_down: f64,
}

/// How the state changes.
#[derive(Clone, Copy)]
struct Slope {
    velocity_mps: DVec3,
    acceleration_mps2: DVec3,
    turning: DVec4,
    spinning_radps2: DVec3,
}

impl Spin {
    /// All standing still, all whole.
    #[must_use]
    pub fn still() -> Self {
        let (radps, wanted_radps) = ([0.0; ROTORS_MAX], [0.0; ROTORS_MAX]);
        Self { radps, wanted_radps, shares: [1.0; ROTORS_MAX] }
    }

    /// Commands the motors; what is no number is a stop, and the rest is held within the limits.
    pub fn command(&mut self, machine: &Machine, commands: &[f64], ceiling: f64) {
        let (slowest, fastest) = machine.rotor_radps;
        let fastest = fastest * ceiling;
        for (wanted, command) in self.wanted_radps.iter_mut().zip(commands).take(machine.rotors) {
            let command = if command.is_nan() { 0.0 } else { *command };
            *wanted = command.clamp(slowest.min(fastest), fastest);
        }
    }
}

impl Around {
    /// Still air of the reference density, far from any ground.
    #[must_use]
    pub fn nothing() -> Self {
        Self { wind_mps: DVec3::ZERO, density_ratio: 1.0, floor_m: None }
    }
}

impl Pace {
    /// Steps of this length.
    #[must_use]
    pub fn of(machine: &Machine, step_s: f64) -> Self {
        let kept = |time_s: f64| {
            if time_s > 0.0 { libm::exp(-0.5 * step_s / time_s) } else { 0.0 }
        };
        let (up_s, down_s) = machine.motor_s;
        Self { step_s, kept_up: kept(up_s), kept_down: kept(down_s) }
    }
}

/// Moves the state on by one step.
pub fn step(machine: &Machine, state: &mut State, spin: &mut Spin, around: &Around, pace: &Pace) {
    let h = pace.step_s;
    let (mut start, mut middle, mut end) = (*spin, *spin, *spin);
    let mut jump_radps2 = 0.0;
    for i in 0..machine.rotors {
        let (now, wanted) = (spin.radps[i], spin.wanted_radps[i]);
        let kept = if wanted > now { pace.kept_up } else { pace.kept_down };
        if lag_s(machine, now, wanted) <= 0.0 {
            start.radps[i] = wanted;
            jump_radps2 += machine.yaw_signs[i] * (wanted - now) / h;
        }
        middle.radps[i] = wanted + (now - wanted) * kept;
        end.radps[i] = wanted + (now - wanted) * (kept * kept);
    }
    let start_turn = turn(machine, &start, jump_radps2);
    let middle_turn = turn(machine, &middle, jump_radps2);
    let end_turn = turn(machine, &end, jump_radps2);
    let s1 = slope(machine, state, &start, &start_turn, around);
    let s2 = slope(machine, &state.moved(&s1, 0.5 * h), &middle, &middle_turn, around);
    let s3 = slope(machine, &state.moved(&s2, 0.5 * h), &middle, &middle_turn, around);
    let s4 = slope(machine, &state.moved(&s3, h), &end, &end_turn, around);
    let mean = Slope {
        velocity_mps: s1.velocity_mps + 2.0 * (s2.velocity_mps + s3.velocity_mps) + s4.velocity_mps,
        acceleration_mps2: s1.acceleration_mps2
            + 2.0 * (s2.acceleration_mps2 + s3.acceleration_mps2)
            + s4.acceleration_mps2,
        turning: s1.turning + 2.0 * (s2.turning + s3.turning) + s4.turning,
        spinning_radps2: s1.spinning_radps2
            + 2.0 * (s2.spinning_radps2 + s3.spinning_radps2)
            + s4.spinning_radps2,
    };
    *state = state.moved(&mean, h / 6.0);
    state.world_from_body = state.world_from_body.normalize();
    spin.radps = end.radps;
}

/// What the rotors' own inertia does: their angular momentum about z, and the moment of its change on the body.
#[derive(Clone, Copy, Default)]
struct Turn {
    momentum_nms: f64,
    reaction_nm: f64,
}

/// The time constant of a motor on its way.
fn lag_s(machine: &Machine, now: f64, wanted: f64) -> f64 {
    if wanted > now { machine.motor_s.0 } else { machine.motor_s.1 }
}

/// `jump_radps2` is what the motors without lag gain over the step, each with its sign.
fn turn(machine: &Machine, spin: &Spin, jump_radps2: f64) -> Turn {
    let terms = &machine.terms;
    let mut turn = Turn { momentum_nms: 0.0, reaction_nm: jump_radps2 };
    if !terms.spin_up_reaction && !terms.rotor_gyroscope {
        return Turn::default();
    }
    for i in 0..machine.rotors {
        let (now, wanted, sign) = (spin.radps[i], spin.wanted_radps[i], machine.yaw_signs[i]);
        let time_s = lag_s(machine, now, wanted);
        // A rotor turns against the drag torque that it gives the body. A motor without lag has had its reaction: the jump.
        turn.momentum_nms -= sign * now;
        turn.reaction_nm += if time_s > 0.0 { sign * (wanted - now) / time_s } else { 0.0 };
    }
    let inertia = machine.rotor_inertia_kgm2;
    Turn {
        momentum_nms: if terms.rotor_gyroscope { inertia * turn.momentum_nms } else { 0.0 },
        reaction_nm: if terms.spin_up_reaction { inertia * turn.reaction_nm } else { 0.0 },
    }
}

fn slope(machine: &Machine, state: &State, spin: &Spin, turn: &Turn, around: &Around) -> Slope {
    let world_from_body = turned(state.world_from_body);
    let through_mps = world_from_body.transpose() * (state.velocity_mps - around.wind_mps);
    let rates = state.rates_radps;
    let up = world_from_body.z_axis.z;
    let floor_m = around.floor_m.filter(|_| machine.terms.ground_effect && up > 0.0);
    let mut force_n = drag::force_n(machine.hull_drag_ns2pm2, through_mps);
    let mut moment_nm = DVec3::ZERO;
    for i in 0..machine.rotors {
        let place_m = machine.hubs_m[i];
        let hub = rotor::Hub {
            through_mps: through_mps + rates.cross(place_m),
            height_m: floor_m.map(|floor_m| {
                let above_m = world_from_body.x_axis.z * place_m.x
                    + world_from_body.y_axis.z * place_m.y
                    + up * place_m.z;
                state.position_m.z + above_m - floor_m
            }),
            share: spin.shares[i],
        };
        let (pull_n, twist_nm) = rotor::wrench(machine, spin.radps[i], machine.yaw_signs[i], hub);
        force_n += pull_n;
        moment_nm += place_m.cross(pull_n) + twist_nm;
    }
    force_n *= around.density_ratio;
    moment_nm *= around.density_ratio;
    moment_nm.z += turn.reaction_nm;
    let momentum = machine.inertia_kgm2 * rates + DVec3::Z * turn.momentum_nms;
    Slope {
        velocity_mps: state.velocity_mps,
        acceleration_mps2: world_from_body * force_n / machine.mass_kg
            - DVec3::Z * machine.gravity_mps2,
        turning: DVec4::from(state.world_from_body * pure(0.5 * rates)),
        spinning_radps2: (moment_nm - rates.cross(momentum)) / machine.inertia_kgm2,
    }
}

impl State {
    /// The state after so long on a slope; the attitude's length is put right by whoever uses it.
    fn moved(&self, slope: &Slope, for_s: f64) -> Self {
        let attitude = DVec4::from(self.world_from_body) + slope.turning * for_s;
        Self {
            position_m: self.position_m + slope.velocity_mps * for_s,
            velocity_mps: self.velocity_mps + slope.acceleration_mps2 * for_s,
            world_from_body: DQuat::from_vec4(attitude),
            rates_radps: self.rates_radps + slope.spinning_radps2 * for_s,
        }
    }

    /// Whether every number of it is one.
    #[must_use]
    pub fn is_finite(&self) -> bool {
        self.position_m.is_finite()
            && self.velocity_mps.is_finite()
            && self.world_from_body.is_finite()
            && self.rates_radps.is_finite()
    }
}

fn pure(v: DVec3) -> DQuat {
    DQuat::from_xyzw(v.x, v.y, v.z, 0.0)
}

/// The rotation of a quaternion of any length but 0: a stage's quaternion is not quite one long.
fn turned(q: DQuat) -> DMat3 {
    let s = 2.0 / q.length_squared();
    let (x, y, z) = (q.x * s, q.y * s, q.z * s);
    let (xx, xy, xz) = (q.x * x, q.x * y, q.x * z);
    let (yy, yz, zz) = (q.y * y, q.y * z, q.z * z);
    let (wx, wy, wz) = (q.w * x, q.w * y, q.w * z);
    DMat3::from_cols(
        DVec3::new(1.0 - yy - zz, xy + wz, xz - wy),
        DVec3::new(xy - wz, 1.0 - xx - zz, yz + wx),
        DVec3::new(xz + wy, yz - wx, 1.0 - xx - yy),
    )
}
