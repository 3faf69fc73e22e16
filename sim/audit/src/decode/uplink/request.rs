//! One HTTP request, read and written again.
//!
//! **Never:** accepts two spellings of one request.

use evidence::Class;

const INTAKE: &str = "intake.hushwing.example";
const UPDATES: &str = "updates.hushwing.example";
const UPDATE_PATH: &str = "/v1/updates/0.1.0";
const HEADERS_MAX: usize = 8;

/// What is uploaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A sealed log.
    Log,
    /// A scrubbed picture.
    Media,
}

impl Kind {
    /// The class that a grant for it names.
    pub fn class(self) -> Class {
        match self {
            Self::Log => Class::FlightLog,
            Self::Media => Class::Imagery,
        }
    }

    fn folder(self) -> &'static str {
        match self {
            Self::Log => "logs",
            Self::Media => "media",
        }
    }

    fn content_type(self) -> &'static str {
        match self {
            Self::Log => "application/vnd.hushwing.log",
            Self::Media => "image/jpeg",
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

/// A listed request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Request<'a> {
    /// The check for a newer firmware.
    Update,
    /// A part of an upload.
    Part(Part<'a>),
}

/// Reads a request; the error is the rule that it breaks.
pub fn read(bytes: &[u8]) -> Result<Request<'_>, String> {
    let mut headers = [httparse::EMPTY_HEADER; HEADERS_MAX];
    let mut parsed = httparse::Request::new(&mut headers);
    let Ok(httparse::Status::Complete(head)) = parsed.parse(bytes) else {
        return Err("bytes that are no HTTP request".to_owned());
    };
    let body = &bytes[head..];
    let header = |name: &str| {
        let found = parsed.headers.iter().find(|h| h.name.eq_ignore_ascii_case(name));
        found.and_then(|h| std::str::from_utf8(h.value).ok()).unwrap_or_default()
    };
    let host = header("Host");
    if host != INTAKE && host != UPDATES {
        return Err(format!("destination {host:?} is not listed"));
    }
    let (method, path) = (parsed.method.unwrap_or_default(), parsed.path.unwrap_or_default());
    let request = match (host, method) {
        (UPDATES, "GET") if path == UPDATE_PATH => Some(Request::Update),
        (INTAKE, "PUT") => part(path, header("Content-Range"), body).map(Request::Part),
        _ => None,
    };
    let Some(request) = request else {
        return Err(format!("{method} {path} is not a listed request to {host}"));
    };
    let canonical = canonical_head(&request);
    if canonical.as_bytes() != &bytes[..head] {
        return Err(format!("{method} {path} has unlisted headers or another spelling"));
    }
    let length = match request {
        Request::Update => 0,
        Request::Part(part) => part.last - part.first + 1,
    };
    if body.len() as u64 != length {
        return Err(format!("{method} {path} has a body of another length than it says"));
    }
    Ok(request)
}

fn part<'a>(path: &str, range: &str, body: &'a [u8]) -> Option<Part<'a>> {
    let mut places = path.strip_prefix("/v1/")?.split('/');
    let kind = match places.next()? {
        "logs" => Kind::Log,
        "media" => Kind::Media,
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

fn canonical_head(request: &Request<'_>) -> String {
    match request {
        Request::Update => {
            format!("GET {UPDATE_PATH} HTTP/1.1\r\nHost: {UPDATES}\r\nContent-Length: 0\r\n\r\n")
        }
        Request::Part(part) => format!(
            "PUT /v1/{}/{}/{} HTTP/1.1\r\nHost: {INTAKE}\r\nContent-Type: {}\r\n\
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
