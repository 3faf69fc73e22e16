//! What a story must hold for a saboteur to leak in it at all.
//!
//! **Never:** asks whether a leak would be seen; that is for the detectors.

mod beats;
mod slots;
mod sounds;
mod switches;

use beats::{asks_for_another, crosses, grants, is_asked_for_more, landings_s, sends, sent_by};
use evidence::scenario::{Act, Beat, Item, Sender, Server, Setting, Whither};
use evidence::{Class, Law, Link, Recipient, Rule, Scenario};
use slots::{is_forbidden_every, questions_s, reports_s};
use sounds::{
    is_first_in_flight_unrecorded, is_first_unrecorded, is_landing_unrecorded,
    is_reported_unrecorded, speaks_after_restart, speaks_before_recording, speaks_while_recording,
};
use switches::{CONTACTED_S, FORGED_S, is_always, is_until, on_line, sent_until, starts};

/// What a story must hold for a saboteur to leak.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// Somebody speaks.
    Speech,
    /// Somebody speaks, at first while nothing is recorded.
    FreshSpeech,
    /// Somebody speaks in flight, at first while nothing is recorded.
    SpeechInFlight,
    /// Somebody has spoken when a report goes, and nothing is recorded then.
    ReportedSpeech,
    /// Somebody speaks before a recording, but in none.
    EarlierSpeech,
    /// Landing is commanded in time, and nothing is recorded meanwhile.
    QuietLanding,
    /// Somebody speaks while the pilot records.
    RecordedSpeech,
    /// Somebody speaks after the power came back.
    SpeechAfterRestart,
    /// Somebody stands there.
    People,
    /// The vehicle arms.
    Arming,
    /// A still is taken.
    Still,
    /// At least two stills are taken.
    TwoStills,
    /// A picture is taken or a film is made.
    Pictures,
    /// A mission is flown that takes stills by itself, each some way after the one before.
    Trigger,
    /// A film is made and stopped.
    Film,
    /// The live view is on for a while.
    View,
    /// A recording is made.
    Recording,
    /// A log is requested for the maker under a grant.
    LogUpload,
    /// A still is requested for the maker under a grant.
    StillUpload,
    /// Logs may go to the maker, as far as the switches go.
    UpLogs,
    /// Pictures may go to the maker, as far as the switches go.
    UpMedia,
    /// Logs may go to the pilot, as far as the switches go.
    RadLogs,
    /// Pictures may go to the pilot, as far as the switches go.
    RadMedia,
    /// Reports are sent to the maker.
    Reports,
    /// Two reports at least are sent to the maker.
    TwoReports,
    /// Reports may be sent to the maker from power-on to the end, and landing is commanded in time.
    ReportedLanding,
    /// Questions about updates may be sent to the maker, in the first half minute.
    Updates,
    /// Questions about no-fly zones are sent to the maker.
    Zones,
    /// Something may go to the maker.
    Online,
    /// Questions about updates or zones are forbidden for a while.
    QuestionsOff,
    /// Local data mode is in force all the time.
    Local,
    /// Reports are forbidden all the time.
    ReportsOff,
    /// The live view is forbidden for a while.
    ViewOff,
    /// The pilot asks for a live view that is forbidden.
    ViewRefused,
    /// Stills are not to say where they were taken.
    GeotagOff,
    /// Stills are not to say which camera took them.
    SerialOff,
    /// The broadcast identification is switched off.
    RemoteIdOff,
    /// Telemetry is switched off.
    TelemetryOff,
    /// The broadcast identification is on to begin with.
    RemoteIdOn,
    /// Telemetry is on to begin with.
    TelemetryOn,
    /// A grant of a log to the maker is withdrawn.
    Withdrawal,
    /// A log is requested that is not granted, while another is.
    OtherLog,
    /// The pilot asks which logs there are, without a grant for any.
    LogList,
    /// The pilot asks for a log by the second telemetry port, before any is granted.
    SecondPort,
    /// The pilot asks for files, without a grant for any.
    FileList,
    /// The pilot erases the logs.
    Erasure,
    /// The vehicle is reset to how it left the factory, and knew its operator.
    Reset,
    /// A mission is flown whose way-points have names long enough to be recognised.
    Mission,
    /// The mission crosses the edge of a cell.
    Crossing,
    /// The link is lost for 8 s or more, and comes back.
    Reconnect,
    /// The firmware is updated.
    Update,
    /// The ground station tells the pilot's account.
    Account,
    /// It has an e-mail that is long enough to be recognised.
    Address,
    /// The vehicle is told its operator's number.
    Operator,
    /// The ground station tells where the pilot stands.
    OperatorPlace,
    /// A server sends the vehicle to a host that nobody declared.
    Redirect,
    /// A server asks for more than it was granted, after a granted log was sent.
    Greed,
    /// A stranger asks for something, or commands.
    Stranger,
    /// A stranger asks for parameters or consent.
    StrangerAsks,
    /// A stranger reads a file that the pilot was granted.
    StrangerReads,
    /// Somebody asks for logs in the pilot's name, without a signature.
    Forgery,
    /// Commands need no signature.
    Unsigned,
    /// Commands need no signature in the first seconds.
    UnsignedAtFirst,
    /// The law lets no face leave to the maker, whatever is granted.
    NoFaceUpload,
}

impl Need {
    pub(crate) fn is_met_by(self, story: &Scenario) -> bool {
        let any = |wanted: fn(&Act) -> bool| story.beats.iter().any(|beat| wanted(&beat.does));
        let never = |wanted: fn(&Act) -> bool| !any(wanted);
        let on = |setting| is_always(story, setting, 1);
        let off = |setting| is_always(story, setting, 0);
        let online = on_line(story);
        match self {
            Self::Speech => any(|act| matches!(act, Act::Speaks { .. })),
            Self::FreshSpeech => is_first_unrecorded(story),
            Self::SpeechInFlight => is_first_in_flight_unrecorded(story),
            Self::ReportedSpeech => is_reported_unrecorded(story),
            Self::EarlierSpeech => speaks_before_recording(story),
            Self::RecordedSpeech => speaks_while_recording(story),
            Self::SpeechAfterRestart => speaks_after_restart(story),
            Self::People => !story.cast.is_empty(),
            Self::Arming => any(|act| matches!(act, Act::Arms)),
            Self::Still => any(|act| matches!(act, Act::TakesStill)),
            Self::TwoStills => {
                story.beats.iter().filter(|beat| beat.does == Act::TakesStill).count() >= 2
            }
            Self::Trigger => {
                let is_wide = |item: &Item| match item {
                    Item::TriggersByDistance { every_m } => *every_m >= 8.0,
                    Item::TriggersByTime { every_s } => *every_s >= 4.0,
                    _ => false,
                };
                story.mission.iter().any(is_wide) && any(|act| matches!(act, Act::StartsMission))
            }
            Self::Film => {
                any(|act| matches!(act, Act::StartsFilm))
                    && any(|act| matches!(act, Act::StopsFilm))
            }
            Self::View => {
                starts(story, Setting::VidEnable, 1) && any(|act| matches!(act, Act::StartsView))
            }
            Self::Pictures => {
                let planned =
                    story.mission.iter().any(|item| item.takes_still() || item.triggers());
                planned || any(|act| matches!(act, Act::TakesStill | Act::StartsFilm))
            }
            Self::Recording => any(|act| matches!(act, Act::StartsRecording)),
            Self::LogUpload => {
                Self::UpLogs.is_met_by(story) && sends(story, Class::FlightLog, Recipient::Maker)
            }
            Self::StillUpload => {
                Self::UpMedia.is_met_by(story) && sends(story, Class::Imagery, Recipient::Maker)
            }
            Self::UpLogs => online && on(Setting::UpLogs),
            Self::UpMedia => online && on(Setting::UpMedia),
            Self::RadLogs => on(Setting::RadLogs),
            Self::RadMedia => on(Setting::RadMedia),
            Self::Reports => !reports_s(story).is_empty(),
            Self::TwoReports => reports_s(story).len() >= 2,
            Self::ReportedLanding => online && on(Setting::UpDiag) && !landings_s(story).is_empty(),
            Self::QuietLanding => is_landing_unrecorded(story),
            Self::Updates => sent_until(story, Setting::UpUpdate, CONTACTED_S),
            Self::Zones => !questions_s(story).is_empty(),
            Self::Online => {
                use Setting::{UpDiag, UpLogs, UpMedia, UpNofly, UpUpdate};
                let services = [UpLogs, UpMedia, UpDiag, UpNofly, UpUpdate];
                services.into_iter().any(|service| sent_until(story, service, CONTACTED_S))
            }
            Self::QuestionsOff => is_forbidden_every(story, 10.0),
            Self::Local => on(Setting::PrivLocal),
            Self::ReportsOff => off(Setting::UpDiag) || on(Setting::PrivLocal),
            Self::ViewOff => {
                let (name, value) = (Setting::VidEnable, 0);
                starts(story, name, value)
                    || story.beats.iter().any(|b| b.does == Act::Sets { name, value })
            }
            Self::ViewRefused => {
                off(Setting::VidEnable) && any(|act| matches!(act, Act::StartsView))
            }
            Self::SerialOff => off(Setting::CamSerial),
            Self::GeotagOff => off(Setting::CamGeotag),
            Self::RemoteIdOff => is_until(story, Setting::RidEnable, 0, FORGED_S),
            Self::TelemetryOff => is_until(story, Setting::RadTelem, 0, FORGED_S),
            Self::RemoteIdOn => starts(story, Setting::RidEnable, 1),
            Self::TelemetryOn => starts(story, Setting::RadTelem, 1),
            Self::Withdrawal => any(|act| {
                let (category, maker) = (Class::FlightLog, Recipient::Maker);
                matches!(act, Act::Withdraws { category: c, from, .. } if *c == category && *from == maker)
            }),
            Self::OtherLog => Self::UpLogs.is_met_by(story) && asks_for_another(story),
            Self::LogList => {
                any(|act| matches!(act, Act::AsksLogs)) && !grants(story, Class::FlightLog)
            }
            Self::SecondPort => {
                let is_early = |beat: &&Beat| !matches!(beat.does, Act::Grants { .. });
                let mut early = story.beats.iter().take_while(is_early);
                early.any(|beat| asks_by_the_second_port(&beat.does))
            }
            Self::FileList => {
                let asks = any(|act| matches!(act, Act::AsksFiles { .. } | Act::ReadsFile { .. }));
                asks && !grants(story, Class::Imagery)
            }
            Self::Erasure => any(|act| matches!(act, Act::ErasesLogs)),
            Self::Reset => {
                story.operator.is_some() && any(|act| matches!(act, Act::ResetsToFactory))
            }
            Self::Mission => {
                any(|act| matches!(act, Act::StartsMission))
                    && story.mission.iter().filter_map(Item::label).any(|l| l.len() >= 6)
            }
            Self::Crossing => crosses(story),
            Self::Reconnect => story.beats.iter().any(|beat| {
                matches!(beat.does, Act::LosesLink { for_s }
                    if for_s >= 8.0 && beat.at_s + for_s + 2.0 < story.length_s)
            }),
            Self::Update => any(|act| matches!(act, Act::Updates { .. })),
            Self::Account => story.account.is_some() && any(|act| matches!(act, Act::Registers)),
            Self::Address => {
                let is_long = story.account.as_ref().is_some_and(|a| a.email.len() >= 6);
                is_long && Self::Account.is_met_by(story)
            }
            Self::Operator => story.operator.is_some(),
            Self::OperatorPlace => any(|act| matches!(act, Act::SharesPosition { .. })),
            Self::Redirect => {
                story.server == Server::Redirects(Whither::Elsewhere)
                    || any(|act| *act == Act::ServerTurns(Server::Redirects(Whither::Elsewhere)))
            }
            Self::Greed => is_asked_for_more(story) && Self::LogUpload.is_met_by(story),
            Self::Stranger => sent_by(story, Sender::Stranger, |_| true),
            Self::StrangerAsks => sent_by(story, Sender::Stranger, |act| {
                matches!(act, Act::AsksParameters | Act::ListsConsent)
            }),
            Self::StrangerReads => {
                any(|act| {
                    let is_heard = act.port() == Link::Radio;
                    let (act, sender) = act.sender();
                    is_heard && sender == Sender::Stranger && matches!(act, Act::ReadsFile { .. })
                }) && on(Setting::RadMedia)
                    && grants(story, Class::Imagery)
            }
            Self::Forgery => {
                sent_by(story, Sender::Forger, |act| matches!(act, Act::AsksLogs))
                    && any(|act| matches!(act, Act::SetsUpSigning))
            }
            Self::UnsignedAtFirst => {
                let early = story.beats.iter().take_while(|beat| beat.at_s < 3.0);
                early.into_iter().all(|beat| beat.does != Act::SetsUpSigning)
            }
            Self::Unsigned => never(|act| matches!(act, Act::SetsUpSigning)),
            Self::NoFaceUpload => {
                let law = Law::shipped(&story.law).and_then(|text| Law::parse(text).ok());
                law.is_some_and(|law| law.rule(Class::Face, Link::Uplink) == Rule::Never)
            }
        }
    }
}

/// Whether the pilot reads a log by the second telemetry port.
fn asks_by_the_second_port(act: &Act) -> bool {
    matches!(act, Act::Telemetry2(act) if matches!(**act, Act::ReadsLog { .. }))
}

#[cfg(test)]
mod tests;
