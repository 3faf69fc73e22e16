//! Canaries are found in disguise, and left alone where law and mandate let them be.

use super::*;
use data_encoding::BASE64;
use evidence::card::Operation;

fn hits(link: Link, bytes: &[u8]) -> Vec<(Option<Class>, String)> {
    let story = evidence(&[(0.0, Act::StartsRecording), (1.0, Act::StopsRecording)]);
    let found = alarms_by(Detector::CAN, &story, &[(Tick(9), link, bytes.to_vec())]);
    found.into_iter().map(|alarm| (alarm.class, alarm.shown)).collect()
}

fn is_hit(link: Link, bytes: &[u8], class: Class) -> bool {
    hits(link, bytes).iter().any(|(found, _)| *found == Some(class))
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
    let table: [(Link, &[u8], Class); 5] = [
        (Link::Radio, b"..correct-horse-42..", Class::Key),
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
    let card = |path, data: &[u8]| Write { operation: Operation::Append, path, data }.encode();
    assert_eq!(hits(Link::Card, &card("SOUND/SND_0001.AU", &VOICE)), []);
    assert_eq!(hits(Link::Card, &card("DCIM/100HUSHW/HW_0001.JPG", &FACE)), []);
    assert!(is_hit(Link::Card, &card("LOG/LOG_0001.HLG", &VOICE), Class::Audio));
    let unasked = [(Tick(9), Link::Card, card("SOUND/SND_0001.AU", &VOICE))];
    assert_eq!(alarms_by(Detector::CAN, &evidence(&[]), &unasked).len(), 1);
}
