//! What was said on a network link, as a capture that public tools read (pcapng, raw IPv4).
//!
//! Both telemetry ports, remote identification, video and name look-ups are UDP, one emission a datagram; the requests of the
//! uplink are one TCP connection.
//! Only what the vehicle said is in it: no handshake and no answer is made up. Addresses are those that are
//! reserved for documentation (RFC 5737).
//!
//! **Never:** leaves out or joins an emission; reads a clock.

use crate::{Link, TICKS_PER_S, Transcript};

/// Addresses that are reserved for documentation.
const VEHICLE: [u8; 4] = [192, 0, 2, 1];
const PILOT: [u8; 4] = [192, 0, 2, 10];
const EVERYBODY: [u8; 4] = [192, 0, 2, 255];
const MAKER: [u8; 4] = [198, 51, 100, 7];
const NAME_SERVER: [u8; 4] = [198, 51, 100, 53];

/// The capture's packets begin with an IPv4 header (`LINKTYPE_RAW`).
const RAW_IP: u16 = 101;

/// Most bytes of an emission in one UDP datagram, and in one TCP segment; what is longer is split.
const DATAGRAM_MAX: usize = 65_507;
const SEGMENT_MAX: usize = 1_460;

const UDP: u8 = 17;
const TCP: u8 = 6;

/// The capture of one link. A link that is no network (card, console, lights, motion) gives an empty one.
/// `epoch_s` is the time of tick 0 in seconds since 1970-01-01 UTC.
#[must_use]
pub fn capture(transcript: &Transcript, link: Link, epoch_s: u64) -> Vec<u8> {
    let mut file = Vec::new();
    put_section(&mut file);
    put_interface(&mut file, &link.to_string());
    let (mut packet_number, mut sequence) = (0_u16, 1_u32);
    for said in transcript.on(link) {
        let Some(route) = route(link, said.bytes) else { break };
        let most = if route.protocol == TCP { SEGMENT_MAX } else { DATAGRAM_MAX };
        let time_us = epoch_s
            .wrapping_mul(1_000_000)
            .wrapping_add(said.tick.0.wrapping_mul(1_000_000 / TICKS_PER_S));
        // An empty emission was still said: it is one empty packet.
        let count = said.bytes.len().div_ceil(most).max(1);
        for i in 0..count {
            let payload = &said.bytes[i * most..said.bytes.len().min((i + 1) * most)];
            let inner = match route.protocol {
                TCP => tcp(&route, sequence, i + 1 == count, payload),
                _ => udp(&route, payload),
            };
            put_packet(&mut file, time_us, &ipv4(&route, packet_number, &inner));
            packet_number = packet_number.wrapping_add(1);
            if route.protocol == TCP {
                sequence = sequence.wrapping_add(payload.len() as u32);
            }
        }
    }
    file
}

/// Where the packets of a link go.
struct Route {
    protocol: u8,
    from_port: u16,
    to: [u8; 4],
    to_port: u16,
}

/// A request begins with a letter; a name look-up with the high byte of its number, which counts from 1.
fn is_look_up(bytes: &[u8]) -> bool {
    bytes.first() == Some(&0)
}

fn route(link: Link, bytes: &[u8]) -> Option<Route> {
    let route = |protocol, from_port, to, to_port| Some(Route { protocol, from_port, to, to_port });
    match link {
        Link::Radio => route(UDP, 14_580, PILOT, 14_550),
        Link::Telemetry2 => route(UDP, 14_581, PILOT, 14_551),
        Link::Video => route(UDP, 5_004, PILOT, 5_004),
        Link::Uplink if is_look_up(bytes) => route(UDP, 40_053, NAME_SERVER, 53),
        Link::Uplink => route(TCP, 40_000, MAKER, 80),
        Link::RemoteId => route(UDP, 14_666, EVERYBODY, 14_666),
        Link::Card | Link::Console | Link::Lights | Link::Motion => None,
    }
}

fn ipv4(route: &Route, number: u16, inner: &[u8]) -> Vec<u8> {
    let mut packet = vec![0x45, 0];
    packet.extend_from_slice(&(20 + inner.len() as u16).to_be_bytes());
    packet.extend_from_slice(&number.to_be_bytes());
    packet.extend_from_slice(&[0x40, 0, 64, route.protocol, 0, 0]);
    packet.extend_from_slice(&VEHICLE);
    packet.extend_from_slice(&route.to);
    let sum = checksum(&[&packet]);
    packet[10..12].copy_from_slice(&sum.to_be_bytes());
    packet.extend_from_slice(inner);
    packet
}

fn udp(route: &Route, payload: &[u8]) -> Vec<u8> {
    let mut datagram = ports(route);
    datagram.extend_from_slice(&(8 + payload.len() as u16).to_be_bytes());
    datagram.extend_from_slice(&[0, 0]);
    datagram.extend_from_slice(payload);
    // In UDP a sum of 0 means "none"; a sum that comes to 0 is sent as its other form.
    let sum = match checksum(&[&pseudo_header(route, datagram.len()), &datagram]) {
        0 => 0xFFFF,
        sum => sum,
    };
    datagram[6..8].copy_from_slice(&sum.to_be_bytes());
    datagram
}

fn tcp(route: &Route, sequence: u32, is_last: bool, payload: &[u8]) -> Vec<u8> {
    let mut segment = ports(route);
    segment.extend_from_slice(&sequence.to_be_bytes());
    segment.extend_from_slice(&1_u32.to_be_bytes());
    let push_and_acknowledge = if is_last { 0x18 } else { 0x10 };
    segment.extend_from_slice(&[0x50, push_and_acknowledge, 0xFF, 0xFF, 0, 0, 0, 0]);
    segment.extend_from_slice(payload);
    let sum = checksum(&[&pseudo_header(route, segment.len()), &segment]);
    segment[16..18].copy_from_slice(&sum.to_be_bytes());
    segment
}

fn ports(route: &Route) -> Vec<u8> {
    [route.from_port.to_be_bytes(), route.to_port.to_be_bytes()].concat()
}

fn pseudo_header(route: &Route, length: usize) -> [u8; 12] {
    let [a, b] = (length as u16).to_be_bytes();
    let ([v0, v1, v2, v3], [t0, t1, t2, t3]) = (VEHICLE, route.to);
    [v0, v1, v2, v3, t0, t1, t2, t3, 0, route.protocol, a, b]
}

/// The internet checksum (RFC 1071). Every part but the last has an even length.
fn checksum(parts: &[&[u8]]) -> u16 {
    let pairs = parts.iter().flat_map(|part| part.chunks(2));
    let mut sum: u32 =
        pairs.map(|pair| u32::from(pair[0]) << 8 | pair.get(1).map_or(0, |&b| u32::from(b))).sum();
    while sum > 0xFFFF {
        sum = (sum & 0xFFFF) + (sum >> 16);
    }
    !(sum as u16)
}

fn put_section(file: &mut Vec<u8>) {
    let mut body = Vec::new();
    body.extend_from_slice(&0x1A2B_3C4D_u32.to_le_bytes());
    body.extend_from_slice(&[1, 0, 0, 0]);
    body.extend_from_slice(&u64::MAX.to_le_bytes());
    put_option(&mut body, 4, b"Hushwing");
    put_option(&mut body, 0, b"");
    put_block(file, 0x0A0D_0D0A, &body);
}

fn put_interface(file: &mut Vec<u8>, name: &str) {
    let mut body = Vec::new();
    body.extend_from_slice(&RAW_IP.to_le_bytes());
    body.extend_from_slice(&[0; 6]);
    put_option(&mut body, 2, name.as_bytes());
    // Time stamps count microseconds.
    put_option(&mut body, 9, &[6]);
    put_option(&mut body, 0, b"");
    put_block(file, 1, &body);
}

fn put_packet(file: &mut Vec<u8>, time_us: u64, packet: &[u8]) {
    let mut body = vec![0; 4];
    body.extend_from_slice(&((time_us >> 32) as u32).to_le_bytes());
    body.extend_from_slice(&(time_us as u32).to_le_bytes());
    body.extend_from_slice(&(packet.len() as u32).to_le_bytes());
    body.extend_from_slice(&(packet.len() as u32).to_le_bytes());
    body.extend_from_slice(packet);
    pad(&mut body);
    put_block(file, 6, &body);
}

fn put_option(body: &mut Vec<u8>, code: u16, value: &[u8]) {
    body.extend_from_slice(&code.to_le_bytes());
    body.extend_from_slice(&(value.len() as u16).to_le_bytes());
    body.extend_from_slice(value);
    pad(body);
}

fn put_block(file: &mut Vec<u8>, kind: u32, body: &[u8]) {
    let length = (body.len() as u32 + 12).to_le_bytes();
    file.extend_from_slice(&kind.to_le_bytes());
    file.extend_from_slice(&length);
    file.extend_from_slice(body);
    file.extend_from_slice(&length);
}

fn pad(body: &mut Vec<u8>) {
    body.resize(body.len().next_multiple_of(4), 0);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Tick;
    use std::process::Command;

    const EPOCH_S: u64 = 1_750_000_000;

    fn transcript() -> Transcript {
        let mut t = Transcript::default();
        t.hear(Tick(0), Link::Console, b"hushwing 0.1.0\r\n");
        t.hear(Tick(0), Link::Radio, &[0xFD, 1, 0, 0, 0, 1, 1, 0, 0, 0, 7, 0x12, 0x34]);
        t.hear(Tick(1), Link::Radio, &[0xFD; 20]);
        t.hear(Tick(1), Link::Radio, b"");
        t.hear(Tick(250), Link::RemoteId, &[0x02; 25]);
        t.hear(Tick(500), Link::Uplink, &put(0, &[b'a'; 1024]));
        t.hear(Tick(600), Link::Uplink, &put(1, &[0; 5000]));
        t.hear(Tick(700), Link::Uplink, &put(2, b"z"));
        t
    }

    fn put(part: u32, body: &[u8]) -> Vec<u8> {
        let head = format!(
            "PUT /v1/logs/1/{part} HTTP/1.1\r\nHost: intake.hushwing.example\r\n\
             Content-Type: application/vnd.hushwing.log\r\nContent-Length: {}\r\n\r\n",
            body.len()
        );
        [head.as_bytes(), body].concat()
    }

    #[test]
    fn the_blocks_of_a_capture_fill_it_exactly() {
        for (link, packets) in [
            (Link::Radio, 3),
            (Link::Uplink, 1 + 4 + 1),
            (Link::RemoteId, 1),
            (Link::Video, 0),
            (Link::Console, 0),
        ] {
            let file = capture(&transcript(), link, EPOCH_S);
            let (mut at, mut blocks) = (0, 0);
            while at < file.len() {
                let word = |i: usize| u32::from_le_bytes(file[i..i + 4].try_into().unwrap());
                let length = word(at + 4) as usize;
                assert_eq!(length % 4, 0);
                assert_eq!(word(at + length - 4) as usize, length);
                (at, blocks) = (at + length, blocks + 1);
            }
            assert_eq!((at, blocks), (file.len(), packets + 2), "{link}");
        }
    }

    #[test]
    fn an_emission_longer_than_a_datagram_is_split_and_nothing_panics() {
        let mut t = Transcript::default();
        t.hear(Tick(u64::MAX), Link::Video, &vec![1; 200_000]);
        let file = capture(&t, Link::Video, u64::MAX);
        assert!(file.len() > 200_000 + 4 * 28);
    }

    /// The fields that tshark sees, one line a packet, with all checksums verified by it.
    fn tshark(link: Link, filter: &str, fields: &[&str]) -> Option<String> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("capture.pcapng");
        std::fs::write(&path, capture(&transcript(), link, EPOCH_S)).unwrap();
        let mut command = Command::new("tshark");
        command.env("TZ", "UTC").arg("-r").arg(&path).args(["-Y", filter, "-T", "fields"]);
        for protocol in ["ip", "udp", "tcp"] {
            command.args(["-o", &format!("{protocol}.check_checksum:TRUE")]);
        }
        command.args(fields.iter().flat_map(|field| ["-e", field]));
        match command.output() {
            Ok(output) => {
                assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
                Some(String::from_utf8(output.stdout).unwrap())
            }
            Err(error) => {
                assert!(std::env::var("CI").is_err(), "CI needs tshark: {error}");
                eprintln!("skipped: no tshark here; on Debian `apt-get install tshark` brings it");
                None
            }
        }
    }

    #[test]
    fn tshark_reads_datagrams_with_good_checksums_and_times() {
        let fields = [
            "frame.time_epoch",
            "ip.src",
            "ip.dst",
            "udp.srcport",
            "udp.dstport",
            "udp.length",
            "ip.checksum.status",
            "udp.checksum.status",
        ];
        let Some(seen) = tshark(Link::Radio, "udp", &fields) else { return };
        expect_test::expect![[r#"
            1750000000.000000000	192.0.2.1	192.0.2.10	14580	14550	21	1	1
            1750000000.002000000	192.0.2.1	192.0.2.10	14580	14550	28	1	1
            1750000000.002000000	192.0.2.1	192.0.2.10	14580	14550	8	1	1
        "#]]
        .assert_eq(&seen);
        let Some(seen) = tshark(Link::RemoteId, "udp", &fields) else { return };
        expect_test::expect![[r#"
            1750000000.500000000	192.0.2.1	192.0.2.255	14666	14666	33	1	1
        "#]]
        .assert_eq(&seen);
        assert_eq!(tshark(Link::Video, "ip", &fields).as_deref(), Some(""));
    }

    #[test]
    fn tshark_reads_every_upload_as_http() {
        let fields = [
            "http.request.method",
            "http.request.uri",
            "http.host",
            "http.content_length",
            "tcp.checksum.status",
            "tcp.seq_raw",
        ];
        let Some(seen) = tshark(Link::Uplink, "http.request", &fields) else { return };
        expect_test::expect![[r#"
            PUT	/v1/logs/1/0	intake.hushwing.example	1024	1	1
            PUT	/v1/logs/1/1	intake.hushwing.example	5000	1	5531
            PUT	/v1/logs/1/2	intake.hushwing.example	1	1	6277
        "#]]
        .assert_eq(&seen);
        let bad = "tcp.checksum.status != 1 || ip.checksum.status != 1 || tcp.analysis.flags";
        assert_eq!(tshark(Link::Uplink, bad, &["frame.number"]).as_deref(), Some(""));
    }
}
