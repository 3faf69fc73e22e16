//! Who is there, which systems live behind whom, and so who hears a frame.
//!
//! A client may be a router itself, with several systems behind it. A system that has not been heard for a while is
//! forgotten, and what is for a system that nobody knows goes to everybody.
//!
//! **Never:** touches a socket or reads a clock; grows with what strangers claim to be.

use crate::budget::Budget;
use std::collections::BTreeMap;
use std::time::Duration;

/// Silence after which a client or a system counts as gone.
pub const GONE_AFTER: Duration = Duration::from_secs(10);

/// Clients at one time.
pub const CLIENTS_MAX: usize = 64;

/// Systems that are remembered behind one client; further ones are heard all the same.
const SYSTEMS_MAX: usize = 16;

/// A client, for as long as it is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Client(u64);

/// How long a client stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stay {
    /// Until it has been silent for a while.
    WhileHeard,
    /// Until it is told to leave: it has a line of its own, or somebody named its address.
    UntilTold,
}

#[derive(Debug)]
struct There {
    stay: Stay,
    /// When it was last heard; for one that was never heard, when it came.
    at: Duration,
    is_heard: bool,
    budget: Budget,
    systems: Vec<(u8, Duration)>,
}

/// Everybody who is there.
#[derive(Debug, Default)]
pub struct Router {
    clients: BTreeMap<Client, There>,
    next: u64,
}

impl Router {
    /// Somebody comes; refused where there are too many.
    pub fn enter(&mut self, stay: Stay, now: Duration) -> Option<Client> {
        if self.clients.len() >= CLIENTS_MAX {
            return None;
        }
        let client = Client(self.next);
        self.next += 1;
        let budget = Budget::full(now);
        let there = There { stay, at: now, is_heard: false, budget, systems: Vec::new() };
        self.clients.insert(client, there);
        Some(client)
    }

    /// Somebody goes.
    pub fn leave(&mut self, client: Client) {
        self.clients.remove(&client);
    }

    /// Whether somebody is still there.
    #[must_use]
    pub fn has(&self, client: Client) -> bool {
        self.clients.contains_key(&client)
    }

    /// Hears a system behind a client. False where the client is not there, or says more than is its share.
    pub fn hear(&mut self, client: Client, system: u8, now: Duration) -> bool {
        let Some(there) = self.clients.get_mut(&client) else { return false };
        there.at = now;
        there.is_heard = true;
        if !there.budget.takes(now) {
            return false;
        }
        match there.systems.iter_mut().find(|(known, _)| *known == system) {
            Some((_, at)) => *at = now,
            None => {
                there.systems.retain(|(_, at)| !is_gone(*at, now));
                if there.systems.len() < SYSTEMS_MAX {
                    there.systems.push((system, now));
                }
            }
        }
        true
    }

    /// Who hears a frame for one system, or for everybody.
    pub fn hearers(&self, target: Option<u8>, now: Duration) -> impl Iterator<Item = Client> {
        let lives = move |there: &There, system: u8| {
            there.systems.iter().any(|(known, at)| *known == system && !is_gone(*at, now))
        };
        let target = target.filter(|system| self.clients.values().any(|t| lives(t, *system)));
        let hears = move |there: &There| target.is_none_or(|system| lives(there, system));
        self.clients.iter().filter(move |(_, there)| hears(there)).map(|(client, _)| *client)
    }

    /// Sends those away who have been silent for too long, and says who that is.
    pub fn expire(&mut self, now: Duration) -> Vec<Client> {
        let is_out = |there: &There| there.stay == Stay::WhileHeard && is_gone(there.at, now);
        let gone =
            self.clients.iter().filter(|(_, there)| is_out(there)).map(|(client, _)| *client);
        let gone: Vec<Client> = gone.collect();
        for client in &gone {
            self.leave(*client);
        }
        gone
    }

    /// How many have been heard lately.
    #[must_use]
    pub fn heard(&self, now: Duration) -> usize {
        self.clients.values().filter(|there| there.is_heard && !is_gone(there.at, now)).count()
    }
}

fn is_gone(at: Duration, now: Duration) -> bool {
    now.saturating_sub(at) >= GONE_AFTER
}

#[cfg(test)]
mod tests {
    use super::*;

    fn s(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    #[test]
    fn what_has_a_target_goes_where_it_lives_and_the_rest_to_everybody() {
        let mut router = Router::default();
        let clients: Vec<Client> =
            (0..3).map(|_| router.enter(Stay::UntilTold, s(0)).unwrap()).collect();
        // Two stations with the same number, one of them a router with a second system behind it.
        for (place, system) in [(0, 255), (1, 255), (1, 42), (2, 245)] {
            assert!(router.hear(clients[place], system, s(1)));
        }
        for (name, target, at_s, expected) in [
            ("everybody", None, 2, vec![0, 1, 2]),
            ("one", Some(245), 2, vec![2]),
            ("two of one number", Some(255), 2, vec![0, 1]),
            ("behind a router", Some(42), 2, vec![1]),
            ("nobody knows it", Some(9), 2, vec![0, 1, 2]),
            ("not heard for long", Some(245), 11, vec![0, 1, 2]),
        ] {
            let expected: Vec<Client> = expected.into_iter().map(|place| clients[place]).collect();
            assert_eq!(router.hearers(target, s(at_s)).collect::<Vec<_>>(), expected, "{name}");
        }
    }

    #[test]
    fn the_silent_go_but_for_those_who_were_named() {
        let mut router = Router::default();
        let named = router.enter(Stay::UntilTold, s(0)).unwrap();
        let silent = router.enter(Stay::WhileHeard, s(0)).unwrap();
        let heard = router.enter(Stay::WhileHeard, s(0)).unwrap();
        assert!(router.hear(heard, 255, s(5)));
        assert_eq!((router.heard(s(9)), router.expire(s(9))), (1, vec![]));
        assert_eq!(router.expire(s(10)), [silent]);
        assert_eq!((router.heard(s(15)), router.expire(s(15))), (0, vec![heard]));
        assert!(router.has(named) && !router.has(heard));
        assert!(!router.hear(heard, 255, s(16)), "whoever is gone has to come again");
        let back = router.enter(Stay::WhileHeard, s(16)).unwrap();
        assert!(back != heard && router.hear(back, 255, s(16)));
    }

    #[test]
    fn strangers_fill_no_memory() {
        let mut router = Router::default();
        let clients: Vec<Option<Client>> =
            (0..CLIENTS_MAX + 1).map(|_| router.enter(Stay::WhileHeard, s(0))).collect();
        assert!(clients[CLIENTS_MAX - 1].is_some() && clients[CLIENTS_MAX].is_none());
        let liar = clients[0].unwrap();
        for system in 0..=255 {
            assert!(router.hear(liar, system, s(0)));
        }
        assert_eq!(router.clients[&liar].systems.len(), SYSTEMS_MAX);
        // Its first names are forgotten with time, so that an honest one finds room again.
        assert!(router.hear(liar, 200, s(11)));
        assert_eq!(router.clients[&liar].systems, [(200, s(11))]);
    }
}
