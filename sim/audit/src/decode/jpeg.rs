//! Pictures: baseline JPEG of a listed size, with the markers that a camera needs and no others, read to the last bit.
//!
//! The scan is decoded code by code, because bytes behind the last block would otherwise be a place to hide.
//!
//! **Never:** looks at what the picture shows.

pub mod annex_k;
pub mod scan;

use crate::case::Memo;
use scan::{Component, Huffman};
use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;
use std::rc::Rc;

const SOI: u8 = 0xD8;
const EOI: u8 = 0xD9;
const APP0: u8 = 0xE0;
const APP1: u8 = 0xE1;
const DQT: u8 = 0xDB;
const SOF0: u8 = 0xC0;
const DHT: u8 = 0xC4;
const SOS: u8 = 0xDA;
/// Exactly this: version 1.2, square pixels, no thumbnail.
const JFIF: &[u8] = b"JFIF\0\x01\x02\0\0\x01\0\x01\0\0";
const EXIF: &[u8] = b"Exif\0\0";
const WHOLE_SCAN: [u8; 3] = [0, 63, 0];

/// What is wrong with a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It ends too early, and is right so far.
    Cut,
    /// The rule that it breaks.
    Rule(&'static str),
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Cut => "it is cut short",
            Self::Rule(rule) => rule,
        })
    }
}

/// What a picture is, by where it was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Form {
    /// A still as taken.
    Still,
    /// A still as shared.
    Shared,
    /// The small picture in a still as taken.
    Thumbnail,
    /// The small picture in a still as shared.
    SharedThumbnail,
    /// One picture of a film as taken.
    Frame,
    /// One picture of a film as shared.
    SharedFrame,
}

impl Form {
    fn size_px(self) -> (u16, u16) {
        match self {
            Self::Still | Self::Shared | Self::Frame | Self::SharedFrame => (320, 240),
            Self::Thumbnail | Self::SharedThumbnail => (80, 60),
        }
    }

    /// Whether it may say anything of itself.
    fn has_exif(self) -> bool {
        match self {
            Self::Still | Self::Shared => true,
            Self::Thumbnail | Self::SharedThumbnail | Self::Frame | Self::SharedFrame => false,
        }
    }
}

/// A picture that is right in itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// Everything before the scan but what it says of itself.
    head: Vec<u8>,
    /// Where that stands, as a TIFF.
    pub tiff: Option<Range<usize>>,
}

/// All pictures of a flight: those of one form come from one camera, so their headers are one.
#[derive(Default)]
pub struct Pictures {
    heads: BTreeMap<Form, Vec<u8>>,
}

impl Pictures {
    /// Checks one picture.
    pub fn check(
        &mut self,
        memo: &Memo<'_>,
        form: Form,
        file: &[u8],
    ) -> Result<Rc<Result<Picture, Fault>>, Fault> {
        let read = memo.picture(form, file);
        match read.as_ref() {
            Err(fault) => return Err(*fault),
            Ok(picture) => {
                let head = self.heads.entry(form).or_insert_with(|| picture.head.clone());
                if *head != picture.head {
                    return Err(Fault::Rule("a picture with other tables than the first"));
                }
            }
        }
        Ok(read)
    }
}

/// Reads one picture, alone.
pub fn read(form: Form, file: &[u8]) -> Result<Picture, Fault> {
    let (scan_at, tiff) = check(form, file)?;
    let decodes = zune_jpeg::JpegDecoder::new(std::io::Cursor::new(file)).decode().is_ok();
    if !decodes {
        return Err(Fault::Rule("a picture that does not decode"));
    }
    let mut head = file[..scan_at].to_vec();
    if let Some(tiff) = &tiff {
        // Its marker, its length and its name go with it.
        head.drain(tiff.start - 4 - EXIF.len()..tiff.end);
    }
    Ok(Picture { head, tiff })
}

/// What the segments before the scan have told.
struct Tables {
    form: Form,
    has_jfif: bool,
    has_exif: bool,
    quantisers: Vec<u8>,
    huffman: Vec<(u8, Huffman)>,
    components: Vec<Component>,
}

/// Checks everything that one picture can be checked for alone; where its scan begins, and what it says of itself.
fn check(form: Form, file: &[u8]) -> Result<(usize, Option<Range<usize>>), Fault> {
    let (quantisers, huffman, components) = (Vec::new(), Vec::new(), Vec::new());
    let mut tables =
        Tables { form, has_jfif: false, has_exif: false, quantisers, huffman, components };
    let mut tiff = None;
    let mut at = 0;
    if marker(file, &mut at)? != SOI {
        return Err(Fault::Rule("not a picture"));
    }
    loop {
        let kind = marker(file, &mut at)?;
        if !matches!(kind, APP0 | APP1 | DQT | SOF0 | DHT | SOS) {
            return Err(Fault::Rule("a picture with an unlisted marker"));
        }
        let length = file.get(at..at + 2).ok_or(Fault::Cut)?;
        let length = usize::from(u16::from_be_bytes([length[0], length[1]]));
        let segment = file.get(at + 2..at + length.max(2)).ok_or(Fault::Cut)?;
        tables.take(kind, segment).map_err(Fault::Rule)?;
        if kind == APP1 {
            tiff = Some(at + 2 + EXIF.len()..at + length);
        }
        at += length.max(2);
        if kind == SOS {
            break;
        }
    }
    let scan_at = at;
    let blocks = scan::length(&file[at..], &tables.components, &tables.huffman, form.size_px())?;
    at += blocks;
    if marker(file, &mut at)? != EOI {
        return Err(Fault::Rule("bytes behind the last block of a picture"));
    }
    if at == file.len() {
        Ok((scan_at, tiff))
    } else {
        Err(Fault::Rule("bytes behind the end of a picture"))
    }
}

fn marker(file: &[u8], at: &mut usize) -> Result<u8, Fault> {
    let found = file.get(*at..*at + 2).ok_or(Fault::Cut)?;
    *at += 2;
    if found[0] == 0xFF {
        Ok(found[1])
    } else {
        Err(Fault::Rule("bytes between markers of a picture"))
    }
}

impl Tables {
    fn take(&mut self, kind: u8, segment: &[u8]) -> Result<(), &'static str> {
        match kind {
            APP0 if segment == JFIF && !self.has_jfif => self.has_jfif = true,
            APP0 => return Err("a picture with metadata"),
            APP1 if segment.starts_with(EXIF) && self.form.has_exif() && !self.has_exif => {
                self.has_exif = true;
            }
            APP1 => return Err("a picture with metadata"),
            DQT => {
                let mut rest = segment;
                while let Some((table, after)) = rest.split_at_checked(65) {
                    // Eight-bit tables only, each defined once.
                    if table[0] > 3 || self.quantisers.contains(&table[0]) {
                        return Err("a picture with a spare quantisation table");
                    }
                    self.quantisers.push(table[0]);
                    rest = after;
                }
                if !rest.is_empty() {
                    return Err("a picture with a torn quantisation table");
                }
            }
            DHT => {
                let mut rest = segment;
                while !rest.is_empty() {
                    let (place, table, after) =
                        Huffman::read(rest).ok_or("a picture with a torn Huffman table")?;
                    if self.huffman.iter().any(|(known, _)| *known == place) {
                        return Err("a picture with a spare Huffman table");
                    }
                    self.huffman.push((place, table));
                    rest = after;
                }
            }
            SOF0 => self.frame(segment)?,
            SOS => self.scan(segment)?,
            _ => return Err("a picture with an unlisted marker"),
        }
        Ok(())
    }

    fn frame(&mut self, segment: &[u8]) -> Result<(), &'static str> {
        let wrong = Err("a picture of another size or kind");
        let Some((head, places)) = segment.split_at_checked(6) else { return wrong };
        let height = u16::from_be_bytes([head[1], head[2]]);
        let width = u16::from_be_bytes([head[3], head[4]]);
        let is_listed = head[0] == 8 && (width, height) == self.form.size_px() && head[5] == 3;
        if !is_listed || places.len() != 9 || !self.components.is_empty() {
            return wrong;
        }
        for place in places.chunks(3) {
            let (across, down) = (place[1] >> 4, place[1] & 15);
            if !(1..=2).contains(&across) || !(1..=2).contains(&down) {
                return wrong;
            }
            self.components.push(Component {
                id: place[0],
                across,
                down,
                quantiser: place[2],
                dc: 0,
                ac: 0,
            });
        }
        Ok(())
    }

    fn scan(&mut self, segment: &[u8]) -> Result<(), &'static str> {
        let wrong = Err("a picture with another scan than one");
        if segment.len() != 10 || segment[0] != 3 || segment[7..] != WHOLE_SCAN {
            return wrong;
        }
        if self.components.len() != 3 {
            return wrong;
        }
        for (component, place) in self.components.iter_mut().zip(segment[1..7].chunks(2)) {
            if component.id != place[0] {
                return wrong;
            }
            component.dc = place[1] >> 4;
            component.ac = 0x10 | place[1] & 15;
        }
        let used = |table: &u8| self.components.iter().any(|c| c.quantiser == *table);
        let coded = |place: u8| self.components.iter().any(|c| c.dc == place || c.ac == place);
        if !self.quantisers.iter().all(used) || !self.huffman.iter().all(|(place, _)| coded(*place))
        {
            return Err("a picture with a table that it does not use");
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
