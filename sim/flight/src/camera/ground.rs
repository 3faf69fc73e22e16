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
        paint_run(row, (first_m.x, first_m.y), (step_m.x, step_m.y));
    }
}

/// Paints pixels side by side, from the ground under the first one in equal steps.
fn paint_run(pixels: &mut [u8], first_m: (f64, f64), step_m: (f64, f64)) {
    let (mut east, mut north) = (fixed(first_m.0), fixed(first_m.1));
    let (east_step, north_step) = (fixed(step_m.0), fixed(step_m.1));
    let mut left = pixels;
    while !left.is_empty() {
        // Several pixels lie on one tuft: they are painted together.
        let soil = Soil::at(east, north);
        let tuft_px = pixels_to_edge(east, east_step).min(pixels_to_edge(north, north_step));
        let (run, rest) = left.split_at_mut(4 * tuft_px.min(left.len() / 4));
        for pixel in run.chunks_exact_mut(4) {
            pixel.copy_from_slice(&soil.colour(east, north));
            east += east_step;
            north += north_step;
        }
        left = rest;
    }
}

/// The same for a few pixels, where looking ahead to the edge of a tuft costs more than it saves.
pub fn paint_few(pixels: &mut [u8], first_m: (f64, f64), step_m: (f64, f64)) {
    let (mut east, mut north) = (fixed(first_m.0), fixed(first_m.1));
    let (east_step, north_step) = (fixed(step_m.0), fixed(step_m.1));
    let mut tuft = square(east, north, TUFT_SHIFT);
    let mut soil = Soil::at(east, north);
    for pixel in pixels.chunks_exact_mut(4) {
        let here = square(east, north, TUFT_SHIFT);
        if here != tuft {
            (tuft, soil) = (here, Soil::at(east, north));
        }
        pixel.copy_from_slice(&soil.colour(east, north));
        east += east_step;
        north += north_step;
    }
}

/// Pixels from here to the first one on another tuft, along one axis; one at least.
fn pixels_to_edge(at: i64, step: i64) -> usize {
    let inside = at & ((1 << TUFT_SHIFT) - 1);
    let pixels = match step {
        0 => i64::MAX,
        1.. => ((1 << TUFT_SHIFT) - inside + step - 1) / step,
        _ => inside / -step + 1,
    };
    usize::try_from(pixels).unwrap_or(usize::MAX)
}

/// What a tuft looks like.
struct Soil {
    field: [u8; 3],
    tuft: u8,
    /// Whether an edge of the field may run through it.
    has_edge: bool,
}

impl Soil {
    fn at(east: i64, north: i64) -> Self {
        let field = FIELDS[(mixed(square(east, north, FIELD_SHIFT)) >> 29) as usize];
        let tuft = (mixed(square(east, north, TUFT_SHIFT)) >> 27) as u8;
        let is_first = |at: i64| at & ((1 << FIELD_SHIFT) - 1) < 1 << TUFT_SHIFT;
        Self { field, tuft, has_edge: is_first(east) || is_first(north) }
    }

    fn colour(&self, east: i64, north: i64) -> [u8; 4] {
        let mask = (1 << FIELD_SHIFT) - 1;
        let is_edge = self.has_edge && ((east & mask) < EDGE_STEPS || (north & mask) < EDGE_STEPS);
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

#[cfg(test)]
mod tests {
    use super::*;
    use glam::DVec3;

    #[test]
    fn a_run_of_pixels_is_painted_as_each_of_them_would_be() {
        for (eye_m, ahead) in [
            (DVec3::new(0.0, 0.0, 0.3), DVec3::Y),
            (DVec3::new(-7.9, 15.9, 4.0), DVec3::new(0.3, -0.8, 0.0)),
            (DVec3::new(1e4, -1e4, 30.0), DVec3::X),
            (DVec3::new(3.0, 5.0, 400.0), DVec3::new(-1.0, -0.01, 0.0)),
        ] {
            let view = View::levelled(eye_m, ahead);
            let mut rgba = vec![0; WIDTH_PX * HEIGHT_PX * 4];
            paint(&view, &mut rgba);
            for (row_px, row) in rgba.chunks_exact(WIDTH_PX * 4).enumerate() {
                let Some((first_m, step_m)) = view.ground_under_row(row_px) else { continue };
                for (column, pixel) in row.chunks_exact(4).enumerate() {
                    let at = |first_m, step_m| fixed(first_m) + column as i64 * fixed(step_m);
                    let (east, north) = (at(first_m.x, step_m.x), at(first_m.y, step_m.y));
                    let expected = Soil::at(east, north).colour(east, north);
                    assert_eq!(pixel, expected, "{eye_m}: row {row_px}, column {column}");
                }
            }
        }
    }

    #[test]
    fn a_few_pixels_are_painted_as_a_run_of_them_is() {
        for (first_m, step_m) in
            [((0.3, 0.4), (0.11, -0.02)), ((-15.9, 31.9), (0.0, 0.5)), ((7.0, -9.0), (-3.0, 2.5))]
        {
            let (mut few, mut run) = ([0; 32], [0; 32]);
            paint_few(&mut few, first_m, step_m);
            paint_run(&mut run, first_m, step_m);
            assert_eq!(few, run, "{first_m:?} {step_m:?}");
        }
    }
}
