//! The scrubbed copies that wait in memory in case the pilot shares what was taken.
//!
//! **Never:** keeps a pixel that was not covered; lets anybody know a place without a grant for that; outlives the
//! power.

use crate::data::exif::Place;
use crate::data::scrub::{Covered, Scrubbed};
use crate::data::whole::Capture;
use crate::words::Recipient;
use alloc::collections::VecDeque;
use alloc::vec::Vec;

/// Copies kept for sharing; older ones are dropped.
const STILLS_MAX: usize = 8;
const FILMS_MAX: usize = 2;

/// All copies, oldest first.
pub(super) struct Copies {
    stills: VecDeque<Still>,
    films: VecDeque<(u32, Scrubbed)>,
}

/// The scrubbed copy of a still.
struct Still {
    object: u32,
    plain: Scrubbed,
    /// With its place, where it knows it, and for whom.
    placed: Option<Scrubbed>,
    placed_for: Vec<Recipient>,
}

impl Copies {
    pub(super) fn none() -> Self {
        Self { stills: VecDeque::new(), films: VecDeque::new() }
    }

    /// Keeps the copy of a still; whether it could be made.
    pub(super) fn keep_still(
        &mut self,
        object: u32,
        covered: &Covered,
        place: Option<Place>,
    ) -> bool {
        let Some(plain) = Scrubbed::still(covered, None) else { return false };
        let placed = place.and_then(|place| Scrubbed::still(covered, Some(place)));
        if self.stills.len() == STILLS_MAX {
            self.stills.pop_front();
        }
        self.stills.push_back(Still { object, plain, placed, placed_for: Vec::new() });
        true
    }

    /// Keeps the copy of a film.
    pub(super) fn keep_film(&mut self, object: u32, film: Scrubbed) {
        if self.films.len() == FILMS_MAX {
            self.films.pop_front();
        }
        self.films.push_back((object, film));
    }

    /// The copy of a still or a film for somebody: with its place where that is granted as well.
    pub(super) fn shared(&self, object: u32, to: Recipient) -> Option<&Scrubbed> {
        if let Some(still) = self.stills.iter().find(|still| still.object == object) {
            let placed = still.placed.as_ref().filter(|_| still.placed_for.contains(&to));
            return Some(placed.unwrap_or(&still.plain));
        }
        self.films.iter().find(|kept| kept.0 == object).map(|(_, copy)| copy)
    }

    /// Takes note of who may know the place of which still now.
    pub(super) fn let_place(&mut self, may: impl Fn(u32, Recipient) -> bool) {
        for still in self.stills.iter_mut().filter(|still| still.placed.is_some()) {
            let object = still.object;
            let all = [Recipient::Pilot, Recipient::Maker].into_iter();
            still.placed_for = all.filter(|to| may(object, *to)).collect();
        }
    }

    /// Drops what belongs to a capture.
    pub(super) fn drop(&mut self, capture: Capture) {
        match capture {
            Capture::Still(object) => self.stills.retain(|still| still.object != object),
            Capture::Film(object) => self.films.retain(|kept| kept.0 != object),
            Capture::View | Capture::Sound(_) => {}
        }
    }
}
