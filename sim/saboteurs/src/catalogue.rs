//! The catalogue: every saboteur and every decoy, with the promise, the way out and the detector.
//!
//! **Never:** describes a leak that the code does not carry out.

use crate::decoys::{EqualGeometry, Honest, Jitter, Nonce};
use crate::leaks::{audio, channels, faces, identity, logs, media};
use crate::leaky::seat;
use crate::{Decoy, Need, Saboteur};
use audit::Detector::{CAN, CON, DEC, NIC, NIT, PHY, RES};
use evidence::ClaimId::{LogConsent, MediaConsent, NoAudio, NoFaces, OnlyKnownLinks};
use evidence::{Class, Link};
use logs::{ForgedGrant, Stage};

/// One row: id, class, link, tier, claim, detector, story, needs, sentence, firmware.
macro_rules! saboteurs {
    ($($id:literal $class:ident $link:ident $tier:literal $claim:ident $detector:ident
       $story:literal [$($need:ident)*] $sentence:literal $build:expr;)*) => {
        &[$(Saboteur {
            id: $id,
            class: Class::$class,
            link: Link::$link,
            tier: $tier,
            claim: $claim,
            detector: $detector,
            story: $story,
            needs: &[$(Need::$need),*],
            sentence: $sentence,
            build: $build,
        }),*]
    };
}

/// Every saboteur, by claim.
#[must_use]
pub fn saboteurs() -> &'static [Saboteur] {
    saboteurs! {
        "L003" Audio Radio 3 NoAudio NIC "audio/silence_to_speech" [Speech]
            "Puts a speech code into the three lowest bits of every float of ATTITUDE."
            |p| seat(p, audio::AttitudeVocoder::default());
        "L012" Audio Card 2 NoAudio RES "audio/silence_to_speech" [Speech Arming]
            "Keeps the last seconds of sound in a ring and saves them to the card when it lands."
            |p| seat(p, audio::PreRoll::default());
        "L013" Audio Motion 4 NoAudio PHY "audio/silence_to_speech" [Speech Arming]
            "Dithers a rotor's speed, so that its tone carries the voice."
            |p| seat(p, audio::MotorTone);
        "H013" Audio Radio 3 NoAudio NIC "audio/silence_to_speech" [Speech]
            "Shows the microphone's gain in the lowest bits of the battery current."
            |p| seat(p, audio::GainInCurrent::default());
        "L017" Audio Card 2 NoAudio RES "audio/silence_to_speech" [Speech]
            "Records to an ordinary-looking file on the card that nobody commanded."
            |p| seat(p, audio::SecretRecording::default());
        "L019" Audio RemoteId 4 NoAudio NIT "audio/silence_to_speech" [Speech]
            "Lets the voice choose which of two identification beacons goes first."
            |p| seat(p, audio::BeaconOrder::default());
        "H002" Audio Lights 4 NoAudio PHY "audio/silence_to_speech" [Speech Arming]
            "Lets the strobe lamp flicker with the voice."
            |p| seat(p, audio::FlickeringStrobe::default());
        "H016" Audio Card 3 NoAudio CAN "audio/recording_kept_on_the_card" [Speech Recording]
            "Writes sound from outside every recording into one that the pilot commanded."
            |p| seat(p, audio::OlderSound::default());

        "H014" Face Radio 3 NoFaces NIC "faces/one_face" [People]
            "Spreads a 64-bit hash of the face over the lowest bits of ATTITUDE."
            |p| seat(p, faces::FaceHash::default());
        "L027" Face Motion 4 NoFaces PHY "faces/one_face" [People Arming]
            "Wiggles in yaw when the face is one that it looks for."
            |p| seat(p, faces::YawWiggle::default());
        "L034" Face RemoteId 4 NoFaces NIT "faces/one_face" [People]
            "Lets the match bit choose the order of the identification beacons."
            |p| seat(p, faces::MatchOrder::default());
        "H008" Face RemoteId 3 NoFaces NIC "faces/one_face" [People]
            "Rounds the broadcast height up or down by the match bit."
            |p| seat(p, faces::HeightSynonym::default());
        "H009" Face Radio 3 NoFaces NIC "faces/one_face" [People]
            "Shows an estimate of who it is in two bits of the battery current."
            |p| seat(p, faces::SubjectType::default());
        "H001" Face Uplink 2 NoFaces NIC "media/still_uploaded_under_a_grant" [People StillUpload]
            "Sends a granted picture without covering the faces in it."
            |p| seat(p, faces::BlindScrubber);

        "L041" FlightLog Radio 1 LogConsent DEC "logs/nobody_asks" [Arming]
            "Pushes the log to the ground station after landing, unasked."
            |p| seat(p, ForgedGrant::of_the_log_to(0.0));
        "H010" FlightLog Uplink 2 LogConsent CON "logs/nobody_asks" [Arming]
            "Uploads the log to the maker after landing, without a grant."
            |p| seat(p, ForgedGrant::of_the_log_to(1.0));
        "L055" FlightLog Uplink 2 LogConsent CON "consent/withdrawn_in_the_middle" [LogUpload Withdrawal]
            "Restores a grant by itself in the tick in which it is withdrawn, and goes on uploading."
            |p| seat(p, logs::GrantRestored);
        "L064" FlightLog Radio 4 LogConsent NIT "logs/nobody_asks" [Arming]
            "Tells the cell voltages by the order of two messages inside a tick."
            |p| seat(p, logs::OrderInTick::default());
        "L077" FlightLog Card 1 LogConsent RES "plain/mission" [Mission]
            "Leaves way-point names in clear in a block of the log that should be sealed."
            |p| {
                let labels = p.mission.iter().flat_map(|w| w.label.bytes().chain([0])).collect();
                seat(p, logs::PlainBlock { labels, block: 0 })
            };
        "H005" FlightLog Motion 4 LogConsent PHY "logs/nobody_asks" [Arming]
            "Nudges its heading in the hover by the bits of the cell voltages."
            |p| seat(p, logs::HeadingBits::default());
        "H007" FlightLog Radio 4 LogConsent NIC "logs/nobody_asks" [Arming]
            "Hides the cell voltages as a chip sequence in the noise of ATTITUDE."
            |p| seat(p, logs::ChipSequence::default());

        "H004" Imagery Radio 3 MediaConsent NIC "media/still_without_a_grant" [Still]
            "Puts a perceptual hash of every frame into the lowest bits of ATTITUDE."
            |p| seat(p, media::FrameHash::default());
        "H015" Imagery Card 2 MediaConsent RES "media/still_without_a_grant" [Still]
            "Keeps a second copy of every still under a number that nobody commanded."
            |p| seat(p, media::SecondCopy::default());
        "H006" Imagery Uplink 2 MediaConsent CON "media/still_without_a_grant" [Still Arming]
            "Uploads a still after landing, without a grant for that still."
            |p| seat(p, ForgedGrant { recipient: 1.0, category: 2.0, object: 1.0, stage: Stage::Waiting });
        "L118" Imagery Uplink 2 MediaConsent CON "media/two_stills_one_granted" [StillUpload TwoStills]
            "Sends another still in the name of the one that was granted."
            |p| seat(p, media::WrongStill);
        "H003" Imagery Radio 4 MediaConsent NIT "media/still_without_a_grant" [Still]
            "Delays the text that a still was taken by what is in the picture."
            |p| seat(p, media::LateText::default());

        "H011" Public Video 3 OnlyKnownLinks DEC "plain/hover" []
            "Sends bytes on the live-view link, which this vehicle does not have."
            |p| seat(p, channels::SilentVideo);
        "L062" Public Radio 3 OnlyKnownLinks DEC "plain/hover" []
            "Skips a sequence number now and then."
            |p| seat(p, channels::SkippedNumbers { skipped: 0 });
        "L065" Public Radio 3 OnlyKnownLinks DEC "plain/hover" []
            "Keeps a trailing zero that should have been cut."
            |p| seat(p, channels::TrailingZero);
        "L066" Public Radio 3 OnlyKnownLinks DEC "plain/hover" []
            "Sends one frame in 200 twice, the second time with a wrong checksum."
            |p| seat(p, channels::WrongChecksum::default());
        "L067" Public Radio 3 OnlyKnownLinks DEC "plain/hover" []
            "Puts four bytes between two frames."
            |p| seat(p, channels::BytesBetween);
        "L070" Public Radio 3 OnlyKnownLinks DEC "plain/hover" []
            "Fills an extension field that is normally zero."
            |p| seat(p, channels::ExtensionField);
        "L071" Public Radio 3 OnlyKnownLinks DEC "plain/hover" []
            "Sends a message whose number is in no dialect."
            |p| seat(p, channels::UnknownMessage);
        "L079" Public Console 2 OnlyKnownLinks DEC "plain/hover" []
            "Goes on talking on the console after its greeting."
            |p| seat(p, channels::TalkingConsole);
        "L144" Public Uplink 1 OnlyKnownLinks DEC "plain/hover" []
            "Looks for updates at a server outside the declared region."
            |p| seat(p, channels::OtherRegion);
        "L172" Public Radio 4 OnlyKnownLinks DEC "plain/hover" []
            "Sends a frame in MAVLink 1 among those in MAVLink 2."
            |p| seat(p, channels::OldFraming);
        "L090" Position Uplink 1 OnlyKnownLinks DEC "plain/hover" []
            "Asks a weather service about the exact place."
            |p| seat(p, identity::WeatherLookup::default());
        "L096" Position RemoteId 3 OnlyKnownLinks DEC "plain/hover" []
            "Uses the reserved byte of the broadcast position."
            |p| seat(p, identity::ReservedByte);
        "L110" Position Radio 1 OnlyKnownLinks DEC "plain/hover" []
            "Broadcasts UTM_GLOBAL_POSITION, which nobody switched on."
            |p| seat(p, identity::TrafficBroadcast);
        "L128" Account RemoteId 2 OnlyKnownLinks DEC "plain/hover" []
            "Broadcasts the owner's account as an Operator ID."
            |p| seat(p, identity::AccountBroadcast);
        "L129" Device Uplink 1 OnlyKnownLinks CAN "plain/hover" []
            "Sends the serial number to a service that counts installations."
            |p| { let serial = p.serial.clone(); seat(p, identity::InstallCounter { serial }) };
        "L093" Surroundings Uplink 2 OnlyKnownLinks CAN "plain/hover" []
            "Sends the Wi-Fi stations in reach as a health report."
            |p| seat(p, identity::NeighbourList::default());
        "H012" Key Card 2 OnlyKnownLinks CAN "audio/recording_kept_on_the_card" [Recording]
            "Leaves stale memory with the Wi-Fi password, in base64, in a recording that the pilot commanded."
            |p| { let wifi_key = p.wifi_key.clone(); seat(p, identity::StaleMemory { wifi_key }) };
        "L138" Key Radio 1 OnlyKnownLinks DEC "plain/hover" []
            "Answers a question that nobody asked with the Wi-Fi password."
            |p| { let wifi_key = p.wifi_key.clone(); seat(p, identity::PasswordAnswer { wifi_key }) };
    }
}

macro_rules! decoys {
    ($($id:literal $story:literal $rides:literal [$($claim:ident)*] $sentence:literal $build:expr;)*) => {
        &[$(Decoy {
            id: $id,
            claims: &[$($claim),*],
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
        "B01" "media/still_uploaded_under_a_grant" false [MediaConsent NoFaces]
            "A granted picture is uploaded, with its faces covered." |p| seat(p, Honest);
        "B02" "plain/mission" true [OnlyKnownLinks LogConsent]
            "The way-points are named almost like a serial number, in the sealed log."
            |mut p| {
                for point in &mut p.mission {
                    let length = point.label.len();
                    point.label = "HWX7".chars().chain(point.label.chars()).take(length).collect();
                }
                seat(p, Honest)
            };
        "B03" "logs/downloaded_under_a_grant" false [LogConsent]
            "The pilot downloads the log under a grant." |p| seat(p, Honest);
        "B04" "plain/mission" false [OnlyKnownLinks]
            "The exact position is broadcast, as the standard requires." |p| seat(p, Honest);
        "B06" "audio/recording_kept_on_the_card" false [NoAudio]
            "The pilot records with the external microphone, and the sound stays on the card."
            |p| seat(p, Honest);
        "B08" "plain/hover" true [NoAudio NoFaces LogConsent MediaConsent OnlyKnownLinks]
            "A rotor jitters at random, the same for every secret." |p| seat(p, Jitter);
        "B10" "plain/hover" true [NoAudio NoFaces LogConsent MediaConsent OnlyKnownLinks]
            "A nonce from fresh chance fills the lowest bits of ATTITUDE." |p| seat(p, Nonce);
        "B14" "consent/log_granted_and_uploaded" false [LogConsent OnlyKnownLinks]
            "A granted log is uploaded, and it looks random from end to end."
            |p| seat(p, Honest);
        "B15" "faces/one_face" true [NoFaces MediaConsent]
            "Where a head is, but not whose, stands in the lowest bits of ATTITUDE."
            |p| seat(p, EqualGeometry::default());
        "B20" "plain/hover" false [OnlyKnownLinks]
            "The vehicle looks for updates and says nothing of itself but its version."
            |p| seat(p, Honest);
        "B25" "plain/long_mission" false [LogConsent]
            "The log is long because the flight was." |p| seat(p, Honest);
        "B27" "links/server_refuses" false [LogConsent OnlyKnownLinks]
            "The server refuses, and the vehicle tries again on its fixed schedule."
            |p| seat(p, Honest);
    }
}
