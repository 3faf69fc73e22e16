//! What the pilot's station may see of the card: granted logs, and the scrubbed copies of granted pictures, as files; and
//! beside them what the vehicle tells of itself and what the station has put aboard, which nobody needs a grant for.
//!
//! The shelf is made anew at each moment: what is not granted now is not on it, and cannot be told from what is not
//! there. A list names one file an answer, because each answer is judged for one object.
//!
//! **Never:** shows a picture as taken, a sound, a ledger or a setting; leaves its folders; keeps what was read.

mod session;
#[cfg(test)]
mod tests;

pub(crate) use session::{Answer, Files, Moment};

use super::camera::Camera;
use super::incoming::{self, Incoming};
use super::logbook::{self, SealedLog};
use super::metadata::{self, Document, Metadata};
use super::scrub::Scrubbed;
use super::store::number_of;
use crate::senses::Storage;
use crate::words::{Class, Recipient};
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

const LOGS: &str = "LOG";
const MEDIA: &str = "DCIM";
const PICTURES: &str = "DCIM/100HUSHW";

/// One file of the shelf.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum File {
    /// A sealed log.
    Log(u32),
    /// The scrubbed copy of a picture.
    Picture(u32),
    /// The scrubbed copy of a film.
    Film(u32),
    /// What the vehicle tells of itself.
    Document(Document),
    /// What the station has put aboard, in this place.
    Incoming(u8),
}

impl File {
    fn asked(self) -> (Class, u32) {
        match self {
            Self::Log(object) => (Class::FlightLog, object),
            Self::Picture(object) | Self::Film(object) => (Class::Imagery, object),
            Self::Document(_) | Self::Incoming(_) => (Class::Public, 0),
        }
    }
}

/// Contents of a file, under the label that its kind has.
pub(crate) enum Piece {
    Log(u32, SealedLog),
    Picture(u32, Scrubbed),
    Plain(Vec<u8>),
}

/// All that may be seen at one moment.
pub(crate) struct Shelf<'a> {
    /// The card.
    pub card: &'a dyn Storage,
    /// The keeper of the scrubbed copies.
    pub camera: &'a Camera,
    /// What the vehicle tells of itself, if it does.
    pub metadata: Option<&'a Metadata>,
    /// What the station has put aboard, if it may.
    pub incoming: Option<&'a Incoming>,
    /// Whether the gate would let an object of a class to the pilot now.
    pub may: &'a dyn Fn(Class, u32) -> bool,
}

impl Shelf<'_> {
    /// The logs that may be seen, with their lengths, in order.
    pub(crate) fn logs(&self) -> Vec<(u32, usize)> {
        self.files(LOGS)
            .into_iter()
            .filter_map(|file| match file {
                File::Log(object) => Some((object, self.length(file)?)),
                File::Picture(_) | File::Film(_) | File::Document(_) | File::Incoming(_) => None,
            })
            .collect()
    }

    /// Length of a file that may be seen.
    pub(crate) fn length(&self, file: File) -> Option<usize> {
        let (class, object) = file.asked();
        if !(self.may)(class, object) {
            return None;
        }
        match file {
            File::Log(object) => self.card.length(&logbook::path(object)),
            File::Picture(object) | File::Film(object) => {
                self.camera.shared(object, Recipient::Pilot).map(Scrubbed::len)
            }
            File::Document(_) | File::Incoming(_) => self.plain(file).map(<[u8]>::len),
        }
    }

    /// What is in a file that nobody needs a grant for.
    fn plain(&self, file: File) -> Option<&[u8]> {
        match file {
            File::Log(_) | File::Picture(_) | File::Film(_) => None,
            File::Document(document) => self.metadata.map(|told| told.bytes(document)),
            File::Incoming(place) => self.incoming.and_then(|incoming| incoming.bytes(place)),
        }
    }

    fn path(&self, file: File) -> String {
        match file {
            File::Log(object) => logbook::path(object),
            File::Picture(object) => format!("{PICTURES}/HW_{object:04}.JPG"),
            File::Film(object) => format!("{PICTURES}/HW_{object:04}.MKV"),
            File::Document(document) => String::from(document.path()),
            File::Incoming(place) => {
                self.incoming.and_then(|incoming| incoming.path(place)).unwrap_or_default()
            }
        }
    }

    fn find(&self, path: &str) -> Option<File> {
        let (folder, _) = path.rsplit_once('/')?;
        self.files(folder).into_iter().find(|&file| self.path(file) == path)
    }

    /// The files of a folder that may be seen, in order.
    fn files(&self, folder: &str) -> Vec<File> {
        let paths = self.card.paths();
        let objects = |beginning: &str| -> Vec<u32> {
            let numbers = paths.iter().filter_map(|path| number_of(path, beginning));
            let mut numbers: Vec<u32> = numbers.collect();
            // An unfinished copy beside a file has the same number.
            numbers.dedup();
            numbers
        };
        let shown = |object| match self.camera.shared(object, Recipient::Pilot) {
            Some(copy) if copy.is_film() => File::Film(object),
            Some(_) | None => File::Picture(object),
        };
        let all: Vec<File> = match folder {
            LOGS => objects("LOG/LOG_").into_iter().map(File::Log).collect(),
            metadata::FOLDER => Document::ALL.map(File::Document).into(),
            incoming::FOLDER => {
                let places = self.incoming.into_iter().flat_map(Incoming::taken);
                places.map(File::Incoming).collect()
            }
            PICTURES => objects("DCIM/100HUSHW/HW_").into_iter().map(shown).collect(),
            _ => Vec::new(),
        };
        all.into_iter().filter(|&file| self.length(file).is_some()).collect()
    }

    fn piece(&self, file: File, offset: usize, length: usize) -> Option<Piece> {
        self.length(file)?;
        match file {
            File::Log(object) => {
                Some(Piece::Log(object, SealedLog::piece(self.card, object, offset, length)))
            }
            File::Picture(object) | File::Film(object) => {
                let copy = self.camera.shared(object, Recipient::Pilot)?;
                Some(Piece::Picture(object, copy.part(offset, length)))
            }
            File::Document(_) | File::Incoming(_) => {
                let part = self.plain(file)?.get(offset..offset.checked_add(length)?)?;
                Some(Piece::Plain(part.to_vec()))
            }
        }
    }
}
