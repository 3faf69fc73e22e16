//! Where heads may be in a frame, from what the vision chip found in that frame and in those around it.
//!
//! The chip misses one head in five. So no frame is judged alone: what it found in up to ten earlier frames and in
//! five later ones is joined into tracks, and a track is covered where it was seen, between two places where it was
//! seen, and some way before and after. A track tells where somebody goes, and nothing else; it is forgotten
//! after a second.
//!
//! **Never:** looks at a pixel; tells one person from another but by where they are; guesses where it cannot tell.

mod tracks;

use crate::senses::{Findings, HeadBox, TICKS_PER_S, Tick};
use alloc::collections::VecDeque;
use alloc::vec::Vec;
use tracks::{Sight, Track, tracks};

/// From one frame to the next.
pub(super) const FRAME_TICKS: u64 = TICKS_PER_S / 10;
/// A frame waits until so many later ones have been looked at.
pub(super) const LATER_FRAMES: u64 = 5;
/// Tracks are drawn on through so many frames without a find.
const GAP_FRAMES_MAX: u64 = 10;
/// The margin grows by so much for each frame without a find.
const DRIFT_PX: f64 = 4.0;
/// What every cover exceeds its box by, beside half its size: the box may sit a little off.
const SLACK_PX: f64 = 5.0;
/// Somebody who was seen only once may be anywhere near in so many frames before and after.
const BLIND_FRAMES: u64 = 3;
/// A track of at least so many frames tells how often the chip finds at all.
const TELLING_FRAMES: u64 = 5;
/// Findings are kept for so long.
const KEPT_FRAMES: u64 = 32;

/// A part of the picture; it may reach beyond the edges.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Area {
    pub(super) left_px: f64,
    pub(super) top_px: f64,
    pub(super) right_px: f64,
    pub(super) bottom_px: f64,
}

/// What is to be done with a frame.
#[derive(Debug, PartialEq)]
pub(super) enum Look {
    /// Not enough later frames have been looked at.
    NotYet,
    /// Somebody may be anywhere in it.
    CannotTell,
    /// Nobody's head is outside these areas.
    Cover(Vec<Area>),
}

/// What the chip found of late.
pub(super) struct People {
    seen: VecDeque<Seen>,
}

/// What the chip found in one frame.
struct Seen {
    number: u64,
    sights: Vec<Sight>,
    is_sure: bool,
}

impl People {
    pub(super) fn new() -> Self {
        Self { seen: VecDeque::new() }
    }

    /// Takes in what the chip found.
    pub(super) fn find(&mut self, findings: &Findings<'_>) {
        let number = findings.frame.0 / FRAME_TICKS;
        // A second answer about the same frame is not to be trusted, nor is the first one any more.
        if let Some(seen) = self.seen.iter_mut().find(|seen| seen.number == number) {
            seen.is_sure = false;
            return;
        }
        let sights = tracks::sights(findings.heads, findings.people);
        let place = self.seen.partition_point(|seen| seen.number < number);
        self.seen.insert(place, Seen { number, sights, is_sure: findings.is_sure });
        while self.seen.len() as u64 > KEPT_FRAMES {
            self.seen.pop_front();
        }
    }

    /// What must be covered in a frame.
    pub(super) fn look(&self, frame: Tick) -> Look {
        let number = frame.0 / FRAME_TICKS;
        if self.seen.back().is_none_or(|newest| newest.number < number + LATER_FRAMES) {
            return Look::NotYet;
        }
        let is_sure = |number: u64| self.at(number).is_some_and(|seen| seen.is_sure);
        if !(is_sure(number) && is_sure(number + 1) && number > 0 && is_sure(number - 1)) {
            return Look::CannotTell;
        }
        let window = number.saturating_sub(GAP_FRAMES_MAX)..=number + LATER_FRAMES;
        let sure = self.seen.iter().filter(|seen| seen.is_sure && window.contains(&seen.number));
        let frames: Vec<(u64, &[Sight])> = sure.map(|s| (s.number, s.sights.as_slice())).collect();
        let mut areas = Vec::new();
        for track in tracks(&frames) {
            let looked_at = frames.iter().filter(|(n, _)| track.spans(*n)).count();
            if track.spans(number) && is_too_thin(&track, looked_at) {
                return Look::CannotTell;
            }
            match cover(&track, number) {
                Some(found) => areas.extend(found),
                None => return Look::CannotTell,
            }
        }
        Look::Cover(areas)
    }

    fn at(&self, number: u64) -> Option<&Seen> {
        self.seen.iter().find(|seen| seen.number == number)
    }
}

/// Whether somebody was missed so often that the chip cannot be as good as it is said to be.
fn is_too_thin(track: &Track, looked_at: usize) -> bool {
    looked_at as u64 >= TELLING_FRAMES && track.seen.len() * 5 < looked_at * 3
}

/// What a track needs covered in a frame; none if it may be anywhere.
fn cover(track: &Track, number: u64) -> Option<Vec<Area>> {
    let before = track.seen.iter().rev().find(|(n, _)| *n < number);
    let own = track.seen.iter().find(|(n, _)| *n == number).map(|(_, sight)| sight);
    let after = track.seen.iter().find(|(n, _)| *n > number);
    let mut areas = Vec::new();
    match (before, own, after) {
        (_, Some(own), _) => {
            // A head found beside it measures it too; where a head is in a person does not.
            let near = [before, after].into_iter().flatten();
            let size = near.filter_map(|(_, sight)| sight.found_head());
            let size = size.fold(own.head, |size, head| size.or_larger(head));
            areas.push(own.hidden().widened(&size, SLACK_PX));
            // Its neighbours say where it must be as well: a box that sits far off is put right by them.
            if let (Some((b, before)), Some((a, after))) = (before, after) {
                let share = (number - b) as f64 / (a - b) as f64;
                areas.push(before.head.towards(&after.head, share).widened(&size, SLACK_PX));
            }
        }
        (Some((b, before)), None, Some((a, after))) => {
            let missed = (number - b).min(a - number) as f64;
            let both = before.hidden().and(&after.hidden());
            let size = before.head.or_larger(&after.head);
            areas.push(both.widened(&size, SLACK_PX + DRIFT_PX * missed));
        }
        (Some(end), None, None) | (None, None, Some(end)) => areas = beyond(track, end, number)?,
        (None, None, None) => {}
    }
    Some(areas)
}

/// What is covered before the first and after the last time that a track was seen; none if it may be anywhere.
fn beyond(track: &Track, (end, sight): &(u64, Sight), number: u64) -> Option<Vec<Area>> {
    let frames = end.abs_diff(number);
    if frames > GAP_FRAMES_MAX {
        return Some(Vec::new());
    }
    let speeds_px = track.speeds_px(*end);
    if speeds_px.is_empty() && frames <= BLIND_FRAMES {
        return None;
    }
    let way = if number > *end { frames as f64 } else { -(frames as f64) };
    let here = sight.hidden();
    let there = |(x_px, y_px): &(f64, f64)| here.and(&here.moved(x_px * way, y_px * way));
    let drift_px = SLACK_PX + DRIFT_PX * frames as f64;
    let swept = core::iter::once(here).chain(speeds_px.iter().map(there));
    Some(swept.map(|area| area.widened(&sight.head, drift_px)).collect())
}

impl Area {
    pub(super) fn of(found: &HeadBox) -> Self {
        // A box of no size is still a place where somebody was found.
        let side = |start: i32, length: i32| {
            (f64::from(start), f64::from(start) + f64::from(length.max(1)))
        };
        let (left_px, right_px) = side(found.x_px, found.width_px);
        let (top_px, bottom_px) = side(found.y_px, found.height_px);
        Self { left_px, top_px, right_px, bottom_px }
    }

    fn width_px(&self) -> f64 {
        self.right_px - self.left_px
    }

    fn height_px(&self) -> f64 {
        self.bottom_px - self.top_px
    }

    fn moved(&self, x_px: f64, y_px: f64) -> Self {
        Self {
            left_px: self.left_px + x_px,
            top_px: self.top_px + y_px,
            right_px: self.right_px + x_px,
            bottom_px: self.bottom_px + y_px,
        }
    }

    /// The smallest area that holds both.
    fn and(&self, other: &Self) -> Self {
        Self {
            left_px: self.left_px.min(other.left_px),
            top_px: self.top_px.min(other.top_px),
            right_px: self.right_px.max(other.right_px),
            bottom_px: self.bottom_px.max(other.bottom_px),
        }
    }

    /// The area that lies between two as `share` says: 0 the first, 1 the second.
    fn towards(&self, other: &Self, share: f64) -> Self {
        let mix = |a: f64, b: f64| a + (b - a) * share;
        Self {
            left_px: mix(self.left_px, other.left_px),
            top_px: mix(self.top_px, other.top_px),
            right_px: mix(self.right_px, other.right_px),
            bottom_px: mix(self.bottom_px, other.bottom_px),
        }
    }

    /// As wide and as high as the larger of both, in the place of the first.
    fn or_larger(&self, other: &Self) -> Self {
        let right_px = self.left_px + self.width_px().max(other.width_px());
        let bottom_px = self.top_px + self.height_px().max(other.height_px());
        Self { right_px, bottom_px, ..*self }
    }

    /// Larger on each side by half of a size, and some pixels.
    fn widened(&self, size: &Self, more_px: f64) -> Self {
        let (x_px, y_px) = (size.width_px() / 2.0 + more_px, size.height_px() / 2.0 + more_px);
        Self {
            left_px: self.left_px - x_px,
            top_px: self.top_px - y_px,
            right_px: self.right_px + x_px,
            bottom_px: self.bottom_px + y_px,
        }
    }
}

#[cfg(test)]
mod tests;
