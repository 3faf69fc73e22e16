//! What goes into the flight log by itself, at its own rates.
//!
//! **Never:** writes a word in clear; writes while no log is open.

use super::Vehicle;
use crate::data::logbook::Noted;
use crate::outbox::Outbox;
use crate::senses::{Senses, Tick};

impl Vehicle {
    pub(super) fn record(&mut self, now: Tick, senses: &Senses<'_>, outbox: &mut Outbox) {
        let noted = Noted {
            senses,
            state: self.flight.state(),
            thrust: outbox.thrust(),
            link_age_s: self.link_age_s(now),
        };
        let writes = self.logbook.record(now, &noted, &mut self.store);
        self.send_all(writes, now, outbox);
    }
}
