//! The card at rest: every file is one that the pilot commanded or that the law lets the vehicle keep, no
//! secret lies there in clear, and what calls itself a sealed log is one that its owner can open and read.
//!
//! **Never:** takes a file's name for its contents.

use crate::alarm::{Alarm, Detector};
use crate::case::{Case, Needles, Written, log_number, sound_number, still_number};
use crate::decode::sound::HEADER_LENGTH;
use evidence::{Class, Grant, Link, Recipient, Tick};

/// Bytes of sound in one tick: 32 samples of 16 bits.
const SOUND_BYTES_PER_TICK: u64 = 64;
/// Ticks that a recording may start early or end late by rounding.
const SLACK_TICKS: u64 = 5;
const LOG_MAGIC: &[u8] = b"HWLOG001";
const LOG_HEADER_LENGTH: usize = 40;
const PICTURE_MAGIC: &[u8] = b"\xFF\xD8\xFF\xE0\0\x10JFIF";
const SOUND_MAGIC: &[u8] = b".snd\0\0\0\x18";

/// Raises an alarm for each file, and each secret in clear, that should not be there.
pub fn rest(case: &Case<'_>, needles: &Needles, alarms: &mut Vec<Alarm>) {
    let mandate = &case.evidence.truth.mandate.grants;
    let captures = |class| {
        let of_class = move |g: &&Grant| g.category == class && g.recipient == Recipient::Card;
        mandate.iter().filter(of_class).collect::<Vec<_>>()
    };
    let (mut stills, mut sounds) = (captures(Class::Imagery), captures(Class::Audio));
    let unwritten = Written::default();
    for (path, file) in &case.recording.card {
        let written = case.written.get(path.as_str()).unwrap_or(&unwritten);
        let tick = written.writes.first().map_or(case.end(), |(tick, _)| *tick);
        let mut alarm = |class, shown: &str| {
            alarms.push(Alarm::new(Detector::RES, class, Link::Card, tick, shown));
        };
        if still_number(path).is_some() {
            if !take(&mut stills, |grant| grant.holds_at(tick)) {
                alarm(Some(Class::Imagery), &format!("{path}: a still that nobody commanded then"));
            }
        } else if sound_number(path).is_some() {
            if !take(&mut sounds, |grant| is_within(grant, written)) {
                let shown = format!("{path}: a recording beyond the pilot's command");
                alarm(Some(Class::Audio), &shown);
            }
        } else {
            if log_number(path).is_none() {
                alarms.push(undeclared(tick, &format!("{path}: an undeclared file")));
            } else if !file.starts_with(LOG_MAGIC) || file.len() < LOG_HEADER_LENGTH {
                alarms.push(undeclared(tick, &format!("{path}: a log that is not sealed")));
            }
            in_clear(path, file, tick, needles, alarms);
        }
    }
    for log in &case.opened {
        for (tick, rule) in &log.faults {
            let (class, shown) = (Some(Class::FlightLog), format!("{}: {rule}", log.path));
            alarms.push(Alarm::new(Detector::RES, class, Link::Card, *tick, &shown));
        }
    }
}

/// Takes the first command that covers a file; each command covers one.
fn take(commands: &mut Vec<&Grant>, covers: impl Fn(&Grant) -> bool) -> bool {
    let place = commands.iter().position(|grant| covers(grant));
    place.map(|place| commands.remove(place)).is_some()
}

/// Whether a recording was written within its command, and never held more sound than there had been time for.
fn is_within(grant: &Grant, written: &Written) -> bool {
    let end = [grant.withdrawn_at, grant.valid_until].into_iter().flatten().min();
    let end = end.map_or(u64::MAX, |end| end.0.saturating_add(SLACK_TICKS));
    let ends = written.writes.iter().skip(1).map(|(_, start)| *start);
    let ends = ends.chain([written.history.len()]);
    !written.writes.is_empty()
        && written.writes.iter().zip(ends).all(|((tick, _), length)| {
            let sound = (length.saturating_sub(HEADER_LENGTH)) as u64;
            let time = tick.0.saturating_sub(grant.given_at.0) + SLACK_TICKS;
            grant.given_at <= *tick && tick.0 <= end && sound <= time * SOUND_BYTES_PER_TICK
        })
}

/// Secrets and media in clear in a file that is no place for them.
fn in_clear(path: &str, file: &[u8], tick: Tick, needles: &Needles, alarms: &mut Vec<Alarm>) {
    let holds = |magic: &[u8]| file.windows(magic.len()).any(|window| window == magic);
    for (class, what, magic) in
        [(Class::Imagery, "a picture", PICTURE_MAGIC), (Class::Audio, "a recording", SOUND_MAGIC)]
    {
        if holds(magic) {
            let shown = format!("{path}: {what} inside another file");
            alarms.push(Alarm::new(Detector::RES, Some(class), Link::Card, tick, &shown));
        }
    }
    needles.find_plain(file, &mut |class, subject| {
        let shown = format!("{path}: {class} of {subject} in clear");
        alarms.push(Alarm::new(Detector::RES, Some(class), Link::Card, tick, &shown));
    });
}

fn undeclared(tick: Tick, shown: &str) -> Alarm {
    Alarm::new(Detector::RES, None, Link::Card, tick, shown).unlisted()
}

#[cfg(test)]
mod tests {
    use crate::Detector;
    use crate::tests::{alarms_by, evidence, log_file, sound_file};
    use evidence::card::{Operation, Write};
    use evidence::scenario::Act;
    use evidence::{Link, Tick};

    fn shown(writes: &[(u64, &str, &[u8])]) -> Vec<String> {
        let evidence = evidence(&[
            (2.0, Act::TakesStill),
            (4.0, Act::StartsRecording),
            (5.0, Act::StopsRecording),
        ]);
        let said: Vec<_> = writes
            .iter()
            .map(|(tick, path, data)| {
                let write = Write { operation: Operation::Append, path, data };
                (Tick(*tick), Link::Card, write.encode())
            })
            .collect();
        alarms_by(Detector::RES, &evidence, &said).into_iter().map(|a| a.shown).collect()
    }

    #[test]
    fn a_still_needs_a_command_of_its_own_not_longer_than_two_seconds_ago() {
        let (first, second) = ("DCIM/100HUSHW/HW_0001.JPG", "DCIM/100HUSHW/HW_0002.JPG");
        let rule = |path| vec![format!("{path}: a still that nobody commanded then")];
        assert!(shown(&[(1100, first, b"x")]).is_empty());
        assert_eq!(shown(&[(999, first, b"x")]), rule(first));
        assert_eq!(shown(&[(2000, first, b"x")]), rule(first));
        assert_eq!(shown(&[(1100, first, b"x"), (1200, second, b"x")]), rule(second));
    }

    #[test]
    fn a_recording_stays_within_its_command_and_has_no_past() {
        let path = "SOUND/SND_0001.AU";
        let rule = [format!("{path}: a recording beyond the pilot's command")];
        let (short, long) = (sound_file(8000), sound_file(9000));
        assert!(shown(&[(2250, path, &short)]).is_empty());
        assert!(shown(&[(2250, path, &short), (2500, path, &short[24..])]).is_empty());
        assert_eq!(shown(&[(1900, path, &short)]), rule);
        assert_eq!(shown(&[(2250, path, &long)]), rule);
        assert_eq!(shown(&[(2600, path, &short)]), rule);
    }

    #[test]
    fn other_files_and_secrets_in_clear_are_named() {
        let log = log_file(1);
        let leaky = [log.as_slice(), b"Hangar 7 north"].concat();
        let bent = [&log[..99], b"?", &log[100..]].concat();
        assert!(shown(&[(9, "LOG/LOG_0001.HLG", &log)]).is_empty());
        assert_eq!(
            shown(&[(9, "LOG/LOG_0001.HLG", &leaky)]),
            [
                "LOG/LOG_0001.HLG: FlightLog of label in clear",
                "LOG/LOG_0001.HLG: block 1 does not open with the owner's key"
            ]
        );
        assert_eq!(
            shown(&[(9, "LOG/LOG_0001.HLG", &bent)]),
            ["LOG/LOG_0001.HLG: block 0 does not open with the owner's key"]
        );
        assert_eq!(
            shown(&[(9, "LOG/LOG_0001.HLG", &log[..39])]),
            ["LOG/LOG_0001.HLG: a log that is not sealed"]
        );
        assert_eq!(shown(&[(9, "CACHE/a.bin", b"x")]), ["CACHE/a.bin: an undeclared file"]);
    }
}
