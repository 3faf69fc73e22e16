//! The pilot's ground station, and whoever else has a radio: beats become MAVLink bytes.
//!
//! The pilot is system 255, component 190, with a heartbeat once a second from each power-on; a stranger is system
//! 254, half a second later. Commands go out in the tick of their beat. While the link is lost nothing arrives, and
//! what was said meanwhile is gone.
//!
//! **Never:** hears the vehicle: nothing but the clock decides what is said.

mod orders;
mod signing;
mod words;

#[cfg(test)]
mod tests;

use crate::cast::Figure;
use crate::ground::Reached;
use crate::keys::Keys;
use crate::secrets::Secrets;
use evidence::mandate::setting_at;
use evidence::scenario::outages::Outages;
use evidence::scenario::{Act, Scenario, Sender, Setting};
use evidence::{Link, TICKS_PER_S, Tick};
use mavlink::{MavHeader, Message};
use std::sync::Arc;
use words::Word;

const PILOT_SYSTEM: u32 = 255;
const STRANGER_SYSTEM: u32 = 254;
const COMPONENT: u8 = 190;
/// The operator's number is handed over at this moment.
const OPERATOR_AT_S: f64 = 2.0;

/// Everybody who speaks to the vehicle from the ground.
pub struct Pilot {
    schedule: Vec<(Tick, Voice, Word)>,
    next: usize,
    outages: Outages,
    keys: Keys,
    signs_from: Option<Tick>,
    /// Who else's heartbeats go on from when: the stranger's on either port, the pilot's on the second.
    others: Vec<(Voice, Tick)>,
    is_there: bool,
    sequences: [u8; 2],
    files: u16,
    arriving: Vec<Reached>,
}

/// Somebody on a telemetry port.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Voice {
    of: Sender,
    port: Link,
}

impl Voice {
    const PILOT: Self = Self { of: Sender::Pilot, port: Link::Radio };

    /// Whose heartbeats go on when an act was said, where the pilot's on the radio do anyway.
    fn is_another(self) -> bool {
        match self.of {
            Sender::Pilot => self.port != Link::Radio,
            Sender::Forger => false,
            Sender::Stranger => true,
        }
    }
}

impl Pilot {
    /// All that will be said in this story.
    #[must_use]
    pub fn of(scenario: &Scenario, keys: Keys) -> Self {
        let mut schedule = Vec::new();
        let settings = Setting::ALL
            .into_iter()
            .filter_map(|name| Some((name, *scenario.settings.get(&name)?)));
        for (i, (name, value)) in settings.enumerate() {
            schedule.push((setting_at(i), Voice::PILOT, words::sets(name, value)));
        }
        if let Some(number) = &scenario.operator {
            schedule.push((Tick::at_s(OPERATOR_AT_S), Voice::PILOT, words::operator(number)));
        }
        let (mut own_stills, mut others_stills) = (0, 0);
        let (mut signs_from, mut others) = (None, Vec::<(Voice, Tick)>::new());
        for (i, beat) in scenario.beats.iter().enumerate() {
            let at = Tick::at_s(beat.at_s);
            let (act, sender) = beat.does.sender();
            let voice = Voice { of: sender, port: beat.does.port() };
            let stills = match sender {
                Sender::Pilot => &mut own_stills,
                Sender::Forger | Sender::Stranger => &mut others_stills,
            };
            let lasts_ticks = until_otherwise(scenario, i).0 - at.0;
            let orders = orders::orders(act, scenario, lasts_ticks, &keys, stills);
            schedule.extend(orders.into_iter().map(|(later, w)| (Tick(at.0 + later), voice, w)));
            if voice.is_another() && others.iter().all(|(known, _)| *known != voice) {
                others.push((voice, at));
            }
            if beat.does == Act::SetsUpSigning {
                signs_from.get_or_insert(at);
            }
        }
        // A stable sort: what is due in one tick is said in the order of the beats.
        schedule.sort_by_key(|(at, ..)| *at);
        Self {
            schedule,
            next: 0,
            outages: scenario.outages(),
            keys,
            signs_from,
            others,
            is_there: true,
            sequences: [0; 2],
            files: 0,
            arriving: vec![Reached::default()],
        }
    }

    /// Nobody: for a flight whose ground is not the script.
    #[must_use]
    pub fn silent(scenario: &Scenario, keys: Keys) -> Self {
        Self {
            schedule: Vec::new(),
            next: 0,
            outages: scenario.outages(),
            keys,
            signs_from: None,
            others: Vec::new(),
            is_there: false,
            sequences: [0; 2],
            files: 0,
            arriving: vec![Reached::default()],
        }
    }

    /// Others speak in the same tick, and everybody hears the same of them.
    pub fn join(&mut self, now: Tick, more: &Reached) {
        if !more.is_empty() && self.outages.hears(now) {
            self.arriving.iter_mut().for_each(|arriving| arriving.extend(more));
        }
    }

    /// The bytes that reach the seats in the tick that was spoken last, by set of secrets; mostly there is one for all.
    #[must_use]
    pub fn reached(&self) -> &[Reached] {
        &self.arriving
    }

    /// Says what is due in this tick. Only where somebody says what is a seat's own do the sets hear their own.
    /// `cast` is where everybody stands.
    pub fn speak(&mut self, now: Tick, sets: &[Arc<Secrets>], cast: &[Figure]) {
        self.arriving.truncate(1);
        self.arriving[0].clear();
        let since_boot = now.0 - self.outages.boot(now).0;
        let mut due = Vec::new();
        if self.is_there && since_boot.is_multiple_of(TICKS_PER_S) {
            due.push((Voice::PILOT, words::heartbeat()));
        }
        for (voice, _) in self.others.iter().filter(|(_, from)| *from <= now) {
            let at_ticks = match voice.of {
                Sender::Pilot | Sender::Forger => 0,
                Sender::Stranger => TICKS_PER_S / 2,
            };
            if since_boot % TICKS_PER_S == at_ticks {
                due.push((*voice, words::heartbeat()));
            }
        }
        while let Some((_, voice, word)) = self.schedule.get(self.next).filter(|w| w.0 <= now) {
            due.push((*voice, word.clone()));
            self.next += 1;
        }
        if due.is_empty() {
            return;
        }
        if due.iter().any(|(_, word)| word.is_own()) {
            self.arriving.resize(sets.len(), Reached::default());
        }
        for (place, (voice, word)) in (0..).zip(&due) {
            self.send(now, *voice, word, place, sets, cast);
        }
        if !self.outages.hears(now) {
            self.arriving.iter_mut().for_each(Reached::clear);
        }
    }

    fn send(
        &mut self,
        now: Tick,
        voice: Voice,
        word: &Word,
        place: u64,
        sets: &[Arc<Secrets>],
        cast: &[Figure],
    ) {
        let (system_id, sequence) = match voice.of {
            Sender::Pilot | Sender::Forger => (PILOT_SYSTEM, &mut self.sequences[0]),
            Sender::Stranger => (STRANGER_SYSTEM, &mut self.sequences[1]),
        };
        let header = MavHeader { system_id, component_id: COMPONENT, sequence: *sequence };
        *sequence = sequence.wrapping_add(1);
        // The key goes out before there is one to sign with; a beat of the same tick may be signed already.
        let is_signed = voice.of == Sender::Pilot
            && *word != Word::Key
            && self.signs_from.is_some_and(|from| from <= now);
        for (arriving, secrets) in self.arriving.iter_mut().zip(sets) {
            let message = word.message(now, secrets, &self.keys, self.files, cast);
            let mut frame = signing::framed(header, &message);
            if is_signed {
                let key = &self.keys.signing;
                frame = signing::signed(frame, message.message_id(), key, now, place);
            }
            arriving.on(voice.port).extend_from_slice(&frame);
        }
        self.files += u16::from(matches!(word, Word::File { .. }));
    }
}

/// When the pilot next commands another way to fly after a beat; the end of the flight, where that never comes.
fn until_otherwise(scenario: &Scenario, beat: usize) -> Tick {
    let later = scenario.beats.iter().skip(beat + 1);
    let next = later.filter(|beat| beat.does.flies_otherwise()).map(|beat| beat.at_s).next();
    Tick::at_s(next.unwrap_or(scenario.length_s))
}
