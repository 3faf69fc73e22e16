//! The decoder: every byte on every link must be of a listed form, or it is a finding.
//!
//! Each link has a room that reads what was said there, writes it again in its one canonical form and
//! compares. What cannot be read, is not listed, or is not canonical raises an alarm.
//!
//! **Never:** skips a byte; trusts a length, a tag or a number that the vehicle wrote.

pub mod card;
pub mod jpeg;
pub mod log_file;
pub mod radio;
pub mod remote_id;
pub mod skin;
pub mod sound;
pub mod uplink;

use crate::alarm::{Alarm, Detector};
use crate::case::Case;
use evidence::{Class, Link, Tick};

/// Reads the whole recording.
pub fn decode(case: &Case<'_>, alarms: &mut Vec<Alarm>) {
    let mut pictures = jpeg::Pictures::default();
    let mut radio = radio::Radio::of(case);
    let mut uplink = uplink::Uplink::default();
    let mut remote_id = remote_id::RemoteId::of(case);
    let mut card = card::Card::default();
    let mut skin = skin::Skin::default();
    for said in case.recording.transcript.iter() {
        let mut faults = Faults { link: said.link, tick: said.tick, alarms };
        match said.link {
            Link::Radio => radio.said(case, said, &mut faults),
            Link::Uplink => uplink.said(case, said, &mut faults),
            Link::RemoteId => remote_id.said(said, &mut faults),
            Link::Card => card.said(said, &mut faults),
            Link::Video => faults.unlisted(None, "no live view is listed on this link"),
            Link::Console => skin.console(said, &mut faults),
            Link::Lights => skin.lights(said, &mut faults),
            Link::Motion => skin.motion(said, &mut faults),
        }
    }
    let mut faults = Faults { link: Link::Card, tick: case.end(), alarms };
    card::at_end(case, &mut pictures, &mut faults);
    faults.link = Link::Uplink;
    uplink.at_end(&mut pictures, &mut faults);
}

/// Where the rooms put what they find, at one emission.
pub struct Faults<'a> {
    link: Link,
    /// When it was said.
    pub tick: Tick,
    alarms: &'a mut Vec<Alarm>,
}

impl Faults<'_> {
    /// Something that is not of a listed form.
    pub fn unlisted(&mut self, class: Option<Class>, rule: &str) {
        let alarm = Alarm::new(Detector::DEC, class, self.link, self.tick, rule);
        self.alarms.push(alarm.unlisted());
    }

    /// Something of a listed form that nobody asked for.
    pub fn unasked(&mut self, class: Class, rule: &str) {
        self.alarms.push(Alarm::new(Detector::DEC, Some(class), self.link, self.tick, rule));
    }

    /// One rule: unlisted unless `holds`.
    pub fn must(&mut self, holds: bool, rule: &str) {
        if !holds {
            self.unlisted(None, rule);
        }
    }
}
