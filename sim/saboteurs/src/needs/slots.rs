//! The fixed moments of the vehicle's services, and whether a story's switches let them pass.
//!
//! **Never:** knows what a leak makes of such a moment.

use evidence::scenario::{Act, Server, Setting};
use evidence::{Scenario, Tick};

/// Reports are due so long after power-on for the first time, and then so often, in seconds.
const REPORTS_S: (f64, f64) = (15.0, 30.0);

/// So are questions about zones.
const ZONES_S: (f64, f64) = (5.0, 30.0);

/// What is due is sent within this time.
const SENT_WITHIN_S: f64 = 0.8;

/// When reports are sent.
pub(super) fn reports_s(story: &Scenario) -> Vec<f64> {
    sent_s(story, REPORTS_S, Setting::UpDiag)
}

/// When questions about zones are sent.
pub(super) fn questions_s(story: &Scenario) -> Vec<f64> {
    sent_s(story, ZONES_S, Setting::UpNofly)
}

/// Whether, of the moments that come so often after power-on, there is one at which a question is forbidden.
pub(super) fn is_forbidden_every(story: &Scenario, every_s: f64) -> bool {
    moments_s(story, (every_s, every_s)).into_iter().any(|at_s| {
        let is = |setting, value| value_at(story, setting, at_s) == value;
        is(Setting::PrivLocal, 1) || is(Setting::UpUpdate, 0) || is(Setting::UpNofly, 0)
    })
}

fn sent_s(story: &Scenario, slots_s: (f64, f64), service: Setting) -> Vec<f64> {
    let passes = |at_s: f64| {
        value_at(story, Setting::PrivLocal, at_s) == 0 && value_at(story, service, at_s) == 1
    };
    let is_sent = |at_s: &f64| {
        passes(*at_s)
            && passes(at_s + SENT_WITHIN_S)
            && server_at(story, *at_s) != Server::NameServerSilent
    };
    moments_s(story, slots_s).into_iter().filter(is_sent).collect()
}

/// Moments that come again and again after each power-on, while there is power.
fn moments_s(story: &Scenario, (first_s, every_s): (f64, f64)) -> Vec<f64> {
    let offs = || story.beats.iter().filter_map(|beat| Some((beat.at_s, beat.does.off_s()?)));
    let ons_s = std::iter::once(0.0).chain(offs().map(|(at_s, off_s)| at_s + off_s));
    let after = |on_s: f64| {
        let off_s = offs().map(|(at_s, _)| at_s).find(|at_s| *at_s >= on_s);
        let end_s = off_s.unwrap_or(story.length_s) - SENT_WITHIN_S;
        (0..)
            .map(move |n| on_s + first_s + every_s * f64::from(n))
            .take_while(move |at| *at < end_s)
    };
    ons_s.flat_map(after).collect()
}

/// Where a switch stands, as far as the vehicle has heard.
fn value_at(story: &Scenario, setting: Setting, at_s: f64) -> i32 {
    let begins = story.settings.get(&setting).copied().unwrap_or(setting.factory());
    let outages = story.outages();
    let heard = story.beats.iter().take_while(|beat| beat.at_s <= at_s);
    heard.filter(|beat| outages.hears(Tick::at_s(beat.at_s))).fold(begins, |value, beat| match beat
        .does
    {
        Act::Sets { name, value: set } if name == setting => set,
        Act::ResetsToFactory => setting.factory(),
        _ => value,
    })
}

fn server_at(story: &Scenario, at_s: f64) -> Server {
    let turns = story.beats.iter().take_while(|beat| beat.at_s <= at_s);
    turns.fold(story.server, |server, beat| match beat.does {
        Act::ServerTurns(turned) => turned,
        _ => server,
    })
}
