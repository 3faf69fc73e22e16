//! How the vehicle flies: what it believes, what it wants, what it tells its rotors.
//!
//! Once a tick the estimate takes in the senses, the failsafe and the modes decide where to go, the controller turns
//! that into a wrench, and the mixer turns the wrench into rotor speeds.
//!
//! **Never:** looks at a picture, a sound, an object or a secret; allocates while flying, but for a plan that comes; says anything on a link.

pub mod breach;
pub mod control;
pub mod crash;
pub mod crippled;
mod detour;
pub mod estimate;
pub mod failsafe;
pub mod felt;
pub mod geofence;
mod lost;
pub mod mix;
pub mod modes;
mod plan;
pub mod rotors;
mod show;
pub mod tuning;
pub(crate) mod watch;
pub mod words;

#[cfg(test)]
pub(crate) mod bench;
#[cfg(test)]
mod story;

pub use crippled::Unfit;
pub use words::{
    Answer, Cause, Circle, Command, EVENTS_MAX, Event, Events, Fence, Flown, Landed, Manual, Mode,
    Setpoint, State, Sticks, Turn, Wants, Way, Why,
};

use crate::senses::{Geofence, Provision, Senses, TICKS_PER_S, Thrust, Tick};
use breach::Breach;
use control::{Control, Last};
use crash::Crash;
use crippled::Crippled;
use estimate::Estimate;
use glam::DVec3;
use mix::Mixer;
use modes::{Drive, Modes};
use rotors::Rotors;
use tuning::Tuning;

/// Where home is on Earth, and whether it may start, is looked up ten times a second.
const LOOK_EVERY_TICKS: u64 = TICKS_PER_S / 10;

/// The whole of flying.
pub struct Flight {
    estimate: Estimate,
    mass_kg: f64,
    lift_n: f64,
    modes: Modes,
    control: Control,
    mixer: Mixer,
    crippled: Result<Crippled, Unfit>,
    rotors: Rotors,
    state: State,
    events: Events,
    now: Tick,
    link_was_lost: bool,
    low_was_told: bool,
    was_cut: bool,
    crash: Crash,
    fence: Fence,
    tuning: Tuning,
    planned: Geofence,
    geofence: Geofence,
    breach: Breach,
}

impl Flight {
    /// On the ground, disarmed, knowing nothing yet.
    pub fn new(provision: &Provision) -> Self {
        let mixer = Mixer::new(&provision.airframe);
        let tuning = Tuning::as_delivered(provision.geofence.action);
        Self {
            estimate: Estimate::new(provision.airframe.drag_per_s, provision.declination_rad),
            mass_kg: provision.airframe.mass_kg,
            lift_n: 0.0,
            modes: Modes::new(&provision.mission, tuning),
            control: Control::new(&provision.airframe, mixer.lift_max_n()),
            mixer,
            crippled: Crippled::of(&provision.airframe),
            rotors: Rotors::new(provision.airframe.rotors.len()),
            state: State::at_power_on(),
            events: Events::none(),
            now: Tick(0),
            link_was_lost: false,
            low_was_told: false,
            was_cut: false,
            crash: Crash::none(),
            fence: Fence::NONE,
            tuning,
            planned: provision.geofence.clone(),
            geofence: provision.geofence.clone(),
            breach: Breach::none(),
        }
    }

    /// One tick: senses in, rotor speeds out. `link_age_s` is the time since the ground station's last heartbeat.
    pub fn step(&mut self, now: Tick, senses: &Senses<'_>, link_age_s: f64) -> Flown {
        self.now = now;
        if senses.battery.is_some() {
            self.state.battery = senses.battery;
        }
        if let Some(said) = senses.gnss {
            self.state.fix = said.fix;
        }
        if let Some(fix) = senses.fix() {
            self.state.gnss = Some(fix);
        }
        self.state.felt.feel(now, senses);
        let at_rest = self.modes.landed() == Landed::OnGround;
        self.estimate.expect_spin(self.is_spinning());
        let lift_mps2 = self.modes.is_armed().then_some(self.lift_n / self.mass_kg);
        if self.estimate.update(now, senses, at_rest, lift_mps2) {
            self.modes.stands_elsewhere();
            self.events.push(Event::StartedOver);
        }

        let view = self.view();
        if let Some(told_radps) = &senses.esc_radps
            && self.modes.is_armed()
            && let Some(rotor) = self.rotors.hear(told_radps)
        {
            self.lose(rotor, told_radps, at_rest);
        }
        self.watch_for_crash(senses);
        self.watch_for_touch(senses);
        self.watch(link_age_s, &view);
        let drive = self.modes.step(&view, &self.geofence, &mut self.events);
        let thrust = self.drive(drive);
        self.rotors.ask(&thrust);
        if let Ok(crippled) = &mut self.crippled {
            crippled.follow(&thrust);
        }
        self.state.thrust = thrust;
        self.show();
        if now.0.is_multiple_of(LOOK_EVERY_TICKS) {
            let checks = self.checks(link_age_s);
            self.state.may_arm = failsafe::refusals(&checks, &self.tuning).next().is_none();
        }
        Flown { thrust, events: self.events.take() }
    }

    /// What the pilot asks for. Its events leave with the next step.
    pub fn command(&mut self, command: Command, link_age_s: f64) -> Answer {
        let checks = self.checks(link_age_s);
        let mut refusals = failsafe::refusals(&checks, &self.tuning);
        let view = self.view();
        if !self.modes.stays_inside(&command, &self.geofence, &view) {
            self.events.push(Event::FenceAhead);
            return Answer::Denied;
        }
        let starts = command == Command::Arm && !self.modes.is_armed();
        if starts {
            self.low_was_told = false;
            self.link_was_lost = false;
        }
        let answer = self.modes.command(command, &view, refusals.next(), &mut self.events);
        if answer == Answer::Accepted {
            self.modes.obeyed(&command);
        }
        if starts {
            // The gravest was told by the mode; the pilot should not have to find the others one by one.
            refusals.for_each(|why| self.events.push(Event::ArmingRefused(why)));
        }
        answer
    }

    /// Chooses how to leave the ground once the rotors turn; none to stay there. Only while they stand.
    pub fn choose_start(&mut self, by: Option<Command>) -> Answer {
        if self.modes.is_armed() {
            return Answer::TemporarilyRejected;
        }
        if let Some(by) = by {
            let view = self.view();
            if !self.modes.stays_inside(&by, &self.geofence, &view) {
                self.events.push(Event::FenceAhead);
                return Answer::Denied;
            }
            if !self.modes.can_start(&by) {
                return Answer::Denied;
            }
        }
        self.modes.choose_start(by, self.now);
        Answer::Accepted
    }

    /// Height of a take-off for which none is given, above where it stands, metres.
    pub fn take_off_m(&self) -> f64 {
        self.tuning.take_off_m
    }

    /// Hears where the pilot's sticks are.
    pub fn steer(&mut self, sticks: Sticks) {
        self.modes.steer(sticks, self.now);
    }

    /// Hears where a computer on the ground wants it.
    pub fn hear_setpoint(&mut self, setpoint: Setpoint) {
        self.modes.hear_setpoint(setpoint, self.now);
    }

    /// Hears where the subject is that may be followed.
    pub fn hear_subject(&mut self, place_ned_m: DVec3) {
        self.modes.hear_subject(place_ned_m, self.now);
    }

    /// Hears of no-fly zones: whether the vehicle is in one, and whether one lies on its way home.
    pub fn fence(&mut self, fence: Fence) {
        self.fence = fence;
    }

    /// Whether satellites hold the estimate.
    pub fn has_place(&self) -> bool {
        self.estimate.is_ready() && self.estimate.has_fix(self.now)
    }

    /// Latitude and longitude of a place, degrees.
    pub fn lat_lon_deg(&self, position_ned_m: DVec3) -> (f64, f64) {
        self.estimate.place().lat_lon_deg(position_ned_m)
    }

    /// A place on Earth in the local frame, metres.
    pub fn ned_m(&self, lat_deg: f64, lon_deg: f64, alt_m: f64) -> DVec3 {
        self.estimate.place().ned_of_m(lat_deg, lon_deg, alt_m)
    }

    /// What the vehicle believes of itself, as of the last step.
    pub fn state(&self) -> &State {
        &self.state
    }

    fn drive(&mut self, drive: Drive) -> Thrust {
        match drive {
            Drive::Off | Drive::Idle => {
                self.control.rest(&self.estimate);
                if drive == Drive::Off {
                    self.rotors.rest();
                    self.mixer.rest();
                    if let Ok(crippled) = &mut self.crippled {
                        crippled.rest();
                    }
                }
                self.was_cut = false;
                self.state.wants = Wants::NOTHING;
                self.lift_n = 0.0;
                if drive == Drive::Idle { self.mixer.idle() } else { Thrust::default() }
            }
            Drive::Fly(goal) => {
                if let Some(thrust) = self.spin_down(&goal) {
                    return thrust;
                }
                let is_limping = self.rotors.lost().is_some();
                let last = Last { was_cut: self.was_cut, is_limping };
                let wrench = self.control.step(self.now, &goal, &self.estimate, last);
                let mixed = self.mixer.mix(&wrench);
                self.was_cut = mixed.saturated;
                self.lift_n = wrench.lift_n;
                self.state.wants = self.control.wants(&wrench);
                mixed.thrust
            }
        }
    }
}
