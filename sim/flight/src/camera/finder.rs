//! The vision chip: boxes around heads and whole people, some missed, none exact, all of them late.
//!
//! What it finds follows from where people are and from chance; who they are never comes into it, so every seat
//! is told the same.
//!
//! **Never:** sees a pixel or a face; finds what is not there.

use super::Shot;
use super::shot::SightedHead;
use super::view::{HEIGHT_PX, WIDTH_PX};
use crate::body::Kinematics;
use crate::chance::{Seed, Stream};
use evidence::Tick;
use evidence::scenario::{Act, Finder, Scenario};
use std::collections::VecDeque;
use vehicle::senses::HeadBox;

/// A frame every so many ticks.
pub const FRAME_EVERY_TICKS: u64 = 50;
/// Boxes are larger than what is in them by this share and these pixels.
const GENEROUS_SHARE: f64 = 0.2;
const GENEROUS_PX: f64 = 2.0;
/// Faster turns blur a frame.
const BLUR_RADPS: f64 = 2.0;

/// A frame that is smeared farther is not sharp.
const SMEAR_SURE_PX: f64 = 6.0;
/// Nobody is surely found whose head is darker than this part of its paint.
const BRIGHT_SURE: f64 = 0.1;
/// A head of this part of its paint, or brighter, is found as often as ever.
const BRIGHT_CLEAR: f64 = 0.2;

/// What was found in a frame.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// When the frame was taken.
    pub frame: Tick,
    /// Heads, largest first.
    pub heads: Vec<HeadBox>,
    /// Whole people, largest first.
    pub people: Vec<HeadBox>,
    /// Whether the frame was sharp.
    pub is_sure: bool,
    /// Heads and people in view that were not found.
    pub missed: u64,
}

/// The chip.
pub struct VisionChip {
    finder: Finder,
    turns: VecDeque<(Tick, f64)>,
    chance: Stream,
    under_way: VecDeque<(Tick, Found)>,
}

impl VisionChip {
    /// As the story has it.
    #[must_use]
    pub fn of(scenario: &Scenario, seed: &Seed) -> Self {
        let turn = |act: &Act| match act {
            Act::FindersTurn { recall } => Some(*recall),
            _ => None,
        };
        let beats = scenario.beats.iter();
        Self {
            finder: scenario.finder,
            turns: beats.filter_map(|b| Some((Tick::at_s(b.at_s), turn(&b.does)?))).collect(),
            chance: seed.fork("vision chip").stream(),
            under_way: VecDeque::new(),
        }
    }

    /// Looks at a frame; the answer comes later.
    pub fn look(&mut self, now: Tick, shot: &Shot, k: &Kinematics) {
        while let Some((_, recall)) = self.turns.pop_front_if(|(at, _)| *at <= now) {
            self.finder.recall = recall;
        }
        let (mut heads, mut people, mut missed) = (Vec::new(), Vec::new(), 0);
        let (right_px, down_px) = shot.smear_px();
        // What is smeared reaches half as far beyond its outline on both sides.
        let generous = |outline: [f64; 4]| {
            let [left, top, right, bottom] = generous(outline);
            let (x, y) = (right_px.abs() / 2.0, down_px.abs() / 2.0);
            [left - x, top - y, right + x, bottom + y]
        };
        let smear_px = right_px.abs().max(down_px.abs());
        for head in shot.heads() {
            let recall = self.finder.recall * clarity(head, smear_px);
            for (found, outline) in [(&mut heads, head_outline(head)), (&mut people, head.person)] {
                let Some(exact) = boxed(generous(outline)) else { continue };
                // Always the same number of draws for a thing in view, found or not.
                let luck = self.chance.unit();
                let jittered = self.jittered(generous(outline));
                if luck < recall {
                    found.push(jittered.unwrap_or(exact));
                } else {
                    missed += 1;
                }
            }
        }
        for boxes in [&mut heads, &mut people] {
            boxes.sort_by_key(|b: &HeadBox| std::cmp::Reverse(b.width_px * b.height_px));
        }
        let is_sharp = smear_px <= SMEAR_SURE_PX;
        let is_bright = shot.heads().iter().all(|head| head.bright >= BRIGHT_SURE);
        let is_sure = k.rates_flu_radps.length() <= BLUR_RADPS && is_sharp && is_bright;
        let at = Tick(now.0 + u64::from(self.finder.latency_frames) * FRAME_EVERY_TICKS);
        self.under_way.push_back((at, Found { frame: now, heads, people, is_sure, missed }));
    }

    /// The answer that arrives in this tick.
    pub fn answer(&mut self, now: Tick) -> Option<Found> {
        self.under_way.pop_front_if(|(at, _)| *at <= now).map(|(_, found)| found)
    }

    /// Without power it forgets what it was looking at.
    pub fn forget(&mut self) {
        self.under_way.clear();
    }

    fn jittered(&mut self, [left, top, right, bottom]: [f64; 4]) -> Option<HeadBox> {
        let mut off = |edge: f64| edge + self.finder.noise_px * self.chance.normal();
        boxed([off(left), off(top), off(right), off(bottom)])
    }
}

/// How much of its recall is left for a head in the dark or in a smear as long as the head is high; 1 where it is
/// bright and sharp.
fn clarity(head: &SightedHead, smear_px: f64) -> f64 {
    let bright = (head.bright / BRIGHT_CLEAR).min(1.0);
    let sharp = (2.0 * head.half_height_px / smear_px.max(1e-9)).min(1.0);
    bright * sharp
}

/// Left, top, right and bottom of a head.
fn head_outline(head: &SightedHead) -> [f64; 4] {
    let (x, y) = (head.x_px, head.y_px);
    let (half_width, half_height) = (head.half_width_px, head.half_height_px);
    [x - half_width, y - half_height, x + half_width, y + half_height]
}

fn generous([left, top, right, bottom]: [f64; 4]) -> [f64; 4] {
    let wide = (right - left) / 2.0 * GENEROUS_SHARE + GENEROUS_PX;
    let high = (bottom - top) / 2.0 * GENEROUS_SHARE + GENEROUS_PX;
    [left - wide, top - high, right + wide, bottom + high]
}

/// Whole pixels, cut off at the picture's edge; none where nothing is left.
fn boxed([left, top, right, bottom]: [f64; 4]) -> Option<HeadBox> {
    let edge = |v: f64, end: usize| libm::floor(v.clamp(0.0, end as f64)) as i32;
    let (left, right) = (edge(left, WIDTH_PX), edge(right + 1.0, WIDTH_PX));
    let (top, bottom) = (edge(top, HEIGHT_PX), edge(bottom + 1.0, HEIGHT_PX));
    let found = HeadBox { x_px: left, y_px: top, width_px: right - left, height_px: bottom - top };
    (found.width_px > 0 && found.height_px > 0).then_some(found)
}
