//! RemoteId: one ASTM F3411-22a message of 25 bytes an emission, or a pack of them, every bit of them.
//!
//! **Never:** takes a reserved bit for nothing.

use super::Faults;
use crate::case::{Case, Sender};
use evidence::scenario::{Act, Setting};
use evidence::transcript::Said;
use evidence::{Class, Link, TICKS_PER_S, Tick};
use std::collections::BTreeMap;

const LENGTH: usize = 25;
const BASIC_ID: u8 = 0x02;
const LOCATION: u8 = 0x12;
const SELF_ID: u8 = 0x32;
const SYSTEM: u8 = 0x42;
const OPERATOR_ID: u8 = 0x52;
const PACK: u8 = 0xF2;
/// The order of messages in a pack.
const PACKED: [u8; 5] = [BASIC_ID, LOCATION, SELF_ID, SYSTEM, OPERATOR_ID];
const SERIAL_OF_MULTIROTOR: u8 = 0x12;
const RESERVED_STATUS_BIT: u8 = 0x08;
const HEIGHT_ABOVE_GROUND_BIT: u8 = 0x04;
const UNKNOWN_SPEED: u8 = 255;
const UNKNOWN_DIRECTION: u8 = 181;
const TENTHS_OF_AN_HOUR: u16 = 36_000;
/// Unit of the broadcast's clock: a tenth of a second.
const TICKS_PER_TENTH: u64 = TICKS_PER_S / 10;
const PERIOD_TICKS: u64 = 3 * TICKS_PER_S;
const PACK_PHASE_TICKS: u64 = PERIOD_TICKS / 2;
const WORDS: &[u8] = b"Recreational";
/// From 2019-01-01 to 2026-01-01, in seconds.
const EPOCH_S: u64 = 220_924_800;
/// An operator's fix is live for so long.
const FRESH_TICKS: u64 = 5 * TICKS_PER_S + 1;
/// How far the operator's place may be from where the story has it, in ten millionths of a degree.
const OFF_E7: f64 = 300.0;

/// What has been heard so far.
pub struct RemoteId {
    serial: Option<Vec<u8>>,
    at: BTreeMap<u8, Tick>,
    accuracies: Option<[u8; 3]>,
}

impl RemoteId {
    /// Before the first message. The serial is what the vehicle really has, where truth tells it.
    pub fn of(case: &Case<'_>) -> Self {
        let device = case.evidence.truth.canaries.iter().find(|c| c.subject == "serial");
        let serial = device.map(|canary| canary.needle.clone());
        Self { serial, at: BTreeMap::new(), accuracies: None }
    }

    /// Reads one emission.
    pub fn said(&mut self, case: &Case<'_>, said: Said<'_>, faults: &mut Faults<'_>) {
        let bytes = said.bytes;
        if bytes.first() == Some(&PACK) {
            return self.pack(case, said.tick, bytes, faults);
        }
        let Ok(message) = <&[u8; LENGTH]>::try_from(bytes) else {
            return faults.unlisted(None, "broadcast that is not 25 bytes");
        };
        let (period, name) = match message[0] {
            BASIC_ID => (PERIOD_TICKS, "Basic ID"),
            LOCATION => (TICKS_PER_S, "Location"),
            SELF_ID => (PERIOD_TICKS, "Self-ID"),
            SYSTEM => (PERIOD_TICKS, "System"),
            OPERATOR_ID => (PERIOD_TICKS, "Operator ID"),
            _ => return faults.unlisted(None, "broadcast of an unlisted type or version"),
        };
        self.on_time(case, said.tick, message[0], period, name, faults);
        self.message(case, said.tick, message, faults);
    }

    fn pack(&mut self, case: &Case<'_>, tick: Tick, bytes: &[u8], faults: &mut Faults<'_>) {
        let (head, messages) = bytes.split_at(bytes.len().min(3));
        let count = head.get(2).map_or(0, |count| usize::from(*count));
        let is_formal = head.get(1) == Some(&(LENGTH as u8))
            && (1..=PACKED.len()).contains(&count)
            && messages.len() == count * LENGTH;
        if !is_formal {
            return faults.unlisted(None, "a pack of broadcasts of another form");
        }
        let is_due = tick.0 % PERIOD_TICKS == PACK_PHASE_TICKS;
        faults.must(is_due, "a pack of broadcasts is not sent at its time");
        let places = messages.chunks(LENGTH).map(|m| PACKED.iter().position(|kind| *kind == m[0]));
        let is_ordered = places.clone().all(|place| place.is_some()) && places.is_sorted();
        faults.must(is_ordered, "a pack of broadcasts in another order");
        for message in messages.chunks(LENGTH) {
            if let Ok(message) = message.try_into() {
                self.message(case, tick, message, faults);
            }
        }
    }

    fn message(
        &mut self,
        case: &Case<'_>,
        tick: Tick,
        bytes: &[u8; LENGTH],
        faults: &mut Faults<'_>,
    ) {
        match bytes[0] {
            BASIC_ID => self.basic_id(bytes, faults),
            LOCATION => {
                let accuracies = [bytes[19], bytes[20], bytes[23]];
                let first = *self.accuracies.get_or_insert(accuracies);
                // Without a fix they are unknown.
                let is_known = accuracies == first || bytes[5..13] == [0; 8] || first[0] == 0;
                faults.must(is_known, "Location accuracies changed");
                location(tick, bytes, faults);
            }
            SELF_ID => {
                let is_plain = bytes[1] == 0
                    && bytes[2..].starts_with(WORDS)
                    && bytes[2 + WORDS.len()..].iter().all(|byte| *byte == 0);
                faults.must(is_plain, "Self-ID says something else");
            }
            SYSTEM => system(case, tick, bytes, faults),
            OPERATOR_ID => operator(case, bytes, faults),
            _ => faults.unlisted(None, "broadcast of an unlisted type or version"),
        }
    }

    /// A message comes at its period, and keeps its place in it while it is switched off or has nothing to tell.
    fn on_time(
        &mut self,
        case: &Case<'_>,
        tick: Tick,
        kind: u8,
        period: u64,
        name: &str,
        faults: &mut Faults<'_>,
    ) {
        let last = self.at.insert(kind, tick);
        let may_pause = kind == SYSTEM
            || kind == OPERATOR_ID
            || last.is_some_and(|last| {
                let between = |at: &Tick| last < *at && *at <= tick;
                let controls = case.evidence.truth.mandate.controls.iter();
                let mut switched =
                    controls.filter(|c| c.name == Setting::RidEnable && between(&c.tick));
                switched.next().is_some() || case.power.boots().iter().any(between)
            });
        let is_phased = kind == BASIC_ID || kind == LOCATION;
        let is_due = match last {
            None => !is_phased || tick.0.is_multiple_of(period),
            Some(last) if may_pause => (tick.0 - last.0).is_multiple_of(period),
            Some(last) => tick.0 == last.0 + period,
        };
        faults.must(is_due, &format!("{name} is not sent at its period of {period} ticks"));
    }

    fn basic_id(&self, bytes: &[u8; LENGTH], faults: &mut Faults<'_>) {
        faults.must(bytes[1] == SERIAL_OF_MULTIROTOR, "Basic ID is not the serial of a multirotor");
        faults.must(bytes[22..] == [0; 3], "Basic ID reserved bytes are not zero");
        let end = bytes[2..22].iter().rposition(|b| *b != 0).map_or(2, |last| last + 3);
        let serial = &bytes[2..end];
        faults.must(serial.iter().all(u8::is_ascii_graphic), "Basic ID is not printable");
        let is_true = self.serial.as_ref().is_none_or(|known| known == serial);
        faults.must(is_true, "Basic ID is not the vehicle's serial");
    }
}

fn location(tick: Tick, bytes: &[u8; LENGTH], faults: &mut Faults<'_>) {
    let reserved = bytes[1] & (RESERVED_STATUS_BIT | HEIGHT_ABOVE_GROUND_BIT);
    faults.must(reserved == 0 && bytes[1] >> 4 <= 4, "Location status has unlisted bits");
    faults.must(
        bytes[2] < 180 || bytes[2] == UNKNOWN_DIRECTION,
        "Location direction is out of range",
    );
    let coarse = bytes[1] & 1 == 1;
    // The coarse unit is for what the fine one cannot hold; it has no second spelling for a slow speed.
    faults.must(
        !coarse || bytes[3] > 0 || bytes[3] == UNKNOWN_SPEED,
        "Location speed in the wrong unit",
    );
    let climb = bytes[4] as i8;
    faults.must((-124..=126).contains(&climb), "Location vertical speed is out of range");
    let degrees_e7 = |at: usize| {
        i32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]]).unsigned_abs()
    };
    let is_on_earth = degrees_e7(5) <= 900_000_000 && degrees_e7(9) <= 1_800_000_000;
    faults.must(is_on_earth, "Location is not on Earth");
    let tenths = u16::from_le_bytes([bytes[21], bytes[22]]);
    let now = (tick.0 / TICKS_PER_TENTH % u64::from(TENTHS_OF_AN_HOUR)) as u16;
    faults.must(tenths == now, "Location time is not the tick's");
    faults.must(bytes[23] & 0xF0 == 0 && bytes[24] == 0, "Location reserved bits are not zero");
}

/// The operator's place, from a live fix, while armed.
fn system(case: &Case<'_>, tick: Tick, bytes: &[u8; LENGTH], faults: &mut Faults<'_>) {
    let is_formal =
        bytes[1] == 1 && bytes[10..12] == [1, 0] && bytes[12..18] == [0; 6] && bytes[24] == 0;
    faults.must(is_formal, "System has unlisted bits");
    let stamp = u32::from_le_bytes([bytes[20], bytes[21], bytes[22], bytes[23]]);
    let is_now = u64::from(stamp) == EPOCH_S + tick.0 / TICKS_PER_S;
    faults.must(is_now, "System time is not the tick's");
    let shared = case.heard.iter().rev().find_map(|heard| match (heard.by, heard.act) {
        (Sender::Pilot, Act::SharesPosition { at_m }) if heard.tick <= tick => {
            Some((heard.tick, *at_m))
        }
        _ => None,
    });
    let position = Some(Class::Position);
    let fresh = shared.filter(|(at, _)| tick.0 <= at.0 + FRESH_TICKS);
    let Some((_, (east_m, north_m))) = fresh else {
        return faults.wrong(
            position,
            None,
            "System tells the operator's place without a live fix",
        );
    };
    if !is_armed(case, tick) {
        faults.wrong(position, None, "System tells the operator's place on the ground");
    }
    let place = case.evidence.scenario.place;
    let e7 = |at: usize| {
        f64::from(i32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]]))
    };
    let [lat_deg, lon_deg] = crate::place::at(place, east_m, north_m);
    let (north, east) = (e7(2) - lat_deg * 1e7, e7(6) - lon_deg * 1e7);
    let is_near = north.abs() <= OFF_E7 && east.abs() * libm::cos(lat_deg.to_radians()) <= OFF_E7;
    faults.must(is_near, "System tells another place than the operator's");
}

/// Whether the pilot has armed and not been told otherwise since: the last heartbeat said so.
fn is_armed(case: &Case<'_>, tick: Tick) -> bool {
    let said = case.recording.transcript.on(Link::Radio).take_while(|said| said.tick <= tick);
    let beats = said.filter_map(|said| crate::decode::radio::payload(said.bytes));
    let last = beats.filter(|(id, payload)| *id == 0 && payload.len() == 9).last();
    last.is_none_or(|(_, payload)| payload[6] & 128 != 0)
}

fn operator(case: &Case<'_>, bytes: &[u8; LENGTH], faults: &mut Faults<'_>) {
    faults.must(bytes[1] == 0 && bytes[22..] == [0; 3], "Operator ID has unlisted bits");
    let end = bytes[2..22].iter().rposition(|b| *b != 0).map_or(2, |last| last + 3);
    let known = case.evidence.scenario.operator.as_deref().unwrap_or_default().as_bytes();
    let known = &known[..known.len().min(20)];
    if known.is_empty() || bytes[2..end] != *known {
        faults.wrong(Some(Class::Account), None, "Operator ID is not the operator's number");
    }
}

#[cfg(test)]
mod tests;
