//! The live view: scrubbed frames as RTP/JPEG (RFC 2435), four packets of one size each, whatever is in them.
//!
//! A frame that is too rich is encoded more coarsely until it fits, a frame that is too plain is filled up, and a
//! frame that may not be shown is replaced by a grey one. So neither size nor time follows what the camera sees.
//!
//! **Never:** takes a frame that is not covered; sends one packet more or less; carries sound.

use super::scrub::Covered;
use crate::gate::Door;
use alloc::vec::Vec;

/// Packets of a frame.
pub(super) const PACKETS: usize = 4;
/// Bytes of the scan in each of them.
const PART: usize = 1024;
/// Tried one after another until the scan fits.
const QUALITIES: [u8; 6] = [60, 40, 25, 12, 5, 1];
const WIDTH_PX: u16 = 160;
const HEIGHT_PX: u16 = 120;
/// `HUSH`.
const SOURCE: u32 = 0x4855_5348;
const PAYLOAD_JPEG: u8 = 26;
const END_OF_IMAGE: [u8; 2] = [0xFF, 0xD9];
/// How many times smaller than the camera's picture it is on either side.
const TIMES: u16 = 2;

/// A packet of the live view. Made here and nowhere else.
pub struct LivePacket(Vec<u8>);

impl LivePacket {
    pub(crate) fn open(self, _: &Door) -> Vec<u8> {
        self.0
    }
}

/// The stream, as far as it counts its packets.
pub(super) struct Stream {
    sequence: u16,
}

impl Stream {
    pub(super) fn new() -> Self {
        Self { sequence: 0 }
    }

    /// The packets of a frame at a time of the 90 kHz clock; a grey frame where there is nothing to show.
    pub(super) fn packets(&mut self, covered: Option<&Covered>, at_90khz: u32) -> Vec<LivePacket> {
        let shown = covered.and_then(|covered| Scan::of(&covered.smaller(TIMES)));
        let blank = || Scan::of(&Covered::blank(WIDTH_PX, HEIGHT_PX));
        let Some(scan) = shown.or_else(blank) else { return Vec::new() };
        let parts = scan.bytes.chunks(PART).enumerate();
        parts.map(|(place, part)| self.packet(place, part, &scan.tables, at_90khz)).collect()
    }

    fn packet(&mut self, place: usize, part: &[u8], tables: &[u8], at_90khz: u32) -> LivePacket {
        let marker = if place + 1 == PACKETS { 0x80 } else { 0 };
        let mut packet = Vec::with_capacity(12 + 8 + 4 + tables.len() + PART);
        packet.extend([0x80, marker | PAYLOAD_JPEG]);
        packet.extend(self.sequence.to_be_bytes());
        packet.extend(at_90khz.to_be_bytes());
        packet.extend(SOURCE.to_be_bytes());
        let [_, high, middle, low] = ((place * PART) as u32).to_be_bytes();
        // Offset; 4:2:0; tables in the packet; sizes in blocks of eight pixels.
        packet.extend([0, high, middle, low, 1, 255]);
        packet.extend([(WIDTH_PX / 8) as u8, (HEIGHT_PX / 8) as u8]);
        if place == 0 {
            packet.extend([0, 0]);
            packet.extend((tables.len() as u16).to_be_bytes());
            packet.extend(tables);
        }
        packet.extend(part);
        self.sequence = self.sequence.wrapping_add(1);
        LivePacket(packet)
    }
}

/// What RFC 2435 carries of a JPEG: two tables of quantisation, and the scan, here always of one size.
struct Scan {
    tables: Vec<u8>,
    bytes: Vec<u8>,
}

impl Scan {
    /// The finest scan that fits; none if none does or the picture has another size.
    fn of(covered: &Covered) -> Option<Self> {
        QUALITIES.iter().find_map(|quality| Self::taken_from(&covered.jpeg(*quality)?))
    }

    fn taken_from(jpeg: &[u8]) -> Option<Self> {
        let mut tables = Vec::new();
        // Behind the start of the image come segments, each with its marker and its length.
        let mut rest = jpeg.get(2..)?;
        loop {
            let (head, behind) = rest.split_at_checked(4)?;
            let length = usize::from(u16::from_be_bytes([head[2], head[3]])).checked_sub(2)?;
            let (segment, behind) = behind.split_at_checked(length)?;
            match [head[0], head[1]] {
                [0xFF, 0xC0] => is_of_our_size(segment).then_some(())?,
                [0xFF, 0xDB] => segment.chunks(65).for_each(|table| tables.extend(&table[1..])),
                [0xFF, 0xDA] => {
                    let scan = behind.strip_suffix(&END_OF_IMAGE)?;
                    let room = PACKETS * PART - END_OF_IMAGE.len();
                    let filling = room.checked_sub(scan.len())?;
                    // Any number of these may stand before a marker.
                    let filling = alloc::vec![0xFF; filling];
                    let bytes = [scan, &filling, &END_OF_IMAGE].concat();
                    return (tables.len() == 128).then_some(Self { tables, bytes });
                }
                _ => {}
            }
            rest = behind;
        }
    }
}

fn is_of_our_size(frame_header: &[u8]) -> bool {
    let [height, width] = [HEIGHT_PX, WIDTH_PX].map(u16::to_be_bytes);
    frame_header.get(1..5) == Some(&[height, width].concat()[..])
}

#[cfg(test)]
mod tests;
