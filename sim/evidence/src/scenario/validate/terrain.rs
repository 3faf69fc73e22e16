//! What ground a story may have: no steeper than people walk and airframes land.
//!
//! **Never:** knows where the hills of a seed are.

use super::{Fault, at_most, fault, within};
use crate::scenario::Terrain;

/// A grid's side, in corners.
const CORNERS_MAX: usize = 128;
/// Up for a metre along, at most.
const SLOPE_MAX: f64 = 1.0;
/// Hills of a wavelength are no higher than this part of it; they are about as steep as a grid may be.
const HILL_SHARE: f64 = 0.2;

/// The first value that is wrong.
pub(super) fn check(terrain: &Terrain) -> Result<(), Fault> {
    match terrain {
        Terrain::Flat => Ok(()),
        Terrain::Hills { height_m, wavelength_m } => {
            within("terrain.wavelength_m", *wavelength_m, 20.0..=1000.0, "metres")?;
            let most_m = HILL_SHARE * wavelength_m;
            let unit = "metres, a fifth of the wavelength at most";
            within("terrain.height_m", *height_m, 0.1..=most_m, unit)
        }
        Terrain::Grid { cell_m, heights_m } => {
            within("terrain.cell_m", *cell_m, 2.0..=200.0, "metres")?;
            check_grid(*cell_m, heights_m)
        }
    }
}

fn check_grid(cell_m: f64, heights_m: &[Vec<f64>]) -> Result<(), Fault> {
    at_most("terrain.heights_m", heights_m.len(), CORNERS_MAX)?;
    let columns = heights_m.first().map_or(0, Vec::len);
    if heights_m.len() < 2 || columns < 2 {
        let hint = "give two rows of two heights at least: `heights_m: [[0.0, 1.0], [0.0, 2.0]]`";
        return fault("terrain.heights_m", "this grid has no cell", hint);
    }
    at_most("terrain.heights_m[0]", columns, CORNERS_MAX)?;
    for (i, row) in heights_m.iter().enumerate() {
        if row.len() != columns {
            let what =
                format!("this row has {} heights, and the first one has {columns}", row.len());
            return fault(&format!("terrain.heights_m[{i}]"), &what, "make all rows alike");
        }
        for (j, height_m) in row.iter().enumerate() {
            let path = format!("terrain.heights_m[{i}][{j}]");
            within(&path, *height_m, -200.0..=200.0, "metres above the start")?;
            let west = j.checked_sub(1).map(|j| row[j]);
            let north = i.checked_sub(1).map(|i| heights_m[i][j]);
            let steps_m = [west, north].into_iter().flatten().map(|next| (next - height_m).abs());
            if steps_m.fold(0.0, f64::max) > SLOPE_MAX * cell_m {
                let what = format!("the ground rises by more than {cell_m} m to this corner");
                let hint = "make it no steeper than a metre up for a metre along";
                return fault(&path, &what, hint);
            }
        }
    }
    Ok(())
}
