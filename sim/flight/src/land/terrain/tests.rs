use super::*;
use proptest::prelude::*;

fn hills_of(height_m: f64, wavelength_m: f64, seed: u64) -> Terrain {
    Terrain::of(&Shape::Hills { height_m, wavelength_m }, &Seed::master(seed))
}

fn grid() -> Terrain {
    let heights_m = vec![vec![0.0, 10.0, 20.0], vec![0.0, 0.0, 0.0], vec![-5.0, 0.0, 5.0]];
    Terrain::of(&Shape::Grid { cell_m: 100.0, heights_m }, &Seed::master(1))
}

#[test]
fn a_grid_lies_as_a_map_does_and_goes_on_beyond_its_edges() {
    for ((east_m, north_m), height_m) in [
        ((0.0, 0.0), 0.0),
        ((100.0, 100.0), 20.0),
        ((0.0, 100.0), 10.0),
        ((50.0, 100.0), 15.0),
        ((50.0, 50.0), 7.5),
        ((-100.0, -100.0), -5.0),
        ((100.0, -100.0), 5.0),
        ((900.0, 900.0), 20.0),
        ((-900.0, 0.0), 0.0),
    ] {
        assert_eq!(grid().height_m(east_m, north_m), height_m, "{east_m} {north_m}");
    }
}

#[test]
fn hills_rise_and_fall_and_no_two_seeds_have_the_same() {
    let (a, b) = (hills_of(10.0, 60.0, 1), hills_of(10.0, 60.0, 2));
    let heights = |t: &Terrain| -> Vec<f64> {
        (0..4000)
            .map(|i| t.height_m(50.0 + f64::from(i % 64) * 9.0, f64::from(i / 64) * 9.0))
            .collect()
    };
    let (ours, theirs) = (heights(&a), heights(&b));
    let highest = ours.iter().copied().fold(0.0, f64::max);
    let deepest = ours.iter().copied().fold(0.0, f64::min);
    assert!(
        (4.0..=10.0).contains(&highest) && (-10.0..=-4.0).contains(&deepest),
        "{highest} {deepest}"
    );
    assert_ne!(ours, theirs);
    assert_eq!(ours, heights(&hills_of(10.0, 60.0, 1)));
}

#[test]
fn normals_stand_on_the_slope() {
    let (slope, expected) = (grid().normal(50.0, 50.0), DVec3::new(-0.05, -0.15, 1.0));
    assert!(slope.distance(expected.normalize()) < 1e-9, "{slope}");
    assert_eq!(Terrain::flat().normal(3.0, 4.0), DVec3::Z);
    assert_eq!(grid().normal(1.0, -2.0), DVec3::Z);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn heights_are_numbers_the_pad_is_flat_and_rays_end_on_the_ground(
        height_m in 0.5..100.0_f64, share in 5.0..50.0_f64, seed in 0..50_u64,
        east_m in -2500.0..2500.0_f64, north_m in -2500.0..2500.0_f64,
        up_m in 1.0..200.0_f64, heading in 0.0..6.3_f64, down in 0.2..1.5_f64,
    ) {
        let terrain = hills_of(height_m, (height_m * share).clamp(20.0, 1000.0), seed);
        let ground_m = terrain.height_m(east_m, north_m);
        prop_assert!(ground_m.is_finite() && ground_m.abs() <= height_m);
        prop_assert!(terrain.normal(east_m, north_m).is_finite());
        prop_assert_eq!(terrain.height_m(east_m / 500.0, north_m / 500.0), 0.0);
        // No slope is steeper than it says.
        let beside_m = terrain.height_m(east_m + 0.3, north_m - 0.4);
        prop_assert!((beside_m - ground_m).abs() <= 0.5 * terrain.slope_max() + 1e-9);
        let eye_m = DVec3::new(east_m, north_m, ground_m + up_m);
        let way = DVec3::new(libm::cos(heading) * libm::cos(down), libm::sin(heading) * libm::cos(down), -libm::sin(down));
        if let Some(at_m) = terrain.met_m(eye_m, way, 0.0, FAR_M) {
            let end_m = eye_m + way * at_m;
            let above_m = end_m.z - terrain.height_m(end_m.x, end_m.y);
            prop_assert!((0.0..=NEAR_M + NEAR_PER_M * at_m + 1e-9).contains(&above_m), "{}", above_m);
            // Nothing was in the way before.
            for part in 1..20 {
                let point_m = eye_m + way * (at_m * f64::from(part) / 20.0);
                prop_assert!(point_m.z + 1e-9 >= terrain.height_m(point_m.x, point_m.y));
            }
        }
    }
}
