//! What is asked of the servers, written out: one HTTP request for each errand.
//!
//! **Never:** has a header that is not shown here; names the vehicle, its owner or its place but by the cell.

use super::uploads::{UploadId, Uploads};
use crate::data::camera::Camera;
use crate::data::cell::Cell;
use crate::data::diagnostics::Report;
use crate::data::names::Host;
use crate::gate::{Door, Parcel};
use crate::senses::Storage;
use crate::settings::Setting;
use alloc::format;
use alloc::string::String;

/// The head of an HTTP request. Made here and nowhere else.
pub struct HttpHead(String);

impl HttpHead {
    pub(crate) fn open(self, _: &Door) -> String {
        self.0
    }
}

/// Why the line is used.
pub(super) enum Errand {
    /// The next part of an upload.
    Part(UploadId),
    /// A report; one that is tried again stays the same.
    Report(Report),
    /// The list of no-fly zones of a cell.
    Zones(Cell),
    /// Whether there is newer software.
    Update,
}

impl Errand {
    /// Path of the request; none where the upload was stopped.
    pub(super) fn path(&self, uploads: &Uploads, version: &str) -> Option<String> {
        Some(match self {
            Self::Part(upload) => uploads.part(*upload)?.path(),
            Self::Report(_) => String::from("/v1/reports"),
            Self::Zones(cell) => format!("/v1/zones/{cell}"),
            Self::Update => format!("/v1/updates/{version}"),
        })
    }

    /// The switch under which a look-up for it is judged.
    pub(super) fn service(&self, uploads: &Uploads) -> Setting {
        match self {
            Self::Part(upload) if uploads.is_log(*upload) => Setting::UpLogs,
            Self::Part(_) => Setting::UpMedia,
            Self::Report(_) => Setting::UpDiag,
            Self::Zones(_) => Setting::UpNofly,
            Self::Update => Setting::UpUpdate,
        }
    }
}

/// An errand on its way.
pub(super) struct Call {
    pub(super) errand: Errand,
    /// Whose business it is.
    pub(super) host: Host,
    /// Where that host has sent it in this try.
    pub(super) led: Option<Host>,
    /// Tries that have failed at this host.
    pub(super) tries: u32,
    /// Look-ups in this try that were not answered.
    pub(super) questions: u32,
}

impl Call {
    pub(super) fn to(host: Host, errand: Errand) -> Self {
        Self { errand, host, led: None, tries: 0, questions: 0 }
    }

    /// Where the request goes.
    pub(super) fn at(&self) -> Host {
        self.led.unwrap_or(self.host)
    }
}

/// The request of a call; none where there is nothing to send any more.
pub(super) fn request(
    call: &Call,
    version: &str,
    uploads: &Uploads,
    camera: &Camera,
    card: &dyn Storage,
) -> Option<Parcel> {
    let path = call.errand.path(uploads, version)?;
    let host = call.at().name();
    Some(match &call.errand {
        Errand::Part(upload) => {
            let part = uploads.part(*upload)?;
            let (kind, first, length, total) =
                (part.content_type, part.first, part.length, part.total);
            let head = HttpHead(format!(
                "PUT {path} HTTP/1.1\r\nHost: {host}\r\nContent-Type: {kind}\r\n\
                 Content-Range: bytes {first}-{}/{total}\r\nContent-Length: {length}\r\n\r\n",
                first + length - 1,
            ));
            return part.parcel(head, camera, card);
        }
        Errand::Report(report) => {
            let head = HttpHead(format!(
                "POST {path} HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\n\
                 Content-Length: {}\r\n\r\n",
                report.length(),
            ));
            Parcel::report(head, report.clone())
        }
        Errand::Zones(_) => Parcel::zones_query(get(&path, host)),
        Errand::Update => Parcel::update_check(get(&path, host)),
    })
}

fn get(path: &str, host: &str) -> HttpHead {
    HttpHead(format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nContent-Length: 0\r\n\r\n"))
}
