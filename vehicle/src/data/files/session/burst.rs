//! Bursts: one answer after another, until the file ends or so many have been said.
//!
//! The station asks on from there. It need not answer a burst, so this is all that keeps a slow one from losing more
//! than its own socket holds. How long a picture is follows from what it shows, and how many frames have been said is
//! told to everybody, so a burst of a picture is one answer long.
//!
//! **Never:** goes on for a station that has asked for something else; says more in one burst than fits a socket.

use super::{Answer, File, Files, Moment, Session, part, refuse};
use crate::radio::ftp::{FileHead, Nak};

/// Most answers of one burst of a log: 48 kB, which a socket of the usual size holds.
const ANSWERS_MAX: u16 = 200;

/// Most answers of one burst.
fn answers_max(file: File) -> u16 {
    match file {
        File::Log(_) | File::Document(_) | File::Incoming(_) => ANSWERS_MAX,
        File::Picture(_) | File::Film(_) => 1,
    }
}

/// A burst under way.
pub(super) struct Burst {
    head: FileHead,
    offset: usize,
    size: usize,
    said: u16,
}

impl Files {
    pub(super) fn begin_burst(
        &mut self,
        offset: usize,
        size: usize,
        head: FileHead,
        moment: &Moment<'_>,
    ) -> Answer {
        match self.opened(&head, moment) {
            Ok((_, length)) if offset >= length => return refuse(head, Nak::EndOfFile),
            Ok(_) => {}
            Err(why) => return refuse(head, why),
        }
        let is_it = |s: &&mut Session| (s.of, s.id) == (head.asker(), head.session());
        if let Some(session) = self.sessions.iter_mut().find(is_it) {
            session.burst = Some(Burst { head, offset, size, said: 0 });
        }
        Answer::Later
    }

    /// The next answer of a burst, if one is under way.
    pub(crate) fn next_of_burst(&mut self, moment: &Moment<'_>) -> Option<Answer> {
        let session = self.sessions.iter_mut().find(|session| session.burst.is_some())?;
        session.used = moment.now;
        let (file, burst) = (session.file, session.burst.as_mut()?);
        let (offset, said) = (burst.offset, burst.said);
        let Some(length) = moment.shelf.length(file) else {
            let head = burst.head.in_burst(said, offset as u32, false);
            self.close_of(&head);
            return Some(refuse(head, Nak::FileNotFound));
        };
        let size = burst.size.min(length.saturating_sub(offset));
        burst.offset += size;
        burst.said += 1;
        let is_last = burst.said >= answers_max(file) || burst.offset >= length;
        let head = burst.head.in_burst(said, offset as u32, is_last);
        if is_last {
            session.burst = None;
        }
        Some(part(file, offset, size, head, moment.shelf))
    }
}
