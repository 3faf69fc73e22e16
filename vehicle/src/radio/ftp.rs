//! MAVLink's file protocol on the wire: requests read, answers built. Read-only but for removal.
//!
//! Payload (mavlink.io, "MAVLink FTP"): sequence u16, session, opcode, size, requested opcode, burst complete, padding,
//! offset u32, 239 bytes of data; an answer has the next sequence number and echoes the opcode.
//!
//! **Never:** looks at a file; believes a size that does not fit; answers for another vehicle.

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
    /// Another session is open.
    NoSessions = 5,
    /// There is no more.
    EndOfFile = 6,
    /// Not one of ours.
    UnknownCommand = 7,
    /// Nothing there, or nothing that may be seen.
    FileNotFound = 10,
}

/// What a ground station asks of the files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Ask {
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
    /// Remove a file.
    Remove(String),
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

    /// Which request this answers: one that is sent again has the same.
    pub(crate) fn mark(&self) -> (u16, u8) {
        (self.sequence, self.opcode)
    }

    fn answer(self, opcode: u8, data: &[u8]) -> Message {
        let data = &data[..data.len().min(DATA)];
        let mut out = Vec::with_capacity(LENGTH);
        out.extend([0, self.to.0, self.to.1]);
        out.extend(self.sequence.wrapping_add(1).to_le_bytes());
        out.extend([self.session, opcode, data.len() as u8, self.opcode, 0, 0]);
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
    if !is_for_us {
        return None;
    }
    let (head, data) = wire[3..].split_at(HEAD);
    let (session, opcode, size) = (head[2], head[3], head[4]);
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
            to: (frame.system, frame.component),
        },
    })
}

fn ask(opcode: u8, size: u8, data: &[u8]) -> Ask {
    let path = |ask: fn(String) -> Ask| match path(size, data) {
        Ok(path) => ask(path),
        Err(why) => Ask::Refuse(why),
    };
    match opcode {
        1 => Ask::Terminate,
        2 => Ask::Reset,
        3 => path(Ask::List),
        4 => path(Ask::Open),
        5 if (1..=DATA).contains(&usize::from(size)) => Ask::Read(size),
        5 => Ask::Refuse(Nak::InvalidDataSize),
        8 => path(Ask::Remove),
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

#[cfg(test)]
mod tests {
    use super::*;

    /// A request's payload as it arrives, its zeros at the end left out or not.
    fn wire(opcode: u8, size: u8, data: &[u8]) -> Vec<u8> {
        let head = [0, 1, 1, 7, 0, 3, opcode, size, 0, 0, 0, 5, 0, 0, 0];
        [&head[..], data].concat()
    }

    fn asked(opcode: u8, size: u8, data: &[u8]) -> Ask {
        let payload = wire(opcode, size, data);
        let frame = Received { system: 255, component: 190, id: 110, payload: &payload };
        read(&frame).expect("a request to us").ask
    }

    #[test]
    fn requests_are_read_and_lies_are_refused() {
        use Nak::{FileNotFound, InvalidDataSize, UnknownCommand};
        let open = |path: &str| Ask::Open(String::from(path));
        let table: [(&str, u8, u8, &[u8], Ask); 21] = [
            ("terminate", 1, 0, b"", Ask::Terminate),
            ("reset", 2, 0, b"", Ask::Reset),
            ("list the root", 3, 1, b"/", Ask::List(String::new())),
            ("list nothing", 3, 0, b"", Ask::List(String::new())),
            ("list a folder", 3, 4, b"/LOG", Ask::List(String::from("LOG"))),
            ("open", 4, 16, b"LOG/LOG_0001.HLG", open("LOG/LOG_0001.HLG")),
            ("open from the root", 4, 6, b"/LOG/A", open("LOG/A")),
            ("the zero counted", 4, 6, b"LOG/A\0", open("LOG/A")),
            ("read", 5, 239, b"", Ask::Read(239)),
            ("read nothing", 5, 0, b"", Ask::Refuse(InvalidDataSize)),
            ("read more than fits", 5, 240, b"", Ask::Refuse(InvalidDataSize)),
            ("a name longer than fits", 4, 255, b"LOG/A", Ask::Refuse(InvalidDataSize)),
            ("upwards", 4, 8, b"../A.HLG", Ask::Refuse(FileNotFound)),
            ("upwards within", 4, 10, b"LOG/../A.B", Ask::Refuse(FileNotFound)),
            ("upwards at the end", 3, 6, b"LOG/..", Ask::Refuse(FileNotFound)),
            ("here", 3, 1, b".", Ask::Refuse(FileNotFound)),
            ("two roots", 4, 5, b"//LOG", Ask::Refuse(FileNotFound)),
            ("a zero within", 4, 5, b"LOG\0A", Ask::Refuse(FileNotFound)),
            ("not text", 4, 2, b"\xFF\xFE", Ask::Refuse(FileNotFound)),
            ("write", 7, 1, b"A", Ask::Refuse(UnknownCommand)),
            ("burst", 15, 1, b"A", Ask::Refuse(UnknownCommand)),
        ];
        for (name, opcode, size, data, expected) in table {
            assert_eq!(asked(opcode, size, data), expected, "{name}");
        }
    }

    #[test]
    fn what_is_for_another_vehicle_or_another_protocol_is_not_read() {
        for (name, id, at, value) in
            [("another message", 111, 0, 0), ("system", 110, 1, 2), ("component", 110, 2, 100)]
        {
            let mut payload = wire(2, 0, b"");
            payload[at] = value;
            let frame = Received { system: 255, component: 190, id, payload: &payload };
            assert_eq!(read(&frame), None, "{name}");
        }
    }

    #[test]
    fn any_bytes_at_all_are_read_without_harm() {
        for opcode in 0..=u8::MAX {
            for length in [0, 1, 3, 14, 15, 16, 253, 254, 255, 300] {
                let mut bytes = Vec::from([0xFF; 300]);
                bytes[..7].copy_from_slice(&[0, 1, 1, 0, 0, 0, opcode]);
                let payload = &bytes[..length];
                read(&Received { system: 255, component: 190, id: 110, payload });
            }
        }
    }
}
