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
        let mut soil = Soil::at(east, north);
        for pixel in row.chunks_exact_mut(4) {
            // Several pixels lie on one tuft, and many tufts in one field.
            if soil.tuft_at != square(east, north, TUFT_SHIFT) {
                soil = Soil::at(east, north);
            }
            pixel.copy_from_slice(&soil.colour(east, north));
            east += east_step;
            north += north_step;
        }
    }
}

/// What a tuft looks like, and which one it is.
struct Soil {
    tuft_at: (i64, i64),
    field: [u8; 3],
    tuft: u8,
}

impl Soil {
    fn at(east: i64, north: i64) -> Self {
        let field_at = square(east, north, FIELD_SHIFT);
        let tuft_at = square(east, north, TUFT_SHIFT);
        let field = FIELDS[(mixed(field_at) >> 29) as usize];
        Self { tuft_at, field, tuft: (mixed(tuft_at) >> 27) as u8 }
    }

    fn colour(&self, east: i64, north: i64) -> [u8; 4] {
        let mask = (1 << FIELD_SHIFT) - 1;
        let is_edge = (east & mask) < EDGE_STEPS || (north & mask) < EDGE_STEPS;
        let light = if is_edge { 40 } else { self.tuft };
        [self.field[0] + light, self.field[1] + light, self.field[2] + light, 255]
    }
}

fn square(east: i64, north: i64, shift: u32) -> (i64, i64) {
    (east >> shift, north >> shift)
}

fn fixed(metres: f64) -> i64 {
    (metres * STEPS_PER_M) as i64
}

fn mixed((a, b): (i64, i64)) -> u32 {
    let mut x = (a as u32).wrapping_mul(0x9E37_79B1) ^ (b as u32).wrapping_mul(0x85EB_CA77);
    x ^= x >> 15;
    x.wrapping_mul(0x2C1B_3C6D)
}
