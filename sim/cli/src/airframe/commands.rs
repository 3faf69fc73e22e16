//! The table of commands: `t,c1..cN` and, if there is wind, `wind_x,wind_y,wind_z`; columns in any order.
//!
//! **Never:** guesses a number, skips a line, or sorts.

use super::{bad, read};
use crate::Trouble;
use crate::trouble::nearest;
use flight::airframe::ROTORS_MAX;
use flight::airframe::open_loop::Row;
use glam::DVec3;
use std::path::Path;

const WIND: [&str; 3] = ["wind_x", "wind_y", "wind_z"];

/// What a column holds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Column {
    Time,
    Command(usize),
    Wind(usize),
}

/// One cell and its column from 1.
type Cell<'a> = (usize, &'a str);

/// Reads a table from its file.
///
/// # Errors
/// As [`read_text`]; or the file cannot be read.
pub(super) fn read_file(path: &Path, rotors: usize) -> Result<Vec<Row>, Trouble> {
    read_text(path, &read(path)?, rotors)
}

/// Reads a table for so many rotors.
///
/// # Errors
/// File, line and column of the first thing that is wrong.
pub(super) fn read_text(path: &Path, text: &str, rotors: usize) -> Result<Vec<Row>, Trouble> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    // Empty lines at the end are how editors end a file; one in the midst is a row that got lost.
    let mut lines = text.trim_end_matches(['\n', '\r', ' ']).lines();
    let columns = head(path, lines.next().unwrap_or(""), rotors)?;
    let mut rows: Vec<Row> = Vec::new();
    for (place, line) in lines.enumerate() {
        let row = row(path, place + 2, line, &columns)?;
        if let Some(last) = rows.last()
            && row.at_s <= last.at_s
        {
            let time = columns.iter().position(|column| *column == Column::Time);
            let column = cells(line).nth(time.unwrap_or(0)).map_or(1, |cell| cell.0);
            let what = format!("`t` is {} after {}", row.at_s, last.at_s);
            return Err(bad(path, place + 2, column, &what, "let `t` grow from row to row"));
        }
        rows.push(row);
    }
    if rows.is_empty() {
        let hint = "give at least one row: the state at the first is the start";
        return Err(bad(path, 2, 1, "there is no row of commands", hint));
    }
    Ok(rows)
}

fn head(path: &Path, line: &str, rotors: usize) -> Result<Vec<Column>, Trouble> {
    let needed: Vec<String> = std::iter::once("t".to_owned())
        .chain((1..=rotors).map(|rotor| format!("c{rotor}")))
        .chain(WIND.map(str::to_owned))
        .collect();
    let known = |name: &str| {
        let place = needed.iter().position(|known| known == name)?;
        Some(match place {
            0 => Column::Time,
            place if place <= rotors => Column::Command(place - 1),
            place => Column::Wind(place - rotors - 1),
        })
    };
    let all = format!(
        "the head is `{}`, with `{}` or without",
        needed[..=rotors].join(","),
        WIND.join(",")
    );
    let mut columns = Vec::new();
    for (at, name) in cells(line) {
        let Some(column) = known(name) else {
            let near = nearest(name, needed.iter().map(String::as_str));
            let hint = near.map_or(all.clone(), |near| format!("did you mean `{near}`? {all}"));
            return Err(bad(path, 1, at, &format!("unknown column `{name}`"), &hint));
        };
        if columns.contains(&column) {
            return Err(bad(path, 1, at, &format!("column `{name}` comes twice"), &all));
        }
        columns.push(column);
    }
    let has_wind = columns.iter().any(|column| matches!(column, Column::Wind(_)));
    let must = if has_wind { &needed[..] } else { &needed[..=rotors] };
    for name in must {
        if known(name).is_none_or(|column| !columns.contains(&column)) {
            let at = line.chars().count() + 1;
            return Err(bad(path, 1, at, &format!("column `{name}` is missing"), &all));
        }
    }
    Ok(columns)
}

fn row(path: &Path, number: usize, line: &str, columns: &[Column]) -> Result<Row, Trouble> {
    let (count, must) = (cells(line).count(), columns.len());
    if count != must {
        let past = cells(line).nth(must).map_or(line.chars().count() + 1, |cell| cell.0);
        let what = format!("this row has {count} columns, and the head has {must}");
        return Err(bad(path, number, past, &what, "give every row one number for each column"));
    }
    let (mut at_s, mut commands_radps, mut wind) = (0.0, [0.0; ROTORS_MAX], [0.0; 3]);
    for ((at, cell), column) in cells(line).zip(columns) {
        let value = number_in(cell).ok_or_else(|| {
            let hint = "write a finite number with a point, such as 412.5 or 4.125e2";
            bad(path, number, at, &format!("`{cell}` is not a number"), hint)
        })?;
        match *column {
            Column::Time => at_s = value,
            Column::Command(rotor) => commands_radps[rotor] = value,
            Column::Wind(axis) => wind[axis] = value,
        }
    }
    Ok(Row { at_s, commands_radps, wind_mps: DVec3::from(wind) })
}

fn number_in(cell: &str) -> Option<f64> {
    cell.parse().ok().filter(|value: &f64| value.is_finite())
}

/// The cells of a line without the blanks about them, each with its column from 1.
fn cells(line: &str) -> impl Iterator<Item = Cell<'_>> {
    let mut at = 1;
    line.split(',').map(move |cell| {
        let blanks = cell.chars().take_while(|c| c.is_whitespace()).count();
        let place = at + blanks;
        at += cell.chars().count() + 1;
        (place, cell.trim())
    })
}
