//! What reached the vehicle from the ground, by whom: the story's beats, without those that met a dead link or a
//! vehicle that was off.
//!
//! **Never:** takes a forger or a stranger for the pilot.

use super::{Case, log_number, picture_number};
use evidence::scenario::{Act, Server};
use evidence::{ClaimId, Class, Evidence, Recipient, TICKS_PER_S, Tick};

pub use evidence::scenario::Sender;

/// One act that reached the vehicle.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Heard<'a> {
    /// When.
    pub tick: Tick,
    /// The act itself, whoever did it.
    pub act: &'a Act,
    /// Who did it.
    pub by: Sender,
}

/// All of them, in order.
pub fn of(evidence: &Evidence) -> Vec<Heard<'_>> {
    let outages = evidence.scenario.outages();
    let beats = evidence.scenario.beats.iter().map(|beat| {
        let (act, by) = beat.does.sender();
        Heard { tick: Tick::at_s(beat.at_s), act, by }
    });
    beats.filter(|heard| outages.hears(heard.tick)).collect()
}

impl Case<'_> {
    /// What the pilot did, at `tick` or before.
    pub fn by_pilot(&self, tick: Tick) -> impl Iterator<Item = &Heard<'_>> {
        self.heard.iter().filter(move |heard| heard.by == Sender::Pilot && heard.tick <= tick)
    }

    /// Whether the pilot asked, at `tick` or before, that this object be sent to this recipient.
    pub fn is_requested(&self, class: Class, object: u32, to: Recipient, tick: Tick) -> bool {
        self.by_pilot(tick).any(|heard| asks_for(heard.act) == Some((class, object, to)))
    }

    /// The claim that an answer breaks which only somebody without any right has asked for.
    pub fn asked_by_others(&self, tick: Tick, asks: impl Fn(&Act) -> bool) -> Option<ClaimId> {
        let others = |heard: &&Heard<'_>| heard.by != Sender::Pilot && heard.tick <= tick;
        let is_asked = self.heard.iter().filter(others).any(|heard| asks(heard.act));
        is_asked.then_some(ClaimId::ServerAccess)
    }

    /// The claim that an upload breaks which nobody asked for but a server.
    pub fn demanded(&self, tick: Tick) -> Option<ClaimId> {
        let scenario = &self.evidence.scenario;
        let turned = scenario.beats.iter().any(|beat| {
            beat.does == Act::ServerTurns(Server::Greedy) && Tick::at_s(beat.at_s) <= tick
        });
        (turned || scenario.server == Server::Greedy).then_some(ClaimId::ServerAccess)
    }

    /// Whether the pilot commanded a capture of this kind shortly before `tick`: a power cut ends the command, not
    /// what it was for.
    pub fn was_commanded(&self, class: Class, object: u32, tick: Tick) -> bool {
        let earliest = Tick(tick.0.saturating_sub(3 * TICKS_PER_S));
        self.evidence.truth.mandate.grants.iter().any(|grant| {
            (grant.category, grant.object, grant.recipient) == (class, object, Recipient::Card)
                && grant.given_at <= tick
                && (grant.holds_at(tick) || grant.given_at >= earliest)
        })
    }
}

/// The object that an act asks for, and for whom.
pub fn asks_for(act: &Act) -> Option<(Class, u32, Recipient)> {
    match act {
        Act::Requests { category, object, to } => Some((*category, *object, *to)),
        Act::ReadsLog { object } => Some((Class::FlightLog, *object, Recipient::Pilot)),
        Act::ReadsFile { path } => {
            let path = path.trim_start_matches('/');
            let picture = picture_number(path).map(|n| (Class::Imagery, n, Recipient::Pilot));
            picture.or(log_number(path).map(|n| (Class::FlightLog, n, Recipient::Pilot)))
        }
        _ => None,
    }
}
