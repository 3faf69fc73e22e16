//! Twins that differ accuse the right class on the right link by the right detector.

use super::*;
use crate::diverged;
use evidence::{Choice, Difference, DifferenceKind, Twin, TwinRecord};

pub fn record(swaps: &[Class], found: &[(Link, DifferenceKind)]) -> TwinRecord {
    let difference = |(link, kind): &(Link, DifferenceKind)| Difference {
        link: *link,
        tick: Tick(42),
        kind: *kind,
        seat0: Some(heartbeat(0)),
        twin: Some(heartbeat(1)),
    };
    let judged = Link::ALL.into_iter().filter(|link| *link != Link::Card).collect();
    TwinRecord {
        twin: Twin {
            swaps: swaps.to_vec(),
            choice: Choice::Loudest,
            judged,
            judged_before: vec![],
        },
        differences: found.iter().map(difference).collect(),
    }
}

fn named(records: &[TwinRecord]) -> Vec<(Detector, Class, Link)> {
    let found = alarms(&evidence(&[]), &Recording::default(), records, &Detectors::all());
    found.into_iter().filter_map(|a| Some((a.detector, a.class?, a.link))).collect()
}

#[test]
fn content_time_and_motion_are_three_detectors() {
    use DifferenceKind::{Content, Order, Presence, Size};
    let table = [
        (Link::Radio, Content, Detector::NIC),
        (Link::Uplink, Size, Detector::NIT),
        (Link::Radio, Order, Detector::NIT),
        (Link::RemoteId, Presence, Detector::NIT),
        (Link::Motion, Content, Detector::PHY),
        (Link::Lights, Presence, Detector::PHY),
    ];
    for (link, kind, detector) in table {
        let records = [record(&[Class::Audio], &[(link, kind)])];
        assert_eq!(named(&records), [(detector, Class::Audio, link)]);
    }
    assert_eq!(named(&[record(&[Class::Audio], &[(Link::Card, Content)])]), []);
}

#[test]
fn a_frame_that_is_shorter_for_its_zeros_differs_in_content() {
    use mavlink::dialects::common::ATTITUDE_DATA;
    let attitude = |yawspeed| {
        frame(0, &MavMessage::ATTITUDE(ATTITUDE_DATA { yawspeed, ..Default::default() }))
    };
    let mut twin = record(&[Class::Audio], &[(Link::Radio, DifferenceKind::Size)]);
    twin.differences[0].seat0 = Some(attitude(0.0));
    twin.differences[0].twin = Some(attitude(0.1));
    assert_eq!(named(&[twin]), [(Detector::NIC, Class::Audio, Link::Radio)]);
}

#[test]
fn a_group_accuses_all_its_classes_until_one_is_named() {
    let content = [(Link::Radio, DifferenceKind::Content)];
    let group = record(&[Class::Audio, Class::Face], &content);
    assert!(diverged(std::slice::from_ref(&group)));
    let nic = |class| (Detector::NIC, class, Link::Radio);
    assert_eq!(named(std::slice::from_ref(&group)), [nic(Class::Audio), nic(Class::Face)]);
    let single = record(&[Class::Face], &content);
    assert!(!diverged(std::slice::from_ref(&single)));
    assert_eq!(named(&[group.clone(), single]), [nic(Class::Face)]);
    let elsewhere = record(&[Class::Face], &[(Link::Uplink, DifferenceKind::Content)]);
    assert_eq!(named(&[group, elsewhere]).len(), 3);
}

#[test]
fn an_alarm_tells_the_message_the_byte_and_both_values() {
    let records = [record(&[Class::Audio], &[(Link::Radio, DifferenceKind::Content)])];
    let found = alarms(&evidence(&[]), &Recording::default(), &records, &Detectors::all());
    assert_eq!(found[0].shown, "a twin differs at 0.084 s: HEARTBEAT byte 4 is 0x00 and 0x01");
}
