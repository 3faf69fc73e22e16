//! Compiles the no-fly zones into the firmware: `assets/no_fly/*.geojson` (RFC 7946) become one constant list.
//!
//! A zone is a polygon, or a point with a radius; RFC 7946 has no circles. Its number is its place in the list, from 1.
//!
//! **Never:** mends a file; a ring that is open or turns the wrong way, or a number out of its place, fails the build.

use serde::Deserialize;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

/// In this order; the numbers of the zones run through all of them.
const FILES: [&str; 3] = ["airports", "prisons", "temporary"];
/// Days from 1970-01-01 to 2026-01-01, from when the vehicle counts.
const EPOCH_DAYS: i64 = 20_454;

#[derive(Deserialize)]
struct Collection {
    features: Vec<Feature>,
}

#[derive(Deserialize)]
struct Feature {
    properties: Properties,
    geometry: Geometry,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Properties {
    number: usize,
    name: String,
    country: String,
    kind: String,
    floor_m: f64,
    ceiling_m: f64,
    radius_m: Option<f64>,
    from: Option<String>,
    until: Option<String>,
}

#[derive(Deserialize)]
#[serde(tag = "type")]
enum Geometry {
    Point { coordinates: [f64; 2] },
    Polygon { coordinates: Vec<Vec<[f64; 2]>> },
}

/// Writes `no_fly.rs` into the folder for compiled tables.
pub fn compile(folder: &Path, out: &Path) {
    println!("cargo:rerun-if-changed={}", folder.display());
    let mut code = String::from("pub(super) const ZONES: &[Zone] = &[\n");
    let mut number = 0;
    for name in FILES {
        let file = folder.join(name).with_extension("geojson");
        let text = fs::read_to_string(&file).expect("a file of no-fly zones cannot be read");
        let collection: Collection =
            serde_json::from_str(&text).unwrap_or_else(|e| panic!("{name}.geojson: {e}"));
        for feature in collection.features {
            number += 1;
            assert_eq!(feature.properties.number, number, "{name}.geojson: a number out of place");
            code += &zone(&feature);
        }
    }
    code += "];\n";
    fs::write(out.join("no_fly.rs"), code).expect("the compiled zones cannot be written");
}

fn zone(feature: &Feature) -> String {
    let Properties { name, country, kind, floor_m, ceiling_m, radius_m, from, until, .. } =
        &feature.properties;
    assert!(floor_m < ceiling_m, "{name}: the floor is not below the ceiling");
    assert!(country.len() == 2, "{name}: {country} is no country");
    let shape = match (&feature.geometry, radius_m) {
        (Geometry::Point { coordinates }, Some(radius_m)) => {
            let (lat_deg, lon_deg) = place(name, *coordinates);
            assert!((1.0..50_000.0).contains(radius_m), "{name}: {radius_m} m is no radius");
            format!(
                "Circle {{ lat_deg: {lat_deg:?}, lon_deg: {lon_deg:?}, radius_m: {radius_m:?} }}"
            )
        }
        (Geometry::Polygon { coordinates }, None) => {
            let [ring] = &coordinates[..] else { panic!("{name}: one ring is all we know") };
            format!("Polygon(&[{}])", corners(name, ring))
        }
        _ => panic!("{name}: a point has a radius, a polygon has none"),
    };
    let hours = match (kind.as_str(), from, until) {
        ("temporary", Some(from), Some(until)) => {
            format!("Some(({}, {}))", second(from), second(until))
        }
        ("airport" | "prison", None, None) => "None".to_owned(),
        _ => panic!("{name}: a temporary zone has hours, and no other has"),
    };
    format!(
        "    // {name}, {country}\n    Zone {{ shape: Shape::{shape}, floor_m: {floor_m:?}, ceiling_m: {ceiling_m:?}, \
         hours: {hours} }},\n"
    )
}

/// The corners of a ring, without the last, which is the first.
fn corners(name: &str, ring: &[[f64; 2]]) -> String {
    assert!(ring.len() >= 4 && ring.first() == ring.last(), "{name}: an open ring");
    let twice_area: f64 = ring.windows(2).map(|w| w[0][0] * w[1][1] - w[1][0] * w[0][1]).sum();
    assert!(twice_area > 0.0, "{name}: the ring turns right");
    let mut out = String::new();
    for &corner in &ring[1..] {
        let (lat_deg, lon_deg) = place(name, corner);
        let _ = write!(out, "({lat_deg:?}, {lon_deg:?}), ");
    }
    out
}

fn place(name: &str, [lon_deg, lat_deg]: [f64; 2]) -> (f64, f64) {
    // Near the date line a polygon would need to be cut in two, which this list has no use for.
    assert!(lat_deg.abs() <= 85.0 && lon_deg.abs() < 179.0, "{name}: a place out of range");
    (lat_deg, lon_deg)
}

/// `2026-01-19T07:00:00Z` in seconds from the first moment of 2026.
fn second(text: &str) -> i64 {
    let number = |from: usize, length: usize| -> i64 {
        text.get(from..from + length).and_then(|digits| digits.parse().ok()).expect(text)
    };
    assert!(text.len() == 20 && text.ends_with('Z'), "{text} is no moment in UTC");
    let (year, month, day) = (number(0, 4), number(5, 2), number(8, 2));
    let (hour, minute, second) = (number(11, 2), number(14, 2), number(17, 2));
    // Days from 1970-01-01, counted in years that begin in March.
    let march_year = if month > 2 { year } else { year - 1 };
    let era = march_year.div_euclid(400);
    let year_of_era = march_year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let days = era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100
        + day_of_year
        - 719_468;
    (days - EPOCH_DAYS) * 86_400 + hour * 3_600 + minute * 60 + second
}
