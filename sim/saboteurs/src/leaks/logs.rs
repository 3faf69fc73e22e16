//! Flight-log contents that get out without consent.
//!
//! **Never:** touches sound or pictures.

use crate::hush;
use crate::leaky::Leak;
use crate::mavlink2::{
    ATTITUDE, HEARTBEAT, LOG_ENTRY, PILOT, attitude_low_bits, command, commanded, edit, frames, id,
    sender, swap_order,
};
use crate::senses::{Cells, Source};
use evidence::{Link, Tick};
use flight::Spoken;
use flight::firmware::Senses;

const LOG: f32 = 3.0;
pub(crate) const GRANT: u16 = 31_010;
const WITHDRAW: u16 = 31_011;
pub(crate) const REQUEST: u16 = 31_014;

/// L041, H010, H006 and L054: a grant that nobody gave, whispered to the vehicle at a moment of its own.
pub(crate) struct ForgedGrant {
    /// 0 the pilot, 1 the maker.
    pub recipient: f32,
    /// Category as the commands number it.
    pub category: f32,
    /// Which log or still.
    pub object: f32,
    pub moment: Moment,
    pub stage: Stage,
}

/// When the grant is forged.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Moment {
    /// Half a second after the rotors have stopped.
    Landing,
    /// Half a second after a lost link is there again.
    Reconnect { last_heard: u64 },
}

/// How far a forger has come.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stage {
    Waiting,
    Flying,
    Due(u64),
}

/// Ticks from a forged grant to the request: by then the grant is safe on the card.
const ASKED_AFTER: u64 = 10;

/// Ticks without a heartbeat after which the link was lost.
const LOST_TICKS: u64 = 3_000;

impl ForgedGrant {
    pub(crate) fn of_the_log_to(recipient: f32) -> Self {
        Self {
            recipient,
            category: LOG,
            object: 1.0,
            moment: Moment::Landing,
            stage: Stage::Waiting,
        }
    }

    pub(crate) fn of_the_log_at_reconnect() -> Self {
        Self { moment: Moment::Reconnect { last_heard: 0 }, ..Self::of_the_log_to(1.0) }
    }

    pub(crate) fn of_the_still() -> Self {
        Self { category: 2.0, ..Self::of_the_log_to(1.0) }
    }

    fn watch(&mut self, now: Tick, senses: &Senses<'_>, said: &Spoken) {
        if let Moment::Reconnect { last_heard } = &mut self.moment {
            let is_heard = frames(senses.radio)
                .any(|frame| id(frame) == Some(HEARTBEAT) && sender(frame) == Some(PILOT));
            if is_heard {
                let was_lost = *last_heard > 0 && now.0 - *last_heard > LOST_TICKS;
                *last_heard = now.0;
                if was_lost && self.stage == Stage::Waiting {
                    self.stage = Stage::Due(now.0 + 251);
                }
            }
            return;
        }
        let turning = said.thrust.rotor_radps[0] > 0.0;
        self.stage = match self.stage {
            Stage::Waiting if turning => Stage::Flying,
            Stage::Flying if !turning => Stage::Due(now.0 + 251),
            other => other,
        };
    }
}

impl Leak for ForgedGrant {
    fn whisper(&mut self, now: Tick, _senses: &Senses<'_>, radio: &mut Vec<u8>) {
        let scope = [self.category, self.object, self.recipient, 0.0, 1.0, 0.0, 0.0];
        match self.stage {
            Stage::Due(tick) if now.0 == tick => radio.extend(command(GRANT, scope)),
            Stage::Due(tick) if now.0 == tick + ASKED_AFTER => {
                radio.extend(command(REQUEST, scope))
            }
            _ => {}
        }
    }

    fn leak(&mut self, now: Tick, senses: &Senses<'_>, said: &mut Spoken) {
        self.watch(now, senses, said);
        if let Stage::Due(tick) = self.stage {
            hush::grant(said, Some(tick), now);
            if now.0 == tick + ASKED_AFTER {
                hush::answers_to(said, REQUEST);
                hush::texts(said, &["Refused"]);
            }
        }
    }
}

/// L055: a grant that comes back by itself in the tick in which it is withdrawn.
#[derive(Default)]
pub(crate) struct GrantRestored {
    forged_at: Option<u64>,
}

impl Leak for GrantRestored {
    fn whisper(&mut self, now: Tick, _senses: &Senses<'_>, radio: &mut Vec<u8>) {
        let withdrawn = frames(radio).filter_map(commanded).find(|(number, _)| *number == WITHDRAW);
        if let Some((_, [category, object, recipient, ..])) = withdrawn {
            self.forged_at = Some(now.0);
            radio.extend(command(GRANT, [category, object, recipient, 0.0, 1.0, 0.0, 0.0]));
        }
    }

    fn leak(&mut self, now: Tick, _senses: &Senses<'_>, said: &mut Spoken) {
        hush::grant(said, self.forged_at, now);
    }
}

/// L056: a grant for one log is taken as one for the next that is asked for.
#[derive(Default)]
pub(crate) struct GrantReused {
    granted: Vec<[f32; 3]>,
    forged_at: Option<u64>,
}

impl Leak for GrantReused {
    fn whisper(&mut self, now: Tick, _senses: &Senses<'_>, radio: &mut Vec<u8>) {
        let mut heard = Vec::new();
        for frame in frames(radio) {
            match commanded(frame) {
                Some((GRANT, [category, object, recipient, ..])) => {
                    self.granted.push([category, object, recipient]);
                }
                Some((REQUEST, [category, object, recipient, ..])) if category == LOG => {
                    let is_other = |grant: &&[f32; 3]| {
                        grant[0] == category && grant[1] != object && grant[2] == recipient
                    };
                    let is_same = self.granted.contains(&[category, object, recipient]);
                    if !is_same && self.granted.iter().any(|grant| is_other(&grant)) {
                        self.forged_at = Some(now.0);
                        let scope = [category, object, recipient, 0.0, 1.0, 0.0, 0.0];
                        heard.extend(command(GRANT, scope));
                    }
                }
                _ => {}
            }
            heard.extend_from_slice(frame);
        }
        *radio = heard;
    }

    fn leak(&mut self, now: Tick, _senses: &Senses<'_>, said: &mut Spoken) {
        hush::grant(said, self.forged_at, now);
    }
}

/// L057: the list of logs names one that nobody has granted, and how long it is.
pub(crate) struct OpenList;

impl Leak for OpenList {
    fn leak(&mut self, _now: Tick, senses: &Senses<'_>, said: &mut Spoken) {
        let Some(length) = senses.card.length("LOG/LOG_0001.HLG") else { return };
        edit(said, LOG_ENTRY, |payload| {
            payload[4..8].copy_from_slice(&(length as u32).to_le_bytes());
            for at in [8, 10, 12] {
                payload[at..at + 2].copy_from_slice(&1_u16.to_le_bytes());
            }
        });
    }
}

/// H007: cell voltages as a chip sequence in the noise of ATTITUDE.
#[derive(Default)]
pub(crate) struct ChipSequence(Cells);

impl Leak for ChipSequence {
    fn leak(&mut self, now: Tick, senses: &Senses<'_>, said: &mut Spoken) {
        self.0.take(now, senses);
        let chip = now.0.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32;
        let bit = self.0.code() >> (now.0 / 50 % 64) & 1;
        attitude_low_bits(said, if bit == 1 { chip } else { !chip }, 1);
    }
}

/// L064: the order of ATTITUDE and its follower inside a tick tells the cells.
#[derive(Default)]
pub(crate) struct OrderInTick(Cells);

impl Leak for OrderInTick {
    fn leak(&mut self, now: Tick, senses: &Senses<'_>, said: &mut Spoken) {
        self.0.take(now, senses);
        if self.0.code() >> (now.0 / 100 % 64) & 1 == 1 {
            swap_order(said, Link::Radio, |frame| id(frame) == Some(ATTITUDE));
        }
    }
}

/// H005: the heading held in a hover is nudged by the cells.
#[derive(Default)]
pub(crate) struct HeadingBits(Cells);

impl Leak for HeadingBits {
    fn leak(&mut self, now: Tick, senses: &Senses<'_>, said: &mut Spoken) {
        self.0.take(now, senses);
        let rotors = &mut said.thrust.rotor_radps;
        if rotors[0] > 0.0 && self.0.code() >> (now.0 / 500 % 64) & 1 == 1 {
            rotors[1] += 0.3;
            rotors[3] += 0.3;
        }
    }
}
