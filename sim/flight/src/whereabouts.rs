//! Where a seat's world lies on Earth: at the story's place, or elsewhere in the same 10 km cell.
//!
//! Moved, every fix is projected again from the place where the tangent plane touches Earth now. Whatever a flight
//! may come to stays in the cell; along an axis on which it leaves the cell anyway, the world is not moved.
//!
//! **Never:** moves anything within the world; changes a height.

use crate::chance::Stream;
use crate::place::{Geodetic, TangentPlane};
use crate::sensors::Fix;
use crate::zones::Zones;
use evidence::scenario::{Act, BY_HAND_MPS_MAX, Bias, Failure, Item, Place, Scenario};
use evidence::{Cell, Choice};
use glam::DVec3;
use vehicle::senses::{Gnss, GnssFix};

/// A flight strays this far from where it was told to go.
const STRAYS_M: f64 = 300.0;
/// A degree along a meridian is never shorter.
const M_PER_DEG: f64 = 110_500.0;
/// The vehicle brakes this far from the border of a zone, and a little more.
const BORDER_M: f64 = 100.0;
/// Places that are tried.
const TRIES: u32 = 64;

/// Where a world lies.
#[derive(Clone, Debug, PartialEq)]
pub struct Whereabouts {
    place: Place,
    reach_m: f64,
    plane: TangentPlane,
    is_moved: bool,
}

impl Whereabouts {
    /// At the story's place.
    #[must_use]
    pub fn of(scenario: &Scenario) -> Self {
        let way_points = scenario.mission.iter().map(|item| match item {
            Item::Loiter { at_m, radius_m, .. } => at_m.0.abs().max(at_m.1.abs()) + radius_m.abs(),
            item => item.at_m().map_or(0.0, |(east, north, _)| east.abs().max(north.abs())),
        });
        let follows =
            scenario.beats.iter().any(|beat| matches!(beat.does.sender().0, Act::Follows { .. }));
        let pilot = scenario.beats.iter().map(|beat| match beat.does.sender().0 {
            Act::SharesPosition { at_m } => at_m.0.abs().max(at_m.1.abs()),
            Act::GoesTo { at_m, .. } => at_m.0.abs().max(at_m.1.abs()),
            Act::Orbits { around_m, radius_m, .. } => {
                around_m.0.abs().max(around_m.1.abs()) + radius_m.abs()
            }
            Act::Walks { to_m, .. } if follows => to_m.0.abs().max(to_m.1.abs()),
            _ => 0.0,
        });
        let astray_m: f64 = scenario.beats.iter().map(|beat| astray_m(&beat.does)).sum();
        let by_hand_m: f64 = scenario.beats.iter().map(|beat| strays_by_hand_m(&beat.does)).sum();
        let subjects = scenario.cast.iter().filter(|_| follows);
        let stands = subjects.map(|who| who.at_m.0.abs().max(who.at_m.1.abs()));
        Self {
            place: scenario.place,
            reach_m: STRAYS_M
                + astray_m
                + by_hand_m
                + way_points.chain(pilot).chain(stands).fold(0.0, f64::max),
            plane: TangentPlane::at(Geodetic::of(scenario.place)),
            is_moved: false,
        }
    }

    /// Elsewhere in the same cell: in its middle, at its far corner, or anywhere; and in the same no-fly zones with
    /// no border in reach, because there the vehicle refuses and brakes. Where no such place is found, the world
    /// stays.
    #[must_use]
    pub fn moved(&self, choice: Choice, zones: &Zones, stream: &mut Stream) -> Self {
        let Some(own_zones) = self.zones_without_border(&self.place, zones) else {
            return self.clone();
        };
        let [lat_deg, lon_deg] = self.ranges_deg();
        let mut chosen = choice;
        for _ in 0..TRIES {
            let place = Place {
                lat_deg: along(self.place.lat_deg, lat_deg, chosen, stream.unit()),
                lon_deg: along(self.place.lon_deg, lon_deg, chosen, stream.unit()),
                ..self.place
            };
            if self.zones_without_border(&place, zones).as_ref() == Some(&own_zones) {
                let plane = TangentPlane::at(Geodetic::of(place));
                return Self { place, plane, is_moved: true, ..*self };
            }
            chosen = Choice::Random(0);
        }
        self.clone()
    }

    /// The zones of a place; none where the flight may come to the border of one.
    fn zones_without_border(&self, place: &Place, zones: &Zones) -> Option<Vec<usize>> {
        let border_m = self.reach_m + BORDER_M;
        let inside = zones.around(place, -border_m);
        (zones.around(place, border_m) == inside).then_some(inside)
    }

    /// From where to where the place may be moved along a meridian and along a parallel, so that the whole flight
    /// stays in its cells; a range that does not hold the place itself says that it may not.
    fn ranges_deg(&self) -> [(f64, f64); 2] {
        let Place { lat_deg, lon_deg, .. } = self.place;
        let reach_deg = self.reach_m / M_PER_DEG;
        let edges = |lat_deg| Cell::of(lat_deg, lon_deg).edges_deg();
        let [south, _, north, _] = edges(lat_deg);
        // Where the flight leaves its row, its columns have other edges.
        let rows = [lat_deg - reach_deg, lat_deg, lat_deg + reach_deg].map(edges);
        let west = rows.iter().map(|row| row[1]).fold(f64::NEG_INFINITY, f64::max);
        let east = rows.iter().map(|row| row[3]).fold(f64::INFINITY, f64::min);
        let narrowest = libm::cos(south.abs().max(north.abs()).min(89.5).to_radians());
        let reach_east_deg = reach_deg / narrowest;
        [(south + reach_deg, north - reach_deg), (west + reach_east_deg, east - reach_east_deg)]
    }

    /// What satellite positioning says here.
    #[must_use]
    pub fn gnss(&self, fix: &Fix) -> Gnss {
        if !self.is_moved || fix.gnss.fix == GnssFix::None {
            return fix.gnss;
        }
        let at = self.plane.geodetic(fix.measured_m);
        Gnss { lat_deg: at.lat_deg, lon_deg: at.lon_deg, ..fix.gnss }
    }

    /// A point of the world on Earth.
    #[must_use]
    pub fn geodetic(&self, enu_m: DVec3) -> Geodetic {
        self.plane.geodetic(enu_m)
    }
}

/// How far along an axis satellites may lead a flight astray, or its own place from the truth.
fn astray_m(act: &Act) -> f64 {
    match act {
        Act::SpoofsGnss { jump_m, walk_mps, for_s } => {
            let ends_m = (jump_m.0 + walk_mps.0 * for_s, jump_m.1 + walk_mps.1 * for_s);
            [jump_m.0, jump_m.1, ends_m.0, ends_m.1].map(f64::abs).into_iter().fold(0.0, f64::max)
        }
        Act::SensorFails { mode: Failure::Biased { by: Bias::EnuM(east, north, _) }, .. } => {
            east.abs().max(north.abs())
        }
        _ => 0.0,
    }
}

/// How far sticks that are held may take it.
fn strays_by_hand_m(act: &Act) -> f64 {
    match act.sender().0 {
        Act::Steers { for_s, .. } => for_s * BY_HAND_MPS_MAX,
        _ => 0.0,
    }
}

/// One axis of the chosen place. `luck` is from 0 to 1.
fn along(at: f64, (low, high): (f64, f64), choice: Choice, luck: f64) -> f64 {
    if !(low..=high).contains(&at) {
        return at;
    }
    match choice {
        Choice::Nothing => (low + high) / 2.0,
        Choice::Loudest if at - low > high - at => low,
        Choice::Loudest => high,
        Choice::Random(_) | Choice::Ultrasonic => low + (high - low) * luck,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chance::Seed;

    fn story(lat_deg: f64, lon_deg: f64, mission: &str) -> Scenario {
        let text = format!(
            r#"(title: "t", place: (lat_deg: {lat_deg}, lon_deg: {lon_deg}, alt_m: 4.0), seed: 1,
                length_s: 9.0, expects: {{}}, beats: [], mission: [{mission}])"#
        );
        ron::from_str(&text).unwrap()
    }

    #[test]
    fn a_moved_world_stays_in_its_cell_with_all_that_it_may_come_to() {
        const FAR: &str = "Waypoint(label: \"far\", at_m: (1900.0, -1900.0, 20.0))";
        let choices = [Choice::Nothing, Choice::Loudest, Choice::Random(1), Choice::Random(2)];
        for (lat_deg, lon_deg, mission) in
            [(52.358, 4.8686, ""), (52.358, 4.8686, FAR), (-33.87, 151.21, FAR), (64.1, -21.9, "")]
        {
            let scenario = story(lat_deg, lon_deg, mission);
            let here = Whereabouts::of(&scenario);
            let reach = if mission.is_empty() { 250.0 } else { 2_150.0 };
            for (number, choice) in choices.into_iter().enumerate() {
                let mut stream = Seed::master(number as u64).stream();
                let there = here.moved(choice, &Zones::default(), &mut stream);
                let cell = |(e, n)| {
                    let at = there.geodetic(DVec3::new(e * reach, n * reach, 0.0));
                    Cell::of(at.lat_deg, at.lon_deg)
                };
                let home = Cell::of(lat_deg, lon_deg);
                let leaves_anyway = [(1.0, 1.0), (1.0, -1.0), (-1.0, 1.0), (-1.0, -1.0)]
                    .into_iter()
                    .any(|(e, n)| {
                        let at = here.geodetic(DVec3::new(e * reach, n * reach, 0.0));
                        Cell::of(at.lat_deg, at.lon_deg) != home
                    });
                assert_eq!(cell((0.0, 0.0)), home, "{choice:?}");
                for corner in [(1.0, 1.0), (1.0, -1.0), (-1.0, 1.0), (-1.0, -1.0)] {
                    assert!(leaves_anyway || cell(corner) == home, "{choice:?} {corner:?}");
                }
            }
        }
    }

    #[test]
    fn a_world_that_leaves_its_cell_along_both_axes_is_not_moved() {
        let [south, west, ..] = Cell::of(52.358, 4.8686).edges_deg();
        let here = Whereabouts::of(&story(south + 1e-4, west + 1e-4, ""));
        let there = here.moved(Choice::Random(3), &Zones::default(), &mut Seed::master(3).stream());
        assert_eq!(there.place, here.place);
    }

    #[test]
    fn a_world_is_moved_to_where_the_same_zones_are_and_not_at_all_near_a_border() {
        let zones = Zones::read(&evidence::Assets::find().unwrap()).unwrap();
        let border = Whereabouts::of(&story(51.443, -0.46, ""));
        let there = border.moved(Choice::Random(1), &zones, &mut Seed::master(1).stream());
        assert_eq!(there.place, border.place);
        // Beside Heathrow, whose zone fills much of its cell, and within it.
        for (lat_deg, lon_deg) in [(51.43, -0.46), (51.47, -0.46)] {
            let here = Whereabouts::of(&story(lat_deg, lon_deg, ""));
            for (number, choice) in
                [Choice::Nothing, Choice::Loudest, Choice::Random(1)].into_iter().enumerate()
            {
                let mut stream = Seed::master(number as u64).stream();
                let there = here.moved(choice, &zones, &mut stream).place;
                let own = zones.around(&here.place, 0.0);
                assert_ne!(there, here.place, "{choice:?}");
                assert_eq!(zones.around(&there, 0.0), own, "{choice:?}");
            }
        }
    }
}
