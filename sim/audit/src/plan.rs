//! Which twins to fly: from the law and the mandate, never from the vehicle.
//!
//! A class is judged on a link where the law says never, and where it says by grant. What a grant lets through
//! is a carrier, whose contents are not compared; everything else on that link is, to the end. Twins whose
//! lengths differ from seat 0's would show it in the carriers that follow, so they stop at the grant. Classes
//! that are judged alike are swapped together (a group test). Where it really is may show to the cell only; what of
//! that follows from the story is told in a room of its own.
//!
//! **Never:** judges a link on which the law lets the class show freely; masks a carrier for a class that no
//! grant of the story opens it for.

mod pictures;
mod whereabouts;

use evidence::scenario::Setting;
use evidence::{Carrier, Choice, Class, Law, Link, Mandate, Recipient, Rule, Scenario, Tick, Twin};

/// Classes whose secrets a flight can swap.
const SWAPPED: [Class; 9] = [
    Class::Audio,
    Class::Face,
    Class::Imagery,
    Class::FlightLog,
    Class::Position,
    Class::Device,
    Class::Account,
    Class::Surroundings,
    Class::Key,
];

/// Links that are judged in the air; the card is judged by twins of its own.
pub const AIR: [Link; 8] = [
    Link::Radio,
    Link::Telemetry2,
    Link::Video,
    Link::Uplink,
    Link::RemoteId,
    Link::Console,
    Link::Lights,
    Link::Motion,
];

/// Twins of a single class in an attribution flight, at least.
const ATTRIBUTION_PAIRS: u32 = 4;

/// Twins of a class that no claim counts the pairs of, and of the card: nothing, and the loudest.
const CHOSEN: u32 = 2;

/// Twins of an opened class whose chosen secrets stop at the grant, at least: one random twin goes on.
const OPENED_PAIRS: u32 = 3;

/// Where a class is judged.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Judged {
    /// Whether chosen secrets have other lengths than seat 0's.
    has_lengths: bool,
    views: Vec<View>,
}

/// How a class is judged on one link.
#[derive(Clone, Debug, PartialEq, Eq)]
struct View {
    link: Link,
    /// What a grant lets through, from when.
    opening: Option<(Tick, Vec<Carrier>)>,
    /// Where twins of every length stop.
    end: Option<Tick>,
}

impl Judged {
    fn of(law: &Law, scenario: &Scenario, class: Class, links: &[Link]) -> Self {
        let mandate = Mandate::of(scenario);
        let view = |link| {
            if link == Link::Telemetry2 && scenario.telemetry2.is_none() {
                return None;
            }
            if class == Class::Position && !whereabouts::is_judged(scenario, link) {
                return None;
            }
            let opening = match law.rule(class, link) {
                Rule::Never => None,
                // Where no carrier is listed, a grant lets nothing through. Of a class that may show to its cell, a
                // twin in the same cell shows what a grant for the exact place lets through.
                Rule::ByGrant | Rule::Coarse => {
                    let opened = opened(&mandate, class, link);
                    opened.map(|at| (at, carriers(&mandate, class, link)))
                }
                // Free on the card because only the sealed container can be written there: nothing but the
                // container may follow what is logged.
                Rule::Free if (class, link) == (Class::FlightLog, Link::Card) => {
                    Some((Tick(0), vec![Carrier::LogFile]))
                }
                Rule::Free => return None,
            };
            let opening = opening.filter(|(_, carriers)| !carriers.is_empty());
            let lets =
                |carrier| opening.as_ref().is_some_and(|(_, carriers)| carriers.contains(&carrier));
            let is_picture = matches!(class, Class::Imagery | Class::Face);
            let end = if (class, link) == (Class::Position, Link::Uplink) {
                whereabouts::end(scenario, &mandate)
            } else if is_picture && lets(Carrier::MediaUpload) {
                pictures::waited_for(scenario, &mandate)
            } else if is_picture && lets(Carrier::FtpData) {
                pictures::read(scenario)
            } else {
                None
            };
            Some(View { link, opening, end })
        };
        let views: Vec<_> = links.iter().filter_map(|link| view(*link)).collect();
        let is_opened = views.iter().any(|view| view.opening.is_some());
        Self { has_lengths: is_opened && class == Class::FlightLog, views }
    }

    fn twin(&self, swaps: &[Class], choice: Choice) -> Twin {
        let keeps_lengths =
            !self.has_lengths || matches!(choice, Choice::Random(_) | Choice::Ultrasonic);
        let mut twin = Twin {
            swaps: swaps.to_vec(),
            choice,
            judged: Vec::new(),
            judged_before: Vec::new(),
            carriers: Vec::new(),
        };
        for view in &self.views {
            let end = match &view.opening {
                Some((opened, _)) if !keeps_lengths => Some(*opened),
                _ => view.end,
            };
            match end {
                Some(Tick(0)) => {}
                Some(end) => twin.judged_before.push((view.link, end)),
                None => twin.judged.push(view.link),
            }
            let opening = view.opening.iter().filter(|_| keeps_lengths);
            for carrier in opening.flat_map(|(_, carriers)| carriers) {
                if !twin.carriers.contains(carrier) {
                    twin.carriers.push(*carrier);
                }
            }
        }
        twin
    }

    /// Chosen secrets first, with a tone that no voice holds where `sounds` asks for it; then random ones.
    fn twins(&self, swaps: &[Class], pairs: u32, sounds: bool) -> impl Iterator<Item = Twin> {
        let pairs = if self.has_lengths { pairs.max(OPENED_PAIRS) } else { pairs };
        let twin = move |i| match i {
            0 => self.twin(swaps, Choice::Nothing),
            1 => self.twin(swaps, Choice::Loudest),
            2 if sounds => self.twin(swaps, Choice::Ultrasonic),
            i => self.twin(swaps, Choice::Random(u64::from(i - u32::from(sounds)) - 1)),
        };
        (0..pairs)
            .map(twin)
            .filter(|twin| !twin.judged.is_empty() || !twin.judged_before.is_empty())
    }
}

/// When a grant of the story first lets a class through on a link; never, for most.
fn opened(mandate: &Mandate, class: Class, link: Link) -> Option<Tick> {
    let own = mandate.opens(class, link);
    match (class, link) {
        // A sealed log holds where it was flown; whether it may go is for the consent monitor and for log twins.
        (Class::Position, Link::Uplink) => Some(Tick(0)),
        _ => own,
    }
}

/// What the grants of a story let through of a class on a link.
fn carriers(mandate: &Mandate, class: Class, link: Link) -> Vec<Carrier> {
    let is_open = |class| mandate.opens(class, link).is_some();
    let films = || {
        let film = mandate.grants.iter().any(|grant| {
            grant.recipient == Recipient::Card
                && grant.category == Class::Audio
                && mandate.grants.iter().any(|other| {
                    other.category == Class::Imagery
                        && (other.object, other.given_at) == (grant.object, grant.given_at)
                })
        });
        film.then_some(Carrier::FilmFile)
    };
    match (class, link) {
        (Class::FlightLog, Link::Radio | Link::Telemetry2) => {
            vec![Carrier::LogData, Carrier::FtpData]
        }
        (Class::FlightLog, Link::Uplink) => vec![Carrier::LogUpload],
        (Class::Imagery, Link::Radio | Link::Telemetry2) => vec![Carrier::FtpData],
        (Class::Imagery, Link::Video) => vec![Carrier::LiveView],
        (Class::Imagery | Class::Face, Link::Uplink) => vec![Carrier::MediaUpload],
        (Class::Imagery | Class::Face, Link::Card) => vec![Carrier::StillFile, Carrier::FilmFile],
        (Class::Audio, Link::Card) => [Carrier::SoundFile].into_iter().chain(films()).collect(),
        (Class::Position, Link::Uplink) => {
            let picture = is_open(Class::Position).then_some(Carrier::MediaUpload);
            [Carrier::LogUpload].into_iter().chain(picture).collect()
        }
        (Class::Device, Link::Card) => vec![Carrier::StillFile],
        _ => Vec::new(),
    }
}

/// Whether the story ever leaves local data mode.
fn goes_online(scenario: &Scenario) -> bool {
    let controls = Mandate::of(scenario).controls;
    controls.iter().any(|control| control.name == Setting::PrivLocal && control.value == 0)
}

/// The swapped classes, those that are judged alike together.
fn groups(law: &Law, scenario: &Scenario, links: &[Link]) -> Vec<(Vec<Class>, Judged)> {
    let mut groups: Vec<(Vec<Class>, Judged)> = Vec::new();
    for class in SWAPPED {
        let judged = Judged::of(law, scenario, class, links);
        match groups.iter_mut().find(|(_, alike)| *alike == judged) {
            Some((classes, _)) => classes.push(class),
            None => groups.push((vec![class], judged)),
        }
    }
    groups.retain(|(_, judged)| !judged.views.is_empty());
    groups
}

/// The twins that a flight carries to begin with.
#[must_use]
pub fn plan_twins(law: &Law, scenario: &Scenario, pairs: u32) -> Vec<Twin> {
    let mut twins = Vec::new();
    for (links, pairs) in [(&AIR[..], pairs), (&[Link::Card], pairs.min(CHOSEN))] {
        for (classes, judged) in groups(law, scenario, links) {
            let is_few = match classes[..] {
                // No claim counts the pairs of a serial number, and its twins differ in every letter of it.
                [Class::Device] => true,
                // In local data mode there is no link on which another place could show.
                [Class::Position] => !goes_online(scenario),
                _ => false,
            };
            let pairs = if is_few { pairs.min(CHOSEN) } else { pairs };
            let sounds = classes.contains(&Class::Audio);
            twins.extend(judged.twins(&classes, pairs, sounds));
        }
    }
    twins
}

/// Twins of one class each, on every link where that class is judged: they name the class of a divergence.
#[must_use]
pub fn attribution_twins(law: &Law, scenario: &Scenario, pairs: u32) -> Vec<Twin> {
    let pairs = pairs.max(ATTRIBUTION_PAIRS);
    let mut twins = Vec::new();
    for class in SWAPPED {
        // Whoever rode in a group with sound has a twin of that choice too: only the same choice explains.
        let judged = Judged::of(law, scenario, class, &Link::ALL);
        twins.extend(judged.twins(&[class], pairs, !judged.has_lengths));
    }
    twins
}

/// Twins for a probe that leaks one class: two of that class. `Loudest` is the easiest to see; `Random` keeps every
/// length, so what it shows is content. None for a class that no flight swaps.
#[must_use]
pub fn probe_twins(law: &Law, scenario: &Scenario, class: Class) -> Vec<Twin> {
    if !SWAPPED.contains(&class) {
        return Vec::new();
    }
    let judged = Judged::of(law, scenario, class, &Link::ALL);
    [Choice::Loudest, Choice::Random(1)].map(|choice| judged.twin(&[class], choice)).into()
}
