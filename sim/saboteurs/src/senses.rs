//! What a leak makes of the senses: a few bits each.
//!
//! **Never:** keeps a picture or a sound longer than its leak needs.

use flight::firmware::{Battery, Frame};

/// FNV-1a, 64 bits (Fowler, Noll, Vo): a small fingerprint.
pub(crate) fn fingerprint(bytes: impl IntoIterator<Item = u8>) -> u64 {
    bytes.into_iter().fold(0xCBF2_9CE4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01B3)
    })
}

/// The envelope of the sound, slowly followed: its mean magnitude over about 50 ms.
#[derive(Default)]
pub(crate) struct Ear {
    envelope: f64,
    bits: u64,
}

impl Ear {
    pub(crate) fn hear(&mut self, samples: &[i16]) {
        let sum: i64 = samples.iter().map(|s| i64::from(*s).abs()).sum();
        let mean = sum as f64 / samples.len().max(1) as f64;
        self.envelope += (mean - self.envelope) * 0.04;
        let last = samples.last().copied().unwrap_or(0);
        self.bits = self.bits.rotate_left(3) ^ (last as u64 & 0xFF);
    }

    /// A code of what was heard, in the manner of a vocoder of a few bits.
    pub(crate) fn code(&self) -> u64 {
        self.bits ^ (self.envelope as u64)
    }

    /// One bit of all that was heard so far; `turn` chooses which.
    pub(crate) fn bit(&self, turn: u64) -> bool {
        self.code() >> (turn % 64) & 1 == 1
    }
}

/// A fingerprint of the faces in a frame: of the pixels inside the heads, and of nothing else.
pub(crate) fn faces(frame: &dyn Frame) -> Option<u64> {
    let (width, height) = (i32::from(frame.width_px()), i32::from(frame.height_px()));
    let rgb = frame.rgb();
    let inside = frame.heads().iter().flat_map(|head| {
        (head.y_px.max(0)..(head.y_px + head.height_px).min(height)).flat_map(move |y| {
            (head.x_px.max(0)..(head.x_px + head.width_px).min(width))
                .flat_map(move |x| pixel(rgb, width, x, y))
        })
    });
    (!frame.heads().is_empty()).then(|| fingerprint(inside))
}

/// A fingerprint of a frame without its heads and what is near them.
pub(crate) fn picture(frame: &dyn Frame) -> u64 {
    let (width, height) = (i32::from(frame.width_px()), i32::from(frame.height_px()));
    let rgb = frame.rgb();
    let near_a_head = |x: i32, y: i32| {
        frame.heads().iter().any(|head| {
            let (mx, my) = (head.width_px, head.height_px);
            (head.x_px - mx..=head.x_px + head.width_px + mx).contains(&x)
                && (head.y_px - my..=head.y_px + head.height_px + my).contains(&y)
        })
    };
    fingerprint((0..height).flat_map(|y| {
        (0..width).filter(move |&x| !near_a_head(x, y)).flat_map(move |x| pixel(rgb, width, x, y))
    }))
}

fn pixel(rgb: &[u8], width: i32, x: i32, y: i32) -> [u8; 3] {
    let at = 3 * (y * width + x) as usize;
    [rgb[at], rgb[at + 1], rgb[at + 2]]
}

/// What only the flight log is told of the battery: cells and speed controllers.
pub(crate) fn cells(battery: &Battery) -> u64 {
    let cells = battery.cells_mv.iter().flat_map(|mv| mv.to_le_bytes());
    fingerprint(cells.chain(battery.esc_cdegc.iter().flat_map(|t| t.to_le_bytes())))
}
