//! Whatever arrives and whatever lies on the card: no panic, no consent, no open switch.

use super::bench::{Bench, Files, PILOT};
use crate::settings::{Controls, Setting};
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use proptest::sample::select;

/// Every message that the vehicle reads.
const MESSAGES: [u32; 27] = [
    0, 4, 11, 66, 70, 82, 84, 86, 111, 20, 21, 23, 69, 75, 76, 77, 110, 117, 119, 121, 122, 144,
    253, 256, 12_904, 12_905, 12_919,
];

/// Numbers that are none, or beyond all bounds, beside some that are neither.
const ODD: [f32; 9] =
    [f32::NAN, f32::INFINITY, f32::NEG_INFINITY, 0.0, -1.0, 1.0, 3e38, -3e38, f32::MIN_POSITIVE];

const PATHS: [&str; 14] = [
    "CONSENT/LEDGER.HCL",
    "DCIM/100HUSHW/HW_0001.JPG",
    "DCIM/100HUSHW/HW_0002.TMP",
    "DCIM/100HUSHW/HW_99999999999.MKV",
    "DCIM/100HUSHW/HW_-1.JPG",
    "ID/IDENTITY.HID",
    "ID/SIGNING.HSG",
    "LOG/LOG_0001.HLG",
    "LOG/LOG_.HLG",
    "LOG/LOG_65534.HLG",
    "SET/SETTINGS.HST",
    "SOUND/SND_0007.AU",
    "ZONES/CACHE.HNZ",
    "",
];

/// Bytes of a file that begins as its kind does, so that the reader looks further.
fn contents() -> impl Strategy<Value = Vec<u8>> {
    let magics: [&[u8]; 5] = [b"HWCONS01", b"HWSETT01", b"HWSEAL01", b"HWLOG001", b""];
    (select(magics.to_vec()), vec(any::<u8>(), 0..300))
        .prop_map(|(magic, rest)| [magic, &rest].concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_message_of_the_pilots_station_does_harm(
        messages in vec((select(&MESSAGES[..]), vec(any::<u8>(), 0..255)), 1..40)
    ) {
        let mut bench = Bench::new();
        for (id, mut payload) in messages {
            // Addressed to the vehicle, wherever the message has its targets.
            payload.iter_mut().step_by(3).for_each(|byte| *byte &= 1);
            bench.says(PILOT, id, &payload);
        }
        bench.wait(120);
    }

    #[test]
    fn no_place_speed_or_radius_of_a_guided_command_does_harm(
        commands in vec(
            (select(&[34_u16, 176, 192, 193, 400][..]), vec(select(&ODD[..]), 5), any::<[i32; 2]>()),
            1..20,
        ),
        frame in 0_u8..12,
    ) {
        let mut bench = Bench::new();
        for (number, odd, at) in commands {
            let mut wire = odd[..4].iter().flat_map(|p| p.to_le_bytes()).collect::<Vec<u8>>();
            wire.extend(at.iter().flat_map(|e7| e7.to_le_bytes()));
            wire.extend(odd[4].to_le_bytes());
            wire.extend(number.to_le_bytes());
            wire.extend([1, 1, frame]);
            bench.says(PILOT, 75, &wire);
        }
        bench.wait(60);
        prop_assert!(!bench.vehicle.flight.state().armed);
    }

    #[test]
    fn no_bytes_on_any_way_in_do_harm(
        radio in vec(any::<u8>(), 0..600), answer in vec(any::<u8>(), 0..600)
    ) {
        let mut bench = Bench::new();
        bench.vehicle.controls.turn(Setting::PrivLocal, false);
        bench.answers.push((bench.now, answer));
        bench.step(&radio);
        bench.wait(60);
    }

    #[test]
    fn no_card_gives_consent_or_opens_a_switch(
        files in btree_map(select(&PATHS[..]), contents(), 0..14), free_bytes in any::<u64>()
    ) {
        let files = files.into_iter().map(|(path, file)| (path.to_string(), file));
        let card = Files { files: files.collect(), free_bytes, has_failed: false };
        let mut bench = Bench::on(card, 77);
        bench.wait(60);
        prop_assert_eq!(bench.vehicle.controls, Controls::as_delivered());
        prop_assert!(bench.vehicle.ledger.next_after(0, crate::senses::Tick(bench.now)).is_none());
        let left: Vec<&String> = bench.card.files.keys().filter(|p| p.ends_with(".TMP")).collect();
        prop_assert!(left.is_empty(), "{:?}", left);
    }
}
