//! The figures beside what is wanted of them.
//!
//! **Never:** leaves a target out because it was missed.

use super::{EVERYTHING, Minute, Target, Workload, lone, mib};

/// Simulated seconds in a second, for one seat with everything observed, at least.
const SPEED_MIN: f64 = 300.0;
/// What a further seat may cost, in per cent of the first.
const SEAT_PCT_MAX: f64 = 15.0;
/// How much faster two cores are than one, at least.
const TWO_CORES_MIN: f64 = 1.9;
/// What the last minute in the air may be slower than the first whole one, in per cent.
const SLOWER_PCT_MAX: f64 = 10.0;
/// What memory may grow beside the evidence from the first minute to the last, in MiB.
const GROWN_MIB_MAX: f64 = 1.0;

/// Every target that the workloads have figures for.
pub fn targets(workloads: &[Workload], minutes: &[Minute]) -> Vec<Target> {
    let target = |what: &str, wanted: String, measured: String, is_met| Target {
        what: what.to_owned(),
        wanted,
        measured,
        is_met,
    };
    let mut targets = Vec::new();
    if let Some(one) = lone(workloads, EVERYTHING) {
        let (wanted, speed) = (format!("at least {SPEED_MIN:.0} x"), one.speed());
        let what = "one seat, everything observed, 500 Hz";
        targets.push(target(what, wanted, format!("{speed:.0} x"), speed >= SPEED_MIN));
    }
    if let Some(worst) = workloads.iter().filter_map(Workload::seat_pct).reduce(f64::max) {
        let wanted = format!("at most {SEAT_PCT_MAX:.0} % of the first");
        let measured = format!("{worst:.1} % at most");
        targets.push(target("a further seat", wanted, measured, worst <= SEAT_PCT_MAX));
    }
    for (flights, gain) in workloads.iter().filter_map(|w| Some((w.flights, w.gain()?))) {
        let least = TWO_CORES_MIN / 2.0 * flights as f64;
        let what = format!("{flights} flights in parallel");
        let wanted = format!("at least {least:.1} x one");
        targets.push(target(&what, wanted, format!("{gain:.2} x"), gain >= least));
    }
    targets.extend(steady(minutes).map(|(slower_pct, grown_mib)| {
        let wanted = format!(
            "at most {SLOWER_PCT_MAX:.0} % slower, {GROWN_MIB_MAX:.0} MiB grown beside the evidence"
        );
        let measured = format!("{slower_pct:.1} % slower, {grown_mib:+.2} MiB");
        let is_met = slower_pct <= SLOWER_PCT_MAX && grown_mib <= GROWN_MIB_MAX;
        target(&format!("{} minutes", minutes.len()), wanted, measured, is_met)
    }));
    targets
}

/// How much slower the last minute in the air was than the first, in per cent; and how much memory grew beside the
/// evidence from the end of the first minute to the end of the last.
fn steady(minutes: &[Minute]) -> Option<(f64, f64)> {
    let first = minutes.iter().find(|minute| minute.is_airborne)?;
    let last = minutes.iter().rfind(|minute| minute.is_airborne)?;
    let beside = |minute: &Minute| mib(minute.resident_kib) - mib(minute.evidence_kib);
    let grown_mib = beside(minutes.last()?) - beside(minutes.first()?);
    Some((100.0 * (last.wall_s / first.wall_s - 1.0), grown_mib))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each run's seconds, and those of one seat right before it.
    fn workload(seats: usize, flights: usize, runs: [(f64, f64); 3]) -> Workload {
        let name = EVERYTHING.to_owned();
        let (wall_s, beside_s): (Vec<_>, Vec<_>) = runs.into_iter().unzip();
        let is_alone = seats == 1 && flights == 1;
        let beside_s = if is_alone { Vec::new() } else { beside_s };
        Workload { name, seats, flights, simulated_s: 120.0, wall_s, beside_s, peak_kib: 0 }
    }

    fn minute(wall_s: f64, resident_mib: u64, evidence_mib: u64, is_airborne: bool) -> Minute {
        let (resident_kib, evidence_kib) = (resident_mib * 1024, evidence_mib * 1024);
        Minute { wall_s, resident_kib, evidence_kib, is_airborne }
    }

    fn check(workloads: &[Workload], minutes: &[Minute], expected: &[(&str, bool)]) {
        let targets = targets(workloads, minutes);
        let came_to: Vec<_> = targets.iter().map(|t| (t.measured.as_str(), t.is_met)).collect();
        assert_eq!(came_to, expected);
    }

    #[test]
    fn the_run_in_the_middle_the_worst_seat_and_the_minutes_in_the_air_count() {
        let fast = [
            workload(1, 1, [(0.4, 0.0), (9.0, 0.0), (0.1, 0.0)]),
            // Slower runs on a slower machine count as they are.
            workload(2, 1, [(0.44, 0.4), (4.4, 4.0), (0.2, 0.1)]),
            workload(5, 1, [(0.6, 0.4); 3]),
            workload(1, 2, [(0.42, 0.4), (0.84, 0.8), (0.42, 0.1)]),
        ];
        // The last minute is on the ground, and faster.
        let steady = [
            minute(0.3, 20, 1, false),
            minute(0.2, 21, 2, true),
            minute(0.21, 22, 3, true),
            minute(0.1, 23, 4, false),
        ];
        check(
            &fast,
            &steady,
            &[
                ("300 x", true),
                ("12.5 % at most", true),
                ("1.90 x", true),
                ("5.0 % slower, +0.00 MiB", true),
            ],
        );
        let slow = [
            workload(1, 1, [(0.5, 0.0); 3]),
            workload(2, 1, [(0.6, 0.5); 3]),
            workload(1, 4, [(0.6, 0.5); 3]),
        ];
        let grows = [minute(0.2, 20, 1, true), minute(0.24, 25, 2, true)];
        check(
            &slow,
            &grows,
            &[
                ("240 x", false),
                ("20.0 % at most", false),
                ("3.33 x", false),
                ("20.0 % slower, +4.00 MiB", false),
            ],
        );
        check(&[], &[], &[]);
    }
}
