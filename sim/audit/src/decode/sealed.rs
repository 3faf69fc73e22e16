//! Small files on the card that the secure element vouches for: settings, consent, identity, key of the link; and the
//! cache of zones.
//!
//! The auditor is handed the secure element's key, so it opens and checks them by itself.
//!
//! **Never:** takes bytes that nobody can open for harmless.

use super::radio::parameters;
use crate::case::Case;
use chacha20poly1305::aead::{AeadInOut, KeyInit};
use chacha20poly1305::{ChaCha20Poly1305, Nonce};
use evidence::scenario::Setting;
use evidence::{Class, Grant, Recipient, Tick};
use sha2::{Digest, Sha256};
use x25519_dalek::{PublicKey, StaticSecret};

/// The settings.
pub const SETTINGS: &str = "SET/SETTINGS.HST";
/// The figures of the flight that the pilot has set.
pub const TUNING: &str = "SET/TUNING.HST";
/// The ledger of consent.
pub const LEDGER: &str = "CONSENT/LEDGER.HCL";
/// The operator's number.
pub const IDENTITY: &str = "ID/IDENTITY.HID";
/// The key of the link.
pub const SIGNING: &str = "ID/SIGNING.HSG";
/// The zones of a cell.
pub const CACHE: &str = "ZONES/CACHE.HNZ";

const SETTINGS_MAGIC: &[u8] = b"HWSETT01";
const TUNING_MAGIC: &[u8] = b"HWTUNE01";
const LEDGER_MAGIC: &[u8] = b"HWCONS01";
const SEAL_MAGIC: &[u8] = b"HWSEAL01";
const RECORD: usize = 72;
const CLAIMED: usize = 40;
const MAC: usize = 32;
const NONCE: usize = 12;
const TAG: usize = 16;
const IDENTITY_LENGTH: usize = 21;
const SIGNING_LENGTH_MAX: usize = 64;
/// What the text may call itself before it names its cell.
const CACHE_NAME: &[u8] = b"hushwing.zones/1 ";
const CACHE_MAX: usize = 4096 + 64;
/// An act and its record are not farther apart.
const RECORDED_TICKS: u64 = 5;

/// Whether a path is one of these.
pub fn is_small_file(path: &str) -> bool {
    [SETTINGS, TUNING, LEDGER, IDENTITY, SIGNING, CACHE].contains(&path)
}

/// What is wrong with one of these, as it was written at `tick`; a class where something of that class lies there.
pub fn check(case: &Case<'_>, path: &str, file: &[u8], tick: Tick) -> Result<(), Fault> {
    match path {
        SETTINGS => settings(case, file, tick),
        TUNING => tuning(case, file, tick),
        LEDGER => ledger(case, file, tick),
        IDENTITY => {
            let plain = open(case, path, file)?;
            is_identity(case, &plain).then_some(()).ok_or(Fault::new("it holds something else"))
        }
        SIGNING => {
            let plain = open(case, path, file)?;
            let fits = plain.len() <= SIGNING_LENGTH_MAX;
            fits.then_some(()).ok_or(Fault::new("it holds more than a key"))
        }
        CACHE => cache(file),
        _ => Err(Fault::new("not a listed file")),
    }
}

/// A rule, and the class of what breaks it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The rule.
    pub rule: &'static str,
    /// A consent that was never given: of what.
    pub consent: Option<Class>,
}

impl Fault {
    fn new(rule: &'static str) -> Self {
        Self { rule, consent: None }
    }
}

/// The nonce of a sealed file.
pub fn nonce_of(path: &str, file: &[u8]) -> Option<[u8; NONCE]> {
    let is_sealed = path == IDENTITY || path == SIGNING;
    let rest = file.strip_prefix(SEAL_MAGIC).filter(|_| is_sealed)?;
    rest.get(..NONCE)?.try_into().ok()
}

fn vault_key<'a>(case: &'a Case<'_>) -> Option<&'a [u8]> {
    let keys = case.evidence.truth.canaries.iter();
    let vault = keys.clone().find(|c| c.class == Class::Key && c.subject == "vault key");
    vault.map(|key| key.needle.as_slice())
}

fn settings(case: &Case<'_>, file: &[u8], tick: Tick) -> Result<(), Fault> {
    let count = Setting::ALL.len();
    let length = SETTINGS_MAGIC.len() + count;
    let Some((said, mac)) = file.split_at_checked(length) else {
        return Err(Fault::new("settings that are cut short"));
    };
    let values = said.strip_prefix(SETTINGS_MAGIC).ok_or(Fault::new("not settings"))?;
    vouched(case, &[b"settings", said], mac)?;
    let is_set = |(setting, value): (Setting, &u8)| {
        *value == u8::from(case.is_on(setting, tick)) || case.may_be_lost(setting, tick)
    };
    let is_so = Setting::ALL.into_iter().zip(values).all(is_set);
    is_so.then_some(()).ok_or(Fault::new("settings that the pilot has not made"))
}

/// What the pilot of a live flight has set, each as it was delivered or as some frame of his set it.
fn tuning(case: &Case<'_>, file: &[u8], tick: Tick) -> Result<(), Fault> {
    let length = TUNING_MAGIC.len() + 4 * parameters::KNOBS.len();
    let Some((said, mac)) = file.split_at_checked(length) else {
        return Err(Fault::new("figures that are cut short"));
    };
    let values = said.strip_prefix(TUNING_MAGIC).ok_or(Fault::new("not figures"))?;
    vouched(case, &[b"tuning", said], mac)?;
    let is_set = |(place, four): (usize, &[u8])| {
        let told = u32::from_le_bytes([four[0], four[1], four[2], four[3]]);
        parameters::may_be(case, place, told, tick)
    };
    let is_so = values.chunks_exact(4).enumerate().all(is_set);
    is_so.then_some(()).ok_or(Fault::new("figures that the pilot has not set"))
}

fn ledger(case: &Case<'_>, file: &[u8], tick: Tick) -> Result<(), Fault> {
    let records = file.strip_prefix(LEDGER_MAGIC).ok_or(Fault::new("not a ledger"))?;
    let mut before = LEDGER_MAGIC.to_vec();
    for (place, record) in records.chunks(RECORD).enumerate() {
        if record.len() != RECORD {
            return Err(Fault::new("a ledger with half a record"));
        }
        let (claimed, mac) = record.split_at(CLAIMED);
        vouched(case, &[&before, claimed], mac)?;
        before = mac.to_vec();
        recorded(case, place, claimed, tick)?;
    }
    Ok(())
}

/// One record of the ledger, against what the pilot really gave.
fn recorded(case: &Case<'_>, place: usize, record: &[u8], now: Tick) -> Result<(), Fault> {
    let u32_at = |at: usize| {
        u32::from_le_bytes([record[at], record[at + 1], record[at + 2], record[at + 3]])
    };
    let u64_at = |at: usize| u64::from(u32_at(at)) | u64::from(u32_at(at + 4)) << 32;
    let odd = Fault::new("a record of consent with an unlisted value");
    let class = Class::ALL.get(usize::from(record[5])).copied().ok_or(odd)?;
    let recipient = match record[6] {
        0 => Recipient::Pilot,
        1 => Recipient::Maker,
        _ => return Err(odd),
    };
    let is_listed = u32_at(0) as usize == place + 1
        && (1..=2).contains(&record[4])
        && record[7] <= 3
        && record[28] == 1
        && (1..=2).contains(&record[29])
        && record[30..32] == [1, 0]
        && record[32..40] == [0; 8];
    if !is_listed {
        return Err(odd);
    }
    let (object, at, until) = (u32_at(8), Tick(u64_at(12)), u64_at(20));
    let is_near = |tick: Tick| tick.0.abs_diff(at.0) <= RECORDED_TICKS;
    let is_of = |grant: &&Grant| {
        (grant.category, grant.object, grant.recipient) == (class, object, recipient)
    };
    let given = || case.evidence.truth.mandate.grants.iter().filter(is_of);
    let is_true = if record[4] == 1 {
        given().any(|grant| {
            let ends = match grant.valid_until {
                Some(end) => until != 0 && until <= end.0 + RECORDED_TICKS,
                None => true,
            };
            is_near(grant.given_at) && ends
        })
    } else {
        // A withdrawal takes away; one that nobody asked for gives nothing, but has room.
        at <= now && given().any(|grant| grant.given_at <= at)
    };
    let consent = Some(class);
    is_true.then_some(()).ok_or(Fault { rule: "a consent that nobody gave", consent })
}

fn is_identity(case: &Case<'_>, plain: &[u8]) -> bool {
    // Behind the number may stand the key that logs are sealed to.
    let owner = PublicKey::from(&StaticSecret::from(case.evidence.truth.owner_secret));
    let plain = plain.strip_suffix(owner.as_bytes()).unwrap_or(plain);
    let Some((length, number)) = plain.split_first() else { return false };
    let Some((number, rest)) = number.split_at_checked(usize::from(*length)) else { return false };
    let operator = case.evidence.scenario.operator.as_deref().unwrap_or_default();
    let known = &operator.as_bytes()[..operator.len().min(IDENTITY_LENGTH - 1)];
    let is_clean = plain.len() == IDENTITY_LENGTH && rest.iter().all(|byte| *byte == 0);
    // With the length of what it holds, or of the field.
    let trimmed = number.iter().rposition(|b| *b != 0).map_or(&[][..], |last| &number[..=last]);
    is_clean && trimmed == known
}

/// A line that ends with the cell, then the server's text about it.
fn cache(file: &[u8]) -> Result<(), Fault> {
    let is_text = file.iter().all(|b| *b == b'\n' || (0x20..0x7F).contains(b));
    let first = file.split(|b| *b == b'\n').next().unwrap_or_default();
    let last = first.rsplit(|b| *b == b' ').next().unwrap_or_default();
    let is_named = first.len() == last.len() || first[..first.len() - last.len()] == *CACHE_NAME;
    let cell = std::str::from_utf8(last).ok().and_then(super::uplink::cell);
    let is_cache = is_text && is_named && file.len() <= CACHE_MAX && cell.is_some();
    is_cache.then_some(()).ok_or(Fault::new("not the zones of a cell"))
}

fn open(case: &Case<'_>, path: &str, file: &[u8]) -> Result<Vec<u8>, Fault> {
    let rest = file.strip_prefix(SEAL_MAGIC).ok_or(Fault::new("it is not sealed"))?;
    let Some((nonce, sealed)) = rest.split_at_checked(NONCE).filter(|(_, s)| s.len() >= TAG) else {
        return Err(Fault::new("a seal that is cut short"));
    };
    let vault = vault_key(case).ok_or(Fault::new("sealed with a key that nobody handed over"))?;
    let cipher = ChaCha20Poly1305::new(&hmac(vault, &[b"seal"]).into());
    let mut plain = sealed.to_vec();
    let nonce = Nonce::try_from(nonce).map_err(|_| Fault::new("a seal that is cut short"))?;
    cipher
        .decrypt_in_place(&nonce, path.as_bytes(), &mut plain)
        .map_err(|_| Fault::new("it does not open with the vault's key"))?;
    Ok(plain)
}

/// Whether the secure element vouches for these parts. Where its key is not known, the form alone counts.
fn vouched(case: &Case<'_>, parts: &[&[u8]], mac: &[u8]) -> Result<(), Fault> {
    let is_vouched = match vault_key(case) {
        Some(key) => hmac(key, parts)[..] == *mac,
        None => mac.len() == MAC,
    };
    is_vouched.then_some(()).ok_or(Fault::new("bytes that the secure element does not vouch for"))
}

/// HMAC-SHA256 (RFC 2104) with a key of at most 64 bytes.
pub fn hmac(key: &[u8], parts: &[&[u8]]) -> [u8; 32] {
    let padded = |with: u8| {
        let mut block = [with; 64];
        block.iter_mut().zip(key).for_each(|(byte, key)| *byte ^= key);
        block
    };
    let mut inner = Sha256::new();
    inner.update(padded(0x36));
    parts.iter().for_each(|part| inner.update(part));
    let mut outer = Sha256::new();
    outer.update(padded(0x5C));
    outer.update(inner.finalize());
    outer.finalize().into()
}

#[cfg(test)]
mod tests;
