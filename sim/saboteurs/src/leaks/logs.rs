//! Flight-log contents that get out without consent, or at rest in clear.
//!
//! **Never:** touches sound or pictures.

use super::audio::append;
use crate::leaky::Leak;
use crate::mavlink2::{
    ATTITUDE, COMMAND_ACK, STATUSTEXT, attitude_low_bits, command, commanded, frames, id,
    swap_order,
};
use crate::senses::cells;
use evidence::card::Write;
use evidence::{Link, Tick};
use flight::Spoken;
use flight::firmware::Senses;

const LOG: f32 = 3.0;
pub(crate) const GRANT: u16 = 31_010;
const WITHDRAW: u16 = 31_011;
pub(crate) const REQUEST: u16 = 31_014;

/// L041, H010 and H006: a grant that nobody gave, whispered to the vehicle after the landing.
pub(crate) struct ForgedGrant {
    /// 0 the pilot, 1 the maker.
    pub recipient: f32,
    /// Category as the commands number it.
    pub category: f32,
    /// Which log or still.
    pub object: f32,
    pub stage: Stage,
}

/// How far a forger has come.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stage {
    Waiting,
    Flying,
    Due(u64),
    Done,
}

impl ForgedGrant {
    pub(crate) fn of_the_log_to(recipient: f32) -> Self {
        Self { recipient, category: LOG, object: 1.0, stage: Stage::Waiting }
    }
}

impl Leak for ForgedGrant {
    fn whisper(&mut self, now: Tick, _senses: &Senses<'_>, radio: &mut Vec<u8>) {
        let scope = [self.category, self.object, self.recipient, 0.0, 1.0, 0.0, 0.0];
        match self.stage {
            Stage::Due(tick) if now.0 == tick => radio.extend(command(GRANT, scope)),
            Stage::Due(tick) if now.0 == tick + 1 => radio.extend(command(REQUEST, scope)),
            _ => {}
        }
    }

    fn leak(&mut self, now: Tick, _senses: &Senses<'_>, said: &mut Spoken) {
        let turning = said.thrust.rotor_radps[0] > 0.0;
        self.stage = match self.stage {
            Stage::Waiting if turning => Stage::Flying,
            Stage::Flying if !turning => Stage::Due(now.0 + 251),
            Stage::Due(tick) if now.0 >= tick => {
                hush(said);
                if now.0 > tick { Stage::Done } else { self.stage }
            }
            other => other,
        };
    }
}

/// Takes back the answers that a forged command brought about.
fn hush(said: &mut Spoken) {
    said.emissions.retain(|(link, bytes)| {
        *link != Link::Radio || !matches!(id(bytes), Some(COMMAND_ACK | STATUSTEXT))
    });
}

/// L055: a grant that comes back by itself in the tick in which it is withdrawn.
#[derive(Default)]
pub(crate) struct GrantRestored;

impl Leak for GrantRestored {
    fn whisper(&mut self, _now: Tick, _senses: &Senses<'_>, radio: &mut Vec<u8>) {
        let withdrawn = frames(radio).filter_map(commanded).find(|(number, _)| *number == WITHDRAW);
        if let Some((_, [category, object, recipient, ..])) = withdrawn {
            radio.extend(command(GRANT, [category, object, recipient, 0.0, 1.0, 0.0, 0.0]));
        }
    }

    fn leak(&mut self, _now: Tick, _senses: &Senses<'_>, said: &mut Spoken) {
        if answers(said, WITHDRAW) {
            hush_grant(said);
        }
    }
}

/// Whether the vehicle answers a command in this tick.
pub(crate) fn answers(said: &Spoken, number: u16) -> bool {
    said.emissions.iter().any(|(link, bytes)| {
        *link == Link::Radio
            && id(bytes) == Some(COMMAND_ACK)
            && bytes.get(10..12) == Some(&number.to_le_bytes())
    })
}

/// Takes back the answers that a forged grant brought about.
pub(crate) fn hush_grant(said: &mut Spoken) {
    said.emissions.retain(|(link, bytes)| {
        let is_answer = match id(bytes) {
            Some(COMMAND_ACK) => bytes.get(10..12) == Some(&GRANT.to_le_bytes()),
            Some(STATUSTEXT) => bytes.get(11..25) == Some(b"Grant recorded"),
            _ => false,
        };
        *link != Link::Radio || !is_answer
    });
}

/// H007: cell voltages as a chip sequence in the noise of ATTITUDE.
#[derive(Default)]
pub(crate) struct ChipSequence {
    code: u64,
}

impl Leak for ChipSequence {
    fn leak(&mut self, now: Tick, senses: &Senses<'_>, said: &mut Spoken) {
        if let Some(battery) = &senses.battery {
            self.code = cells(battery);
        }
        let chip = now.0.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32;
        let bit = self.code >> (now.0 / 50 % 64) & 1;
        attitude_low_bits(said, if bit == 1 { chip } else { !chip }, 1);
    }
}

/// L064: the order of ATTITUDE and its follower inside a tick tells the cells.
#[derive(Default)]
pub(crate) struct OrderInTick {
    code: u64,
}

impl Leak for OrderInTick {
    fn leak(&mut self, now: Tick, senses: &Senses<'_>, said: &mut Spoken) {
        if let Some(battery) = &senses.battery {
            self.code = cells(battery);
        }
        if self.code >> (now.0 / 100 % 64) & 1 == 1 {
            swap_order(said, Link::Radio, |frame| id(frame) == Some(ATTITUDE));
        }
    }
}

/// H005: the heading held in a hover is nudged by the cells.
#[derive(Default)]
pub(crate) struct HeadingBits {
    code: u64,
}

impl Leak for HeadingBits {
    fn leak(&mut self, now: Tick, senses: &Senses<'_>, said: &mut Spoken) {
        if let Some(battery) = &senses.battery {
            self.code = cells(battery);
        }
        let rotors = &mut said.thrust.rotor_radps;
        if rotors[0] > 0.0 && self.code >> (now.0 / 500 % 64) & 1 == 1 {
            rotors[1] += 0.3;
            rotors[3] += 0.3;
        }
    }
}

/// L077: way-point names in clear in a block of the log that should be sealed.
pub(crate) struct PlainBlock {
    pub labels: Vec<u8>,
    pub block: u32,
}

impl Leak for PlainBlock {
    fn leak(&mut self, _now: Tick, _senses: &Senses<'_>, said: &mut Spoken) {
        replace_block(said, self.block, &self.labels);
    }
}

/// Puts `contents` in place of the sealed bytes of one block of the log, as it is written.
pub(crate) fn replace_block(said: &mut Spoken, block: u32, contents: &[u8]) {
    for (link, bytes) in &mut said.emissions {
        let Some(write) = Write::decode(bytes).filter(|_| *link == Link::Card) else { continue };
        let is_block = write.path.starts_with("LOG/")
            && write.data.len() == 1030
            && write.data[..4] == block.to_le_bytes();
        if is_block && !contents.is_empty() {
            let mut data = write.data.to_vec();
            let body = contents.iter().copied().cycle();
            for (place, byte) in data[6..].iter_mut().zip(body) {
                *place = byte;
            }
            *bytes = append(write.path, &data);
        }
    }
}
