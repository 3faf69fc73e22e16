//! What is recorded all the time: readings, estimates and wishes, each at the rate that the table gives it.
//!
//! **Never:** looks at a frame, a sound or a neighbour; writes a reading twice.

use super::table::RECORDS;
use super::{Kind, LogEntry};
use crate::flight::{Landed, Mode, State};
use crate::senses::{Senses, Thrust, Tick};
use alloc::vec::Vec;
use glam::DVec3;

/// All that the log may look at in a tick.
pub(crate) struct Noted<'a> {
    /// The senses; those that could tell of a person are not read here.
    pub senses: &'a Senses<'a>,
    /// What flight believes and wants.
    pub state: &'a State,
    /// What the rotors were told.
    pub thrust: Thrust,
    /// Since the ground station's last heartbeat, seconds.
    pub link_age_s: f64,
}

/// Every period of the table is a multiple of this number of ticks.
const STEP_TICKS: u64 = step_ticks();

const fn step_ticks() -> u64 {
    let (mut step, mut place) = (0, 0);
    while place < RECORDS.len() {
        let (mut a, mut b) = (step, RECORDS[place].every_ticks);
        while b != 0 {
            (a, b) = (b, a % b);
        }
        step = a;
        place += 1;
    }
    step
}

/// Readings that came since they were last written.
pub(super) struct Rates {
    magnetic_frd_gauss: Option<DVec3>,
    pressure_pa: Option<f64>,
    range_m: Option<f64>,
    has_fix: bool,
    has_quality: bool,
}

impl Rates {
    pub(super) fn new() -> Self {
        Self {
            magnetic_frd_gauss: None,
            pressure_pa: None,
            range_m: None,
            has_fix: false,
            has_quality: false,
        }
    }

    /// The records that are due at a tick, in the order of their kinds.
    pub(super) fn due(&mut self, now: Tick, noted: &Noted<'_>) -> Vec<LogEntry> {
        let senses = noted.senses;
        self.magnetic_frd_gauss = senses.magnetic_frd_gauss.or(self.magnetic_frd_gauss);
        self.pressure_pa = senses.pressure_pa.or(self.pressure_pa);
        self.range_m = senses.range_m.or(self.range_m);
        self.has_fix |= senses.fix().is_some();
        self.has_quality |= senses.fix().is_some();
        if !now.0.is_multiple_of(STEP_TICKS) {
            return Vec::new();
        }
        let is_due = |kind: &Kind| {
            let every_ticks = RECORDS[*kind as usize - 1].every_ticks;
            every_ticks > 0 && now.0.is_multiple_of(every_ticks)
        };
        Kind::ALL.into_iter().filter(is_due).filter_map(|kind| self.entry(kind, noted)).collect()
    }

    fn entry(&mut self, kind: Kind, noted: &Noted<'_>) -> Option<LogEntry> {
        let (state, imu) = (noted.state, noted.senses.imu);
        let three = |v: DVec3| Some(LogEntry::numbers(kind, &v.to_array()));
        match kind {
            Kind::Attitude => three(state.euler_rad()),
            Kind::Position => {
                let (at, v) = (state.position_ned_m, state.velocity_ned_mps);
                Some(LogEntry::numbers(kind, &[at.x, at.y, at.z, v.x, v.y, v.z]))
            }
            Kind::Rotors => Some(LogEntry::numbers(kind, &noted.thrust.rotor_radps)),
            Kind::Cells => {
                let cells = state.battery?.cells_mv;
                Some(LogEntry::new(kind, cells.iter().flat_map(|mv| mv.to_le_bytes()).collect()))
            }
            Kind::Temperatures => {
                let warmth = state.battery?.esc_cdegc;
                Some(LogEntry::new(kind, warmth.iter().flat_map(|t| t.to_le_bytes()).collect()))
            }
            Kind::Fix => {
                let fix = state.gnss.filter(|_| core::mem::take(&mut self.has_fix))?;
                let place = [fix.lat_deg, fix.lon_deg, fix.alt_m];
                Some(LogEntry::new(kind, place.iter().flat_map(|v| v.to_le_bytes()).collect()))
            }
            Kind::Rates => three(state.rates_frd_radps),
            Kind::SpecificForce => three(imu.accel_frd_mps2),
            Kind::AngularRate => three(imu.gyro_frd_radps),
            Kind::MagneticField => three(self.magnetic_frd_gauss.take()?),
            Kind::Pressure => Some(LogEntry::numbers(kind, &[self.pressure_pa.take()?])),
            Kind::Range => Some(LogEntry::numbers(kind, &[self.range_m.take()?])),
            Kind::Battery => {
                let battery = state.battery?;
                let values = [battery.pack_v, battery.current_a, battery.charge_pct];
                Some(LogEntry::numbers(kind, &values))
            }
            Kind::FixQuality => {
                let fix = state.gnss.filter(|_| core::mem::take(&mut self.has_quality))?;
                let v = fix.velocity_ned_mps;
                let values = [v.x, v.y, v.z, fix.horizontal_sd_m, fix.vertical_sd_m];
                let mut payload: Vec<u8> =
                    values.iter().flat_map(|v| (*v as f32).to_le_bytes()).collect();
                payload.push(fix.satellites);
                Some(LogEntry::new(kind, payload))
            }
            Kind::Mode => {
                let stand = [mode(state.mode), u8::from(state.armed), landed(state.landed)];
                Some(LogEntry::new(kind, stand.to_vec()))
            }
            Kind::Link => {
                // Infinity, a station that never spoke, becomes all ones.
                let silence_ms = (noted.link_age_s * 1000.0) as u32;
                Some(LogEntry::new(kind, silence_ms.to_le_bytes().to_vec()))
            }
            Kind::AttitudeWanted => {
                let angles = state.wants.euler_rad();
                let values = [angles.x, angles.y, angles.z, state.wants.lift_n];
                Some(LogEntry::numbers(kind, &values))
            }
            Kind::VelocityWanted => three(state.wants.velocity_ned_mps),
            Kind::TorqueWanted => three(state.wants.torque_frd_nm),
            // Written when they happen.
            Kind::Event
            | Kind::Waypoint
            | Kind::Command
            | Kind::Consent
            | Kind::Refusal
            | Kind::Lost
            | Kind::Start
            | Kind::Setting
            | Kind::Fault
            | Kind::PassedOver => None,
        }
    }
}

fn mode(mode: Mode) -> u8 {
    match mode {
        Mode::Disarmed => 0,
        Mode::TakeOff => 1,
        Mode::Hold => 2,
        Mode::Mission => 3,
        Mode::Return => 4,
        Mode::Land => 5,
        Mode::GoTo => 6,
        Mode::Orbit => 7,
        Mode::Follow => 8,
        Mode::Brake => 9,
        Mode::Stabilise => 10,
        Mode::AltitudeHold => 11,
        Mode::PositionHold => 12,
        Mode::Offboard => 13,
    }
}

fn landed(landed: Landed) -> u8 {
    match landed {
        Landed::OnGround => 0,
        Landed::TakingOff => 1,
        Landed::InAir => 2,
        Landed::Landing => 3,
    }
}
