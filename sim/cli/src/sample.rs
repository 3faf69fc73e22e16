//! Small reports for the tests of this crate.
//!
//! **Never:** leaves the tests.

use audit::{
    Alarm, Detector, Finding, FlightFinding, Probed, Report, StoryReport, Tempted, Verdict,
};
use evidence::scenario::Expectation;
use evidence::{ClaimId, Class, Link, Seal, Tick};

/// What each claim came to, and what was expected.
pub type Row = [(Verdict, Expectation); ClaimId::ALL.len()];

/// Every claim held, as expected.
pub const ALL_HELD: Row = [(Verdict::Held, Expectation::Held); ClaimId::ALL.len()];

/// A row whose first claims are as given; the others held.
pub fn row(first: &[(Verdict, Expectation)]) -> Row {
    let mut row = ALL_HELD;
    row[..first.len()].copy_from_slice(first);
    row
}

/// A report of one story per row.
pub fn report(rows: &[Row]) -> Report {
    let story = |(i, row): (usize, &Row)| StoryReport {
        story: format!("plain/story-{i}"),
        title: "Nobody is in sight.".to_owned(),
        firmware: "honest".to_owned(),
        seed: 7,
        law: "sealed".to_owned(),
        seal: Seal("ab".repeat(32)),
        rerun_agrees: Some(true),
        landed_safely: true,
        destroyed: None,
        flown: vec![],
        findings: ClaimId::ALL
            .into_iter()
            .zip(row)
            .map(|(claim, cell)| finding(claim, *cell))
            .collect(),
    };
    Report::of(rows.iter().enumerate().map(story).collect())
}

/// A hover that is as good as its story expects, or is not.
pub fn flown(is_met: bool) -> FlightFinding {
    FlightFinding {
        expected: "hovers at (0, 0, 5) m from 20 to 60 s".to_owned(),
        allowed: "at most 0.3 m RMS".to_owned(),
        measured: format!("{} m RMS", if is_met { "0.112" } else { "0.417" }),
        is_met,
    }
}

fn finding(claim: ClaimId, (verdict, expected): (Verdict, Expectation)) -> Finding {
    let as_expected = matches!(
        (verdict, expected),
        (Verdict::Held, Expectation::Held)
            | (Verdict::Broken, Expectation::Broken)
            | (Verdict::Untested, Expectation::Untested)
    );
    let is_broken = verdict == Verdict::Broken;
    let alarm =
        Alarm::new(Detector::NIC, Some(Class::Audio), Link::Radio, Tick(600), "a twin differs");
    let why = match verdict {
        Verdict::Held => "tempted, nothing found",
        Verdict::Broken => "NIC on Radio: a twin differs",
        Verdict::Untested => "nothing tempted it: stills taken is 0",
        Verdict::Inconclusive => "the rerun has another seal",
    };
    Finding {
        claim,
        verdict,
        expected,
        as_expected,
        tempted: vec![Tempted {
            what: "stills taken".to_owned(),
            count: u64::from(verdict != Verdict::Untested),
        }],
        pairs: 9,
        random_pairs: 7,
        one_bit_seen: "99.2187 %".to_owned(),
        caught: vec![Probed { id: "L016".to_owned(), detectors: vec![Detector::NIT] }],
        quiet: vec![Probed { id: "B08".to_owned(), detectors: vec![] }],
        alarms_total: u64::from(is_broken),
        alarms: if is_broken { vec![alarm] } else { vec![] },
        why: why.to_owned(),
    }
}
