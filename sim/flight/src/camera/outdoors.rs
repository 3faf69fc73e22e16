//! The camera among trees: what they hide, and what is drawn of them.

use super::*;
use crate::body::Body;
use crate::secrets::{Face, Secrets};
use evidence::scenario::Scenario;

fn secrets(face: Face) -> Secrets {
    Secrets { faces: vec![face; 2], sheet: [[10, 200, 30]; 64], ..Secrets::none() }
}

/// Two people who look at the camera, and what else a story has; seen from 5 m above the start.
fn shot(rest: &str) -> Shot {
    let text = format!(
        r#"(
            title: "t", place: (lat_deg: 0.0, lon_deg: 0.0, alt_m: 0.0), seed: 1, length_s: 1.0,
            cast: [(name: "A", at_m: (-0.7, 7.0), facing_deg: 180.0),
                   (name: "B", at_m: (0.9, 8.5), facing_deg: 180.0)],
            {rest} beats: [], expects: {{}},
        )"#
    );
    let scenario: Scenario = ron::from_str(&text).unwrap();
    let airframe =
        Airframe::parse(include_str!("../../../../assets/airframes/camera_quad.ron")).unwrap();
    let body = Body::standing(airframe.clone(), &[]);
    let k = Kinematics { position_m: DVec3::Z * 5.0, ..*body.kinematics() };
    let land = Arc::new(Land::flat(&scenario.buildings, &scenario.trees));
    let mut shot = Camera::on(&airframe, land).shoot(&k, &Cast::of(&scenario, &[]));
    shot.seat(2);
    shot
}

#[test]
fn a_tree_hides_who_stands_behind_it_and_is_drawn_where_it_stands() {
    for (tree, in_view) in [
        ("", vec![1, 0]),
        ("(at_m: (0.0, 12.0), height_m: 6.0, crown_m: 4.0)", vec![1, 0]),
        ("(at_m: (0.5, 4.5), height_m: 4.0, crown_m: 3.0)", vec![]),
        ("(at_m: (0.48, 4.5), height_m: 3.7, crown_m: 1.0)", vec![0]),
    ] {
        let shot = shot(&format!("trees: [{tree}],"));
        let who: Vec<usize> = shot.heads().iter().map(|head| head.who).collect();
        assert_eq!(who, in_view, "{tree}");
        let (ours, theirs) = (secrets(Face::Loud), secrets(Face::Blank));
        let (ours, theirs) = (shot.picture(0, &ours), shot.picture(1, &theirs));
        assert_eq!(ours == theirs, in_view.is_empty(), "{tree}");
        let leaves =
            ours.chunks(3).filter(|p| [[52, 78, 40], [70, 100, 52]].contains(&[p[0], p[1], p[2]]));
        assert_eq!(leaves.count() > 300, !tree.is_empty(), "{tree}");
    }
}
