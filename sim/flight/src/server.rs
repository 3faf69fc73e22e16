//! The maker's servers, simulated: they answer each HTTP request of a seat 40 ms later.
//!
//! **Never:** opens a socket; hears more than one seat.

use evidence::scenario::{Act, Scenario, Server as Mood};
use evidence::{Link, Tick};
use std::collections::VecDeque;

/// 40 ms.
const ANSWER_AFTER_TICKS: u64 = 20;
/// More requests than this under way at once are not answered.
const UNDER_WAY_MAX: usize = 64;

const OK: &[u8] = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
const CREATED: &[u8] = b"HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n";
const UNAVAILABLE: &[u8] = b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n";

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

/// One seat's connection to the servers.
#[derive(Default)]
pub struct Connection {
    under_way: VecDeque<(Tick, &'static [u8])>,
    arriving: Vec<u8>,
}

impl Connection {
    /// The bytes that reach the seat in this tick.
    pub fn deliver(&mut self, now: Tick) -> &[u8] {
        self.arriving.clear();
        while let Some((_, answer)) = self.under_way.pop_front_if(|(at, _)| *at <= now) {
            self.arriving.extend_from_slice(answer);
        }
        &self.arriving
    }

    /// Hears what the seat said in this tick.
    pub fn hear(&mut self, now: Tick, said: &[(Link, Vec<u8>)], mood: Mood) {
        for (_, request) in said.iter().filter(|(link, _)| *link == Link::Uplink) {
            let answer = match mood {
                Mood::Silent => continue,
                Mood::Refuses => UNAVAILABLE,
                Mood::Accepts if request.starts_with(b"GET ") => OK,
                Mood::Accepts if request.starts_with(b"PUT ") || request.starts_with(b"POST ") => {
                    CREATED
                }
                // What is no request gets no answer.
                Mood::Accepts => continue,
            };
            if self.under_way.len() < UNDER_WAY_MAX {
                self.under_way.push_back((Tick(now.0 + ANSWER_AFTER_TICKS), answer));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_is_answered_forty_milliseconds_later_as_the_mood_is() {
        for (mood, request, answer) in [
            (Mood::Accepts, "GET /v1/updates/0.1.0 HTTP/1.1\r\n\r\n", "200"),
            (Mood::Accepts, "PUT /v1/logs/1/0 HTTP/1.1\r\n\r\n", "201"),
            (Mood::Refuses, "PUT /v1/logs/1/0 HTTP/1.1\r\n\r\n", "503"),
            (Mood::Silent, "PUT /v1/logs/1/0 HTTP/1.1\r\n\r\n", ""),
            (Mood::Accepts, "hello", ""),
        ] {
            let mut connection = Connection::default();
            let said = [(Link::Radio, b"GET x".to_vec()), (Link::Uplink, request.into())];
            connection.hear(Tick(100), &said, mood);
            assert_eq!(connection.deliver(Tick(119)), b"");
            let heard = String::from_utf8(connection.deliver(Tick(120)).to_vec()).unwrap();
            assert_eq!(heard.get(9..12).unwrap_or(""), answer, "{heard}");
            assert_eq!(connection.deliver(Tick(121)), b"");
        }
    }
}
