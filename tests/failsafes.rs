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
const SIGNS: [(&str, Sets); 13] = [
    ("rotor lost", |s| s.has_lost_rotor = true),
    ("astray", |s| s.is_astray = true),
    ("critical battery", |s| s.charge_pct = Some(7.9)),
    ("fix lost", |s| s.fix_age_s = 11.1),
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
    ("sticks silent", |s| s.has_hand = false),
];

const MODES: [Mode; 6] =
    [Mode::Hold, Mode::Mission, Mode::AltitudeHold, Mode::PositionHold, Mode::Return, Mode::Land];

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
        has_hand: true,
        fell_back: false,
    }
}

fn row(table: &mut String, name: &str, sets: &[Sets]) {
    let shown = MODES.map(|mode| {
        let mut signs = well(mode);
        sets.iter().for_each(|set| set(&mut signs));
        match urge(&signs, &Tuning::as_delivered(FenceAction::Warn)) {
            Urge::None => "goes on".to_owned(),
            Urge::Hold => "holds".to_owned(),
            Urge::FallBack => "holds its height".to_owned(),
            Urge::HoldPlace => "holds its place".to_owned(),
            Urge::Return(cause) => format!("returns: {cause:?}"),
            Urge::Land(cause) => format!("lands: {cause:?}"),
        }
    });
    line(table, name, &shown);
}

fn line(table: &mut String, name: &str, cells: &[String]) {
    let mut line = format!("{name:40}");
    cells.iter().for_each(|cell| write!(line, " {cell:24}").unwrap());
    writeln!(table, "{}", line.trim_end()).unwrap();
}

#[test]
fn the_gravest_sign_decides() {
    let mut table = String::new();
    line(&mut table, "", &MODES.map(|mode| format!("{mode:?}")));
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
fn what_fell_back_for_want_of_a_fix_holds_its_place_again_once_the_fix_is_back() {
    let tuning = Tuning::as_delivered(FenceAction::Warn);
    for (mode, fell_back, fix_age_s, expected) in [
        (Mode::AltitudeHold, true, 11.1, Urge::None),
        (Mode::AltitudeHold, true, 2.0, Urge::None),
        (Mode::AltitudeHold, true, 0.1, Urge::HoldPlace),
        (Mode::AltitudeHold, false, 0.1, Urge::None),
        (Mode::Stabilise, true, 0.1, Urge::None),
    ] {
        let signs = Signs { fell_back, fix_age_s, ..well(mode) };
        assert_eq!(urge(&signs, &tuning), expected, "{mode:?} {fell_back} {fix_age_s}");
    }
}

#[test]
fn on_the_ground_nothing_is_urged() {
    for (name, sets) in SIGNS {
        let mut signs = Signs { is_flying: false, ..well(Mode::Hold) };
        sets(&mut signs);
        assert_eq!(urge(&signs, &Tuning::as_delivered(FenceAction::Warn)), Urge::None, "{name}");
    }
}
