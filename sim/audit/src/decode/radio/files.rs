//! FILE_TRANSFER_PROTOCOL: answers to the pilot's questions about files, which hold only what is granted. A story asks
//! for one thing after another; what a live flight's stations ask for is in a room of its own.
//!
//! **Never:** passes over a byte behind the size that an answer tells.

mod incoming;
mod listing;
mod live;

pub use incoming::Incoming;
pub use live::sum;

use listing::list;

use crate::case::{
    Case, Heard, Line, Sender, asks_for, film_number, log_number, picture_number, still_number,
};
use crate::consent::shows_the_same;
use crate::decode::jpeg::{self, Form};
use crate::decode::matroska::{self, Films};
use crate::decode::radio::metadata;
use crate::decode::{Faults, exif_of_shared};
use evidence::scenario::{Act, Setting};
use evidence::{ClaimId, Class, Recipient, Tick};
use mavlink::dialects::common::FILE_TRANSFER_PROTOCOL_DATA;
use std::collections::BTreeMap;

const PILOT: u8 = 255;
const GROUND: u8 = 190;
const DATA: usize = 239;
const HEADER: usize = 12;
const ACK: u8 = 128;
const NAK: u8 = 129;
const TERMINATE: u8 = 1;
const RESET: u8 = 2;
const LIST: u8 = 3;
const OPEN: u8 = 4;
const READ: u8 = 5;
const REMOVE: u8 = 8;

/// What has been read so far.
#[derive(Default)]
pub struct Files {
    read: Vec<Transfer>,
    numbers: Option<u16>,
    told: live::Told,
}

/// One file as it was read over the link.
struct Transfer {
    asked: Tick,
    last: Tick,
    path: String,
    size: usize,
    bytes: Vec<u8>,
    /// Parts that lie behind a gap.
    apart: BTreeMap<usize, Vec<u8>>,
}

impl Transfer {
    fn begun(asked: Tick, last: Tick) -> Self {
        let (path, bytes, apart) = (String::new(), Vec::new(), BTreeMap::new());
        Self { asked, last, path, size: 0, bytes, apart }
    }

    /// Takes a part in any order; whether what was known of it before is the same.
    fn take(&mut self, offset: usize, data: &[u8]) -> bool {
        if offset > self.bytes.len() {
            return self.apart.insert(offset, data.to_vec()).is_none_or(|before| before == data);
        }
        let known = data.len().min(self.bytes.len() - offset);
        let is_same = self.bytes[offset..offset + known] == data[..known];
        self.bytes.extend_from_slice(&data[known..]);
        let next = self.apart.first_key_value().map(|(at, _)| *at);
        match next.filter(|at| *at <= self.bytes.len()).and_then(|at| self.apart.remove_entry(&at))
        {
            Some((at, part)) => self.take(at, &part) && is_same,
            None => is_same,
        }
    }
}

impl Files {
    /// Checks one answer.
    pub fn said(
        &mut self,
        case: &Line<'_, '_>,
        tick: Tick,
        m: &FILE_TRANSFER_PROTOCOL_DATA,
        incoming: &mut Incoming,
        faults: &mut Faults<'_>,
    ) {
        if case.is_live() {
            return self.said_live(case, tick, m, incoming, faults);
        }
        let (head, data) = m.payload.split_at(HEADER);
        let [low, high, _session, opcode, size, answered, burst, pad, offset @ ..] = head else {
            return faults.unlisted(None, "a file answer without its header");
        };
        if (m.target_network, m.target_component) != (0, GROUND) || m.target_system != PILOT {
            let about = Some(ClaimId::ServerAccess);
            return faults.wrong(Some(Class::FlightLog), about, "a file answer to somebody else");
        }
        let size = usize::from(*size);
        let is_formal = (*burst, *pad) == (0, 0)
            && size <= DATA
            && data[size.min(DATA)..].iter().all(|byte| *byte == 0);
        faults.must(is_formal, "a file answer with bytes behind its size");
        let number = u16::from_le_bytes([*low, *high]);
        let is_next = self.numbers.is_none_or(|last| number > last || number <= 2);
        faults.must(is_next, "a file answer out of order");
        self.numbers = Some(number);
        let data = &data[..size.min(DATA)];
        let offset = offset.iter().rev().fold(0, |n, byte| n << 8 | usize::from(*byte));
        match (*opcode, *answered) {
            (NAK, _) => {
                faults.must(data.len() <= 2 && !data.is_empty(), "a refusal that tells more")
            }
            (ACK, TERMINATE | RESET | REMOVE) => {
                faults.must(data.is_empty(), "an answer that tells more")
            }
            (ACK, LIST) => list(case, tick, data, incoming, faults),
            (ACK, OPEN) => self.open(case, tick, data, faults),
            (ACK, READ) => self.read(case, tick, offset, data, faults),
            _ => faults.unlisted(None, "a file answer of an unlisted kind"),
        }
    }

    fn open(&mut self, case: &Line<'_, '_>, tick: Tick, data: &[u8], faults: &mut Faults<'_>) {
        let Some(Heard { tick: asked, act: Act::ReadsFile { path }, .. }) = last_read(case, tick)
        else {
            return unasked(case, tick, None, faults);
        };
        let Ok(size) = <[u8; 4]>::try_from(data) else {
            return faults.unlisted(None, "an opened file without its size");
        };
        let (path, size) = (path.trim_start_matches('/').to_owned(), u32::from_le_bytes(size));
        granted(case, tick, &path, faults);
        let (asked, size) = (*asked, size as usize);
        self.read.push(Transfer { path, size, ..Transfer::begun(asked, tick) });
    }

    fn read(
        &mut self,
        case: &Line<'_, '_>,
        tick: Tick,
        offset: usize,
        data: &[u8],
        faults: &mut Faults<'_>,
    ) {
        let wanted = last_read(case, tick).map(|heard| heard.tick);
        let Some(transfer) = self.read.last_mut().filter(|t| Some(t.asked) == wanted) else {
            return unasked(case, tick, None, faults);
        };
        granted(case, tick, &transfer.path, faults);
        if offset != transfer.bytes.len() {
            return faults.unlisted(None, "a part of a file out of order");
        }
        transfer.last = tick;
        transfer.bytes.extend_from_slice(data);
        if let Some(number) = log_number(&transfer.path) {
            let file = case.file_at(|path| log_number(path) == Some(number), tick);
            let stored = file.and_then(|file| file.bytes.get(offset..offset + data.len()));
            faults.must(stored == Some(data), "a part of a log is not what the card holds there");
        }
    }

    /// Looks at every picture that was read.
    pub fn at_end(self, case: &Line<'_, '_>, films: &mut Films, faults: &mut Faults<'_>) {
        for transfer in self.read {
            let Some(number) = picture_number(&transfer.path) else { continue };
            if transfer.bytes.is_empty() && transfer.apart.is_empty() {
                continue;
            }
            (faults.tick, faults.switch) = (transfer.last, Some(Setting::RadMedia));
            let is_joined = transfer.apart.is_empty();
            faults.must(is_joined, "a part of a picture of which what lies before was not read");
            let is_whole = transfer.bytes.len() == transfer.size;
            let checked = if film_number(&transfer.path).is_some() {
                let rules = matroska::Rules { is_shared: true, has_sound: false };
                films.check(case.memo, rules, &transfer.bytes).map(|_| ())
            } else {
                let read = films.pictures.check(case.memo, Form::Shared, &transfer.bytes);
                if let Ok(picture) = &read {
                    let to = Recipient::Pilot;
                    exif_of_shared(case, films, number, to, picture, &transfer.bytes, faults);
                }
                read.map(|_| ())
            };
            if is_whole && checked.is_ok() && film_number(&transfer.path).is_none() {
                is_that_still(case, number, &transfer.bytes, faults);
            }
            match checked {
                Err(jpeg::Fault::Cut) if !is_whole => {}
                Err(fault) => {
                    let rule = format!("{} as read: {fault}", transfer.path);
                    faults.unlisted(Some(Class::Imagery), &rule);
                }
                Ok(()) => {}
            }
        }
        faults.switch = None;
    }
}

/// What is in a file that nobody needs a grant for: the metadata, and what the pilot has put aboard.
fn plain<'a>(case: &Case<'_>, incoming: &'a Incoming, path: &str) -> Option<&'a [u8]> {
    let plain = metadata::file(path).or_else(|| incoming.file(path));
    plain.filter(|_| case.is_live())
}

/// A picture is read under its own name.
fn is_that_still(case: &Line<'_, '_>, number: u32, bytes: &[u8], faults: &mut Faults<'_>) {
    let still = case.lives.iter().rfind(|life| still_number(life.path) == Some(number));
    let is_it = still.is_some_and(|still| {
        let compare = || shows_the_same(bytes, &still.bytes);
        case.memo.likeness(bytes, &still.bytes, compare)
    });
    if !is_it {
        let rule = format!("the picture read as still {number} is not still {number}");
        faults.wrong(Some(Class::Imagery), None, &rule);
    }
}

fn last_read<'a>(case: &'a Line<'_, '_>, tick: Tick) -> Option<&'a Heard<'a>> {
    case.heard.by_pilot(tick).filter(|heard| matches!(heard.act, Act::ReadsFile { .. })).last()
}

/// What a path holds.
fn class_of(path: &str) -> Option<(Class, u32)> {
    let picture = picture_number(path).map(|number| (Class::Imagery, number));
    picture.or(log_number(path).map(|number| (Class::FlightLog, number)))
}

/// Raises an alarm unless a path is granted and its switch is on.
fn granted(case: &Line<'_, '_>, tick: Tick, path: &str, faults: &mut Faults<'_>) {
    let Some((class, number)) = class_of(path) else {
        return faults.unlisted(None, "a file answer about a file that is never shown");
    };
    let switch = if class == Class::Imagery { Setting::RadMedia } else { Setting::RadLogs };
    let is_granted = case.evidence.truth.mandate.allows(class, number, Recipient::Pilot, tick);
    faults.switch = Some(switch);
    if case.is_surely_off(switch, tick) {
        faults.wrong(
            Some(class),
            None,
            &format!("{class} {number} is shown though {switch} is off"),
        );
    } else if !is_granted {
        faults.wrong(Some(class), None, &format!("{class} {number} is shown without a grant"));
    }
}

fn unasked(
    case: &Line<'_, '_>,
    tick: Tick,
    asks: Option<&dyn Fn(&Act) -> bool>,
    faults: &mut Faults<'_>,
) {
    let reads = |act: &Act| matches!(act, Act::ReadsFile { .. });
    let asks = asks.unwrap_or(&reads);
    let about = case.heard.asked_by_others(tick, asks);
    let other = case.heard.iter().rev().find(|h| h.by != Sender::Pilot && asks(h.act));
    let class = other.and_then(|heard| asks_for(heard.act)).map(|(class, ..)| class);
    // An answer does not name its file; what was last looked at is in its folder.
    let folder = case.heard.iter().rev().find_map(|heard| match heard.act {
        Act::AsksFiles { path } | Act::ReadsFile { path } if heard.tick <= tick => Some(path),
        _ => None,
    });
    let is_picture = folder.is_some_and(|path| path.contains("DCIM"));
    let class = class.or(is_picture.then_some(Class::Imagery));
    faults.wrong(class.or(Some(Class::FlightLog)), about, "a file answer that nobody asked for");
}
