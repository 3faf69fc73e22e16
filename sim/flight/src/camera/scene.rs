//! The picture that all seats share: ground, buildings as shaded boxes, trees, people without faces.
//!
//! Beside the colours it keeps an owner for every pixel, so that what a seat adds falls only where it is seen.
//!
//! **Never:** draws a face or the sheet.

mod solids;

use super::glow::{Glow, Pixel};
use super::rows::{pack, shine};
use super::shot::SightedHead;
use super::shutter::Lit;
use super::studio::Studio;
use super::view::{HEIGHT_PX, NEAREST_M, View, WIDTH_PX, onto_plane};
use super::{glow, ground, hills, shadow, view};
use crate::cast::Figure;
use crate::land::Land;
use glam::DVec3;
use std::ops::Range;
use tiny_skia::{
    BlendMode, Color, FillRule, IntSize, Paint, Path, PathBuilder, Pixmap, Shader, Transform,
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
    easel.solids();
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
