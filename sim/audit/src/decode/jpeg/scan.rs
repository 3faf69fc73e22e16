//! The coded blocks of a baseline JPEG, walked code by code to find where they really end.
//!
//! **Never:** makes a pixel.

use super::Fault;

/// One colour component of the frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Component {
    /// Its id.
    pub id: u8,
    /// Blocks across in a unit.
    pub across: u8,
    /// Blocks down in a unit.
    pub down: u8,
    /// Its quantisation table.
    pub quantiser: u8,
    /// Place of its Huffman table for the first coefficient.
    pub dc: u8,
    /// Place of its Huffman table for the others.
    pub ac: u8,
}

/// Bits that are looked up at once.
const LOOKUP_BITS: u8 = 9;

/// A Huffman table (ITU-T T.81, annex C): codes of one length are consecutive.
pub struct Huffman {
    counts: [u8; 16],
    symbols: Vec<u8>,
    /// Length and symbol of each short code, with whatever follows it; length 0 where the code is longer.
    short: Vec<(u8, u8)>,
}

impl Huffman {
    /// Reads one table of a segment: its place, itself, and the rest.
    pub fn read(segment: &[u8]) -> Option<(u8, Self, &[u8])> {
        let (head, rest) = segment.split_at_checked(17)?;
        let mut counts = [0; 16];
        counts.copy_from_slice(&head[1..]);
        let (symbols, rest) =
            rest.split_at_checked(counts.iter().map(|n| usize::from(*n)).sum())?;
        Some((head[0], Self::of(counts, symbols), rest))
    }

    /// A table of so many codes of each length, with these symbols.
    pub fn of(counts: [u8; 16], symbols: &[u8]) -> Self {
        let mut short = vec![(0, 0); 1 << LOOKUP_BITS];
        let (mut code, mut place) = (0_usize, 0_usize);
        for (length, count) in (1..=LOOKUP_BITS).zip(counts) {
            for _ in 0..count {
                let spare = LOOKUP_BITS - length;
                let range = code << spare..(code + 1) << spare;
                // A broken table may count more codes than there are, or than it has symbols for.
                if let (Some(places), Some(symbol)) = (short.get_mut(range), symbols.get(place)) {
                    places.fill((length, *symbol));
                }
                (code, place) = (code + 1, place + 1);
            }
            code <<= 1;
        }
        Self { counts, symbols: symbols.to_vec(), short }
    }

    fn symbol(&self, bits: &mut Bits<'_>) -> Result<u8, Fault> {
        let (length, symbol) = self.short[bits.peek(LOOKUP_BITS)];
        if length > 0 && bits.take(length).is_ok() {
            return Ok(symbol);
        }
        let (mut code, mut first, mut place) = (0_u32, 0_u32, 0_usize);
        for count in self.counts {
            code = code << 1 | bits.take(1)?;
            let count = u32::from(count);
            if let Some(nth) = code.checked_sub(first).filter(|nth| *nth < count) {
                let symbol = self.symbols.get(place + nth as usize);
                return symbol.copied().ok_or(Fault::Rule("a picture with a broken Huffman table"));
            }
            place += count as usize;
            first = (first + count) << 1;
        }
        Err(Fault::Rule("a picture with an unknown code"))
    }
}

/// Number of bytes that the scan takes, padding included; the padding must be ones.
pub fn length(
    scan: &[u8],
    components: &[Component],
    tables: &[(u8, Huffman)],
    (width_px, height_px): (u16, u16),
) -> Result<usize, Fault> {
    let most = |of: fn(&Component) -> u8| u16::from(components.iter().map(of).max().unwrap_or(1));
    let (across, down) = (most(|c| c.across), most(|c| c.down));
    let units = u32::from(width_px.div_ceil(8 * across)) * u32::from(height_px.div_ceil(8 * down));
    let table = |place: u8| {
        let found = tables.iter().find(|(known, _)| *known == place);
        found.map(|(_, table)| table).ok_or(Fault::Rule("a picture without its Huffman table"))
    };
    let mut bits = Bits { scan, at: 0, held: 0, count: 0, end: None };
    for _ in 0..units {
        for component in components {
            let (dc, ac) = (table(component.dc)?, table(component.ac)?);
            for _ in 0..component.across * component.down {
                block(dc, ac, &mut bits)?;
            }
        }
    }
    bits.end()
}

fn block(dc: &Huffman, ac: &Huffman, bits: &mut Bits<'_>) -> Result<(), Fault> {
    let size = dc.symbol(bits)?;
    if size > 11 {
        return Err(Fault::Rule("a picture with an impossible coefficient"));
    }
    bits.take(size)?;
    let mut place = 1_u8;
    while place < 64 {
        let symbol = ac.symbol(bits)?;
        match (symbol >> 4, symbol & 15) {
            (0, 0) => break,
            (15, 0) => place += 16,
            (_, 0) | (_, 11..) => {
                return Err(Fault::Rule("a picture with an impossible coefficient"));
            }
            (run, size) => {
                place += run + 1;
                bits.take(size)?;
            }
        }
    }
    if place > 64 { Err(Fault::Rule("a picture with too many coefficients")) } else { Ok(()) }
}

/// Bits of a scan, with stuffed zeros taken out.
struct Bits<'a> {
    scan: &'a [u8],
    at: usize,
    held: u64,
    count: u8,
    /// Why there are no more.
    end: Option<Fault>,
}

impl Bits<'_> {
    fn fill(&mut self) {
        while self.count <= 48 && self.end.is_none() {
            match (self.scan.get(self.at), self.scan.get(self.at + 1)) {
                (None, _) | (Some(0xFF), None) => self.end = Some(Fault::Cut),
                (Some(0xFF), Some(0)) => self.hold(0xFF, 2),
                (Some(0xFF), Some(_)) => {
                    self.end = Some(Fault::Rule("a picture whose blocks end too early"));
                }
                (Some(byte), _) => self.hold(*byte, 1),
            }
        }
    }

    fn hold(&mut self, byte: u8, read: usize) {
        self.held = self.held << 8 | u64::from(byte);
        self.count += 8;
        self.at += read;
    }

    /// The next bits, with zeros behind the last.
    fn peek(&mut self, number: u8) -> usize {
        if self.count < number {
            self.fill();
        }
        let bits = match self.count.checked_sub(number) {
            Some(more) => self.held >> more,
            None => self.held << (number - self.count),
        };
        bits as usize & ((1 << number) - 1)
    }

    fn take(&mut self, number: u8) -> Result<u32, Fault> {
        if self.count < number {
            self.fill();
        }
        let left = self.count.checked_sub(number).ok_or(self.end.unwrap_or(Fault::Cut))?;
        self.count = left;
        Ok((self.held >> left) as u32 & ((1 << number) - 1))
    }

    /// The bits left over in the last byte must be ones, and no whole byte may follow it.
    fn end(mut self) -> Result<usize, Fault> {
        self.fill();
        if self.count >= 8 {
            return Err(Fault::Rule("bytes behind the last block of a picture"));
        }
        let left = self.count;
        let ones = (1 << left) - 1;
        if self.take(left)? == ones {
            Ok(self.at)
        } else {
            Err(Fault::Rule("a picture with bits in its padding"))
        }
    }
}
