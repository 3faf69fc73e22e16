//! Any ledger on the card: no panic, and nobody has consented to anything whose record the vehicle did not write.
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

/// A heartbeat of the ground station and the command to list all consent, as bytes.
const HEARTBEAT: &[u8] =
    &[0xFD, 9, 0, 0, 0, 255, 190, 0, 0, 0, 0, 0, 0, 0, 6, 8, 0, 4, 3, 0xC4, 0x81];

fuzz_target!(|data: &[u8]| {
    let card = CardImage::from([("CONSENT/LEDGER.HCL".to_owned(), [b"HWCONS01", data].concat())]);
    let mut bench = Bench::switched_on(provision([9; 32]), card, Tick(1_000));
    let mut texts = Vec::new();
    for tick in 0..200 {
        let radio = if tick == 5 { HEARTBEAT } else { &[] };
        texts.extend(bench.tick(radio, &[]).into_iter().map(|(_, bytes)| bytes));
    }
    let lost = texts.iter().any(|bytes| bytes.windows(12).any(|w| w == b"Consent lost"));
    assert_eq!(lost, !data.is_empty(), "a ledger that was not written here was believed");
});
