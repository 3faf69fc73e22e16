//! The report as JUnit XML: a suite per story, a case per claim and per expectation of the flight, for the CI
//! system that reads it.
//!
//! **Never:** holds a time of day or a duration, so that the same flights give the same bytes.

use crate::{Trouble, words};
use audit::{Finding, FlightFinding, Report, StoryReport, Verdict};
use quick_junit::{NonSuccessKind, Property, Report as Junit, TestCase, TestCaseStatus, TestSuite};

/// The report as XML text.
///
/// # Errors
/// Where the writer fails, which is a bug.
pub fn junit(report: &Report) -> Result<String, Trouble> {
    let mut junit = Junit::new("hushwing");
    junit.add_test_suites(report.stories.iter().map(suite));
    junit.to_string().map_err(|error| Trouble::Bug(format!("junit.xml: {error}")))
}

fn suite(story: &StoryReport) -> TestSuite {
    let mut suite = TestSuite::new(&story.story);
    for (name, value) in [
        ("title", story.title.as_str()),
        ("firmware", &story.firmware),
        ("seed", &story.seed.to_string()),
        ("law", &story.law),
        ("seal", &story.seal.0),
    ] {
        suite.add_property(Property::new(name, value));
    }
    suite.add_test_cases(story.findings.iter().map(|finding| case(story, finding)));
    suite.add_test_cases(story.flown.iter().map(|flown| flight_case(story, flown)));
    suite
}

fn flight_case(story: &StoryReport, flown: &FlightFinding) -> TestCase {
    let status = if flown.is_met {
        TestCaseStatus::success()
    } else {
        let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
        status.set_type(words::MISSED);
        status.set_message(format!("{}, expected {}", flown.measured, flown.allowed));
        status
    };
    let mut case = TestCase::new(format!("flight: {}", flown.expected), status);
    case.set_classname(&story.story);
    case
}

fn case(story: &StoryReport, finding: &Finding) -> TestCase {
    let word = words::word(finding.verdict);
    let status = match (finding.verdict, finding.as_expected) {
        (Verdict::Held, true) => TestCaseStatus::success(),
        (Verdict::Untested, true) => {
            let mut status = TestCaseStatus::skipped();
            status.set_message(format!("untested: {}", finding.why));
            status
        }
        (Verdict::Held | Verdict::Untested, false)
        | (Verdict::Broken | Verdict::Inconclusive, _) => {
            let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
            status.set_type(word);
            status.set_message(format!("{word}, expected {:?}: {}", finding.expected, finding.why));
            status
        }
    };
    let mut case = TestCase::new(finding.claim.name(), status);
    case.set_classname(&story.story);
    case
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::{ALL_HELD, flown, report, row};
    use Verdict::{Broken, Held, Inconclusive, Untested};
    use evidence::scenario::Expectation as E;
    use expect_test::expect;

    #[test]
    fn an_expectation_of_the_flight_is_a_case_of_its_own() {
        let mut report = report(&[ALL_HELD]);
        report.stories[0].flown = vec![flown(true), flown(false)];
        let text = junit(&report).expect("an XML text");
        let begin = text.find("flight:").map_or(0, |at| text[..at].rfind('\n').unwrap_or(0));
        expect![[r#"

                    <testcase name="flight: hovers at (0, 0, 5) m from 20 to 60 s" classname="plain/story-0">
                    </testcase>
                    <testcase name="flight: hovers at (0, 0, 5) m from 20 to 60 s" classname="plain/story-0">
                        <failure message="0.417 m RMS, expected at most 0.3 m RMS" type="MISSED"/>
                    </testcase>
                </testsuite>
            </testsuites>
        "#]].assert_eq(&text[begin..]);
    }

    #[test]
    fn a_story_is_a_suite_and_a_claim_a_case_without_any_time() {
        let report = report(&[row(&[
            (Held, E::Held),
            (Untested, E::Untested),
            (Broken, E::Held),
            (Inconclusive, E::Held),
            (Held, E::Untested),
        ])]);
        expect![[r#"
            <?xml version="1.0" encoding="UTF-8"?>
            <testsuites name="hushwing" tests="17" failures="3" errors="0">
                <testsuite name="plain/story-0" tests="17" disabled="1" errors="0" failures="3">
                    <properties>
                        <property name="title" value="Nobody is in sight."/>
                        <property name="firmware" value="honest"/>
                        <property name="seed" value="7"/>
                        <property name="law" value="sealed"/>
                        <property name="seal" value="abababababababababababababababababababababababababababababababab"/>
                    </properties>
                    <testcase name="no-audio" classname="plain/story-0">
                    </testcase>
                    <testcase name="mic-consent" classname="plain/story-0">
                        <skipped message="untested: nothing tempted it: stills taken is 0"/>
                    </testcase>
                    <testcase name="no-faces" classname="plain/story-0">
                        <failure message="BROKEN, expected Held: NIC on Radio: a twin differs" type="BROKEN"/>
                    </testcase>
                    <testcase name="media-manual" classname="plain/story-0">
                        <failure message="inconclusive, expected Held: the rerun has another seal" type="inconclusive"/>
                    </testcase>
                    <testcase name="media-consent" classname="plain/story-0">
                        <failure message="held, expected Untested: tempted, nothing found" type="held"/>
                    </testcase>
                    <testcase name="log-sealed" classname="plain/story-0">
                    </testcase>
                    <testcase name="log-consent" classname="plain/story-0">
                    </testcase>
                    <testcase name="diag-coarse" classname="plain/story-0">
                    </testcase>
                    <testcase name="nofly-coarse" classname="plain/story-0">
                    </testcase>
                    <testcase name="off-means-off" classname="plain/story-0">
                    </testcase>
                    <testcase name="user-control" classname="plain/story-0">
                    </testcase>
                    <testcase name="identity-minimal" classname="plain/story-0">
                    </testcase>
                    <testcase name="identity-unverified" classname="plain/story-0">
                    </testcase>
                    <testcase name="identity-sealed" classname="plain/story-0">
                    </testcase>
                    <testcase name="known-hosts" classname="plain/story-0">
                    </testcase>
                    <testcase name="server-access" classname="plain/story-0">
                    </testcase>
                    <testcase name="only-known-links" classname="plain/story-0">
                    </testcase>
                </testsuite>
            </testsuites>
        "#]].assert_eq(&junit(&report).expect("an XML text"));
    }
}
