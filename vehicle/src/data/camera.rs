//! The camera: stills, films and the live view, each on the pilot's command alone.
//!
//! What is taken goes to the card as it is. A scrubbed copy of it waits in memory in case the pilot shares it; the
//! live view is scrubbed too. For scrubbing a frame is held, raw, for eight tenths of a second, so that the vision
//! chip can say what was in it and in the frames after it. Then it is decided on, whether that came or not.
//!
//! **Never:** looks at a frame without a command; keeps an unscrubbed picture longer; counts or compares faces.

mod copies;
mod exposure;
mod filming;
mod held;

use super::exif::Place;
use super::live_view::Stream;
use super::people::People;
use super::scrub::Scrubbed;
use super::store::{FILM_BYTES_PER_S, STILL_BYTES, Store, number_of};
use super::whole::{Capture, Deed, Unfinished};
use crate::gate::Door;
use crate::radio::words::Text;
use crate::senses::{Findings, Frame, Storage, Tick};
use crate::words::Recipient;
use alloc::collections::VecDeque;
use alloc::vec::Vec;
use copies::Copies;
use filming::{Copying, Filming};
use held::Held;

pub use filming::Film;

/// A picture as taken: faces may be in it, and its place and the serial number. Made here and nowhere else.
pub struct Still {
    bytes: Vec<u8>,
    tells: Tells,
}

/// What a picture tells beside itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Tells {
    /// Where it was taken.
    pub place: bool,
    /// By which aircraft.
    pub serial: bool,
}

impl Still {
    pub(crate) fn tells(&self) -> Tells {
        self.tells
    }

    pub(crate) fn open(self, _: &Door) -> Vec<u8> {
        self.bytes
    }
}

/// What the camera needs to know in a tick.
pub(crate) struct Moment<'a> {
    /// Now.
    pub now: Tick,
    /// First tick since power-on.
    pub boot: Tick,
    /// A new frame.
    pub frame: Option<&'a dyn Frame>,
    /// What the vision chip says of an earlier one.
    pub findings: Option<&'a Findings<'a>>,
    /// The tick's sound, while the external microphone is on.
    pub microphone: Option<&'a [i16]>,
    /// The card as it stands.
    pub card: &'a dyn Storage,
    /// Version of the firmware.
    pub version: &'a str,
    /// Where the aircraft is, if pictures may tell that and it is known.
    pub place: Option<Place>,
    /// Its serial number, if pictures may tell that.
    pub serial: Option<&'a str>,
}

/// What came of an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Order {
    /// It will have this number.
    Given(u32),
    /// It was given before, and is not carried out again.
    Again,
    /// One is under way, or none.
    Busy,
    /// There is no room on the card, or it fails.
    No(Text),
}

/// The camera's orders, the frames it holds, and the copies that may be shared.
pub(crate) struct Camera {
    next_object: u32,
    last_sequence: Option<u32>,
    ordered: Option<(u32, Tells)>,
    film: Option<Filming>,
    copying: Vec<Copying>,
    is_viewed: bool,
    stream: Stream,
    people: People,
    held: VecDeque<Held>,
    unfinished: Vec<Unfinished>,
    copies: Copies,
}

impl Camera {
    /// A camera whose next still or film has this number.
    pub(crate) fn new(first_object: u32) -> Self {
        Self {
            next_object: first_object,
            last_sequence: None,
            ordered: None,
            film: None,
            copying: Vec::new(),
            is_viewed: false,
            stream: Stream::new(),
            people: People::new(),
            held: VecDeque::new(),
            unfinished: Vec::new(),
            copies: Copies::none(),
        }
    }

    /// Forgets everything but which numbers were given: within a boot none is given twice.
    pub(crate) fn reset(&mut self) {
        *self = Self::new(self.next_object);
    }

    /// Orders a still from the next frame. A sequence number that is not 0 is good for one order.
    pub(crate) fn order_still(
        &mut self,
        now: Tick,
        sequence: u32,
        tells: Tells,
        store: &mut Store,
    ) -> Order {
        if sequence != 0 && self.last_sequence == Some(sequence) {
            return Order::Again;
        }
        if self.ordered.is_some() {
            return Order::Busy;
        }
        if let Err(text) = store.may_capture(now, STILL_BYTES) {
            return Order::No(text);
        }
        store.charge(STILL_BYTES);
        // What has no number is no order that could come again, and makes none of the one before it new.
        if sequence != 0 {
            self.last_sequence = Some(sequence);
        }
        let object = self.number();
        self.ordered = Some((object, tells));
        Order::Given(object)
    }

    /// Starts a film, with a sound track if the external microphone records.
    pub(crate) fn start_film(&mut self, now: Tick, has_sound: bool, store: &Store) -> Order {
        if self.film.is_some() {
            return Order::Busy;
        }
        if let Err(text) = store.may_capture(now, FILM_BYTES_PER_S) {
            return Order::No(text);
        }
        let object = self.number();
        self.film = Some(Filming::new(object, has_sound));
        Order::Given(object)
    }

    /// Stops the film; its number and its last write.
    pub(crate) fn stop_film(&mut self, now: Tick) -> Option<(u32, Deed)> {
        let film = self.film.take()?;
        let object = film.object();
        let (last, file) = film.end(now);
        self.unfinished.extend(file);
        Some((object, last))
    }

    /// Whether a film is being taken, and which.
    pub(crate) fn film(&self) -> Option<u32> {
        self.film.as_ref().map(Filming::object)
    }

    /// Whether the live view is on.
    pub(crate) fn is_viewed(&self) -> bool {
        self.is_viewed
    }

    /// Switches the live view; whether that changed anything.
    pub(crate) fn switch_view(&mut self, on: bool) -> bool {
        if !on {
            // What was taken for the view is not shown after it, not even in the next one.
            self.held.iter_mut().for_each(Held::hide);
        }
        core::mem::replace(&mut self.is_viewed, on) != on
    }

    /// The scrubbed copy of a still or a film for somebody: with its place where that is granted as well.
    pub(crate) fn shared(&self, object: u32, to: Recipient) -> Option<&Scrubbed> {
        self.copies.shared(object, to)
    }

    /// Takes note of whom the ledger lets know the place of which still.
    pub(crate) fn let_place(&mut self, may: impl Fn(u32, Recipient) -> bool) {
        self.copies.let_place(may);
    }

    /// The pilot has removed a file: what was to be shared of it goes too.
    pub(crate) fn forget(&mut self, path: &str) {
        if let Some(object) = number_of(path, "DCIM/100HUSHW/HW_") {
            self.drop_copies(Capture::Still(object));
            self.drop_copies(Capture::Film(object));
        }
    }

    /// The gate has refused what belongs to a capture: it ends, and nothing of it stays.
    pub(crate) fn refused(&mut self, capture: Capture) {
        if let Some(film) = self.film.take_if(|film| Capture::Film(film.object()) == capture) {
            self.unfinished.extend(film.end(Tick(0)).1);
        }
        if capture == Capture::View {
            self.switch_view(false);
        }
        self.drop_copies(capture);
        for file in self.unfinished.iter_mut().filter(|file| file.of == capture) {
            file.give_up();
        }
    }

    /// One tick: what is to be done, in order.
    pub(crate) fn step(&mut self, moment: &Moment<'_>, store: &mut Store) -> Vec<Deed> {
        if let Some(findings) = moment.findings {
            self.people.find(findings);
        }
        let mut deeds = self.finish(moment);
        while let Some(held) = self.held.pop_front_if(|held| held.is_due(moment.now)) {
            self.decide(held, moment.boot, &mut deeds);
        }
        self.end_copies(&mut deeds);
        self.roll(moment.now, store, &mut deeds);
        if let Some(frame) = moment.frame {
            self.look(frame, moment, &mut deeds);
        }
        if let Some(film) = &mut self.film {
            film.hear(moment.microphone);
        }
        deeds
    }

    /// Gives files their names, or gives them up.
    fn finish(&mut self, moment: &Moment<'_>) -> Vec<Deed> {
        let mut deeds = Vec::new();
        let mut lost = Vec::new();
        self.unfinished.retain_mut(|file| {
            let step = file.proceed(moment.now, moment.card);
            deeds.extend(step.deed);
            lost.extend(step.is_lost.then_some(file.of));
            step.stays
        });
        // What is not on the card is not shared either.
        lost.into_iter().for_each(|capture| self.drop_copies(capture));
        deeds
    }

    /// Copies of films whose last frame has been decided on.
    fn end_copies(&mut self, deeds: &mut Vec<Deed>) {
        let (held, filming) = (&self.held, self.film());
        let is_held = |object| held.iter().any(|held| held.is_of_film(object));
        let is_over =
            |copy: &mut Copying| filming != Some(copy.object()) && !is_held(copy.object());
        for copy in self.copying.extract_if(.., is_over) {
            match copy.end() {
                Some((object, film)) => self.copies.keep_film(object, film),
                None => deeds.push(Deed::told(Text::FilmKeptPrivate)),
            }
        }
    }

    /// The film goes on, or ends where the card does.
    fn roll(&mut self, now: Tick, store: &mut Store, deeds: &mut Vec<Deed>) {
        let Some(film) = &mut self.film else { return };
        deeds.extend(film.roll(now));
        if !film.begins_a_second(now) {
            return;
        }
        if let Err(text) = store.may_capture(now, FILM_BYTES_PER_S) {
            deeds.extend(self.stop_film(now).map(|(_, last)| last));
            deeds.extend([Text::FilmStopped, text].map(Deed::told));
        } else {
            store.charge(FILM_BYTES_PER_S);
        }
    }

    fn drop_copies(&mut self, capture: Capture) {
        self.copies.drop(capture);
        self.held.iter_mut().for_each(|held| held.forget_still(capture));
        self.copying.retain(|copy| Capture::Film(copy.object()) != capture);
    }

    fn number(&mut self) -> u32 {
        let object = self.next_object;
        self.next_object += 1;
        object
    }
}
