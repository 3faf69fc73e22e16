//! The camera: 320 × 240 pixels ten times a second, 35° down on a levelled gimbal that follows the heading.
//!
//! The gimbal takes roll and pitch away at once, so the picture's rows are level and no sky is in it. Pixels are
//! made when somebody looks: painted, lit (`glow`, `shadow`), smeared and grainy (`develop`) as the `shutter` has it.
//! Beside it sits the vision chip.
//!
//! **Never:** tells who is in view; the vision chip's boxes say where.

mod develop;
mod face;
mod finder;
mod glow;
mod ground;
mod hills;
mod picture;
mod rows;
mod scene;
mod shadow;
mod sheet;
mod shot;
mod shutter;
mod studio;
pub mod view;

pub use finder::{FRAME_EVERY_TICKS, Found, VisionChip};
pub use picture::Picture;
pub use shot::{SeatFrame, Shot};

use crate::airframe::Airframe;
use crate::body::Kinematics;
use crate::cast::Cast;
use crate::chance::{Seed, Stream};
use crate::land::Land;
use crate::sky::Sky;
use evidence::Scenario;
use glam::DVec3;
use shutter::{Lit, Motion};
use std::sync::Arc;
use studio::Studio;
use view::View;

/// The camera on its gimbal, and what can be in front of it.
pub struct Camera {
    eye_flu_m: DVec3,
    land: Arc<Land>,
    /// None at noon.
    sky: Option<Arc<Sky>>,
    studio: Arc<Studio>,
    grain: Stream,
}

impl Camera {
    /// The camera of an airframe, in the light of noon.
    #[must_use]
    pub fn on(airframe: &Airframe, land: Arc<Land>) -> Self {
        Self {
            eye_flu_m: DVec3::new(airframe.camera_forward_m, 0.0, airframe.camera_up_m),
            studio: Arc::new(Studio::over(&land, None)),
            land,
            sky: None,
            grain: Seed::master(0).stream(),
        }
    }

    /// The same in the light of a story.
    #[must_use]
    pub fn under(mut self, scenario: &Scenario, seed: &Seed) -> Self {
        self.sky = Sky::of(scenario, &self.land).map(Arc::new);
        let beam = self.sky.as_ref().and_then(|sky| sky.beam());
        self.studio = Arc::new(Studio::over(&self.land, beam));
        self.grain = seed.fork("camera").stream();
        self
    }

    /// Takes a frame.
    pub fn shoot(&mut self, k: &Kinematics, cast: &Cast) -> Shot {
        let arm_m = k.world_from_body * self.eye_flu_m;
        let eye_m = k.position_m + arm_m;
        let ahead = k.world_from_body * DVec3::X;
        let view = View::levelled(eye_m, ahead);
        let lit = self.sky.as_ref().map(|sky| {
            let turn = k.world_from_body * k.rates_flu_radps;
            let moves =
                Motion { velocity_mps: k.velocity_mps + turn.cross(arm_m), turn_radps: turn.z };
            Lit::metered(&view, &moves, &self.land, sky.clone(), self.grain.bits())
        });
        Shot::take(view, cast.figures(), self.land.clone(), lit, self.studio.clone())
    }
}

#[cfg(test)]
mod outdoors;
#[cfg(test)]
mod stills;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chance::Seed;
    use crate::secrets::{Face, Secrets};
    use evidence::Tick;
    use evidence::scenario::Scenario;
    use sha2::{Digest, Sha256};
    use vehicle::senses::{Frame, HeadBox};

    fn secrets(faces: &[Face]) -> Secrets {
        let sheet = [[10, 200, 30]; 64];
        Secrets { faces: faces.to_vec(), sheet, ..Secrets::none() }
    }

    /// Two people and a house, seen from 5 m above the start, and what the vision chip finds of them.
    fn seen(behind_the_house: bool, finder: &str) -> (Shot, Found) {
        let house = if behind_the_house { "(0.0, 4.0)" } else { "(9.0, 14.0)" };
        let text = format!(
            r#"(
                title: "t", place: (lat_deg: 0.0, lon_deg: 0.0, alt_m: 0.0), seed: 1, length_s: 1.0,
                buildings: [(at_m: {house}, size_m: (6.0, 1.0, 4.5))],
                cast: [(name: "A", at_m: (-0.7, 6.0), facing_deg: 180.0),
                       (name: "B", at_m: (0.9, 7.5), facing_deg: 150.0)],
                finder: {finder}, beats: [], expects: {{}},
            )"#
        );
        let scenario: Scenario = ron::from_str(&text).unwrap();
        let cast = Cast::of(&scenario, &[]);
        let airframe =
            Airframe::parse(include_str!("../../../assets/airframes/camera_quad.ron")).unwrap();
        let mut body = crate::body::Body::standing(airframe.clone(), &[]);
        body.step(&vehicle::senses::Thrust::default(), &crate::body::Flow::of(DVec3::ZERO));
        let k = Kinematics { position_m: DVec3::Z * 5.0, ..*body.kinematics() };
        let land = Arc::new(Land::flat(&scenario.buildings, &scenario.trees));
        let shot = Camera::on(&airframe, land).shoot(&k, &cast);
        let mut chip = VisionChip::of(&scenario, &Seed::master(4));
        chip.look(Tick(100), &shot, &k);
        let due = 100 + u64::from(scenario.finder.latency_frames) * FRAME_EVERY_TICKS;
        assert_eq!(chip.answer(Tick(due.saturating_sub(1).max(99))), None);
        let found = chip.answer(Tick(due)).expect("the answer is late, but it comes");
        (shot, found)
    }

    fn shot(behind_the_house: bool) -> Shot {
        seen(behind_the_house, "()").0
    }

    fn is_inside(boxes: &[HeadBox], at: usize) -> bool {
        let (x, y) = ((at % view::WIDTH_PX) as i32, (at / view::WIDTH_PX) as i32);
        boxes.iter().any(|b| {
            (b.x_px..b.x_px + b.width_px).contains(&x)
                && (b.y_px..b.y_px + b.height_px).contains(&y)
        })
    }

    #[test]
    fn two_identities_differ_only_inside_the_head_boxes() {
        for other in [Face::Someone(99), Face::Blank, Face::Loud] {
            let (a, b) = (secrets(&[Face::Someone(1), Face::Someone(2)]), secrets(&[other, other]));
            let (frame_shot, found) = seen(false, "()");
            let frame = SeatFrame::of(&frame_shot, 0, &a);
            let (ours, theirs) = (frame.rgb(), frame_shot.picture(1, &b));
            assert_eq!(found.heads.len(), 2);
            let differs = |at: &usize| ours[3 * at..3 * at + 3] != theirs[3 * at..3 * at + 3];
            let different: Vec<usize> = (0..ours.len() / 3).filter(differs).collect();
            assert!(different.len() > 30, "{other:?}: {}", different.len());
            assert!(different.iter().all(|at| is_inside(&found.heads, *at)), "{other:?}");
        }
    }

    #[test]
    fn the_vision_chip_is_late_misses_and_puts_each_head_within_its_person() {
        for (finder, found, missed) in [
            ("(recall: 1.0, noise_px: 0.0)", 2, 0),
            ("(recall: 1.0, latency_frames: 3)", 2, 0),
            ("(recall: 0.0)", 0, 4),
        ] {
            let (_, seen) = seen(false, finder);
            assert_eq!((seen.heads.len(), seen.people.len()), (found, found), "{finder}");
            assert_eq!((seen.frame, seen.missed, seen.is_sure), (Tick(100), missed, true));
        }
        let (_, seen) = seen(false, "(noise_px: 0.0)");
        for (head, person) in seen.heads.iter().zip(&seen.people) {
            let middle = ((head.y_px + head.height_px / 2) as usize) * view::WIDTH_PX;
            let middle = middle + (head.x_px + head.width_px / 2) as usize;
            assert!(is_inside(&[*person], middle), "{head:?} {person:?}");
            assert!(person.height_px > 3 * head.height_px, "{head:?} {person:?}");
        }
    }

    #[test]
    fn the_same_moment_gives_the_same_pixels_and_the_sheet_is_among_them() {
        let own = secrets(&[Face::Someone(1), Face::Someone(2)]);
        let (a, b) = (shot(false), shot(false));
        assert_eq!(*a.picture(0, &own), *b.picture(0, &own));
        assert!(a.shows_sheet());
        let green = a.picture(0, &own).chunks(3).filter(|p| *p == [10, 200, 30]).count();
        assert!(green > 500, "{green}");
    }

    #[test]
    fn who_stands_behind_a_house_has_no_box_and_no_pixel() {
        let (shot, found) = seen(true, "()");
        let (a, b) = (secrets(&[Face::Loud; 2]), secrets(&[Face::Blank; 2]));
        assert!(shot.heads().is_empty() && found.heads.is_empty() && found.people.is_empty());
        assert_eq!(*shot.picture(0, &a), *shot.picture(1, &b));
    }

    /// As they were before there was any light but this.
    #[test]
    fn pictures_at_noon_are_what_they_were() {
        let own = secrets(&[Face::Someone(1), Face::Someone(2)]);
        for (behind_the_house, begins) in [
            (false, [0x06, 0x74, 0xf2, 0xbf, 0x62, 0xeb, 0x0b, 0x92]),
            (true, [0x36, 0x4e, 0x88, 0x6c, 0x08, 0xec, 0x98, 0x34]),
        ] {
            let digest = Sha256::digest(&*shot(behind_the_house).picture(0, &own));
            assert_eq!(digest[..8], begins, "{behind_the_house}: {digest:02x?}");
        }
    }
}
