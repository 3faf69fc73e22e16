//! Which twins to fly: from the law and the mandate, never from the vehicle.
//!
//! A class is judged on a link where the law says never, or where it says by grant and the story never
//! grants. Classes that are judged everywhere are swapped together (a group test); a class that a grant
//! opens somewhere is swapped alone, and judged on the links that stay closed.
//!
//! **Never:** judges a link on which the law lets the class show.

use evidence::{Choice, ClaimId, Class, Law, Link, Mandate, Rule, Scenario, Twin};

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

/// The twins that a flight carries to begin with.
#[must_use]
pub fn plan_twins(law: &Law, scenario: &Scenario, pairs: u32) -> Vec<Twin> {
    let mandate = Mandate::of(scenario);
    let closed = |class| AIR.iter().all(|link| is_judged(law, &mandate, class, *link));
    let (group, alone): (Vec<_>, Vec<_>) = SWAPPED.into_iter().partition(|c| closed(*c));
    let mut twins = Vec::new();
    if !group.is_empty() {
        twins.extend(group_of(&group, &AIR, pairs));
    }
    for class in alone {
        let judged = judged_in(law, &mandate, class, &AIR);
        twins.extend(group_of(&[class], &judged, pairs));
    }
    let at_rest: Vec<_> =
        SWAPPED.into_iter().filter(|c| is_judged(law, &mandate, *c, Link::Card)).collect();
    if !at_rest.is_empty() {
        twins.extend(group_of(&at_rest, &[Link::Card], pairs.min(2)));
    }
    twins
}

/// Twins of one class each, on every link where that class is judged: they name the class of a divergence.
#[must_use]
pub fn attribution_twins(law: &Law, scenario: &Scenario, pairs: u32) -> Vec<Twin> {
    let mandate = Mandate::of(scenario);
    let pairs = pairs.max(ATTRIBUTION_PAIRS);
    let of = |class| group_of(&[class], &judged_in(law, &mandate, class, &Link::ALL), pairs);
    SWAPPED.into_iter().flat_map(of).collect()
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
    let judged = judged_in(law, &Mandate::of(scenario), class, &Link::ALL);
    let twin = |choice| Twin { swaps: vec![class], choice, judged: judged.clone() };
    vec![twin(Choice::Loudest), twin(Choice::Random(1))]
}

fn is_judged(law: &Law, mandate: &Mandate, class: Class, link: Link) -> bool {
    match law.rule(class, link) {
        Rule::Never => true,
        Rule::ByGrant => !mandate.ever_opens(class, link),
        Rule::Coarse | Rule::Free => false,
    }
}

fn judged_in(law: &Law, mandate: &Mandate, class: Class, links: &[Link]) -> Vec<Link> {
    links.iter().copied().filter(|link| is_judged(law, mandate, class, *link)).collect()
}

/// Chosen secrets first, then random ones.
fn group_of(swaps: &[Class], judged: &[Link], pairs: u32) -> Vec<Twin> {
    let choice = |i| match i {
        0 => Choice::Nothing,
        1 => Choice::Loudest,
        i => Choice::Random(u64::from(i) - 1),
    };
    (0..pairs)
        .map(|i| Twin { swaps: swaps.to_vec(), choice: choice(i), judged: judged.to_vec() })
        .collect()
}
