//! People walk under a camera that flies and turns; a chip finds them at four out of five. No head may stay open.

use super::*;
use crate::senses::Findings;
use alloc::vec;
use core::f64::consts::TAU;

const WIDTH_PX: f64 = 320.0;
const HEIGHT_PX: f64 = 240.0;
const FOCAL_PX: f64 = 277.0;
/// Heads of fewer pixels are no heads.
const SMALLEST_PX: f64 = 2.0;

/// A small generator (SplitMix64): the same walk and the same misses every time.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.unit()
    }

    /// Near enough to a normal deviate: twelve evens, so it can be off by six standard deviations.
    fn normal(&mut self) -> f64 {
        (0..12).map(|_| self.unit()).sum::<f64>() - 6.0
    }
}

/// A chip: how often it finds, how far its boxes are off, whether its boxes are generous.
#[derive(Clone, Copy)]
struct Chip {
    recall: f64,
    noise_px: f64,
    is_generous: bool,
}

struct Walker {
    at_m: (f64, f64),
    way_rad: f64,
    speed_mps: f64,
    height_m: f64,
}

/// A camera 35 degrees down.
struct Eye {
    at_m: (f64, f64),
    height_m: f64,
    heading_rad: f64,
    /// East, north, up in m/s; turn in rad/s.
    moves: [f64; 4],
    wanted: [f64; 4],
}

impl Eye {
    /// Where a point is in the picture, and the pixels of a metre there.
    fn sees(&self, (e, n): (f64, f64), up_m: f64) -> Option<(f64, f64, f64)> {
        let (sin, cos) = libm::sincos(self.heading_rad);
        let (e, n, u) = (e - self.at_m.0, n - self.at_m.1, up_m - self.height_m);
        let (right, ahead) = (e * cos - n * sin, e * sin + n * cos);
        let (down_sin, down_cos) = (0.5736, 0.8192);
        let depth = ahead * down_cos - u * down_sin;
        let up = ahead * down_sin + u * down_cos;
        let scale = FOCAL_PX / depth;
        (depth > 0.5).then(|| (WIDTH_PX / 2.0 + right * scale, HEIGHT_PX / 2.0 - up * scale, scale))
    }
}

/// The true head as an ellipse: middle and half axes.
#[derive(Clone, Copy)]
struct Head {
    x: f64,
    y: f64,
    half_width: f64,
    half_height: f64,
}

impl Head {
    fn is_in_view(&self) -> bool {
        self.x + self.half_width > 0.0
            && self.x - self.half_width < WIDTH_PX
            && self.y + self.half_height > 0.0
            && self.y - self.half_height < HEIGHT_PX
            && 2.0 * self.half_height >= SMALLEST_PX
    }

    /// Pixels of it in the picture that no area holds.
    fn open_px(&self, areas: &[Area]) -> usize {
        let span = |middle: f64, half: f64, end: f64| {
            let clamp = |v: f64| v.clamp(0.0, end) as i32;
            clamp(middle - half - 1.0)..clamp(middle + half + 2.0)
        };
        let mut open = 0;
        for row in span(self.y, self.half_height, HEIGHT_PX) {
            for column in span(self.x, self.half_width, WIDTH_PX) {
                let (x, y) = (f64::from(column) + 0.5, f64::from(row) + 0.5);
                let (u, v) = ((x - self.x) / self.half_width, (y - self.y) / self.half_height);
                let is_held = |a: &Area| {
                    (a.left_px..a.right_px).contains(&x) && (a.top_px..a.bottom_px).contains(&y)
                };
                open += usize::from(u * u + v * v <= 1.0 && !areas.iter().any(is_held));
            }
        }
        open
    }
}

struct Story {
    eye: Eye,
    walkers: Vec<Walker>,
    chance: Chance,
}

impl Story {
    fn new(seed: u64) -> Self {
        let mut chance = Chance(seed);
        let eye = Eye {
            at_m: (0.0, 0.0),
            height_m: chance.between(4.0, 14.0),
            heading_rad: chance.between(0.0, TAU),
            moves: [0.0; 4],
            wanted: [0.0; 4],
        };
        let count = 1 + chance.next() % 12;
        let walker = |chance: &mut Chance| Walker {
            at_m: (chance.between(-12.0, 12.0), chance.between(-12.0, 12.0)),
            way_rad: chance.between(0.0, TAU),
            speed_mps: chance.between(0.0, 2.2),
            height_m: chance.between(1.1, 1.95),
        };
        let walkers = (0..count).map(|_| walker(&mut chance)).collect();
        Self { eye, walkers, chance }
    }

    /// A tenth of a second passes.
    fn pass(&mut self) {
        let (chance, eye) = (&mut self.chance, &mut self.eye);
        if chance.unit() < 0.03 {
            let turn_radps = if chance.unit() < 0.5 { 0.0 } else { chance.between(-0.6, 0.6) };
            let mut speed_mps = || chance.between(-4.0, 4.0);
            eye.wanted = [speed_mps(), speed_mps(), speed_mps() / 3.0, turn_radps];
        }
        // It comes back to where people are.
        for (at, wanted) in [(eye.at_m.0, 0), (eye.at_m.1, 1)] {
            if at * eye.wanted[wanted] > 0.0 && at.abs() > 12.0 {
                eye.wanted[wanted] = -eye.wanted[wanted];
            }
        }
        // 5 m/s2 and 2 rad/s2.
        for (now, (wanted, step)) in
            eye.moves.iter_mut().zip(eye.wanted.iter().zip([0.5, 0.5, 0.5, 0.2]))
        {
            *now += (wanted - *now).clamp(-step, step);
        }
        eye.at_m.0 += 0.1 * eye.moves[0];
        eye.at_m.1 += 0.1 * eye.moves[1];
        eye.height_m = (eye.height_m + 0.1 * eye.moves[2]).clamp(3.0, 18.0);
        eye.heading_rad += 0.1 * eye.moves[3];
        for walker in &mut self.walkers {
            if chance.unit() < 0.05 {
                walker.way_rad += chance.between(-1.5, 1.5);
            }
            let (sin, cos) = libm::sincos(walker.way_rad);
            walker.at_m.0 += 0.1 * walker.speed_mps * sin;
            walker.at_m.1 += 0.1 * walker.speed_mps * cos;
            if walker.at_m.0.abs() > 18.0 || walker.at_m.1.abs() > 18.0 {
                walker.way_rad = libm::atan2(-walker.at_m.0, -walker.at_m.1);
            }
        }
    }

    /// Each head that is in view, with the walker's number, and the whole person's box.
    fn view(&self) -> Vec<(usize, Head, [f64; 4])> {
        let mut view = Vec::new();
        for (who, walker) in self.walkers.iter().enumerate() {
            let head = self.eye.sees(walker.at_m, walker.height_m - 0.12);
            let feet = self.eye.sees(walker.at_m, 0.0);
            let (Some((x, y, scale)), Some((feet_x, feet_y, feet_scale))) = (head, feet) else {
                continue;
            };
            let head = Head { x, y, half_width: 0.085 * scale, half_height: 0.12 * scale };
            if head.is_in_view() {
                let (a, b) = (x - 0.23 * scale, x + 0.23 * scale);
                let (c, d) = (feet_x - 0.23 * feet_scale, feet_x + 0.23 * feet_scale);
                view.push((who, head, [a.min(c), y - head.half_height, b.max(d), feet_y]));
            }
        }
        view
    }

    /// What a chip says of a box, if it finds it.
    fn find(&mut self, chip: Chip, [left, top, right, bottom]: [f64; 4]) -> Option<HeadBox> {
        let is_found = self.chance.unit() < chip.recall;
        let mut off = || chip.noise_px * self.chance.normal();
        let wider = if chip.is_generous { (right - left) * 0.1 + 2.0 } else { 0.0 };
        let higher = if chip.is_generous { (bottom - top) * 0.1 + 2.0 } else { 0.0 };
        let edge = |v: f64, end: f64| libm::floor(v.clamp(0.0, end)) as i32;
        let (l, r) = (left - wider + off(), right + wider + off());
        let (t, b) = (top - higher + off(), bottom + higher + off());
        let (l, r) = (edge(l.min(r), WIDTH_PX), edge(l.max(r) + 1.0, WIDTH_PX));
        let (t, b) = (edge(t.min(b), HEIGHT_PX), edge(t.max(b) + 1.0, HEIGHT_PX));
        is_found.then_some(HeadBox { x_px: l, y_px: t, width_px: r - l, height_px: b - t })
    }
}

/// What came of many frames.
#[derive(Debug, Default, PartialEq)]
struct Outcome {
    released: usize,
    dropped: usize,
    heads: usize,
    /// Frames with open pixels of a head that was in view for at least 0.7 s.
    open_long: usize,
    /// The same for heads that were in view for less.
    open_brief: usize,
    /// Mean share of the picture that is covered, in thousandths.
    covered_milli: usize,
}

fn play(seeds: core::ops::Range<u64>, frames: u64, chip: Chip) -> Outcome {
    let mut outcome = Outcome::default();
    let mut covered = 0.0;
    for seed in seeds {
        let mut story = Story::new(seed);
        let mut people = People::new();
        let mut views = Vec::new();
        for number in 0..frames {
            story.pass();
            let view = story.view();
            let (mut heads, mut whole) = (vec![], vec![]);
            for (_, head, person) in &view {
                let Head { x, y, half_width, half_height } = *head;
                let edges = [x - half_width, y - half_height, x + half_width, y + half_height];
                heads.extend(story.find(chip, edges));
                whole.extend(story.find(chip, *person));
            }
            views.push(view);
            let frame = Tick(number * FRAME_TICKS);
            people.find(&Findings { frame, heads: &heads, people: &whole, is_sure: true });
            let Some(due) = number.checked_sub(LATER_FRAMES).filter(|due| *due > 0) else {
                continue;
            };
            match people.look(Tick(due * FRAME_TICKS)) {
                Look::NotYet => panic!("{number}: all later frames are in"),
                Look::CannotTell => outcome.dropped += 1,
                Look::Cover(areas) => {
                    outcome.released += 1;
                    covered += share_covered(&areas);
                    for (who, head, _) in &views[due as usize] {
                        outcome.heads += 1;
                        if head.open_px(&areas) > 0 {
                            let is_long = run(&views, due as usize, *who) >= 7;
                            outcome.open_long += usize::from(is_long);
                            outcome.open_brief += usize::from(!is_long);
                        }
                    }
                }
            }
        }
    }
    outcome.covered_milli = (1000.0 * covered / outcome.released.max(1) as f64) as usize;
    outcome
}

/// For how many frames around this one somebody was in view without a break, as far as was known by then.
fn run(views: &[Vec<(usize, Head, [f64; 4])>], at: usize, who: usize) -> usize {
    let is_there = |view: &&Vec<(usize, Head, [f64; 4])>| view.iter().any(|(w, ..)| *w == who);
    let before = views[..at].iter().rev().take_while(is_there).count();
    before + views[at..].iter().take_while(is_there).count()
}

fn share_covered(areas: &[Area]) -> f64 {
    let spots =
        (0..48).flat_map(|y| (0..64).map(move |x| (5.0 * f64::from(x), 5.0 * f64::from(y))));
    let held = spots.filter(|(x, y)| {
        areas
            .iter()
            .any(|a| (a.left_px..a.right_px).contains(x) && (a.top_px..a.bottom_px).contains(y))
    });
    held.count() as f64 / (48.0 * 64.0)
}

#[test]
fn no_head_in_view_for_long_enough_stays_open_at_four_finds_out_of_five() {
    for (recall, noise_px, is_generous) in [
        (0.8, 1.5, false),
        (0.8, 1.5, true),
        (0.8, 2.5, true),
        (0.8, 0.0, false),
        (0.9, 1.5, false),
        (1.0, 1.5, true),
    ] {
        let outcome = play(0..60, 300, Chip { recall, noise_px, is_generous });
        assert_eq!(outcome.open_long, 0, "recall {recall}, noise {noise_px}: {outcome:?}");
        assert!(outcome.released > 16_000 && outcome.heads > 15_000, "{outcome:?}");
        // A scrubber that drops or covers everything would be safe as well.
        assert!(outcome.dropped * 30 < outcome.released, "{outcome:?}");
        assert!(outcome.covered_milli < 60, "{outcome:?}");
    }
}

#[test]
fn a_chip_that_fails_costs_frames_first() {
    let dropped = [0.8, 0.4, 0.2].map(|recall| {
        let outcome = play(0..20, 300, Chip { recall, noise_px: 1.5, is_generous: false });
        outcome.dropped
    });
    assert!(dropped[0] * 5 < dropped[1] && dropped[1] < dropped[2], "{dropped:?}");
}

/// What the chip finds in frames from the first on: `o` a head, `p` a person, `-` nobody, `?` unsure, ` ` no answer.
/// The body goes 6 pixels to the right in a frame.
fn after(finds: &str) -> People {
    let mut people = People::new();
    for (number, find) in (0_i32..).zip(finds.chars()) {
        let head = HeadBox { x_px: 100 + 6 * number, y_px: 50, width_px: 6, height_px: 8 };
        let person = HeadBox { x_px: 95 + 6 * number, width_px: 16, height_px: 60, ..head };
        let (one_head, one_person) = ([head], [person]);
        let (heads, whole): (&[HeadBox], &[HeadBox]) = match find {
            'o' => (&one_head, &one_person),
            'p' => (&[], &one_person),
            _ => (&[], &[]),
        };
        let frame = Tick(number as u64 * FRAME_TICKS);
        if find != ' ' {
            people.find(&Findings { frame, heads, people: whole, is_sure: find != '?' });
        }
    }
    people
}

#[test]
fn a_frame_is_told_of_when_it_can_be() {
    // The frame asked about is the seventh, number 6.
    for (finds, expected) in [
        ("-----------", "not yet"),
        ("------------", "nobody"),
        ("oooooooooooo", "head"),
        ("ooooooopoooo", "head"),
        ("oooooo-ooooo", "head"),
        ("ooooo--ooooo", "head"),
        ("oooooopooooo", "person"),
        ("oooooo------", "head"),
        ("-------ooooo", "head"),
        ("-----o------", "cannot tell"),
        ("-------o----", "cannot tell"),
        ("o-----------", "head"),
        ("o--o--o--o--", "cannot tell"),
        ("------?-----", "cannot tell"),
        ("-----?------", "cannot tell"),
        ("-------?----", "cannot tell"),
        ("----?---????", "nobody"),
        ("------ -----", "cannot tell"),
        ("----- ------", "cannot tell"),
    ] {
        let found = match after(finds).look(Tick(6 * FRAME_TICKS)) {
            Look::NotYet => "not yet",
            Look::CannotTell => "cannot tell",
            Look::Cover(areas) if areas.is_empty() => "nobody",
            Look::Cover(areas) => {
                let holds = |x: f64, y: f64| {
                    areas.iter().any(|a| {
                        (a.left_px..a.right_px).contains(&x) && (a.top_px..a.bottom_px).contains(&y)
                    })
                };
                // Of somebody who has just been seen, or will be, the head's place is covered all the way.
                let is_near = finds.as_bytes()[5..8].iter().any(|find| *find != b'-');
                assert!(!is_near || holds(139.0, 54.0), "{finds:?}: {areas:?}");
                if holds(139.0, 105.0) { "person" } else { "head" }
            }
        };
        assert_eq!(found, expected, "{finds:?}");
    }
}

#[test]
fn two_answers_about_one_frame_make_it_unsure() {
    let mut people = after("------------");
    let (heads, whole) = ([], []);
    let again =
        Findings { frame: Tick(6 * FRAME_TICKS), heads: &heads, people: &whole, is_sure: true };
    people.find(&again);
    assert_eq!(people.look(Tick(6 * FRAME_TICKS)), Look::CannotTell);
}
