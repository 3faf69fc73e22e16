//! Streams: TCP connections of several clients at once, and serial lines.
//!
//! **Never:** holds more for a client than its queue; waits for one who reads nothing longer than it takes to see that.

use crate::frames::{Frame, Stream};
use crate::hub::{Hub, Mouth, UNREAD_FRAMES_MAX};
use crate::net::{some_of, to_bind};
use crate::router::{Client, Stay};
use crate::tally::Count;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio::time::{sleep, timeout};
use tokio_serial::SerialPortBuilderExt;

/// Bytes that are read at once.
const READ_BYTES: usize = 4096;

/// A client that takes nothing for so long is cut off.
const STALLED_AFTER: Duration = Duration::from_secs(10);

/// The rest of a frame comes within this time of its last byte, or never: a beginning that lies about its length must
/// not swallow what a client says next.
const PART_WAITS: Duration = Duration::from_millis(80);

/// One that floods is read more slowly: its own system holds back what it sends.
const PAUSE: Duration = Duration::from_millis(10);

/// Binds a port and takes every client that connects.
pub(super) async fn listen(
    host: Option<&str>,
    port: u16,
    hub: &Arc<Hub>,
) -> io::Result<Vec<SocketAddr>> {
    let mut tried = Vec::new();
    for address in to_bind(host, port).await? {
        tried.push(TcpListener::bind(address).await);
    }
    let mut bound = Vec::new();
    for listener in some_of(tried)? {
        bound.push(listener.local_addr()?);
        tokio::spawn(accept(listener, Arc::clone(hub)));
    }
    Ok(bound)
}

/// Opens a serial line; nobody has to be at its other end.
pub(super) fn serial(device: &str, baud: u32, hub: &Arc<Hub>) -> io::Result<Vec<SocketAddr>> {
    let line = tokio_serial::new(device, baud).open_native_async()?;
    tokio::spawn(converse(line, Arc::clone(hub)));
    Ok(Vec::new())
}

async fn accept(listener: TcpListener, hub: Arc<Hub>) {
    loop {
        let connected: io::Result<(TcpStream, SocketAddr)> = listener.accept().await;
        match connected {
            Ok((connection, _)) => {
                // A frame that waits for another one is late; without this it is only slower.
                let _ = connection.set_nodelay(true);
                tokio::spawn(converse(connection, Arc::clone(&hub)));
            }
            // Too many open files, or a client that is gone already.
            Err(_) => sleep(PAUSE).await,
        }
    }
}

/// Reads and writes until one of both comes to its end; what is queued then is still written.
async fn converse(stream: impl AsyncRead + AsyncWrite + Send + 'static, hub: Arc<Hub>) {
    let (queue, unread) = mpsc::channel(UNREAD_FRAMES_MAX);
    let Some(client) = hub.enter(Stay::UntilTold, Mouth::Stream(queue)) else { return };
    let (reads, writes) = tokio::io::split(stream);
    let reader = tokio::spawn(read(reads, client, Arc::clone(&hub)));
    write(writes, unread, &hub).await;
    reader.abort();
    hub.leave(client);
}

async fn read(mut from: impl AsyncRead + Unpin, client: Client, hub: Arc<Hub>) {
    let (mut bytes, mut stream) = (vec![0; READ_BYTES], Stream::default());
    loop {
        let read = if stream.is_begun() {
            timeout(PART_WAITS, from.read(&mut bytes)).await.ok()
        } else {
            Some(from.read(&mut bytes).await)
        };
        let mut is_flood = false;
        let hand = |frame: Frame<'_>| is_flood |= !hub.hear(client, frame);
        let noise = match read {
            Some(Ok(length @ 1..)) => stream.take(&bytes[..length], hand),
            Some(Ok(0) | Err(_)) => break,
            None => stream.give_up(hand),
        };
        hub.tally.add(Count::Noise, noise);
        if is_flood {
            sleep(PAUSE).await;
        }
    }
    // With this its queue is closed, and the writer comes to its end.
    hub.leave(client);
}

async fn write(mut to: impl AsyncWrite + Unpin, mut unread: mpsc::Receiver<Vec<u8>>, hub: &Hub) {
    while let Some(frame) = unread.recv().await {
        match timeout(STALLED_AFTER, to.write_all(&frame)).await {
            Ok(Ok(())) => (),
            Ok(Err(_)) => return,
            Err(_) => return hub.tally.add(Count::Stalled, 1),
        }
    }
}
