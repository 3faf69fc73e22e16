//! Which twins to fly: from the law and the mandate, never from the vehicle.
//!
//! A class is judged on a link where the law says never, and where it says by grant until the story's first
//! grant. Classes that are judged everywhere to the end are swapped together (a group test); a class that a
//! grant opens somewhere is swapped alone, because from then on its difference would hide another's.
//!
//! **Never:** judges a link on which the law lets the class show.

use evidence::{Choice, ClaimId, Class, Law, Link, Mandate, Rule, Scenario, Tick, Twin};

/// Classes whose secrets a flight can swap.
const SWAPPED: [Class; 4] = [Class::Audio, Class::Face, Class::Imagery, Class::FlightLog];

/// Links that are judged in the air; the card is judged by twins of its own.
const AIR: [Link; 7] = [
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

/// Where a class, or a group of them, is judged: on some links to the end, on some until a grant opens them.
#[derive(Clone, Default)]
struct Judged {
    always: Vec<Link>,
    before: Vec<(Link, Tick)>,
}

impl Judged {
    fn to_the_end(links: &[Link]) -> Self {
        Self { always: links.to_vec(), before: Vec::new() }
    }

    fn of(law: &Law, mandate: &Mandate, class: Class, links: &[Link]) -> Self {
        let mut judged = Self::default();
        for &link in links {
            match (law.rule(class, link), mandate.opens(class, link)) {
                (Rule::Never, _) | (Rule::ByGrant, None) => judged.always.push(link),
                (Rule::ByGrant, Some(opened)) => judged.before.push((link, opened)),
                (Rule::Coarse | Rule::Free, _) => {}
            }
        }
        judged
    }

    fn twin(&self, swaps: &[Class], choice: Choice) -> Twin {
        let (judged, judged_before) = (self.always.clone(), self.before.clone());
        Twin { swaps: swaps.to_vec(), choice, judged, judged_before }
    }

    /// Chosen secrets first, then random ones.
    fn twins(&self, swaps: &[Class], pairs: u32) -> impl Iterator<Item = Twin> {
        (0..pairs).map(move |i| match i {
            0 => self.twin(swaps, Choice::Nothing),
            1 => self.twin(swaps, Choice::Loudest),
            i => self.twin(swaps, Choice::Random(u64::from(i) - 1)),
        })
    }
}

/// The twins that a flight carries to begin with.
#[must_use]
pub fn plan_twins(law: &Law, scenario: &Scenario, pairs: u32) -> Vec<Twin> {
    let mandate = Mandate::of(scenario);
    let of = |class, links| Judged::of(law, &mandate, class, links);
    let is_closed = |class: &Class| of(*class, &AIR).always.len() == AIR.len();
    let (group, alone): (Vec<_>, Vec<_>) = SWAPPED.into_iter().partition(is_closed);
    let mut twins = Vec::new();
    if !group.is_empty() {
        twins.extend(Judged::to_the_end(&AIR).twins(&group, pairs));
    }
    for class in alone {
        twins.extend(of(class, &AIR).twins(&[class], pairs));
    }
    let card = &[Link::Card][..];
    let at_rest: Vec<_> =
        SWAPPED.into_iter().filter(|class| of(*class, card).always == card).collect();
    if !at_rest.is_empty() {
        twins.extend(Judged::to_the_end(card).twins(&at_rest, pairs.min(2)));
    }
    twins
}

/// Twins of one class each, on every link where that class is judged: they name the class of a divergence.
#[must_use]
pub fn attribution_twins(law: &Law, scenario: &Scenario, pairs: u32) -> Vec<Twin> {
    let mandate = Mandate::of(scenario);
    let pairs = pairs.max(ATTRIBUTION_PAIRS);
    let mut twins = Vec::new();
    for class in SWAPPED {
        twins.extend(Judged::of(law, &mandate, class, &Link::ALL).twins(&[class], pairs));
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
    let judged = Judged::of(law, &Mandate::of(scenario), class, &Link::ALL);
    [Choice::Loudest, Choice::Random(1)].map(|choice| judged.twin(&[class], choice)).into()
}
