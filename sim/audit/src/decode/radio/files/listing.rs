//! A list of files: names that are listed, of what may be shown, each with its size.
//!
//! **Never:** takes a name for clean that it does not know.

use super::{Incoming, class_of, granted, plain, unasked};
use crate::case::{INCOMING, Line};
use crate::decode::Faults;
use crate::decode::radio::metadata;
use evidence::Tick;
use evidence::scenario::Act;

/// Folders that every card has.
const FOLDERS: [&str; 6] = ["DCIM", "100HUSHW", "LOG", "SOUND", "..", "."];

/// Checks one answer.
pub(super) fn list(
    case: &Line<'_, '_>,
    tick: Tick,
    data: &[u8],
    incoming: &Incoming,
    faults: &mut Faults<'_>,
) {
    let asks = |act: &Act| matches!(act, Act::AsksFiles { .. });
    if !case.heard.by_pilot(tick).any(|heard| asks(heard.act)) {
        return unasked(case, tick, Some(&asks), faults);
    }
    for entry in data.split(|byte| *byte == 0).filter(|entry| !entry.is_empty()) {
        let Ok(text) = std::str::from_utf8(entry) else {
            return faults.unlisted(None, "a list of files with an unclean name");
        };
        let is_folder = text.strip_prefix('D').is_some_and(|name| {
            let is_ours = matches!(name, metadata::FOLDER | INCOMING);
            FOLDERS.contains(&name) || (case.is_live() && is_ours)
        });
        if is_folder || text == "S" {
            continue;
        }
        let Some((name, size)) = text.strip_prefix('F').and_then(|rest| rest.split_once('\t'))
        else {
            return faults.unlisted(None, "a list of files in another form");
        };
        let is_number = size.parse::<u32>().is_ok_and(|number| number.to_string() == size);
        faults.must(is_number, "a list of files with an unclean size");
        let folders = [metadata::FOLDER, INCOMING];
        let mut plain =
            folders.iter().filter_map(|f| plain(case, incoming, &format!("{f}/{name}")));
        if let Some(told) = plain.next() {
            let is_so_long = told.len().to_string() == size;
            faults.must(is_so_long, "a file of another size than its own");
            continue;
        }
        let path = [format!("LOG/{name}"), format!("DCIM/100HUSHW/{name}")];
        match path.iter().find(|path| class_of(path).is_some()) {
            Some(path) => granted(case, tick, path, faults),
            None => faults.unlisted(None, "a list with a file of no listed name"),
        }
    }
}
