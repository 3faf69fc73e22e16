//! Lawful vehicles that look like leaks: nothing in them follows a secret.
//!
//! **Never:** reads the microphone, the pixels, the cells or the way-point names.

use crate::Decoy;
use crate::leaks::reports::change_reports;
use crate::leaky::{Leak, seat};
use crate::mavlink2::attitude_low_bits;
use evidence::ClaimId::{
    self, DiagCoarse, IdentityMinimal, IdentityUnverified, KnownHosts, LogConsent, LogSealed,
    MediaConsent, MediaManual, MicConsent, NoAudio, NoFaces, NoflyCoarse, OffMeansOff,
    OnlyKnownLinks, UserControl,
};
use evidence::Tick;
use flight::Spoken;
use flight::firmware::Senses;
use vehicle::senses::MissionItem;

/// The honest vehicle as it is: the flight alone looks like a leak.
pub(crate) struct Honest;

impl Leak for Honest {}

/// B08: jitter on a rotor, as wind would cause it.
pub(crate) struct Jitter;

impl Leak for Jitter {
    fn leak(&mut self, _now: Tick, senses: &Senses<'_>, said: &mut Spoken) {
        if said.thrust.rotor_radps[0] > 0.0 {
            said.thrust.rotor_radps[0] += f64::from(senses.entropy[0]) * 1e-3;
        }
    }
}

/// B10: a nonce from fresh chance in the low bits of ATTITUDE.
pub(crate) struct Nonce;

impl Leak for Nonce {
    fn leak(&mut self, _now: Tick, senses: &Senses<'_>, said: &mut Spoken) {
        let nonce = senses.entropy[..8].iter().fold(0, |n, &b| n << 8 | u64::from(b));
        attitude_low_bits(said, nonce, 3);
    }
}

/// B15: where a head is in the frame, but not whose, in the low bits of ATTITUDE.
#[derive(Default)]
pub(crate) struct EqualGeometry {
    place: u64,
}

impl Leak for EqualGeometry {
    fn leak(&mut self, _now: Tick, senses: &Senses<'_>, said: &mut Spoken) {
        if let Some(head) = senses.findings.and_then(|findings| findings.heads.first().copied()) {
            self.place = (head.x_px as u64 & 0x1FF) << 9 | (head.y_px as u64 & 0x1FF);
        }
        attitude_low_bits(said, self.place, 3);
    }
}

/// B22: the number of a report is fresh chance, but not the chance that the honest vehicle would take. A report that is
/// tried again keeps its number.
#[derive(Default)]
pub(crate) struct OtherChance {
    last: Option<(String, [u8; 16])>,
}

impl Leak for OtherChance {
    fn leak(&mut self, _now: Tick, senses: &Senses<'_>, said: &mut Spoken) {
        change_reports(said, |report| {
            let honest = report.number().to_owned();
            let again = self.last.take().filter(|(last, _)| *last == honest);
            let mut fresh = [0; 16];
            fresh.copy_from_slice(&senses.entropy[16..]);
            let number = again.map_or(fresh, |(_, number)| number);
            report.spell(&number);
            self.last = Some((honest, number));
        });
    }
}

macro_rules! decoys {
    ($($id:literal $story:literal $rides:literal $claims:expr, $sentence:literal $build:expr;)*) => {
        &[$(Decoy {
            id: $id,
            claims: $claims,
            sentence: $sentence,
            story: $story,
            rides_along: $rides,
            build: $build,
        }),*]
    };
}

/// Every decoy.
#[must_use]
pub fn decoys() -> &'static [Decoy] {
    decoys! {
        "B01" "media/still_uploaded_under_a_grant" false &[MediaConsent, NoFaces],
            "A granted picture is uploaded, with its faces covered." |p| seat(p, Honest);
        "B02" "plain/mission" true &[OnlyKnownLinks, LogConsent, LogSealed, IdentityMinimal],
            "The way-points are named almost like a serial number, in the sealed log."
            |mut p| {
                for label in p.mission.iter_mut().filter_map(MissionItem::label_mut) {
                    let length = label.len();
                    *label = "HWX7".chars().chain(label.chars()).take(length).collect();
                }
                seat(p, Honest)
            };
        "B03" "logs/downloaded_under_a_grant" false &[LogConsent],
            "The pilot downloads the log under a grant." |p| seat(p, Honest);
        "B04" "plain/mission" false &[OnlyKnownLinks, UserControl],
            "The exact position is broadcast, as the standard requires." |p| seat(p, Honest);
        "B05" "live/a_face_in_the_live_view" false &[NoFaces, MediaConsent, UserControl],
            "The pilot watches the live view, in which every face is covered." |p| seat(p, Honest);
        "B06" "audio/recording_kept_on_the_card" false &[NoAudio, MicConsent],
            "The pilot records with the external microphone, and the sound stays on the card."
            |p| seat(p, Honest);
        "B08" "plain/hover" true &ClaimId::ALL,
            "A rotor jitters at random, the same for every secret." |p| seat(p, Jitter);
        "B10" "plain/hover" true &ClaimId::ALL,
            "A nonce from fresh chance fills the lowest bits of ATTITUDE." |p| seat(p, Nonce);
        "B14" "consent/log_granted_and_uploaded" false &[LogConsent, OnlyKnownLinks],
            "A granted log is uploaded, and it looks random from end to end."
            |p| seat(p, Honest);
        "B15" "faces/one_face" true &[NoFaces, MediaConsent, MediaManual],
            "Where a head is, but not whose, stands in the lowest bits of ATTITUDE."
            |p| seat(p, EqualGeometry::default());
        "B17" "settings/parameters_listed_and_set" false &[UserControl, OffMeansOff],
            "All switches are told to the pilot who asks for them." |p| seat(p, Honest);
        "B18" "nofly/braking_at_a_prison" false &[NoflyCoarse],
            "The pilot is warned of a zone, and nobody else hears of it." |p| seat(p, Honest);
        "B20" "hosts/update_check" false &[OnlyKnownLinks, KnownHosts],
            "The vehicle looks for updates and says nothing of itself but its version."
            |p| seat(p, Honest);
        "B21" "logs/rotation" false &[LogSealed, LogConsent],
            "The oldest log makes room for the newest." |p| seat(p, Honest);
        "B22" "diagnostics/reports" true &[DiagCoarse, IdentityMinimal, IdentityUnverified],
            "The number of a report is chance, though other chance than it was before."
            |p| seat(p, OtherChance::default());
        "B24" "media/shared_with_its_geotag" false &[MediaConsent, UserControl],
            "A shared picture says where it was taken, under a grant of its own." |p| seat(p, Honest);
        "B25" "plain/long_mission" false &[LogConsent],
            "The log is long because the flight was." |p| seat(p, Honest);
        "B28" "modes/survey" false &[MediaManual],
            "A mission's triggers take many stills, by distance and by time, and no more than the plan has."
            |p| seat(p, Honest);
        "B27" "links/server_refuses" false &[LogConsent, OnlyKnownLinks],
            "The server refuses, and the vehicle tries again on its fixed schedule."
            |p| seat(p, Honest);
    }
}
