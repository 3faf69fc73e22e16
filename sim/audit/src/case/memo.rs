//! What is found out once for an evidence: its needles, and answers about bytes that many recordings share.
//!
//! Probes say almost all that seat 0 says, byte for byte. An answer that follows from the bytes alone is kept under
//! their digest.
//!
//! **Never:** keeps an answer that depends on a tick, a grant or a link.

use crate::chance::Guesses;
use crate::decode::jpeg;
use crate::search::{Needles, Raw};
use evidence::Evidence;
use sha2::{Digest, Sha256};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::marker::PhantomData;
use std::rc::Rc;

/// Digest of some bytes.
pub type Key = [u8; 32];

/// A picture that was read, or what is wrong with it.
pub type Read = Rc<Result<jpeg::Picture, jpeg::Fault>>;

/// A stream's bytes, and what was found in them.
type Searched = (Vec<u8>, Rc<Raw>);

/// SHA-256 of some bytes.
pub fn digest(bytes: &[u8]) -> Key {
    Sha256::digest(bytes).into()
}

/// Everything kept for one evidence.
pub struct Memo<'e> {
    /// What is searched for.
    pub needles: Needles,
    /// Keys that anybody could guess.
    pub guesses: Guesses,
    pictures: RefCell<BTreeMap<(jpeg::Form, Key), Read>>,
    likenesses: RefCell<BTreeMap<(Key, Key), bool>>,
    views: RefCell<BTreeMap<Key, Result<(), &'static str>>>,
    searches: RefCell<BTreeMap<String, Searched>>,
    of: PhantomData<&'e Evidence>,
}

impl<'e> Memo<'e> {
    /// Builds what is needed at once, and nothing else yet.
    pub fn of(evidence: &'e Evidence) -> Self {
        Self {
            needles: Needles::of(evidence),
            guesses: Guesses::of(evidence),
            pictures: RefCell::default(),
            likenesses: RefCell::default(),
            views: RefCell::default(),
            searches: RefCell::default(),
            of: PhantomData,
        }
    }

    /// What a picture is, or what is wrong with it.
    pub fn picture(&self, form: jpeg::Form, file: &[u8]) -> Read {
        let mut kept = self.pictures.borrow_mut();
        let read =
            kept.entry((form, digest(file))).or_insert_with(|| Rc::new(jpeg::read(form, file)));
        Rc::clone(read)
    }

    /// An answer about two pictures.
    pub fn likeness(&self, a: &[u8], b: &[u8], compare: impl FnOnce() -> bool) -> bool {
        let key = (digest(a), digest(b));
        let kept = self.likenesses.borrow().get(&key).copied();
        kept.unwrap_or_else(|| {
            let answer = compare();
            self.likenesses.borrow_mut().insert(key, answer);
            answer
        })
    }

    /// What is wrong with a picture of the live view.
    pub fn view(
        &self,
        scan: &[u8],
        read: impl FnOnce() -> Result<(), &'static str>,
    ) -> Result<(), &'static str> {
        *self.views.borrow_mut().entry(digest(scan)).or_insert_with(read)
    }

    /// What a search of a named stream has found.
    pub fn searched(&self, what: &str, bytes: &[u8], search: impl FnOnce() -> Raw) -> Rc<Raw> {
        if let Some((known, raw)) = self.searches.borrow().get(what)
            && known == bytes
        {
            return Rc::clone(raw);
        }
        let raw = Rc::new(search());
        let mut kept = self.searches.borrow_mut();
        kept.entry(what.to_owned()).or_insert_with(|| (bytes.to_vec(), Rc::clone(&raw)));
        raw
    }
}
