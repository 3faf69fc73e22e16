//! Pictures, films and sounds on the card: each has a command of its own, and begins and ends with it.
//!
//! **Never:** lets a command that is over, or another's, stand for a file.

use super::alarm;
use super::planned::Plan;
use crate::alarm::Alarm;
use crate::case::{Case, Life, Sender, film_number};
use crate::consent::{Reel, object_of};
use crate::decode::sound::HEADER_LENGTH;
use evidence::scenario::Act;
use evidence::{ClaimId, Class, Grant, Recipient, TICKS_PER_S, Tick};

/// Bytes of sound in one tick: 32 samples of 16 bits.
const SOUND_BYTES_PER_TICK: u64 = 64;
const MS_PER_TICK: u64 = 1000 / TICKS_PER_S;
/// Ticks that a recording may start early or end late by rounding.
const SLACK_TICKS: u64 = 5;
/// A mission takes its stills higher than this, and the card has them within this time.
const ALOFT_M: f64 = 0.5;
const ALOFT_TICKS: u64 = 5 * TICKS_PER_S;
/// A stranger's command that was obeyed is not longer ago than this.
const OBEYED_TICKS: u64 = 3 * TICKS_PER_S;

/// Raises an alarm for each capture that no command covers.
pub fn captures(case: &Case<'_>, alarms: &mut Vec<Alarm>) {
    let grants = &case.evidence.truth.mandate.grants;
    let of = |class| {
        let is_one = move |g: &&Grant| g.category == class && g.recipient == Recipient::Card;
        grants.iter().filter(is_one).collect::<Vec<_>>()
    };
    let mut pictures = of(Class::Imagery);
    let all_sounds = of(Class::Audio);
    // A film's own sound is in the film.
    let mut sounds = all_sounds.clone();
    let is_film = |sound: &Grant| {
        let same = |p: &Grant| (p.object, p.given_at) == (sound.object, sound.given_at);
        pictures.iter().any(|picture| same(picture))
    };
    sounds.retain(|sound| !is_film(sound));
    let mut plan = Plan::of(case);
    for life in &case.lives {
        let Some((class, number)) = object_of(life.path) else { continue };
        let mut raise = |class, tick, what: &str| {
            let others = obeyed(case, class, life.born);
            let shown = format!("{}: {what}", life.path);
            alarms.push(alarm(Some(class), tick, &shown).about(others));
        };
        match class {
            Class::Audio => {
                if take(&mut sounds, number, |grant| is_within(grant, life)).is_none() {
                    raise(class, life.born, "a recording beyond the pilot's command");
                }
            }
            Class::Imagery if is_moving(life) => {
                let reel = Reel::of(&life.bytes);
                let covers = |grant: &Grant| is_a_films(case, grant) && grant.holds_at(life.born);
                match take(&mut pictures, number, covers) {
                    None => raise(class, life.born, "a film that nobody commanded then"),
                    Some(grant) => {
                        let late = life.writes.iter().map(|(tick, _)| *tick);
                        if let Some(tick) = late.into_iter().find(|tick| ends(grant, *tick)) {
                            raise(class, tick, "a film that goes on after the pilot's command");
                        }
                        if is_older(grant, life, &reel) {
                            raise(class, life.born, "a film from before the pilot's command");
                        }
                    }
                }
                let is_recorded = all_sounds.iter().any(|grant| {
                    let end = end_of(grant).map_or(u64::MAX, |end| end.0 + 3 * TICKS_PER_S);
                    grant.given_at <= life.born && life.born.0 <= end
                });
                if reel.sound_bytes > 0 && !is_recorded {
                    raise(Class::Audio, life.born, "a film with sound that nobody records");
                }
            }
            Class::Imagery => {
                // On the ground the mission commands nothing, and what it left over covers no other still.
                let is_aloft = was_aloft(case, life.born);
                let covers = |grant: &Grant| {
                    !is_a_films(case, grant)
                        && grant.holds_at(life.born)
                        && (is_aloft || !is_a_missions(case, grant))
                };
                let grant = take(&mut pictures, number, covers);
                let is_planned = |grant: &Grant| is_a_missions(case, grant);
                if let Some(plan) = plan.as_mut().filter(|_| grant.is_some_and(is_planned))
                    && !plan.comes_to(life.born)
                {
                    raise(class, life.born, "a still that the mission does not come to");
                }
                if grant.is_none() {
                    let is_a_missions =
                        |grant: &&&Grant| grant.holds_at(life.born) && is_a_missions(case, grant);
                    let what = if pictures.iter().any(|grant| is_a_missions(&grant)) {
                        "a still of the mission that was taken on the ground"
                    } else {
                        "a still that nobody commanded then"
                    };
                    raise(class, life.born, what);
                }
            }
            Class::Face
            | Class::FlightLog
            | Class::Position
            | Class::Device
            | Class::Account
            | Class::Surroundings
            | Class::Key
            | Class::Public => {}
        }
    }
}

/// Whether a command to capture is one of those that the start of the mission stands for.
fn is_a_missions(case: &Case<'_>, grant: &Grant) -> bool {
    let starts = |act: &Act| *act == Act::StartsMission;
    case.heard
        .by_pilot(grant.given_at)
        .any(|heard| heard.tick == grant.given_at && starts(heard.act))
}

/// Whether a command to capture is one to film.
fn is_a_films(case: &Case<'_>, grant: &Grant) -> bool {
    let starts = |act: &Act| *act == Act::StartsFilm;
    case.heard
        .by_pilot(grant.given_at)
        .any(|heard| heard.tick == grant.given_at && starts(heard.act))
}

/// Whether the airframe was in the air at `tick`, or so shortly before that a still of then is written now.
fn was_aloft(case: &Case<'_>, tick: Tick) -> bool {
    let earliest = Tick(tick.0.saturating_sub(ALOFT_TICKS));
    let mut near = case.evidence.track.iter().filter(|at| earliest <= at.tick && at.tick <= tick);
    near.any(|at| at.position_m[2] > ALOFT_M)
}

/// Whether a picture's file is a film, whole or under way.
fn is_moving(life: &Life<'_>) -> bool {
    film_number(life.path).is_some() || life.bytes.starts_with(&[0x1A, 0x45, 0xDF, 0xA3])
}

/// Takes the command that covers a file, the one of its number first; each command covers one.
fn take<'a>(
    commands: &mut Vec<&'a Grant>,
    number: u32,
    covers: impl Fn(&Grant) -> bool,
) -> Option<&'a Grant> {
    let own = commands.iter().position(|grant| grant.object == number && covers(grant));
    let place = own.or_else(|| commands.iter().position(|grant| covers(grant)));
    place.map(|place| commands.remove(place))
}

fn end_of(grant: &Grant) -> Option<Tick> {
    [grant.withdrawn_at, grant.valid_until].into_iter().flatten().min()
}

/// Whether a command has ended by `tick`.
fn ends(grant: &Grant, tick: Tick) -> bool {
    end_of(grant).is_some_and(|end| tick.0 > end.0 + SLACK_TICKS)
}

/// Whether a film holds more time than there has been since its command.
fn is_older(grant: &Grant, life: &Life<'_>, reel: &Reel<'_>) -> bool {
    let time = life.last_write().0.saturating_sub(grant.given_at.0) + SLACK_TICKS;
    let first = reel.pictures.keys().next().copied().unwrap_or(0);
    let length_ms = reel.pictures.keys().last().copied().unwrap_or(0) - first;
    length_ms > time * MS_PER_TICK || reel.sound_bytes > time * SOUND_BYTES_PER_TICK
}

/// Whether a recording was written within its command, and never held more sound than there had been time for.
fn is_within(grant: &Grant, life: &Life<'_>) -> bool {
    let mut writes = life.writes.iter().zip(life.lengths(Tick(u64::MAX)));
    !life.writes.is_empty()
        && writes.all(|((tick, _), length)| {
            let sound = length.saturating_sub(HEADER_LENGTH) as u64;
            let time = tick.0.saturating_sub(grant.given_at.0) + SLACK_TICKS;
            let is_in_time = grant.given_at <= *tick && !ends(grant, *tick);
            is_in_time && sound <= time * SOUND_BYTES_PER_TICK
        })
}

/// The claim that a capture breaks which only a stranger or a forger commanded.
fn obeyed(case: &Case<'_>, class: Class, tick: Tick) -> Option<ClaimId> {
    let is_command = |act: &Act| match class {
        Class::Audio => *act == Act::StartsRecording,
        _ => matches!(act, Act::TakesStill | Act::StartsFilm | Act::StartsMission),
    };
    let is_others = case.heard.iter().any(|heard| {
        let is_recent = heard.tick <= tick && tick.0 - heard.tick.0 <= OBEYED_TICKS;
        heard.by != Sender::Pilot && is_recent && is_command(heard.act)
    });
    is_others.then_some(ClaimId::ServerAccess)
}
