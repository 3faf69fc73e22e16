//! Datagrams: to an address that was named, and from whoever sends to a port of ours.
//!
//! **Never:** carries the rest of one datagram over into the next.

use crate::frames;
use crate::hub::{Hub, Mouth};
use crate::net::{resolve, some_of, to_bind};
use crate::router::{Client, Stay};
use crate::tally::Count;
use std::collections::BTreeMap;
use std::io;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;
use tokio::net::UdpSocket;

/// Longer ones are cut, and what is cut is no frame.
const DATAGRAM_BYTES_MAX: usize = 65_536;

/// After an error of the system's, which tells of one datagram and not of the socket.
const PAUSE: Duration = Duration::from_millis(10);

/// Sends to an address from a port of our own, and hears whoever answers there.
pub(super) async fn speak_to(
    host: Option<&str>,
    port: u16,
    hub: &Arc<Hub>,
) -> io::Result<Vec<SocketAddr>> {
    let to = match host {
        Some(host) => resolve(host, port).await?[0],
        None => SocketAddr::from((Ipv4Addr::LOCALHOST, port)),
    };
    let own = match to {
        SocketAddr::V4(to) if to.ip().is_loopback() => SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
        SocketAddr::V6(to) if to.ip().is_loopback() => SocketAddr::from((Ipv6Addr::LOCALHOST, 0)),
        SocketAddr::V4(_) => SocketAddr::from((Ipv4Addr::UNSPECIFIED, 0)),
        SocketAddr::V6(_) => SocketAddr::from((Ipv6Addr::UNSPECIFIED, 0)),
    };
    let socket = Arc::new(bind(own).await?);
    // A broadcast address may be named, and only then is it sent to.
    socket.set_broadcast(true)?;
    let bound = socket.local_addr()?;
    let mut port = Port { socket, hub: Arc::clone(hub), clients: BTreeMap::new() };
    port.client(to, Stay::UntilTold);
    tokio::spawn(port.listen());
    Ok(vec![bound])
}

/// Binds a port and hears whoever sends there.
pub(super) async fn listen(
    host: Option<&str>,
    port: u16,
    hub: &Arc<Hub>,
) -> io::Result<Vec<SocketAddr>> {
    let mut tried = Vec::new();
    for address in to_bind(host, port).await? {
        tried.push(bind(address).await);
    }
    let mut bound = Vec::new();
    for socket in some_of(tried)? {
        bound.push(socket.local_addr()?);
        let socket = Arc::new(socket);
        let port = Port { socket, hub: Arc::clone(hub), clients: BTreeMap::new() };
        tokio::spawn(port.listen());
    }
    Ok(bound)
}

async fn bind(address: SocketAddr) -> io::Result<UdpSocket> {
    let socket = UdpSocket::bind(address).await?;
    // What is said at once must not be refused because nobody has yet looked whether the socket takes anything.
    socket.writable().await?;
    Ok(socket)
}

struct Port {
    socket: Arc<UdpSocket>,
    hub: Arc<Hub>,
    clients: BTreeMap<SocketAddr, Client>,
}

impl Port {
    async fn listen(mut self) {
        let mut datagram = vec![0; DATAGRAM_BYTES_MAX];
        loop {
            match self.socket.recv_from(&mut datagram).await {
                Ok((length, from)) => self.hear(&datagram[..length], from),
                Err(_) => tokio::time::sleep(PAUSE).await,
            }
        }
    }

    fn hear(&mut self, datagram: &[u8], from: SocketAddr) {
        let Some(client) = self.client(from, Stay::WhileHeard) else { return };
        let hub = Arc::clone(&self.hub);
        let noise = frames::of_datagram(datagram, |frame| {
            hub.hear(client, frame);
        });
        hub.tally.add(Count::Noise, noise);
    }

    /// The client of an address: a new one where there was none, or where it has been sent away.
    fn client(&mut self, address: SocketAddr, stay: Stay) -> Option<Client> {
        if let Some(client) = self.clients.get(&address).filter(|client| self.hub.has(**client)) {
            return Some(*client);
        }
        self.clients.retain(|_, client| self.hub.has(*client));
        let mouth = Mouth::Datagrams(Arc::clone(&self.socket), address);
        let client = self.hub.enter(stay, mouth)?;
        self.clients.insert(address, client);
        Some(client)
    }
}
