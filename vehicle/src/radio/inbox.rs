//! What has arrived on the radio and is not read yet: a stream, in which a frame may be cut at any byte.
//!
//! A tick takes so many looks at it and no more, so that a flood costs the flight nothing; what a flood leaves over is
//! read in the ticks that follow, and what does not fit is lost and counted. The rest of a frame is waited for, but
//! not for long: behind a header that lies about its length stands what others have said.
//!
//! **Never:** grows; takes a frame out of the payload of another; lets half a frame hold up the next for 100 ms.

use super::frame::{Found, Received, Signed, find, open};
use crate::senses::{TICKS_PER_S, Tick};
use alloc::collections::VecDeque;
use alloc::vec::Vec;

/// Most bytes that wait.
const BYTES_MAX: usize = 16 * 1024;
/// Most frames that are heard in a tick: 16,000 a second.
const FRAMES_MAX: u32 = 32;
/// Most looks in a tick: at this pace the whole of it is through within 100 ms, whatever it is made of.
const LOOKS_MAX: u32 = 128;
/// Ticks for which the rest of a frame is waited for: 90 ms, which the longest takes at 57,600 baud with time over.
const PATIENCE_TICKS: u64 = 45;

/// Bytes that wait to be read.
pub(crate) struct Inbox {
    bytes: Vec<u8>,
    /// How many of them have been read.
    read: usize,
    /// When those that have not been read arrived: so many at each tick.
    arrivals: VecDeque<(Tick, usize)>,
    looks: u32,
    frames: u32,
    /// Ticks in which something did not fit.
    dropped: u16,
    passed_over: u32,
    told: u32,
}

impl Inbox {
    pub(crate) fn empty() -> Self {
        Self {
            bytes: Vec::new(),
            read: 0,
            arrivals: VecDeque::new(),
            looks: 0,
            frames: 0,
            dropped: 0,
            passed_over: 0,
            told: 0,
        }
    }

    /// Takes in what arrives at a tick, as far as there is room.
    pub(crate) fn arrive(&mut self, bytes: &[u8], now: Tick) {
        (self.looks, self.frames) = (LOOKS_MAX, FRAMES_MAX);
        self.bytes.drain(..self.read);
        self.read = 0;
        let taken = bytes.len().min(BYTES_MAX - self.bytes.len());
        self.count(bytes.len() - taken);
        self.dropped = self.dropped.saturating_add(u16::from(taken < bytes.len()));
        if taken > 0 {
            self.bytes.extend_from_slice(&bytes[..taken]);
            self.arrivals.push_back((now, taken));
        }
    }

    /// Whether all that has arrived is read.
    pub(crate) fn is_empty(&self) -> bool {
        self.read == self.bytes.len()
    }

    /// The next sound frame, with its signature if it has one; none when the tick has had its share.
    pub(crate) fn next(&mut self, now: Tick) -> Option<(Received<'_>, Option<Signed<'_>>)> {
        while self.looks > 0 && self.frames > 0 {
            self.looks -= 1;
            let length = match find(&self.bytes[self.read..]) {
                Found::Frame(length) => {
                    let frame = self.read..self.read + length;
                    self.pass(length);
                    self.frames -= 1;
                    return Some(open(&self.bytes[frame]));
                }
                Found::Noise(length) | Found::Foreign(length) => length,
                Found::Partial if self.is_stale(now) => 1,
                Found::Partial | Found::Nothing => return None,
            };
            self.pass(length);
            self.count(length);
        }
        None
    }

    /// How many bytes have been passed over since power-on, once a second if there are more: noise, damage, messages
    /// that nobody knows, floods.
    pub(crate) fn news_of_losses(&mut self, now: Tick) -> Option<u32> {
        let is_due = now.0.is_multiple_of(TICKS_PER_S) && self.told != self.passed_over;
        is_due.then(|| {
            self.told = self.passed_over;
            self.told
        })
    }

    /// In how many ticks something did not fit.
    pub(crate) fn dropped(&self) -> u16 {
        self.dropped
    }

    fn is_stale(&self, now: Tick) -> bool {
        self.arrivals.front().is_some_and(|(arrived, _)| now.0 >= arrived.0 + PATIENCE_TICKS)
    }

    fn pass(&mut self, mut length: usize) {
        self.read += length;
        while let Some((_, left)) = self.arrivals.front_mut() {
            if *left > length {
                *left -= length;
                return;
            }
            length -= *left;
            self.arrivals.pop_front();
        }
    }

    fn count(&mut self, bytes: usize) {
        self.passed_over = self.passed_over.saturating_add(bytes as u32);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::radio::frame::{Component, Framer};
    use proptest::collection::vec;
    use proptest::prelude::*;

    const HEARTBEAT: [u8; 9] = [0, 0, 0, 0, 6, 8, 0, 0, 3];

    /// At which tick, and what.
    type Arrival = (u64, Vec<u8>);

    fn heartbeat() -> Vec<u8> {
        Framer::new().frame(Component::Autopilot, 0, &HEARTBEAT)
    }

    /// A header that promises 255 bytes of a message.
    fn promise(id: u8) -> Vec<u8> {
        Vec::from([0xFD, 255, 0, 0, 0, 255, 190, id, 0, 0])
    }

    /// At which ticks a frame is read of what arrives at these ticks.
    fn read(arrivals: &[Arrival], until: u64) -> Vec<u64> {
        let mut inbox = Inbox::empty();
        let mut ticks = Vec::new();
        for now in 0..until {
            let arrived = arrivals.iter().filter(|(at, _)| *at == now);
            let arrived: Vec<u8> = arrived.flat_map(|(_, bytes)| bytes.clone()).collect();
            inbox.arrive(&arrived, Tick(now));
            while inbox.next(Tick(now)).is_some() {
                ticks.push(now);
            }
        }
        ticks
    }

    #[test]
    fn half_a_frame_is_waited_for_and_holds_nobody_up_for_long() {
        let whole = heartbeat();
        let (first, second) = whole.split_at(7);
        let (first, second) = (first.to_vec(), second.to_vec());
        let table: [(&str, Vec<Arrival>, &[u64]); 8] = [
            ("whole", Vec::from([(3, whole.clone())]), &[3]),
            (
                "cut, and the rest at once",
                Vec::from([(3, first.clone()), (4, second.clone())]),
                &[4],
            ),
            ("the rest late", Vec::from([(3, first.clone()), (47, second.clone())]), &[47]),
            ("the rest too late", Vec::from([(3, first.clone()), (60, second)]), &[]),
            ("a promise, then a frame", Vec::from([(3, promise(0)), (5, whole.clone())]), &[48]),
            ("two frames behind it", Vec::from([(3, promise(0)), (5, whole.repeat(2))]), &[48, 48]),
            (
                "it ends with the next",
                Vec::from([(3, promise(0)), (9, whole.repeat(14))]),
                &[9; 14],
            ),
            ("a lone beginning", Vec::from([(3, Vec::from([0xFD])), (90, whole.clone())]), &[90]),
        ];
        for (name, arrivals, expected) in table {
            assert_eq!(read(&arrivals, 200), expected, "{name}");
        }
    }

    #[test]
    fn a_flood_leaves_the_last_frame_read_within_100_ms() {
        let good = heartbeat();
        let mut damaged = good.clone();
        damaged[12] ^= 1;
        // Headers that overlap: at each of them a damaged message of the longest kind seems to begin.
        let headers = [0xFD, 250, 0, 0, 0].repeat(4);
        for (name, piece) in [
            ("sound frames", good.clone()),
            ("damaged frames", damaged),
            ("headers", headers),
            ("promises", promise(0)),
            ("noise", (0..40).collect()),
        ] {
            let mut inbox = Inbox::empty();
            let (mut most, mut asked_at, mut heard) = (0, None, None);
            let order = Framer::new().frame(Component::Autopilot, 76, &[7; 33]);
            for now in 0..600 {
                // 10,000 a second are 20 in a tick, for one second.
                let mut arrived = if now < 500 { piece.repeat(20) } else { Vec::new() };
                if now == 499 {
                    arrived.extend(&order);
                    asked_at = Some(now);
                }
                inbox.arrive(&arrived, Tick(now));
                most = most.max(inbox.bytes.len());
                while let Some((frame, _)) = inbox.next(Tick(now)) {
                    if frame.id == 76 {
                        heard = heard.or(Some(now));
                    }
                }
            }
            let late = heard.zip(asked_at).map(|(heard, asked)| heard - asked);
            assert!(late.is_some_and(|ticks| ticks <= 50), "{name}: {late:?}");
            assert!(most <= BYTES_MAX, "{name}: {most}");
        }
    }

    #[test]
    fn what_does_not_fit_is_lost_and_what_is_lost_is_told_once_a_second() {
        let mut inbox = Inbox::empty();
        inbox.arrive(&[0; 3 * BYTES_MAX], Tick(0));
        assert_eq!((inbox.bytes.len(), inbox.dropped()), (BYTES_MAX, 1));
        assert!(inbox.next(Tick(0)).is_none());
        assert_eq!(inbox.news_of_losses(Tick(1)), None);
        assert_eq!(inbox.news_of_losses(Tick(500)), Some(3 * BYTES_MAX as u32));
        inbox.arrive(&heartbeat(), Tick(501));
        assert!(inbox.next(Tick(501)).is_some());
        assert_eq!(inbox.news_of_losses(Tick(1_000)), None, "a frame that is read is not lost");
        inbox.arrive(&[0; 7], Tick(1_001));
        assert!(inbox.next(Tick(1_001)).is_none());
        assert_eq!(inbox.news_of_losses(Tick(1_500)), Some(3 * BYTES_MAX as u32 + 7));
    }

    proptest! {
        #[test]
        fn however_a_stream_is_cut_the_same_frames_are_read(
            gaps in vec(1_usize..60, 1..40), noise in vec(0_u8..0xFD, 0..30)
        ) {
            let frame = heartbeat();
            let stream = [&noise[..], &frame, &noise, &frame, &frame].concat();
            let mut arrivals = Vec::new();
            let (mut rest, mut now) = (&stream[..], 0);
            for gap in gaps {
                let (piece, behind) = rest.split_at(gap.min(rest.len()));
                arrivals.push((now, piece.to_vec()));
                (rest, now) = (behind, now + 1);
            }
            arrivals.push((now, rest.to_vec()));
            prop_assert_eq!(read(&arrivals, now + 100).len(), 3);
        }

        #[test]
        fn any_bytes_leave_room_for_the_frame_that_comes_a_second_later(
            pieces in vec(vec(any::<u8>(), 0..400), 0..20)
        ) {
            let mut arrivals: Vec<_> = (0_u64..).zip(pieces).collect();
            arrivals.push((500, heartbeat()));
            let ticks = read(&arrivals, 501);
            prop_assert_eq!(ticks.last(), Some(&500));
        }
    }
}
