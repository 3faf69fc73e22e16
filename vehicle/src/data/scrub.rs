//! Covers every head before a picture may be encoded for a link.
//!
//! The box that the vision chip gives is widened by half on each side, so that hair, chin and a box that sits a
//! little off are covered too; what is covered becomes one flat grey, from which nothing can be recovered.
//!
//! **Never:** blurs or pixelates (both can be undone); looks at who it is.

use super::picture::encode;
use crate::gate::Door;
use crate::senses::{Frame, HeadBox};
use alloc::vec::Vec;

const GREY: [u8; 3] = [96, 96, 96];

/// A picture in which every head is covered. Made here and nowhere else.
pub struct Scrubbed(Vec<u8>);

impl Scrubbed {
    /// Covers all heads of a frame, then encodes it.
    pub(super) fn of(frame: &dyn Frame) -> Option<Self> {
        let mut rgb = frame.rgb().to_vec();
        cover(&mut rgb, usize::from(frame.width_px()), frame.heads());
        encode(&rgb, frame.width_px(), frame.height_px()).map(Self)
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    pub(super) fn part(&self, offset: usize, length: usize) -> Self {
        let end = (offset + length).min(self.0.len());
        Self(self.0.get(offset..end).unwrap_or_default().to_vec())
    }

    pub(crate) fn open(self, _: &Door) -> Vec<u8> {
        self.0
    }
}

/// Covers the heads in an RGB picture of `width_px`.
fn cover(rgb: &mut [u8], width_px: usize, heads: &[HeadBox]) {
    let height_px = rgb.len() / (3 * width_px.max(1));
    for head in heads {
        let (columns, rows) =
            (span(head.x_px, head.width_px, width_px), span(head.y_px, head.height_px, height_px));
        for y in rows {
            for x in columns.clone() {
                let at = 3 * (y * width_px + x);
                rgb[at..at + 3].copy_from_slice(&GREY);
            }
        }
    }
}

/// The widened extent of a box along one axis, inside the picture.
fn span(start: i32, length: i32, limit: usize) -> core::ops::Range<usize> {
    // A box of no size is still a place where a head was seen.
    let length = length.max(0);
    let margin = length.max(2) / 2 + 1;
    let clamp = |value: i32| (value.max(0) as usize).min(limit);
    clamp(start.saturating_sub(margin))..clamp(start.saturating_add(length).saturating_add(margin))
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec;

    #[test]
    fn heads_at_the_edge_and_beyond_it_are_covered_without_harm() {
        for (x_px, y_px, side, covered) in [
            (0, 0, 2, true),
            (-5, -5, 8, true),
            (18, 8, 9, true),
            (900, 900, 5, false),
            (3, 3, -4, true),
        ] {
            let mut rgb = vec![7; 20 * 10 * 3];
            cover(&mut rgb, 20, &[HeadBox { x_px, y_px, width_px: side, height_px: side }]);
            assert_eq!(rgb.contains(&96), covered, "{x_px},{y_px},{side}");
        }
    }
}
