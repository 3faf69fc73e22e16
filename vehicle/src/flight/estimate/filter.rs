//! How far off the belief may be: the covariance of its errors, and how much of a surprise to believe.
//!
//! An error-state Kalman filter with the errors of position, velocity and attitude in the local frame and those of the
//! two inertial biases in the body (Solà, "Quaternion kinematics for the error-state Kalman filter", arXiv:1711.02508,
//! section 7 with global angular errors), and the height by which the air misleads.
//!
//! **Never:** holds the belief itself; believes a surprise beyond its gate; becomes less than certain of nothing.

use glam::{DMat3, DVec3};

/// Length of the error.
pub const ERRORS: usize = 16;
/// First place of the error of position, NED, metres.
pub const POSITION: usize = 0;
/// First place of the error of velocity, NED, m/s.
pub const VELOCITY: usize = 3;
/// First place of the error of attitude: a small turn in NED, radians.
pub const TURN: usize = 6;
/// First place of the error of the gyroscope's bias, FRD, rad/s.
pub const GYRO_BIAS: usize = 9;
/// First place of the error of the accelerometer's bias, FRD, m/s².
pub const ACCEL_BIAS: usize = 12;
/// Place of the error of the height that air pressure adds, metres.
pub const AIR_HEIGHT: usize = 15;

/// Standard deviations after levelling, in the order of the error.
const START_SD: [f64; ERRORS] = [
    0.1, 0.1, 0.1, 0.05, 0.05, 0.05, 0.01, 0.01, 0.06, 0.003, 0.003, 0.003, 0.08, 0.08, 0.08, 0.05,
];
/// How fast each error grows by itself, per √s: noise of the inertial sensors with room for what the vibration and
/// the scale of the gyroscope add, wandering biases, the weather.
const GROWTH_SD_PER_SQRT_S: [f64; ERRORS] =
    [0.0, 0.0, 0.0, 0.02, 0.02, 0.02, 4e-4, 4e-4, 4e-4, 2e-5, 2e-5, 2e-5, 1e-3, 1e-3, 1e-3, 0.02];
/// No error is taken to be larger, as a variance.
const VARIANCE_MAX: f64 = 1e6;
/// Nor smaller: what is certain learns nothing any more.
const VARIANCE_MIN: f64 = 1e-12;

/// What to add to the belief, in the order of the error.
pub type Correction = [f64; ERRORS];

/// One number that was measured, as the errors make it differ from what was expected.
#[derive(Clone, Copy, Debug)]
pub struct Surprise<'a> {
    /// Which errors show in it, and by how much.
    pub shows: &'a [(usize, f64)],
    /// Measured less expected.
    pub by: f64,
    /// Standard deviation of the measurement.
    pub sd: f64,
    /// Beyond so many standard deviations it is not believed.
    pub gate: f64,
}

/// The covariance of the errors, row by row.
#[derive(Clone, Debug, PartialEq)]
pub struct Filter(Covariance);

impl Filter {
    /// As certain as two seconds of standing still make it.
    #[must_use]
    pub fn levelled() -> Self {
        let mut covariance = [[0.0; ERRORS]; ERRORS];
        for (place, sd) in START_SD.into_iter().enumerate() {
            covariance[place][place] = sd * sd;
        }
        Self(covariance)
    }

    /// Standard deviation of one error.
    #[must_use]
    pub fn sd(&self, place: usize) -> f64 {
        libm::sqrt(self.variance(place))
    }

    /// Variance of one error.
    #[must_use]
    pub fn variance(&self, place: usize) -> f64 {
        self.0[place][place]
    }

    /// Lets the errors grow for `seconds` of this attitude and specific force (NED, m/s²).
    pub fn grow(&mut self, seconds: f64, ned_from_frd: DMat3, force_ned_mps2: DVec3) {
        let f = force_ned_mps2 * seconds;
        // The velocity's error grows by turn × force, and by what the biases do in the attitude of now.
        let push = [[0.0, f.z, -f.y], [-f.z, 0.0, f.x], [f.y, -f.x, 0.0]];
        let r = ned_from_frd;
        let drift = [0, 1, 2]
            .map(|row| [r.x_axis[row], r.y_axis[row], r.z_axis[row]].map(|v| -v * seconds));
        let still = [[seconds, 0.0, 0.0], [0.0, seconds, 0.0], [0.0, 0.0, seconds]];
        let flow = [
            (POSITION, still, VELOCITY),
            (VELOCITY, push, TURN),
            (VELOCITY, drift, ACCEL_BIAS),
            (TURN, drift, GYRO_BIAS),
        ];
        let p = &mut self.0;
        for (to, by, from) in &flow {
            add_rows(p, *to, by, *from);
        }
        for (to, by, from) in &flow {
            add_columns(p, *to, by, *from);
        }
        for (place, sd) in GROWTH_SD_PER_SQRT_S.into_iter().enumerate() {
            p[place][place] += sd * sd * seconds;
        }
        self.keep_sound();
    }

    /// What a surprise teaches; nothing where it lies beyond its gate or is no number.
    pub fn weigh(&mut self, surprise: &Surprise<'_>) -> Option<Correction> {
        let p = &mut self.0;
        let mut shown = [0.0; ERRORS];
        for &(place, by) in surprise.shows {
            for (sum, value) in shown.iter_mut().zip(&p[place]) {
                *sum += by * value;
            }
        }
        let mut variance = surprise.sd * surprise.sd;
        for &(place, by) in surprise.shows {
            variance += by * shown[place];
        }
        let believable = surprise.by * surprise.by <= surprise.gate * surprise.gate * variance;
        if !believable || !surprise.by.is_finite() || variance <= 0.0 {
            return None;
        }
        let gain = shown.map(|value| value / variance);
        for (row, part) in p.iter_mut().zip(gain) {
            for (value, other) in row.iter_mut().zip(shown) {
                *value -= part * other;
            }
        }
        for (place, row) in p.iter_mut().enumerate() {
            row[place] = row[place].max(VARIANCE_MIN);
        }
        Some(gain.map(|part| part * surprise.by))
    }

    /// One error may have changed by itself, by so much.
    pub fn loosen(&mut self, place: usize, sd: f64) {
        self.0[place][place] += sd * sd;
    }

    /// Keeps the two halves alike, and every variance within bounds.
    fn keep_sound(&mut self) {
        let p = &mut self.0;
        let before = *p;
        for (i, row) in p.iter_mut().enumerate() {
            for (j, value) in row.iter_mut().enumerate() {
                *value = 0.5 * (*value + before[j][i]);
            }
            row[i] = row[i].clamp(VARIANCE_MIN, VARIANCE_MAX);
        }
    }
}

type Covariance = [[f64; ERRORS]; ERRORS];

/// Three rows take in three others, times a matrix.
fn add_rows(p: &mut Covariance, to: usize, by: &[[f64; 3]; 3], from: usize) {
    let (a, b, c) = (p[from], p[from + 1], p[from + 2]);
    for (row, [x, y, z]) in p[to..to + 3].iter_mut().zip(by) {
        for (((value, a), b), c) in row.iter_mut().zip(&a).zip(&b).zip(&c) {
            *value += x * a + y * b + z * c;
        }
    }
}

/// Three columns take in three others, times a matrix.
fn add_columns(p: &mut Covariance, to: usize, by: &[[f64; 3]; 3], from: usize) {
    for row in p {
        let (a, b, c) = (row[from], row[from + 1], row[from + 2]);
        for (value, [x, y, z]) in row[to..to + 3].iter_mut().zip(by) {
            *value += x * a + y * b + z * c;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use glam::DQuat;
    use proptest::prelude::*;

    #[test]
    fn errors_grow_as_the_closed_forms_say() {
        // At rest for 10 s: a tilt pushes by g t, a bias of the accelerometer by t, and place follows by t² / 2.
        let mut filter = Filter([[0.0; ERRORS]; ERRORS]);
        filter.0[TURN][TURN] = 1e-6;
        filter.0[ACCEL_BIAS + 2][ACCEL_BIAS + 2] = 1e-4;
        for _ in 0..1000 {
            filter.grow(0.01, DMat3::IDENTITY, DVec3::new(0.0, 0.0, -9.8));
        }
        let noise = |of: usize| {
            let mut quiet = Filter([[0.0; ERRORS]; ERRORS]);
            for _ in 0..1000 {
                quiet.grow(0.01, DMat3::IDENTITY, DVec3::new(0.0, 0.0, -9.8));
            }
            quiet.0[of][of]
        };
        for (place, expected) in [
            (VELOCITY + 1, 1e-3 * 9.8 * 10.0),
            (VELOCITY + 2, 1e-2 * 10.0),
            (POSITION + 1, 1e-3 * 9.8 * 50.0),
            (POSITION + 2, 1e-2 * 50.0),
        ] {
            let own = libm::sqrt(filter.0[place][place] - noise(place));
            assert!((own / expected - 1.0).abs() < 0.01, "{place}: {own} for {expected}");
        }
    }

    #[test]
    fn a_surprise_is_shared_out_by_how_uncertain_each_error_is() {
        // sd of the error, sd of the measurement -> part believed
        for (own, of_measurement, part) in [(1.0, 1.0, 0.5), (3.0, 1.0, 0.9), (0.1, 1.0, 0.0099)] {
            let mut filter = Filter::levelled();
            filter.0[POSITION][POSITION] = own * own;
            let surprise =
                Surprise { shows: &[(POSITION, 1.0)], by: 1.0, sd: of_measurement, gate: 9.9 };
            let learnt = filter.weigh(&surprise).unwrap();
            assert!((learnt[POSITION] - part).abs() < 1e-4, "{own} {of_measurement}: {learnt:?}");
            let left = filter.sd(POSITION);
            assert!((left - own * libm::sqrt(1.0 - part)).abs() < 1e-4, "{left}");
        }
    }

    #[test]
    fn beyond_the_gate_nothing_is_learnt() {
        for (by, gate, is_believed) in [
            (4.9, 5.0, true),
            (5.2, 5.0, false),
            (f64::NAN, 5.0, false),
            (f64::INFINITY, 5.0, false),
        ] {
            let mut filter = Filter::levelled();
            let before = filter.clone();
            let surprise = Surprise { shows: &[(AIR_HEIGHT, 1.0)], by, sd: 1.0, gate };
            assert_eq!(filter.weigh(&surprise).is_some(), is_believed, "{by}");
            assert_eq!(filter == before, !is_believed, "{by}");
        }
    }

    proptest! {
        #[test]
        fn the_covariance_stays_one_whatever_is_measured(
            steps in prop::collection::vec(
                (0_usize..ERRORS, -50.0_f64..50.0, 0.001_f64..50.0, -3.0_f64..3.0, -30.0_f64..30.0),
                1..200,
            ),
        ) {
            let mut filter = Filter::levelled();
            for (place, by, sd, angle, force) in steps {
                let attitude = DMat3::from_quat(DQuat::from_rotation_x(angle) * DQuat::from_rotation_z(by));
                filter.grow(0.02, attitude, DVec3::new(force, -force, force - 9.8));
                let _ = filter.weigh(&Surprise { shows: &[(place, 1.0)], by, sd, gate: 5.0 });
                for i in 0..ERRORS {
                    prop_assert!(filter.0[i][i] > 0.0 && filter.0[i][i].is_finite());
                    for j in 0..ERRORS {
                        let most = filter.sd(i) * filter.sd(j);
                        prop_assert!(filter.0[i][j].abs() <= most * (1.0 + 1e-6) + 1e-9);
                    }
                }
            }
        }
    }
}
