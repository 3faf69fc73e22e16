//! Consent as the story really gives it: the pilot's grants, and the pilot's own commands to capture.
//!
//! **Never:** asks the vehicle what it recorded.

use crate::scenario::{Act, Scenario};
use crate::{Class, Grant, Mandate, Recipient, Tick};

/// A still is taken within this time of the command; a later one was not commanded.
pub const STILL_VALID_S: f64 = 2.0;

impl Mandate {
    /// What the beats of a story give and withdraw, in order.
    ///
    /// A still is a command for `Imagery` and, because a face may be in it, for `Face`; a recording is a
    /// command for `Audio` until it is stopped. All three are for the card only.
    #[must_use]
    pub fn of(scenario: &Scenario) -> Self {
        let mut mandate = Self::default();
        let (mut stills, mut recordings) = (0, 0);
        for beat in &scenario.beats {
            let now = Tick::at_s(beat.at_s);
            match &beat.does {
                Act::Grants { category, object, to, for_s } => {
                    let end = for_s.map(|s| Tick(now.0 + Tick::at_s(s).0));
                    mandate.add(*category, *object, *to, now, end);
                }
                Act::Withdraws { category, object, from } => {
                    mandate.withdraw(*category, *object, *from, now);
                }
                Act::TakesStill => {
                    stills += 1;
                    let end = Some(Tick(now.0 + Tick::at_s(STILL_VALID_S).0));
                    mandate.add(Class::Imagery, stills, Recipient::Card, now, end);
                    mandate.add(Class::Face, stills, Recipient::Card, now, end);
                }
                Act::StartsRecording => {
                    recordings += 1;
                    mandate.add(Class::Audio, recordings, Recipient::Card, now, None);
                }
                Act::StopsRecording => {
                    mandate.withdraw(Class::Audio, recordings, Recipient::Card, now);
                }
                Act::Arms
                | Act::Disarms
                | Act::TakesOff { .. }
                | Act::Holds
                | Act::StartsMission
                | Act::Returns
                | Act::Lands
                | Act::Speaks { .. }
                | Act::Walks { .. }
                | Act::Faces { .. }
                | Act::Requests { .. }
                | Act::LosesLink { .. }
                | Act::ServerTurns(_) => {}
            }
        }
        mandate
    }

    fn add(
        &mut self,
        category: Class,
        object: u32,
        recipient: Recipient,
        given_at: Tick,
        valid_until: Option<Tick>,
    ) {
        let (purpose, method) = match recipient {
            Recipient::Card => ("capture", "the pilot's command to capture"),
            Recipient::Pilot | Recipient::Maker => ("support", "the pilot's ground station"),
        };
        self.grants.push(Grant {
            record_id: self.grants.len() as u32 + 1,
            subject: "pilot".to_owned(),
            purpose: purpose.to_owned(),
            category,
            object,
            recipient,
            given_at,
            valid_until,
            withdrawn_at: None,
            method: method.to_owned(),
        });
    }

    fn withdraw(&mut self, category: Class, object: u32, recipient: Recipient, now: Tick) {
        for grant in &mut self.grants {
            let same = grant.category == category
                && grant.object == object
                && grant.recipient == recipient;
            if same && grant.holds_at(now) {
                grant.withdrawn_at = Some(now);
            }
        }
    }
}
