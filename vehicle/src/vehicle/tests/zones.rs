//! Flights to the border of a no-fly zone, on the test rig: held before it, let away from it.
//!
//! Edinburgh's zone is laid so that its border runs across the rig's field, some way north of home.

use crate::data::no_fly::{NoFly, Spot, WATCH_EVERY_TICKS};
use crate::flight::bench::{Rig, provision};
use crate::flight::{Answer, Command, Event, Fence, Mode};
use crate::vault::hmac_sha256;
use glam::DVec3;

const NUMBER: u16 = 4;
const MIDDLE_DEG: (f64, f64) = (55.950, -3.373);
const RADIUS_M: f64 = 4_600.0;
const DEGREE_M: f64 = 111_330.0;
const KEY: [u8; 32] = [0; 32];

/// A rig whose home is so far south of the border.
struct Field {
    rig: Rig,
    keeper: NoFly,
    home_deg: (f64, f64),
    least_m: f64,
}

impl Field {
    fn new(mission: &[(f64, f64, f64, f64)], from_border_m: f64) -> Self {
        let mut rig = Rig::new(&provision(mission), 0.0, 7);
        rig.run(4.0);
        let south_m = RADIUS_M + from_border_m;
        let home_deg = (MIDDLE_DEG.0 - south_m / DEGREE_M, MIDDLE_DEG.1);
        let mut field = Self { rig, keeper: NoFly::new(KEY), home_deg, least_m: f64::INFINITY };
        field.watch(0.2);
        field
    }

    /// The rig's field is taken for the one near Edinburgh; a metre is a metre on both.
    fn place_deg(&self, ned_m: DVec3) -> (f64, f64) {
        (self.home_deg.0 + ned_m.x / DEGREE_M, self.home_deg.1 + ned_m.y / (0.56 * DEGREE_M))
    }

    fn spot(&self) -> Spot {
        let state = self.rig.flight.state();
        let (lat_deg, lon_deg) = self.place_deg(state.position_ned_m);
        Spot { lat_deg, lon_deg, alt_m: 40.0 + state.height_m }
    }

    fn watch(&mut self, seconds: f64) {
        for _ in 0..(seconds * 500.0) as u64 / WATCH_EVERY_TICKS {
            self.rig.run(WATCH_EVERY_TICKS as f64 / 500.0);
            let (spot, mode) = (self.spot(), self.rig.flight.state().mode);
            let seen = self.keeper.watch(Some(spot), self.home_deg, mode, self.rig.now);
            self.rig.flight.fence(Fence { is_inside: seen.is_inside, bars_home: seen.bars_home });
            if seen.holds {
                self.rig.command(Command::Hold);
            }
            let north_m = (MIDDLE_DEG.0 - spot.lat_deg) * DEGREE_M - RADIUS_M;
            self.least_m = self.least_m.min(north_m);
        }
    }

    fn leads_in(&mut self, ned_m: DVec3) -> bool {
        let way = [self.place_deg(ned_m)];
        self.keeper.forbids(self.spot(), &way, self.rig.now)
    }

    fn unlock(&mut self) -> bool {
        let mac = hmac_sha256(&KEY, &[&NUMBER.to_le_bytes()]);
        let code = u32::from_be_bytes([0, mac[0], mac[1], mac[2]]);
        self.keeper.unlock(u32::from(NUMBER), code, 600, self.rig.now)
    }
}

#[test]
fn a_mission_into_a_zone_ends_in_a_hold_before_its_border_and_can_come_home() {
    let mut field = Field::new(&[(400.0, 0.0, 12.0, 0.0)], 200.0);
    assert_eq!(field.rig.command(Command::Arm), Answer::Accepted);
    field.rig.command(Command::StartMission);
    field.watch(60.0);
    assert_eq!(field.rig.flight.state().mode, Mode::Hold, "{:?}", field.rig.events);
    assert!((35.0..60.0).contains(&field.least_m), "{} m", field.least_m);
    assert!(field.leads_in(DVec3::new(400.0, 0.0, -12.0)), "on with the mission");
    assert!(!field.leads_in(DVec3::ZERO), "home");
    let held_m = field.least_m;
    field.rig.command(Command::Return);
    field.watch(60.0);
    assert!(field.rig.events.contains(&Event::Landed), "{:?}", field.rig.events);
    assert!(field.least_m > held_m - 5.0, "{} m", field.least_m);
}

#[test]
fn the_rotors_start_in_a_zone_only_when_it_is_unlocked() {
    for (from_border_m, unlocks, accepted) in
        [(10.0, false, true), (-10.0, false, false), (-10.0, true, true)]
    {
        let mut field = Field::new(&[], from_border_m);
        assert!(!unlocks || field.unlock());
        field.watch(0.2);
        let answer = field.rig.command(Command::Arm);
        assert_eq!(answer == Answer::Accepted, accepted, "{from_border_m} {unlocks}");
    }
}

#[test]
fn an_unlocked_zone_is_flown_through() {
    let mut field = Field::new(&[(400.0, 0.0, 12.0, 0.0)], 200.0);
    assert!(field.unlock());
    field.rig.command(Command::Arm);
    field.rig.command(Command::StartMission);
    field.watch(90.0);
    assert!(field.rig.events.contains(&Event::MissionComplete), "{:?}", field.rig.events);
}
