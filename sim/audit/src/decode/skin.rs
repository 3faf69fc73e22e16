//! Console, Lights and Motion: a banner, a byte of lamps, a digest a second.
//!
//! **Never:** allows a second line on the console.

use super::Faults;
use crate::case::Case;
use evidence::transcript::Said;
use evidence::{TICKS_PER_S, Tick};

const LAMPS: u8 = 0b0000_0111;
const DIGEST: usize = 32;

/// What has been heard so far.
#[derive(Default)]
pub struct Skin {
    banner_at: Option<Tick>,
    lamps: Option<(Tick, u8)>,
    motion_at: Option<Tick>,
}

impl Skin {
    /// The banner at each power-on, and nothing else.
    pub fn console(&mut self, case: &Case<'_>, said: Said<'_>, faults: &mut Faults<'_>) {
        let banner = format!("hushwing {}\r\n", case.power.version(said.tick));
        let is_first = case.power.is_boot(said.tick) && self.banner_at != Some(said.tick);
        self.banner_at = Some(said.tick);
        let is_banner = said.bytes == banner.as_bytes() && is_first;
        faults.must(is_banner, "the console says more than its banner at power-on");
    }

    /// One byte at each power-on and on each change.
    pub fn lights(&mut self, case: &Case<'_>, said: Said<'_>, faults: &mut Faults<'_>) {
        let [lamps] = *said.bytes else {
            return faults.unlisted(None, "lamps are not one byte");
        };
        faults.must(lamps & !LAMPS == 0, "unlisted lamps are lit");
        let boot = case.power.boot(said.tick);
        let before = self.lamps.filter(|(at, _)| *at >= boot);
        let is_news = match before {
            Some((_, last)) => last != lamps,
            None => said.tick == boot,
        };
        faults.must(is_news, "lamps are set without a change");
        self.lamps = Some((said.tick, lamps));
    }

    /// The tap's digest of the second's rotor speeds.
    pub fn motion(&mut self, said: Said<'_>, faults: &mut Faults<'_>) {
        let is_due = said.tick.0 % TICKS_PER_S == TICKS_PER_S - 1;
        let is_single = self.motion_at != Some(said.tick);
        faults.must(
            is_due && is_single && said.bytes.len() == DIGEST,
            "motion is not one digest of 32 bytes a second",
        );
        self.motion_at = Some(said.tick);
    }
}

#[cfg(test)]
mod tests {
    use crate::tests::{alarms_of, evidence};
    use evidence::{Link, Tick};

    type Row<'a> = (&'a [(u64, Link, &'a [u8])], usize);

    #[test]
    fn the_skin_shows_what_is_listed_and_no_more() {
        let table: [Row<'_>; 9] = [
            (&[(0, Link::Console, b"hushwing 0.1.0\r\n")], 0),
            (&[(0, Link::Console, b"hushwing 0.1.0\r\n"), (9, Link::Console, b"log: ok")], 1),
            (&[(0, Link::Lights, &[1]), (10, Link::Lights, &[3])], 0),
            (&[(0, Link::Lights, &[1]), (10, Link::Lights, &[1])], 1),
            (&[(0, Link::Lights, &[9])], 1),
            (&[(0, Link::Lights, &[1, 1])], 1),
            (&[(499, Link::Motion, &[0; 32])], 0),
            (&[(500, Link::Motion, &[0; 32])], 1),
            (&[(3, Link::Video, &[0; 9])], 3),
        ];
        for (said, alarms) in table {
            let said: Vec<_> = said.iter().map(|(t, l, b)| (Tick(*t), *l, b.to_vec())).collect();
            assert_eq!(alarms_of(&evidence(&[]), &said).len(), alarms, "{said:?}");
        }
    }
}
