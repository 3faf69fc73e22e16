//! Heartbeats at the pace of simulated time.
//!
//! A ground station says once in a second on the wall that it is there. Where simulated time goes faster, the vehicle
//! would take its pilot for lost between two of them; so the last heartbeat of everybody who is there is said again for
//! each simulated second. It reaches the radio as any other frame does, and is in the record.
//!
//! **Never:** says anything for somebody who has gone; makes up a frame; grows with what strangers claim to be.

use crate::frames::{Frame, Next, next};
use evidence::{TICKS_PER_S, Tick};
use std::collections::BTreeMap;
use std::time::Duration;

/// The heartbeat message.
const HEARTBEAT: u32 = 0;

/// Whoever was silent for longer, on the wall, is not there: a heartbeat may be lost, two may not.
const GONE_AFTER: Duration = Duration::from_millis(2500);

/// Systems and components that are kept up.
const STATIONS_MAX: usize = 16;

/// Who says heartbeats, and what they are.
#[derive(Debug, Default)]
pub struct Presence {
    stations: BTreeMap<(u8, u8), Station>,
}

#[derive(Debug)]
struct Station {
    heartbeat: Vec<u8>,
    heard: Duration,
    said: Tick,
}

impl Presence {
    /// A frame goes to the vehicle.
    pub fn hear(&mut self, bytes: &[u8], tick: Tick, now: Duration) {
        let Next::Frame(frame) = next(bytes) else { return };
        if frame.id() != HEARTBEAT {
            return;
        }
        let who = who(frame);
        if !self.stations.contains_key(&who) && self.stations.len() >= STATIONS_MAX {
            return;
        }
        self.stations.insert(who, Station { heartbeat: bytes.to_vec(), heard: now, said: tick });
    }

    /// Says what is due again in this tick.
    pub fn repeat(&mut self, tick: Tick, now: Duration, mut say: impl FnMut(&[u8])) {
        self.stations.retain(|_, station| now.saturating_sub(station.heard) < GONE_AFTER);
        for station in self.stations.values_mut() {
            if tick.0 >= station.said.0 + TICKS_PER_S {
                station.said = tick;
                say(&station.heartbeat);
            }
        }
    }
}

fn who(frame: Frame<'_>) -> (u8, u8) {
    (frame.bytes[5], frame.bytes[6])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::frames::tests::{framed, heartbeat};

    fn ms(ms: u64) -> Duration {
        Duration::from_millis(ms)
    }

    #[test]
    fn a_heartbeat_is_said_again_each_simulated_second_until_its_station_is_gone() {
        let mut presence = Presence::default();
        presence.hear(&heartbeat(255), Tick(100), ms(0));
        presence.hear(&framed(255, 77, &[1, 0, 2]), Tick(100), ms(0));
        presence.hear(&heartbeat(245), Tick(300), ms(2000));
        let mut said = Vec::new();
        // Fifty simulated seconds in one on the wall: a tick takes 40 µs.
        for tick in 101..70_000 {
            let now = ms(tick / 25);
            presence.repeat(Tick(tick), now, |bytes| said.push((tick, bytes.to_vec())));
        }
        let of = |system| said.iter().filter(|(_, bytes)| *bytes == heartbeat(system)).count();
        assert_eq!((of(255), of(245)), (124, 139));
        assert_eq!(said.len(), 124 + 139);
        assert_eq!(said[0], (600, heartbeat(255)));
    }

    #[test]
    fn whoever_says_them_in_time_is_not_repeated_and_strangers_fill_no_memory() {
        let mut presence = Presence::default();
        for second in 0..10 {
            presence.hear(&heartbeat(255), Tick(second * 500), ms(second * 1000));
            presence.repeat(Tick(second * 500 + 499), ms(second * 1000 + 998), |_| {
                panic!("it was said in time")
            });
        }
        for system in 0..=255 {
            presence.hear(&heartbeat(system), Tick(9000), ms(9000));
        }
        assert_eq!(presence.stations.len(), STATIONS_MAX);
    }
}
