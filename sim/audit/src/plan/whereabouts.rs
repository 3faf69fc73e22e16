//! How far twins that lie elsewhere in the same cell must say the same.
//!
//! Telemetry, broadcasts and the way flown are of the place by law. So the place is judged where it must not show at
//! all: to the maker, to the pilot's screen, on the console, and by the lamps where no zone is near. To the maker it
//! is so only while both are sure to be in the same cell, and while nothing that is said there counts flights that a
//! zone may have forbidden.
//!
//! **Never:** asks where the airframe went; the story alone decides.

use crate::place::{at, zones};
use evidence::scenario::{Act, BY_HAND_MPS_MAX, Bias, Failure, Item, Place, Scenario, Setting};
use evidence::{Cell, Link, Mandate, Recipient, Tick};

/// A flight that is told to stay at a place strays no farther, the error of its fixes counted in. A twin whose cell
/// leaves room is moved by whole hundreds of metres; where there is no room, it is not moved along that axis, so only
/// a real crossing tells them apart.
const STRAYS_M: f64 = 20.0;

/// Whether twins elsewhere in the cell must be the same on a link at all. Lamps follow what a zone makes of a flight.
pub fn is_judged(scenario: &Scenario, link: Link) -> bool {
    let Place { lat_deg, lon_deg, .. } = scenario.place;
    match link {
        Link::Uplink | Link::Video | Link::Console => true,
        Link::Lights => !zones::is_near(Cell::of(lat_deg, lon_deg)),
        Link::Radio | Link::Telemetry2 | Link::RemoteId | Link::Card | Link::Motion => false,
    }
}

/// From when they may differ on Uplink: from the first start of the rotors, where the flight may leave its cell, or
/// where a zone may keep one of them on the ground and something that follows from flying is sent.
pub fn end(scenario: &Scenario, mandate: &Mandate) -> Option<Tick> {
    let place = scenario.place;
    let home = Cell::of(place.lat_deg, place.lon_deg);
    let tells_of_flights =
        mandate.controls.iter().any(|c| c.name == Setting::UpDiag && c.value == 1)
            || scenario.beats.iter().any(|beat| {
                matches!(beat.does.sender().0, Act::Requests { to: Recipient::Maker, .. })
            });
    let may_differ = !stays(scenario, home) || (tells_of_flights && zones::is_near(home));
    let starts = scenario.beats.iter().filter(|beat| match beat.does.sender().0 {
        Act::Arms | Act::TakesOff { .. } | Act::StartsMission => may_differ,
        _ => false,
    });
    starts.map(|beat| Tick::at_s(beat.at_s)).min()
}

/// Whether the start and every place that it may be told to go to are in the cell for certain, and so is every
/// straight line between them.
fn stays(scenario: &Scenario, home: Cell) -> bool {
    let mut places = vec![(0.0, 0.0)];
    let mut strays_m = STRAYS_M;
    places.extend(scenario.mission.iter().filter_map(Item::at_m).map(|(e, n, _)| (e, n)));
    for item in &scenario.mission {
        if let Item::Loiter { radius_m, .. } = item {
            strays_m = strays_m.max(STRAYS_M + radius_m.abs());
        }
    }
    let acts = || scenario.beats.iter().map(|beat| beat.does.sender().0);
    let follows = acts().any(|act| matches!(act, Act::Follows { .. }));
    places.extend(scenario.cast.iter().filter(|_| follows).map(|person| person.at_m));
    for act in acts() {
        match act {
            Act::GoesTo { at_m: (east_m, north_m, _), .. } => places.push((*east_m, *north_m)),
            Act::Orbits { around_m: (east_m, north_m, _), radius_m, .. } => {
                places.push((*east_m, *north_m));
                strays_m = strays_m.max(STRAYS_M + radius_m.abs());
            }
            Act::Walks { to_m, .. } if follows => places.push(*to_m),
            Act::WalksPath { through_m, .. } if follows => places.extend(through_m),
            Act::SpoofsGnss { jump_m, walk_mps, for_s } => {
                let led_m = |jump: f64, walk: f64| jump.abs() + walk.abs() * for_s;
                strays_m += led_m(jump_m.0, walk_mps.0).max(led_m(jump_m.1, walk_mps.1));
            }
            Act::SensorFails {
                mode: Failure::Biased { by: Bias::EnuM(east, north, _) }, ..
            } => {
                strays_m += east.abs().max(north.abs());
            }
            Act::Steers { for_s, .. } => strays_m += for_s * BY_HAND_MPS_MAX,
            _ => {}
        }
    }
    places.into_iter().all(|(east_m, north_m)| {
        [(1.0, 1.0), (1.0, -1.0), (-1.0, 1.0), (-1.0, -1.0)].into_iter().all(|(east, north)| {
            let corner = (east_m + east * strays_m, north_m + north * strays_m);
            let [lat_deg, lon_deg] = at(scenario.place, corner.0, corner.1);
            Cell::of(lat_deg, lon_deg) == home
        })
    })
}
