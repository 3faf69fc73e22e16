//! The uplink as a stream over many ticks: sound frames cut anywhere, with noise between, on both telemetry ports of a
//! vehicle of a live flight. No panic, nothing goes up, and 100 ms later the next word on either is heard at once.
//!
//! **Never:** draws chance; the fuzzer cuts.
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

/// COMMAND_ACK.
const ACK: u8 = 77;
/// 100 ms.
const SILENCE_TICKS: usize = 50;

fuzz_target!(|data: &[u8]| {
    let live = Provision { streams: Streams::Normal, ..provision([9; 32]) };
    let mut bench = Bench::switched_on(live, CardImage::new(), Tick(0));
    bench.tick(&ground::heartbeat(), &[]);
    let (mut rest, mut pieces) = (data, 0_usize);
    while let Some(([kind, length], after)) = rest.split_first_chunk() {
        let (piece, after) = after.split_at(usize::from(*length).min(after.len()));
        let frame = ground::frame(u32::from(*kind >> 1), piece);
        pieces += 1;
        // Every third comes by the second port.
        let mut tick = |bytes| match pieces % 3 {
            0 => bench.tick_by([&[], bytes], &[]),
            _ => bench.tick(bytes, &[]),
        };
        let said = match kind & 1 {
            0 => tick(piece),
            _ => {
                let (first, second) = frame.split_at(usize::from(*length) % frame.len());
                tick(first);
                tick(second)
            }
        };
        assert!(said.iter().all(|(link, _)| *link != Link::Uplink), "local data mode is on");
        rest = after;
    }
    // Whatever stood there half is given up by then, and the next word is heard at once: the list of consent is the
    // pilot's to ask for.
    for _ in 0..SILENCE_TICKS {
        bench.tick(&[], &[]);
    }
    let order = ground::frame(76, &[&[0; 28][..], &31_012_u16.to_le_bytes(), &[1, 1, 0]].concat());
    for (port, link) in [Link::Radio, Link::Telemetry2].into_iter().enumerate() {
        let mut words: [&[u8]; 2] = [&[], &[]];
        words[port] = &order;
        let said = bench.tick_by(words, &[]);
        let is_ack = |(by, bytes): &(Link, Vec<u8>)| *by == link && bytes[7] == ACK;
        assert!(said.iter().any(is_ack), "it has fallen silent on {link:?}");
    }
});
