//! Pictures and films on the card that nobody commanded.
//!
//! **Never:** sends a picture anywhere.

use crate::hush;
use crate::leaky::Leak;
use crate::mavlink2::{accepted, command, commanded, frames, sender, text};
use evidence::card::{Operation, Write};
use evidence::{Link, Tick};
use flight::Spoken;
use flight::firmware::Senses;

const STILL: u16 = 2000;
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
