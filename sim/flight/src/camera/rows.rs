//! Rows of a picture: lit, and packed to three bytes a pixel.
//!
//! **Never:** looks from one pixel to another.

use super::glow::{PAINTED, Pixel};
use super::scene::{GROUND, SLOPE};
use super::view::WIDTH_PX;

/// A row of the picture: ground as bright as it is; all else was painted in its light.
pub fn shine(
    colours: &[Pixel; WIDTH_PX],
    brights: &[u16; WIDTH_PX],
    marks: &[Pixel; WIDTH_PX],
    shining: &mut [Pixel; WIDTH_PX],
) {
    // Whole pixels as numbers: so several are lit by one instruction.
    for (((to, colour), bright), mark) in shining.iter_mut().zip(colours).zip(brights).zip(marks) {
        let (colour, owner) = (u32::from_le_bytes(*colour), u32::from_le_bytes(*mark) & 0xff);
        let is_ground = (owner == u32::from(GROUND)) | (owner == u32::from(SLOPE));
        // Masked, because a choice would be a jump at each pixel. All factors have 16 bits, and of a product the upper half
        // is asked: so several are multiplied by one instruction.
        let kept = u32::from(is_ground).wrapping_neg();
        let bright = (u32::from(*bright) & kept | u32::from(PAINTED) & !kept) & 0x7fff;
        let lit = |shift: u32| ((((colour >> shift & 0xff) << 8) * bright) >> 16).min(255) << shift;
        *to = (lit(0) | lit(8) | lit(16)).to_le_bytes();
    }
}

/// Takes from a row of the picture the byte of each pixel that says nothing.
pub fn pack(pixels: &[Pixel; WIDTH_PX], rgb: &mut [u8; 3 * WIDTH_PX]) {
    for (four, twelve) in pixels.as_chunks::<4>().0.iter().zip(rgb.as_chunks_mut::<12>().0) {
        let [a, b, c, d] = four.map(u32::from_le_bytes);
        let words = [a & 0xff_ffff | b << 24, b >> 8 & 0xffff | c << 16, c >> 16 & 0xff | d << 8];
        for (bytes, word) in twelve.as_chunks_mut::<4>().0.iter_mut().zip(words) {
            *bytes = word.to_le_bytes();
        }
    }
}
