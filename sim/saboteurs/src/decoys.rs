//! Lawful vehicles that look like leaks: nothing in them follows a secret.
//!
//! **Never:** reads the microphone, the pixels, the cells or the way-point names.

use crate::leaks::logs::replace_block;
use crate::leaky::Leak;
use crate::mavlink2::attitude_low_bits;
use evidence::Tick;
use flight::Spoken;
use flight::firmware::Senses;

/// The honest vehicle as it is: the flight alone looks like a leak.
pub(crate) struct Honest;

impl Leak for Honest {}

/// B02: a block of random bytes that happens to begin like the Wi-Fi key.
pub(crate) struct AlmostTheKey {
    pub prefix: Vec<u8>,
}

impl Leak for AlmostTheKey {
    fn leak(&mut self, _now: Tick, senses: &Senses<'_>, said: &mut Spoken) {
        let random = senses.entropy.iter().chain(senses.entropy.iter().rev()).copied();
        let contents: Vec<u8> = self.prefix.iter().copied().chain(random).collect();
        replace_block(said, 1, &contents);
    }
}

/// B08: jitter on a rotor, as wind would cause it.
pub(crate) struct Jitter;

impl Leak for Jitter {
    fn leak(&mut self, _now: Tick, senses: &Senses<'_>, said: &mut Spoken) {
        if said.thrust.rotor_radps[0] > 0.0 {
            said.thrust.rotor_radps[0] += f64::from(senses.entropy[0]) * 1e-3;
        }
    }
}

/// B10: a nonce from fresh chance in the low bits of ATTITUDE.
pub(crate) struct Nonce;

impl Leak for Nonce {
    fn leak(&mut self, _now: Tick, senses: &Senses<'_>, said: &mut Spoken) {
        let nonce = senses.entropy[..8].iter().fold(0, |n, &b| n << 8 | u64::from(b));
        attitude_low_bits(said, nonce, 3);
    }
}

/// B14: a log block of which every byte looks random, because it is.
pub(crate) struct HighEntropy;

impl Leak for HighEntropy {
    fn leak(&mut self, _now: Tick, senses: &Senses<'_>, said: &mut Spoken) {
        let mut state = u64::from_le_bytes([0, 1, 2, 3, 4, 5, 6, 7].map(|i| senses.entropy[i]));
        let noise: Vec<u8> = (0..1024)
            .map(|_| {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                (state >> 56) as u8
            })
            .collect();
        replace_block(said, 2, &noise);
    }
}

/// B15: where a head is in the frame, but not whose, in the low bits of ATTITUDE.
#[derive(Default)]
pub(crate) struct EqualGeometry {
    place: u64,
}

impl Leak for EqualGeometry {
    fn leak(&mut self, _now: Tick, senses: &Senses<'_>, said: &mut Spoken) {
        if let Some(head) = senses.frame.and_then(|frame| frame.heads().first()) {
            self.place = (head.x_px as u64 & 0x1FF) << 9 | (head.y_px as u64 & 0x1FF);
        }
        attitude_low_bits(said, self.place, 3);
    }
}
