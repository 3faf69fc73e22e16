//! The flight log: records of a flight, sealed to the owner's key before they touch the card.
//!
//! A record is kind (u8), length of its payload (u8), milliseconds on the vehicle's clock (u32 LE), payload as in the
//! [`table`]; a block of the [`container`] is records and then zeros. A log begins at arming and ends at disarming; a
//! file that is full, or that the card has torn, is followed by the next number. Where the card has no room the
//! oldest log but this one is given up. What did not get through is counted, and `lost` says so in the same stream.
//!
//! **Never:** writes a record in clear; tells anyone but the gate that there is a log; writes behind a torn block.

mod container;
mod rates;
pub mod table;
#[cfg(test)]
mod tests;

pub use container::SealedLog;
pub(super) use container::path;
pub(crate) use rates::Noted;

use super::store::Store;
use crate::gate::Parcel;
use crate::senses::{Storage, TICKS_PER_S, Tick};
use alloc::vec::Vec;
use container::{BLOCK, BLOCKS_MAX, Container, HEADER, PLAIN, next_seed};
use rates::Rates;
use sha2::{Digest, Sha256};
use x25519_dalek::PublicKey;

const RECORD_HEAD: usize = 6;
/// Most bytes that the stream may need to tell of itself.
const TOLD_MAX: usize = 80;
/// A card that tears a second file within twice this time is left alone for so long.
const PATIENCE_TICKS: u64 = 5 * TICKS_PER_S;

/// One record. Its contents can be sealed, and nothing else can be done with them.
pub struct LogEntry {
    kind: Kind,
    payload: Vec<u8>,
}

/// What a record tells; the numbers are those of the [`table`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Attitude = 1,
    Position = 2,
    Rotors = 3,
    Cells = 4,
    Temperatures = 5,
    Fix = 6,
    Event = 7,
    Waypoint = 8,
    Command = 9,
    Consent = 10,
    Refusal = 11,
    Lost = 12,
    Rates = 13,
    SpecificForce = 14,
    AngularRate = 15,
    MagneticField = 16,
    Pressure = 17,
    Range = 18,
    Battery = 19,
    FixQuality = 20,
    Mode = 21,
    Link = 22,
    Start = 23,
    AttitudeWanted = 24,
    VelocityWanted = 25,
    TorqueWanted = 26,
    Setting = 27,
    Fault = 28,
    PassedOver = 29,
}

impl Kind {
    /// Every kind, in the order of the table.
    pub(crate) const ALL: [Self; 29] = [
        Self::Attitude,
        Self::Position,
        Self::Rotors,
        Self::Cells,
        Self::Temperatures,
        Self::Fix,
        Self::Event,
        Self::Waypoint,
        Self::Command,
        Self::Consent,
        Self::Refusal,
        Self::Lost,
        Self::Rates,
        Self::SpecificForce,
        Self::AngularRate,
        Self::MagneticField,
        Self::Pressure,
        Self::Range,
        Self::Battery,
        Self::FixQuality,
        Self::Mode,
        Self::Link,
        Self::Start,
        Self::AttitudeWanted,
        Self::VelocityWanted,
        Self::TorqueWanted,
        Self::Setting,
        Self::Fault,
        Self::PassedOver,
    ];
}

impl LogEntry {
    /// A record of exactly the length that the table gives it: a text is cut or filled up, so that no length tells.
    pub(crate) fn new(kind: Kind, mut payload: Vec<u8>) -> Self {
        payload.resize(table::RECORDS[kind as usize - 1].payload_bytes(), 0);
        Self { kind, payload }
    }

    /// A record of numbers.
    pub(crate) fn numbers(kind: Kind, values: &[f64]) -> Self {
        Self::new(kind, values.iter().flat_map(|v| (*v as f32).to_le_bytes()).collect())
    }

    /// The record that each file has near its head.
    pub(crate) fn start(version: &str, home_lat_deg: f64, home_lon_deg: f64, alt_m: f64) -> Self {
        let mut payload = version.as_bytes().to_vec();
        payload.resize(16, 0);
        let home = [home_lat_deg, home_lon_deg, alt_m];
        payload.extend(home.iter().flat_map(|value| value.to_le_bytes()));
        Self::new(Kind::Start, payload)
    }
}

/// Trouble with the card, as the log has it.
#[derive(Clone, Copy)]
enum Fault {
    FileFull = 1,
    LogGivenUp = 2,
    NoRoom = 3,
    WriteFailed = 4,
}

/// The log of the flight under way, if any.
pub(crate) struct Logbook {
    owner: PublicKey,
    rates: Rates,
    open: Option<Open>,
}

struct Open {
    owner: PublicKey,
    object: u32,
    seed: [u8; 32],
    container: Container,
    /// Whether the file's header has been written.
    is_begun: bool,
    start: LogEntry,
    needs_start: bool,
    plain: Vec<u8>,
    /// What `plain` would take with it: its records, and the losses that it tells of.
    at_stake: u32,
    /// What the last block written took along.
    last_at_stake: u32,
    /// Not yet told in the stream.
    lost: u32,
    fault: Option<(Fault, u32)>,
    failed_at: Option<Tick>,
    patient_until: Tick,
    has_lost: bool,
}

impl Logbook {
    pub(crate) fn new(owner_public_key: [u8; 32]) -> Self {
        Self { owner: PublicKey::from(owner_public_key), rates: Rates::new(), open: None }
    }

    /// Opens the next log, with a key made from fresh chance; the write of its header.
    pub(crate) fn open(
        &mut self,
        now: Tick,
        entropy: [u8; 32],
        start: LogEntry,
        store: &mut Store,
    ) -> Vec<Parcel> {
        // Other rooms use the same tick's chance, and some of them show it.
        let seed = Sha256::new_with_prefix(b"hushwing log seed 1").chain_update(entropy);
        let seed: [u8; 32] = seed.finalize().into();
        let mut open = Open {
            owner: self.owner,
            object: store.new_log(),
            seed,
            container: Container::new(&self.owner, seed),
            is_begun: false,
            start,
            needs_start: true,
            plain: Vec::with_capacity(PLAIN),
            at_stake: 0,
            last_at_stake: 0,
            lost: 0,
            fault: None,
            failed_at: None,
            patient_until: now,
            has_lost: false,
        };
        let mut writes = Vec::new();
        open.begin(store, &mut writes);
        open.tell(now);
        self.open = Some(open);
        writes
    }

    /// Looks whether the card took the last write; if not, goes on in another file. Before anything is added.
    pub(crate) fn watch(
        &mut self,
        now: Tick,
        card: &dyn Storage,
        store: &mut Store,
    ) -> Vec<Parcel> {
        let mut writes = Vec::new();
        if let Some(open) = self.open.as_mut() {
            if card.has_failed() {
                open.leave_torn_file(now, card, store);
            }
            // The header goes well ahead of the first block, so that no block ever lies in a file without one.
            if !open.is_begun && now >= open.patient_until {
                open.begin(store, &mut writes);
            }
        }
        writes
    }

    /// Adds a record; the writes that it led to.
    pub(crate) fn add(&mut self, now: Tick, entry: &LogEntry, store: &mut Store) -> Vec<Parcel> {
        let mut writes = Vec::new();
        if let Some(open) = self.open.as_mut() {
            open.add(now, entry, store, &mut writes);
        }
        writes
    }

    /// Adds all that is due at a tick.
    pub(crate) fn record(
        &mut self,
        now: Tick,
        noted: &Noted<'_>,
        store: &mut Store,
    ) -> Vec<Parcel> {
        let mut writes = Vec::new();
        if let Some(open) = self.open.as_mut() {
            for entry in self.rates.due(now, noted) {
                open.add(now, &entry, store, &mut writes);
            }
        }
        writes
    }

    /// Closes the log; the write of its last block, and whether records were lost.
    pub(crate) fn close(&mut self, now: Tick, store: &mut Store) -> (Vec<Parcel>, bool) {
        let mut writes = Vec::new();
        let Some(mut open) = self.open.take() else { return (writes, false) };
        if open.plain.len() + TOLD_MAX > PLAIN {
            open.flush(store, &mut writes);
        }
        open.tell(now);
        open.flush(store, &mut writes);
        (writes, open.has_lost)
    }
}

impl Open {
    fn add(&mut self, now: Tick, entry: &LogEntry, store: &mut Store, writes: &mut Vec<Parcel>) {
        if self.plain.len() + RECORD_HEAD + entry.payload.len() > PLAIN {
            self.flush(store, writes);
            self.tell(now);
        }
        self.put(now, entry.kind, &entry.payload);
        self.at_stake += 1;
    }

    fn put(&mut self, now: Tick, kind: Kind, payload: &[u8]) {
        let milliseconds = (now.0 * 1000 / TICKS_PER_S) as u32;
        self.plain.extend([kind as u8, payload.len() as u8]);
        self.plain.extend(milliseconds.to_le_bytes());
        self.plain.extend_from_slice(payload);
    }

    /// Puts what the stream must tell of itself at the head of a block. It is small, and the block is empty or nearly.
    fn tell(&mut self, now: Tick) {
        if core::mem::take(&mut self.needs_start) {
            let payload = self.start.payload.clone();
            self.put(now, Kind::Start, &payload);
        }
        if let Some((fault, object)) = self.fault.take() {
            let payload = [&[fault as u8][..], &object.to_le_bytes()].concat();
            self.put(now, Kind::Fault, &payload);
        }
        if self.lost > 0 {
            let lost = core::mem::take(&mut self.lost);
            self.put(now, Kind::Lost, &lost.to_le_bytes());
            self.at_stake = self.at_stake.saturating_add(lost);
            self.has_lost = true;
        }
    }

    /// Writes the block in hand, or counts it as lost.
    fn flush(&mut self, store: &mut Store, writes: &mut Vec<Parcel>) {
        let plain = core::mem::replace(&mut self.plain, Vec::with_capacity(PLAIN));
        let at_stake = core::mem::take(&mut self.at_stake);
        let has_room = self.is_begun && self.make_room(BLOCK as u64, store, writes);
        let Some(block) = has_room.then(|| self.container.seal(plain)).flatten() else {
            self.lost = self.lost.saturating_add(at_stake);
            self.has_lost = true;
            return;
        };
        self.last_at_stake = at_stake;
        writes.push(Parcel::log(self.object, path(self.object), block));
        if self.container.blocks() == BLOCKS_MAX {
            self.fault = Some((Fault::FileFull, self.object));
            self.object = store.new_log();
            self.renew();
            self.begin(store, writes);
        }
    }

    /// A fresh key, and a file of which nothing is on the card yet.
    fn renew(&mut self) {
        self.seed = next_seed(self.seed);
        self.container = Container::new(&self.owner, self.seed);
        self.is_begun = false;
        self.needs_start = true;
        self.last_at_stake = 0;
    }

    /// Writes the header, if there is room for one.
    fn begin(&mut self, store: &mut Store, writes: &mut Vec<Parcel>) {
        self.is_begun = self.make_room(HEADER as u64, store, writes);
        if self.is_begun {
            writes.push(Parcel::log(self.object, path(self.object), self.container.header()));
        }
    }

    fn make_room(&mut self, bytes: u64, store: &mut Store, writes: &mut Vec<Parcel>) -> bool {
        while !store.grow_log(self.object, bytes) {
            let Some(older) = store.give_up_oldest(self.object) else {
                self.fault = Some((Fault::NoRoom, self.object));
                return false;
            };
            writes.extend(older.writes);
            self.lost = self.lost.saturating_add(older.blocks);
            self.fault = Some((Fault::LogGivenUp, older.object));
        }
        true
    }

    fn leave_torn_file(&mut self, now: Tick, card: &dyn Storage, store: &mut Store) {
        let there = card.length(&path(self.object));
        if !self.is_begun || there == Some(self.container.bytes()) {
            return;
        }
        self.fault = Some((Fault::WriteFailed, self.object));
        self.lost = self.lost.saturating_add(self.last_at_stake);
        self.has_lost = true;
        // A number under which nothing ever came to lie is still free.
        if there.is_some() {
            self.object = store.new_log();
        }
        self.renew();
        // One torn block may be chance; a second soon after it is a card that is better left alone for a while.
        let is_chance = self.failed_at.is_none_or(|at| now.0 > at.0 + 2 * PATIENCE_TICKS);
        self.patient_until = if is_chance { now } else { Tick(now.0 + PATIENCE_TICKS) };
        self.failed_at = Some(now);
    }
}

/// Whole blocks in a file of so many bytes.
pub(super) fn blocks_in(bytes: u64) -> u32 {
    (bytes.saturating_sub(HEADER as u64) / BLOCK as u64) as u32
}
