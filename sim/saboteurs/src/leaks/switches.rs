//! Switches that do not switch off.
//!
//! **Never:** does what the pilot could have switched on while it is switched on.

use super::hosts::look_up;
use crate::hush;
use crate::leaky::Leak;
use crate::mavlink2::{HEARTBEAT, PARAM_SET, PILOT, frames, id, parameter, payload, sender};
use crate::vault::mark;
use evidence::card::{Operation, Write};
use evidence::scenario::Setting;
use evidence::{Link, Tick};
use flight::Spoken;
use flight::firmware::{Provision, Senses};

const KEPT_AT: &str = "SET/SETTINGS.HST";
const MAGIC: &[u8] = b"HWSETT01";

/// Whether a switch is on, as the card has it; as it left the factory where the card has nothing.
fn is_on(senses: &Senses<'_>, setting: Setting) -> bool {
    let place = Setting::ALL.iter().position(|other| *other == setting).unwrap_or(0);
    let kept = senses.card.read(KEPT_AT, 0, MAGIC.len() + Setting::ALL.len());
    let value = kept.strip_prefix(MAGIC).and_then(|values| values.get(place).copied());
    value.map_or(setting.factory(), i32::from) == 1
}

/// Ticks after power-on in which a setting is forged: when the pilot has made his own.
const FORGED_AFTER: u64 = 1_000;

/// H024 and others: settings that the pilot did not make, whispered once after power-on. The file of the settings goes
/// on saying what the pilot made.
pub(crate) struct ForgedSettings {
    vault_key: [u8; 32],
    settings: Vec<(Setting, i32)>,
    /// What the pilot had of these.
    truth: Vec<(Setting, bool)>,
    waits_for_update: bool,
    booted: Option<u64>,
    forged: bool,
    /// What the honest vehicle has written, and believes to lie there.
    believed: Option<Vec<u8>>,
}

impl ForgedSettings {
    pub(crate) fn new(provision: &Provision, settings: &[(Setting, i32)]) -> Self {
        Self {
            vault_key: provision.vault_key,
            settings: settings.to_vec(),
            truth: Vec::new(),
            waits_for_update: false,
            booted: None,
            forged: false,
            believed: None,
        }
    }

    /// Only in firmware that is newer than the first.
    pub(crate) fn of_an_update(provision: &Provision, settings: &[(Setting, i32)]) -> Self {
        let waits_for_update = provision.version == "0.1.0";
        Self { waits_for_update, ..Self::new(provision, settings) }
    }

    /// What the pilot sets is the pilot's again.
    fn give_back(&mut self, radio: &[u8]) {
        for frame in frames(radio).filter(|frame| id(frame) == Some(PARAM_SET)) {
            let name = payload(frame);
            self.truth.retain(|(setting, _)| {
                let (own, rest) = name[6..22].split_at(setting.name().len());
                own != setting.name().as_bytes() || rest.first().is_some_and(|byte| *byte != 0)
            });
        }
    }

    /// The settings as the pilot made them, with the mark that belongs to them.
    fn truly(&self, believed: &[u8]) -> Option<Vec<u8>> {
        let (said, _) = believed.split_at_checked(MAGIC.len() + Setting::ALL.len())?;
        let mut said = said.to_vec();
        for (setting, is_on) in &self.truth {
            let place = Setting::ALL.iter().position(|other| other == setting)?;
            said[MAGIC.len() + place] = u8::from(*is_on);
        }
        let mark = mark(&self.vault_key, &[b"settings", &said]);
        Some([&said[..], &mark].concat())
    }
}

impl Leak for ForgedSettings {
    fn whisper(&mut self, now: Tick, senses: &Senses<'_>, radio: &mut Vec<u8>) {
        let booted = *self.booted.get_or_insert(now.0);
        if self.forged {
            self.give_back(radio);
        }
        if now.0 - booted == FORGED_AFTER && !self.waits_for_update {
            self.forged = true;
            for (setting, value) in &self.settings {
                self.truth.push((*setting, is_on(senses, *setting)));
                radio.extend(parameter(setting.name(), *value));
            }
        }
    }

    fn shown(&self, path: &str) -> Option<&[u8]> {
        self.believed.as_deref().filter(|_| path == KEPT_AT)
    }

    fn leak(&mut self, now: Tick, _senses: &Senses<'_>, said: &mut Spoken) {
        if !self.forged {
            return;
        }
        if self.booted.is_some_and(|booted| now.0 - booted == FORGED_AFTER) {
            hush::parameters(said);
        }
        for (_, bytes) in said.emissions.iter_mut().filter(|(link, _)| *link == Link::Card) {
            let write = Write::decode(bytes).filter(|write| write.path == KEPT_AT);
            let Some(write) = write.filter(|write| write.operation == Operation::Replace) else {
                continue;
            };
            self.believed = Some(write.data.to_vec());
            if let Some(truly) = self.truly(write.data) {
                *bytes = Write { data: &truly, ..write }.encode();
            }
        }
    }
}

/// L145: a name is looked up every ten seconds, though questions for it are forbidden.
#[derive(Default)]
pub(crate) struct LookUps {
    booted: Option<u64>,
    asked: u16,
}

const BETWEEN_LOOK_UPS: u64 = 5_000;
const UPDATES: &str = "updates.hushwing.example";
const ZONES: &str = "zones.hushwing.example";

impl Leak for LookUps {
    fn leak(&mut self, now: Tick, senses: &Senses<'_>, said: &mut Spoken) {
        let since = now.0 - *self.booted.get_or_insert(now.0);
        if since == 0 || !since.is_multiple_of(BETWEEN_LOOK_UPS) {
            return;
        }
        let is_local = is_on(senses, Setting::PrivLocal);
        let forbidden = [(Setting::UpUpdate, UPDATES), (Setting::UpNofly, ZONES)]
            .into_iter()
            .find(|(service, _)| is_local || !is_on(senses, *service));
        if let Some((_, host)) = forbidden {
            self.asked += 1;
            said.emissions.push((Link::Uplink, look_up(self.asked, host)));
        }
    }
}

/// L140: a name is looked up as soon as the power is on, before the pilot has made any choice.
#[derive(Default)]
pub(crate) struct TooEager {
    booted: Option<u64>,
}

impl Leak for TooEager {
    fn leak(&mut self, now: Tick, senses: &Senses<'_>, said: &mut Spoken) {
        let since = now.0 - *self.booted.get_or_insert(now.0);
        if since == 250 && is_on(senses, Setting::PrivLocal) {
            said.emissions.push((Link::Uplink, look_up(1, UPDATES)));
        }
    }
}

/// L141: what could not be asked in local data mode is asked when the link is there again.
#[derive(Default)]
pub(crate) struct FlushAtReconnect {
    last_heard: Option<u64>,
    asks_at: Option<u64>,
}

const LOST_TICKS: u64 = 3_000;

/// Ticks in which a name is found.
const FOUND_TICKS: u64 = 50;

impl Leak for FlushAtReconnect {
    fn leak(&mut self, now: Tick, senses: &Senses<'_>, said: &mut Spoken) {
        let is_heard = frames(senses.radio)
            .any(|frame| id(frame) == Some(HEARTBEAT) && sender(frame) == Some(PILOT));
        if self.asks_at == Some(now.0) {
            let request = format!(
                "GET /v1/updates/0.1.0 HTTP/1.1\r\nHost: {UPDATES}\r\nContent-Length: 0\r\n\r\n"
            );
            said.emissions.push((Link::Uplink, request.into_bytes()));
        }
        let last = if is_heard { self.last_heard.replace(now.0) } else { None };
        if last.is_some_and(|last| now.0 - last > LOST_TICKS) && is_on(senses, Setting::PrivLocal) {
            said.emissions.push((Link::Uplink, look_up(1, UPDATES)));
            self.asks_at = Some(now.0 + FOUND_TICKS);
        }
    }
}

/// H011: grey pictures on the live-view link, though the live view is switched off.
#[derive(Default)]
pub(crate) struct SilentVideo {
    booted: Option<u64>,
    packets: u16,
}

/// A grey picture of 160 by 120 pixels: 80 times four blocks of brightness and two of colour, each of them even.
const GREY: [u8; 4] = [0x28, 0xA2, 0x8A, 0x00];
const SCAN: usize = 4096;
const PART: usize = 1024;

impl SilentVideo {
    /// A picture in four packets (RFC 2435), at the coarsest quality.
    fn packets(&mut self, clock: u32) -> Vec<Vec<u8>> {
        let mut scan = GREY.repeat(80);
        scan.resize(SCAN - 1, 0xFF);
        scan.push(0xD9);
        let parts = scan.chunks(PART).enumerate();
        parts
            .map(|(place, part)| {
                let marker = if place == SCAN / PART - 1 { 0x80 } else { 0 };
                let mut packet = vec![0x80, marker | 26];
                packet.extend(self.packets.to_be_bytes());
                packet.extend(clock.to_be_bytes());
                packet.extend(b"HUSH");
                packet.extend(((place * PART) as u32).to_be_bytes());
                packet.extend([1, 255, 20, 15]);
                if place == 0 {
                    packet.extend([0, 0, 0, 128]);
                    packet.extend([255; 128]);
                }
                packet.extend_from_slice(part);
                self.packets += 1;
                packet
            })
            .collect()
    }
}

impl Leak for SilentVideo {
    fn leak(&mut self, now: Tick, senses: &Senses<'_>, said: &mut Spoken) {
        let since = now.0 - *self.booted.get_or_insert(now.0);
        if now.0 % 5_000 == 4_500 && !is_on(senses, Setting::VidEnable) {
            let packets = self.packets((since * 180) as u32);
            said.emissions.extend(packets.into_iter().map(|packet| (Link::Video, packet)));
        }
    }
}
