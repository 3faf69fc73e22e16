//! The seats: firmware instances that ride one airframe, each with its own secrets, card and tap.
//!
//! Seat 0 flies. Its twins, the probes and the probes' twins sense the same, but for their own secrets.
//!
//! **Never:** lets one seat hear another; lets any seat but the first move the airframe.

use crate::airframe::{Airframe, ROTORS};
use crate::camera::{SeatFrame, Shot};
use crate::chance::Seed;
use crate::firmware::{Build, Firmware, Plan, Spoken};
use crate::frames::ned_from_enu;
use crate::secrets::Secrets;
use crate::sensors::{Microphone, Readings};
use crate::server::Connection;
use crate::tap::{Recorder, TwinTap};
use crate::voice::Library;
use bevy::platform::cell::SyncCell;
use evidence::card::{CardImage, Write};
use evidence::scenario::{Scenario, Server};
use evidence::{Link, Probe, Recording, Tick, Twin, TwinRecord};
use glam::DVec3;
use std::sync::Arc;
use vehicle::senses::{Battery, Frame, LawName, Provision, Senses, Storage, Thrust, Waypoint};

/// Everyone who rides.
pub struct Seats {
    seats: Vec<Seat>,
    sets: Vec<Arc<Secrets>>,
}

struct Seat {
    firmware: SyncCell<Box<dyn Firmware>>,
    set: usize,
    card: Card,
    server: Connection,
    said: Spoken,
    tap: SeatTap,
}

enum SeatTap {
    First(Box<Recorder>),
    Twin { of: usize, tap: Box<TwinTap> },
}

struct Card(CardImage);

impl Storage for Card {
    fn length(&self, path: &str) -> Option<usize> {
        self.0.get(path).map(Vec::len)
    }

    fn read(&self, path: &str, offset: usize, length: usize) -> &[u8] {
        let file = self.0.get(path).map_or(&[][..], Vec::as_slice);
        let start = offset.min(file.len());
        &file[start..offset.saturating_add(length).clamp(start, file.len())]
    }
}

/// What a firmware is provisioned from.
pub struct Fitting<'a> {
    /// The story.
    pub scenario: &'a Scenario,
    /// The machine.
    pub airframe: &'a Airframe,
    /// The law to be enforced.
    pub law: LawName,
    /// Voices that twins may take.
    pub library: &'a Library,
    /// The owner's public key.
    pub owner_public_key: [u8; 32],
    /// The flight's seed.
    pub seed: Seed,
}

/// All that reaches the seats in a tick but for their own secrets.
pub struct Arrivals<'a> {
    /// The shared sensors.
    pub readings: &'a Readings,
    /// The microphone.
    pub microphone: &'a Microphone,
    /// Bytes on the radio.
    pub radio: &'a [u8],
    /// How the maker's servers feel.
    pub server: Server,
}

impl Seats {
    /// Seats the firmware under test, its twins, then each probe with its twins.
    #[must_use]
    pub fn take(fitting: &Fitting<'_>, plan: &Plan<'_>, build: Build<'_>) -> Self {
        let Fitting { scenario, library, airframe, seed, .. } = fitting;
        let own = Arc::new(Secrets::of(scenario, library, airframe.cells, seed));
        let mut seats = Self { seats: Vec::new(), sets: vec![own] };
        let mut known = Vec::new();
        seats.seat_with_twins(fitting, &plan.twins, build, &mut known);
        for probe in &plan.probes {
            seats.seat_with_twins(fitting, &probe.twins, probe.build, &mut known);
        }
        seats
    }

    fn seat_with_twins(
        &mut self,
        fitting: &Fitting<'_>,
        twins: &[Twin],
        build: Build<'_>,
        known: &mut Vec<(Twin, usize)>,
    ) {
        let first = self.seats.len();
        self.seat(fitting, 0, SeatTap::First(Box::default()), build);
        for twin in twins {
            let set = self.set_for(fitting, twin, known);
            let tap = SeatTap::Twin { of: first, tap: Box::new(TwinTap::on(twin.clone())) };
            self.seat(fitting, set, tap, build);
        }
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
        let Fitting { library, airframe, seed, .. } = fitting;
        self.sets.push(Arc::new(self.sets[0].swapped(twin, library, airframe.cells, seed)));
        known.push((twin.clone(), self.sets.len() - 1));
        self.sets.len() - 1
    }

    fn seat(&mut self, fitting: &Fitting<'_>, set: usize, tap: SeatTap, build: Build<'_>) {
        let firmware = build(&provision(fitting, &self.sets[set]));
        self.seats.push(Seat {
            firmware: SyncCell::new(firmware),
            set,
            card: Card(CardImage::new()),
            server: Connection::default(),
            said: Spoken::default(),
            tap,
        });
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

    /// One tick of every seat, and of every tap.
    pub fn step(&mut self, now: Tick, arrivals: &Arrivals<'_>) {
        for seat in &mut self.seats {
            let secrets = &self.sets[seat.set];
            seat.step(now, arrivals, secrets);
        }
        for i in 0..self.seats.len() {
            let (before, rest) = self.seats.split_at_mut(i);
            let Seat { tap, said, .. } = &mut rest[0];
            match tap {
                SeatTap::First(recorder) => recorder.hear(now, said, ROTORS),
                SeatTap::Twin { of, tap } => tap.compare(now, &before[*of].said, said, ROTORS),
            }
        }
    }

    /// What seat 0, its twins, and the probes came to, in the order of the plan.
    #[must_use]
    pub fn finish(self, plan: &Plan<'_>) -> (Recording, Vec<TwinRecord>, Vec<Probe>) {
        let mut seats = self.seats.into_iter().peekable();
        let mut next = || {
            let mut recording = Recording::default();
            if let Some(Seat { tap: SeatTap::First(recorder), card, .. }) = seats.next() {
                recording = Recording { transcript: recorder.finish(), card: card.0 };
            }
            let mut twins = Vec::new();
            while let Some(seat) = seats.next_if(|s| matches!(s.tap, SeatTap::Twin { .. })) {
                if let SeatTap::Twin { tap, .. } = seat.tap {
                    twins.push(tap.finish());
                }
            }
            (recording, twins)
        };
        let (flight, twins) = next();
        let probes = plan.probes.iter().map(|probe| {
            let (recording, twins) = next();
            Probe { id: probe.id.clone(), role: probe.role, claim: probe.claim, recording, twins }
        });
        let probes = probes.collect();
        (flight, twins, probes)
    }
}

impl Seat {
    fn step(&mut self, now: Tick, arrivals: &Arrivals<'_>, secrets: &Secrets) {
        let r = arrivals.readings;
        let frame = r.shot.as_ref().map(|shot: &Shot| SeatFrame { shot, set: self.set, secrets });
        let senses = Senses {
            imu: r.imu,
            gnss: r.gnss,
            pressure_pa: r.pressure_pa,
            magnetic_frd_gauss: r.magnetic_frd_gauss,
            battery: r.battery.map(|shared| own_battery(shared, secrets)),
            range_m: r.range_m,
            microphone: arrivals.microphone.heard(self.set),
            frame: frame.as_ref().map(|frame| frame as &dyn Frame),
            radio: arrivals.radio,
            uplink: self.server.deliver(now),
            card: &self.card,
            neighbours: if r.scanned { &secrets.neighbours } else { &[] },
            entropy: r.entropy,
        };
        self.said = self.firmware.get().step(now, &senses);
        self.server.hear(now, &self.said.emissions, arrivals.server);
        for (_, bytes) in self.said.emissions.iter().filter(|(link, _)| *link == Link::Card) {
            // What is no lawful write has been said all the same, but no card takes it.
            if let Some(write) = Write::decode(bytes) {
                write.apply(&mut self.card.0);
            }
        }
    }
}

/// The shared battery with the seat's own cells and temperatures; unused ones stay 0.
fn own_battery(shared: Battery, secrets: &Secrets) -> Battery {
    let mut battery = shared;
    for (cell, offset) in battery.cells_mv.iter_mut().zip(secrets.cell_offsets_mv) {
        if *cell != 0 {
            *cell = cell.saturating_add_signed(offset);
        }
    }
    for (esc, offset) in battery.esc_cdegc.iter_mut().zip(secrets.esc_offsets_cdegc).take(ROTORS) {
        *esc = esc.saturating_add(offset);
    }
    battery
}

fn provision(fitting: &Fitting<'_>, secrets: &Secrets) -> Provision {
    let points = fitting.scenario.mission.iter().zip(&secrets.labels);
    Provision {
        serial: secrets.serial.clone(),
        wifi_key: secrets.wifi_key.clone(),
        owner_public_key: fitting.owner_public_key,
        law: fitting.law,
        airframe: fitting.airframe.setup(),
        mission: points
            .map(|(point, label)| Waypoint {
                label: label.clone(),
                position_ned_m: ned_from_enu(DVec3::new(point.at_m.0, point.at_m.1, point.at_m.2)),
                stay_s: point.stay_s,
            })
            .collect(),
        first_object: 1,
    }
}
