//! All that belongs to one telemetry port: whose ways it has, what has arrived, what is told how often, and what its
//! stations have asked for and not been told yet.
//!
//! **Never:** mixes two ports: what is asked on one is answered on it, and what is said to all is said on each.

use super::Vehicle;
use super::again::Answered;
use crate::data::download::Download;
use crate::data::files::Files;
use crate::radio::frame::Framer;
use crate::radio::inbox::Inbox;
use crate::radio::missions::Progress;
use crate::radio::modes::Face;
use crate::radio::parameters::Listing;
use crate::radio::port::Port;
use crate::radio::telemetry::Schedule;
use crate::senses::{Personality, Streams, TICKS_PER_S, Tick};

/// One port's side of the vehicle.
pub(super) struct Line {
    pub face: Face,
    pub framer: Framer,
    pub inbox: Inbox,
    pub schedule: Schedule,
    pub listing: Listing,
    pub answered: Answered,
    pub download: Download,
    pub files: Files,
    pub rebuffed: Option<Tick>,
    /// Commands that were denied to whoever may not give them.
    pub denials: Denials,
    /// When a list was told last.
    pub listed: Option<Tick>,
    /// Whether it was armed, and the number of its mode, as last shown.
    pub shown: Option<(bool, u32)>,
    /// How far the mission had come, as last shown.
    pub mission: Option<(u16, u16, Progress, [u32; 3])>,
}

/// Most denials of a second that are told by a text.
const TOLD_PER_S: u32 = 10;

/// The denials of the second that is under way.
#[derive(Default)]
pub(super) struct Denials {
    second: u64,
    count: u32,
}

impl Denials {
    /// One more; whether a text tells of it.
    pub(super) fn is_told(&mut self, now: Tick) -> bool {
        let second = now.0 / TICKS_PER_S;
        let before = if second == self.second { self.count } else { 0 };
        (self.second, self.count) = (second, before.saturating_add(1));
        before < TOLD_PER_S
    }
}

impl Line {
    pub(super) fn new(personality: Personality, streams: Streams) -> Self {
        Self {
            face: Face::new(personality),
            framer: Framer::new(),
            inbox: Inbox::empty(),
            schedule: Schedule::usual(streams),
            listing: Listing::none(streams),
            answered: Answered::none(),
            download: Download::none(),
            files: Files::closed(),
            rebuffed: None,
            denials: Denials::default(),
            listed: None,
            shown: None,
            mission: None,
        }
    }

    pub(super) fn personality(&self) -> Personality {
        self.face.personality
    }

    /// Forgets what its stations have asked for.
    pub(super) fn forget(&mut self, streams: Streams) {
        self.listing = Listing::none(streams);
        self.download = Download::none();
        self.files = Files::closed();
    }
}

impl Vehicle {
    /// The ports that there are.
    pub(super) fn ports(&self) -> impl Iterator<Item = Port> + use<> {
        let second = self.second.is_some().then_some(Port::Second);
        [Some(Port::First), second].into_iter().flatten()
    }

    /// What belongs to a port; where there is no second, nobody names it.
    pub(super) fn line(&self, port: Port) -> &Line {
        match (port, &self.second) {
            (Port::Second, Some(second)) => second,
            (Port::First | Port::Second, _) => &self.first,
        }
    }

    pub(super) fn line_mut(&mut self, port: Port) -> &mut Line {
        match (port, &mut self.second) {
            (Port::Second, Some(second)) => second,
            (Port::First | Port::Second, _) => &mut self.first,
        }
    }

    /// Of every port that there is.
    pub(super) fn lines_mut(&mut self) -> impl Iterator<Item = &mut Line> {
        core::iter::once(&mut self.first).chain(self.second.as_deref_mut())
    }
}
