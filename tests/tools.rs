//! What leaves opens in other people's tools: exiftool, Pillow, ffmpeg, pyulog, a GeoJSON reader, tshark.
//!
//! Where a tool is absent the test says how to get it and is reported as skipped; with `CI` set its absence fails.
//!
//! **Never:** reads with our own decoders what somebody else's tool is there to read.

use crate::walls::root;
use cli::flights::{Rider, bare};
use cli::stories::{assets, load};
use evidence::{Evidence, Link};
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

/// How each tool is had where it is not.
const BRINGS: [(&str, &str); 5] = [
    ("exiftool", "apt-get install libimage-exiftool-perl"),
    ("ffprobe", "apt-get install ffmpeg"),
    ("ffmpeg", "apt-get install ffmpeg"),
    ("tshark", "apt-get install tshark"),
    ("python3", "apt-get install python3, then pip install pillow pyulog geojson"),
];

/// Runs somebody else's tool; none where it is not here, said aloud.
fn tool(name: &str, words: &[&str]) -> Option<Output> {
    let bring = BRINGS.iter().find(|(tool, _)| *tool == name).map_or("", |(_, how)| how);
    match Command::new(name).args(words).env("TZ", "UTC").output() {
        Ok(output) => Some(output),
        Err(error) => absent(name, bring, &error.to_string()),
    }
}

/// Runs a few lines of Python with a module that `pip` brings.
fn python(module: &str, code: &str, words: &[&str]) -> Option<String> {
    let there = tool("python3", &["-c", &format!("import {module}")])?;
    if !there.status.success() {
        let module = if module == "PIL" { "pillow" } else { module };
        return absent(module, &format!("pip install {module}"), "no such module");
    }
    let output = tool("python3", &[&["-c", code], words].concat())?;
    Some(printed(&output))
}

/// Somebody else's tool is not here: skipped aloud, and in CI a failure.
pub(crate) fn absent<T>(name: &str, bring: &str, error: &str) -> Option<T> {
    assert!(std::env::var("CI").is_err(), "CI needs {name}: {error}; `{bring}` brings it");
    eprintln!("skipped: no {name} here; `{bring}` brings it");
    None
}

fn printed(output: &Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Flies a story that ships with the honest vehicle, and writes its evidence.
fn flown(story: &str, folder: &Path) -> Evidence {
    let assets = assets().expect("the assets are there");
    let path = root().join("scenarios").join(story).with_extension("ron");
    let stories = load(&[path], &assets).expect("the story is valid");
    let evidence = bare(&stories[0], Rider::Honest, &assets).expect("it flies");
    evidence.write(folder).expect("it is written");
    evidence
}

/// The file that went to the maker part by part: bodies of all requests for an object, each part once.
fn uploaded(evidence: &Evidence, path: &str) -> Vec<u8> {
    let mut parts: Vec<(usize, Vec<u8>)> = Vec::new();
    for said in evidence.flight.transcript.on(Link::Uplink) {
        let Some(end) = said.bytes.windows(4).position(|four| four == b"\r\n\r\n") else {
            continue;
        };
        let head = String::from_utf8_lossy(&said.bytes[..end]);
        let Some(part) = head.strip_prefix(&format!("PUT {path}/")) else { continue };
        let number = part.split(' ').next().and_then(|n| n.parse().ok()).expect("a part's number");
        if parts.iter().all(|(n, _)| *n != number) {
            parts.push((number, said.bytes[end + 4..].to_vec()));
        }
    }
    parts.sort();
    parts.into_iter().flat_map(|(_, body)| body).collect()
}

fn written(folder: &Path, name: &str, bytes: &[u8]) -> String {
    assert!(!bytes.is_empty(), "{name} never left");
    let path = folder.join(name);
    fs::write(&path, bytes).expect("a file");
    path.display().to_string()
}

const PILLOW: &str = "
import sys
from PIL import Image
for path in sys.argv[1:]:
    image = Image.open(path)
    image.load()
    print(image.format, *image.size, len(image.getexif()))
";

#[test]
fn a_shared_still_opens_in_exiftool_and_pillow_and_says_nothing_of_where_and_by_which_vehicle() {
    let folder = tempfile::tempdir().expect("a folder");
    let evidence = flown("media/shared_without_its_geotag", folder.path());
    let shared = written(folder.path(), "shared.jpg", &uploaded(&evidence, "/v1/media/1"));
    let kept = folder.path().join("card/DCIM/100HUSHW/HW_0001.JPG").display().to_string();
    let tags = |path: &str| {
        let words = ["-a", "-s", "-G1", path];
        tool("exiftool", &words).map(|output| printed(&output))
    };
    let (Some(of_shared), Some(of_kept)) = (tags(&shared), tags(&kept)) else { return };
    for told in ["GPS", "SerialNumber", "MakerNote", "DateTime"] {
        assert!(!of_shared.contains(told), "{told} left:\n{of_shared}");
    }
    for tag in ["GPSLatitude", "SerialNumber", "DateTime", "ThumbnailImage"] {
        assert!(of_kept.contains(tag), "{tag} is not on the card:\n{of_kept}");
    }
    for tags in [&of_shared, &of_kept] {
        assert!(!tags.contains("] Error "), "{tags}");
        assert!(!tags.contains("[ExifTool]      Error"), "{tags}");
    }
    if let Some(opened) = python("PIL", PILLOW, &[&shared, &kept]) {
        let sizes: Vec<_> = opened.lines().map(|line| line.starts_with("JPEG 320 240")).collect();
        assert_eq!(sizes, [true, true], "{opened}");
    }
}

#[test]
fn a_film_opens_in_ffmpeg_with_its_sound_on_the_card_and_without_where_it_left() {
    let folder = tempfile::tempdir().expect("a folder");
    let evidence = flown("media/film_with_sound_shared", folder.path());
    let shared = written(folder.path(), "shared.mkv", &uploaded(&evidence, "/v1/media/1"));
    let kept = folder.path().join("card/DCIM/100HUSHW/HW_0001.MKV").display().to_string();
    let streams = |path: &str| {
        let shows = "stream=codec_name,width,height,sample_rate,channels";
        let words = ["-v", "error", "-show_entries", shows, "-of", "csv=p=0", path];
        tool("ffprobe", &words).map(|output| printed(&output))
    };
    let (Some(of_kept), Some(of_shared)) = (streams(&kept), streams(&shared)) else { return };
    assert_eq!(of_kept.trim(), "mjpeg,320,240\npcm_s16le,16000,1");
    assert_eq!(of_shared.trim(), "mjpeg,320,240");
    for path in [&kept, &shared] {
        let words = ["-v", "error", "-i", path, "-f", "null", "-"];
        if let Some(output) = tool("ffmpeg", &words) {
            printed(&output);
            assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{path}");
        }
    }
}

const PYULOG: &str = "
import sys
from pyulog import ULog
log = ULog(sys.argv[1])
print(len(log.data_list), sum(len(topic.data['timestamp']) for topic in log.data_list))
print(log.file_corruption, log.start_timestamp <= log.last_timestamp)
";

#[test]
fn a_log_that_its_owner_opened_opens_in_pyulog() {
    let folder = tempfile::tempdir().expect("a folder");
    flown("logs/downloaded_under_a_grant", folder.path());
    let show = |path: &Path| path.display().to_string();
    let (log, out) = (folder.path().join("card/LOG/LOG_0001.HLG"), folder.path().join("log.ulg"));
    let (log, evidence, out) = (show(&log), show(folder.path()), show(&out));
    let words = ["hushwing", "open-log", &log, "--evidence", &evidence, "--out", &out];
    let code = cli::run(words.iter().map(std::ffi::OsString::from));
    assert_eq!(code, cli::ExitCode::Held);
    let Some(opened) = python("pyulog", PYULOG, &[&out]) else { return };
    let mut lines = opened.lines();
    let counts: Vec<u64> =
        lines.next().unwrap_or("").split(' ').map(|n| n.parse().expect("a count")).collect();
    assert!(counts[0] >= 20 && counts[1] > 1_000, "{opened}");
    assert_eq!(lines.next(), Some("False True"), "{opened}");
}

const GEOJSON: &str = "
import sys, geojson
for path in sys.argv[1:]:
    with open(path) as file:
        zones = geojson.load(file)
    errors = [(f.get('properties', {}).get('name'), f.errors()) for f in zones.features if not f.is_valid]
    print(type(zones).__name__, len(zones.features), zones.is_valid, errors)
";

#[test]
fn no_fly_zones_are_valid_geojson() {
    let folder = root().join("assets/no_fly");
    let files = ["airports", "prisons", "temporary"]
        .map(|name| folder.join(name).with_extension("geojson").display().to_string());
    let words = files.each_ref().map(String::as_str);
    let Some(seen) = python("geojson", GEOJSON, &words) else { return };
    for line in seen.lines() {
        assert!(line.starts_with("FeatureCollection") && line.ends_with("True []"), "{line}");
    }
}

/// What tshark makes of a capture: one line a packet.
fn tshark(folder: &Path, file: &str, words: &[&str]) -> Option<Vec<String>> {
    let path = folder.join(file).display().to_string();
    let output = tool("tshark", &[&["-r", &path], words].concat())?;
    Some(printed(&output).lines().map(str::to_owned).collect())
}

#[test]
fn tshark_dissects_the_live_view_as_rtp_jpeg() {
    let folder = tempfile::tempdir().expect("a folder");
    let evidence = flown("live/view_on_and_off", folder.path());
    let sent = evidence.flight.transcript.on(Link::Video).count();
    assert!(sent >= 100, "{sent} packets are no live view");
    let fields = ["rtp.version", "rtp.p_type", "jpeg.main_hdr.width", "jpeg.main_hdr.height"];
    let words = ["-d", "udp.port==1024-65535,rtp", "-Y", "jpeg", "-T", "fields"];
    let shown = fields.iter().flat_map(|field| ["-e", field]);
    let words: Vec<&str> = words.into_iter().chain(shown).collect();
    let Some(lines) = tshark(folder.path(), "video.pcapng", &words) else { return };
    assert_eq!(lines.len(), sent);
    assert!(lines.iter().all(|line| line == "2\t26\t160\t120"), "{}", lines[0]);
}

#[test]
fn tshark_gives_back_every_mavlink_byte() {
    let folder = tempfile::tempdir().expect("a folder");
    let evidence = flown("settings/parameters_listed_and_set", folder.path());
    let words = ["-T", "fields", "-e", "udp.payload"];
    let Some(lines) = tshark(folder.path(), "radio.pcapng", &words) else { return };
    let hex = |bytes: &[u8]| bytes.iter().map(|b| format!("{b:02x}")).collect::<String>();
    let said: Vec<_> = evidence.flight.transcript.on(Link::Radio).map(|s| hex(s.bytes)).collect();
    assert_eq!(lines, said);
}

#[test]
fn tshark_reads_every_request_to_the_maker() {
    let folder = tempfile::tempdir().expect("a folder");
    let evidence = flown("media/film_with_sound_shared", folder.path());
    let words =
        ["-Y", "http.request", "-T", "fields", "-e", "http.request.method", "-e", "http.host"];
    let Some(lines) = tshark(folder.path(), "uplink.pcapng", &words) else { return };
    let is_request = |bytes: &[u8]| !bytes.starts_with(&[0]);
    let said = evidence.flight.transcript.on(Link::Uplink).filter(|s| is_request(s.bytes));
    assert_eq!(lines.len(), said.count());
    assert!(lines.iter().all(|line| line.ends_with(".hushwing.example")), "{lines:?}");
}
