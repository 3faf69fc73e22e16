//! The live view: RTP/JPEG (RFC 2435), four packets a picture, all of one plan; put together again and decoded to the
//! last bit.
//!
//! **Never:** takes a spare bit for nothing: headers, tables, scan and filling have one spelling each.

use super::Faults;
use super::jpeg::annex_k::{
    CHROMA, CHROMA_AC_COUNTS, CHROMA_AC_SYMBOLS, CHROMA_DC_COUNTS, DC_SYMBOLS, LUMA,
    LUMA_AC_COUNTS, LUMA_AC_SYMBOLS, LUMA_DC_COUNTS,
};
use super::jpeg::scan::{self, Component, Huffman};
use crate::case::Case;
use evidence::Tick;
use evidence::transcript::Said;

const RTP: usize = 12;
const JPEG: usize = 8;
const TABLES: usize = 4 + 128;
const PACKETS: usize = 4;
const PART: usize = 1024;
/// Version 2, no padding, no extension, no contributors.
const VERSION: u8 = 0x80;
const MARKER: u8 = 0x80;
const PAYLOAD_TYPE: u8 = 26;
const SOURCE: [u8; 4] = [0x48, 0x55, 0x53, 0x48];
/// 90 kHz, in ticks of 2 ms.
const CLOCK_PER_TICK: u64 = 180;
const PICTURE_TICKS: u64 = 100;
const FRAME_TICKS: u64 = 50;
/// Longest time between a frame and its picture on the link.
const LATE_TICKS_MAX: u64 = 1000;
/// Type 4:2:0, tables in band, 160 by 120 pixels.
const FORM: [u8; 4] = [1, 255, 20, 15];
const SIZE_PX: (u16, u16) = (160, 120);
const TABLES_HEADER: [u8; 4] = [0, 0, 0, 128];
const QUALITIES: [u16; 6] = [60, 40, 25, 12, 5, 1];

/// What has been seen so far.
pub struct LiveView {
    next_number: Option<u16>,
    boot: Option<Tick>,
    picture: Option<Picture>,
    last: Option<(Tick, u64)>,
    plan: Option<[u64; PACKETS]>,
    huffman: Vec<(u8, Huffman)>,
}

/// A picture of which some packets have come.
struct Picture {
    begun: Tick,
    stamp: u32,
    scan: Vec<u8>,
    plan: [u64; PACKETS],
    packets: usize,
}

impl LiveView {
    /// Before the first packet.
    pub fn new() -> Self {
        let huffman = vec![
            (0x00, Huffman::of(LUMA_DC_COUNTS, &DC_SYMBOLS)),
            (0x01, Huffman::of(CHROMA_DC_COUNTS, &DC_SYMBOLS)),
            (0x10, Huffman::of(LUMA_AC_COUNTS, &LUMA_AC_SYMBOLS)),
            (0x11, Huffman::of(CHROMA_AC_COUNTS, &CHROMA_AC_SYMBOLS)),
        ];
        Self { next_number: None, boot: None, picture: None, last: None, plan: None, huffman }
    }

    /// Reads one packet.
    pub fn said(&mut self, case: &Case<'_>, said: Said<'_>, faults: &mut Faults<'_>) {
        let boot = case.power.boot(said.tick);
        if self.boot != Some(boot) {
            let before = std::mem::replace(self, Self::new());
            (self.boot, self.plan) = (Some(boot), before.plan);
        }
        if let Err(rule) = self.packet(case, said, faults) {
            self.picture = None;
            // What stands there instead is anybody's guess.
            faults.unlisted(None, rule);
        }
    }

    fn packet(
        &mut self,
        case: &Case<'_>,
        said: Said<'_>,
        faults: &mut Faults<'_>,
    ) -> Result<(), &'static str> {
        let (rtp, rest) = said.bytes.split_at_checked(RTP).ok_or("bytes that are no RTP packet")?;
        if rtp[0] != VERSION || rtp[1] & !MARKER != PAYLOAD_TYPE {
            return Err("RTP with an extension, padding or another payload type");
        }
        if rtp[8..] != SOURCE {
            return Err("RTP from another source");
        }
        let number = u16::from_be_bytes([rtp[2], rtp[3]]);
        let stamp = u32::from_be_bytes([rtp[4], rtp[5], rtp[6], rtp[7]]);
        let has_paused = self.last.is_none_or(|(last, _)| said.tick.0 > last.0 + 2 * PICTURE_TICKS);
        if has_paused {
            // What was under way when the view was stopped never gets whole.
            self.picture = None;
        }
        let is_next = self.next_number.is_none_or(|next| {
            // A view that is started anew may count anew, and the picture that was stopped may count.
            number == next || (has_paused && (number == 0 || number == next.wrapping_add(4)))
        });
        self.next_number = Some(number.wrapping_add(1));
        faults.must(is_next, "RTP sequence number skipped or repeated");
        let (jpeg, mut rest) = rest.split_at_checked(JPEG).ok_or("RTP without a JPEG header")?;
        let offset = u32::from_be_bytes([0, jpeg[1], jpeg[2], jpeg[3]]) as usize;
        if jpeg[0] != 0 || jpeg[4..] != FORM {
            return Err("RTP/JPEG of another type, quality or size");
        }
        if offset == 0 {
            let (tables, after) = rest.split_at_checked(TABLES).ok_or("RTP/JPEG without tables")?;
            if tables[..4] != TABLES_HEADER || !is_listed(&tables[4..]) {
                return Err("RTP/JPEG with tables of no listed quality");
            }
            rest = after;
            if self.picture.is_some() {
                return Err("RTP/JPEG with a picture that is not whole");
            }
            self.begin(said.tick, stamp, faults);
        }
        if rest.len() != PART {
            return Err("RTP/JPEG with a packet of another size");
        }
        let picture = self.picture.as_mut().ok_or("RTP/JPEG that begins inside a picture")?;
        if picture.scan.len() != offset || picture.stamp != stamp {
            return Err("RTP/JPEG with a part of another picture");
        }
        picture.plan[picture.packets] = said.tick.0 - picture.begun.0;
        picture.packets += 1;
        picture.scan.extend_from_slice(rest);
        let is_last = picture.packets == PACKETS;
        if is_last != (rtp[1] & MARKER != 0) {
            return Err("RTP/JPEG with its marker at another packet");
        }
        if is_last && let Some(picture) = self.picture.take() {
            self.whole(case, &picture, faults)?;
        }
        Ok(())
    }

    fn begin(&mut self, tick: Tick, stamp: u32, faults: &mut Faults<'_>) {
        let since_boot = tick.0 - self.boot.map_or(0, |boot| boot.0);
        let clock = u64::from(stamp);
        let frame = clock / CLOCK_PER_TICK;
        let late = since_boot.checked_sub(frame);
        // Frames come on a grid of ticks that counts from the first power-on.
        let taken = self.boot.map_or(0, |boot| boot.0) + frame;
        let is_frame = clock.is_multiple_of(CLOCK_PER_TICK) && taken.is_multiple_of(FRAME_TICKS);
        let is_recent = late.is_some_and(|late| late <= LATE_TICKS_MAX);
        faults.must(is_frame && is_recent, "RTP time is not that of a recent frame");
        let late = late.unwrap_or(0);
        if let Some((last, last_late)) = self.last {
            let is_on_time =
                tick.0 == last.0 + PICTURE_TICKS || tick.0 > last.0 + 2 * PICTURE_TICKS;
            faults.must(is_on_time, "a picture of the live view is not at its time");
            let is_steady = late == last_late || tick.0 > last.0 + 2 * PICTURE_TICKS;
            faults.must(is_steady, "a picture of the live view is later than others");
        }
        self.last = Some((tick, late));
        let (scan, plan) = (Vec::with_capacity(PACKETS * PART), [0; PACKETS]);
        self.picture = Some(Picture { begun: tick, stamp, scan, plan, packets: 0 });
    }

    fn whole(
        &mut self,
        case: &Case<'_>,
        picture: &Picture,
        faults: &mut Faults<'_>,
    ) -> Result<(), &'static str> {
        let plan = *self.plan.get_or_insert(picture.plan);
        faults.must(plan == picture.plan, "packets of the live view are not sent by one plan");
        case.memo.view(&picture.scan, || self.read(&picture.scan))
    }

    /// Decodes a scan: its blocks, then filling, then its end.
    fn read(&self, scan: &[u8]) -> Result<(), &'static str> {
        let component = |id, sides, table| Component {
            id,
            across: sides,
            down: sides,
            quantiser: table,
            dc: table,
            ac: 0x10 | table,
        };
        let components = [component(0, 2, 0), component(1, 1, 1), component(2, 1, 1)];
        let end = scan::length(scan, &components, &self.huffman, SIZE_PX)
            .map_err(|_| "a picture of the live view that does not decode")?;
        let is_filled = match scan[end..].split_last() {
            Some((0xD9, filling)) => !filling.is_empty() && filling.iter().all(|b| *b == 0xFF),
            _ => false,
        };
        is_filled.then_some(()).ok_or("bytes behind a picture of the live view")
    }
}

/// Whether both tables are those of annex K, scaled to one of the listed qualities.
fn is_listed(tables: &[u8]) -> bool {
    QUALITIES.iter().any(|quality| {
        let scale = if *quality < 50 { 5000 / quality } else { 200 - 2 * quality };
        let scaled = |value: &u8| (u32::from(*value) * u32::from(scale) + 50) / 100;
        let expected = LUMA.iter().chain(&CHROMA).map(scaled).map(|value| value.clamp(1, 255));
        expected.eq(tables.iter().map(|value| u32::from(*value)))
    })
}

#[cfg(test)]
pub mod tests;
