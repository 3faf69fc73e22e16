//! A frame as it was taken: who was where in it, and pixels when somebody looks.
//!
//! The picture of ground, buildings and bodies is drawn once for all seats; faces and sheet are painted over it
//! for each set of secrets that is looked at.
//!
//! **Never:** lets the secrets change where anybody is.

use super::picture::{Picture, Pictures};
use super::scene::{self, HALF_SHOULDER_M, HEADS_MAX, Scene};
use super::shutter::Lit;
use super::studio::Studio;
use super::view::{HEIGHT_PX, Spot, View, WIDTH_PX};
use super::{develop, face, glow, sheet};
use crate::cast::{Figure, HEAD_HALF_HEIGHT_M, HEAD_HALF_WIDTH_M};
use crate::land::Land;
use crate::secrets::Secrets;
use glam::DVec3;
use std::cell::OnceCell;
use std::sync::{Arc, OnceLock};
use vehicle::senses::Frame;

/// Who has a smaller head is not seen at all.
const SMALLEST_HEAD_PX: f64 = 2.0;

/// What is darker than this part of its paint is lost in the grain.
const DARKEST: f64 = 0.05;
/// A face that is smeared over more than this part of its height tells nobody who it is.
const SMEARED_SHARE: f64 = 0.5;

/// A head in view.
#[derive(Clone, Debug, PartialEq)]
pub struct SightedHead {
    /// Place of the person in the cast.
    pub who: usize,
    /// Its middle, pixels.
    pub x_px: f64,
    /// Its middle, pixels.
    pub y_px: f64,
    /// Half its width.
    pub half_width_px: f64,
    /// Half its height.
    pub half_height_px: f64,
    /// Whether its face looks towards the camera.
    pub shows_face: bool,
    /// How far the face is turned to the picture's right, -1 to 1.
    pub turned: f64,
    /// Which way the shoulders go: a level unit vector across the line of sight.
    pub aside: DVec3,
    /// Left, top, right and bottom of the whole person, pixels; not cut off at the picture's edge.
    pub person: [f64; 4],
    /// How bright it is, as a part of what is painted.
    pub bright: f64,
}

/// A frame.
pub struct Shot {
    view: View,
    figures: Vec<Figure>,
    land: Arc<Land>,
    lit: Option<Lit>,
    studio: Arc<Studio>,
    heads: Vec<SightedHead>,
    scene: OnceLock<Scene>,
    sheet: OnceLock<Vec<sheet::Run>>,
    pictures: Pictures,
}

impl Shot {
    /// Takes a frame; nothing is drawn yet.
    #[must_use]
    pub fn take(
        view: View,
        figures: &[Figure],
        land: Arc<Land>,
        lit: Option<Lit>,
        studio: Arc<Studio>,
    ) -> Self {
        let figures_in_view = figures.iter().enumerate();
        let mut heads: Vec<SightedHead> = figures_in_view
            .filter_map(|(who, figure)| sight(&view, who, figure, &land, lit.as_ref()))
            .collect();
        // Painters begin with the farthest.
        heads.sort_by(|a, b| a.half_height_px.total_cmp(&b.half_height_px));
        // Who is not in view may throw a shadow that is.
        let are_drawn = !heads.is_empty() || lit.is_some();
        let figures = if are_drawn { figures.to_vec() } else { Vec::new() };
        let (scene, sheet, pictures) = (OnceLock::new(), OnceLock::new(), Pictures::default());
        Self { view, figures, land, lit, studio, heads, scene, sheet, pictures }
    }

    /// Heads in view, from far to near.
    #[must_use]
    pub fn heads(&self) -> &[SightedHead] {
        &self.heads
    }

    /// Whether the sheet may be in view.
    #[must_use]
    pub fn shows_sheet(&self) -> bool {
        sheet::is_in_view(&self.view)
    }

    /// How far everything in it is smeared, right and down, pixels.
    #[must_use]
    pub fn smear_px(&self) -> (f64, f64) {
        self.lit.as_ref().map_or((0.0, 0.0), |lit| lit.smear_px)
    }

    /// Whether a head is bright and sharp enough to show who it is.
    #[must_use]
    pub fn is_plain(&self, head: &SightedHead) -> bool {
        let (right_px, down_px) = self.smear_px();
        let smear_px = right_px.abs().max(down_px.abs());
        head.bright >= DARKEST && smear_px <= SMEARED_SHARE * 2.0 * head.half_height_px
    }

    /// The picture as one set of secrets makes it.
    #[must_use]
    pub fn picture(&self, set: usize, secrets: &Secrets) -> Picture<'_> {
        if let Some(rgb) = self.pictures.of(set) {
            return Picture::of(self, set, rgb);
        }
        let scene = self.scene();
        let developed = self.lit.as_ref().filter(|lit| lit.is_developed());
        let repainted = if developed.is_none() { self.pictures.of_any() } else { None };
        let mut rgb = repainted.unwrap_or_else(|| {
            let mut rgb = self.studio.bytes(scene.rgb.len());
            rgb.copy_from_slice(&scene.rgb);
            rgb
        });
        if self.shows_sheet() {
            let runs = self.sheet.get_or_init(|| sheet::runs(&self.view, scene));
            sheet::paint(runs, &secrets.sheet, scene, &mut rgb);
        }
        for (place, head) in self.heads.iter().enumerate().take(HEADS_MAX) {
            paint_face(place, head, secrets, scene, &mut rgb);
        }
        if let Some(lit) = developed {
            develop::smear(&mut rgb, lit.smear_px);
            develop::grain(&mut rgb, lit.gain, lit.grain);
        }
        Picture::of(self, set, rgb)
    }

    /// Pictures at which nobody looks now.
    pub(super) fn pictures(&self) -> &Pictures {
        &self.pictures
    }

    /// Eight pixels of a row through a face as the picture shows them; none where something covers them.
    #[must_use]
    pub fn face_needle(&self, place: usize, picture: &[u8]) -> Option<Vec<u8>> {
        let head = &self.heads[place];
        let (x, y) = (head.x_px as i64, head.y_px as i64);
        let left = usize::try_from(x - 4).ok().filter(|left| left + 8 <= WIDTH_PX)?;
        let row = usize::try_from(y).ok().filter(|row| *row < HEIGHT_PX)?;
        let at = row * WIDTH_PX + left;
        let owners = &self.scene().owners[at..at + 8];
        let own = owners.iter().filter(|o| **o == scene::head_owner(place)).count();
        (own >= 5).then(|| picture[3 * at..3 * (at + 8)].to_vec())
    }

    /// Eight pixels of the sheet as the picture shows them, and its height in pixels.
    #[must_use]
    pub fn sheet_needle(&self, picture: &[u8]) -> Option<(Vec<u8>, usize)> {
        sheet::needle(&self.view, self.scene(), picture)
    }

    fn scene(&self) -> &Scene {
        self.scene.get_or_init(|| {
            let lit = self.lit.as_ref();
            scene::draw(&self.view, &self.land, &self.figures, &self.heads, lit, &self.studio)
        })
    }
}

impl Drop for Shot {
    fn drop(&mut self) {
        self.pictures.take_all().for_each(|picture| self.studio.keep_bytes(picture));
        if let Some(Scene { rgb, owners, bright }) = self.scene.take() {
            self.studio.keep_bytes(rgb);
            self.studio.keep_bytes(owners);
            self.studio.keep_brights(bright);
        }
    }
}

/// A frame as one seat sees it.
pub struct SeatFrame<'a> {
    shot: &'a Shot,
    set: usize,
    secrets: &'a Secrets,
    seen: OnceCell<Picture<'a>>,
}

impl<'a> SeatFrame<'a> {
    /// A frame that the seats share, as a seat with this set of secrets sees it.
    #[must_use]
    pub fn of(shot: &'a Shot, set: usize, secrets: &'a Secrets) -> Self {
        Self { shot, set, secrets, seen: OnceCell::new() }
    }
}

impl Frame for SeatFrame<'_> {
    fn width_px(&self) -> u16 {
        WIDTH_PX as u16
    }

    fn height_px(&self) -> u16 {
        HEIGHT_PX as u16
    }

    fn rgb(&self) -> &[u8] {
        self.seen.get_or_init(|| self.shot.picture(self.set, self.secrets))
    }
}

fn sight(
    view: &View,
    who: usize,
    figure: &Figure,
    land: &Land,
    lit: Option<&Lit>,
) -> Option<SightedHead> {
    let head_m = figure.head_m();
    let Spot { x_px, y_px, depth_m } = view.project(head_m)?;
    let half_height_px = super::view::FOCAL_PX * HEAD_HALF_HEIGHT_M / depth_m;
    let half_width_px = super::view::FOCAL_PX * HEAD_HALF_WIDTH_M / depth_m;
    let in_view = x_px + half_width_px > 0.0
        && x_px - half_width_px < WIDTH_PX as f64
        && y_px + half_height_px > 0.0
        && y_px - half_height_px < HEIGHT_PX as f64;
    if !in_view || 2.0 * half_height_px < SMALLEST_HEAD_PX || land.hides(head_m, view.eye_m) {
        return None;
    }
    let to_eye = view.eye_m - head_m;
    let to_eye = DVec3::new(to_eye.x, to_eye.y, 0.0).try_normalize().unwrap_or(DVec3::X);
    let (east, north) = figure.looks;
    let aside = DVec3::new(to_eye.y, -to_eye.x, 0.0);
    let head =
        [x_px - half_width_px, y_px - half_height_px, x_px + half_width_px, y_px + half_height_px];
    Some(SightedHead {
        who,
        x_px,
        y_px,
        half_width_px,
        half_height_px,
        shows_face: east * to_eye.x + north * to_eye.y > 0.0,
        turned: view.rightness(east, north),
        aside,
        person: outline(view, figure, aside * HALF_SHOULDER_M, head),
        bright: lit
            .map_or(1.0, |lit| lit.brightness(head_m, to_eye, lit.sky.is_sunny(head_m, land))),
    })
}

fn paint_face(place: usize, head: &SightedHead, secrets: &Secrets, scene: &Scene, rgb: &mut [u8]) {
    let span = |middle: f64, half: f64, end: usize| {
        let clamp = |v: f64| v.clamp(0.0, end as f64) as usize;
        clamp(middle - half - 1.0)..clamp(middle + half + 2.0)
    };
    let owner = scene::head_owner(place);
    let face = face::Look::of(secrets.faces[head.who], head);
    let bright = glow::steps(head.bright);
    for row in span(head.y_px, head.half_height_px, HEIGHT_PX) {
        for column in span(head.x_px, head.half_width_px, WIDTH_PX) {
            let at = row * WIDTH_PX + column;
            if scene.owners[at] == owner {
                let x = (column as f64 + 0.5 - head.x_px) / head.half_width_px;
                let y = (row as f64 + 0.5 - head.y_px) / head.half_height_px;
                let colour = glow::shone(face.colour(x, y), bright);
                rgb[3 * at..3 * at + 3].copy_from_slice(&colour);
            }
        }
    }
}

/// Head, shoulders and feet. Feet that are behind the eye are below the picture.
fn outline(view: &View, figure: &Figure, half_shoulder_m: DVec3, head: [f64; 4]) -> [f64; 4] {
    let [mut left, mut top, mut right, mut bottom] = head;
    let neck_m = DVec3::Z * (figure.height_m - 2.0 * HEAD_HALF_HEIGHT_M);
    for height_m in [DVec3::ZERO, neck_m] {
        for side_m in [-half_shoulder_m, half_shoulder_m] {
            match view.project(figure.feet_m + height_m + side_m) {
                Some(spot) => {
                    (left, right) = (left.min(spot.x_px), right.max(spot.x_px));
                    (top, bottom) = (top.min(spot.y_px), bottom.max(spot.y_px));
                }
                None => bottom = bottom.max(HEIGHT_PX as f64),
            }
        }
    }
    [left, top, right, bottom]
}
