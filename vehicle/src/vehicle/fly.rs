//! Flying, and what is told of it: a log begins at arming and ends at disarming.
//!
//! **Never:** lets anything but flight's own senses and the pilot's commands move a rotor.

use super::Vehicle;
use crate::data::logbook::{Kind, LogEntry};
use crate::flight::Event;
use crate::outbox::Outbox;
use crate::radio::port::Port;
use crate::radio::telemetry;
use crate::radio::words::Text;
use crate::senses::{MissionItem, Senses, TICKS_PER_S, Tick};

impl Vehicle {
    pub(super) fn fly(&mut self, now: Tick, senses: &Senses<'_>, outbox: &mut Outbox) {
        let flown = self.flight.step(now, senses, self.link_age_s(now));
        outbox.drive(flown.thrust);
        for event in flown.events.as_slice() {
            self.note(*event, now, senses, outbox);
        }
        self.follow_plan(&flown.events, now, outbox);
        for port in self.ports() {
            self.show_mode(port, now, outbox);
        }
    }

    /// Says at once that it is armed or disarmed, or in another mode than shown before.
    fn show_mode(&mut self, port: Port, now: Tick, outbox: &mut Outbox) {
        let (state, mut face) = (self.flight.state(), self.line(port).face);
        face.follow(state);
        let shown = (state.armed, face.number(state));
        let line = self.line_mut(port);
        line.face = face;
        let before = line.shown.replace(shown);
        if before.is_some_and(|last| last != shown) && !now.0.is_multiple_of(TICKS_PER_S) {
            let heartbeat = telemetry::heartbeat(&self.told(port, now)).by(port);
            self.send(heartbeat, now, outbox);
        }
    }

    /// Tells the pilot and the log of a flight event.
    fn note(&mut self, event: Event, now: Tick, senses: &Senses<'_>, outbox: &mut Outbox) {
        if event == Event::Armed {
            let (state, version) = (self.flight.state(), &self.provision.version);
            let start = LogEntry::start(version, state.lat_deg, state.lon_deg, state.home_alt_m);
            let writes = self.logbook.open(now, senses.entropy, start, &mut self.store);
            self.send_all(writes, now, outbox);
        }
        let entry = match event {
            Event::WaypointReached(index) => {
                let label = self.leg(usize::from(index)).and_then(MissionItem::label);
                LogEntry::new(Kind::Waypoint, label.unwrap_or_default().as_bytes().to_vec())
            }
            _ => LogEntry::new(Kind::Event, number(event).to_vec()),
        };
        self.log(now, &entry, outbox);
        let takes_still = match event {
            Event::WaypointReached(index) => {
                self.leg(usize::from(index)).is_some_and(MissionItem::takes_still)
            }
            event => event == Event::CameraTriggered,
        };
        if takes_still {
            // The pilot commanded it with the mission; a trigger has no sequence number.
            self.order_still(0, now, outbox);
        }
        if event == Event::StartedOver {
            self.plan_anew();
        }
        self.note_fault(event);
        self.say(Text::Flight(event), now, outbox);
        if event == Event::Disarmed {
            let (writes, lost) = self.logbook.close(now, &mut self.store);
            self.send_all(writes, now, outbox);
            if lost {
                self.say(Text::LogLostRecords, now, outbox);
            }
        }
    }
}

/// Kind and cause of a flight event, as the log has them.
fn number(event: Event) -> [u8; 2] {
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
        Event::Crashed => [13, 0],
        Event::GoingThere => [14, 0],
        Event::Arrived => [15, 0],
        Event::Orbiting => [16, 0],
        Event::Following => [17, 0],
        Event::SubjectLost => [18, 0],
        Event::Braking => [19, 0],
        Event::MotorsStopped => [20, 0],
        Event::InHand(how) => [21, how as u8],
        Event::SticksLost => [22, 0],
        Event::FenceBreached => [23, 0],
        Event::FenceAhead => [24, 0],
        Event::CameraTriggered => [25, 0],
        Event::RotorLost(rotor) => [26, rotor],
        Event::Offboard => [27, 0],
        Event::OffboardLost => [28, 0],
        Event::HomeBarred => [29, 0],
        Event::FollowTied => [30, 0],
        Event::PlaceLost => [31, 0],
        Event::StartedOver => [32, 0],
        Event::Falling(why) => [33, why as u8],
    }
}
