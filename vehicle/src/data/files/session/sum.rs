//! The checksum of a log, some of it in each tick: a large file must not hold up the flight. A picture has none, for
//! nobody who has not read the copy could tell its checksum from something else.
//!
//! **Never:** sums up what may not be seen; works on more than one at a time.

use super::{Answer, File, Files, Shelf, about, refuse};
use crate::data::{checksum, logbook};
use crate::radio::ftp::{FileHead, Nak};

/// Most bytes in a tick.
const BYTES_MAX: usize = 64 * 1024;

/// A checksum under way.
pub(super) struct Sum {
    head: FileHead,
    object: u32,
    end: usize,
    offset: usize,
    so_far: u32,
}

impl Files {
    pub(super) fn begin_sum(&mut self, path: &str, head: FileHead, shelf: &Shelf<'_>) -> Answer {
        if self.sum.as_ref().is_some_and(|sum| sum.head.asker() != head.asker()) {
            return refuse(head, Nak::Fail);
        }
        let Some((file, end)) = shelf.find(path).and_then(|f| Some((f, shelf.length(f)?))) else {
            return refuse(head, Nak::FileNotFound);
        };
        match file {
            File::Log(object) => {
                self.sum = Some(Sum { head, object, end, offset: 0, so_far: 0 });
                Answer::Later
            }
            File::Picture(_) | File::Film(_) => refuse(head, Nak::FileProtected),
            // It is short, and nobody needs a grant for it.
            File::Document(_) | File::Incoming(_) => {
                let bytes = shelf.plain(file).unwrap_or_default();
                Answer::Say(about(file, head, &checksum::add(0, bytes).to_le_bytes()))
            }
        }
    }

    /// Goes on with the checksum; the answer, when it is whole.
    pub(crate) fn sum_up(&mut self, shelf: &Shelf<'_>) -> Option<Answer> {
        let mut sum = self.sum.take()?;
        let length = BYTES_MAX.min(sum.end - sum.offset);
        if shelf.length(File::Log(sum.object)).is_none() {
            return Some(refuse(sum.head, Nak::FileNotFound));
        }
        let part = shelf.card.read(&logbook::path(sum.object), sum.offset, length);
        (sum.so_far, sum.offset) = (checksum::add(sum.so_far, part), sum.offset + length);
        if sum.offset < sum.end {
            self.sum = Some(sum);
            return None;
        }
        Some(Answer::Say(about(File::Log(sum.object), sum.head, &sum.so_far.to_le_bytes())))
    }
}
