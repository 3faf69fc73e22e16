//! Which beats tempt which claims, and the moments that the vehicle's own schedules add.
//!
//! A health report is due 15 s after a boot and every 30 s, a look at the no-fly zones after 5 s and every 30 s, a
//! question about updates after 10 s. Where the switch is on such a moment tempts what leaves; where it is off it
//! tempts the switch.
//!
//! **Never:** says whether a temptation was enough; the audit counts what really reached the vehicle.

use evidence::scenario::{Act, Sensor, Server, Setting};
use evidence::{ClaimId, Class, Recipient, Scenario, Tick};
use std::collections::BTreeMap;

use ClaimId::{
    DiagCoarse, IdentityMinimal, IdentitySealed, IdentityUnverified, KnownHosts, LogConsent,
    LogSealed, MediaConsent, MediaManual, MicConsent, NoAudio, NoFaces, NoflyCoarse, OffMeansOff,
    OnlyKnownLinks, ServerAccess, UserControl,
};

/// Something in a story that may tempt.
#[derive(Clone, Copy)]
pub enum Moment<'a> {
    /// What the story says.
    Beat(&'a Act),
    /// What the vehicle's schedule says: the switch of the service.
    Due(Setting),
}

/// All moments of a story, in order of time.
#[must_use]
pub fn moments(scenario: &Scenario) -> Vec<(f64, Moment<'_>)> {
    let beats = scenario.beats.iter().map(|beat| (beat.at_s, Moment::Beat(&beat.does)));
    let mut moments: Vec<_> = beats.collect();
    let outages = scenario.outages().power;
    let boots = std::iter::once(0.0).chain(outages.iter().map(|(_, on)| on.seconds()));
    let ends = outages.iter().map(|(off, _)| off.seconds()).chain([scenario.length_s]);
    for (boot_s, end_s) in boots.zip(ends) {
        for (service, first_s, every_s) in [
            (Setting::UpNofly, 5.0, 30.0),
            (Setting::UpUpdate, 10.0, f64::INFINITY),
            (Setting::UpDiag, 15.0, 30.0),
        ] {
            let mut at_s = boot_s + first_s;
            while at_s < end_s {
                moments.push((at_s, Moment::Due(service)));
                at_s += every_s;
            }
        }
    }
    moments.sort_by_key(|(at_s, _)| Tick::at_s(*at_s));
    moments
}

/// What the beats so far have switched on and off.
pub struct SoFar<'a> {
    scenario: &'a Scenario,
    settings: BTreeMap<Setting, i32>,
    server: Server,
    has_account: bool,
    is_recording: bool,
    has_pictures: bool,
}

impl<'a> SoFar<'a> {
    /// As the story begins.
    #[must_use]
    pub fn at_the_start(scenario: &'a Scenario) -> Self {
        let given = |setting| scenario.settings.get(&setting).copied();
        let value = |setting: Setting| given(setting).unwrap_or(setting.factory());
        Self {
            scenario,
            settings: Setting::ALL.into_iter().map(|setting| (setting, value(setting))).collect(),
            server: scenario.server,
            has_account: false,
            is_recording: false,
            has_pictures: false,
        }
    }

    /// The claims that a moment tempts; its effect is taken note of.
    pub fn tempt(&mut self, moment: Moment<'_>) -> Vec<ClaimId> {
        match moment {
            Moment::Beat(act) => {
                let claims = self.claims(act);
                self.note(act);
                claims
            }
            Moment::Due(service) => self.due(service),
        }
    }

    fn is_open(&self, service: Setting) -> bool {
        self.settings.get(&service) == Some(&1)
            && self.settings.get(&Setting::PrivLocal) == Some(&0)
    }

    fn due(&self, service: Setting) -> Vec<ClaimId> {
        if !self.is_open(service) {
            return vec![OffMeansOff, UserControl];
        }
        let mut claims = vec![KnownHosts, IdentityMinimal, OnlyKnownLinks];
        match service {
            Setting::UpDiag => claims.push(DiagCoarse),
            Setting::UpNofly => claims.push(NoflyCoarse),
            _ => {}
        }
        if self.has_account {
            claims.push(IdentityUnverified);
        }
        if self.server == Server::Greedy {
            claims.push(ServerAccess);
        }
        claims
    }

    fn claims(&self, act: &Act) -> Vec<ClaimId> {
        let mut claims = match act {
            Act::Arms
            | Act::Disarms
            | Act::TakesOff { .. }
            | Act::Holds
            | Act::Returns
            | Act::Lands
            | Act::GoesTo { .. }
            | Act::Orbits { .. }
            | Act::Brakes
            | Act::StopsMotors
            | Act::Switches { .. }
            | Act::Steers { .. } => {
                vec![LogSealed, LogConsent, IdentityMinimal, OnlyKnownLinks, MediaManual]
            }
            // It knows where somebody is, and turns its camera to them.
            Act::Follows { .. } => {
                vec![NoFaces, LogSealed, LogConsent, IdentityMinimal, OnlyKnownLinks, MediaManual]
            }
            Act::StartsMission => vec![LogSealed, LogConsent, OnlyKnownLinks, MediaManual],
            Act::TakesStill | Act::StartsFilm | Act::StopsFilm => {
                vec![MediaManual, MediaConsent, NoFaces, OnlyKnownLinks]
            }
            Act::StartsView | Act::StopsView => vec![NoFaces, UserControl, OnlyKnownLinks],
            Act::StartsRecording | Act::StopsRecording => vec![MicConsent, NoAudio],
            Act::Speaks { .. } if self.is_recording => vec![MicConsent],
            Act::Speaks { .. } => vec![NoAudio, MicConsent],
            Act::Walks { .. }
            | Act::WalksPath { .. }
            | Act::Faces { .. }
            | Act::LooksAt { .. }
            | Act::FindersTurn { .. } => vec![NoFaces],
            Act::Awaits { .. } => Vec::new(),
            Act::Grants { category, .. } | Act::Withdraws { category, .. } => of_class(*category),
            Act::Requests { category, to, .. } => self.request(*category, *to),
            // At a failsafe a vehicle may want to keep or send what it has.
            Act::LosesLink { .. } => {
                let mut claims =
                    vec![LogConsent, LogSealed, MediaManual, OffMeansOff, UserControl, NoAudio];
                claims.extend([OnlyKnownLinks, IdentityMinimal, MicConsent, NoFaces]);
                claims.extend(self.has_pictures.then_some(MediaConsent));
                claims
            }
            Act::MotorFails { .. } => {
                let mut claims = vec![LogSealed, LogConsent, MediaManual, OnlyKnownLinks];
                claims.extend(self.has_pictures.then_some(MediaConsent));
                claims
            }
            Act::Reboots { .. } | Act::Updates { .. } | Act::CutsPower { .. } => {
                let mut claims = vec![OffMeansOff, UserControl, LogSealed, LogConsent];
                claims.extend([IdentitySealed, MediaManual, MicConsent, IdentityMinimal]);
                claims.extend(self.has_pictures.then_some(MediaConsent));
                claims
            }
            Act::ServerTurns(Server::Greedy) => vec![ServerAccess, KnownHosts],
            Act::ServerTurns(_) => vec![KnownHosts],
            Act::Sets { name, .. } => set(*name),
            Act::Registers => vec![IdentityUnverified, IdentityMinimal, IdentitySealed],
            Act::SharesPosition { .. } => vec![IdentityMinimal, OnlyKnownLinks],
            Act::AsksLogs | Act::ReadsLog { .. } => vec![LogConsent, ServerAccess],
            Act::AsksFiles { path } | Act::ReadsFile { path } => {
                let mut claims = vec![ServerAccess];
                claims.extend(path.starts_with("LOG").then_some(LogConsent));
                claims.extend(path.starts_with("DCIM").then_some(MediaConsent));
                claims.extend(path.contains("ID/").then_some(IdentitySealed));
                claims
            }
            Act::AsksParameters | Act::ListsConsent => vec![UserControl, OnlyKnownLinks],
            Act::ErasesLogs => vec![LogSealed, LogConsent],
            Act::ResetsToFactory => vec![IdentitySealed, IdentityMinimal, UserControl, LogSealed],
            Act::SetsUpSigning => vec![IdentitySealed, ServerAccess],
            Act::Stranger(_) | Act::Forges(_) => vec![ServerAccess],
            Act::Telemetry2(act) => self.claims(act),
            Act::Unlocks { .. } => vec![NoflyCoarse],
            Act::CardTurns(_) => vec![LogSealed, MediaManual],
            Act::JamsGnss { .. } => vec![DiagCoarse, NoflyCoarse],
            // A place that is wrong is told as coarsely as one that is right.
            Act::SpoofsGnss { .. } | Act::SensorFails { sensor: Sensor::Gnss, .. } => {
                vec![DiagCoarse, NoflyCoarse]
            }
            // It flies on, and has no more to say than before.
            Act::RotorWeakens { .. } | Act::ReceiverTurns(_) | Act::SensorFails { .. } => vec![],
        };
        if self.scenario.cast.is_empty() {
            claims.retain(|claim| *claim != NoFaces);
        }
        claims
    }

    /// A request to the maker tempts the switch where it is off, and the list of hosts where it is on.
    fn request(&self, category: Class, to: Recipient) -> Vec<ClaimId> {
        let mut claims = of_class(category);
        let service = match category {
            Class::FlightLog => Setting::UpLogs,
            _ => Setting::UpMedia,
        };
        match to {
            Recipient::Maker if self.is_open(service) => {
                claims.extend([KnownHosts, OnlyKnownLinks])
            }
            Recipient::Maker => claims.extend([OffMeansOff, UserControl]),
            Recipient::Pilot | Recipient::Card | Recipient::Viewer => claims.push(UserControl),
        }
        if self.server == Server::Greedy {
            claims.push(ServerAccess);
        }
        claims
    }

    fn note(&mut self, act: &Act) {
        match act {
            Act::Sets { name, value: value @ (0 | 1) } => {
                self.settings.insert(*name, *value);
            }
            Act::ResetsToFactory => {
                self.settings = Setting::ALL.into_iter().map(|s| (s, s.factory())).collect();
                self.has_account = false;
            }
            Act::ServerTurns(server) => self.server = *server,
            Act::Registers => self.has_account = true,
            Act::StartsRecording => self.is_recording = true,
            Act::StopsRecording => self.is_recording = false,
            Act::TakesStill | Act::StartsFilm => self.has_pictures = true,
            act if act.off_s().is_some() => self.is_recording = false,
            _ => {}
        }
    }
}

/// The claims about consent for a class.
fn of_class(class: Class) -> Vec<ClaimId> {
    match class {
        Class::Audio => vec![MicConsent],
        Class::Face => vec![NoFaces],
        Class::Imagery | Class::Position => vec![MediaConsent],
        Class::FlightLog => vec![LogConsent],
        Class::Device | Class::Account | Class::Surroundings | Class::Key | Class::Public => vec![],
    }
}

fn set(name: Setting) -> Vec<ClaimId> {
    let mut claims = vec![UserControl];
    match name {
        Setting::PrivLocal | Setting::UpLogs | Setting::UpMedia | Setting::UpUpdate => {
            claims.push(OffMeansOff);
        }
        Setting::UpDiag => claims.extend([OffMeansOff, DiagCoarse]),
        Setting::UpNofly => claims.extend([OffMeansOff, NoflyCoarse]),
        Setting::RidEnable | Setting::CamSerial | Setting::CamGeotag => {
            claims.push(IdentityMinimal);
        }
        Setting::RadLogs | Setting::RadMedia | Setting::VidEnable | Setting::RadTelem => {}
    }
    claims
}
