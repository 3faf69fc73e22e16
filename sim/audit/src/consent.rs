//! The consent monitor: what left, against what had been granted at that tick.
//!
//! It looks at what an emission says it is, and, because that may be a lie, for runs of bytes of any file of
//! the card in every emission, and whether a picture shows the still whose number it is sent under.
//!
//! **Never:** looks at the vehicle's own ledger; takes a grant for one object, recipient or moment as one for
//! another.

mod picture;
mod shelf;

use crate::alarm::{Alarm, Detector};
use crate::case::Case;
use crate::decode::uplink::Request;
use crate::decode::{radio, uplink};
use evidence::transcript::Said;
use evidence::{Class, Link, Recipient, Tick};
use shelf::Shelf;

/// Raises an alarm for each emission that no grant covers.
pub fn consent(case: &Case<'_>, alarms: &mut Vec<Alarm>) {
    let shelf = Shelf::of(case);
    let mut pictures = picture::Sent::default();
    for said in case.recording.transcript.iter() {
        let recipient = match said.link {
            Link::Radio => Some(Recipient::Pilot),
            Link::Uplink => Some(Recipient::Maker),
            Link::Video | Link::RemoteId | Link::Console => None,
            // The card is judged at rest; lamps and the tap's digests have no room for a file.
            Link::Card | Link::Lights | Link::Motion => continue,
        };
        let mut alarm = |class, shown: &str| {
            alarms.push(Alarm::new(Detector::CON, Some(class), said.link, said.tick, shown));
        };
        if let (Some((class, object)), Some(recipient)) = (named(said), recipient)
            && !is_granted(case, class, object, recipient, said.tick)
        {
            alarm(class, &format!("{class} {object} to {recipient:?}: no grant is in force"));
        }
        if let (Link::Uplink, Ok(Request::Part(part))) = (said.link, uplink::read(said.bytes))
            && part.kind == uplink::Kind::Media
            && pictures.take(case, &part) == Some(false)
        {
            let n = part.object;
            alarm(Class::Imagery, &format!("the picture sent as still {n} is not still {n}"));
        }
        if let Some(sources) = shelf.sources(said.bytes) {
            let covered = |source: &(Class, u32)| {
                recipient.is_some_and(|r| is_granted(case, source.0, source.1, r, said.tick))
            };
            if let (Some((class, object)), false) = (sources.first(), sources.iter().any(covered)) {
                let shown =
                    format!("bytes of {class} {object} from the card: no grant is in force");
                alarm(*class, &shown);
            }
        }
    }
}

/// The object that an emission says it carries.
fn named(said: Said<'_>) -> Option<(Class, u32)> {
    match said.link {
        Link::Radio => {
            let (id, payload) = radio::payload(said.bytes)?;
            let byte = |at: usize| payload.get(at).copied().unwrap_or(0);
            let object = u32::from(u16::from_le_bytes([byte(4), byte(5)]));
            (id == radio::LOG_DATA).then_some((Class::FlightLog, object))
        }
        Link::Uplink => match uplink::read(said.bytes) {
            Ok(Request::Part(part)) => Some((part.kind.class(), part.object)),
            Ok(Request::Update) | Err(_) => None,
        },
        Link::Video | Link::RemoteId | Link::Card | Link::Console | Link::Lights | Link::Motion => {
            None
        }
    }
}

fn is_granted(
    case: &Case<'_>,
    class: Class,
    object: u32,
    recipient: Recipient,
    tick: Tick,
) -> bool {
    case.evidence.truth.mandate.allows(class, object, recipient, tick)
}

#[cfg(test)]
mod tests {
    use crate::tests::{alarms_by, evidence, frame, log_file};
    use crate::{Alarm, Detector};
    use evidence::card::{Operation, Write};
    use evidence::scenario::Act;
    use evidence::{Class, Evidence, Link, Recipient, Tick};
    use mavlink::dialects::common::{LOG_DATA_DATA, MavMessage};

    fn story() -> Evidence {
        let (category, to, from) = (Class::FlightLog, Recipient::Pilot, Recipient::Pilot);
        evidence(&[
            (2.0, Act::Grants { category, object: 1, to, for_s: Some(6.0) }),
            (4.0, Act::Withdraws { category, object: 1, from }),
            (6.0, Act::Grants { category, object: 2, to, for_s: Some(1.0) }),
        ])
    }

    fn consented(tick: u64, link: Link, bytes: Vec<u8>) -> Vec<Alarm> {
        let log = log_file(1);
        let write = Write { operation: Operation::Append, path: "LOG/LOG_0001.HLG", data: &log };
        let said = [(Tick(1), Link::Card, write.encode()), (Tick(tick), link, bytes)];
        alarms_by(Detector::CON, &story(), &said)
    }

    #[test]
    fn log_data_needs_a_grant_for_that_log_at_that_tick() {
        let chunk = |id| {
            let data = LOG_DATA_DATA { id, count: 90, data: [7; 90], ..Default::default() };
            frame(0, &MavMessage::LOG_DATA(data))
        };
        let table = [
            (999, 1, 1),
            (1000, 1, 0),
            (1999, 1, 0),
            (2000, 1, 1),
            (1500, 2, 1),
            (3000, 2, 0),
            (3499, 2, 0),
            (3500, 2, 1),
        ];
        for (tick, log, alarms) in table {
            let found = consented(tick, Link::Radio, chunk(log));
            assert_eq!(found.len(), alarms, "log {log} at tick {tick}: {found:?}");
        }
    }

    #[test]
    fn bytes_of_a_file_are_known_wherever_they_turn_up() {
        let log = log_file(1);
        let part = &log[200..280];
        let wrapped = [b"POST /crash HTTP/1.1\r\n\r\n", part].concat();
        assert_eq!(consented(1500, Link::Uplink, wrapped.clone()).len(), 1);
        assert_eq!(consented(1500, Link::Console, part.to_vec()).len(), 1);
        assert_eq!(consented(1500, Link::Radio, part.to_vec()), []);
        assert_eq!(consented(1500, Link::Uplink, log[200..230].to_vec()), []);
        assert_eq!(consented(1500, Link::Uplink, vec![0; 80]), []);
    }
}
