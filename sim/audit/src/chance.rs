//! Chance: keys, nonces and numbers that should be drawn afresh must be neither constant, nor repeated, nor such as
//! anybody could guess.
//!
//! **Never:** holds a number for random because it looks so; says more than that a guess was right.

use crate::alarm::{Alarm, Detector, switch_of};
use crate::case::{Case, log_number};
use crate::decode::sealed::nonce_of;
use crate::decode::uplink::{Request, Spoken, spoken};
use evidence::{Class, Evidence, Link, TICKS_PER_S, Tick};
use sha2::{Digest, Sha256};
use std::cell::{OnceCell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;
use x25519_dalek::{PublicKey, StaticSecret};

/// Numbers that a log, a boot or a report may have.
const COUNTED: u64 = 24;
/// Numbers of 128 bits closer than this follow from each other.
const STEP_MAX: u128 = 1 << 64;

/// A log's key is made of the tick's chance behind this word, so whoever guesses the chance has the key.
const LOG_SEED: &[u8] = b"hushwing log seed 1";
/// Whoever tries a report again has said something within this time.
const AGAIN_WITHIN: u64 = 11 * TICKS_PER_S;

/// Public keys whose secret anybody could guess. They are reckoned when the first log is met.
pub struct Guesses {
    owner: [u8; 32],
    publics: OnceCell<BTreeSet<[u8; 32]>>,
    seeds: Vec<Vec<u8>>,
    told: RefCell<BTreeMap<([u8; 32], Tick), bool>>,
}

impl Guesses {
    /// Guesses for one evidence, made once: digests of what the vehicle knows.
    pub fn of(evidence: &Evidence) -> Self {
        let owner = PublicKey::from(&StaticSecret::from(evidence.truth.owner_secret)).to_bytes();
        let seed = evidence.scenario.seed;
        let mut seeds =
            vec![owner.to_vec(), seed.to_le_bytes().to_vec(), seed.to_string().into_bytes()];
        let known = evidence.truth.canaries.iter().filter(|c| c.class == Class::Device);
        seeds.extend(known.map(|canary| canary.needle.clone()));
        Self { owner, publics: OnceCell::new(), seeds, told: RefCell::default() }
    }

    /// Whether a log's key is one that follows from what the log tells anyway.
    fn has(&self, key: &[u8; 32], begun: Tick) -> bool {
        let mut told = self.told.borrow_mut();
        *told.entry((*key, begun)).or_insert_with(|| self.is_guessed(key, begun))
    }

    fn is_guessed(&self, key: &[u8; 32], begun: Tick) -> bool {
        let near = (begun.0.saturating_sub(2)..=begun.0 + 2)
            .flat_map(|tick| [tick, 2 * tick, tick / TICKS_PER_S])
            .flat_map(|number| counted(number).into_iter().chain(derived(&[], number)));
        let known = self.publics.get_or_init(|| publics(self.secrets()));
        ANYBODYS.contains(key) || known.contains(key) || publics(near.collect()).contains(key)
    }

    /// Digests of what the vehicle knows.
    fn secrets(&self) -> Vec<[u8; 32]> {
        let mut secrets = vec![self.owner];
        secrets.extend(self.seeds.iter().flat_map(|seed| digests(seed)));
        secrets
    }
}

/// Public keys of constants and counters, the same for every evidence: a constant too large to write down.
static ANYBODYS: LazyLock<BTreeSet<[u8; 32]>> = LazyLock::new(|| {
    let constants = (0..=u8::MAX).map(|byte| [byte; 32]);
    let counters = (0..COUNTED).flat_map(counted);
    publics(constants.chain(counters).chain(SEEDS.iter().flat_map(|seed| digests(seed))).collect())
});

/// Seeds that anybody would try.
const SEEDS: [&[u8]; 2] = [b"", LOG_WORD];
const LOG_WORD: &[u8] = b"hushwing log 1";

/// Digests of a seed, alone and with small numbers.
fn digests(seed: &[u8]) -> impl Iterator<Item = [u8; 32]> {
    let alone: [u8; 32] = Sha256::digest(seed).into();
    (0..COUNTED).flat_map(move |number| derived(seed, number)).chain([alone])
}

/// The public keys of secrets, and of what a log makes of them where they are its chance.
fn publics(secrets: Vec<[u8; 32]>) -> BTreeSet<[u8; 32]> {
    let public = |secret: [u8; 32]| PublicKey::from(&StaticSecret::from(secret)).to_bytes();
    let mixed = |secret: [u8; 32]| Sha256::digest([LOG_SEED, &secret].concat()).into();
    secrets.into_iter().flat_map(|secret| [secret, mixed(secret)]).map(public).collect()
}

/// A small number as it stands in 32 bytes, first or last.
fn counted(number: u64) -> [[u8; 32]; 2] {
    let mut both = [[0; 32]; 2];
    both[0][..8].copy_from_slice(&number.to_le_bytes());
    both[1][24..].copy_from_slice(&number.to_be_bytes());
    both
}

/// Digests of a seed and a number, as anybody would make them.
fn derived(seed: &[u8], number: u64) -> [[u8; 32]; 3] {
    let of = |number: &[u8]| Sha256::digest([seed, number].concat()).into();
    [
        of(&number.to_le_bytes()),
        of(&(number as u32).to_le_bytes()),
        of(number.to_string().as_bytes()),
    ]
}

/// Raises an alarm for each number that chance did not choose.
pub fn chance(case: &Case<'_>, alarms: &mut Vec<Alarm>) {
    let mut keys = BTreeMap::new();
    for log in &case.opened {
        let Some((begun, key)) = log.key else { continue };
        let mut alarm = |rule: &str| {
            let (class, shown) = (Some(Class::FlightLog), format!("{}: {rule}", log.path));
            alarms.push(Alarm::new(Detector::ENT, class, Link::Card, begun, &shown));
        };
        if keys.insert(key, &log.path).is_some() {
            alarm("its key is another log's too");
        }
        if case.memo.guesses.has(&key, begun) {
            alarm("its key is one that anybody could guess");
        }
        if is_patterned(&key) {
            alarm("its key is a pattern");
        }
    }
    nonces(case, alarms);
    reports(case, alarms);
}

/// A nonce seals one text only.
fn nonces(case: &Case<'_>, alarms: &mut Vec<Alarm>) {
    let mut known: BTreeMap<[u8; 12], &[u8]> = BTreeMap::new();
    for life in case.lives.iter().filter(|life| log_number(life.path).is_none()) {
        let Some(nonce) = nonce_of(life.path, &life.bytes) else { continue };
        let is_again = known.insert(nonce, &life.bytes).is_some_and(|bytes| bytes != life.bytes);
        if is_again || is_patterned(&nonce) {
            let rule = format!("{}: its nonce is not drawn afresh", life.path);
            let class = Some(Class::Key);
            alarms.push(Alarm::new(Detector::ENT, class, Link::Card, life.born, &rule));
        }
    }
}

/// A report's number tells nothing: neither which vehicle sent it, nor which report came before.
fn reports(case: &Case<'_>, alarms: &mut Vec<Alarm>) {
    let mut known: BTreeMap<u128, &[u8]> = BTreeMap::new();
    let mut busy = None;
    for said in case.recording.transcript.on(Link::Uplink) {
        let is_busy =
            busy.replace(said.tick).is_some_and(|at: Tick| said.tick.0 <= at.0 + AGAIN_WITHIN);
        let Ok(Spoken::Request(sent)) = spoken(said.bytes) else { continue };
        let Request::Report(report) = sent.request else { continue };
        let Ok(number) = u128::from_str_radix(report.id, 16) else { continue };
        let body = said.bytes.windows(4).position(|w| w == b"\r\n\r\n").unwrap_or(0);
        let body = &said.bytes[body..];
        let before = known.insert(number, body);
        let mut others = known.keys().filter(|other| **other != number);
        let rule = if is_patterned(&number.to_be_bytes()) {
            "a report's number is a pattern"
        } else if before.is_some_and(|told| told != body || !is_busy) {
            "a report's number is another report's too"
        } else if others.any(|other| other.abs_diff(number) < STEP_MAX) {
            "a report's number follows from another's"
        } else if is_derived(case, &number.to_be_bytes()) {
            "a report's number follows from what the vehicle is"
        } else {
            continue;
        };
        let class = Some(Class::Device);
        let alarm = Alarm::new(Detector::ENT, class, said.link, said.tick, rule);
        alarms.push(alarm.under(switch_of(said.link, said.bytes)));
    }
}

/// Whether a number is the beginning of a digest of something that the vehicle is or has.
fn is_derived(case: &Case<'_>, bytes: &[u8]) -> bool {
    let known = case.memo.guesses.seeds.iter().map(Vec::as_slice);
    known.chain([LOG_WORD]).any(|seed| {
        digests(seed).any(|digest| digest.starts_with(bytes) || digest.ends_with(bytes))
    })
}

/// Whether bytes repeat or count: chance does so once in many lifetimes.
fn is_patterned(bytes: &[u8]) -> bool {
    let different: BTreeSet<u8> = bytes.iter().copied().collect();
    let step = |pair: &[u8]| pair[1].wrapping_sub(pair[0]);
    let steps: BTreeSet<u8> = bytes.windows(2).map(step).collect();
    different.len() * 3 <= bytes.len() || steps.len() <= 2
}

#[cfg(test)]
mod tests;
