//! Broadcast identification: ASTM F3411-22a messages of 25 bytes, protocol version 2, and the pack of them.
//!
//! Location every second; Basic ID, Self-ID, System and Operator ID every 3 s; half-way between, a pack of all that
//! apply. The operator's place goes out only where the standard asks for it and it is live: while armed, with a live
//! fix of the vehicle's own, and a place of the operator's that was just sent.
//!
//! **Never:** keeps the pilot's position; carries a free text, or a reserved bit that is not zero.

mod fields;
#[cfg(test)]
mod tests;

use crate::data::identity::Identity;
use crate::flight::State;
use crate::gate::Parcel;
use crate::senses::{Senses, TICKS_PER_S, Tick};
use alloc::vec::Vec;
use fields::Message;

const STATIC_TICKS: u64 = 3 * TICKS_PER_S;
const PACK_PHASE_TICKS: u64 = STATIC_TICKS / 2;
const LOCATION_TICKS: u64 = TICKS_PER_S;
/// A fix older than this is not live.
const FIX_TICKS: u64 = TICKS_PER_S;
/// Most messages in a pack of these.
const PACK_MAX: usize = 5;

/// The broadcast's own memory: when the last fix came.
pub(crate) struct RemoteId {
    fix_at: Option<Tick>,
}

/// What the broadcast may look at.
pub(crate) struct Known<'a> {
    /// What flight believes.
    pub state: &'a State,
    /// The vehicle's serial number.
    pub serial: &'a str,
    /// The operator.
    pub identity: &'a Identity,
}

impl RemoteId {
    pub(crate) fn new() -> Self {
        Self { fix_at: None }
    }

    /// Notes whether satellites are heard, every tick.
    pub(crate) fn hear(&mut self, now: Tick, senses: &Senses<'_>) {
        if senses.fix().is_some() {
            self.fix_at = Some(now);
        }
    }

    /// Messages that are due at a tick, in their fixed order.
    pub(crate) fn due(&self, now: Tick, known: &Known<'_>) -> Vec<Parcel> {
        let is_static = now.0.is_multiple_of(STATIC_TICKS);
        let mut parcels = Vec::new();
        if is_static {
            parcels.push(Parcel::basic_id(fields::basic_id(known.serial)));
        }
        if now.0.is_multiple_of(LOCATION_TICKS) && known.state.gnss.is_some() {
            parcels.push(Parcel::location(fields::location(now, known.state)));
        }
        if is_static {
            parcels.push(Parcel::self_id(fields::self_id()));
            parcels.extend(self.system(now, known).map(Parcel::operator_place));
            parcels.extend(operator_id(known).map(Parcel::operator_id));
        }
        if now.0 % STATIC_TICKS == PACK_PHASE_TICKS {
            parcels.push(Parcel::remote_id_pack(self.pack(now, known)));
        }
        parcels
    }

    fn pack(&self, now: Tick, known: &Known<'_>) -> Vec<u8> {
        let location = known.state.gnss.map(|_| fields::location(now, known.state));
        let messages: [Option<Message>; PACK_MAX] = [
            Some(fields::basic_id(known.serial)),
            location,
            Some(fields::self_id()),
            self.system(now, known),
            operator_id(known),
        ];
        fields::pack(messages.iter().flatten())
    }

    fn system(&self, now: Tick, known: &Known<'_>) -> Option<Message> {
        let has_fix = self.fix_at.is_some_and(|at| now.0 < at.0 + FIX_TICKS);
        let place = known.identity.place(now).filter(|_| known.state.armed && has_fix)?;
        Some(fields::system(now, &place))
    }
}

fn operator_id(known: &Known<'_>) -> Option<Message> {
    known.identity.id().map(|id| fields::operator_id(&id))
}
