//! Lawful vehicles that look like leaks: nothing in them follows a secret.
//!
//! **Never:** reads the microphone, the pixels, the cells or the way-point names.

use crate::leaky::Leak;
use crate::mavlink2::attitude_low_bits;
use evidence::Tick;
use flight::Spoken;
use flight::firmware::Senses;

/// The honest vehicle as it is: the flight alone looks like a leak.
pub(crate) struct Honest;

impl Leak for Honest {}

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
