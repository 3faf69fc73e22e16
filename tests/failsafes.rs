//! The failsafes' priorities as one golden table: each sign alone and with each other sign, in each mode.
//!
//! **Never:** computes what it expects.

use expect_test::expect_file;
use std::fmt::Write as _;
use vehicle::flight::Mode;
use vehicle::flight::failsafe::{Signs, Urge, urge};
use vehicle::flight::tuning::Tuning;
use vehicle::senses::FenceAction;

type Sets = fn(&mut Signs);

/// What may be wrong.
const SIGNS: [(&str, Sets); 12] = [
    ("rotor lost", |s| s.has_lost_rotor = true),
    ("astray", |s| s.is_astray = true),
    ("critical battery", |s| s.charge_pct = Some(7.9)),
    ("fix lost", |s| s.fix_age_s = 10.1),
    ("link lost", |s| s.link_age_s = 3.1),
    ("low battery", |s| s.charge_pct = s.charge_pct.map(|pct| pct.min(19.9))),
    ("low battery, told", |s| {
        s.charge_pct = s.charge_pct.map(|pct| pct.min(19.9));
        s.low_was_told = true;
    }),
    ("zone on the way home", |s| s.bars_home = true),
    ("fence left, lands", |s| s.fence = Some(FenceAction::Land)),
    ("fence left, returns", |s| s.fence = Some(FenceAction::Return)),
    ("fence left, holds", |s| s.fence = Some(FenceAction::Hold)),
    ("fence left, warns", |s| s.fence = Some(FenceAction::Warn)),
];

const MODES: [Mode; 4] = [Mode::Hold, Mode::Mission, Mode::Return, Mode::Land];

fn well(mode: Mode) -> Signs {
    Signs {
        mode,
        is_flying: true,
        has_lost_rotor: false,
        is_astray: false,
        link_age_s: 0.5,
        fix_age_s: 0.1,
        charge_pct: Some(80.0),
        low_was_told: false,
        bars_home: false,
        fence: None,
    }
}

fn row(table: &mut String, name: &str, sets: &[Sets]) {
    let shown = MODES.map(|mode| {
        let mut signs = well(mode);
        sets.iter().for_each(|set| set(&mut signs));
        match urge(&signs, &Tuning::as_delivered(FenceAction::Warn)) {
            Urge::None => "goes on".to_owned(),
            Urge::Hold => "holds".to_owned(),
            Urge::Return(cause) => format!("returns: {cause:?}"),
            Urge::Land(cause) => format!("lands: {cause:?}"),
        }
    });
    let line = format!("{name:40} {:24} {:24} {:24} {}", shown[0], shown[1], shown[2], shown[3]);
    writeln!(table, "{}", line.trim_end()).unwrap();
}

#[test]
fn the_gravest_sign_decides() {
    let mut table =
        format!("{:40} {:24} {:24} {:24} {}\n", "", "Hold", "Mission", "Return", "Land");
    row(&mut table, "nothing", &[]);
    for (i, (one, sets_one)) in SIGNS.iter().enumerate() {
        row(&mut table, one, &[*sets_one]);
        for (other, sets_other) in &SIGNS[i + 1..] {
            row(&mut table, &format!("{one} + {other}"), &[*sets_one, *sets_other]);
        }
    }
    expect_file!["golden/failsafes.txt"].assert_eq(&table);
}

#[test]
fn on_the_ground_nothing_is_urged() {
    for (name, sets) in SIGNS {
        let mut signs = Signs { is_flying: false, ..well(Mode::Hold) };
        sets(&mut signs);
        assert_eq!(urge(&signs, &Tuning::as_delivered(FenceAction::Warn)), Urge::None, "{name}");
    }
}
