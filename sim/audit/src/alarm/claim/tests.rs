//! One claim for each alarm, by class, link, moment and switch.

use super::*;
use crate::Detector;
use crate::case::Memo;
use crate::tests::{evidence, online, recording};
use ClaimId::*;
use evidence::scenario::Act;
use evidence::{Control, Evidence};

/// What an alarm comes to in a story, beside what was said there.
fn settled(story: &Evidence, said: &[(Tick, Link, Vec<u8>)], alarm: Alarm) -> (ClaimId, bool) {
    let (recording, memo) = (recording(said), Memo::of(story));
    let case = Case::of(story, &recording, &memo);
    let mut alarm = alarm;
    settle(&case, &mut alarm);
    (alarm.claim, alarm.unlisted)
}

fn alarm(class: Option<Class>, link: Link, tick: u64) -> Alarm {
    Alarm::new(Detector::DEC, class, link, Tick(tick), "a rule")
}

#[test]
fn every_class_has_one_claim_on_every_link() {
    use Class::*;
    use Link::{Card, Radio, RemoteId, Uplink, Video};
    let story = online(evidence(&[(2.0, Act::StartsRecording), (4.0, Act::StopsRecording)]));
    for (class, link, tick, expected) in [
        (Some(Audio), Radio, 500, NoAudio),
        (Some(Audio), Card, 1500, MicConsent),
        (Some(Audio), Card, 2003, MicConsent),
        (Some(Audio), Card, 2006, NoAudio),
        (Some(Face), Video, 9, NoFaces),
        (Some(Imagery), Card, 9, MediaManual),
        (Some(Imagery), Video, 9, MediaConsent),
        (Some(FlightLog), Card, 9, LogSealed),
        (Some(FlightLog), Radio, 9, LogConsent),
        (Some(Position), Uplink, 9, DiagCoarse),
        (Some(Position), RemoteId, 9, OnlyKnownLinks),
        (Some(Device), Uplink, 9, IdentityMinimal),
        (Some(Surroundings), Card, 9, IdentityMinimal),
        (Some(Account), Uplink, 9, IdentityUnverified),
        (Some(Account), Card, 9, IdentitySealed),
        (Some(Account), Radio, 9, IdentityMinimal),
        (Some(Key), Card, 9, IdentitySealed),
        (Some(Key), Radio, 9, OnlyKnownLinks),
        (Some(Public), Radio, 9, OnlyKnownLinks),
        (None, Uplink, 9, OnlyKnownLinks),
    ] {
        let found = settled(&story, &[], alarm(class, link, tick));
        assert_eq!(found, (expected, false), "{class:?} on {link} at {tick}");
    }
    let zones = alarm(Some(Position), Uplink, 9).under(Some(Setting::UpNofly));
    assert_eq!(settled(&story, &[], zones), (NoflyCoarse, false));
    let host = alarm(None, Uplink, 9).about(Some(KnownHosts));
    assert_eq!(settled(&story, &[], host), (KnownHosts, false));
    let stray = alarm(Some(FlightLog), Radio, 9).unlisted();
    assert_eq!(settled(&story, &[], stray), (LogConsent, true));
}

#[test]
fn off_wins_over_everything_from_the_tick_after_and_breaks_no_second_claim() {
    let mut story = online(evidence(&[]));
    let turns = |name, value| Control { tick: Tick(1000), name, value };
    let switched = [turns(Setting::UpLogs, 0), turns(Setting::VidEnable, 0)];
    story.truth.mandate.controls.extend(switched);
    let upload = b"PUT /v1/logs/1/0 HTTP/1.1\r\n\r\n".to_vec();
    let log = Some(Class::FlightLog);
    for (tick, expected) in [(999, LogConsent), (1000, LogConsent), (1001, OffMeansOff)] {
        let said = [(Tick(tick), Link::Uplink, upload.clone())];
        let found = settled(&story, &said, alarm(log, Link::Uplink, tick).unlisted());
        assert_eq!(found, (expected, expected == LogConsent), "{tick}");
    }
    let view = || alarm(None, Link::Video, 1001).unlisted().under(Some(Setting::VidEnable));
    assert_eq!(settled(&story, &[], view()), (UserControl, false));
    // A voice is no picture, whatever the picture's switch says.
    let voice = alarm(Some(Class::Audio), Link::Video, 1001);
    assert_eq!(settled(&story, &[], voice), (NoAudio, false));
    story.truth.mandate.controls.push(turns(Setting::PrivLocal, 1));
    let host = alarm(None, Link::Uplink, 1001).about(Some(KnownHosts));
    assert_eq!(settled(&story, &[], host), (OffMeansOff, false));
}

#[test]
fn a_switch_that_a_power_cut_may_have_lost_is_not_off_for_certain() {
    let off = Control { tick: Tick(500), name: Setting::RidEnable, value: 0 };
    let cut = Act::CutsPower { off_s: 1.0, kept_bytes: 3 };
    for (beats, expected) in [(vec![], UserControl), (vec![(2.0, cut)], OnlyKnownLinks)] {
        let mut story = evidence(&beats);
        story.truth.power_ons = vec![Tick(0), Tick(1500)];
        story.truth.mandate.controls.push(off);
        let said = alarm(None, Link::RemoteId, 2000).under(Some(Setting::RidEnable));
        assert_eq!(settled(&story, &[], said).0, expected);
    }
}
