//! The bench's face: what it reads, what it refuses and where, what it writes.

use super::{airframe, commands, start, table};
use crate::args::{Args, Command};
use clap::Parser;
use expect_test::{Expect, expect};
use std::fs;
use std::path::Path;

const START: &str = r#"{
  "position_m": [0, 0, 10], "velocity_mps": [0, 0, 0],
  "attitude_xyzw": [0, 0, 0, 1],
  "rate_radps": [0, 0, 0], "motor_radps": [0, 0, 0, 0]
}"#;

fn hummingbird() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets/airframes/hummingbird.ron")
}

/// Runs the command in a folder of its own; what it says, and what is in the output file, which held `old` before.
fn bench(commands: &str, start: &str, more: &[&str]) -> (Result<(), String>, String) {
    let folder = tempfile::tempdir().expect("a folder to write in");
    let at = |name: &str| folder.path().join(name);
    fs::write(at("in.csv"), commands).expect("a file");
    fs::write(at("start.json"), start).expect("a file");
    fs::write(at("out.csv"), "old").expect("a file");
    let (a, i, s, o) = (hummingbird(), at("in.csv"), at("start.json"), at("out.csv"));
    let line = ["hushwing".as_ref(), "airframe".as_ref(), a.as_os_str(), "--commands".as_ref()];
    let line = line.into_iter().chain([i.as_os_str(), "--start".as_ref(), s.as_os_str()]);
    let line = line.chain(["--out".as_ref(), o.as_os_str()]);
    let args = Args::try_parse_from(line.chain(more.iter().map(|word| word.as_ref())));
    let Command::Airframe(args) = args.expect("a command line").command else { panic!("another") };
    let said = airframe(&args).map(|_| ()).map_err(|trouble| trouble.to_string());
    (said, fs::read_to_string(at("out.csv")).expect("the output"))
}

#[test]
fn a_free_fall_ends_within_a_centimetre_at_any_step() {
    for step in ["0.001", "0.0007", "0.01", "5"] {
        let mut commands = "t,c1,c2,c3,c4\n".to_owned();
        for row in 0..=30 {
            commands += &format!("{},0,0,0,0\n", f64::from(row) / 10.0);
        }
        let (said, out) = bench(&commands, START, &["--dt-s", step]);
        assert_eq!(said, Ok(()));
        let last: Vec<f64> =
            out.lines().last().unwrap().split(',').map(|cell| cell.parse().unwrap()).collect();
        // The hull's drag: a hyperbolic cosine.
        let terminal = (0.5 * 9.80665 / 1e-2_f64).sqrt();
        let fallen = terminal * terminal / 9.80665 * libm_log_cosh(9.80665 * 3.0 / terminal);
        assert!((last[3] - (10.0 - fallen)).abs() < 1e-4, "{step}: {} {}", last[3], 10.0 - fallen);
        assert_eq!((out.lines().count(), last.len(), last[0]), (32, 18, 3.0));
    }
}

/// ln cosh x by its doubling, without the platform's functions.
fn libm_log_cosh(x: f64) -> f64 {
    let steps = 100_000;
    let h = x / f64::from(steps);
    // Simpson over tanh, itself by its own differential equation: y' = 1 − y².
    let (mut y, mut sum) = (0.0_f64, 0.0_f64);
    for _ in 0..steps {
        let k1 = 1.0 - y * y;
        let mid = y + 0.5 * h * k1;
        let k2 = 1.0 - mid * mid;
        let next = y + h * k2;
        sum += h * (y + 4.0 * mid + next) / 6.0;
        y = next;
    }
    sum
}

#[test]
fn the_first_row_is_the_start_and_the_head_is_as_promised() {
    let (said, out) = bench("t,c1,c2,c3,c4\n0.5,9e9,-5,0,100\n0.75,0,0,0,0\n", START, &[]);
    assert_eq!(said, Ok(()));
    let mut lines = out.lines();
    let head = "t,x,y,z,vx,vy,vz,qx,qy,qz,qw,wx,wy,wz,m1,m2,m3,m4";
    assert_eq!(lines.next(), Some(head));
    let first = "0.5,0.0,0.0,10.0,0.0,0.0,0.0,0.0,0.0,0.0,1.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0";
    assert_eq!(lines.next(), Some(first));
    let last: Vec<f64> = lines.next().unwrap().split(',').map(|c| c.parse().unwrap()).collect();
    // Clipped to 0 and 1500 rad/s; 50 time constants later it is there.
    assert!((last[14] - 1500.0).abs() < 1e-6 && last[15] == 0.0 && (last[17] - 100.0).abs() < 1e-6);
}

#[test]
fn columns_may_come_in_any_order_and_wind_blows() {
    let plain =
        bench("t,c1,c2,c3,c4,wind_x,wind_y,wind_z\n0,1,2,3,4,5,0,0\n1,0,0,0,0,0,0,0\n", START, &[]);
    let mixed = bench(
        "wind_x,c4,c3,wind_z,c2,c1,t,wind_y\r\n5,4,3,0,2,1,0,0\r\n0,0,0,0,0,0,1,0\r\n",
        START,
        &[],
    );
    assert_eq!(plain, mixed);
    assert_ne!(plain.1, bench("t,c1,c2,c3,c4\n0,1,2,3,4\n1,0,0,0,0\n", START, &[]).1);
}

fn refused(commands: &str, start: &str, says: Expect) {
    let (said, out) = bench(commands, start, &[]);
    let said = said.expect_err("it is malformed");
    // The folder is another one every time.
    let at = said.find("in.csv").or(said.find("start.json")).expect("it names the file");
    says.assert_eq(&said[at..]);
    assert_eq!(out, "old", "nothing is written");
}

#[test]
fn malformed_commands_are_told_with_file_line_column_and_hint() {
    let head = "t,c1,c2,c3,c4\n";
    for (commands, says) in [
        (
            format!("{head}0,1,2,x3,4\n"),
            expect![[r"
            in.csv:2:7: `x3` is not a number
              hint: write a finite number with a point, such as 412.5 or 4.125e2"]],
        ),
        (
            format!("{head}0,1,2,3,4\n1, NaN,2,3,4\n"),
            expect![[r"
            in.csv:3:4: `NaN` is not a number
              hint: write a finite number with a point, such as 412.5 or 4.125e2"]],
        ),
        (
            format!("{head}0,1,2,3\n"),
            expect![[r"
            in.csv:2:8: this row has 4 columns, and the head has 5
              hint: give every row one number for each column"]],
        ),
        (
            format!("{head}0,1,2,3,4,5\n"),
            expect![[r"
            in.csv:2:11: this row has 6 columns, and the head has 5
              hint: give every row one number for each column"]],
        ),
        (
            format!("{head}0,1,2,3,4\n0,1,2,3,4\n"),
            expect![[r"
            in.csv:3:1: `t` is 0 after 0
              hint: let `t` grow from row to row"]],
        ),
        (
            format!("{head}0,1,2,3,4\n\n2,1,2,3,4\n"),
            expect![[r"
            in.csv:3:1: this row has 1 columns, and the head has 5
              hint: give every row one number for each column"]],
        ),
        (
            "t,c1,c2,c3\n0,1,2,3\n".to_owned(),
            expect![[r"
            in.csv:1:11: column `c4` is missing
              hint: the head is `t,c1,c2,c3,c4`, with `wind_x,wind_y,wind_z` or without"]],
        ),
        (
            "t,c1,c2,c3,c4,wind_x,wnd_y\n".to_owned(),
            expect![[r"
            in.csv:1:22: unknown column `wnd_y`
              hint: did you mean `wind_y`? the head is `t,c1,c2,c3,c4`, with `wind_x,wind_y,wind_z` or without"]],
        ),
        (
            "t,c1,c2,c3,c4,wind_x\n".to_owned(),
            expect![[r"
            in.csv:1:21: column `wind_y` is missing
              hint: the head is `t,c1,c2,c3,c4`, with `wind_x,wind_y,wind_z` or without"]],
        ),
        (
            "t,c1,c1,c3,c4\n".to_owned(),
            expect![[r"
            in.csv:1:6: column `c1` comes twice
              hint: the head is `t,c1,c2,c3,c4`, with `wind_x,wind_y,wind_z` or without"]],
        ),
        (
            format!("{head}0,1,2,3,4\n1,1,2,3,4\n1e300,1,2,3,4\n"),
            expect![[r"
            in.csv:4:1: this row is more than 100000000 steps after the first
              hint: give moments in seconds, or a longer step with `--dt-s`"]],
        ),
        (
            head.to_owned(),
            expect![[r"
            in.csv:2:1: there is no row of commands
              hint: give at least one row: the state at the first is the start"]],
        ),
    ] {
        refused(&commands, START, says);
    }
}

#[test]
fn a_malformed_start_is_told_with_file_line_column_and_hint() {
    let commands = "t,c1,c2,c3,c4\n0,1,2,3,4\n";
    for (from, to, says) in [
        (
            "0, 0, 0, 1]",
            "0, 0, 0, 2]",
            expect![[r"
            start.json:3:3: `attitude_xyzw` has the length 2, not 1
              hint: give a unit quaternion x, y, z, w; level is [0, 0, 0, 1]"]],
        ),
        (
            "rate_radps",
            "rates_radps",
            expect![[r"
            start.json:4:15: unknown field `rates_radps`, expected one of `position_m`, `velocity_mps`, `attitude_xyzw`, `rate_radps`, `motor_radps`
              hint: give position_m [x, y, z], velocity_mps, attitude_xyzw [x, y, z, w], rate_radps and motor_radps"]],
        ),
        (
            "\"motor_radps\": [0, 0, 0, 0]",
            "\"motor_radps\": [0, 0, 0]",
            expect![[r"
            start.json:4:28: `motor_radps` has 3 speeds
              hint: give one for each of the 4 rotors of the airframe"]],
        ),
        (
            "[0, 0, 0, 0]",
            "[0, 0, -1, 0]",
            expect![[r"
            start.json:4:28: `motor_radps` has -1, and no rotor turns backwards
              hint: give speeds of 0 or more, in rad/s"]],
        ),
        (
            "[0, 0, 10]",
            "[0, NaN, 10]",
            expect![[r"
            start.json:2:21: expected value
              hint: give position_m [x, y, z], velocity_mps, attitude_xyzw [x, y, z, w], rate_radps and motor_radps"]],
        ),
        (
            "[0, 0, 10]",
            "[0, 10]",
            expect![[r"
            start.json:2:23: invalid length 2, expected an array of length 3
              hint: give position_m [x, y, z], velocity_mps, attitude_xyzw [x, y, z, w], rate_radps and motor_radps"]],
        ),
    ] {
        refused(commands, &START.replacen(from, to, 1), says);
    }
}

#[test]
fn a_table_holds_every_digit() {
    let (state, radps) = start::read_text("s".as_ref(), START, 4).expect("a start");
    let rows = commands::read_text("c".as_ref(), "t,c1,c2,c3,c4\n0.1,1,2,3,4", 4).expect("rows");
    let sample = flight::airframe::open_loop::Sample { at_s: rows[0].at_s, state, radps };
    assert!(
        table(&[sample], 4).ends_with(
            "\n0.1,0.0,0.0,10.0,0.0,0.0,0.0,0.0,0.0,0.0,1.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0\n"
        )
    );
}
