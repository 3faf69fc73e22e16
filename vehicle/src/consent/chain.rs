//! The ledger on the card: an append-only chain of records, each marked by the vault together with the mark before.
//!
//! `CONSENT/LEDGER.HCL` is `HWCONS01`, then [records](super::record) of 40 bytes, each with its mark of 32:
//! HMAC-SHA256(vault key, the mark before (for the first: the magic), the record). A record cannot be changed,
//! taken out or moved without breaking the chain.
//!
//! **Never:** believes half a chain: where one record does not hold, none does.

use super::Ledger;
use super::record::{Act, RECORD, Record};
use crate::gate::Parcel;
use crate::senses::{Storage, Tick};
use crate::vault::{Vault, fresh};
use alloc::vec::Vec;

const MAGIC: &[u8; 8] = b"HWCONS01";
const MARK: usize = 32;

/// Where the chain lies.
pub(crate) const PATH: &str = "CONSENT/LEDGER.HCL";

/// Most bytes that a write of the chain takes.
pub(crate) const WRITE_MAX: u64 = (MAGIC.len() + RECORD + MARK) as u64;

/// The end of the chain: what the next record hangs on.
pub(crate) struct Chain {
    last: Vec<u8>,
    length: usize,
}

/// The chain on the card does not hold.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Broken;

impl Chain {
    /// A chain that is not on the card yet.
    pub(crate) fn new() -> Self {
        Self { last: MAGIC.to_vec(), length: 0 }
    }

    /// Hangs a record on the chain; the write that keeps it. None for what is not kept at all.
    pub(crate) fn add(&mut self, record: &Record, vault: &Vault) -> Option<Parcel> {
        let body = record.encode()?;
        let before: &[u8] = if self.length == 0 { MAGIC } else { &[] };
        let (kept, mark) = vault.vouch(before, &self.last, &body);
        self.last = mark.to_vec();
        self.length += before.len() + RECORD + MARK;
        Some(Parcel::keep_more(PATH.into(), kept))
    }

    /// Begins anew, with nothing agreed to; the write that makes it so.
    pub(crate) fn begin_anew(&mut self) -> Parcel {
        self.last = MAGIC.to_vec();
        self.length = MAGIC.len();
        Parcel::keep(PATH.into(), fresh(MAGIC))
    }

    /// Whether the card holds all that was written.
    pub(crate) fn is_on(&self, card: &dyn Storage) -> bool {
        card.length(PATH).unwrap_or(0) == self.length
    }

    /// Reads the chain from the card, and from it the ledger.
    pub(crate) fn recover(
        card: &dyn Storage,
        vault: &Vault,
        now: Tick,
    ) -> Result<(Self, Ledger), Broken> {
        match card.length(PATH) {
            None => Ok((Self::new(), Ledger::empty())),
            Some(length) => read(card.read(PATH, 0, length), vault, now),
        }
    }
}

fn read(bytes: &[u8], vault: &Vault, now: Tick) -> Result<(Chain, Ledger), Broken> {
    let mut ledger = Ledger::empty();
    let mut last = MAGIC.to_vec();
    let mut before = Tick(0);
    let links = bytes.strip_prefix(MAGIC).ok_or(Broken)?.chunks(RECORD + MARK);
    for link in links {
        let (body, mark) = link.split_at_checked(RECORD).ok_or(Broken)?;
        if mark.len() != MARK || !vault.vouches_for(&[&last, body], mark) {
            return Err(Broken);
        }
        let body: &[u8; RECORD] = body.try_into().map_err(|_| Broken)?;
        let record = Record::decode(body).ok_or(Broken)?;
        // A clock that has gone back cannot tell what has ended.
        if record.id != ledger.next_id || record.at < before || record.at > now {
            return Err(Broken);
        }
        before = record.at;
        replay(&record, &mut ledger)?;
        last = mark.to_vec();
    }
    Ok((Chain { last, length: bytes.len() }, ledger))
}

fn replay(record: &Record, ledger: &mut Ledger) -> Result<(), Broken> {
    match record.act {
        Act::Given => {
            let Record { purpose, scope, at, valid_until, .. } = *record;
            ledger.grant_for(purpose, scope, at, valid_until).map(drop).ok_or(Broken)
        }
        Act::Withdrawn => {
            ledger.take_id();
            ledger.withdraw(record.scope, record.at);
            Ok(())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::consent::record::Method;
    use crate::consent::{Purpose, Scope};
    use crate::gate::{Body, Verdict, judge};
    use crate::senses::LawName;
    use crate::settings::Controls;
    use crate::words::{Class, Recipient};

    const SCOPE: Scope =
        Scope { category: Class::FlightLog, object: 2, recipient: Recipient::Maker };

    fn record(id: u32, act: Act, scope: Scope, at: u64, until: u64) -> Record {
        Record {
            id,
            act,
            scope,
            purpose: Purpose::Delivery,
            at: Tick(at),
            valid_until: (until > 0).then_some(Tick(until)),
            method: Method::GroundStation,
        }
    }

    fn file(records: &[Record], vault: &Vault) -> Vec<u8> {
        let mut chain = Chain::new();
        let mut file = Vec::new();
        for record in records {
            let parcel = chain.add(record, vault).expect("the pilot's consent is kept");
            let (controls, ledger) = (Controls::as_delivered(), Ledger::empty());
            match judge(LawName::Sealed, &controls, &ledger, parcel, Tick(0)) {
                Verdict::Cleared(cleared) => match cleared.body {
                    Body::Card { bytes, .. } => file.extend(bytes),
                    _ => panic!("the chain lies on the card"),
                },
                Verdict::Refused(refusal) => panic!("{refusal:?}"),
            }
        }
        assert_eq!(file.len(), chain.length);
        file
    }

    #[test]
    fn a_chain_comes_back_as_it_was() {
        let vault = Vault::new([1; 32]);
        let other = Scope { object: 3, ..SCOPE };
        let file = file(
            &[
                record(1, Act::Given, SCOPE, 10, 0),
                record(2, Act::Given, other, 20, 100),
                record(3, Act::Withdrawn, SCOPE, 30, 0),
                record(4, Act::Given, SCOPE, 40, 0),
            ],
            &vault,
        );
        assert_eq!(file.len(), 8 + 4 * 72);
        let (chain, mut ledger) = read(&file, &vault, Tick(50)).expect("it holds");
        assert_eq!((chain.length, ledger.next_id), (file.len(), 5));
        assert!(ledger.allows(SCOPE, Tick(50)) && ledger.allows(other, Tick(50)));
        assert!(!ledger.allows(other, Tick(100)), "it has ended");
        assert!(ledger.withdraw(SCOPE, Tick(51)));
    }

    #[test]
    fn a_cut_at_any_byte_gives_no_consent_that_was_not_given() {
        let vault = Vault::new([1; 32]);
        let acts = [record(1, Act::Given, SCOPE, 10, 0), record(2, Act::Withdrawn, SCOPE, 30, 0)];
        let file = file(&acts, &vault);
        for length in 0..=file.len() {
            let read = read(&file[..length], &vault, Tick(50));
            let allowed = read.map(|(_, ledger)| ledger.allows(SCOPE, Tick(50)));
            let expected = match length {
                8 | 152 => Ok(false),
                80 => Ok(true),
                _ => Err(Broken),
            };
            assert_eq!(allowed, expected, "cut at {length}");
        }
    }

    #[test]
    fn a_chain_that_was_touched_does_not_hold() {
        let vault = Vault::new([1; 32]);
        let acts = [record(1, Act::Given, SCOPE, 10, 0), record(2, Act::Given, SCOPE, 30, 0)];
        let whole = file(&acts, &vault);
        for place in 0..whole.len() {
            let mut forged = whole.clone();
            forged[place] ^= 0x80;
            assert!(read(&forged, &vault, Tick(50)).is_err(), "forged at {place}");
        }
        let without_the_first = [&whole[..8], &whole[80..]].concat();
        let turned = [&whole[..8], &whole[80..], &whole[8..80]].concat();
        let ids = [record(1, Act::Given, SCOPE, 10, 0), record(3, Act::Given, SCOPE, 30, 0)];
        for (name, bytes, now) in [
            ("a record taken out", without_the_first, 50),
            ("records in another order", turned, 50),
            ("a gap in the numbers", file(&ids, &vault), 50),
            ("a clock that went back", whole.clone(), 20),
            ("another vehicle's", file(&acts, &Vault::new([2; 32])), 50),
        ] {
            assert!(read(&bytes, &vault, Tick(now)).is_err(), "{name}");
        }
    }
}
