//! What reached the vehicle from the ground, by whom: the story's beats, without those that met a dead link or a
//! vehicle that was off.
//!
//! **Never:** takes a forger or a stranger for the pilot.

use super::{Case, log_number, picture_number};
use evidence::scenario::{Act, Server};
use evidence::{ClaimId, Class, Evidence, Link, Recipient, TICKS_PER_S, Tick, told};
use mavlink::Message;
use mavlink::dialects::common::MavMessage;
use std::ops::Deref;

pub use evidence::scenario::Sender;

/// The other ground station of a story.
const SCRIPTED_STRANGER: u8 = 254;

/// One act that reached the vehicle.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Heard<'a> {
    /// When.
    pub tick: Tick,
    /// By which port, where it was said by one.
    pub link: Link,
    /// The act itself, whoever did it.
    pub act: &'a Act,
    /// Who did it.
    pub by: Sender,
}

/// What reached the vehicle, in order.
pub struct Hearings<'a>(Vec<Heard<'a>>);

impl<'a> Deref for Hearings<'a> {
    type Target = [Heard<'a>];

    fn deref(&self) -> &[Heard<'a>] {
        &self.0
    }
}

impl<'a> FromIterator<Heard<'a>> for Hearings<'a> {
    fn from_iter<I: IntoIterator<Item = Heard<'a>>>(heard: I) -> Self {
        Self(heard.into_iter().collect())
    }
}

impl<'a> Hearings<'a> {
    /// What came by one port.
    pub fn on(&self, link: Link) -> Self {
        self.0.iter().filter(|heard| heard.link == link).copied().collect()
    }

    /// What the pilot did, at `tick` or before.
    pub fn by_pilot(&self, tick: Tick) -> impl Iterator<Item = &Heard<'_>> {
        self.0.iter().filter(move |heard| heard.by == Sender::Pilot && heard.tick <= tick)
    }

    /// Whether the pilot asked, at `tick` or before, that this object be sent to this recipient.
    pub fn is_requested(&self, class: Class, object: u32, to: Recipient, tick: Tick) -> bool {
        self.by_pilot(tick).any(|heard| asks_for(heard.act) == Some((class, object, to)))
    }

    /// The claim that an answer breaks which only somebody without any right has asked for.
    pub fn asked_by_others(&self, tick: Tick, asks: impl Fn(&Act) -> bool) -> Option<ClaimId> {
        let others = |heard: &&Heard<'_>| heard.by != Sender::Pilot && heard.tick <= tick;
        let is_asked = self.0.iter().filter(others).any(|heard| asks(heard.act));
        is_asked.then_some(ClaimId::ServerAccess)
    }
}

/// A frame that reached a live vehicle, with a checksum that is right for its message.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Asked<'a> {
    /// When.
    pub tick: Tick,
    /// By which port.
    pub link: Link,
    /// Whose it is.
    pub by: Sender,
    /// A key was handed over, and it is not signed with it.
    pub lacks_signature: bool,
    /// Who sent it: system.
    pub system: u8,
    /// Who sent it: component.
    pub component: u8,
    /// Which message.
    pub id: u32,
    /// Its payload, as it came: trailing zeros may be missing.
    pub payload: &'a [u8],
}

impl Asked<'_> {
    /// The payload with the zeros that were trimmed, to so many bytes; what is longer is cut.
    #[must_use]
    pub fn padded<const N: usize>(&self) -> [u8; N] {
        let mut wire = [0; N];
        let length = self.payload.len().min(N);
        wire[..length].copy_from_slice(&self.payload[..length]);
        wire
    }
}

/// Every sound frame that reached a live vehicle, in order; none for a story.
pub fn asked(evidence: &Evidence) -> Vec<Asked<'_>> {
    let heard = evidence.heard.iter();
    let words = heard.flat_map(|heard| told::words_of(&evidence.scenario, heard));
    let sound = words.filter(|word| word.frame.is_sound(MavMessage::extra_crc(word.frame.id)));
    let asked = sound.map(|word| Asked {
        tick: word.tick,
        link: word.link,
        by: word.by,
        lacks_signature: word.lacks_signature,
        system: word.frame.system,
        component: word.frame.component,
        id: word.frame.id,
        payload: word.frame.payload,
    });
    asked.collect()
}

/// All of them, in order.
pub fn of(evidence: &Evidence) -> Hearings<'_> {
    let outages = evidence.scenario.outages();
    let beats = evidence.scenario.beats.iter().map(|beat| {
        let (act, by) = beat.does.sender();
        Heard { tick: Tick::at_s(beat.at_s), link: beat.does.port(), act, by }
    });
    beats.filter(|heard| outages.hears(heard.tick)).collect()
}

impl Case<'_> {
    /// Whether a system is another station than the pilot's at `tick`.
    pub fn is_strangers(&self, system: u8, tick: Tick) -> bool {
        if self.evidence.heard.is_none() {
            return system == SCRIPTED_STRANGER;
        }
        let until = self.asked.partition_point(|asked| asked.tick <= tick);
        let is_pilots = |asked: &&Asked<'_>| asked.by == Sender::Pilot;
        let pilot = self.asked[..until].iter().rev().find(is_pilots);
        pilot.is_none_or(|pilot| pilot.system != system)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_extra_bytes_by_which_a_flight_is_told_are_the_dialects() {
        for (id, extra) in [
            (0, 50),
            (11, 89),
            (21, 159),
            (23, 168),
            (39, 254),
            (73, 38),
            (75, 158),
            (76, 152),
            (110, 84),
            (117, 128),
            (119, 116),
            (121, 237),
            (256, 71),
            (12_904, 77),
        ] {
            assert_eq!(MavMessage::extra_crc(id), extra, "{id}");
        }
    }
}
