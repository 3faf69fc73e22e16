//! How bright the ground is from pixel to pixel: worked out on a net over the picture, and between its corners even.
//!
//! **Never:** asks whether the sun is hidden; `shadow` has marked where it is.

use super::shutter::Lit;
use super::view::{HEIGHT_PX, View, WIDTH_PX};
use crate::land::Land;

/// A mesh of the net.
const MESH_PX: usize = 16;
/// Its area is a power of two, of which this is the logarithm.
const AREA_SHIFT: u32 = 8;
const COLUMNS: usize = WIDTH_PX / MESH_PX + 1;
const ROWS: usize = HEIGHT_PX / MESH_PX + 1;
/// What is as bright as it is painted.
pub const PAINTED: f64 = 256.0;
/// Nothing is painted brighter than so many times what it is.
const BRIGHT_MAX: f64 = 4.0;
const FAR_M: f64 = 3000.0;

/// How bright the ground is at the corners of the net, in the sun and out of it.
struct Net {
    sunny: Vec<i32>,
    shady: Vec<i32>,
}

/// A colour as bright as it is, in 256ths of what is painted.
#[must_use]
pub fn shone(rgb: [u8; 3], bright: u16) -> [u8; 3] {
    rgb.map(|colour| ((u32::from(colour) * u32::from(bright)) >> 8).min(255) as u8)
}

/// A part of what is painted, in 256ths.
#[must_use]
pub fn steps(part: f64) -> u16 {
    (part.clamp(0.0, BRIGHT_MAX) * PAINTED) as u16
}

/// How bright the ground is at each pixel, in 256ths; `marks` (RGBA) have green where the sun is hidden.
#[must_use]
pub fn over(view: &View, land: &Land, lit: &Lit, marks: &[u8]) -> Vec<u16> {
    let net = Net::spread(view, land, lit);
    let mut bright = vec![0; WIDTH_PX * HEIGHT_PX];
    let rows = bright.chunks_exact_mut(WIDTH_PX).zip(marks.chunks_exact(4 * WIDTH_PX));
    for (y_px, (row, marks)) in rows.enumerate() {
        let meshes = row.chunks_exact_mut(MESH_PX).zip(marks.chunks_exact(4 * MESH_PX));
        for (column, (mesh, marks)) in meshes.enumerate() {
            // What is so on the mesh's left edge, and what each pixel adds to that.
            let [(mut sunny, more_sunny), (mut shady, more_shady)] =
                [&net.sunny, &net.shady].map(|corners| along(corners, column, y_px));
            for (bright, mark) in mesh.iter_mut().zip(marks.chunks_exact(4)) {
                let here = if mark[1] == 0 { sunny } else { shady };
                *bright = (here >> AREA_SHIFT) as u16;
                (sunny, shady) = (sunny + more_sunny, shady + more_shady);
            }
        }
    }
    bright
}

fn along(corners: &[i32], column: usize, y_px: usize) -> (i32, i32) {
    let (row, down, mesh) = (y_px / MESH_PX, (y_px % MESH_PX) as i32, MESH_PX as i32);
    let edge = |column: usize| {
        let at = row * COLUMNS + column;
        corners[at] * (mesh - down) + corners[at + COLUMNS] * down
    };
    (edge(column) * mesh, edge(column + 1) - edge(column))
}

impl Net {
    fn spread(view: &View, land: &Land, lit: &Lit) -> Self {
        let mut net = Self { sunny: Vec::new(), shady: Vec::new() };
        for i in 0..COLUMNS * ROWS {
            let (x_px, y_px) = ((i % COLUMNS * MESH_PX) as f64, (i / COLUMNS * MESH_PX) as f64);
            let way = view.ray(x_px, y_px);
            let at_m = view.eye_m + way * land.away_m(view.eye_m, way).unwrap_or(FAR_M);
            let normal = land.terrain.normal(at_m.x, at_m.y);
            let bright = |is_sunny| i32::from(steps(lit.brightness(at_m, normal, is_sunny)));
            net.sunny.push(bright(true));
            net.shady.push(bright(false));
        }
        net
    }
}
