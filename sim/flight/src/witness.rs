//! The witness: writes down what was really so, from the world and from seat 0's senses.
//!
//! **Never:** hears what a vehicle says.

use crate::body::Body;
use crate::camera::Shot;
use crate::cast::Cast;
use crate::secrets::Secrets;
use crate::sensors::Microphone;
use evidence::scenario::Scenario;
use evidence::{Class, Exposure, Mandate, TICKS_PER_S, Tick, TrackPoint, Truth};
use vehicle::senses::SAMPLES_PER_TICK;

/// Track points come at 10 Hz.
const TRACK_EVERY_TICKS: u64 = 50;
/// Smaller faces tell nobody who it is.
const FACE_MIN_PX: f64 = 8.0;
/// A voice must stand out of silence by this much somewhere in the samples kept of it.
const VOICE_MIN_AMPLITUDE: f32 = 8.0;
/// Which of a tick's samples are kept.
const NEEDLE_FROM: usize = 10;
const NEEDLE_SAMPLES: usize = 12;
/// Shorter labels are found by chance.
const LABEL_MIN: usize = 6;

/// What was really so, as it grows.
pub struct Witness {
    truth: Truth,
    track: Vec<TrackPoint>,
    heard_at: Vec<Option<Tick>>,
    seen_at: Vec<Option<Tick>>,
    sheet_at: Option<Tick>,
}

impl Witness {
    /// Begins with what is so before power-on.
    #[must_use]
    pub fn of(scenario: &Scenario, secrets: &Secrets) -> Self {
        Self {
            truth: Truth {
                exposures: Vec::new(),
                mandate: Mandate::of(scenario),
                canaries: canaries(secrets),
                microphone_samples: 0,
                loud_ticks: 0,
                frames: 0,
                frames_with_faces: 0,
                landed_safely: false,
            },
            track: Vec::new(),
            heard_at: vec![None; scenario.cast.len()],
            seen_at: vec![None; scenario.cast.len()],
            sheet_at: None,
        }
    }

    /// Hears what the microphone brought seat 0.
    pub fn listen(&mut self, now: Tick, microphone: &Microphone, cast: &Cast, own: &Secrets) {
        self.truth.microphone_samples += SAMPLES_PER_TICK as u64;
        let Some(voice) = microphone.loudest() else { return };
        self.truth.loud_ticks += u64::from(voice.is_loud);
        let who = voice.utterance.who;
        let stands_out =
            || voice.peak(now, own, NEEDLE_FROM, NEEDLE_SAMPLES) >= VOICE_MIN_AMPLITUDE;
        if is_due(self.heard_at[who], now) && stands_out() {
            self.heard_at[who] = Some(now);
            let kept = &microphone.heard(0)[NEEDLE_FROM..NEEDLE_FROM + NEEDLE_SAMPLES];
            self.truth.exposures.push(Exposure {
                tick: now,
                class: Class::Audio,
                subject: cast.name(who).to_owned(),
                level: voice.level_db,
                needle: kept.iter().flat_map(|s| s.to_le_bytes()).collect(),
            });
        }
    }

    /// Sees what a frame brought seat 0. Pixels are looked at only where something is due.
    pub fn look(&mut self, now: Tick, shot: &Shot, cast: &Cast, own: &Secrets) {
        self.truth.frames += 1;
        let tall = |half_height_px: f64| 2.0 * half_height_px >= FACE_MIN_PX;
        let heads = shot.heads();
        self.truth.frames_with_faces += u64::from(heads.iter().any(|h| tall(h.half_height_px)));
        for (place, head) in heads.iter().enumerate() {
            let is_face = head.shows_face && tall(head.half_height_px);
            if !is_face || !is_due(self.seen_at[head.who], now) {
                continue;
            }
            let Some(needle) = shot.face_needle(place, shot.picture(0, own)) else { continue };
            self.seen_at[head.who] = Some(now);
            self.truth.exposures.push(Exposure {
                tick: now,
                class: Class::Face,
                subject: cast.name(head.who).to_owned(),
                level: 2.0 * head.half_height_px,
                needle,
            });
        }
        if is_due(self.sheet_at, now)
            && shot.shows_sheet()
            && let Some((needle, height_px)) = shot.sheet_needle(shot.picture(0, own))
        {
            self.sheet_at = Some(now);
            self.truth.exposures.push(Exposure {
                tick: now,
                class: Class::Imagery,
                subject: "sheet".to_owned(),
                level: height_px as f64,
                needle,
            });
        }
    }

    /// Follows the airframe.
    pub fn follow(&mut self, now: Tick, body: &Body) {
        if now.0.is_multiple_of(TRACK_EVERY_TICKS) {
            let k = body.kinematics();
            self.track.push(TrackPoint {
                tick: now,
                position_m: k.position_m.to_array(),
                velocity_mps: k.velocity_mps.to_array(),
                world_from_body_xyzw: k.world_from_body.to_array(),
            });
        }
    }

    /// Ends with how the airframe came down.
    #[must_use]
    pub fn finish(mut self, body: &Body) -> (Truth, Vec<TrackPoint>) {
        self.truth.landed_safely = body.is_landed_safely();
        (self.truth, self.track)
    }
}

fn is_due(last: Option<Tick>, now: Tick) -> bool {
    last.is_none_or(|last| now.0 - last.0 >= TICKS_PER_S)
}

fn canaries(secrets: &Secrets) -> Vec<Exposure> {
    let canary = |class, subject: &str, needle: &[u8]| Exposure {
        tick: Tick(0),
        class,
        subject: subject.to_owned(),
        level: 0.0,
        needle: needle.to_vec(),
    };
    let mut canaries = vec![
        canary(Class::Device, "serial", secrets.serial.as_bytes()),
        canary(Class::Key, "wifi key", secrets.wifi_key.as_bytes()),
    ];
    canaries.extend(secrets.neighbours.iter().map(|n| canary(Class::Surroundings, "neighbour", n)));
    let labels = secrets.labels.iter().filter(|label| label.len() >= LABEL_MIN);
    canaries.extend(labels.map(|label| canary(Class::FlightLog, label, label.as_bytes())));
    canaries
}
