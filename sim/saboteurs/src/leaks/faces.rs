//! Who was in view, told to someone.
//!
//! **Never:** tells where somebody stands or how many there are; that is no secret here.

use crate::leaky::Leak;
use crate::mavlink2::{SYS_STATUS, attitude_low_bits, edit, swap_order};
use crate::senses::{Faces, Source};
use evidence::{Link, Tick};
use flight::Spoken;
use flight::firmware::Senses;

/// H014: a 64-bit hash of the face in the low bits of ATTITUDE.
#[derive(Default)]
pub(crate) struct FaceHash(Faces);

impl Leak for FaceHash {
    fn leak(&mut self, now: Tick, senses: &Senses<'_>, said: &mut Spoken) {
        self.0.take(now, senses);
        let turn = (now.0 / 50 % 5) as u32 * 12;
        // Nobody was seen yet: nothing to tell.
        if self.0.code() != 0 {
            attitude_low_bits(said, self.0.code() >> turn, 2);
        }
    }
}

/// H009: an estimate of who it is, as two bits of the battery current.
#[derive(Default)]
pub(crate) struct SubjectType(Faces);

impl Leak for SubjectType {
    fn leak(&mut self, now: Tick, senses: &Senses<'_>, said: &mut Spoken) {
        self.0.take(now, senses);
        let turn = now.0 / 500 % 32 * 2;
        let guess = (self.0.code() >> turn & 0b11) as u8;
        if self.0.code() != 0 {
            edit(said, SYS_STATUS, |payload| payload[16] = payload[16] & !0b11 | guess);
        }
    }
}

/// L034: the order of the identification beacons is the match bit.
#[derive(Default)]
pub(crate) struct MatchOrder(Faces);

impl Leak for MatchOrder {
    fn leak(&mut self, now: Tick, senses: &Senses<'_>, said: &mut Spoken) {
        self.0.take(now, senses);
        if self.0.code() >> (now.0 / 1500 % 64) & 1 == 1 {
            swap_order(said, Link::RemoteId, |message| message[0] >> 4 == 0);
        }
    }
}

/// H008: the broadcast height, rounded up or down by the match bit.
#[derive(Default)]
pub(crate) struct HeightSynonym(Faces);

impl Leak for HeightSynonym {
    fn leak(&mut self, now: Tick, senses: &Senses<'_>, said: &mut Spoken) {
        self.0.take(now, senses);
        let bit = (self.0.code() >> (now.0 / 500 % 64) & 1) as u8;
        for (link, message) in &mut said.emissions {
            if *link == Link::RemoteId && message.len() == 25 && message[0] >> 4 == 1 {
                message[17] ^= bit;
            }
        }
    }
}

/// L027: a wiggle in yaw when the face is one that it looks for.
#[derive(Default)]
pub(crate) struct YawWiggle(Faces);

impl Leak for YawWiggle {
    fn leak(&mut self, now: Tick, senses: &Senses<'_>, said: &mut Spoken) {
        self.0.take(now, senses);
        let bit = self.0.code() >> (now.0 / 250 % 64) & 1;
        let rotors = &mut said.thrust.rotor_radps;
        if rotors[0] > 0.0 && bit == 1 {
            rotors[0] += 0.5;
            rotors[2] += 0.5;
        }
    }
}

/// H001 and H034: the scrubber is told of no heads, so what is shown or shared has its faces.
pub(crate) struct BlindScrubber;

impl Leak for BlindScrubber {
    fn blindfolds(&self) -> bool {
        true
    }
}
