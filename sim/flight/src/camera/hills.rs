//! The ground where it is not flat: rays at the corners of a net over the picture, and between them what lies between.
//!
//! Where neighbouring rays end far from each other a hill's edge runs between them, and the net is made finer there.
//!
//! **Never:** tells who is hidden; it paints.

use super::ground::paint_few;
use super::scene::{GROUND, SLOPE};
use super::view::{HEIGHT_PX, NEAREST_M, View, WIDTH_PX};
use crate::land::{FLAT_M, Terrain};
use glam::DVec2;

/// The widest mesh of the net, pixels; both sides of the picture are whole meshes.
const MESH_PX: usize = 16;
/// Below this no edge is looked for.
const FINEST_PX: usize = 2;
/// Where distances differ by more than this an edge runs between them, or the ground is seen from too flat an angle.
const EDGE_RATIO: f64 = 1.35;
/// What no ray meets is as far away as this.
const HORIZON_M: f64 = 3000.0;

/// Where a ray ends: east, north, how far away, and how far along the optical axis.
#[derive(Clone, Copy)]
struct End {
    at_m: DVec2,
    away_m: f64,
    depth_m: f64,
}

impl End {
    /// A part of the way to another one down the picture, as perspective has it on a plane.
    fn towards_m(&self, other: &Self, part: f64) -> DVec2 {
        let (near, far) = ((1.0 - part) / self.depth_m, part / other.depth_m);
        (self.at_m * near + other.at_m * far) / (near + far)
    }
}

/// Paints the ground over the whole picture (RGBA), and writes down where it may not be flat.
pub fn paint(view: &View, terrain: &Terrain, rgba: &mut [u8], owners: &mut [u8]) {
    let mut canvas = Canvas { view, terrain, rgba, owners };
    let columns = WIDTH_PX / MESH_PX;
    let row_of = |canvas: &Canvas<'_>, y_px: usize| -> Vec<End> {
        (0..=columns).map(|column| canvas.end(column * MESH_PX, y_px)).collect()
    };
    let mut above = row_of(&canvas, 0);
    for y_px in (0..HEIGHT_PX).step_by(MESH_PX) {
        let below = row_of(&canvas, y_px + MESH_PX);
        for column in 0..columns {
            let corners = [above[column], above[column + 1], below[column], below[column + 1]];
            canvas.mesh(column * MESH_PX, y_px, MESH_PX, corners);
        }
        above = below;
    }
}

struct Canvas<'a> {
    view: &'a View,
    terrain: &'a Terrain,
    rgba: &'a mut [u8],
    owners: &'a mut [u8],
}

impl Canvas<'_> {
    fn end(&self, x_px: usize, y_px: usize) -> End {
        let way = self.view.ray(x_px as f64, y_px as f64);
        let away_m = self.terrain.seen_m(self.view.eye_m, way).unwrap_or(HORIZON_M);
        let end_m = self.view.eye_m + way * away_m;
        let depth_m = self.view.seen_from_eye_m(end_m).z.max(NEAREST_M);
        End { at_m: end_m.truncate(), away_m, depth_m }
    }

    /// Corners: above left and right, below left and right.
    fn mesh(&mut self, x_px: usize, y_px: usize, side_px: usize, corners: [End; 4]) {
        let far_m = corners.iter().map(|end| end.away_m).fold(0.0, f64::max);
        let near_m = corners.iter().map(|end| end.away_m).fold(f64::INFINITY, f64::min);
        if side_px <= FINEST_PX || far_m <= EDGE_RATIO * near_m {
            self.fill(x_px, y_px, side_px, &corners);
            return;
        }
        let half_px = side_px / 2;
        let (x, y) = (x_px + half_px, y_px + half_px);
        let [a, c, g, i] = corners;
        let (b, d, e) = (self.end(x, y_px), self.end(x_px, y), self.end(x, y));
        let (f, h) = (self.end(x_px + side_px, y), self.end(x, y_px + side_px));
        self.mesh(x_px, y_px, half_px, [a, b, d, e]);
        self.mesh(x, y_px, half_px, [b, c, e, f]);
        self.mesh(x_px, y, half_px, [d, e, g, h]);
        self.mesh(x, y, half_px, [e, f, h, i]);
    }

    fn fill(&mut self, x_px: usize, y_px: usize, side_px: usize, corners: &[End; 4]) {
        let [above_left, above_right, below_left, below_right] = corners;
        let part = |i: usize| (i as f64 + 0.5) / side_px as f64;
        // A mesh beside the square about the flat pad has none of it.
        let is_beside = |of: fn(&DVec2) -> f64| {
            corners.iter().all(|end| of(&end.at_m) > FLAT_M)
                || corners.iter().all(|end| of(&end.at_m) < -FLAT_M)
        };
        let is_far = is_beside(|at_m| at_m.x) || is_beside(|at_m| at_m.y);
        for row in 0..side_px {
            let left_m = above_left.towards_m(below_left, part(row));
            let right_m = above_right.towards_m(below_right, part(row));
            let step_m = (right_m - left_m) / side_px as f64;
            let first_m = left_m + step_m * 0.5;
            let from = 4 * ((y_px + row) * WIDTH_PX + x_px);
            let pixels = from..from + 4 * side_px;
            paint_few(&mut self.rgba[pixels.clone()], first_m.into(), step_m.into());
            for (column, owner) in self.owners[pixels].chunks_exact_mut(4).enumerate() {
                let is_flat =
                    || (first_m + step_m * column as f64).length_squared() < FLAT_M * FLAT_M;
                let whose = if is_far || !is_flat() { SLOPE } else { GROUND };
                owner.copy_from_slice(&[whose, 0, 0, u8::MAX]);
            }
        }
    }
}
