//! The ground's texture: fields of 16 m, tufts of half a metre, and field edges.
//!
//! **Never:** depends on a secret or a stream; the same metre of ground looks the same in every flight.

use super::view::{HEIGHT_PX, View, WIDTH_PX};

/// Fixed point: this many steps a metre, so that flooring is a shift.
const STEPS_PER_M: f64 = 65_536.0;
const TUFT_SHIFT: u32 = 15;
const FIELD_SHIFT: u32 = 20;
const EDGE_STEPS: i64 = 20_000;

/// Fields: red, green, blue.
const FIELDS: [[u8; 3]; 8] = [
    [96, 122, 62],
    [118, 136, 74],
    [140, 128, 80],
    [84, 108, 58],
    [152, 142, 96],
    [104, 116, 70],
    [122, 106, 70],
    [90, 128, 72],
];

/// Paints the ground over the whole picture (RGBA). No sky can be in view.
pub fn paint(view: &View, rgba: &mut [u8]) {
    for (row_px, row) in rgba.chunks_exact_mut(WIDTH_PX * 4).enumerate().take(HEIGHT_PX) {
        let Some((first_m, step_m)) = view.ground_under_row(row_px) else {
            row.fill(255);
            continue;
        };
        let (mut east, mut north) = (fixed(first_m.x), fixed(first_m.y));
        let (east_step, north_step) = (fixed(step_m.x), fixed(step_m.y));
        for pixel in row.chunks_exact_mut(4) {
            pixel.copy_from_slice(&colour(east, north));
            east += east_step;
            north += north_step;
        }
    }
}

fn fixed(metres: f64) -> i64 {
    (metres * STEPS_PER_M) as i64
}

fn colour(east: i64, north: i64) -> [u8; 4] {
    let field = FIELDS[(mixed(east >> FIELD_SHIFT, north >> FIELD_SHIFT) >> 29) as usize];
    let tuft = (mixed(east >> TUFT_SHIFT, north >> TUFT_SHIFT) >> 27) as u8;
    let mask = (1 << FIELD_SHIFT) - 1;
    let is_edge = (east & mask) < EDGE_STEPS || (north & mask) < EDGE_STEPS;
    let light = if is_edge { 40 } else { tuft };
    [field[0] + light, field[1] + light, field[2] + light, 255]
}

fn mixed(a: i64, b: i64) -> u32 {
    let mut x = (a as u32).wrapping_mul(0x9E37_79B1) ^ (b as u32).wrapping_mul(0x85EB_CA77);
    x ^= x >> 15;
    x.wrapping_mul(0x2C1B_3C6D)
}
