//! Where no-fly zones lie, as their GeoJSON files say: for choosing a place that is as free, or as forbidden.
//!
//! **Never:** reaches the vehicle, which has zones of its own compiled in; looks at heights or times.

use crate::error::FlyError;
use evidence::assets::Assets;
use evidence::scenario::Place;
use serde::Deserialize;
use std::io::ErrorKind;
use std::path::Path;

const M_PER_DEG: f64 = 111_200.0;

/// All zones, in order of their files' names and within them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Zones(Vec<Shape>);

#[derive(Clone, Debug, PartialEq)]
enum Shape {
    Circle {
        middle: [f64; 2],
        radius_m: f64,
    },
    /// The outer ring, longitude before latitude.
    Polygon(Vec<[f64; 2]>),
}

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
struct Properties {
    radius_m: Option<f64>,
}

#[derive(Deserialize)]
#[serde(tag = "type", content = "coordinates")]
enum Geometry {
    Point([f64; 2]),
    Polygon(Vec<Vec<[f64; 2]>>),
}

impl Zones {
    /// Reads every file below `no_fly` in the assets; none at all where there is no such folder.
    ///
    /// # Errors
    /// The first file that cannot be read or is no such GeoJSON.
    pub fn read(assets: &Assets) -> Result<Self, FlyError> {
        let folder = assets.root.join("no_fly");
        let entries = match std::fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Self::default()),
            Err(error) => return Err(unreadable(&folder, error)),
        };
        let files: Result<Vec<_>, _> = entries.map(|entry| entry.map(|e| e.path())).collect();
        let mut files = files.map_err(|error| unreadable(&folder, error))?;
        files.retain(|file| file.extension().is_some_and(|ending| ending == "geojson"));
        files.sort();
        let mut zones = Self::default();
        for file in &files {
            let text = std::fs::read_to_string(file).map_err(|error| unreadable(file, error))?;
            zones.add(&text).map_err(|error| unreadable(file, error.into()))?;
        }
        Ok(zones)
    }

    fn add(&mut self, text: &str) -> Result<(), serde_json::Error> {
        let collection: Collection = serde_json::from_str(text)?;
        self.0.extend(collection.features.into_iter().map(|feature| match feature.geometry {
            Geometry::Point(middle) => {
                Shape::Circle { middle, radius_m: feature.properties.radius_m.unwrap_or(0.0) }
            }
            Geometry::Polygon(rings) => {
                Shape::Polygon(rings.into_iter().next().unwrap_or_default())
            }
        }));
        Ok(())
    }

    /// Which zones a place is in or nearer to than this; of a negative distance, which it is in so deeply.
    #[must_use]
    pub fn around(&self, place: &Place, within_m: f64) -> Vec<usize> {
        let is_near = |shape: &Shape| shape.distance_m(place) <= within_m;
        (0..self.0.len()).filter(|number| is_near(&self.0[*number])).collect()
    }
}

impl Shape {
    /// To the border; negative inside.
    fn distance_m(&self, place: &Place) -> f64 {
        // Flat about the place, which is exact enough for a few kilometres and cheap for all others.
        let east_m = M_PER_DEG * libm::cos(place.lat_deg.to_radians());
        let flat = |[lon_deg, lat_deg]: [f64; 2]| {
            let turned_deg = lon_deg - place.lon_deg;
            let turned_deg = turned_deg - 360.0 * libm::round(turned_deg / 360.0);
            (turned_deg * east_m, (lat_deg - place.lat_deg) * M_PER_DEG)
        };
        match self {
            Self::Circle { middle, radius_m } => {
                let (x, y) = flat(*middle);
                libm::hypot(x, y) - radius_m
            }
            Self::Polygon(ring) => {
                let corners: Vec<_> = ring.iter().map(|corner| flat(*corner)).collect();
                let sides = || corners.iter().zip(corners.iter().cycle().skip(1));
                // A ray to the east crosses the sides of what is around an odd number of times.
                let crosses = |(a, b): &(&(f64, f64), &(f64, f64))| {
                    (a.1 > 0.0) != (b.1 > 0.0) && a.0 - a.1 * (b.0 - a.0) / (b.1 - a.1) > 0.0
                };
                let to_border_m =
                    sides().map(|(a, b)| to_side_m(*a, *b)).fold(f64::INFINITY, f64::min);
                let is_inside = sides().filter(crosses).count() % 2 == 1;
                if is_inside { -to_border_m } else { to_border_m }
            }
        }
    }
}

fn unreadable(file: &Path, error: std::io::Error) -> FlyError {
    FlyError::Unreadable { file: file.to_path_buf(), error }
}

/// From the origin to the nearest point of a side.
fn to_side_m(a: (f64, f64), b: (f64, f64)) -> f64 {
    let (x, y) = (b.0 - a.0, b.1 - a.1);
    let length2 = x * x + y * y;
    let along = if length2 > 0.0 { -(a.0 * x + a.1 * y) / length2 } else { 0.0 };
    let along = along.clamp(0.0, 1.0);
    libm::hypot(a.0 + along * x, a.1 + along * y)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ZONES: &str = r#"{"type": "FeatureCollection", "features": [
        {"type": "Feature", "properties": {"radius_m": 400}, "geometry":
            {"type": "Point", "coordinates": [0.0, 51.0]}},
        {"type": "Feature", "properties": {}, "geometry": {"type": "Polygon", "coordinates":
            [[[179.9, 0.0], [-179.9, 0.0], [-179.9, 0.2], [179.9, 0.2], [179.9, 0.0]]]}}]}"#;

    #[test]
    fn a_place_is_in_what_is_around_it_over_the_date_line_too() {
        let mut zones = Zones::default();
        zones.add(ZONES).unwrap();
        for (lat_deg, lon_deg, within_m, expected) in [
            (51.0, 0.0, 0.0, vec![0]),
            (51.004, 0.0, 0.0, vec![]),
            (51.004, 0.0, 100.0, vec![0]),
            (51.002, 0.0, -100.0, vec![0]),
            (51.002, 0.0, -200.0, vec![]),
            (0.1, 180.0, -5_000.0, vec![1]),
            (0.19, 180.0, -5_000.0, vec![]),
            (0.1, 180.0, 0.0, vec![1]),
            (0.1, -179.95, 0.0, vec![1]),
            (0.1, 179.89, 0.0, vec![]),
            (0.1, 179.89, 1_200.0, vec![1]),
            (-0.01, -179.95, 1_000.0, vec![]),
        ] {
            let place = Place { lat_deg, lon_deg, alt_m: 0.0 };
            assert_eq!(zones.around(&place, within_m), expected, "{place:?}");
        }
    }

    #[test]
    fn the_files_that_ship_are_read() {
        let zones = Zones::read(&Assets::find().unwrap()).unwrap();
        let heathrow = Place { lat_deg: 51.47, lon_deg: -0.45, alt_m: 25.0 };
        assert_eq!(zones.around(&heathrow, 0.0).len(), 1);
    }
}
