//! A recording as the stations on one telemetry port had part in it: what was asked there, and in whose ways.
//!
//! What is asked on a port is answered on that port, so the decoder of a port is shown this; where it has to know what
//! was said on either port, it looks at the whole.
//!
//! **Never:** shows a question of one port to the decoder of the other.

use super::{Asked, Case, Heard, Sender, asks_for};
use evidence::scenario::Act;
use evidence::{ClaimId, Class, Link, Personality, Recipient, Tick};
use std::ops::Deref;

/// One port's part of a case.
pub struct Line<'c, 'a> {
    /// All of it.
    pub whole: &'c Case<'a>,
    /// Which port.
    pub link: Link,
    /// Whose ways the vehicle has there.
    pub personality: Personality,
    /// What reached the vehicle by it.
    pub heard: Vec<Heard<'a>>,
    /// Of a live flight, every sound frame that reached the vehicle by it.
    pub asked: Vec<Asked<'a>>,
}

impl<'c, 'a> Line<'c, 'a> {
    /// The part that a port has in a case.
    pub fn of(whole: &'c Case<'a>, link: Link) -> Self {
        Self {
            whole,
            link,
            personality: whole.evidence.provenance.ways().on(link),
            heard: whole.heard.iter().filter(|heard| heard.link == link).copied().collect(),
            asked: whole.asked.iter().filter(|asked| asked.link == link).copied().collect(),
        }
    }

    /// What the pilot did on it, at `tick` or before.
    pub fn by_pilot(&self, tick: Tick) -> impl Iterator<Item = &Heard<'_>> {
        self.heard.iter().filter(move |heard| heard.by == Sender::Pilot && heard.tick <= tick)
    }

    /// Whether the pilot asked on it, at `tick` or before, that this object be sent to this recipient.
    pub fn is_requested(&self, class: Class, object: u32, to: Recipient, tick: Tick) -> bool {
        self.by_pilot(tick).any(|heard| asks_for(heard.act) == Some((class, object, to)))
    }

    /// The claim that an answer on it breaks which only somebody without any right has asked for there.
    pub fn asked_by_others(&self, tick: Tick, asks: impl Fn(&Act) -> bool) -> Option<ClaimId> {
        let others = |heard: &&Heard<'_>| heard.by != Sender::Pilot && heard.tick <= tick;
        let is_asked = self.heard.iter().filter(others).any(|heard| asks(heard.act));
        is_asked.then_some(ClaimId::ServerAccess)
    }
}

impl<'a> Deref for Line<'_, 'a> {
    type Target = Case<'a>;

    fn deref(&self) -> &Case<'a> {
        self.whole
    }
}
