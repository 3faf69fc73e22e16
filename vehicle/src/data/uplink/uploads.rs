//! The objects that wait to be carried to the maker, in the order in which the pilot asked, part by part.
//!
//! **Never:** sends more than the object had when it was asked for; keeps bytes of an object; takes one twice.

use super::calls::HttpHead;
use crate::consent::Scope;
use crate::data::camera::Camera;
use crate::data::download::Start;
use crate::data::logbook::{SealedLog, path};
use crate::data::names::Host;
use crate::data::scrub::Scrubbed;
use crate::gate::Parcel;
use crate::senses::Storage;
use crate::words::{Class, Recipient};
use alloc::collections::VecDeque;
use alloc::format;
use alloc::string::String;

const PART: usize = 1024;
/// More than this do not wait.
const WAITING_MAX: usize = 8;

/// Number of an upload; one that is asked for again has another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct UploadId(u32);

/// All uploads that are not finished.
pub(super) struct Uploads {
    waiting: VecDeque<Upload>,
    next_id: u32,
}

struct Upload {
    id: UploadId,
    scope: Scope,
    part: usize,
    total: usize,
    content_type: &'static str,
    host: Host,
}

/// The next part of an upload.
pub(super) struct Part {
    scope: Scope,
    number: usize,
    pub(super) first: usize,
    pub(super) length: usize,
    pub(super) total: usize,
    pub(super) content_type: &'static str,
}

impl Uploads {
    pub(super) fn none() -> Self {
        Self { waiting: VecDeque::new(), next_id: 0 }
    }

    pub(super) fn start(&mut self, scope: Scope, camera: &Camera, card: &dyn Storage) -> Start {
        let found = match (scope.recipient, scope.category) {
            (Recipient::Maker, Class::FlightLog) => card
                .length(&path(scope.object))
                .map(|total| (total, "application/vnd.hushwing.log")),
            (Recipient::Maker, Class::Imagery) => camera
                .shared(scope.object, Recipient::Maker)
                .map(|copy| (copy.len(), content_type(copy))),
            _ => None,
        };
        let Some((total, content_type)) = found.filter(|&(total, _)| total > 0) else {
            return Start::NoSuchObject;
        };
        let waits = self.waiting.iter().any(|upload| upload.scope == scope);
        if waits || self.waiting.len() >= WAITING_MAX {
            return Start::Busy;
        }
        let id = UploadId(self.next_id);
        self.next_id = self.next_id.wrapping_add(1);
        let host = Host::Intake;
        self.waiting.push_back(Upload { id, scope, part: 0, total, content_type, host });
        Start::Started
    }

    /// The upload whose turn it is, and the host that takes its parts.
    pub(super) fn next(&self) -> Option<(UploadId, Host)> {
        self.waiting.front().map(|upload| (upload.id, upload.host))
    }

    pub(super) fn is_log(&self, id: UploadId) -> bool {
        self.find(id).is_some_and(|upload| upload.scope.category == Class::FlightLog)
    }

    /// The next part of an upload; none where it was stopped.
    pub(super) fn part(&self, id: UploadId) -> Option<Part> {
        let upload = self.find(id)?;
        let first = upload.part * PART;
        Some(Part {
            scope: upload.scope,
            number: upload.part,
            first,
            length: PART.min(upload.total - first),
            total: upload.total,
            content_type: upload.content_type,
        })
    }

    /// A part has arrived at a host, which has shown that it is there: the rest goes there too.
    pub(super) fn part_arrived(&mut self, id: UploadId, host: Host) {
        if let Some(upload) = self.waiting.iter_mut().find(|upload| upload.id == id) {
            upload.part += 1;
            upload.host = host;
            if upload.part * PART >= upload.total {
                self.end(id);
            }
        }
    }

    /// Ends an upload; whether there was one.
    pub(super) fn end(&mut self, id: UploadId) -> bool {
        let before = self.waiting.len();
        self.waiting.retain(|upload| upload.id != id);
        self.waiting.len() < before
    }

    pub(super) fn cancel(&mut self, scope: Scope) {
        self.waiting.retain(|upload| upload.scope != scope);
    }

    fn find(&self, id: UploadId) -> Option<&Upload> {
        self.waiting.iter().find(|upload| upload.id == id)
    }
}

/// What a scrubbed copy is sent as.
fn content_type(copy: &Scrubbed) -> &'static str {
    if copy.is_film() { "video/x-matroska" } else { "image/jpeg" }
}

impl Part {
    pub(super) fn path(&self) -> String {
        let folder = if self.scope.category == Class::FlightLog { "logs" } else { "media" };
        format!("/v1/{folder}/{}/{}", self.scope.object, self.number)
    }

    /// The part with its head; none where the object is gone.
    pub(super) fn parcel(
        &self,
        head: HttpHead,
        camera: &Camera,
        card: &dyn Storage,
    ) -> Option<Parcel> {
        let object = self.scope.object;
        if self.scope.category == Class::FlightLog {
            let piece = SealedLog::piece(card, object, self.first, self.length);
            // A log that was erased or rotated away meanwhile cannot fill the length that the head names.
            return (piece.len() == self.length).then(|| Parcel::log_to_maker(object, head, piece));
        }
        let copy = camera.shared(object, Recipient::Maker);
        // With its place it is longer: where leave for that came or went meanwhile, the rest does not fit.
        let picture = copy.filter(|copy| copy.len() == self.total)?;
        Some(Parcel::picture_to_maker(object, head, picture.part(self.first, self.length)))
    }
}
