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
    /// Texts that say why nothing comes of a message, and of a command.
    pub rebuffed: Quota,
    pub denied: Quota,
    /// When a list was told last.
    pub listed: Option<Tick>,
    /// Whether it was armed, and the number of its mode, as last shown.
    pub shown: Option<(bool, u32)>,
    /// How far the mission had come, as last shown.
    pub mission: Option<(u16, u16, Progress, [u32; 3])>,
}

/// How many texts of a kind have been said in a second that began with the first of them.
#[derive(Default)]
pub(super) struct Quota {
    since: Option<Tick>,
    said: u32,
}

impl Quota {
    /// Whether one more may be said, of at most so many.
    pub(super) fn lets(&mut self, most: u32, now: Tick) -> bool {
        if self.since.is_none_or(|since| now.0 >= since.0 + TICKS_PER_S) {
            *self = Self { since: Some(now), said: 0 };
        }
        let is_left = self.said < most;
        self.said += u32::from(is_left);
        is_left
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
            rebuffed: Quota::default(),
            denied: Quota::default(),
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
