//! Card: writes to listed files only, each file whole in its own form, and nothing at rest that no write made.
//!
//! **Never:** asks who commanded a file; that is for the look at the card at rest.

use super::jpeg::{self, Form};
use super::matroska::{Films, Rules};
use super::picture::{earliest, exif_as_taken};
use super::{Faults, log_file, sealed, sound};
use crate::case::{
    Case, Life, becomes, film_number, is_sound_under_way, is_under_way, log_number, picture_number,
    sound_number, still_number,
};
use evidence::card::{Operation, Write};
use evidence::transcript::Said;
use evidence::{ClaimId, Class, Recipient, Tick};
use std::collections::BTreeSet;

/// Which files lie there so far.
#[derive(Default)]
pub struct Card {
    alive: BTreeSet<String>,
    wiped: Option<(Tick, String)>,
}

impl Card {
    /// Reads one write.
    pub fn said(&mut self, case: &Case<'_>, said: Said<'_>, faults: &mut Faults<'_>) {
        let Some(write) = Write::decode(said.bytes) else {
            return faults.unlisted(None, "bytes that are no card write, or a forbidden path");
        };
        let path = write.path;
        let is_new = !self.alive.contains(path);
        if !is_listed(path) {
            faults.unlisted(None, &format!("{path} is not a listed file"));
        }
        let is_fitting = match write.operation {
            Operation::Replace if sealed::is_small_file(path) => true,
            Operation::Replace => is_new && picture_number(path).is_none(),
            Operation::Append if path == sealed::LEDGER => true,
            Operation::Append => {
                sound_number(path).or(log_number(path)).is_some()
                    || is_under_way(path)
                    || is_sound_under_way(path)
            }
            Operation::Rename => {
                let to = write.new_path().unwrap_or_default();
                let same = becomes(path).is_some_and(|whole| {
                    let bare = |ending| to.strip_suffix(ending) == Some(whole);
                    to == whole || [".JPG", ".MKV", ".AU"].into_iter().any(bare)
                });
                let is_media = picture_number(to).or(sound_number(to)).is_some();
                same && is_media && !self.alive.contains(to)
            }
            // What is wiped is gone in the same tick; that it is, is for the look at the card at rest.
            Operation::Wipe | Operation::Delete => true,
        };
        // What a power cut left half done lies there in another form than the writes tell.
        let is_excused = case.power.is_card_doubtful();
        if is_listed(path) {
            let rule = format!("{path} is changed after it was written");
            faults.must(is_fitting || is_excused, &rule);
        }
        match write.operation {
            Operation::Append | Operation::Replace => {
                self.alive.insert(path.to_owned());
            }
            Operation::Rename => {
                self.alive.remove(path);
                self.alive.extend(write.new_path().map(str::to_owned));
            }
            Operation::Wipe => self.wiped = Some((said.tick, path.to_owned())),
            Operation::Delete => {
                self.alive.remove(path);
            }
        }
    }
}

fn is_listed(path: &str) -> bool {
    picture_number(path).is_some()
        || is_under_way(path)
        || is_sound_under_way(path)
        || sound_number(path).is_some()
        || log_number(path).is_some()
        || sealed::is_small_file(path)
}

/// Looks at every file that ever lay there, and at the card as it is at the end of the flight.
pub fn at_end(case: &Case<'_>, films: &mut Films, faults: &mut Faults<'_>) {
    for life in &case.lives {
        faults.tick = life.last_write();
        whole(case, films, life, faults);
    }
    faults.tick = case.end();
    if case.power.is_card_doubtful() {
        return torn(case, faults);
    }
    let card = &case.recording.card;
    for path in case.folded.keys().filter(|path| !card.contains_key(*path)) {
        faults.unlisted(None, &format!("{path} was written but is not on the card"));
    }
    for (path, file) in card {
        let is_folded = case.folded.get(path) == Some(file);
        faults.must(is_folded, &format!("{path} is not what its writes add up to"));
    }
}

/// On a card that cuts writes short, nothing may lie that was not written.
fn torn(case: &Case<'_>, faults: &mut Faults<'_>) {
    for (path, file) in &case.recording.card {
        let is_of = |life: &Life<'_>| {
            let is_path = life.path == path.as_str() || life.first_path == path.as_str();
            let is_zero = life.wiped.is_some() && file.iter().all(|byte| *byte == 0);
            is_path && (is_zero || is_made_of(file, life))
        };
        let is_known = case.lives.iter().any(is_of);
        faults.must(is_known, &format!("{path} is not what its writes add up to"));
    }
}

/// Whether a file is made of the writes of a life in order, each as far as it got.
fn is_made_of(file: &[u8], life: &Life<'_>) -> bool {
    let mut rest = file;
    let ends = life.writes.iter().skip(1).map(|(_, start)| *start).chain([life.bytes.len()]);
    for ((_, start), end) in life.writes.iter().zip(ends) {
        let written = &life.bytes[*start..end];
        let kept = rest.iter().zip(written).take_while(|(a, b)| a == b).count();
        rest = &rest[kept..];
    }
    rest.is_empty()
}

fn whole(case: &Case<'_>, films: &mut Films, life: &Life<'_>, faults: &mut Faults<'_>) {
    let (path, file) = (life.path, life.bytes.as_slice());
    let fault = if let Some(number) = still_number(path) {
        match films.pictures.check(case.memo, Form::Still, file) {
            Ok(read) => {
                exif_as_taken(case, films, number, &read, file, faults);
                None
            }
            Err(jpeg::Fault::Cut) => Some("a picture that is cut short".to_owned()),
            Err(jpeg::Fault::Rule(rule)) => Some(rule.to_owned()),
        }
    } else if let Some(number) = film_number(path) {
        film(case, films, number, life, faults)
    } else if sound_number(path).is_some() {
        sound::check(file).err().map(str::to_owned)
    } else if log_number(path).is_some() {
        log_file::check(file).err().map(str::to_owned)
    } else if sealed::is_small_file(path) {
        return small(case, life, faults);
    } else {
        // Under way, or reported when it was written.
        None
    };
    // A card that cuts writes short leaves beginnings of files.
    let may_be_cut = case.power.is_card_doubtful() && log_number(path).is_some();
    let is_fine = fault.is_none() || may_be_cut;
    faults.must(is_fine, &format!("{path}: {}", fault.unwrap_or_default()));
}

fn film(
    case: &Case<'_>,
    films: &mut Films,
    number: u32,
    life: &Life<'_>,
    faults: &mut Faults<'_>,
) -> Option<String> {
    let begun = earliest(life.born);
    let grants = case.evidence.truth.mandate.grants.iter();
    let has_sound = grants.clone().any(|grant| {
        (grant.category, grant.object, grant.recipient) == (Class::Audio, number, Recipient::Card)
            && grant.given_at <= life.born
            && grant.given_at >= begun
    });
    // Whether there is sound is for the recording's claim, so the form is read with or without.
    let rules = Rules { is_shared: false, has_sound: true };
    match films.check(case.memo, rules, &life.bytes) {
        Ok(film) if film.sound_bytes > 0 && !has_sound => {
            let rule = format!("{}: a film with sound that nobody records", life.path);
            faults.wrong(Some(Class::Audio), None, &rule);
            None
        }
        Ok(_) => None,
        Err(fault) => Some(fault.to_string()),
    }
}

/// Each state of a small file is checked as it was written.
fn small(case: &Case<'_>, life: &Life<'_>, faults: &mut Faults<'_>) {
    let Err(fault) = sealed::check(case, life.path, &life.bytes, faults.tick) else { return };
    let rule = format!("{}: {}", life.path, fault.rule);
    match fault.consent {
        // Whatever lies there for an identity or a key is one.
        None if life.path == sealed::IDENTITY => faults.wrong(Some(Class::Account), None, &rule),
        None if life.path == sealed::SIGNING => faults.wrong(Some(Class::Key), None, &rule),
        None => faults.unlisted(None, &rule),
        // It opens what it is about.
        Some(class) => {
            let about = match class {
                Class::FlightLog => Some(ClaimId::LogConsent),
                Class::Imagery => Some(ClaimId::MediaConsent),
                Class::Audio
                | Class::Face
                | Class::Position
                | Class::Device
                | Class::Account
                | Class::Surroundings
                | Class::Key
                | Class::Public => None,
            };
            faults.wrong(Some(class), about, &rule);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::decode::{log_file, sound};
    use crate::tests::{alarms_of, evidence, log_file as log, sound_file};
    use evidence::card::{Operation, Write};
    use evidence::{Link, Tick};

    #[test]
    fn containers_are_read_to_the_last_byte() {
        let with = |mut file: Vec<u8>, at: usize, value: u8| {
            file[at] = value;
            file
        };
        assert_eq!(log_file::check(&log(2)), Ok(()));
        assert_eq!(sound::check(&sound_file(8)), Ok(()));
        for bad in
            [with(log(2), 0, b'h'), with(log(2), 40, 1), with(log(2), 45, 9), log(2)[..99].to_vec()]
        {
            assert!(log_file::check(&bad).is_err());
        }
        for bad in
            [with(sound_file(8), 3, 0), with(sound_file(8), 15, 2), sound_file(8)[..25].to_vec()]
        {
            assert!(sound::check(&bad).is_err());
        }
    }

    #[test]
    fn writes_go_to_listed_files_in_their_listed_ways() {
        use Operation::{Append, Delete, Rename, Replace, Wipe};
        let log = log(1);
        let (path, still) = ("LOG/LOG_0001.HLG", "DCIM/100HUSHW/HW_0001.JPG");
        let tmp = &format!("{still}.TMP");
        type Writes<'a> = &'a [(Operation, &'a str, &'a [u8])];
        let table: [(Writes<'_>, &[&str]); 7] = [
            (&[(Append, path, &log)], &[]),
            (&[(Append, path, &log), (Wipe, path, b""), (Delete, path, b"")], &[]),
            (
                &[(Append, path, &log), (Replace, path, &log)],
                &["LOG/LOG_0001.HLG is changed after it was written"],
            ),
            (
                &[(Replace, still, b"x")],
                &[
                    "DCIM/100HUSHW/HW_0001.JPG is changed after it was written",
                    "DCIM/100HUSHW/HW_0001.JPG: a picture that is cut short",
                ],
            ),
            (&[(Replace, tmp, b"x"), (Wipe, tmp, b""), (Delete, tmp, b"")], &[]),
            (
                &[(Append, path, &log), (Rename, path, b"LOG/LOG_0002.HLG")],
                &["LOG/LOG_0001.HLG is changed after it was written"],
            ),
            (&[(Append, "CACHE/a.bin", b"x")], &["CACHE/a.bin is not a listed file"]),
        ];
        for (writes, rules) in table {
            let said: Vec<_> = writes
                .iter()
                .map(|(operation, path, data)| {
                    let bytes = Write { operation: *operation, path, data }.encode();
                    (Tick(5), Link::Card, bytes)
                })
                .collect();
            let alarms = alarms_of(&evidence(&[]), &said);
            let of_card = alarms.iter().filter(|a| a.detector == crate::Detector::DEC);
            assert_eq!(of_card.map(|a| a.shown.as_str()).collect::<Vec<_>>(), rules);
        }
        let bytes = alarms_of(&evidence(&[]), &[(Tick(5), Link::Card, vec![9])]);
        assert_eq!(bytes[0].shown, "bytes that are no card write, or a forbidden path");
    }
}
