//! Uplink: one HTTP/1.1 request or one look-up of a name an emission, to declared hosts, with exactly the headers
//! listed.
//!
//! A request is read with a public parser, written again in its one canonical form and compared; so there
//! is no room in a header, a number or a body.
//!
//! **Never:** asks for consent; that is for the consent monitor.

mod look_up;
mod report;
mod request;
mod uploads;

use super::Faults;
use super::matroska::Films;
use crate::case::Case;
use evidence::scenario::{Act, Scenario, Server, Whither};
use evidence::transcript::Said;
use evidence::{Cell, ClaimId, TICKS_PER_S, Tick};
pub use look_up::LookUp;
pub use report::Report;
pub use request::{Fault, INTAKE, INTAKE_2, Kind, Part, Request, Sent, Service, read};
use std::collections::BTreeSet;
use uploads::Uploads;

const UPDATE_AFTER: u64 = 10 * TICKS_PER_S;
/// With redirects and the second host, a check for updates is tried this often at most.
const UPDATES_MAX: u32 = 6;
/// An answer comes within this time, or the line counts as free again.
const BUSY_TICKS: u64 = 5 * TICKS_PER_S + 25;
/// Tries at the first host before the second is spoken to.
const TRIES: usize = 3;

/// One emission, read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Spoken<'a> {
    /// A request.
    Request(Sent<'a>),
    /// A look-up of a name.
    LookUp(LookUp),
}

/// Reads an emission.
pub fn spoken(bytes: &[u8]) -> Result<Spoken<'_>, Fault> {
    if look_up::is_look_up(bytes) {
        let asked = look_up::read(bytes).map(Spoken::LookUp);
        return asked.ok_or(Fault::Rule("a look-up in another form".to_owned()));
    }
    read(bytes).map(Spoken::Request)
}

/// What an emission serves, as far as that can be told from its beginning, right or wrong.
pub fn service(bytes: &[u8]) -> Option<Service> {
    if look_up::is_look_up(bytes) {
        return Service::of_host(&look_up::read(bytes)?.name);
    }
    let starts = [
        (&b"PUT /v1/logs/"[..], Service::Logs),
        (b"PUT /v1/media/", Service::Media),
        (b"POST /v1/reports", Service::Report),
        (b"GET /v1/zones/", Service::Zones),
        (b"GET /v1/updates/", Service::Update),
    ];
    starts.into_iter().find(|(start, _)| bytes.starts_with(start)).map(|(_, service)| service)
}

/// Reads a cell in its one spelling; nothing where there is no such cell.
pub fn cell(text: &str) -> Option<Cell> {
    let (row, column) = text.split_once('-')?;
    let cell = Cell { row: row.parse().ok()?, column: column.parse().ok()? };
    if cell.row >= 2048 || cell.to_string() != text {
        return None;
    }
    let [south, west, north, east] = cell.edges_deg();
    (east < 180.000_1 && Cell::of((south + north) / 2.0, (west + east) / 2.0) == cell)
        .then_some(cell)
}

/// How the servers feel at `tick`.
pub fn mood(scenario: &Scenario, tick: Tick) -> Server {
    let turn = scenario.beats.iter().rev().find_map(|beat| match beat.does {
        Act::ServerTurns(mood) if Tick::at_s(beat.at_s) <= tick => Some(mood),
        _ => None,
    });
    turn.unwrap_or(scenario.server)
}

/// Every mood of the servers in a story.
pub fn moods(scenario: &Scenario) -> Vec<Server> {
    let turns = scenario.beats.iter().filter_map(|beat| match beat.does {
        Act::ServerTurns(mood) => Some(mood),
        _ => None,
    });
    [scenario.server].into_iter().chain(turns).collect()
}

/// What has been heard so far.
#[derive(Default)]
pub struct Uplink {
    updates: u32,
    boot: Option<Tick>,
    next_id: u16,
    known: BTreeSet<String>,
    tries: usize,
    last_at: Option<Tick>,
    uploads: Uploads,
}

impl Uplink {
    /// Reads one emission.
    pub fn said(&mut self, case: &Case<'_>, said: Said<'_>, faults: &mut Faults<'_>) {
        let boot = case.power.boot(said.tick);
        if self.boot != Some(boot) {
            // What was in memory is gone; what has been uploaded stays so.
            let uploads = std::mem::take(&mut self.uploads);
            *self = Self { boot: Some(boot), next_id: 1, uploads, ..Self::default() };
        }
        faults.must(self.last_at != Some(said.tick), "two emissions on Uplink at once");
        match spoken(said.bytes) {
            Err(Fault::Host(rule)) => faults.elsewhere(&rule),
            Err(Fault::Rule(rule)) => faults.unlisted(None, &rule),
            Ok(Spoken::LookUp(asked)) => self.look_up(case, said.tick, &asked, faults),
            Ok(Spoken::Request(sent)) => self.request(case, said.tick, &sent, faults),
        }
        self.last_at = Some(said.tick);
    }

    /// Pictures are looked at when all their parts are there; what was cut off, as far as it goes.
    pub fn at_end(self, case: &Case<'_>, films: &mut Films, faults: &mut Faults<'_>) {
        self.uploads.at_end(case, films, faults);
    }

    fn look_up(&mut self, case: &Case<'_>, tick: Tick, asked: &LookUp, faults: &mut Faults<'_>) {
        faults.must(asked.id == self.next_id, "a look-up is not numbered on from power-on");
        self.next_id = asked.id.wrapping_add(1);
        if Service::of_host(&asked.name).is_none() {
            return faults.elsewhere(&format!("{:?} is looked up and is not listed", asked.name));
        }
        self.goes_to(case, tick, &asked.name, faults);
        self.known.insert(asked.name.clone());
    }

    fn request(&mut self, case: &Case<'_>, tick: Tick, sent: &Sent<'_>, faults: &mut Faults<'_>) {
        faults.must(self.known.contains(sent.host), "a request to a host that was not looked up");
        self.goes_to(case, tick, sent.host, faults);
        if !sent.request.service().goes_to(sent.host) && !is_redirected(case, tick) {
            let rule = format!("a request to {}, which is for other things", sent.host);
            faults.wrong(None, Some(ClaimId::KnownHosts), &rule);
        }
        match &sent.request {
            Request::Update(version) => self.update(case, tick, version, faults),
            // Where and when these are asked for is for the location checker.
            Request::Zones(_) => {}
            Request::Report(report) => self.report(case, tick, report, faults),
            Request::Part(part) => self.uploads.part(case, tick, sent.host, part, faults),
        }
    }

    /// The second host is for when the first has failed.
    fn goes_to(&mut self, case: &Case<'_>, tick: Tick, host: &str, faults: &mut Faults<'_>) {
        match host {
            INTAKE => self.tries += 1,
            INTAKE_2 => {
                let is_failing = |mood: &Server| *mood != Server::Accepts;
                let may_fail_over =
                    self.tries >= TRIES && moods(&case.evidence.scenario).iter().any(is_failing);
                if !may_fail_over && !is_redirected(case, tick) {
                    let rule = "the second host is spoken to though the first has not failed";
                    faults.wrong(None, Some(ClaimId::KnownHosts), rule);
                }
            }
            _ => {}
        }
    }

    fn update(&mut self, case: &Case<'_>, tick: Tick, version: &str, faults: &mut Faults<'_>) {
        self.updates += 1;
        let due = Tick(case.power.boot(tick).0 + UPDATE_AFTER);
        // It may have waited: for its host's address, for its turn, or for its switch.
        let waits = |last: Tick| last >= due && last.0 + BUSY_TICKS >= tick.0;
        let was_off = !case.is_on(evidence::scenario::Setting::UpUpdate, due)
            || case.is_on(evidence::scenario::Setting::PrivLocal, due);
        let is_due = tick == due
            || (tick > due && (self.last_at.is_some_and(waits) || self.updates > 1 || was_off));
        let rule = "the update check is not sent once, 10 s after power-on";
        faults.must(is_due && self.updates <= UPDATES_MAX, rule);
        let is_true = version == case.power.version(tick);
        faults.must(is_true, "the update check names another version than this");
    }

    fn report(&self, case: &Case<'_>, tick: Tick, report: &Report<'_>, faults: &mut Faults<'_>) {
        let is_true = report.software == case.power.version(tick);
        faults.must(is_true, "a report names another version than this");
        let boot = case.power.boot(tick);
        let heard = case.heard.iter().filter(|heard| heard.tick >= boot && heard.tick <= tick);
        let starts = heard.filter(|heard| {
            matches!(heard.act, Act::TakesOff { .. } | Act::StartsMission | Act::Arms)
        });
        let minutes = (tick.0 - boot.0) / (60 * TICKS_PER_S);
        let is_possible =
            report.flights as usize <= starts.count() && u64::from(report.minutes) <= minutes;
        faults.must(is_possible, "a report counts more flights or minutes than there were");
    }
}

/// Whether the servers redirect to a declared host at `tick`, or did so just now.
fn is_redirected(case: &Case<'_>, tick: Tick) -> bool {
    let scenario = &case.evidence.scenario;
    let before = Tick(tick.0.saturating_sub(4 * BUSY_TICKS));
    let redirects = |mood| mood == Server::Redirects(Whither::Declared);
    redirects(mood(scenario, tick)) || redirects(mood(scenario, before))
}

#[cfg(test)]
mod tests;
