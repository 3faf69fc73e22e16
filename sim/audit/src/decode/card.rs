//! Card: writes to listed files only, each file whole in its own form, and nothing at rest that no write made.
//!
//! **Never:** asks who commanded a file; that is for the look at the card at rest.

use super::jpeg::{Fault, Pictures};
use super::{Faults, log_file, sound};
use crate::case::{Case, log_number, sound_number, still_number};
use evidence::Tick;
use evidence::card::{Operation, Write};
use evidence::transcript::Said;
use std::collections::BTreeMap;

/// Which files have been written so far.
#[derive(Default)]
pub struct Card {
    written_at: BTreeMap<String, Tick>,
}

impl Card {
    /// Reads one write.
    pub fn said(&mut self, said: Said<'_>, faults: &mut Faults<'_>) {
        let Some(write) = Write::decode(said.bytes) else {
            return faults.unlisted(None, "bytes that are no card write, or a forbidden path");
        };
        let is_new = self.written_at.insert(write.path.to_owned(), said.tick).is_none();
        let is_listed = if still_number(write.path).is_some() {
            is_new && write.operation == Operation::Replace
        } else if sound_number(write.path).or(log_number(write.path)).is_some() {
            write.operation == Operation::Append
                || (is_new && write.operation == Operation::Replace)
        } else {
            return faults.unlisted(None, &format!("{} is not a listed file", write.path));
        };
        faults.must(is_listed, &format!("{} is changed after it was written", write.path));
    }
}

/// Looks at every file as it stands at the end of the flight.
pub fn at_end(case: &Case<'_>, pictures: &mut Pictures, faults: &mut Faults<'_>) {
    let card = &case.recording.card;
    let is_folded = |path: &str, file: &Vec<u8>| case.folded.get(path) == Some(file);
    for path in case.folded.keys().filter(|path| !card.contains_key(*path)) {
        faults.unlisted(None, &format!("{path} was written but is not on the card"));
    }
    for (path, file) in card {
        faults.must(is_folded(path, file), &format!("{path} is not what its writes add up to"));
        let fault = if still_number(path).is_some() {
            pictures.check(file).err().map(|fault| match fault {
                Fault::Cut => "a picture that is cut short".to_owned(),
                Fault::Rule(rule) => rule.to_owned(),
            })
        } else if sound_number(path).is_some() {
            sound::check(file).err().map(str::to_owned)
        } else if log_number(path).is_some() {
            log_file::check(file).err().map(str::to_owned)
        } else {
            Some("not a listed file".to_owned())
        };
        faults.must(fault.is_none(), &format!("{path}: {}", fault.unwrap_or_default()));
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
    fn writes_go_to_listed_files_and_are_never_taken_back() {
        let log = log(1);
        let write = |operation, path, data| {
            let bytes = Write { operation, path, data }.encode();
            (Tick(5), Link::Card, bytes)
        };
        let append = write(Operation::Append, "LOG/LOG_0001.HLG", &log);
        let table = [
            (vec![append.clone()], Vec::new()),
            (
                vec![append.clone(), write(Operation::Delete, "LOG/LOG_0001.HLG", b"")],
                vec!["LOG/LOG_0001.HLG is changed after it was written"],
            ),
            (
                vec![(Tick(5), Link::Card, vec![9])],
                vec!["bytes that are no card write, or a forbidden path"],
            ),
        ];
        for (said, rules) in table {
            let alarms = alarms_of(&evidence(&[]), &said);
            assert_eq!(alarms.iter().map(|a| a.shown.as_str()).collect::<Vec<_>>(), rules);
        }
        let stray = alarms_of(&evidence(&[]), &[write(Operation::Append, "CACHE/a.bin", b"x")]);
        assert!(stray.iter().any(|a| a.shown == "CACHE/a.bin is not a listed file" && a.unlisted));
    }
}
