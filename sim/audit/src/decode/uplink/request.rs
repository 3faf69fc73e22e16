//! One HTTP request, read and written again.
//!
//! **Never:** accepts two spellings of one request.

use super::report::{self, Report};
use evidence::scenario::Setting;
use evidence::{Cell, Class, Recipient};

/// Takes logs, pictures and reports.
pub const INTAKE: &str = "intake.hushwing.example";
/// Takes them where the first one fails.
pub const INTAKE_2: &str = "intake2.hushwing.example";
/// Knows of newer firmware.
pub const UPDATES: &str = "updates.hushwing.example";
/// Knows of zones.
pub const ZONES: &str = "zones.hushwing.example";

/// Every declared host; all of them are in the one declared region.
pub const HOSTS: [&str; 4] = [INTAKE, INTAKE_2, UPDATES, ZONES];

const HEADERS_MAX: usize = 8;

/// What an emission serves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Service {
    /// The check for a newer firmware.
    Update,
    /// The report on health.
    Report,
    /// The question about zones.
    Zones,
    /// The upload of a log.
    Logs,
    /// The upload of a picture.
    Media,
    /// A look-up of a host that takes logs, pictures and reports.
    AnyIntake,
}

impl Service {
    /// The switch that it leaves under; none where it could be several.
    pub fn switch(self) -> Option<Setting> {
        match self {
            Self::Update => Some(Setting::UpUpdate),
            Self::Report => Some(Setting::UpDiag),
            Self::Zones => Some(Setting::UpNofly),
            Self::Logs => Some(Setting::UpLogs),
            Self::Media => Some(Setting::UpMedia),
            Self::AnyIntake => None,
        }
    }

    /// The switches of which one must be on.
    pub fn switches(self) -> &'static [Setting] {
        match self {
            Self::Update => &[Setting::UpUpdate],
            Self::Report => &[Setting::UpDiag],
            Self::Zones => &[Setting::UpNofly],
            Self::Logs => &[Setting::UpLogs],
            Self::Media => &[Setting::UpMedia],
            Self::AnyIntake => &[Setting::UpLogs, Setting::UpMedia, Setting::UpDiag],
        }
    }

    /// Whether a host is one that it goes to by itself.
    pub fn goes_to(self, host: &str) -> bool {
        match self {
            Self::Update => host == UPDATES,
            Self::Zones => host == ZONES,
            Self::Report | Self::Logs | Self::Media | Self::AnyIntake => {
                host == INTAKE || host == INTAKE_2
            }
        }
    }

    /// The service that a look-up of a host is for.
    pub fn of_host(host: &str) -> Option<Self> {
        match host {
            INTAKE | INTAKE_2 => Some(Self::AnyIntake),
            UPDATES => Some(Self::Update),
            ZONES => Some(Self::Zones),
            _ => None,
        }
    }
}

/// What is uploaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A sealed log.
    Log,
    /// A scrubbed still.
    Still,
    /// A scrubbed film.
    Film,
}

impl Kind {
    /// The class that a grant for it names.
    pub fn class(self) -> Class {
        match self {
            Self::Log => Class::FlightLog,
            Self::Still | Self::Film => Class::Imagery,
        }
    }

    fn folder(self) -> &'static str {
        match self {
            Self::Log => "logs",
            Self::Still | Self::Film => "media",
        }
    }

    fn content_type(self) -> &'static str {
        match self {
            Self::Log => "application/vnd.hushwing.log",
            Self::Still => "image/jpeg",
            Self::Film => "video/x-matroska",
        }
    }
}

/// One part of an upload.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part<'a> {
    /// Of what.
    pub kind: Kind,
    /// Number of the object.
    pub object: u32,
    /// Number of the part, from 0.
    pub number: u64,
    /// First byte.
    pub first: u64,
    /// Last byte.
    pub last: u64,
    /// Length of the whole object.
    pub total: u64,
    /// The bytes.
    pub body: &'a [u8],
}

/// What is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Request<'a> {
    /// The check for a newer firmware, by the version that there is.
    Update(&'a str),
    /// The question about the zones of a cell.
    Zones(Cell),
    /// A report.
    Report(Report<'a>),
    /// A part of an upload.
    Part(Part<'a>),
}

impl Request<'_> {
    /// What it serves.
    pub fn service(&self) -> Service {
        match self {
            Self::Update(_) => Service::Update,
            Self::Zones(_) => Service::Zones,
            Self::Report(_) => Service::Report,
            Self::Part(part) => match part.kind {
                Kind::Log => Service::Logs,
                Kind::Still | Kind::Film => Service::Media,
            },
        }
    }

    /// The object that it carries, and the recipient of that.
    pub fn object(&self) -> Option<(Class, u32, Recipient)> {
        match self {
            Self::Part(part) => Some((part.kind.class(), part.object, Recipient::Maker)),
            Self::Update(_) | Self::Zones(_) | Self::Report(_) => None,
        }
    }
}

/// A request and where it goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sent<'a> {
    /// One of [`HOSTS`].
    pub host: &'static str,
    /// What is asked for.
    pub request: Request<'a>,
}

/// Why a request cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It goes to a host that nobody declared.
    Host(String),
    /// The rule that it breaks.
    Rule(String),
}

/// Reads a request.
pub fn read(bytes: &[u8]) -> Result<Sent<'_>, Fault> {
    let rule = |rule: String| Err(Fault::Rule(rule));
    let mut headers = [httparse::EMPTY_HEADER; HEADERS_MAX];
    let mut parsed = httparse::Request::new(&mut headers);
    let Ok(httparse::Status::Complete(head)) = parsed.parse(bytes) else {
        return rule("bytes that are no HTTP request".to_owned());
    };
    let body = &bytes[head..];
    let header = |name: &str| {
        let found = parsed.headers.iter().find(|h| h.name.eq_ignore_ascii_case(name));
        found.and_then(|h| std::str::from_utf8(h.value).ok()).unwrap_or_default()
    };
    let named = header("Host");
    let Some(host) = HOSTS.into_iter().find(|host| *host == named) else {
        return Err(Fault::Host(format!("destination {named:?} is not listed")));
    };
    let (method, path) = (parsed.method.unwrap_or_default(), parsed.path.unwrap_or_default());
    let request = match method {
        "GET" => get(path),
        "PUT" => {
            part(path, header("Content-Type"), header("Content-Range"), body).map(Request::Part)
        }
        "POST" if path == report::PATH => report::read(body).map(Request::Report),
        _ => None,
    };
    let Some(request) = request else {
        return rule(format!("{method} {path} is not a listed request to {host}"));
    };
    if canonical_head(host, &request, body.len()).as_bytes() != &bytes[..head] {
        return rule(format!("{method} {path} has unlisted headers or another spelling"));
    }
    let length = match &request {
        Request::Update(_) | Request::Zones(_) => 0,
        Request::Part(part) => part.last - part.first + 1,
        // It was read to its end.
        Request::Report(_) => body.len() as u64,
    };
    if body.len() as u64 != length {
        return rule(format!("{method} {path} has a body of another length than it says"));
    }
    Ok(Sent { host, request })
}

fn get(path: &str) -> Option<Request<'_>> {
    if let Some(version) = path.strip_prefix("/v1/updates/") {
        return Some(Request::Update(version));
    }
    super::cell(path.strip_prefix("/v1/zones/")?).map(Request::Zones)
}

fn part<'a>(path: &str, kind: &str, range: &str, body: &'a [u8]) -> Option<Part<'a>> {
    let mut places = path.strip_prefix("/v1/")?.split('/');
    let kind = match (places.next()?, kind) {
        ("logs", _) => Kind::Log,
        ("media", "video/x-matroska") => Kind::Film,
        ("media", _) => Kind::Still,
        _ => return None,
    };
    let (object, number) = (places.next()?.parse().ok()?, places.next()?.parse().ok()?);
    let (range, total) = range.strip_prefix("bytes ")?.split_once('/')?;
    let (first, last) = range.split_once('-')?;
    let (first, last, total) = (first.parse().ok()?, last.parse().ok()?, total.parse().ok()?);
    // Bounded, so that sums of them cannot overflow: no object is larger than 4 GiB.
    let is_sane = number <= u64::from(u32::MAX)
        && first <= last
        && last < total
        && total <= u64::from(u32::MAX);
    is_sane.then_some(Part { kind, object, number, first, last, total, body })
}

fn canonical_head(host: &str, request: &Request<'_>, body: usize) -> String {
    match request {
        Request::Update(version) => {
            format!(
                "GET /v1/updates/{version} HTTP/1.1\r\nHost: {host}\r\nContent-Length: 0\r\n\r\n"
            )
        }
        Request::Zones(cell) => {
            format!("GET /v1/zones/{cell} HTTP/1.1\r\nHost: {host}\r\nContent-Length: 0\r\n\r\n")
        }
        Request::Report(_) => format!(
            "POST {} HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\n\
             Content-Length: {body}\r\n\r\n",
            report::PATH,
        ),
        Request::Part(part) => format!(
            "PUT /v1/{}/{}/{} HTTP/1.1\r\nHost: {host}\r\nContent-Type: {}\r\n\
             Content-Range: bytes {}-{}/{}\r\nContent-Length: {}\r\n\r\n",
            part.kind.folder(),
            part.object,
            part.number,
            part.kind.content_type(),
            part.first,
            part.last,
            part.total,
            part.last - part.first + 1,
        ),
    }
}
