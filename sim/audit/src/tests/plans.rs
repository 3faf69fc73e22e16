//! The twins follow from the law and the story.

use super::*;
use crate::{attribution_twins, plan_twins, probe_twins};
use evidence::{Recipient, Twin};

fn told(twins: &[Twin]) -> Vec<String> {
    let tell = |t: &Twin| format!("{:?} {:?} on {} links", t.swaps, t.choice, t.judged.len());
    twins.iter().map(tell).collect()
}

#[test]
fn classes_that_are_closed_everywhere_ride_together_and_an_opened_one_alone() {
    let law = Law::parse(Law::shipped("sealed").unwrap()).unwrap();
    let plain = evidence(&[]).scenario;
    assert_eq!(
        told(&plan_twins(&law, &plain, 3)),
        [
            "[Audio, Face, Imagery, FlightLog] Nothing on 7 links",
            "[Audio, Face, Imagery, FlightLog] Loudest on 7 links",
            "[Audio, Face, Imagery, FlightLog] Random(1) on 7 links",
            "[Audio, Face, Imagery] Nothing on 1 links",
            "[Audio, Face, Imagery] Loudest on 1 links",
        ]
    );
    let (category, to) = (Class::FlightLog, Recipient::Maker);
    let opened = evidence(&[
        (1.0, Act::TakesStill),
        (2.0, Act::Grants { category, object: 1, to, for_s: None }),
    ]);
    assert_eq!(
        told(&plan_twins(&law, &opened.scenario, 1)),
        [
            "[Audio, Face, Imagery] Nothing on 7 links",
            "[FlightLog] Nothing on 6 links",
            "[Audio] Nothing on 1 links",
        ]
    );
    assert_eq!(attribution_twins(&law, &opened.scenario, 2).len(), 16);
    assert_eq!(probe_twins(&law, &plain, ClaimId::OnlyKnownLinks), []);
    assert_eq!(
        told(&probe_twins(&law, &opened.scenario, ClaimId::NoFaces)),
        ["[Face] Loudest on 7 links", "[Face] Random(1) on 7 links"]
    );
}

#[test]
fn the_vendors_law_opens_faces_under_a_grant() {
    let law = Law::parse(Law::shipped("vendor").unwrap()).unwrap();
    let (category, to) = (Class::Face, Recipient::Maker);
    let story = evidence(&[(2.0, Act::Grants { category, object: 1, to, for_s: None })]).scenario;
    let twins = plan_twins(&law, &story, 1);
    let face = twins.iter().find(|twin| twin.swaps == [Class::Face]).unwrap();
    assert!(!face.judged.contains(&Link::Uplink) && face.judged.contains(&Link::Radio));
}
