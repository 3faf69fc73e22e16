//! The decoder: every byte on every link must be of a listed form, or it is a finding.
//!
//! Each link has a room that reads what was said there, writes it again in its one canonical form and
//! compares. What cannot be read, is not listed, or is not canonical raises an alarm.
//!
//! **Never:** skips a byte; trusts a length, a tag or a number that the vehicle wrote.

pub mod card;
pub mod exif;
pub mod jpeg;
pub mod live_view;
pub mod log_file;
pub mod matroska;
mod picture;
pub mod radio;
pub mod remote_id;
pub mod sealed;
pub mod skin;
pub mod sound;
pub mod uplink;

pub use picture::exif_of_shared;

use crate::alarm::{Alarm, Detector, switch_of};
use crate::case::Case;
use evidence::scenario::Setting;
use evidence::transcript::Said;
use evidence::{ClaimId, Class, Link, Tick};

/// Reads the whole recording.
pub fn decode(case: &Case<'_>, alarms: &mut Vec<Alarm>) {
    let mut films = matroska::Films::default();
    let mut radios = radio::Radios::of(case);
    let mut uplink = uplink::Uplink::default();
    let mut remote_id = remote_id::RemoteId::of(case);
    let mut card = card::Card::default();
    let mut skin = skin::Skin::default();
    let mut view = live_view::LiveView::new();
    for said in case.recording.transcript.iter() {
        let mut faults = Faults::at(said, alarms);
        match said.link {
            Link::Radio | Link::Telemetry2 => radios.said(said, &mut faults),
            Link::Uplink => uplink.said(case, said, &mut faults),
            Link::RemoteId => remote_id.said(case, said, &mut faults),
            Link::Card => card.said(case, said, &mut faults),
            Link::Video => view.said(case, said, &mut faults),
            Link::Console => skin.console(case, said, &mut faults),
            Link::Lights => skin.lights(case, said, &mut faults),
            Link::Motion => skin.motion(said, &mut faults),
        }
        // The tap's digests go on while the vehicle is off.
        if said.link != Link::Motion {
            faults.must(!case.power.is_off(said.tick), "something is said without power");
        }
    }
    let mut faults = Faults { link: Link::Card, tick: case.end(), switch: None, alarms };
    card::at_end(case, &mut films, &mut faults);
    faults.link = Link::Uplink;
    uplink.at_end(case, &mut films, &mut faults);
    radios.at_end(&mut films, &mut faults);
}

/// Where the rooms put what they find, at one emission.
pub struct Faults<'a> {
    /// Where it was said.
    pub link: Link,
    /// When it was said.
    pub tick: Tick,
    /// The switch that it left under.
    pub switch: Option<Setting>,
    alarms: &'a mut Vec<Alarm>,
}

impl<'a> Faults<'a> {
    fn at(said: Said<'_>, alarms: &'a mut Vec<Alarm>) -> Self {
        let switch = switch_of(said.link, said.bytes);
        Self { link: said.link, tick: said.tick, switch, alarms }
    }

    /// Something that is not of a listed form.
    pub fn unlisted(&mut self, class: Option<Class>, rule: &str) {
        let alarm = Alarm::new(Detector::DEC, class, self.link, self.tick, rule);
        self.alarms.push(alarm.unlisted().under(self.switch));
    }

    /// Something of a listed form that nobody asked for, or that somebody asked for who may not.
    pub fn unasked(&mut self, class: Class, about: Option<ClaimId>, rule: &str) {
        self.wrong(Some(class), about, rule);
    }

    /// Something of a listed form in a wrong place.
    pub fn wrong(&mut self, class: Option<Class>, about: Option<ClaimId>, rule: &str) {
        let alarm = Alarm::new(Detector::DEC, class, self.link, self.tick, rule);
        self.alarms.push(alarm.under(self.switch).about(about));
    }

    /// Something that goes to a place which nobody declared.
    pub fn elsewhere(&mut self, rule: &str) {
        self.wrong(None, Some(ClaimId::KnownHosts), rule);
    }

    /// One rule: unlisted unless `holds`.
    pub fn must(&mut self, holds: bool, rule: &str) {
        if !holds {
            self.unlisted(None, rule);
        }
    }
}
