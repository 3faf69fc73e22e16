//! All emissions of one seat, in order, and their compact form on disk.
//!
//! `transcript.bin`, version 1: the 8 bytes `HWTRANS1`, then one record per emission: ticks since the record
//! before it (LEB128), link (one byte, its place in [`Link::ALL`]), length (LEB128), bytes.
//!
//! **Never:** reorders, merges or drops an emission.

use crate::{Link, Tick};
use std::ops::Range;
use thiserror::Error;

const MAGIC: &[u8; 8] = b"HWTRANS1";

/// What one seat said, in the order it was said. Bytes lie in one buffer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Transcript {
    records: Vec<Record>,
    bytes: Vec<u8>,
}

type Record = (Tick, Link, Range<usize>);

/// One emission, borrowed from its transcript.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Said<'a> {
    /// When.
    pub tick: Tick,
    /// By which way.
    pub link: Link,
    /// What.
    pub bytes: &'a [u8],
}

/// Why a stored transcript could not be read.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum TranscriptError {
    /// Not a transcript, or of a version that this program does not know.
    #[error("starts with {0:?} instead of \"HWTRANS1\"; this program reads version 1 only")]
    Version(String),
    /// The file ends inside a record, or a record is malformed.
    #[error("record {record} at byte {at} is cut short or malformed")]
    Malformed {
        /// Number of the record, from 0.
        record: usize,
        /// Where in the file it starts.
        at: usize,
    },
}

impl Transcript {
    /// Memory that an emission takes beside its bytes.
    pub const RECORD_BYTES: usize = size_of::<Record>();

    /// Adds what was said; ticks never go backwards.
    ///
    /// # Panics
    /// If `tick` is before the last one: the tap is wrong, and evidence must not hide it.
    pub fn hear(&mut self, tick: Tick, link: Link, bytes: &[u8]) {
        assert!(self.records.last().is_none_or(|(last, ..)| *last <= tick), "time went backwards");
        let start = self.bytes.len();
        self.bytes.extend_from_slice(bytes);
        self.records.push((tick, link, start..self.bytes.len()));
    }

    /// Every emission in order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = Said<'_>> + ExactSizeIterator {
        self.records.iter().map(|(tick, link, range)| Said {
            tick: *tick,
            link: *link,
            bytes: &self.bytes[range.clone()],
        })
    }

    /// The emission of this number, from 0.
    #[must_use]
    pub fn get(&self, place: usize) -> Option<Said<'_>> {
        let (tick, link, range) = self.records.get(place)?;
        Some(Said { tick: *tick, link: *link, bytes: &self.bytes[range.clone()] })
    }

    /// Emissions on one link, in order.
    pub fn on(&self, link: Link) -> impl Iterator<Item = Said<'_>> {
        self.iter().filter(move |said| said.link == link)
    }

    /// Number of emissions.
    #[must_use]
    pub fn len(&self) -> usize {
        self.records.len()
    }

    /// Whether nothing was said.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    /// The compact form on disk.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(self.bytes.len() + self.records.len() * 5 + 8);
        out.extend_from_slice(MAGIC);
        let mut last = 0;
        for said in self.iter() {
            put_leb128(&mut out, said.tick.0 - last);
            last = said.tick.0;
            out.push(Link::ALL.iter().position(|l| *l == said.link).unwrap_or(0) as u8);
            put_leb128(&mut out, said.bytes.len() as u64);
            out.extend_from_slice(said.bytes);
        }
        out
    }

    /// Reads the compact form.
    ///
    /// # Errors
    /// [`TranscriptError`] for another version or a malformed record.
    pub fn decode(file: &[u8]) -> Result<Self, TranscriptError> {
        let Some(mut rest) = file.strip_prefix(MAGIC) else {
            let head = &file[..file.len().min(8)];
            return Err(TranscriptError::Version(String::from_utf8_lossy(head).into_owned()));
        };
        let mut transcript = Self::default();
        let mut tick = 0_u64;
        while !rest.is_empty() {
            let at = file.len() - rest.len();
            let malformed = TranscriptError::Malformed { record: transcript.len(), at };
            let (said, after) = take_record(rest, tick).ok_or(malformed)?;
            tick = said.tick.0;
            transcript.hear(said.tick, said.link, said.bytes);
            rest = after;
        }
        Ok(transcript)
    }
}

fn take_record(bytes: &[u8], last: u64) -> Option<(Said<'_>, &[u8])> {
    let (delta, bytes) = take_leb128(bytes)?;
    let (&link, bytes) = bytes.split_first()?;
    let (length, bytes) = take_leb128(bytes)?;
    let (said, rest) = bytes.split_at_checked(usize::try_from(length).ok()?)?;
    let tick = Tick(last.checked_add(delta)?);
    Some((Said { tick, link: *Link::ALL.get(usize::from(link))?, bytes: said }, rest))
}

fn put_leb128(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

/// Reads a LEB128 number in its shortest form only.
fn take_leb128(bytes: &[u8]) -> Option<(u64, &[u8])> {
    let mut value = 0_u64;
    for (i, &byte) in bytes.iter().enumerate().take(10) {
        let part = u64::from(byte & 0x7F);
        if part.leading_zeros() < 7 * i as u32 {
            return None;
        }
        value |= part << (7 * i);
        if byte < 0x80 {
            return (byte != 0 || i == 0).then_some((value, &bytes[i + 1..]));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_transcript_survives_its_file() {
        let mut t = Transcript::default();
        t.hear(Tick(0), Link::Radio, b"");
        t.hear(Tick(0), Link::Motion, &[7; 200]);
        t.hear(Tick(70_000), Link::Card, b"x");
        assert_eq!(Transcript::decode(&t.encode()), Ok(t));
    }

    #[test]
    fn every_cut_and_another_version_are_refused() {
        let mut t = Transcript::default();
        t.hear(Tick(300), Link::Uplink, b"hello");
        let file = t.encode();
        for end in 9..file.len() {
            assert!(Transcript::decode(&file[..end]).is_err(), "cut at {end}");
        }
        let error = Transcript::decode(b"HWTRANS2").unwrap_err().to_string();
        assert!(error.contains("HWTRANS2"), "{error}");
    }
}
