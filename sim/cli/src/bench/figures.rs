//! The figures of a bench, with the targets beside them, as a table and as JSON.
//!
//! **Never:** measures.

mod targets;

use crate::table::grid;
use flight::meter::Room;
use serde::Serialize;
use std::fmt::Write;

/// Name and version of the form of the JSON.
const SCHEMA: &str = "hushwing-bench/1";

/// Names of the workloads.
pub const EVERYTHING: &str = "everything observed";
/// Nothing observed.
pub const BARE: &str = "bare";
/// All but telemetry.
pub const NO_TELEMETRY: &str = "without telemetry";
/// All but the camera's looks.
pub const NO_CAMERA: &str = "without camera";
/// All but voices and recording.
pub const NO_MICROPHONE: &str = "without microphone";
/// All, and the live view.
pub const LIVE_VIEW: &str = "with the live view";

/// What one workload took.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Workload {
    /// What was observed.
    pub name: String,
    /// Firmware instances on the airframe.
    pub seats: usize,
    /// Flights at the same time, each on a thread of its own.
    pub flights: usize,
    /// Length of each.
    pub simulated_s: f64,
    /// What each run took.
    pub wall_s: Vec<f64>,
    /// What one seat alone took right before each run, where there is more than that in it.
    pub beside_s: Vec<f64>,
    /// Highest memory of the process meanwhile.
    pub peak_kib: u64,
}

/// What a room took of a tick.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RoomTime {
    /// Which.
    pub room: &'static str,
    /// Microseconds a tick.
    pub us_per_tick: f64,
}

/// A minute of the long flight.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Minute {
    /// What it took.
    pub wall_s: f64,
    /// Memory resident at its end.
    pub resident_kib: u64,
    /// Of that, what the evidence must hold.
    pub evidence_kib: u64,
    /// Whether it was in the air all the time.
    pub is_airborne: bool,
}

/// A figure beside what is wanted.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Target {
    /// Of what.
    pub what: String,
    /// What is wanted.
    pub wanted: String,
    /// What was measured.
    pub measured: String,
    /// Whether it is met.
    pub is_met: bool,
}

/// All figures of a bench.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Figures {
    schema: &'static str,
    runs: usize,
    cores: usize,
    targets: Vec<Target>,
    workloads: Vec<Workload>,
    rooms: Vec<RoomTime>,
    minutes: Vec<Minute>,
}

impl Workload {
    /// Simulated seconds in a second, of all flights together.
    pub fn speed(&self) -> f64 {
        self.simulated_s * self.flights as f64 / self.median_s()
    }

    /// The run in the middle.
    pub fn median_s(&self) -> f64 {
        median(self.wall_s.clone()).unwrap_or(f64::NAN)
    }

    /// How many times as long as one seat alone it takes: each run beside the flight right before it, for a machine
    /// that others share is not the same a second later. None for one seat alone.
    fn times_one(&self) -> Option<f64> {
        median(self.wall_s.iter().zip(&self.beside_s).map(|(all, one)| all / one).collect())
    }

    /// What each further seat costs, in per cent of the first.
    fn seat_pct(&self) -> Option<f64> {
        let further = self.seats.checked_sub(1).filter(|further| *further > 0)?;
        Some(100.0 * (self.times_one()? - 1.0) / further as f64)
    }

    /// How many times one flight's speed so many flights at once have, all together.
    fn gain(&self) -> Option<f64> {
        (self.flights > 1).then_some(self.flights as f64 / self.times_one()?)
    }

    fn best_speed(&self) -> f64 {
        let best_s = self.wall_s.iter().copied().fold(f64::INFINITY, f64::min);
        self.simulated_s * self.flights as f64 / best_s
    }

    fn us_per_tick(&self) -> f64 {
        1e6 / (self.speed() * evidence::TICKS_PER_S as f64)
    }
}

/// Rooms by name, with the camera's pixels taken out of the firmware, which asked for them.
pub fn rooms(us_per_tick: &[(Room, f64)], looked_us: f64) -> Vec<RoomTime> {
    let time = |room, us_per_tick| RoomTime { room, us_per_tick };
    let named = us_per_tick.iter().flat_map(|(room, us)| match room {
        Room::Story => vec![time("story and schedule", *us)],
        Room::Microphone => vec![time("microphone", *us)],
        Room::Sensors => vec![time("other sensors", *us)],
        Room::Firmware => {
            vec![time("camera's pixels", looked_us), time("firmware", (us - looked_us).max(0.0))]
        }
        Room::Tap => vec![time("tap", *us)],
        Room::Witness => vec![time("witness of the truth", *us)],
        Room::Seats => vec![time("further seats", *us)],
        Room::Physics => vec![time("physics", *us)],
    });
    named.collect()
}

impl Figures {
    /// Puts them together, and the targets beside them.
    pub fn of(
        runs: usize,
        cores: usize,
        workloads: Vec<Workload>,
        rooms: Vec<RoomTime>,
        minutes: Vec<Minute>,
    ) -> Self {
        let targets = targets::targets(&workloads, &minutes);
        Self { schema: SCHEMA, runs, cores, targets, workloads, rooms, minutes }
    }

    /// The figures as JSON.
    pub fn to_json(&self) -> String {
        let mut text = serde_json::to_string_pretty(self).unwrap_or_default();
        text.push('\n');
        text
    }

    /// The figures as a person reads them.
    pub fn table(&self) -> String {
        let runs =
            if self.runs == 1 { "one run".to_owned() } else { format!("median of {}", self.runs) };
        let mut text = format!("Each workload, {runs}, on {} cores:\n", self.cores);
        let _ = writeln!(text, "{}\n", self.by_workload());
        let _ =
            writeln!(text, "What each costs, of one seat with {EVERYTHING}:\n{}\n", self.costs());
        let _ = writeln!(text, "Where the time of a tick goes, of the same:\n{}\n", self.by_room());
        let _ = writeln!(text, "Minute by minute:\n{}\n", self.by_minute());
        let _ = writeln!(text, "Beside what is wanted:\n{}", self.by_target());
        text
    }

    fn by_workload(&self) -> comfy_table::Table {
        let head = [
            "workload",
            "seats",
            "flights",
            "x real time",
            "best run",
            "µs a tick",
            "a further seat",
            "peak MiB",
        ];
        let mut table = grid(&head);
        for w in &self.workloads {
            let further = w.seat_pct().map(|pct| format!("{pct:.1} %"));
            table.add_row([
                w.name.clone(),
                w.seats.to_string(),
                w.flights.to_string(),
                format!("{:.0}", w.speed()),
                format!("{:.0}", w.best_speed()),
                format!("{:.2}", w.us_per_tick()),
                further.unwrap_or_default(),
                format!("{:.1}", mib(w.peak_kib)),
            ]);
        }
        table
    }

    fn costs(&self) -> comfy_table::Table {
        let mut table = grid(&["what", "µs a tick", "of the whole"]);
        let Some(all) = lone(&self.workloads, EVERYTHING) else { return table };
        for (what, name, sign) in [
            ("telemetry", NO_TELEMETRY, 1.0),
            ("camera, five frames a second", NO_CAMERA, 1.0),
            ("microphone, voices and recording", NO_MICROPHONE, 1.0),
            ("all three", BARE, 1.0),
            ("the live view, on top", LIVE_VIEW, -1.0),
        ] {
            if let Some(other) = lone(&self.workloads, name) {
                let us = sign * (all.us_per_tick() - other.us_per_tick());
                let pct = 100.0 * us / all.us_per_tick();
                table.add_row([what.to_owned(), format!("{us:.2}"), format!("{pct:.1} %")]);
            }
        }
        table
    }

    fn by_room(&self) -> comfy_table::Table {
        let mut table = grid(&["room", "µs a tick", "of the whole"]);
        let whole_us: f64 = self.rooms.iter().map(|room| room.us_per_tick).sum();
        for RoomTime { room, us_per_tick: us } in &self.rooms {
            let pct = 100.0 * us / whole_us;
            table.add_row([(*room).to_owned(), format!("{us:.2}"), format!("{pct:.1} %")]);
        }
        table
    }

    /// The first minutes, each fifth, and the last.
    fn by_minute(&self) -> comfy_table::Table {
        let mut table = grid(&["minute", "x real time", "MiB", "of it evidence", ""]);
        let last = self.minutes.len();
        for (i, minute) in self.minutes.iter().enumerate() {
            let number = i + 1;
            if number <= 2 || number % 5 == 0 || number == last {
                table.add_row([
                    number.to_string(),
                    format!("{:.0}", 60.0 / minute.wall_s),
                    format!("{:.1}", mib(minute.resident_kib)),
                    format!("{:.1}", mib(minute.evidence_kib)),
                    (if minute.is_airborne { "in the air" } else { "" }).to_owned(),
                ]);
            }
        }
        table
    }

    fn by_target(&self) -> comfy_table::Table {
        let mut table = grid(&["what", "wanted", "measured", ""]);
        for Target { what, wanted, measured, is_met } in &self.targets {
            let verdict = if *is_met { "ok" } else { "MISSED" };
            table.add_row([what.as_str(), wanted, measured, verdict]);
        }
        table
    }
}

fn lone<'a>(workloads: &'a [Workload], name: &str) -> Option<&'a Workload> {
    workloads.iter().find(|w| w.name == name && w.seats == 1 && w.flights == 1)
}

fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied()
}

fn mib(kib: u64) -> f64 {
    kib as f64 / 1024.0
}
