//! The rules of Radio over a power-off, and over a switch that is turned: what is interrupted keeps its place.

use super::*;
use evidence::Evidence;
use evidence::scenario::Setting;
use evidence::truth::Control;
use mavlink::dialects::common::GLOBAL_POSITION_INT_DATA;

const NONE: &[&str] = &[];

#[test]
fn after_a_reboot_numbers_and_clocks_begin_anew_and_nothing_is_said_without_power() {
    let mut story = tests::evidence(&[]);
    story.truth.power_ons = vec![Tick(0), Tick(2000)];
    story.truth.power_offs = vec![Tick(1100)];
    let said = |frames: &[(u64, u8)]| -> Vec<String> {
        let said: Vec<_> = frames
            .iter()
            .map(|(tick, number)| (Tick(*tick), Link::Radio, tests::heartbeat(*number)))
            .collect();
        let alarms = tests::alarms_by(crate::Detector::DEC, &story, &said);
        alarms.into_iter().map(|alarm| alarm.shown).collect()
    };
    let quiet: &[String] = &[];
    assert_eq!(said(&[(0, 0), (500, 1), (1000, 2), (2000, 0), (2500, 1)]), quiet);
    let rule = "MAVLink sequence number skipped or repeated";
    assert_eq!(said(&[(0, 0), (500, 1), (1000, 2), (2000, 3)]), [rule]);
    let dark = "something is said without power";
    assert_eq!(said(&[(0, 0), (500, 1), (1000, 2), (1500, 3)]), [dark]);
}

#[test]
fn what_was_interrupted_goes_on_at_its_place() {
    let mut cut = tests::evidence(&[]);
    cut.truth.power_ons = vec![Tick(0), Tick(1000)];
    cut.truth.power_offs = vec![Tick(600)];
    let mut switched = tests::online(tests::evidence(&[]));
    for (tick, value) in [(300, 0), (900, 1)] {
        let name = Setting::RadTelem;
        switched.truth.mandate.controls.push(Control { tick: Tick(tick), name, value });
    }
    let beats = |ticks: &[u64]| -> Vec<Vec<u8>> {
        let number = |tick: u64| if tick < 1000 { tick / 500 } else { 0 };
        ticks.iter().map(|tick| tests::heartbeat(number(*tick) as u8)).collect()
    };
    let places = |ticks: &[u64]| -> Vec<Vec<u8>> {
        let place = |tick: u64| GLOBAL_POSITION_INT_DATA {
            time_boot_ms: 2 * tick as u32,
            ..GLOBAL_POSITION_INT_DATA::DEFAULT
        };
        let numbered = (0..).zip(ticks);
        numbered.map(|(n, tick)| frame(n, &MavMessage::GLOBAL_POSITION_INT(place(*tick)))).collect()
    };
    type Said<'a> = &'a dyn Fn(&[u64]) -> Vec<Vec<u8>>;
    type Row<'a> = (&'a str, &'a Evidence, Said<'a>, &'a [u64], &'a [&'a str]);
    let table: [Row<'_>; 6] = [
        ("on again", &cut, &beats, &[0, 500, 1500], NONE),
        ("on again, in time for the next", &cut, &beats, &[0, 500, 1000, 1500], NONE),
        (
            "on again, in another place",
            &cut,
            &beats,
            &[0, 500, 1501],
            &["HEARTBEAT after 1001 ticks, its period is 500"],
        ),
        (
            "on again, too soon",
            &cut,
            &beats,
            &[0, 500, 1400],
            &["HEARTBEAT after 900 ticks, its period is 500"],
        ),
        ("told again", &switched, &places, &[0, 100, 200, 1000, 1100], NONE),
        (
            "told again, in another place",
            &switched,
            &places,
            &[0, 100, 200, 1003],
            &["GLOBAL_POSITION_INT after 803 ticks, its period is 100"],
        ),
    ];
    for (name, story, said, ticks, rules) in table {
        let said = ticks.iter().zip(said(ticks)).map(|(t, bytes)| (Tick(*t), Link::Radio, bytes));
        let alarms = tests::alarms_by(crate::Detector::DEC, story, &said.collect::<Vec<_>>());
        let shown = alarms.into_iter().map(|alarm| alarm.shown);
        let of_time = shown.filter(|rule| rule.contains("its period is"));
        assert_eq!(of_time.collect::<Vec<_>>(), rules, "{name}");
    }
}
