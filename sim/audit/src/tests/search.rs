//! Canaries are found in disguise, and left alone where law and mandate let them be.

use super::*;
use data_encoding::BASE64;
use evidence::Recipient;
use evidence::card::Operation;

fn hits(link: Link, bytes: &[u8]) -> Vec<(Option<Class>, String)> {
    let story = evidence(&[(0.0, Act::StartsRecording), (1.0, Act::StopsRecording)]);
    let found = alarms_by(Detector::CAN, &story, &[(Tick(9), link, bytes.to_vec())]);
    found.into_iter().map(|alarm| (alarm.class, alarm.shown)).collect()
}

fn is_hit(link: Link, bytes: &[u8], class: Class) -> bool {
    hits(link, bytes).iter().any(|(found, _)| *found == Some(class))
}

fn card(path: &str, data: &[u8]) -> Vec<u8> {
    Write { operation: Operation::Append, path, data }.encode()
}

#[test]
fn a_voice_is_known_in_every_disguise() {
    let swapped: Vec<u8> = VOICE.chunks(2).flat_map(|s| [s[1], s[0]]).collect();
    let keyed: Vec<u8> = VOICE.iter().map(|b| b ^ 0x5A).collect();
    let shifted: Vec<u8> = VOICE.windows(2).map(|p| p[0] << 3 | p[1] >> 5).collect();
    let eight_bit: Vec<u8> = VOICE.chunks(2).map(|s| s[1]).collect();
    let reversed: Vec<u8> = VOICE.iter().rev().copied().collect();
    let base64 = BASE64.encode(&[b"xy".as_slice(), &VOICE].concat()).into_bytes();
    for form in [VOICE.to_vec(), swapped, keyed, shifted, eight_bit, reversed, base64] {
        let said = [b"?".as_slice(), &form, b"?"].concat();
        assert!(is_hit(Link::Uplink, &said, Class::Audio), "{form:?}");
    }
    assert_eq!(hits(Link::Uplink, &VOICE[..8]), []);
}

#[test]
fn other_secrets_are_known_too_and_never_shown() {
    let table: [(Link, &[u8], Class); 6] = [
        (Link::Radio, b"..correct-horse-42..", Class::Key),
        (Link::Telemetry2, b"..correct-horse-42..", Class::Key),
        (Link::Uplink, b"{\"seen\":\"02:1a:9c:44:e7:5b\"}", Class::Surroundings),
        (Link::Console, b"HWX17ABCDEFGHJKLMNPQ", Class::Device),
        (Link::Uplink, b"H\0a\0n\0g\0a\0r\0 \x007\0 \0n\0o\0r\0t\0h\0", Class::FlightLog),
        (Link::Video, &FACE, Class::Face),
    ];
    for (link, bytes, class) in table {
        let found = hits(link, bytes);
        assert!(found.iter().any(|(c, _)| *c == Some(class)), "{class} on {link}: {found:?}");
        assert!(found.iter().all(|(_, shown)| !shown.contains("horse")));
    }
}

#[test]
fn a_secret_split_over_two_emissions_is_put_together() {
    let head = b"POST / HTTP/1.1\r\n\r\n";
    let (a, b) = VOICE.split_at(7);
    let said: Vec<Said> =
        [a, b].map(|half| (Tick(4), Link::Uplink, [head.as_slice(), half].concat())).into();
    assert!(!alarms_by(Detector::CAN, &evidence(&[]), &said).is_empty());
}

#[test]
fn lawful_places_are_excused() {
    assert_eq!(hits(Link::RemoteId, b"HWX17ABCDEFGHJKLMNPQ"), []);
    assert_eq!(hits(Link::Card, &card("SOUND/SND_0001.AU", &VOICE)), []);
    assert_eq!(hits(Link::Card, &card("DCIM/100HUSHW/HW_0001.JPG", &FACE)), []);
    assert!(is_hit(Link::Card, &card("LOG/LOG_0001.HLG", &VOICE), Class::Audio));
    let unasked = [(Tick(9), Link::Card, card("SOUND/SND_0001.AU", &VOICE))];
    assert_eq!(alarms_by(Detector::CAN, &evidence(&[]), &unasked).len(), 1);
}

#[test]
fn a_log_is_opened_and_holds_nothing_but_the_log() {
    let put = |record: &[u8]| {
        let file =
            sealed_log(
                &[&[b"\x07".as_slice(), &[record.len() as u8, 9, 0, 0, 0], record].concat()],
            );
        hits(Link::Card, &card("LOG/LOG_0001.HLG", &file))
    };
    for (record, class) in [
        (VOICE.as_slice(), Some(Class::Audio)),
        (&FACE, Some(Class::Face)),
        (b"correct-horse-42", Some(Class::Key)),
        (b"HWX17ABCDEFGHJKLMNPQ", Some(Class::Device)),
        (b"Hangar 7 north", None),
        (b"\x02\0", None),
    ] {
        let classes: Vec<_> = put(record).into_iter().filter_map(|(class, _)| class).collect();
        assert_eq!(classes.first().copied(), class, "{record:?}: {classes:?}");
        assert_eq!(classes.is_empty(), class.is_none(), "{record:?}: {classes:?}");
    }
    let halves = [b"\x07\x08\x09\0\0\0correct-\x07\x08\x09\0\0\0horse-42".as_slice()];
    let split = hits(Link::Card, &card("LOG/LOG_0001.HLG", &sealed_log(&halves)));
    assert_eq!(split.first().map(|(class, _)| *class), Some(Some(Class::Key)), "{split:?}");
}

#[test]
fn a_grant_excuses_no_log_and_no_picture_in_clear() {
    let grants = |category, to| (0.0, Act::Grants { category, object: 1, to, for_s: None });
    let story = evidence(&[
        grants(Class::FlightLog, Recipient::Pilot),
        grants(Class::FlightLog, Recipient::Maker),
        grants(Class::Imagery, Recipient::Maker),
    ]);
    let label = b"Hangar 7 north".to_vec();
    for (link, bytes) in [
        (Link::Radio, label.clone()),
        (Link::Uplink, label.clone()),
        (Link::Card, card("LOG/LOG_0001.HLG", &label)),
        (Link::Card, card("LOG/notes.txt", &label)),
    ] {
        let found = alarms_by(Detector::CAN, &story, &[(Tick(9), link, bytes)]);
        assert!(found.iter().any(|a| a.class == Some(Class::FlightLog)), "{link}: {found:?}");
    }
    let mut story = story;
    story.truth.exposures = vec![canary(Class::Imagery, "sheet", &FACE)];
    let said = [(Tick(9), Link::Uplink, FACE.to_vec())];
    assert!(!alarms_by(Detector::CAN, &story, &said).is_empty());
    let said = [(Tick(9), Link::Card, card("DCIM/100HUSHW/HW_0001.JPG", &FACE))];
    assert_eq!(alarms_by(Detector::CAN, &story, &said), []);
}

#[test]
fn a_bomb_is_an_alarm_of_its_own() {
    let mut zlib = flate2::write::ZlibEncoder::new(vec![], flate2::Compression::default());
    std::io::Write::write_all(&mut zlib, &vec![b'a'; 3 << 20]).unwrap();
    let said = [(Tick(9), Link::Uplink, zlib.finish().unwrap())];
    let found = alarms_by(Detector::CAN, &online(evidence(&[])), &said);
    assert!(found.iter().all(|a| a.unlisted && a.class.is_none()), "{found:?}");
    assert!(found.iter().any(|a| a.shown == "bytes on Uplink unpacks to more than is searched"));
}
