//! What a ground station sends, who else sends it, and what befalls the machine: what is refused of it.

use super::{GOOD, check, said_of};
use expect_test::expect;

/// The good story with other acts in the place of its landing.
fn with(acts: &str) -> String {
    let text = GOOD.replacen("seed: 7,", "seed: 7, length_s: 90.0,", 1);
    let text = text.replacen("    length_s: 60.0,\n", "", 1);
    said_of(&text.replacen("(at_s: 30.0, does: Lands),", acts, 1))
}

#[test]
fn what_the_pilot_may_do_is_right() {
    for acts in [
        r#"(at_s: 30, does: Sets(name: "VID_ENABLE", value: 1)), (at_s: 31, does: StartsView),
           (at_s: 32, does: StopsView), (at_s: 33, does: StopsView)"#,
        r#"(at_s: 30, does: Sets(name: "UP_LOGS", value: 7))"#,
        r"(at_s: 30, does: StartsFilm), (at_s: 31, does: TakesStill), (at_s: 32, does: StopsFilm)",
        r"(at_s: 30, does: Grants(category: Position, object: 1, to: Maker))",
        r#"(at_s: 30, does: AsksLogs), (at_s: 31, does: AsksFiles(path: "../etc")),
           (at_s: 32, does: ReadsFile(path: "DCIM/100HUSHW/HW_0001.JPG")),
           (at_s: 33, does: ReadsLog(object: 1)), (at_s: 34, does: AsksParameters),
           (at_s: 35, does: ListsConsent), (at_s: 36, does: ErasesLogs)"#,
        r"(at_s: 30, does: SetsUpSigning), (at_s: 31, does: Forges(TakesStill)),
          (at_s: 32, does: Stranger(Grants(category: FlightLog, object: 1, to: Pilot)))",
        r"(at_s: 30, does: Unlocks(zone: 3, for_s: 60)), (at_s: 31, does: MotorFails(rotor: 4)),
          (at_s: 32, does: JamsGnss(for_s: 5)), (at_s: 32, does: ReceiverTurns(RtkFloat)), (at_s: 33, does: FindersTurn(recall: 0.5)),
          (at_s: 34, does: CardTurns(Failing)), (at_s: 35, does: ServerTurns(Redirects(Declared)))",
        r"(at_s: 30, does: Awaits(client: Any, until_s: 31)),
          (at_s: 30, does: Awaits(client: System(42), until_s: 89.5)), (at_s: 31, does: Lands)",
        r"(at_s: 30, does: StartsFilm), (at_s: 31, does: Reboots(off_s: 2)),
          (at_s: 33, does: StartsFilm), (at_s: 34, does: CutsPower(off_s: 2, kept_bytes: 0)),
          (at_s: 40, does: Lands), (at_s: 41, does: ResetsToFactory)",
    ] {
        assert_eq!(with(acts), "right", "{acts}");
    }
}

#[test]
fn what_comes_at_the_wrong_moment_is_refused() {
    let table = [
        "(at_s: 30, does: StopsFilm)",
        "(at_s: 30, does: Forges(Arms))",
        "(at_s: 30, does: Stranger(Reboots(off_s: 2)))",
        "(at_s: 30, does: SetsUpSigning), (at_s: 31, does: Forges(Stranger(Arms)))",
        "(at_s: 30, does: Registers)",
        "(at_s: 30, does: Stranger(Registers))",
        "(at_s: 30, does: ResetsToFactory)",
        "(at_s: 30, does: Updates(off_s: 5)), (at_s: 34, does: Arms)",
        "(at_s: 30, does: Reboots(off_s: 5)), (at_s: 34, does: Reboots(off_s: 5))",
        "(at_s: 30, does: StartsFilm), (at_s: 31, does: Reboots(off_s: 5)), (at_s: 40, does: StopsFilm)",
        "(at_s: 30, does: Requests(category: Position, object: 1, to: Maker))",
        "(at_s: 30, does: Grants(category: Imagery, object: 1, to: Viewer))",
        "(at_s: 30, does: Awaits(client: Any, until_s: 30))",
        "(at_s: 30, does: Awaits(client: Any, until_s: 91))",
        "(at_s: 30, does: Awaits(client: System(1), until_s: 40))",
        "(at_s: 30, does: Awaits(client: System(255), until_s: 40))",
        "(at_s: 30, does: Stranger(Awaits(client: Any, until_s: 40)))",
        r#"(at_s: 30, does: Walks(who: "Ben", to_m: (-2, 18), speed_mps: 1)), (at_s: 31, does: Awaits(client: Any, until_s: 33))"#,
    ];
    let said: Vec<_> = table.iter().map(|acts| with(acts)).collect();
    expect![[r#"
        story.ron:20:26: no film is running
          hint: start one first with `StartsFilm`
        story.ron:20:26: nothing can be forged: the pilot does not sign
          hint: let the pilot do `SetsUpSigning` first
        story.ron:20:26: this is nothing that somebody else could send
          hint: put a command in it, as in `Stranger(AsksLogs)`
        story.ron:20:59: this is nothing that somebody else could send
          hint: put a command in it, as in `Stranger(AsksLogs)`
        story.ron:20:26: there is no account to register
          hint: add `account: (email: …, phone: …)`
        story.ron:20:26: there is no account to register
          hint: add `account: (email: …, phone: …)`
        story.ron:20:26: the vehicle refuses this in the air, and what was agreed would be in doubt
          hint: land first
        story.ron:20:63: the vehicle is off until 35 s
          hint: move this beat to a time when it is on
        story.ron:20:63: the vehicle is off until 35 s
          hint: move this beat to a time when it is on
        story.ron:20:93: no film is running
          hint: start one first with `StartsFilm`
        story.ron:20:45: a place is not an object that can be sent
          hint: ask for the `Imagery` it is in, for `FlightLog` or for `Audio`
        story.ron:20:67: the pilot's screen is not a recipient
          hint: name `Pilot` or `Maker`; the screen shows what `StartsView` commands
        story.ron:20:55: it waits from 30 s until 30 s
          hint: give a moment after the beat's
        story.ron:20:55: `until_s` is 91, which is not in 0 to 90
          hint: give 0 to 90 seconds from power-on
        story.ron:20:41: 0 is everybody, and 1 is the vehicle itself
          hint: name a ground station, 2 to 255, or `Any`
        story.ron:20:41: that is a station of the script
          hint: name another, or leave what the pilot says to whoever is live
        story.ron:20:26: this is nothing that somebody else could send
          hint: put a command in it, as in `Stranger(AsksLogs)`
        story.ron:20:93: somebody is still walking, and where they will be when it goes on is in doubt
          hint: let everybody stand before it waits"#]]
    .assert_eq(&said.join("\n"));
}

#[test]
fn stills_of_a_mission_leave_no_number_in_doubt() {
    let text = GOOD.replacen("stay_s: 2.0", "stay_s: 2.0, takes_still: true", 1);
    let with = |acts| said_of(&text.replacen("(at_s: 30.0, does: Lands)", acts, 1));
    let table = [
        "(at_s: 30, does: StartsMission)",
        "(at_s: 30, does: StartsMission), (at_s: 40, does: TakesStill)",
        "(at_s: 30, does: StartsMission), (at_s: 40, does: StartsFilm)",
        "(at_s: 30, does: StartsMission), (at_s: 40, does: Holds), (at_s: 41, does: StartsMission)",
    ];
    let said: Vec<_> = table.iter().map(|acts| with(acts)).collect();
    expect![[r#"
        right
        story.ron:21:59: the mission takes stills already, so this picture's number is in doubt
          hint: take it before the mission, or leave out `takes_still` and the triggers
        story.ron:21:59: the mission takes stills already, so this picture's number is in doubt
          hint: take it before the mission, or leave out `takes_still` and the triggers
        story.ron:21:84: the mission takes stills already, so this picture's number is in doubt
          hint: take it before the mission, or leave out `takes_still` and the triggers"#]]
    .assert_eq(&said.join("\n"));
}

#[test]
fn the_set_up_is_in_its_ranges_and_is_heard() {
    for (from, to, expected) in [
        (
            "seed: 7,",
            r#"seed: 7, settings: {"UP_LOG": 1},"#,
            expect![[r#"
            story.ron:5:25: unknown name `UP_LOG`
              hint: did you mean `UP_LOGS`? there are: PRIV_LOCAL, UP_LOGS, UP_MEDIA, UP_DIAG, UP_NOFLY, UP_UPDATE, RAD_LOGS, RAD_MEDIA, VID_ENABLE, CAM_GEOTAG, CAM_SERIAL, RID_ENABLE, RAD_TELEM"#]],
        ),
        (
            "seed: 7,",
            r#"seed: 7, settings: {"UP_LOGS": 2},"#,
            expect![[r#"
            story.ron:5:36: `UP_LOGS` is 2
              hint: give 0 for off, or 1 for on"#]],
        ),
        (
            "seed: 7,",
            "seed: 7, finder: (recall: 1.5),",
            expect![[r#"
            story.ron:5:31: `recall` is 1.5, which is not in 0 to 1
              hint: give 0 to 1 as the chance to be found in a frame"#]],
        ),
        (
            "seed: 7,",
            "seed: 7, finder: (latency_frames: 9),",
            expect![[r#"
            story.ron:5:39: `latency_frames` is 9, which is not in 0 to 5
              hint: give 0 to 5 frames"#]],
        ),
        (
            "seed: 7,",
            r#"seed: 7, operator: "Ž","#,
            expect![[r#"
            story.ron:5:24: "Ž" is not at most 20 printable ASCII characters
              hint: shorten it, and leave out accents"#]],
        ),
        (
            "seed: 7,",
            r#"seed: 7, account: (email: "a", phone: "01234567890123456789012345678901234567890"),"#,
            expect![[r#"
                story.ron:5:43: "01234567890123456789012345678901234567890" is not at most 40 printable ASCII characters
                  hint: shorten it, and leave out accents"#]],
        ),
        (
            "seed: 7,",
            "seed: 7, server: Redirects(Elsewere),",
            expect![[r#"
            story.ron:5:32: unknown name `Elsewere` in `Whither`
              hint: did you mean `Elsewhere`? there are: Declared, Elsewhere"#]],
        ),
        (
            "at_s: 30.0, does: Lands",
            "at_s: 30, does: MotorFails(rotor: 9)",
            expect![[r#"
            story.ron:21:44: `rotor` is 9, which is not in 1 to 8
              hint: give 1 to 8 as the number of a rotor"#]],
        ),
        (
            "at_s: 30.0, does: Lands",
            "at_s: 30, does: Reboots(off_s: 0.5)",
            expect![[r#"
            story.ron:21:41: `off_s` is 0.5, which is not in 1 to 600
              hint: give 1 to 600 seconds"#]],
        ),
        (
            "at_s: 30.0, does: Lands",
            "at_s: 30, does: Unlocks(zone: 0, for_s: 9)",
            expect![[r#"
            story.ron:21:40: there is no zone 0
              hint: logs, pictures, recordings and zones are numbered from 1"#]],
        ),
    ] {
        check(from, to, &expected);
    }
    let early = GOOD.replacen("seed: 7,", r#"seed: 7, settings: {"UP_LOGS": 1},"#, 1).replacen(
        "(at_s: 5.0, does: Arms)",
        "(at_s: 1.0, does: LosesLink(for_s: 2))",
        1,
    );
    expect![[r#"
        story.ron:15:27: the ground station sets the vehicle up until 2 s
          hint: move this beat behind that"#]]
    .assert_eq(&said_of(&early));
}

#[test]
fn the_second_port_is_spoken_by_where_there_is_one_in_words_that_every_autopilot_reads_alike() {
    let text = GOOD.replacen("seed: 7,", "seed: 7, telemetry2: Some(ardupilot),", 1);
    let with = |acts| said_of(&text.replacen("(at_s: 30.0, does: Lands)", acts, 1));
    for acts in [
        "(at_s: 30, does: Telemetry2(AsksLogs)), (at_s: 31, does: Telemetry2(Lands))",
        "(at_s: 30, does: Telemetry2(Stranger(ReadsLog(object: 1))))",
        "(at_s: 30, does: SetsUpSigning), (at_s: 31, does: Telemetry2(Forges(AsksLogs)))",
    ] {
        assert_eq!(with(acts), "right", "{acts}");
    }
    let table = [
        "(at_s: 30, does: Telemetry2(Holds))",
        "(at_s: 30, does: Telemetry2(Reboots(off_s: 2)))",
        "(at_s: 30, does: Stranger(Telemetry2(AsksLogs)))",
        "(at_s: 30, does: Telemetry2(Forges(AsksLogs)))",
    ];
    let mut said: Vec<_> = table.iter().map(|acts| with(acts)).collect();
    let without =
        GOOD.replacen("(at_s: 30.0, does: Lands)", "(at_s: 30, does: Telemetry2(Arms))", 1);
    said.push(said_of(&without));
    said.push(said_of(&GOOD.replacen("seed: 7,", "seed: 7, telemetry2: Some(betaflight),", 1)));
    expect![[r#"
        story.ron:21:26: no script writes this in another autopilot's ways
          hint: let the pilot do it by the radio, or ask for something, as `Telemetry2(AsksLogs)`
        story.ron:21:26: no script writes this in another autopilot's ways
          hint: let the pilot do it by the radio, or ask for something, as `Telemetry2(AsksLogs)`
        story.ron:21:26: this is nothing that somebody else could send
          hint: put a command in it, as in `Stranger(AsksLogs)`
        story.ron:21:26: nothing can be forged: the pilot does not sign
          hint: let the pilot do `SetsUpSigning` first
        story.ron:21:26: there is no second telemetry port to say it by
          hint: add `telemetry2: Some(ardupilot)` to the story
        story.ron:5:31: unknown name `betaflight` in `Personality`
          hint: there are: px4, ardupilot"#]]
    .assert_eq(&said.join("\n"));
}
