//! The seats: firmware instances that ride one airframe, each with its own secrets, card and tap.
//!
//! Seat 0 flies. Its twins, the probes and the probes' twins sense the same, but for their own secrets; nobody waits
//! for what they say, so they take some ticks at once ([`turn`]). For every boot of the story a firmware is built
//! ahead; at a power-off the old one is gone with all it remembered, and what it wrote to the card is there for the
//! next.
//!
//! A twin of a saboteur has done its part once it has differed on a link on which it is judged: it gets off, and what
//! would have differed later stands in no record.
//!
//! **Never:** lets one seat hear another; lets any seat but the first move the airframe.

mod fitting;
mod seat;
mod turn;

pub use fitting::Fitting;

use crate::card::Card;
use crate::firmware::{Build, Plan, ProbePlan};
use crate::mains::{self, Supply};
use crate::outfit::Outfit;
use crate::pilot::Pilot;
use crate::secrets::Secrets;
use crate::sensors::{Microphone, Readings};
use crate::server::Connection;
use crate::tap::TwinTap;
use bevy::platform::cell::SyncCell;
use evidence::scenario::{Card as Health, Server};
use evidence::{Link, Probe, ProbeRole, Recording, Tick, Twin, TwinRecord};
use seat::{Outcome, Seat, SeatTap};
use std::sync::Arc;
use turn::Turn;
use vehicle::senses::Thrust;

/// Everyone who rides.
pub struct Seats {
    seats: Vec<Seat>,
    sets: Vec<Arc<Secrets>>,
    riders: Vec<Rider>,
    rotors: usize,
    turn: Turn,
}

/// A firmware of the plan: its seat, and those of its twins. The same probe rides once, whatever it is to prove.
struct Rider {
    seat: usize,
    twins: Vec<usize>,
}

/// All that reaches the seats in a tick but for their own secrets.
pub struct Arrivals<'a> {
    /// When.
    pub now: Tick,
    /// The shared sensors.
    pub readings: Readings,
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
        let (sets, riders) = (vec![own], Vec::new());
        let mut seats = Self { seats: Vec::new(), sets, riders, rotors, turn: Turn::EMPTY };
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
            |version: &&str| SyncCell::new(build(&fitting.provision(&self.sets[set], version)));
        self.seats.push(Seat {
            boots: versions.iter().rev().map(boot).collect(),
            firmware: None,
            set,
            card: Card::empty(),
            server: Connection::default(),
            said: Vec::new(),
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
        self.seats[0].said.last().map_or_else(Thrust::default, |said| said.thrust)
    }

    /// What seat 0 said in its last tick.
    #[must_use]
    pub fn said(&self) -> &[(Link, Vec<u8>)] {
        self.seats[0].said.last().map_or(&[], |said| &said.emissions)
    }

    /// What the shared sensors said in the last tick.
    #[must_use]
    pub fn readings(&self) -> Option<&Readings> {
        self.turn.moments().last().map(|moment| &moment.readings)
    }

    /// How often the servers refused a stranger what seat 0 had sent them.
    #[must_use]
    pub fn refused_reads(&self) -> u32 {
        self.seats[0].server.refused_reads()
    }

    /// One tick of seat 0. True where the power failed in a write of it.
    pub fn step(&mut self, arrivals: Arrivals<'_>) -> bool {
        if self.turn.is_full(self.seats.len()) {
            self.turn.clear();
            self.seats[0].said.clear();
        }
        let moment = self.turn.take_in(arrivals);
        let wrote = self.seats[0].step(moment, &self.sets[0]);
        let tears = matches!(moment.supply, Supply::Tears(_));
        // The power fails for everybody when it fails for seat 0.
        if tears && !wrote {
            moment.supply = Supply::On;
        }
        tears && wrote
    }

    /// What seat 0 said in its last tick, at its tap.
    pub fn tap(&mut self, now: Tick) {
        let Seat { tap, said, .. } = &mut self.seats[0];
        if let (SeatTap::First(recorder), Some(said)) = (tap, said.last()) {
            recorder.hear(now, said, self.rotors);
        }
    }

    /// The other seats take their turn, if it is time.
    pub fn follow(&mut self) {
        if self.turn.is_full(self.seats.len()) {
            self.take_turns();
        }
    }

    /// Each of the other seats in all ticks of the turn, with what it says at its tap.
    fn take_turns(&mut self) {
        for place in 1..self.seats.len() {
            let (before, rest) = self.seats.split_at_mut(place);
            let seat = &mut rest[0];
            seat.said.clear();
            for (i, moment) in self.turn.moments().iter().enumerate() {
                if seat.gets_off() {
                    seat.goes_dark();
                    break;
                }
                seat.step(moment, &self.sets[seat.set]);
                let Seat { tap, said, .. } = &mut *seat;
                let Some(last) = said.last() else { continue };
                match tap {
                    SeatTap::First(recorder) => recorder.hear(moment.now, last, self.rotors),
                    SeatTap::Twin { of, tap, .. } => {
                        tap.compare(moment.now, &before[*of].said[i], last, self.rotors);
                        said.clear();
                    }
                }
            }
        }
    }

    /// What seat 0, its twins, and the probes came to, in the order of the plan.
    #[must_use]
    pub fn finish(mut self, plan: &Plan<'_>) -> (Recording, Vec<TwinRecord>, Vec<Probe>) {
        // Of a full turn everybody has had theirs.
        if !self.turn.is_full(self.seats.len()) {
            self.take_turns();
        }
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
