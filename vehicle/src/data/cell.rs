//! The one global grid of cells of at most 10 km: the finest place that the maker is ever told.
//!
//! 2048 bands of equal latitude, each cut into as many columns as its edge nearer to the equator needs. On the WGS 84
//! ellipsoid a parallel is longer than on a sphere by up to 0.34 %; [`COLUMNS_AT_EQUATOR`] has that in it. A cell is
//! a function of the place alone: no noise that averages out, no seed, no time.
//!
//! **Never:** adds noise; remembers where it was; tells anything finer than the cell.

use core::fmt;

/// Bands from pole to pole.
const ROWS: u16 = 2048;
/// Height of a band, degrees: at most 9.82 km, where the meridian is flattest.
const ROW_DEG: f64 = 180.0 / ROWS as f64;
/// So many cells of just under 10 km go round the equator, with room for the ellipsoid at high latitudes.
const COLUMNS_AT_EQUATOR: f64 = 4021.1;

/// One cell of the grid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Cell {
    row: u16,
    column: u16,
}

/// The sides of a cell, degrees.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Sides {
    pub(crate) south_deg: f64,
    pub(crate) north_deg: f64,
    pub(crate) west_deg: f64,
    pub(crate) east_deg: f64,
}

impl Cell {
    /// The cell of a place; none where the numbers are no place on Earth.
    pub(crate) fn at(lat_deg: f64, lon_deg: f64) -> Option<Self> {
        if !(-90.0..=90.0).contains(&lat_deg) || !lon_deg.is_finite() {
            return None;
        }
        let row = (libm::floor((lat_deg + 90.0) / ROW_DEG) as u16).min(ROWS - 1);
        let columns = columns(row);
        let east_deg = lon_deg + 180.0;
        let turned_deg = east_deg - libm::floor(east_deg / 360.0) * 360.0;
        let column = libm::floor(turned_deg / 360.0 * f64::from(columns)) as u16;
        Some(Self { row, column: column.min(columns - 1) })
    }

    /// Reads `ROW-COL`; none for what no cell is called.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (row, column) = text.split_once('-')?;
        let number = |digits: &str| {
            let is_plain = digits.len() <= 4 && digits.bytes().all(|b| b.is_ascii_digit());
            let is_canonical = digits == "0" || !digits.starts_with('0');
            (is_plain && is_canonical).then(|| digits.parse::<u16>().ok())?
        };
        let (row, column) = (number(row)?, number(column)?);
        (row < ROWS && column < columns(row)).then_some(Self { row, column })
    }

    /// Where the cell begins and ends.
    pub(crate) fn sides(self) -> Sides {
        let south_deg = f64::from(self.row) * ROW_DEG - 90.0;
        let column_deg = 360.0 / f64::from(columns(self.row));
        let west_deg = f64::from(self.column) * column_deg - 180.0;
        Sides {
            south_deg,
            north_deg: south_deg + ROW_DEG,
            west_deg,
            east_deg: west_deg + column_deg,
        }
    }
}

impl fmt::Display for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.row, self.column)
    }
}

/// Cells in a band: as many as its longer edge needs.
fn columns(row: u16) -> u16 {
    let south_deg = f64::from(row) * ROW_DEG - 90.0;
    let edge_deg = libm::fmin(libm::fabs(south_deg), libm::fabs(south_deg + ROW_DEG));
    let around = libm::ceil(COLUMNS_AT_EQUATOR * libm::cos(edge_deg.to_radians()));
    (around as u16).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::ToString;
    use proptest::prelude::*;

    const SEMI_MAJOR_M: f64 = 6_378_137.0;
    const ECCENTRICITY_2: f64 = 0.006_694_379_990_141_32;

    /// Length of a degree of a parallel and of a meridian on WGS 84, metres.
    fn degree_m(lat_deg: f64) -> (f64, f64) {
        let (sin, cos) = libm::sincos(lat_deg.to_radians());
        let w = 1.0 - ECCENTRICITY_2 * sin * sin;
        let across = SEMI_MAJOR_M / libm::sqrt(w) * cos;
        let along = SEMI_MAJOR_M * (1.0 - ECCENTRICITY_2) / (w * libm::sqrt(w));
        (across.to_radians(), along.to_radians())
    }

    #[test]
    fn every_band_has_cells_of_at_most_ten_kilometres_on_both_axes() {
        let mut widest_m: f64 = 0.0;
        let mut tallest_m: f64 = 0.0;
        for row in 0..ROWS {
            let sides = Cell { row, column: 0 }.sides();
            for lat_deg in [sides.south_deg, sides.north_deg] {
                let (across_m, along_m) = degree_m(lat_deg);
                widest_m = widest_m.max(across_m * 360.0 / f64::from(columns(row)));
                tallest_m = tallest_m.max(along_m * ROW_DEG);
            }
        }
        assert!((9_900.0..=10_000.0).contains(&widest_m), "{widest_m}");
        assert!((9_800.0..=10_000.0).contains(&tallest_m), "{tallest_m}");
    }

    #[test]
    fn a_place_has_its_cell_at_the_poles_and_at_the_date_line_too() {
        for (lat_deg, lon_deg, name) in [
            (-90.0, 0.0, "0-3"),
            (90.0, 0.0, "2047-3"),
            (90.0, -180.0, "2047-0"),
            (0.0, -180.0, "1024-0"),
            (0.0, 180.0, "1024-0"),
            (0.0, 540.0, "1024-0"),
            (0.0, 179.999_999, "1024-4021"),
            (-0.000_001, 0.0, "1023-2011"),
            (47.3769, 8.5417, "1563-1426"),
        ] {
            let cell = Cell::at(lat_deg, lon_deg).map(|cell| cell.to_string());
            assert_eq!(cell.as_deref(), Some(name), "{lat_deg} {lon_deg}");
        }
        for (lat_deg, lon_deg) in [(90.1, 0.0), (f64::NAN, 0.0), (0.0, f64::INFINITY)] {
            assert_eq!(Cell::at(lat_deg, lon_deg), None);
        }
    }

    #[test]
    fn a_name_that_is_not_spelt_as_we_spell_it_is_no_cell() {
        for name in ["", "-", "1-", "-1", "01-1", "+1-1", "2048-0", "1024-4022", "1-2-3", "1 -2"] {
            assert_eq!(Cell::parse(name), None, "{name}");
        }
    }

    /// Ten thousand reports over two hundred places, poles and date line among them: all reports of a place are the
    /// same word, so that no mean of any number of them comes nearer to the truth than one of them.
    #[test]
    fn reports_from_one_cell_are_one_word_however_many_there_are() {
        for place in 0..200_u32 {
            let lat_deg = match place {
                0..20 => 90.0 - f64::from(place) * 0.01,
                20..40 => -90.0 + f64::from(place - 20) * 0.01,
                _ => f64::from(place) * 0.8 - 96.0,
            };
            let lon_deg = match place {
                40..80 => 179.9 + f64::from(place - 40) * 0.005,
                _ => f64::from(place) * 7.3 - 700.0,
            };
            let cell = Cell::at(lat_deg, lon_deg).unwrap();
            let sides = cell.sides();
            let name = cell.to_string();
            for report in 0..50_u32 {
                let part = (f64::from(report) + 0.5) / 50.0;
                let spread = (f64::from(report * 7 % 50) + 0.5) / 50.0;
                let lat_deg = sides.south_deg + part * (sides.north_deg - sides.south_deg);
                let lon_deg = sides.west_deg + spread * (sides.east_deg - sides.west_deg);
                assert_eq!(Cell::at(lat_deg, lon_deg).unwrap().to_string(), name);
            }
        }
    }

    #[test]
    fn the_word_changes_at_the_side_of_a_cell_and_nowhere_else() {
        let mut crossings = 0;
        let mut last = Cell::at(51.9, -8.0).unwrap();
        for step in 1..20_000_u32 {
            let (lat_deg, lon_deg) = (51.9 + f64::from(step) * 2e-4, -8.0 + f64::from(step) * 1e-3);
            let cell = Cell::at(lat_deg, lon_deg).unwrap();
            let sides = cell.sides();
            assert!((sides.south_deg..=sides.north_deg).contains(&lat_deg));
            assert!((sides.west_deg..=sides.east_deg).contains(&lon_deg));
            crossings += u32::from(cell != last);
            last = cell;
        }
        assert!(crossings >= 100, "{crossings}");
    }

    proptest! {
        #[test]
        fn every_place_lies_in_its_cell_and_the_cell_is_small(
            lat_deg in -90.0..=90.0_f64,
            lon_deg in -180.0..180.0_f64,
        ) {
            let cell = Cell::at(lat_deg, lon_deg).unwrap();
            let sides = cell.sides();
            let slack_deg = 1e-9;
            prop_assert!(sides.south_deg - slack_deg <= lat_deg && lat_deg <= sides.north_deg + slack_deg);
            prop_assert!(sides.west_deg - slack_deg <= lon_deg && lon_deg <= sides.east_deg + slack_deg);
            let (across_m, along_m) = degree_m(lat_deg);
            prop_assert!(across_m * (sides.east_deg - sides.west_deg) <= 10_000.0);
            prop_assert!(along_m * (sides.north_deg - sides.south_deg) <= 10_000.0);
            prop_assert_eq!(Cell::parse(&cell.to_string()), Some(cell));
        }
    }
}
