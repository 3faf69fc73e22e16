//! The ground where it is not flat: rays at the corners of a net over the picture, and between them what lies between.
//!
//! Where neighbouring rays end far from each other a hill's edge runs between them, and the net is made finer there.
//!
//! **Never:** tells who is hidden; it paints.

use super::glow::{COLUMNS, FAR_M, MESH_PX, ROWS};
use super::ground::paint_few;
use super::scene::{GROUND, SLOPE};
use super::view::{HEIGHT_PX, NEAREST_M, View, WIDTH_PX};
use crate::land::{FLAT_M, Terrain};
use glam::{DVec2, DVec3};

/// Below this no edge is looked for.
const FINEST_PX: usize = 2;
/// Where distances differ by more than this an edge runs between them, or the ground is seen from too flat an angle.
const EDGE_RATIO: f64 = 1.35;
/// Corners of the finest net, from side to side and from top to bottom.
const FINEST_COLUMNS: usize = WIDTH_PX / FINEST_PX + 1;
const FINEST_ROWS: usize = HEIGHT_PX / FINEST_PX + 1;

/// Where a ray ends: the place, how far away, and how far along the optical axis.
#[derive(Clone, Copy)]
struct End {
    at_m: DVec3,
    away_m: f64,
    depth_m: f64,
}

impl End {
    /// A part of the way to another one down the picture, as perspective has it on a plane.
    fn towards_m(&self, other: &Self, part: f64) -> DVec2 {
        let (near, far) = ((1.0 - part) / self.depth_m, part / other.depth_m);
        (self.at_m.truncate() * near + other.at_m.truncate() * far) / (near + far)
    }
}

/// Paints the ground over the whole picture (RGBA), and writes down where it may not be flat. Gives back where the rays
/// at the corners of the widest net end, row by row.
pub fn paint(view: &View, terrain: &Terrain, rgba: &mut [u8], owners: &mut [u8]) -> Vec<DVec3> {
    let known = vec![0; FINEST_COLUMNS * FINEST_ROWS];
    let mut canvas = Canvas { view, terrain, rgba, owners, ends: Vec::new(), known };
    let corner = |i: usize| canvas.end(i % COLUMNS * MESH_PX, i / COLUMNS * MESH_PX);
    let net: Vec<End> = (0..COLUMNS * ROWS).map(corner).collect();
    for (row, rows) in net.windows(COLUMNS + COLUMNS).step_by(COLUMNS).enumerate() {
        let (above, below) = rows.split_at(COLUMNS);
        for column in 0..COLUMNS - 1 {
            let corners = [above[column], above[column + 1], below[column], below[column + 1]];
            canvas.mesh(column * MESH_PX, row * MESH_PX, MESH_PX, corners);
        }
    }
    net.iter().map(|end| end.at_m).collect()
}

struct Canvas<'a> {
    view: &'a View,
    terrain: &'a Terrain,
    rgba: &'a mut [u8],
    owners: &'a mut [u8],
    /// Where rays end that have been followed.
    ends: Vec<End>,
    /// At each corner of the finest net, how many rays had been followed when its own was; 0 where it was not.
    known: Vec<u16>,
}

impl Canvas<'_> {
    /// Where the ray at a corner ends. Meshes side by side share corners.
    fn end(&mut self, x_px: usize, y_px: usize) -> End {
        let at = y_px / FINEST_PX * FINEST_COLUMNS + x_px / FINEST_PX;
        if let Some(known) = usize::from(self.known[at]).checked_sub(1) {
            return self.ends[known];
        }
        let way = self.view.ray(x_px as f64, y_px as f64);
        let away_m = self.terrain.seen_m(self.view.eye_m, way).unwrap_or(FAR_M);
        let at_m = self.view.eye_m + way * away_m;
        let depth_m = self.view.seen_from_eye_m(at_m).z.max(NEAREST_M);
        let end = End { at_m, away_m, depth_m };
        self.ends.push(end);
        self.known[at] = self.ends.len() as u16;
        end
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
        let is_beside = |of: fn(&DVec3) -> f64| {
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
