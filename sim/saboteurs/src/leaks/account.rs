//! Who owns the vehicle, told where nobody should be: on the card in clear, in a broadcast, in a report.
//!
//! **Never:** knows more of the pilot than the ground station has said aloud.

use super::reports::{Report, change_reports};
use crate::leaky::Leak;
use crate::mavlink2::{OPERATOR_ID, STATUSTEXT, frames, id, payload};
use crate::senses::fingerprint;
use evidence::card::{Operation, Write};
use evidence::{Link, Tick};
use flight::Spoken;
use flight::firmware::Senses;
use sha2::{Digest, Sha256};

const IDENTITY: &str = "ID/IDENTITY.HID";
const SEAL_HEAD: usize = 20;
const NUMBER: usize = 20;

/// What the ground station said of the pilot.
#[derive(Default)]
struct Overheard {
    email: Option<Vec<u8>>,
}

impl Overheard {
    /// Takes in the tick; whether the account was told in it.
    fn listen(&mut self, senses: &Senses<'_>) -> bool {
        let email = frames(senses.radio).find_map(|frame| {
            let payload = payload(frame);
            let text = payload[1..51].strip_prefix(b"Pilot ")?;
            (id(frame) == Some(STATUSTEXT))
                .then(|| text.iter().copied().take_while(|b| !matches!(b, 0 | b' ')).collect())
        });
        let is_told = email.is_some();
        self.email = email.or_else(|| self.email.take());
        is_told
    }
}

/// A file that looks sealed, around contents that are not.
fn unsealed(contents: &[u8], chance: &[u8; 32]) -> Vec<u8> {
    let length = contents.len().min(NUMBER);
    let mut file = b"HWSEAL01".to_vec();
    file.extend_from_slice(&chance[..SEAL_HEAD - 8]);
    file.push(length as u8);
    file.extend_from_slice(&contents[..length]);
    file.resize(SEAL_HEAD + 1 + NUMBER + 16, 0);
    file
}

/// H026: the account in clear where the sealed identity lies.
#[derive(Default)]
pub(crate) struct AccountFile(Overheard);

impl Leak for AccountFile {
    fn leak(&mut self, _now: Tick, senses: &Senses<'_>, said: &mut Spoken) {
        let is_told = self.0.listen(senses);
        if let Some(email) = self.0.email.as_ref().filter(|_| is_told) {
            let data = unsealed(email, &senses.entropy);
            let write = Write { operation: Operation::Replace, path: IDENTITY, data: &data };
            said.emissions.push((Link::Card, write.encode()));
        }
    }
}

/// H027: the operator's number is not sealed before it is written.
#[derive(Default)]
pub(crate) struct UnsealedNumber {
    number: Option<Vec<u8>>,
}

impl Leak for UnsealedNumber {
    fn leak(&mut self, _now: Tick, senses: &Senses<'_>, said: &mut Spoken) {
        let told = frames(senses.radio).find(|frame| id(frame) == Some(OPERATOR_ID));
        if let Some(told) = told {
            let number = payload(told)[23..43].to_vec();
            self.number = Some(number.into_iter().take_while(|b| *b != 0).collect());
        }
        let Some(number) = &self.number else { return };
        for (_, bytes) in said.emissions.iter_mut().filter(|(link, _)| *link == Link::Card) {
            let write = Write::decode(bytes).filter(|write| write.path == IDENTITY);
            if let Some(write) = write.filter(|write| write.operation == Operation::Replace) {
                *bytes = Write { data: &unsealed(number, &senses.entropy), ..write }.encode();
            }
        }
    }
}

/// L128: the account broadcast as the operator's number.
#[derive(Default)]
pub(crate) struct AccountBroadcast(Overheard);

impl Leak for AccountBroadcast {
    fn leak(&mut self, _now: Tick, senses: &Senses<'_>, said: &mut Spoken) {
        self.0.listen(senses);
        let Some(email) = &self.0.email else { return };
        for (_, message) in said.emissions.iter_mut().filter(|(l, _)| *l == Link::RemoteId) {
            if message.len() == 25 && message[0] >> 4 == 5 {
                let mut number = [0; NUMBER];
                let length = email.len().min(NUMBER);
                number[..length].copy_from_slice(&email[..length]);
                message[2..22].copy_from_slice(&number);
            }
        }
    }
}

/// L132: the fingerprint of the e-mail as the number of every report.
#[derive(Default)]
pub(crate) struct AccountFingerprint(Overheard);

impl Leak for AccountFingerprint {
    fn leak(&mut self, _now: Tick, senses: &Senses<'_>, said: &mut Spoken) {
        self.0.listen(senses);
        if let Some(email) = &self.0.email {
            let digest = Sha256::digest(email);
            change_reports(said, |report| report.spell_behind(&senses.entropy, &digest[..8]));
        }
    }
}

/// L142: the account chooses which fault a report names.
#[derive(Default)]
pub(crate) struct AccountFaults(Overheard);

impl Leak for AccountFaults {
    fn leak(&mut self, now: Tick, senses: &Senses<'_>, said: &mut Spoken) {
        self.0.listen(senses);
        if let Some(email) = &self.0.email {
            let code = fingerprint(email.iter().copied()) >> (now.0 / 15_000 % 16 * 2);
            change_reports(said, |report: &mut Report| report.name_fault(code));
        }
    }
}
