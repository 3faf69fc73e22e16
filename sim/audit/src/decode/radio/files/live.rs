//! Answers about files in a live flight, of which there may be many stations, sessions and bursts at once: each is held
//! to the very frame that it answers.
//!
//! **Never:** passes over a part whose place in its file cannot be known; lets an answer be said more often than asked.

use super::listing::list;
use super::{
    ACK, DATA, Files, HEADER, Incoming, LIST, NAK, OPEN, READ, REMOVE, RESET, TERMINATE, Transfer,
    granted, plain,
};
use crate::case::{
    CREATE, FileHead, FileRequest, Line, OPEN_TO_WRITE, Sender, TRUNCATE, WRITE, log_number,
};
use crate::decode::Faults;
use crate::decode::radio::metadata;
use evidence::{ClaimId, Class, Tick};
use mavlink::dialects::common::FILE_TRANSFER_PROTOCOL_DATA;
use std::collections::BTreeMap;

const NOTHING: u8 = 0;
const CHECKSUM: u8 = 14;
const BURST: u8 = 15;
/// Failed, size, session, sessions, end, unknown, exists, protected, not found.
const REASONS: [u8; 9] = [1, 3, 4, 5, 6, 7, 8, 9, 10];

/// How often each request was answered, by station, session, opcode and number of the answer.
pub type Told = BTreeMap<((u8, u8), u8, u8, u16), usize>;

impl Files {
    /// Checks one answer.
    pub(super) fn said_live(
        &mut self,
        case: &Line<'_, '_>,
        tick: Tick,
        m: &FILE_TRANSFER_PROTOCOL_DATA,
        incoming: &mut Incoming,
        faults: &mut Faults<'_>,
    ) {
        let (head, data) = m.payload.split_at(HEADER);
        let [low, high, session, opcode, size, answered, burst, pad, offset @ ..] = head else {
            return faults.unlisted(None, "a file answer without its header");
        };
        let size = usize::from(*size).min(DATA);
        let is_padded = usize::from(head[4]) <= DATA && data[size..].iter().all(|byte| *byte == 0);
        faults.must(is_padded && *pad == 0, "a file answer with bytes behind its size");
        let number = u16::from_le_bytes([*low, *high]);
        let told = FileHead {
            link: case.link,
            station: (m.target_system, m.target_component),
            sequence: number.wrapping_sub(1),
            session: *session,
            opcode: *answered,
            offset: offset.iter().rev().fold(0, |n, byte| n << 8 | u32::from(*byte)),
        };
        let Some(request) = case.file_request(&told, tick).cloned() else {
            return faults.unasked(Class::FlightLog, None, "a file answer that nobody asked for");
        };
        if request.by != Sender::Pilot || m.target_network != 0 {
            let about = Some(ClaimId::ServerAccess);
            return faults.wrong(Some(Class::FlightLog), about, "a file answer to somebody else");
        }
        let key = (told.station, told.session, told.opcode, number);
        let count = self.told.entry(key).or_default();
        *count += 1;
        faults.must(*count <= case.times_asked(&told, tick), "a file answer said twice");
        let is_placed = *answered == BURST || told.offset == request.head.offset;
        faults.must(is_placed, "a file answer about another place than asked");
        faults.must(*burst == 0 || (*burst, *answered) == (1, BURST), "a burst that is none ends");
        let data = &data[..size];
        match (*opcode, *answered) {
            (NAK, _) => {
                let is_reason = data.len() == 1 && REASONS.contains(&data[0]);
                faults.must(is_reason, "a refusal that tells more");
            }
            (ACK, REMOVE) if metadata::file(&request.path).is_some() => {
                faults.must(false, "a file of the metadata is removed");
            }
            (ACK, NOTHING | TERMINATE | RESET | REMOVE | CREATE | WRITE | TRUNCATE) => {
                faults.must(data.is_empty(), "an answer that tells more");
                let opened = case.opened_by(&told, tick);
                incoming.carried_out(tick, &request, opened, faults);
            }
            (ACK, LIST) => list(case, tick, data, incoming, faults),
            (ACK, OPEN | OPEN_TO_WRITE) => {
                self.opened(case, tick, (&request, incoming), data, faults)
            }
            (ACK, READ | BURST) => self.part(case, tick, (&request, &told, incoming), data, faults),
            (ACK, CHECKSUM) => checksum(case, tick, (&request, incoming), data, faults),
            _ => faults.unlisted(None, "a file answer of an unlisted kind"),
        }
    }

    fn opened(
        &mut self,
        case: &Line<'_, '_>,
        tick: Tick,
        (request, incoming): (&FileRequest, &Incoming),
        data: &[u8],
        faults: &mut Faults<'_>,
    ) {
        let Ok(size) = <[u8; 4]>::try_from(data) else {
            return faults.unlisted(None, "an opened file without its size");
        };
        let size = u32::from_le_bytes(size) as usize;
        if let Some(plain) = plain(case, incoming, &request.path) {
            return faults.must(plain.len() == size, "a file of another size than its own");
        }
        granted(case, tick, &request.path, faults);
        if let Some(number) = log_number(&request.path) {
            let file = case.file_at(|path| log_number(path) == Some(number), tick);
            let has_been = file.is_some_and(|file| file.lengths(tick).any(|length| length == size));
            let is_torn = case.power.is_card_doubtful();
            faults.must(has_been || is_torn, "a log is opened with a size that it never had");
        }
        let (path, asked) = (request.path.clone(), request.tick);
        self.read.push(Transfer { path, size, ..Transfer::begun(asked, tick) });
    }

    fn part(
        &mut self,
        case: &Line<'_, '_>,
        tick: Tick,
        (request, told, incoming): (&FileRequest, &FileHead, &Incoming),
        data: &[u8],
        faults: &mut Faults<'_>,
    ) {
        let Some(opened) = case.opened_by(told, tick) else {
            return faults.unasked(Class::FlightLog, None, "a part of a file that is not open");
        };
        let plain = plain(case, incoming, &opened.path);
        if plain.is_none() {
            granted(case, tick, &opened.path, faults);
        }
        let size = if request.size == 0 { DATA } else { usize::from(request.size) };
        let offset = told.offset as usize;
        faults
            .must((1..=size).contains(&data.len()), "a part of a file of another size than asked");
        let is_behind = told.offset >= request.head.offset
            && (offset - request.head.offset as usize).is_multiple_of(size);
        faults.must(is_behind, "a part of a file out of its place");
        if let Some(plain) = plain {
            let is_told = plain.get(offset..offset.saturating_add(data.len())) == Some(data);
            return faults.must(is_told, "a part of a file is not what is in it");
        }
        if let Some(number) = log_number(&opened.path) {
            let file = case.file_at(|path| log_number(path) == Some(number), tick);
            let stored = file.and_then(|file| file.bytes.get(offset..offset + data.len()));
            return faults
                .must(stored == Some(data), "a part of a log is not what the card holds there");
        }
        let is_it = |transfer: &&mut Transfer| {
            transfer.asked == opened.tick && transfer.path == opened.path
        };
        let Some(transfer) = self.read.iter_mut().rev().find(is_it) else {
            return faults.unasked(Class::Imagery, None, "a part of a file that was not opened");
        };
        transfer.last = tick;
        faults.must(transfer.take(offset, data), "a part of a picture read again is another");
    }
}

/// Only a log's checksum can be told from something else, and that of a file that is open to the station anyway.
fn checksum(
    case: &Line<'_, '_>,
    tick: Tick,
    (request, incoming): (&FileRequest, &Incoming),
    data: &[u8],
    faults: &mut Faults<'_>,
) {
    if let Some(told) = plain(case, incoming, &request.path) {
        let is_its = sum(told).to_le_bytes() == *data;
        return faults.must(is_its, "a checksum that is not the file's");
    }
    granted(case, tick, &request.path, faults);
    let file = case.file_at(|path| path == request.path && log_number(path).is_some(), tick);
    let is_sum = |file: &crate::case::Life<'_>| {
        let mut lengths = file.lengths(tick);
        lengths.any(|length| sum(&file.bytes[..length]).to_le_bytes() == *data)
    };
    faults.must(file.is_some_and(is_sum), "a checksum that is not the file's");
}

/// CRC-32 from 0, as MAVLink FTP has it.
pub fn sum(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0, |sum: u32, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| {
            if sum & 1 == 1 { 0xEDB8_8320 ^ (sum >> 1) } else { sum >> 1 }
        })
    })
}
