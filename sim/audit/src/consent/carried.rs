//! What an emission says it carries: which objects, for whom, under which switch.
//!
//! A file answer does not name its file, so the question that it answers is looked up in the story.
//!
//! **Never:** takes the vehicle's word for who asked.

use super::asked;
use crate::case::{Case, FileHead, asks_for, log_number, picture_number};
use crate::decode::radio;
use crate::decode::uplink::{self, Spoken};
use evidence::scenario::{Act, Setting};
use evidence::transcript::Said;
use evidence::{Class, Link, Recipient};

/// Id of LOG_ENTRY.
const LOG_ENTRY: u32 = 118;
/// Id of FILE_TRANSFER_PROTOCOL.
pub const FILES: u32 = 110;

const ACK: u8 = 128;
const LIST: u8 = 3;
/// The vehicle has opened a file; it tells the length.
pub const OPEN: u8 = 4;
/// The vehicle hands out a part of the open file.
pub const READ: u8 = 5;
/// The vehicle hands out a part of the open file, and goes on by itself.
pub const BURST: u8 = 15;
/// The vehicle tells the checksum of a file.
pub const CHECKSUM: u8 = 14;
const ADDRESS: usize = 3;
const HEAD: usize = 12;
const DATA: usize = 239;

/// One object, and to whom it goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Carried {
    /// What a grant for it would name.
    pub class: Class,
    /// Its number.
    pub object: u32,
    /// Who gets it.
    pub to: Recipient,
}

impl Carried {
    /// The switch that it leaves under.
    pub fn switch(self) -> Option<Setting> {
        match (self.to, self.class) {
            (Recipient::Pilot, Class::FlightLog) => Some(Setting::RadLogs),
            (Recipient::Pilot, Class::Imagery) => Some(Setting::RadMedia),
            (Recipient::Maker, Class::FlightLog) => Some(Setting::UpLogs),
            (Recipient::Maker, Class::Imagery) => Some(Setting::UpMedia),
            (Recipient::Viewer, _) => Some(Setting::VidEnable),
            (Recipient::Pilot | Recipient::Maker | Recipient::Card, _) => None,
        }
    }
}

/// The objects that an emission carries or tells of.
pub fn of(case: &Case<'_>, said: Said<'_>) -> Vec<Carried> {
    match said.link {
        Link::Radio | Link::Telemetry2 => on_radio(case, said),
        Link::Video => vec![Carried { class: Class::Imagery, object: 0, to: Recipient::Viewer }],
        Link::Uplink => match uplink::spoken(said.bytes) {
            Ok(Spoken::Request(sent)) => {
                let object = sent.request.object();
                object
                    .map(|(class, object, to)| Carried { class, object, to })
                    .into_iter()
                    .collect()
            }
            Ok(Spoken::LookUp(_)) | Err(_) => Vec::new(),
        },
        Link::RemoteId | Link::Card | Link::Console | Link::Lights | Link::Motion => Vec::new(),
    }
}

fn on_radio(case: &Case<'_>, said: Said<'_>) -> Vec<Carried> {
    let Some((id, payload)) = radio::payload(said.bytes) else { return Vec::new() };
    let log = |at| {
        let (class, to) = (Class::FlightLog, Recipient::Pilot);
        Carried { class, object: case.log_of(u16_at(payload, at)), to }
    };
    match id {
        radio::LOG_DATA => vec![log(4)],
        // The entry of no log, where none may be seen.
        LOG_ENTRY if u16_at(payload, 8) == 0 && u16_at(payload, 10) == 0 => Vec::new(),
        // A live vehicle's list has a line for what may not be seen, which tells of the last log that may.
        LOG_ENTRY if case.is_live() && is_blank(payload) => vec![log(12)],
        LOG_ENTRY => vec![log(8)],
        FILES => {
            file_answer(said.link, payload).map_or(Vec::new(), |answer| answer.carried(case, said))
        }
        _ => Vec::new(),
    }
}

/// Whether the log of an entry has no size.
fn is_blank(payload: &[u8]) -> bool {
    payload.iter().skip(4).take(4).all(|byte| *byte == 0)
}

/// A little-endian number; bytes that a frame leaves out are zeros.
pub fn u16_at(payload: &[u8], at: usize) -> u16 {
    let byte = |at: usize| payload.get(at).copied().unwrap_or(0);
    u16::from_le_bytes([byte(at), byte(at + 1)])
}

/// An answer about files that grants what was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileAnswer {
    /// To which system.
    pub target: u8,
    /// What was asked.
    pub asked: u8,
    /// What it repeats of its request.
    pub head: FileHead,
    /// From which byte on.
    pub offset: usize,
    /// What is handed out.
    pub data: Vec<u8>,
}

/// Reads an answer that grants; nothing where it refuses.
pub fn file_answer(link: Link, payload: &[u8]) -> Option<FileAnswer> {
    let mut whole = payload.to_vec();
    whole.resize((ADDRESS + HEAD + DATA).max(payload.len()), 0);
    let head = &whole[ADDRESS..ADDRESS + HEAD];
    let (opcode, size, asked) = (head[3], usize::from(head[4]), head[5]);
    let offset = u32::from_le_bytes([head[8], head[9], head[10], head[11]]) as usize;
    let data = &whole[ADDRESS + HEAD..];
    (opcode == ACK).then(|| {
        let data = data[..size.min(data.len())].to_vec();
        let head = FileHead {
            link,
            station: (whole[1], whole[2]),
            sequence: u16::from_le_bytes([head[0], head[1]]).wrapping_sub(1),
            session: head[2],
            opcode: asked,
            offset: offset as u32,
        };
        FileAnswer { target: whole[1], asked, head, offset, data }
    })
}

impl FileAnswer {
    /// The path that was opened, and by what act of whom.
    pub fn path<'a>(&self, case: &'a Case<'_>, said: Said<'_>) -> Option<&'a str> {
        if case.is_live() {
            let request = match self.asked {
                OPEN | CHECKSUM => case.file_request(&self.head, said.tick),
                _ => case.opened_by(&self.head, said.tick),
            };
            return request.map(|request| request.path.as_str());
        }
        let reads = |act: &Act| matches!(act, Act::ReadsFile { .. });
        match asked::latest(case, said, asked::FILE_TICKS, reads)?.act {
            Act::ReadsFile { path } => Some(path.trim_start_matches('/')),
            _ => None,
        }
    }

    fn carried(&self, case: &Case<'_>, said: Said<'_>) -> Vec<Carried> {
        match self.asked {
            OPEN | READ | BURST | CHECKSUM => {
                let path = self.path(case, said).map(str::to_owned);
                let object = path.and_then(|path| asks_for(&Act::ReadsFile { path }));
                object
                    .map(|(class, object, to)| Carried { class, object, to })
                    .into_iter()
                    .collect()
            }
            LIST => self.data.split(|byte| *byte == 0).filter_map(listed).collect(),
            _ => Vec::new(),
        }
    }
}

/// The object of one entry in a list of files.
fn listed(entry: &[u8]) -> Option<Carried> {
    let text = std::str::from_utf8(entry).ok()?.strip_prefix('F')?;
    let name = text.split_once('\t').map_or(text, |(name, _)| name);
    let picture = picture_number(&format!("DCIM/100HUSHW/{name}")).map(|n| (Class::Imagery, n));
    let log = log_number(&format!("LOG/{name}")).map(|n| (Class::FlightLog, n));
    let (class, object) = picture.or(log)?;
    Some(Carried { class, object, to: Recipient::Pilot })
}
