//! Covers what must not be seen, before a picture may be encoded for a link.
//!
//! What is covered becomes one flat grey, from which nothing can be recovered.
//!
//! **Never:** blurs or pixelates (both can be undone); looks at who it is; encodes a pixel before it is covered.

use super::exif::{Place, Told, exif};
use super::film::{self, Cluster};
use super::people::Area;
use super::picture::{Pixels, QUALITY, THUMBNAIL_QUALITY, THUMBNAIL_TIMES, with_exif};
use crate::gate::Door;
use alloc::vec::Vec;

const GREY: u8 = 96;

/// A picture or a film, or a part of one, in which every head is covered. Made here and nowhere else.
pub struct Scrubbed {
    bytes: Vec<u8>,
    is_film: bool,
    tells_place: bool,
}

/// Pixels in which every head is covered. Made here and nowhere else.
pub(super) struct Covered(Pixels);

impl Covered {
    /// Covers the areas in a picture.
    pub(super) fn of(mut pixels: Pixels, areas: &[Area]) -> Self {
        let (width, height) = (usize::from(pixels.width_px), usize::from(pixels.height_px));
        for area in areas {
            let columns = span(area.left_px, area.right_px, width);
            for y in span(area.top_px, area.bottom_px, height) {
                let row = 3 * y * width;
                pixels.rgb[row + 3 * columns.start..row + 3 * columns.end].fill(GREY);
            }
        }
        Self(pixels)
    }

    /// A picture of nothing.
    pub(super) fn blank(width_px: u16, height_px: u16) -> Self {
        let rgb = alloc::vec![GREY; 3 * usize::from(width_px) * usize::from(height_px)];
        Self(Pixels { rgb, width_px, height_px })
    }

    pub(super) fn smaller(&self, times: u16) -> Self {
        Self(self.0.smaller(times))
    }

    pub(super) fn jpeg(&self, quality: u8) -> Option<Vec<u8>> {
        self.0.jpeg(quality)
    }
}

impl Scrubbed {
    /// The file of a still; none if the sizes do not fit.
    pub(super) fn still(covered: &Covered, place: Option<Place>) -> Option<Self> {
        let thumbnail = covered.smaller(THUMBNAIL_TIMES).jpeg(THUMBNAIL_QUALITY)?;
        let told = Told { taken: None, place, serial: None, thumbnail: &thumbnail };
        let bytes = with_exif(&covered.jpeg(QUALITY)?, &exif(&told));
        Some(Self { bytes, is_film: false, tells_place: place.is_some() })
    }

    /// The file of a film, whose frames were all covered before they were put into it.
    pub(super) fn film(film: CoveredFilm) -> Self {
        Self { bytes: film.0, is_film: true, tells_place: false }
    }

    /// Its length in bytes.
    pub(crate) fn len(&self) -> usize {
        self.bytes.len()
    }

    /// Whether it is a film.
    pub(crate) fn is_film(&self) -> bool {
        self.is_film
    }

    /// Whether its exact place is in it: then it needs a grant for that too.
    pub(crate) fn tells_place(&self) -> bool {
        self.tells_place
    }

    /// A part of it.
    pub(crate) fn part(&self, offset: usize, length: usize) -> Self {
        let end = offset.saturating_add(length).min(self.bytes.len());
        let bytes = self.bytes.get(offset..end).unwrap_or_default().to_vec();
        Self { bytes, ..*self }
    }

    /// What is in it, for tests.
    #[cfg(test)]
    pub(crate) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    pub(crate) fn open(self, _: &Door) -> Vec<u8> {
        self.bytes
    }
}

/// Film in which every frame is covered, as far as it goes. Its clusters are made of nothing else.
pub(super) struct CoveredFilm(Vec<u8>);

impl CoveredFilm {
    /// A film without sound and, so far, without frames.
    pub(super) fn new(width_px: u16, height_px: u16) -> Self {
        Self(film::head(width_px, height_px, false))
    }

    /// Adds a frame, as a cluster of its own: between it and the next one frames may have been dropped.
    pub(super) fn add(&mut self, at_ms: u64, covered: &Covered) {
        let mut cluster = Cluster::from(at_ms);
        if let Some(jpeg) = covered.jpeg(QUALITY) {
            cluster.picture(at_ms, &jpeg);
        }
        self.0.extend(cluster.close().unwrap_or_default());
    }
}

/// Whole pixels that an extent touches, inside the picture.
fn span(start_px: f64, end_px: f64, limit: usize) -> core::ops::Range<usize> {
    let clamp = |value: f64| value.clamp(0.0, limit as f64) as usize;
    let (start, end) = (clamp(libm::floor(start_px)), clamp(libm::ceil(end_px)));
    start..end.max(start)
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec;

    #[test]
    fn every_touched_pixel_is_covered_and_no_other() {
        for (left, top, right, bottom, expected) in [
            (0.0, 0.0, 2.0, 2.0, 4),
            (0.5, 0.5, 2.5, 2.5, 9),
            (-5.0, -5.0, 1.2, 1.0, 2),
            (18.0, 8.0, 90.0, 90.0, 4),
            (900.0, 900.0, 905.0, 905.0, 0),
            (5.0, 5.0, 3.0, 3.0, 0),
            (-9.0, 0.0, 99.0, 10.0, 200),
        ] {
            let rgb = vec![7; 20 * 10 * 3];
            let area = Area { left_px: left, top_px: top, right_px: right, bottom_px: bottom };
            let pixels = Pixels { rgb, width_px: 20, height_px: 10 };
            let Covered(pixels) = Covered::of(pixels, &[area]);
            let covered = pixels.rgb.iter().filter(|byte| **byte == GREY).count();
            assert_eq!(covered, 3 * expected, "{area:?}");
        }
    }

    #[test]
    fn what_is_under_a_cover_leaves_no_trace_in_the_file() {
        let place = Some(Place { lat_deg: 1.0, lon_deg: 2.0, alt_m: 3.0 });
        let area = Area { left_px: 21.3, top_px: 10.0, right_px: 40.0, bottom_px: 33.7 };
        let file = |under: u8, place: Option<Place>| {
            let inside = |i: usize| {
                let (x, y) = (i / 3 % 80, i / 240);
                (21..40).contains(&x) && (10..34).contains(&y)
            };
            let colour = |i: usize| if inside(i) { under.wrapping_mul(i as u8) } else { i as u8 };
            let rgb = (0..80 * 60 * 3).map(colour).collect();
            let pixels = Pixels { rgb, width_px: 80, height_px: 60 };
            let covered = Covered::of(pixels, &[area]);
            let mut film = CoveredFilm::new(80, 60);
            film.add(0, &covered);
            (Scrubbed::still(&covered, place).unwrap(), Scrubbed::film(film))
        };
        let ((still, film), (other_still, other_film)) = (file(3, None), file(77, None));
        assert_eq!((&still.bytes, &film.bytes), (&other_still.bytes, &other_film.bytes));
        let (placed, _) = file(3, place);
        assert!(placed.tells_place() && !still.tells_place() && placed.bytes != still.bytes);
    }
}
