//! A live flight: the radio on real ports, until its story ends or an interrupt ends it.
//!
//! **Never:** knows a socket (the bridge does); leaves without its evidence.

use super::status::Status;
use super::watch;
use crate::args::Fly;
use crate::stories::{self, Story};
use crate::{ExitCode, Trouble, flights, output, verify};
use bridge::{Bridge, LinkSpec, Options, link};
use evidence::scenario::Client;
use evidence::told::{self, Wait};
use evidence::{Personality, Transcript, Ways};
use std::path::{Path, PathBuf};

/// Where evidence goes where nobody says.
const OUT: &str = "hushwing-live";

/// Flies, with whoever connects.
pub fn fly(args: &Fly) -> Result<ExitCode, Trouble> {
    let assets = stories::assets()?;
    let story = match &args.scenario {
        Some(file) => stories::load_file(file, &assets)?,
        None => stories::field(&assets)?,
    };
    let story = story.under(args.seed, args.law.as_deref());
    let story = Story { ways: ways(args, &story), ..story };
    let rider = verify::rider(args.saboteur.as_deref())?;
    let out = args.out.clone().unwrap_or_else(|| PathBuf::from(OUT));
    // A long flight must not fail at its end for what could be seen at its start.
    output::check_place(&out)?;
    let options = Options {
        links: links(&args.links)?,
        second_links: args.second_links.clone(),
        speed: args.speed,
        forwards: args.forward,
        length_s: args.length,
    };
    let opened = Bridge::open(&options);
    let (bridge, side) = opened.map_err(|error| Trouble::Misuse(error.to_string()))?;
    bridge.ends_on_interrupt();
    output::print(&welcome(&story, &options, &out));
    let status = Status::of(bridge.tally());
    let (ground, records) = watch::watched(Box::new(side));
    let (evidence, seen) = std::thread::scope(|scope| {
        let looks = scope.spawn(|| watch::watch(&story, rider, &assets, &records));
        let evidence = flights::live(&story, rider, &assets, Box::new(ground));
        (evidence, looks.join())
    });
    status.end();
    let tally = bridge.tally();
    bridge.close();
    output::print(&format!("The links:\n{}", tally.told()));
    let evidence = evidence?;
    let mut code = super::keep(&evidence, &out)?;
    let heard = evidence.heard.unwrap_or_default();
    let mut seen = seen.map_err(|_| Trouble::Bug("the watch has failed".to_owned()))??;
    eprintln!("Judging the whole flight");
    seen.look_at_all(&story, rider, &assets, &heard)?;
    output::print(&seen.told());
    if !seen.broken.is_empty() {
        code = code.max(ExitCode::Broken);
    }
    let (_, waits) = told::waited(&story.scenario, &heard);
    output::print(&waits.iter().map(waited).collect::<String>());
    let is_met = waits.iter().all(|wait| wait.heard.is_some());
    Ok(if is_met { code } else { code.max(ExitCode::Broken) })
}

/// Whether somebody came for whom the story waited.
fn waited(wait: &Wait) -> String {
    let client = match wait.client {
        Client::Any => "any client".to_owned(),
        Client::System(system) => format!("system {system}"),
    };
    let (from, until) = (wait.from, wait.until);
    match wait.heard {
        Some(heard) => format!("Waited from {from} for {client}: heard at {heard}\n"),
        None => format!("WAITED IN VAIN from {from} to {until} for {client}\n"),
    }
}

/// Whose ways the vehicle has: a second port it has where the story or somebody's link has one.
fn ways(args: &Fly, story: &Story) -> Ways {
    let radio = args.personality;
    let other = if radio.is_px4() { Personality::ArduPilot } else { Personality::Px4 };
    let scripted = story.ways.telemetry2;
    let is_linked = !args.second_links.is_empty();
    let telemetry2 = args.second_personality.or(scripted).or(is_linked.then_some(other));
    Ways { radio, telemetry2 }
}

fn links(named: &[LinkSpec]) -> Result<Vec<LinkSpec>, Trouble> {
    if !named.is_empty() {
        return Ok(named.to_vec());
    }
    link::DEFAULT.into_iter().map(|text| text.parse().map_err(Trouble::Bug)).collect()
}

fn welcome(story: &Story, options: &Options, out: &Path) -> String {
    let mut text = format!("{}\n", story.scenario.title);
    let Ways { radio, telemetry2 } = story.ways;
    if telemetry2.is_some() || !radio.is_px4() {
        text += &format!("  to every ground station on its radio it is {radio}:\n");
    }
    let told = |links: &[LinkSpec]| -> String {
        links.iter().map(|link| format!("  {:<22} {}\n", link.to_string(), link.hint())).collect()
    };
    text += &told(&options.links);
    if let Some(second) = telemetry2 {
        text += &format!("  to every one on its second port it is {second}:\n");
        text += &told(&options.second_links);
    }
    // Until somebody comes, a story is as long as its waits can make it.
    let (longest, _) = told::waited(&story.scenario, &Transcript::default());
    let length_s = story.scenario.length_s;
    let waits = match longest.length_s - length_s {
        0.0 => String::new(),
        waits_s => format!(", and up to {waits_s} s of waiting,"),
    };
    let s = options.length_s.map_or(length_s, |s| s.min(longest.length_s));
    let (speed, out) = (options.speed, out.display());
    text += &format!("{s} s{waits} at speed {speed}; Ctrl-C ends it, evidence in {out}\n");
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wait_is_told_with_what_came_of_it() {
        let wait = Wait {
            client: Client::System(42),
            from: evidence::Tick(2500),
            until: evidence::Tick(5000),
            heard: Some(evidence::Tick(2750)),
        };
        assert_eq!(waited(&wait), "Waited from 5.000 s for system 42: heard at 5.500 s\n");
        let wait = Wait { heard: None, client: Client::Any, ..wait };
        assert_eq!(waited(&wait), "WAITED IN VAIN from 5.000 s to 10.000 s for any client\n");
    }

    #[test]
    fn the_links_of_a_live_flight_are_told_with_what_to_type() {
        let assets = stories::assets().unwrap();
        let story = stories::field(&assets).unwrap();
        let links = links(&[]).unwrap();
        assert_eq!(links.len(), 3);
        let options = Options {
            links,
            second_links: Vec::new(),
            speed: bridge::Speed::Max,
            forwards: false,
            length_s: Some(9.0),
        };
        let welcome = welcome(&story, &options, Path::new("there"));
        for said in [
            "udp:14550 ",
            "QGroundControl",
            "udpin://0.0.0.0:14540",
            "tcp:127.0.0.1:5760",
            "9 s at speed max",
        ] {
            assert!(welcome.contains(said), "{said}: {welcome}");
        }
    }
}
