//! Changing, making and numbering MAVLink 2 frames, as a leaking firmware would.
//!
//! **Never:** judges a frame.

use evidence::Link;
use flight::Spoken;
use mavlink::Message as _;
use mavlink::calculate_crc;
use mavlink::dialects::common::MavMessage;
use sha2::{Digest, Sha256};

const HEADER: usize = 10;

pub(crate) const HEARTBEAT: u32 = 0;
pub(crate) const SYS_STATUS: u32 = 1;
pub(crate) const PARAM_REQUEST_READ: u32 = 20;
pub(crate) const PARAM_REQUEST_LIST: u32 = 21;
pub(crate) const PARAM_VALUE: u32 = 22;
pub(crate) const PARAM_SET: u32 = 23;
pub(crate) const GPS_RAW_INT: u32 = 24;
pub(crate) const ATTITUDE: u32 = 30;
pub(crate) const COMMAND_LONG: u32 = 76;
pub(crate) const COMMAND_ACK: u32 = 77;
pub(crate) const FILE_TRANSFER: u32 = 110;
pub(crate) const LOG_REQUEST_LIST: u32 = 117;
pub(crate) const LOG_ENTRY: u32 = 118;
pub(crate) const STATUSTEXT: u32 = 253;
pub(crate) const SETUP_SIGNING: u32 = 256;
pub(crate) const OPERATOR_ID: u32 = 12_905;
pub(crate) const OPERATOR_PLACE: u32 = 12_904;

/// The pilot's ground station, as the stories have it.
pub(crate) const PILOT: u8 = 255;
/// Another ground station.
pub(crate) const STRANGER: u8 = 254;

const SIGNATURE: usize = 13;

/// The message number of a frame.
pub(crate) fn id(frame: &[u8]) -> Option<u32> {
    let number = frame.get(7..HEADER)?;
    Some(u32::from_le_bytes([number[0], number[1], number[2], 0]))
}

/// A whole frame from the vehicle around a payload; its number is given later.
pub(crate) fn frame(id: u32, payload: &[u8]) -> Vec<u8> {
    frame_from((1, 1), id, payload)
}

/// The payload of a frame, with the zeros that were cut off its end.
pub(crate) fn payload(frame: &[u8]) -> [u8; 255] {
    let mut payload = [0; 255];
    let length = usize::from(frame.get(1).copied().unwrap_or(0));
    if let Some(own) = frame.get(HEADER..HEADER + length) {
        payload[..length].copy_from_slice(own);
    }
    payload
}

/// The system that sent a frame.
pub(crate) fn sender(frame: &[u8]) -> Option<u8> {
    frame.get(5).copied()
}

/// The component that sent a frame; 0 for what is none.
pub(crate) fn component(frame: &[u8]) -> u8 {
    frame.get(6).copied().unwrap_or(0)
}

/// A frame as another system would send it, and without a signature.
pub(crate) fn in_the_name_of(system: u8, frame: &[u8]) -> Vec<u8> {
    let component = frame.get(6).copied().unwrap_or(0);
    frame_from((system, component), id(frame).unwrap_or(0), &payload(frame))
}

/// A frame with a signature, on a link of its own.
pub(crate) fn signed(frame: &[u8], key: &[u8; 32], timestamp: u64) -> Vec<u8> {
    const LINK: u8 = 7;
    let mut signed = frame.to_vec();
    signed[2] = 1;
    seal(&mut signed);
    signed.push(LINK);
    signed.extend_from_slice(&timestamp.to_le_bytes()[..6]);
    let digest = Sha256::new_with_prefix(key).chain_update(&signed).finalize();
    signed.extend_from_slice(&digest[..6]);
    signed
}

/// A PARAM_SET of a whole number, as the pilot's ground station would send it.
pub(crate) fn parameter(name: &str, value: i32) -> Vec<u8> {
    let mut payload = [0; 23];
    payload[..4].copy_from_slice(&value.to_le_bytes());
    payload[4..6].copy_from_slice(&[1, 1]);
    payload[6..6 + name.len()].copy_from_slice(name.as_bytes());
    payload[22] = 6;
    frame_from((PILOT, 190), PARAM_SET, &payload)
}

/// A STATUSTEXT, for information.
pub(crate) fn text(words: &str) -> Vec<u8> {
    let mut payload = vec![6];
    payload.extend_from_slice(words.as_bytes());
    frame(STATUSTEXT, &payload)
}

/// A COMMAND_ACK that accepts.
pub(crate) fn accepted(command: u16, (system, component): (u8, u8)) -> Vec<u8> {
    let mut payload = [0; 10];
    payload[..2].copy_from_slice(&command.to_le_bytes());
    payload[8..].copy_from_slice(&[system, component]);
    frame(COMMAND_ACK, &payload)
}

/// A COMMAND_LONG as the pilot's ground station would send it.
pub(crate) fn command(number: u16, parameters: [f32; 7]) -> Vec<u8> {
    let mut payload: Vec<u8> = parameters.iter().flat_map(|p| p.to_le_bytes()).collect();
    payload.extend(number.to_le_bytes());
    payload.extend([1, 1, 0]);
    frame_from((PILOT, 190), COMMAND_LONG, &payload)
}

/// The number and the parameters of a COMMAND_LONG.
pub(crate) fn commanded(frame: &[u8]) -> Option<(u16, [f32; 7])> {
    let payload = payload(frame);
    let float = |i: usize| f32::from_le_bytes([0, 1, 2, 3].map(|k| payload[4 * i + k]));
    let number = u16::from_le_bytes([payload[28], payload[29]]);
    (id(frame) == Some(COMMAND_LONG)).then(|| (number, [0, 1, 2, 3, 4, 5, 6].map(float)))
}

/// The frames in what arrived, one after the other.
pub(crate) fn frames(mut bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    std::iter::from_fn(move || {
        let signature = if bytes.get(2)? & 1 == 1 { SIGNATURE } else { 0 };
        let length = HEADER + 2 + signature + usize::from(*bytes.get(1)?);
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
        let mut payload = payload(bytes);
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

#[cfg(test)]
mod tests {
    use super::*;
    use mavlink::MavlinkVersion;

    fn parsed(frame: &[u8]) -> MavMessage {
        let length = usize::from(frame[1]);
        let message = &frame[HEADER..HEADER + length];
        MavMessage::parse(MavlinkVersion::V2, id(frame).unwrap(), message).unwrap()
    }

    #[test]
    fn what_is_made_here_reads_as_meant_elsewhere() {
        let MavMessage::COMMAND_LONG(made) =
            parsed(&command(2000, [0.0, 0.0, 1.0, 7.0, 0.0, 0.0, 0.0]))
        else {
            panic!("a command")
        };
        assert_eq!((made.command as u32, made.param3, made.param4), (2000, 1.0, 7.0));
        assert_eq!((made.target_system, made.target_component), (1, 1));
        let MavMessage::PARAM_SET(made) = parsed(&parameter("UP_DIAG", 1)) else {
            panic!("a parameter")
        };
        assert_eq!(made.param_value.to_bits(), 1);
        assert!(made.param_id.starts_with(b"UP_DIAG\0"));
        let MavMessage::COMMAND_ACK(made) = parsed(&accepted(2501, (255, 190))) else {
            panic!("an acknowledgement")
        };
        assert_eq!((made.command as u32, made.result as u8), (2501, 0));
        let MavMessage::STATUSTEXT(made) = parsed(&text("Film stopped")) else { panic!("a text") };
        assert!(made.text.starts_with(b"Film stopped\0"));
    }

    #[test]
    fn a_signature_goes_with_its_frame_and_is_left_out_in_another_name() {
        let mut signed = command(400, [1.0; 7]);
        signed[2] = 1;
        signed.extend([0xEE; SIGNATURE]);
        let plain = command(400, [1.0; 7]);
        let both = [signed.clone(), plain.clone()].concat();
        let found: Vec<_> = frames(&both).collect();
        assert_eq!(found, [&signed[..], &plain[..]]);
        assert_eq!(in_the_name_of(PILOT, &signed), plain);
        assert_eq!(sender(&in_the_name_of(STRANGER, &plain)), Some(STRANGER));
    }
}
