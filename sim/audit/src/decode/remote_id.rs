//! RemoteId: one ASTM F3411-22a message of 25 bytes an emission, Basic ID or Location, every bit of them.
//!
//! **Never:** takes a reserved bit for nothing.

use super::Faults;
use crate::case::Case;
use evidence::transcript::Said;
use evidence::{Class, TICKS_PER_S, Tick};

const LENGTH: usize = 25;
const BASIC_ID: u8 = 0x02;
const LOCATION: u8 = 0x12;
const SERIAL_OF_MULTIROTOR: u8 = 0x12;
const RESERVED_STATUS_BIT: u8 = 0x08;
const HEIGHT_ABOVE_GROUND_BIT: u8 = 0x04;
const UNKNOWN_SPEED: u8 = 255;
const UNKNOWN_DIRECTION: u8 = 181;
const TENTHS_OF_AN_HOUR: u16 = 36_000;
/// Unit of the broadcast's clock: a tenth of a second.
const TICKS_PER_TENTH: u64 = TICKS_PER_S / 10;

/// What has been heard so far.
pub struct RemoteId {
    serial: Option<Vec<u8>>,
    basic_at: Option<Tick>,
    location_at: Option<Tick>,
    accuracies: Option<[u8; 3]>,
}

impl RemoteId {
    /// Before the first message. The serial is what the vehicle really has, where truth tells it.
    pub fn of(case: &Case<'_>) -> Self {
        let device = case.evidence.truth.canaries.iter().find(|c| c.class == Class::Device);
        let serial = device.map(|canary| canary.needle.clone());
        Self { serial, basic_at: None, location_at: None, accuracies: None }
    }

    /// Reads one emission.
    pub fn said(&mut self, said: Said<'_>, faults: &mut Faults<'_>) {
        let Ok(bytes) = <&[u8; LENGTH]>::try_from(said.bytes) else {
            return faults.unlisted(None, "broadcast that is not 25 bytes");
        };
        match bytes[0] {
            BASIC_ID => {
                on_time(&mut self.basic_at, said.tick, 3 * TICKS_PER_S, "Basic ID", faults);
                self.basic_id(bytes, faults);
            }
            LOCATION => {
                on_time(&mut self.location_at, said.tick, TICKS_PER_S, "Location", faults);
                let accuracies = [bytes[19], bytes[20], bytes[23]];
                let first = *self.accuracies.get_or_insert(accuracies);
                faults.must(first == accuracies, "Location accuracies changed");
                location(said.tick, bytes, faults);
            }
            _ => faults.unlisted(None, "broadcast of an unlisted type or version"),
        }
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

fn on_time(last: &mut Option<Tick>, tick: Tick, period: u64, name: &str, faults: &mut Faults<'_>) {
    let is_due = match *last {
        None => tick.0.is_multiple_of(period),
        Some(last) => tick.0 == last.0 + period,
    };
    faults.must(is_due, &format!("{name} is not sent at its period of {period} ticks"));
    *last = Some(tick);
}

#[cfg(test)]
mod tests {
    use crate::tests::{alarms_of, evidence};
    use evidence::{Link, Tick};

    fn basic() -> Vec<u8> {
        let mut bytes = vec![0; 25];
        bytes[..2].copy_from_slice(&[0x02, 0x12]);
        bytes[2..22].copy_from_slice(b"HWX17ABCDEFGHJKLMNPQ");
        bytes
    }

    fn location(tick: u64) -> Vec<u8> {
        let mut bytes = vec![0; 25];
        bytes[..2].copy_from_slice(&[0x12, 0x20]);
        bytes[21..23].copy_from_slice(&((tick / 50) as u16).to_le_bytes());
        bytes
    }

    fn shown(said: &[(u64, Vec<u8>)]) -> Vec<String> {
        let said: Vec<_> =
            said.iter().map(|(t, b)| (Tick(*t), Link::RemoteId, b.clone())).collect();
        alarms_of(&evidence(&[]), &said).into_iter().map(|alarm| alarm.shown).collect()
    }

    #[test]
    fn canonical_broadcasts_are_quiet_and_every_reserved_bit_is_held_to() {
        assert!(shown(&[(0, basic()), (500, location(500)), (1500, basic())]).is_empty());
        let with = |mut bytes: Vec<u8>, at: usize, value: u8| {
            bytes[at] = value;
            bytes
        };
        let table = [
            (0, vec![0x02; 24], "broadcast that is not 25 bytes"),
            (0, with(basic(), 0, 0x32), "broadcast of an unlisted type or version"),
            (0, with(basic(), 1, 0x22), "Basic ID is not the serial of a multirotor"),
            (0, with(basic(), 24, 1), "Basic ID reserved bytes are not zero"),
            (7, basic(), "Basic ID is not sent at its period of 1500 ticks"),
            (500, with(location(500), 1, 0x28), "Location status has unlisted bits"),
            (500, with(location(500), 24, 1), "Location reserved bits are not zero"),
            (500, with(location(500), 23, 0x10), "Location reserved bits are not zero"),
            (500, location(550), "Location time is not the tick's"),
        ];
        for (tick, bytes, rule) in table {
            assert_eq!(shown(&[(tick, bytes)]), [rule]);
        }
    }
}
