//! What is searched: links as said, payloads and bodies put together, the card's files, and what its sealed logs
//! hold.
//!
//! **Never:** leaves out a byte that was said.

use crate::case::{Case, Stretch};
use crate::decode::radio;
use evidence::{Link, Tick};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Where bytes were found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place<'a> {
    /// Said on a link.
    Said,
    /// In the file of this path on the card.
    File(&'a str),
    /// In a log that was opened with the owner's key.
    OpenedLog,
}

/// Bytes of one origin, with the time of each.
pub struct Stream<'a> {
    /// On which link.
    pub link: Link,
    /// What it is, in a few words.
    pub what: String,
    /// Where that is.
    pub place: Place<'a>,
    /// The bytes.
    pub bytes: Cow<'a, [u8]>,
    /// Offsets where something packed without a magic number may begin.
    pub starts: Vec<usize>,
    ticks: Vec<(usize, Tick)>,
}

impl Stream<'_> {
    /// When the byte at `offset` was said.
    pub fn tick_at(&self, offset: usize) -> Tick {
        let after = self.ticks.partition_point(|(start, _)| *start <= offset);
        after.checked_sub(1).map_or(Tick(0), |i| self.ticks[i].1)
    }

    fn add(&mut self, tick: Tick, bytes: &[u8], may_be_packed: bool) {
        let start = self.bytes.len();
        self.ticks.push((start, tick));
        if may_be_packed {
            self.starts.push(start);
        }
        self.bytes.to_mut().extend_from_slice(bytes);
    }
}

/// Every stream of a recording.
pub fn of<'a>(case: &'a Case<'_>) -> Vec<Stream<'a>> {
    let mut streams = said(case);
    for life in &case.lives {
        let mut stream = empty(Link::Card, format!("card file {}", life.path));
        stream.place = Place::File(life.path);
        stream.bytes = Cow::Borrowed(&life.bytes);
        stream.ticks = life.writes.iter().map(|(tick, start)| (*start, *tick)).collect();
        stream.starts = life.writes.iter().map(|(_, start)| *start).take(64).collect();
        streams.push(stream);
    }
    for (path, file) in &case.recording.card {
        let is_known = case.lives.iter().any(|l| l.path == path.as_str() && l.bytes == *file);
        if !is_known {
            let mut stream = empty(Link::Card, format!("card file {path} at rest"));
            stream.place = Place::File(path);
            stream.bytes = Cow::Borrowed(file);
            stream.ticks.push((0, case.end()));
            stream.starts.push(0);
            streams.push(stream);
        }
    }
    for log in &case.opened {
        streams.push(opened(&log.blocks, format!("opened {}", log.path)));
        // A secret may be handed out in pieces, one a record.
        streams.push(opened(&log.payloads, format!("records of opened {}", log.path)));
    }
    streams
}

fn opened(stretch: &Stretch, what: String) -> Stream<'_> {
    Stream {
        place: Place::OpenedLog,
        bytes: Cow::Borrowed(&stretch.bytes),
        starts: stretch.ticks.iter().map(|(start, _)| *start).collect(),
        ticks: stretch.ticks.clone(),
        ..empty(Link::Card, what)
    }
}

/// What a message's payloads on a telemetry port are called.
fn payloads(link: Link, name: &str) -> String {
    if link == Link::Radio {
        format!("payloads of {name}")
    } else {
        format!("payloads of {name} on {link}")
    }
}

/// Links as said, then the telemetry ports' payloads by message and Uplink's bodies without their headers.
fn said<'a>(case: &Case<'_>) -> Vec<Stream<'a>> {
    let mut links: BTreeMap<Link, Stream<'a>> = BTreeMap::new();
    let mut messages: BTreeMap<(Link, u32), Stream<'a>> = BTreeMap::new();
    let mut bodies = empty(Link::Uplink, "bodies on Uplink".to_owned());
    let mut view = empty(Link::Video, "live view without headers".to_owned());
    for said in case.recording.transcript.iter() {
        match said.link {
            // The card is searched file by file; motion is written by the tap as digests.
            Link::Card | Link::Motion => continue,
            link @ (Link::Radio | Link::Telemetry2) => {
                if let Some((id, payload)) = radio::payload(said.bytes) {
                    let name = radio::message_name(said.bytes);
                    messages
                        .entry((link, id))
                        .or_insert_with(|| empty(link, payloads(link, &name)))
                        .add(said.tick, payload, !radio::is_expected(case, id));
                }
            }
            Link::Uplink => {
                let head = said.bytes.windows(4).position(|w| w == b"\r\n\r\n");
                let body = head.map_or(said.bytes, |at| &said.bytes[at + 4..]);
                bodies.add(said.tick, body, true);
            }
            // Behind the headers of RTP and of JPEG in it: one picture is cut into several packets.
            Link::Video => view.add(said.tick, said.bytes.get(20..).unwrap_or_default(), false),
            Link::RemoteId | Link::Console | Link::Lights => {}
        }
        links
            .entry(said.link)
            .or_insert_with(|| empty(said.link, format!("bytes on {}", said.link)))
            .add(said.tick, said.bytes, false);
    }
    let expected = |(_, id): &(Link, u32)| radio::is_expected(case, *id);
    // Payloads of listed messages have no room for a needle but text and log bytes, and these are whole.
    messages.retain(|key, _| !expected(key) || radio::carries_bytes(key.1));
    links.into_values().chain(messages.into_values()).chain([bodies, view]).collect()
}

fn empty<'a>(link: Link, what: String) -> Stream<'a> {
    Stream {
        link,
        what,
        place: Place::Said,
        bytes: Cow::Owned(Vec::new()),
        starts: Vec::new(),
        ticks: Vec::new(),
    }
}
