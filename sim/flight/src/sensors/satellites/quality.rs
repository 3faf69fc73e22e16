//! How good a receiver is, by the corrections that it has.
//!
//! **Never:** measures anything.

use evidence::scenario::Receiver;
use vehicle::senses::GnssFix;

/// How good a receiver is.
#[derive(Clone, Copy)]
pub(super) struct Quality {
    /// What its best fix is.
    pub best: GnssFix,
    /// How far its error wanders.
    pub horizontal_sd_m: f64,
    /// The same, up and down.
    pub vertical_sd_m: f64,
    /// What changes from fix to fix.
    pub noise_m: f64,
}

impl Quality {
    /// With what it has.
    pub(super) fn of(receiver: Receiver) -> Self {
        match receiver {
            // Open sky and no corrections.
            Receiver::Standalone => Self {
                best: GnssFix::ThreeD,
                horizontal_sd_m: 0.6,
                vertical_sd_m: 1.0,
                noise_m: 0.02,
            },
            // NovAtel, MiLLennium command descriptions, table E-2: type 1 corrections give 1 m SEP; a third of the sum
            // of these three axes' deviations is 0.65 m, which is 1 m of radius for half of the fixes.
            Receiver::Differential => Self {
                best: GnssFix::Differential,
                horizontal_sd_m: 0.55,
                vertical_sd_m: 0.85,
                noise_m: 0.02,
            },
            // NovAtel, OEMV installation manual, table 20: RT-20 that moves is right to 45 to 25 cm across (RMS of both
            // axes) in its first ten minutes; in the middle of that, and half as much again upwards.
            Receiver::RtkFloat => Self {
                best: GnssFix::RtkFloat,
                horizontal_sd_m: 0.25,
                vertical_sd_m: 0.37,
                noise_m: 0.01,
            },
            // The carrier's phase against a base some kilometres away (u-blox ZED-F9P: 0.01 m + 1 ppm across, the
            // same up).
            Receiver::Rtk => Self {
                best: GnssFix::RtkFixed,
                horizontal_sd_m: 0.015,
                vertical_sd_m: 0.02,
                noise_m: 0.004,
            },
        }
    }

    /// How good a receiver is whose best fix is this; none where no receiver is at its best.
    pub(super) fn with(fix: GnssFix) -> Option<Self> {
        match fix {
            GnssFix::None | GnssFix::TwoD => None,
            GnssFix::ThreeD => Some(Self::of(Receiver::Standalone)),
            GnssFix::Differential => Some(Self::of(Receiver::Differential)),
            GnssFix::RtkFloat => Some(Self::of(Receiver::RtkFloat)),
            GnssFix::RtkFixed => Some(Self::of(Receiver::Rtk)),
        }
    }
}
