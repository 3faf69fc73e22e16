//! A vehicle with a second telemetry port that has other ways than its radio, and a station on each.

use super::bench::{Bench, Files, PILOT, STRANGER, command_long, item, param_set, told};
use crate::Vehicle;
use crate::flight::bench::Rig;
use crate::radio::frame;
use crate::senses::{Personality, Provision, Senses, Streams};
use alloc::string::ToString;
use alloc::vec::Vec;

const HEARTBEAT: [u8; 9] = [0, 0, 0, 0, 6, 8, 0, 0, 3];

fn two_ports_on(card: Files) -> Bench {
    let mut bench = Bench::on(card, 0);
    bench.vehicle = Vehicle::new(Provision {
        streams: Streams::Normal,
        personality: Personality::Px4,
        telemetry2: Some(Personality::ArduPilot),
        ..told()
    });
    bench
}

/// PX4's ways on the radio, ArduPilot's on the second port; the pilot has been heard on the first.
fn two_ports() -> Bench {
    let mut bench = two_ports_on(Files::new());
    bench.says(PILOT, 0, &HEARTBEAT);
    bench
}

/// What was said on the first port and on the second since the last look: number, then payload to so many bytes.
fn both<const N: usize>(bench: &mut Bench) -> [Vec<(u32, [u8; N])>; 2] {
    let padded = |payload: &[u8]| core::array::from_fn(|at| payload.get(at).copied().unwrap_or(0));
    let first = core::mem::take(&mut bench.said);
    let first = first.iter().map(|(id, payload)| (*id, padded(payload)));
    let second = core::mem::take(&mut bench.second);
    let second = second.iter().map(|bytes| {
        let (frame, _) = frame::open(bytes);
        (frame.id, padded(frame.payload))
    });
    [first.collect(), second.collect()]
}

/// The same under one number.
fn of<const N: usize>(bench: &mut Bench, id: u32) -> [Vec<[u8; N]>; 2] {
    both(bench).map(|said| said.into_iter().filter(|s| s.0 == id).map(|s| s.1).collect())
}

fn says_on_second(bench: &mut Bench, system: u8, id: u32, payload: &[u8]) {
    let frame = bench.frame(system, id, payload);
    bench.step_on(&[], &frame);
}

#[test]
fn each_port_has_the_ways_of_one_autopilot_and_counts_its_own_frames() {
    let mut bench = two_ports();
    bench.said.clear();
    bench.second.clear();
    bench.wait(2_000);
    let numbers: Vec<u8> = bench.second.iter().filter(|f| f[6] == 1).map(|f| f[4]).collect();
    assert!(numbers.windows(2).all(|pair| pair[1] == pair[0].wrapping_add(1)), "{numbers:?}");
    let [first, second] = of::<9>(&mut bench, 0);
    let autopilots = |beats: &[[u8; 9]]| -> Vec<u8> {
        beats.iter().filter(|beat| beat[4] == 2).map(|beat| beat[5]).collect()
    };
    assert_eq!((autopilots(&first), autopilots(&second)), ([12; 4].into(), [3; 4].into()));
    let ask = command_long(512, &[148.0]);
    bench.says(PILOT, 76, &ask);
    says_on_second(&mut bench, STRANGER, 76, &ask);
    let [first, second] = of::<24>(&mut bench, 148);
    assert_eq!((first.len(), second.len()), (1, 1));
    let encodings =
        [first, second].map(|said| u64::from_le_bytes(core::array::from_fn(|at| said[0][at])));
    assert_eq!(encodings.map(|bits| bits & (16 | 131_072)), [16, 131_072]);
}

#[test]
fn what_is_asked_on_a_port_is_answered_there_and_in_its_ways() {
    let mut bench = two_ports();
    for (id, payload, answer) in [
        // A parameter, a message, a rate, a list of modes, the time, a plan, a file.
        (20, [&[0xFF, 0xFF, 1, 1][..], b"RAD_TELEM\0\0\0\0\0\0\0"].concat(), 22),
        (76, command_long(512, &[242.0]), 77),
        (76, command_long(511, &[30.0, 100_000.0]), 77),
        (76, command_long(512, &[435.0]), 435),
        (111, [[0; 8], [7, 0, 0, 0, 0, 0, 0, 0]].concat(), 111),
        (43, [1, 1, 0].into(), 44),
        (110, [&[0, 1, 1, 1, 0, 0, 3, 1, 0, 0, 0, 0, 0, 0, 0][..], b"/"].concat(), 110),
        (117, [0, 0, 0xFF, 0xFF, 1, 1].into(), 118),
    ] {
        for on_second in [false, true] {
            bench.wait(20);
            both::<1>(&mut bench);
            let frame = bench.frame(PILOT, id, &payload);
            match on_second {
                false => bench.step_on(&frame, &[]),
                true => bench.step_on(&[], &frame),
            }
            bench.wait(15);
            let counts = of::<1>(&mut bench, answer).map(|said| said.len());
            let (asked, other) =
                (counts[usize::from(on_second)], counts[1 - usize::from(on_second)]);
            assert!(asked > 0 && other == 0, "{id} on the second: {on_second}: {counts:?}");
        }
    }
}

#[test]
fn a_mode_goes_by_the_numbers_of_the_port_on_which_it_is_set_and_is_shown_on_both() {
    let mut bench = two_ports();
    let set = |main: f32, sub: f32| command_long(176, &[1.0, main, sub]);
    let shown = |bench: &mut Bench| {
        bench.wait(600);
        of::<9>(bench, 0).map(|beats| {
            let beat = beats.iter().rev().find(|beat| beat[4] == 2).copied().unwrap_or_default();
            u32::from_le_bytes([beat[0], beat[1], beat[2], beat[3]])
        })
    };
    // PX4's number for its automatic modes is ArduPilot's for being led; its circle nobody flies on the ground.
    for (on_second, main, sub, expected) in [
        (true, 4.0, 0.0, [0x0304_0000, 4]),
        (true, 7.0, 0.0, [0x0304_0000, 4]),
        (false, 4.0, 3.0, [0x0304_0000, 5]),
        (true, 4.0, 0.0, [0x0304_0000, 4]),
        (true, 5.0, 0.0, [0x0304_0000, 5]),
    ] {
        match on_second {
            false => bench.says(STRANGER, 76, &set(main, sub)),
            true => says_on_second(&mut bench, STRANGER, 76, &set(main, sub)),
        }
        assert_eq!(shown(&mut bench), expected, "{main} {sub} on the second: {on_second}");
    }
}

#[test]
fn a_value_lies_in_its_field_as_the_port_has_it() {
    let mut bench = two_ports();
    let value = |wire: [u8; 4]| (i32::from_le_bytes(wire), f32::from_le_bytes(wire));
    bench.says(PILOT, 23, &param_set("RAD_LOGS", 1));
    let [first, second] = of::<4>(&mut bench, 22);
    assert_eq!((value(first[0]).0, second.len()), (1, 0));
    let mut set = param_set("RAD_LOGS", 0);
    set[..4].copy_from_slice(&1.0_f32.to_le_bytes());
    set[22] = 9;
    says_on_second(&mut bench, PILOT, 23, &set);
    let [first, second] = of::<4>(&mut bench, 22);
    assert_eq!((value(second[0]).1, first.len()), (1.0, 0));
}

#[test]
fn rates_are_a_ports_own_and_texts_go_to_both() {
    let mut bench = two_ports();
    says_on_second(&mut bench, PILOT, 76, &command_long(511, &[30.0, -1.0]));
    both::<1>(&mut bench);
    bench.wait(500);
    let attitudes = of::<1>(&mut bench, 30).map(|said| said.len());
    assert_eq!(attitudes, [10, 0]);
    bench.says(STRANGER, 76, &command_long(31_012, &[]));
    let texts = of::<4>(&mut bench, 253).map(|said| said.len());
    assert_eq!(texts, [1, 1], "that he is not the pilot");
}

#[test]
fn the_pilot_is_one_on_whichever_port_he_is_heard_first() {
    let mut bench = two_ports_on(Files::new());
    says_on_second(&mut bench, PILOT, 0, &HEARTBEAT);
    bench.says(STRANGER, 0, &HEARTBEAT);
    for (system, on_second, expected) in
        [(STRANGER, false, 2), (STRANGER, true, 2), (PILOT, true, 0), (PILOT, false, 0)]
    {
        both::<3>(&mut bench);
        let frame = bench.frame(system, 76, &command_long(31_012, &[]));
        match on_second {
            false => bench.step_on(&frame, &[]),
            true => bench.step_on(&[], &frame),
        }
        bench.wait(1);
        let acks = of::<3>(&mut bench, 77);
        assert_eq!(acks[usize::from(on_second)], [[0x24, 0x79, expected]], "{system} {on_second}");
        assert!(acks[1 - usize::from(on_second)].is_empty());
    }
}

#[test]
fn a_log_leaves_by_the_second_port_only_with_a_grant_and_only_there() {
    let mut card = Files::new();
    card.files.insert("LOG/LOG_0001.HLG".to_string(), (0..200).collect());
    let mut bench = two_ports_on(card);
    bench.says(PILOT, 0, &HEARTBEAT);
    bench.says(PILOT, 23, &param_set("RAD_LOGS", 1));
    let request = [0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 1, 1];
    let pieces = |bench: &mut Bench| {
        both::<1>(bench);
        says_on_second(bench, PILOT, 119, &request);
        bench.wait(50);
        of::<97>(bench, 120).map(|said| said.len())
    };
    assert_eq!(pieces(&mut bench), [0, 0]);
    assert_eq!(bench.command(PILOT, 31_010, &[3.0, 1.0, 0.0, 0.0, 1.0]), Some(0));
    assert_eq!(pieces(&mut bench), [0, 3]);
    assert_eq!(bench.command(PILOT, 31_011, &[3.0, 1.0, 0.0, 0.0, 1.0]), Some(0));
    assert_eq!(pieces(&mut bench), [0, 0]);
}

/// Number, command and first parameter of each item, as a station on one of the ports reads the mission.
fn mission(bench: &mut Bench, on_second: bool) -> Vec<(u8, u8, f32)> {
    let place = usize::from(on_second);
    let mut ask = |id, payload: &[u8]| {
        both::<1>(bench);
        let frame = bench.frame(STRANGER, id, payload);
        match on_second {
            false => bench.step_on(&frame, &[]),
            true => bench.step_on(&[], &frame),
        }
        let [first, second] = both::<38>(bench);
        let said = [first, second].into_iter().nth(place).unwrap_or_default();
        said.into_iter().find(|(id, _)| matches!(id, 44 | 73)).map(|(_, wire)| wire)
    };
    let count = ask(43, &[1, 1, 0]).map_or(0, |wire| wire[0]);
    let items = (0..count).filter_map(|seq| ask(51, &[seq, 0, 1, 1, 0]));
    let told = |wire: [u8; 38]| {
        (wire[28], wire[30], f32::from_le_bytes([wire[0], wire[1], wire[2], wire[3]]))
    };
    items.map(told).collect()
}

#[test]
fn a_mission_is_one_and_is_numbered_on_each_port_in_its_way() {
    let mut bench = two_ports();
    let upload = |bench: &mut Bench, on_second: bool, items: &[[u8; 38]]| {
        let count = [items.len() as u8, 0, 1, 1, 0];
        for (id, payload) in
            core::iter::once((44, &count[..])).chain(items.iter().map(|item| (73, &item[..])))
        {
            let frame = bench.frame(PILOT, id, payload);
            match on_second {
                false => bench.step_on(&frame, &[]),
                true => bench.step_on(&[], &frame),
            }
        }
    };
    // Take off, a way-point, back to it once.
    upload(&mut bench, false, &[item(0, 22, 0.0), item(1, 16, 0.0), item(2, 177, 1.0)]);
    let px4 = [(0, 22, 0.0), (1, 16, 0.0), (2, 177, 1.0)];
    let ardupilot = [(0, 16, 0.0), (1, 22, 0.0), (2, 16, 0.0), (3, 177, 2.0)];
    assert_eq!(
        (mission(&mut bench, false), mission(&mut bench, true)),
        (px4.into(), ardupilot.into())
    );
    // The same from the other side.
    let items = [item(0, 16, 0.0), item(1, 22, 0.0), item(2, 16, 0.0), item(3, 177, 2.0)];
    upload(&mut bench, true, &items);
    assert_eq!(
        (mission(&mut bench, false), mission(&mut bench, true)),
        (px4.into(), ardupilot.into())
    );
}

/// Number and total of the mission as each port was last told them.
fn current(bench: &mut Bench) -> [Option<(u8, u8)>; 2] {
    of::<4>(bench, 42).map(|said| said.last().map(|wire| (wire[0], wire[2])))
}

#[test]
fn where_a_mission_goes_on_is_a_number_of_the_port_and_each_is_told_its_own() {
    let mut bench = two_ports();
    let mut rig = Rig::new(&told(), 0.0, 9);
    let mut fly = |bench: &mut Bench, ticks: u64, first: &[u8], second: &[u8]| {
        for tick in 0..ticks {
            let (radio, telemetry2) = if tick == 0 { (first, second) } else { (&[][..], &[][..]) };
            let senses = Senses { telemetry2, ..rig.feel(radio, &bench.card) };
            let outbox = bench.vehicle.step(rig.now, &senses);
            rig.turn(&outbox.thrust());
            bench.take(outbox);
        }
    };
    fly(&mut bench, 2_500, &[], &[]);
    let count = bench.frame(PILOT, 44, &[3, 0, 1, 1, 0]);
    fly(&mut bench, 1, &count, &[]);
    for item in [item(0, 22, 0.0), item(1, 16, 0.0), item(2, 177, 1.0)] {
        let item = bench.frame(PILOT, 73, &item);
        fly(&mut bench, 1, &item, &[]);
    }
    for (on_second, seq, expected) in [(true, 2, [1, 2]), (false, 0, [0, 1]), (true, 0, [0, 1])] {
        let word = bench.frame(PILOT, 41, &[seq, 0, 1, 1]);
        let words = if on_second { [&[][..], &word] } else { [&word, &[][..]] };
        both::<1>(&mut bench);
        fly(&mut bench, 500, words[0], words[1]);
        let expected = [Some((expected[0], 3)), Some((expected[1], 4))];
        assert_eq!(current(&mut bench), expected, "{seq} on the second: {on_second}");
    }
}

#[test]
fn a_flood_on_one_port_leaves_the_other_answering() {
    let mut bench = two_ports();
    let flood = bench.frame(STRANGER, 0, &HEARTBEAT).repeat(2_000);
    for _ in 0..50 {
        bench.step_on(&[], &flood);
    }
    both::<3>(&mut bench);
    let frame = bench.frame(PILOT, 76, &command_long(31_012, &[]));
    bench.step_on(&frame, &flood);
    assert_eq!(of::<3>(&mut bench, 77)[0], [[0x24, 0x79, 0]]);
}

#[test]
fn a_vehicle_without_a_second_port_hears_and_says_nothing_there() {
    let mut bench = Bench::live();
    let frame = bench.frame(PILOT, 76, &command_long(512, &[148.0]));
    bench.said.clear();
    bench.step_on(&[], &frame);
    bench.wait(500);
    assert!(bench.second.is_empty() && bench.said.iter().all(|(id, _)| *id != 148));
}
