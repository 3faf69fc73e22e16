//! The sealed firmware value: `step` is the only way in and out.
//!
//! One tick: look at the card, hear the ground, fly, capture, log, speak. Each leaf computes; this stem holds the
//! state. The rooms, in the order of a tick: [`boot`] wakes up and keeps house, [`hear`] takes in what the ground
//! says and who says it, [`again`] knows what it said before, [`obey`] carries out commands, [`tell`] tells what was
//! asked for, [`agree`] consent, [`adjust`] settings and resets, [`plans`] missions and fences, [`fly`] flies,
//! [`capture`] sees and hears, [`aboard`] keeps camera and mount, [`record`] logs, [`speak`] says what is due,
//! [`call`] calls the maker's servers; [`zones`] keeps it out of no-fly zones.
//!
//! **Never:** sends but through the gate; lets the microphone or the camera touch flight, telemetry or the log.

mod aboard;
mod adjust;
mod again;
mod agree;
mod boot;
mod call;
mod capture;
mod fetch;
mod fly;
mod hear;
mod line;
mod obey;
mod plans;
mod record;
mod speak;
mod tell;
#[cfg(test)]
mod tests;
mod zones;

use crate::consent::Ledger;
use crate::consent::chain::Chain;
use crate::data::camera::Camera;
use crate::data::diagnostics::Diagnostics;
use crate::data::identity::Identity;
use crate::data::incoming::Incoming;
use crate::data::logbook::{Kind, LogEntry, Logbook};
use crate::data::metadata::Metadata;
use crate::data::no_fly::NoFly;
use crate::data::recorder::Recorder;
use crate::data::shots::Shots;
use crate::data::store::Store;
use crate::data::tracking::Track;
use crate::data::uplink::Uplink;
use crate::flight::Flight;
use crate::gate::{Parcel, Refusal, Verdict, judge};
use crate::outbox::Outbox;
use crate::radio::aboard::camera::Mode;
use crate::radio::aboard::gimbal::Control;
use crate::radio::port::Port;
use crate::radio::remote_id::RemoteId;
use crate::radio::signing::Signing;
use crate::radio::words::Text;
use crate::senses::{Provision, Senses, TICKS_PER_S, Tick};
use crate::settings::Controls;
use crate::settings::knobs::Knobs;
use crate::vault::Vault;
use agree::Consenting;
use alloc::boxed::Box;
use alloc::vec::Vec;
use line::Line;
use plans::Plans;

/// The firmware of one vehicle.
pub struct Vehicle {
    provision: Provision,
    vault: Vault,
    flight: Flight,
    ledger: Ledger,
    chain: Chain,
    consenting: Consenting,
    controls: Controls,
    knobs: Knobs,
    /// The first telemetry port, and the second where there is one.
    first: Line,
    second: Option<Box<Line>>,
    plans: Plans,
    signing: Signing,
    identity: Identity,
    remote_id: RemoteId,
    camera: Camera,
    camera_mode: Mode,
    shots: Shots,
    track: Option<Track>,
    control: Control,
    recorder: Recorder,
    logbook: Logbook,
    store: Store,
    uplink: Uplink,
    diagnostics: Diagnostics,
    no_fly: NoFly,
    metadata: Option<Metadata>,
    incoming: Option<Incoming>,
    boot: Option<Tick>,
    pilot: Option<u8>,
    last_heard: Option<Tick>,
    is_kept: bool,
    are_knobs_kept: bool,
    must_reset: bool,
    lamps: Option<u8>,
}

impl Vehicle {
    /// A vehicle that has just been switched on.
    #[must_use]
    pub fn new(provision: Provision) -> Self {
        let store = Store::unknown();
        let line = |personality| Line::new(personality, provision.streams);
        Self {
            vault: Vault::new(provision.vault_key),
            flight: Flight::new(&provision),
            ledger: Ledger::empty(),
            chain: Chain::new(),
            consenting: Consenting::none(),
            controls: Controls::as_delivered(),
            knobs: Knobs::as_delivered(provision.geofence.action),
            first: line(provision.personality),
            second: provision.telemetry2.map(|personality| Box::new(line(personality))),
            plans: Plans::none(),
            signing: Signing::Open,
            identity: Identity::unknown(provision.owner_public_key),
            remote_id: RemoteId::new(),
            camera: Camera::new(store.next().media),
            camera_mode: Mode::Stills,
            shots: Shots::none(),
            track: None,
            control: Control::default(),
            recorder: Recorder::new(store.next().sound),
            logbook: Logbook::new(provision.owner_public_key),
            store,
            uplink: Uplink::new(&provision.version),
            diagnostics: Diagnostics::new(),
            no_fly: NoFly::new(provision.unlock_key),
            metadata: Metadata::of(provision.streams),
            incoming: Incoming::of(provision.streams),
            boot: None,
            pilot: None,
            last_heard: None,
            is_kept: true,
            are_knobs_kept: true,
            must_reset: false,
            lamps: None,
            provision,
        }
    }

    /// One tick of 2 ms: everything it learns, everything it says.
    pub fn step(&mut self, now: Tick, senses: &Senses<'_>) -> Outbox {
        let mut outbox = Outbox::open();
        self.lines_mut().for_each(|line| line.framer.keep_time(now));
        self.wake(now, senses, &mut outbox);
        self.keep_house(now, senses, &mut outbox);
        self.hear(now, senses, &mut outbox);
        self.watch_zones(now, &mut outbox);
        self.fly(now, senses, &mut outbox);
        self.keep_up(now, senses, &mut outbox);
        self.capture(now, senses, &mut outbox);
        self.record(now, senses, &mut outbox);
        self.speak(now, senses, &mut outbox);
        outbox.settle();
        outbox
    }

    /// Sends a parcel if the gate clears it; otherwise names the rule to the pilot and the log.
    fn send(&mut self, parcel: Parcel, now: Tick, outbox: &mut Outbox) -> bool {
        match self.offer(parcel, now, outbox) {
            Ok(()) => true,
            Err(refusal) => {
                self.refuse(refusal, now, outbox);
                false
            }
        }
    }

    /// Sends a parcel if the gate clears it, and is silent otherwise: for what comes again and again by itself.
    fn offer(&mut self, parcel: Parcel, now: Tick, outbox: &mut Outbox) -> Result<(), Refusal> {
        match judge(self.provision.law, &self.controls, &self.ledger, parcel, now) {
            Verdict::Cleared(cleared) => {
                // What is no message of a port needs no number of one.
                let port = Port::of(cleared.link).unwrap_or(Port::First);
                outbox.send(cleared, &mut self.line_mut(port).framer);
                Ok(())
            }
            Verdict::Refused(refusal) => Err(refusal),
        }
    }

    fn send_all(&mut self, parcels: impl IntoIterator<Item = Parcel>, now: Tick, out: &mut Outbox) {
        for parcel in parcels {
            self.send(parcel, now, out);
        }
    }

    /// Tells the pilot and the log which rule said no.
    fn refuse(&mut self, refusal: Refusal, now: Tick, outbox: &mut Outbox) {
        self.log(now, &LogEntry::new(Kind::Refusal, [refusal as u8].to_vec()), outbox);
        self.say(Text::Refused(refusal), now, outbox);
    }

    /// Tells the pilot something, on every port. A text that is itself refused is not announced by another text.
    fn say(&mut self, text: Text, now: Tick, outbox: &mut Outbox) {
        for port in self.ports() {
            if let Some(message) = text.message() {
                let _ = self.offer(Parcel::state(message).by(port), now, outbox);
            }
        }
    }

    fn log(&mut self, now: Tick, entry: &LogEntry, outbox: &mut Outbox) {
        let writes: Vec<Parcel> = self.logbook.add(now, entry, &mut self.store);
        for write in writes {
            // A log that could not be written must not be told of in the log.
            let _ = self.offer(write, now, outbox);
        }
    }

    fn link_age_s(&self, now: Tick) -> f64 {
        self.last_heard.map_or(f64::INFINITY, |heard| (now.0 - heard.0) as f64 / TICKS_PER_S as f64)
    }

    /// When it was switched on.
    fn booted_at(&self, now: Tick) -> Tick {
        self.boot.unwrap_or(now)
    }
}
