//! The camera: 320 × 240 pixels twice a second, 35° down on a levelled gimbal that follows the heading.
//!
//! The gimbal takes roll and pitch away at once, so the picture's rows are level and no sky is in it. Pixels are
//! made when somebody looks.
//!
//! **Never:** tells who is in view; a head box says where.

mod face;
mod ground;
mod scene;
mod sheet;
mod shot;
pub mod view;

pub use shot::{SeatFrame, Shot};

use crate::airframe::Airframe;
use crate::body::Kinematics;
use crate::cast::Cast;
use crate::chance::{Seed, Stream};
use evidence::scenario::Building;
use glam::DVec3;
use std::sync::Arc;
use view::View;

/// The camera on its gimbal, and what can be in front of it.
pub struct Camera {
    eye_flu_m: DVec3,
    buildings: Arc<[Building]>,
    jitter: Stream,
}

impl Camera {
    /// The camera of an airframe.
    #[must_use]
    pub fn on(airframe: &Airframe, buildings: Arc<[Building]>, seed: &Seed) -> Self {
        Self {
            eye_flu_m: DVec3::new(airframe.camera_forward_m, 0.0, airframe.camera_up_m),
            buildings,
            jitter: seed.fork("camera").stream(),
        }
    }

    /// Takes a frame.
    pub fn shoot(&mut self, k: &Kinematics, cast: &Cast) -> Shot {
        let eye_m = k.position_m + k.world_from_body * self.eye_flu_m;
        let ahead = k.world_from_body * DVec3::X;
        let view = View::levelled(eye_m, ahead);
        Shot::take(view, cast.figures(), self.buildings.clone(), &mut self.jitter)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::secrets::{Face, Secrets};
    use evidence::scenario::Scenario;
    use vehicle::senses::{Frame, HeadBox};

    fn secrets(faces: &[Face]) -> Secrets {
        Secrets {
            serial: String::new(),
            wifi_key: String::new(),
            neighbours: vec![],
            voices: vec![],
            faces: faces.to_vec(),
            sheet: [[10, 200, 30]; 64],
            labels: vec![],
            cell_offsets_mv: [0; 6],
            esc_offsets_cdegc: [0; 8],
        }
    }

    /// Two people and a house, seen from 5 m above the start.
    fn shot(behind_the_house: bool) -> Shot {
        let house = if behind_the_house { "(0.0, 4.0)" } else { "(9.0, 14.0)" };
        let text = format!(
            r#"(
                title: "t", place: (lat_deg: 0.0, lon_deg: 0.0, alt_m: 0.0), seed: 1, length_s: 1.0,
                buildings: [(at_m: {house}, size_m: (6.0, 1.0, 4.5))],
                cast: [(name: "A", at_m: (-0.7, 6.0), facing_deg: 180.0),
                       (name: "B", at_m: (0.9, 7.5), facing_deg: 150.0)],
                beats: [], expects: {{}},
            )"#
        );
        let scenario: Scenario = ron::from_str(&text).unwrap();
        let cast = Cast::of(&scenario, &[]);
        let airframe =
            Airframe::parse(include_str!("../../../assets/airframes/camera_quad.ron")).unwrap();
        let mut body = crate::body::Body::standing(airframe.clone(), &[]);
        body.step(&vehicle::senses::Thrust::default(), DVec3::ZERO);
        let k = Kinematics { position_m: DVec3::Z * 5.0, ..*body.kinematics() };
        let buildings: Arc<[Building]> = scenario.buildings.as_slice().into();
        let mut shot = Camera::on(&airframe, buildings, &Seed::master(4)).shoot(&k, &cast);
        shot.seat(2);
        shot
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
        let shot = shot(false);
        for other in [Face::Someone(99), Face::Blank, Face::Loud] {
            let (a, b) = (secrets(&[Face::Someone(1), Face::Someone(2)]), secrets(&[other, other]));
            let mut frame_shot = self::shot(false);
            frame_shot.seat(2);
            let frame = SeatFrame { shot: &frame_shot, set: 0, secrets: &a };
            let (ours, theirs) = (frame.rgb(), frame_shot.picture(1, &b));
            assert_eq!(frame.heads().len(), 2);
            let differs = |at: &usize| ours[3 * at..3 * at + 3] != theirs[3 * at..3 * at + 3];
            let different: Vec<usize> = (0..ours.len() / 3).filter(differs).collect();
            assert!(different.len() > 30, "{other:?}: {}", different.len());
            assert!(different.iter().all(|at| is_inside(frame.heads(), *at)), "{other:?}");
        }
        assert_eq!(shot.heads().len(), 2);
    }

    #[test]
    fn the_same_moment_gives_the_same_pixels_and_the_sheet_is_among_them() {
        let own = secrets(&[Face::Someone(1), Face::Someone(2)]);
        let (a, b) = (shot(false), shot(false));
        assert_eq!(a.picture(0, &own), b.picture(0, &own));
        assert!(a.shows_sheet());
        let green = a.picture(0, &own).chunks(3).filter(|p| *p == [10, 200, 30]).count();
        assert!(green > 500, "{green}");
    }

    #[test]
    fn who_stands_behind_a_house_has_no_box_and_no_pixel() {
        let shot = shot(true);
        let (a, b) = (secrets(&[Face::Loud; 2]), secrets(&[Face::Blank; 2]));
        assert!(shot.heads().is_empty());
        assert_eq!(shot.picture(0, &a), shot.picture(1, &b));
    }
}
