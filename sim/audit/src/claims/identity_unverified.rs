//! Any e-mail and phone are accepted; nothing is ever sent about them.
//!
//! Tempted by an account that the ground station lets the vehicle hear.
//!
//! **Never:** asks whether the account is a real one.

use super::{Exam, tempted};
use crate::report::Finding;
use evidence::scenario::Act;
use evidence::{ClaimId, Class, Tick};

pub fn finding(exam: &Exam<'_>) -> Finding {
    let scenario = &exam.evidence.scenario;
    let outages = scenario.outages();
    let registers = scenario.beats.iter().filter(|beat| {
        *beat.does.on_any_port() == Act::Registers && outages.hears(Tick::at_s(beat.at_s))
    });
    let told = if scenario.account.is_some() { registers.count() as u64 } else { 0 };
    let tempted = vec![tempted("accounts told to the vehicle", told)];
    exam.finding(ClaimId::IdentityUnverified, Some(Class::Account), tempted)
}
