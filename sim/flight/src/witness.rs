//! The witness: writes down what was really so, from the world and from seat 0's senses.
//!
//! **Never:** hears what a vehicle says.

use crate::body::Body;
use crate::camera::{Found, Shot};
use crate::cast::Cast;
use crate::keys::Keys;
use crate::mains::Supply;
use crate::secrets::Secrets;
use crate::sensors::Microphone;
use evidence::scenario::{Act, Scenario};
use evidence::{
    Cell, Class, Destroyed, Exposure, Mandate, PositionFix, TICKS_PER_S, Tick, TrackPoint, Truth,
};
use std::cell::OnceCell;
use vehicle::senses::{Gnss, SAMPLES_PER_TICK};

/// Track points come at 10 Hz.
const TRACK_EVERY_TICKS: u64 = 50;
/// Pixels are looked at twice a second at most: drawing them costs more than all else.
const LOOK_EVERY_TICKS: u64 = 250;
/// Smaller faces tell nobody who it is.
const FACE_MIN_PX: f64 = 8.0;
/// A voice must stand out of silence by this much somewhere in the samples kept of it.
const VOICE_MIN_AMPLITUDE: f32 = 8.0;
/// Which of a tick's samples are kept.
const NEEDLE_FROM: usize = 10;
const NEEDLE_SAMPLES: usize = 12;
/// Shorter words are found by chance.
const WORD_MIN: usize = 6;

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
    pub fn of(scenario: &Scenario, secrets: &Secrets, keys: &Keys, owner_secret: [u8; 32]) -> Self {
        Self {
            truth: Truth {
                mandate: Mandate::of(scenario),
                canaries: canaries(scenario, secrets, keys),
                owner_secret,
                ..Truth::default()
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
            let kept = &microphone.sounds()[0][NEEDLE_FROM..NEEDLE_FROM + NEEDLE_SAMPLES];
            self.truth.exposures.push(Exposure {
                tick: now,
                class: Class::Audio,
                subject: cast.name(who).to_owned(),
                level: voice.level_db,
                needle: kept.iter().flat_map(|s| s.to_le_bytes()).collect(),
            });
        }
    }

    /// Sees what a frame brought seat 0. Pixels are looked at twice a second at most, and only where a face is
    /// due, or where none is found in this frame yet.
    pub fn look(&mut self, now: Tick, shot: &Shot, cast: &Cast, own: &Secrets) {
        self.truth.frames += 1;
        self.truth.people_in_view += shot.heads().len() as u64;
        if !now.0.is_multiple_of(LOOK_EVERY_TICKS) {
            return;
        }
        self.truth.frames_looked_at += 1;
        let (mut is_counted, picture) = (false, OnceCell::new());
        let picture = || picture.get_or_init(|| shot.picture(0, own));
        for (place, head) in shot.heads().iter().enumerate() {
            let height_px = 2.0 * head.half_height_px;
            let due = is_due(self.seen_at[head.who], now);
            // The back of a head tells nobody who it is, nor does a face in the dark or in a blur.
            let tells = head.shows_face && shot.is_plain(head);
            if !tells || height_px < FACE_MIN_PX || (is_counted && !due) {
                continue;
            }
            let Some(needle) = shot.face_needle(place, picture()) else { continue };
            is_counted = true;
            if !due {
                continue;
            }
            self.seen_at[head.who] = Some(now);
            self.truth.exposures.push(Exposure {
                tick: now,
                class: Class::Face,
                subject: cast.name(head.who).to_owned(),
                level: height_px,
                needle,
            });
        }
        self.truth.frames_with_faces += u64::from(is_counted);
        if is_due(self.sheet_at, now)
            && shot.shows_sheet()
            && let Some((needle, height_px)) = shot.sheet_needle(picture())
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

    /// Counts what the vision chip told every seat.
    pub fn count(&mut self, found: &Found) {
        self.truth.found += (found.heads.len() + found.people.len()) as u64;
        self.truth.missed += found.missed;
    }

    /// Notes where satellite positioning told seat 0 that it is: once a second, and on the way into a cell.
    pub fn navigate(&mut self, now: Tick, gnss: &Gnss) {
        let (lat_deg, lon_deg) = (gnss.lat_deg, gnss.lon_deg);
        let cell = Cell::of(lat_deg, lon_deg);
        let last = self.truth.position_fixes.last();
        if last.is_none_or(|last| last.cell != cell || is_due(Some(last.tick), now)) {
            let fix = PositionFix { tick: now, lat_deg, lon_deg, cell };
            self.truth.position_fixes.push(fix);
        }
    }

    /// Notes when the vehicle boots and when its power is gone.
    pub fn watch_power(&mut self, now: Tick, supply: Supply) {
        let Truth { power_ons, power_offs, .. } = &mut self.truth;
        match supply {
            Supply::Boots => power_ons.push(now),
            Supply::Off if power_offs.len() < power_ons.len() => power_offs.push(now),
            Supply::Off | Supply::On | Supply::Tears(_) => {}
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
    ///
    /// Where the ground was live, only now is it known what was agreed to.
    #[must_use]
    pub fn finish(mut self, body: &Body, told: Option<&Scenario>) -> (Truth, Vec<TrackPoint>) {
        if let Some(told) = told {
            self.truth.mandate = Mandate::of(told);
        }
        self.truth.landed_safely = body.is_landed_safely();
        self.truth.destroyed =
            body.wreck().map(|wreck| Destroyed { tick: Tick(wreck.tick), why: wreck.why.clone() });
        (self.truth, self.track)
    }
}

fn is_due(last: Option<Tick>, now: Tick) -> bool {
    last.is_none_or(|last| now.0 - last.0 >= TICKS_PER_S)
}

fn canaries(scenario: &Scenario, secrets: &Secrets, keys: &Keys) -> Vec<Exposure> {
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
        canary(Class::Key, "vault key", &keys.vault),
        canary(Class::Key, "unlock key", &keys.unlock),
    ];
    if scenario.beats.iter().any(|beat| beat.does == Act::SetsUpSigning) {
        canaries.push(canary(Class::Key, "signing key", &keys.signing));
    }
    let account = secrets.account.iter();
    let words = account.flat_map(|a| [("e-mail", &a.email), ("phone", &a.phone)]);
    let words = words.filter(|(_, word)| word.len() >= WORD_MIN);
    canaries.extend(words.map(|(what, word)| canary(Class::Account, what, word.as_bytes())));
    let operator = scenario.operator.iter().filter(|number| number.len() >= WORD_MIN);
    canaries.extend(operator.map(|number| canary(Class::Device, "operator", number.as_bytes())));
    canaries.extend(secrets.neighbours.iter().map(|n| canary(Class::Surroundings, "neighbour", n)));
    let labels = secrets.labels.iter().filter(|label| label.len() >= WORD_MIN);
    canaries.extend(labels.map(|label| canary(Class::FlightLog, label, label.as_bytes())));
    canaries
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::airframe::Airframe;
    use crate::body::Kinematics;
    use crate::camera::Camera;
    use crate::chance::Seed;
    use crate::land::Land;
    use crate::secrets::Face;
    use glam::DVec3;
    use std::sync::Arc;
    use vehicle::senses::Thrust;

    /// Faces counted and exposures kept over three frames half a second apart, from 4 m above the start.
    fn seen(cast: &str, buildings: &str) -> (u64, usize) {
        let text = format!(
            r#"(
                title: "t", place: (lat_deg: 0.0, lon_deg: 0.0, alt_m: 0.0), seed: 1, length_s: 2.0,
                buildings: [{buildings}], cast: [{cast}], beats: [], expects: {{}},
            )"#
        );
        let scenario: Scenario = ron::from_str(&text).unwrap();
        let people = Cast::of(&scenario, &[]);
        let own = Secrets {
            faces: vec![Face::Someone(7); scenario.cast.len()],
            sheet: [[10, 200, 30]; 64],
            ..Secrets::none()
        };
        let airframe =
            Airframe::parse(include_str!("../../../assets/airframes/camera_quad.ron")).unwrap();
        let mut body = Body::standing(airframe.clone(), &[]);
        body.step(&Thrust::default(), &crate::body::Flow::of(DVec3::ZERO));
        let k = Kinematics { position_m: DVec3::Z * 4.0, ..*body.kinematics() };
        let land = Arc::new(Land::flat(&scenario.buildings, &scenario.trees));
        let mut camera = Camera::on(&airframe, land);
        let keys = Keys::of(&Seed::master(4));
        let mut witness = Witness::of(&scenario, &own, &keys, [0; 32]);
        for now in [0, 200, 250, 500] {
            let shot = camera.shoot(&k, &people);
            witness.look(Tick(now), &shot, &people, &own);
        }
        assert_eq!((witness.truth.frames, witness.truth.frames_looked_at), (4, 3));
        let is_face = |e: &&Exposure| e.class == Class::Face;
        let kept = witness.truth.exposures.iter().filter(is_face).count();
        (witness.truth.frames_with_faces, kept)
    }

    #[test]
    fn a_frame_counts_where_a_face_is_shown_to_the_camera() {
        const WALL: &str = "(at_m: (0.0, 3.0), size_m: (14.0, 0.5, 3.6))";
        const NEAR: &str = "(name: \"A\", at_m: (0.8, 6.0), facing_deg: 180.0)";
        const AWAY: &str = "(name: \"B\", at_m: (-0.8, 6.0), facing_deg: 0.0)";
        const FAR: &str = "(name: \"C\", at_m: (0.0, 40.0), facing_deg: 180.0)";
        // cast, buildings -> frames counted, exposures kept (one a second)
        for (cast, buildings, expected) in [
            ("", "", (0, 0)),
            (NEAR, "", (3, 2)),
            (AWAY, "", (0, 0)),
            (FAR, "", (0, 0)),
            (NEAR, WALL, (0, 0)),
            (&format!("{AWAY}, {NEAR}"), "", (3, 2)),
            (&format!("{AWAY}, {FAR}"), "", (0, 0)),
        ] {
            assert_eq!(seen(cast, buildings), expected, "{cast} behind {buildings}");
        }
    }
}
