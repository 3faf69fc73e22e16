//! The seats: firmware instances that ride one airframe, each with its own secrets, card and tap.
//!
//! Seat 0 flies. Its twins, the probes and the probes' twins sense the same, but for their own secrets. For every
//! boot of the story a firmware is built ahead; at a power-off the old one is gone with all it remembered, and what
//! it wrote to the card is there for the next.
//!
//! A twin of a saboteur has done its part once it has differed on a link on which it is judged: it gets off, and what
//! would have differed later stands in no record.
//!
//! **Never:** lets one seat hear another; lets any seat but the first move the airframe.

mod seat;

use crate::card::Card;
use crate::chance::Seed;
use crate::firmware::{Build, Plan, ProbePlan, Spoken};
use crate::keys::Keys;
use crate::magnetism::Magnetism;
use crate::mains::{self, Supply};
use crate::mission;
use crate::outfit::Outfit;
use crate::pilot::Pilot;
use crate::secrets::Secrets;
use crate::sensors::{Microphone, Readings};
use crate::server::Connection;
use crate::tap::TwinTap;
use bevy::platform::cell::SyncCell;
use evidence::scenario::{Card as Health, Scenario, Server};
use evidence::{Link, Probe, ProbeRole, Recording, Tick, Twin, TwinRecord, Ways};
use seat::{Outcome, Seat, SeatTap};
use std::sync::Arc;
use vehicle::senses::{Personality, Provision, Streams, Thrust};

/// Everyone who rides.
pub struct Seats {
    seats: Vec<Seat>,
    sets: Vec<Arc<Secrets>>,
    riders: Vec<Rider>,
    rotors: usize,
}

/// A firmware of the plan: its seat, and those of its twins. The same probe rides once, whatever it is to prove.
struct Rider {
    seat: usize,
    twins: Vec<usize>,
}

/// What a firmware is provisioned from.
pub struct Fitting<'a> {
    /// The story.
    pub scenario: &'a Scenario,
    /// What it takes along.
    pub outfit: &'a Outfit,
    /// What the vehicle tells by itself.
    pub streams: Streams,
    /// Whose ways it has with ground stations.
    pub ways: Ways,
    /// The owner's public key.
    pub owner_public_key: [u8; 32],
    /// Keys that all seats share.
    pub keys: Keys,
    /// The flight's seed.
    pub seed: Seed,
}

/// All that reaches the seats in a tick but for their own secrets.
pub struct Arrivals<'a> {
    /// The shared sensors.
    pub readings: &'a Readings,
    /// The microphone.
    pub microphone: &'a Microphone,
    /// Who speaks on the radio.
    pub pilot: &'a Pilot,
    /// How the maker's servers feel.
    pub server: Server,
    /// What the cards turn to in this tick, if anything.
    pub cards_turn: Option<Health>,
    /// Whether there is power.
    pub supply: Supply,
}

impl Seats {
    /// Seats the firmware under test, its twins, then each probe with its twins.
    #[must_use]
    pub fn take(fitting: &Fitting<'_>, plan: &Plan<'_>, build: Build<'_>) -> Self {
        let Fitting { scenario, outfit, seed, .. } = fitting;
        let Outfit { library, airframe, .. } = outfit;
        let own = Arc::new(Secrets::of(scenario, library, airframe.cells, seed));
        let rotors = airframe.rotors.len();
        let mut seats = Self { seats: Vec::new(), sets: vec![own], riders: Vec::new(), rotors };
        let mut known = Vec::new();
        let first = seats.seat(fitting, 0, SeatTap::First(Box::default()), build);
        seats.seat_twins(fitting, first, &plan.twins, false, build, &mut known);
        for (place, probe) in plan.probes.iter().enumerate() {
            let is_same =
                |other: &ProbePlan<'_>| (&other.id, other.role) == (&probe.id, probe.role);
            let again = plan.probes[..place].iter().position(is_same);
            let seat = match again {
                Some(again) => seats.riders[1 + again].seat,
                None => seats.seat(fitting, 0, SeatTap::First(Box::default()), probe.build),
            };
            let gets_off = probe.role == ProbeRole::Saboteur;
            seats.seat_twins(fitting, seat, &probe.twins, gets_off, probe.build, &mut known);
        }
        seats
    }

    /// Seats the twins of a firmware, but for those that it has already.
    fn seat_twins(
        &mut self,
        fitting: &Fitting<'_>,
        first: usize,
        twins: &[Twin],
        gets_off: bool,
        build: Build<'_>,
        known: &mut Vec<(Twin, usize)>,
    ) {
        let mut places = Vec::new();
        for twin in twins {
            let is_seated = |seat: &Seat| match &seat.tap {
                SeatTap::Twin { of, tap, .. } => *of == first && tap.is_of(twin),
                SeatTap::First(_) => false,
            };
            let seated = self.seats.iter().position(is_seated);
            let place = seated.unwrap_or_else(|| {
                let set = self.set_for(fitting, twin, known);
                let tap = Box::new(TwinTap::on(twin.clone()));
                let tap = SeatTap::Twin { of: first, tap, gets_off };
                self.seat(fitting, set, tap, build)
            });
            places.push(place);
        }
        self.riders.push(Rider { seat: first, twins: places });
    }

    /// The set of secrets of a twin; twins that swap alike share one, and its pictures with it.
    fn set_for(
        &mut self,
        fitting: &Fitting<'_>,
        twin: &Twin,
        known: &mut Vec<(Twin, usize)>,
    ) -> usize {
        let alike = |(t, _): &&(Twin, usize)| t.swaps == twin.swaps && t.choice == twin.choice;
        if let Some((_, set)) = known.iter().find(alike) {
            return *set;
        }
        let Fitting { outfit, seed, .. } = fitting;
        let Outfit { library, zones, airframe, .. } = outfit;
        let other = self.sets[0].swapped(twin, library, zones, airframe.cells, seed);
        self.sets.push(Arc::new(other));
        known.push((twin.clone(), self.sets.len() - 1));
        self.sets.len() - 1
    }

    /// Seats one more; where.
    fn seat(&mut self, fitting: &Fitting<'_>, set: usize, tap: SeatTap, build: Build<'_>) -> usize {
        let versions = mains::versions(fitting.scenario);
        let boot =
            |version: &&str| SyncCell::new(build(&provision(fitting, &self.sets[set], version)));
        self.seats.push(Seat {
            boots: versions.iter().rev().map(boot).collect(),
            firmware: None,
            set,
            card: Card::empty(),
            server: Connection::default(),
            said: Spoken::default(),
            rotors: self.rotors,
            tap,
        });
        self.seats.len() - 1
    }

    /// The different sets of secrets; seat 0 has the first.
    #[must_use]
    pub fn sets(&self) -> &[Arc<Secrets>] {
        &self.sets
    }

    /// What seat 0 commands its rotors to do.
    #[must_use]
    pub fn thrust(&self) -> Thrust {
        self.seats[0].said.thrust
    }

    /// What seat 0 said in its last tick.
    #[must_use]
    pub fn said(&self) -> &[(Link, Vec<u8>)] {
        &self.seats[0].said.emissions
    }

    /// How often the servers refused a stranger what seat 0 had sent them.
    #[must_use]
    pub fn refused_reads(&self) -> u32 {
        self.seats[0].server.refused_reads()
    }

    /// One tick of every seat. True where the power failed in a write of seat 0.
    pub fn step(&mut self, now: Tick, arrivals: &Arrivals<'_>) -> bool {
        let mut supply = arrivals.supply;
        for (place, seat) in self.seats.iter_mut().enumerate() {
            let wrote = seat.step(now, arrivals, supply, &self.sets[seat.set]);
            // The power fails for everybody when it fails for seat 0.
            if place == 0 && !wrote && matches!(supply, Supply::Tears(_)) {
                supply = Supply::On;
            }
        }
        matches!(supply, Supply::Tears(_))
    }

    /// What every seat said in its last tick, at its tap.
    pub fn tap(&mut self, now: Tick) {
        for i in 0..self.seats.len() {
            let (before, rest) = self.seats.split_at_mut(i);
            let Seat { tap, said, .. } = &mut rest[0];
            match tap {
                SeatTap::First(recorder) => recorder.hear(now, said, self.rotors),
                SeatTap::Twin { gets_off: true, tap, .. } if tap.has_shown() => {}
                SeatTap::Twin { of, tap, .. } => {
                    tap.compare(now, &before[*of].said, said, self.rotors)
                }
            }
        }
    }

    /// What seat 0, its twins, and the probes came to, in the order of the plan.
    #[must_use]
    pub fn finish(self, plan: &Plan<'_>) -> (Recording, Vec<TwinRecord>, Vec<Probe>) {
        let outcomes: Vec<_> = self.seats.into_iter().map(Seat::ends).collect();
        let came_to = |rider: &Rider| {
            let recording = match &outcomes[rider.seat] {
                Outcome::First(recording) => recording.clone(),
                Outcome::Twin(_) => Recording::default(),
            };
            let twins = rider.twins.iter().filter_map(|place| match &outcomes[*place] {
                Outcome::Twin(record) => Some(record.clone()),
                Outcome::First(_) => None,
            });
            (recording, twins.collect())
        };
        let (flight, twins) = came_to(&self.riders[0]);
        let probes = plan.probes.iter().zip(&self.riders[1..]).map(|(probe, rider)| {
            let (recording, twins) = came_to(rider);
            Probe { id: probe.id.clone(), role: probe.role, claim: probe.claim, recording, twins }
        });
        let probes = probes.collect();
        (flight, twins, probes)
    }
}

fn provision(fitting: &Fitting<'_>, secrets: &Secrets, version: &str) -> Provision {
    Provision {
        serial: secrets.serial.clone(),
        wifi_key: secrets.wifi_key.clone(),
        owner_public_key: fitting.owner_public_key,
        law: fitting.outfit.law_name,
        airframe: fitting.outfit.airframe.setup(),
        mission: mission::planned(&fitting.scenario.mission, &secrets.labels),
        geofence: mission::fenced(fitting.scenario.geofence.as_ref()),
        // Twins whose place is moved within its cell are told the same.
        declination_rad: Magnetism::at(fitting.scenario.place).declination_rad,
        streams: fitting.streams,
        personality: taken_after(fitting.ways.radio),
        telemetry2: fitting.ways.telemetry2.map(taken_after),
        version: version.to_owned(),
        vault_key: fitting.keys.vault,
        unlock_key: fitting.keys.unlock,
    }
}

fn taken_after(whom: evidence::Personality) -> Personality {
    match whom {
        evidence::Personality::Px4 => Personality::Px4,
        evidence::Personality::ArduPilot => Personality::ArduPilot,
    }
}
