//! A live vehicle that takes after ArduCopter: what it says it is, its modes, parameters, and home before a mission.

use super::bench::{Bench, PILOT, STRANGER, item, param_set, told};
use crate::Vehicle;
use crate::senses::{Personality, Provision, Streams};
use alloc::vec::Vec;

fn ardupilot() -> Bench {
    let mut bench = Bench::live();
    let (streams, personality) = (Streams::Normal, Personality::ArduPilot);
    bench.vehicle = Vehicle::new(Provision { streams, personality, ..told() });
    bench.says(PILOT, 0, &[0, 0, 0, 0, 6, 8, 0, 0, 3]);
    bench.said.clear();
    bench
}

/// What was said under a number, each to so many bytes.
fn all<const N: usize>(bench: &mut Bench, id: u32) -> Vec<[u8; N]> {
    let said = core::mem::take(&mut bench.said);
    let of = said.iter().filter(|(number, _)| *number == id);
    of.map(|(_, payload)| core::array::from_fn(|at| payload.get(at).copied().unwrap_or(0)))
        .collect()
}

fn command(number: u16, p: [f32; 7]) -> Vec<u8> {
    let wire = p.map(f32::to_le_bytes).concat();
    [&wire[..], &number.to_le_bytes(), &[1, 1, 0]].concat()
}

#[test]
fn it_is_ardupilot_in_every_heartbeat_and_its_modes_go_by_ardupilots_numbers() {
    let mut bench = ardupilot();
    bench.wait(1_000);
    let beats = all::<9>(&mut bench, 0);
    // The camera and the mount have no autopilot.
    assert!(beats.iter().all(|beat| matches!((beat[4], beat[5]), (2, 3) | (30 | 26, 8))));
    let shown = |bench: &mut Bench| {
        let beats = all::<9>(bench, 0);
        beats.iter().rev().find(|beat| beat[4] == 2).map(|beat| beat[0])
    };
    for (mode, expected) in [(4_u8, 4), (5, 5), (4, 4), (7, 4), (99, 4)] {
        bench.says(PILOT, 76, &command(176, [1.0, f32::from(mode), 0.0, 0.0, 0.0, 0.0, 0.0]));
        bench.wait(600);
        assert_eq!(shown(&mut bench), Some(expected), "{mode}");
        bench.says(PILOT, 11, &[mode, 0, 0, 0, 1, 1]);
        bench.wait(600);
        assert_eq!(shown(&mut bench), Some(expected), "{mode} by the message");
    }
    bench.says(PILOT, 76, &command(512, [148.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0]));
    let version = all::<24>(&mut bench, 148)[0];
    let capabilities = u64::from_le_bytes(core::array::from_fn(|at| version[at]));
    assert_eq!(capabilities & (16 | 131_072), 131_072);
    assert_eq!(version[16..20], [255, 7, 5, 4]);
}

#[test]
fn a_parameter_is_told_and_set_as_a_number() {
    let mut bench = ardupilot();
    for (name, sent, kind, expected) in [
        ("RAD_TELEM", 0.0_f32, 9, 0.0_f32),
        ("RAD_TELEM", 1.0, 6, 1.0),
        ("RAD_TELEM", 0.5, 9, 1.0),
        ("RAD_TELEM", f32::from_bits(0), 6, 0.0),
        ("RAD_TELEM", f32::from_bits(1), 6, 0.0),
        ("RAD_TELEM", f32::NAN, 6, 0.0),
        ("RTL_RETURN_ALT", 42.5, 9, 42.5),
        ("RTL_RETURN_ALT", f32::INFINITY, 9, 42.5),
        ("SYS_AUTOSTART", 1.0, 9, 4001.0),
    ] {
        let mut set = param_set(name, 0);
        set[..4].copy_from_slice(&sent.to_le_bytes());
        set[22] = kind;
        bench.says(PILOT, 23, &set);
        let values = all::<4>(&mut bench, 22);
        assert_eq!(values, [expected.to_le_bytes()], "{name} {sent} {kind}");
    }
}

fn upload(bench: &mut Bench, items: &[[u8; 38]]) -> Option<u8> {
    bench.says(PILOT, 44, &[items.len() as u8, 0, 1, 1, 0]);
    for item in items {
        bench.says(PILOT, 73, item);
    }
    all::<8>(bench, 47).last().map(|ack| ack[2])
}

#[test]
fn the_first_item_of_a_mission_is_home_and_nobody_can_make_it_anything_else() {
    let mut bench = ardupilot();
    // Whatever stands first, a command that there is not among it, is passed over; a jump there leads nowhere.
    let mut jump = item(1, 177, 0.0);
    jump[..8].fill(0);
    for (items, expected) in [
        (&[item(0, 9_999, 0.0), item(1, 22, 0.0), item(2, 16, 0.0)][..], 0),
        (&[item(0, 16, 0.0), jump], 5 + 1),
        (&[item(0, 16, 0.0)], 0),
        (&[item(0, 16, 0.0), item(1, 9_999, 0.0)], 3),
        (&[item(0, 22, 0.0), item(1, 22, 0.0), item(2, 16, 0.0)], 0),
    ] {
        assert_eq!(upload(&mut bench, items), Some(expected), "{items:?}");
    }
    bench.says(STRANGER, 43, &[1, 1, 0]);
    assert_eq!(all::<2>(&mut bench, 44), [[3, 0]]);
    for seq in 0..3_u8 {
        bench.says(STRANGER, 51, &[seq, 0, 1, 1, 0]);
        let told = all::<38>(&mut bench, 73)[0];
        assert_eq!((told[28], told[36]), (seq, 1));
        let (command, frame) = (u16::from_le_bytes([told[30], told[31]]), told[34]);
        let expected = [(16, 0), (22, 3), (16, 3)][usize::from(seq)];
        assert_eq!((command, frame), expected);
        if seq == 0 {
            // It has no fix yet, and knows no home.
            assert_eq!(told[..28], [0; 28]);
        }
    }
}
