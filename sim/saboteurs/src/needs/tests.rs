//! Which story meets which need.

use super::*;

fn story(more: &str) -> Scenario {
    let text = format!(
        r#"(title: "t", place: (lat_deg: 47.0, lon_deg: 8.0, alt_m: 400.0), seed: 1, length_s: 90.0,
            expects: {{}}, {more})"#
    );
    ron::from_str(&text).unwrap()
}

/// Somebody speaks at one time, and ten seconds are recorded from another.
fn said_at(speaks_s: f64, records_s: f64) -> String {
    let mut beats = [
        (speaks_s, r#"Speaks(who: "A", voice: "shout", level_db: 70.0)"#),
        (records_s, "StartsRecording"),
        (records_s + 10.0, "StopsRecording"),
    ];
    beats.sort_by(|a, b| a.0.total_cmp(&b.0));
    let beats = beats.map(|(at_s, does)| format!("(at_s: {at_s:.1}, does: {does})"));
    format!("beats: [{}]", beats.join(", "))
}

/// A flight from 5 s to 20 s or a little later, in which or after which somebody speaks; `more` in the order of time.
fn flown_with(more: &str, speaks_s: f64) -> String {
    let says = format!(
        r#"(at_s: {speaks_s:.1}, does: Speaks(who: "A", voice: "shout", level_db: 70.0)),"#
    );
    let (early, late) = if speaks_s < 20.0 { (says.as_str(), "") } else { ("", says.as_str()) };
    let (recorded, records) = if more.starts_with("(at_s: 1") { (more, "") } else { ("", more) };
    format!(
        "beats: [(at_s: 5.0, does: Arms), {early} {recorded} (at_s: 20.0, does: Lands), {records} {late}]"
    )
}

fn reported(flight: &str) -> String {
    format!(r#"settings: {{"PRIV_LOCAL": 0, "UP_DIAG": 1}}, {flight}"#)
}

/// A granted log goes to a server that asks for more.
fn greedy_with(more: &str) -> String {
    format!(
        r#"settings: {{"PRIV_LOCAL": 0, "UP_LOGS": 1}}, server: Greedy,
           beats: [(at_s: 10.0, does: Grants(category: FlightLog, object: 1, to: Maker)),
                   (at_s: 20.0, does: Requests(category: FlightLog, object: 1, to: Maker)), {more}]"#
    )
}

fn stranger_after(beats: &str) -> String {
    format!("beats: [{beats} (at_s: 9.0, does: Stranger(TakesStill))]")
}

#[test]
fn a_need_is_met_by_the_story_that_holds_it_and_by_no_other() {
    let table = [
        (Need::Local, "beats: []", true),
        (
            Need::SecondPort,
            "beats: [(at_s: 9.0, does: Telemetry2(ReadsLog(object: 1))),
                     (at_s: 10.0, does: Grants(category: FlightLog, object: 1, to: Pilot))]",
            true,
        ),
        (
            Need::SecondPort,
            "beats: [(at_s: 8.0, does: Grants(category: FlightLog, object: 1, to: Pilot)),
                     (at_s: 9.0, does: Telemetry2(ReadsLog(object: 1)))]",
            false,
        ),
        (Need::SecondPort, "beats: [(at_s: 9.0, does: ReadsLog(object: 1))]", false),
        (
            Need::SecondPort,
            "beats: [(at_s: 9.0, does: Telemetry2(Stranger(ReadsLog(object: 1))))]",
            false,
        ),
        (Need::Stranger, "beats: [(at_s: 9.0, does: Stranger(AsksLogs))]", true),
        (Need::Stranger, "beats: [(at_s: 9.0, does: Telemetry2(Stranger(AsksLogs)))]", false),
        (Need::Local, r#"settings: {"PRIV_LOCAL": 0}, beats: []"#, false),
        (Need::Reports, r#"settings: {"PRIV_LOCAL": 0, "UP_DIAG": 1}, beats: []"#, true),
        (Need::Reports, r#"settings: {"UP_DIAG": 1}, beats: []"#, false),
        (
            Need::Reports,
            r#"settings: {"PRIV_LOCAL": 0, "UP_DIAG": 1},
               beats: [(at_s: 9.0, does: Sets(name: "UP_DIAG", value: 0))]"#,
            false,
        ),
        (
            Need::RecordedSpeech,
            r#"beats: [(at_s: 5.0, does: StartsRecording),
                       (at_s: 6.0, does: Speaks(who: "A", voice: "shout", level_db: 70.0))]"#,
            true,
        ),
        (
            Need::RecordedSpeech,
            r#"beats: [(at_s: 5.0, does: StartsRecording), (at_s: 6.0, does: StopsRecording),
                       (at_s: 7.0, does: Speaks(who: "A", voice: "shout", level_db: 70.0))]"#,
            false,
        ),
        (
            Need::Reports,
            r#"settings: {"PRIV_LOCAL": 0},
               beats: [(at_s: 40.0, does: Sets(name: "UP_DIAG", value: 1)),
                       (at_s: 50.0, does: Sets(name: "UP_DIAG", value: 0))]"#,
            true,
        ),
        (
            Need::TwoReports,
            r#"settings: {"PRIV_LOCAL": 0, "UP_DIAG": 1},
               beats: [(at_s: 20.0, does: Reboots(off_s: 20.0))]"#,
            true,
        ),
        (
            Need::TwoReports,
            r#"settings: {"PRIV_LOCAL": 0, "UP_DIAG": 1},
               beats: [(at_s: 10.0, does: Reboots(off_s: 40.0))]"#,
            false,
        ),
        (
            Need::Reports,
            r#"settings: {"PRIV_LOCAL": 0, "UP_DIAG": 1}, server: NameServerSilent, beats: []"#,
            false,
        ),
        (Need::FreshSpeech, &said_at(20.0, 40.0), true),
        (Need::FreshSpeech, &said_at(20.0, 22.0), false),
        (Need::FreshSpeech, &said_at(21.0, 20.0), false),
        (Need::EarlierSpeech, &said_at(20.0, 30.0), true),
        (Need::EarlierSpeech, &said_at(30.0, 20.0), false),
        (Need::SpeechInFlight, &flown_with("", 12.0), true),
        (Need::SpeechInFlight, &flown_with("(at_s: 14.0, does: StartsRecording),", 12.0), false),
        (Need::SpeechInFlight, &flown_with("", 40.0), false),
        (Need::QuietLanding, &flown_with("", 12.0), true),
        (Need::QuietLanding, &flown_with("(at_s: 25.0, does: StartsRecording),", 12.0), false),
        (Need::ReportedSpeech, &reported(&flown_with("", 12.0)), true),
        (
            Need::ReportedSpeech,
            &reported(&flown_with("(at_s: 14.0, does: StartsRecording),", 12.0)),
            false,
        ),
        (Need::ReportedSpeech, &reported(&flown_with("", 80.0)), false),
        (Need::ReportedLanding, &reported(&flown_with("", 12.0)), true),
        (Need::ReportedLanding, &flown_with("", 12.0), false),
        (Need::Greed, &greedy_with(""), true),
        (
            Need::Greed,
            &greedy_with(
                "(at_s: 22.0, does: Withdraws(category: FlightLog, object: 1, from: Maker)),",
            ),
            false,
        ),
        (Need::QuestionsOff, "beats: []", true),
        (
            Need::QuestionsOff,
            r#"settings: {"PRIV_LOCAL": 0, "UP_UPDATE": 1, "UP_NOFLY": 1},
               beats: [(at_s: 12.0, does: Sets(name: "UP_NOFLY", value: 0)),
                       (at_s: 14.0, does: Sets(name: "UP_NOFLY", value: 1))]"#,
            false,
        ),
        (
            Need::Zones,
            r#"settings: {"PRIV_LOCAL": 0, "UP_NOFLY": 1},
               beats: [(at_s: 4.0, does: Sets(name: "UP_NOFLY", value: 0)),
                       (at_s: 30.0, does: Sets(name: "UP_NOFLY", value: 1))]"#,
            true,
        ),
        (Need::Updates, r#"settings: {"PRIV_LOCAL": 0}, beats: []"#, false),
        (Need::Updates, r#"settings: {"PRIV_LOCAL": 0, "UP_UPDATE": 1}, beats: []"#, true),
        (
            Need::Address,
            r#"account: Some((email: "", phone: "1")), beats: [(at_s: 3.0, does: Registers)]"#,
            false,
        ),
        (Need::Stranger, &stranger_after(""), true),
        (
            Need::Stranger,
            &stranger_after(
                "(at_s: 3.0, does: SetsUpSigning), (at_s: 4.0, does: ResetsToFactory),
                 (at_s: 5.0, does: Reboots(off_s: 2.0)),",
            ),
            true,
        ),
        (Need::Stranger, &stranger_after("(at_s: 3.0, does: SetsUpSigning),"), true),
        (
            Need::Stranger,
            &stranger_after(
                "(at_s: 3.0, does: SetsUpSigning), (at_s: 5.0, does: Reboots(off_s: 2.0)),",
            ),
            false,
        ),
        (Need::NoFaceUpload, r#"law: "sealed", beats: []"#, true),
        (Need::NoFaceUpload, r#"law: "vendor", beats: []"#, false),
        (
            Need::Trigger,
            "mission: [TriggersByDistance(every_m: 8.0)], beats: [(at_s: 9.0, does: StartsMission)]",
            true,
        ),
        (
            Need::Trigger,
            "mission: [TriggersByDistance(every_m: 2.0)], beats: [(at_s: 9.0, does: StartsMission)]",
            false,
        ),
        (
            Need::Trigger,
            "mission: [TriggersByTime(every_s: 4.0)], beats: [(at_s: 9.0, does: StartsMission)]",
            true,
        ),
        (
            Need::Trigger,
            "mission: [TriggersNever], beats: [(at_s: 9.0, does: StartsMission)]",
            false,
        ),
        (Need::Trigger, "mission: [TriggersByDistance(every_m: 8.0)], beats: []", false),
        (Need::Stranger, "beats: [(at_s: 9.0, does: Stranger(TakesStill))]", true),
        (Need::Stranger, "beats: [(at_s: 9.0, does: TakesStill)]", false),
    ];
    for (need, more, expected) in table {
        assert_eq!(need.is_met_by(&story(more)), expected, "{need:?} in {more}");
    }
}
