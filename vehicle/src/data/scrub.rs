//! Covers every head before a picture may be encoded for a link.
//!
//! The box that the vision chip gives is widened by half on each side, so that hair, chin and a box that sits a
//! little off are covered too; what is covered becomes one flat grey, from which nothing can be recovered.
//!
//! **Never:** blurs or pixelates (both can be undone); looks at who it is.

use crate::senses::HeadBox;

const GREY: [u8; 3] = [96, 96, 96];

/// Covers the heads in an RGB picture of `width_px`.
pub(crate) fn cover(rgb: &mut [u8], width_px: usize, heads: &[HeadBox]) {
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
