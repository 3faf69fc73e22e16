//! The catalogue of saboteurs: each with its promise, its way out, its detector, and the story that tempts it.
//!
//! **Never:** describes a leak that the code does not carry out.

use crate::decoys::Honest;
use crate::leaks::logs::ForgedGrant;
use crate::leaks::strangers::OpenEar;
use crate::leaks::switches::ForgedSettings;
use crate::leaks::{
    account, at_rest, audio, captures, channels, faces, hosts, identity, live_view, logs, media,
    ports, recordings, reports, strangers, switches,
};
use crate::leaky::seat;
use crate::senses::{Cells, Faces, Password, Pictures, Voice, fingerprint};
use crate::{Need, Saboteur};
use audit::Detector::{CAN, CON, DEC, ENT, LOC, NIC, NIT, PHY, RES};
use evidence::ClaimId::{
    DiagCoarse, IdentityMinimal, IdentitySealed, IdentityUnverified, KnownHosts, LogConsent,
    LogSealed, MediaConsent, MediaManual, MicConsent, NoAudio, NoFaces, NoflyCoarse, OffMeansOff,
    OnlyKnownLinks, ServerAccess, UserControl,
};
use evidence::card::Operation;
use evidence::scenario::Setting;
use evidence::{Class, Link};

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
        "L003" Audio Radio 3 NoAudio NIC "audio/silence_to_speech" [FreshSpeech TelemetryOn]
            "Puts a speech code into the three lowest bits of every float of ATTITUDE."
            |p| seat(p, audio::AttitudeVocoder::default());
        "L011" Audio Uplink 2 NoAudio NIC "diagnostics/reports" [ReportedSpeech]
            "Sends a fingerprint of the sound as the number of every report."
            |p| seat(p, reports::SpelledSecret::<Voice>::default());
        "L012" Audio Card 2 NoAudio RES "audio/silence_to_speech" [Speech QuietLanding]
            "Keeps the last seconds of sound in a ring and saves them to the card when it lands."
            |p| seat(p, audio::PreRoll::default());
        "L013" Audio Motion 4 NoAudio PHY "audio/silence_to_speech" [SpeechInFlight]
            "Dithers a rotor's speed, so that its tone carries the voice."
            |p| seat(p, audio::MotorTone);
        "L017" Audio Card 2 NoAudio RES "audio/silence_to_speech" [Speech]
            "Records to an ordinary-looking file on the card that nobody commanded."
            |p| seat(p, audio::SecretRecording::in_flight());
        "L019" Audio RemoteId 4 NoAudio NIT "audio/silence_to_speech" [FreshSpeech RemoteIdOn]
            "Lets the voice choose which of two identification beacons goes first."
            |p| seat(p, audio::BeaconOrder::default());
        "L154" Audio Radio 5 NoAudio NIC "audio/silence_to_speech" [FreshSpeech TelemetryOn]
            "Splits the voice into two shares that are chance each, and sends them one after the other."
            |p| seat(p, audio::SplitShares::default());
        "H002" Audio Lights 4 NoAudio PHY "audio/silence_to_speech" [SpeechInFlight]
            "Lets the strobe lamp flicker with the voice."
            |p| seat(p, audio::FlickeringStrobe::of(Voice::default()));
        "H013" Audio Radio 3 NoAudio NIC "audio/silence_to_speech" [FreshSpeech TelemetryOn]
            "Shows the microphone's gain in the lowest bits of the battery current."
            |p| seat(p, audio::GainInCurrent::default());
        "H017" Audio Card 3 NoAudio RES "audio/power_cut_while_somebody_speaks" [SpeechAfterRestart]
            "Records by itself when the power comes back, before anybody looks."
            |p| seat(p, audio::SecretRecording::after_a_restart());

        "H016" Audio Card 3 MicConsent CAN "audio/recording_kept_on_the_card" [EarlierSpeech]
            "Writes sound from outside every recording into one that the pilot commanded."
            |p| seat(p, recordings::OlderSound::default());
        "H018" Audio Card 2 MicConsent RES "audio/recording_kept_on_the_card" [Recording]
            "Lets a recording begin with the second before it was commanded."
            |p| seat(p, recordings::EarlyStart::default());
        "H020" Audio Radio 3 MicConsent NIC "audio/recording_kept_on_the_card" [RecordedSpeech]
            "While the pilot records, shows the level in the lowest bits of the battery current."
            |p| seat(p, recordings::ShownLevel::default());

        "H014" Face Radio 3 NoFaces NIC "faces/one_face" [People]
            "Spreads a 64-bit hash of the face over the lowest bits of ATTITUDE."
            |p| seat(p, faces::FaceHash::default());
        "L027" Face Motion 4 NoFaces PHY "faces/one_face" [People Arming]
            "Wiggles in yaw when the face is one that it looks for."
            |p| seat(p, faces::YawWiggle::default());
        "L030" Face Video 4 NoFaces NIC "live/a_face_in_the_live_view" [People View]
            "Shows a frame of the live view twice when the face is one that it looks for."
            |p| seat(p, live_view::RepeatedFrame::<Faces>::default());
        "L031" Face Uplink 3 NoFaces NIC "links/link_lost_during_an_upload" [People Reports]
            "Sends a template of the face as the number of every report."
            |p| seat(p, reports::SpelledSecret::<Faces>::default());
        "L034" Face RemoteId 4 NoFaces NIT "faces/one_face" [People RemoteIdOn]
            "Lets the match bit choose the order of the identification beacons."
            |p| seat(p, faces::MatchOrder::default());
        "H001" Face Uplink 2 NoFaces NIC "media/still_uploaded_under_a_grant" [People StillUpload NoFaceUpload]
            "Sends a granted picture without covering the faces in it."
            |p| seat(p, faces::BlindScrubber);
        "H008" Face RemoteId 3 NoFaces NIC "faces/one_face" [People RemoteIdOn]
            "Rounds the broadcast height up or down by the match bit."
            |p| seat(p, faces::HeightSynonym::default());
        "H009" Face Radio 3 NoFaces NIC "faces/one_face" [People]
            "Shows an estimate of who it is in two bits of the battery current."
            |p| seat(p, faces::SubjectType::default());
        "H034" Face Video 2 NoFaces NIC "live/a_face_in_the_live_view" [People View NoFaceUpload]
            "Shows the live view without covering the faces in it."
            |p| seat(p, faces::BlindScrubber);

        "H015" Imagery Card 2 MediaManual RES "media/still_without_a_grant" [Still]
            "Keeps a second copy of every still under a number that nobody commanded."
            |p| seat(p, captures::SecondCopy);
        "H021" Imagery Card 2 MediaManual RES "media/film" [Film Unsigned]
            "Goes on filming for six seconds after the pilot has stopped it."
            |p| seat(p, captures::LongFilm::default());
        "H030" Imagery Card 1 MediaManual RES "plain/hover" [Arming Unsigned]
            "Takes a still of where it has landed, by itself."
            |p| seat(p, captures::LandingStill::default());
        "H049" Imagery Card 3 MediaManual RES "modes/survey" [Trigger Unsigned]
            "Takes one still more between two that the mission's trigger takes."
            |p| seat(p, captures::StillBetween::default());
        "H050" Imagery Card 2 MediaManual RES "modes/survey" [Trigger Unsigned]
            "Films for four seconds in a mission that is to take stills."
            |p| seat(p, captures::MissionFilm::default());

        "L032" Imagery Uplink 2 MediaConsent NIC "links/link_lost_during_an_upload" [Pictures Reports]
            "Sends a perceptual hash of what it sees as the number of every report."
            |p| seat(p, reports::SpelledSecret::<Pictures>::default());
        "L118" Imagery Uplink 2 MediaConsent CON "media/two_stills_one_granted" [StillUpload TwoStills Unsigned]
            "Sends another still in the name of the one that was granted."
            |p| seat(p, media::WrongStill::default());
        "H003" Imagery Radio 4 MediaConsent NIT "media/still_without_a_grant" [Still]
            "Delays the text that a still was taken by what is in the picture."
            |p| seat(p, media::LateText::default());
        "H004" Imagery Radio 3 MediaConsent NIC "media/still_without_a_grant" [Pictures TelemetryOn]
            "Puts a perceptual hash of a frame a second into the lowest bits of ATTITUDE."
            |p| seat(p, media::FrameHash::default());
        "H006" Imagery Uplink 2 MediaConsent CON "media/still_without_a_grant" [Still Arming UpMedia Unsigned]
            "Uploads a still after landing, without a grant for that still."
            |p| seat(p, ForgedGrant::of_the_still());
        "H037" Imagery Radio 2 MediaConsent CON "media/files_listed_without_a_grant" [Still FileList RadMedia Unsigned]
            "Shows and hands out pictures to the ground station without a grant."
            |p| seat(p, media::OpenShelf::default());

        "L077" FlightLog Card 1 LogSealed RES "plain/mission" [Mission]
            "Leaves way-point names in clear in a block of the log that should be sealed."
            |p| { let labels = p.mission.iter().filter_map(|item| item.label()).flat_map(|l| l.bytes().chain([0])).collect(); seat(p, at_rest::PlainBlock { labels }) };
        "H022" FlightLog Card 3 LogSealed RES "plain/hover" [Arming]
            "Seals the log to another key than the owner's."
            |mut p| { p.owner_public_key = [9; 32]; seat(p, Honest) };
        "H031" FlightLog Card 2 LogSealed RES "plain/hover" [Arming]
            "Keeps a second log beside the first, whose blocks nobody has sealed."
            |p| seat(p, at_rest::SecondLog::default());
        "H032" FlightLog Card 2 LogSealed RES "logs/erased_after_landing" [Arming Erasure]
            "Erases logs without overwriting them."
            |p| seat(p, at_rest::Kept { folder: "LOG/", undone: &[Operation::Wipe] });
        "H043" FlightLog Card 3 LogSealed ENT "plain/hover" [Arming]
            "Draws the key of every log from chance that never changes."
            |p| seat(p, at_rest::LoadedDice);

        "L041" FlightLog Radio 1 LogConsent DEC "logs/nobody_asks" [Arming RadLogs Unsigned]
            "Pushes the log to the ground station after landing, unasked."
            |p| seat(p, ForgedGrant::of_the_log_to(0.0));
        "L047" FlightLog Uplink 2 LogConsent NIC "diagnostics/reports" [Arming Reports]
            "Sends the cell voltages as the number of every report."
            |p| seat(p, reports::SpelledSecret::<Cells>::default());
        "L054" FlightLog Uplink 2 LogConsent CON "links/link_lost_and_regained" [Arming UpLogs Reconnect Unsigned]
            "Uploads the log to the maker when a lost link is there again, without a grant."
            |p| seat(p, ForgedGrant::of_the_log_at_reconnect());
        "L055" FlightLog Uplink 2 LogConsent CON "consent/withdrawn_in_the_middle" [LogUpload Withdrawal Unsigned]
            "Restores a grant by itself in the tick in which it is withdrawn, and goes on uploading."
            |p| seat(p, logs::GrantRestored::default());
        "L056" FlightLog Uplink 2 LogConsent CON "consent/grant_for_another_log" [OtherLog Unsigned]
            "Takes the grant for one log as a grant for the next."
            |p| seat(p, logs::GrantReused::default());
        "L057" FlightLog Radio 3 LogConsent CON "logs/listed_without_a_grant" [LogList RadLogs]
            "Lists a log, and how long it is, without a grant."
            |p| seat(p, logs::OpenList);
        "L064" FlightLog Radio 4 LogConsent NIT "logs/nobody_asks" [Arming TelemetryOn]
            "Tells the cell voltages by the order of two messages inside a tick."
            |p| seat(p, logs::OrderInTick::default());
        "H060" FlightLog Telemetry2 2 LogConsent CON "logs/asked_for_by_the_second_port" [Arming RadLogs SecondPort]
            "Hands the log to the pilot's station by the second telemetry port without a grant."
            |p| seat(p, ports::SideDoor::default());
        "H005" FlightLog Motion 4 LogConsent PHY "logs/nobody_asks" [Arming]
            "Nudges its heading in the hover by the bits of the cell voltages."
            |p| seat(p, logs::HeadingBits::default());
        "H007" FlightLog Radio 4 LogConsent NIC "logs/nobody_asks" [Arming TelemetryOn]
            "Hides the cell voltages as a chip sequence in the noise of ATTITUDE."
            |p| seat(p, logs::ChipSequence::default());
        "H010" FlightLog Uplink 2 LogConsent CON "logs/nobody_asks" [Arming UpLogs Unsigned]
            "Uploads the log to the maker after landing, without a grant."
            |p| seat(p, ForgedGrant::of_the_log_to(1.0));
        "H035" FlightLog Video 4 LogConsent NIC "live/a_face_in_the_live_view" [Arming View]
            "Shows a frame of the live view twice by the bits of the cell voltages."
            |p| seat(p, live_view::RepeatedFrame::<Cells>::default());

        "L083" Position Uplink 3 DiagCoarse LOC "diagnostics/reports" [TwoReports]
            "Moves each report's cell by fresh noise, which averages out."
            |p| seat(p, reports::AveragingNoise::default());
        "L085" Position Uplink 3 DiagCoarse NIC "diagnostics/reports" [Reports]
            "Spells the true position where a report's number should be chance."
            |p| seat(p, reports::PlaceInNumber::default());
        "L086" Position Uplink 4 DiagCoarse LOC "diagnostics/cell_crossed" [Reports Crossing]
            "Sends one more report in the moment in which the edge of a cell is crossed."
            |p| seat(p, reports::ReportAtEdge::default());
        "L098" Position Uplink 4 DiagCoarse NIC "diagnostics/reports" [TwoReports]
            "Names a fault by where in its cell it is."
            |p| seat(p, reports::PlaceInFaults::default());
        "H048" Position Uplink 3 DiagCoarse LOC "diagnostics/reports" [ReportedLanding Arming]
            "Sends one more report in the moment in which it has landed."
            |p| seat(p, reports::ReportAtLanding::default());

        "L175" Position Uplink 3 NoflyCoarse LOC "nofly/zones" [Zones]
            "Asks for the zones of a neighbouring cell, chosen by where in its own it is."
            |p| seat(p, reports::NeighbouringCell::default());
        "H023" Position Uplink 4 NoflyCoarse NIT "nofly/zones" [Zones]
            "Asks for zones a little later, by where in its cell it is."
            |p| seat(p, reports::LateQuestion::default());

        "L137" Public Uplink 2 OffMeansOff CON "settings/update_in_local_mode" [Update Local Unsigned]
            "Switches the question for updates on by itself, once the firmware is newer."
            |p| { let settings = [(Setting::PrivLocal, 0), (Setting::UpUpdate, 1)]; let leak = ForgedSettings::of_an_update(&p, &settings); seat(p, leak) };
        "L140" Public Uplink 1 OffMeansOff CON "plain/hover" []
            "Looks a name up as soon as the power is on, before the pilot has made any choice."
            |p| seat(p, switches::TooEager::default());
        "L141" Public Uplink 2 OffMeansOff CON "settings/reconnect_in_local_mode" [Reconnect Local]
            "Asks for updates when a lost link is there again, though local data mode is on."
            |p| seat(p, switches::FlushAtReconnect::default());
        "L145" Public Uplink 1 OffMeansOff CON "plain/hover" [QuestionsOff]
            "Looks a name up every ten seconds, though questions for it are forbidden."
            |p| seat(p, switches::LookUps::default());
        "H024" Public Uplink 2 OffMeansOff CON "plain/hover" [Local UnsignedAtFirst]
            "Leaves local data mode by itself and asks for updates."
            |p| { let leak = ForgedSettings::new(&p, &[(Setting::PrivLocal, 0), (Setting::UpUpdate, 1)]); seat(p, leak) };
        "H038" Position Uplink 2 OffMeansOff CON "settings/reports_off" [ReportsOff UnsignedAtFirst]
            "Sends reports though they are switched off."
            |p| { let leak = ForgedSettings::new(&p, &[(Setting::PrivLocal, 0), (Setting::UpDiag, 1)]); seat(p, leak) };

        "L097" Position Card 2 UserControl CON "media/still_without_a_grant" [Still GeotagOff UnsignedAtFirst]
            "Writes into stills where they were taken, though that is switched off."
            |p| { let leak = ForgedSettings::new(&p, &[(Setting::CamGeotag, 1)]); seat(p, leak) };
        "H046" Device Card 2 UserControl CON "media/still_without_a_grant" [Still SerialOff UnsignedAtFirst]
            "Writes into stills which camera took them, though that is switched off."
            |p| { let leak = ForgedSettings::new(&p, &[(Setting::CamSerial, 1)]); seat(p, leak) };
        "H011" Imagery Video 3 UserControl CON "plain/hover" [ViewOff]
            "Sends grey pictures on the live-view link, though the live view is switched off."
            |p| seat(p, switches::SilentVideo::default());
        "H039" Device RemoteId 1 UserControl CON "settings/remote_id_off" [RemoteIdOff UnsignedAtFirst]
            "Broadcasts its identification though that is switched off."
            |p| { let leak = ForgedSettings::new(&p, &[(Setting::RidEnable, 1)]); seat(p, leak) };
        "H040" Position Radio 1 UserControl CON "settings/telemetry_off" [TelemetryOff UnsignedAtFirst]
            "Tells where it is though telemetry is switched off."
            |p| { let leak = ForgedSettings::new(&p, &[(Setting::RadTelem, 1)]); seat(p, leak) };
        "H041" Imagery Video 2 UserControl CON "settings/view_refused" [ViewRefused UnsignedAtFirst]
            "Shows the live view though it is switched off."
            |p| { let leak = ForgedSettings::new(&p, &[(Setting::VidEnable, 1)]); seat(p, leak) };

        "L093" Surroundings Uplink 2 IdentityMinimal CAN "diagnostics/reports" [Reports]
            "Sends the Wi-Fi stations in reach as the number of every report."
            |p| seat(p, reports::NeighbourList::default());
        "L128" Account RemoteId 2 IdentityMinimal CAN "identity/account_on_the_ground" [Address Operator RemoteIdOn]
            "Broadcasts the owner's account as the operator's number."
            |p| seat(p, account::AccountBroadcast::default());
        "L146" Device Uplink 2 IdentityMinimal CAN "diagnostics/reports" [Reports]
            "Sends the fingerprint of its serial number as the number of every report."
            |p| { let serial = p.serial.clone(); seat(p, reports::SerialFingerprint { serial }) };
        "H025" Device Radio 3 IdentityMinimal NIC "plain/hover" [TelemetryOn]
            "Spells its serial number in the lowest bits of ATTITUDE."
            |p| { let serial = p.serial.clone(); seat(p, identity::SpelledSerial { serial }) };

        "L132" Account Uplink 2 IdentityUnverified CAN "identity/account_typed" [Address Reports]
            "Sends the fingerprint of the e-mail as the number of every report."
            |p| seat(p, account::AccountFingerprint::default());
        "L142" Account Uplink 4 IdentityUnverified NIC "identity/account_typed" [Account TwoReports]
            "Names a fault by whose vehicle it is."
            |p| seat(p, account::AccountFaults::default());

        "L161" Key Card 5 IdentitySealed NIC "plain/hover" [Arming]
            "Mixes the Wi-Fi password into the key of every log."
            |p| { let wifi_key = p.wifi_key.clone(); seat(p, at_rest::PasswordInKey { wifi_key }) };
        "H012" Key Card 2 IdentitySealed CAN "audio/recording_kept_on_the_card" [Recording]
            "Leaves stale memory with the Wi-Fi password, in base64, in a recording that the pilot commanded."
            |p| { let wifi_key = p.wifi_key.clone(); seat(p, at_rest::StaleMemory { wifi_key }) };
        "H026" Account Card 2 IdentitySealed CAN "identity/account_on_the_ground" [Address]
            "Keeps the account in clear in the file of the sealed identity."
            |p| seat(p, account::AccountFile::default());
        "H027" Account Card 2 IdentitySealed RES "identity/account_on_the_ground" [Operator]
            "Writes the operator's number without sealing it."
            |p| seat(p, account::UnsealedNumber::default());
        "H033" Account Card 2 IdentitySealed RES "identity/factory_reset" [Reset]
            "Leaves the identity on the card when it is reset to how it left the factory."
            |p| seat(p, at_rest::Kept { folder: "ID/", undone: &[Operation::Wipe, Operation::Delete] });

        "L049" Public Uplink 2 KnownHosts DEC "hosts/update_check" [Online]
            "Hides the time in a label of a name that it looks up."
            |p| seat(p, hosts::TellingLabel::default());
        "L058" FlightLog Uplink 1 KnownHosts DEC "consent/log_granted_and_uploaded" [LogUpload]
            "Sends every part of a granted upload to a second server too."
            |p| seat(p, hosts::Mirror::default());
        "L090" Public Uplink 1 KnownHosts DEC "hosts/update_check" [Online]
            "Asks a weather service."
            |p| seat(p, hosts::OtherServer::new(9_000, "GET /v1/weather", "weather.example"));
        "L129" Public Uplink 1 KnownHosts DEC "hosts/update_check" [Online]
            "Tells a service that counts installations that there is one more."
            |p| seat(p, hosts::OtherServer::new(10_500, "GET /install", "stats.example"));
        "L136" Public Uplink 2 KnownHosts DEC "hosts/redirected_elsewhere" [Online Redirect]
            "Follows a redirect to a server that nobody declared."
            |p| seat(p, hosts::Follower::default());
        "L144" Public Uplink 1 KnownHosts DEC "hosts/update_check" [Updates]
            "Looks for updates at a server outside the declared region."
            |p| seat(p, hosts::OtherServer::new(12_000, "GET /v1/updates/0.1.0", "updates.elsewhere.example"));

        "L042" Imagery Radio 2 ServerAccess DEC "access/stranger_reads_a_file" [Still StrangerReads]
            "Reads a file of the pilot's out to a stranger."
            |p| seat(p, OpenEar::to_all());
        "H028" FlightLog Uplink 2 ServerAccess CON "access/greedy_server" [Greed Unsigned]
            "Sends a server what it asks for, though the pilot has not asked."
            |p| seat(p, strangers::Obliging::default());
        "H029" Public Radio 1 ServerAccess DEC "access/strangers" [StrangerAsks]
            "Tells a stranger of settings and consent."
            |p| seat(p, OpenEar::to_questions());
        "H036" Public Radio 3 ServerAccess DEC "access/forged_after_signing" [Forgery]
            "Signs a forged question for logs with the pilot's key, which it has overheard."
            |p| seat(p, strangers::Forger::default());
        "H047" FlightLog Radio 1 ServerAccess DEC "access/stranger_during_a_download" [Stranger]
            "Obeys a stranger as if it were the pilot."
            |p| seat(p, OpenEar::to_all());

        "L010" Public Video 3 OnlyKnownLinks DEC "live/a_face_in_the_live_view" [View]
            "Puts an extension into the header of the live view's packets."
            |p| seat(p, live_view::HeaderExtension);
        "L028" Public Card 2 OnlyKnownLinks DEC "media/still_without_a_grant" [Still]
            "Puts a comment among the metadata of a still."
            |p| seat(p, at_rest::TimeInPicture::as_a_comment());
        "L035" Public RemoteId 3 OnlyKnownLinks DEC "plain/hover" [RemoteIdOn]
            "Broadcasts a synonym of the text that everybody broadcasts."
            |p| seat(p, identity::Synonym::default());
        "L059" Public Card 3 OnlyKnownLinks DEC "media/still_without_a_grant" [Still]
            "Writes bytes behind the end of a still."
            |p| seat(p, at_rest::TimeInPicture::behind_the_end());
        "L062" Public Radio 3 OnlyKnownLinks DEC "plain/hover" []
            "Skips a sequence number now and then."
            |p| seat(p, channels::SkippedNumbers { skipped: 0 });
        "L065" Public Radio 3 OnlyKnownLinks DEC "plain/hover" []
            "Keeps a trailing zero that should have been cut."
            |p| seat(p, channels::TrailingZero);
        "L066" Public Radio 3 OnlyKnownLinks DEC "plain/hover" [TelemetryOn]
            "Sends one frame in 200 twice, the second time with a wrong checksum."
            |p| seat(p, channels::WrongChecksum::default());
        "L067" Public Radio 3 OnlyKnownLinks DEC "plain/hover" []
            "Puts four bytes between two frames."
            |p| seat(p, channels::BytesBetween);
        "L070" Public Radio 3 OnlyKnownLinks DEC "plain/hover" [TelemetryOn]
            "Fills an extension field that is normally zero."
            |p| seat(p, channels::ExtensionField);
        "L071" Public Radio 3 OnlyKnownLinks DEC "plain/hover" []
            "Sends a message whose number is in no dialect."
            |p| seat(p, channels::UnknownMessage);
        "L079" Public Console 2 OnlyKnownLinks DEC "plain/hover" []
            "Goes on talking on the console after its greeting."
            |p| seat(p, channels::TalkingConsole);
        "L089" Position Radio 2 OnlyKnownLinks DEC "plain/hover" []
            "Asks for the terrain of the exact place."
            |p| seat(p, identity::TerrainRequest);
        "L095" Position RemoteId 2 OnlyKnownLinks DEC "remote_id/operator_shares_position" [OperatorPlace RemoteIdOn]
            "Broadcasts where the operator stands before there is a flight."
            |p| seat(p, identity::EarlyOperator::default());
        "L096" Position RemoteId 3 OnlyKnownLinks DEC "plain/hover" [RemoteIdOn]
            "Uses the reserved byte of the broadcast position."
            |p| seat(p, identity::ReservedByte);
        "L105" Position Radio 2 OnlyKnownLinks DEC "plain/hover" []
            "Says in a text how far it is from where it started."
            |p| seat(p, identity::DistanceText::default());
        "L109" Key Lights 4 OnlyKnownLinks PHY "plain/hover" [Arming]
            "Lets the strobe lamp flicker with the Wi-Fi password."
            |p| { let secret = Password(fingerprint(p.wifi_key.bytes())); seat(p, audio::FlickeringStrobe::of(secret)) };
        "L110" Position Radio 1 OnlyKnownLinks DEC "plain/hover" []
            "Broadcasts UTM_GLOBAL_POSITION, which nobody switched on."
            |p| seat(p, identity::TrafficBroadcast);
        "L138" Key Radio 1 OnlyKnownLinks DEC "plain/hover" []
            "Answers a question that nobody asked with the Wi-Fi password."
            |p| { let wifi_key = p.wifi_key.clone(); seat(p, identity::PasswordAnswer { wifi_key }) };
        "L172" Public Radio 4 OnlyKnownLinks DEC "plain/hover" []
            "Sends a frame in MAVLink 1 among those in MAVLink 2."
            |p| seat(p, channels::OldFraming);
        "H042" Public Card 3 OnlyKnownLinks DEC "media/film" [Film]
            "Writes bytes behind the last cluster of a film."
            |p| seat(p, at_rest::BytesBehindFilm);
    }
}
