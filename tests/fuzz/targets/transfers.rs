//! Logs and files as a live station asks for them, in any order, while consent comes and goes: no panic, bounded
//! answers, and not a byte of a log that is not granted at that moment.
//!
//! **Never:** grants anything but log 1.
#![no_main]

#[path = "../../bench.rs"]
mod bench;
#[path = "../ground.rs"]
mod ground;
#[path = "../told.rs"]
mod told;

use bench::Bench;
use evidence::card::CardImage;
use libfuzzer_sys::fuzz_target;
use told::provision;
use vehicle::senses::{Provision, Streams, Tick};
use vehicle::words::Link;

/// What each log is full of.
const LOGS: [(&str, &[u8; 8]); 2] =
    [("LOG/LOG_0001.HLG", b"granted!"), ("LOG/LOG_0002.HLG", b"NOT EVER")];
/// Most frames in a tick: a burst, a part of a log, and answers.
const FRAMES_MAX: usize = 160;

fn command(number: u16, p: [f32; 5]) -> Vec<u8> {
    let mut wire: Vec<u8> = p.into_iter().flat_map(f32::to_le_bytes).collect();
    wire.resize(28, 0);
    wire.extend(number.to_le_bytes());
    wire.extend([1, 1, 0]);
    ground::frame(76, &wire)
}

fuzz_target!(|data: &[u8]| {
    let live = Provision { streams: Streams::Normal, ..provision([9; 32]) };
    let mut card = CardImage::new();
    for (path, full_of) in LOGS {
        card.insert(path.to_owned(), full_of.repeat(2_000));
    }
    let mut bench = Bench::switched_on(live, card, Tick(0));
    bench.tick(&ground::heartbeat(), &[]);
    bench.tick(&ground::sets("RAD_LOGS", 1), &[]);
    let mut is_granted = false;
    let mut rest = data;
    while let Some(([kind, length], after)) = rest.split_first_chunk() {
        let (piece, after) = after.split_at(usize::from(*length % 64).min(after.len()));
        let frame = match kind % 8 {
            0 => {
                is_granted = true;
                command(31_010, [3.0, 1.0, 0.0, 0.0, 1.0])
            }
            1 => {
                is_granted = false;
                command(31_011, [3.0, 1.0, 0.0, 0.0, 1.0])
            }
            2 => ground::frame(117, piece),
            3 => ground::frame(119, piece),
            4 => ground::frame(122, &[1, 1]),
            _ => ground::frame(110, &[&[0, 1, 1][..], piece].concat()),
        };
        let mut said = bench.tick(&frame, &[]);
        assert!(said.len() <= FRAMES_MAX, "{} in a tick", said.len());
        said.extend(bench.tick(&[], &[]));
        for (link, bytes) in said.iter().filter(|(link, _)| *link == Link::Radio) {
            let holds = |needle: &[u8]| bytes.windows(needle.len()).any(|part| part == needle);
            assert!(!holds(b"NOT EVER"), "log 2 is on {link:?}");
            assert!(is_granted || !holds(b"granted!"), "log 1 is on {link:?}");
        }
        rest = after;
    }
});
