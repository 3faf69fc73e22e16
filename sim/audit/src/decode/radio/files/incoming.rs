//! What the pilot's station has put aboard a live vehicle: worked out from its own frames, each as the answer says that it
//! was carried out.
//!
//! **Never:** takes the vehicle's word for a byte of it; lets it grow beyond the room that is documented.

use crate::case::{
    AGAIN_TICKS, CREATE, FileHead, FileRequest, OPEN_TO_WRITE, TRUNCATE, WRITE, is_incoming,
};
use crate::decode::Faults;
use evidence::{Link, Tick};
use std::collections::BTreeMap;

const TERMINATE: u8 = 1;
const REMOVE: u8 = 8;
const FILES_MAX: usize = 4;
const BYTES_MAX: usize = 4096;

/// The files, by their paths.
#[derive(Default)]
pub struct Incoming {
    files: BTreeMap<String, Vec<u8>>,
    /// What was done last on each port of what is not done twice.
    done: BTreeMap<Link, (FileHead, String, Tick)>,
}

impl Incoming {
    /// What is in a file.
    pub fn file(&self, path: &str) -> Option<&[u8]> {
        self.files.get(path).map(Vec::as_slice)
    }

    /// Takes in that a request was carried out; `opened` is what its session had opened.
    pub fn carried_out(
        &mut self,
        tick: Tick,
        request: &FileRequest,
        opened: Option<&FileRequest>,
        faults: &mut Faults<'_>,
    ) {
        let (head, path) = (request.head, &request.path);
        if matches!(head.opcode, TERMINATE | CREATE | REMOVE) {
            let is_again = self.done.get(&head.link).is_some_and(|(done, named, at)| {
                (*done, named) == (head, path) && tick.0 <= at.0 + AGAIN_TICKS
            });
            if is_again {
                return;
            }
            self.done.insert(head.link, (head, path.clone(), tick));
        }
        let is_possible = match head.opcode {
            CREATE => {
                let has_room = self.files.len() < FILES_MAX || self.files.contains_key(path);
                self.files.insert(path.clone(), Vec::new());
                is_incoming(path) && has_room
            }
            WRITE => opened
                .filter(|opened| matches!(opened.head.opcode, CREATE | OPEN_TO_WRITE))
                .and_then(|opened| self.files.get_mut(&opened.path))
                .is_some_and(|file| write(file, head.offset as usize, &request.data)),
            TRUNCATE => self.files.get_mut(path).is_some_and(|file| {
                let end = head.offset as usize;
                let is_shorter = end <= file.len();
                file.truncate(end);
                is_shorter
            }),
            REMOVE => {
                self.files.remove(path);
                true
            }
            _ => true,
        };
        faults.must(is_possible, "a file is written where none may be");
    }
}

/// Writes where nothing is left out before it and there is room; whether that is so.
fn write(file: &mut Vec<u8>, offset: usize, data: &[u8]) -> bool {
    let fits = offset <= file.len() && offset.saturating_add(data.len()) <= BYTES_MAX;
    if fits {
        file.resize(file.len().max(offset + data.len()), 0);
        file[offset..offset + data.len()].copy_from_slice(data);
    }
    fits
}
