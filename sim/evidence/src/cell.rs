//! The 10 km cell: rows between parallels, columns between meridians, the same at any time and for anybody.
//!
//! 2048 rows of equal height from the south pole; in each row as many columns as keep a cell at least as wide as
//! it is at the row's edge nearest to the equator, and no wider than 10 km.
//!
//! **Never:** depends on anything but the place.

use serde::{Deserialize, Serialize};
use std::fmt;

/// Rows from pole to pole: 9.8 km each.
const ROWS: f64 = 2048.0;

/// Columns of a row that touches the equator: 10 km each.
const COLUMNS_AT_EQUATOR: f64 = 4021.1;

/// One cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Cell {
    /// From the south pole.
    pub row: u16,
    /// From the date line, to the east.
    pub column: u16,
}

impl Cell {
    /// The cell that a place is in.
    #[must_use]
    pub fn of(lat_deg: f64, lon_deg: f64) -> Self {
        let row = libm::floor((lat_deg + 90.0) * ROWS / 180.0).clamp(0.0, ROWS - 1.0);
        let columns = columns(row);
        let turned = lon_deg + 180.0;
        let wrapped = turned - libm::floor(turned / 360.0) * 360.0;
        let column = libm::floor(wrapped / 360.0 * columns).clamp(0.0, columns - 1.0);
        Self { row: row as u16, column: column as u16 }
    }

    /// Its edges in degrees: south, west, north, east.
    #[must_use]
    pub fn edges_deg(self) -> [f64; 4] {
        let (row, column) = (f64::from(self.row), f64::from(self.column));
        let height = 180.0 / ROWS;
        let width = 360.0 / columns(row);
        let (south, west) = (row * height - 90.0, column * width - 180.0);
        [south, west, south + height, west + width]
    }
}

impl fmt::Display for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.row, self.column)
    }
}

fn columns(row: f64) -> f64 {
    let (south_deg, north_deg) = (row * 180.0 / ROWS - 90.0, (row + 1.0) * 180.0 / ROWS - 90.0);
    let touches = south_deg <= 0.0 && north_deg >= 0.0;
    let edge_deg = if touches { 0.0 } else { south_deg.abs().min(north_deg.abs()) };
    libm::ceil(COLUMNS_AT_EQUATOR * libm::cos(edge_deg.to_radians())).max(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_in_the_cells_that_hold_them_and_poles_and_date_line_are_no_exception() {
        for (lat_deg, lon_deg, expected) in [
            (52.358, 4.8686, "1619-1263"),
            (0.0, 0.0, "1024-2011"),
            (-0.0001, -0.0001, "1023-2010"),
            (90.0, 0.0, "2047-3"),
            (-90.0, 0.0, "0-3"),
            (10.0, 180.0, "1137-0"),
            (10.0, -180.0, "1137-0"),
            (10.0, 179.999_999, "1137-3960"),
            (10.0, 539.999_999, "1137-3960"),
        ] {
            let cell = Cell::of(lat_deg, lon_deg);
            assert_eq!(cell.to_string(), expected, "{lat_deg}, {lon_deg}");
        }
    }

    #[test]
    fn the_edges_of_a_cell_hold_its_places_and_are_10_km_apart_at_most() {
        for lat in -89..=89 {
            for lon in (-180..180).step_by(7) {
                let (lat_deg, lon_deg) = (f64::from(lat) + 0.3, f64::from(lon) + 0.7);
                let [south, west, north, east] = Cell::of(lat_deg, lon_deg).edges_deg();
                assert!(south <= lat_deg && lat_deg < north, "{lat_deg}, {lon_deg}");
                assert!(west <= lon_deg && lon_deg < east, "{lat_deg}, {lon_deg}");
                let widest = south.abs().min(north.abs()).to_radians();
                let width_km = (east - west) * 111.32 * libm::cos(widest);
                assert!((north - south) * 111.2 < 10.0 && width_km < 10.01, "{lat_deg}");
            }
        }
    }
}
