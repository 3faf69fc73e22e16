//! The laws of free flight against what is known of them in closed form, and against another integration.
//!
//! Rooms: [`terms`] and [`supply`], one closed form for each; [`reference`], the equations written down and integrated a second time;
//! [`ranges`], any figure that a file may have; [`bench`], what the bench does not fly.

mod bench;
mod ranges;
mod reference;
mod supply;
mod terms;

use super::{Airframe, Around, Machine, Pace, Spin, State, free};
use glam::{DQuat, DVec3};

pub(crate) const CAMERA_QUAD: &str = include_str!("../../../../assets/airframes/camera_quad.ron");
pub(crate) const HUMMINGBIRD: &str = include_str!("../../../../assets/airframes/hummingbird.ron");
pub(crate) const CRAZYFLIE: &str = include_str!("../../../../assets/airframes/crazyflie.ron");
pub(crate) const HEXACOPTER: &str = include_str!("../../../../assets/airframes/hexacopter.ron");

/// Every airframe that ships.
pub(crate) const SHIPPED: [&str; 4] = [CAMERA_QUAD, HUMMINGBIRD, CRAZYFLIE, HEXACOPTER];

/// A machine in free flight.
pub(crate) struct Rig {
    pub machine: Machine,
    pub state: State,
    pub spin: Spin,
    pub around: Around,
}

impl Rig {
    /// Level and at rest, 100 m up, its rotors still.
    pub fn of(airframe: &Airframe) -> Self {
        Self {
            machine: Machine::of(airframe),
            state: State {
                position_m: DVec3::Z * 100.0,
                velocity_mps: DVec3::ZERO,
                world_from_body: DQuat::IDENTITY,
                rates_radps: DVec3::ZERO,
            },
            spin: Spin::still(),
            around: Around::nothing(),
        }
    }

    /// The same with every rotor at a speed, and told to keep it.
    pub fn turning(mut self, radps: f64) -> Self {
        self.spin.radps = [radps; _];
        self.spin.wanted_radps = [radps; _];
        self
    }

    pub fn fly(&mut self, for_s: f64, step_s: f64) {
        let pace = Pace::of(&self.machine, step_s);
        for _ in 0..(for_s / step_s).round() as usize {
            free::step(&self.machine, &mut self.state, &mut self.spin, &self.around, &pace);
        }
    }
}

pub(crate) fn parsed(text: &str) -> Airframe {
    Airframe::parse(text).expect("it ships")
}

#[test]
fn every_airframe_that_ships_hovers_at_less_than_three_quarters_of_its_fastest() {
    for text in SHIPPED {
        let airframe = parsed(text);
        let part = airframe.hover_radps() / airframe.rotor_radps_max;
        assert!((0.2..0.75).contains(&part), "{part}");
        let yaw: i32 = airframe.rotors.iter().map(|hub| i32::from(hub.yaw_sign)).sum();
        assert_eq!((yaw, airframe.rotors[0].yaw_sign), (0, 1), "it turns at hover");
        let sum = airframe.rotors.iter().fold(DVec3::ZERO, |sum, hub| sum + hub.place());
        assert!(sum.truncate().length() < 1e-9, "it tips at hover");
    }
}
