//! Any bytes on the radio and from the servers: no panic, and nothing but name look-ups and requests ever goes up.
//!
//! **Never:** sends a frame of its own; the fuzzer finds the framing.
#![no_main]

#[path = "../../bench.rs"]
mod bench;
#[path = "../told.rs"]
mod told;

use bench::Bench;
use evidence::card::CardImage;
use libfuzzer_sys::fuzz_target;
use told::provision;
use vehicle::senses::Tick;
use vehicle::words::Link;

fuzz_target!(|data: &[u8]| {
    let mut bench = Bench::switched_on(provision([9; 32]), CardImage::new(), Tick(0));
    let (way, data) = data.split_first().unwrap_or((&0, &[]));
    for chunk in data.chunks(usize::from(*way >> 1) + 1) {
        let said = if way & 1 == 0 { bench.tick(chunk, &[]) } else { bench.tick(&[], chunk) };
        // Local data mode is the default, and a signed or well-formed order to leave it cannot be had by chance.
        let is_up = said.iter().any(|(link, _)| *link == Link::Uplink);
        assert!(!is_up || way & 1 == 0, "the servers talked the vehicle into answering");
    }
    for _ in 0..20 {
        bench.tick(&[], &[]);
    }
});
