//! The declared no-fly zones, read by the auditor itself: whether one lies so near to a cell that its zones may be
//! asked for again and again.
//!
//! **Never:** depends on anything but the cell.

use evidence::Cell;
use serde_json::Value;
use std::sync::LazyLock;

const FILES: [&str; 3] = [
    include_str!("../../../../assets/no_fly/airports.geojson"),
    include_str!("../../../../assets/no_fly/prisons.geojson"),
    include_str!("../../../../assets/no_fly/temporary.geojson"),
];

/// A zone so near to a cell makes it worth asking for, with a tenth for another reckoning of distance.
const NEAR_M: f64 = 5_500.0;
const METRES_PER_DEGREE: f64 = 111_320.0;

/// A zone's bounds: south, west, north, east.
type Box4 = [f64; 4];

static ZONES: LazyLock<Vec<Box4>> =
    LazyLock::new(|| FILES.iter().flat_map(|text| read(text)).collect());

/// Whether a zone lies near a cell.
pub fn is_near(cell: Cell) -> bool {
    is_within(cell.edges_deg(), NEAR_M)
}

fn is_within(bounds: Box4, metres: f64) -> bool {
    ZONES.iter().any(|zone| distance_m(bounds, *zone) <= metres)
}

/// Distance between two boxes, as short as it may be.
fn distance_m(a: Box4, b: Box4) -> f64 {
    let gap = |low: f64, high: f64| (low - high).max(0.0);
    let north = gap(b[0], a[2]).max(gap(a[0], b[2]));
    let mut east = gap(b[1], a[3]).max(gap(a[1], b[3]));
    // Over the date line it may be nearer.
    east = east.min((a[1] + 360.0 - b[3]).max(0.0)).min((b[1] + 360.0 - a[3]).max(0.0));
    let widest = a[0].abs().max(a[2].abs()).min(90.0);
    let (north, east) = (north, east * libm::cos(widest.to_radians()));
    (north * north + east * east).sqrt() * METRES_PER_DEGREE
}

fn read(text: &str) -> Vec<Box4> {
    let file: Value = serde_json::from_str(text).unwrap_or(Value::Null);
    let features = file["features"].as_array().cloned().unwrap_or_default();
    features.iter().filter_map(bounds).collect()
}

fn bounds(feature: &Value) -> Option<Box4> {
    let geometry = &feature["geometry"];
    let pair = |point: &Value| Some((point[1].as_f64()?, point[0].as_f64()?));
    if geometry["type"] == "Point" {
        let (lat, lon) = pair(&geometry["coordinates"])?;
        let north = feature["properties"]["radius_m"].as_f64()? / METRES_PER_DEGREE;
        let east = north / libm::cos(lat.to_radians()).max(0.001);
        return Some([lat - north, lon - east, lat + north, lon + east]);
    }
    let ring = geometry["coordinates"][0].as_array()?;
    let mut points = ring.iter().filter_map(pair);
    let (lat, lon) = points.next()?;
    let wider = |b: Box4, (lat, lon): (f64, f64)| {
        [b[0].min(lat), b[1].min(lon), b[2].max(lat), b[3].max(lon)]
    };
    Some(points.fold([lat, lon, lat, lon], wider))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_zone_is_read_and_is_near_to_the_cells_around_it_alone() {
        assert!(ZONES.len() >= 60, "{}", ZONES.len());
        // Heathrow, and the middle of the North Sea.
        assert!(is_near(Cell::of(51.47, -0.4543)));
        assert!(!is_near(Cell::of(56.0, 3.0)));
    }
}
