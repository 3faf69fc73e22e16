//! The sockets, and the one thread on which tokio looks after them.
//!
//! Rooms: datagrams ([`udp`]); streams, which are TCP connections and serial lines ([`stream`]).
//!
//! **Never:** binds an address that its link does not name, this machine's own excepted.

mod stream;
mod udp;

use crate::clock::Clock;
use crate::hub::Hub;
use crate::pace::Pace;
use crate::side::{HEARD_FRAMES_MAX, SAID_FRAMES_MAX, Side};
use crate::tally::Tally;
use crate::{LinkSpec, Options};
use crossbeam_channel::{Receiver, bounded};
use evidence::{Link, Tick};
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;
use thiserror::Error;
use tokio::runtime::{Builder, Handle, Runtime};
use tokio::sync::Notify;

/// How often it is looked who is gone.
const LOOKS_ROUND_EVERY: Duration = Duration::from_millis(500);

/// Time that streams have at the end to write what is still in their queues.
const GRACE: Duration = Duration::from_millis(300);

/// Frames that are handed out before readers get their turn.
const SAID_AT_ONCE: usize = 64;

/// A link that could not be opened.
#[derive(Debug, Error)]
#[error("{link}: cannot be opened: {error}\n  hint: {}", hint(.error))]
pub struct OpenError {
    /// Which.
    pub link: String,
    /// Why.
    pub error: io::Error,
}

fn hint(error: &io::Error) -> &'static str {
    match error.kind() {
        io::ErrorKind::AddrInUse => "another program has that port; name other links with `--link`",
        io::ErrorKind::PermissionDenied => "take a port above 1023, or a device that you may open",
        _ => "check host, port or device; `--link` names other links",
    }
}

/// The network's thread, for as long as the flight lasts.
#[derive(Debug)]
pub struct Bridge {
    thread: Option<JoinHandle<()>>,
    handle: Handle,
    stops: Arc<Notify>,
    ends: Arc<AtomicBool>,
    tally: Arc<Tally>,
    bound: Vec<SocketAddr>,
}

impl Bridge {
    /// Opens all links, and gives the flight its side.
    ///
    /// # Errors
    /// The first link that cannot be opened; then none stays open.
    pub fn open(options: &Options) -> Result<(Self, Side), OpenError> {
        let failed = |error| OpenError { link: "the network's thread".to_owned(), error };
        let runtime = Builder::new_current_thread().enable_all().build().map_err(failed)?;
        let (tally, ends) = (Arc::new(Tally::default()), Arc::new(AtomicBool::new(false)));
        let (wakes, stops) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
        let [first, second] = [(); 2].map(|()| bounded(HEARD_FRAMES_MAX));
        let (says, said) = bounded(SAID_FRAMES_MAX);
        let clock = Clock::start();
        let hub = |hears| Arc::new(Hub::new(clock, Arc::clone(&tally), hears, options.forwards));
        let hubs = [hub(first.0), hub(second.0)];
        let mut bound = runtime.block_on(open_all(&options.links, &hubs[0]))?;
        bound.extend(runtime.block_on(open_all(&options.second_links, &hubs[1]))?);
        let handle = runtime.handle().clone();
        let (wakes_too, stops_too) = (Arc::clone(&wakes), Arc::clone(&stops));
        let tasks = Tasks { hubs, said, wakes: wakes_too, stops: stops_too };
        let thread = std::thread::Builder::new().name("network".to_owned());
        let thread = thread.spawn(move || tasks.run(runtime)).map_err(failed)?;
        let side = Side {
            pace: Pace::at(options.speed),
            presence: options.speed.is_faster().then(Default::default),
            clock,
            heard: [first.1, second.1],
            says,
            wakes,
            ends: Arc::clone(&ends),
            last: options.length_s.map(Tick::at_s),
            tally: Arc::clone(&tally),
        };
        let bridge = Self { thread: Some(thread), handle, stops, ends, tally, bound };
        Ok((bridge, side))
    }

    /// What is counted.
    #[must_use]
    pub fn tally(&self) -> Arc<Tally> {
        Arc::clone(&self.tally)
    }

    /// The addresses of our own that are open, link by link, those of the second port last.
    #[must_use]
    pub fn bound(&self) -> &[SocketAddr] {
        &self.bound
    }

    /// Ends the flight with its next tick.
    pub fn end(&self) {
        self.ends.store(true, Ordering::Relaxed);
    }

    /// From now on an interrupt from the keyboard, or a request to terminate, ends the flight with its next tick; a
    /// second one ends the program at once.
    pub fn ends_on_interrupt(&self) {
        let ends = Arc::clone(&self.ends);
        self.handle.spawn(async move {
            while interrupted().await {
                if ends.swap(true, Ordering::Relaxed) {
                    std::process::exit(130);
                }
            }
        });
    }

    /// Writes what is still to be written, and closes everything.
    pub fn close(mut self) {
        self.stop();
    }

    fn stop(&mut self) {
        self.stops.notify_one();
        if let Some(thread) = self.thread.take() {
            // A panic over there has been printed; the flight and its evidence are whole all the same.
            let _ = thread.join();
        }
    }
}

impl Drop for Bridge {
    fn drop(&mut self) {
        self.stop();
    }
}

#[cfg(unix)]
async fn interrupted() -> bool {
    use tokio::signal::unix::{SignalKind, signal};
    let Ok(mut terminate) = signal(SignalKind::terminate()) else {
        return tokio::signal::ctrl_c().await.is_ok();
    };
    let Ok(mut interrupt) = signal(SignalKind::interrupt()) else { return false };
    std::future::poll_fn(|context| match terminate.poll_recv(context) {
        std::task::Poll::Ready(told) => std::task::Poll::Ready(told.is_some()),
        std::task::Poll::Pending => interrupt.poll_recv(context).map(|told| told.is_some()),
    })
    .await
}

#[cfg(not(unix))]
async fn interrupted() -> bool {
    tokio::signal::ctrl_c().await.is_ok()
}

async fn open_all(links: &[LinkSpec], hub: &Arc<Hub>) -> Result<Vec<SocketAddr>, OpenError> {
    let mut bound = Vec::new();
    for link in links {
        let opened = match link {
            LinkSpec::Udp { host, port } => udp::speak_to(host.as_deref(), *port, hub).await,
            LinkSpec::UdpIn { host, port } => udp::listen(host.as_deref(), *port, hub).await,
            LinkSpec::Tcp { host, port } => stream::listen(host.as_deref(), *port, hub).await,
            LinkSpec::Serial { device, baud } => stream::serial(device, *baud, hub),
        };
        bound.extend(opened.map_err(|error| OpenError { link: link.to_string(), error })?);
    }
    Ok(bound)
}

/// The addresses that a listening link binds: those of its host, or of this machine in both families.
async fn to_bind(host: Option<&str>, port: u16) -> io::Result<Vec<SocketAddr>> {
    match host {
        Some(host) => resolve(host, port).await,
        None => {
            Ok(vec![SocketAddr::from(([127, 0, 0, 1], port)), SocketAddr::from((LOOPBACK_6, port))])
        }
    }
}

const LOOPBACK_6: [u16; 8] = [0, 0, 0, 0, 0, 0, 0, 1];

/// All addresses of a host; there is at least one.
async fn resolve(host: &str, port: u16) -> io::Result<Vec<SocketAddr>> {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    let all: Vec<SocketAddr> = tokio::net::lookup_host((bare, port)).await?.collect();
    if all.is_empty() {
        return Err(io::Error::new(io::ErrorKind::NotFound, "the host has no address"));
    }
    Ok(all)
}

/// What could be bound of several addresses. A machine may lack a family; that all fail, or that a port is taken, is an
/// error.
fn some_of<T>(tried: Vec<io::Result<T>>) -> io::Result<Vec<T>> {
    let (mut good, mut bad) = (Vec::new(), None);
    for one in tried {
        match one {
            Ok(one) => good.push(one),
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => return Err(error),
            Err(error) => bad = Some(error),
        }
    }
    match bad {
        Some(error) if good.is_empty() => Err(error),
        _ => Ok(good),
    }
}

/// What runs on the network's thread beside the links themselves.
struct Tasks {
    /// Of the radio and of the second port.
    hubs: [Arc<Hub>; 2],
    said: Receiver<(Link, Vec<u8>)>,
    wakes: Arc<Notify>,
    stops: Arc<Notify>,
}

impl Tasks {
    fn run(self, runtime: Runtime) {
        let hubs = self.hubs.clone();
        runtime.spawn(async move {
            loop {
                let [first, second] = &hubs;
                first.tally.set_clients(first.look_round() + second.look_round());
                tokio::time::sleep(LOOKS_ROUND_EVERY).await;
            }
        });
        let (hubs, said) = (self.hubs.clone(), self.said.clone());
        runtime.spawn(async move {
            loop {
                self.wakes.notified().await;
                hand_out(&hubs, &said).await;
            }
        });
        runtime.block_on(async {
            self.stops.notified().await;
            hand_out(&self.hubs, &self.said).await;
            self.hubs.iter().for_each(|hub| hub.close());
            tokio::time::sleep(GRACE).await;
        });
        runtime.shutdown_background();
    }
}

async fn hand_out([first, second]: &[Arc<Hub>; 2], said: &Receiver<(Link, Vec<u8>)>) {
    loop {
        let mut is_any = false;
        for (link, bytes) in said.try_iter().take(SAID_AT_ONCE) {
            let hub = if link == Link::Telemetry2 { second } else { first };
            hub.say(&bytes);
            is_any = true;
        }
        if !is_any {
            return;
        }
        tokio::task::yield_now().await;
    }
}
