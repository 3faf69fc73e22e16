//! The sessions of the file protocol: requests in, answers out, each to be judged when it leaves.
//!
//! A session belongs to the component that opened it and has the number that this one gave it; one that is not used
//! makes room for another in time. What is done once is answered again as it was where it is asked for again, because its
//! answer was lost, and is not tried again: whether a request is a new one follows from the requests alone.
//!
//! **Never:** remembers what it has shown; tells why a file cannot be seen; holds more than so many sessions.

mod burst;
mod sum;
mod write;

use super::{File, LOGS, MEDIA, PICTURES, Piece, Shelf};
use crate::data::incoming::{self, Change};
use crate::data::metadata;
use crate::gate::Parcel;
use crate::radio::ftp::{Ask, FileHead, Nak, Request};
use crate::senses::{TICKS_PER_S, Tick};
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use burst::Burst;
use sum::Sum;

/// Most sessions at once.
const SESSIONS_MAX: usize = 8;
/// A session that nobody has used for so long gives way to another.
const IDLE_TICKS: u64 = 10 * TICKS_PER_S;
/// For so long a request that is the same to the last byte is the same request.
const AGAIN_TICKS: u64 = 5 * TICKS_PER_S;

/// What is under way.
pub(crate) struct Files {
    sessions: Vec<Session>,
    sum: Option<Sum>,
    /// What was asked for last of what is done once, and why it was refused, if it was.
    once: Option<(Request, Tick, Option<Nak>)>,
}

/// A file that somebody has open.
struct Session {
    of: (u8, u8),
    id: u8,
    file: File,
    /// Whether it was opened to be written.
    may_write: bool,
    used: Tick,
    burst: Option<Burst>,
}

/// What is to be done with a request.
pub(crate) enum Answer {
    /// Say this.
    Say(Parcel),
    /// Say this; if the gate keeps it back, close the session and refuse.
    Offer(Parcel, FileHead),
    /// Remove the file, then say this.
    Remove(String, Parcel),
    /// Make this change in this place, then say this.
    Change(u8, Change, Parcel),
    /// The answer comes in one of the ticks that follow.
    Later,
}

/// All that decides over a request, but the request.
pub(crate) struct Moment<'a> {
    /// When.
    pub now: Tick,
    /// What may be seen.
    pub shelf: &'a Shelf<'a>,
    /// Keeps files from being removed in flight.
    pub is_armed: bool,
}

impl Files {
    pub(crate) fn closed() -> Self {
        Self { sessions: Vec::new(), sum: None, once: None }
    }

    /// Whether nothing is under way that goes on without being asked.
    pub(crate) fn is_idle(&self) -> bool {
        self.sum.is_none() && self.sessions.iter().all(|session| session.burst.is_none())
    }

    /// Ends every session.
    pub(crate) fn close(&mut self) {
        self.sessions.clear();
        self.sum = None;
    }

    /// Ends the session that a request named.
    pub(crate) fn close_of(&mut self, head: &FileHead) {
        self.sessions.retain(|s| (s.of, s.id) != (head.asker(), head.session()));
    }

    /// Answers one request.
    pub(crate) fn answer(&mut self, request: Request, moment: &Moment<'_>) -> Answer {
        if let Some(answer) = self.answered_before(&request, moment.now) {
            return answer;
        }
        let again = request.clone();
        let Request { ask, offset, head, .. } = request;
        let (offset, shelf) = (offset as usize, moment.shelf);
        match ask {
            Ask::Refuse(why) => refuse(head, why),
            Ask::Nothing => granted(head),
            Ask::Terminate => {
                let done = self.terminate(&head);
                self.done_once(again, done, moment)
            }
            Ask::Create(path) => {
                let done = self.create(&path, &head, moment);
                self.done_once(again, done, moment)
            }
            Ask::Remove(path) => {
                let done = self.remove(path, &head, moment);
                self.done_once(again, done, moment)
            }
            Ask::Reset => {
                self.sessions.retain(|s| s.of != head.asker());
                granted(head)
            }
            Ask::List(folder) => list(&folder, offset, head, shelf),
            Ask::Open(path) => self.open(&path, false, head, moment),
            Ask::OpenToWrite(path) => self.open_to_write(&path, head, moment),
            Ask::Write(bytes) => self.write(offset, bytes, head, moment),
            Ask::Truncate(path) => self.truncate(&path, offset, head, moment),
            Ask::Read(size) => self.read(offset, usize::from(size), head, moment),
            Ask::Burst(size) => self.begin_burst(offset, usize::from(size), head, moment),
            Ask::Checksum(path) => self.begin_sum(&path, head, shelf),
        }
    }

    /// The answer to what was asked just before, if it is done once.
    fn answered_before(&self, request: &Request, now: Tick) -> Option<Answer> {
        let (asked, at, refused) = self.once.as_ref()?;
        let is_again = asked == request && now.0 <= at.0 + AGAIN_TICKS;
        let head = request.head.clone();
        is_again.then(|| match refused {
            Some(why) => refuse(head, *why),
            None => granted(head),
        })
    }

    /// Keeps in mind how a request was answered that is done once.
    fn done_once(
        &mut self,
        request: Request,
        done: Result<Answer, Nak>,
        moment: &Moment<'_>,
    ) -> Answer {
        let head = request.head.clone();
        self.once = Some((request, moment.now, done.as_ref().err().copied()));
        done.unwrap_or_else(|why| refuse(head, why))
    }

    fn terminate(&mut self, head: &FileHead) -> Result<Answer, Nak> {
        let open = self.sessions.len();
        self.close_of(head);
        let is_ended = self.sessions.len() < open;
        if is_ended { Ok(granted(head.clone())) } else { Err(Nak::InvalidSession) }
    }

    fn open(&mut self, path: &str, may_write: bool, head: FileHead, moment: &Moment<'_>) -> Answer {
        // Asked first, so that the answer says nothing of the file.
        self.close_of(&head);
        if !self.make_room(moment.now) {
            return refuse(head, Nak::NoSessions);
        }
        let shelf = moment.shelf;
        let Some((file, length)) = shelf.find(path).and_then(|f| Some((f, shelf.length(f)?)))
        else {
            return refuse(head, Nak::FileNotFound);
        };
        self.begin(file, may_write, &head, moment.now);
        Answer::Say(about(file, head, &(length as u32).to_le_bytes()))
    }

    /// Begins a session, if there is room for one.
    fn begin(&mut self, file: File, may_write: bool, head: &FileHead, now: Tick) -> bool {
        let has_room = self.make_room(now);
        if has_room {
            let (of, id) = (head.asker(), head.session());
            self.sessions.push(Session { of, id, file, may_write, used: now, burst: None });
        }
        has_room
    }

    /// Whether there is room for one more, which an idle one gives way to.
    fn make_room(&mut self, now: Tick) -> bool {
        if self.sessions.len() < SESSIONS_MAX {
            return true;
        }
        let idle = |s: &Session| now.0 >= s.used.0 + IDLE_TICKS;
        let idle = self.sessions.iter().position(idle);
        idle.map(|place| self.sessions.remove(place)).is_some()
    }

    /// The file of the session that a request names, with its length; otherwise the refusal.
    fn opened(&mut self, head: &FileHead, moment: &Moment<'_>) -> Result<(File, usize), Nak> {
        let is_it = |s: &&mut Session| (s.of, s.id) == (head.asker(), head.session());
        let session = self.sessions.iter_mut().find(is_it).ok_or(Nak::InvalidSession)?;
        session.used = moment.now;
        // Whatever is asked now, it is asked instead of the burst.
        session.burst = None;
        let file = session.file;
        let Some(length) = moment.shelf.length(file) else {
            self.close_of(head);
            return Err(Nak::FileNotFound);
        };
        Ok((file, length))
    }

    fn read(&mut self, offset: usize, size: usize, head: FileHead, moment: &Moment<'_>) -> Answer {
        let (file, length) = match self.opened(&head, moment) {
            Ok(opened) => opened,
            Err(why) => return refuse(head, why),
        };
        if offset >= length {
            return refuse(head, Nak::EndOfFile);
        }
        part(file, offset, size.min(length - offset), head, moment.shelf)
    }

    fn remove(
        &mut self,
        path: String,
        head: &FileHead,
        moment: &Moment<'_>,
    ) -> Result<Answer, Nak> {
        // Asked first, so that the answer says nothing of the file.
        if moment.is_armed {
            return Err(Nak::Fail);
        }
        let file = moment.shelf.find(&path).ok_or(Nak::FileNotFound)?;
        if let File::Document(_) = file {
            return Err(Nak::FileProtected);
        }
        self.sessions.retain(|s| s.file != file);
        if let File::Incoming(place) = file {
            return Ok(write::change(place, Change::Remove, head.clone()));
        }
        Ok(Answer::Remove(path, about(file, head.clone(), &[])))
    }
}

fn granted(head: FileHead) -> Answer {
    Answer::Say(Parcel::state(head.around(&[])))
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
        File::Document(_) | File::Incoming(_) => Parcel::state(head.around(data)),
    }
}

/// An answer that holds a part of a file.
fn part(file: File, offset: usize, length: usize, head: FileHead, shelf: &Shelf<'_>) -> Answer {
    let kept = head.clone();
    match shelf.piece(file, offset, length) {
        Some(Piece::Log(object, log)) => Answer::Offer(Parcel::log_file(object, head, log), kept),
        Some(Piece::Picture(object, picture)) => {
            Answer::Offer(Parcel::picture_file(object, head, picture), kept)
        }
        Some(Piece::Plain(bytes)) => Answer::Say(Parcel::state(head.around(&bytes))),
        None => refuse(head, Nak::FileNotFound),
    }
}

/// One entry of a folder. The folders themselves are always there, empty or not.
fn list(folder: &str, index: usize, head: FileHead, shelf: &Shelf<'_>) -> Answer {
    let folders: &[&str] = match folder {
        "" if shelf.incoming.is_some() => &[MEDIA, LOGS, metadata::FOLDER, incoming::FOLDER],
        "" => &[MEDIA, LOGS],
        MEDIA => &["100HUSHW"],
        LOGS | PICTURES => &[],
        metadata::FOLDER if shelf.metadata.is_some() => &[],
        incoming::FOLDER if shelf.incoming.is_some() => &[],
        _ => return refuse(head, Nak::FileNotFound),
    };
    if let Some(name) = folders.get(index) {
        return Answer::Say(Parcel::state(head.around(format!("D{name}\0").as_bytes())));
    }
    let Some(&file) = shelf.files(folder).get(index) else { return refuse(head, Nak::EndOfFile) };
    let Some(length) = shelf.length(file) else { return refuse(head, Nak::EndOfFile) };
    let path = shelf.path(file);
    let name = path.rsplit('/').next().unwrap_or_default();
    Answer::Say(about(file, head, format!("F{name}\t{length}\0").as_bytes()))
}
