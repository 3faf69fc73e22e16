//! What the airframe touches: Rapier's answer to a motion that free flight has found.
//!
//! Rapier's body is set to the airframe's state and given the forces that lead it to free flight's velocities. If nothing pushes
//! back in the tick, free flight was right; if something does, Rapier's state is the airframe's.
//!
//! **Never:** takes what is no number for no touch; owns the state; adds a force of its own but those of contact.

use crate::airframe::{Airframe, DISC_HALF_M, Machine, ROTORS_MAX, State};
use crate::land::{Land, Terrain};
use evidence::TICK_S;
use glam::{DQuat, DVec3};
use rapier3d_f64::math::{Pose, Rotation, Vector};
use rapier3d_f64::prelude::{
    ColliderBuilder, ColliderHandle, ContactPair, MassProperties, PhysicsWorld, RigidBodyBuilder,
    RigidBodyHandle, SharedShape,
};
use std::fmt;

/// Ground reaches this far from the origin.
const GROUND_HALF_M: f64 = 20_000.0;

/// Something that can be touched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Thing {
    /// The ground.
    Ground,
    /// A building of the scenario, from 0.
    Building(usize),
    /// A tree of the scenario, from 0.
    Tree(usize),
}

impl fmt::Display for Thing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ground => f.write_str("the ground"),
            Self::Building(place) => write!(f, "building {}", place + 1),
            Self::Tree(place) => write!(f, "tree {}", place + 1),
        }
    }
}

/// What came of a touch.
pub(super) struct Touch {
    /// The state after the tick.
    pub state: State,
    /// What each rotor touched.
    pub struck: [Option<Thing>; ROTORS_MAX],
    /// What the airframe touched: its gear, or else the first of its rotors.
    pub what: Thing,
    /// How much of its speed it lost; what the rebound gives is no part of that.
    pub knock_mps: f64,
}

/// Rapier's numbers are none any more.
pub(super) struct Broken;

/// Ground, buildings, trees, and the airframe's shapes among them.
pub(super) struct Contact {
    world: PhysicsWorld,
    handle: RigidBodyHandle,
    gear: ColliderHandle,
    discs: Vec<ColliderHandle>,
    things: Vec<(ColliderHandle, Thing)>,
    /// The ground where it is not flat: a plane that is laid against it under the airframe.
    slope: Option<RigidBodyHandle>,
    /// What Rapier's body was left at; nothing where free flight went on from there.
    left_at: Option<State>,
}

impl Contact {
    /// The world of an airframe, buildings and then trees in scenario order.
    pub fn among(airframe: &Airframe, land: &Land) -> Self {
        let mut world = PhysicsWorld::new();
        // Free flight has counted gravity already.
        world.gravity = Vector::ZERO;
        world.integration_parameters.dt = TICK_S;
        // A tick is shorter than Rapier's own sub-steps at 60 Hz; one solver round a tick is plenty.
        world.integration_parameters.num_solver_iterations = 1;
        // Even a fall moves a few centimetres a tick: the gear cannot pass through the ground unseen.
        world.integration_parameters.max_ccd_substeps = 0;
        let ground = if land.terrain.is_flat() {
            ColliderBuilder::cuboid(GROUND_HALF_M, GROUND_HALF_M, 5.0)
                .translation(Vector::new(0.0, 0.0, -5.0))
        } else {
            ColliderBuilder::new(SharedShape::halfspace(Vector::Z))
        };
        let ground = ground.friction(airframe.gear_friction);
        let (slope, ground) = world.insert(RigidBodyBuilder::fixed(), ground);
        let mut things = vec![(ground, Thing::Ground)];
        for (place, block) in land.blocks.iter().enumerate() {
            let half_u = (block.roof_m - block.foot_m) / 2.0;
            let middle = block.foot_m + half_u;
            let shape = ColliderBuilder::cuboid(block.half_m.0, block.half_m.1, half_u)
                .translation(Vector::new(block.at_m.0, block.at_m.1, middle));
            let (_, shape) = world.insert(RigidBodyBuilder::fixed(), shape);
            things.push((shape, Thing::Building(place)));
        }
        for (place, tree) in land.trees.iter().enumerate() {
            let half_m = (tree.crown_m.z - tree.foot_m.z) / 2.0;
            let trunk = ColliderBuilder::capsule_z(half_m, tree.trunk_radius_m)
                .translation(to_rapier(tree.foot_m.midpoint(tree.crown_m)));
            let crown =
                ColliderBuilder::ball(tree.crown_radius_m).translation(to_rapier(tree.crown_m));
            for shape in [trunk, crown] {
                let (_, shape) = world.insert(RigidBodyBuilder::fixed(), shape);
                things.push((shape, Thing::Tree(place)));
            }
        }
        let (handle, gear, discs) = insert(&mut world, airframe);
        let slope = (!land.terrain.is_flat()).then_some(slope);
        Self { world, handle, gear, discs, things, slope, left_at: None }
    }

    /// Lays the ground's plane where the airframe is; flat ground lies there already.
    pub fn lie_under(&mut self, place_m: DVec3, terrain: &Terrain) {
        let Some(ground) = self.slope.and_then(|slope| self.world.bodies.get_mut(slope)) else {
            return;
        };
        let (east_m, north_m) = (place_m.x, place_m.y);
        let foot_m = DVec3::new(east_m, north_m, terrain.height_m(east_m, north_m));
        let q = DQuat::from_rotation_arc(DVec3::Z, terrain.normal(east_m, north_m));
        let turned = Rotation::from_xyzw(q.x, q.y, q.z, q.w);
        ground.set_position(Pose::from_parts(to_rapier(foot_m), turned), true);
    }

    /// Shows Rapier a tick of free flight. Nothing if nothing pushed back.
    ///
    /// # Errors
    /// Where Rapier can no longer reckon.
    pub fn step(
        &mut self,
        before: &State,
        free: &State,
        machine: &Machine,
    ) -> Result<Option<Touch>, Broken> {
        let moves = self.left_at.as_ref() != Some(before);
        let body = self.world.bodies.get_mut(self.handle).ok_or(Broken)?;
        if moves {
            let (p, q) = (before.position_m, before.world_from_body);
            let pose = Pose::from_parts(to_rapier(p), Rotation::from_xyzw(q.x, q.y, q.z, q.w));
            let rates = before.world_from_body * before.rates_radps;
            body.set_position(pose, true);
            body.set_linvel(to_rapier(before.velocity_mps), true);
            body.set_angvel(to_rapier(rates), true);
        }
        let force_n = (free.velocity_mps - before.velocity_mps) * (machine.mass_kg / TICK_S);
        let gained = before.world_from_body.inverse() * (free.world_from_body * free.rates_radps)
            - before.rates_radps;
        let torque_nm = before.world_from_body * (machine.inertia_kgm2 * gained / TICK_S);
        body.reset_forces(false);
        body.reset_torques(false);
        body.add_force(to_rapier(force_n), true);
        body.add_torque(to_rapier(torque_nm), true);
        self.world.step();
        self.left_at = None;
        // First of all: a body that Rapier has taken out touches nothing.
        let state = self.read().ok_or(Broken)?;
        let what = self.touched(self.gear);
        let mut struck = [None; ROTORS_MAX];
        for (struck, disc) in struck.iter_mut().zip(&self.discs) {
            *struck = self.touched(*disc);
        }
        let Some(what) = struck.iter().copied().fold(what, Option::or) else {
            return Ok(None);
        };
        self.left_at = Some(state);
        let lost_mps = state.velocity_mps.distance(free.velocity_mps);
        let knock_mps = lost_mps.min(free.velocity_mps.length());
        Ok(Some(Touch { state, struck, what, knock_mps }))
    }

    /// What pushed back at a shape in the last step.
    fn touched(&self, shape: ColliderHandle) -> Option<Thing> {
        let pushes = |pair: &&ContactPair| pair.total_impulse_magnitude() > 0.0;
        let pair = self.world.contact_pairs_with(shape).find(pushes)?;
        let other = if pair.collider1 == shape { pair.collider2 } else { pair.collider1 };
        self.things.iter().find(|(shape, _)| *shape == other).map(|(_, thing)| *thing)
    }

    /// Rapier's state, if its numbers are numbers. Where they became none, Rapier has disabled the body and put its last
    /// numbers back; it is enabled again, so that the wreck does not fall through the ground.
    fn read(&mut self) -> Option<State> {
        let body = self.world.bodies.get_mut(self.handle)?;
        if !body.is_enabled() {
            body.set_enabled(true);
            return None;
        }
        let (p, r, v, w) = (body.translation(), body.rotation(), body.linvel(), body.angvel());
        let world_from_body = DQuat::from_xyzw(r.x, r.y, r.z, r.w);
        let state = State {
            position_m: DVec3::new(p.x, p.y, p.z),
            velocity_mps: DVec3::new(v.x, v.y, v.z),
            world_from_body,
            rates_radps: world_from_body.inverse() * DVec3::new(w.x, w.y, w.z),
        };
        state.is_finite().then_some(state)
    }
}

/// The gear as a box and each rotor as a disc, all without mass: that is the airframe's.
fn insert(
    world: &mut PhysicsWorld,
    airframe: &Airframe,
) -> (RigidBodyHandle, ColliderHandle, Vec<ColliderHandle>) {
    let (ix, iy, iz) = airframe.inertia_kgm2;
    let mass = MassProperties::new(Vector::ZERO, airframe.mass_kg, Vector::new(ix, iy, iz));
    // Free flight has counted the gyroscopic moment already.
    let body = RigidBodyBuilder::dynamic()
        .additional_mass_properties(mass)
        .gyroscopic_forces_enabled(false)
        .can_sleep(false);
    let (x, y, z) = airframe.gear_half_m;
    let rough = |shape: ColliderBuilder| {
        shape.density(0.0).friction(airframe.gear_friction).restitution(airframe.gear_restitution)
    };
    let gear = rough(ColliderBuilder::cuboid(x, y, z)).translation(Vector::new(
        0.0,
        0.0,
        airframe.gear_centre_up_m,
    ));
    let (handle, gear) = world.insert(body, gear);
    let discs = airframe.rotors.iter().map(|hub| {
        let upright = Rotation::from_xyzw(
            core::f64::consts::FRAC_1_SQRT_2,
            0.0,
            0.0,
            core::f64::consts::FRAC_1_SQRT_2,
        );
        let disc = rough(ColliderBuilder::cylinder(DISC_HALF_M, airframe.rotor_radius_m))
            .position(Pose::from_parts(to_rapier(hub.place()), upright));
        world.colliders.insert_with_parent(disc, handle, &mut world.bodies)
    });
    let discs = discs.collect();
    (handle, gear, discs)
}

fn to_rapier(v: DVec3) -> Vector {
    Vector::new(v.x, v.y, v.z)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::airframe::tests::{CAMERA_QUAD, parsed};

    #[test]
    fn a_state_that_is_no_number_is_no_free_flight() {
        let airframe = parsed(CAMERA_QUAD);
        let machine = Machine::of(&airframe);
        let before = |height_m: f64| State {
            position_m: DVec3::Z * height_m,
            velocity_mps: DVec3::ZERO,
            world_from_body: DQuat::IDENTITY,
            rates_radps: DVec3::ZERO,
        };
        // what free flight would have it do, and whether Rapier can follow
        for (velocity_mps, follows) in
            [(0.0, true), (-1.0, true), (f64::NAN, false), (f64::INFINITY, false)]
        {
            let mut contact = Contact::among(&airframe, &Land::flat(&[], &[]));
            let high = before(1.0);
            let free = State { velocity_mps: DVec3::Z * velocity_mps, ..high };
            let answer = contact.step(&high, &free, &machine);
            assert_eq!(matches!(answer, Ok(None)), follows, "{velocity_mps}");
            assert_eq!(answer.is_err(), !follows, "{velocity_mps}");
            // The ground holds it afterwards all the same.
            let low = before(airframe.standing_height_m());
            let falls = State { velocity_mps: DVec3::NEG_Z, ..low };
            let answer = contact.step(&low, &falls, &machine);
            assert!(matches!(answer, Ok(Some(_))), "{velocity_mps}");
        }
    }
}
