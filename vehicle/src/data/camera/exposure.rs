//! A frame on its way: taken for what was ordered, held, and decided on.
//!
//! **Never:** touches a frame that nobody ordered; lets a held one out but covered.

use super::filming::Copying;
use super::held::Held;
use super::{Camera, Moment, Still, Tells};
use crate::data::exif::{Told, exif};
use crate::data::people::{FRAME_TICKS, Look};
use crate::data::picture::{Pixels, QUALITY, THUMBNAIL_QUALITY, THUMBNAIL_TIMES, with_exif};
use crate::data::scrub::Covered;
use crate::data::whole::{Capture, Deed, Unfinished};
use crate::gate::Parcel;
use crate::radio::words::Text;
use crate::senses::{Frame, TICKS_PER_S, Tick};
use alloc::format;
use alloc::vec::Vec;

/// Films and the live view take every second frame.
const MOVING_TICKS: u64 = 2 * FRAME_TICKS;
/// A film that is longer is not copied for sharing.
const COPY_MS_MAX: u64 = 20_000;
/// Steps of the clock of RTP in a tick.
const TICK_90KHZ: u64 = 90_000 / TICKS_PER_S;

impl Camera {
    /// How long the film under way is by now, in ticks.
    pub(crate) fn film_ticks(&self, now: Tick) -> Option<u64> {
        self.film.as_ref().map(|film| film.age_ticks(now).unwrap_or(0))
    }

    /// Whether a still is ordered that was not taken yet.
    pub(crate) fn is_ordered(&self) -> bool {
        self.ordered.is_some()
    }

    /// Takes what was ordered from a new frame, and holds the frame for what needs scrubbing.
    pub(super) fn look(&mut self, frame: &dyn Frame, moment: &Moment<'_>, deeds: &mut Vec<Deed>) {
        let is_moving = moment.now.0.is_multiple_of(MOVING_TICKS);
        let films = is_moving && self.film.is_some();
        let is_viewed = is_moving && self.is_viewed;
        let order = self.ordered.take();
        if order.is_none() && !films && !is_viewed {
            return;
        }
        let Some(pixels) = Pixels::of(frame) else { return };
        let mut held = Held::new(moment.now, pixels, is_viewed);
        if let Some((object, tells)) = order {
            held.place = moment.place.filter(|_| tells.place);
            let serial = moment.serial.filter(|_| tells.serial);
            if let Some(deed) = self.take_still(object, &held, serial, moment) {
                held.still = Some(object);
                deeds.push(deed);
            }
        }
        if films {
            held.film = self.expose(moment.now, &held.pixels, deeds);
        }
        if held.is_wanted() {
            self.held.push_back(held);
        }
    }

    fn take_still(
        &mut self,
        object: u32,
        held: &Held,
        serial: Option<&str>,
        moment: &Moment<'_>,
    ) -> Option<Deed> {
        let thumbnail = held.pixels.smaller(THUMBNAIL_TIMES).jpeg(THUMBNAIL_QUALITY)?;
        let taken = Some((moment.version, moment.now));
        let told = Told { taken, place: held.place, serial, thumbnail: &thumbnail };
        let bytes = with_exif(&held.pixels.jpeg(QUALITY)?, &exif(&told));
        let tells = Tells { place: held.place.is_some(), serial: serial.is_some() };
        let capture = Capture::Still(object);
        let mut file = Unfinished::grows(capture, format!("DCIM/100HUSHW/HW_{object:04}.JPG"));
        file.grow(bytes.len());
        file.complete(moment.now, Some(Text::StillTaken));
        let parcel = Parcel::still(object, file.path(), Still { bytes, tells });
        self.unfinished.push(file);
        Some(Deed { of: Some(capture), parcels: Vec::from([parcel]), text: None })
    }

    /// Adds a frame to the film; for which film and at what time of it a copy of the frame is wanted.
    fn expose(&mut self, now: Tick, pixels: &Pixels, deeds: &mut Vec<Deed>) -> Option<(u32, u64)> {
        let film = self.film.as_mut()?;
        let object = film.object();
        let at_ms = film.expose(now, pixels);
        if at_ms == 0 {
            self.copying.push(Copying::new(object, pixels));
        }
        if at_ms == COPY_MS_MAX {
            self.copying.retain(|copy| copy.object() != object);
            deeds.push(Deed::told(Text::FilmKeptPrivate));
        }
        (at_ms < COPY_MS_MAX).then_some((object, at_ms))
    }

    /// A held frame has waited long enough: it is covered for all that it was taken for, or dropped.
    pub(super) fn decide(&mut self, held: Held, boot: Tick, deeds: &mut Vec<Deed>) {
        let Held { frame, pixels, place, still, film, is_viewed } = held;
        let covered = match self.people.look(frame) {
            Look::Cover(areas) => Some(Covered::of(pixels, &areas)),
            Look::NotYet | Look::CannotTell => None,
        };
        if is_viewed {
            let at_90khz = ((frame.0 - boot.0) * TICK_90KHZ) as u32;
            let packets = self.stream.packets(covered.as_ref(), at_90khz);
            let parcels = packets.into_iter().map(Parcel::live).collect();
            deeds.push(Deed { of: Some(Capture::View), parcels, text: None });
        }
        if let Some((object, at_ms)) = film
            && let Some(copy) = self.copying.iter_mut().find(|copy| copy.object() == object)
            && let Some(covered) = &covered
        {
            copy.add(at_ms, covered);
        }
        if let Some(object) = still {
            let keep = |covered| self.copies.keep_still(object, covered, place);
            if !covered.as_ref().is_some_and(keep) {
                deeds.push(Deed::told(Text::StillKeptPrivate));
            }
        }
    }
}
