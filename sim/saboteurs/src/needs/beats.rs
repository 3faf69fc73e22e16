//! What a story's beats ask for, grant, and say.
//!
//! **Never:** looks at a switch.

use evidence::cell::Cell;
use evidence::scenario::{Act, Beat, Item, Sender, Server};
use evidence::{Class, Link, Recipient, Scenario, Tick};

/// A landing that was commanded has come down after this time.
pub(super) const LANDED_S: f64 = 12.0;

/// Time in which what nobody took is tried again.
const TRIED_S: f64 = 15.0;

/// Time in which a log is sent, and sent again.
const SENT_TWICE_S: f64 = 20.0;

/// Whether an object is both granted to and requested for a recipient.
pub(super) fn sends(story: &Scenario, wanted: Class, recipient: Recipient) -> bool {
    requests(story).any(|(category, object, to)| {
        (category, to) == (wanted, recipient) && is_granted(story, category, object, to)
    })
}

/// Whether a log is requested for the maker without a grant for it, while another one has a grant.
pub(super) fn asks_for_another(story: &Scenario) -> bool {
    let (log, maker) = (Class::FlightLog, Recipient::Maker);
    grants(story, log)
        && requests(story).any(|(category, object, to)| {
            (category, to) == (log, maker) && !is_granted(story, log, object, maker)
        })
}

/// Everything that is asked to be sent, whoever may have it.
fn requests(story: &Scenario) -> impl Iterator<Item = (Class, u32, Recipient)> {
    story.beats.iter().filter_map(|beat| match beat.does {
        Act::Requests { category, object, to } => Some((category, object, to)),
        _ => None,
    })
}

/// Whether exactly this is granted at some time.
fn is_granted(story: &Scenario, wanted: Class, number: u32, recipient: Recipient) -> bool {
    story.beats.iter().any(|beat| {
        matches!(beat.does, Act::Grants { category, object, to, .. }
            if (category, object, to) == (wanted, number, recipient))
    })
}

/// Whether anything of a class is granted at some time.
pub(super) fn grants(story: &Scenario, wanted: Class) -> bool {
    story
        .beats
        .iter()
        .any(|beat| matches!(beat.does, Act::Grants { category, .. } if category == wanted))
}

/// Whether somebody sends an act of a kind; flying is free to all. Once commands are signed, only who was listening
/// when the key was handed over, and has not been switched off since, could sign for another.
pub(super) fn sent_by(story: &Scenario, wanted: Sender, is_meant: fn(&Act) -> bool) -> bool {
    story.beats.iter().filter(|beat| knows_the_key(story, beat.at_s)).any(|beat| {
        let (act, sender) = beat.does.sender();
        // Who listens to the radio hears nothing of the second port.
        let is_heard = beat.does.port() == Link::Radio;
        let asks = matches!(
            act,
            Act::Grants { .. }
                | Act::Withdraws { .. }
                | Act::Requests { .. }
                | Act::TakesStill
                | Act::StartsRecording
                | Act::AsksParameters
                | Act::AsksLogs
                | Act::AsksFiles { .. }
                | Act::ReadsFile { .. }
                | Act::ReadsLog { .. }
                | Act::ListsConsent
                | Act::Sets { .. }
        );
        sender == wanted && is_heard && asks && is_meant(act)
    })
}

/// When landing is commanded, with time to come down.
pub(super) fn landings_s(story: &Scenario) -> Vec<f64> {
    let lands = |beat: &&Beat| beat.does == Act::Lands && beat.at_s + LANDED_S < story.length_s;
    story.beats.iter().filter(lands).map(|beat| beat.at_s).collect()
}

/// Whether no key is in force at a moment, or one that was handed over since the vehicle was last switched on.
fn knows_the_key(story: &Scenario, at_s: f64) -> bool {
    let booted = story.outages().boot(Tick::at_s(at_s));
    let before = story.beats.iter().take_while(|beat| beat.at_s <= at_s);
    let handed_over = before.fold(None, |key, beat| match beat.does {
        Act::SetsUpSigning => Some(beat.at_s),
        Act::ResetsToFactory => None,
        _ => key,
    });
    handed_over.is_none_or(|at_s| Tick::at_s(at_s) >= booted)
}

/// Whether a granted log goes to a server that asks for more, under a grant that still holds when more is sent.
pub(super) fn is_asked_for_more(story: &Scenario) -> bool {
    let is_greedy = |act: &Act| *act == Act::ServerTurns(Server::Greedy);
    let greedy_s = match story.server {
        Server::Greedy => Some(0.0),
        _ => story.beats.iter().find(|beat| is_greedy(&beat.does)).map(|beat| beat.at_s),
    };
    let is_withdrawn = |from_s: f64, to_s: f64| {
        story.beats.iter().any(|beat| {
            let withdraws = matches!(beat.does, Act::Withdraws { category: Class::FlightLog, .. });
            withdraws && from_s <= beat.at_s && beat.at_s < to_s
        })
    };
    let is_lasting = |grant: &Beat, asked_s: f64| match grant.does {
        Act::Grants { category: Class::FlightLog, to: Recipient::Maker, for_s, .. } => {
            let until_s = asked_s + SENT_TWICE_S;
            let holds_s = for_s.map_or(f64::INFINITY, |for_s| grant.at_s + for_s);
            grant.at_s <= asked_s && until_s < holds_s && !is_withdrawn(grant.at_s, until_s)
        }
        _ => false,
    };
    greedy_s.is_some_and(|greedy_s| {
        story.beats.iter().any(|beat| {
            let asks = matches!(
                beat.does,
                Act::Requests { category: Class::FlightLog, to: Recipient::Maker, .. }
            );
            asks && beat.at_s + TRIED_S > greedy_s
                && story.beats.iter().any(|g| is_lasting(g, beat.at_s))
        })
    })
}

/// Whether a way-point lies in another cell than the start.
pub(super) fn crosses(story: &Scenario) -> bool {
    const METRES_PER_DEGREE: f64 = 111_195.0;
    let here = Cell::of(story.place.lat_deg, story.place.lon_deg);
    let east_m_per_deg = METRES_PER_DEGREE * libm::cos(story.place.lat_deg.to_radians());
    story.mission.iter().filter_map(Item::at_m).any(|(east_m, north_m, _)| {
        let lat_deg = story.place.lat_deg + north_m / METRES_PER_DEGREE;
        let lon_deg = story.place.lon_deg + east_m / east_m_per_deg;
        Cell::of(lat_deg, lon_deg) != here
    })
}
