//! `hushwing open-log`: a sealed flight log, opened with its owner's key and written as ULog.
//!
//! Rooms: the sealed [`container`], the [`topics`] that its records become, the [`ulog`] file, and the summary here.
//!
//! **Never:** uses the firmware's code; keeps or prints a key; replaces a file that is not ULog.

mod container;
#[cfg(test)]
mod tests;
mod topics;
mod ulog;

use crate::args::OpenLog;
use crate::{ExitCode, Trouble, output, stories};
use container::{Opened, Record};
use std::fmt::Write;
use std::fs;
use std::path::Path;

/// Opens a log, writes it as ULog, prints what was in it.
pub fn open_log(args: &OpenLog) -> Result<ExitCode, Trouble> {
    let secret = match (&args.key, &args.evidence) {
        (Some(file), _) => key_in(&read(file)?).ok_or_else(|| {
            Trouble::Misuse(format!(
                "{}: is no X25519 secret key\n  hint: a key is 32 bytes, or 64 hex digits",
                file.display()
            ))
        })?,
        (None, Some(folder)) => {
            output::read_evidence(folder, &stories::assets()?)?.truth.owner_secret
        }
        (None, None) => {
            let what = "no key is given\n  hint: name one with `--key FILE` or `--evidence DIR`";
            return Err(Trouble::Misuse(what.to_owned()));
        }
    };
    let opened = container::open(&read(&args.log)?, secret)
        .map_err(|why| Trouble::BadEvidence(format!("{}: {why}", args.log.display())))?;
    write(&args.out, &ulog::write(&opened.records))?;
    output::print(&summary(&args.log, &args.out, &opened));
    Ok(if opened.damaged.is_empty() { ExitCode::Held } else { ExitCode::BadEvidence })
}

fn read(path: &Path) -> Result<Vec<u8>, Trouble> {
    fs::read(path).map_err(|error| {
        let hint = "check the name, and that you may read it";
        Trouble::Misuse(format!("{}: cannot be read: {error}\n  hint: {hint}", path.display()))
    })
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), Trouble> {
    if fs::read(path).is_ok_and(|old| !old.starts_with(&ulog::MAGIC)) {
        return Err(Trouble::Misuse(format!(
            "{}: is there and is no ULog\n  hint: name another file with `--out`",
            path.display()
        )));
    }
    fs::write(path, bytes).map_err(|error| Trouble::unwritable(path, &error))
}

/// A key as 32 bytes or as 64 hex digits.
fn key_in(bytes: &[u8]) -> Option<[u8; 32]> {
    if let Ok(key) = bytes.try_into() {
        return Some(key);
    }
    let digits = bytes.trim_ascii();
    if digits.len() != 64 {
        return None;
    }
    let mut key = [0; 32];
    for (byte, pair) in key.iter_mut().zip(digits.chunks(2)) {
        let digit = |at: usize| char::from(pair[at]).to_digit(16);
        *byte = (digit(0)? * 16 + digit(1)?) as u8;
    }
    Some(key)
}

fn summary(log: &Path, out: &Path, opened: &Opened) -> String {
    let records = &opened.records;
    let span_s = match (records.first(), records.last()) {
        (Some(first), Some(last)) => f64::from(last.at_ms - first.at_ms) / 1000.0,
        _ => 0.0,
    };
    let mut text = format!(
        "{}: {} blocks, {} records in {span_s:.3} s\n",
        log.display(),
        opened.blocks,
        records.len()
    );
    for topic in &topics::TOPICS {
        let count = records.iter().filter(|record| record.kind == topic.kind).count();
        let _ = writeln!(text, "  {:<16} {count:>7}", topic.name);
    }
    let lost = |record: &Record| match (record.kind, <[u8; 4]>::try_from(&record.payload[..])) {
        (topics::LOST, Ok(pieces)) => u64::from(u32::from_le_bytes(pieces)),
        _ => 0,
    };
    let lost: u64 = records.iter().map(lost).sum();
    if lost > 0 {
        let _ = writeln!(text, "the log says that {lost} pieces were lost");
    }
    if opened.torn_bytes > 0 {
        let _ = writeln!(text, "its last block is torn: {} bytes are lost", opened.torn_bytes);
    }
    if opened.strange > 0 {
        let _ = writeln!(text, "{} records are of no known kind and were left out", opened.strange);
    }
    for block in &opened.damaged {
        let _ = writeln!(text, "block {block} was changed since it was written and is left out");
    }
    let _ = writeln!(text, "written to {}", out.display());
    text
}
