//! MAVLink 2 framing: STX, header, payload without its trailing zeros, CRC-16/MCRF4XX with the message's own seed.
//!
//! Source: mavlink.io, "Packet Serialization". The `mavlink` crate knows the dialect; its stream reader would
//! execute a frame hidden in the payload of an unknown one, so framing is done here.
//!
//! **Never:** looks inside a payload for another frame; accepts an incompatibility flag; sends MAVLink 1.

use super::signing::Signer;
use crate::gate::Door;
use crate::senses::Tick;
use alloc::vec::Vec;
use mavlink::Message as _;
use mavlink::dialects::common::MavMessage;
use mavlink::{MavlinkVersion, calculate_crc};

const STX: u8 = 0xFD;
const HEADER: usize = 10;
const CHECKSUM: usize = 2;
const SIGNATURE: usize = 13;
/// The flag of a signed frame.
const SIGNED: u8 = 1;
const LOG_DATA: u32 = 120;

/// System id of the vehicle.
pub const SYSTEM: u8 = 1;
/// Who of the vehicle speaks, by component id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Component {
    Autopilot = 1,
    Camera = 100,
    Gimbal = 154,
}

impl Component {
    /// Who is meant by an address; a broadcast to all components is the autopilot's to answer.
    pub(crate) fn addressed((system, component): (u8, u8)) -> Option<Self> {
        match (system, component) {
            (0 | SYSTEM, 0 | 1) => Some(Self::Autopilot),
            (0 | SYSTEM, 100) => Some(Self::Camera),
            (0 | SYSTEM, 154) => Some(Self::Gimbal),
            _ => None,
        }
    }
}

/// A MAVLink message of telemetry. Made by the rooms of the radio, which are shown no sense but what flight makes of it.
pub struct Message {
    from: Component,
    id: u32,
    payload: Vec<u8>,
}

impl Message {
    pub(super) fn new(id: u32, payload: Vec<u8>) -> Self {
        Self { from: Component::Autopilot, id, payload }
    }

    /// The same, said by another component.
    pub(crate) fn from(self, from: Component) -> Self {
        Self { from, ..self }
    }

    /// What a test may look at.
    #[cfg(test)]
    pub(crate) fn as_parts(&self) -> (u32, &[u8]) {
        (self.id, &self.payload)
    }

    pub(crate) fn open(self, _: &Door) -> (Component, u32, Vec<u8>) {
        (self.from, self.id, self.payload)
    }
}

/// Numbers each component's frames in the order in which they leave, frames them, and signs them where a key has been
/// set up.
pub struct Framer {
    sequences: [u8; 3],
    signer: Option<Signer>,
}

impl Framer {
    /// Starts at frame 0.
    #[must_use]
    pub fn new() -> Self {
        Self { sequences: [0; 3], signer: None }
    }

    /// Signs from now on, or no more.
    pub(crate) fn sign_with(&mut self, signer: Option<Signer>) {
        self.signer = signer;
    }

    /// Frames leave at this tick from now on.
    pub(crate) fn keep_time(&mut self, now: Tick) {
        if let Some(signer) = &mut self.signer {
            signer.keep_time(now);
        }
    }

    /// A whole frame around a payload.
    pub(crate) fn frame(&mut self, from: Component, id: u32, payload: &[u8]) -> Vec<u8> {
        let sequence = match from {
            Component::Autopilot => &mut self.sequences[0],
            Component::Camera => &mut self.sequences[1],
            Component::Gimbal => &mut self.sequences[2],
        };
        let kept = payload.iter().rposition(|&b| b != 0).map_or(1, |last| last + 1);
        let payload = &payload[..kept.min(payload.len())];
        let [id0, id1, id2, _] = id.to_le_bytes();
        let mut out = Vec::with_capacity(HEADER + payload.len() + CHECKSUM + SIGNATURE);
        let length = payload.len() as u8;
        let flags = if self.signer.is_some() { SIGNED } else { 0 };
        out.extend([STX, length, flags, 0, *sequence, SYSTEM, from as u8, id0, id1, id2]);
        out.extend_from_slice(payload);
        let crc = calculate_crc(&out[1..], MavMessage::extra_crc(id));
        out.extend(crc.to_le_bytes());
        *sequence = sequence.wrapping_add(1);
        if let Some(signer) = &mut self.signer {
            signer.sign(&mut out);
        }
        out
    }

    /// A LOG_DATA frame around a piece of a sealed log of at most 90 bytes.
    pub(crate) fn log_data(&mut self, log: u32, offset: usize, bytes: &[u8]) -> Vec<u8> {
        let mut payload = Vec::with_capacity(97);
        payload.extend((offset as u32).to_le_bytes());
        payload.extend((log as u16).to_le_bytes());
        payload.push(bytes.len() as u8);
        payload.extend_from_slice(bytes);
        self.frame(Component::Autopilot, LOG_DATA, &payload)
    }
}

impl Default for Framer {
    fn default() -> Self {
        Self::new()
    }
}

/// A received frame whose checksum is right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Received<'a> {
    pub system: u8,
    pub component: u8,
    pub id: u32,
    pub payload: &'a [u8],
}

/// A frame that claims to be signed: all that the signature covers, and the signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Signed<'a> {
    /// The frame, the number of the link and the timestamp.
    pub covered: &'a [u8],
    /// Number of the link.
    pub link: u8,
    /// In units of 10 µs.
    pub timestamp: u64,
    /// The signature itself.
    pub signature: &'a [u8],
}

/// What stands at the beginning of bytes that arrived, and how many they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Found {
    /// A sound frame.
    Frame(usize),
    /// Bytes between frames, or a damaged frame as far as no other may begin in it.
    Noise(usize),
    /// A whole frame that says nothing to us: one of an unknown message, or with a flag that must be refused.
    Foreign(usize),
    /// The beginning of a frame.
    Partial,
    /// Nothing.
    Nothing,
}

/// Looks at the beginning of bytes that arrived.
pub(crate) fn find(bytes: &[u8]) -> Found {
    match noise(bytes) {
        0 if bytes.is_empty() => Found::Nothing,
        0 => frame_at_once(bytes).unwrap_or(Found::Partial),
        noise => Found::Noise(noise),
    }
}

/// How many bytes lie before the next that may begin a frame.
fn noise(bytes: &[u8]) -> usize {
    bytes.iter().position(|&byte| byte == STX).unwrap_or(bytes.len())
}

/// The frame with which bytes begin; none where it is cut short.
fn frame_at_once(bytes: &[u8]) -> Option<Found> {
    let header = bytes.get(..HEADER)?;
    let flags = header[2];
    let signature = if flags & SIGNED == 0 { 0 } else { SIGNATURE };
    let unsigned = HEADER + usize::from(header[1]) + CHECKSUM;
    let frame = bytes.get(..unsigned + signature)?;
    let id = u32::from_le_bytes([header[7], header[8], header[9], 0]);
    let (covered, crc) = frame[..unsigned].split_at(unsigned - CHECKSUM);
    let right = calculate_crc(&covered[1..], MavMessage::extra_crc(id)).to_le_bytes() == *crc;
    // A known message that is damaged may be noise: look on from its next byte. What is sound, and what is not
    // known at all but ends where the next frame begins, is passed over whole, so that no frame inside it is taken.
    let ends_well = bytes.get(frame.len()).is_none_or(|&next| next == STX);
    let is_known = MavMessage::default_message_from_id(id).is_some();
    Some(match (is_known, right) {
        (true, true) if flags & !SIGNED == 0 => Found::Frame(frame.len()),
        (true, true) => Found::Foreign(frame.len()),
        (false, _) if ends_well => Found::Foreign(frame.len()),
        (true, false) | (false, _) => Found::Noise(1 + noise(&bytes[1..])),
    })
}

/// Opens a sound frame, whole, with its signature if it has one.
pub(crate) fn open(frame: &[u8]) -> (Received<'_>, Option<Signed<'_>>) {
    let id = u32::from_le_bytes([frame[7], frame[8], frame[9], 0]);
    let payload = &frame[HEADER..HEADER + usize::from(frame[1])];
    let received = Received { system: frame[5], component: frame[6], id, payload };
    (received, (frame[2] & SIGNED != 0).then(|| signed(frame)))
}

/// Splits a frame that ends in link, timestamp (48 bits) and signature (48 bits).
fn signed(frame: &[u8]) -> Signed<'_> {
    let (covered, signature) = frame.split_at(frame.len() - 6);
    let (link, time) = covered[covered.len() - 7..].split_at(1);
    let timestamp = time.iter().rev().fold(0, |all, &byte| all << 8 | u64::from(byte));
    Signed { covered, link: link[0], timestamp, signature }
}

/// The payload of a message of the dialect, whole.
pub(crate) fn payload(message: &MavMessage) -> Vec<u8> {
    let mut buffer = [0_u8; 255];
    let length = message.ser(MavlinkVersion::V2, &mut buffer);
    buffer[..length].to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;
    use mavlink::dialects::common::{EXTENDED_SYS_STATE_DATA, HEARTBEAT_DATA};

    fn heartbeat() -> Vec<u8> {
        Framer::new().frame(
            Component::Autopilot,
            0,
            &payload(&MavMessage::HEARTBEAT(HEARTBEAT_DATA::default())),
        )
    }

    #[test]
    fn a_frame_is_found_whole_or_not_at_all() {
        let good = heartbeat();
        let mut bad = good.clone();
        bad[12] ^= 1;
        let mut flagged = good.clone();
        flagged[2] = 2;
        let checksum = good.len() - CHECKSUM;
        let crc = calculate_crc(&flagged[1..checksum], 50).to_le_bytes();
        flagged[checksum..].copy_from_slice(&crc);
        let unknown = {
            let mut outer = Framer::new().frame(Component::Autopilot, 0x00_FF_FF, &good);
            let last = outer.len() - 1;
            outer[last] ^= 0x55;
            outer
        };
        let length = good.len();
        for (name, bytes, expected) in [
            ("nothing", Vec::new(), Found::Nothing),
            ("one", good.clone(), Found::Frame(length)),
            ("two", [&good[..], &good].concat(), Found::Frame(length)),
            ("noise alone", Vec::from([1, 2, 3]), Found::Noise(3)),
            ("noise before", [&[1, 2, 3][..], &good].concat(), Found::Noise(3)),
            ("damaged", bad.clone(), Found::Noise(length)),
            ("damaged, then good", [&bad[..], &good].concat(), Found::Noise(length)),
            ("unknown flag", flagged, Found::Foreign(length)),
            ("unknown message around a frame", unknown.clone(), Found::Foreign(length + 12)),
            ("unknown, then good", [&unknown[..], &good].concat(), Found::Foreign(length + 12)),
            ("unknown, and does not end", [&unknown[..], &[0]].concat(), Found::Noise(10)),
            ("cut in its number, then good", [&good[..9], &good].concat(), Found::Noise(9)),
            ("cut in its header", good[..5].to_vec(), Found::Partial),
            ("cut in its payload", good[..15].to_vec(), Found::Partial),
            ("cut in its checksum", good[..length - 1].to_vec(), Found::Partial),
            ("cut in its payload, then good", [&good[..15], &good].concat(), Found::Noise(15)),
        ] {
            assert_eq!(find(&bytes), expected, "{name}");
        }
    }

    #[test]
    fn each_component_counts_its_own_frames() {
        let mut framer = Framer::new();
        let said =
            [Component::Autopilot, Component::Camera, Component::Autopilot, Component::Gimbal]
                .map(|from| framer.frame(from, 0, &[0]))
                .map(|frame| [frame[4], frame[6]]);
        assert_eq!(said, [[0, 1], [0, 100], [1, 1], [0, 154]]);
    }

    #[test]
    fn a_payload_of_zeros_keeps_one_byte() {
        let zeros = payload(&MavMessage::EXTENDED_SYS_STATE(EXTENDED_SYS_STATE_DATA::default()));
        assert_eq!(
            Framer::new().frame(Component::Autopilot, 245, &zeros).len(),
            HEADER + 1 + CHECKSUM
        );
    }
}
