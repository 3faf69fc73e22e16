//! The line to the maker's servers: HTTP/1.1, one request at a time for all services.
//!
//! In this order of rank: uploads of granted objects as they were asked for, a report in its slot, the list of no-fly
//! zones in its slot, the question for newer software. Before the first request to a host its name is looked up. The
//! gate is asked before each look-up and judges each request at the moment it leaves.
//!
//! | what | when |
//! |---|---|
//! | an answer, to a request or a look-up | waited for 5 s |
//! | a request that failed | again 5 s later, 3 tries at a host |
//! | a look-up that was not answered | again at once, 3 times; then the host counts as silent |
//! | `intake` has failed | the same at `intake2`, then given up |
//! | 307 or 308 to a declared host, same path | followed once in a try |
//! | 307 or 308 to anywhere else | given up |
//!
//! **Never:** obeys the body of an answer; goes to a host that is not declared; tries for ever; starts by itself what
//! the pilot has not switched on.

mod calls;
mod reply;
mod uploads;

pub use calls::HttpHead;

use super::camera::Camera;
use super::cell::Cell;
use super::diagnostics::{Diagnostics, Fault};
use super::download::Start;
use super::names::{Host, Names};
use super::no_fly::NoFly;
use crate::consent::Scope;
use crate::gate::Parcel;
use crate::radio::words::Text;
use crate::senses::{Senses, TICKS_PER_S, Tick};
use alloc::string::String;
use alloc::vec::Vec;
use calls::{Call, Errand};
use core::mem;
use reply::Reply;
use uploads::Uploads;

const ANSWER_WITHIN_TICKS: u64 = 5 * TICKS_PER_S;
const AGAIN_AFTER_TICKS: u64 = 5 * TICKS_PER_S;
const TRIES_MAX: u32 = 3;
const UPDATE_FROM_TICKS: u64 = 10 * TICKS_PER_S;
/// A fix older than this is none.
const FIX_TICKS: u64 = 5 * TICKS_PER_S;

/// The rooms that the line carries for, and the gate's answer to a parcel that would leave now.
pub(crate) struct Desk<'a> {
    pub(crate) camera: &'a Camera,
    pub(crate) diagnostics: &'a mut Diagnostics,
    pub(crate) no_fly: &'a mut NoFly,
    pub(crate) may: &'a dyn Fn(&Parcel) -> bool,
}

/// What a tick on the line comes to.
pub(crate) struct Said {
    /// What asks to leave.
    pub(crate) parcel: Option<Parcel>,
    /// What asks to be kept on the card.
    pub(crate) keeps: Option<Parcel>,
    /// What the pilot should hear of.
    pub(crate) texts: Vec<Text>,
}

/// The line, and who waits for it.
pub(crate) struct Uplink {
    version: String,
    names: Names,
    uploads: Uploads,
    line: Line,
    fix: Option<(Cell, Tick)>,
    asked_for_zones: Option<Cell>,
    asked_for_update: bool,
}

enum Line {
    Free,
    /// For the address of a host.
    Asking {
        call: Call,
        since: Tick,
        questions: u32,
    },
    /// For the answer to a request.
    Awaiting {
        call: Call,
        since: Tick,
    },
    /// For the moment to try again.
    Pausing {
        call: Call,
        until: Tick,
    },
}

impl Uplink {
    pub(crate) fn new(version: &str) -> Self {
        Self {
            version: String::from(version),
            names: Names::new(),
            uploads: Uploads::none(),
            line: Line::Free,
            fix: None,
            asked_for_zones: None,
            asked_for_update: false,
        }
    }

    /// Takes an object to be carried away. The gate has been asked, and is asked again for each part.
    pub(crate) fn start(&mut self, scope: Scope, camera: &Camera, senses: &Senses<'_>) -> Start {
        self.uploads.start(scope, camera, senses.card)
    }

    /// Stops carrying an object away. An answer that is still under way is heard and dropped.
    pub(crate) fn cancel(&mut self, scope: Scope) {
        self.uploads.cancel(scope);
    }

    /// The gate has refused what was about to leave.
    pub(crate) fn refused(&mut self) {
        if let Line::Asking { call, .. } | Line::Awaiting { call, .. } =
            mem::replace(&mut self.line, Line::Free)
            && let Errand::Part(upload) = call.errand
        {
            self.uploads.end(upload);
        }
    }

    /// One tick: hears what the servers said, and says what comes next.
    pub(crate) fn step(
        &mut self,
        now: Tick,
        boot: Tick,
        senses: &Senses<'_>,
        desk: &mut Desk<'_>,
    ) -> Said {
        let mut said = Said { parcel: None, keeps: None, texts: Vec::new() };
        if let Some(fix) = senses.fix() {
            self.fix = Cell::at(fix.lat_deg, fix.lon_deg).map(|cell| (cell, now));
        }
        let was_busy = !matches!(self.line, Line::Free);
        let waiting = self.hear(now, senses.uplink, desk, &mut said);
        if let Line::Free = self.line
            && let Some(call) = waiting.or_else(|| self.next(now, boot, was_busy, senses, desk))
        {
            self.dial(call, now, senses, desk, &mut said);
        }
        said
    }

    /// Hears the answer to what is under way, if there is one; a call that is to be made now.
    fn hear(
        &mut self,
        now: Tick,
        answer: &[u8],
        desk: &mut Desk<'_>,
        said: &mut Said,
    ) -> Option<Call> {
        let is_late = |since: Tick| now.0 >= since.0 + ANSWER_WITHIN_TICKS;
        // Mostly there is nothing but to wait.
        match &self.line {
            Line::Free => return None,
            Line::Awaiting { since, .. } if answer.is_empty() && !is_late(*since) => return None,
            Line::Pausing { until, .. } if now < *until => return None,
            Line::Asking { .. } | Line::Awaiting { .. } | Line::Pausing { .. } => {}
        }
        match mem::replace(&mut self.line, Line::Free) {
            Line::Free => None,
            Line::Asking { call, since, questions } => {
                if self.names.hear(call.at(), answer) {
                    Some(Call { questions: 0, ..call })
                } else if !is_late(since) {
                    self.line = Line::Asking { call, since, questions };
                    None
                } else if questions < TRIES_MAX {
                    Some(Call { questions, ..call })
                } else {
                    self.host_failed(call, now, said);
                    None
                }
            }
            Line::Awaiting { call, .. } => self.answered(call, now, answer, desk, said),
            Line::Pausing { call, .. } => Some(call),
        }
    }

    /// Takes the answer to a request; no bytes are none in time.
    fn answered(
        &mut self,
        mut call: Call,
        now: Tick,
        answer: &[u8],
        desk: &mut Desk<'_>,
        said: &mut Said,
    ) -> Option<Call> {
        // An upload that was stopped: whatever they say is of no account.
        let path = call.errand.path(&self.uploads, &self.version)?;
        if answer.is_empty() {
            self.names.forget(call.at());
            self.try_failed(call, now, said);
            return None;
        }
        match reply::read(answer, &path) {
            Reply::Good(body) => self.done(&call, body, desk, said),
            Reply::Elsewhere(host) if call.led.is_none() => {
                call.led = Some(host);
                return Some(call);
            }
            Reply::Elsewhere(_) | Reply::Bad => self.try_failed(call, now, said),
            Reply::Astray => {
                desk.diagnostics.note(Fault::Redirect);
                said.texts.push(Text::RedirectRefused);
                self.give_up(&call, said);
            }
        }
        None
    }

    fn done(&mut self, call: &Call, body: &[u8], desk: &mut Desk<'_>, said: &mut Said) {
        match &call.errand {
            Errand::Part(upload) => self.uploads.part_arrived(*upload, call.at()),
            Errand::Report(_) => desk.diagnostics.arrived(),
            Errand::Zones(cell) => said.keeps = desk.no_fly.learn(*cell, body),
            Errand::Update if body.starts_with(b"0.") => said.texts.push(Text::UpdateAvailable),
            Errand::Update => {}
        }
    }

    fn try_failed(&mut self, call: Call, now: Tick, said: &mut Said) {
        let call = Call { tries: call.tries + 1, led: None, ..call };
        if call.tries >= TRIES_MAX {
            self.host_failed(call, now, said);
        } else {
            self.pause(call, now);
        }
    }

    fn host_failed(&mut self, call: Call, now: Tick, said: &mut Said) {
        match call.host {
            Host::Intake => {
                self.pause(Call { host: Host::Intake2, led: None, tries: 0, ..call }, now);
            }
            Host::Intake2 | Host::Updates | Host::Zones => self.give_up(&call, said),
        }
    }

    fn pause(&mut self, call: Call, now: Tick) {
        let until = Tick(now.0 + AGAIN_AFTER_TICKS);
        self.line = Line::Pausing { call: Call { questions: 0, ..call }, until };
    }

    fn give_up(&mut self, call: &Call, said: &mut Said) {
        if let Errand::Part(upload) = call.errand
            && self.uploads.end(upload)
        {
            said.texts.push(Text::UploadFailed);
        }
    }

    /// Who is next on the free line.
    fn next(
        &mut self,
        now: Tick,
        boot: Tick,
        was_busy: bool,
        senses: &Senses<'_>,
        desk: &mut Desk<'_>,
    ) -> Option<Call> {
        if let Some((upload, host)) = self.uploads.next() {
            return Some(Call::to(host, Errand::Part(upload)));
        }
        let fix = self.fix.filter(|(_, at)| now.0 - at.0 < FIX_TICKS);
        let cell = fix.map(|(cell, _)| cell);
        if Diagnostics::is_due(now, boot) {
            let report = desk.diagnostics.report(&self.version, cell, &senses.entropy);
            return Some(Call::to(Host::Intake, Errand::Report(report)));
        }
        if NoFly::is_due(now, boot) {
            let last = self.asked_for_zones.or_else(|| desk.no_fly.cell());
            let wanted = |cell: &Cell| Some(*cell) != last || desk.no_fly.concerns(*cell);
            return cell.filter(wanted).map(|cell| Call::to(Host::Zones, Errand::Zones(cell)));
        }
        let age_ticks = now.0.saturating_sub(boot.0);
        // Asking the gate takes time: it is asked once a second, or when the line has just become free.
        let is_moment = was_busy || age_ticks.is_multiple_of(TICKS_PER_S);
        let is_due = is_moment && age_ticks >= UPDATE_FROM_TICKS && !self.asked_for_update;
        is_due.then(|| Call::to(Host::Updates, Errand::Update))
    }

    /// Makes a call: the look-up that it needs, or the request itself.
    fn dial(
        &mut self,
        call: Call,
        now: Tick,
        senses: &Senses<'_>,
        desk: &Desk<'_>,
        said: &mut Said,
    ) {
        let request = calls::request(&call, &self.version, &self.uploads, desk.camera, senses.card);
        let Some(request) = request else {
            // The object is gone, or no longer what it was when it was asked for.
            self.give_up(&call, said);
            return;
        };
        if !(desk.may)(&request) {
            said.parcel = match call.errand {
                // The gate will say no again, and which rule it is, for the pilot to hear.
                Errand::Part(upload) => self.uploads.end(upload).then_some(request),
                Errand::Report(_) | Errand::Zones(_) | Errand::Update => None,
            };
            return;
        }
        match &call.errand {
            Errand::Part(_) | Errand::Report(_) => {}
            Errand::Zones(cell) => self.asked_for_zones = Some(*cell),
            Errand::Update => self.asked_for_update = true,
        }
        if self.names.knows(call.at()) {
            self.line = Line::Awaiting { call, since: now };
            said.parcel = Some(request);
            return;
        }
        let service = call.errand.service(&self.uploads);
        said.parcel = Some(Parcel::name_query(self.names.query(call.at()), service));
        let questions = call.questions + 1;
        self.line = Line::Asking { call, since: now, questions };
    }
}
