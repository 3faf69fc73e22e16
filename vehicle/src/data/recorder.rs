//! The external microphone: records to the card while the pilot has it on.
//!
//! The file is Sun AU (16-bit PCM, big-endian, 16 kHz, mono), whose length may be left open: an append-only card
//! never needs a header patched, and a cut recording still plays.
//!
//! **Never:** looks at a sample while off; lets anything but time decide when it writes.

use crate::gate::{Door, Parcel};
use alloc::format;
use alloc::vec::Vec;

const SAMPLES_PER_WRITE: usize = 8_000;

/// Recorded sound. Made here and nowhere else.
pub struct Sound(Vec<u8>);

impl Sound {
    pub(crate) fn open(self, _: &Door) -> Vec<u8> {
        self.0
    }
}

/// A recording under way, if any.
pub(crate) struct Recorder {
    next_object: u32,
    object: Option<u32>,
    pending: Vec<u8>,
}

impl Recorder {
    pub(crate) fn new(first_object: u32) -> Self {
        Self { next_object: first_object, object: None, pending: Vec::new() }
    }

    pub(crate) fn is_on(&self) -> bool {
        self.object.is_some()
    }

    /// Starts a recording; its number. `None` if one is under way.
    pub(crate) fn start(&mut self) -> Option<u32> {
        if self.object.is_some() {
            return None;
        }
        self.object = Some(self.next_object);
        self.next_object += 1;
        let (header, size, encoding, rate, channels) = (24_u32, u32::MAX, 3_u32, 16_000_u32, 1_u32);
        self.pending.extend(b".snd");
        for field in [header, size, encoding, rate, channels] {
            self.pending.extend(field.to_be_bytes());
        }
        self.object
    }

    /// Takes in the tick's sound; what there is to write.
    pub(crate) fn hear(&mut self, samples: &[i16]) -> Option<Parcel> {
        self.object?;
        self.pending.extend(samples.iter().flat_map(|s| s.to_be_bytes()));
        (self.pending.len() >= 2 * SAMPLES_PER_WRITE).then(|| self.write()).flatten()
    }

    /// Stops; the recording's number and its last write.
    pub(crate) fn stop(&mut self) -> Option<(u32, Option<Parcel>)> {
        let object = self.object?;
        let last = self.write();
        self.object = None;
        Some((object, last))
    }

    fn write(&mut self) -> Option<Parcel> {
        let object = self.object?;
        let bytes = core::mem::take(&mut self.pending);
        let path = format!("SOUND/SND_{object:04}.AU");
        (!bytes.is_empty()).then(|| Parcel::sound(object, path, Sound(bytes)))
    }
}
