//! The systems of a tick, in their order: each takes what it needs, calls the room that does the work, and stores.
//!
//! **Never:** works anything out itself.

use super::{Ground, Instruments, Mishap, Now, Observer, Physics, Power, Riders, Story, Watch};
use crate::mains::Supply;
use crate::meter::{Meter, Room};
use crate::seats::Arrivals;
use bevy::ecs::prelude::{Res, ResMut};
use evidence::Tick;
use vehicle::senses::GnssFix;

pub(super) fn play<M: Meter>(
    now: Res<Now>,
    physics: Res<Physics>,
    riders: Res<Riders>,
    mut story: ResMut<Story>,
    mut ground: ResMut<Ground>,
    mut power: ResMut<Power>,
    mut watch: ResMut<Watch<M>>,
) {
    story.cast.play(now.0, physics.body.kinematics().position_m);
    let Story { cast, pilot, .. } = &mut *story;
    pilot.speak(now.0, riders.0.sets(), cast.figures());
    pilot.join(now.0, ground.0.arriving(now.0));
    ground.0.keep(now.0, &pilot.reached()[0]);
    story.moods.turn(now.0);
    story.cards_turn = story.healths.turn(now.0);
    power.0.turn(now.0);
    watch.0.lap(Room::Story);
}

pub(super) fn sense<M: Meter>(
    now: Res<Now>,
    story: Res<Story>,
    physics: Res<Physics>,
    riders: Res<Riders>,
    power: Res<Power>,
    mut instruments: ResMut<Instruments>,
    mut watch: ResMut<Watch<M>>,
) {
    let Instruments { sensors, microphone, readings } = &mut *instruments;
    let (body, sets) = (&physics.body, riders.0.sets());
    microphone.listen(now.0, body.kinematics().position_m, body.rotor_radps(), &story.cast, sets);
    watch.0.lap(Room::Microphone);
    let has_power = power.0.now() != Supply::Off;
    *readings = Some(sensors.read(now.0, body, &story.cast, has_power));
    watch.0.lap(Room::Sensors);
}

pub(super) fn ride<M: Meter>(
    now: Res<Now>,
    story: Res<Story>,
    mut instruments: ResMut<Instruments>,
    mut riders: ResMut<Riders>,
    mut ground: ResMut<Ground>,
    mut power: ResMut<Power>,
    mut watch: ResMut<Watch<M>>,
) {
    let Instruments { microphone, readings, .. } = &mut *instruments;
    let Some(readings) = readings.take() else { return };
    let arrivals = Arrivals {
        now: now.0,
        readings,
        microphone,
        pilot: &story.pilot,
        server: story.moods.now(),
        cards_turn: story.cards_turn,
        supply: power.0.now(),
    };
    let is_cut = riders.0.step(arrivals);
    watch.0.lap(Room::Firmware);
    riders.0.tap(now.0);
    ground.0.said(now.0, riders.0.said());
    watch.0.lap(Room::Tap);
    if is_cut {
        power.0.cut();
    }
}

pub(super) fn witness(
    now: Res<Now>,
    story: Res<Story>,
    physics: Res<Physics>,
    instruments: Res<Instruments>,
    riders: Res<Riders>,
    power: Res<Power>,
    mut observer: ResMut<Observer>,
) {
    let (own, witness) = (&riders.0.sets()[0], &mut observer.0);
    witness.follow(now.0, &physics.body);
    witness.watch_power(now.0, power.0.now());
    let has_power = power.0.now() != Supply::Off;
    let Some(readings) = riders.0.readings().filter(|_| has_power) else { return };
    witness.listen(now.0, &instruments.microphone, &story.cast, own);
    if let Some(shot) = &readings.shot {
        witness.look(now.0, shot, &story.cast, own);
    }
    if let Some(found) = &readings.found {
        witness.count(found);
    }
    if let Some(fix) = readings.fix.as_ref().filter(|fix| fix.gnss.fix != GnssFix::None) {
        witness.navigate(now.0, &fix.gnss);
    }
}

pub(super) fn follow<M: Meter>(mut riders: ResMut<Riders>, mut watch: ResMut<Watch<M>>) {
    watch.0.lap(Room::Witness);
    riders.0.follow();
    watch.0.lap(Room::Seats);
}

pub(super) fn fly<M: Meter>(
    now: Res<Now>,
    riders: Res<Riders>,
    mut physics: ResMut<Physics>,
    mut watch: ResMut<Watch<M>>,
) {
    let Physics { body, air, mishaps } = &mut *physics;
    while let Some((_, mishap)) = mishaps.pop_front_if(|(at, _)| *at <= now.0) {
        match mishap {
            Mishap::Fails { rotor } => body.fail(rotor),
            Mishap::Weakens { rotor, share } => body.weaken(rotor, share),
        }
    }
    let flow = air.blow(now.0, body.kinematics(), body.ground_m());
    body.step(&riders.0.thrust(), &flow);
    watch.0.lap(Room::Physics);
}

pub(super) fn advance(mut now: ResMut<Now>) {
    now.0 = Tick(now.0.0 + 1);
}
