//! From the light that fell on the chip to the picture: smeared along the way that everything moved, and grainy.
//!
//! A smear is the mean over pixels side by side along one direction; it carries nothing farther than half its length and a pixel and a
//! half, which is less than the vision chip's boxes are wider than heads.
//!
//! **Never:** makes a pixel depend on another one that is farther away than that.

mod steep;

use super::view::{HEIGHT_PX, WIDTH_PX};
use std::ops::Range;

/// Noise of the chip itself, and of each step of light, before amplification: variances in steps of 255.
const OWN_VARIANCE: f64 = 0.25;
const SHOT_VARIANCE: f64 = 0.02;
/// A line that goes through more rows than this is followed more slowly than the picture is turned.
const PIECES_MAX: usize = 32;
/// Noise is even, and even noise of this half width has deviation 1.
const EVEN: f64 = 1.732_050_8;

/// Smears a picture by so many pixels to the right and down.
pub fn smear(rgb: &mut [u8], (right_px, down_px): (f64, f64)) {
    let is_steep = down_px.abs() > right_px.abs();
    let (major_px, minor_px) = if is_steep { (down_px, right_px) } else { (right_px, down_px) };
    let taps = major_px.abs().round() as usize + 1;
    if taps < 2 {
        return;
    }
    let slope = minor_px / major_px;
    let aside = |count: usize| -> Vec<isize> {
        (0..count).map(|u| (slope * u as f64).round() as isize).collect()
    };
    if is_steep {
        steep::smear::<{ 3 * WIDTH_PX }>(rgb, taps, &aside(HEIGHT_PX));
        return;
    }
    let offs = aside(WIDTH_PX);
    if offs.chunk_by(|a, b| a == b).count() > PIECES_MAX {
        // Turned on its side, a smear that goes through many rows is steep.
        let mut turned = turned(rgb, WIDTH_PX);
        steep::smear::<{ 3 * HEIGHT_PX }>(&mut turned, taps, &offs);
        rgb.copy_from_slice(&self::turned(&turned, HEIGHT_PX));
        return;
    }
    let (first, last) = (offs[0].min(offs[WIDTH_PX - 1]), offs[0].max(offs[WIDTH_PX - 1]));
    let row_bytes = 3 * WIDTH_PX as isize;
    let step = |(u, off): (usize, &isize)| 3 * u as isize + off * row_bytes;
    let steps: Vec<isize> = offs.iter().enumerate().map(step).collect();
    let mut stroke = Stroke::of(taps, WIDTH_PX);
    let mut at = 0;
    let row = |row: &[isize]| {
        at += row.len();
        at - row.len()..at
    };
    let rows: Vec<Range<usize>> = offs.chunk_by(|a, b| a == b).map(row).collect();
    // Every pixel lies on exactly one line of the direction; each line is smeared for itself.
    for line in -last..HEIGHT_PX as isize - first {
        // A line enters the picture once and leaves it once.
        let (above, below) = (-line, HEIGHT_PX as isize - line);
        let (from, to) = if slope >= 0.0 {
            (offs.partition_point(|off| *off < above), offs.partition_point(|off| *off < below))
        } else {
            (offs.partition_point(|off| *off >= below), offs.partition_point(|off| *off >= above))
        };
        let begin = line * row_bytes;
        // Pixels on one row lie side by side in memory.
        let rows = rows.iter().filter_map(|row| {
            let (from, to) = (row.start.max(from), row.end.min(to));
            let first = (begin + steps.get(from)?) as usize;
            (from < to).then(|| first..first + 3 * (to - from))
        });
        stroke.begin();
        rows.clone().for_each(|row| stroke.take(&rgb[row]));
        let mut smeared = stroke.smeared();
        for row in rows {
            let (here, rest) = smeared.split_at(row.len());
            rgb[row].copy_from_slice(here);
            smeared = rest;
        }
    }
}

/// The picture with its columns as rows, where a row had so many pixels.
fn turned(rgb: &[u8], width_px: usize) -> Vec<u8> {
    let pixels = rgb.as_chunks::<3>().0;
    let mut turned = vec![0; rgb.len()];
    let columns = turned.as_chunks_mut::<3>().0.chunks_exact_mut(pixels.len() / width_px);
    for (x_px, column) in columns.enumerate() {
        let seen = pixels[x_px..].iter().step_by(width_px);
        column.iter_mut().zip(seen).for_each(|(to, pixel)| *to = *pixel);
    }
    turned
}

/// One line of the direction, and what it is smeared to.
struct Stroke {
    before: usize,
    after: usize,
    pixels: usize,
    /// Red, green and blue from the line's begin on. They wrap; what lies between two of them does not.
    sums: Vec<u16>,
    /// By what the sum of so many pixels is multiplied to be their mean, in 65536ths; again and again.
    shares: Vec<u16>,
    smeared: Vec<u8>,
}

/// By what the sum of so many pixels is multiplied to be their mean, in 65536ths.
fn share(pixels: usize) -> u32 {
    (1 << 16) / pixels as u32 + 1
}

impl Stroke {
    fn of(taps: usize, length: usize) -> Self {
        let (before, after) = (taps / 2, taps - taps / 2);
        let (sums, smeared) = (vec![0; 3 * (length + 1)], vec![0; 3 * length]);
        let shares = vec![share(taps) as u16; 3 * length];
        Self { before, after, pixels: 0, sums, shares, smeared }
    }

    fn begin(&mut self) {
        self.pixels = 0;
    }

    /// Takes the next pixels of the line.
    #[inline]
    fn take(&mut self, rgb: &[u8]) {
        let (so_far, sums) = self.sums.split_at_mut(3 * (self.pixels + 1));
        let [mut r, mut g, mut b] = so_far.last_chunk().copied().unwrap_or_default();
        let (pixels, sums) = (rgb.as_chunks::<3>().0, sums.as_chunks_mut::<3>().0);
        self.pixels += pixels.len();
        for (pixel, sums) in pixels.iter().zip(sums) {
            r = r.wrapping_add(u16::from(pixel[0]));
            g = g.wrapping_add(u16::from(pixel[1]));
            b = b.wrapping_add(u16::from(pixel[2]));
            *sums = [r, g, b];
        }
    }

    fn smeared(&mut self) -> &[u8] {
        let (pixels, before, after) = (self.pixels, self.before, self.after);
        let first = before.min(pixels);
        let end = (pixels + 1).saturating_sub(after).max(first);
        // Near its ends a line has less to take the mean of.
        for i in (0..first).chain(end..pixels) {
            let (from, to) = (i.saturating_sub(before), (i + after).min(pixels));
            for colour in 0..3 {
                let sum = self.sums[3 * to + colour].wrapping_sub(self.sums[3 * from + colour]);
                self.smeared[3 * i + colour] = ((u32::from(sum) * share(to - from)) >> 16) as u8;
            }
        }
        // All factors have 16 bits, and of a product the upper half is asked: so eight are multiplied by one instruction.
        let (low, high) = (
            &self.sums[3 * (first - before.min(first))..],
            &self.sums[3 * (first + after).min(pixels)..],
        );
        let sums = high.iter().zip(low).map(|(high, low)| high.wrapping_sub(*low));
        let smeared = &mut self.smeared[3 * first..3 * end];
        for ((colour, sum), share) in smeared.iter_mut().zip(sums).zip(&self.shares) {
            *colour = ((u32::from(sum) * u32::from(*share)) >> 16) as u8;
        }
        &self.smeared[..3 * pixels]
    }
}

/// Makes a picture as grainy as its amplification does; each pixel by its own brightness and its own chance.
pub fn grain(rgb: &mut [u8], gain: f64, seed: u64) {
    if gain <= 1.0 {
        return;
    }
    // How far a step of chance moves a pixel of a brightness, in 4096ths.
    let width = |bright: usize| {
        let variance = gain * (OWN_VARIANCE + SHOT_VARIANCE * bright as f64);
        (variance.sqrt() * EVEN / 128.0 * 4096.0) as i32
    };
    // What every brightness becomes by every chance: there are more pixels than that.
    let mut grainy = vec![[0_u8; 256]; 256];
    for (bright, by_chance) in grainy.iter_mut().enumerate() {
        // By the least chance, and from there on by equal steps.
        let width = width(bright);
        let mut becomes = ((bright as i32) << 12) + 2048 - 128 * width;
        for moved in by_chance {
            *moved = (becomes >> 12).clamp(0, 255) as u8;
            becomes += width;
        }
    }
    // A picture is whole sixes of bytes.
    for (i, six) in rgb.as_chunks_mut::<6>().0.iter_mut().enumerate() {
        let mut bits = seed.wrapping_add((i as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15));
        bits = (bits ^ bits >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        bits = (bits ^ bits >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        for (colour, chance) in six.iter_mut().zip((bits ^ bits >> 31).to_le_bytes()) {
            *colour = grainy[usize::from(*colour)][usize::from(chance)];
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn dot(x: usize, y: usize) -> Vec<u8> {
        let mut rgb = vec![0; 3 * WIDTH_PX * HEIGHT_PX];
        rgb[3 * (y * WIDTH_PX + x)] = 240;
        rgb
    }

    #[test]
    fn a_dot_becomes_a_stroke_along_its_way_and_keeps_its_light() {
        for (smear_px, pixels, (wide, high)) in [
            ((0.0, 0.0), 1, (1, 1)),
            ((0.4, 0.2), 1, (1, 1)),
            ((5.0, 0.0), 6, (6, 1)),
            ((-5.0, 0.0), 6, (6, 1)),
            ((0.0, 7.2), 8, (1, 8)),
            ((9.0, 9.0), 10, (10, 10)),
            ((2.0, -9.0), 10, (3, 10)),
        ] {
            let mut rgb = dot(100, 90);
            smear(&mut rgb, smear_px);
            let lit: Vec<usize> = (0..rgb.len() / 3).filter(|at| rgb[3 * at] > 0).collect();
            let span = |of: &dyn Fn(usize) -> usize| {
                let all = lit.iter().map(|at| of(*at));
                all.clone().max().unwrap() - all.min().unwrap() + 1
            };
            let extent = (span(&|at| at % WIDTH_PX), span(&|at| at / WIDTH_PX));
            assert_eq!((lit.len(), extent), (pixels, (wide, high)), "{smear_px:?}");
            let light: u32 = lit.iter().map(|at| u32::from(rgb[3 * at])).sum();
            assert!(light.abs_diff(240) <= pixels as u32, "{smear_px:?}: {light}");
        }
    }

    #[test]
    fn an_even_picture_stays_even_in_its_corners_too() {
        let even: Vec<u8> = [37, 200, 255].repeat(WIDTH_PX * HEIGHT_PX);
        for smear_px in [(24.0, 0.0), (-3.0, 17.0), (11.0, -11.0), (0.0, 1.0)] {
            let mut rgb = even.clone();
            smear(&mut rgb, smear_px);
            assert_eq!(rgb, even, "{smear_px:?}");
        }
    }

    #[test]
    fn grain_grows_with_gain_and_light_and_is_the_same_for_the_same_chance() {
        let deviation = |bright: u8, gain: f64| {
            let mut rgb = vec![bright; 3 * WIDTH_PX * HEIGHT_PX];
            grain(&mut rgb, gain, 7);
            let mut again = vec![bright; 3 * WIDTH_PX * HEIGHT_PX];
            grain(&mut again, gain, 7);
            assert_eq!(rgb, again);
            let off = |c: &u8| f64::from(c.abs_diff(bright)) * f64::from(c.abs_diff(bright));
            (rgb.iter().map(off).sum::<f64>() / rgb.len() as f64).sqrt()
        };
        // Brightness, gain, deviation: the root of gain · (0.25 + 0.02 · brightness).
        for (bright, gain, expected) in
            [(100, 1.0, 0.0), (100, 16.0, 6.0), (100, 64.0, 12.0), (180, 16.0, 7.84)]
        {
            let found = deviation(bright, gain);
            assert!((found - expected).abs() < 0.03 * expected + 0.01, "{bright} {gain}: {found}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn no_light_goes_farther_than_half_a_smear(
            right_px in -24.0..24.0_f64, down_px in -24.0..24.0_f64,
            x in 0..WIDTH_PX, y in 0..HEIGHT_PX,
        ) {
            let mut rgb = dot(x, y);
            smear(&mut rgb, (right_px, down_px));
            for at in (0..rgb.len() / 3).filter(|at| rgb[3 * at] > 0) {
                let (dx, dy) = ((at % WIDTH_PX).abs_diff(x) as f64, (at / WIDTH_PX).abs_diff(y) as f64);
                prop_assert!(dx <= right_px.abs() / 2.0 + 1.5, "{dx} of {right_px}");
                prop_assert!(dy <= down_px.abs() / 2.0 + 1.5, "{dy} of {down_px}");
            }
        }
    }
}
