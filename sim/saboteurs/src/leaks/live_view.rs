//! The live view, made to carry more than the view.
//!
//! A frame is four RTP packets: 12 bytes of RTP, then what RFC 2435 puts there.
//!
//! **Never:** changes how many packets there are, how long, or when.

use crate::leaky::Leak;
use crate::senses::Source;
use evidence::{Link, Tick};
use flight::Spoken;
use flight::firmware::Senses;

const RTP: usize = 12;
const PACKETS: usize = 4;

/// H035 and L030: the frame before is shown again where a bit of the secret is set.
#[derive(Default)]
pub(crate) struct RepeatedFrame<S> {
    secret: S,
    last: [Vec<u8>; PACKETS],
    repeats: bool,
    packets: u64,
}

impl<S: Source> Leak for RepeatedFrame<S> {
    fn leak(&mut self, now: Tick, senses: &Senses<'_>, said: &mut Spoken) {
        self.secret.take(now, senses);
        for (_, packet) in said.emissions.iter_mut().filter(|(link, _)| *link == Link::Video) {
            let place = self.packets as usize % PACKETS;
            if place == 0 {
                self.repeats = self.secret.code() >> (self.packets / 4 % 64) & 1 == 1;
            }
            self.packets += 1;
            let last = &mut self.last[place];
            if self.repeats && packet.len() == RTP + last.len() {
                packet[RTP..].copy_from_slice(last);
            } else {
                *last = packet.get(RTP..).unwrap_or_default().to_vec();
            }
        }
    }
}

/// L010: a header extension in one packet of four.
pub(crate) struct HeaderExtension;

impl Leak for HeaderExtension {
    fn leak(&mut self, now: Tick, _senses: &Senses<'_>, said: &mut Spoken) {
        let first = said.emissions.iter_mut().find(|(link, _)| *link == Link::Video);
        if let Some((_, packet)) = first.filter(|(_, packet)| packet.len() > RTP) {
            packet[0] |= 0x10;
            let extension = [&[0xBE, 0xDE, 0, 1][..], &(now.0 as u32).to_be_bytes()].concat();
            packet.splice(RTP..RTP, extension);
        }
    }
}
