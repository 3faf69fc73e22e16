//! What has been uploaded, as the auditor takes it in.
//!
//! **Never:** judges whether an item can be flown.

use super::Station;
use crate::decode::radio::fields::is_on_earth;
use evidence::Tick;

/// DO_JUMP, as it stands in an item.
const JUMP: [u8; 2] = [177, 0];
/// No place on Earth that is flown from is higher or lower, metres.
const HEIGHT_M_MAX: f32 = 1e4;

/// An item as it goes back: everything of MISSION_ITEM_INT, and zeros for whom it is for.
pub type Item = [u8; 38];

/// Home, as a station may have it before the first item of a mission: what it says of it is passed over.
pub const HOME: Item = {
    let mut item = [0; 38];
    (item[30], item[36]) = (16, 1);
    item
};

/// Whether an item tells home as the vehicle has it: somewhere on Earth, and nothing else.
pub fn tells_home(item: &Item) -> bool {
    let four = |at: usize| [item[at], item[at + 1], item[at + 2], item[at + 3]];
    let mut rest = *item;
    rest[16..28].fill(0);
    let (lat_e7, lon_e7) = (i32::from_le_bytes(four(16)), i32::from_le_bytes(four(20)));
    rest == HOME
        && is_on_earth(lat_e7, lon_e7)
        && f32::from_le_bytes(four(24)).abs() <= HEIGHT_M_MAX
}

/// A plan that was accepted, and the one before it.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// Its items.
    pub items: Vec<Item>,
    /// Its number.
    pub id: u32,
    /// Whether the first of them is home, as on the port by which they came.
    pub is_home_first: bool,
    /// How many the plan before had, its number, and whether home was among them: a mission is handed to the flight
    /// when the place is known.
    pub before: (usize, u32, bool),
    /// Whether there ever was one.
    pub was_set: bool,
}

impl Plan {
    /// Another plan takes its place.
    pub fn replace(&mut self, items: Vec<Item>, is_home_first: bool) {
        self.before = (self.items.len(), self.id, self.is_home_first);
        self.is_home_first = is_home_first;
        self.id = number(&items);
        self.items = items;
        self.was_set = true;
    }

    /// How many items it has on a port where home is the first, or is not.
    pub fn count(&self, is_home_first: bool) -> usize {
        counted(self.items.len(), self.is_home_first, is_home_first)
    }

    /// The same of the plan before.
    pub fn count_before(&self, is_home_first: bool) -> usize {
        let (count, _, was_home_first) = self.before;
        counted(count, was_home_first, is_home_first)
    }

    /// The item of this number there: as it came, but for its number and for where a jump leads.
    pub fn item(&self, number: u16, is_home_first: bool) -> Option<Item> {
        let by = i32::from(is_home_first) - i32::from(self.is_home_first);
        let own = usize::try_from(i32::from(number) - by).ok()?;
        let mut item = *self.items.get(own)?;
        item[28..30].copy_from_slice(&number.to_le_bytes());
        if item[37] == 0 && item[30..32] == JUMP && by != 0 {
            let to = f32::from_le_bytes([item[0], item[1], item[2], item[3]]) + by as f32;
            item[..4].copy_from_slice(&to.to_le_bytes());
        }
        Some(item)
    }

    /// Whether this may be said on a port of how many items it has.
    pub fn may_count(&self, count: u16, id: u32, is_home_first: bool) -> bool {
        let count = usize::from(count);
        (count, id) == (self.count(is_home_first), self.id)
            || (count, id) == (self.count_before(is_home_first), self.before.1) && !self.was_set
    }
}

fn counted(count: usize, has_home: bool, is_home_first: bool) -> usize {
    match count {
        0 => 0,
        count => count + usize::from(is_home_first) - usize::from(has_home),
    }
}

/// An upload under way.
#[derive(Clone, Debug)]
pub struct Upload {
    /// From whom.
    pub by: Station,
    /// Which plan.
    pub kind: u8,
    count: usize,
    /// What has come in order.
    pub items: Vec<Item>,
    /// When the last of it came.
    pub heard: Tick,
    /// When the next item was last asked for, and how often before.
    pub requested: Option<(Tick, u32)>,
}

impl Upload {
    /// One that has begun; none where there is nothing to upload.
    pub fn begins(by: Station, kind: u8, count: usize, heard: Tick) -> Option<Self> {
        let upload = Self { by, kind, count, items: Vec::new(), heard, requested: None };
        (count > 0 && kind < 3).then_some(upload)
    }

    /// Takes an item if it is the next.
    pub fn takes(&mut self, item: Item, heard: Tick) -> bool {
        let number = usize::from(u16::from_le_bytes([item[28], item[29]]));
        let is_next = number == self.items.len() && !self.is_whole();
        if is_next {
            self.items.push(item);
            (self.heard, self.requested) = (heard, None);
        }
        is_next
    }

    /// Whether every item has come.
    pub fn is_whole(&self) -> bool {
        self.items.len() == self.count
    }
}

/// The item in a message: of the old form, its place in the new one's units.
pub fn item(wire: &[u8; 38], is_float: bool) -> Item {
    let mut item = *wire;
    item[32..34].fill(0);
    if is_float {
        let unit = if matches!(wire[34], 1 | 7 | 8 | 9) { 1e4 } else { 1e7 };
        for at in [16, 20] {
            let four = [wire[at], wire[at + 1], wire[at + 2], wire[at + 3]];
            let place = match f64::from(f32::from_le_bytes(four)) {
                value if value.is_finite() => libm::round(value * unit) as i32,
                _ => i32::MAX,
            };
            item[at..at + 4].copy_from_slice(&place.to_le_bytes());
        }
    }
    item
}

/// CRC-32 (IEEE) over the items; never 0 but for none.
fn number(items: &[Item]) -> u32 {
    let mut crc = !0_u32;
    for byte in items.iter().flatten() {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = if crc & 1 == 1 { (crc >> 1) ^ 0xEDB8_8320 } else { crc >> 1 };
        }
    }
    if items.is_empty() { 0 } else { (!crc).max(1) }
}
