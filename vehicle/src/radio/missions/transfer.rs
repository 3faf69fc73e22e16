//! The transfer of plans, one upload at a time: count, items one by one, an acknowledgement; downloads beside it.
//!
//! What is committed stays until a whole, sound plan takes its place. An item that does not come is asked for again
//! after a quarter of a second, and then less and less often; after the fifth time the transfer has failed.
//!
//! **Never:** commits a part; acknowledges outside a transfer but what was asked of it; holds more than its bounds.

use super::{Item, Kind, Outcome, Said, ack, count, fence, request, route};
use crate::gate::{Message, Parcel};
use crate::radio::port::Station;
use crate::senses::{TICKS_PER_S, Tick};
use alloc::vec::Vec;

/// Most items of each kind.
pub(crate) const ITEMS_MAX: [usize; 3] = [500, 200, 20];
/// An item that has not come is asked for again after so long.
const AGAIN_TICKS: u64 = TICKS_PER_S / 4;
/// And so often, each time twice as late.
const TRIES: u32 = 5;
/// So many stations may read at once; the one that has read longest makes room for the next.
const READERS: usize = 8;

/// A plan as it is kept.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Plan {
    pub items: Vec<Item>,
    /// Its number: of the items, and nothing else; 0 for none.
    pub id: u32,
    /// Which of its items is flown first: whether home stands before them.
    pub first: u16,
}

impl Plan {
    /// The number of an item of this number, where the first that is flown has `first`.
    pub(crate) fn renumbered(&self, seq: u16, first: u16) -> u16 {
        seq.saturating_add(first).saturating_sub(self.first)
    }

    /// How many items it has there.
    pub(crate) fn count(&self, first: u16) -> u16 {
        if self.items.is_empty() { 0 } else { self.renumbered(self.items.len() as u16, first) }
    }

    /// The item of this number there: as it came, but for its number and for where a jump leads.
    fn item(&self, seq: u16, first: u16) -> Option<Item> {
        let own = seq.saturating_add(self.first).checked_sub(first)?;
        let item = *self.items.get(usize::from(own))?;
        Some(route::renumbered(item, i32::from(first) - i32::from(self.first)))
    }
}

struct Upload {
    partner: Station,
    kind: Kind,
    count: usize,
    items: Vec<Item>,
    asked: Tick,
    tries: u32,
}

/// A station that reads a plan, which must not change under it.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Reader {
    partner: Station,
    kind: Kind,
    plan: u32,
}

/// All three plans and what is under way.
pub(crate) struct Transfer {
    plans: [Plan; 3],
    upload: Option<Upload>,
    readers: Vec<Reader>,
}

/// What comes of a word.
pub(crate) enum Answer {
    /// Nothing.
    Nothing,
    /// Say this.
    Say(Parcel),
    /// A plan was taken or cleared; say this.
    Changed(Option<Kind>, Parcel),
}

fn say(message: Message, to: Station) -> Answer {
    Answer::Say(Parcel::state(message).by(to.port))
}

impl Transfer {
    /// No plans.
    pub(crate) fn none() -> Self {
        Self { plans: Default::default(), upload: None, readers: Vec::new() }
    }

    /// A plan as it is committed.
    pub(crate) fn plan(&self, kind: Kind) -> &Plan {
        &self.plans[kind as usize]
    }

    /// The numbers of all three.
    pub(crate) fn ids(&self) -> [u32; 3] {
        [self.plans[0].id, self.plans[1].id, self.plans[2].id]
    }

    /// Hears a word; `is_pilot` says whether the partner may change plans. `home` is what stands before the first item
    /// of every mission, where something does.
    pub(crate) fn hear(
        &mut self,
        said: Said,
        partner: Station,
        is_pilot: bool,
        home: Option<Item>,
        now: Tick,
    ) -> Answer {
        match said {
            Said::Count(kind, _) if !is_pilot => self.deny(Some(kind), partner),
            Said::Clear(kind) if !is_pilot => self.deny(kind, partner),
            Said::Count(kind, count) => self.begin(kind, count.into(), partner, now),
            Said::Clear(kind) => self.clear(kind, partner),
            Said::Item(item) if is_pilot => self.take(item, partner, home.is_some(), now),
            Said::List(kind) => self.tell_count(kind, u16::from(home.is_some()), partner),
            Said::Request(kind, seq) => self.tell_item(kind, seq, home, partner),
            Said::Ack(kind) => {
                // It has what it wanted, or gives up what it began.
                self.readers.retain(|reader| (reader.partner, reader.kind) != (partner, kind));
                self.upload = self.upload.take().filter(|upload| !upload.is_of(partner, kind));
                Answer::Nothing
            }
            Said::Unsupported => say(ack(None, Outcome::Unsupported, 0, partner.id), partner),
            // Who may not set an item has been denied the transfer.
            Said::Item(_) | Said::SetCurrent(_) => Answer::Nothing,
        }
    }

    /// Asks again for what has not come.
    pub(crate) fn due(&mut self, now: Tick) -> Option<Parcel> {
        let upload = self.upload.as_mut()?;
        let wait_ticks = AGAIN_TICKS << upload.tries.min(TRIES);
        if now.0 < upload.asked.0 + wait_ticks {
            return None;
        }
        if upload.tries == TRIES {
            let to = upload.partner;
            let message = ack(Some(upload.kind), Outcome::Error, 0, to.id);
            self.upload = None;
            return Some(Parcel::state(message).by(to.port));
        }
        upload.tries += 1;
        upload.asked = now;
        Some(Parcel::state(upload.request()).by(upload.partner.port))
    }

    fn deny(&self, kind: Option<Kind>, partner: Station) -> Answer {
        say(ack(kind, Outcome::Denied, 0, partner.id), partner)
    }

    fn is_busy_with_another(&self, partner: Station) -> bool {
        self.upload.as_ref().is_some_and(|upload| upload.partner != partner)
    }

    fn begin(&mut self, kind: Kind, count: usize, partner: Station, now: Tick) -> Answer {
        if self.is_busy_with_another(partner) {
            return self.deny(Some(kind), partner);
        }
        self.upload = None;
        if count == 0 {
            return self.commit(kind, Vec::new(), 0, partner);
        }
        if count > ITEMS_MAX[kind as usize] {
            return say(ack(Some(kind), Outcome::NoSpace, 0, partner.id), partner);
        }
        let upload = Upload { partner, kind, count, items: Vec::new(), asked: now, tries: 0 };
        say(self.upload.insert(upload).request(), partner)
    }

    fn take(&mut self, item: Item, partner: Station, is_home_first: bool, now: Tick) -> Answer {
        let Some(upload) = &mut self.upload else { return Answer::Nothing };
        let is_next = usize::from(item.seq) == upload.items.len();
        // What comes twice or too early is passed over; the one that is missing will be asked for again.
        if !upload.is_of(partner, item.kind) || !is_next {
            return Answer::Nothing;
        }
        // What a station has for home is passed over: the vehicle has its own.
        let is_home = is_home_first && item.kind == Kind::Mission && item.seq == 0;
        let item = if is_home { Item::home((0, 0, 0.0)) } else { item };
        if let Err(outcome) = check(&item) {
            return self.fail(outcome);
        }
        upload.items.push(item);
        (upload.asked, upload.tries) = (now, 0);
        if upload.items.len() < upload.count {
            return say(upload.request(), partner);
        }
        let (kind, items) = (upload.kind, core::mem::take(&mut upload.items));
        let first = match kind {
            Kind::Mission => u16::from(is_home_first),
            Kind::Fence | Kind::Rally => 0,
        };
        let whole = match kind {
            Kind::Mission => route::check(&items, first),
            Kind::Fence => fence::check(&items),
            Kind::Rally => Ok(()),
        };
        match whole {
            Ok(()) => self.commit(kind, items, first, partner),
            Err(outcome) => self.fail(outcome),
        }
    }

    fn fail(&mut self, outcome: Outcome) -> Answer {
        match self.upload.take() {
            Some(upload) => {
                let message = ack(Some(upload.kind), outcome, 0, upload.partner.id);
                say(message, upload.partner)
            }
            None => Answer::Nothing,
        }
    }

    fn commit(&mut self, kind: Kind, items: Vec<Item>, first: u16, partner: Station) -> Answer {
        self.upload = None;
        let id = number(&items);
        self.plans[kind as usize] = Plan { items, id, first };
        let message = ack(Some(kind), Outcome::Accepted, id, partner.id);
        Answer::Changed(Some(kind), Parcel::state(message).by(partner.port))
    }

    fn clear(&mut self, kind: Option<Kind>, partner: Station) -> Answer {
        if self.is_busy_with_another(partner) {
            return self.deny(kind, partner);
        }
        self.upload = None;
        for cleared in Kind::ALL.into_iter().filter(|each| kind.is_none_or(|kind| kind == *each)) {
            self.plans[cleared as usize] = Plan::default();
        }
        let message = ack(kind, Outcome::Accepted, 0, partner.id);
        Answer::Changed(kind, Parcel::state(message).by(partner.port))
    }

    fn tell_count(&mut self, kind: Kind, first: u16, partner: Station) -> Answer {
        let first = if kind == Kind::Mission { first } else { 0 };
        let plan = &self.plans[kind as usize];
        self.readers.retain(|reader| (reader.partner, reader.kind) != (partner, kind));
        if self.readers.len() == READERS {
            self.readers.remove(0);
        }
        self.readers.push(Reader { partner, kind, plan: plan.id });
        say(count(kind, plan.count(first), plan.id, partner.id), partner)
    }

    fn tell_item(&mut self, kind: Kind, seq: u16, home: Option<Item>, partner: Station) -> Answer {
        let plan = &self.plans[kind as usize];
        let is_reader = |reader: &&Reader| (reader.partner, reader.kind) == (partner, kind);
        let Some(reader) = self.readers.iter().find(is_reader).copied() else {
            return Answer::Nothing;
        };
        let home = home.filter(|_| kind == Kind::Mission);
        let first = u16::from(home.is_some());
        let item = match home.filter(|_| seq == 0 && !plan.items.is_empty()) {
            Some(home) => Some(home),
            None => plan.item(seq, first),
        };
        let outcome = match item {
            Some(item) if reader.plan == plan.id => {
                let item = super::told(&item, partner.id);
                // A plan is a list of places, and goes where places go.
                return Answer::Say(Parcel::telemetry(item).by(partner.port));
            }
            // It has changed since it was counted: half of each would be worse than none.
            Some(_) => Outcome::Error,
            None => Outcome::InvalidSequence,
        };
        self.readers.retain(|other| *other != reader);
        say(ack(Some(kind), outcome, 0, partner.id), partner)
    }
}

impl Upload {
    fn is_of(&self, partner: Station, kind: Kind) -> bool {
        (self.partner, self.kind) == (partner, kind)
    }

    fn request(&self) -> Message {
        request(self.kind, self.items.len() as u16, self.partner.id)
    }
}

/// Whether an item may be part of a plan of its kind at all.
fn check(item: &Item) -> Result<(), Outcome> {
    match item.kind {
        Kind::Mission => route::check_item(item),
        Kind::Fence => fence::check_item(item),
        Kind::Rally => fence::check_rally(item),
    }
}

/// CRC-32 (IEEE) over the items as they lie on the wire, without whom they are for; never 0 for a plan.
fn number(items: &[Item]) -> u32 {
    let bytes = items.iter().flat_map(|item| item.wire((0, 0)));
    let crc = bytes.fold(!0_u32, |crc, byte| {
        (0..8).fold(crc ^ u32::from(byte), |crc, _| {
            (crc >> 1) ^ (0xEDB8_8320 & (crc & 1).wrapping_neg())
        })
    });
    if items.is_empty() { 0 } else { (!crc).max(1) }
}

#[cfg(test)]
mod tests;
