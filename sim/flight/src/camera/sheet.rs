//! The sheet on the ground, 3 m × 3 m, 5 m north of the start: a picture with a secret in it.
//!
//! **Never:** covers what stands on it.

use super::glow::shone;
use super::scene::{GROUND, Scene};
use super::view::{HEIGHT_PX, View, WIDTH_PX};
use crate::secrets::{SHEET_CELLS, Sheet};
use glam::DVec3;
use std::ops::Range;

const MIDDLE_NORTH_M: f64 = 5.0;
const HALF_M: f64 = 1.5;
/// Room for as many runs as there are of it from a few metres above.
const RUNS_USUAL: usize = 1024;
const CELL_M: f64 = 2.0 * HALF_M / SHEET_CELLS as f64;

/// Whether any of it may be in the picture.
#[must_use]
pub fn is_in_view(view: &View) -> bool {
    let offsets = [-HALF_M, 0.0, HALF_M];
    offsets.iter().any(|e| {
        offsets.iter().any(|n| {
            let point_m = DVec3::new(*e, MIDDLE_NORTH_M + n, 0.0);
            view.project(point_m).is_some_and(|spot| {
                (0.0..WIDTH_PX as f64).contains(&spot.x_px)
                    && (0.0..HEIGHT_PX as f64).contains(&spot.y_px)
            })
        })
    })
}

/// Pixels side by side that show one cell of it. They are the same whatever is on it.
pub struct Run {
    pixels: Range<usize>,
    cell: usize,
}

/// All of it that is seen in a picture.
#[must_use]
pub fn runs(view: &View, scene: &Scene) -> Vec<Run> {
    let mut runs = Vec::with_capacity(RUNS_USUAL);
    for row in 0..HEIGHT_PX {
        on_row(view, row, |columns, cell| {
            let first = row * WIDTH_PX + columns.start;
            let owners = &scene.owners[first..row * WIDTH_PX + columns.end];
            let mut from = first;
            for owners in owners.chunk_by(|a, b| (*a == GROUND) == (*b == GROUND)) {
                let pixels = from..from + owners.len();
                from = pixels.end;
                if owners[0] == GROUND {
                    runs.push(Run { pixels, cell });
                }
            }
        });
    }
    runs
}

/// Paints it over the ground of a picture.
pub fn paint(runs: &[Run], sheet: &Sheet, scene: &Scene, rgb: &mut [u8]) {
    for Run { pixels, cell } in runs {
        let (colour, painted) = (sheet[*cell], &mut rgb[3 * pixels.start..3 * pixels.end]);
        let painted = painted.as_chunks_mut::<3>().0;
        match scene.brights(pixels.clone()) {
            None => {
                let (fours, rest) = painted.as_chunks_mut::<4>();
                fours.fill([colour; 4]);
                rest.fill(colour);
            }
            Some(brights) => {
                for (pixel, bright) in painted.iter_mut().zip(brights) {
                    *pixel = shone(colour, *bright);
                }
            }
        }
    }
}

/// Eight pixels of it side by side as a picture shows them, where two cells meet, and its height in pixels.
#[must_use]
pub fn needle(view: &View, scene: &Scene, rgb: &[u8]) -> Option<(Vec<u8>, usize)> {
    let (mut rows, mut best) = (0, None);
    for row in 0..HEIGHT_PX {
        let mut columns = Vec::new();
        let owners = &scene.owners[row * WIDTH_PX..(row + 1) * WIDTH_PX];
        on_row(view, row, |run, _| columns.extend(run.filter(|column| owners[*column] == GROUND)));
        rows += usize::from(!columns.is_empty());
        if best.is_some() {
            continue;
        }
        best = columns.windows(8).filter(|w| w[7] - w[0] == 7).find_map(|w| {
            let at = |column: usize| 3 * (row * WIDTH_PX + column);
            let bytes = &rgb[at(w[0])..at(w[7]) + 3];
            (bytes[9..12] != bytes[12..15]).then(|| bytes.to_vec())
        });
    }
    best.map(|bytes| (bytes, rows))
}

/// Calls `paint(columns, cell)` for each run of pixels of a row that show one cell, if nothing stands before it.
fn on_row(view: &View, row: usize, mut paint: impl FnMut(Range<usize>, usize)) {
    let Some((first_m, step_m)) = view.ground_under_row(row) else { return };
    let south_m = MIDDLE_NORTH_M - HALF_M;
    // A row is a straight line on the ground: most rows miss the sheet at both ends.
    let last_m = first_m + step_m * (WIDTH_PX - 1) as f64;
    let misses = |a: f64, b: f64, low: f64| a.max(b) < low || a.min(b) > low + 2.0 * HALF_M;
    if misses(first_m.x, last_m.x, -HALF_M) || misses(first_m.y, last_m.y, south_m) {
        return;
    }
    // Nor does it reach from end to end: a pixel more on each side, and each is asked below.
    let (from, to) = [(first_m.x, step_m.x, -HALF_M), (first_m.y, step_m.y, south_m)]
        .map(|(first, step, low)| crossed(first, step, low))
        .into_iter()
        .fold((0.0, WIDTH_PX as f64), |all, one| (one.0.max(all.0), one.1.min(all.1)));
    let place = |column: usize| {
        let point_m = first_m + step_m * column as f64;
        let (east, south) =
            ((point_m.x + HALF_M) / CELL_M, SHEET_CELLS as f64 - (point_m.y - south_m) / CELL_M);
        let inside = 0.0..SHEET_CELLS as f64;
        (inside.contains(&east) && inside.contains(&south)).then_some((east, south))
    };
    let cell = |(east, south): (f64, f64)| south as usize * SHEET_CELLS + east as usize;
    // Pixels from one cell's edge to the next.
    let [east_px, south_px] = [CELL_M / step_m.x, -CELL_M / step_m.y];
    let (mut begin, to) = (from as usize, to as usize);
    let mut at = place(begin);
    while begin < to {
        let Some((east, south)) = at else {
            begin += 1;
            at = place(begin);
            continue;
        };
        // A straight line leaves a cell once: near where it should, and the pixels there are asked.
        let here = cell((east, south));
        let near = to_edge(east, east_px).min(to_edge(south, south_px));
        let mut end = begin + 1 + near as usize;
        while end > begin + 1 && place(end - 1).map(cell) != Some(here) {
            end -= 1;
        }
        at = place(end);
        while end < to && at.map(cell) == Some(here) {
            end += 1;
            at = place(end);
        }
        paint(begin..end.min(to), here);
        begin = end;
    }
}

/// How many pixels it is from a place to the next whole number, of which neighbours are so many pixels apart.
fn to_edge(place: f64, apart_px: f64) -> f64 {
    let part = place - f64::from(place as u32);
    let ahead = if apart_px < 0.0 { -part } else { 1.0 - part };
    (ahead * apart_px).min(WIDTH_PX as f64)
}

/// Columns at which a coordinate enters and leaves what reaches from `low` over the sheet's size, and one more.
fn crossed(first: f64, step: f64, low: f64) -> (f64, f64) {
    if step == 0.0 {
        return (0.0, WIDTH_PX as f64);
    }
    let (a, b) = ((low - first) / step, (low + 2.0 * HALF_M - first) / step);
    (a.min(b).floor() - 1.0, a.max(b).ceil() + 2.0)
}
