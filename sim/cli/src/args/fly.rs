//! What `hushwing fly` may be told.
//!
//! **Never:** does anything.

use bridge::{LinkSpec, Speed};
use evidence::Personality;
use std::path::PathBuf;

/// Fly one scenario once and keep the evidence, without judging what left the vehicle.
///
/// One seat, no twins, no verdict: the quickest way to see what left the vehicle, and how well it flew where
/// the scenario has `expects_flight`. The folder holds
/// `manifest.json`, the scenario, the transcript of every emission, a `.pcapng` per network link (for Wireshark
/// or tshark), the files of the card and `track.csv`.
///
/// With `--live` it flies in real time, and its radio is on real ports: fly it with QGroundControl, MAVSDK, MAVProxy or
/// whatever speaks MAVLink 2, several at once. The first ground station that it hears is the pilot. Pilot's beats of the
/// scenario are said too, by a station of their own, which then is the first; without a SCENARIO there is a field
/// on which three people talk, for an hour, and nobody at the controls but you. An interrupt (Ctrl-C) ends the flight, and the evidence is whole: it holds every
/// byte that reached the radio, by its tick, and `hushwing rerun` flies it again, bit for bit, and seals it; with
/// `--pairs` it is judged too.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  hushwing fly scenarios/plain/hover.ron --out hover-out
  tshark -r hover-out/radio.pcapng
  hushwing fly --live                          three people on a field; it prints what to type where
  hushwing fly scenarios/faces/one_face.ron --live --speed 4 --out live
  hushwing fly --live --link udpin:0.0.0.0:14551
  hushwing fly --live --personality ardupilot  MAVProxy's `mode GUIDED`, `mode RTL`, `mode LOITER`
  hushwing fly --live --second-link tcp:5770   PX4 to QGroundControl, ArduCopter to MAVProxy, at the same time
  hushwing rerun live --pairs 10               fly it again from its record, seal it, judge it

`hushwing audit` on such a folder finds claims at best inconclusive: without twins nothing is
proved.

Exit code: 0 if it flew; 1 if it missed something that `expects_flight` asks for; 3 if the scenario
cannot be flown as it is written; 64 if a link cannot be opened.")]
pub struct Fly {
    /// The scenario file [default with --live: a field with three people who talk, for an hour]
    #[arg(value_name = "SCENARIO", required_unless_present = "live")]
    pub scenario: Option<PathBuf>,
    /// Where the evidence goes: a new or empty folder, or earlier evidence that is replaced
    /// [default with --live: hushwing-live]
    #[arg(long, value_name = "DIR", required_unless_present = "live")]
    pub out: Option<PathBuf>,
    /// Fly with this seed instead of the scenario's own
    #[arg(long, value_name = "N")]
    pub seed: Option<u64>,
    /// Enforce this law instead of the scenario's own
    #[arg(long, value_name = "NAME", value_parser = ["sealed", "vendor"])]
    pub law: Option<String>,
    /// Fly in real time, with the radio on real ports
    #[arg(long)]
    pub live: bool,
    /// What the radio is on: `udp:[HOST:]PORT` (speaks to that address), `udpin:[HOST:]PORT` (is spoken to there),
    /// `tcp:[HOST:]PORT` (is connected to there), `serial:DEVICE:BAUD`; as often as you like. Without a host it stays on
    /// this machine [default: udp:14550, udp:14540 and tcp:5760]
    #[arg(long = "link", value_name = "LINK", requires = "live")]
    pub links: Vec<LinkSpec>,
    /// How many simulated seconds pass in one on the wall, or `max`
    #[arg(long, value_name = "X", requires = "live", default_value = "1")]
    pub speed: Speed,
    /// Let ground stations hear each other
    #[arg(long, requires = "live")]
    pub forward: bool,
    /// Whose ways the vehicle has with ground stations, on all links of its radio: `px4` (QGroundControl, MAVSDK), or `ardupilot` for
    /// tools that expect ArduCopter, such as MAVProxy's `mode GUIDED`: its identity, the numbers of its modes,
    /// parameters as numbers, and home as the first item of a mission
    #[arg(long, value_name = "NAME", requires = "live", default_value = "px4")]
    pub personality: Personality,
    /// What a second telemetry port is on, written as for `--link`; as often as you like. It has its own ways, sequence
    /// numbers and rates, and what is asked there is answered there; the pilot is the same for both
    #[arg(long = "second-link", value_name = "LINK", requires = "live")]
    pub second_links: Vec<LinkSpec>,
    /// Whose ways it has on the second port [default: the scenario's, or else the other's than on the radio]
    #[arg(long, value_name = "NAME", requires = "second_links")]
    pub second_personality: Option<Personality>,
    /// End the flight after so many simulated seconds, if the scenario does not end before
    #[arg(long, value_name = "S", requires = "live", value_parser = seconds)]
    pub length: Option<f64>,
    /// Seat this leaking vehicle or decoy instead of the honest one; `hushwing saboteurs` lists them
    #[arg(long, value_name = "ID", requires = "live")]
    pub saboteur: Option<String>,
}

fn seconds(text: &str) -> Result<f64, String> {
    let value: Option<f64> = text.parse().ok();
    value
        .filter(|value| (1.0..=3600.0).contains(value))
        .ok_or_else(|| "give seconds from 1 to 3600".to_owned())
}
