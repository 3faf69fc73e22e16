//! What stands on the ground: buildings, trees, people; what stands still is drawn the farthest first.
//!
//! **Never:** draws a face; makes a person's outline depend on who it is.

use super::{Easel, HALF_SHOULDER_M, SOLID, head_owner};
use crate::camera::glow;
use crate::camera::shot::SightedHead;
use crate::camera::view::{self, View};
use crate::cast::Figure;
use crate::land::{Block, Stem};
use glam::DVec3;
use tiny_skia::{PathBuilder, Rect};

const BODY_SLICES: u32 = 6;
const HEAD_RGB: [u8; 3] = [150, 130, 120];
const BARK: [u8; 3] = [92, 70, 50];
const LEAVES: [u8; 3] = [52, 78, 40];
const BRIGHT_LEAVES: [u8; 3] = [70, 100, 52];
const CLOTHES: [[u8; 3]; 6] =
    [[60, 70, 110], [130, 50, 50], [50, 90, 70], [90, 90, 95], [150, 120, 60], [80, 60, 100]];

impl Easel<'_> {
    /// Draws all that stands still.
    pub(super) fn solids(&mut self) {
        let (view, land) = (self.view, self.land);
        let blocks = land.blocks.iter().map(Stands::Block);
        let mut order: Vec<Stands> = blocks.chain(land.trees.iter().map(Stands::Tree)).collect();
        order.sort_by(|a, b| b.distance2_m2(view).total_cmp(&a.distance2_m2(view)));
        for thing in order {
            match thing {
                Stands::Block(block) => self.building(block),
                Stands::Tree(tree) => self.tree(tree),
            }
        }
    }

    fn building(&mut self, b: &Block) {
        let view = self.view;
        let ((e, n), h) = (b.half_m, b.roof_m);
        let corner = |x: f64, y: f64, z: f64| DVec3::new(b.at_m.0 + x * e, b.at_m.1 + y * n, z);
        let foot = |x: f64, y: f64| {
            let place = match (x < 0.0, y < 0.0) {
                (true, true) => 0,
                (false, true) => 1,
                (false, false) => 2,
                (true, false) => 3,
            };
            corner(x, y, b.corners_m[place])
        };
        let wall = |ax: f64, ay: f64, bx: f64, by: f64| {
            [foot(ax, ay), foot(bx, by), corner(bx, by, h), corner(ax, ay, h)]
        };
        let (eye, middle) = (view.eye_m, DVec3::new(b.at_m.0, b.at_m.1, 0.0));
        let top = [
            corner(-1.0, -1.0, h),
            corner(1.0, -1.0, h),
            corner(1.0, 1.0, h),
            corner(-1.0, 1.0, h),
        ];
        for (is_seen, corners, light, normal) in [
            (eye.y < middle.y - n, wall(-1.0, -1.0, 1.0, -1.0), 170, DVec3::NEG_Y),
            (eye.x > middle.x + e, wall(1.0, -1.0, 1.0, 1.0), 140, DVec3::X),
            (eye.y > middle.y + n, wall(1.0, 1.0, -1.0, 1.0), 110, DVec3::Y),
            (eye.x < middle.x - e, wall(-1.0, 1.0, -1.0, -1.0), 125, DVec3::NEG_X),
            (eye.z > h, top, 95, DVec3::Z),
        ] {
            if is_seen {
                let centre_m = corners[0].midpoint(corners[2]);
                let rgb = [light, light - 8, light - 20];
                self.polygon(&corners, self.shone(rgb, centre_m, normal, true), SOLID);
            }
        }
    }

    /// The crown is seen from above, so it is drawn over its trunk; a side of it is brighter.
    fn tree(&mut self, tree: &Stem) {
        let view = self.view;
        let aside_m = view.right() * tree.trunk_radius_m;
        let (low_m, high_m) = (tree.foot_m, tree.crown_m);
        let trunk = [low_m - aside_m, low_m + aside_m, high_m + aside_m, high_m - aside_m];
        let to_eye = (view.eye_m - low_m).with_z(0.0).try_normalize().unwrap_or(DVec3::X);
        self.polygon(&trunk, self.shone(BARK, low_m, to_eye, true), SOLID);
        let Some(spot) = view.project(tree.crown_m) else { return };
        let radius_px = view::FOCAL_PX * tree.crown_radius_m / spot.depth_m;
        for (size, off, rgb, is_sunny) in
            [(1.0, 0.0, LEAVES, false), (0.7, 0.15, BRIGHT_LEAVES, true)]
        {
            let (x, y) = (spot.x_px - off * radius_px, spot.y_px - off * radius_px);
            let ball = PathBuilder::from_circle(x as f32, y as f32, (size * radius_px) as f32);
            if let Some(path) = ball {
                let rgb = self.shone(rgb, tree.crown_m, DVec3::Z, is_sunny);
                self.fill(&path, rgb, SOLID);
            }
        }
    }

    pub(super) fn person(&mut self, f: &Figure, head: &SightedHead, place: usize) {
        let view = self.view;
        let neck_m = f.height_m - 2.0 * crate::cast::HEAD_HALF_HEIGHT_M;
        let aside = head.aside * HALF_SHOULDER_M;
        let bright = glow::steps(head.bright);
        for slice in 0..BODY_SLICES {
            let height_m = |i: u32| DVec3::Z * (neck_m * f64::from(i) / f64::from(BODY_SLICES));
            let (low_m, high_m) = (f.feet_m + height_m(slice), f.feet_m + height_m(slice + 1));
            if self.land.hides((low_m + high_m) / 2.0, view.eye_m) {
                continue;
            }
            let corners = [low_m - aside, low_m + aside, high_m + aside, high_m - aside];
            let rgb = glow::shone(CLOTHES[head.who % CLOTHES.len()], bright);
            self.polygon(&corners, rgb, SOLID);
        }
        let [x, y] = [head.x_px - head.half_width_px, head.y_px - head.half_height_px];
        let (width, height) = (2.0 * head.half_width_px, 2.0 * head.half_height_px);
        let oval = Rect::from_xywh(x as f32, y as f32, width as f32, height as f32);
        if let Some(path) = oval.and_then(PathBuilder::from_oval) {
            self.fill(&path, glow::shone(HEAD_RGB, bright), head_owner(place));
        }
    }
}

/// Something that is drawn in its turn, the farthest first.
enum Stands<'a> {
    Block(&'a Block),
    Tree(&'a Stem),
}

impl Stands<'_> {
    fn distance2_m2(&self, view: &View) -> f64 {
        let (at_m, half_m) = match self {
            Self::Block(block) => (block.at_m, block.half_m),
            Self::Tree(tree) => ((tree.foot_m.x, tree.foot_m.y), (0.0, 0.0)),
        };
        let outside = |p: f64, at: f64, half: f64| ((p - at).abs() - half).max(0.0);
        let e = outside(view.eye_m.x, at_m.0, half_m.0);
        let n = outside(view.eye_m.y, at_m.1, half_m.1);
        e * e + n * n
    }
}
