//! The airframe in motion: Rapier moves one rigid body among ground and buildings.
//!
//! Rotors answer with a first-order lag, pull and twist with the square of their speed; the air drags
//! linearly and quadratically.
//!
//! **Never:** knows who commands the rotors, or any secret.

use crate::airframe::{Airframe, ROTORS, YAW_SIGN_UP};
use evidence::TICK_S;
use evidence::scenario::Building;
use glam::{DQuat, DVec3};
use rapier3d_f64::math::{Pose, Rotation, Vector};
use rapier3d_f64::prelude::{
    ColliderBuilder, MassProperties, PhysicsWorld, RigidBodyBuilder, RigidBodyHandle,
};
use vehicle::senses::Thrust;

/// Standard gravity, m/s².
pub const GRAVITY_MPS2: f64 = 9.806_65;

/// Ground reaches this far from the origin.
const GROUND_HALF_M: f64 = 20_000.0;

/// Where the airframe is and how it moves.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Kinematics {
    /// Centre of mass, world ENU.
    pub position_m: DVec3,
    /// World ENU.
    pub velocity_mps: DVec3,
    /// Turns body FLU into world ENU.
    pub world_from_body: DQuat,
    /// Angular rate, body FLU.
    pub rates_flu_radps: DVec3,
    /// Mean specific force of the last tick, body FLU.
    pub specific_force_flu_mps2: DVec3,
}

/// The rigid body, its rotors, and the world it can touch.
pub struct Body {
    world: PhysicsWorld,
    handle: RigidBodyHandle,
    airframe: Airframe,
    hubs_flu_m: [DVec3; ROTORS],
    lag_keep: f64,
    rotor_radps: [f64; ROTORS],
    has_failed: [bool; ROTORS],
    kinematics: Kinematics,
}

impl Body {
    /// Puts the airframe on the ground at the origin, heading north, among buildings in scenario order.
    #[must_use]
    pub fn standing(airframe: Airframe, buildings: &[Building]) -> Self {
        let mut world = PhysicsWorld::new();
        world.gravity = Vector::new(0.0, 0.0, -GRAVITY_MPS2);
        world.integration_parameters.dt = TICK_S;
        // A tick is shorter than Rapier's own sub-steps at 60 Hz; one solver round a tick is plenty.
        world.integration_parameters.num_solver_iterations = 1;
        // Even a fall moves a few centimetres a tick: the gear cannot pass through the ground unseen.
        world.integration_parameters.max_ccd_substeps = 0;
        let ground = ColliderBuilder::cuboid(GROUND_HALF_M, GROUND_HALF_M, 5.0)
            .translation(Vector::new(0.0, 0.0, -5.0))
            .friction(airframe.gear_friction);
        world.insert(RigidBodyBuilder::fixed(), ground);
        for b in buildings {
            let (half_e, half_n, half_u) = (b.size_m.0 / 2.0, b.size_m.1 / 2.0, b.size_m.2 / 2.0);
            let walls = ColliderBuilder::cuboid(half_e, half_n, half_u)
                .translation(Vector::new(b.at_m.0, b.at_m.1, half_u));
            world.insert(RigidBodyBuilder::fixed(), walls);
        }
        let start_m = DVec3::new(0.0, 0.0, airframe.standing_height_m());
        let half = core::f64::consts::FRAC_1_SQRT_2;
        let heading_north = DQuat::from_xyzw(0.0, 0.0, half, half);
        let handle = insert_airframe(&mut world, &airframe, start_m, heading_north);
        Self {
            handle,
            hubs_flu_m: airframe.hubs_flu_m(),
            lag_keep: libm::exp(-TICK_S / airframe.motor_time_constant_s),
            rotor_radps: [0.0; ROTORS],
            has_failed: [false; ROTORS],
            kinematics: Kinematics {
                position_m: start_m,
                velocity_mps: DVec3::ZERO,
                world_from_body: heading_north,
                rates_flu_radps: DVec3::ZERO,
                specific_force_flu_mps2: DVec3::Z * GRAVITY_MPS2,
            },
            world,
            airframe,
        }
    }

    /// Where it is now.
    #[must_use]
    pub fn kinematics(&self) -> &Kinematics {
        &self.kinematics
    }

    /// How fast the rotors turn.
    #[must_use]
    pub fn rotor_radps(&self) -> &[f64; ROTORS] {
        &self.rotor_radps
    }

    /// The machine that it is.
    #[must_use]
    pub fn airframe(&self) -> &Airframe {
        &self.airframe
    }

    /// A motor, by its place among the rotors, follows no command any more.
    pub fn fail(&mut self, rotor: usize) {
        if let Some(has_failed) = self.has_failed.get_mut(rotor) {
            *has_failed = true;
        }
    }

    /// Whether it stands on the ground, upright, with its rotors still.
    #[must_use]
    pub fn is_landed_safely(&self) -> bool {
        let k = &self.kinematics;
        let above_m = k.position_m.z - self.airframe.standing_height_m();
        let up = k.world_from_body * DVec3::Z;
        above_m < 0.1
            && up.z > 0.9
            && k.velocity_mps.length() < 0.2
            && self.rotor_radps.iter().all(|w| *w < 20.0)
    }

    /// One tick under a thrust command in moving air.
    pub fn step(&mut self, thrust: &Thrust, wind_mps: DVec3) {
        self.turn_rotors(thrust);
        let (force_flu_n, torque_flu_nm) = self.rotors_pull();
        let before = self.kinematics;
        let drag_n = self.air_drags(wind_mps);
        let force_n = before.world_from_body * force_flu_n + drag_n;
        let (dx, dy, dz) = self.airframe.angular_drag_nms;
        let damping_nm = -DVec3::new(dx, dy, dz) * before.rates_flu_radps;
        let torque_nm = before.world_from_body * (torque_flu_nm + damping_nm);
        if let Some(body) = self.world.bodies.get_mut(self.handle) {
            body.reset_forces(false);
            body.reset_torques(false);
            body.add_force(to_rapier(force_n), true);
            body.add_torque(to_rapier(torque_nm), true);
        }
        self.world.step();
        self.read_kinematics(before.velocity_mps);
    }

    fn turn_rotors(&mut self, thrust: &Thrust) {
        let rotors = self.rotor_radps.iter_mut().zip(self.has_failed);
        for ((speed, has_failed), command) in rotors.zip(thrust.rotor_radps) {
            // A motor cannot follow what is no number, and is limited by its controller.
            let wanted = if command.is_finite() && !has_failed { command } else { 0.0 };
            let wanted = wanted.clamp(0.0, self.airframe.rotor_radps_max);
            *speed = wanted + (*speed - wanted) * self.lag_keep;
        }
    }

    fn rotors_pull(&self) -> (DVec3, DVec3) {
        let (mut force_n, mut torque_nm) = (DVec3::ZERO, DVec3::ZERO);
        for ((speed, hub), sign) in self.rotor_radps.iter().zip(self.hubs_flu_m).zip(YAW_SIGN_UP) {
            let square = speed * speed;
            let pull_n = DVec3::Z * (self.airframe.thrust_coefficient_ns2 * square);
            let twist_nm = sign * self.airframe.torque_coefficient_nms2 * square;
            force_n += pull_n;
            torque_nm += hub.cross(pull_n) + DVec3::Z * twist_nm;
        }
        (force_n, torque_nm)
    }

    fn air_drags(&self, wind_mps: DVec3) -> DVec3 {
        let k = &self.kinematics;
        let through_mps = k.velocity_mps - wind_mps;
        let (x, y, z) = self.airframe.linear_drag_nspm;
        let through_flu_mps = k.world_from_body.inverse() * through_mps;
        let linear_n = k.world_from_body * (DVec3::new(x, y, z) * through_flu_mps);
        let square = self.airframe.quadratic_drag_ns2pm2 * through_mps.length();
        -linear_n - through_mps * square
    }

    fn read_kinematics(&mut self, velocity_before_mps: DVec3) {
        let Some(body) = self.world.bodies.get(self.handle) else { return };
        let (p, r, v, w) = (body.translation(), body.rotation(), body.linvel(), body.angvel());
        let world_from_body = DQuat::from_xyzw(r.x, r.y, r.z, r.w);
        let body_from_world = world_from_body.inverse();
        let velocity_mps = DVec3::new(v.x, v.y, v.z);
        let accel_mps2 = (velocity_mps - velocity_before_mps) / TICK_S;
        self.kinematics = Kinematics {
            position_m: DVec3::new(p.x, p.y, p.z),
            velocity_mps,
            world_from_body,
            rates_flu_radps: body_from_world * DVec3::new(w.x, w.y, w.z),
            specific_force_flu_mps2: body_from_world * (accel_mps2 + DVec3::Z * GRAVITY_MPS2),
        };
    }
}

fn insert_airframe(
    world: &mut PhysicsWorld,
    airframe: &Airframe,
    start_m: DVec3,
    world_from_body: DQuat,
) -> RigidBodyHandle {
    let (ix, iy, iz) = airframe.inertia_kgm2;
    let mass = MassProperties::new(Vector::ZERO, airframe.mass_kg, Vector::new(ix, iy, iz));
    let q = world_from_body;
    let pose = Pose::from_parts(to_rapier(start_m), Rotation::from_xyzw(q.x, q.y, q.z, q.w));
    let body = RigidBodyBuilder::dynamic()
        .pose(pose)
        .additional_mass_properties(mass)
        .gyroscopic_forces_enabled(true)
        .can_sleep(false);
    let (x, y, z) = airframe.gear_half_m;
    let gear = ColliderBuilder::cuboid(x, y, z)
        .translation(Vector::new(0.0, 0.0, airframe.gear_centre_up_m))
        .density(0.0)
        .friction(airframe.gear_friction)
        .restitution(airframe.gear_restitution);
    world.insert(body, gear).0
}

fn to_rapier(v: DVec3) -> Vector {
    Vector::new(v.x, v.y, v.z)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quad() -> Airframe {
        Airframe::parse(include_str!("../../../assets/airframes/camera_quad.ron")).unwrap()
    }

    fn all(radps: f64) -> Thrust {
        let mut thrust = Thrust::default();
        thrust.rotor_radps[..ROTORS].fill(radps);
        thrust
    }

    fn hover_radps(a: &Airframe) -> f64 {
        (a.mass_kg * GRAVITY_MPS2 / (4.0 * a.thrust_coefficient_ns2)).sqrt()
    }

    fn raised(height_m: f64, airframe: Airframe) -> Body {
        let mut body = Body::standing(airframe, &[]);
        let rigid = body.world.bodies.get_mut(body.handle).unwrap();
        rigid.set_translation(Vector::new(0.0, 0.0, height_m), true);
        body
    }

    #[test]
    fn without_air_it_falls_as_galileo_said() {
        let mut airframe = quad();
        airframe.linear_drag_nspm = (0.0, 0.0, 0.0);
        airframe.quadratic_drag_ns2pm2 = 0.0;
        let mut body = raised(100.0, airframe);
        for _ in 0..1000 {
            body.step(&Thrust::default(), DVec3::ZERO);
        }
        let k = body.kinematics();
        assert!((k.velocity_mps.z + 2.0 * GRAVITY_MPS2).abs() < 1e-6, "{}", k.velocity_mps);
        assert!((100.0 - k.position_m.z - 2.0 * GRAVITY_MPS2).abs() < 0.03, "{}", k.position_m);
        assert!(k.specific_force_flu_mps2.length() < 1e-6, "{}", k.specific_force_flu_mps2);
    }

    #[test]
    fn at_hover_speed_thrust_carries_the_weight() {
        let airframe = quad();
        let radps = hover_radps(&airframe);
        let mut body = raised(50.0, airframe);
        body.rotor_radps = [radps; ROTORS];
        for _ in 0..1000 {
            body.step(&all(radps), DVec3::ZERO);
        }
        let k = body.kinematics();
        assert!((k.position_m - DVec3::Z * 50.0).length() < 1e-6, "{}", k.position_m);
        assert!((k.specific_force_flu_mps2.z - GRAVITY_MPS2).abs() < 1e-6);
    }

    #[test]
    fn a_motor_follows_its_exponential_exactly() {
        let mut body = Body::standing(quad(), &[]);
        let fastest = body.airframe.rotor_radps_max;
        for tick in 1..200 {
            body.step(&all(fastest * 2.0), DVec3::ZERO);
            let t_s = f64::from(tick) * TICK_S;
            let exact = fastest * (1.0 - libm::exp(-t_s / body.airframe.motor_time_constant_s));
            assert!((body.rotor_radps[3] - exact).abs() < 1e-9, "{tick}");
        }
        body.step(&all(f64::NAN), DVec3::ZERO);
        assert!(body.rotor_radps.iter().all(|r| r.is_finite()));
    }

    #[test]
    fn rotor_one_and_three_yaw_left_and_two_on_the_right_rolls_left() {
        for (faster, component, sign) in [([0, 2], 2, 1.0), ([1, 2], 0, -1.0), ([0, 1], 1, -1.0)] {
            let airframe = quad();
            let radps = hover_radps(&airframe);
            let mut body = raised(50.0, airframe);
            body.rotor_radps = [radps; ROTORS];
            let mut thrust = all(radps);
            for rotor in faster {
                thrust.rotor_radps[rotor] += 10.0;
            }
            for _ in 0..20 {
                body.step(&thrust, DVec3::ZERO);
            }
            let rates = body.kinematics().rates_flu_radps.to_array();
            assert!(rates[component] * sign > 1e-3, "{faster:?}: {rates:?}");
        }
    }

    #[test]
    fn at_rest_it_stands_still_and_a_fall_ends_on_its_gear() {
        for drop_m in [0.0, 1.5] {
            let airframe = quad();
            let standing_m = airframe.standing_height_m();
            let mut body = raised(standing_m + drop_m, airframe);
            for _ in 0..2000 {
                body.step(&Thrust::default(), DVec3::new(4.0, 0.0, 0.0));
            }
            let k = body.kinematics();
            assert!((k.position_m.z - standing_m).abs() < 0.01, "{}", k.position_m);
            assert!(k.velocity_mps.length() < 0.01, "{}", k.velocity_mps);
            assert!((k.specific_force_flu_mps2.z - GRAVITY_MPS2).abs() < 0.3);
        }
    }
}
