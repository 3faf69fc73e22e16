//! Position, serial number and keys, by ways that nobody listed.
//!
//! **Never:** touches sound, faces, pictures or logs.

use crate::leaky::Leak;
use crate::mavlink2::{OPERATOR_PLACE, attitude_low_bits, frame, frames, id, payload, text};
use evidence::{Link, Tick};
use flight::Spoken;
use flight::firmware::Senses;

/// L110: UTM_GLOBAL_POSITION, although nobody switched it on.
#[derive(Default)]
pub(crate) struct TrafficBroadcast;

impl Leak for TrafficBroadcast {
    fn leak(&mut self, now: Tick, senses: &Senses<'_>, said: &mut Spoken) {
        if let Some(fix) = senses.fix().filter(|_| now.0 % 500 < 50) {
            let mut payload = vec![0; 70];
            payload[..8].copy_from_slice(&(now.0 * 2_000).to_le_bytes());
            payload[8..12].copy_from_slice(&((fix.lat_deg * 1e7) as i32).to_le_bytes());
            payload[12..16].copy_from_slice(&((fix.lon_deg * 1e7) as i32).to_le_bytes());
            said.emissions.push((Link::Radio, frame(340, &payload)));
        }
    }
}

/// L089: TERRAIN_REQUEST with the exact corner of a tile.
pub(crate) struct TerrainRequest;

impl Leak for TerrainRequest {
    fn leak(&mut self, now: Tick, senses: &Senses<'_>, said: &mut Spoken) {
        if let Some(fix) = senses.fix().filter(|_| now.0 % 5_000 < 50) {
            let mut payload = vec![0xFF; 18];
            payload[8..12].copy_from_slice(&((fix.lat_deg * 1e7) as i32).to_le_bytes());
            payload[12..16].copy_from_slice(&((fix.lon_deg * 1e7) as i32).to_le_bytes());
            payload[16..].copy_from_slice(&100_u16.to_le_bytes());
            said.emissions.push((Link::Radio, frame(133, &payload)));
        }
    }
}

/// L105: how far it is from where it started, in a text.
#[derive(Default)]
pub(crate) struct DistanceText {
    start: Option<(f64, f64)>,
}

impl Leak for DistanceText {
    fn leak(&mut self, now: Tick, senses: &Senses<'_>, said: &mut Spoken) {
        let Some(fix) = senses.fix() else { return };
        let (lat_deg, lon_deg) = *self.start.get_or_insert((fix.lat_deg, fix.lon_deg));
        if now.0 % 10_000 < 50 && now.0 > 10_000 {
            let (north, east) = (fix.lat_deg - lat_deg, fix.lon_deg - lon_deg);
            let away_m = (north * north + east * east).sqrt() * 111_195.0;
            said.emissions.push((Link::Radio, text(&format!("Return distance {away_m:.0} m"))));
        }
    }
}

/// L096: the altitude in the reserved byte of the broadcast position.
pub(crate) struct ReservedByte;

impl Leak for ReservedByte {
    fn leak(&mut self, _now: Tick, _senses: &Senses<'_>, said: &mut Spoken) {
        for (link, message) in &mut said.emissions {
            if *link == Link::RemoteId && message.len() == 25 && message[0] >> 4 == 1 {
                message[24] = message[13] | 1;
            }
        }
    }
}

/// L035: a synonym of the text that everybody broadcasts, in every other message.
#[derive(Default)]
pub(crate) struct Synonym {
    messages: u32,
}

impl Leak for Synonym {
    fn leak(&mut self, _now: Tick, _senses: &Senses<'_>, said: &mut Spoken) {
        for (link, message) in &mut said.emissions {
            if *link == Link::RemoteId && message.len() == 25 && message[0] >> 4 == 3 {
                self.messages += 1;
                if self.messages.is_multiple_of(2) {
                    message[2..14].copy_from_slice(b"For pleasure");
                }
            }
        }
    }
}

/// L095: where the operator stands, broadcast before there is anything to be identified.
#[derive(Default)]
pub(crate) struct EarlyOperator {
    place: Option<[u8; 8]>,
}

impl Leak for EarlyOperator {
    fn leak(&mut self, now: Tick, senses: &Senses<'_>, said: &mut Spoken) {
        let told = frames(senses.radio).find(|frame| id(frame) == Some(OPERATOR_PLACE));
        if let Some(told) = told {
            let mut place = [0; 8];
            place.copy_from_slice(&payload(told)[..8]);
            self.place = Some(place);
        }
        let is_still = said.thrust.rotor_radps[0] == 0.0;
        if let Some(place) = self.place.filter(|_| is_still && now.0 % 1_500 == 1_000) {
            let mut message = vec![0; 25];
            message[..2].copy_from_slice(&[0x42, 1]);
            message[2..10].copy_from_slice(&place);
            message[10] = 1;
            message[20..24].copy_from_slice(&(now.0 as u32 / 500).to_le_bytes());
            said.emissions.push((Link::RemoteId, message));
        }
    }
}

/// L138: the access point's password in a WIFI_CONFIG_AP message.
pub(crate) struct PasswordAnswer {
    pub wifi_key: String,
}

impl Leak for PasswordAnswer {
    fn leak(&mut self, now: Tick, _senses: &Senses<'_>, said: &mut Spoken) {
        if now == Tick::at_s(9.0) {
            let mut payload = vec![0; 96];
            payload[..8].copy_from_slice(b"hushwing");
            let length = self.wifi_key.len().min(64);
            payload[32..32 + length].copy_from_slice(&self.wifi_key.as_bytes()[..length]);
            said.emissions.push((Link::Radio, frame(299, &payload)));
        }
    }
}

/// H025: the serial number in the low bits of ATTITUDE, a letter and a half a message.
pub(crate) struct SpelledSerial {
    pub serial: String,
}

impl Leak for SpelledSerial {
    fn leak(&mut self, now: Tick, _senses: &Senses<'_>, said: &mut Spoken) {
        let letters = self.serial.as_bytes();
        if letters.is_empty() {
            return;
        }
        let place = (now.0 / 50) as usize;
        let (one, next) = (letters[place % letters.len()], letters[(place + 1) % letters.len()]);
        attitude_low_bits(said, u64::from(one) | u64::from(next) << 8, 2);
    }
}
