//! The ground where it is not flat: rays at the corners of a net over the picture, and between them what lies between.
//!
//! Where neighbouring rays end far from each other a hill's edge runs between them, and the net is made finer there.
//!
//! **Never:** tells who is hidden; it paints.

use super::glow::{COLUMNS, FAR_M, MESH_PX, ROWS};
use super::ground::paint_run;
use super::scene::{GROUND, SLOPE};
use super::view::{HEIGHT_PX, NEAREST_M, View, WIDTH_PX};
use crate::land::{FLAT_M, Ray, Terrain};
use glam::{DVec2, DVec3};

/// Below this no edge is looked for.
const FINEST_PX: usize = 2;
/// Where distances differ by more than this an edge runs between them, or the ground is seen from too flat an angle.
const EDGE_RATIO: f64 = 1.35;
/// So many rays of the widest net are followed together: their number is a multiple of this.
const TOGETHER: usize = 6;
const _: () = assert!((COLUMNS * ROWS).is_multiple_of(TOGETHER));
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
    /// Parts of the way to another one down the picture, in the middle of each row of pixels between the two, as
    /// perspective has it on a plane.
    fn rows_m<const SIDE_PX: usize>(&self, other: &Self) -> [DVec2; SIDE_PX] {
        let (mut east_m, mut north_m) = ([0.0; SIDE_PX], [0.0; SIDE_PX]);
        for (row, (east_m, north_m)) in east_m.iter_mut().zip(&mut north_m).enumerate() {
            let part = (row as f64 + 0.5) / SIDE_PX as f64;
            let (near, far) = ((1.0 - part) / self.depth_m, part / other.depth_m);
            *east_m = (self.at_m.x * near + other.at_m.x * far) / (near + far);
            *north_m = (self.at_m.y * near + other.at_m.y * far) / (near + far);
        }
        core::array::from_fn(|row| DVec2::new(east_m[row], north_m[row]))
    }
}

/// Paints the ground over the whole picture (RGBA), and writes down where it may not be flat. Gives back where the rays
/// at the corners of the widest net end, row by row.
pub fn paint(view: &View, terrain: &Terrain, rgba: &mut [u8], owners: &mut [u8]) -> Vec<DVec3> {
    let known = vec![0; FINEST_COLUMNS * FINEST_ROWS];
    let mut canvas = Canvas { view, terrain, rgba, owners, ends: Vec::new(), known };
    let corners: Vec<(usize, usize)> =
        (0..COLUMNS * ROWS).map(|i| (i % COLUMNS * MESH_PX, i / COLUMNS * MESH_PX)).collect();
    let net: Vec<End> =
        corners.as_chunks().0.iter().flat_map(|some| canvas.ends::<TOGETHER>(*some)).collect();
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
    /// Where the rays at some corners end. Meshes side by side share corners.
    fn ends<const SOME: usize>(&mut self, corners_px: [(usize, usize); SOME]) -> [End; SOME] {
        let place = |(x_px, y_px)| y_px / FINEST_PX * FINEST_COLUMNS + x_px / FINEST_PX;
        let places = corners_px.map(place);
        let (mut rays, mut unknown) = ([Ray::along(DVec3::NEG_Z); SOME], 0);
        for ((x_px, y_px), at) in corners_px.into_iter().zip(places) {
            if self.known[at] == 0 {
                rays[unknown] = Ray::along(self.view.ray(x_px as f64, y_px as f64));
                unknown += 1;
                self.known[at] = (self.ends.len() + unknown) as u16;
            }
        }
        self.terrain.follow(self.view.eye_m, &mut rays[..unknown]);
        for ray in &rays[..unknown] {
            let away_m = ray.met_m.unwrap_or(FAR_M);
            let at_m = self.view.eye_m + ray.way * away_m;
            let depth_m = self.view.seen_from_eye_m(at_m).z.max(NEAREST_M);
            self.ends.push(End { at_m, away_m, depth_m });
        }
        places.map(|at| self.ends[usize::from(self.known[at]) - 1])
    }

    /// Corners: above left and right, below left and right.
    fn mesh(&mut self, x_px: usize, y_px: usize, side_px: usize, corners: [End; 4]) {
        let far_m = corners.iter().map(|end| end.away_m).fold(0.0, f64::max);
        let near_m = corners.iter().map(|end| end.away_m).fold(f64::INFINITY, f64::min);
        if side_px <= FINEST_PX || far_m <= EDGE_RATIO * near_m {
            match side_px {
                16.. => self.fill::<16>(x_px, y_px, &corners),
                8.. => self.fill::<8>(x_px, y_px, &corners),
                4.. => self.fill::<4>(x_px, y_px, &corners),
                _ => self.fill::<FINEST_PX>(x_px, y_px, &corners),
            }
            return;
        }
        let half_px = side_px / 2;
        let (x, y) = (x_px + half_px, y_px + half_px);
        let [a, c, g, i] = corners;
        let [b, d, e, f, h] =
            self.ends([(x, y_px), (x_px, y), (x, y), (x_px + side_px, y), (x, y_px + side_px)]);
        self.mesh(x_px, y_px, half_px, [a, b, d, e]);
        self.mesh(x, y_px, half_px, [b, c, e, f]);
        self.mesh(x_px, y, half_px, [d, e, g, h]);
        self.mesh(x, y, half_px, [e, f, h, i]);
    }

    fn fill<const SIDE_PX: usize>(&mut self, x_px: usize, y_px: usize, corners: &[End; 4]) {
        let [above_left, above_right, below_left, below_right] = corners;
        // A mesh beside the square about the flat pad has none of it.
        let is_beside = |of: fn(&DVec3) -> f64| {
            corners.iter().all(|end| of(&end.at_m) > FLAT_M)
                || corners.iter().all(|end| of(&end.at_m) < -FLAT_M)
        };
        let is_far = is_beside(|at_m| at_m.x) || is_beside(|at_m| at_m.y);
        let left_m = above_left.rows_m::<SIDE_PX>(below_left);
        let right_m = above_right.rows_m::<SIDE_PX>(below_right);
        for (row, (left_m, right_m)) in left_m.into_iter().zip(right_m).enumerate() {
            let step_m = (right_m - left_m) / SIDE_PX as f64;
            let first_m = left_m + step_m * 0.5;
            let from = 4 * ((y_px + row) * WIDTH_PX + x_px);
            let pixels = from..from + 4 * SIDE_PX;
            paint_run(&mut self.rgba[pixels.clone()], first_m.into(), step_m.into());
            let owners = self.owners[pixels].as_chunks_mut::<4>().0;
            owners.fill([SLOPE, 0, 0, u8::MAX]);
            if is_far {
                continue;
            }
            for (column, owner) in owners.iter_mut().enumerate() {
                if (first_m + step_m * column as f64).length_squared() < FLAT_M * FLAT_M {
                    *owner = [GROUND, 0, 0, u8::MAX];
                }
            }
        }
    }
}
