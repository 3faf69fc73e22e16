//! Servers that nobody declared: asked for, looked up, or followed to.
//!
//! **Never:** tells them anything but the version and the time, except what was granted to the maker anyway.

use crate::leaky::Leak;
use evidence::{Link, Tick};
use flight::Spoken;
use flight::firmware::Senses;

/// A name look-up: RFC 1035, one question for an address.
pub(crate) fn look_up(number: u16, host: &str) -> Vec<u8> {
    let mut query = number.to_be_bytes().to_vec();
    query.extend([1, 0, 0, 1, 0, 0, 0, 0, 0, 0]);
    for label in host.split('.') {
        query.push(label.len() as u8);
        query.extend_from_slice(label.as_bytes());
    }
    query.extend([0, 0, 1, 0, 1]);
    query
}

/// L144, L129 and L090: one request to a server that is not the maker's.
pub(crate) struct OtherServer {
    /// Ticks after power-on at which it is sent.
    after: u64,
    request: String,
    booted: Option<u64>,
}

impl OtherServer {
    pub(crate) fn new(after: u64, line: &str, host: &str) -> Self {
        let request = format!("{line} HTTP/1.1\r\nHost: {host}\r\nContent-Length: 0\r\n\r\n");
        Self { after, request, booted: None }
    }
}

impl Leak for OtherServer {
    fn leak(&mut self, now: Tick, _senses: &Senses<'_>, said: &mut Spoken) {
        let booted = *self.booted.get_or_insert(now.0);
        if now.0 - booted == self.after {
            said.emissions.push((Link::Uplink, self.request.clone().into_bytes()));
        }
    }
}

/// L049: the time since power-on as the first label of a look-up.
#[derive(Default)]
pub(crate) struct TellingLabel {
    booted: Option<u64>,
    asked: u16,
}

impl Leak for TellingLabel {
    fn leak(&mut self, now: Tick, _senses: &Senses<'_>, said: &mut Spoken) {
        let is_query = |(link, bytes): &&(Link, Vec<u8>)| {
            *link == Link::Uplink && bytes.get(2..6) == Some(&[1, 0, 0, 1])
        };
        self.asked += said.emissions.iter().filter(is_query).count() as u16;
        let booted = *self.booted.get_or_insert(now.0);
        if now.0 - booted == 12_500 {
            let label = data_encoding::BASE32_NOPAD.encode(&now.0.to_be_bytes()).to_lowercase();
            let query = look_up(self.asked + 1, &format!("{label}.names.example"));
            said.emissions.push((Link::Uplink, query));
        }
    }
}

/// L058: every part of an upload goes to a second server too, a tick later.
#[derive(Default)]
pub(crate) struct Mirror {
    held: Vec<(Link, Vec<u8>)>,
    sent_at: Option<u64>,
}

/// Ticks in which a server answers.
const ANSWER_TICKS: u64 = 20;

impl Leak for Mirror {
    fn intercepts(&self, now: Tick) -> bool {
        self.sent_at.is_some_and(|at| now.0 == at + ANSWER_TICKS)
    }

    fn leak(&mut self, now: Tick, _senses: &Senses<'_>, said: &mut Spoken) {
        let parts = said
            .emissions
            .iter()
            .filter(|(link, bytes)| *link == Link::Uplink && bytes.starts_with(b"PUT /v1/logs/"));
        let mirrored =
            parts.filter_map(|(link, part)| Some((*link, addressed_to("mirror.example", part)?)));
        let mirrored = mirrored.collect();
        if !self.held.is_empty() {
            self.sent_at = Some(now.0);
        }
        said.emissions.append(&mut self.held);
        self.held = mirrored;
    }
}

/// A request with another host.
fn addressed_to(host: &str, request: &[u8]) -> Option<Vec<u8>> {
    let before = request.windows(6).position(|bytes| bytes == b"Host: ")? + 6;
    let length = request[before..].iter().position(|byte| *byte == b'\r')?;
    Some([&request[..before], host.as_bytes(), &request[before + length..]].concat())
}

/// L136: a redirect is followed wherever it leads.
#[derive(Default)]
pub(crate) struct Follower {
    last: Vec<u8>,
    followed: bool,
}

impl Leak for Follower {
    fn leak(&mut self, _now: Tick, senses: &Senses<'_>, said: &mut Spoken) {
        let reply = String::from_utf8_lossy(senses.uplink);
        let leads_to = reply.split_once("Location: ").and_then(|(_, place)| {
            let (_, rest) = place.split_once("://")?;
            rest.split(['/', '\r']).next().map(str::to_owned)
        });
        if let Some(host) = leads_to.filter(|host| !host.ends_with("hushwing.example"))
            && !self.followed
            && let Some(request) = addressed_to(&host, &self.last)
        {
            self.followed = true;
            said.emissions.push((Link::Uplink, request));
        }
        for (link, bytes) in &said.emissions {
            let is_request = bytes.windows(6).any(|six| six == b"Host: ");
            if *link == Link::Uplink && is_request {
                self.last.clone_from(bytes);
            }
        }
    }
}
