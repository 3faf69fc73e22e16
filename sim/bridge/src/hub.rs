//! Where everybody's frames meet: from clients to the flight, from the vehicle to clients.
//!
//! All of it runs on the one thread of the network; the lock is there because tasks share it, and nobody waits while he
//! holds it.
//!
//! **Never:** blocks: whoever has no room loses the frame, and it is counted.

use crate::clock::Clock;
use crate::frames::{self, Frame, Next};
use crate::router::{Client, Router, Stay};
use crate::tally::{Count, Tally};
use crate::targets::target;
use crossbeam_channel::Sender;
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard};
use tokio::net::UdpSocket;
use tokio::sync::mpsc;

/// Frames that wait for a client on a stream.
pub(crate) const UNREAD_FRAMES_MAX: usize = 2048;

/// How a client is spoken to.
pub(crate) enum Mouth {
    /// A frame a datagram.
    Datagrams(Arc<UdpSocket>, SocketAddr),
    /// A queue that a task writes to a stream.
    Stream(mpsc::Sender<Vec<u8>>),
}

impl Mouth {
    fn say(&self, bytes: &[u8]) -> bool {
        match self {
            Self::Datagrams(socket, to) => socket.try_send_to(bytes, *to).is_ok(),
            Self::Stream(queue) => queue.try_send(bytes.to_vec()).is_ok(),
        }
    }
}

/// The middle of the bridge.
pub(crate) struct Hub {
    inside: Mutex<Inside>,
    pub(crate) clock: Clock,
    pub(crate) tally: Arc<Tally>,
    heard: Sender<Vec<u8>>,
    forwards: bool,
}

#[derive(Default)]
struct Inside {
    router: Router,
    mouths: BTreeMap<Client, Mouth>,
}

impl Inside {
    /// Says a frame to all whom it is for, but for who said it.
    fn hand_out(&self, frame: Frame<'_>, from: Option<Client>, hub: &Hub) {
        for client in self.router.hearers(target(frame), hub.clock.now()) {
            if Some(client) == from {
                continue;
            }
            let is_said = self.mouths.get(&client).is_some_and(|mouth| mouth.say(frame.bytes));
            hub.tally.add(if is_said { Count::Said } else { Count::Unread }, 1);
        }
    }
}

impl Hub {
    pub(crate) fn new(
        clock: Clock,
        tally: Arc<Tally>,
        heard: Sender<Vec<u8>>,
        forwards: bool,
    ) -> Self {
        Self { inside: Mutex::default(), clock, tally, heard, forwards }
    }

    /// A panic elsewhere leaves nothing half done in here: each call does one thing.
    fn inside(&self) -> MutexGuard<'_, Inside> {
        self.inside.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// Somebody comes.
    pub(crate) fn enter(&self, stay: Stay, mouth: Mouth) -> Option<Client> {
        let inside = &mut *self.inside();
        let client = inside.router.enter(stay, self.clock.now());
        match client {
            Some(client) => drop(inside.mouths.insert(client, mouth)),
            None => self.tally.add(Count::Refused, 1),
        }
        client
    }

    /// Somebody goes.
    pub(crate) fn leave(&self, client: Client) {
        let inside = &mut *self.inside();
        inside.router.leave(client);
        inside.mouths.remove(&client);
    }

    /// Says farewell to everybody: queues are written to their end, and then their streams close.
    pub(crate) fn close(&self) {
        self.inside().mouths.clear();
    }

    /// Whether somebody is still there.
    pub(crate) fn has(&self, client: Client) -> bool {
        self.inside().router.has(client)
    }

    /// Sends the silent away; how many are there.
    pub(crate) fn look_round(&self) -> usize {
        let inside = &mut *self.inside();
        for gone in inside.router.expire(self.clock.now()) {
            inside.mouths.remove(&gone);
        }
        inside.router.heard(self.clock.now())
    }

    /// A client says a frame. False where it is more than its share.
    pub(crate) fn hear(&self, client: Client, frame: Frame<'_>) -> bool {
        let inside = &mut *self.inside();
        if !inside.router.hear(client, frame.system(), self.clock.now()) {
            self.tally.add(Count::Flooding, 1);
            return false;
        }
        if self.heard.try_send(frame.bytes.to_vec()).is_err() {
            self.tally.add(Count::Crowded, 1);
        }
        if self.forwards {
            inside.hand_out(frame, Some(client), self);
        }
        true
    }

    /// The vehicle says something: one frame or several.
    pub(crate) fn say(&self, mut bytes: &[u8]) {
        let inside = self.inside();
        while let Next::Frame(frame) = frames::next(bytes) {
            inside.hand_out(frame, None, self);
            bytes = &bytes[frame.bytes.len()..];
        }
        self.tally.add(Count::Noise, bytes.len());
    }
}
