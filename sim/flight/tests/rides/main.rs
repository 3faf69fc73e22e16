//! Whole flights: what seats may and may not do to one another, and what the evidence says.

mod mishaps;
mod timed;
mod turns;

use evidence::assets::Assets;
use evidence::card::{Operation, Write};
use evidence::{Choice, ClaimId, Class, Evidence, Link, ProbeRole, Scenario, Tick, Twin};
use flight::firmware::{Provision, Senses, Thrust};
use flight::{Firmware, Plan, ProbePlan, Spoken, fly, fly_with};

/// Hovers blindly and says what `says` makes of its senses.
struct Puppet<F: FnMut(Tick, &Senses<'_>) -> Vec<(Link, Vec<u8>)> + Send> {
    rotor_radps: f64,
    says: F,
}

impl<F: FnMut(Tick, &Senses<'_>) -> Vec<(Link, Vec<u8>)> + Send> Firmware for Puppet<F> {
    fn step(&mut self, now: Tick, senses: &Senses<'_>) -> Spoken {
        let mut thrust = Thrust::default();
        thrust.rotor_radps[..4].fill(self.rotor_radps);
        Spoken { thrust, emissions: (self.says)(now, senses) }
    }
}

fn puppet<F>(rotor_radps: f64, says: F) -> Box<dyn Firmware>
where
    F: FnMut(Tick, &Senses<'_>) -> Vec<(Link, Vec<u8>)> + Send + 'static,
{
    Box::new(Puppet { rotor_radps, says })
}

fn assets() -> Assets {
    Assets::find().expect("tests run inside the repository")
}

fn story(length_s: f64, rest: &str) -> (Scenario, String) {
    let text = format!(
        r#"Scenario(
            title: "A test flight", length_s: {length_s:?}, seed: 11,
            place: (lat_deg: 47.3977, lon_deg: 8.5456, alt_m: 488.0), {rest}
            expects: {{}},
        )"#
    );
    match Scenario::parse("test.ron", &text, &assets()) {
        Ok(scenario) => (scenario, text),
        Err(error) => panic!("{error}"),
    }
}

fn twin(swaps: &[Class], choice: Choice) -> Twin {
    Twin {
        swaps: swaps.to_vec(),
        choice,
        judged: vec![Link::Radio],
        judged_before: vec![],
        carriers: vec![],
    }
}

fn plan(twins: Vec<Twin>) -> Plan<'static> {
    Plan {
        firmware: "test".into(),
        story: "test".into(),
        seed: 11,
        pairs: 0,
        twins,
        probes: vec![],
    }
}

fn ride(
    story: &(Scenario, String),
    plan: &Plan<'_>,
    build: &(dyn Fn(&Provision) -> Box<dyn Firmware> + Sync),
) -> Evidence {
    fly_with(&story.0, &story.1, plan, &assets(), build).expect("the story can be flown")
}

const PEOPLE: &str = r#"
    cast: [(name: "Ada", at_m: (2.2, 5.0), facing_deg: 180.0)],
    mission: [Waypoint(label: "behind the mill", at_m: (0.0, 9.0, 5.0))],
    beats: [(at_s: 0.5, does: Speaks(who: "Ada", voice: "warning", level_db: 80.0))],
"#;
/// Lifts the airframe high enough within two seconds to look down on Ada and on the sheet.
const RISES_RADPS: f64 = 584.0;
const ALL: [Class; 4] = [Class::Audio, Class::Face, Class::Imagery, Class::FlightLog];

#[test]
fn seats_with_the_same_firmware_and_deaf_to_secrets_never_differ() {
    let story = story(3.0, PEOPLE);
    let twins = vec![twin(&ALL, Choice::Nothing), twin(&ALL, Choice::Loudest)];
    let evidence = ride(&story, &plan(twins), &|_| {
        puppet(300.0, |now, senses| {
            let fix = senses.gnss.map(|g| (Link::Radio, format!("{g:?} {}", now.0).into_bytes()));
            fix.into_iter().collect()
        })
    });
    assert!(evidence.flight.transcript.len() > 20);
    assert_eq!(evidence.twins.len(), 2);
    assert!(evidence.twins.iter().all(|t| t.differences.is_empty()), "{:?}", evidence.twins);
}

#[test]
fn each_secret_reaches_the_sense_of_its_class_and_no_other() {
    type Leak = fn(&Senses<'_>) -> Option<Vec<u8>>;
    let leaks: [(Class, Leak); 3] = [
        (Class::Audio, |s| s.microphone.first().map(|x| x.to_le_bytes().to_vec())),
        (Class::Face, |s| s.frame.map(|f| f.rgb().to_vec())),
        (Class::FlightLog, |s| s.battery.map(|b| format!("{:?}", b.cells_mv).into_bytes())),
    ];
    let story = story(3.0, PEOPLE);
    for (class, leak) in leaks {
        let twins = ALL.map(|swap| twin(&[swap], Choice::Random(1))).to_vec();
        let evidence = ride(&story, &plan(twins), &|_| {
            puppet(RISES_RADPS, move |_, senses| {
                leak(senses).map(|bytes| (Link::Console, bytes)).into_iter().collect()
            })
        });
        for record in &evidence.twins {
            let differs = !record.differences.is_empty();
            let visible = class == record.twin.swaps[0]
                || class == Class::Face && record.twin.swaps[0] == Class::Imagery;
            assert!(!differs || visible, "{class}: {:?}", record.twin);
            assert!(differs || class != record.twin.swaps[0], "{class}: {:?}", record.twin);
        }
    }
}

#[test]
fn a_probe_is_compared_with_itself_and_does_not_move_the_airframe() {
    let story = story(2.0, PEOPLE);
    let mut plan = plan(vec![]);
    plan.probes.push(ProbePlan {
        id: "ear".into(),
        role: ProbeRole::Saboteur,
        claim: ClaimId::NoAudio,
        twins: vec![twin(&[Class::Audio], Choice::Nothing), twin(&[Class::Face], Choice::Nothing)],
        build: &|_| {
            puppet(900.0, |_, s| {
                vec![(Link::Uplink, s.microphone.iter().map(|x| *x as u8).collect())]
            })
        },
    });
    let evidence = ride(&story, &plan, &|_| puppet(0.0, |_, _| vec![]));
    let [probe] = &evidence.probes[..] else { panic!("one probe rides") };
    assert_eq!(probe.recording.transcript.on(Link::Uplink).count(), 1000);
    assert!(probe.twins[0].differences.iter().any(|d| d.link == Link::Uplink));
    assert!(probe.twins[1].differences.is_empty());
    assert_eq!(evidence.flight.transcript.len(), 2, "seat 0 says nothing but its motion");
    assert!(evidence.track.iter().all(|p| p.position_m[2] < 0.2));
    assert!(evidence.truth.landed_safely);
}

#[test]
fn needles_are_what_the_senses_delivered() {
    let story = story(3.0, PEOPLE);
    let evidence = ride(&story, &plan(vec![]), &|_| {
        puppet(RISES_RADPS, |_, s| {
            let mut said =
                vec![(Link::Console, s.microphone.iter().flat_map(|x| x.to_le_bytes()).collect())];
            said.extend(s.frame.map(|f| (Link::Video, f.rgb().to_vec())));
            said
        })
    });
    let truth = &evidence.truth;
    for (class, subject) in [(Class::Audio, "Ada"), (Class::Face, "Ada"), (Class::Imagery, "sheet")]
    {
        let of_class: Vec<_> = truth.exposures.iter().filter(|e| e.class == class).collect();
        assert!(!of_class.is_empty(), "{class}");
        for exposure in of_class {
            assert_eq!((exposure.needle.len(), exposure.subject.as_str()), (24, subject));
            let was_said = evidence.flight.transcript.iter().any(|said| {
                said.tick == exposure.tick && said.bytes.windows(24).any(|w| w == exposure.needle)
            });
            assert!(was_said, "{exposure:?}");
        }
    }
    assert!(
        truth.frames == 30 && truth.frames_looked_at == 6 && truth.microphone_samples == 48_000
    );
    assert!(truth.canaries.iter().any(|c| c.needle == b"behind the mill"));
}

#[test]
fn the_card_takes_lawful_writes_at_the_next_tick_and_hears_the_others() {
    let story = story(1.0, "beats: [],");
    let evidence = ride(&story, &plan(vec![]), &|_| {
        puppet(0.0, |now, s| {
            let write = |path| Write { operation: Operation::Append, path, data: b"x" }.encode();
            let bytes = match now.0 {
                0 => write("LOG/A.HLG"),
                1 if s.card.length("LOG/A.HLG") == Some(1) => write("LOG/B.HLG"),
                2 => write("../escape"),
                3 => vec![9, 9],
                _ => return vec![],
            };
            vec![(Link::Card, bytes)]
        })
    });
    assert_eq!(evidence.flight.transcript.on(Link::Card).count(), 4);
    let files: Vec<_> = evidence.flight.card.keys().map(String::as_str).collect();
    assert_eq!(files, ["LOG/A.HLG", "LOG/B.HLG"]);
}

#[test]
fn the_pilot_is_heard_once_a_second_and_not_while_the_link_is_lost() {
    let story = story(4.0, "beats: [(at_s: 1.5, does: LosesLink(for_s: 1.0))],");
    let evidence = ride(&story, &plan(vec![]), &|_| {
        puppet(0.0, |_, s| {
            if s.radio.is_empty() { vec![] } else { vec![(Link::Console, s.radio.to_vec())] }
        })
    });
    let ticks: Vec<u64> = evidence.flight.transcript.on(Link::Console).map(|s| s.tick.0).collect();
    assert_eq!(ticks, [0, 500, 1500]);
}

#[test]
fn the_same_seed_gives_the_same_seal_and_another_seed_another() {
    let story = story(6.0, PEOPLE);
    let seal = |seed| {
        let plan = Plan { seed, ..plan(vec![]) };
        fly(&story.0, &story.1, &plan, &assets()).map(|e| e.seal()).expect("it flies")
    };
    assert_eq!(seal(11), seal(11));
    assert_ne!(seal(11), seal(12));
}

#[test]
fn a_probe_of_two_claims_rides_once_and_the_twin_of_a_saboteur_gets_off_when_it_has_shown() {
    let story = story(3.0, PEOPLE);
    // The serial shows on the radio at once, and on the console a second later.
    let tells = |provision: &Provision| {
        let serial = provision.serial.clone().into_bytes();
        puppet(300.0, move |now, _| match now.0 {
            100 => vec![(Link::Radio, serial.clone())],
            600 => vec![(Link::Console, serial.clone())],
            _ => vec![],
        })
    };
    let built = std::sync::atomic::AtomicUsize::new(0);
    let build = |provision: &Provision| {
        built.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        tells(provision)
    };
    let probe = |role, claim| ProbePlan {
        id: "X".into(),
        role,
        claim,
        twins: vec![twin(&[Class::Device], Choice::Loudest)],
        build: &build,
    };
    let (saboteur, decoy) = (ProbeRole::Saboteur, ProbeRole::Decoy);
    let probes = vec![
        probe(saboteur, ClaimId::NoAudio),
        probe(saboteur, ClaimId::NoFaces),
        probe(decoy, ClaimId::NoAudio),
    ];
    let evidence = ride(&story, &Plan { probes, ..plan(vec![]) }, &tells);
    let [first, again, lawful] = &evidence.probes[..] else { panic!("three probes") };
    assert_eq!((&first.recording, &first.twins), (&again.recording, &again.twins));
    assert_eq!(first.recording, lawful.recording);
    let shown = |probe: &evidence::Probe| -> Vec<Link> {
        probe.twins[0].differences.iter().map(|difference| difference.link).collect()
    };
    assert_eq!(shown(first), [Link::Radio]);
    assert_eq!(shown(lawful), [Link::Radio, Link::Console]);
    // A saboteur and a decoy, each with its twin.
    assert_eq!(built.into_inner(), 4);
}
