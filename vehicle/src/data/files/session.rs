//! The one session of the file protocol: requests in, answers out, each to be judged when it leaves.
//!
//! The session has the number that the station gave it. A removal that is asked for again, because its answer was
//! lost, is answered again and not carried out again.
//!
//! **Never:** remembers what it has shown; tells why a file cannot be seen.

use super::{File, LOGS, MEDIA, PICTURES, Piece, Shelf};
use crate::gate::Parcel;
use crate::radio::ftp::{Ask, FileHead, Nak, Request};
use alloc::format;
use alloc::string::String;

/// The session, if one is open.
#[derive(Clone, Copy)]
pub(crate) struct Files {
    open: Option<(u8, File)>,
    removed: Option<(u16, u8)>,
}

/// What is to be done with a request.
pub(crate) enum Answer {
    /// Say this.
    Say(Parcel),
    /// Say this; if the gate keeps it back, close the session and refuse.
    Offer(Parcel, FileHead),
    /// Remove the file, then say this.
    Remove(String, Parcel),
}

impl Files {
    pub(crate) fn closed() -> Self {
        Self { open: None, removed: None }
    }

    /// Ends the session.
    pub(crate) fn close(&mut self) {
        self.open = None;
    }

    /// Answers one request. `is_armed` keeps files from being removed in flight.
    pub(crate) fn answer(&mut self, request: Request, shelf: &Shelf<'_>, is_armed: bool) -> Answer {
        let Request { ask, session, offset, head } = request;
        let offset = offset as usize;
        match ask {
            Ask::Refuse(why) => refuse(head, why),
            Ask::Terminate if self.open.is_none_or(|(id, _)| id != session) => {
                refuse(head, Nak::InvalidSession)
            }
            Ask::Terminate | Ask::Reset => {
                self.close();
                Answer::Say(Parcel::state(head.around(&[])))
            }
            Ask::List(folder) => list(&folder, offset, head, shelf),
            Ask::Open(path) => self.open(&path, session, head, shelf),
            Ask::Read(size) => self.read(session, offset, usize::from(size), head, shelf),
            Ask::Remove(path) => self.remove(path, head, shelf, is_armed),
        }
    }

    fn open(&mut self, path: &str, session: u8, head: FileHead, shelf: &Shelf<'_>) -> Answer {
        // Asked first, so that the answer says nothing of the file.
        if self.open.is_some_and(|(id, _)| id != session) {
            return refuse(head, Nak::NoSessions);
        }
        self.open = None;
        let Some((file, length)) = shelf.find(path).and_then(|f| Some((f, shelf.length(f)?)))
        else {
            return refuse(head, Nak::FileNotFound);
        };
        self.open = Some((session, file));
        Answer::Say(about(file, head, &(length as u32).to_le_bytes()))
    }

    fn read(
        &mut self,
        session: u8,
        offset: usize,
        size: usize,
        head: FileHead,
        shelf: &Shelf<'_>,
    ) -> Answer {
        let Some((_, file)) = self.open.filter(|&(id, _)| id == session) else {
            return refuse(head, Nak::InvalidSession);
        };
        let Some(length) = shelf.length(file) else {
            self.close();
            return refuse(head, Nak::FileNotFound);
        };
        if offset >= length {
            return refuse(head, Nak::EndOfFile);
        }
        let kept = head.clone();
        match shelf.piece(file, offset, size.min(length - offset)) {
            Some(Piece::Log(object, log)) => {
                Answer::Offer(Parcel::log_file(object, head, log), kept)
            }
            Some(Piece::Picture(object, picture)) => {
                Answer::Offer(Parcel::picture_file(object, head, picture), kept)
            }
            None => refuse(head, Nak::FileNotFound),
        }
    }

    fn remove(
        &mut self,
        path: String,
        head: FileHead,
        shelf: &Shelf<'_>,
        is_armed: bool,
    ) -> Answer {
        if self.removed == Some(head.mark()) {
            return Answer::Say(Parcel::state(head.around(&[])));
        }
        // Asked first, so that the answer says nothing of the file.
        if is_armed {
            return refuse(head, Nak::Fail);
        }
        let Some(file) = shelf.find(&path) else { return refuse(head, Nak::FileNotFound) };
        if self.open.is_some_and(|(_, open)| open == file) {
            self.close();
        }
        self.removed = Some(head.mark());
        let done = about(file, head, &[]);
        Answer::Remove(path, done)
    }
}

fn refuse(head: FileHead, why: Nak) -> Answer {
    Answer::Say(Parcel::state(head.refused(why)))
}

/// An answer that tells that a file is there.
fn about(file: File, head: FileHead, data: &[u8]) -> Parcel {
    match file {
        File::Log(object) => Parcel::about_log(object, head.around(data)),
        File::Picture(object) | File::Film(object) => {
            Parcel::about_picture(object, head.around(data))
        }
    }
}

/// One entry of a folder. The folders themselves are always there, empty or not.
fn list(folder: &str, index: usize, head: FileHead, shelf: &Shelf<'_>) -> Answer {
    let folders: &[&str] = match folder {
        "" => &[MEDIA, LOGS],
        MEDIA => &["100HUSHW"],
        LOGS | PICTURES => &[],
        _ => return refuse(head, Nak::FileNotFound),
    };
    if let Some(name) = folders.get(index) {
        return Answer::Say(Parcel::state(head.around(format!("D{name}\0").as_bytes())));
    }
    let Some(&file) = shelf.files(folder).get(index) else { return refuse(head, Nak::EndOfFile) };
    let Some(length) = shelf.length(file) else { return refuse(head, Nak::EndOfFile) };
    let path = file.path();
    let name = path.rsplit('/').next().unwrap_or_default();
    Answer::Say(about(file, head, format!("F{name}\t{length}\0").as_bytes()))
}
