//! No-fly zones in flight: warned of, not armed in, held before, unlocked by who has the authority's code.
//!
//! **Never:** brings the vehicle down or home by itself; holds it for what a server says.

use super::Vehicle;
use super::obey::result;
use crate::data::no_fly::{Spot, WATCH_EVERY_TICKS};
use crate::flight::{Command, Fence};
use crate::outbox::Outbox;
use crate::radio::words::Text;
use crate::senses::{MissionItem, Tick};
use alloc::vec::Vec;

/// Longest that a zone is unlocked for, seconds.
const UNLOCKED_S_MAX: u32 = 86_400;

impl Vehicle {
    /// Looks around, ten times a second.
    pub(super) fn watch_zones(&mut self, now: Tick, outbox: &mut Outbox) {
        if !now.0.is_multiple_of(WATCH_EVERY_TICKS) {
            return;
        }
        let home = self.flight.lat_lon_deg(self.flight.haven_ned_m());
        let seen = self.no_fly.watch(self.spot(), home, self.flight.state().mode, now);
        self.flight.fence(Fence { is_inside: seen.is_inside, bars_home: seen.bars_home });
        if seen.warns {
            self.say(Text::NoFlyNear, now, outbox);
        }
        if seen.holds {
            self.flight.command(Command::Hold, self.link_age_s(now));
            self.say(Text::NoFlyAhead, now, outbox);
        }
    }

    /// Whether a command would lead into a zone at whose border the vehicle stands.
    pub(super) fn leads_into_zone(&mut self, command: Command, now: Tick) -> bool {
        let Some(from) = self.spot() else { return false };
        let way: Vec<(f64, f64)> = match command {
            Command::StartMission => {
                let places = self.provision.mission.iter().filter_map(MissionItem::position_ned_m);
                places.map(|place| self.flight.lat_lon_deg(place)).collect()
            }
            Command::Return => [self.flight.lat_lon_deg(self.flight.haven_ned_m())].to_vec(),
            Command::SetHome(place) => [self.flight.lat_lon_deg(place)].to_vec(),
            Command::GoTo { position_ned_m, .. } => {
                [self.flight.lat_lon_deg(position_ned_m)].to_vec()
            }
            Command::Orbit(circle) => [self.flight.lat_lon_deg(circle.centre_ned_m)].to_vec(),
            // Where these lead is known when they get there: the leash holds them.
            Command::Follow | Command::TakeInHand(_) | Command::Offboard => return false,
            Command::Arm
            | Command::Disarm
            | Command::TakeOff { .. }
            | Command::Hold
            | Command::Brake
            | Command::StopMotors
            | Command::LimitSpeed(_)
            | Command::LookAt(_)
            | Command::Land => return false,
        };
        self.no_fly.forbids(from, &way, now)
    }

    /// Opens a zone to whoever has the authority's code.
    pub(super) fn unlock_zone(
        &mut self,
        (zone, code, valid_s): (u32, u32, u32),
        now: Tick,
        outbox: &mut Outbox,
    ) -> u8 {
        let is_lawful = (1..=UNLOCKED_S_MAX).contains(&valid_s);
        if !is_lawful || !self.no_fly.unlock(zone, code, valid_s, now) {
            return result::DENIED;
        }
        self.say(Text::ZoneUnlocked, now, outbox);
        result::ACCEPTED
    }

    /// Where it is, if it knows.
    fn spot(&self) -> Option<Spot> {
        let state = self.flight.state();
        self.flight.has_place().then_some(Spot {
            lat_deg: state.lat_deg,
            lon_deg: state.lon_deg,
            alt_m: state.alt_m,
        })
    }
}
