//! Power cuts, failing cards, dead motors and jammed satellites, and secrets that reach a seat by radio and from
//! the sky.

use super::{RISES_RADPS, assets, plan, puppet, ride, story, twin};
use evidence::card::{Operation, Write};
use evidence::{Cell, Choice, Class, Evidence, Link};
use flight::firmware::{Provision, Senses};
use flight::{Firmware, Spoken, fly};

fn append(path: &str, data: &[u8]) -> (Link, Vec<u8>) {
    (Link::Card, Write { operation: Operation::Append, path, data }.encode())
}

fn ticks(evidence: &Evidence, link: Link) -> Vec<u64> {
    evidence.flight.transcript.on(link).map(|said| said.tick.0).collect()
}

/// Flies a puppet on the ground that says on the console what `says` makes of its senses.
fn told(length_s: f64, rest: &str, says: fn(&Senses<'_>) -> Option<String>) -> Vec<(u64, String)> {
    let evidence = ride(&story(length_s, rest), &plan(vec![]), &|_| {
        puppet(0.0, move |_, s| {
            says(s).map(|text| (Link::Console, text.into_bytes())).into_iter().collect()
        })
    });
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("it is text");
    let said = evidence.flight.transcript.on(Link::Console);
    said.map(|said| (said.tick.0, text(said.bytes))).collect()
}

/// Greets with its version and what it finds on the card, then counts its own ticks onto the card.
struct Diary {
    version: String,
    age: u8,
}

impl Firmware for Diary {
    fn step(&mut self, now: evidence::Tick, senses: &Senses<'_>) -> Spoken {
        let mut said = Spoken::default();
        said.thrust.rotor_radps[0] = 100.0;
        if self.age == 0 {
            let files = senses.card.paths().join(" ");
            said.emissions.push((Link::Console, format!("{} {files}", self.version).into_bytes()));
        }
        self.age = self.age.saturating_add(1);
        if now.0.is_multiple_of(100) {
            said.emissions.push(append("LOG/A.HLG", &[self.age; 8]));
        }
        said
    }
}

fn diary(provision: &Provision) -> Box<dyn Firmware> {
    Box::new(Diary { version: provision.version.clone(), age: 0 })
}

#[test]
fn a_reboot_forgets_all_but_the_card_and_an_update_brings_another_version() {
    let story = story(
        5.0,
        "beats: [(at_s: 1.0, does: Reboots(off_s: 1.0)), (at_s: 3.0, does: Updates(off_s: 1.0))],",
    );
    let evidence = ride(&story, &plan(vec![twin(&[Class::Audio], Choice::Nothing)]), &diary);
    let greetings: Vec<_> = evidence.flight.transcript.on(Link::Console).collect();
    let greetings: Vec<_> =
        greetings.iter().map(|s| (s.tick.0, String::from_utf8_lossy(s.bytes))).collect();
    let expected =
        [(0, "0.1.0 ".into()), (1000, "0.1.0 LOG/A.HLG".into()), (2000, "0.1.1 LOG/A.HLG".into())];
    assert_eq!(greetings, expected);
    assert!(ticks(&evidence, Link::Card).iter().all(|t| !(500..1000).contains(t)));
    let tick = |ticks: &[evidence::Tick]| ticks.iter().map(|t| t.0).collect::<Vec<_>>();
    assert_eq!(tick(&evidence.truth.power_ons), [0, 1000, 2000]);
    assert_eq!(tick(&evidence.truth.power_offs), [500, 1500]);
    assert_eq!(evidence.truth.frames, 30, "there is no camera without power");
    assert!(evidence.twins[0].differences.is_empty(), "{:?}", evidence.twins[0]);
}

#[test]
fn a_power_cut_waits_for_a_write_and_leaves_its_first_bytes() {
    let story = story(3.0, "beats: [(at_s: 1.1, does: CutsPower(off_s: 1.0, kept_bytes: 3))],");
    let evidence = ride(&story, &plan(vec![twin(&[Class::Audio], Choice::Nothing)]), &diary);
    // The cut waits from tick 550 to the write of tick 600; the power is back a second after the beat.
    let lengths: Vec<_> = evidence.flight.transcript.on(Link::Card).collect();
    let lengths: Vec<_> = lengths.iter().map(|s| (s.tick.0, s.bytes.len())).collect();
    let whole = append("LOG/A.HLG", &[0; 8]).1.len();
    assert_eq!(lengths[5..8], [(500, whole), (600, whole - 5), (1100, whole)]);
    assert_eq!(evidence.flight.card["LOG/A.HLG"].len(), 6 * 8 + 3 + 4 * 8);
    assert_eq!(evidence.truth.power_offs[0].0, 601);
    assert_eq!(evidence.truth.power_ons[1].0, 1050);
    assert!(evidence.twins[0].differences.is_empty(), "{:?}", evidence.twins[0]);
}

#[test]
fn the_vehicle_is_told_when_its_card_fails_and_what_is_left_of_a_full_one() {
    let evidence = ride(
        &story(1.0, "card: Full, beats: [(at_s: 0.5, does: CardTurns(Failing))],"),
        &plan(vec![]),
        &|_| {
            puppet(0.0, |now, s| {
                if !now.0.is_multiple_of(50) {
                    return vec![];
                }
                let seen = format!("{} {}", s.card.free_bytes(), s.card.has_failed());
                vec![(Link::Console, seen.into_bytes()), append("A", &[1; 50_000])]
            })
        },
    );
    let seen: Vec<_> = evidence.flight.transcript.on(Link::Console).collect();
    let seen: Vec<_> = seen.iter().map(|s| String::from_utf8_lossy(s.bytes)).collect();
    assert_eq!(
        seen[..5],
        ["200000 false", "150000 false", "100000 false", "50000 false", "0 false"]
    );
    let failing = ["7999800000 true", "7999775000 true", "7999775000 true", "7999725000 false"];
    assert_eq!(seen[6..], failing);
    let landed: usize = evidence.flight.transcript.on(Link::Card).map(|s| s.bytes.len() - 4).sum();
    assert_eq!(evidence.flight.card["A"].len(), landed);
}

#[test]
fn a_dead_motor_follows_no_command() {
    let story = story(3.0, "beats: [(at_s: 1.0, does: MotorFails(rotor: 2))],");
    let evidence = ride(&story, &plan(vec![]), &|_| puppet(570.0, |_, _| vec![]));
    let tilt = |p: &evidence::TrackPoint| {
        let [x, y, ..] = p.world_from_body_xyzw;
        x * x + y * y
    };
    let (before, after): (Vec<_>, Vec<_>) = evidence.track.iter().partition(|p| p.tick.0 <= 500);
    assert!(before.iter().all(|p| tilt(p) < 0.01));
    assert!(after.iter().any(|p| tilt(p) > 0.3));
}

#[test]
fn a_weak_rotor_tips_the_airframe_and_what_destroys_it_is_in_the_truth() {
    let story = story(6.0, "beats: [(at_s: 2.0, does: RotorWeakens(rotor: 3, share: 0.5))],");
    let evidence = ride(&story, &plan(vec![]), &|_| puppet(RISES_RADPS, |_, _| vec![]));
    let destroyed = evidence.truth.destroyed.expect("it falls from where it had risen to");
    assert!(destroyed.tick.0 > 1000 && destroyed.tick.0 < 3000, "{destroyed:?}");
    assert!(destroyed.why.contains("the ground"), "{destroyed:?}");
    assert!(!evidence.truth.landed_safely);
    let last = evidence.track.last().expect("a track");
    assert!(last.position_m[2] < 1.0, "{last:?}");
}

#[test]
fn a_beat_about_a_rotor_that_the_airframe_does_not_have_is_refused() {
    let (scenario, text) =
        story(3.0, "beats: [(at_s: 1.0, does: RotorWeakens(rotor: 5, share: 0.5))],");
    let flown = fly(&scenario, &text, &plan(vec![]), &assets());
    let why = flown.expect_err("a quadcopter").to_string();
    assert_eq!(why, "airframe \"camera_quad\": there is no rotor 5: it has 4");
}

#[test]
fn a_jammed_receiver_goes_on_saying_that_it_has_no_fix_and_comes_back() {
    const JAMS: &str = "beats: [(at_s: 1.0, does: JamsGnss(for_s: 1.0))],";
    let said = told(3.0, JAMS, |s| {
        let gnss = s.gnss?;
        assert_eq!(gnss.fix.is_usable(), gnss.satellites > 3);
        Some(String::new())
    });
    assert_eq!((said[0].0, said.len()), (60, 29));
    let fixes = told(3.0, JAMS, |s| s.fix().map(|_| String::new()));
    let fixes: Vec<u64> = fixes.iter().map(|(tick, _)| *tick).collect();
    assert!(fixes.iter().all(|tick| !(500..1100).contains(tick)), "{fixes:?}");
    assert_eq!((fixes[0], fixes.len()), (410, 10));
}

#[test]
fn the_vision_chip_answers_frames_later_and_can_go_blind() {
    const ADA: &str = r#"
        cast: [(name: "Ada", at_m: (2.2, 5.0), facing_deg: 180.0)],
        finder: (noise_px: 0.0, latency_frames: 2),
        beats: [(at_s: 2.5, does: FindersTurn(recall: 0.0))],
    "#;
    let evidence = ride(&story(3.5, ADA), &plan(vec![]), &|_| {
        puppet(RISES_RADPS, |now, s| {
            let Some(f) = s.findings else { return vec![] };
            assert_eq!(f.frame.0 + 100, now.0);
            vec![(Link::Console, vec![f.heads.len() as u8, f.people.len() as u8])]
        })
    });
    let answers: Vec<_> = evidence.flight.transcript.on(Link::Console).collect();
    let seen: Vec<u64> =
        answers.iter().filter(|s| s.bytes == [1, 1]).map(|s| s.tick.0 - 100).collect();
    assert!(answers.iter().all(|s| s.bytes == [1, 1] || s.bytes == [0, 0]));
    assert!(seen.len() > 3 && seen.iter().all(|frame| *frame < 1250), "{seen:?}");
    assert_eq!((answers.len(), evidence.truth.found), (33, 2 * seen.len() as u64));
    assert!(evidence.truth.missed > 5 && evidence.truth.people_in_view > 5);
}

#[test]
fn a_twins_place_is_elsewhere_in_the_cell_and_its_account_another() {
    const PLACE: &str = r#"
        account: (email: "ada@example.org", phone: "+44 20 0000"),
        beats: [(at_s: 0.5, does: Registers), (at_s: 0.7, does: SharesPosition(at_m: (3.0, 4.0)))],
    "#;
    let twins = vec![
        twin(&[Class::Position], Choice::Random(1)),
        twin(&[Class::Account], Choice::Random(1)),
        twin(&[Class::Audio], Choice::Ultrasonic),
    ];
    let evidence = ride(&story(2.0, PLACE), &plan(twins), &|_| {
        puppet(0.0, |_, s| {
            let mut said = Vec::new();
            if let Some(g) = s.gnss {
                said.push((Link::Uplink, Cell::of(g.lat_deg, g.lon_deg).to_string().into_bytes()));
                said.push((Link::RemoteId, format!("{} {}", g.lat_deg, g.lon_deg).into_bytes()));
                said.push((
                    Link::Console,
                    format!("{} {}", g.alt_m, g.velocity_ned_mps).into_bytes(),
                ));
            }
            said.push((Link::Radio, s.radio.to_vec()));
            said
        })
    });
    let differ = |twin: usize| {
        let differences = &evidence.twins[twin].differences;
        differences.iter().map(|d| (d.link, d.tick.0)).collect::<Vec<_>>()
    };
    assert_eq!(differ(0), [(Link::Radio, 350), (Link::RemoteId, 310)]);
    assert_eq!(differ(1), [(Link::Radio, 250)]);
    assert_eq!(differ(2), []);
    let canaries: Vec<_> =
        evidence.truth.canaries.iter().filter(|c| c.class == Class::Account).collect();
    assert_eq!(canaries.len(), 2);
    let fixes = &evidence.truth.position_fixes;
    assert_eq!(fixes.iter().map(|f| f.tick.0).collect::<Vec<_>>(), [310, 810]);
    assert_eq!(fixes[0].cell, Cell::of(47.3977, 8.5456));
}
