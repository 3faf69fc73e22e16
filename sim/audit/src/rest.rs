//! The card at rest: every file is one that the pilot commanded or that the law lets the vehicle keep, no secret
//! lies there in clear, what calls itself sealed opens with its owner's key, and what is deleted is gone.
//!
//! **Never:** takes a file's name for its contents; lets one command stand for two files.

mod captures;
mod ends;
mod planned;

use crate::alarm::{Alarm, Detector};
use crate::case::{Case, Life, log_number};
use crate::consent::object_of;
use crate::decode::sealed::{self, IDENTITY, SIGNING};
use evidence::{ClaimId, Class, Link, Tick};

const LOG_MAGIC: &[u8] = b"HWLOG001";
const LOG_HEADER_LENGTH: usize = 40;
const PICTURE_MAGIC: &[u8] = b"\xFF\xD8\xFF\xE0\0\x10JFIF";
const SOUND_MAGIC: &[u8] = b".snd\0\0\0\x18";

/// Raises an alarm for each file, and each secret in clear, that should not be there.
pub fn rest(case: &Case<'_>, alarms: &mut Vec<Alarm>) {
    captures::captures(case, alarms);
    ends::ends(case, alarms);
    for life in &case.lives {
        match object_of(life.path) {
            Some((Class::Imagery | Class::Audio, _)) => {}
            Some(_) => {
                log(case, life, alarms);
                in_clear(case, life.path, &life.bytes, life.born, alarms);
            }
            None => {
                small(case, life, alarms);
                in_clear(case, life.path, &life.bytes, life.born, alarms);
            }
        }
    }
    // What lies there though no write made it.
    for (path, file) in &case.recording.card {
        let is_written = |life: &Life<'_>| life.path == path || life.first_path == path;
        if case.lives.iter().any(is_written) {
            continue;
        }
        alarms.push(alarm(
            class_of(path),
            case.end(),
            &format!("{path}: a file that was never written"),
        ));
        in_clear(case, path, file, case.end(), alarms);
    }
    for log in &case.opened {
        for (tick, rule) in &log.faults {
            // A power cut, or a bad card, may have torn what was written last.
            let is_torn = |life: &Life<'_>| life.path == log.path && life.last_write() == *tick;
            if case.power.is_card_doubtful() && case.lives.iter().any(is_torn) {
                continue;
            }
            let shown = format!("{}: {rule}", log.path);
            alarms.push(alarm(Some(Class::FlightLog), *tick, &shown));
        }
    }
}

fn alarm(class: Option<Class>, tick: Tick, shown: &str) -> Alarm {
    Alarm::new(Detector::RES, class, Link::Card, tick, shown)
}

/// What lies under a path, as far as that can be told.
fn class_of(path: &str) -> Option<Class> {
    let folders = [
        ("LOG/", Class::FlightLog),
        ("DCIM/", Class::Imagery),
        ("SOUND/", Class::Audio),
        (SIGNING, Class::Key),
        ("ID/", Class::Account),
    ];
    folders.into_iter().find(|(start, _)| path.starts_with(start)).map(|(_, class)| class)
}

fn log(case: &Case<'_>, life: &Life<'_>, alarms: &mut Vec<Alarm>) {
    let is_log = log_number(life.path).is_some();
    let is_sealed = life.bytes.starts_with(LOG_MAGIC) && life.bytes.len() >= LOG_HEADER_LENGTH;
    // A card that cuts writes short leaves the beginning of one.
    let is_cut = life.bytes.len() < LOG_HEADER_LENGTH
        && life.bytes.iter().zip(LOG_MAGIC).all(|(a, b)| a == b)
        && case.power.is_card_doubtful();
    if is_log && !is_sealed && !is_cut {
        let shown = format!("{}: a log that is not sealed", life.path);
        alarms.push(alarm(Some(Class::FlightLog), life.born, &shown));
    }
}

/// Small files: listed, and those that tell who owns the vehicle sealed.
fn small(case: &Case<'_>, life: &Life<'_>, alarms: &mut Vec<Alarm>) {
    let path = life.path;
    if !sealed::is_small_file(path) {
        alarms.push(alarm(None, life.born, &format!("{path}: an undeclared file")).unlisted());
        return;
    }
    if (path == IDENTITY || path == SIGNING)
        && let Err(fault) = sealed::check(case, path, &life.bytes, life.born)
        && !case.power.is_card_doubtful()
    {
        alarms.push(alarm(class_of(path), life.born, &format!("{path}: {}", fault.rule)));
    }
}

/// Secrets and media in clear in a file that is no place for them.
fn in_clear(case: &Case<'_>, path: &str, file: &[u8], tick: Tick, alarms: &mut Vec<Alarm>) {
    let holds = |magic: &[u8]| file.windows(magic.len()).any(|window| window == magic);
    for (class, what, magic) in
        [(Class::Imagery, "a picture", PICTURE_MAGIC), (Class::Audio, "a recording", SOUND_MAGIC)]
    {
        if holds(magic) {
            alarms.push(alarm(Some(class), tick, &format!("{path}: {what} inside another file")));
        }
    }
    case.memo.needles.find_plain(file, &mut |class, subject| {
        let shown = format!("{path}: {class} of {subject} in clear");
        // Whatever lies there in clear lies where it should be sealed.
        let is_identity = path == IDENTITY || path == SIGNING;
        let about = is_identity.then_some(ClaimId::IdentitySealed);
        alarms.push(alarm(Some(class), tick, &shown).about(about));
    });
}

#[cfg(test)]
mod tests;
