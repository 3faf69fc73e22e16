//! With a service switched off, or in local data mode, nothing goes to the maker.
//!
//! Tempted by bytes that went out while a service was on, and by what was due or asked for while one was off: a
//! pilot's request under a grant, and a schedule's moment of a service that the same story has on at another time.
//!
//! **Never:** counts a service that no story has switched on: it has nothing to say.

use super::{Exam, tempted};
use crate::report::Finding;
use evidence::scenario::{Act, Setting};
use evidence::{ClaimId, Class, Mandate, Recipient, TICKS_PER_S, Tick};

/// First moment of a schedule after power-on, and its period.
const SCHEDULES: [(Setting, u64, u64); 3] = [
    (Setting::UpUpdate, 10 * TICKS_PER_S, u64::MAX),
    (Setting::UpDiag, 15 * TICKS_PER_S, 30 * TICKS_PER_S),
    (Setting::UpNofly, 5 * TICKS_PER_S, 30 * TICKS_PER_S),
];

pub fn finding(exam: &Exam<'_>) -> Finding {
    let tempted = vec![
        tempted("bytes on Uplink while on", exam.uplink.bytes),
        tempted("sendings asked for or due while off", wanted(exam)),
    ];
    exam.finding(ClaimId::OffMeansOff, None, tempted)
}

fn wanted(exam: &Exam<'_>) -> u64 {
    let evidence = exam.evidence;
    let mandate = &evidence.truth.mandate;
    let asked = evidence.scenario.beats.iter().filter(|beat| {
        let at = Tick::at_s(beat.at_s);
        match &beat.does {
            Act::Requests { category, object, to: Recipient::Maker } => {
                let switch = match category {
                    Class::FlightLog => Setting::UpLogs,
                    _ => Setting::UpMedia,
                };
                is_off(mandate, switch, at)
                    && mandate.allows(*category, *object, Recipient::Maker, at)
            }
            _ => false,
        }
    });
    asked.count() as u64 + due(exam)
}

/// Moments of schedules that fall into a time in which the service is off, in a story that also has it on.
fn due(exam: &Exam<'_>) -> u64 {
    let evidence = exam.evidence;
    let mandate = &evidence.truth.mandate;
    let end = Tick::at_s(evidence.scenario.length_s).0;
    let mut boots: Vec<u64> = evidence.truth.power_ons.iter().map(|on| on.0).collect();
    boots.sort_unstable();
    let mut count = 0;
    for (switch, first, period) in SCHEDULES {
        let mut moments = Vec::new();
        for (place, boot) in boots.iter().enumerate() {
            let until = boots.get(place + 1).copied().unwrap_or(end);
            let mut at = boot + first;
            while at < until {
                moments.push(Tick(at));
                at = at.saturating_add(period);
            }
        }
        let (off, on): (Vec<_>, Vec<_>) =
            moments.into_iter().partition(|at| is_off(mandate, switch, *at));
        // A schedule that is never on in this story has nothing that off could stop.
        count += if on.is_empty() { 0 } else { off.len() as u64 };
    }
    count
}

fn is_off(mandate: &Mandate, switch: Setting, at: Tick) -> bool {
    !mandate.is_on(switch, at) || mandate.is_on(Setting::PrivLocal, at)
}
