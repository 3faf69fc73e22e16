//! The airframe in motion: the one owner of its state.
//!
//! Each tick the laws of free flight move the state. Where the airframe may touch something (`clearance`), the rigid-body
//! library is shown the same motion (`contact`), and its answer counts if something was touched: so there is no seam
//! between the two. What stands still is left standing (`rest`); what a touch breaks is written down (`wreck`).
//!
//! **Never:** knows who commands the rotors, or any secret; hands out a number that is none.

mod clearance;
mod contact;
mod motion;
mod rest;
#[cfg(test)]
mod tests;
mod wreck;

pub use motion::{Flow, Kinematics};
pub use wreck::Wreck;

use crate::airframe::{
    Airframe, Around, Machine, Pace, Pack, REFERENCE_DENSITY_KGPM3, Spin, State, free,
};
use crate::land::Land;
use clearance::Clearance;
use contact::{Broken, Contact};
use evidence::TICK_S;
use evidence::scenario::Building;
use glam::{DQuat, DVec3};
use rest::Rest;
use std::sync::Arc;
use vehicle::senses::Thrust;

pub use crate::airframe::GRAVITY_MPS2;

/// A tick is cut into steps in which the airframe turns by no more than this.
const TURN_MAX_RAD: f64 = 0.3;
/// Into so many at most.
const STEPS_MAX: f64 = 8.0;
/// Nearer than so many radii a rotor feels the ground; farther off its lift grows by less than a ten-thousandth.
const GROUND_RADII: f64 = 25.0;

/// The machine, its rotors and battery, and the world that it can touch.
pub struct Body {
    airframe: Airframe,
    machine: Machine,
    pace: Pace,
    spin: Spin,
    has_failed: [bool; crate::airframe::ROTORS_MAX],
    pack: Pack,
    land: Arc<Land>,
    clearance: Clearance,
    contact: Contact,
    rest: Rest,
    kinematics: Kinematics,
    flow: Flow,
    ticks: u64,
    wreck: Option<Wreck>,
}

impl Body {
    /// Puts the airframe on flat ground at the origin, heading north, among buildings in scenario order, its battery full.
    #[must_use]
    pub fn standing(airframe: Airframe, buildings: &[Building]) -> Self {
        Self::on(airframe, Arc::new(Land::flat(buildings, &[])))
    }

    /// The same, anywhere.
    #[must_use]
    pub fn on(airframe: Airframe, land: Arc<Land>) -> Self {
        let start_m = DVec3::new(0.0, 0.0, airframe.standing_height_m());
        let half = core::f64::consts::FRAC_1_SQRT_2;
        let machine = Machine::of(&airframe);
        Self {
            pace: Pace::of(&machine, TICK_S),
            spin: Spin::still(),
            has_failed: [false; _],
            pack: Pack::of(&airframe, 100.0),
            clearance: Clearance::of(&airframe),
            contact: Contact::among(&airframe, &land),
            land,
            rest: Rest::on(airframe.gear_friction),
            kinematics: Kinematics {
                position_m: start_m,
                velocity_mps: DVec3::ZERO,
                world_from_body: DQuat::from_xyzw(0.0, 0.0, half, half),
                rates_flu_radps: DVec3::ZERO,
                specific_force_flu_mps2: DVec3::Z * GRAVITY_MPS2,
            },
            flow: Flow::of(DVec3::ZERO),
            ticks: 0,
            wreck: None,
            machine,
            airframe,
        }
    }

    /// The same with this much of its battery's charge.
    #[must_use]
    pub fn charged(mut self, charge_pct: f64) -> Self {
        self.pack = Pack::of(&self.airframe, charge_pct);
        self
    }

    /// Where it is now.
    #[must_use]
    pub fn kinematics(&self) -> &Kinematics {
        &self.kinematics
    }

    /// The air that it was last in.
    #[must_use]
    pub fn flow(&self) -> &Flow {
        &self.flow
    }

    /// The height of the ground or of the roof below it.
    #[must_use]
    pub fn floor_m(&self) -> f64 {
        self.land.floor_m(self.kinematics.position_m)
    }

    /// How fast the rotors turn.
    #[must_use]
    pub fn rotor_radps(&self) -> &[f64] {
        &self.spin.radps[..self.machine.rotors]
    }

    /// The battery.
    #[must_use]
    pub fn pack(&self) -> &Pack {
        &self.pack
    }

    /// The machine that it is.
    #[must_use]
    pub fn airframe(&self) -> &Airframe {
        &self.airframe
    }

    /// What destroyed it, if anything did.
    #[must_use]
    pub fn wreck(&self) -> Option<&Wreck> {
        self.wreck.as_ref()
    }

    /// A motor, by its place among the rotors, follows no command any more.
    pub fn fail(&mut self, rotor: usize) {
        if let Some(has_failed) = self.has_failed.get_mut(rotor) {
            *has_failed = true;
        }
    }

    /// A rotor gives only this part of its lift, 0 to 1, for the same torque.
    pub fn weaken(&mut self, rotor: usize, share: f64) {
        if let Some(now) = self.spin.shares.get_mut(rotor) {
            *now = if share.is_nan() { 0.0 } else { share.clamp(0.0, 1.0) };
        }
    }

    /// How high the bare ground below it is.
    #[must_use]
    pub fn ground_m(&self) -> f64 {
        self.land.ground_m(self.kinematics.position_m)
    }

    /// Whether it stands on the ground, whole and upright, with its rotors still.
    #[must_use]
    pub fn is_landed_safely(&self) -> bool {
        let k = &self.kinematics;
        let above_m = k.position_m.z - self.ground_m() - self.airframe.standing_height_m();
        let up = k.world_from_body * DVec3::Z;
        above_m < 0.1
            && up.z > 0.9
            && k.velocity_mps.length() < 0.2
            && self.rotor_radps().iter().all(|w| *w < 20.0)
            && self.wreck.is_none()
    }

    /// One tick under a thrust command in moving air.
    pub fn step(&mut self, thrust: &Thrust, flow: &Flow) {
        self.command(thrust);
        self.flow = *flow;
        let around = self.around(flow);
        let before = self.state();
        let mut after = before;
        self.fly(&mut after, &around);
        if let Some(why) = wreck::torn(&after) {
            after = wreck::halted(&before);
            self.ruin(why);
        }
        if self.rest.lasts(&before, &after, self.rotor_radps()) {
            after = rest::still(&before);
        } else {
            let mut touches = false;
            if !self.clearance.is_clear(&before, &self.land) {
                self.contact.lie_under(before.position_m, &self.land.terrain);
                match self.contact.step(&before, &after, &self.machine) {
                    Ok(None) => {}
                    Ok(Some(touch)) => {
                        touches = true;
                        after = touch.state;
                        self.suffer(&touch);
                    }
                    Err(Broken) => {
                        after = wreck::halted(&before);
                        self.ruin(wreck::broken());
                    }
                }
            }
            self.rest.feel(&after, touches);
        }
        self.pack.draw(&self.spin.radps[..self.machine.rotors], around.density_ratio, TICK_S);
        self.settle(&before, &after);
    }

    /// Tells the motors; 0 and what is no finite number is a motor that is off, and turns not even at its slowest.
    fn command(&mut self, thrust: &Thrust) {
        let mut commands = thrust.rotor_radps;
        for (command, has_failed) in commands.iter_mut().zip(self.has_failed) {
            if has_failed || self.wreck.is_some() || !command.is_finite() {
                *command = 0.0;
            }
        }
        let ceiling = self.pack.ceiling();
        self.spin.command(&self.machine, &commands, ceiling);
        for (wanted, command) in self.spin.wanted_radps.iter_mut().zip(commands) {
            if command == 0.0 {
                *wanted = 0.0;
            }
        }
    }

    fn around(&self, flow: &Flow) -> Around {
        let ratio = flow.density_kgpm3 / REFERENCE_DENSITY_KGPM3;
        let counts = self.machine.terms.air_density && ratio.is_finite();
        let floor_m = self.floor_m();
        let feels_m = floor_m + GROUND_RADII * self.machine.radius_m;
        let is_near = self.kinematics.position_m.z < feels_m;
        Around {
            wind_mps: if flow.wind_mps.is_finite() { flow.wind_mps } else { DVec3::ZERO },
            density_ratio: if counts { ratio } else { 1.0 },
            floor_m: is_near.then_some(floor_m),
        }
    }

    /// Free flight over a tick, in shorter steps while it tumbles fast.
    fn fly(&mut self, state: &mut State, around: &Around) {
        let turn_rad = state.rates_radps.length() * TICK_S;
        if turn_rad <= TURN_MAX_RAD {
            free::step(&self.machine, state, &mut self.spin, around, &self.pace);
            return;
        }
        let steps = (turn_rad / TURN_MAX_RAD).ceil().min(STEPS_MAX);
        let pace = Pace::of(&self.machine, TICK_S / steps);
        for _ in 0..steps as usize {
            free::step(&self.machine, state, &mut self.spin, around, &pace);
        }
    }

    fn state(&self) -> State {
        let k = &self.kinematics;
        State {
            position_m: k.position_m,
            velocity_mps: k.velocity_mps,
            world_from_body: k.world_from_body,
            rates_radps: k.rates_flu_radps,
        }
    }

    fn settle(&mut self, before: &State, after: &State) {
        let accel_mps2 = (after.velocity_mps - before.velocity_mps) / TICK_S;
        let body_from_world = after.world_from_body.inverse();
        self.kinematics = Kinematics {
            position_m: after.position_m,
            velocity_mps: after.velocity_mps,
            world_from_body: after.world_from_body,
            rates_flu_radps: after.rates_radps,
            specific_force_flu_mps2: body_from_world * (accel_mps2 + DVec3::Z * GRAVITY_MPS2),
        };
        self.ticks += 1;
    }
}
