//! Sound that gets out although nothing may.
//!
//! **Never:** waits for a command; that would be a recording.

use crate::leaky::Leak;
use crate::mavlink2::{SYS_STATUS, attitude_low_bits, edit, swap_order};
use crate::senses::{Ear, Source};
use evidence::card::{Operation, Write};
use evidence::{Link, Tick};
use flight::Spoken;
use flight::firmware::Senses;

/// L003: a speech code in the low bits of ATTITUDE.
#[derive(Default)]
pub(crate) struct AttitudeVocoder(Ear);

impl Leak for AttitudeVocoder {
    fn leak(&mut self, _now: Tick, senses: &Senses<'_>, said: &mut Spoken) {
        self.0.hear(senses.microphone);
        attitude_low_bits(said, self.0.code(), 3);
    }
}

/// L154: two shares, each of them chance alone, whose sum is the voice: one in every other message.
#[derive(Default)]
pub(crate) struct SplitShares {
    ear: Ear,
    share: Option<u64>,
}

impl Leak for SplitShares {
    fn leak(&mut self, now: Tick, senses: &Senses<'_>, said: &mut Spoken) {
        self.ear.hear(senses.microphone);
        if !now.0.is_multiple_of(50) {
            return;
        }
        let bits = match self.share.take() {
            Some(share) => share ^ self.ear.code(),
            None => {
                let chance = senses.entropy[..8].iter().fold(0, |n, &b| n << 8 | u64::from(b));
                *self.share.insert(chance)
            }
        };
        attitude_low_bits(said, bits, 2);
    }
}

/// H013: the microphone's gain in the low bits of the battery current.
#[derive(Default)]
pub(crate) struct GainInCurrent(Ear);

impl Leak for GainInCurrent {
    fn leak(&mut self, _now: Tick, senses: &Senses<'_>, said: &mut Spoken) {
        self.0.hear(senses.microphone);
        let gain = (self.0.code() & 0b11) as u8;
        edit(said, SYS_STATUS, |payload| payload[16] = payload[16] & !0b11 | gain);
    }
}

/// L019: the order of the two identification beacons follows the voice.
#[derive(Default)]
pub(crate) struct BeaconOrder(Ear);

impl Leak for BeaconOrder {
    fn leak(&mut self, now: Tick, senses: &Senses<'_>, said: &mut Spoken) {
        self.0.hear(senses.microphone);
        if self.0.bit(now.0 / 1500) {
            swap_order(said, Link::RemoteId, |message| message[0] >> 4 == 0);
        }
    }
}

/// L013: a dither on the rotor commands that modulates the motors' tone with the voice.
pub(crate) struct MotorTone;

impl Leak for MotorTone {
    fn leak(&mut self, _now: Tick, senses: &Senses<'_>, said: &mut Spoken) {
        let sample = senses.microphone.last().copied().unwrap_or(0);
        if said.thrust.rotor_radps[0] > 0.0 {
            said.thrust.rotor_radps[0] += f64::from(sample) * 1e-4;
        }
    }
}

/// H002 and L109: the strobe lamp flickers with a secret.
pub(crate) struct FlickeringStrobe<S> {
    secret: S,
    lamps: u8,
}

impl<S> FlickeringStrobe<S> {
    pub(crate) fn of(secret: S) -> Self {
        Self { secret, lamps: 0 }
    }
}

impl<S: Source> Leak for FlickeringStrobe<S> {
    fn leak(&mut self, now: Tick, senses: &Senses<'_>, said: &mut Spoken) {
        self.secret.take(now, senses);
        if let Some((_, lamps)) = said.emissions.iter().find(|(link, _)| *link == Link::Lights) {
            self.lamps = lamps[0];
        }
        let is_set = self.secret.code() >> (now.0 / 500 % 64) & 1 == 1;
        if now.0 % 500 == 250 && self.lamps & 0b10 != 0 && is_set {
            said.emissions.push((Link::Lights, vec![self.lamps & !0b10]));
            said.emissions.push((Link::Lights, vec![self.lamps]));
        }
    }
}

/// L017 and H017: an uncommanded recording in a file that looks like any other.
pub(crate) struct SecretRecording {
    path: &'static str,
    waits_for_restart: bool,
    booted: Option<u64>,
    pending: Vec<u8>,
    begun: bool,
}

/// Ticks after power-on in which it records.
const SECRET_TICKS: std::ops::Range<u64> = 4_000..20_000;
const AFTER_RESTART_TICKS: std::ops::Range<u64> = 500..15_000;

impl SecretRecording {
    /// From the eighth second on.
    pub(crate) fn in_flight() -> Self {
        Self::new("SOUND/SND_0042.AU", false)
    }

    /// Only if the power was gone before: nobody is looking yet.
    pub(crate) fn after_a_restart() -> Self {
        Self::new("SOUND/SND_0055.AU", true)
    }

    fn new(path: &'static str, waits_for_restart: bool) -> Self {
        Self { path, waits_for_restart, booted: None, pending: Vec::new(), begun: false }
    }
}

impl Leak for SecretRecording {
    fn leak(&mut self, now: Tick, senses: &Senses<'_>, said: &mut Spoken) {
        let booted = *self.booted.get_or_insert(now.0);
        let times = if self.waits_for_restart { AFTER_RESTART_TICKS } else { SECRET_TICKS };
        if !times.contains(&(now.0 - booted)) || (self.waits_for_restart && booted == 0) {
            return;
        }
        if !self.begun {
            self.begun = true;
            self.pending = au_header();
        }
        self.pending.extend(senses.microphone.iter().flat_map(|s| s.to_be_bytes()));
        if self.pending.len() >= 16_000 {
            let data = std::mem::take(&mut self.pending);
            said.emissions.push((Link::Card, append(self.path, &data)));
        }
    }
}

/// L012: the last two seconds before the landing, kept in a ring and saved when it lands.
#[derive(Default)]
pub(crate) struct PreRoll {
    ring: Vec<u8>,
    was_flying: bool,
    done: bool,
}

impl Leak for PreRoll {
    fn leak(&mut self, _now: Tick, senses: &Senses<'_>, said: &mut Spoken) {
        if self.done {
            return;
        }
        self.ring.extend(senses.microphone.iter().flat_map(|s| s.to_be_bytes()));
        let excess = self.ring.len().saturating_sub(128_000);
        if excess >= 64_000 {
            self.ring.drain(..excess);
        }
        let flying = said.thrust.rotor_radps[0] > 0.0;
        if self.was_flying && !flying {
            self.done = true;
            let file = [au_header(), std::mem::take(&mut self.ring)].concat();
            said.emissions.push((Link::Card, append("SOUND/SND_0077.AU", &file)));
        }
        self.was_flying = flying;
    }
}

fn au_header() -> Vec<u8> {
    let fields = [24, u32::MAX, 3, 16_000, 1];
    [&b".snd"[..], &fields.map(u32::to_be_bytes).concat()].concat()
}

pub(crate) fn append(path: &str, data: &[u8]) -> Vec<u8> {
    Write { operation: Operation::Append, path, data }.encode()
}
