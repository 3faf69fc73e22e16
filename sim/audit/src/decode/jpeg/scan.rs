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

/// A Huffman table (ITU-T T.81, annex C): codes of one length are consecutive.
pub struct Huffman {
    counts: [u8; 16],
    symbols: Vec<u8>,
}

impl Huffman {
    /// Reads one table of a segment: its place, itself, and the rest.
    pub fn read(segment: &[u8]) -> Option<(u8, Self, &[u8])> {
        let (head, rest) = segment.split_at_checked(17)?;
        let mut counts = [0; 16];
        counts.copy_from_slice(&head[1..]);
        let (symbols, rest) =
            rest.split_at_checked(counts.iter().map(|n| usize::from(*n)).sum())?;
        Some((head[0], Self { counts, symbols: symbols.to_vec() }, rest))
    }

    fn symbol(&self, bits: &mut Bits<'_>) -> Result<u8, Fault> {
        let (mut code, mut first, mut place) = (0_u32, 0_u32, 0_usize);
        for count in self.counts {
            code = code << 1 | bits.take(1)?;
            let count = u32::from(count);
            // A broken table may count more codes than there are; then none of them is ever below `first`.
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
    let mut bits = Bits { scan, at: 0, held: 0, count: 0 };
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
    held: u32,
    count: u8,
}

impl Bits<'_> {
    fn take(&mut self, number: u8) -> Result<u32, Fault> {
        while self.count < number {
            let byte = *self.scan.get(self.at).ok_or(Fault::Cut)?;
            self.at += 1;
            if byte == 0xFF {
                match self.scan.get(self.at) {
                    None => return Err(Fault::Cut),
                    Some(0) => self.at += 1,
                    Some(_) => return Err(Fault::Rule("a picture whose blocks end too early")),
                }
            }
            self.held = (self.held & 0xFFFF) << 8 | u32::from(byte);
            self.count += 8;
        }
        self.count -= number;
        Ok(self.held >> self.count & ((1 << number) - 1))
    }

    /// The bits left over in the last byte must be ones.
    fn end(mut self) -> Result<usize, Fault> {
        let left = self.count;
        let ones = (1 << left) - 1;
        if self.take(left)? == ones {
            Ok(self.at)
        } else {
            Err(Fault::Rule("a picture with bits in its padding"))
        }
    }
}
