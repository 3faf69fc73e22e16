//! A folder comes back exactly, and nothing in it can change unnoticed.

use super::*;
use crate::scenario::Act;
use crate::{
    Assets, Choice, Class, Difference, DifferenceKind, Exposure, Link, Mandate, Personality, Tick,
    Twin,
};
use std::fs;
use std::path::{Path, PathBuf};

const STORY: &str = r#"(
    title: "A voice is heard beside the vehicle.",
    place: (lat_deg: 52.37, lon_deg: 4.9, alt_m: 0.0),
    seed: 3,
    length_s: 60.0,
    cast: [(name: "Ada", at_m: (2.0, 0.0))],
    beats: [
        (at_s: 1.0, does: Speaks(who: "Ada", voice: "a_voice_of_old", level_db: 80.0)),
        (at_s: 2.0, does: TakesStill),
        (at_s: 3.0, does: StartsRecording),
        (at_s: 4.0, does: Grants(category: FlightLog, object: 1, to: Maker, for_s: 9)),
        (at_s: 5.0, does: StopsRecording),
        (at_s: 6.0, does: Withdraws(category: FlightLog, object: 1, from: Maker)),
    ],
    expects: {
        "no-audio": Held, "no-faces": Untested, "log-consent": Held, "media-consent": Held,
        "only-known-links": Held,
    },
)
"#;

fn assets() -> Assets {
    let mut assets = Assets::default();
    assets.airframes.insert("camera_quad".to_owned());
    assets
}

fn story() -> Scenario {
    let mut assets = assets();
    assets.voices.insert("a_voice_of_old".to_owned());
    Scenario::parse("story.ron", STORY, &assets).expect("the story is right")
}

fn recording(word: &[u8]) -> Recording {
    let mut recording = Recording::default();
    recording.transcript.hear(Tick(0), Link::Console, b"hushwing 0.1.0\r\n");
    recording.transcript.hear(Tick(5), Link::Radio, word);
    recording.transcript.hear(Tick(5), Link::Uplink, b"GET / HTTP/1.1\r\n\r\n");
    recording.card.insert("LOG/LOG_0001.HLG".to_owned(), word.repeat(3));
    recording.card.insert("EMPTY".to_owned(), Vec::new());
    recording
}

fn evidence() -> Evidence {
    let scenario = story();
    let exposure = Exposure {
        tick: Tick(500),
        class: Class::Audio,
        subject: "Ada".to_owned(),
        // A number whose last bit is lost by a careless reader.
        level: 73.979_400_086_720_38,
        needle: vec![0, 1, 254, 255],
    };
    let twin = TwinRecord {
        twin: Twin {
            swaps: vec![Class::Audio],
            choice: Choice::Random(u64::MAX),
            judged: Link::ALL.to_vec(),
            judged_before: vec![(Link::Uplink, Tick(7))],
            carriers: vec![crate::Carrier::LogData, crate::Carrier::StillFile],
        },
        differences: vec![Difference {
            link: Link::Card,
            tick: Tick(1500),
            kind: DifferenceKind::Presence,
            seat0: Some(vec![9, 8]),
            twin: None,
        }],
    };
    let probe = |id: &str, role| Probe {
        id: id.to_owned(),
        role,
        claim: ClaimId::NoAudio,
        recording: recording(b"leak"),
        twins: vec![twin.clone()],
    };
    Evidence {
        provenance: Provenance {
            story: "audio/beside".to_owned(),
            firmware: "honest".to_owned(),
            seed: u64::MAX,
            pairs: 10,
            epoch_s: 1_750_000_000,
            personality: Personality::Px4,
            telemetry2: None,
        },
        heard: None,
        truth: Truth {
            exposures: vec![exposure.clone()],
            mandate: Mandate::of(&scenario),
            canaries: vec![exposure],
            loud_ticks: 12,
            landed_safely: true,
            ..Truth::default()
        },
        scenario,
        scenario_text: STORY.to_owned(),
        law: Law::parse(Law::shipped("sealed").expect("it ships")).expect("it is right"),
        law_text: Law::shipped("sealed").expect("it ships").to_owned(),
        flight: recording(b"hello"),
        track: vec![TrackPoint {
            tick: Tick(300),
            position_m: [0.1 + 0.2, -0.0, 1e-300],
            velocity_mps: [f64::MAX, f64::MIN_POSITIVE, 1.0 / 3.0],
            world_from_body_xyzw: [0.0, 0.0, 0.0, 1.0],
        }],
        twins: vec![twin.clone()],
        probes: vec![probe("zz_whisper", ProbeRole::Saboteur), probe("aa_hum", ProbeRole::Decoy)],
        rerun: Some(Seal("00ff".to_owned())),
    }
}

/// Every file below a folder.
fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("the folder can be read") {
        let path = entry.expect("the entry can be read").path();
        if path.is_dir() { found.extend(files_below(&path)) } else { found.push(path) }
    }
    found.sort();
    found
}

fn written() -> (tempfile::TempDir, PathBuf) {
    let temporary = tempfile::tempdir().expect("a folder");
    let dir = temporary.path().join("deep/er/story");
    evidence().write(&dir).expect("it can be written");
    (temporary, dir)
}

fn refusal(dir: &Path) -> String {
    Evidence::read(dir, &assets()).expect_err("it must be refused").to_string()
}

#[test]
fn evidence_comes_back_exactly_even_where_its_voice_is_not_known() {
    let (_temporary, dir) = written();
    let back = Evidence::read(&dir, &assets()).expect("it can be read");
    assert_eq!(back, evidence());
    assert_eq!(back.seal(), evidence().seal());
    let (_other, again) = written();
    for (a, b) in files_below(&dir).iter().zip(files_below(&again)) {
        assert_eq!(fs::read(a).ok(), fs::read(&b).ok(), "{}", a.display());
    }
}

#[test]
fn a_changed_byte_in_any_file_is_refused() {
    let (_temporary, dir) = written();
    let files = files_below(&dir);
    assert!(files.len() > 20, "{files:?}");
    for file in files {
        let good = fs::read(&file).expect("it can be read");
        // All of a short file, and a spread over a long one.
        for at in (0..good.len()).step_by(1 + good.len() / 60) {
            let mut bad = good.clone();
            bad[at] ^= 1;
            fs::write(&file, &bad).expect("it can be written");
            assert!(Evidence::read(&dir, &assets()).is_err(), "byte {at} of {}", file.display());
        }
        for bad in [[good.as_slice(), b" "].concat(), good[..good.len().saturating_sub(1)].to_vec()]
        {
            if bad != good {
                fs::write(&file, &bad).expect("it can be written");
                assert!(Evidence::read(&dir, &assets()).is_err(), "{}", file.display());
            }
        }
        fs::remove_file(&file).expect("it can be removed");
        assert!(Evidence::read(&dir, &assets()).is_err(), "{} removed", file.display());
        fs::write(&file, &good).expect("it can be written");
    }
    Evidence::read(&dir, &assets()).expect("everything is back");
}

#[test]
fn refusals_name_the_file_and_the_way_out() {
    let (_temporary, dir) = written();
    let manifest = dir.join("manifest.json");
    let good = fs::read_to_string(&manifest).expect("it can be read");
    fs::write(&manifest, good.replace("hushwing-evidence/1", "hushwing-evidence/2")).unwrap();
    let said = refusal(&dir);
    assert!(said.contains("manifest.json") && said.contains("\"hushwing-evidence/2\""), "{said}");
    fs::write(&manifest, good.replace("law.ron", "../law")).unwrap();
    assert!(refusal(&dir).contains("not as it was written"), "{}", refusal(&dir));
    fs::write(&manifest, &good).unwrap();

    fs::write(dir.join("card/NOTE.TXT"), "hello").unwrap();
    assert!(refusal(&dir).contains("NOTE.TXT: is not listed"), "{}", refusal(&dir));
    fs::remove_file(dir.join("card/NOTE.TXT")).unwrap();
    fs::remove_file(dir.join("truth.json")).unwrap();
    assert!(refusal(&dir).contains("truth.json: is listed"), "{}", refusal(&dir));
    fs::remove_file(&manifest).unwrap();
    assert!(refusal(&dir).contains("holds no `manifest.json`"), "{}", refusal(&dir));
}

#[test]
fn a_manifest_that_was_forged_with_care_still_does_not_fit() {
    let (_temporary, dir) = written();
    let read = || manifest::Manifest::decode("m", &fs::read(dir.join("manifest.json")).unwrap());
    let forge = |change: &dyn Fn(&mut manifest::Manifest)| {
        let good = read().expect("it is right");
        let mut forged = good.clone();
        change(&mut forged);
        fs::write(dir.join("manifest.json"), forged.encode()).unwrap();
        let said = refusal(&dir);
        fs::write(dir.join("manifest.json"), good.encode()).unwrap();
        said
    };
    assert!(forge(&|m| m.seal = Some(Seal("ab".to_owned()))).contains("the seal is ab"));
    assert!(forge(&|m| m.files[0].path = "../x".to_owned()).contains("not a path"));
    assert!(forge(&|m| m.card.clear()).contains("does not describe"));
    assert!(forge(&|m| m.provenance.seed = 1).contains("the seal is"));
    assert!(forge(&|m| m.probes.clear()).contains("does not follow"));
}

#[test]
fn only_evidence_is_replaced() {
    let (temporary, dir) = written();
    let mut other = evidence();
    other.rerun = None;
    other.write(&dir).expect("older evidence is replaced");
    assert_eq!(Evidence::read(&dir, &assets()).expect("it can be read"), other);
    let beside = fs::read_dir(dir.parent().unwrap()).unwrap().count();
    assert_eq!(beside, 1, "nothing half-written is left beside it");

    let precious = temporary.path().join("precious");
    fs::create_dir(&precious).unwrap();
    other.write(&precious).expect("an empty folder is taken");
    let photos = temporary.path().join("photos");
    fs::create_dir(&photos).unwrap();
    fs::write(photos.join("a.txt"), "mine").unwrap();
    let said = other.write(&photos).expect_err("not evidence").to_string();
    assert!(said.contains("left as it is"), "{said}");
    assert_eq!(fs::read_to_string(photos.join("a.txt")).unwrap(), "mine");
    assert!(other.write(&photos.join("a.txt")).is_err());
}

#[test]
fn what_no_disk_can_hold_is_refused_before_anything_is_written() {
    let temporary = tempfile::tempdir().expect("a folder");
    let dir = temporary.path().join("story");
    let refused = |change: &dyn Fn(&mut Evidence)| {
        let mut odd = evidence();
        change(&mut odd);
        let said = odd.write(&dir).expect_err("it must be refused").to_string();
        assert!(!dir.exists());
        said
    };
    let card = |path: &'static str| {
        move |e: &mut Evidence| {
            e.flight.card.insert(path.to_owned(), vec![1]);
        }
    };
    assert!(refused(&card("../escape")).contains("not a path"));
    assert!(refused(&card("LOG")).contains("also the folder of"));
    assert!(refused(&|e| e.probes[1].id = e.probes[0].id.clone()).contains("two files"));
    assert!(refused(&|e| e.probes[1].id = "a/../..".to_owned()).contains("not a path"));
    assert!(refused(&|e| e.truth.exposures[0].level = f64::NEG_INFINITY).contains("-inf"));
}

#[test]
fn the_seal_covers_seat_0_and_nothing_that_rides_along() {
    let seal = evidence().seal();
    let sealed = |change: &dyn Fn(&mut Evidence)| {
        let mut other = evidence();
        change(&mut other);
        other.seal()
    };
    assert_eq!(sealed(&|e| e.twins.clear()), seal);
    assert_eq!(sealed(&|e| e.probes.clear()), seal);
    assert_eq!(sealed(&|e| e.rerun = None), seal);
    assert_eq!(sealed(&|e| e.provenance.pairs = 1), seal);
    assert_ne!(sealed(&|e| e.provenance.seed = 1), seal);
    assert_ne!(sealed(&|e| e.provenance.firmware.push('x')), seal);
    assert_ne!(sealed(&|e| e.provenance.personality = Personality::ArduPilot), seal);
    assert_ne!(sealed(&|e| e.provenance.telemetry2 = Some(Personality::Px4)), seal);
    assert_ne!(sealed(&|e| e.scenario_text.push(' ')), seal);
    assert_ne!(sealed(&|e| e.law_text.push(' ')), seal);
    assert_ne!(sealed(&|e| e.truth.loud_ticks += 1), seal);
    assert_ne!(sealed(&|e| e.flight.transcript.hear(Tick(9), Link::Lights, &[1])), seal);
    assert_ne!(sealed(&|e| drop(e.flight.card.remove("EMPTY"))), seal);
    assert_ne!(sealed(&|e| e.track[0].position_m[0] = 0.3), seal);
}

#[test]
fn the_mandate_is_what_the_beats_give_and_take() {
    let mandate = Mandate::of(&story());
    let rows: Vec<_> = mandate
        .grants
        .iter()
        .map(|g| {
            let end = |t: Option<Tick>| t.map_or("-".to_owned(), |t| t.0.to_string());
            let (from, to) = (end(g.valid_until), end(g.withdrawn_at));
            format!(
                "{} {} {} {:?} {} {from} {to}",
                g.record_id, g.category, g.object, g.recipient, g.given_at.0
            )
        })
        .collect();
    expect_test::expect![[r#"
        1 Imagery 1 Card 1000 2000 -
        2 Face 1 Card 1000 2000 -
        3 Audio 1 Card 1500 - 2500
        4 FlightLog 1 Maker 2000 6500 3000"#]]
    .assert_eq(&rows.join("\n"));
    assert!(matches!(story().beats[3].does, Act::Grants { for_s: Some(_), .. }));
}
