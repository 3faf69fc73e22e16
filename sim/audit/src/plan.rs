//! Which twins to fly: from the law and the mandate, never from the vehicle.
//!
//! A class is judged on a link where the law says never, and where it says by grant. What a grant lets through
//! is a carrier, whose contents are not compared; everything else on that link is, to the end. Twins whose
//! lengths differ from seat 0's would show it in the carriers that follow, so they stop at the grant. Classes
//! that are judged alike are swapped together (a group test).
//!
//! **Never:** judges a link on which the law lets the class show freely; masks a carrier for a class that no
//! grant of the story opens it for.

use evidence::scenario::Act;
use evidence::{
    Carrier, Choice, ClaimId, Class, Law, Link, Mandate, Recipient, Rule, Scenario, Tick, Twin,
};

/// Classes whose secrets a flight can swap.
const SWAPPED: [Class; 7] = [
    Class::Audio,
    Class::Face,
    Class::Imagery,
    Class::FlightLog,
    Class::Device,
    Class::Surroundings,
    Class::Key,
];

/// Links that are judged in the air; the card is judged by twins of its own.
pub const AIR: [Link; 7] = [
    Link::Radio,
    Link::Video,
    Link::Uplink,
    Link::RemoteId,
    Link::Console,
    Link::Lights,
    Link::Motion,
];

/// Twins of a single class in an attribution flight, at least.
const ATTRIBUTION_PAIRS: u32 = 4;

/// Twins with chosen secrets: nothing, and the loudest.
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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct View {
    link: Link,
    /// What a grant lets through, from when.
    opening: Option<(Tick, Carrier)>,
    /// Where twins of every length stop.
    end: Option<Tick>,
}

impl Judged {
    fn of(law: &Law, scenario: &Scenario, class: Class, links: &[Link]) -> Self {
        let mandate = Mandate::of(scenario);
        let view = |link| {
            let opened = mandate.opens(class, link);
            let opening = match law.rule(class, link) {
                Rule::Never => None,
                // Where no carrier is listed, a grant lets nothing through.
                Rule::ByGrant => opened.zip(carrier(class, link)),
                // Free on the card because only the sealed container can be written there: nothing but the
                // container may follow what is logged.
                Rule::Free if (class, link) == (Class::FlightLog, Link::Card) => {
                    Some((Tick(0), Carrier::LogFile))
                }
                Rule::Coarse | Rule::Free => return None,
            };
            let end = match opening {
                Some((_, Carrier::MediaUpload)) => queued_behind_a_picture(scenario),
                _ => None,
            };
            Some(View { link, opening, end })
        };
        let views: Vec<_> = links.iter().filter_map(|link| view(*link)).collect();
        let is_opened = views.iter().any(|view| view.opening.is_some());
        Self { has_lengths: is_opened && class == Class::FlightLog, views }
    }

    fn twin(&self, swaps: &[Class], choice: Choice) -> Twin {
        let keeps_lengths = !self.has_lengths || matches!(choice, Choice::Random(_));
        let mut twin = Twin {
            swaps: swaps.to_vec(),
            choice,
            judged: Vec::new(),
            judged_before: Vec::new(),
            carriers: Vec::new(),
        };
        for view in &self.views {
            let end = match view.opening {
                Some((opened, _)) if !keeps_lengths => Some(opened),
                _ => view.end,
            };
            match end {
                Some(Tick(0)) => {}
                Some(end) => twin.judged_before.push((view.link, end)),
                None => twin.judged.push(view.link),
            }
            twin.carriers
                .extend(view.opening.filter(|_| keeps_lengths).map(|(_, carrier)| carrier));
        }
        twin
    }

    /// Chosen secrets first, then random ones.
    fn twins(&self, swaps: &[Class], pairs: u32) -> impl Iterator<Item = Twin> {
        let pairs = if self.has_lengths { pairs.max(OPENED_PAIRS) } else { pairs };
        let twin = move |i| match i {
            0 => self.twin(swaps, Choice::Nothing),
            1 => self.twin(swaps, Choice::Loudest),
            i => self.twin(swaps, Choice::Random(u64::from(i) - 1)),
        };
        (0..pairs)
            .map(twin)
            .filter(|twin| !twin.judged.is_empty() || !twin.judged_before.is_empty())
    }
}

/// What a grant for a class lets through on a link.
fn carrier(class: Class, link: Link) -> Option<Carrier> {
    match (class, link) {
        (Class::FlightLog, Link::Radio) => Some(Carrier::LogData),
        (Class::FlightLog, Link::Uplink) => Some(Carrier::LogUpload),
        (Class::Imagery | Class::Face, Link::Uplink) => Some(Carrier::MediaUpload),
        (Class::Imagery | Class::Face, Link::Card) => Some(Carrier::StillFile),
        (Class::Audio, Link::Card) => Some(Carrier::SoundFile),
        _ => None,
    }
}

/// From when a log may wait its turn behind a picture, whose size follows what is in it: when the pilot has
/// asked for both to be sent to the maker.
fn queued_behind_a_picture(scenario: &Scenario) -> Option<Tick> {
    let asked = |wanted: &[Class]| {
        let at = scenario.beats.iter().filter_map(|beat| match &beat.does {
            Act::Requests { category, to: Recipient::Maker, .. } if wanted.contains(category) => {
                Some(Tick::at_s(beat.at_s))
            }
            _ => None,
        });
        at.min()
    };
    asked(&[Class::FlightLog]).zip(asked(&[Class::Imagery, Class::Face])).map(|(a, b)| a.max(b))
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
            // No claim counts the pairs of a serial number, and its twins differ in every letter of it.
            let pairs = if classes == [Class::Device] { pairs.min(CHOSEN) } else { pairs };
            twins.extend(judged.twins(&classes, pairs));
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
        twins.extend(Judged::of(law, scenario, class, &Link::ALL).twins(&[class], pairs));
    }
    twins
}

/// Twins for a probe of one claim: two of the claim's class. `Loudest` is the easiest to see; `Random` keeps
/// every length, so what it shows is content. None for a claim without a class of its own.
#[must_use]
pub fn probe_twins(law: &Law, scenario: &Scenario, claim: ClaimId) -> Vec<Twin> {
    let class = match claim {
        ClaimId::NoAudio => Class::Audio,
        ClaimId::NoFaces => Class::Face,
        ClaimId::LogConsent => Class::FlightLog,
        ClaimId::MediaConsent => Class::Imagery,
        ClaimId::OnlyKnownLinks => return Vec::new(),
    };
    let judged = Judged::of(law, scenario, class, &Link::ALL);
    [Choice::Loudest, Choice::Random(1)].map(|choice| judged.twin(&[class], choice)).into()
}
