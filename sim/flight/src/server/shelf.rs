//! What the servers keep: objects of one owner, part by part, for that owner's eyes.
//!
//! **Never:** tells a stranger whether an object is there; gives more than the one object that was asked for.

use std::collections::BTreeMap;

/// Bytes kept for one owner; what comes later is taken and thrown away.
const KEPT_BYTES_MAX: usize = 16 << 20;

/// Who asks for an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Asker {
    /// The owner, over the connection of their own vehicle.
    Owner,
    /// Anybody else.
    Stranger,
}

/// The objects of one owner.
#[derive(Default)]
pub(super) struct Shelf {
    objects: BTreeMap<String, Vec<u8>>,
    kept_bytes: usize,
    refused: u32,
}

impl Shelf {
    pub(super) fn store(&mut self, path: &str, bytes: &[u8]) {
        let before = self.objects.get(path).map_or(0, Vec::len);
        let after = self.kept_bytes - before + bytes.len();
        if after <= KEPT_BYTES_MAX {
            self.objects.insert(path.to_owned(), bytes.to_vec());
            self.kept_bytes = after;
        }
    }

    /// The object at exactly this path. No and not there are the same answer.
    pub(super) fn read(&mut self, asker: Asker, path: &str) -> Option<&[u8]> {
        match asker {
            Asker::Owner => self.objects.get(path).map(Vec::as_slice),
            Asker::Stranger => {
                self.refused += 1;
                None
            }
        }
    }

    /// How often a stranger was refused.
    pub(super) fn refused(&self) -> u32 {
        self.refused
    }
}
