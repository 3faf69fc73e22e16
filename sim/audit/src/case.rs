//! One recording under examination, with what every detector needs to look at it.
//!
//! **Never:** judges.

mod file_requests;
mod heard;
mod life;
mod line;
mod memo;
mod opened_log;
mod power;

use evidence::card::CardImage;
use evidence::scenario::Setting;
use evidence::{Evidence, Recording, TICKS_PER_S, Tick};

pub use file_requests::{
    AGAIN_TICKS, CREATE, FileHead, FileRequest, INCOMING, OPEN_TO_WRITE, TRUNCATE, WRITE,
    is_incoming,
};
pub use heard::{Asked, Heard, Hearings, Sender, asks_for};
pub use life::{End, Life};
pub use line::Line;
pub use memo::Memo;
pub use opened_log::{OpenedLog, Stretch};
pub use power::Power;

/// Most that a fix is late before the vehicle goes by it.
const FIX_LATE_TICKS: u64 = TICKS_PER_S;

/// One recording under examination.
pub struct Case<'a> {
    /// The flight it is from.
    pub evidence: &'a Evidence,
    /// What the seat said, and its card.
    pub recording: &'a Recording,
    /// What is found out once for all recordings of an evidence.
    pub memo: &'a Memo<'a>,
    /// Every file that ever lay on the card, in the order of their first writes.
    pub lives: Vec<Life<'a>>,
    /// What the writes add up to.
    pub folded: CardImage,
    /// Every log that ever lay there, opened with the owner's key.
    pub opened: Vec<OpenedLog>,
    /// When the vehicle was on.
    pub power: Power,
    /// What reached the vehicle from the ground.
    pub heard: Hearings<'a>,
    /// Of a live flight, every sound frame that reached the vehicle.
    pub asked: Vec<Asked<'a>>,
    /// Of them, those that ask for files.
    pub file_requests: Vec<FileRequest>,
}

impl<'a> Case<'a> {
    /// Folds the card's writes once for all detectors.
    pub fn of(evidence: &'a Evidence, recording: &'a Recording, memo: &'a Memo<'a>) -> Self {
        let (lives, folded) = life::of(recording);
        let logs = lives.iter().filter(|life| log_number(life.path).is_some());
        let opened = logs.map(|life| OpenedLog::of(life, evidence.truth.owner_secret)).collect();
        let power = Power::of(evidence);
        let (heard, asked) = (heard::of(evidence), heard::asked(evidence));
        let file_requests = file_requests::of(&asked, &power);
        Self {
            evidence,
            recording,
            memo,
            lives,
            folded,
            opened,
            power,
            heard,
            asked,
            file_requests,
        }
    }

    /// Whether somebody live was on the ground.
    pub fn is_live(&self) -> bool {
        self.evidence.heard.is_some()
    }

    /// The log that a number on Radio means: a live vehicle's list counts from 0, consent and the card from 1.
    pub fn log_of(&self, id: u16) -> u32 {
        u32::from(id) + u32::from(self.is_live())
    }

    /// The first tick after the flight.
    pub fn end(&self) -> Tick {
        Tick::at_s(self.evidence.scenario.length_s)
    }

    /// The file of a path that lies on the card at `tick`.
    pub fn file_at(&self, is_path: impl Fn(&str) -> bool, tick: Tick) -> Option<&Life<'a>> {
        self.lives.iter().rev().find(|life| is_path(life.path) && life.lies_at(tick))
    }

    /// Whether a switch is off whatever way one looks at it: an emission of the tick in which it was turned may
    /// still have gone out, and a switch whose setting a power cut or a bad card can have lost is as it left the
    /// factory.
    pub fn is_surely_off(&self, switch: Setting, tick: Tick) -> bool {
        let before = Tick(tick.0.saturating_sub(1));
        let was_on = self.is_on(switch, tick) || self.is_on(switch, before);
        let may_be_on = switch.factory() == 1 && self.may_be_lost(switch, tick);
        !(was_on || may_be_on)
    }

    /// Whether local data mode is on for certain.
    pub fn is_surely_local(&self, tick: Tick) -> bool {
        let before = Tick(tick.0.saturating_sub(1));
        self.is_on(Setting::PrivLocal, tick) && self.is_on(Setting::PrivLocal, before)
    }

    /// Whether the pilot has a switch on.
    pub fn is_on(&self, switch: Setting, tick: Tick) -> bool {
        self.evidence.truth.mandate.is_on(switch, tick)
    }

    /// Whether a switch may have gone back to the factory's value since the pilot set it.
    pub fn may_be_lost(&self, switch: Setting, tick: Tick) -> bool {
        let controls = self.evidence.truth.mandate.controls.iter();
        let set = controls.filter(|c| c.name == switch && c.tick <= tick).map(|c| c.tick).max();
        set.is_some_and(|set| {
            let has_rebooted = self.power.boot(tick) > set;
            has_rebooted && self.power.is_card_doubtful()
        })
    }

    /// The cells that the vehicle may hold to be in at `tick`, and whether it may say that it knows none.
    pub fn cells_at(&self, tick: Tick) -> (Vec<evidence::Cell>, bool) {
        let fixes = &self.evidence.truth.position_fixes;
        let boot = self.power.boot(tick);
        let known = fixes.iter().filter(|fix| fix.tick <= tick && fix.tick >= boot);
        let latest = known.clone().map(|fix| fix.tick).max();
        let since = latest.map_or(tick, |latest| Tick(latest.0.saturating_sub(2 * FIX_LATE_TICKS)));
        let cells = known.filter(|fix| fix.tick >= since).map(|fix| fix.cell).collect();
        let is_stale = latest.is_none_or(|latest| tick.0 > latest.0 + FIX_LATE_TICKS);
        (cells, is_stale)
    }
}

/// The number in `<folder>/<stem>_NNNN.<ending>`, if `path` is of that form.
pub fn object_number(path: &str, before: &str, after: &str) -> Option<u32> {
    let digits = path.strip_prefix(before)?.strip_suffix(after)?;
    (digits.len() == 4 && digits.bytes().all(|b| b.is_ascii_digit()))
        .then(|| digits.parse().ok())
        .flatten()
}

/// Number of a still's file.
pub fn still_number(path: &str) -> Option<u32> {
    object_number(path, "DCIM/100HUSHW/HW_", ".JPG")
}

/// Number of a film's file.
pub fn film_number(path: &str) -> Option<u32> {
    object_number(path, "DCIM/100HUSHW/HW_", ".MKV")
}

/// Number of a still's or a film's file.
pub fn picture_number(path: &str) -> Option<u32> {
    still_number(path).or_else(|| film_number(path))
}

/// Number of a recording's file.
pub fn sound_number(path: &str) -> Option<u32> {
    object_number(path, "SOUND/SND_", ".AU")
}

/// Number of a log's file.
pub fn log_number(path: &str) -> Option<u32> {
    object_number(path, "LOG/LOG_", ".HLG")
}

/// The path that a file under way will have, if `path` is one: with its ending or without.
pub fn becomes(path: &str) -> Option<&str> {
    path.strip_suffix(".TMP")
}

/// Whether a path is that of a recording that is not whole yet.
pub fn is_sound_under_way(path: &str) -> bool {
    let Some(whole) = becomes(path) else { return false };
    sound_number(whole).is_some() || sound_number(&format!("{whole}.AU")).is_some()
}

/// Whether a path is that of a still or film that is not whole yet.
pub fn is_under_way(path: &str) -> bool {
    let Some(whole) = becomes(path) else { return false };
    let bare = |ending: &str| picture_number(&format!("{whole}{ending}")).is_some();
    picture_number(whole).is_some() || bare(".JPG")
}
