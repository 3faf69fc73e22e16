//! `track.csv`: where the airframe was, one line every 100 ms.
//!
//! Numbers are printed with the fewest digits that read back to the same value, so the file is exact.
//!
//! **Never:** rounds.

use crate::{TICKS_PER_S, Tick, TrackPoint};
use std::fmt::Write;

const HEAD: &str = "t_s,tick,x_m,y_m,z_m,vx_mps,vy_mps,vz_mps,qx,qy,qz,qw";

/// The file's text.
pub(super) fn encode(track: &[TrackPoint]) -> String {
    let mut out = format!("{HEAD}\n");
    for point in track {
        // Divided, not multiplied by 0.002: so that 0.6 s is printed as 0.6.
        let t_s = point.tick.0 as f64 / TICKS_PER_S as f64;
        let _ = write!(out, "{t_s},{}", point.tick.0);
        let quantities =
            point.position_m.iter().chain(&point.velocity_mps).chain(&point.world_from_body_xyzw);
        for value in quantities {
            let _ = write!(out, ",{value:?}");
        }
        out.push('\n');
    }
    out
}

/// Reads the file's text; an error names the line.
pub(super) fn decode(text: &str) -> Result<Vec<TrackPoint>, String> {
    let mut lines = text.lines();
    if lines.next() != Some(HEAD) {
        return Err(format!("line 1 is not `{HEAD}`"));
    }
    lines
        .enumerate()
        .map(|(i, line)| point(line).ok_or(format!("line {} is not a track point", i + 2)))
        .collect()
}

fn point(line: &str) -> Option<TrackPoint> {
    let mut fields = line.split(',').skip(1);
    let tick = Tick(fields.next()?.parse().ok()?);
    let mut values = [0.0; 10];
    for value in &mut values {
        *value = fields.next()?.parse().ok()?;
    }
    let [x, y, z, vx, vy, vz, qx, qy, qz, qw] = values;
    fields.next().is_none().then_some(TrackPoint {
        tick,
        position_m: [x, y, z],
        velocity_mps: [vx, vy, vz],
        world_from_body_xyzw: [qx, qy, qz, qw],
    })
}
