//! What a MAVLink 2 frame is: where one begins, how long it is, and whether it is whole and sound.
//!
//! The vehicle takes in one stream from everybody, so what is handed on must be a frame that it takes in or passes over
//! at exactly this length: sound, or of a message that nobody here knows. A damaged frame of a known message would make
//! it look on from the next byte, and what stood there could swallow another client's frame.
//!
//! Source: mavlink.io, "Packet Serialization".
//!
//! **Never:** looks for a frame inside another one's payload; keeps more than one frame's worth of a stream.

use mavlink::dialects::common::MavMessage;
use mavlink::{Message as _, calculate_crc};

const STX: u8 = 0xFD;
const HEADER: usize = 10;
const CHECKSUM: usize = 2;
const SIGNATURE: usize = 13;

/// Bytes of the longest frame.
pub const FRAME_BYTES_MAX: usize = HEADER + 255 + CHECKSUM + SIGNATURE;

/// A frame, whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Frame<'a> {
    /// All of it, from the first byte of the header to the last of checksum or signature.
    pub bytes: &'a [u8],
}

impl<'a> Frame<'a> {
    /// The system that says it.
    #[must_use]
    pub fn system(self) -> u8 {
        self.bytes[5]
    }

    /// Its message.
    #[must_use]
    pub fn id(self) -> u32 {
        u32::from_le_bytes([self.bytes[7], self.bytes[8], self.bytes[9], 0])
    }

    /// Its payload, without the zeros that were trimmed.
    #[must_use]
    pub fn payload(self) -> &'a [u8] {
        &self.bytes[HEADER..HEADER + usize::from(self.bytes[1])]
    }
}

/// What stands at the beginning of some bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next<'a> {
    /// A frame to hand on.
    Frame(Frame<'a>),
    /// So many bytes that are none.
    Noise(usize),
    /// Perhaps the beginning of a frame.
    Part,
    /// Nothing at all.
    End,
}

/// Looks at the beginning of some bytes.
#[must_use]
pub fn next(bytes: &[u8]) -> Next<'_> {
    let Some(start) = bytes.iter().position(|&byte| byte == STX) else {
        return if bytes.is_empty() { Next::End } else { Next::Noise(bytes.len()) };
    };
    if start > 0 {
        return Next::Noise(start);
    }
    let Some(header) = bytes.get(..HEADER) else { return Next::Part };
    let signature = if header[2] & 1 == 1 { SIGNATURE } else { 0 };
    let unsigned = HEADER + usize::from(header[1]) + CHECKSUM;
    let Some(bytes) = bytes.get(..unsigned + signature) else { return Next::Part };
    let frame = Frame { bytes };
    let is_known = MavMessage::default_message_from_id(frame.id()).is_some();
    let (covered, checksum) = bytes[..unsigned].split_at(unsigned - CHECKSUM);
    let right = calculate_crc(&covered[1..], MavMessage::extra_crc(frame.id()));
    if is_known && right.to_le_bytes() != *checksum { Next::Noise(1) } else { Next::Frame(frame) }
}

/// Hands on the frames of a datagram, and says how many bytes of it were in none. What is cut short there will not be
/// continued in another.
pub fn of_datagram(mut bytes: &[u8], mut hand: impl FnMut(Frame<'_>)) -> usize {
    let mut noise = 0;
    loop {
        let passed = match next(bytes) {
            Next::End => return noise,
            Next::Frame(frame) => {
                hand(frame);
                frame.bytes.len()
            }
            Next::Noise(count) => {
                noise += count;
                count
            }
            Next::Part => {
                noise += 1;
                1
            }
        };
        bytes = &bytes[passed..];
    }
}

/// A stream of bytes that is cut into frames as it comes.
#[derive(Debug, Default)]
pub struct Stream {
    begun: Vec<u8>,
}

impl Stream {
    /// Takes in what came, hands on the frames that are whole now, and says how many bytes were in none.
    pub fn take(&mut self, bytes: &[u8], mut hand: impl FnMut(Frame<'_>)) -> usize {
        self.begun.extend_from_slice(bytes);
        let (mut noise, mut done) = (0, 0);
        loop {
            match next(&self.begun[done..]) {
                Next::Frame(frame) => {
                    hand(frame);
                    done += frame.bytes.len();
                }
                Next::Noise(count) => {
                    noise += count;
                    done += count;
                }
                Next::Part | Next::End => break,
            }
        }
        // Less than a frame is left: a part that were as long as the longest frame would be whole.
        self.begun.drain(..done);
        noise
    }

    /// Whether a frame has perhaps begun.
    #[must_use]
    pub fn is_begun(&self) -> bool {
        !self.begun.is_empty()
    }

    /// What has begun will not be continued: hands on the frames that it hid, and says how many bytes were in none.
    pub fn give_up(&mut self, hand: impl FnMut(Frame<'_>)) -> usize {
        of_datagram(&std::mem::take(&mut self.begun), hand)
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// A frame around a payload, as a client makes it.
    pub(crate) fn framed(system: u8, id: u32, payload: &[u8]) -> Vec<u8> {
        let [a, b, c, _] = id.to_le_bytes();
        let mut frame = vec![STX, payload.len() as u8, 0, 0, 0, system, 190, a, b, c];
        frame.extend_from_slice(payload);
        let crc = calculate_crc(&frame[1..], MavMessage::extra_crc(id));
        frame.extend(crc.to_le_bytes());
        frame
    }

    pub(crate) fn heartbeat(system: u8) -> Vec<u8> {
        framed(system, 0, &[0, 0, 0, 0, 6, 8, 0, 4, 3])
    }

    fn all(bytes: &[u8]) -> (Vec<Vec<u8>>, usize) {
        let mut frames = Vec::new();
        let noise = of_datagram(bytes, |frame| frames.push(frame.bytes.to_vec()));
        (frames, noise)
    }

    #[test]
    fn a_datagram_gives_its_whole_frames_and_nothing_else() {
        let good = heartbeat(255);
        let mut damaged = good.clone();
        damaged[12] ^= 1;
        let unknown = framed(255, 60_000, &good);
        let mut signed = good.clone();
        signed[2] = 1;
        let crc =
            calculate_crc(&signed[1..signed.len() - 2], MavMessage::extra_crc(0)).to_le_bytes();
        let end = signed.len() - 2;
        signed[end..].copy_from_slice(&crc);
        signed.extend([7; SIGNATURE]);
        let none: Vec<&[u8]> = vec![];
        let table = [
            ("nothing", vec![], none.clone(), 0),
            ("noise", b"hello".to_vec(), none.clone(), 5),
            ("one", good.clone(), vec![&good], 0),
            ("two with noise before", [b"xy", &good[..], &good].concat(), vec![&good, &good], 2),
            ("damaged, then good", [&damaged[..], &good].concat(), vec![&good], damaged.len()),
            ("cut short, then good", [&good[..10], &good].concat(), vec![&good], 10),
            ("an unknown one hides a frame", unknown.clone(), vec![&unknown], 0),
            ("signed", [&signed[..], &good].concat(), vec![&signed, &good], 0),
            ("a header alone", good[..10].to_vec(), none, 10),
        ];
        for (name, bytes, frames, noise) in table {
            let frames = frames.into_iter().map(<[u8]>::to_vec).collect();
            assert_eq!(all(&bytes), (frames, noise), "{name}");
        }
    }

    #[test]
    fn a_stream_gives_the_same_frames_however_it_is_cut_and_keeps_less_than_one() {
        let bytes =
            [&b"?"[..], &heartbeat(255), &framed(9, 60_000, &[1; 255]), &heartbeat(3)].concat();
        let (whole, _) = all(&bytes);
        assert_eq!(whole.len(), 3);
        for size in [1, 2, 7, 13, 300, 1000] {
            let (mut stream, mut frames, mut noise) = (Stream::default(), Vec::new(), 0);
            for part in bytes.chunks(size) {
                noise += stream.take(part, |frame| frames.push(frame.bytes.to_vec()));
                assert!(stream.begun.len() < FRAME_BYTES_MAX, "{size}");
            }
            assert_eq!((&frames, noise), (&whole, 1), "{size}");
        }
    }

    #[test]
    fn a_stream_of_beginnings_does_not_grow() {
        let mut stream = Stream::default();
        for _ in 0..10_000 {
            stream.take(&[STX; 100], |_| ());
            assert!(stream.begun.len() < FRAME_BYTES_MAX);
        }
    }

    #[test]
    fn what_a_beginning_hid_comes_out_when_nothing_follows() {
        let good = heartbeat(255);
        let liar = [STX, 255, 0, 0, 0, 251, 190, 76, 0, 0];
        let (mut stream, mut frames) = (Stream::default(), Vec::new());
        assert!(!stream.is_begun());
        let noise = stream.take(&[&liar[..], &good].concat(), |_| panic!("it waits for 257 bytes"));
        assert!(stream.is_begun() && noise == 0);
        let noise = stream.give_up(|frame| frames.push(frame.bytes.to_vec()));
        assert_eq!((frames, noise, stream.is_begun()), (vec![good], liar.len(), false));
    }

    #[test]
    fn a_frame_tells_who_says_what() {
        let bytes = framed(7, 44, &[1, 0, 9]);
        let Next::Frame(frame) = next(&bytes) else { panic!("it is whole") };
        assert_eq!((frame.system(), frame.id(), frame.payload()), (7, 44, &[1, 0, 9][..]));
    }
}
