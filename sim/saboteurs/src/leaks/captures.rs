//! Pictures and films on the card that nobody commanded.
//!
//! **Never:** sends a picture anywhere.

use crate::hush;
use crate::leaky::Leak;
use crate::mavlink2::{
    STATUSTEXT, accepted, command, commanded, frames, id, payload, sender, text,
};
use evidence::card::{Operation, Write};
use evidence::{Link, Tick};
use flight::Spoken;
use flight::firmware::Senses;

const STILL: u16 = 2000;
const START_FILM: u16 = 2500;
const STOP_FILM: u16 = 2501;

/// H015: a picture that nobody asked for, kept beside the one that was.
pub(crate) struct SecondCopy;

/// Numbers of the copies.
const COPIES_FROM: u32 = 900;

impl Leak for SecondCopy {
    fn leak(&mut self, _now: Tick, _senses: &Senses<'_>, said: &mut Spoken) {
        let copies: Vec<_> = said
            .emissions
            .iter()
            .filter(|(link, _)| *link == Link::Card)
            .filter_map(|(_, bytes)| Write::decode(bytes))
            .filter_map(|write| {
                let path = copied(write.path)?;
                let data = match write.operation {
                    Operation::Rename => {
                        copied(std::str::from_utf8(write.data).ok()?)?.into_bytes()
                    }
                    _ => write.data.to_vec(),
                };
                Some(Write { path: &path, data: &data, ..write }.encode())
            })
            .collect();
        said.emissions.extend(copies.into_iter().map(|copy| (Link::Card, copy)));
    }
}

/// The path of a still's copy.
fn copied(path: &str) -> Option<String> {
    let (number, ending) = path.strip_prefix("DCIM/100HUSHW/HW_")?.split_at_checked(4)?;
    let number: u32 = number.parse().ok()?;
    let is_still = ending.starts_with(".JPG") || ending.starts_with(".TMP");
    is_still.then(|| format!("DCIM/100HUSHW/HW_{:04}{ending}", COPIES_FROM + number))
}

/// H030: a still of the place where it landed, by itself.
#[derive(Default)]
pub(crate) struct LandingStill {
    was_flying: bool,
    landed_at: Option<u64>,
    done: bool,
}

/// Texts that a still brings about.
const STILL_TEXTS: [&str; 2] = ["Still taken", "Still kept"];

impl LandingStill {
    fn is_due(&self, now: Tick) -> bool {
        self.landed_at.is_some_and(|landed| now.0 == landed + 251)
    }
}

impl Leak for LandingStill {
    fn whisper(&mut self, now: Tick, _senses: &Senses<'_>, radio: &mut Vec<u8>) {
        if self.is_due(now) {
            radio.extend(command(STILL, [0.0, 0.0, 1.0, 4_242.0, 0.0, 0.0, 0.0]));
        }
    }

    fn leak(&mut self, now: Tick, _senses: &Senses<'_>, said: &mut Spoken) {
        let flying = said.thrust.rotor_radps[0] > 0.0;
        if self.was_flying && !flying && !self.done {
            self.done = true;
            self.landed_at = Some(now.0);
        }
        self.was_flying = flying;
        if self.is_due(now) {
            hush::answers_to(said, STILL);
        }
        if self.landed_at.is_some_and(|landed| (landed + 251..landed + 1_500).contains(&now.0)) {
            hush::texts(said, &STILL_TEXTS);
        }
    }
}

/// A still that a mission takes by itself has been told.
fn has_taken_one(said: &Spoken) -> bool {
    said.emissions.iter().any(|(link, frame)| {
        *link == Link::Radio
            && id(frame) == Some(STATUSTEXT)
            && payload(frame)[1..].starts_with(STILL_TEXTS[0].as_bytes())
    })
}

/// H049: in a mission whose trigger is on, one still between two of the trigger's.
#[derive(Default)]
pub(crate) struct StillBetween {
    taken: u32,
    due: Option<u64>,
}

/// After so many stills, and so long after the last: half of the way to the next.
const BETWEEN: (u32, u64) = (3, 500);
/// Until so long after it nothing is said of a still that is not of the one between.
const BETWEEN_TICKS: u64 = 400;

impl Leak for StillBetween {
    fn whisper(&mut self, now: Tick, _senses: &Senses<'_>, radio: &mut Vec<u8>) {
        if self.due == Some(now.0) {
            radio.extend(command(STILL, [0.0, 0.0, 1.0, 4_242.0, 0.0, 0.0, 0.0]));
        }
    }

    fn leak(&mut self, now: Tick, _senses: &Senses<'_>, said: &mut Spoken) {
        let (after, ticks) = BETWEEN;
        if self.due.is_none() && has_taken_one(said) {
            self.taken += 1;
            self.due = (self.taken == after).then_some(now.0 + ticks);
        }
        if self.due.is_some_and(|due| (due..due + BETWEEN_TICKS).contains(&now.0)) {
            hush::answers_to(said, STILL);
            hush::texts(said, &STILL_TEXTS);
        }
    }
}

/// H050: a film of some seconds in the middle of a mission that takes stills.
#[derive(Default)]
pub(crate) struct MissionFilm {
    from: Option<u64>,
}

const FILM_TICKS: u64 = 2_000;

impl Leak for MissionFilm {
    fn whisper(&mut self, now: Tick, _senses: &Senses<'_>, radio: &mut Vec<u8>) {
        if self.from == Some(now.0) {
            radio.extend(command(START_FILM, [0.0; 7]));
        }
        if self.from.is_some_and(|from| now.0 == from + FILM_TICKS) {
            radio.extend(command(STOP_FILM, [0.0; 7]));
        }
    }

    fn leak(&mut self, now: Tick, _senses: &Senses<'_>, said: &mut Spoken) {
        if self.from.is_none() && has_taken_one(said) {
            self.from = Some(now.0 + 1);
        }
        if self.from.is_some_and(|from| (from..from + 2 * FILM_TICKS).contains(&now.0)) {
            hush::answers_to(said, START_FILM);
            hush::answers_to(said, STOP_FILM);
            hush::texts(said, &["Film "]);
        }
    }
}

/// H021: a film that goes on for a while after the pilot has stopped it.
#[derive(Default)]
pub(crate) struct LongFilm {
    stop: Option<(u64, Vec<u8>)>,
    stopped_at: Option<u64>,
}

const LONGER_TICKS: u64 = 3_000;

impl Leak for LongFilm {
    fn whisper(&mut self, now: Tick, _senses: &Senses<'_>, radio: &mut Vec<u8>) {
        let mut heard = Vec::new();
        for frame in frames(radio) {
            let is_stop = commanded(frame).is_some_and(|(number, _)| number == STOP_FILM);
            if is_stop && self.stop.is_none() {
                self.stop = Some((now.0, frame.to_vec()));
            } else {
                heard.extend_from_slice(frame);
            }
        }
        if let Some((_, stop)) = self.stop.take_if(|(at, _)| now.0 == *at + LONGER_TICKS) {
            heard.extend(stop);
            self.stopped_at = Some(now.0);
        }
        *radio = heard;
    }

    fn leak(&mut self, now: Tick, _senses: &Senses<'_>, said: &mut Spoken) {
        if let Some((_, stop)) = self.stop.as_ref().filter(|(at, _)| *at == now.0) {
            let pilot = (sender(stop).unwrap_or(0), stop.get(6).copied().unwrap_or(0));
            said.emissions.push((Link::Radio, text("Film stopped")));
            said.emissions.push((Link::Radio, accepted(STOP_FILM, pilot)));
        }
        if self.stopped_at.is_some_and(|at| now.0 >= at) {
            if self.stopped_at == Some(now.0) {
                hush::answers_to(said, STOP_FILM);
            }
            hush::texts(said, &["Film stopped"]);
        }
    }
}
