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
        let times = usize::from(times);
        let mut rgb = Vec::with_capacity(3 * usize::from(width_px) * usize::from(height_px));
        for y in 0..usize::from(height_px) {
            for x in 0..usize::from(width_px) {
                for colour in 0..3 {
                    let at = times * (y * row + 3 * x) + colour;
                    let rows = (0..times).map(|down| at + down * row);
                    let spots = rows.flat_map(|at| (0..times).map(move |right| at + 3 * right));
                    let sum: usize = spots.map(|at| usize::from(self.rgb[at])).sum();
                    rgb.push((sum / (times * times)) as u8);
                }
            }
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
