//! Clients of every kind on this machine's own addresses, against a flight that says what the test has it say.

use crate::clock::{Clock, wait};
use crate::frames::tests::{framed, heartbeat};
use crate::{Bridge, Count, LinkSpec, Options, Side, Speed};
use evidence::{Link, Tick};
use flight::{Ground as _, Reached};
use std::io::{ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpStream, UdpSocket};
use std::time::Duration;

/// Acknowledges something to one system.
fn ack(to: u8) -> Vec<u8> {
    framed(1, 77, &[22, 0, 0, 0, 0, 0, 0, 0, to])
}

/// A flight of the test's own.
struct Flight {
    bridge: Bridge,
    side: Side,
    now: u64,
}

impl Flight {
    fn over(links: Vec<LinkSpec>, speed: Speed, forwards: bool) -> Self {
        let options = Options { links, second_links: Vec::new(), speed, forwards, length_s: None };
        let (bridge, side) = Bridge::open(&options).unwrap();
        Self { bridge, side, now: 0 }
    }

    fn udp_and_tcp() -> Self {
        let udp = LinkSpec::UdpIn { host: Some("127.0.0.1".to_owned()), port: 0 };
        let tcp = LinkSpec::Tcp { host: Some("127.0.0.1".to_owned()), port: 0 };
        Self::over(vec![udp, tcp], Speed::Times(1.0), false)
    }

    fn address(&self, link: usize) -> SocketAddr {
        self.bridge.bound()[link]
    }

    /// Flies so many ticks, says something in each, and gives back what arrived.
    fn flies(&mut self, ticks: u64, says: &[Vec<u8>]) -> Vec<u8> {
        let emissions: Vec<_> = says.iter().map(|frame| (Link::Radio, frame.clone())).collect();
        self.flies_saying(ticks, &emissions).radio
    }

    /// The same on either port.
    fn flies_saying(&mut self, ticks: u64, emissions: &[(Link, Vec<u8>)]) -> Reached {
        let mut arrived = Reached::default();
        for _ in 0..ticks {
            self.side.arriving(Tick(self.now), &mut arrived);
            self.side.said(Tick(self.now), emissions);
            self.now += 1;
        }
        arrived
    }

    fn counts(&self, count: Count) -> u64 {
        self.bridge.tally().of(count)
    }
}

fn udp(to: SocketAddr) -> UdpSocket {
    let own = if to.is_ipv4() { "127.0.0.1:0" } else { "[::1]:0" };
    let socket = UdpSocket::bind(own).unwrap();
    socket.connect(to).unwrap();
    socket.set_read_timeout(Some(Duration::from_millis(200))).unwrap();
    socket
}

/// All datagrams that have come.
fn heard(socket: &UdpSocket) -> Vec<Vec<u8>> {
    let mut all = Vec::new();
    let mut bytes = [0; 2048];
    loop {
        match socket.recv(&mut bytes) {
            Ok(length) => all.push(bytes[..length].to_vec()),
            Err(error) => {
                assert!(matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut));
                return all;
            }
        }
    }
}

#[test]
fn two_clients_hear_what_is_for_all_and_each_its_own_answers() {
    let mut flight = Flight::udp_and_tcp();
    let (one, two) = (udp(flight.address(0)), udp(flight.address(0)));
    one.send(&heartbeat(255)).unwrap();
    two.send(&[heartbeat(245), heartbeat(245)].concat()).unwrap();
    let arrived = flight.flies(100, &[]);
    let mut expected = [heartbeat(255), heartbeat(245), heartbeat(245)].concat();
    let mut got = arrived.clone();
    // Either may have come first.
    got.sort_unstable();
    expected.sort_unstable();
    assert_eq!(got, expected);
    let says = [heartbeat(1), ack(255), ack(245), ack(9)];
    flight.flies(1, &says);
    assert_eq!(heard(&one), [&says[0][..], &says[1], &says[3]]);
    assert_eq!(heard(&two), [&says[0][..], &says[2], &says[3]]);
    assert_eq!((flight.counts(Count::Said), flight.bridge.tally().dropped()), (6, 0));
}

#[test]
fn clients_hear_each_other_only_where_that_was_asked_for() {
    for forwards in [false, true] {
        let link = LinkSpec::UdpIn { host: Some("127.0.0.1".to_owned()), port: 0 };
        let mut flight = Flight::over(vec![link], Speed::Max, forwards);
        let (one, two) = (udp(flight.address(0)), udp(flight.address(0)));
        one.send(&heartbeat(255)).unwrap();
        wait(Duration::from_millis(50));
        two.send(&heartbeat(245)).unwrap();
        wait(Duration::from_millis(50));
        flight.flies(1, &[]);
        let expected = if forwards { vec![heartbeat(245)] } else { vec![] };
        assert_eq!((heard(&one), heard(&two)), (expected, vec![]), "{forwards}");
    }
}

#[test]
fn a_stream_is_put_together_from_its_pieces_and_a_client_may_come_back() {
    let mut flight = Flight::udp_and_tcp();
    let mut client = TcpStream::connect(flight.address(1)).unwrap();
    let frame = heartbeat(255);
    for piece in frame.chunks(5) {
        client.write_all(piece).unwrap();
        assert!(client.set_nodelay(true).is_ok());
        flight.flies(5, &[]);
    }
    client.write_all(&frame[..7]).unwrap();
    flight.flies(20, &[ack(255)]);
    drop(client);
    flight.flies(20, &[]);
    let mut client = TcpStream::connect(flight.address(1)).unwrap();
    client.write_all(&frame).unwrap();
    let arrived = flight.flies(50, &[]);
    assert_eq!(arrived, frame, "the half of before is gone with its connection");
    client.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
    flight.flies(1, &[ack(255)]);
    let mut bytes = vec![0; ack(255).len()];
    client.read_exact(&mut bytes).unwrap();
    assert_eq!(bytes, ack(255));
}

#[test]
fn a_client_that_reads_nothing_slows_nobody_and_loses_only_its_own() {
    let mut flight = Flight::udp_and_tcp();
    let mut stalled = TcpStream::connect(flight.address(1)).unwrap();
    stalled.write_all(&heartbeat(42)).unwrap();
    let reader = udp(flight.address(0));
    reader.send(&heartbeat(255)).unwrap();
    flight.flies(50, &[]);
    let clock = Clock::start();
    // Files are the most that a vehicle says.
    let mut payload = [7; 251];
    payload[1] = 0;
    let big = framed(1, 110, &payload);
    let (mut read, mut ticks) = (0, 0);
    reader.set_nonblocking(true).unwrap();
    while flight.counts(Count::Unread) == 0 && ticks < 10_000 {
        flight.flies(10, &vec![big.clone(); 8]);
        ticks += 10;
        let mut bytes = [0; 300];
        while reader.recv(&mut bytes).is_ok() {
            read += 1;
        }
    }
    let late_s = clock.now().as_secs_f64() - ticks as f64 * 0.002;
    assert!(flight.counts(Count::Unread) > 0, "after {ticks} ticks nothing was lost");
    assert!(late_s < 1.0, "{ticks} ticks came {late_s} s late");
    reader.set_nonblocking(false).unwrap();
    read += heard(&reader).len();
    assert_eq!(read, ticks * 8, "the other one lost something too");
}

#[test]
fn a_flood_is_held_back_and_whoever_else_asks_is_heard_at_once() {
    let mut flight = Flight::udp_and_tcp();
    let (flooder, other) = (udp(flight.address(0)), udp(flight.address(0)));
    let flood = std::thread::spawn(move || {
        for _ in 0..200 {
            for _ in 0..100 {
                // What the system itself drops has not even come to us.
                let _ = flooder.send(&heartbeat(66));
            }
            wait(Duration::from_millis(5));
        }
    });
    let (mut frames, mut worst_ticks) = (0, 0);
    for _ in 0..10 {
        frames += flight.flies(40, &[]).len() / heartbeat(66).len();
        other.send(&ack(1)).unwrap();
        let sent = flight.now;
        while !flight.flies(1, &[]).windows(ack(1).len()).any(|bytes| bytes == ack(1)) {
            frames += 1;
            assert!(flight.now < sent + 500, "it was not heard for a second");
        }
        worst_ticks = worst_ticks.max(flight.now - sent);
    }
    flood.join().unwrap();
    assert!(worst_ticks <= 50, "it took {worst_ticks} ticks");
    assert!(flight.counts(Count::Flooding) > 1000, "{}", flight.bridge.tally().told());
    assert!(frames < 2500, "{frames} frames of a flood reached the flight");
}

#[test]
fn an_address_that_was_named_is_spoken_to_first_and_whoever_answers_is_heard() {
    let ground = UdpSocket::bind("127.0.0.1:0").unwrap();
    ground.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
    let port = ground.local_addr().unwrap().port();
    let mut flight = Flight::over(vec![LinkSpec::Udp { host: None, port }], Speed::Max, false);
    flight.flies(1, &[heartbeat(1)]);
    let mut bytes = [0; 300];
    let (length, from) = ground.recv_from(&mut bytes).unwrap();
    assert_eq!((&bytes[..length], from), (&heartbeat(1)[..], flight.address(0)));
    ground.send_to(&heartbeat(255), from).unwrap();
    // Another program that knows our port: it is a client of its own.
    let second = udp(from);
    second.send(&heartbeat(245)).unwrap();
    wait(Duration::from_millis(50));
    assert_eq!(flight.flies(1, &[ack(245)]).len(), 2 * heartbeat(1).len());
    assert_eq!(heard(&second), [ack(245)]);
    ground.set_read_timeout(Some(Duration::from_millis(50))).unwrap();
    assert_eq!(heard(&ground), Vec::<Vec<u8>>::new());
}

#[test]
fn both_families_are_bound_where_the_machine_has_both() {
    let links = vec![
        LinkSpec::UdpIn { host: Some("[::1]".to_owned()), port: 0 },
        LinkSpec::Tcp { host: None, port: 0 },
    ];
    if UdpSocket::bind("[::1]:0").is_err() {
        println!("skipped: this machine has no IPv6");
        return;
    }
    let mut flight = Flight::over(links, Speed::Max, false);
    let bound = flight.bridge.bound().to_vec();
    assert!(bound.iter().all(|address| address.ip().is_loopback()), "{bound:?}");
    assert_eq!(bound.iter().map(SocketAddr::is_ipv6).collect::<Vec<_>>(), [true, false, true]);
    let client = udp(bound[0]);
    client.send(&heartbeat(255)).unwrap();
    let mut streams: Vec<_> = bound[1..].iter().map(|to| TcpStream::connect(to).unwrap()).collect();
    for stream in &mut streams {
        stream.write_all(&heartbeat(254)).unwrap();
    }
    wait(Duration::from_millis(100));
    assert_eq!(flight.flies(1, &[ack(255)]).len(), 3 * heartbeat(255).len());
    assert_eq!(heard(&client), [ack(255)]);
}

#[test]
fn each_port_has_links_of_its_own_and_neither_hears_the_other() {
    let here = || LinkSpec::UdpIn { host: Some("127.0.0.1".to_owned()), port: 0 };
    let options = Options {
        links: vec![here()],
        second_links: vec![here()],
        speed: Speed::Max,
        forwards: true,
        length_s: None,
    };
    let (bridge, side) = Bridge::open(&options).unwrap();
    let mut flight = Flight { bridge, side, now: 0 };
    let (first, second) = (udp(flight.address(0)), udp(flight.address(1)));
    first.send(&heartbeat(255)).unwrap();
    second.send(&heartbeat(245)).unwrap();
    wait(Duration::from_millis(100));
    let arrived = flight.flies_saying(1, &[]);
    assert_eq!((arrived.radio, arrived.telemetry2), (heartbeat(255), heartbeat(245)));
    flight.flies_saying(1, &[(Link::Radio, ack(1)), (Link::Telemetry2, ack(2))]);
    wait(Duration::from_millis(100));
    assert_eq!((heard(&first), heard(&second)), (vec![ack(1)], vec![ack(2)]));
}

#[test]
fn a_port_that_is_taken_is_told_with_its_link() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    let links = vec![LinkSpec::Tcp { host: None, port }];
    let options = Options {
        links: Vec::new(),
        second_links: links,
        speed: Speed::Max,
        forwards: false,
        length_s: None,
    };
    let error = Bridge::open(&options).err().unwrap().to_string();
    assert!(error.contains(&format!("tcp:{port}")) && error.contains("`--link`"), "{error}");
}

#[test]
fn ticks_come_when_they_are_due_and_the_flight_ends_when_it_is_to() {
    let options = Options {
        links: vec![],
        second_links: vec![],
        speed: Speed::Times(2.0),
        forwards: false,
        length_s: Some(1.0),
    };
    let (bridge, mut side) = Bridge::open(&options).unwrap();
    let clock = Clock::start();
    let mut now = Tick(0);
    loop {
        side.arriving(now, &mut Reached::default());
        side.said(now, &[]);
        if side.ends(now) {
            break;
        }
        now = Tick(now.0 + 1);
    }
    let took_s = clock.now().as_secs_f64();
    assert_eq!(now, Tick(500));
    assert!((0.49..0.7).contains(&took_s), "{took_s}");
    bridge.close();
}

#[cfg(unix)]
#[test]
fn a_serial_line_carries_frames_both_ways() {
    use tokio_serial::SerialPort as _;
    let pair = tokio_serial::SerialStream::pair;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let (mut ground, device) = runtime.block_on(async { pair() }).unwrap();
    let name = device.name().unwrap();
    // The bridge opens the same device, and wants it for itself.
    drop(device);
    let mut flight =
        Flight::over(vec![LinkSpec::Serial { device: name, baud: 57_600 }], Speed::Max, false);
    ground.write_all(&heartbeat(255)).unwrap();
    wait(Duration::from_millis(100));
    assert_eq!(flight.flies(1, &[ack(255)]), heartbeat(255));
    wait(Duration::from_millis(100));
    let mut bytes = vec![0; ack(255).len()];
    ground.read_exact(&mut bytes).unwrap();
    assert_eq!(bytes, ack(255));
}
