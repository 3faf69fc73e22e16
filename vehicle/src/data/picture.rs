//! Pixels to JPEG, the same way for what is kept and for what may be shared.
//!
//! **Never:** writes a comment, an application block or anything else beside the picture.

use alloc::vec::Vec;
use jpeg_encoder::{ColorType, Encoder};

const QUALITY: u8 = 85;

/// A baseline JPEG of an RGB picture; none if the sizes do not fit.
pub(super) fn encode(rgb: &[u8], width_px: u16, height_px: u16) -> Option<Vec<u8>> {
    let mut jpeg = Vec::new();
    Encoder::new(&mut jpeg, QUALITY).encode(rgb, width_px, height_px, ColorType::Rgb).ok()?;
    Some(jpeg)
}
