//! A telemetry port: one MAVLink 2 frame an emission, of the listed messages, each to the byte as the public library would write
//! it. A story knows thirteen of them; the others are for live ground stations.
//!
//! **Never:** reads on behind a frame that is wrong; a frame is right as a whole or not at all.

mod aboard;
mod answers;
mod classes;
pub mod commands;
mod fields;
mod files;
mod logs;
mod metadata;
pub mod parameters;
mod personality;
mod plans;
mod ports;
mod rates;
mod signed;
mod streamed;
mod texts;
mod wanted;

use super::Faults;
use super::matroska::Films;
use crate::case::{Case, Line};
pub use aboard::CAPTURED;
use classes::class_of;
use commands::Commands;
use evidence::transcript::Said;
use evidence::wire::crc;
use evidence::{ClaimId, Tick};
use mavlink::dialects::common::MavMessage;
use mavlink::{MavlinkVersion, Message};
use ports::Common;
pub use ports::Radios;

const MAGIC_V2: u8 = 0xFD;
const HEADER: usize = 10;
const CHECKSUM: usize = 2;
/// The flag of a signed frame.
const SIGNED: u8 = 1;
const SYSTEM: u8 = 1;
const COMPONENT: u8 = 1;

/// The messages that this vehicle may say in any flight.
const EXPECTED: [u32; 13] =
    [0, 1, PARAM_VALUE, 24, 30, 33, 77, FILE_TRANSFER, LOG_ENTRY, LOG_DATA, 147, 245, STATUSTEXT];

/// And those that it may say where somebody live listens.
const EXPECTED_LIVE: [u32; 32] = [
    2,
    4,
    26,
    29,
    31,
    32,
    36,
    plans::CURRENT,
    plans::COUNT,
    plans::REACHED,
    plans::ACK,
    49,
    plans::REQUEST_INT,
    65,
    plans::ITEM_INT,
    74,
    105,
    111,
    132,
    141,
    148,
    230,
    231,
    241,
    242,
    244,
    331,
    PARAM_ERROR,
    375,
    metadata::ID,
    435,
    436,
];

/// Id of COMMAND_ACK.
const COMMAND_ACK: u32 = 77;

/// Id of PARAM_VALUE.
pub const PARAM_VALUE: u32 = 22;

/// Id of PARAM_ERROR.
const PARAM_ERROR: u32 = 345;

/// Id of FILE_TRANSFER_PROTOCOL.
pub const FILE_TRANSFER: u32 = 110;

/// Id of LOG_ENTRY.
pub const LOG_ENTRY: u32 = 118;

/// Id of LOG_DATA.
pub const LOG_DATA: u32 = 120;

/// Id of STATUSTEXT.
const STATUSTEXT: u32 = 253;

/// What has been heard so far on one port.
pub struct Radio {
    next_sequences: [u8; aboard::COMPONENTS.len()],
    boot: Tick,
    wanted: wanted::Wanted,
    answers: answers::Answers,
    rates: rates::Rates,
    aboard: aboard::Aboard,
    overheard: u16,
    commands: Commands,
    logs: logs::Logs,
    parameters: parameters::Parameters,
    files: files::Files,
    signatures: signed::Signatures,
    present: Option<u32>,
}

impl Radio {
    /// Before the first frame. Which commands there were to acknowledge comes from the story.
    fn of(case: &Line<'_, '_>) -> Self {
        Self {
            next_sequences: [0; aboard::COMPONENTS.len()],
            boot: Tick(0),
            wanted: wanted::Wanted::of(case),
            answers: answers::Answers::of(case),
            rates: rates::Rates::default(),
            aboard: aboard::Aboard::since(Tick(0)),
            overheard: 0,
            commands: Commands::of(case),
            logs: logs::Logs::default(),
            parameters: parameters::Parameters::of(case),
            files: files::Files::default(),
            signatures: signed::Signatures::of(case),
            present: None,
        }
    }

    /// Reads one emission.
    fn said(
        &mut self,
        case: &Line<'_, '_>,
        said: Said<'_>,
        common: &mut Common,
        faults: &mut Faults<'_>,
    ) {
        let frame = match Frame::read(said.bytes) {
            Ok(frame) => frame,
            Err(rule) => return faults.unlisted(None, rule),
        };
        let (covered, signature) = said.bytes.split_at(frame.end);
        let signature = (!signature.is_empty()).then_some(signature);
        self.signatures.check(said.tick, covered, signature, faults);
        let boot = case.power.boot(said.tick);
        if self.boot != boot {
            self.boot = boot;
            self.next_sequences.fill(0);
            self.logs.forget();
        }
        // Nobody but the autopilot speaks where nobody live listens.
        let is_aboard = frame.component == COMPONENT || case.evidence.heard.is_some();
        let place = aboard::COMPONENTS.iter().position(|number| *number == frame.component);
        let Some(place) = place.filter(|_| is_aboard) else {
            return faults.unlisted(None, "MAVLink system or component is not 1, 1");
        };
        let next =
            std::mem::replace(&mut self.next_sequences[place], frame.sequence.wrapping_add(1));
        faults.must(frame.sequence == next, "MAVLink sequence number skipped or repeated");
        let name = message_name(said.bytes);
        if !is_expected(case, frame.id) {
            return faults.unlisted(class_of(frame.id), &format!("{name} is not a listed message"));
        }
        faults.must(
            matches!(frame.id, 0 | COMMAND_ACK) || aboard::speaker(frame.id) == frame.component,
            &format!("{name} is said by another component than its own"),
        );
        if frame.id == COMMAND_ACK {
            return self.acknowledged(case, said.tick, &frame, faults);
        }
        if frame.id == answers::PING {
            return self.answers.ping(said.tick, frame.payload, faults);
        }
        let Ok(message) = MavMessage::parse(MavlinkVersion::V2, frame.id, frame.payload) else {
            return faults.unlisted(None, &format!("{name} has a value outside its enumeration"));
        };
        let mut canonical = [0; 255];
        let length = message.ser(MavlinkVersion::V2, &mut canonical);
        faults.must(
            canonical[..length] == *frame.payload,
            &format!("{name} is not in its canonical form"),
        );
        if let MavMessage::HEARTBEAT(beat) = &message
            && frame.component != COMPONENT
        {
            return self.aboard.beat(case, said.tick, frame.component, beat, faults);
        }
        self.wanted.go_on(case, said.tick);
        self.rates.said(case, said.tick, &message, &mut self.wanted, faults);
        fields::check(case, said.tick, &message, &mut self.present, faults);
        let since_boot = Tick(said.tick.0 - boot.0);
        streamed::check(since_boot, &message, faults);
        self.aboard.said(case, said.tick, &message, &mut self.wanted, faults);
        self.answers.said((said.tick, since_boot), &message, &mut self.wanted, faults);
        common.plans.said(case, said.tick, (frame.id, frame.payload), faults);
        match &message {
            MavMessage::SYS_STATUS(status) => {
                // It counts the ticks in which too much was said to it; in a story that is never.
                let is_counted =
                    case.evidence.heard.is_some() && status.errors_comm >= self.overheard;
                let is_well = status.errors_comm == 0 || is_counted;
                faults.must(is_well, "SYS_STATUS counts errors that there are not");
                self.overheard = status.errors_comm;
            }
            MavMessage::LOG_DATA(data) => self.logs.data(case, said.tick, data, faults),
            MavMessage::LOG_ENTRY(entry) => self.logs.entry(case, said.tick, entry, faults),
            MavMessage::PARAM_VALUE(value) => {
                self.parameters.said(case, said.tick, value, faults);
            }
            MavMessage::PARAM_ERROR(error) => {
                self.parameters.refused(case, said.tick, error, faults);
            }
            MavMessage::FILE_TRANSFER_PROTOCOL(answer) => {
                self.files.said(case, said.tick, answer, &mut common.incoming, faults);
            }
            _ => {}
        }
    }

    /// COMMAND_ACK, read by hand: the answer that a command is not known is no message of the public library.
    fn acknowledged(
        &mut self,
        case: &Line<'_, '_>,
        tick: Tick,
        frame: &Frame<'_>,
        faults: &mut Faults<'_>,
    ) {
        let payload = frame.payload;
        let Some(ack) = commands::Ack::read(payload) else {
            return faults.unlisted(None, "COMMAND_ACK is not in its canonical form");
        };
        faults.must(ack.is_plain, "COMMAND_ACK unused fields are not zero");
        faults.must(ack.is_result(), "COMMAND_ACK has an unlisted result");
        let command = self.commands.take(tick, frame.component, &ack);
        faults.must(command.is_some(), "COMMAND_ACK without a command");
        let obeys = |command| self.commands.is_obedient(command, ack.result);
        if command.is_some_and(obeys) {
            let about = Some(ClaimId::ServerAccess);
            faults.wrong(None, about, "COMMAND_ACK obeys somebody who may not command");
        }
        let is_known = MavMessage::parse(MavlinkVersion::V2, COMMAND_ACK, payload).is_ok();
        let is_live = case.evidence.heard.is_some();
        let is_refused = is_live && ack.result == commands::UNSUPPORTED;
        faults.must(is_known || is_refused, "COMMAND_ACK has a value outside its enumeration");
    }

    /// Files are looked at when all of them is there.
    fn at_end(self, case: &Line<'_, '_>, films: &mut Films, faults: &mut Faults<'_>) {
        self.files.at_end(case, films, faults);
    }
}

/// A frame whose framing is right.
struct Frame<'a> {
    component: u8,
    sequence: u8,
    id: u32,
    payload: &'a [u8],
    /// Where its checksum ends, and its signature begins if it has one.
    end: usize,
}

impl<'a> Frame<'a> {
    fn read(bytes: &'a [u8]) -> Result<Self, &'static str> {
        match bytes.first() {
            Some(&MAGIC_V2) => {}
            Some(0xFE) => return Err("MAVLink 1 frame"),
            _ => return Err("bytes that are no MAVLink frame"),
        }
        let Some((header, rest)) = bytes.split_at_checked(HEADER) else {
            return Err("MAVLink frame is cut short");
        };
        let length = usize::from(header[1]);
        let signature = if header[2] == SIGNED { signed::LENGTH } else { 0 };
        if rest.len() < length + CHECKSUM + signature {
            return Err("MAVLink frame is cut short");
        }
        if rest.len() > length + CHECKSUM + signature {
            return Err("bytes between MAVLink frames");
        }
        let id = u32::from_le_bytes([header[7], header[8], header[9], 0]);
        let (payload, behind) = rest.split_at(length);
        let checksum = &behind[..CHECKSUM];
        if crc(&bytes[1..HEADER + length], MavMessage::extra_crc(id)).to_le_bytes() != *checksum {
            return Err("MAVLink checksum is wrong, or the message is unknown");
        }
        if header[2] & !SIGNED != 0 {
            return Err("MAVLink incompatibility flags are set");
        }
        if header[3] != 0 {
            return Err("MAVLink compatibility flags are set");
        }
        if header[5] != SYSTEM {
            return Err("MAVLink system or component is not 1, 1");
        }
        let end = HEADER + length + CHECKSUM;
        Ok(Self { component: header[6], sequence: header[4], id, payload, end })
    }
}

/// Id and payload of what looks like a frame, right or wrong.
pub fn payload(bytes: &[u8]) -> Option<(u32, &[u8])> {
    let (header, rest) = bytes.split_at_checked(HEADER)?;
    if header[0] != MAGIC_V2 {
        return None;
    }
    let id = u32::from_le_bytes([header[7], header[8], header[9], 0]);
    Some((id, rest.get(..usize::from(header[1])).unwrap_or(rest)))
}

/// Whether a message is on the list.
pub fn is_expected(case: &Case<'_>, id: u32) -> bool {
    let is_live = case.evidence.heard.is_some();
    EXPECTED.contains(&id) || (is_live && (EXPECTED_LIVE.contains(&id) || aboard::is_said(id)))
}

/// Whether a listed message has a field of free bytes or text.
pub fn carries_bytes(id: u32) -> bool {
    matches!(id, LOG_DATA | STATUSTEXT | FILE_TRANSFER)
}

/// Name of the message in what looks like a frame.
pub fn message_name(bytes: &[u8]) -> String {
    let Some((id, _)) = payload(bytes) else { return "bytes without a frame".to_owned() };
    MavMessage::default_message_from_id(id)
        .map_or_else(|| format!("message {id}"), |message| message.message_name().to_owned())
}

#[cfg(test)]
mod tests;
