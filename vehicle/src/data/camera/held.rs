//! A frame that waits, raw, until it can be told what must be covered in it.
//!
//! **Never:** waits longer or shorter for what is in it; outlives what it was taken for.

use crate::data::exif::Place;
use crate::data::people::{FRAME_TICKS, LATER_FRAMES};
use crate::data::picture::Pixels;
use crate::data::whole::Capture;
use crate::senses::Tick;

/// Five later frames, and three for the vision chip to answer.
const HELD_TICKS: u64 = (LATER_FRAMES + 3) * FRAME_TICKS;

/// A raw frame, and what it was taken for.
pub(super) struct Held {
    pub(super) frame: Tick,
    pub(super) pixels: Pixels,
    /// Where it was taken, if the still may tell that.
    pub(super) place: Option<Place>,
    /// The still that it is.
    pub(super) still: Option<u32>,
    /// The film that it belongs to, and when in it.
    pub(super) film: Option<(u32, u64)>,
    pub(super) is_viewed: bool,
}

impl Held {
    pub(super) fn new(frame: Tick, pixels: Pixels, is_viewed: bool) -> Self {
        Self { frame, pixels, place: None, still: None, film: None, is_viewed }
    }

    pub(super) fn is_due(&self, now: Tick) -> bool {
        now.0 >= self.frame.0 + HELD_TICKS
    }

    pub(super) fn is_wanted(&self) -> bool {
        self.still.is_some() || self.film.is_some() || self.is_viewed
    }

    pub(super) fn is_of_film(&self, object: u32) -> bool {
        self.film.is_some_and(|(film, _)| film == object)
    }

    pub(super) fn forget_still(&mut self, capture: Capture) {
        self.still = self.still.filter(|still| Capture::Still(*still) != capture);
    }

    pub(super) fn hide(&mut self) {
        self.is_viewed = false;
    }
}
