//! The sealed firmware value: `step` is the only way in and out.
//!
//! One tick: hear the ground, fly, capture, log, speak. Each leaf computes; this stem holds the state.
//!
//! **Never:** sends but through the gate; lets the microphone or the camera touch flight, telemetry or the log.

mod obey;

use crate::consent::Ledger;
use crate::data::camera::Camera;
use crate::data::logbook::{Kind, LogEntry, Logbook};
use crate::data::recorder::Recorder;
use crate::data::transfer::Transfers;
use crate::flight::{Event, Flight, Mode};
use crate::gate::{Parcel, Verdict, judge};
use crate::outbox::Outbox;
use crate::radio::frame::{Framer, next_frame};
use crate::radio::inbound::{Inbound, read};
use crate::radio::words::Text;
use crate::radio::{remote_id, telemetry};
use crate::senses::{Provision, Senses, TICKS_PER_S, Tick};
use crate::words::Recipient;
use alloc::vec::Vec;

const GREETING: &str = concat!("hushwing ", env!("CARGO_PKG_VERSION"), "\r\n");

const LAMP_NAVIGATION: u8 = 1;
const LAMP_STROBE: u8 = 2;
const LAMP_RECORDING: u8 = 4;

/// The firmware of one vehicle.
pub struct Vehicle {
    provision: Provision,
    flight: Flight,
    ledger: Ledger,
    camera: Camera,
    recorder: Recorder,
    logbook: Logbook,
    transfers: Transfers,
    framer: Framer,
    last_heard: Option<Tick>,
    shown: Option<(bool, Mode)>,
    lamps: Option<u8>,
}

impl Vehicle {
    /// A vehicle that has just been switched on.
    #[must_use]
    pub fn new(provision: Provision) -> Self {
        let first = provision.first_object;
        Self {
            flight: Flight::new(&provision),
            ledger: Ledger::empty(),
            camera: Camera::new(first),
            recorder: Recorder::new(first),
            logbook: Logbook::new(provision.owner_public_key, first),
            transfers: Transfers::new(),
            framer: Framer::new(),
            last_heard: None,
            shown: None,
            lamps: None,
            provision,
        }
    }

    /// One tick of 2 ms: everything it learns, everything it says.
    pub fn step(&mut self, now: Tick, senses: &Senses<'_>) -> Outbox {
        let mut outbox = Outbox::open();
        if now == Tick(0) {
            self.send(Parcel::console(GREETING), now, &mut outbox);
        }
        self.hear(now, senses, &mut outbox);
        self.fly(now, senses, &mut outbox);
        self.capture(now, senses, &mut outbox);
        self.record(now, &mut outbox);
        self.speak(now, senses, &mut outbox);
        outbox.settle();
        outbox
    }

    /// Sends a parcel if the gate clears it; otherwise names the rule to the pilot and the log.
    fn send(&mut self, parcel: Parcel, now: Tick, outbox: &mut Outbox) -> bool {
        match judge(self.provision.law, &self.ledger, parcel, now) {
            Verdict::Cleared(cleared) => {
                outbox.send(cleared, &mut self.framer);
                true
            }
            Verdict::Refused(refusal) => {
                let entry = LogEntry::new(Kind::Refusal, [refusal as u8].to_vec());
                self.log(now, &entry, outbox);
                // A text that is itself refused must not be announced by another text.
                if let Some(message) = Text::Refused(refusal).message()
                    && let Verdict::Cleared(cleared) =
                        judge(self.provision.law, &self.ledger, Parcel::state(message), now)
                {
                    outbox.send(cleared, &mut self.framer);
                }
                false
            }
        }
    }

    fn say(&mut self, text: Text, now: Tick, outbox: &mut Outbox) {
        if let Some(message) = text.message() {
            self.send(Parcel::state(message), now, outbox);
        }
    }

    fn log(&mut self, now: Tick, entry: &LogEntry, outbox: &mut Outbox) {
        if let Some(block) = self.logbook.add(now, entry) {
            self.send(block, now, outbox);
        }
    }

    fn hear(&mut self, now: Tick, senses: &Senses<'_>, outbox: &mut Outbox) {
        let mut arrived = senses.radio;
        while let Some(frame) = next_frame(&mut arrived) {
            match read(&frame) {
                Inbound::Heartbeat => self.last_heard = Some(now),
                Inbound::Command { number, from, asks } => {
                    let answer = self.obey(asks, now, senses, outbox);
                    let ack = telemetry::command_ack(number, answer, from);
                    self.send(Parcel::state(ack), now, outbox);
                    let words = [&number.to_le_bytes()[..], &[answer]].concat();
                    self.log(now, &LogEntry::new(Kind::Command, words), outbox);
                }
                Inbound::Nothing => {}
            }
        }
    }

    fn fly(&mut self, now: Tick, senses: &Senses<'_>, outbox: &mut Outbox) {
        let flown = self.flight.step(now, senses, self.link_age_s(now));
        outbox.drive(flown.thrust);
        for event in flown.events.as_slice() {
            self.note(*event, now, senses, outbox);
        }
        let state = self.flight.state();
        let shown = (state.armed, state.mode);
        if self.shown.is_some_and(|last| last != shown) && !now.0.is_multiple_of(TICKS_PER_S) {
            let heartbeat = telemetry::heartbeat(state);
            self.send(heartbeat, now, outbox);
        }
        self.shown = Some(shown);
    }

    /// Tells the pilot and the log of a flight event; a log begins at arming and ends at disarming.
    fn note(&mut self, event: Event, now: Tick, senses: &Senses<'_>, outbox: &mut Outbox) {
        if event == Event::Armed {
            let header = self.logbook.open(senses.entropy);
            self.send(header, now, outbox);
        }
        let entry = match event {
            Event::WaypointReached(index) => {
                let label = self.provision.mission.get(index).map(|w| w.label.clone());
                LogEntry::new(Kind::Waypoint, label.unwrap_or_default().into_bytes())
            }
            _ => LogEntry::new(Kind::Event, event_number(event).to_vec()),
        };
        self.log(now, &entry, outbox);
        self.say(Text::Flight(event), now, outbox);
        if event == Event::Disarmed
            && let Some((last, lost)) = self.logbook.close(now)
        {
            if let Some(last) = last {
                self.send(last, now, outbox);
            }
            if lost {
                self.say(Text::LogLostRecords, now, outbox);
            }
        }
    }

    fn capture(&mut self, now: Tick, senses: &Senses<'_>, outbox: &mut Outbox) {
        if let Some(frame) = senses.frame
            && let Some((still, shareable)) = self.camera.look(frame)
            && self.send(still, now, outbox)
        {
            self.camera.keep(shareable);
            self.say(Text::StillTaken, now, outbox);
        }
        if let Some(sound) = self.recorder.hear(senses.microphone) {
            self.send(sound, now, outbox);
        }
    }

    fn record(&mut self, now: Tick, outbox: &mut Outbox) {
        let every = |period_ticks: u64| now.0.is_multiple_of(period_ticks);
        if !self.flight.state().armed {
            return;
        }
        if every(TICKS_PER_S / 10) {
            let state = self.flight.state();
            let (angles, at, v) = (state.euler_rad(), state.position_ned_m, state.velocity_ned_mps);
            let attitude = LogEntry::numbers(Kind::Attitude, &angles.to_array());
            let place = [at.x, at.y, at.z, v.x, v.y, v.z];
            let place = LogEntry::numbers(Kind::Position, &place);
            let rotors = LogEntry::numbers(Kind::Rotors, &outbox.thrust().rotor_radps);
            for entry in [attitude, place, rotors] {
                self.log(now, &entry, outbox);
            }
        }
        if every(TICKS_PER_S)
            && let Some(battery) = self.flight.state().battery
        {
            let cells = battery.cells_mv.iter().flat_map(|mv| mv.to_le_bytes()).collect();
            let warmth = battery.esc_cdegc.iter().flat_map(|t| t.to_le_bytes()).collect();
            self.log(now, &LogEntry::new(Kind::Cells, cells), outbox);
            self.log(now, &LogEntry::new(Kind::Temperatures, warmth), outbox);
        }
        if every(TICKS_PER_S / 2)
            && let Some(fix) = self.flight.state().gnss
        {
            let numbers = [fix.lat_deg, fix.lon_deg, fix.alt_m];
            let bytes: Vec<u8> = numbers.iter().flat_map(|v| v.to_le_bytes()).collect();
            self.log(now, &LogEntry::new(Kind::Fix, bytes), outbox);
        }
    }

    fn speak(&mut self, now: Tick, senses: &Senses<'_>, outbox: &mut Outbox) {
        for parcel in telemetry::due(now, self.flight.state()) {
            self.send(parcel, now, outbox);
        }
        for parcel in remote_id::due(now, self.flight.state(), &self.provision.serial) {
            self.send(parcel, now, outbox);
        }
        if let Some(piece) = self.transfers.next_for_pilot(now, senses.card)
            && !self.send(piece, now, outbox)
        {
            self.transfers.stop(Recipient::Pilot);
        }
        let part = self.transfers.next_for_maker(now, senses.uplink, &self.camera, senses.card);
        if let Some(part) = part
            && !self.send(part, now, outbox)
        {
            self.transfers.stop(Recipient::Maker);
        }
        let strobe = if self.flight.state().armed { LAMP_STROBE } else { 0 };
        let recording = if self.recorder.is_on() { LAMP_RECORDING } else { 0 };
        let lamps = LAMP_NAVIGATION | strobe | recording;
        if self.lamps != Some(lamps) {
            self.lamps = Some(lamps);
            self.send(Parcel::lamps(lamps), now, outbox);
        }
    }

    fn link_age_s(&self, now: Tick) -> f64 {
        self.last_heard.map_or(f64::INFINITY, |heard| (now.0 - heard.0) as f64 / TICKS_PER_S as f64)
    }
}

/// Kind and cause of a flight event, as the log has them.
fn event_number(event: Event) -> [u8; 2] {
    match event {
        Event::Armed => [1, 0],
        Event::Disarmed => [2, 0],
        Event::TakeOff => [3, 0],
        Event::Hold => [4, 0],
        Event::MissionStarted => [5, 0],
        Event::WaypointReached(index) => [6, index as u8],
        Event::MissionComplete => [7, 0],
        Event::Return(cause) => [8, cause as u8],
        Event::Landing(cause) => [9, cause as u8],
        Event::Landed => [10, 0],
        Event::LinkRegained => [11, 0],
        Event::ArmingRefused(why) => [12, why as u8],
    }
}
