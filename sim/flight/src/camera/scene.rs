//! The picture that all seats share: ground, buildings as shaded boxes, trees, people without faces.
//!
//! Beside the colours it keeps an owner for every pixel, so that what a seat adds falls only where it is seen.
//!
//! **Never:** draws a face or the sheet.

use super::glow::{Glow, Pixel};
use super::rows::{pack, shine};
use super::shot::SightedHead;
use super::shutter::Lit;
use super::studio::Studio;
use super::view::{HEIGHT_PX, NEAREST_M, View, WIDTH_PX, onto_plane};
use super::{glow, ground, hills, shadow, view};
use crate::cast::Figure;
use crate::land::{Block, Land, Stem};
use glam::DVec3;
use std::ops::Range;
use tiny_skia::{
    BlendMode, Color, FillRule, IntSize, Paint, Path, PathBuilder, Pixmap, Rect, Shader, Transform,
};

/// Owner of a pixel of bare ground.
pub const GROUND: u8 = 0;
/// Owner of a pixel of ground that may not be flat: the sheet does not lie there.
pub const SLOPE: u8 = 254;
/// Owner of a pixel of a building, a tree or a body.
const SOLID: u8 = 1;
/// Beside its owner: a mark on ground in a shadow.
const SHADOW: u8 = 255;
/// Owner of the first head's pixels; the others follow.
const FIRST_HEAD: u8 = 2;
/// Heads beyond this number are drawn without a face.
pub const HEADS_MAX: usize = 250;

/// Half the width of a person at the shoulders.
pub const HALF_SHOULDER_M: f64 = 0.23;
const BODY_SLICES: u32 = 6;
const HEAD_RGB: [u8; 3] = [150, 130, 120];
const BARK: [u8; 3] = [92, 70, 50];
const LEAVES: [u8; 3] = [52, 78, 40];
const BRIGHT_LEAVES: [u8; 3] = [70, 100, 52];
const CLOTHES: [[u8; 3]; 6] =
    [[60, 70, 110], [130, 50, 50], [50, 90, 70], [90, 90, 95], [150, 120, 60], [80, 60, 100]];

/// The shared picture.
pub struct Scene {
    /// Colours, row by row, RGB.
    pub rgb: Vec<u8>,
    /// Whose each pixel is.
    pub owners: Vec<u8>,
    /// How bright the ground is at each pixel, in 256ths of what is painted; nothing where it is as it is painted.
    pub bright: Vec<u16>,
}

impl Scene {
    /// How bright the ground is at some pixels, in 256ths of what is painted; none where it is as it is painted.
    #[must_use]
    pub fn brights(&self, pixels: Range<usize>) -> Option<&[u16]> {
        self.bright.get(pixels)
    }
}

/// Owner of the pixels of a head by its place among the sighted.
#[must_use]
pub fn head_owner(place: usize) -> u8 {
    FIRST_HEAD + place.min(HEADS_MAX) as u8
}

/// Draws the shared picture. `heads` are ordered from far to near.
#[must_use]
pub fn draw(
    view: &View,
    land: &Land,
    figures: &[Figure],
    heads: &[SightedHead],
    lit: Option<&Lit>,
    studio: &Studio,
) -> Scene {
    // The size is not zero and the memory is as large, so both exist.
    let (Some(colours), Some(owners)) = (canvas(studio), canvas(studio)) else {
        return Scene { rgb: Vec::new(), owners: Vec::new(), bright: Vec::new() };
    };
    let mut easel = Easel { view, land, lit, studio, colours, owners };
    let hills_m = if land.terrain.is_flat() {
        ground::paint(view, easel.colours.data_mut());
        easel.owners.data_mut().fill(GROUND);
        None
    } else {
        let (colours, owners) = (easel.colours.data_mut(), easel.owners.data_mut());
        Some(hills::paint(view, &land.terrain, colours, owners))
    };
    if let Some(beam) = lit.and_then(|lit| lit.sky.beam()) {
        studio.shadows.iter().for_each(|corners_m| easel.shadow(corners_m));
        for figure in figures {
            easel.shadow(&shadow::of_person(land, figure, beam));
        }
    }
    let blocks = land.blocks.iter().map(Stands::Block);
    let mut order: Vec<Stands> = blocks.chain(land.trees.iter().map(Stands::Tree)).collect();
    order.sort_by(|a, b| b.distance2_m2(view).total_cmp(&a.distance2_m2(view)));
    for thing in order {
        match thing {
            Stands::Block(block) => easel.building(block),
            Stands::Tree(tree) => easel.tree(tree),
        }
    }
    for (place, head) in heads.iter().enumerate() {
        easel.person(&figures[head.who], head, place);
    }
    easel.finish(hills_m)
}

/// A picture with anything in it.
fn canvas(studio: &Studio) -> Option<Pixmap> {
    let size = IntSize::from_wh(WIDTH_PX as u32, HEIGHT_PX as u32)?;
    Pixmap::from_vec(studio.bytes(4 * WIDTH_PX * HEIGHT_PX), size)
}

struct Easel<'a> {
    view: &'a View,
    land: &'a Land,
    lit: Option<&'a Lit>,
    studio: &'a Studio,
    colours: Pixmap,
    owners: Pixmap,
}

impl Easel<'_> {
    /// Marks ground that the sun does not reach.
    fn shadow(&mut self, corners_m: &[DVec3]) {
        let Some(path) = self.outline(corners_m).filter(is_in_picture) else { return };
        let paint = Paint {
            shader: Shader::SolidColor(Color::from_rgba8(0, SHADOW, 0, 255)),
            blend_mode: BlendMode::Plus,
            anti_alias: false,
            ..Paint::default()
        };
        self.owners.fill_path(&path, &paint, FillRule::Winding, Transform::identity(), None);
    }

    /// A colour as it is in the light that falls on a surface.
    fn shone(&self, rgb: [u8; 3], at_m: DVec3, normal: DVec3, is_sunny: bool) -> [u8; 3] {
        let Some(lit) = self.lit else { return rgb };
        glow::shone(rgb, glow::steps(lit.brightness(at_m, normal, is_sunny)))
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

    fn person(&mut self, f: &Figure, head: &SightedHead, place: usize) {
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

    fn polygon(&mut self, corners_m: &[DVec3], rgb: [u8; 3], owner: u8) {
        if let Some(path) = self.outline(corners_m) {
            self.fill(&path, rgb, owner);
        }
    }

    /// A polygon of the world in the picture's plane.
    fn outline(&self, corners_m: &[DVec3]) -> Option<Path> {
        let corners: Vec<DVec3> = corners_m.iter().map(|c| self.view.seen_from_eye_m(*c)).collect();
        let seen = before_the_eye(&corners);
        let mut builder = PathBuilder::new();
        for (i, point) in seen.iter().enumerate() {
            let spot = onto_plane(*point);
            let (x, y) = (spot.x_px as f32, spot.y_px as f32);
            if i == 0 { builder.move_to(x, y) } else { builder.line_to(x, y) }
        }
        builder.close();
        builder.finish()
    }

    fn fill(&mut self, path: &Path, rgb: [u8; 3], owner: u8) {
        if !is_in_picture(path) {
            return;
        }
        let colour = Color::from_rgba8(rgb[0], rgb[1], rgb[2], 255);
        let mark = Color::from_rgba8(owner, 0, 0, 255);
        for (pixmap, colour) in [(&mut self.colours, colour), (&mut self.owners, mark)] {
            let paint = Paint {
                shader: Shader::SolidColor(colour),
                blend_mode: BlendMode::Source,
                anti_alias: false,
                ..Paint::default()
            };
            pixmap.fill_path(path, &paint, FillRule::Winding, Transform::identity(), None);
        }
    }

    /// `hills_m` are the places of the light's net, where they are known already.
    fn finish(self, hills_m: Option<Vec<DVec3>>) -> Scene {
        let colours = self.colours.data().as_chunks::<4>().0.as_chunks::<WIDTH_PX>().0;
        let marks = self.owners.data().as_chunks::<4>().0;
        let (mut rgb, mut owners) =
            (self.studio.bytes(3 * marks.len()), self.studio.bytes(marks.len()));
        for (owners, marks) in owners.as_chunks_mut::<16>().0.iter_mut().zip(marks.as_chunks().0) {
            *owners = marks.map(|mark: Pixel| mark[0]);
        }
        let rows = colours.iter().zip(rgb.as_chunks_mut::<{ 3 * WIDTH_PX }>().0);
        let mut bright = Vec::new();
        if let Some(lit) = self.lit {
            let net_m = hills_m.unwrap_or_else(|| glow::net(self.view, self.land));
            let glow = Glow::over(&net_m, self.land, lit);
            bright = self.studio.brights(owners.len());
            let mut shining = [[0; 4]; WIDTH_PX];
            let brights = bright.as_chunks_mut::<WIDTH_PX>().0.iter_mut();
            let marked = marks.as_chunks::<WIDTH_PX>().0.iter().zip(brights).enumerate();
            for ((y_px, (marks, brights)), (colours, rgb)) in marked.zip(rows) {
                glow.along(y_px, marks, brights);
                shine(colours, brights, marks, &mut shining);
                pack(&shining, rgb);
            }
        } else {
            rows.for_each(|(colours, rgb)| pack(colours, rgb));
        }
        self.studio.keep_bytes(self.colours.take());
        self.studio.keep_bytes(self.owners.take());
        Scene { rgb, owners, bright }
    }
}

fn is_in_picture(path: &Path) -> bool {
    let b = path.bounds();
    let (width, height) = (WIDTH_PX as f32, HEIGHT_PX as f32);
    b.right() >= 0.0 && b.bottom() >= 0.0 && b.left() <= width && b.top() <= height
}

/// Cuts a polygon off at the nearest plane that is drawn.
fn before_the_eye(corners: &[DVec3]) -> Vec<DVec3> {
    let mut kept = Vec::with_capacity(corners.len() + 1);
    for (i, a) in corners.iter().enumerate() {
        let b = corners[(i + 1) % corners.len()];
        if a.z >= NEAREST_M {
            kept.push(*a);
        }
        if (a.z >= NEAREST_M) != (b.z >= NEAREST_M) {
            kept.push(a.lerp(b, (view::NEAREST_M - a.z) / (b.z - a.z)));
        }
    }
    kept
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
