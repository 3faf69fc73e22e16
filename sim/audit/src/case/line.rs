//! A recording as the stations on one telemetry port had part in it: what was asked there, and in whose ways.
//!
//! What is asked on a port is answered on that port, so the decoder of a port is shown this; where it has to know what
//! was said on either port, it looks at the whole.
//!
//! **Never:** shows a question of one port to the decoder of the other.

use super::{Asked, Case, Hearings};
use evidence::{Link, Personality};
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
    pub heard: Hearings<'a>,
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
            heard: whole.heard.on(link),
            asked: whole.asked.iter().filter(|asked| asked.link == link).copied().collect(),
        }
    }
}

impl<'a> Deref for Line<'_, 'a> {
    type Target = Case<'a>;

    fn deref(&self) -> &Case<'a> {
        self.whole
    }
}
