//! The external microphone: records to the card while the pilot has it on.
//!
//! The file is Sun AU (16-bit PCM, big-endian, 16 kHz, mono), whose length may be left open: an append-only card
//! never needs a header patched. It has its name when it is whole.
//!
//! **Never:** looks at a sample while off; lets anything but time decide when it writes; shows a level, a gain or
//! a size.

use super::camera::Order;
use super::store::{SOUND_BYTES_PER_S, Store};
use super::whole::{Capture, Deed, Unfinished};
use crate::gate::{Door, Parcel};
use crate::radio::words::Text;
use crate::senses::{Storage, TICKS_PER_S, Tick};
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
    recording: Option<Recording>,
    unfinished: Vec<Unfinished>,
}

struct Recording {
    object: u32,
    since: Tick,
    pending: Vec<u8>,
    file: Unfinished,
}

impl Recorder {
    pub(crate) fn new(first_object: u32) -> Self {
        Self { next_object: first_object, recording: None, unfinished: Vec::new() }
    }

    /// Forgets everything but which numbers were given.
    pub(crate) fn reset(&mut self) {
        *self = Self::new(self.next_object);
    }

    pub(crate) fn is_on(&self) -> bool {
        self.recording.is_some()
    }

    /// The number of the recording under way.
    pub(crate) fn object(&self) -> Option<u32> {
        self.recording.as_ref().map(|recording| recording.object)
    }

    /// Starts a recording.
    pub(crate) fn start(&mut self, now: Tick, store: &Store) -> Order {
        if self.recording.is_some() {
            return Order::Busy;
        }
        if let Err(text) = store.may_capture(now, SOUND_BYTES_PER_S) {
            return Order::No(text);
        }
        let object = self.next_object;
        self.next_object += 1;
        let (header, size, encoding, rate, channels) = (24_u32, u32::MAX, 3_u32, 16_000_u32, 1_u32);
        let fields = [header, size, encoding, rate, channels].map(u32::to_be_bytes);
        let pending = [&b".snd"[..], fields.as_flattened()].concat();
        let path = format!("SOUND/SND_{object:04}.AU");
        let file = Unfinished::grows(Capture::Sound(object), path);
        self.recording = Some(Recording { object, since: now, pending, file });
        Order::Given(object)
    }

    /// Takes in the tick's sound; what there is to do.
    pub(crate) fn hear(
        &mut self,
        now: Tick,
        samples: &[i16],
        store: &mut Store,
        card: &dyn Storage,
    ) -> Vec<Deed> {
        let mut deeds = Vec::new();
        self.unfinished.retain_mut(|file| {
            let step = file.proceed(now, card);
            deeds.extend(step.deed);
            step.stays
        });
        let Some(recording) = &mut self.recording else { return deeds };
        let age_ticks = now.0 - recording.since.0;
        if age_ticks.is_multiple_of(TICKS_PER_S) {
            if let Err(text) = store.may_capture(now, SOUND_BYTES_PER_S) {
                deeds.extend(self.stop(now).map(|(_, last)| last));
                deeds.extend([Text::RecordingStopped, text].map(Deed::told));
                return deeds;
            }
            store.charge(SOUND_BYTES_PER_S);
        }
        recording.pending.extend(samples.iter().flat_map(|s| s.to_be_bytes()));
        if recording.pending.len() >= 2 * SAMPLES_PER_WRITE {
            deeds.extend(recording.write());
        }
        deeds
    }

    /// Stops; the recording's number and its last write.
    pub(crate) fn stop(&mut self, now: Tick) -> Option<(u32, Deed)> {
        let mut recording = self.recording.take()?;
        let of = Some(Capture::Sound(recording.object));
        let last = recording.write().unwrap_or(Deed { of, parcels: Vec::new(), text: None });
        recording.file.complete(now, None);
        self.unfinished.push(recording.file);
        Some((recording.object, last))
    }

    /// The gate has refused a part of it.
    pub(crate) fn refused(&mut self, capture: Capture) {
        let is_meant = |recording: &mut Recording| Capture::Sound(recording.object) == capture;
        if let Some(recording) = self.recording.take_if(is_meant) {
            self.unfinished.push(recording.file);
        }
        for file in self.unfinished.iter_mut().filter(|file| file.of == capture) {
            file.give_up();
        }
    }
}

impl Recording {
    fn write(&mut self) -> Option<Deed> {
        let bytes = core::mem::take(&mut self.pending);
        self.file.grow(bytes.len());
        let write = || Parcel::sound(self.object, self.file.path(), Sound(bytes.clone()));
        let of = Some(Capture::Sound(self.object));
        (!bytes.is_empty()).then(|| Deed { of, parcels: Vec::from([write()]), text: None })
    }
}
