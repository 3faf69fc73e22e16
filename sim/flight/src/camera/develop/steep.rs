//! A smear that goes down the picture more than across it: whole rows are added up, whatever line a pixel lies on.
//!
//! All lines of the direction are smeared at once, so that one instruction adds several pixels. Only so many rows of sums are
//! kept as a smear is long.
//!
//! **Never:** looks at a pixel that is farther away than half a smear.

use super::share;
use std::ops::Range;

/// Smears a picture over so many pixels down, of which `offs` says how far each row lies aside of the first. `ROW` is how many
/// bytes a row has.
pub fn smear<const ROW: usize>(rgb: &mut [u8], taps: usize, offs: &[isize]) {
    let (width, height) = (ROW / 3, offs.len());
    let (before, after) = (taps / 2, taps - taps / 2);
    let (Some(first), Some(last)) = (offs.iter().min(), offs.iter().max()) else { return };
    let mut sums = Sums::<ROW>::of(taps, width + (last - first) as usize);
    // Where the row's first pixel is among the lines.
    let place = |row: usize| 3 * (last - offs[row]) as usize;
    let mut smeared = [0; ROW];
    for row in 0..height {
        let (from, to) = (row.saturating_sub(before), (row + after).min(height));
        while sums.rows < to {
            let next = sums.rows;
            sums.add(&rgb[ROW * next..ROW * (next + 1)], place(next));
        }
        sums.mean(from..to, place(row), &mut smeared);
        // Near its sides a picture has less to take the mean of.
        let aside = |other: usize| offs[other] - offs[row];
        let (left, right) = [aside(from), aside(to - 1)]
            .into_iter()
            .fold((0, 0), |(left, right), aside| (left.max(-aside), right.max(aside)));
        let right = width - right as usize;
        for column in (0..left as usize).chain(right..width) {
            let is_inside =
                |other: &usize| (0..width as isize).contains(&(column as isize + aside(*other)));
            let pixels = (from..to).filter(is_inside).count();
            let pixel = smeared[3 * column..3 * (column + 1)].iter_mut();
            for (at, colour) in (place(row) + 3 * column..).zip(pixel) {
                let sum = sums.between(from..to, at);
                *colour = ((u32::from(sum) * share(pixels)) >> 16) as u8;
            }
        }
        rgb[ROW * row..ROW * (row + 1)].copy_from_slice(&smeared);
    }
}

/// For each line red, green and blue of its pixels down to a row. They wrap; what lies between two rows does not.
struct Sums<const ROW: usize> {
    /// Rows that have been added.
    rows: usize,
    /// Sums down to each of the last rows, one after the other and then over again.
    kept: Vec<Vec<u16>>,
    /// By what the sum of a whole stroke is multiplied to be its mean, in 65536ths; again and again.
    shares: [u16; ROW],
}

impl<const ROW: usize> Sums<ROW> {
    fn of(taps: usize, lines: usize) -> Self {
        Self { rows: 0, kept: vec![vec![0; 3 * lines]; taps + 1], shares: [0; ROW] }
    }

    fn add(&mut self, row: &[u8], place: usize) {
        let rows = self.kept.len();
        let (last, next) = (self.rows % rows, (self.rows + 1) % rows);
        let mut sums = std::mem::take(&mut self.kept[next]);
        let so_far = &self.kept[last];
        sums[..place].copy_from_slice(&so_far[..place]);
        sums[place + ROW..].copy_from_slice(&so_far[place + ROW..]);
        let inside = place..place + ROW;
        for ((sum, so_far), colour) in sums[inside.clone()].iter_mut().zip(&so_far[inside]).zip(row)
        {
            *sum = so_far.wrapping_add(u16::from(*colour));
        }
        self.kept[next] = sums;
        self.rows += 1;
    }

    /// The sum of some rows at one colour of a line.
    fn between(&self, rows: Range<usize>, at: usize) -> u16 {
        let kept = self.kept.len();
        self.kept[rows.end % kept][at].wrapping_sub(self.kept[rows.start % kept][at])
    }

    /// The mean of so many rows, of a whole row of pixels.
    fn mean(&mut self, rows: Range<usize>, place: usize, smeared: &mut [u8; ROW]) {
        let share = if rows.len() == 1 { 0 } else { share(rows.len()) as u16 };
        if self.shares[0] != share {
            self.shares.fill(share);
        }
        let kept = |row: usize| &self.kept[row % self.kept.len()][place..place + ROW];
        let sums =
            kept(rows.end).iter().zip(kept(rows.start)).map(|(to, from)| to.wrapping_sub(*from));
        // Of one row there is no mean to take, and its share has more than 16 bits.
        if rows.len() == 1 {
            smeared.iter_mut().zip(sums).for_each(|(colour, sum)| *colour = sum as u8);
            return;
        }
        // Both factors have 16 bits, and of a product the upper half is asked: so eight are multiplied by one instruction.
        for ((colour, sum), share) in smeared.iter_mut().zip(sums).zip(&self.shares) {
            *colour = ((u32::from(sum) * u32::from(*share)) >> 16) as u8;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::camera::view::{HEIGHT_PX, WIDTH_PX};

    const ROW: usize = 3 * WIDTH_PX;

    #[test]
    fn a_picture_is_smeared_as_each_of_its_pixels_would_be() {
        let rgb: Vec<u8> = (0..HEIGHT_PX * ROW).map(|i| (i * i / 7 % 251) as u8).collect();
        for (right_px, down_px) in
            [(0.0, 1.0), (0.2, -7.0), (-3.0, 9.0), (24.0, 24.5), (-5.0, -5.5)]
        {
            let slope: f64 = right_px / down_px;
            let taps = f64::abs(down_px).round() as usize + 1;
            let offs: Vec<isize> =
                (0..HEIGHT_PX).map(|row| (slope * row as f64).round() as isize).collect();
            let mut smeared = rgb.clone();
            smear::<ROW>(&mut smeared, taps, &offs);
            for (at, found) in smeared.into_iter().enumerate() {
                let (row, column, colour) = (at / ROW, at % ROW / 3, at % 3);
                let rows = row.saturating_sub(taps / 2)..(row + taps - taps / 2).min(HEIGHT_PX);
                let on_line = |other: usize| {
                    let column = column.checked_add_signed(offs[other] - offs[row])?;
                    (column < WIDTH_PX).then(|| u32::from(rgb[ROW * other + 3 * column + colour]))
                };
                let line: Vec<u32> = rows.filter_map(on_line).collect();
                let mean = (line.iter().sum::<u32>() * share(line.len())) >> 16;
                assert_eq!(u32::from(found), mean, "{right_px} {down_px}: {row} {column}");
            }
        }
    }
}
