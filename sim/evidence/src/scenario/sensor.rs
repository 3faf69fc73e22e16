//! Which sensor fails, and how.
//!
//! **Never:** says what comes of it.

use serde::{Deserialize, Serialize};

/// What the vehicle's satellite receiver is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Receiver {
    /// On its own: right to about a metre.
    #[default]
    Standalone,
    /// With corrections of the code for the area: right to a metre with its height.
    Differential,
    /// With the carrier's phase against a base whose cycles are not counted yet: right to about three decimetres.
    RtkFloat,
    /// With corrections from a base close by: right to about two centimetres.
    Rtk,
}

/// A sensor that may fail. The microphone and the camera are not among them: what they hear and see is under test.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Sensor {
    /// Specific force, every tick.
    Accelerometer,
    /// Angular rate, every tick.
    Gyroscope,
    /// Satellite positioning.
    Gnss,
    /// Static pressure.
    Barometer,
    /// The field about the body.
    Magnetometer,
    /// Distance to what lies below.
    Rangefinder,
    /// Voltage, current and charge of the pack.
    BatteryMonitor,
    /// Speeds of the rotors.
    EscTelemetry,
    /// Temperature of the barometer's chip.
    Thermometer,
}

/// How a sensor fails.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Failure {
    /// It repeats its last reading.
    Stuck,
    /// It is wrong by as much all the time.
    Biased {
        /// By how much, in the sensor's own unit.
        by: Bias,
    },
    /// It is silent; an accelerometer or gyroscope, which are asked every tick, answers with zeros.
    Dead,
    /// It works and is dead by turns, as behind a loose plug. Both last by chance, on average as long as this.
    Intermittent {
        /// How long it works.
        works_s: f64,
        /// How long it is dead.
        dead_s: f64,
    },
}

/// How wrong a sensor is, in its unit. Axes of the body are forward, right, down.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum Bias {
    /// An accelerometer, metres per second squared.
    Mps2(f64, f64, f64),
    /// A gyroscope, radians per second.
    Radps(f64, f64, f64),
    /// Satellite positioning: east, north, up in metres.
    EnuM(f64, f64, f64),
    /// A barometer, pascal.
    Pa(f64),
    /// A magnetometer, gauss.
    Gauss(f64, f64, f64),
    /// A rangefinder, metres.
    M(f64),
    /// A battery monitor, volts.
    V(f64),
    /// The telemetry of every rotor, radians per second.
    RotorRadps(f64),
    /// A thermometer, degrees Celsius.
    Degc(f64),
}

impl Bias {
    /// Whose unit it is in.
    #[must_use]
    pub fn of(self) -> Sensor {
        match self {
            Self::Mps2(..) => Sensor::Accelerometer,
            Self::Radps(..) => Sensor::Gyroscope,
            Self::EnuM(..) => Sensor::Gnss,
            Self::Pa(_) => Sensor::Barometer,
            Self::Gauss(..) => Sensor::Magnetometer,
            Self::M(_) => Sensor::Rangefinder,
            Self::V(_) => Sensor::BatteryMonitor,
            Self::RotorRadps(_) => Sensor::EscTelemetry,
            Self::Degc(_) => Sensor::Thermometer,
        }
    }

    /// Along each axis; what has one alone has it in the first.
    #[must_use]
    pub fn axes(self) -> [f64; 3] {
        match self {
            Self::Mps2(x, y, z)
            | Self::Radps(x, y, z)
            | Self::EnuM(x, y, z)
            | Self::Gauss(x, y, z) => [x, y, z],
            Self::Pa(x) | Self::M(x) | Self::V(x) | Self::RotorRadps(x) | Self::Degc(x) => {
                [x, 0.0, 0.0]
            }
        }
    }
}
