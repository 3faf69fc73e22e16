//! Pixels to JPEG, the same way for what is kept and for what may be shared, and pictures made smaller.
//!
//! **Never:** writes a comment or anything else beside the picture and the block that it is given.

use crate::senses::Frame;
use alloc::vec::Vec;
use jpeg_encoder::{ColorType, Encoder, SamplingFactor};

/// Quality of stills and films.
pub(super) const QUALITY: u8 = 85;
/// How many times smaller a thumbnail is on either side.
pub(super) const THUMBNAIL_TIMES: u16 = 4;
pub(super) const THUMBNAIL_QUALITY: u8 = 60;
/// Where a block goes: behind the start of the image and the JFIF block, which always has this size.
const BLOCK_AT: usize = 20;

/// Pixels in memory: RGB, row by row.
#[derive(Clone)]
pub(super) struct Pixels {
    pub(super) rgb: Vec<u8>,
    pub(super) width_px: u16,
    pub(super) height_px: u16,
}

impl Pixels {
    /// A copy of a frame; none if it is not what it says of itself.
    pub(super) fn of(frame: &dyn Frame) -> Option<Self> {
        let (width_px, height_px) = (frame.width_px(), frame.height_px());
        let rgb = frame.rgb();
        let is_whole = rgb.len() == 3 * usize::from(width_px) * usize::from(height_px);
        is_whole.then(|| Self { rgb: rgb.to_vec(), width_px, height_px })
    }

    /// A baseline JPEG with 4:2:0 colours and the standard code tables; none if the sizes do not fit.
    pub(super) fn jpeg(&self, quality: u8) -> Option<Vec<u8>> {
        let mut jpeg = Vec::new();
        let mut encoder = Encoder::new(&mut jpeg, quality);
        encoder.set_sampling_factor(SamplingFactor::F_2_2);
        encoder.encode(&self.rgb, self.width_px, self.height_px, ColorType::Rgb).ok()?;
        Some(jpeg)
    }

    /// The picture smaller by a whole number; each pixel is the mean of those in its place.
    pub(super) fn smaller(&self, times: u16) -> Self {
        let (width_px, height_px) = (self.width_px / times, self.height_px / times);
        let row = 3 * usize::from(self.width_px);
        let (times, width) = (usize::from(times), usize::from(width_px));
        let mut rgb = Vec::with_capacity(3 * width * usize::from(height_px));
        let mut sums = alloc::vec![[0_u32; 3]; width];
        for rows in self.rgb.chunks_exact(times * row).take(usize::from(height_px)) {
            sums.fill([0; 3]);
            for row in rows.chunks_exact(row) {
                for (sum, spots) in sums.iter_mut().zip(row.chunks_exact(3 * times)) {
                    for spot in spots.chunks_exact(3) {
                        for (sum, colour) in sum.iter_mut().zip(spot) {
                            *sum += u32::from(*colour);
                        }
                    }
                }
            }
            let spots = (times * times) as u32;
            rgb.extend(sums.iter().flatten().map(|sum| (sum / spots) as u8));
        }
        Self { rgb, width_px, height_px }
    }
}

/// A JPEG with an EXIF block in it.
pub(super) fn with_exif(jpeg: &[u8], exif: &[u8]) -> Vec<u8> {
    let (head, rest) = jpeg.split_at(BLOCK_AT.min(jpeg.len()));
    let length = (exif.len() as u16 + 2).to_be_bytes();
    [head, &[0xFF, 0xE1], &length, exif, rest].concat()
}
