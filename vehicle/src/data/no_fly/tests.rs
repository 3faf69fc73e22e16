use super::zones::Shape;
use super::*;
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::ToString;
use alloc::vec;
use proptest::prelude::*;
use serde_json::Value;

const KEY: [u8; 32] = [5; 32];
const FILES: [&str; 3] = [
    include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../assets/no_fly/airports.geojson")),
    include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../assets/no_fly/prisons.geojson")),
    include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../assets/no_fly/temporary.geojson")),
];
/// Metres in a degree of latitude, about.
const DEGREE_M: f64 = 111_200.0;

struct Card(Option<&'static str>);

impl Storage for Card {
    fn length(&self, _: &str) -> Option<usize> {
        self.0.map(str::len)
    }
    fn read(&self, _: &str, _: usize, _: usize) -> &[u8] {
        self.0.map_or(&[], str::as_bytes)
    }
    fn paths(&self) -> Vec<String> {
        Vec::new()
    }
    fn free_bytes(&self) -> u64 {
        0
    }
    fn has_failed(&self) -> bool {
        false
    }
}

fn keeper() -> NoFly {
    NoFly::new(KEY)
}

fn features() -> Vec<Value> {
    let read = |text: &&str| serde_json::from_str::<Value>(text).unwrap();
    FILES.iter().map(read).flat_map(|file| file["features"].as_array().unwrap().clone()).collect()
}

#[test]
fn the_files_are_geojson_as_rfc_7946_has_it() {
    for text in FILES {
        let file: Value = serde_json::from_str(text).unwrap();
        assert_eq!(file["type"], "FeatureCollection");
        assert_eq!(file.get("crs"), None, "coordinates are WGS 84 and say no other");
    }
    for feature in features() {
        let name = feature["properties"]["name"].as_str().unwrap();
        assert_eq!(feature["type"], "Feature", "{name}");
        let geometry = &feature["geometry"];
        let place = |value: &Value| {
            let numbers: Vec<_> =
                value.as_array().unwrap().iter().map(|n| n.as_f64().unwrap()).collect();
            let [lon_deg, lat_deg] = numbers[..] else { panic!("{name}: {value}") };
            assert!(lat_deg.abs() <= 90.0 && lon_deg.abs() <= 180.0, "{name}: {value}");
            for degrees in [lat_deg, lon_deg] {
                let thousandths = degrees * 1000.0;
                assert!(
                    (thousandths - libm::round(thousandths)).abs() < 1e-6,
                    "{name}: {degrees} is not general"
                );
            }
            (lon_deg, lat_deg)
        };
        match geometry["type"].as_str().unwrap() {
            "Point" => {
                place(&geometry["coordinates"]);
                assert!(feature["properties"]["radius_m"].as_f64().unwrap() > 0.0, "{name}");
            }
            "Polygon" => {
                for ring in geometry["coordinates"].as_array().unwrap() {
                    let ring: Vec<_> = ring.as_array().unwrap().iter().map(place).collect();
                    assert!(ring.len() >= 4 && ring.first() == ring.last(), "{name}: closed");
                    let corners: BTreeSet<_> =
                        ring.iter().map(|c| (c.0.to_bits(), c.1.to_bits())).collect();
                    assert_eq!(corners.len(), ring.len() - 1, "{name}: no corner twice");
                    let turn: f64 =
                        ring.windows(2).map(|w| w[0].0 * w[1].1 - w[1].0 * w[0].1).sum();
                    assert!(turn > 0.0, "{name}: the outer ring turns left");
                }
            }
            other => panic!("{name}: {other}"),
        }
    }
}

#[test]
fn there_are_zones_enough_of_every_kind_in_many_countries() {
    let features = features();
    let mut kinds: BTreeMap<String, u32> = BTreeMap::new();
    let (mut countries, mut names) = (BTreeSet::new(), BTreeSet::new());
    for (place, feature) in features.iter().enumerate() {
        let of = |name: &str| feature["properties"][name].as_str().unwrap().to_string();
        assert_eq!(feature["properties"]["number"], place + 1);
        *kinds.entry(of("kind")).or_default() += 1;
        countries.insert(of("country"));
        assert!(names.insert(of("name")), "{} twice", of("name"));
    }
    assert!(
        features.len() >= 60 && countries.len() >= 10,
        "{} in {}",
        features.len(),
        countries.len()
    );
    assert!(kinds.len() == 3 && kinds.values().all(|&count| count >= 10), "{kinds:?}");
    assert_eq!(ZONES.len(), features.len(), "all of them are compiled in");
    let circles = ZONES.iter().filter(|zone| matches!(zone.shape, Shape::Circle { .. })).count();
    assert!(circles >= 20 && ZONES.len() - circles >= 20, "{circles} circles");
    assert!(ZONES.iter().any(|zone| zone.floor_m > 200.0), "some begin above the ground");
}

#[test]
fn distances_are_those_of_the_ground() {
    let square = Shape::Polygon(&[(46.99, 8.0), (46.99, 8.02), (47.01, 8.02), (47.01, 8.0)]);
    let circle = Shape::Circle { lat_deg: 47.0, lon_deg: 8.0, radius_m: 1000.0 };
    let at_date_line = Shape::Circle { lat_deg: 0.0, lon_deg: 180.0, radius_m: 1000.0 };
    for (shape, lat_deg, lon_deg, expected_m) in [
        (square, 47.0, 8.01, -760.4),
        (square, 47.0, 8.03, 760.4),
        (square, 47.02, 8.01, 1111.9),
        (square, 47.02, 8.03, 1346.8),
        (circle, 47.0, 8.0, -1000.0),
        (circle, 47.01, 8.0, 111.8),
        (at_date_line, 0.0, -179.99, 113.2),
        (at_date_line, 0.0, 179.99, 113.2),
    ] {
        let distance_m = shape.distance_m(lat_deg, lon_deg);
        assert!((distance_m - expected_m).abs() < 1.5, "{distance_m} is not {expected_m}");
    }
}

/// Edinburgh is a circle of 4.6 km about 55.950, -3.373, up to 800 m, number 4.
fn south_of_edinburgh(distance_m: f64) -> Spot {
    Spot { lat_deg: 55.950 - (4_600.0 + distance_m) / 111_330.0, lon_deg: -3.373, alt_m: 60.0 }
}

#[test]
fn the_pilot_is_warned_once_on_each_approach_and_held_before_the_border() {
    let mut keeper = keeper();
    let home = (55.8, -3.373);
    for (distance_m, mode, warns, holds, is_inside) in [
        (2_000.0, Mode::Mission, false, false, false),
        (490.0, Mode::Mission, true, false, false),
        (550.0, Mode::Mission, false, false, false),
        (300.0, Mode::Mission, false, false, false),
        (620.0, Mode::Mission, false, false, false),
        (480.0, Mode::Return, true, false, false),
        (70.0, Mode::Mission, false, false, false),
        (55.0, Mode::Mission, false, true, false),
        (50.0, Mode::Hold, false, false, false),
        (50.0, Mode::TakeOff, false, false, false),
        (-20.0, Mode::TakeOff, false, true, true),
        (-20.0, Mode::Land, false, false, true),
        (-20.0, Mode::Disarmed, false, false, true),
    ] {
        let seen = keeper.watch(Some(south_of_edinburgh(distance_m)), home, mode, Tick(0));
        assert_eq!(
            (seen.warns, seen.holds, seen.is_inside),
            (warns, holds, is_inside),
            "{distance_m} {mode:?}"
        );
        assert!(!seen.bars_home, "the way home leads away");
    }
    let high = Spot { alt_m: 2_000.0, ..south_of_edinburgh(-1_000.0) };
    assert!(!keeper.watch(Some(high), home, Mode::Mission, Tick(0)).is_inside, "above the ceiling");
    assert!(!keeper.watch(None, home, Mode::Mission, Tick(0)).is_inside, "without a fix");
}

#[test]
fn who_is_held_may_fly_away_and_not_in() {
    let mut keeper = keeper();
    let at = south_of_edinburgh(48.0);
    let (into, away) = ((55.950, -3.373), (55.80, -3.373));
    let beyond = (56.10, -3.373);
    for (way, forbidden) in [
        (&[into][..], true),
        (&[beyond], true),
        (&[away, into], true),
        (&[away], false),
        (&[], false),
    ] {
        let seen = keeper.watch(Some(at), into, Mode::Hold, Tick(0));
        assert!(seen.bars_home, "the way home leads in");
        assert_eq!(keeper.forbids(at, way, Tick(0)), forbidden, "{way:?}");
    }
    for (distance_m, holds) in [(44.0, false), (42.0, true), (71.0, false), (59.0, true)] {
        let seen = keeper.watch(Some(south_of_edinburgh(distance_m)), away, Mode::Return, Tick(0));
        assert_eq!(seen.holds, holds, "{distance_m}: the leash is as long as the way away needs");
    }
    keeper.watch(Some(south_of_edinburgh(100.0)), away, Mode::Hold, Tick(0));
    assert!(
        !keeper.forbids(south_of_edinburgh(100.0), &[into], Tick(0)),
        "far from a border all may be tried"
    );
}

#[test]
fn a_zone_is_unlocked_by_its_own_code_for_its_time() {
    let code = |number: u16| {
        let mac = hmac_sha256(&KEY, &[&number.to_le_bytes()]);
        u32::from_be_bytes([0, mac[0], mac[1], mac[2]])
    };
    for (number, code, unlocked) in [
        (4, code(4), true),
        (4, code(4) ^ 1, false),
        (4, code(5), false),
        (5, code(5), false),
        (0, code(0), false),
        (65_540, code(4), false),
        (u32::MAX, 0, false),
    ] {
        let mut keeper = keeper();
        keeper.unlock(number, code, 10, Tick(0));
        let mut is_inside = |now| {
            keeper.watch(Some(south_of_edinburgh(-50.0)), (0.0, 0.0), Mode::Hold, now).is_inside
        };
        assert_eq!(is_inside(Tick(4_999)), !unlocked, "{number} {code}");
        assert!(is_inside(Tick(5_000)), "{number} {code}");
    }
}

#[test]
fn a_temporary_zone_counts_in_its_hours_only() {
    let london = Spot { lat_deg: 51.503, lon_deg: -0.120, alt_m: 20.0 };
    let davos = Spot { lat_deg: 46.8, lon_deg: 9.833, alt_m: 1600.0 };
    for (at, second, is_inside) in [
        (london, 0, true),
        (london, 3_599, true),
        (london, 3_600, false),
        (davos, 0, false),
        (davos, 18 * 86_400 + 7 * 3_600 - 1, false),
        (davos, 18 * 86_400 + 7 * 3_600, true),
    ] {
        let seen = keeper().watch(Some(at), (0.0, 0.0), Mode::Hold, Tick(second * TICKS_PER_S));
        assert_eq!(seen.is_inside, is_inside, "{at:?} {second}");
    }
}

#[test]
fn a_list_is_learnt_for_its_own_cell_and_warns_but_never_forbids() {
    let cell = Cell::parse("1563-1426").unwrap();
    let list = "hushwing.zones/1 1563-1426\ncircle 47.377 8.542 500 0 900\n";
    let there = Spot { lat_deg: 47.377, lon_deg: 8.542, alt_m: 450.0 };
    for (cell, body, learnt) in [
        (cell, list, true),
        (Cell::parse("1563-1427").unwrap(), list, false),
        (cell, "log 1, log 2, media 1, position", false),
    ] {
        let mut keeper = keeper();
        assert_eq!(keeper.learn(cell, body.as_bytes()).is_some(), learnt);
        assert_eq!(keeper.cell(), learnt.then_some(cell));
        let seen = keeper.watch(Some(there), (47.0, 8.0), Mode::Mission, Tick(0));
        assert_eq!((seen.warns, seen.holds, seen.is_inside), (learnt, false, false));
    }
    let mut kept = keeper();
    kept.recall(&Card(Some(list)));
    assert_eq!(kept.cell(), Some(cell), "and is found on the card");
}

#[test]
fn slots_are_fixed_from_the_start() {
    let due: Vec<_> = (0..40_000).filter(|&t| NoFly::is_due(Tick(t + 7), Tick(7))).collect();
    assert_eq!(due, vec![2_500, 17_500, 32_500]);
}

proptest! {
    /// The tree leaves nothing out: what it finds near a place is what a walk over the whole list finds.
    #[test]
    fn the_map_finds_what_the_list_holds(place in any::<prop::sample::Index>(), north_m in -9e3..9e3_f64, east_m in -9e3..9e3_f64) {
        let keeper = keeper();
        let zone = &ZONES[place.index(ZONES.len())];
        let (lat_deg, lon_deg) = match zone.shape {
            Shape::Circle { lat_deg, lon_deg, .. } => (lat_deg, lon_deg),
            Shape::Polygon(corners) => corners[0],
        };
        let lat_deg = lat_deg + north_m / DEGREE_M;
        let at = Spot { lat_deg, lon_deg: lon_deg + east_m / DEGREE_M, alt_m: (zone.floor_m + zone.ceiling_m) / 2.0 };
        let all_m = nearest_m(ZONES.iter(), at, Tick(0));
        let found_m = keeper.distance_m(at, Tick(0));
        prop_assert!(found_m == all_m || (all_m > NEAR_M.1 && found_m > NEAR_M.1), "{} {}", found_m, all_m);
    }

    /// Whether a list is wanted follows from the cell alone, and is so for every place from where a zone is near.
    #[test]
    fn a_zone_that_is_near_a_place_concerns_its_cell(place in any::<prop::sample::Index>(), north_m in -2e4..2e4_f64, east_m in -2e4..2e4_f64) {
        let keeper = keeper();
        let zone = &ZONES[place.index(ZONES.len())];
        let (lat_deg, lon_deg) = match zone.shape {
            Shape::Circle { lat_deg, lon_deg, .. } => (lat_deg, lon_deg),
            Shape::Polygon(corners) => corners[0],
        };
        let (lat_deg, lon_deg) = (lat_deg + north_m / DEGREE_M, lon_deg + east_m / DEGREE_M);
        let cell = Cell::at(lat_deg, lon_deg).unwrap();
        if zone.shape.distance_m(lat_deg, lon_deg) < CELL_NEAR_M - 100.0 {
            prop_assert!(keeper.concerns(cell));
        }
        if ZONES.iter().all(|zone| zone.shape.distance_m(lat_deg, lon_deg) > CELL_NEAR_M + 15_000.0) {
            prop_assert!(!keeper.concerns(cell));
        }
    }
}
