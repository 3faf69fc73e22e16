//! A film being taken: the file as taken, cluster by cluster, and the scrubbed copy that grows behind it.
//!
//! **Never:** writes but once a second; puts sound into the copy.

use crate::data::film::{Cluster, head};
use crate::data::picture::{Pixels, QUALITY};
use crate::data::scrub::{Covered, CoveredFilm, Scrubbed};
use crate::data::whole::{Capture, Deed, Unfinished};
use crate::gate::{Door, Parcel};
use crate::senses::{SAMPLES_PER_TICK, TICKS_PER_S, Tick};
use alloc::format;
use alloc::vec::Vec;

const MS_PER_TICK: u64 = 1_000 / TICKS_PER_S;
/// Sound goes into the file in blocks of a fifth of a second.
const SOUND_TICKS: u64 = TICKS_PER_S / 5;

/// A part of a film as taken: faces may be in it, and sound. Made here and nowhere else.
pub struct Film {
    bytes: Vec<u8>,
    has_sound: bool,
}

impl Film {
    pub(crate) fn has_sound(&self) -> bool {
        self.has_sound
    }

    pub(crate) fn open(self, _: &Door) -> Vec<u8> {
        self.bytes
    }
}

/// A film that goes on.
pub(super) struct Filming {
    object: u32,
    has_sound: bool,
    /// Tick of its first frame.
    began: Option<Tick>,
    /// What goes before the next cluster: the head of the file, once.
    head: Vec<u8>,
    cluster: Cluster,
    sound: Vec<i16>,
    file: Unfinished,
}

impl Filming {
    /// A film that begins with the next frame.
    pub(super) fn new(object: u32, has_sound: bool) -> Self {
        let path = format!("DCIM/100HUSHW/HW_{object:04}.MKV");
        Self {
            object,
            has_sound,
            began: None,
            head: Vec::new(),
            cluster: Cluster::from(0),
            sound: Vec::new(),
            file: Unfinished::grows(Capture::Film(object), path),
        }
    }

    pub(super) fn object(&self) -> u32 {
        self.object
    }

    /// Whether another second of it begins in this tick.
    pub(super) fn begins_a_second(&self, now: Tick) -> bool {
        self.age_ticks(now).is_some_and(|age| age.is_multiple_of(TICKS_PER_S))
    }

    /// Closes what ends in this tick: a block of sound, a cluster.
    pub(super) fn roll(&mut self, now: Tick) -> Option<Deed> {
        let age = self.age_ticks(now).filter(|age| *age > 0)?;
        if age.is_multiple_of(SOUND_TICKS) {
            self.put_sound();
        }
        age.is_multiple_of(TICKS_PER_S).then(|| self.write(age * MS_PER_TICK))
    }

    /// Adds a frame; at what time of the film.
    pub(super) fn expose(&mut self, now: Tick, pixels: &Pixels) -> u64 {
        if self.began.is_none() {
            self.began = Some(now);
            self.head = head(pixels.width_px, pixels.height_px, self.has_sound);
        }
        let at_ms = self.age_ticks(now).unwrap_or(0) * MS_PER_TICK;
        if let Some(jpeg) = pixels.jpeg(QUALITY) {
            self.cluster.picture(at_ms, &jpeg);
        }
        at_ms
    }

    /// Takes in the tick's sound, if the film has a track for it: silence where the microphone is off by now.
    pub(super) fn hear(&mut self, samples: Option<&[i16]>) {
        if self.has_sound && self.began.is_some() {
            self.sound.extend(samples.unwrap_or(&[0; SAMPLES_PER_TICK]));
        }
    }

    /// Ends it: the last write, and the file if there is anything in it.
    pub(super) fn end(mut self, now: Tick) -> (Deed, Option<Unfinished>) {
        let of = Some(Capture::Film(self.object));
        if self.began.is_none() {
            return (Deed { of, parcels: Vec::new(), text: None }, None);
        }
        self.put_sound();
        let last = self.write(0);
        self.file.complete(now, None);
        (last, Some(self.file))
    }

    pub(super) fn age_ticks(&self, now: Tick) -> Option<u64> {
        self.began.map(|began| now.0.saturating_sub(began.0))
    }

    fn put_sound(&mut self) {
        let samples = core::mem::take(&mut self.sound);
        if !samples.is_empty() {
            self.cluster.sound(&samples);
        }
    }

    fn write(&mut self, next_from_ms: u64) -> Deed {
        let cluster = core::mem::replace(&mut self.cluster, Cluster::from(next_from_ms));
        let head = core::mem::take(&mut self.head);
        let bytes = [head, cluster.close().unwrap_or_default()].concat();
        let of = Some(Capture::Film(self.object));
        if bytes.is_empty() {
            return Deed { of, parcels: Vec::new(), text: None };
        }
        self.file.grow(bytes.len());
        let film = Film { bytes, has_sound: self.has_sound };
        let parcel = Parcel::film(self.object, self.file.path(), film);
        Deed { of, parcels: Vec::from([parcel]), text: None }
    }
}

/// The scrubbed copy of a film, as far as its frames have been decided on.
pub(super) struct Copying {
    object: u32,
    film: CoveredFilm,
    frames: u32,
}

impl Copying {
    pub(super) fn new(object: u32, pixels: &Pixels) -> Self {
        let film = CoveredFilm::new(pixels.width_px, pixels.height_px);
        Self { object, film, frames: 0 }
    }

    pub(super) fn object(&self) -> u32 {
        self.object
    }

    pub(super) fn add(&mut self, at_ms: u64, covered: &Covered) {
        self.film.add(at_ms, covered);
        self.frames += 1;
    }

    /// The copy; none if no frame of it could be shown.
    pub(super) fn end(self) -> Option<(u32, Scrubbed)> {
        (self.frames > 0).then(|| (self.object, Scrubbed::film(self.film)))
    }
}
