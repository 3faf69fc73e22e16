//! Faces: every feature follows from who somebody is.
//!
//! Works pixel by pixel inside the head's outline, so no identity can change a pixel outside of it.
//!
//! **Never:** changes a head's outline.

use super::shot::SightedHead;
use crate::secrets::Face;

const SKINS: [[u8; 3]; 8] = [
    [244, 214, 190],
    [232, 190, 160],
    [214, 168, 132],
    [190, 140, 104],
    [160, 112, 78],
    [128, 86, 60],
    [98, 64, 46],
    [70, 46, 36],
];
const HAIRS: [[u8; 3]; 8] = [
    [24, 20, 18],
    [60, 40, 26],
    [104, 66, 34],
    [170, 120, 60],
    [222, 190, 120],
    [150, 60, 30],
    [130, 130, 132],
    [214, 214, 214],
];
const EYES: [[u8; 3]; 4] = [[40, 26, 16], [50, 90, 140], [60, 110, 70], [90, 80, 60]];
const BLANK: [u8; 3] = [150, 130, 120];

/// What a head shows of who somebody is.
pub struct Look<'a> {
    head: &'a SightedHead,
    face: Shown,
}

enum Shown {
    Blank,
    Loud,
    Someone(Features),
}

impl<'a> Look<'a> {
    /// A head with a face.
    #[must_use]
    pub fn of(face: Face, head: &'a SightedHead) -> Self {
        let face = match face {
            Face::Blank => Shown::Blank,
            Face::Loud => Shown::Loud,
            Face::Someone(identity) => Shown::Someone(Features::of(identity)),
        };
        Self { head, face }
    }

    /// The colour of one pixel of the head: `x` and `y` from -1 to 1 within its outline, right and down.
    #[must_use]
    pub fn colour(&self, x: f64, y: f64) -> [u8; 3] {
        match &self.face {
            Shown::Blank => BLANK,
            Shown::Loud => loud(x, y),
            Shown::Someone(features) => features.colour(self.head, x, y),
        }
    }
}

fn loud(x: f64, y: f64) -> [u8; 3] {
    match (x < 0.0, y < 0.0) {
        (true, true) => [255, 0, 0],
        (false, true) => [0, 255, 0],
        (true, false) => [0, 0, 255],
        (false, false) => [255, 255, 0],
    }
}

struct Features {
    skin: [u8; 3],
    hair: [u8; 3],
    eye: [u8; 3],
    hairline: f64,
    eyes_apart: f64,
    eyes_down: f64,
    eye_size: f64,
    mouth_down: f64,
    mouth_wide: f64,
    beard: bool,
}

impl Features {
    fn of(identity: u64) -> Self {
        // Neighbouring numbers are not to look alike.
        let mut bits = identity.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        bits ^= bits >> 29;
        bits = bits.wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mut take = |count: u64| {
            bits = bits.rotate_left(7).wrapping_mul(0x94D0_49BB_1331_11EB);
            (bits >> 40) % count
        };
        let share = |x: u64| x as f64 / 255.0;
        let tint = take(16) as u8;
        Self {
            skin: SKINS[take(8) as usize].map(|c| c.saturating_sub(tint)),
            hair: HAIRS[take(8) as usize].map(|c| c.saturating_add(tint)),
            eye: EYES[take(4) as usize],
            hairline: -0.75 + 0.45 * share(take(256)),
            eyes_apart: 0.26 + 0.18 * share(take(256)),
            eyes_down: -0.18 + 0.16 * share(take(256)),
            eye_size: 0.10 + 0.08 * share(take(256)),
            mouth_down: 0.42 + 0.18 * share(take(256)),
            mouth_wide: 0.22 + 0.26 * share(take(256)),
            beard: take(4) == 0,
        }
    }

    fn colour(&self, head: &SightedHead, x: f64, y: f64) -> [u8; 3] {
        if !head.shows_face {
            return self.hair;
        }
        // A turned head carries its features to the side.
        let x = x - 0.6 * head.turned;
        let near = |at_x: f64, at_y: f64, rx: f64, ry: f64| {
            let (dx, dy) = ((x - at_x) / rx, (y - at_y) / ry);
            dx * dx + dy * dy < 1.0
        };
        let eye = |rx: f64, ry: f64| {
            near(-self.eyes_apart, self.eyes_down, rx, ry)
                || near(self.eyes_apart, self.eyes_down, rx, ry)
        };
        if y < self.hairline || x.abs() > 0.88 {
            self.hair
        } else if eye(self.eye_size * 0.6, self.eye_size * 0.6) {
            self.eye
        } else if eye(self.eye_size * 1.5, self.eye_size) {
            [238, 236, 232]
        } else if near(0.0, self.mouth_down, self.mouth_wide, 0.07) {
            [150, 60, 62]
        } else if near(0.0, 0.18, 0.09, 0.2) {
            self.skin.map(|c| c.saturating_sub(22))
        } else if self.beard && y > 0.3 {
            self.hair
        } else {
            self.skin
        }
    }
}
