//! Every class that may leave has a switch of its own, and off is silence.
//!
//! Tempted by switches that the pilot turned both on and off in this story.
//!
//! **Never:** counts a switch that was set to what it was.

use super::{Exam, tempted};
use crate::report::Finding;
use evidence::ClaimId;
use evidence::scenario::Setting;

pub fn finding(exam: &Exam<'_>) -> Finding {
    let both = Setting::ALL.into_iter().filter(|switch| is_turned_both_ways(exam, *switch));
    let tempted = vec![tempted("switches turned both on and off", both.count() as u64)];
    exam.finding(ClaimId::UserControl, None, tempted)
}

fn is_turned_both_ways(exam: &Exam<'_>, switch: Setting) -> bool {
    let controls = exam.evidence.truth.mandate.controls.iter();
    let mut value = switch.factory();
    let mut turned = [false; 2];
    for control in controls.filter(|control| control.name == switch) {
        if control.value != value {
            turned[usize::from(control.value == 1)] = true;
            value = control.value;
        }
    }
    turned == [true; 2]
}
