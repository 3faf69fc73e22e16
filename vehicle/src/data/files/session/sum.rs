//! The checksum of a file, some of it in each tick: a large file must not hold up the flight.
//!
//! **Never:** sums up what may not be seen; works on more than one at a time.

use super::{Answer, File, Files, Shelf, about, refuse};
use crate::radio::ftp::{FileHead, Nak};

/// Most bytes in a tick.
const BYTES_MAX: usize = 64 * 1024;

/// A checksum under way.
pub(super) struct Sum {
    head: FileHead,
    file: File,
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
        self.sum = Some(Sum { head, file, end, offset: 0, so_far: 0 });
        Answer::Later
    }

    /// Goes on with the checksum; the answer, when it is whole.
    pub(crate) fn sum_up(&mut self, shelf: &Shelf<'_>) -> Option<Answer> {
        let mut sum = self.sum.take()?;
        let length = BYTES_MAX.min(sum.end - sum.offset);
        let Some(so_far) = shelf.sum(sum.file, sum.so_far, sum.offset, length) else {
            return Some(refuse(sum.head, Nak::FileNotFound));
        };
        (sum.so_far, sum.offset) = (so_far, sum.offset + length);
        if sum.offset < sum.end {
            self.sum = Some(sum);
            return None;
        }
        Some(Answer::Say(about(sum.file, sum.head, &sum.so_far.to_le_bytes())))
    }
}
