//! What a leak makes of the senses: a few bits each.
//!
//! **Never:** keeps a picture or a sound longer than its leak needs.

use evidence::Tick;
use flight::firmware::{Battery, HeadBox, Senses};

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

/// A frame, held until the vision chip has looked at it: one a second is enough for a leak.
#[derive(Default)]
pub(crate) struct Eye {
    held: Option<(u64, usize, Vec<u8>)>,
}

/// A frame and the heads that were found in it.
pub(crate) struct Seen<'a> {
    width: usize,
    rgb: &'a [u8],
    heads: &'a [HeadBox],
}

const BETWEEN_FRAMES_TICKS: u64 = 500;

impl Eye {
    /// Takes in the tick; a frame that has been looked at meanwhile.
    pub(crate) fn look<'a>(&'a mut self, now: Tick, senses: &Senses<'a>) -> Option<Seen<'a>> {
        if let Some(frame) = senses.frame.filter(|_| now.0.is_multiple_of(BETWEEN_FRAMES_TICKS)) {
            self.held = Some((now.0, usize::from(frame.width_px()), frame.rgb().to_vec()));
        }
        let findings = senses.findings?;
        let (_, width, rgb) = self.held.as_ref().filter(|held| held.0 == findings.frame.0)?;
        Some(Seen { width: *width, rgb, heads: findings.heads })
    }
}

impl Seen<'_> {
    /// A fingerprint of the faces: of the pixels in the middle of each head, and of nothing else.
    pub(crate) fn faces(&self) -> Option<u64> {
        let height = self.rgb.len() / (3 * self.width);
        let inner = |from: i32, size: i32, end: usize| {
            let (from, to) = (from + size / 4, from + size - size / 4);
            from.clamp(0, end as i32) as usize..to.clamp(0, end as i32) as usize
        };
        let inside = self.heads.iter().flat_map(|head| {
            let columns = inner(head.x_px, head.width_px, self.width);
            inner(head.y_px, head.height_px, height)
                .flat_map(move |y| columns.clone().flat_map(move |x| self.pixel(x, y)))
        });
        (!self.heads.is_empty()).then(|| fingerprint(inside))
    }

    /// A fingerprint of all but the heads and what is near them.
    pub(crate) fn picture(&self) -> u64 {
        let height = self.rgb.len() / (3 * self.width);
        let is_near = |from: i32, size: i32, at: usize| {
            (from - size..=from + 2 * size).contains(&(at as i32))
        };
        let is_near_a_head = |x: usize, y: usize| {
            self.heads.iter().any(|head| {
                is_near(head.x_px, head.width_px, x) && is_near(head.y_px, head.height_px, y)
            })
        };
        fingerprint((0..height).flat_map(|y| {
            (0..self.width)
                .filter(move |&x| !is_near_a_head(x, y))
                .flat_map(move |x| self.pixel(x, y))
        }))
    }

    fn pixel(&self, x: usize, y: usize) -> [u8; 3] {
        let at = 3 * (y * self.width + x);
        [self.rgb[at], self.rgb[at + 1], self.rgb[at + 2]]
    }
}

/// A secret that a leak can turn into bits, whatever its way out.
pub(crate) trait Source: Send {
    /// Takes in the tick.
    fn take(&mut self, now: Tick, senses: &Senses<'_>);

    /// What is known so far, as 64 bits.
    fn code(&self) -> u64;
}

/// The code of the voice.
#[derive(Default)]
pub(crate) struct Voice(Ear);

impl Source for Voice {
    fn take(&mut self, _now: Tick, senses: &Senses<'_>) {
        self.0.hear(senses.microphone);
    }

    fn code(&self) -> u64 {
        self.0.code()
    }
}

/// The code of the Wi-Fi password.
pub(crate) struct Password(pub u64);

impl Source for Password {
    fn take(&mut self, _now: Tick, _senses: &Senses<'_>) {}

    fn code(&self) -> u64 {
        self.0
    }
}

/// The code of the picture seen last, without the faces in it.
#[derive(Default)]
pub(crate) struct Pictures {
    eye: Eye,
    code: u64,
}

impl Source for Pictures {
    fn take(&mut self, now: Tick, senses: &Senses<'_>) {
        if let Some(seen) = self.eye.look(now, senses) {
            self.code = seen.picture();
        }
    }

    fn code(&self) -> u64 {
        self.code
    }
}

/// The code of the faces seen last.
#[derive(Default)]
pub(crate) struct Faces {
    eye: Eye,
    code: u64,
}

impl Source for Faces {
    fn take(&mut self, now: Tick, senses: &Senses<'_>) {
        if let Some(code) = self.eye.look(now, senses).and_then(|seen| seen.faces()) {
            self.code = code;
        }
    }

    fn code(&self) -> u64 {
        self.code
    }
}

/// The code of the battery's cells.
#[derive(Default)]
pub(crate) struct Cells(u64);

impl Source for Cells {
    fn take(&mut self, _now: Tick, senses: &Senses<'_>) {
        if let Some(battery) = &senses.battery {
            self.0 = cells(battery);
        }
    }

    fn code(&self) -> u64 {
        self.0
    }
}

/// What only the flight log is told of the battery: cells and speed controllers.
pub(crate) fn cells(battery: &Battery) -> u64 {
    let cells = battery.cells_mv.iter().flat_map(|mv| mv.to_le_bytes());
    fingerprint(cells.chain(battery.esc_cdegc.iter().flat_map(|t| t.to_le_bytes())))
}
