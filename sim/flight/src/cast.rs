//! The people of the story: where they stand, walk, look, and when they speak.
//!
//! **Never:** knows a voice or a face; those are secrets of a seat.

use evidence::scenario::{Act, Person, Scenario};
use evidence::{TICK_S, Tick};
use glam::DVec3;

/// Half the height of a head, metres.
pub const HEAD_HALF_HEIGHT_M: f64 = 0.12;
/// Half the width of a head, metres.
pub const HEAD_HALF_WIDTH_M: f64 = 0.085;

/// Someone, now.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// Feet, world ENU.
    pub feet_m: DVec3,
    /// Which way the face looks: unit vector, east and north.
    pub looks: (f64, f64),
    /// Height.
    pub height_m: f64,
    walks: Option<Walk>,
}

#[derive(Clone, Debug, PartialEq)]
struct Walk {
    to_m: DVec3,
    step_m: f64,
}

impl Figure {
    /// The middle of the head, world ENU.
    #[must_use]
    pub fn head_m(&self) -> DVec3 {
        self.feet_m + DVec3::Z * (self.height_m - HEAD_HALF_HEIGHT_M)
    }

    /// The mouth, world ENU.
    #[must_use]
    pub fn mouth_m(&self) -> DVec3 {
        self.feet_m + DVec3::Z * (self.height_m - 1.5 * HEAD_HALF_HEIGHT_M)
    }
}

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
        let moves = |act: &Act| matches!(act, Act::Walks { .. } | Act::Faces { .. });
        let beats = scenario.beats.iter().filter(|beat| moves(&beat.does));
        Self {
            figures: scenario.cast.iter().map(figure).collect(),
            cues: beats.map(|b| (Tick::at_s(b.at_s), b.does.clone())).collect(),
            next_cue: 0,
            utterances,
            next_utterance: 0,
            speaking: Vec::new(),
            names,
        }
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

    /// Plays one tick.
    pub fn play(&mut self, now: Tick) {
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
        self.figures.iter_mut().for_each(stride);
    }

    fn follow(&mut self, act: &Act) {
        let place = |who: &str| self.names.iter().position(|n| n == who);
        match act {
            Act::Walks { who, to_m, speed_mps } => {
                let Some(figure) = place(who).map(|i| &mut self.figures[i]) else { return };
                let to_m = DVec3::new(to_m.0, to_m.1, 0.0);
                figure.walks = Some(Walk { to_m, step_m: speed_mps * TICK_S });
                let way = (to_m - figure.feet_m).normalize_or_zero();
                if way != DVec3::ZERO {
                    figure.looks = (way.x, way.y);
                }
            }
            Act::Faces { who, heading_deg } => {
                let Some(figure) = place(who).map(|i| &mut self.figures[i]) else { return };
                figure.looks = towards(*heading_deg);
            }
            _ => {}
        }
    }
}

fn figure(person: &Person) -> Figure {
    Figure {
        feet_m: DVec3::new(person.at_m.0, person.at_m.1, 0.0),
        looks: towards(person.facing_deg),
        height_m: person.height_m,
        walks: None,
    }
}

fn towards(heading_deg: f64) -> (f64, f64) {
    libm::sincos(heading_deg.to_radians())
}

fn stride(figure: &mut Figure) {
    let Some(walk) = &figure.walks else { return };
    let way = walk.to_m - figure.feet_m;
    let left_m = way.length();
    if left_m <= walk.step_m {
        figure.feet_m = walk.to_m;
        figure.walks = None;
    } else {
        figure.feet_m += way * (walk.step_m / left_m);
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
        for now in 0..2000 {
            cast.play(Tick(now));
            seen.push((cast.figures()[0].clone(), cast.speaking().len()));
        }
        let near = |tick: usize, e: f64, n: f64| {
            assert!(seen[tick].0.feet_m.distance(DVec3::new(e, n, 0.0)) < 0.01, "{tick}");
        };
        near(499, 0.0, 0.0);
        near(1000, 1.5, 2.0);
        near(1999, 3.0, 4.0);
        assert!((seen[600].0.looks.0 - 0.6).abs() < 1e-9);
        assert!((seen[1999].0.looks.0 + 1.0).abs() < 1e-9);
        let speaks: Vec<usize> = (0..2000).filter(|tick| seen[*tick].1 == 1).collect();
        assert_eq!((speaks[0], speaks.len()), (500, 100));
    }
}
