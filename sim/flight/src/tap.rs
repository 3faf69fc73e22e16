//! The tap at the skin: hears every emission of a seat, and its motors.
//!
//! A firmware in its own right is written down whole. A twin is compared with it tick by tick, and only the first
//! difference on each link is kept.
//!
//! **Never:** forgives, delays, merges or drops.

use crate::firmware::Spoken;
use evidence::{
    Comparator, Difference, DifferenceKind, Link, TICKS_PER_S, Tick, Transcript, Twin, TwinRecord,
};
use sha2::{Digest, Sha256};
use vehicle::senses::Thrust;

/// Writes down what one firmware says.
#[derive(Default)]
pub struct Recorder {
    transcript: Transcript,
    motion: Sha256,
}

impl Recorder {
    /// Hears one tick. `Motion` is emitted by the tap: once a second, the digest of the rotor commands.
    pub fn hear(&mut self, now: Tick, said: &Spoken, rotors: usize) {
        for (link, bytes) in &said.emissions {
            self.transcript.hear(now, *link, bytes);
        }
        self.motion.update(rotor_bytes(&said.thrust, rotors));
        if now.0 % TICKS_PER_S == TICKS_PER_S - 1 {
            let digest = self.motion.finalize_reset();
            self.transcript.hear(now, Link::Motion, &digest);
        }
    }

    /// All that was heard.
    #[must_use]
    pub fn finish(self) -> Transcript {
        self.transcript
    }
}

/// Compares a twin with the firmware that it is a twin of.
pub struct TwinTap {
    twin: Twin,
    links: Comparator,
    motion: Option<Difference>,
}

impl TwinTap {
    /// A tap for a planned twin.
    #[must_use]
    pub fn on(twin: Twin) -> Self {
        Self { links: Comparator::masking(&twin.carriers), twin, motion: None }
    }

    /// Whether the twin has differed on a link on which it is judged.
    #[must_use]
    pub fn has_shown(&self) -> bool {
        let judged = &self.twin.judged;
        self.links.differs_on(judged) || (self.motion.is_some() && judged.contains(&Link::Motion))
    }

    /// Whether it is the tap of this twin.
    #[must_use]
    pub fn is_of(&self, twin: &Twin) -> bool {
        self.twin == *twin
    }

    /// Compares one tick, motors bit for bit.
    pub fn compare(&mut self, now: Tick, first: &Spoken, twin: &Spoken, rotors: usize) {
        if !(first.emissions.is_empty() && twin.emissions.is_empty()) {
            self.links.tick(now, &first.emissions, &twin.emissions);
        }
        if self.motion.is_none() && bits(&first.thrust) != bits(&twin.thrust) {
            self.motion = Some(Difference {
                link: Link::Motion,
                tick: now,
                kind: DifferenceKind::Content,
                seat0: Some(rotor_bytes(&first.thrust, rotors)),
                twin: Some(rotor_bytes(&twin.thrust, rotors)),
            });
        }
    }

    /// What became of the twin.
    #[must_use]
    pub fn finish(self) -> TwinRecord {
        let mut differences = self.links.finish();
        if let Some(motion) = self.motion {
            let said = differences.iter().position(|d| d.link == Link::Motion);
            match said {
                Some(place) if differences[place].tick <= motion.tick => {}
                Some(place) => differences[place] = motion,
                // `Motion` is the last link.
                None => differences.push(motion),
            }
        }
        TwinRecord { twin: self.twin, differences }
    }
}

fn bits(thrust: &Thrust) -> [u64; vehicle::senses::ROTORS_MAX] {
    thrust.rotor_radps.map(f64::to_bits)
}

fn rotor_bytes(thrust: &Thrust, rotors: usize) -> Vec<u8> {
    thrust.rotor_radps[..rotors].iter().flat_map(|w| w.to_le_bytes()).collect()
}
