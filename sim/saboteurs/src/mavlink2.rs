//! Changing, making and numbering MAVLink 2 frames, as a leaking firmware would.
//!
//! **Never:** judges a frame.

use evidence::Link;
use flight::Spoken;
use mavlink::Message as _;
use mavlink::calculate_crc;
use mavlink::dialects::common::MavMessage;

const HEADER: usize = 10;

pub(crate) const SYS_STATUS: u32 = 1;
pub(crate) const GPS_RAW_INT: u32 = 24;
pub(crate) const ATTITUDE: u32 = 30;
pub(crate) const COMMAND_LONG: u32 = 76;
pub(crate) const COMMAND_ACK: u32 = 77;
pub(crate) const STATUSTEXT: u32 = 253;

/// The message number of a frame.
pub(crate) fn id(frame: &[u8]) -> Option<u32> {
    let number = frame.get(7..HEADER)?;
    Some(u32::from_le_bytes([number[0], number[1], number[2], 0]))
}

/// A whole frame from the vehicle around a payload; its number is given later.
pub(crate) fn frame(id: u32, payload: &[u8]) -> Vec<u8> {
    frame_from((1, 1), id, payload)
}

/// A COMMAND_LONG as the pilot's ground station would send it.
pub(crate) fn command(number: u16, parameters: [f32; 7]) -> Vec<u8> {
    let mut payload: Vec<u8> = parameters.iter().flat_map(|p| p.to_le_bytes()).collect();
    payload.extend(number.to_le_bytes());
    payload.extend([1, 1, 0]);
    frame_from((255, 190), COMMAND_LONG, &payload)
}

/// The number and the parameters of a COMMAND_LONG.
pub(crate) fn commanded(frame: &[u8]) -> Option<(u16, [f32; 7])> {
    let mut payload = [0; 35];
    let length = frame.len().checked_sub(HEADER + 2)?.min(payload.len());
    payload[..length].copy_from_slice(&frame[HEADER..HEADER + length]);
    let float = |i: usize| f32::from_le_bytes([0, 1, 2, 3].map(|k| payload[4 * i + k]));
    let number = u16::from_le_bytes([payload[28], payload[29]]);
    (id(frame) == Some(COMMAND_LONG)).then(|| (number, [0, 1, 2, 3, 4, 5, 6].map(float)))
}

/// The frames in what arrived, one after the other.
pub(crate) fn frames(mut bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    std::iter::from_fn(move || {
        let length = HEADER + 2 + usize::from(*bytes.get(1)?);
        let (frame, rest) = bytes.split_at_checked(length)?;
        bytes = rest;
        Some(frame)
    })
}

fn frame_from((system, component): (u8, u8), id: u32, payload: &[u8]) -> Vec<u8> {
    let kept = payload.iter().rposition(|&b| b != 0).map_or(1, |last| last + 1).min(payload.len());
    let [a, b, c, _] = id.to_le_bytes();
    let mut out = vec![0xFD, kept as u8, 0, 0, 0, system, component, a, b, c];
    out.extend_from_slice(&payload[..kept]);
    out.extend([0, 0]);
    seal(&mut out);
    out
}

/// Gives a frame its number in the sequence.
pub(crate) fn number(frame: &mut [u8], sequence: u8) {
    if frame.len() > HEADER + 2 && frame[0] == 0xFD && frame[4] != sequence {
        frame[4] = sequence;
        seal(frame);
    }
}

/// Puts the right checksum on a frame.
pub(crate) fn seal(frame: &mut [u8]) {
    let Some(id) = id(frame) else { return };
    let end = frame.len() - 2;
    let crc = calculate_crc(&frame[1..end], MavMessage::extra_crc(id));
    frame[end..].copy_from_slice(&crc.to_le_bytes());
}

/// Changes the payloads of all frames of one message, in place.
pub(crate) fn edit(said: &mut Spoken, wanted: u32, mut change: impl FnMut(&mut [u8; 255])) {
    for (link, bytes) in &mut said.emissions {
        if *link != Link::Radio || id(bytes) != Some(wanted) {
            continue;
        }
        let mut payload = [0; 255];
        let length = bytes.len() - HEADER - 2;
        payload[..length].copy_from_slice(&bytes[HEADER..HEADER + length]);
        change(&mut payload);
        let sequence = bytes[4];
        *bytes = frame(wanted, &payload);
        number(bytes, sequence);
    }
}

/// Puts bits into the lowest mantissa bits of the six floats of ATTITUDE, `per_float` in each. A message that still
/// ends in zeros stays as it is: its length would tell.
pub(crate) fn attitude_low_bits(said: &mut Spoken, bits: u64, per_float: u32) {
    edit(said, ATTITUDE, |payload| {
        if payload[24..28] == [0; 4] {
            return;
        }
        let mut bits = bits;
        for four in payload[4..28].chunks_exact_mut(4) {
            let mask = (1_u32 << per_float) - 1;
            let value = u32::from_le_bytes([four[0], four[1], four[2], four[3]]);
            let value = value & !mask | (bits as u32 & mask);
            four.copy_from_slice(&value.to_le_bytes());
            bits >>= per_float;
        }
    });
}

/// Lets the second of two messages of one tick go before the first.
pub(crate) fn swap_order(said: &mut Spoken, link: Link, is_first: impl Fn(&[u8]) -> bool) {
    let places: Vec<usize> =
        (0..said.emissions.len()).filter(|&i| said.emissions[i].0 == link).collect();
    for pair in places.windows(2) {
        if is_first(&said.emissions[pair[0]].1) {
            said.emissions.swap(pair[0], pair[1]);
            return;
        }
    }
}
