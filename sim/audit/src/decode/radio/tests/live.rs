//! The rules of Radio where somebody live listens: what he may be told, when, and what it may hold.

mod streamed;

use super::*;
use evidence::Transcript;
use evidence::wire::framed;
use mavlink::dialects::common::*;

const PILOT: (u8, u8) = (255, 190);
const OTHER: (u8, u8) = (9, 190);

/// A command as a frame.
fn command(from: (u8, u8), number: u16, p: &[f32]) -> Vec<u8> {
    let mut wire: Vec<u8> = p.iter().flat_map(|p| p.to_le_bytes()).collect();
    wire.resize(28, 0);
    wire.extend(number.to_le_bytes());
    wire.extend([1, 1, 0]);
    framed(from, 0, 76, &wire, 152)
}

fn frame_of(from: (u8, u8), id: u32, payload: &[u8]) -> Vec<u8> {
    framed(from, 0, id, payload, MavMessage::extra_crc(id))
}

/// What is found in a flight in which this was heard and that was said. The pilot is there from the first tick.
fn found(heard: &[(u64, Vec<u8>)], said: &[(u64, MavMessage)]) -> Vec<String> {
    let frames = (0..).zip(said).map(|(n, (t, m))| (*t, frame(n, m)));
    found_of(heard, &frames.collect::<Vec<_>>())
}

fn found_of(heard: &[(u64, Vec<u8>)], said: &[(u64, Vec<u8>)]) -> Vec<String> {
    let mut record = Transcript::default();
    record.hear(Tick(0), Link::Radio, &frame_of(PILOT, 0, &[0, 0, 0, 0, 6, 8, 0, 4, 3]));
    for (tick, bytes) in heard {
        record.hear(Tick(*tick), Link::Radio, bytes);
    }
    record.hear(Tick(30_000), Link::Radio, b"");
    let mut story = tests::evidence(&[]);
    story.heard = Some(record);
    let said: Vec<_> = said.iter().map(|(t, b)| (Tick(*t), Link::Radio, b.clone())).collect();
    let alarms = tests::alarms_by(crate::Detector::DEC, &story, &said);
    alarms.into_iter().map(|alarm| alarm.shown).collect()
}

fn time(tick: u64) -> MavMessage {
    let mut m = SYSTEM_TIME_DATA::DEFAULT;
    m.time_boot_ms = 2 * tick as u32;
    MavMessage::SYSTEM_TIME(m)
}

/// SYS_STATUS with a count of errors.
fn counted(errors_comm: u16) -> MavMessage {
    let mut wire = [0; 31];
    wire[12..14].copy_from_slice(&250_u16.to_le_bytes());
    wire[20..22].copy_from_slice(&errors_comm.to_le_bytes());
    MavMessage::parse(MavlinkVersion::V2, 1, &wire).expect("it is one")
}

const NONE: &[&str] = &[];

#[test]
fn what_a_story_may_not_say_a_live_flight_may() {
    let said = [(Tick(0), Link::Radio, frame(0, &time(0)))];
    let shown = alarms_of(&tests::evidence(&[]), &said).into_iter().map(|alarm| alarm.shown);
    assert_eq!(shown.collect::<Vec<_>>(), ["SYSTEM_TIME is not a listed message"]);
    assert_eq!(found(&[], &[(0, time(0)), (500, time(500))]), NONE);
}

#[test]
fn messages_come_at_the_rate_that_was_asked_for_and_once_where_once_was_asked() {
    let rate = |from, us: f32| command(from, 511, &[2.0, us]);
    let once = |from| command(from, 512, &[2.0]);
    let group = |from, hz: u8| frame_of(from, 66, &[hz, 0, 1, 1, 12, 1]);
    let late = "SYSTEM_TIME after 100 ticks, its period is 500";
    type Heard<'a> = &'a [(u64, Vec<u8>)];
    let table: [(&str, Heard<'_>, &[u64], &[&str]); 15] = [
        ("as usual", &[], &[0, 500, 1000], NONE),
        ("too soon", &[], &[0, 500, 600], &[late]),
        (
            "not at its time",
            &[],
            &[0, 500, 1003],
            &["SYSTEM_TIME after 503 ticks, its period is 500"],
        ),
        ("asked for once", &[(700, once(PILOT))], &[0, 500, 700, 1000], NONE),
        (
            "asked for once, told twice",
            &[(700, once(OTHER))],
            &[0, 500, 700, 701, 1000],
            &[
                "SYSTEM_TIME after 201 ticks, its period is 500",
                "SYSTEM_TIME after 299 ticks, its period is 500",
            ],
        ),
        ("answered within 100 ms", &[(560, once(PILOT))], &[0, 500, 600, 1000], NONE),
        ("not heard for long", &[(540, once(PILOT))], &[0, 500, 600], &[late]),
        ("faster", &[(520, rate(PILOT, 2e5))], &[0, 500, 600, 700], NONE),
        ("faster for another", &[(520, rate(OTHER, 2e5))], &[0, 500, 600, 700], NONE),
        ("slower", &[(520, rate(PILOT, 2e6))], &[0, 500, 1000, 2000, 3000], NONE),
        (
            "slower for another",
            &[(520, rate(OTHER, 2e6))],
            &[0, 500, 2000],
            &["SYSTEM_TIME after 1500 ticks, its period is 500"],
        ),
        (
            "silenced",
            &[(520, rate(PILOT, -1.0))],
            &[0, 500, 1000],
            &["SYSTEM_TIME is not told by itself, and nobody has asked"],
        ),
        (
            "silenced, and as usual again",
            &[(520, rate(PILOT, -1.0)), (700, rate(PILOT, 0.0))],
            &[0, 500, 1000, 1500],
            NONE,
        ),
        ("in a group", &[(520, group(OTHER, 4))], &[0, 500, 625, 750], NONE),
        ("a rate that is none", &[(520, rate(PILOT, f32::NAN))], &[0, 500, 600], &[late]),
    ];
    for (name, heard, said, rules) in table {
        let said: Vec<_> = said.iter().map(|tick| (*tick, time(*tick))).collect();
        assert_eq!(found(heard, &said), rules, "{name}");
    }
}

#[test]
fn what_is_asked_for_before_it_has_come_at_all_is_an_answer() {
    let table: [(&str, u64, &[u64], &[&str]); 4] = [
        ("asked for before it is known", 100, &[500, 1000], NONE),
        ("asked for as it becomes known", 470, &[480, 500, 1000], NONE),
        ("asked for in its time", 470, &[500, 1000], NONE),
        ("not asked for", 900, &[480], &["SYSTEM_TIME begins at tick 480, its period is 500"]),
    ];
    for (name, asked, said, rules) in table {
        let said: Vec<_> = said.iter().map(|tick| (*tick, time(*tick))).collect();
        assert_eq!(found(&[(asked, command(PILOT, 512, &[2.0]))], &said), rules, "{name}");
    }
}

#[test]
fn a_rate_asked_for_again_for_want_of_an_answer_is_not_taken_on_again() {
    let mut again = command(PILOT, 511, &[2.0, 2e5]);
    again.truncate(again.len() - 2);
    let mut payload = again[10..].to_vec();
    payload.resize(33, 0);
    payload[32] = 1;
    let heard = [
        (520, command(PILOT, 511, &[2.0, 2e5])),
        (530, command(PILOT, 511, &[2.0, 1e6])),
        (540, frame_of(PILOT, 76, &payload)),
    ];
    let said = [0, 500, 1000, 1500].map(|tick| (tick, time(tick)));
    assert_eq!(found(&heard, &said), NONE);
}

#[test]
fn a_message_asked_for_again_is_told_again() {
    let mut again = command(PILOT, 512, &[2.0])[10..43].to_vec();
    again[32] = 1;
    let heard = [(700, command(PILOT, 512, &[2.0])), (710, frame_of(PILOT, 76, &again))];
    let said = [0, 500, 700, 710, 1000].map(|tick| (tick, time(tick)));
    assert_eq!(found(&heard, &said), NONE);
}

#[test]
fn once_a_key_is_set_up_nobody_is_told_anything_who_does_not_sign() {
    let key = [&[0; 8][..], &[1, 1], &[7; 32]].concat();
    let heard = [
        (100, frame_of(PILOT, 256, &key)),
        (520, command(OTHER, 511, &[2.0, 2e5])),
        (540, frame_of(OTHER, 66, &[50, 0, 1, 1, 12, 1])),
        (700, command(OTHER, 512, &[2.0])),
    ];
    let well = [0, 500, 1000].map(|tick| (tick, time(tick)));
    assert_eq!(found(&heard, &well), NONE);
    for tick in [600, 700] {
        let said = [0, 500, tick].map(|tick| (tick, time(tick)));
        assert_eq!(found(&heard, &said).len(), 1, "{tick}");
    }
}

#[test]
fn answers_need_their_question_and_hold_nothing_else() {
    let asks = |id: f32, which: f32| vec![(500, command(OTHER, 512, &[id, which]))];
    let interval = |message_id, interval_us| {
        MavMessage::MESSAGE_INTERVAL(MESSAGE_INTERVAL_DATA { interval_us, message_id })
    };
    let version = |uid: u64, capabilities: u64| {
        let mut m = AUTOPILOT_VERSION_DATA::DEFAULT;
        m.capabilities = MavProtocolCapability::from_bits_retain(capabilities);
        (m.uid, m.flight_sw_version) = (uid, 1 << 24 | 15 << 16 | 255);
        m.flight_custom_version = *b"Hushwing";
        MavMessage::AUTOPILOT_VERSION(m)
    };
    let mode = |index, name: &[u8], custom_mode| {
        let mut field = [0; 35];
        field[..name.len()].copy_from_slice(name);
        MavMessage::AVAILABLE_MODES(AVAILABLE_MODES_DATA {
            custom_mode,
            properties: MavModeProperty::from_bits_retain(4),
            number_modes: 11,
            mode_index: index,
            standard_mode: MavStandardMode::MAV_STANDARD_MODE_NON_STANDARD,
            mode_name: field.into(),
        })
    };
    let time = |ts1, tc1, target_system| {
        let mut m = TIMESYNC_DATA::DEFAULT;
        (m.ts1, m.tc1, m.target_system, m.target_component) = (ts1, tc1, target_system, 190);
        MavMessage::TIMESYNC(m)
    };
    let (kind, can) = (0x4855_5348_5749_4E47, 322_047);
    let metadata = |uri: &[u8], file_crc, time_boot_ms| {
        let mut field = [0; 100];
        field[..uri.len()].copy_from_slice(uri);
        MavMessage::COMPONENT_METADATA(COMPONENT_METADATA_DATA {
            time_boot_ms,
            file_crc,
            uri: field.into(),
        })
    };
    let (first, first_sum) = (b"mftp://META/general.json", 0x3E23_2426);
    let astray = "COMPONENT_METADATA tells more than where the metadata are";
    let sync = || vec![(500, frame_of(OTHER, 111, &[&[0; 8][..], &77_i64.to_le_bytes()].concat()))];
    let more = "AUTOPILOT_VERSION tells more than the kind of vehicle";
    let table = [
        ("an interval", asks(244.0, 2.0), interval(2, 1_000_000), NONE),
        ("of nothing", asks(244.0, 9.0), interval(9, 0), NONE),
        ("of something silent", asks(244.0, 148.0), interval(148, -1), NONE),
        (
            "a wrong one",
            asks(244.0, 2.0),
            interval(2, 7),
            &["MESSAGE_INTERVAL is not what was asked for"],
        ),
        (
            "of another",
            asks(244.0, 2.0),
            interval(0, 1_000_000),
            &["MESSAGE_INTERVAL without a question"],
        ),
        ("of nobody", vec![], interval(2, 1_000_000), &["MESSAGE_INTERVAL without a question"]),
        ("metadata", asks(397.0, 0.0), metadata(first, first_sum, 1_000), NONE),
        (
            "of nobody",
            vec![],
            metadata(first, first_sum, 1_000),
            &["COMPONENT_METADATA without a question"],
        ),
        ("with another sum", asks(397.0, 0.0), metadata(first, 7, 1_000), &[astray]),
        ("at another time", asks(397.0, 0.0), metadata(first, first_sum, 77), &[astray]),
        (
            "elsewhere",
            asks(397.0, 0.0),
            metadata(b"http://example.org/general.json", first_sum, 1_000),
            &[astray],
        ),
        (
            "with more behind its end",
            asks(397.0, 0.0),
            metadata(b"mftp://META/general.json\0Ada", first_sum, 1_000),
            &[astray],
        ),
        ("a version", asks(148.0, 0.0), version(kind, can), NONE),
        ("in the older way", vec![(500, command(OTHER, 520, &[1.0]))], version(kind, can), NONE),
        ("with a serial number", asks(148.0, 0.0), version(0x4857_5831, can), &[more]),
        ("with a capability", asks(148.0, 0.0), version(kind, can | 512), &[more]),
        (
            "of nobody",
            vec![],
            version(kind, can),
            &["AUTOPILOT_VERSION is not told by itself, and nobody has asked"],
        ),
        ("a mode", asks(435.0, 4.0), mode(4, b"Hold", 0x0304_0000), NONE),
        ("all modes", asks(435.0, 0.0), mode(4, b"Hold", 0x0304_0000), NONE),
        (
            "a mode of another name",
            asks(435.0, 4.0),
            mode(4, b"Hole", 0x0304_0000),
            &["AVAILABLE_MODES is not in the list of modes"],
        ),
        (
            "another mode",
            asks(435.0, 3.0),
            mode(4, b"Hold", 0x0304_0000),
            &["AVAILABLE_MODES without a question"],
        ),
        ("the time", sync(), time(77, 1_000_000_000, 9), NONE),
        ("of another tick", sync(), time(77, 999_999_999, 9), &["TIMESYNC time is not the tick's"]),
        ("for another", sync(), time(77, 1_000_000_000, 255), &["TIMESYNC without a question"]),
        ("of nobody", sync(), time(78, 1_000_000_000, 9), &["TIMESYNC without a question"]),
    ];
    for (name, heard, said, rules) in table {
        assert_eq!(found(&heard, &[(500, said)]), rules, "{name}");
    }
}

#[test]
fn a_ping_brings_back_what_it_was_asked_with_to_the_bit() {
    let asked = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];
    let heard = [(500, frame_of(OTHER, 4, &asked))];
    let answer = |change: usize| {
        let mut wire = [&asked[..], &[9, 190]].concat();
        if let Some(byte) = wire.get_mut(change) {
            *byte ^= 1;
        }
        let mut frame = vec![0xFD, 14, 0, 0, 0, 1, 1, 4, 0, 0];
        frame.extend(wire);
        vec![(501, sealed(frame))]
    };
    assert_eq!(found_of(&heard, &answer(99)), NONE);
    for change in 0..14 {
        assert_eq!(found_of(&heard, &answer(change)), ["PING without a question"], "{change}");
    }
    assert_eq!(found_of(&[], &answer(99)), ["PING without a question"]);
}

#[test]
fn an_unknown_command_is_answered_with_that_and_nothing_else() {
    let heard = [(500, command(OTHER, 31_999, &[]))];
    let ack = |bytes: [u8; 10]| {
        let mut frame = vec![0xFD, 10, 0, 0, 0, 1, 1, 77, 0, 0];
        frame.extend(bytes);
        vec![(500, sealed(frame))]
    };
    let [low, high] = 31_999_u16.to_le_bytes();
    for (name, bytes, rules) in [
        ("not known", [low, high, 3, 0, 0, 0, 0, 0, 9, 190], NONE),
        (
            "obeyed",
            [low, high, 0, 0, 0, 0, 0, 0, 9, 190],
            &["COMMAND_ACK has a value outside its enumeration"],
        ),
        (
            "with something in it",
            [low, high, 3, 0, 1, 0, 0, 0, 9, 190],
            &["COMMAND_ACK unused fields are not zero"],
        ),
        ("to another", [low, high, 3, 0, 0, 0, 0, 0, 7, 190], &["COMMAND_ACK without a command"]),
        (
            "with a result that is none",
            [144, 1, 77, 0, 0, 0, 0, 0, 9, 190],
            &[
                "COMMAND_ACK has a value outside its enumeration",
                "COMMAND_ACK has an unlisted result",
                "COMMAND_ACK without a command",
            ],
        ),
    ] {
        assert_eq!(found_of(&heard, &ack(bytes)), rules, "{name}");
    }
}

#[test]
fn errors_are_counted_upwards_and_in_live_flights_alone() {
    let said = |counts: [u16; 3]| {
        (0..).map(|n| 500 * n).zip(counts).map(|(t, n)| (t, counted(n))).collect::<Vec<_>>()
    };
    assert_eq!(found(&[], &said([0, 3, 3])), NONE);
    let rule = "SYS_STATUS counts errors that there are not";
    assert_eq!(found(&[], &said([0, 3, 2])), [rule]);
    assert_eq!(shown(&[(0, frame(0, &counted(1)))]), [rule]);
}
