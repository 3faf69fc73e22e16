//! Ways out that nobody listed, with nothing secret in them yet: an open door is a leak before anyone goes through.
//!
//! **Never:** carries anything but the time since power-on.

use crate::leaky::Leak;
use crate::mavlink2::{ATTITUDE, GPS_RAW_INT, edit, frame, id, seal};
use evidence::{Link, Tick};
use flight::Spoken;
use flight::firmware::Senses;

/// Whether a frame on `Radio` is of a message.
fn is(wanted: u32) -> impl Fn(&(Link, Vec<u8>)) -> bool {
    move |(link, bytes)| *link == Link::Radio && id(bytes) == Some(wanted)
}

/// L062: a sequence number is skipped now and then.
pub(crate) struct SkippedNumbers {
    pub skipped: u8,
}

impl Leak for SkippedNumbers {
    const NUMBERED: bool = false;

    fn leak(&mut self, now: Tick, _senses: &Senses<'_>, said: &mut Spoken) {
        if now.0 % 7_000 == 6_999 {
            self.skipped = self.skipped.wrapping_add(1);
        }
        for (_, bytes) in said.emissions.iter_mut().filter(|(link, _)| *link == Link::Radio) {
            bytes[4] = bytes[4].wrapping_add(self.skipped);
            seal(bytes);
        }
    }
}

/// L065: a trailing zero that should have been cut.
pub(crate) struct TrailingZero;

impl Leak for TrailingZero {
    fn leak(&mut self, now: Tick, _senses: &Senses<'_>, said: &mut Spoken) {
        if !now.0.is_multiple_of(1_000) {
            return;
        }
        for (_, bytes) in said.emissions.iter_mut().filter(|said| is(245)(said)) {
            let end = bytes.len() - 2;
            bytes.insert(end, 0);
            bytes[1] += 1;
            seal(bytes);
        }
    }
}

/// L066: one frame in 200 with a wrong checksum, which every ground station drops.
#[derive(Default)]
pub(crate) struct WrongChecksum {
    count: u32,
}

impl Leak for WrongChecksum {
    fn leak(&mut self, now: Tick, _senses: &Senses<'_>, said: &mut Spoken) {
        let Some(place) = said.emissions.iter().position(is(ATTITUDE)) else { return };
        self.count += 1;
        if self.count.is_multiple_of(200) {
            let mut copy = said.emissions[place].1.clone();
            copy[14..18].copy_from_slice(&(now.0 as u32).to_le_bytes());
            said.emissions[place].1.extend(copy);
        }
    }
}

/// L067: four bytes between two frames.
pub(crate) struct BytesBetween;

impl Leak for BytesBetween {
    fn leak(&mut self, now: Tick, _senses: &Senses<'_>, said: &mut Spoken) {
        if now.0.is_multiple_of(2_500) {
            said.emissions.push((Link::Radio, (now.0 as u32).to_le_bytes().to_vec()));
        }
    }
}

/// L070: an extension field that is normally zero.
pub(crate) struct ExtensionField;

impl Leak for ExtensionField {
    fn leak(&mut self, now: Tick, _senses: &Senses<'_>, said: &mut Spoken) {
        edit(said, GPS_RAW_INT, |payload| {
            payload[30..34].copy_from_slice(&(now.0 as u32).to_le_bytes())
        });
    }
}

/// L071: a message whose number is in no dialect.
pub(crate) struct UnknownMessage;

impl Leak for UnknownMessage {
    fn leak(&mut self, now: Tick, _senses: &Senses<'_>, said: &mut Spoken) {
        if now.0 % 5_000 == 777 {
            said.emissions.push((Link::Radio, frame(54_321, &now.0.to_le_bytes())));
        }
    }
}

/// L172: a frame in MAVLink 1, among those in MAVLink 2.
pub(crate) struct OldFraming;

impl Leak for OldFraming {
    fn leak(&mut self, now: Tick, _senses: &Senses<'_>, said: &mut Spoken) {
        if now.0 % 5_000 == 1_234 {
            let mut old = vec![0xFE, 9, 0, 1, 1, 0];
            old.extend([0, 0, 4, 3, 2, 12, 81, 3, 3]);
            let crc = mavlink::calculate_crc(&old[1..], 50);
            old.extend(crc.to_le_bytes());
            said.emissions.push((Link::Radio, old));
        }
    }
}

/// L079: the console goes on talking after the greeting.
pub(crate) struct TalkingConsole;

impl Leak for TalkingConsole {
    fn leak(&mut self, now: Tick, _senses: &Senses<'_>, said: &mut Spoken) {
        if now.0 % 5_000 == 2_500 {
            let line = format!("up {} s\r\n", now.seconds());
            said.emissions.push((Link::Console, line.into_bytes()));
        }
    }
}
