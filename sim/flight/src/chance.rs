//! Chance: one master seed, and a stream of its own for each room.
//!
//! **Never:** reads a clock or the machine's entropy; shares a stream between rooms.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use sha2::{Digest, Sha256};

/// A place in the tree of seeds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seed([u8; 32]);

impl Seed {
    /// The root of a flight.
    #[must_use]
    pub fn master(seed: u64) -> Self {
        let digest = Sha256::new_with_prefix(b"hushwing seed 1").chain_update(seed.to_le_bytes());
        Self(digest.finalize().into())
    }

    /// The seed of a room; other names give unrelated seeds.
    #[must_use]
    pub fn fork(&self, room: &str) -> Self {
        Self(Sha256::new_with_prefix(self.0).chain_update(room).finalize().into())
    }

    /// The room's own stream.
    #[must_use]
    pub fn stream(&self) -> Stream {
        Stream(ChaCha8Rng::from_seed(self.0))
    }

    /// The seed itself, where a room wants 32 bytes and no stream.
    #[must_use]
    pub fn bytes(&self) -> [u8; 32] {
        self.0
    }
}

/// A stream of chance.
#[derive(Clone, Debug)]
pub struct Stream(ChaCha8Rng);

impl Stream {
    /// 64 random bits.
    pub fn bits(&mut self) -> u64 {
        self.0.next_u64()
    }

    /// Fills a buffer.
    pub fn fill(&mut self, buffer: &mut [u8]) {
        self.0.fill_bytes(buffer);
    }

    /// Even in 0 to 1, 1 excluded.
    pub fn unit(&mut self) -> f64 {
        (self.bits() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Even in `low` to `high`.
    pub fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.unit()
    }

    /// One of `count` numbers from 0; `count` is not 0.
    pub fn below(&mut self, count: usize) -> usize {
        ((u128::from(self.bits()) * count as u128) >> 64) as usize
    }

    /// Nearly normal, mean 0, standard deviation 1: the sum of four even 16-bit numbers. Its tails end at
    /// 3.46, and it needs no transcendental function, so it is cheap and the same on every machine.
    pub fn normal(&mut self) -> f64 {
        let bits = self.bits();
        let sum = (bits & 0xFFFF) + (bits >> 16 & 0xFFFF) + (bits >> 32 & 0xFFFF) + (bits >> 48);
        const SD: f64 = 37_837.227_2; // sqrt(4 × (65536² - 1) / 12)
        (sum as f64 - 131_070.0) / SD
    }

    /// Three independent normal numbers, each with this standard deviation.
    pub fn normal3(&mut self, sd: f64) -> glam::DVec3 {
        glam::DVec3::new(self.normal(), self.normal(), self.normal()) * sd
    }
}

/// A first-order random walk that keeps its standard deviation (Ornstein-Uhlenbeck), stepped exactly.
#[derive(Clone, Debug)]
pub struct Wander {
    value: f64,
    keep: f64,
    kick: f64,
}

impl Wander {
    /// Starts at a random place of its long-run spread.
    #[must_use]
    pub fn start(sd: f64, time_constant_s: f64, step_s: f64, stream: &mut Stream) -> Self {
        let keep = libm::exp(-step_s / time_constant_s);
        Self { value: sd * stream.normal(), keep, kick: sd * (1.0 - keep * keep).sqrt() }
    }

    /// The value one step later.
    pub fn step(&mut self, stream: &mut Stream) -> f64 {
        self.value = self.value * self.keep + self.kick * stream.normal();
        self.value
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_room_has_its_own_stream_and_always_the_same() {
        let seed = Seed::master(7);
        assert_eq!(seed.fork("camera").stream().bits(), seed.fork("camera").stream().bits());
        assert_ne!(seed.fork("camera").stream().bits(), seed.fork("imu").stream().bits());
        assert_ne!(seed.stream().bits(), Seed::master(8).stream().bits());
    }

    #[test]
    fn normal_numbers_have_mean_nought_and_deviation_one() {
        let mut stream = Seed::master(1).stream();
        let (mut sum, mut squares) = (0.0, 0.0);
        for _ in 0..100_000 {
            let x = stream.normal();
            sum += x;
            squares += x * x;
        }
        assert!((sum / 1e5_f64).abs() < 0.02 && (squares / 1e5 - 1.0_f64).abs() < 0.02);
    }
}
