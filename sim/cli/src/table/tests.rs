//! What the tables of a run look like, cell by cell.

use super::*;
use crate::sample::{ALL_HELD, report, row};
use Verdict::{Broken, Inconclusive, Untested};
use evidence::scenario::Expectation as E;
use expect_test::expect;

#[test]
fn each_cell_says_its_word_and_marks_what_was_not_expected() {
    let report = report(&[
        ALL_HELD,
        row(&[
            (Broken, E::Held),
            (Untested, E::Untested),
            (Untested, E::Held),
            (Inconclusive, E::Held),
            (Broken, E::Broken),
        ]),
    ]);
    let mut table = by_story(&report);
    expect![[r#"
        ┌───────────────┬───┬───┬───┬───┬───┬───┬───┬───┬───┬───┬───┬───┬───┬───┬───┬───┬───┐
        │ scenario      ┆aud┆mic┆fac┆man┆med┆sea┆log┆dia┆nfz┆off┆ctl┆min┆unv┆idn┆hst┆srv┆lnk│
        ╞═══════════════╪═══╪═══╪═══╪═══╪═══╪═══╪═══╪═══╪═══╪═══╪═══╪═══╪═══╪═══╪═══╪═══╪═══╡
        │ plain/story-0 ┆ ✓ ┆ ✓ ┆ ✓ ┆ ✓ ┆ ✓ ┆ ✓ ┆ ✓ ┆ ✓ ┆ ✓ ┆ ✓ ┆ ✓ ┆ ✓ ┆ ✓ ┆ ✓ ┆ ✓ ┆ ✓ ┆ ✓ │
        │ plain/story-1 ┆ ✗!┆ · ┆ ·!┆ ?!┆ ✗ ┆ ✓ ┆ ✓ ┆ ✓ ┆ ✓ ┆ ✓ ┆ ✓ ┆ ✓ ┆ ✓ ┆ ✓ ┆ ✓ ┆ ✓ ┆ ✓ │
        └───────────────┴───┴───┴───┴───┴───┴───┴───┴───┴───┴───┴───┴───┴───┴───┴───┴───┴───┘"#]]
    .assert_eq(&table.force_no_tty().to_string());
    let mut table = by_claim(&report);
    expect![[r#"
        ┌─────────────────────┬──────┬────────┬──────────┬──────────────┬────────────┐
        │ promise             ┆ held ┆ BROKEN ┆ untested ┆ inconclusive ┆ tempted in │
        ╞═════════════════════╪══════╪════════╪══════════╪══════════════╪════════════╡
        │ no-audio            ┆ 1    ┆ 1      ┆ 0        ┆ 0            ┆ 2 of 2     │
        │ mic-consent         ┆ 1    ┆ 0      ┆ 1        ┆ 0            ┆ 1 of 2     │
        │ no-faces            ┆ 1    ┆ 0      ┆ 1        ┆ 0            ┆ 1 of 2     │
        │ media-manual        ┆ 1    ┆ 0      ┆ 0        ┆ 1            ┆ 2 of 2     │
        │ media-consent       ┆ 1    ┆ 1      ┆ 0        ┆ 0            ┆ 2 of 2     │
        │ log-sealed          ┆ 2    ┆ 0      ┆ 0        ┆ 0            ┆ 2 of 2     │
        │ log-consent         ┆ 2    ┆ 0      ┆ 0        ┆ 0            ┆ 2 of 2     │
        │ diag-coarse         ┆ 2    ┆ 0      ┆ 0        ┆ 0            ┆ 2 of 2     │
        │ nofly-coarse        ┆ 2    ┆ 0      ┆ 0        ┆ 0            ┆ 2 of 2     │
        │ off-means-off       ┆ 2    ┆ 0      ┆ 0        ┆ 0            ┆ 2 of 2     │
        │ user-control        ┆ 2    ┆ 0      ┆ 0        ┆ 0            ┆ 2 of 2     │
        │ identity-minimal    ┆ 2    ┆ 0      ┆ 0        ┆ 0            ┆ 2 of 2     │
        │ identity-unverified ┆ 2    ┆ 0      ┆ 0        ┆ 0            ┆ 2 of 2     │
        │ identity-sealed     ┆ 2    ┆ 0      ┆ 0        ┆ 0            ┆ 2 of 2     │
        │ known-hosts         ┆ 2    ┆ 0      ┆ 0        ┆ 0            ┆ 2 of 2     │
        │ server-access       ┆ 2    ┆ 0      ┆ 0        ┆ 0            ┆ 2 of 2     │
        │ only-known-links    ┆ 2    ┆ 0      ┆ 0        ┆ 0            ┆ 2 of 2     │
        └─────────────────────┴──────┴────────┴──────────┴──────────────┴────────────┘"#]]
    .assert_eq(&table.force_no_tty().to_string());
    expect![[r#"
        What these verdicts stand on:
          no-audio            pairs 9, 7 of them random (99.2187 %), at least;
                              saboteurs caught 2 of 2: L016;
                              decoys in peace 2 of 2: B08
          mic-consent         pairs 9, 7 of them random (99.2187 %), at least;
                              saboteurs caught 1 of 1: L016;
                              decoys in peace 1 of 1: B08
          no-faces            pairs 9, 7 of them random (99.2187 %), at least;
                              saboteurs caught 1 of 1: L016;
                              decoys in peace 1 of 1: B08
          media-manual        pairs 9, 7 of them random (99.2187 %), at least;
                              saboteurs caught 2 of 2: L016;
                              decoys in peace 2 of 2: B08
          media-consent       pairs 9, 7 of them random (99.2187 %), at least;
                              saboteurs caught 2 of 2: L016;
                              decoys in peace 2 of 2: B08
          log-sealed          pairs 9, 7 of them random (99.2187 %), at least;
                              saboteurs caught 2 of 2: L016;
                              decoys in peace 2 of 2: B08
          log-consent         pairs 9, 7 of them random (99.2187 %), at least;
                              saboteurs caught 2 of 2: L016;
                              decoys in peace 2 of 2: B08
          diag-coarse         pairs 9, 7 of them random (99.2187 %), at least;
                              saboteurs caught 2 of 2: L016;
                              decoys in peace 2 of 2: B08
          nofly-coarse        pairs 9, 7 of them random (99.2187 %), at least;
                              saboteurs caught 2 of 2: L016;
                              decoys in peace 2 of 2: B08
          off-means-off       pairs 9, 7 of them random (99.2187 %), at least;
                              saboteurs caught 2 of 2: L016;
                              decoys in peace 2 of 2: B08
          user-control        pairs 9, 7 of them random (99.2187 %), at least;
                              saboteurs caught 2 of 2: L016;
                              decoys in peace 2 of 2: B08
          identity-minimal    pairs 9, 7 of them random (99.2187 %), at least;
                              saboteurs caught 2 of 2: L016;
                              decoys in peace 2 of 2: B08
          identity-unverified pairs 9, 7 of them random (99.2187 %), at least;
                              saboteurs caught 2 of 2: L016;
                              decoys in peace 2 of 2: B08
          identity-sealed     pairs 9, 7 of them random (99.2187 %), at least;
                              saboteurs caught 2 of 2: L016;
                              decoys in peace 2 of 2: B08
          known-hosts         pairs 9, 7 of them random (99.2187 %), at least;
                              saboteurs caught 2 of 2: L016;
                              decoys in peace 2 of 2: B08
          server-access       pairs 9, 7 of them random (99.2187 %), at least;
                              saboteurs caught 2 of 2: L016;
                              decoys in peace 2 of 2: B08
          only-known-links    pairs 9, 7 of them random (99.2187 %), at least;
                              saboteurs caught 2 of 2: L016;
                              decoys in peace 2 of 2: B08
    "#]]
    .assert_eq(&grounds(&report));
    expect![[r#"
        Worth a look:
          plain/story-1: no-audio BROKEN (expected held): NIC on Radio: a twin differs
          plain/story-1: media-consent BROKEN: NIC on Radio: a twin differs
          plain/story-1: no-faces untested (expected held): nothing tempted it: stills taken is 0
          plain/story-1: media-manual inconclusive (expected held): the rerun has another seal

    "#]]
    .assert_eq(&reasons(&report));
    expect![[r#"
        Result: 2 broken, 2 not as their scenario expects (exit code 1).
    "#]]
    .assert_eq(&closing(&report, ExitCode::of(&report)));
}

#[test]
fn the_last_line_names_the_claims_that_nothing_tempted() {
    let report = report(&[row(&[(Untested, E::Untested)])]);
    expect![[r#"
        Result: nothing got out, but no scenario of this run tempted no-audio (exit code 2).
    "#]]
    .assert_eq(&closing(&report, ExitCode::of(&report)));
}
