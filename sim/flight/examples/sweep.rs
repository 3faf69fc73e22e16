//! Scratch sweep over the scenarios.
use evidence::{Class, Link, Scenario, assets::Assets};
use flight::{Plan, fly};
fn main() {
    let assets = Assets::find().unwrap();
    let mut files: Vec<_> = std::fs::read_dir("scenarios")
        .unwrap()
        .flat_map(|d| std::fs::read_dir(d.unwrap().path()).unwrap().map(|f| f.unwrap().path()))
        .collect();
    files.sort();
    for f in files {
        let text = std::fs::read_to_string(&f).unwrap();
        let s = match Scenario::parse(f.to_str().unwrap(), &text, &assets) {
            Ok(s) => s,
            Err(e) => {
                println!("{e}");
                continue;
            }
        };
        let plan = Plan {
            firmware: "x".into(),
            story: "s".into(),
            seed: s.seed,
            pairs: 0,
            twins: vec![],
            probes: vec![],
        };
        let t = std::time::Instant::now();
        let e = fly(&s, &text, &plan, &assets).unwrap();
        let n = |c| e.truth.exposures.iter().filter(|x| x.class == c).count();
        println!(
            "{:55} {:4} s {:5.2} s landed {} audio {} face {} img {} loud {} faces {} up {} card {}",
            f.display(),
            s.length_s,
            t.elapsed().as_secs_f64(),
            e.truth.landed_safely,
            n(Class::Audio),
            n(Class::Face),
            n(Class::Imagery),
            e.truth.loud_ticks,
            e.truth.frames_with_faces,
            e.flight.transcript.on(Link::Uplink).count(),
            e.flight.card.len()
        );
    }
}
