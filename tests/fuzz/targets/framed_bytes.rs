//! Any payload in a sound frame of the pilot's: parameters, commands, log requests, file transfers, keys, positions.
//!
//! **Never:** sends what the checksum would stop; that is `uplink_bytes`.
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
use vehicle::senses::Tick;
use vehicle::words::Link;

/// Every message that the vehicle acts upon, and one that it does not.
const IDS: [u32; 16] =
    [0, 20, 21, 23, 75, 76, 110, 117, 119, 121, 122, 256, 12904, 12905, 12919, 30];

fuzz_target!(|data: &[u8]| {
    let mut bench = Bench::switched_on(provision([9; 32]), CardImage::new(), Tick(0));
    bench.tick(&ground::heartbeat(), &[]);
    let mut rest = data;
    while let Some(([id, length], after)) = rest.split_first_chunk() {
        let (payload, after) = after.split_at(usize::from(*length).min(after.len()));
        let frame = ground::frame(IDS[usize::from(*id) % IDS.len()], payload);
        for (link, bytes) in bench.tick(&frame, &[]) {
            assert!(link != Link::Radio || bytes.len() <= 280, "no frame is that long");
        }
        rest = after;
    }
    let mut said = Vec::new();
    for _ in 0..600 {
        said.extend(bench.tick(&[], &[]));
    }
    assert!(said.iter().any(|(link, _)| *link == Link::Radio), "it has fallen silent");
});
