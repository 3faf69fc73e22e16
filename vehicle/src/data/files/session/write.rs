//! Writing: into the one folder that is there for it, by the sessions that opened a file there to be written.
//!
//! **Never:** writes what is asked for again a second time over something else; touches the card.

use super::{Answer, File, Files, Moment, Session, refuse};
use crate::data::incoming::Change;
use crate::gate::Parcel;
use crate::radio::ftp::{FileHead, Nak};
use alloc::vec::Vec;

impl Files {
    /// Creates a file, or empties the one of that name, and opens it.
    pub(super) fn create(
        &mut self,
        path: &str,
        head: &FileHead,
        moment: &Moment<'_>,
    ) -> Result<Answer, Nak> {
        let incoming = moment.shelf.incoming.ok_or(Nak::FileProtected)?;
        self.close_of(head);
        let (place, name) = incoming.place_for(path)?;
        let file = File::Incoming(place);
        self.sessions.retain(|session| session.file != file);
        if !self.begin(file, true, head, moment.now) {
            return Err(Nak::NoSessions);
        }
        Ok(change(place, Change::Create(name), head.clone()))
    }

    /// Opens a file that is there, to write more of it.
    pub(super) fn open_to_write(
        &mut self,
        path: &str,
        head: FileHead,
        moment: &Moment<'_>,
    ) -> Answer {
        if moment.shelf.incoming.is_none() {
            return refuse(head, Nak::FileProtected);
        }
        match moment.shelf.find(path) {
            Some(File::Incoming(_)) => self.open(path, true, head, moment),
            Some(_) | None => {
                self.close_of(&head);
                refuse(head, not_there(path, moment))
            }
        }
    }

    /// Writes into the file of a session.
    pub(super) fn write(
        &mut self,
        offset: usize,
        bytes: Vec<u8>,
        head: FileHead,
        moment: &Moment<'_>,
    ) -> Answer {
        let Some(incoming) = moment.shelf.incoming else {
            return refuse(head, Nak::FileProtected);
        };
        if let Err(why) = self.opened(&head, moment) {
            return refuse(head, why);
        }
        let Some(place) = self.written_by(&head) else { return refuse(head, Nak::FileProtected) };
        let write = Change::Write(offset, bytes);
        if incoming.takes(place, &write) {
            change(place, write, head)
        } else {
            refuse(head, Nak::Fail)
        }
    }

    /// Cuts a file short.
    pub(super) fn truncate(
        &mut self,
        path: &str,
        end: usize,
        head: FileHead,
        moment: &Moment<'_>,
    ) -> Answer {
        let cut = Change::Truncate(end);
        match (moment.shelf.incoming, moment.shelf.find(path)) {
            (Some(incoming), Some(File::Incoming(place))) if incoming.takes(place, &cut) => {
                change(place, cut, head)
            }
            (Some(_), Some(File::Incoming(_))) => refuse(head, Nak::Fail),
            (Some(_), _) => refuse(head, not_there(path, moment)),
            (None, _) => refuse(head, Nak::FileProtected),
        }
    }

    fn written_by(&self, head: &FileHead) -> Option<u8> {
        let is_it = |s: &&Session| (s.of, s.id) == (head.asker(), head.session());
        match self.sessions.iter().find(is_it)? {
            Session { file: File::Incoming(place), may_write: true, .. } => Some(*place),
            _ => None,
        }
    }
}

/// The answer where there is no such file to be written; nothing is told of what lies elsewhere.
fn not_there(path: &str, moment: &Moment<'_>) -> Nak {
    let place = moment.shelf.incoming.map(|incoming| incoming.place_for(path));
    match place {
        Some(Err(Nak::FileProtected)) | None => Nak::FileProtected,
        Some(Ok(_) | Err(_)) => Nak::FileNotFound,
    }
}

/// A change, and the answer that it is made.
pub(super) fn change(place: u8, change: Change, head: FileHead) -> Answer {
    Answer::Change(place, change, Parcel::state(head.around(&[])))
}
