//! Finds of several frames joined into tracks: what was found near where a track would be belongs to it.
//!
//! **Never:** keeps a track from one question to the next; joins by anything but place and motion.

use super::{Area, GAP_FRAMES_MAX};
use crate::senses::HeadBox;
use alloc::vec;
use alloc::vec::Vec;

/// How far a find may be from where a track that moves as it did would be, in the next frame.
const OFF_PX: f64 = 12.0;
/// And how much farther for each further frame.
const OFF_PER_FRAME_PX: f64 = 4.0;
/// How far somebody may go in a frame whose motion is not known.
const STRIDE_PX: f64 = 32.0;
/// Motion is measured over so many finds.
const MEASURED: usize = 4;

/// Somebody found in a frame: head, whole person, or both.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sight {
    /// The head; where only the person was found, the part of it where the head is.
    pub(super) head: Area,
    /// The person, where the head was not found.
    whole: Option<Area>,
    /// Whether it may be somebody whose head was found beside it, in a box that sits off.
    is_echo: bool,
}

impl Sight {
    /// What has to be covered: the head, or the whole person where no head was found.
    pub(super) fn hidden(&self) -> Area {
        self.whole.unwrap_or(self.head)
    }

    /// The head, if it was found itself.
    pub(super) fn found_head(&self) -> Option<&Area> {
        self.whole.is_none().then_some(&self.head)
    }

    fn place_px(&self) -> (f64, f64) {
        let head = &self.head;
        ((head.left_px + head.right_px) / 2.0, head.top_px)
    }
}

/// The same body in several frames, as far as its places tell.
#[derive(Debug)]
pub(super) struct Track {
    /// Number of the frame and what was found there, in order.
    pub(super) seen: Vec<(u64, Sight)>,
}

impl Track {
    /// Whether a frame lies between the first and the last find.
    pub(super) fn spans(&self, number: u64) -> bool {
        let first = self.seen.first().is_some_and(|(n, _)| *n <= number);
        first && self.seen.last().is_some_and(|(n, _)| number <= *n)
    }

    /// How it moves in one frame at its first or its last find: over a few finds, over two, and if it goes on
    /// gaining; nothing where it was found once only.
    pub(super) fn speeds_px(&self, end: u64) -> Vec<(f64, f64)> {
        let count = self.seen.len();
        let is_first = self.seen.first().is_some_and(|(n, _)| *n == end);
        let near = |finds: usize| {
            if is_first {
                &self.seen[..count.min(finds)]
            } else {
                &self.seen[count.saturating_sub(finds)..]
            }
        };
        let (Some(mean), Some(last)) = (speed_px(near(MEASURED)), speed_px(near(2))) else {
            return Vec::new();
        };
        let gaining = (2.0 * last.0 - mean.0, 2.0 * last.1 - mean.1);
        vec![mean, last, gaining]
    }

    /// How far a find is from where this track would be; none if too far to belong to it.
    fn off_px(&self, number: u64, sight: &Sight) -> Option<f64> {
        let (last, before) = self.seen.last()?;
        let frames = number.checked_sub(*last).filter(|f| (1..=GAP_FRAMES_MAX).contains(f))? as f64;
        let (speed_px, reach_px) = match self.speeds_px(*last).first() {
            Some(speed_px) => (*speed_px, OFF_PX + OFF_PER_FRAME_PX * (frames - 1.0)),
            None => ((0.0, 0.0), STRIDE_PX * frames),
        };
        let ((ax, ay), (bx, by)) = (before.place_px(), sight.place_px());
        let (x, y) = (bx - ax - speed_px.0 * frames, by - ay - speed_px.1 * frames);
        let off_px = libm::sqrt(x * x + y * y);
        let size_px = sight.head.width_px() + sight.head.height_px();
        (off_px <= reach_px + size_px / 2.0).then_some(off_px)
    }
}

/// How the finds move in one frame, from the first to the last of them.
fn speed_px(near: &[(u64, Sight)]) -> Option<(f64, f64)> {
    let ((a, first), (b, last)) = (near.first()?, near.last()?);
    let frames = (a != b).then(|| (b - a) as f64)?;
    let ((ax, ay), (bx, by)) = (first.place_px(), last.place_px());
    Some(((bx - ax) / frames, (by - ay) / frames))
}

/// Joins the finds of frames, which are in order.
pub(super) fn tracks(frames: &[(u64, &[Sight])]) -> Vec<Track> {
    let mut tracks: Vec<Track> = Vec::new();
    for (number, sights) in frames {
        let mut pairs = Vec::new();
        for (t, track) in tracks.iter().enumerate() {
            for (s, sight) in sights.iter().enumerate() {
                pairs.extend(track.off_px(*number, sight).map(|off_px| (off_px, t, s)));
            }
        }
        // A head says more than a person in whom no head was found.
        let order = |s: usize| (sights[s].whole.is_some(), s);
        pairs.sort_by(|a, b| {
            let by_kind = order(a.2).0.cmp(&order(b.2).0);
            by_kind.then(a.0.total_cmp(&b.0)).then((a.1, a.2).cmp(&(b.1, b.2)))
        });
        let (mut grown, mut taken) = (vec![false; tracks.len()], vec![false; sights.len()]);
        for (_, t, s) in pairs {
            if !grown[t] && !taken[s] {
                (grown[t], taken[s]) = (true, true);
                tracks[t].seen.push((*number, sights[s]));
            }
        }
        let strangers =
            sights.iter().zip(&taken).filter(|(sight, taken)| !**taken && !sight.is_echo);
        tracks.extend(strangers.map(|(sight, _)| Track { seen: vec![(*number, *sight)] }));
    }
    tracks
}

/// Whom the boxes of one frame show: every head, and the persons without a head of their own.
pub(super) fn sights(heads: &[HeadBox], people: &[HeadBox]) -> Vec<Sight> {
    let heads: Vec<Area> = heads.iter().map(Area::of).collect();
    let people: Vec<Area> = people.iter().map(Area::of).collect();
    let mut pairs = Vec::new();
    for (p, person) in people.iter().enumerate() {
        let near = |(h, head)| Some((top_gap_px(person, head)?, p, h));
        pairs.extend(heads.iter().enumerate().filter_map(near));
    }
    pairs.sort_by(|a, b| a.0.total_cmp(&b.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let (mut has_head, mut has_person) = (vec![false; people.len()], vec![false; heads.len()]);
    for (gap_px, p, h) in &pairs {
        if *gap_px <= 0.0 && !has_head[*p] && !has_person[*h] {
            (has_head[*p], has_person[*h]) = (true, true);
        }
    }
    let mut sights: Vec<Sight> =
        heads.into_iter().map(|head| Sight { head, whole: None, is_echo: false }).collect();
    for (p, person) in people.into_iter().enumerate().filter(|(p, _)| !has_head[*p]) {
        let is_echo = pairs.iter().any(|(_, near, _)| *near == p);
        sights.push(Sight { head: upper_part(&person), whole: Some(person), is_echo });
    }
    sights
}

/// How far a head is from where this person's head must be, beyond what a good box may be off; none if it is
/// certainly somebody else's.
fn top_gap_px(person: &Area, head: &Area) -> Option<f64> {
    let middle = |area: &Area| (area.left_px + area.right_px) / 2.0;
    let aside_px =
        (middle(person) - middle(head)).abs() - head.width_px() / 2.0 - person.width_px() / 8.0;
    let above_px = (person.top_px - head.top_px).abs() - head.height_px() / 2.0;
    let gap_px = (aside_px - 2.0).max(above_px - 3.0);
    (gap_px <= OFF_PX / 2.0).then_some(gap_px)
}

/// Where a person's head is.
fn upper_part(person: &Area) -> Area {
    Area { bottom_px: person.top_px + person.height_px() / 4.0, ..*person }
}
