//! How bright the ground is from pixel to pixel: worked out on a net over the picture, and between its corners even.
//!
//! **Never:** asks whether the sun is hidden; `shadow` has marked where it is.

use super::shutter::Lit;
use super::view::{HEIGHT_PX, View, WIDTH_PX};
use crate::land::Land;
use glam::DVec3;

/// A mesh of the net; both sides of the picture are whole meshes.
pub const MESH_PX: usize = 16;
/// Its area is a power of two, of which this is the logarithm.
const AREA_SHIFT: u32 = 8;
/// Red, green, blue, and a byte that says nothing.
pub type Pixel = [u8; 4];
/// Corners of the net from side to side.
pub const COLUMNS: usize = WIDTH_PX / MESH_PX + 1;
/// Corners of the net from top to bottom.
pub const ROWS: usize = HEIGHT_PX / MESH_PX + 1;
/// What is as bright as it is painted.
pub const PAINTED: u16 = 256;
/// Nothing is painted brighter than so many times what it is.
const BRIGHT_MAX: f64 = 4.0;
/// What no ray meets is as far away as this.
pub const FAR_M: f64 = 3000.0;

/// A colour as bright as it is, in 256ths of what is painted.
#[must_use]
pub fn shone(rgb: [u8; 3], bright: u16) -> [u8; 3] {
    rgb.map(|colour| ((u32::from(colour) * u32::from(bright)) >> 8).min(255) as u8)
}

/// A part of what is painted, in 256ths.
#[must_use]
pub fn steps(part: f64) -> u16 {
    (part.clamp(0.0, BRIGHT_MAX) * f64::from(PAINTED)) as u16
}

/// Where the rays at the corners of the net end, row by row.
#[must_use]
pub fn net(view: &View, land: &Land) -> Vec<DVec3> {
    let end = |i: usize| {
        let way = view.ray((i % COLUMNS * MESH_PX) as f64, (i / COLUMNS * MESH_PX) as f64);
        view.eye_m + way * land.away_m(view.eye_m, way).unwrap_or(FAR_M)
    };
    (0..COLUMNS * ROWS).map(end).collect()
}

/// How bright the ground is at the corners of the net, in the sun and out of it.
pub struct Glow {
    sunny: Vec<i32>,
    shady: Vec<i32>,
}

impl Glow {
    /// On the ground where the rays of the [`net`] end.
    #[must_use]
    pub fn over(net_m: &[DVec3], land: &Land, lit: &Lit) -> Self {
        let mut glow = Self { sunny: Vec::new(), shady: Vec::new() };
        for at_m in net_m {
            let normal = land.terrain.normal(at_m.x, at_m.y);
            let bright = |is_sunny| i32::from(steps(lit.brightness(*at_m, normal, is_sunny)));
            glow.sunny.push(bright(true));
            glow.shady.push(bright(false));
        }
        glow
    }

    /// How bright the ground is along a row of the picture, in 256ths. `marks` (RGBA) have green where the sun is hidden.
    pub fn along(&self, y_px: usize, marks: &[Pixel; WIDTH_PX], brights: &mut [u16; WIDTH_PX]) {
        let (sunny, shady) = (Ramp::along(&self.sunny, y_px), Ramp::along(&self.shady, y_px));
        let meshes = marks.as_chunks::<MESH_PX>().0.iter().zip(brights.as_chunks_mut().0);
        for (column, (marks, brights)) in meshes.enumerate() {
            let is_hidden = |mark: &Pixel| u32::from_le_bytes(*mark) & 0xff00;
            let sunny = sunny.over(column);
            // Most meshes are in the sun from end to end.
            if marks.iter().map(is_hidden).fold(0, |all, one| all | one) == 0 {
                *brights = sunny;
                continue;
            }
            let either = marks.iter().zip(sunny).zip(shady.over(column));
            for (bright, ((mark, sunny), shady)) in brights.iter_mut().zip(either) {
                *bright = if is_hidden(mark) == 0 { sunny } else { shady };
            }
        }
    }
}

/// What lies between the corners of a net along a row of the picture, even from mesh to mesh: at each mesh's edge.
struct Ramp([i32; COLUMNS]);

impl Ramp {
    fn along(corners: &[i32], y_px: usize) -> Self {
        let (row, down, mesh) = (y_px / MESH_PX, (y_px % MESH_PX) as i32, MESH_PX as i32);
        let edge = |column: usize| {
            let at = row * COLUMNS + column;
            corners[at] * (mesh - down) + corners[at + COLUMNS] * down
        };
        Self(core::array::from_fn(edge))
    }

    fn over(&self, column: usize) -> [u16; MESH_PX] {
        // What is so on the mesh's left edge, and what each pixel adds to that.
        let (left, right) = (self.0[column], self.0[column + 1]);
        let (first, more) = (left * MESH_PX as i32, right - left);
        core::array::from_fn(|i| ((first + more * i as i32) >> AREA_SHIFT) as u16)
    }
}
