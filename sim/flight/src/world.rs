//! The flight as a Bevy world: a few fat resources, and systems in one order, tick by tick.
//!
//! Story, sensors, the seat that flies, witness, the other seats, airframe: each system's signature says what flows
//! into it, and the schedule refuses to run if two that conflict have no order.
//!
//! **Never:** runs a tick in parallel, or on a wall clock.

mod rooms;

use crate::air::Air;
use crate::body::Body;
use crate::card::Healths;
use crate::cast::Cast;
use crate::ground::Listening;
use crate::mains::Mains;
use crate::meter::Meter;
use crate::pilot::Pilot;
use crate::seats::Seats;
use crate::sensors::{Microphone, Readings, Sensors};
use crate::server::Moods;
use crate::witness::Witness;
use bevy::app::App;
use bevy::ecs::prelude::{IntoScheduleConfigs, Resource};
use bevy::ecs::schedule::{LogLevel, ScheduleBuildSettings, ScheduleLabel, SingleThreadedExecutor};
use evidence::Tick;
use evidence::scenario::Card as Health;
use rooms::{advance, fly, follow, play, ride, sense, witness};
use std::collections::VecDeque;

/// Whoever hears when each room is done.
#[derive(Resource)]
struct Watch<M: Meter>(M);

/// The schedule of one tick.
#[derive(ScheduleLabel, Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct EachTick;

/// Which tick it is.
#[derive(Resource)]
struct Now(Tick);

/// People, pilot and servers: all that acts by the scenario's beats.
#[derive(Resource)]
pub struct Story {
    /// The people.
    pub cast: Cast,
    /// The pilot's ground station.
    pub pilot: Pilot,
    /// The maker's servers.
    pub moods: Moods,
    /// The cards.
    pub healths: Healths,
    /// What the cards turn to in this tick, if anything.
    pub cards_turn: Option<Health>,
}

/// Whoever speaks from the ground beside the script.
#[derive(Resource)]
pub struct Ground(pub Listening);

/// The vehicle's power.
#[derive(Resource)]
pub struct Power(pub Mains);

/// The rigid body and the air that it flies in.
#[derive(Resource)]
pub struct Physics {
    /// The airframe.
    pub body: Body,
    /// The wind.
    pub air: Air,
    /// What befalls the rotors when, in order of time.
    pub mishaps: VecDeque<(Tick, Mishap)>,
}

/// What may befall a rotor, by its place from 0.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Mishap {
    /// Its motor stands still.
    Fails {
        /// Which.
        rotor: usize,
    },
    /// It gives a part of its lift.
    Weakens {
        /// Which.
        rotor: usize,
        /// The part that is left.
        share: f64,
    },
}

/// The sensors and what they said in this tick.
#[derive(Resource)]
pub struct Instruments {
    /// All but the microphone.
    pub sensors: Sensors,
    /// The microphone.
    pub microphone: Microphone,
    /// This tick's readings, until the seats take them.
    pub readings: Option<Readings>,
}

/// Everyone who rides.
#[derive(Resource)]
pub struct Riders(pub Seats);

/// Who writes down the truth.
#[derive(Resource)]
pub struct Observer(pub Witness);

/// All that a flight is made of.
pub struct Parts {
    /// What acts by the beats.
    pub story: Story,
    /// What else is heard from the ground.
    pub ground: Ground,
    /// What moves.
    pub physics: Physics,
    /// What senses.
    pub instruments: Instruments,
    /// What feeds the vehicle.
    pub power: Power,
    /// Who rides.
    pub riders: Riders,
    /// Who watches.
    pub observer: Observer,
}

/// What is there after a flight.
pub struct Flown<M> {
    /// Who rode.
    pub seats: Seats,
    /// Who watched.
    pub witness: Witness,
    /// What moved.
    pub body: Body,
    /// What was heard from the ground.
    pub ground: Listening,
    /// The first tick after the flight.
    pub end: Tick,
    /// The meter.
    pub meter: M,
}

/// Flies so many ticks, or until the ground ends it.
#[must_use]
pub fn run<M: Meter>(parts: Parts, ticks: u64, meter: M) -> Option<Flown<M>> {
    let mut app = App::empty();
    app.insert_resource(Now(Tick(0)))
        .insert_resource(Watch(meter))
        .insert_resource(parts.story)
        .insert_resource(parts.ground)
        .insert_resource(parts.power)
        .insert_resource(parts.physics)
        .insert_resource(parts.instruments)
        .insert_resource(parts.riders)
        .insert_resource(parts.observer)
        .init_schedule(EachTick)
        .edit_schedule(EachTick, |schedule| {
            schedule.set_executor(SingleThreadedExecutor::new());
            schedule.set_build_settings(ScheduleBuildSettings {
                ambiguity_detection: LogLevel::Error,
                // No system has commands, so nothing is ever deferred.
                auto_insert_apply_deferred: false,
                ..ScheduleBuildSettings::default()
            });
        })
        .add_systems(
            EachTick,
            (play::<M>, sense::<M>, ride::<M>, witness, follow::<M>, fly::<M>, advance).chain(),
        );
    let world = app.world_mut();
    let mut end = Tick(0);
    while end.0 < ticks {
        world.run_schedule(EachTick);
        let is_over = world.resource::<Ground>().0.ends(end);
        end = Tick(end.0 + 1);
        if is_over {
            break;
        }
    }
    let Ground(ground) = world.remove_resource()?;
    let Riders(seats) = world.remove_resource()?;
    let Observer(witness) = world.remove_resource()?;
    let Physics { body, .. } = world.remove_resource()?;
    let Watch(meter) = world.remove_resource::<Watch<M>>()?;
    Some(Flown { seats, witness, body, ground, end, meter })
}
