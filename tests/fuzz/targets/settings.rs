//! Any settings file: no panic, and the vehicle is at its most private.
//!
//! **Never:** knows the key of the vault.
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
    let card = CardImage::from([("SET/SETTINGS.HST".to_owned(), [b"HWSETT01", data].concat())]);
    let mut bench = Bench::switched_on(provision([9; 32]), card, Tick(1_000));
    // Past the first slot of every service.
    for _ in 0..8_000 {
        let said = bench.tick(&[], &[]);
        assert!(said.iter().all(|(link, _)| *link != Link::Uplink), "the uplink spoke");
    }
});
