//! The flight's side of the bridge: what has arrived, what was said, and when the next tick may begin.
//!
//! **Never:** waits for a client: what has arrived by the time of a tick is in it, what has not will be in a later one,
//! and what cannot be handed out at once is dropped and counted.

use crate::clock::{self, Clock};
use crate::pace::{Due, Pace};
use crate::presence::Presence;
use crate::tally::{Count, Tally};
use crossbeam_channel::{Receiver, Sender, TrySendError};
use evidence::{Link, Tick};
use flight::{Ground, Reached};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::sync::Notify;

/// Frames of clients that wait for a tick.
pub(crate) const HEARD_FRAMES_MAX: usize = 2048;

/// Emissions of the vehicle that wait to be handed out.
pub(crate) const SAID_FRAMES_MAX: usize = 8192;

/// The telemetry ports.
const PORTS: [Link; 2] = [Link::Radio, Link::Telemetry2];

/// Frames that one tick takes in on each port; the rest is for the next ones.
pub const FRAMES_PER_TICK_MAX: usize = 64;

/// The longest sleep after which it is looked whether the flight is to end.
const NAP: Duration = Duration::from_millis(50);

/// What the flight's thread holds of a bridge.
#[derive(Debug)]
pub struct Side {
    pub(crate) pace: Pace,
    /// Where simulated time goes faster than the wall's, who is there, on the radio and on the second port.
    pub(crate) presence: Option<[Presence; 2]>,
    pub(crate) clock: Clock,
    /// What has come for either.
    pub(crate) heard: [Receiver<Vec<u8>>; 2],
    pub(crate) says: Sender<(Link, Vec<u8>)>,
    pub(crate) wakes: Arc<Notify>,
    pub(crate) ends: Arc<AtomicBool>,
    pub(crate) last: Option<Tick>,
    pub(crate) tally: Arc<Tally>,
}

impl Ground for Side {
    /// Waits until the tick is due, and appends what has arrived by then, in whole frames.
    fn arriving(&mut self, now: Tick, into: &mut Reached) {
        self.tally.set_tick(now);
        match self.pace.due(now, self.clock.now()) {
            Due::Now => (),
            Due::In(time) => self.wait(time),
            Due::Late(ticks) => self.tally.add(Count::MissedTicks, ticks as usize),
            Due::Anew => self.tally.add(Count::Slips, 1),
        }
        let time = self.clock.now();
        for (place, link) in PORTS.into_iter().enumerate() {
            let into = into.on(link);
            for frame in self.heard[place].try_iter().take(FRAMES_PER_TICK_MAX) {
                if let Some(presence) = &mut self.presence {
                    presence[place].hear(&frame, now, time);
                }
                into.extend_from_slice(&frame);
                self.tally.add(Count::Heard, 1);
            }
            if let Some(presence) = &mut self.presence {
                presence[place].repeat(now, time, |heartbeat| into.extend_from_slice(heartbeat));
            }
        }
    }

    fn heard(&mut self, _: Tick, reached: &Reached) {
        for (_, bytes) in reached.ports().into_iter().filter(|(_, bytes)| !bytes.is_empty()) {
            self.tally.keep(bytes.len());
        }
    }

    /// Hands out what the vehicle said on its telemetry ports.
    fn said(&mut self, _: Tick, emissions: &[(Link, Vec<u8>)]) {
        let mut is_any = false;
        for (link, bytes) in emissions {
            // What is written lies in the record, and on the card.
            self.tally.keep(if *link == Link::Card { 2 * bytes.len() } else { bytes.len() });
        }
        for (link, bytes) in emissions.iter().filter(|(link, _)| link.is_mavlink()) {
            match self.says.try_send((*link, bytes.clone())) {
                Ok(()) => is_any = true,
                // The other thread is gone only when the flight has ended.
                Err(TrySendError::Full(_) | TrySendError::Disconnected(_)) => {
                    self.tally.add(Count::Behind, 1);
                }
            }
        }
        if is_any {
            self.wakes.notify_one();
        }
    }

    /// Whether the flight is to end after this tick.
    fn ends(&self, now: Tick) -> bool {
        self.ends.load(Ordering::Relaxed) || self.last.is_some_and(|last| now >= last)
    }
}

impl Side {
    fn wait(&self, time: Duration) {
        let until = self.clock.now() + time;
        while !self.ends.load(Ordering::Relaxed) {
            match until.checked_sub(self.clock.now()) {
                Some(left) if left > Duration::ZERO => clock::wait(left.min(NAP)),
                _ => return,
            }
        }
    }
}
