//! What a live flight's stations have asked over MAVLink FTP, frame by frame, and which of them an answer answers.
//!
//! **Never:** takes the vehicle's word for a file: an answer does not name it, so the frame that opened it does.

use super::{Asked, Case, Power, Sender};
use evidence::{Link, TICKS_PER_S, Tick};
use std::collections::BTreeMap;

const FILE_TRANSFER: u32 = 110;
const ACK: u8 = 128;
const NAK: u8 = 129;
const ADDRESS: usize = 3;
const HEAD: usize = 12;
const OPEN: u8 = 4;
/// Creates a file, empty, and opens it.
pub const CREATE: u8 = 6;
/// Writes into an open one.
pub const WRITE: u8 = 7;
/// Opens one to write more of it.
pub const OPEN_TO_WRITE: u8 = 11;
/// Cuts one short.
pub const TRUNCATE: u8 = 12;
const TERMINATE: u8 = 1;
const REMOVE: u8 = 8;
const BURST: u8 = 15;
/// For so long a request that is the same to the last byte is the same request, if it is done once.
pub const AGAIN_TICKS: u64 = 5 * TICKS_PER_S;
/// Most answers of one burst.
const BURST_MAX: u16 = 200;
/// A live vehicle, on which many may call at once, answers within 100 ms; a burst or a checksum takes longer.
const ANSWER_TICKS_MAX: u64 = 50;
const LONG_ANSWER_TICKS_MAX: u64 = 2_500;
const CHECKSUM: u8 = 14;

/// The folder of what the pilot has put aboard, and the most letters of a name in it.
pub const INCOMING: &str = "INCOMING";
const NAME_MAX: usize = 32;

/// Whether what the pilot has put aboard may have this path.
pub fn is_incoming(path: &str) -> bool {
    let is_letter = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-');
    let is_name = |name: &str| {
        (1..=NAME_MAX).contains(&name.len())
            && name.bytes().all(is_letter)
            && !name.starts_with('.')
    };
    path.split_once('/').is_some_and(|(folder, name)| folder == INCOMING && is_name(name))
}

/// One request to this vehicle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileRequest {
    /// When.
    pub tick: Tick,
    /// Whose it is.
    pub by: Sender,
    /// Which file or folder it names, without the slashes around it.
    pub path: String,
    /// How many bytes it asks for.
    pub size: u8,
    /// What it would have written, if it is for that.
    pub data: Vec<u8>,
    /// Whether it is one that is done once, sent again for want of the answer: nothing is done but to answer it.
    pub is_again: bool,
    /// What its answers repeat.
    pub head: FileHead,
}

/// What an answer repeats of its request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileHead {
    /// The port.
    pub link: Link,
    /// The station, system and component.
    pub station: (u8, u8),
    /// The request's number.
    pub sequence: u16,
    /// The session that the station named.
    pub session: u8,
    /// What is asked.
    pub opcode: u8,
    /// From which byte or entry on.
    pub offset: u32,
}

impl FileRequest {
    fn read(asked: &Asked<'_>) -> Option<Self> {
        let wire = asked.padded::<254>();
        let (head, data) = wire.split_at(ADDRESS + HEAD);
        let is_for_us = matches!(head[1], 0 | 1) && matches!(head[2], 0 | 1);
        // An answer asks nothing; an opcode beyond them is a question, if one that nobody knows.
        if asked.id != FILE_TRANSFER || !is_for_us || matches!(head[6], ACK | NAK) {
            return None;
        }
        let named = &data[..usize::from(head[7]).min(data.len())];
        let end = named.iter().position(|byte| *byte == 0).unwrap_or(named.len());
        let path = String::from_utf8_lossy(&named[..end]);
        Some(Self {
            tick: asked.tick,
            by: asked.by,
            path: path.trim_matches('/').to_owned(),
            size: head[7],
            is_again: false,
            data: if head[6] == WRITE { named.to_vec() } else { Vec::new() },
            head: FileHead {
                link: asked.link,
                station: (asked.system, asked.component),
                sequence: u16::from_le_bytes([head[3], head[4]]),
                session: head[5],
                opcode: head[6],
                offset: u32::from_le_bytes([head[11], head[12], head[13], head[14]]),
            },
        })
    }

    /// Whether this is what an answer with this head, said at `tick`, answers.
    fn is_answered_by(&self, head: &FileHead, tick: Tick) -> bool {
        let ticks = match head.opcode {
            BURST | CHECKSUM => LONG_ANSWER_TICKS_MAX,
            _ => ANSWER_TICKS_MAX,
        };
        self.is_of(head) && self.tick <= tick && tick.0 <= self.tick.0 + ticks
    }

    fn is_of(&self, head: &FileHead) -> bool {
        let asked = &self.head;
        let before = head.sequence.wrapping_sub(asked.sequence);
        let answers = if head.opcode == BURST { BURST_MAX } else { 1 };
        // What is written where tells those of one number apart.
        let is_there = head.opcode != WRITE || asked.offset == head.offset;
        (asked.link, asked.station) == (head.link, head.station)
            && (asked.session, asked.opcode) == (head.session, head.opcode)
            && before < answers
            && is_there
    }
}

/// Every request of a live flight, in order.
pub fn of(asked: &[Asked<'_>], power: &Power) -> Vec<FileRequest> {
    let mut requests: Vec<_> = asked.iter().filter_map(FileRequest::read).collect();
    let of_pilot = requests.iter_mut().filter(|request| request.by == Sender::Pilot);
    let once = of_pilot.filter(|r| matches!(r.head.opcode, TERMINATE | CREATE | REMOVE));
    let mut before: BTreeMap<Link, (Tick, FileHead, String)> = BTreeMap::new();
    for request in once {
        let is_soon = |then: Tick| {
            request.tick.0 <= then.0 + AGAIN_TICKS && power.boot(then) == power.boot(request.tick)
        };
        request.is_again = before.get(&request.head.link).is_some_and(|(then, head, path)| {
            (head, path) == (&request.head, &request.path) && is_soon(*then)
        });
        if !request.is_again {
            before.insert(request.head.link, (request.tick, request.head, request.path.clone()));
        }
    }
    requests
}

impl Case<'_> {
    /// The request that an answer at `tick` answers: of those that it could, the latest.
    pub fn file_request(&self, head: &FileHead, tick: Tick) -> Option<&FileRequest> {
        let until = self.file_requests.partition_point(|request| request.tick <= tick);
        let before = self.file_requests[..until].iter().rev();
        let recent = before.take_while(|r| tick.0 <= r.tick.0 + LONG_ANSWER_TICKS_MAX);
        recent.into_iter().find(|request| request.is_answered_by(head, tick))
    }

    /// How often what an answer answers was asked, as of `tick`: a request may be sent again.
    pub fn times_asked(&self, head: &FileHead, tick: Tick) -> usize {
        let until = self.file_requests.partition_point(|request| request.tick <= tick);
        let before = self.file_requests[..until].iter();
        before.filter(|request| request.is_of(head)).count()
    }

    /// The request that opened the file of a session, as of `tick`.
    pub fn opened_by(&self, head: &FileHead, tick: Tick) -> Option<&FileRequest> {
        let until = self.file_requests.partition_point(|request| request.tick <= tick);
        let is_it = |request: &&FileRequest| {
            let opened = &request.head;
            // To create what cannot be created opens nothing, and ends nothing.
            let opens = match opened.opcode {
                OPEN => true,
                CREATE | OPEN_TO_WRITE => is_incoming(&request.path) && !request.is_again,
                _ => false,
            };
            let of = |head: &FileHead| (head.link, head.station, head.session);
            opens && of(opened) == of(head)
        };
        self.file_requests[..until].iter().rev().find(is_it)
    }
}
