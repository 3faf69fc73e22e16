//! The ground's texture: fields of 16 m, tufts of half a metre, and field edges.
//!
//! **Never:** depends on a secret or a stream; the same metre of ground looks the same in every flight.

use super::view::{HEIGHT_PX, View, WIDTH_PX};

/// Fixed point: this many steps a metre, so that flooring is a shift.
const STEPS_PER_M: f64 = 65_536.0;
const TUFT_SHIFT: u32 = 15;
const FIELD_SHIFT: u32 = 20;
const FIELD_MASK: i64 = (1 << FIELD_SHIFT) - 1;
const EDGE_STEPS: i64 = 20_000;
const EDGE_LIGHT: u32 = 40;

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
pub fn paint_run(pixels: &mut [u8], first_m: (f64, f64), step_m: (f64, f64)) {
    let (mut east, mut north) = (fixed(first_m.0), fixed(first_m.1));
    let (east_step, north_step) = (fixed(step_m.0), fixed(step_m.1));
    let mut left = pixels.as_chunks_mut::<4>().0;
    while !left.is_empty() {
        // Many pixels lie on one patch: they are painted together.
        let patch = Patch::at(east, north);
        let last = left.len() as i64 - 1;
        let run_px = if patch == Patch::at(east + last * east_step, north + last * north_step) {
            left.len()
        } else {
            let patch_px = pixels_to_edge(east, east_step).min(pixels_to_edge(north, north_step));
            patch_px.min(left.len())
        };
        let (run, rest) = left.split_at_mut(run_px);
        patch.paint(run, (east, north), (east_step, north_step));
        east += run_px as i64 * east_step;
        north += run_px as i64 * north_step;
        left = rest;
    }
}

/// Pixels from here to the first one on another patch, along one axis; one at least.
fn pixels_to_edge(at: i64, step: i64) -> usize {
    let inside = at & FIELD_MASK;
    let (begin, end) =
        if inside < EDGE_STEPS { (0, EDGE_STEPS) } else { (EDGE_STEPS, 1 << FIELD_SHIFT) };
    let pixels = match step {
        0 => i64::MAX,
        1.. => (end - inside + step - 1) / step,
        _ => (inside - begin) / -step + 1,
    };
    usize::try_from(pixels).unwrap_or(usize::MAX)
}

/// A part of the ground that is painted in one way: a field, or one of the edges along it.
#[derive(PartialEq)]
struct Patch {
    field: (i64, i64),
    /// Whether it is the edge in the west of the field, and the one in the south.
    is_edge: (bool, bool),
}

impl Patch {
    fn at(east: i64, north: i64) -> Self {
        Self {
            field: (east >> FIELD_SHIFT, north >> FIELD_SHIFT),
            is_edge: (east & FIELD_MASK < EDGE_STEPS, north & FIELD_MASK < EDGE_STEPS),
        }
    }

    /// Red, green, blue, and a byte that says nothing, as one number, of which each colour is so much lighter.
    fn colour(&self, light: u32) -> u32 {
        let [red, green, blue] =
            FIELDS[(mixed(self.field.0 as u32, self.field.1 as u32) >> 29) as usize];
        // No field is so bright that one colour would run over into the next.
        u32::from_le_bytes([red, green, blue, 255]) + (light | light << 8 | light << 16)
    }

    /// Paints pixels of which all lie on this patch. It asks nothing of one pixel that it does not ask of all of them, so
    /// that several are painted by one instruction.
    fn paint(&self, pixels: &mut [[u8; 4]], first: (i64, i64), step: (i64, i64)) {
        if self.is_edge.0 || self.is_edge.1 {
            pixels.fill(self.colour(EDGE_LIGHT).to_le_bytes());
            return;
        }
        let dark = self.colour(0);
        // From the field's corner on: what lies in a field needs few bits.
        let (mut east, mut north) = ((first.0 & FIELD_MASK) as u32, (first.1 & FIELD_MASK) as u32);
        let tufts = |field: i64| (field << (FIELD_SHIFT - TUFT_SHIFT)) as u32;
        let (first_east, first_north) = (tufts(self.field.0), tufts(self.field.1));
        for pixel in pixels {
            let tuft = mixed(
                first_east.wrapping_add(east >> TUFT_SHIFT),
                first_north.wrapping_add(north >> TUFT_SHIFT),
            );
            let light = tuft >> 27 | tuft >> 19 & 0x1f00 | tuft >> 11 & 0x1f_0000;
            *pixel = (dark + light).to_le_bytes();
            east = east.wrapping_add(step.0 as u32);
            north = north.wrapping_add(step.1 as u32);
        }
    }
}

fn fixed(metres: f64) -> i64 {
    (metres * STEPS_PER_M) as i64
}

fn mixed(a: u32, b: u32) -> u32 {
    let mut x = a.wrapping_mul(0x9E37_79B1) ^ b.wrapping_mul(0x85EB_CA77);
    x ^= x >> 15;
    x.wrapping_mul(0x2C1B_3C6D)
}

#[cfg(test)]
mod tests {
    use super::*;
    use glam::DVec3;

    /// What one pixel looks like, asked for itself.
    fn colour(east: i64, north: i64) -> [u8; 4] {
        let square = |shift: u32| mixed((east >> shift) as u32, (north >> shift) as u32);
        let is_edge = [east, north].iter().any(|at| at & FIELD_MASK < EDGE_STEPS);
        let light = if is_edge { 40 } else { (square(TUFT_SHIFT) >> 27) as u8 };
        let [red, green, blue] = FIELDS[(square(FIELD_SHIFT) >> 29) as usize];
        [red + light, green + light, blue + light, 255]
    }

    fn check(pixels: &[u8], first_m: (f64, f64), step_m: (f64, f64)) {
        for (column, pixel) in pixels.chunks_exact(4).enumerate() {
            let at = |first_m, step_m| fixed(first_m) + column as i64 * fixed(step_m);
            let expected = colour(at(first_m.0, step_m.0), at(first_m.1, step_m.1));
            assert_eq!(pixel, expected, "{first_m:?} {step_m:?}: column {column}");
        }
    }

    #[test]
    fn a_picture_is_painted_as_each_of_its_pixels_would_be() {
        for (eye_m, ahead) in [
            (DVec3::new(0.0, 0.0, 0.3), DVec3::Y),
            (DVec3::new(-7.9, 15.9, 4.0), DVec3::new(0.3, -0.8, 0.0)),
            (DVec3::new(1e4, -1e4, 30.0), DVec3::X),
            (DVec3::new(-4e5, 3e7, 30.0), DVec3::X),
            (DVec3::new(3.0, 5.0, 400.0), DVec3::new(-1.0, -0.01, 0.0)),
            (DVec3::new(3.0, 5.0, 3e6), DVec3::new(-0.4, 0.5, 0.0)),
        ] {
            let view = View::levelled(eye_m, ahead);
            let mut rgba = vec![0; WIDTH_PX * HEIGHT_PX * 4];
            paint(&view, &mut rgba);
            for (row_px, row) in rgba.chunks_exact(WIDTH_PX * 4).enumerate() {
                let Some((first_m, step_m)) = view.ground_under_row(row_px) else { continue };
                check(row, (first_m.x, first_m.y), (step_m.x, step_m.y));
            }
        }
    }

    #[test]
    fn a_few_pixels_are_painted_as_many_are() {
        for (first_m, step_m) in [
            ((0.3, 0.4), (0.11, -0.02)),
            ((-15.9, 31.9), (0.0, 0.5)),
            ((7.0, -9.0), (-3.0, 2.5)),
            ((16.0, 0.0), (-1e-4, 0.0)),
            ((5.0, 5.0), (0.0, 0.0)),
        ] {
            let mut few = [0; 32];
            paint_run(&mut few, first_m, step_m);
            check(&few, first_m, step_m);
        }
    }
}
