//! The line to the maker's servers: what waits for it, the gate's leave for it, and what comes of it.
//!
//! **Never:** calls what the pilot has switched off, not even to look a name up; hears a server's wishes.

use super::Vehicle;
use crate::data::diagnostics::Fault;
use crate::data::uplink::{Desk, Said};
use crate::flight::{Cause, Event, Landed};
use crate::gate::{Parcel, weigh};
use crate::outbox::Outbox;
use crate::senses::{Senses, Tick};

impl Vehicle {
    pub(super) fn call(&mut self, now: Tick, senses: &Senses<'_>, outbox: &mut Outbox) {
        self.diagnostics.count(self.flight.state().landed != Landed::OnGround);
        let boot = self.booted_at(now);
        let (law, controls, ledger) = (self.provision.law, &self.controls, &self.ledger);
        let may = |parcel: &Parcel| weigh(law, controls, ledger, parcel, now).is_ok();
        let mut desk = Desk {
            camera: &self.camera,
            diagnostics: &mut self.diagnostics,
            no_fly: &mut self.no_fly,
            may: &may,
        };
        let Said { parcel, keeps, texts } = self.uplink.step(now, boot, senses, &mut desk);
        for text in texts {
            self.say(text, now, outbox);
        }
        self.send_all(keeps, now, outbox);
        if let Some(parcel) = parcel
            && !self.send(parcel, now, outbox)
        {
            self.uplink.refused();
        }
    }

    /// Keeps what went wrong in flight for the next report.
    pub(super) fn note_fault(&mut self, event: Event) {
        let fault = match event {
            Event::Crashed => Fault::Crash,
            Event::Return(Cause::LinkLost) => Fault::Link,
            Event::Return(Cause::LowBattery) | Event::Landing(Cause::CriticalBattery) => {
                Fault::Battery
            }
            Event::Landing(Cause::NoFix) | Event::PlaceLost => Fault::Gnss,
            Event::Armed
            | Event::Disarmed
            | Event::TakeOff
            | Event::Hold
            | Event::MissionStarted
            | Event::WaypointReached(_)
            | Event::MissionComplete
            | Event::Return(_)
            | Event::Landing(_)
            | Event::Landed
            | Event::LinkRegained
            | Event::ArmingRefused(_)
            | Event::GoingThere
            | Event::Arrived
            | Event::Orbiting
            | Event::Following
            | Event::SubjectLost
            | Event::Braking
            | Event::MotorsStopped
            | Event::InHand(_)
            | Event::SticksLost
            | Event::FenceBreached
            | Event::FenceAhead
            | Event::HomeBarred
            | Event::StartedOver
            | Event::FollowTied
            | Event::CameraTriggered
            | Event::Offboard
            | Event::OffboardLost
            | Event::RotorLost(_)
            | Event::Falling(_) => return,
        };
        self.diagnostics.note(fault);
    }
}
