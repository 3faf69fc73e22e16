//! The clocks: a stopwatch that the rooms of a flight are told to, and a firmware that looks and notes each minute.
//!
//! **Never:** lets a clock reach what is said: the honest vehicle is asked, and answers as ever.

use super::memory;
use evidence::Tick;
use flight::firmware::{Provision, Senses};
use flight::meter::{Meter, Room};
use flight::{Firmware, Spoken};
use std::hint::black_box;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// Frames come ten times a second; every other one is looked at.
const LOOKS_EVERY_TICKS: u64 = 100;

/// Simulated time between two notes.
const MINUTE_S: f64 = 60.0;

/// Now, on the wall.
#[expect(clippy::disallowed_methods, reason = "a bench measures")]
pub fn now() -> Instant {
    Instant::now()
}

/// How long something takes, in seconds.
pub fn seconds<T>(does: impl FnOnce() -> T) -> (T, f64) {
    let begin = now();
    let done = does();
    (done, begin.elapsed().as_secs_f64())
}

/// Adds up the time between laps, room by room.
pub struct Stopwatch {
    last: Instant,
    spent: [Duration; Room::ALL.len()],
    laps: u64,
}

impl Stopwatch {
    /// Begins now.
    pub fn start() -> Self {
        Self { last: now(), spent: [Duration::ZERO; Room::ALL.len()], laps: 0 }
    }

    /// Microseconds a tick, by room, without what the looks at the clock themselves took.
    pub fn us_per_tick(&self) -> Vec<(Room, f64)> {
        let ticks = (self.laps / Room::ALL.len() as u64).max(1) as f64;
        let look_us = look_us();
        let us = |spent: Duration| (spent.as_secs_f64() * 1e6 / ticks - look_us).max(0.0);
        Room::ALL.into_iter().zip(self.spent).map(|(room, spent)| (room, us(spent))).collect()
    }
}

impl Meter for Stopwatch {
    fn lap(&mut self, room: Room) {
        let at = now();
        self.spent[room as usize] += at - self.last;
        self.last = at;
        self.laps += 1;
    }
}

/// What one look at the clock takes.
fn look_us() -> f64 {
    const LOOKS: u32 = 100_000;
    let ((), all_s) = seconds(|| {
        for _ in 0..LOOKS {
            let _ = black_box(now());
        }
    });
    all_s * 1e6 / f64::from(LOOKS)
}

/// What is noted while a flight goes on.
#[derive(Default)]
pub struct Notes {
    /// At the begin and at the end of each minute: the wall's time, and memory resident in KiB.
    minutes: Mutex<Vec<(Instant, u64)>>,
    looked_ns: AtomicU64,
}

impl Notes {
    /// Seconds on the wall of each minute, and memory resident at its end in KiB.
    pub fn minutes(&self) -> Vec<(f64, u64)> {
        let minutes = self.minutes.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        let lasted = |pair: &[(Instant, u64)]| ((pair[1].0 - pair[0].0).as_secs_f64(), pair[1].1);
        minutes.windows(2).map(lasted).collect()
    }

    /// Seconds in which pixels were made and looked at.
    pub fn looked_s(&self) -> f64 {
        self.looked_ns.load(Ordering::Relaxed) as f64 / 1e9
    }
}

/// The honest vehicle, with somebody who looks at the camera's pixels and at the clock.
pub struct Watched {
    vehicle: Box<dyn Firmware>,
    looks: bool,
    notes: Option<Arc<Notes>>,
}

impl Watched {
    /// A vehicle whose frames are looked at or not. Only a lone seat takes notes.
    pub fn new(provision: &Provision, looks: bool, notes: Option<Arc<Notes>>) -> Self {
        Self { vehicle: flight::honest(provision), looks, notes }
    }

    fn note(&self, now_tick: Tick) {
        let ends_a_minute = (now_tick.0 + 1).is_multiple_of(Tick::at_s(MINUTE_S).0);
        if let Some(notes) = &self.notes
            && (now_tick == Tick(0) || ends_a_minute)
        {
            let note = (now(), memory::resident_kib());
            notes.minutes.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).push(note);
        }
    }

    fn look(&self, now_tick: Tick, senses: &Senses<'_>) {
        if let Some(frame) = senses.frame
            && self.looks
            && now_tick.0.is_multiple_of(LOOKS_EVERY_TICKS)
        {
            let (_, looked_s) = seconds(|| black_box(frame.rgb().iter().fold(0_u8, |a, b| a ^ b)));
            if let Some(notes) = &self.notes {
                notes.looked_ns.fetch_add((looked_s * 1e9) as u64, Ordering::Relaxed);
            }
        }
    }
}

impl Firmware for Watched {
    fn step(&mut self, now: Tick, senses: &Senses<'_>) -> Spoken {
        self.note(now);
        self.look(now, senses);
        self.vehicle.step(now, senses)
    }
}
