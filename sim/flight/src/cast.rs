//! The people of the story: where they stand, walk, look, and when they speak.
//!
//! **Never:** knows a voice or a face; those are secrets of a seat.

mod figure;

pub use figure::{Figure, HEAD_HALF_HEIGHT_M, HEAD_HALF_WIDTH_M};

use crate::land::Land;
use evidence::Tick;
use evidence::scenario::{Act, Gaze, Scenario};
use figure::{Aim, towards};
use glam::{DVec2, DVec3};
use std::sync::Arc;

/// A voice that is sounding: which utterance, by whom, since when.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Utterance {
    /// Its number among the scenario's `Speaks` beats, from 0.
    pub number: usize,
    /// Place of the speaker in the cast.
    pub who: usize,
    /// The beat's tick.
    pub since: Tick,
    /// dB SPL one metre from the mouth.
    pub level_db: f64,
    /// Ticks that it lasts.
    pub lasts_ticks: u64,
}

/// Everyone, in scenario order.
pub struct Cast {
    names: Vec<String>,
    figures: Vec<Figure>,
    cues: Vec<(Tick, Act)>,
    next_cue: usize,
    utterances: Vec<Utterance>,
    next_utterance: usize,
    speaking: Vec<Utterance>,
    land: Option<Arc<Land>>,
}

impl Cast {
    /// The scenario's people at power-on. `lengths_ticks` says how long each utterance lasts.
    #[must_use]
    pub fn of(scenario: &Scenario, lengths_ticks: &[u64]) -> Self {
        let names: Vec<String> = scenario.cast.iter().map(|p| p.name.clone()).collect();
        let place = |who: &str| names.iter().position(|n| n == who).unwrap_or(0);
        let mut utterances = Vec::new();
        for beat in &scenario.beats {
            if let Act::Speaks { who, level_db, .. } = &beat.does {
                let number = utterances.len();
                utterances.push(Utterance {
                    number,
                    who: place(who),
                    since: Tick::at_s(beat.at_s),
                    level_db: *level_db,
                    lasts_ticks: lengths_ticks.get(number).copied().unwrap_or(0),
                });
            }
        }
        let moves = |act: &Act| {
            matches!(
                act,
                Act::Walks { .. } | Act::WalksPath { .. } | Act::Faces { .. } | Act::LooksAt { .. }
            )
        };
        let beats = scenario.beats.iter().filter(|beat| moves(&beat.does));
        Self {
            figures: scenario.cast.iter().map(Figure::of).collect(),
            cues: beats.map(|b| (Tick::at_s(b.at_s), b.does.clone())).collect(),
            next_cue: 0,
            utterances,
            next_utterance: 0,
            speaking: Vec::new(),
            land: None,
            names,
        }
    }

    /// The same people on ground that may not be flat.
    #[must_use]
    pub fn over(mut self, land: Arc<Land>) -> Self {
        self.figures.iter_mut().for_each(|figure| figure.stand(&land));
        self.land = Some(land);
        self
    }

    /// Everyone, in scenario order.
    #[must_use]
    pub fn figures(&self) -> &[Figure] {
        &self.figures
    }

    /// Name of the person at a place in the cast.
    #[must_use]
    pub fn name(&self, who: usize) -> &str {
        &self.names[who]
    }

    /// Who is speaking in this tick.
    #[must_use]
    pub fn speaking(&self) -> &[Utterance] {
        &self.speaking
    }

    /// Plays one tick, in which the airframe is at `drone_m`.
    pub fn play(&mut self, now: Tick, drone_m: DVec3) {
        while let Some((_, act)) = self.cues.get(self.next_cue).filter(|(at, _)| *at <= now) {
            let act = act.clone();
            self.next_cue += 1;
            self.follow(&act);
        }
        while let Some(u) = self.utterances.get(self.next_utterance).filter(|u| u.since <= now) {
            self.speaking.push(*u);
            self.next_utterance += 1;
        }
        if !self.speaking.is_empty() {
            self.speaking.retain(|u| now.0 - u.since.0 < u.lasts_ticks);
        }
        for figure in &mut self.figures {
            let moves = figure.stride();
            if let Some(land) = self.land.as_ref().filter(|_| moves) {
                figure.stand(land);
            }
        }
        for who in 0..self.figures.len() {
            if let Some(to) = self.aimed(&self.figures[who], drone_m) {
                self.figures[who].turn(to);
            }
        }
    }

    /// The direction of what a face is turned to; none straight above or below it.
    fn aimed(&self, figure: &Figure, drone_m: DVec3) -> Option<DVec2> {
        let at_m = match figure.aim() {
            Aim::Way(way) => return Some(way),
            Aim::Drone => drone_m.truncate(),
            Aim::Person(other) => self.figures[other].at_m(),
            Aim::Place(at_m) => at_m,
        };
        (at_m - figure.at_m()).try_normalize()
    }

    fn follow(&mut self, act: &Act) {
        let place = |who: &str| self.names.iter().position(|n| n == who);
        match act {
            Act::Walks { who, to_m, speed_mps } => {
                let Some(figure) = place(who).map(|i| &mut self.figures[i]) else { return };
                figure.walk(&[*to_m], *speed_mps);
            }
            Act::WalksPath { who, through_m, speed_mps } => {
                let Some(figure) = place(who).map(|i| &mut self.figures[i]) else { return };
                figure.walk(through_m, *speed_mps);
            }
            Act::Faces { who, heading_deg } => {
                let Some(figure) = place(who).map(|i| &mut self.figures[i]) else { return };
                figure.look(Aim::Way(towards(*heading_deg)));
            }
            Act::LooksAt { who, what } => {
                let aim = match what {
                    Gaze::Drone => Some(Aim::Drone),
                    Gaze::Person(other) => place(other).map(Aim::Person),
                    Gaze::Place(east, north) => Some(Aim::Place(DVec2::new(*east, *north))),
                };
                let Some(figure) = place(who).map(|i| &mut self.figures[i]) else { return };
                if let Some(aim) = aim {
                    figure.look(aim);
                }
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_walk_turn_and_speak_as_the_beats_say() {
        let text = r#"(
            title: "t", place: (lat_deg: 0.0, lon_deg: 0.0, alt_m: 0.0), seed: 1, length_s: 9.0,
            cast: [(name: "Ada", at_m: (0.0, 0.0)), (name: "Bo", at_m: (5.0, 5.0), facing_deg: 90.0)],
            beats: [(at_s: 1.0, does: Walks(who: "Ada", to_m: (3.0, 4.0), speed_mps: 2.5)),
                    (at_s: 1.0, does: Speaks(who: "Bo", voice: "v", level_db: 60.0)),
                    (at_s: 3.5, does: Faces(who: "Ada", heading_deg: 270.0))],
            expects: {},
        )"#;
        let mut cast = Cast::of(&ron::from_str(text).unwrap(), &[100]);
        let mut seen = Vec::new();
        for now in 0..2300 {
            cast.play(Tick(now), DVec3::ZERO);
            seen.push((cast.figures()[0].clone(), cast.speaking().len()));
        }
        let near = |tick: usize, e: f64, n: f64| {
            assert!(seen[tick].0.feet_m.distance(DVec3::new(e, n, 0.0)) < 0.01, "{tick}");
        };
        near(499, 0.0, 0.0);
        near(1000, 1.5, 2.0);
        near(1999, 3.0, 4.0);
        assert!((seen[700].0.looks.0 - 0.6).abs() < 1e-9);
        assert!((seen[2299].0.looks.0 + 1.0).abs() < 1e-9);
        let speaks: Vec<usize> = (0..2000).filter(|tick| seen[*tick].1 == 1).collect();
        assert_eq!((speaks[0], speaks.len()), (500, 100));
    }

    /// The cast of one person at (0, 0) who looks north, and another one at (10, 0); where each looks from tick to tick.
    fn looks(beats: &str, drone_m: impl Fn(u64) -> DVec3, ticks: u64) -> Vec<Figure> {
        let text = format!(
            r#"(
                title: "t", place: (lat_deg: 0.0, lon_deg: 0.0, alt_m: 0.0), seed: 1, length_s: 9.0,
                cast: [(name: "Ada", at_m: (0.0, 0.0)), (name: "Bo", at_m: (10.0, 0.0))],
                beats: [{beats}], expects: {{}},
            )"#
        );
        let mut cast = Cast::of(&ron::from_str(&text).unwrap(), &[]);
        let mut seen = Vec::new();
        for now in 0..ticks {
            cast.play(Tick(now), drone_m(now));
            seen.push(cast.figures()[0].clone());
        }
        seen
    }

    #[test]
    fn a_head_turns_the_short_way_and_no_faster_than_heads_do() {
        for (heading_deg, ticks) in
            [(90.0, 300), (270.0, 300), (-90.0, 300), (170.0, 566), (5.0, 16)]
        {
            let beats =
                format!("(at_s: 0.0, does: Faces(who: \"Ada\", heading_deg: {heading_deg:?}))");
            let seen = looks(&beats, |_| DVec3::ZERO, 700);
            let goal = towards(heading_deg);
            let first = seen.iter().position(|f| DVec2::from(f.looks) == goal).unwrap();
            assert!(first.abs_diff(ticks) < 3, "{heading_deg}: {first}");
            let mut last = DVec2::Y;
            for figure in &seen {
                let now = DVec2::from(figure.looks);
                assert!(now.angle_to(last).abs().to_degrees() < 0.301, "{heading_deg}");
                assert!((now.length() - 1.0).abs() < 1e-12);
                last = now;
            }
        }
    }

    #[test]
    fn a_gaze_follows_the_drone_a_person_or_a_place_while_they_walk() {
        let passing = |now: u64| DVec3::new(-20.0 + 0.02 * now as f64, 8.0, 30.0);
        for (what, walks, goal) in [
            ("Drone", "", passing(1999)),
            ("Person(\"Bo\")", "", DVec3::new(10.0, 0.0, 0.0)),
            ("Place(-3.0, -4.0)", "", DVec3::new(-3.0, -4.0, 0.0)),
            (
                "Place(-3.0, -4.0)",
                "WalksPath(who: \"Ada\", through_m: [(0.0, 2.0), (2.0, 2.0)], speed_mps: 2.0)",
                DVec3::new(-3.0, -4.0, 0.0),
            ),
        ] {
            let walks = match walks {
                "" => String::new(),
                walks => format!("(at_s: 0.0, does: {walks}), "),
            };
            let beats = format!("{walks}(at_s: 0.1, does: LooksAt(who: \"Ada\", what: {what}))");
            let end = looks(&beats, passing, 2000).pop().unwrap();
            let way = (goal.truncate() - end.at_m()).normalize();
            assert!(DVec2::from(end.looks).dot(way) > 0.9999, "{what}: {:?}", end.looks);
        }
    }

    #[test]
    fn a_path_is_walked_from_corner_to_corner_with_the_face_ahead() {
        let beats = "(at_s: 0.0, does: WalksPath(who: \"Ada\", through_m: [(0.0, 2.0), (2.0, 2.0)], speed_mps: 1.0))";
        let seen = looks(beats, |_| DVec3::ZERO, 2600);
        for (tick, at_m, looks) in [
            (499, (0.0, 1.0), (0.0, 1.0)),
            (999, (0.0, 2.0), (0.0, 1.0)),
            (1499, (1.0, 2.0), (1.0, 0.0)),
            (2599, (2.0, 2.0), (1.0, 0.0)),
        ] {
            let figure = &seen[tick];
            assert!(figure.at_m().distance(at_m.into()) < 0.01, "{tick}: {}", figure.at_m());
            assert!(DVec2::from(figure.looks).distance(looks.into()) < 0.02, "{tick}");
        }
    }
}
