//! MAVLink's file protocol on the wire: requests read, answers built.
//!
//! Payload (mavlink.io, "MAVLink FTP"): sequence u16, session, opcode, size, requested opcode, burst complete, padding,
//! offset u32, 239 bytes of data; an answer has the next sequence number and echoes the opcode. The listing with times
//! (16) is answered as unknown, so that a station falls back to the one without: a time tells of a flight.
//!
//! **Never:** looks at a file; believes a size that does not fit; answers for another vehicle; answers an answer.

#[cfg(test)]
mod tests;

use super::frame::{Message, Received};
use alloc::string::String;
use alloc::vec::Vec;

const FILE_TRANSFER_PROTOCOL: u32 = 110;
const HEAD: usize = 12;
/// Most bytes of data in one message.
pub(crate) const DATA: usize = 239;
/// Three bytes of address, then the payload.
const LENGTH: usize = 3 + HEAD + DATA;

const ACK: u8 = 128;
const NAK: u8 = 129;

/// Why a request is not carried out, as the protocol numbers it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Nak {
    /// It cannot be done now.
    Fail = 1,
    /// A size that does not fit its message.
    InvalidDataSize = 3,
    /// No such session.
    InvalidSession = 4,
    /// As many sessions are open as there can be.
    NoSessions = 5,
    /// There is no more.
    EndOfFile = 6,
    /// Not one of ours.
    UnknownCommand = 7,
    /// Nothing that a station may change.
    FileProtected = 9,
    /// Nothing there, or nothing that may be seen.
    FileNotFound = 10,
}

/// What a ground station asks of the files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Ask {
    /// Nothing, but an answer.
    Nothing,
    /// End this session.
    Terminate,
    /// End all sessions.
    Reset,
    /// The entries of a folder from the offset on.
    List(String),
    /// Open a file for reading.
    Open(String),
    /// So many bytes of the open file from the offset on.
    Read(u8),
    /// The open file from the offset on, in one answer after another of so many bytes.
    Burst(u8),
    /// The checksum of a file.
    Checksum(String),
    /// Remove a file.
    Remove(String),
    /// Create a file and open it for writing.
    Create(String),
    /// Open a file for writing.
    OpenToWrite(String),
    /// These bytes into the open file from the offset on.
    Write(Vec<u8>),
    /// Cut a file to as many bytes as the offset says.
    Truncate(String),
    /// Not to be done, and why.
    Refuse(Nak),
}

/// One request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Request {
    /// What it asks.
    pub ask: Ask,
    /// The session it names.
    pub session: u8,
    /// The offset it names.
    pub offset: u32,
    /// What its answer must repeat.
    pub head: FileHead,
}

/// What an answer repeats of its request. Made here and nowhere else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileHead {
    sequence: u16,
    session: u8,
    opcode: u8,
    offset: u32,
    is_last: bool,
    to: (u8, u8),
}

impl FileHead {
    /// An answer that grants the request and carries these bytes.
    pub(crate) fn around(self, data: &[u8]) -> Message {
        self.answer(ACK, data)
    }

    /// An answer that refuses.
    pub(crate) fn refused(self, why: Nak) -> Message {
        self.answer(NAK, &[why as u8])
    }

    /// Who asked: system and component.
    pub(crate) fn asker(&self) -> (u8, u8) {
        self.to
    }

    /// The session that the request named.
    pub(crate) fn session(&self) -> u8 {
        self.session
    }

    /// The head of one answer of a burst: so many have gone before it, and it holds what lies at an offset.
    pub(crate) fn in_burst(&self, before: u16, offset: u32, is_last: bool) -> Self {
        Self { sequence: self.sequence.wrapping_add(before), offset, is_last, ..self.clone() }
    }

    fn answer(self, opcode: u8, data: &[u8]) -> Message {
        let data = &data[..data.len().min(DATA)];
        let mut out = Vec::with_capacity(LENGTH);
        out.extend([0, self.to.0, self.to.1]);
        out.extend(self.sequence.wrapping_add(1).to_le_bytes());
        let is_last = u8::from(self.is_last);
        out.extend([self.session, opcode, data.len() as u8, self.opcode, is_last, 0]);
        out.extend(self.offset.to_le_bytes());
        out.extend_from_slice(data);
        out.resize(LENGTH, 0);
        Message::new(FILE_TRANSFER_PROTOCOL, out)
    }
}

/// Reads a request to this vehicle.
pub(crate) fn read(frame: &Received<'_>) -> Option<Request> {
    if frame.id != FILE_TRANSFER_PROTOCOL {
        return None;
    }
    let mut wire = [0; LENGTH];
    let length = frame.payload.len().min(LENGTH);
    wire[..length].copy_from_slice(&frame.payload[..length]);
    let is_for_us = matches!(wire[1], 0 | 1) && matches!(wire[2], 0 | 1);
    let (head, data) = wire[3..].split_at(HEAD);
    let (session, opcode, size) = (head[2], head[3], head[4]);
    if !is_for_us || matches!(opcode, ACK | NAK) {
        return None;
    }
    let offset = u32::from_le_bytes([head[8], head[9], head[10], head[11]]);
    Some(Request {
        ask: ask(opcode, size, data),
        session,
        offset,
        head: FileHead {
            sequence: u16::from_le_bytes([head[0], head[1]]),
            session,
            opcode,
            offset,
            is_last: false,
            to: (frame.system, frame.component),
        },
    })
}

fn ask(opcode: u8, size: u8, data: &[u8]) -> Ask {
    let path = |ask: fn(String) -> Ask| match path(size, data) {
        Ok(path) => ask(path),
        Err(why) => Ask::Refuse(why),
    };
    // A name that is none cannot be written to either, and no more is said of it.
    let written = |ask: fn(String) -> Ask| match path(ask) {
        Ask::Refuse(Nak::FileNotFound) => Ask::Refuse(Nak::FileProtected),
        ask => ask,
    };
    let fits = (1..=DATA).contains(&usize::from(size));
    match opcode {
        0 => Ask::Nothing,
        1 => Ask::Terminate,
        2 => Ask::Reset,
        3 => path(Ask::List),
        4 => path(Ask::Open),
        5 if fits => Ask::Read(size),
        // Some stations leave it to the vehicle how long the answers of a burst are.
        15 if size == 0 => Ask::Burst(DATA as u8),
        15 if fits => Ask::Burst(size),
        5 | 15 => Ask::Refuse(Nak::InvalidDataSize),
        8 => path(Ask::Remove),
        14 => path(Ask::Checksum),
        6 => written(Ask::Create),
        7 if fits => Ask::Write(data[..usize::from(size)].to_vec()),
        7 => Ask::Refuse(Nak::InvalidDataSize),
        11 => written(Ask::OpenToWrite),
        12 => written(Ask::Truncate),
        // Make and remove a folder, rename: whatever is named.
        9 | 10 | 13 if usize::from(size) <= DATA => Ask::Refuse(Nak::FileProtected),
        9 | 10 | 13 => Ask::Refuse(Nak::InvalidDataSize),
        _ => Ask::Refuse(Nak::UnknownCommand),
    }
}

/// The path in a request, from the root: without the slashes around it, and never upwards.
fn path(size: u8, data: &[u8]) -> Result<String, Nak> {
    let named = data.get(..usize::from(size)).ok_or(Nak::InvalidDataSize)?;
    // Some stations count the zero behind the name and some do not; a zero within it is a trick.
    let end = named.iter().position(|&byte| byte == 0).unwrap_or(named.len());
    let (name, rest) = named.split_at(end);
    let name = core::str::from_utf8(name).map_err(|_| Nak::FileNotFound)?;
    let name = name.strip_prefix('/').unwrap_or(name);
    let name = name.strip_suffix('/').unwrap_or(name);
    let is_plain = name.is_empty() || name.split('/').all(|part| !matches!(part, "" | "." | ".."));
    let is_whole = rest.iter().all(|&byte| byte == 0);
    (is_plain && is_whole).then(|| String::from(name)).ok_or(Nak::FileNotFound)
}
