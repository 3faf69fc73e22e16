//! A quadrotor without one of its rotors: its heading is given up, its thrust axis is held, and it comes down upright.
//!
//! The two rotors beside the lost one carry the weight. Their drag spins the body up until the air holds against it, and
//! there it hovers (Mueller and D'Andrea, "Stability and control of a quadrocopter despite the complete loss of one, two,
//! or three propellers", ICRA 2014). The two push against each other about one axis of the body; about the other, only
//! the rotor opposite the lost one pushes, and it cannot pull. What it cannot do, the spin does: it brings every lean round
//! to the axis of the two. How fast depends on the momentum of body and rotors together, which cancel on the way up; so
//! the gains come from a model of both, anew each tick.
//!
//! Directions are counted as if the spin were to the right; a body that spins to the left is seen in a mirror.
//!
//! **Never:** asks the lost rotor for anything; asks another for less than its idle or more than its fastest.

pub mod fit;
pub mod gains;

pub use fit::Unfit;

use super::estimate::GRAVITY_MPS2;
use crate::senses::{AirframeSetup, ROTORS_MAX, TICK_S, Thrust};
use gains::{Gains, Model};
use glam::{DQuat, DVec3};

/// Slowest that a rotor turns as part of the fastest: the one opposite pushes only where it must not.
pub(crate) const IDLE_PART: f64 = 0.05;
/// A lean is not taken for more than this, radians: farther off it is turned back no faster.
pub(crate) const LEAN_MAX_RAD: f64 = 1.2;
/// How fast a lean that lasts is aimed against, 1/s, and by how much at most, as a sine.
pub(crate) const LASTING_PER_S: f64 = 0.5;
pub(crate) const LASTING_MAX: f64 = 0.5;
/// Leaning farther than this cosine (45°), it is about to get up again, and nothing lasts.
const UPRIGHT_COS: f64 = 0.707;
/// Where spin or wobble are slower than this, what the idle rotor's push comes to is not reckoned with, rad/s.
const SLOW_RADPS: f64 = 2.0;

/// Four rotors, and what is known of the body that they carry.
pub struct Crippled {
    hubs_frd_m: [DVec3; 4],
    yaw_signs: [f64; 4],
    /// About the axes across, and about the thrust axis, kg m².
    inertia_kgm2: (f64, f64),
    rotor_inertia_kgm2: f64,
    newtons_per_speed2: f64,
    forces_n: (f64, f64),
    follows: f64,
    gains: Gains,
    without: Option<Without>,
}

/// Which rotor is lost, and what follows from that.
struct Without {
    lost: usize,
    opposite: usize,
    beside: [usize; 2],
    /// 1 where it spins to the right, −1 where to the left.
    sense: f64,
    /// Axis of the torque of the two beside it, and of the one opposite.
    axes_frd: (DVec3, DVec3),
    /// Arm of the one opposite.
    arm_m: f64,
    /// How fast each rotor should turn now.
    speeds_radps: [f64; 4],
    /// What is asked beyond the aim, because the wind leans it the other way.
    lasting_ned: DVec3,
}

/// What it is to do.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Aim {
    /// Where the thrust axis should point.
    pub up_ned: DVec3,
    /// Lift along it, newtons.
    pub lift_n: f64,
}

impl Crippled {
    /// For an airframe with all its rotors, or why it could not do without one.
    pub fn of(airframe: &AirframeSetup) -> Result<Self, Unfit> {
        fit::judge(airframe)?;
        let mut hubs_frd_m = [DVec3::ZERO; 4];
        let mut yaw_signs = [0.0; 4];
        for (i, rotor) in airframe.rotors.iter().take(4).enumerate() {
            (hubs_frd_m[i], yaw_signs[i]) = (rotor.hub_frd_m.with_z(0.0), rotor.yaw_sign);
        }
        let k = airframe.thrust_coefficient;
        let (full, inertia) = (airframe.rotor_radps_max, airframe.inertia_kgm2);
        let idle = IDLE_PART * full;
        let across = 0.5 * (inertia.x + inertia.y);
        let follows = 1.0 - libm::exp(-TICK_S / airframe.motor_s.max(TICK_S));
        // Before it spins, the two that carry the weight have a momentum already.
        let carrying = libm::sqrt(0.5 * airframe.mass_kg * GRAVITY_MPS2 / k);
        let wobble_radps = -2.0 * airframe.rotor_inertia_kgm2 * carrying / across;
        Ok(Self {
            hubs_frd_m,
            yaw_signs,
            inertia_kgm2: (across, inertia.z),
            rotor_inertia_kgm2: airframe.rotor_inertia_kgm2,
            newtons_per_speed2: k,
            forces_n: (k * idle * idle, k * full * full),
            follows,
            gains: Gains::lasting(&Model { spin_radps: 0.0, wobble_radps, follows }),
            without: None,
        })
    }

    /// Goes on without this rotor; the others turn as told.
    pub fn lose(&mut self, lost: usize, told_radps: &[f64; ROTORS_MAX]) {
        let hubs = &self.hubs_frd_m;
        let facing = |i: &usize| hubs[*i].dot(hubs[lost]);
        let others = || (0..4).filter(|i| *i != lost);
        let Some(opposite) = others().min_by(|a, b| facing(a).total_cmp(&facing(b))) else {
            return;
        };
        let mut beside = [lost; 2];
        for (place, i) in beside.iter_mut().zip(others().filter(|i| *i != opposite)) {
            *place = i;
        }
        let sense = self.yaw_signs[beside[0]].signum();
        let arm_m = hubs[opposite].length();
        let of_opposite = torque(hubs[opposite]) * (sense / arm_m);
        let mut speeds_radps = [0.0; 4];
        for i in others() {
            speeds_radps[i] = told_radps[i];
        }
        let axes_frd = (of_opposite.cross(DVec3::Z), of_opposite);
        self.without = Some(Without {
            lost,
            opposite,
            beside,
            sense,
            axes_frd,
            arm_m,
            speeds_radps,
            lasting_ned: DVec3::ZERO,
        });
    }

    /// All rotors are there again, or none is needed.
    pub fn rest(&mut self) {
        self.without = None;
    }

    /// Whether a rotor is lost.
    pub fn is_without(&self) -> bool {
        self.without.is_some()
    }

    /// Reckons with what the rotors were told, whoever told them.
    pub fn follow(&mut self, thrust: &Thrust) {
        if let Some(without) = &mut self.without {
            let lost = without.lost;
            for (i, speed) in without.speeds_radps.iter_mut().enumerate() {
                let told = if i == lost { 0.0 } else { thrust.rotor_radps[i] };
                *speed += self.follows * (told - *speed);
            }
        }
    }

    /// Rotor speeds for now; none where no rotor is lost.
    pub fn step(
        &mut self,
        aim: &Aim,
        ned_from_frd: DQuat,
        rates_frd_radps: DVec3,
    ) -> Option<Thrust> {
        let without = self.without.as_mut()?;
        let wanted_ned = without.beyond(aim.up_ned, ned_from_frd * DVec3::NEG_Z);
        let without = self.without.as_ref()?;
        let model = self.model(without, rates_frd_radps);
        self.gains.step(&model);
        let up_frd = ned_from_frd.conjugate() * wanted_ned;
        let lean = lean(up_frd);
        let (first, second) = without.axes_frd;
        let sense = without.sense;
        // In a mirror what points somewhere is turned about, and what turns is not; so for the two axes.
        let lean = [sense * first.dot(lean), second.dot(lean)];
        let turns = [first.dot(rates_frd_radps), sense * second.dot(rates_frd_radps)];
        let pushes = self.pushes(without);
        let (idle_n, _) = self.forces_n;
        let (across, _) = self.inertia_kgm2;
        let idle = idle_n * without.arm_m / across;

        // The idle rotor pushes on and on, and the body turns and leans a little so that the spin takes it up.
        let slow2 = SLOW_RADPS * SLOW_RADPS;
        let (spin, wobble) = (model.spin_radps, model.wobble_radps);
        let turn = -idle * wobble / (wobble * wobble + slow2);
        let leans = -turn * spin / (spin * spin + slow2);
        let state =
            [lean[0] - leans, lean[1], turns[0] - turn, turns[1], pushes[0], pushes[1] - idle];
        let asked = self.gains.pushes(&state);
        Some(self.share(without, aim.lift_n, [asked[0], asked[1] + idle]))
    }

    fn model(&self, without: &Without, rates_frd_radps: DVec3) -> Model {
        let (across, along) = self.inertia_kgm2;
        let turning = self.yaw_signs.iter().zip(&without.speeds_radps);
        // A rotor turns against the drag torque that it gives the body.
        let momentum = -self.rotor_inertia_kgm2 * turning.map(|(sign, w)| sign * w).sum::<f64>();
        let spin_radps = without.sense * rates_frd_radps.z;
        let wobble_radps = ((along - across) * spin_radps + without.sense * momentum) / across;
        Model { spin_radps, wobble_radps, follows: self.follows }
    }

    /// What the rotors push now, as angular accelerations.
    fn pushes(&self, without: &Without) -> [f64; 2] {
        let mut sum = DVec3::ZERO;
        for (hub, speed) in self.hubs_frd_m.iter().zip(without.speeds_radps) {
            sum += torque(*hub) * (self.newtons_per_speed2 * speed * speed);
        }
        let (first, second) = without.axes_frd;
        let (across, _) = self.inertia_kgm2;
        [first.dot(sum) / across, without.sense * second.dot(sum) / across]
    }

    /// Each rotor's part in lift and pushes: steering comes before lift.
    fn share(&self, without: &Without, lift_n: f64, pushes: [f64; 2]) -> Thrust {
        let (least, most) = self.forces_n;
        let (across, _) = self.inertia_kgm2;
        let opposite_n = (pushes[1] * across / without.arm_m).clamp(least, most);
        let (first, _) = without.axes_frd;
        let [one, other] = without.beside;
        let arms_m = [one, other].map(|i| first.dot(torque(self.hubs_frd_m[i])));
        let both_n = lift_n - opposite_n;
        let apart_nm = pushes[0] * across - 0.5 * (arms_m[0] + arms_m[1]) * both_n;
        let room_n = most - least;
        let half_n = (apart_nm / (arms_m[0] - arms_m[1])).clamp(-0.5 * room_n, 0.5 * room_n);
        let middle_n = (0.5 * both_n).min(most - half_n.abs()).max(least + half_n.abs());

        let mut thrust = Thrust::default();
        for (i, force_n) in
            [(without.opposite, opposite_n), (one, middle_n + half_n), (other, middle_n - half_n)]
        {
            thrust.rotor_radps[i] = libm::sqrt(force_n / self.newtons_per_speed2);
        }
        thrust
    }
}

impl Without {
    /// Where to aim so that the thrust axis comes to point along `aim_ned`. A blade that runs against the wind lifts more
    /// than one that runs with it, on the same side for ever.
    fn beyond(&mut self, aim_ned: DVec3, up_ned: DVec3) -> DVec3 {
        if -up_ned.z > UPRIGHT_COS {
            let off = (aim_ned - up_ned).with_z(0.0);
            self.lasting_ned =
                (self.lasting_ned + off * (LASTING_PER_S * TICK_S)).clamp_length_max(LASTING_MAX);
        }
        (aim_ned + self.lasting_ned).normalize()
    }
}

/// Torque of one newton of lift at a hub, N m.
fn torque(hub_frd_m: DVec3) -> DVec3 {
    DVec3::new(-hub_frd_m.y, hub_frd_m.x, 0.0)
}

/// How far, and where to, the wanted up is off the body's own, in the body: an angle along a direction.
fn lean(up_frd: DVec3) -> DVec3 {
    let flat = up_frd.with_z(0.0);
    let sine = flat.length();
    if sine < 1e-9 {
        return flat;
    }
    flat * (libm::atan2(sine, -up_frd.z).min(LEAN_MAX_RAD) / sine)
}
