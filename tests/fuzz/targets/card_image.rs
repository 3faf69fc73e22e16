//! Any card at power-on: no panic, and whatever lies there the vehicle still greets and says where it stands.
//!
//! **Never:** keeps to paths that the vehicle writes; some are strange.
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

const PATHS: [&str; 12] = [
    "CONSENT/LEDGER.HCL",
    "SET/SETTINGS.HST",
    "ID/IDENTITY.HID",
    "ID/SIGNING.HSG",
    "ZONES/CACHE.HNZ",
    "LOG/LOG_0001.HLG",
    "LOG/LOG_9999.HLG",
    "DCIM/100HUSHW/HW_0001.JPG",
    "DCIM/100HUSHW/HW_0002.TMP",
    "SOUND/SND_4294967295.AU",
    "LOG/LOG_.HLG",
    "A",
];

fuzz_target!(|data: &[u8]| {
    let mut card = CardImage::new();
    let mut rest = data;
    while let Some(([path, length], after)) = rest.split_first_chunk() {
        let (file, after) = after.split_at(usize::from(*length).min(after.len()));
        card.insert(PATHS[usize::from(*path) % PATHS.len()].to_owned(), file.to_vec());
        rest = after;
    }
    let mut bench = Bench::switched_on(provision([9; 32]), card, Tick(1_000));
    let mut links = Vec::new();
    for _ in 0..600 {
        links.extend(bench.tick(&[], &[]).into_iter().map(|(link, _)| link));
    }
    for link in [Link::Console, Link::Radio] {
        assert!(links.contains(&link), "nothing on {link:?}");
    }
    assert!(!links.contains(&Link::Uplink), "a card switched the uplink on");
});
