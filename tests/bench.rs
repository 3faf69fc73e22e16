//! A vehicle on the bench: the firmware, a card in memory, and whatever bytes a test sends. No world around it.
//!
//! It stands still under an open sky with a full battery. Writes are carried out in the tick in which they leave.
//!
//! **Never:** flies; judges; draws chance.

use evidence::card::{CardImage, Write};
use glam::DVec3;
use vehicle::Vehicle;
use vehicle::senses::{
    Battery, Gnss, GnssFix, Imu, Provision, ROTORS_MAX, Senses, Storage, TICKS_PER_S, Tick,
};
use vehicle::words::Link;

/// The card, in memory, with room for everything.
pub struct Card(pub CardImage);

impl Storage for Card {
    fn length(&self, path: &str) -> Option<usize> {
        self.0.get(path).map(Vec::len)
    }

    fn read(&self, path: &str, offset: usize, length: usize) -> &[u8] {
        let file = self.0.get(path).map_or(&[][..], Vec::as_slice);
        let start = offset.min(file.len());
        &file[start..offset.saturating_add(length).clamp(start, file.len())]
    }

    fn paths(&self) -> Vec<String> {
        self.0.keys().cloned().collect()
    }

    fn free_bytes(&self) -> u64 {
        1 << 30
    }

    fn has_failed(&self) -> bool {
        false
    }
}

/// A vehicle that is switched on, and its card.
pub struct Bench {
    vehicle: Vehicle,
    /// What lies on the card.
    pub card: Card,
    now: Tick,
}

impl Bench {
    /// Switches a vehicle on at a moment, with a card in it.
    pub fn switched_on(provision: Provision, card: CardImage, now: Tick) -> Self {
        Self { vehicle: Vehicle::new(provision), card: Card(card), now }
    }

    /// One tick with these bytes on the radio and from the servers; what the vehicle said.
    pub fn tick(&mut self, radio: &[u8], uplink: &[u8]) -> Vec<(Link, Vec<u8>)> {
        self.tick_by([radio, &[]], uplink)
    }

    /// The same with bytes on either telemetry port.
    pub fn tick_by(
        &mut self,
        [radio, telemetry2]: [&[u8]; 2],
        uplink: &[u8],
    ) -> Vec<(Link, Vec<u8>)> {
        let now = self.now.0;
        let every = |ticks: u64| now.is_multiple_of(ticks);
        let senses = Senses {
            imu: Imu {
                accel_frd_mps2: DVec3::new(0.0, 0.0, -9.806_65),
                gyro_frd_radps: DVec3::ZERO,
            },
            gnss: every(TICKS_PER_S / 10).then_some(FIX),
            pressure_pa: every(TICKS_PER_S / 50).then_some(95_600.0),
            magnetic_frd_gauss: every(TICKS_PER_S / 50).then_some(DVec3::new(0.21, 0.01, 0.43)),
            battery: every(TICKS_PER_S / 10).then_some(BATTERY),
            esc_radps: every(TICKS_PER_S / 100).then_some([0.0; ROTORS_MAX]),
            temperature_degc: every(TICKS_PER_S).then_some(21.0),
            range_m: every(TICKS_PER_S / 20).then_some(0.1),
            microphone: &[0; 32],
            frame: None,
            findings: None,
            radio,
            telemetry2,
            uplink,
            card: &self.card,
            neighbours: &[],
            entropy: entropy(now),
        };
        let said = self.vehicle.step(self.now, &senses).into_emissions();
        self.now = Tick(now + 1);
        for (_, bytes) in said.iter().filter(|(link, _)| *link == Link::Card) {
            if let Some(write) = Write::decode(bytes) {
                write.apply(&mut self.card.0);
            }
        }
        said
    }
}

const FIX: Gnss = Gnss {
    fix: GnssFix::ThreeD,
    lat_deg: 47.3977,
    lon_deg: 8.5456,
    alt_m: 488.0,
    velocity_ned_mps: DVec3::ZERO,
    horizontal_sd_m: 0.6,
    vertical_sd_m: 1.0,
    satellites: 14,
};

const BATTERY: Battery = Battery {
    pack_v: 16.4,
    current_a: 0.6,
    charge_pct: 97.0,
    cells_mv: [4_100, 4_100, 4_100, 4_100, 0, 0],
    esc_cdegc: [2_500, 2_500, 2_500, 2_500, 0, 0, 0, 0],
};

/// Bytes that differ from tick to tick: nobody on the bench guesses keys.
fn entropy(now: u64) -> [u8; 32] {
    let mut bytes = [0x5A; 32];
    bytes[..8].copy_from_slice(&now.wrapping_mul(0x9E37_79B9_7F4A_7C15).to_le_bytes());
    bytes
}
