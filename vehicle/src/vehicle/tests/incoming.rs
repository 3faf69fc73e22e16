//! What is put aboard: by the pilot, into memory, until the power goes or all is reset; whoever floods it fills his own room.

use super::bench::{Bench, PILOT, STRANGER};
use alloc::string::ToString;
use alloc::vec::Vec;

const CREATE: u8 = 6;
const WRITE: u8 = 7;
const OPEN: u8 = 4;
const READ: u8 = 5;
const ACK: u8 = 128;
const NAK: u8 = 129;
const PATH: &[u8] = b"INCOMING/a";

/// What is answered to a request of a station: opcode and data; none where nobody is answered.
fn asked(bench: &mut Bench, by: u8, opcode: u8, offset: u32, data: &[u8]) -> Option<(u8, Vec<u8>)> {
    let number = (bench.now as u16).to_le_bytes();
    let size = if opcode == READ { 239 } else { data.len() as u8 };
    let head = [0, 1, 1, number[0], number[1], 0, opcode, size, 0, 0, 0];
    bench.said.clear();
    bench.says(by, 110, &[&head[..], &offset.to_le_bytes(), data].concat());
    let (_, told) = bench.said.iter().find(|(id, _)| *id == 110)?;
    let mut wire = [0; 254];
    wire[..told.len()].copy_from_slice(told);
    Some((wire[6], wire[15..15 + usize::from(wire[7])].to_vec()))
}

fn put(bench: &mut Bench, bytes: &[u8]) {
    for (opcode, data) in [(CREATE, PATH), (WRITE, bytes)] {
        assert_eq!(asked(bench, PILOT, opcode, 0, data), Some((ACK, Vec::new())));
    }
}

#[test]
fn what_is_put_aboard_never_touches_the_card_and_goes_with_the_power() {
    let mut bench = Bench::live();
    put(&mut bench, b"as it is");
    assert!(matches!(asked(&mut bench, PILOT, OPEN, 0, PATH), Some((ACK, _))));
    assert_eq!(asked(&mut bench, PILOT, READ, 0, b""), Some((ACK, Vec::from(b"as it is"))));
    bench.wait(600);
    assert!(bench.card.files.is_empty(), "{:?}", bench.card.files.keys());
    let mut bench = Bench::live_on(bench.card, bench.now + 500);
    assert_eq!(asked(&mut bench, PILOT, OPEN, 0, PATH), Some((NAK, Vec::from([10]))));
    put(&mut bench, b"as it is");
    assert_eq!(bench.command(PILOT, 245, &[4.0]), Some(0));
    bench.wait(3);
    assert_eq!(asked(&mut bench, PILOT, OPEN, 0, PATH), Some((NAK, Vec::from([10]))), "reset");
}

#[test]
fn nobody_but_the_pilot_puts_anything_aboard_or_reads_it() {
    let mut bench = Bench::live();
    put(&mut bench, b"the pilot's");
    for (opcode, data) in [(CREATE, PATH), (WRITE, b"x"), (OPEN, PATH), (3, b"INCOMING"), (8, PATH)]
    {
        assert_eq!(asked(&mut bench, STRANGER, opcode, 0, data), None, "{opcode}");
    }
    assert!(matches!(asked(&mut bench, PILOT, OPEN, 0, PATH), Some((ACK, _))));
    assert_eq!(asked(&mut bench, PILOT, READ, 0, b""), Some((ACK, Vec::from(b"the pilot's"))));
    let mut story = Bench::new();
    for (opcode, data) in [(CREATE, PATH), (WRITE, &b"x"[..])] {
        assert_eq!(asked(&mut story, PILOT, opcode, 0, data), Some((NAK, Vec::from([9]))));
    }
}

#[test]
fn a_flood_of_writes_fills_its_own_room_and_no_other() {
    let mut bench = Bench::live();
    for n in 0..2_000_u32 {
        let path = [&b"INCOMING/"[..], n.to_string().as_bytes()].concat();
        asked(&mut bench, PILOT, CREATE, 0, &path);
        asked(&mut bench, PILOT, WRITE, (n % 40) * 239, &[n as u8; 239]);
    }
    let incoming = bench.vehicle.incoming.as_ref().expect("there is room");
    let bytes: usize =
        incoming.taken().filter_map(|place| incoming.bytes(place)).map(<[u8]>::len).sum();
    assert!(bytes <= 4 * 4096, "{bytes}");
    assert!(bench.card.files.is_empty());
    assert_eq!(bench.command(PILOT, 512, &[0.0]), Some(0));
}
