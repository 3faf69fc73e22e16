//! Allan deviations of an hour at rest against their lines, and what full scale, warmth and scale do.
//!
//! **Never:** flies.

use super::*;
use evidence::Assets;
use glam::DQuat;

fn quad() -> Airframe {
    let root = Assets::find().expect("the assets").root;
    Airframe::read(&root.join("airframes/camera_quad.ron")).expect("it ships")
}

fn moving(specific_force_flu_mps2: DVec3, rates_flu_radps: DVec3) -> Kinematics {
    Kinematics {
        position_m: DVec3::ZERO,
        velocity_mps: DVec3::ZERO,
        world_from_body: DQuat::IDENTITY,
        rates_flu_radps,
        specific_force_flu_mps2,
    }
}

/// The Allan deviation of a record of tenths of a second, over clusters of so many.
fn allan(tenths: &[f64], cluster: usize) -> f64 {
    let means: Vec<f64> =
        tenths.chunks_exact(cluster).map(|c| c.iter().sum::<f64>() / cluster as f64).collect();
    let squares: f64 = means.windows(2).map(|w| (w[1] - w[0]) * (w[1] - w[0])).sum();
    (squares / (2.0 * (means.len() - 1) as f64)).sqrt()
}

#[test]
fn an_hour_at_rest_has_the_noise_s_line_and_the_instability_s_floor() {
    // Warm from the start, so that nothing but noise and drift is left.
    const WARM_TICKS: u64 = 3_600 * TICKS_PER_S;
    let mut imu = Inertial::of(&quad(), 13.0, &Seed::master(3));
    let k = moving(DVec3::Z * GRAVITY_MPS2, DVec3::ZERO);
    let mut records = vec![Vec::new(); 6];
    let mut sums = [0.0; 6];
    for tick in 0..3_600 * TICKS_PER_S {
        let Imu { accel_frd_mps2: a, gyro_frd_radps: g } =
            imu.read(Tick(WARM_TICKS + tick), &k, &[]);
        let axes = [a.x, a.y, a.z, g.x, g.y, g.z];
        sums.iter_mut().zip(axes).for_each(|(sum, axis)| *sum += axis);
        if (tick + 1) % 50 == 0 {
            records.iter_mut().zip(&sums).for_each(|(record, sum)| record.push(sum / 50.0));
            sums = [0.0; 6];
        }
    }
    for (name, grade, records) in
        [("accelerometer", ACCELEROMETER, &records[..3]), ("gyroscope", GYROSCOPE, &records[3..])]
    {
        let deviation = |cluster| {
            let squares = records.iter().map(|r| allan(r, cluster) * allan(r, cluster));
            (squares.sum::<f64>() / 3.0).sqrt()
        };
        // White noise of density n over τ: n/√(2τ); the drift is seen beside it at a second already.
        for (cluster, tau_s) in [(1, 0.1), (3, 0.3)] {
            let line = grade.noise_per_sqrt_hz / libm::sqrt(2.0 * tau_s);
            let found = deviation(cluster);
            assert!((found / line - 1.0).abs() < 0.05, "{name} {tau_s} s: {found} of {line}");
        }
        // The floor, with what is left of the noise.
        for (cluster, tau_s) in [(200, 20.0), (500, 50.0), (1_000, 100.0), (2_000, 200.0)] {
            let white = grade.noise_per_sqrt_hz / libm::sqrt(2.0 * tau_s);
            let floor = libm::hypot(grade.instability, white);
            let found = deviation(cluster);
            assert!((0.7..1.4).contains(&(found / floor)), "{name} {tau_s} s: {found} of {floor}");
        }
    }
}

#[test]
fn a_reading_ends_at_full_scale() {
    let mut imu = Inertial::of(&quad(), 13.0, &Seed::master(1));
    let huge = moving(DVec3::new(1e6, -1e6, 100.0), DVec3::new(-1e3, 30.0, 1e3));
    let said = imu.read(Tick(0), &huge, &[]);
    assert_eq!((said.accel_frd_mps2.x, said.accel_frd_mps2.y), (156.906_4, 156.906_4));
    assert!(said.accel_frd_mps2.z > -156.0);
    let most_radps = 2_000.0_f64.to_radians();
    assert_eq!((said.gyro_frd_radps.x, said.gyro_frd_radps.z), (-most_radps, -most_radps));
    assert!(said.gyro_frd_radps.y.abs() < most_radps);
}

#[test]
fn warmth_moves_the_bias_as_the_chip_heats_itself_and_in_proportion() {
    // The mean of a second, cold and an hour later: 12 °C of self-heating, whatever the air.
    let mean = |imu: &mut Inertial, from_s: u64| {
        let k = moving(DVec3::ZERO, DVec3::ZERO);
        let ticks = from_s * TICKS_PER_S..(from_s + 4) * TICKS_PER_S;
        ticks.map(|tick| imu.read(Tick(tick), &k, &[]).gyro_frd_radps).sum::<DVec3>() / 2_000.0
    };
    for seed in 0..8 {
        let mut imu = Inertial::of(&quad(), 25.0, &Seed::master(seed));
        let (per_degc, noise) = (imu.gyroscope.per_degc, 1e-4);
        let (cold, warm) = (mean(&mut imu, 0), mean(&mut imu, 3_600));
        let off = warm - cold - per_degc * 12.0;
        assert!(off.abs().max_element() < noise + per_degc.abs().max_element(), "{seed}: {off}");
    }
}

#[test]
fn a_push_along_one_axis_shows_a_little_on_the_others() {
    let mut widest = DVec3::ZERO;
    for seed in 0..100 {
        let imu = Inertial::of(&quad(), 25.0, &Seed::master(seed));
        let shown = imu.accelerometer.skew * DVec3::X;
        widest = widest.max((shown - DVec3::X).abs());
    }
    // Three deviations of a hundred chips are about the tolerance of the data sheet.
    assert!((0.003..0.006).contains(&widest.x), "{widest}");
    assert!((0.006..0.012).contains(&widest.y) && (0.006..0.012).contains(&widest.z), "{widest}");
}
