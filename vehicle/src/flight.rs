//! How the vehicle flies: what it believes, what it wants, what it tells its rotors.
//!
//! Once a tick the estimate takes in the senses, the failsafe and the modes decide where to go, the controller turns
//! that into a wrench, and the mixer turns the wrench into rotor speeds.
//!
//! **Never:** looks at a picture, a sound, an object or a secret; allocates while flying, but for a plan that comes; says anything on a link.

pub mod breach;
pub mod control;
pub mod crash;
mod detour;
pub mod estimate;
pub mod failsafe;
pub mod felt;
pub mod geofence;
pub mod mix;
pub mod modes;
mod plan;
pub mod rotors;
pub mod tuning;
pub mod words;

#[cfg(test)]
pub(crate) mod bench;
#[cfg(test)]
mod story;

pub use words::{
    Answer, Cause, Circle, Command, EVENTS_MAX, Event, Events, Fence, Flown, Landed, Manual, Mode,
    Setpoint, State, Sticks, Turn, Wants, Way, Why,
};

use crate::senses::{FenceAction, Geofence, GnssFix, Provision, Senses, TICKS_PER_S, Thrust, Tick};
use breach::Breach;
use control::{Control, Last};
use crash::Crash;
use estimate::Estimate;
use failsafe::{Checks, Signs, Urge};
use felt::Felt;
use glam::{DQuat, DVec3};
use mix::Mixer;
use modes::{Drive, Modes, View};
use rotors::Rotors;
use tuning::Tuning;

/// Cosine of the steepest lean in which rotors may start, 15°.
pub(crate) const LEVEL_COS_MIN: f64 = 0.966;

/// The geofence is looked at ten times a second.
const FENCE_EVERY_TICKS: u64 = TICKS_PER_S / 10;

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
            rotors: Rotors::new(provision.airframe.rotors.len()),
            state: State {
                ready: false,
                ned_from_frd: DQuat::IDENTITY,
                rates_frd_radps: DVec3::ZERO,
                position_ned_m: DVec3::ZERO,
                velocity_ned_mps: DVec3::ZERO,
                lat_deg: 0.0,
                lon_deg: 0.0,
                alt_m: 0.0,
                home_alt_m: 0.0,
                height_m: 0.0,
                gnss: None,
                fix: GnssFix::None,
                battery: None,
                mode: Mode::Disarmed,
                armed: false,
                landed: Landed::OnGround,
                wind_ned_mps: None,
                wants: Wants::NOTHING,
                thrust: Thrust::default(),
                felt: Felt::nothing(),
                starts_in: None,
                in_distress: false,
                in_doubt: false,
                may_arm: false,
                home_ned_m: DVec3::ZERO,
                home: None,
                origin: None,
            },
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
            self.mixer.lose(rotor);
            self.events.push(Event::RotorLost(rotor));
            if at_rest {
                self.modes.stand_down(&mut self.events);
            }
        }
        self.watch_for_crash(senses);
        self.watch(link_age_s, &view);
        let drive = self.modes.step(&view, &self.geofence, &mut self.events);
        let thrust = self.drive(drive);
        self.rotors.ask(&thrust);
        self.state.thrust = thrust;
        self.show();
        if now.0.is_multiple_of(LOOK_EVERY_TICKS) {
            let checks = self.checks(link_age_s);
            self.state.may_arm = failsafe::refusals(&checks, &self.tuning).next().is_none();
        }
        let events = core::mem::replace(&mut self.events, Events::none());
        Flown { thrust, events }
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

    fn checks(&self, link_age_s: f64) -> Checks {
        let (now, estimate) = (self.now, &self.estimate);
        let up = estimate.ned_from_frd() * DVec3::Z;
        let sound = estimate.soundness(now);
        let fix = self.state.gnss.filter(|_| estimate.place().is_known() && estimate.has_fix(now));
        Checks {
            fix_sd_m: fix.map(|fix| fix.horizontal_sd_m),
            has_started: estimate.is_ready(),
            is_moved: estimate.is_moved(now),
            gyroscope: sound.gyroscope,
            accelerometer: sound.accelerometer,
            barometer: sound.barometer,
            compass: sound.compass,
            charge_pct: self.charge_pct(),
            is_level: up.z > LEVEL_COS_MIN,
            is_in_zone: self.fence.is_inside,
            is_outside_fence: geofence::room_m(&self.geofence, estimate.position_ned_m()) < 0.0,
            link_age_s,
        }
    }

    fn charge_pct(&self) -> Option<f64> {
        self.state.battery.map(|battery| battery.charge_pct)
    }

    fn view(&self) -> View {
        let nose = self.estimate.ned_from_frd() * DVec3::X;
        View {
            heading_rad: libm::atan2(nose.y, nose.x),
            now: self.now,
            position_ned_m: self.estimate.position_ned_m(),
            velocity_ned_mps: self.estimate.velocity_ned_mps(),
            rates_frd_radps: self.estimate.rates_frd_radps(),
            range_height_m: self.estimate.range_height_m(self.now),
            effort: self.control.effort(),
        }
    }

    fn watch_for_crash(&mut self, senses: &Senses<'_>) {
        if !self.modes.is_armed() {
            self.crash = Crash::none();
            return;
        }
        let up = self.estimate.ned_from_frd() * DVec3::Z;
        let is_limping = self.rotors.lost().is_some();
        // Who does not know which way is up cannot tell that it lies over.
        let has_diverged = self.estimate.soundness(self.now).has_diverged;
        let up_cos = if has_diverged { 1.0 } else { up.z };
        if self.crash.feel(up_cos, senses.imu.accel_frd_mps2, is_limping) {
            self.modes.crash(&mut self.events);
        }
    }

    fn watch(&mut self, link_age_s: f64, view: &View) {
        let is_flying = self.modes.landed() != Landed::OnGround;
        let is_lost = link_age_s > self.tuning.link_lost_s;
        if self.link_was_lost && !is_lost {
            self.events.push(Event::LinkRegained);
        }
        self.link_was_lost = is_lost && (is_flying || self.link_was_lost);
        let is_astray = is_flying && self.estimate.soundness(self.now).is_astray();
        self.state.in_doubt = is_astray;
        let signs = Signs {
            mode: self.modes.mode(),
            is_flying,
            has_lost_rotor: self.rotors.lost().is_some(),
            is_astray,
            link_age_s,
            fix_age_s: self.estimate.fix_age_s(self.now),
            charge_pct: self.charge_pct(),
            low_was_told: self.low_was_told,
            bars_home: self.fence.bars_home,
            fence: self.fence_breached(is_flying),
            has_hand: self.modes.sticks_age_s(self.now) <= self.tuning.link_lost_s,
            fell_back: self.modes.fell_back(),
        };
        let urge = failsafe::urge(&signs, &self.tuning);
        self.low_was_told |=
            matches!(urge, Urge::Return(Cause::LowBattery) | Urge::Land(Cause::LowBattery));
        self.modes.heed(urge, view, &mut self.events);
    }

    /// What the geofence wants done, if it was left just now.
    fn fence_breached(&mut self, is_flying: bool) -> Option<FenceAction> {
        if !is_flying || !self.now.0.is_multiple_of(FENCE_EVERY_TICKS) {
            return None;
        }
        let action = self.breach.watch(&self.geofence, self.estimate.position_ned_m());
        if action.is_some() {
            self.events.push(Event::FenceBreached);
        }
        action
    }

    fn drive(&mut self, drive: Drive) -> Thrust {
        match drive {
            Drive::Off | Drive::Idle => {
                self.control.rest(&self.estimate);
                if drive == Drive::Off {
                    self.rotors.rest();
                    self.mixer.rest();
                }
                self.was_cut = false;
                self.state.wants = Wants::NOTHING;
                self.lift_n = 0.0;
                if drive == Drive::Idle { self.mixer.idle() } else { Thrust::default() }
            }
            Drive::Fly(goal) => {
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

    fn show(&mut self) {
        let (state, estimate) = (&mut self.state, &self.estimate);
        let position = estimate.position_ned_m();
        let place = estimate.place();
        state.ready = estimate.is_ready();
        state.ned_from_frd = estimate.ned_from_frd();
        state.rates_frd_radps = estimate.rates_frd_radps();
        state.position_ned_m = position;
        state.velocity_ned_mps = estimate.velocity_ned_mps();
        (state.lat_deg, state.lon_deg) = place.lat_lon_deg(position);
        state.home_alt_m = place.alt_m();
        state.height_m = -position.z;
        state.alt_m = state.home_alt_m + state.height_m;
        state.wind_ned_mps = estimate.wind_ned_mps();
        state.mode = self.modes.mode();
        state.armed = self.modes.is_armed();
        state.landed = self.modes.landed();
        state.starts_in = self.modes.starts_in();
        state.in_distress = self.modes.is_in_distress();
        state.home_ned_m = self.modes.home_ned_m();
        if self.now.0.is_multiple_of(LOOK_EVERY_TICKS) && place.is_known() {
            let told = |at: DVec3| {
                let (lat_deg, lon_deg) = place.lat_lon_deg(at);
                (lat_deg, lon_deg, place.alt_m() - at.z)
            };
            state.origin = Some(told(DVec3::ZERO));
            state.home = Some(told(state.home_ned_m));
        }
    }
}
