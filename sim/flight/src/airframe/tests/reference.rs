//! The equations of motion written down once more, and integrated by other means: Dormand and Prince's pair of fifth and
//! fourth order with its step held to an error of 1e-10.
//!
//! **Never:** calls a function of the rooms under test.

use super::{CAMERA_QUAD, CRAZYFLIE, HEXACOPTER, HUMMINGBIRD, Rig, parsed};
use crate::airframe::Airframe;
use glam::{DQuat, DVec3};

/// x, y, z, vx, vy, vz, qx, qy, qz, qw, wx, wy, wz, m1 … m8.
type Row = [f64; 21];

const TOLERANCE: f64 = 1e-10;

/// dy/dt as the equations have it, for plain arrays.
fn rate_of_change(a: &Airframe, y: &Row, command: &[f64], wind: [f64; 3]) -> Row {
    let mut d = [0.0; 21];
    let (q, w) = ([y[6], y[7], y[8], y[9]], [y[10], y[11], y[12]]);
    let n = (q[0] * q[0] + q[1] * q[1] + q[2] * q[2] + q[3] * q[3]).sqrt();
    let [i, j, k, r] = q.map(|c| c / n);
    let rot = [
        [1.0 - 2.0 * (j * j + k * k), 2.0 * (i * j - k * r), 2.0 * (i * k + j * r)],
        [2.0 * (i * j + k * r), 1.0 - 2.0 * (i * i + k * k), 2.0 * (j * k - i * r)],
        [2.0 * (i * k - j * r), 2.0 * (j * k + i * r), 1.0 - 2.0 * (i * i + j * j)],
    ];
    let rel = [y[3] - wind[0], y[4] - wind[1], y[5] - wind[2]];
    let va: Vec<f64> =
        (0..3).map(|c| rot[0][c] * rel[0] + rot[1][c] * rel[1] + rot[2][c] * rel[2]).collect();
    let speed = (va[0] * va[0] + va[1] * va[1] + va[2] * va[2]).sqrt();
    let c_d = [a.hull_drag_ns2pm2.0, a.hull_drag_ns2pm2.1, a.hull_drag_ns2pm2.2];
    let mut f = [-speed * c_d[0] * va[0], -speed * c_d[1] * va[1], -speed * c_d[2] * va[2]];
    let (mut m, mut h) = ([0.0; 3], 0.0);
    for (at, hub) in a.rotors.iter().enumerate() {
        let (x, p, s) = (y[13 + at], hub.at_m, f64::from(hub.yaw_sign));
        let u = [
            va[0] + w[1] * p.2 - w[2] * p.1,
            va[1] + w[2] * p.0 - w[0] * p.2,
            va[2] + w[0] * p.1 - w[1] * p.0,
        ];
        let c = command[at].clamp(a.rotor_radps_min, a.rotor_radps_max);
        let dm = (c - x) / if c > x { a.motor_spin_up_s } else { a.motor_spin_down_s };
        d[13 + at] = dm;
        let g = [
            -x * a.rotor_drag_ns2pm * u[0],
            -x * a.rotor_drag_ns2pm * u[1],
            a.thrust_coefficient_ns2 * x * x - x * a.rotor_inflow_ns2pm * u[2]
                + a.translational_lift_ns2pm2 * (u[0] * u[0] + u[1] * u[1]),
        ];
        (f[0], f[1], f[2]) = (f[0] + g[0], f[1] + g[1], f[2] + g[2]);
        m[0] += p.1 * g[2] - p.2 * g[1] - a.flapping_ns2 * x * u[1];
        m[1] += p.2 * g[0] - p.0 * g[2] + a.flapping_ns2 * x * u[0];
        m[2] += p.0 * g[1] - p.1 * g[0] + s * a.torque_coefficient_nms2 * x * x;
        if a.terms.spin_up_reaction {
            m[2] += s * a.rotor_inertia_kgm2 * dm;
        }
        if a.terms.rotor_gyroscope {
            h -= s * a.rotor_inertia_kgm2 * x;
        }
    }
    let inertia = [a.inertia_kgm2.0, a.inertia_kgm2.1, a.inertia_kgm2.2];
    let l = [inertia[0] * w[0], inertia[1] * w[1], inertia[2] * w[2] + h];
    for c in 0..3 {
        d[c] = y[3 + c];
        let push = rot[c][0] * f[0] + rot[c][1] * f[1] + rot[c][2] * f[2];
        d[3 + c] = push / a.mass_kg - if c == 2 { 9.806_65 } else { 0.0 };
        let (e, g) = ((c + 1) % 3, (c + 2) % 3);
        d[10 + c] = (m[c] - (w[e] * l[g] - w[g] * l[e])) / inertia[c];
    }
    d[6] = 0.5 * (q[3] * w[0] + q[1] * w[2] - q[2] * w[1]);
    d[7] = 0.5 * (q[3] * w[1] + q[2] * w[0] - q[0] * w[2]);
    d[8] = 0.5 * (q[3] * w[2] + q[0] * w[1] - q[1] * w[0]);
    d[9] = -0.5 * (q[0] * w[0] + q[1] * w[1] + q[2] * w[2]);
    d
}

const A: [[f64; 6]; 6] = [
    [1.0 / 5.0, 0.0, 0.0, 0.0, 0.0, 0.0],
    [3.0 / 40.0, 9.0 / 40.0, 0.0, 0.0, 0.0, 0.0],
    [44.0 / 45.0, -56.0 / 15.0, 32.0 / 9.0, 0.0, 0.0, 0.0],
    [19372.0 / 6561.0, -25360.0 / 2187.0, 64448.0 / 6561.0, -212.0 / 729.0, 0.0, 0.0],
    [9017.0 / 3168.0, -355.0 / 33.0, 46732.0 / 5247.0, 49.0 / 176.0, -5103.0 / 18656.0, 0.0],
    [35.0 / 384.0, 0.0, 500.0 / 1113.0, 125.0 / 192.0, -2187.0 / 6784.0, 11.0 / 84.0],
];
/// Fifth order less fourth.
const E: [f64; 7] = [
    71.0 / 57600.0,
    0.0,
    -71.0 / 16695.0,
    71.0 / 1920.0,
    -17253.0 / 339_200.0,
    22.0 / 525.0,
    -1.0 / 40.0,
];

fn integrate(a: &Airframe, mut y: Row, command: &[f64], wind: [f64; 3], for_s: f64) -> Row {
    let (mut t, mut h) = (0.0, 1e-4_f64);
    while t < for_s {
        h = h.min(for_s - t);
        let mut k = [[0.0; 21]; 7];
        k[0] = rate_of_change(a, &y, command, wind);
        let mut next = y;
        for stage in 0..6 {
            for (c, value) in next.iter_mut().enumerate() {
                *value = y[c] + h * (0..=stage).map(|s| A[stage][s] * k[s][c]).sum::<f64>();
            }
            k[stage + 1] = rate_of_change(a, &next, command, wind);
        }
        let worst = (0..21)
            .map(|c| {
                let error = h * (0..7).map(|s| E[s] * k[s][c]).sum::<f64>();
                error.abs() / (TOLERANCE * (1.0 + y[c].abs()))
            })
            .fold(0.0, f64::max);
        if worst <= 1.0 {
            (t, y) = (t + h, next);
        }
        h *= (0.9 * libm::pow(worst.max(1e-12), -0.2)).clamp(0.2, 5.0);
    }
    y
}

fn row_of(rig: &Rig) -> Row {
    let (mut row, s) = ([0.0; 21], &rig.state);
    row[..3].copy_from_slice(&s.position_m.to_array());
    row[3..6].copy_from_slice(&s.velocity_mps.to_array());
    row[6..10].copy_from_slice(&s.world_from_body.to_array());
    row[10..13].copy_from_slice(&s.rates_radps.to_array());
    row[13..].copy_from_slice(&rig.spin.radps);
    row
}

fn apart(rig: &Rig, row: &Row) -> (f64, f64) {
    let position_m = DVec3::new(row[0], row[1], row[2]).distance(rig.state.position_m);
    let q = DQuat::from_xyzw(row[6], row[7], row[8], row[9]).normalize();
    let turned = rig.state.world_from_body.inverse() * q;
    let sine = DVec3::new(turned.x, turned.y, turned.z).length();
    (position_m, 2.0 * libm::asin(sine.min(1.0)).to_degrees())
}

#[test]
fn a_pulse_of_the_motors_ends_where_another_integration_ends() {
    const WIND: [f64; 3] = [4.0, -3.0, 1.0];
    let mut worst = (0.0_f64, 0.0_f64);
    for (text, pulsed) in [
        (HUMMINGBIRD, &[0_usize, 3][..]),
        (HUMMINGBIRD, &[1]),
        (HUMMINGBIRD, &[0, 2]),
        (CRAZYFLIE, &[0, 1]),
        (CAMERA_QUAD, &[2, 3]),
        (CAMERA_QUAD, &[0, 1, 2, 3]),
        (HEXACOPTER, &[0, 5]),
    ] {
        let mut airframe = parsed(text);
        // Without equations of their own above.
        airframe.terms.vortex_ring = false;
        airframe.flapping_ns2 = 1e-6 * airframe.mass_kg;
        let hover = airframe.hover_radps();
        let mut rig = Rig::of(&airframe).turning(hover);
        rig.state.velocity_mps = DVec3::new(1.0, 2.0, -1.0);
        rig.state.rates_radps = DVec3::new(0.3, -0.2, 0.5);
        rig.around.wind_mps = DVec3::from(WIND);
        let mut row = row_of(&rig);
        for (for_s, extra) in [(0.5, 0.0), (0.2, 0.25 * hover), (2.3, 0.0)] {
            let mut command = [hover; 8];
            pulsed.iter().for_each(|at| command[*at] += extra);
            rig.spin.command(&rig.machine, &command, 1.0);
            rig.fly(for_s, 0.001);
            row = integrate(&airframe, row, &command, WIND, for_s);
        }
        let (position_m, attitude_deg) = apart(&rig, &row);
        worst = (worst.0.max(position_m), worst.1.max(attitude_deg));
        assert!(position_m < 0.02 && attitude_deg < 0.1, "{pulsed:?}: {position_m} {attitude_deg}");
    }
    // Far below what is promised: the promise is kept at coarser steps as well.
    assert!(worst.0 < 1e-4 && worst.1 < 1e-3, "{worst:?}");
}
