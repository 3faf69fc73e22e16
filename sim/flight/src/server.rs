//! The maker's servers, simulated: the name server and four hosts, which answer each seat 40 ms later.
//!
//! | mood | look-ups | requests |
//! |---|---|---|
//! | `Accepts` | answered | done: 200 or 201 |
//! | `Refuses` | answered | 503 |
//! | `Silent` | answered | no answer |
//! | `Redirects(Declared)` | answered | 307 to `intake2`, which does them |
//! | `Redirects(Elsewhere)` | answered | 307 to a host that nobody declared |
//! | `Garbage` | answered | bytes that are no HTTP |
//! | `Greedy` | answered | 200, with a body that asks for more |
//! | `NameServerSilent` | no answer | done |
//!
//! **Never:** opens a socket; hears more than one seat; gives an object to anyone but its owner.

mod names;
mod shelf;

use evidence::scenario::{Act, Scenario, Server as Mood, Whither};
use evidence::{Link, Tick};
use shelf::{Asker, Shelf};
use std::collections::VecDeque;

/// 40 ms.
const ANSWER_AFTER_TICKS: u64 = 20;
/// More requests than this under way at once are not answered.
const UNDER_WAY_MAX: usize = 64;

const SECOND_INTAKE: &str = "intake2.hushwing.example";
const NOBODYS_HOST: &str = "collector.example";
const GARBAGE: &[u8] =
    b"\x16\x03\x01\x02\x00HTTP/1.1 299 \xFF\xFE Location: collector.example\r\n\r\n";
const DEMAND: &str = "send: log 1, log 2, media 1, position";

/// The newest software there is.
const NEWEST: &str = "0.1.1";
/// What the server for zones lists, by cell: a fair south of Edinburgh's airport.
const LISTED: [(&str, &str); 1] = [("1660-1106", "circle 55.903 -3.378 150 0 300\n")];

/// How the servers feel, over the story; the same for every seat.
pub struct Moods {
    turns: Vec<(Tick, Mood)>,
    now: Mood,
    next: usize,
}

impl Moods {
    /// As the story has it.
    #[must_use]
    pub fn of(scenario: &Scenario) -> Self {
        let turn = |act: &Act| if let Act::ServerTurns(mood) = act { Some(*mood) } else { None };
        let beats = scenario.beats.iter();
        let turns = beats.filter_map(|b| Some((Tick::at_s(b.at_s), turn(&b.does)?))).collect();
        Self { turns, now: scenario.server, next: 0 }
    }

    /// The mood of the tick that was turned to last.
    #[must_use]
    pub fn now(&self) -> Mood {
        self.now
    }

    /// Turns to a tick; ticks do not go back.
    pub fn turn(&mut self, now: Tick) {
        while let Some((_, mood)) = self.turns.get(self.next).filter(|(at, _)| *at <= now) {
            self.now = *mood;
            self.next += 1;
        }
    }
}

/// One seat's connection to the servers, and what they keep for its owner.
#[derive(Default)]
pub struct Connection {
    under_way: VecDeque<(Tick, Vec<u8>)>,
    arriving: Vec<u8>,
    shelf: Shelf,
}

impl Connection {
    /// The bytes that reach the seat in this tick.
    pub fn deliver(&mut self, now: Tick) -> &[u8] {
        self.arriving.clear();
        while let Some((_, answer)) = self.under_way.pop_front_if(|(at, _)| *at <= now) {
            self.arriving.extend_from_slice(&answer);
        }
        &self.arriving
    }

    /// Hears what the seat said in this tick.
    pub fn hear(&mut self, now: Tick, said: &[(Link, Vec<u8>)], mood: Mood) {
        for (_, bytes) in said.iter().filter(|(link, _)| *link == Link::Uplink) {
            let answer = match Request::read(bytes) {
                Some(request) => self.answer(&request, mood),
                None if mood == Mood::NameServerSilent => None,
                None => names::answer(bytes),
            };
            if let Some(answer) = answer.filter(|_| self.under_way.len() < UNDER_WAY_MAX) {
                self.under_way.push_back((Tick(now.0 + ANSWER_AFTER_TICKS), answer));
            }
        }
    }

    /// The vehicle is gone: what is under way to it is lost. What the servers keep, they keep.
    pub fn hang_up(&mut self) {
        self.under_way.clear();
        self.arriving.clear();
    }

    /// How often somebody else asked for an object of this owner, and was refused.
    #[must_use]
    pub fn refused_reads(&self) -> u32 {
        self.shelf.refused()
    }

    fn answer(&mut self, request: &Request<'_>, mood: Mood) -> Option<Vec<u8>> {
        match mood {
            Mood::Silent => None,
            Mood::Refuses => Some(reply("503 Service Unavailable", "", b"")),
            Mood::Garbage => Some(GARBAGE.to_vec()),
            Mood::Greedy => Some(reply("200 OK", TEXT, DEMAND.as_bytes())),
            Mood::Redirects(Whither::Elsewhere) => Some(redirect(NOBODYS_HOST, request.path)),
            Mood::Redirects(Whither::Declared) if request.host != SECOND_INTAKE => {
                Some(redirect(SECOND_INTAKE, request.path))
            }
            Mood::Redirects(Whither::Declared) | Mood::Accepts | Mood::NameServerSilent => {
                Some(self.carry_out(request))
            }
        }
    }

    fn carry_out(&mut self, request: &Request<'_>) -> Vec<u8> {
        match request.method {
            "PUT" => {
                self.shelf.store(request.path, request.body);
                // Whoever guesses the path of a fresh object is refused, each time.
                let _ = self.shelf.read(Asker::Stranger, request.path);
                reply("201 Created", "", b"")
            }
            "POST" => reply("201 Created", "", b""),
            _ => self.read(request.path),
        }
    }

    fn read(&mut self, path: &str) -> Vec<u8> {
        if let Some(version) = path.strip_prefix("/v1/updates/") {
            let newer = if version == NEWEST { "" } else { NEWEST };
            return reply("200 OK", TEXT, newer.as_bytes());
        }
        if let Some(cell) = path.strip_prefix("/v1/zones/") {
            let listed = LISTED.iter().find(|(of, _)| *of == cell).map_or("", |(_, lines)| lines);
            return reply("200 OK", TEXT, format!("hushwing.zones/1 {cell}\n{listed}").as_bytes());
        }
        match self.shelf.read(Asker::Owner, path) {
            Some(object) => reply("200 OK", "", object),
            None => reply("403 Forbidden", "", b""),
        }
    }
}

const TEXT: &str = "Content-Type: text/plain\r\n";

fn reply(status: &str, header: &str, body: &[u8]) -> Vec<u8> {
    let head = format!("HTTP/1.1 {status}\r\n{header}Content-Length: {}\r\n\r\n", body.len());
    [head.as_bytes(), body].concat()
}

fn redirect(host: &str, path: &str) -> Vec<u8> {
    let location = format!("Location: https://{host}{path}\r\n");
    reply("307 Temporary Redirect", &location, b"")
}

/// As much of an HTTP request as the servers look at.
struct Request<'a> {
    method: &'a str,
    path: &'a str,
    host: &'a str,
    body: &'a [u8],
}

impl<'a> Request<'a> {
    /// Reads a request; none where the bytes are none.
    fn read(bytes: &'a [u8]) -> Option<Self> {
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n")?;
        let mut lines = std::str::from_utf8(&bytes[..end]).ok()?.split("\r\n");
        let mut words = lines.next()?.split(' ');
        let method = words.next().filter(|m| matches!(*m, "GET" | "PUT" | "POST"))?;
        let path = words.next()?;
        let host = lines.find_map(|line| line.strip_prefix("Host: ")).unwrap_or_default();
        Some(Self { method, path, host, body: &bytes[end + 4..] })
    }
}

#[cfg(test)]
mod tests;
