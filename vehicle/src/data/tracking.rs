//! Whom the pilot has the camera follow in the picture: a box, from frame to frame.
//!
//! It starts from where the pilot points, and then goes from box to box among the whole people that the vision chip
//! finds, by place alone. The chip may miss somebody for a second; after that the box is lost.
//!
//! **Never:** looks at a pixel or a head; starts by itself; finds again whom it has lost.

use crate::radio::aboard::camera::PICTURE_PX;
use crate::senses::{Findings, HeadBox, TICKS_PER_S, Tick};

/// Who was not found for so long is lost.
const LOST_TICKS: u64 = TICKS_PER_S;
/// How far somebody may have gone since he was found, as a part of his own height, and in pixels for each frame.
const STRIDE_SHARE: i32 = 2;
const STRIDE_PX: i32 = 8;
const FRAME_TICKS: u64 = TICKS_PER_S / 10;

/// What to follow, in parts of the picture's sides from its upper left corner.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Target {
    /// Whoever is here.
    Point { x: f64, y: f64 },
    /// Whoever is in here.
    Rectangle { left: f64, top: f64, right: f64, bottom: f64 },
}

/// How the pilot has pointed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum By {
    /// With a point.
    Point,
    /// With a rectangle.
    Rectangle,
}

/// What is followed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Track {
    /// How it was pointed at.
    pub by: By,
    /// Where it was found last.
    pub found: Option<HeadBox>,
    /// Whether it was not found for too long.
    pub is_lost: bool,
    target: Target,
    seen_at: Tick,
}

impl Track {
    /// Follows what is at a target from now on.
    pub(crate) fn begin(target: Target, now: Tick) -> Self {
        let by = match target {
            Target::Point { .. } => By::Point,
            Target::Rectangle { .. } => By::Rectangle,
        };
        Self { by, found: None, is_lost: false, target, seen_at: now }
    }

    /// One tick: takes in what the chip has found.
    pub(crate) fn step(&mut self, now: Tick, findings: Option<&Findings<'_>>) {
        if self.is_lost {
            return;
        }
        if let Some(found) = findings.and_then(|findings| self.next(now, findings.people)) {
            self.found = Some(found);
            self.seen_at = now;
        }
        self.is_lost = now.0 >= self.seen_at.0 + LOST_TICKS;
    }

    /// The box that goes on from the last one; the first one is where the pilot has pointed.
    fn next(&self, now: Tick, people: &[HeadBox]) -> Option<HeadBox> {
        let (middle, reach_px) = match self.found {
            Some(last) => {
                let frames = (now.0.saturating_sub(self.seen_at.0) / FRAME_TICKS).max(1) as i32;
                let reach_px = last.height_px / STRIDE_SHARE + STRIDE_PX * frames;
                (doubled_middle(&last), Some(reach_px))
            }
            None => (self.aim(), None),
        };
        let is_near = |found: &&HeadBox| match reach_px {
            Some(reach_px) => distance(middle, doubled_middle(found)) <= 2 * i64::from(reach_px),
            None => self.hits(found),
        };
        // Of two at the same distance the larger one, which the chip names first.
        people.iter().filter(is_near).min_by_key(|b| distance(middle, doubled_middle(b))).copied()
    }

    /// Where the pilot has pointed, twice over, in pixels.
    fn aim(&self) -> (i32, i32) {
        let (x, y) = match self.target {
            Target::Point { x, y } => (2.0 * x, 2.0 * y),
            Target::Rectangle { left, top, right, bottom } => (left + right, top + bottom),
        };
        let px = |part: f64, side: u16| libm::round(part * f64::from(side)) as i32;
        (px(x, PICTURE_PX.0), px(y, PICTURE_PX.1))
    }

    /// Whether the pilot has pointed at a box.
    fn hits(&self, found: &HeadBox) -> bool {
        let px = |part: f64, side: u16| part * f64::from(side);
        let [left, top] = [f64::from(found.x_px), f64::from(found.y_px)];
        let (right, bottom) = (left + f64::from(found.width_px), top + f64::from(found.height_px));
        match self.target {
            Target::Point { x, y } => {
                let (x, y) = (px(x, PICTURE_PX.0), px(y, PICTURE_PX.1));
                (left..=right).contains(&x) && (top..=bottom).contains(&y)
            }
            Target::Rectangle { left: l, top: t, right: r, bottom: b } => {
                let (across, down) = PICTURE_PX;
                px(l, across) <= right
                    && left <= px(r, across)
                    && px(t, down) <= bottom
                    && top <= px(b, down)
            }
        }
    }
}

/// The middle of a box, twice over: a whole number of pixels.
fn doubled_middle(found: &HeadBox) -> (i32, i32) {
    let middle = |start: i32, length: i32| start.saturating_mul(2).saturating_add(length);
    (middle(found.x_px, found.width_px), middle(found.y_px, found.height_px))
}

fn distance(a: (i32, i32), b: (i32, i32)) -> i64 {
    i64::from(a.0).abs_diff(i64::from(b.0)).max(i64::from(a.1).abs_diff(i64::from(b.1))) as i64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(x_px: i32, y_px: i32) -> HeadBox {
        HeadBox { x_px, y_px, width_px: 20, height_px: 60 }
    }

    fn see(track: &mut Track, tick: u64, people: &[HeadBox]) {
        let findings = Findings { frame: Tick(tick), heads: &[], people, is_sure: true };
        track.step(Tick(tick), Some(&findings));
    }

    #[test]
    fn it_starts_where_the_pilot_points_and_nowhere_else() {
        let point = |x, y| Target::Point { x, y };
        let rectangle = |left, top, right, bottom| Target::Rectangle { left, top, right, bottom };
        let people = [person(100, 80), person(200, 100)];
        for (name, target, expected) in [
            ("on the first", point(0.35, 0.4), Some(100)),
            ("on the second", point(0.65, 0.6), Some(200)),
            ("on nobody", point(0.1, 0.9), None),
            ("around the second", rectangle(0.6, 0.3, 0.8, 0.8), Some(200)),
            ("around both, nearer to the first", rectangle(0.2, 0.2, 0.7, 0.7), Some(100)),
            ("around nobody", rectangle(0.0, 0.0, 0.2, 0.2), None),
        ] {
            let mut track = Track::begin(target, Tick(0));
            see(&mut track, 50, &people);
            assert_eq!(track.found.map(|found| found.x_px), expected, "{name}");
        }
    }

    #[test]
    fn it_goes_on_by_place_waits_a_second_and_is_then_lost_for_good() {
        let mut track = Track::begin(Target::Point { x: 0.35, y: 0.4 }, Tick(0));
        for (tick, people, found, is_lost) in [
            (50, &[person(100, 80)][..], Some(100), false),
            (100, &[person(220, 80), person(106, 80)], Some(106), false),
            (150, &[person(220, 80)], Some(106), false),
            (200, &[], Some(106), false),
            (250, &[person(140, 80)], Some(140), false),
            (700, &[person(300, 200)], Some(140), false),
            (750, &[person(300, 200)], Some(140), true),
            (800, &[person(140, 80)], Some(140), true),
        ] {
            see(&mut track, tick, people);
            let seen = (track.found.map(|found| found.x_px), track.is_lost);
            assert_eq!(seen, (found, is_lost), "at {tick}");
        }
    }

    #[test]
    fn boxes_that_make_no_sense_are_followed_without_harm() {
        for side in [i32::MIN, -1, 0, i32::MAX] {
            let mut track = Track::begin(Target::Point { x: 0.0, y: 0.0 }, Tick(0));
            let found = HeadBox { x_px: side, y_px: side, width_px: side, height_px: side };
            see(&mut track, 50, &[found]);
            see(&mut track, 100, &[found, person(0, 0)]);
            assert!(!track.is_lost);
        }
    }
}
