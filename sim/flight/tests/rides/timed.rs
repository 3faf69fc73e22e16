//! A flight that somebody watches with a clock.

use super::{assets, plan, story};
use flight::meter::{Meter, Room};
use flight::{Plan, Source, fly, fly_timed, honest};

/// Counts laps, and that they come in the order of a tick.
#[derive(Default)]
struct Laps(u64);

impl Meter for Laps {
    fn lap(&mut self, room: Room) {
        let expected = Room::ALL[(self.0 % Room::ALL.len() as u64) as usize];
        assert_eq!(room, expected, "after {} laps", self.0);
        self.0 += 1;
    }
}

#[test]
fn a_meter_hears_every_room_of_every_tick_and_changes_nothing() {
    let (scenario, text) = story(2.0, "beats: [],");
    let seen = |plan: &Plan<'_>| {
        fly_timed(&scenario, &text, plan, &assets(), &honest, Source::Script, Laps::default())
            .unwrap()
    };
    let plan = plan(vec![]);
    let (metered, Laps(laps)) = seen(&plan);
    assert_eq!(laps, 1000 * Room::ALL.len() as u64);
    assert_eq!(metered, fly(&scenario, &text, &plan, &assets()).unwrap());
}
