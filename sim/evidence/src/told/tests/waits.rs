use super::*;
use crate::scenario::{FlightExpectation, Gust};

const GUST: Gust = Gust { at_s: 0.0, for_s: 1.0, peak_mps: (1.0, 0.0, 0.0) };

#[test]
fn what_comes_after_a_wait_is_as_much_later_as_it_took() {
    let awaits = |client| {
        let beats = format!(
            "(at_s: 2, does: MotorFails(rotor: 1)), (at_s: 4, does: Awaits(client: {client}, until_s: 24)),
             (at_s: 4, does: MotorFails(rotor: 2)), (at_s: 6, does: MotorFails(rotor: 3))"
        );
        let mut scenario = story(&beats);
        scenario.weather.gusts = vec![Gust { at_s: 3.0, ..GUST }, Gust { at_s: 5.0, ..GUST }];
        scenario.expects_flight = vec![
            FlightExpectation::Climbs { above_m: 2.0, by_s: 9.0 },
            FlightExpectation::EndsUpright,
        ];
        scenario
    };
    let (any, own) = (awaits("Any"), awaits("System(245)"));
    let beat = |at, system| vec![(at, heartbeat(system, 6))];
    for (name, scenario, heard_at, late_ticks, came) in [
        ("nobody", &any, vec![], 10_000, None),
        ("somebody", &any, beat(2600, OTHER), 601, Some(2600)),
        ("somebody else", &own, beat(2600, OTHER), 10_000, None),
        ("the very one", &own, beat(2600, PILOT), 601, Some(2600)),
        ("as it begins", &own, beat(2000, PILOT), 1, Some(2000)),
        ("before it begins", &own, beat(1999, PILOT), 0, Some(1999)),
        ("in the last moment", &own, beat(11_999, PILOT), 10_000, Some(11_999)),
        ("too late", &own, beat(12_000, PILOT), 10_000, None),
        ("no heartbeat", &own, vec![(2600, command(PILOT, 400, [1.0; 7], 0))], 10_000, None),
    ] {
        let (story, waits) = waited(scenario, &heard(&heard_at, 60_000));
        assert_eq!(waits.len(), 1, "{name}");
        let wait = (waits[0].from, waits[0].until, waits[0].heard);
        assert_eq!(wait, (Tick(2000), Tick(12_000), came.map(Tick)), "{name}");
        let beats: Vec<_> = story.beats.iter().map(|beat| Tick::at_s(beat.at_s).0).collect();
        assert_eq!(beats, [1000, 2000 + late_ticks, 3000 + late_ticks], "{name}");
        let gusts: Vec<_> =
            story.weather.gusts.iter().map(|gust| Tick::at_s(gust.at_s).0).collect();
        assert_eq!(gusts, [1500, 2500 + late_ticks], "{name}");
        assert_eq!(Tick::at_s(story.length_s).0, 50_000 + late_ticks, "{name}");
        let FlightExpectation::Climbs { by_s, .. } = story.expects_flight[0] else {
            panic!("{name}")
        };
        assert_eq!(Tick::at_s(by_s).0, 4500 + late_ticks, "{name}");
    }
}

#[test]
fn a_second_wait_is_later_by_the_first_and_the_script_is_nobody() {
    let beats = "(at_s: 4, does: Awaits(client: System(9), until_s: 24)),
                 (at_s: 6, does: Awaits(client: Any, until_s: 16)), (at_s: 8, does: Lands)";
    let script = story(beats);
    let silent = story(&beats.replace("Lands", "CardTurns(Full)"));
    let words = [(500, heartbeat(255, 6)), (4000, heartbeat(OTHER, 6))];
    for (name, scenario, first, lands_at) in [
        ("the script's pilot speaks", &script, Some(4000), 6001),
        ("whoever is live has its number", &silent, Some(500), 6001),
    ] {
        let (story, waits) = waited(scenario, &heard(&words, 60_000));
        assert_eq!((waits[1].from, waits[1].heard), (Tick(5001), first.map(Tick)), "{name}");
        assert_eq!(Tick::at_s(story.beats[0].at_s).0, lands_at, "{name}");
    }
}
