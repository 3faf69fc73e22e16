//! Paths that are drawn, and what each expectation makes of them.

use super::finding;
use super::measure::Path;
use evidence::scenario::FlightExpectation as E;
use evidence::{Destroyed, Tick, TrackPoint, Truth};

/// Where the ground is: what is expected counts from there.
const GROUND_M: f64 = 0.11;

/// A track of so many seconds along a way, at rest at its end.
fn track(length_s: f64, way_m: impl Fn(f64) -> [f64; 3]) -> Vec<TrackPoint> {
    let points = (length_s * 10.0).round() as u64;
    let at = |i: u64| way_m(i as f64 / 10.0);
    let point = |i: u64| {
        let (here, next) = (at(i), at((i + 1).min(points)));
        TrackPoint {
            tick: Tick(50 * i),
            position_m: [here[0], here[1], here[2] + GROUND_M],
            velocity_mps: std::array::from_fn(|axis| (next[axis] - here[axis]) * 10.0),
            world_from_body_xyzw: [0.0, 0.0, 0.0, 1.0],
        }
    };
    (0..=points).map(point).collect()
}

/// Up to 5 m in 5 s, so many metres beside the start until 25 s, and down in 5 s; 40 s in all.
fn hover(off_m: f64) -> Vec<TrackPoint> {
    track(40.0, |t| match t {
        t if t < 5.0 => [0.0, 0.0, t],
        t if t < 25.0 => [off_m, 0.0, 5.0],
        t => [off_m, 0.0, (30.0 - t).max(0.0)],
    })
}

fn safe() -> Truth {
    Truth { landed_safely: true, ..Truth::default() }
}

fn wrecked() -> Truth {
    let why = "it tipped over".to_owned();
    Truth { destroyed: Some(Destroyed { tick: Tick(9000), why }), ..Truth::default() }
}

fn check(expected: &E, track: &[TrackPoint], truth: &Truth, measured: &str, is_met: bool) {
    let found = finding(expected, Path::of(track).as_ref(), truth);
    assert_eq!((found.measured.as_str(), found.is_met), (measured, is_met), "{expected:?}");
}

#[test]
fn a_hover_is_as_good_as_its_root_mean_square() {
    let hovers =
        |rms_m_max| E::Hovers { from_s: 10.0, until_s: 24.0, at_m: (0.0, 0.0, 5.0), rms_m_max };
    for (off_m, most_m, measured, is_met) in [
        (0.0, 0.3, "0.000 m RMS", true),
        (0.3, 0.301, "0.300 m RMS", true),
        (0.3, 0.299, "0.300 m RMS", false),
        (4.0, 0.3, "4.000 m RMS", false),
    ] {
        check(&hovers(most_m), &hover(off_m), &safe(), measured, is_met);
    }
    // Half of the time 0.6 m to one side, half on the point: 0.6/√2.
    let sways = track(40.0, |t| {
        [if ((t * 10.0).round() as u64).is_multiple_of(2) { 0.6 } else { 0.0 }, 0.0, 5.0]
    });
    let lifted = E::Hovers { from_s: 10.0, until_s: 19.9, at_m: (-0.6, 0.0, 0.0), rms_m_max: 0.43 };
    check(&lifted, &sways, &safe(), "0.424 m RMS", true);
    check(&hovers(0.3), &[], &safe(), "there is no track", false);
    check(&hovers(0.3), &hover(0.0)[..50], &safe(), "the track has no point in that time", false);
}

#[test]
fn a_step_is_measured_along_its_own_direction() {
    let steps = |over, settles_s_max| E::Steps {
        at_s: 1.0,
        until_s: 20.0,
        to_m: (3.0, 4.0, 0.0),
        overshoot_pct_max: over,
        settles_s_max,
        within_m: 0.3,
    };
    // Along (3, 4)/5 to a share of the step: there in 5 s, over to `peak` for a second, back.
    let step = |peak: f64| {
        track(20.0, move |t| {
            let share = match t {
                t if t <= 1.0 => 0.0,
                t if t < 6.0 => (t - 1.0) / 5.0,
                t if t < 7.0 => peak,
                _ => 1.0,
            };
            [3.0 * share, 4.0 * share, 0.0]
        })
    };
    for (peak, over, settles_s, measured, is_met) in [
        (1.0, 0.0, 5.0, "0.0 % over, settled after 4.7 s", true),
        (1.08, 10.0, 8.0, "8.0 % over, settled after 6.0 s", true),
        (1.08, 10.0, 5.9, "8.0 % over, settled after 6.0 s", false),
        (1.12, 10.0, 8.0, "12.0 % over, settled after 6.0 s", false),
        (0.9, 10.0, 8.0, "0.0 % over, settled after 6.0 s", true),
    ] {
        check(&steps(over, settles_s), &step(peak), &safe(), measured, is_met);
    }
    let stays = track(20.0, |_| [0.0; 3]);
    check(&steps(10.0, 8.0), &stays, &safe(), "0.0 % over, never settled", false);
    let nowhere = E::Steps {
        at_s: 1.0,
        until_s: 20.0,
        to_m: (0.0, 0.0, 0.0),
        overshoot_pct_max: 10.0,
        settles_s_max: 8.0,
        within_m: 0.3,
    };
    check(&nowhere, &stays, &safe(), "it stood there already", false);
}

#[test]
fn a_line_is_followed_to_its_end_and_in_order() {
    let line = |through_m: Vec<(f64, f64, f64)>| E::Tracks {
        from_s: 0.0,
        until_s: 20.0,
        through_m,
        cross_track_m_max: 1.0,
    };
    let corner = || vec![(0.0, 0.0, 0.0), (50.0, 0.0, 0.0), (50.0, 50.0, 0.0)];
    // East for 10 s at 5 m/s, then north, beside the line by so much.
    let flown = |aside_m: f64, until_s: f64| {
        track(20.0, move |t| match t.min(until_s) {
            t if t < 10.0 => [5.0 * t, if t > 2.0 { aside_m } else { 0.0 }, 0.0],
            t => [50.0, 5.0 * (t - 10.0), 0.0],
        })
    };
    for (aside_m, until_s, measured, is_met) in [
        (0.0, 20.0, "0.000 m off", true),
        (0.9, 20.0, "0.900 m off", true),
        (-1.1, 20.0, "1.100 m off", false),
        // Whoever stops half-way was never off the line.
        (0.0, 15.0, "0.000 m off, point 3 not passed", false),
        (0.0, 0.0, "0.000 m off, point 2 not passed", false),
    ] {
        check(&line(corner()), &flown(aside_m, until_s), &safe(), measured, is_met);
    }
    let mut backwards = corner();
    backwards.reverse();
    let measured = "0.000 m off, point 2 not passed";
    check(&line(backwards), &flown(0.0, 20.0), &safe(), measured, false);
}

#[test]
fn limits_of_height_and_distance_are_those_of_the_window() {
    let stays = |from_s, until_s, radius_m_max, height_m_min, height_m_max| E::StaysWithin {
        from_s,
        until_s,
        radius_m_max,
        height_m_min,
        height_m_max,
    };
    let all = "2.00 m away, 0.00 to 5.00 m up";
    let aloft = "2.00 m away, 5.00 to 5.00 m up";
    for (expected, measured, is_met) in [
        (stays(0.0, None, Some(2.1), None, None), all, true),
        (stays(0.0, None, Some(1.9), None, None), all, false),
        (stays(0.0, None, None, Some(4.0), None), all, false),
        (stays(0.0, None, None, None, Some(4.9)), all, false),
        (stays(6.0, Some(24.0), None, Some(4.0), Some(6.0)), aloft, true),
        (E::Climbs { above_m: 4.5, by_s: 6.0 }, "5.00 m", true),
        (E::Climbs { above_m: 4.5, by_s: 3.0 }, "3.00 m", false),
    ] {
        check(&expected, &hover(2.0), &safe(), measured, is_met);
    }
}

#[test]
fn a_landing_is_one_only_after_a_flight_and_in_one_piece() {
    let within = |metres_max| E::LandsWithin { of_m: (0.0, 0.3), metres_max };
    let before = |at_s| E::LandsBefore { at_s };
    let (down, still) = (hover(0.4), track(40.0, |_| [0.0; 3]));
    let why = "destroyed at 18.0 s: it tipped over";
    let not_down = "it did not end on the ground, upright and still";
    for (expected, track, truth, measured, is_met) in [
        (within(0.51), &down, safe(), "0.500 m off", true),
        (within(0.49), &down, safe(), "0.500 m off", false),
        (before(30.5), &down, safe(), "at 30.0 s", true),
        (before(30.0), &down, safe(), "at 30.0 s", false),
        (within(0.51), &still, safe(), "it never flew", false),
        (before(30.5), &still, safe(), "it never flew", false),
        (within(0.51), &down, wrecked(), why, false),
        (before(30.5), &down, Truth::default(), not_down, false),
        (E::EndsUpright, &down, safe(), "it does", true),
        (E::EndsUpright, &down, wrecked(), why, false),
        (E::EndsUpright, &down, Truth::default(), not_down, false),
        (E::NotDestroyed, &down, Truth::default(), "it is not", true),
        (E::NotDestroyed, &down, wrecked(), why, false),
        (E::IsDestroyed, &down, wrecked(), why, true),
        (E::IsDestroyed, &down, safe(), "it is not", false),
    ] {
        check(&expected, track, &truth, measured, is_met);
    }
    // Whatever the truth were, it still comes down in the last point of its track.
    check(&before(30.5), &hover(0.0)[..280], &safe(), not_down, false);
}
