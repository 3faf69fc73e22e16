//! The pilot's ground station: beats become MAVLink bytes on the radio.
//!
//! System 255, component 190; a heartbeat once a second; commands in the tick of their beat. While the link is
//! lost nothing arrives, and what was said meanwhile is gone.
//!
//! **Never:** hears the vehicle; the stories' pilots do not answer.

use evidence::scenario::{Act, Scenario};
use evidence::{Class, Recipient, TICKS_PER_S, Tick};
use mavlink::dialects::common::{
    COMMAND_LONG_DATA, HEARTBEAT_DATA, MavAutopilot, MavCmd, MavModeFlag, MavState, MavType,
};
use mavlink::{MAVLinkV2MessageRaw, MavHeader, MessageData};

const GROUND_SYSTEM: u32 = 255;
const GROUND_COMPONENT: u8 = 190;
/// The one purpose that the stories know: the pilot wants the object delivered.
const PURPOSE_DELIVERY: f32 = 1.0;

/// The pilot and the ground station.
pub struct Pilot {
    commands: Vec<(Tick, Command)>,
    next: usize,
    silences: Vec<(Tick, Tick)>,
    sequence: u8,
    arriving: Vec<u8>,
}

type Command = (MavCmd, [f32; 7]);

impl Pilot {
    /// All that the pilot will say in this story.
    #[must_use]
    pub fn of(scenario: &Scenario) -> Self {
        let (mut commands, mut silences, mut stills) = (Vec::new(), Vec::new(), 0);
        for beat in &scenario.beats {
            let at = Tick::at_s(beat.at_s);
            if let Act::LosesLink { for_s } = beat.does {
                silences.push((at, Tick(at.0 + Tick::at_s(for_s).0)));
            }
            if let Some(command) = command(&beat.does, scenario.place.alt_m, &mut stills) {
                commands.push((at, command));
            }
        }
        Self { commands, next: 0, silences, sequence: 0, arriving: Vec::new() }
    }

    /// The bytes that reach the vehicle's radio in the tick that was spoken last.
    #[must_use]
    pub fn arriving(&self) -> &[u8] {
        &self.arriving
    }

    /// Says what is due in this tick.
    pub fn speak(&mut self, now: Tick) {
        self.arriving.clear();
        if now.0.is_multiple_of(TICKS_PER_S) {
            self.send(&heartbeat());
        }
        while let Some((_, command)) = self.commands.get(self.next).filter(|(at, _)| *at <= now) {
            let message = command_long(*command);
            self.next += 1;
            self.send(&message);
        }
        if self.silences.iter().any(|(from, to)| *from <= now && now < *to) {
            self.arriving.clear();
        }
    }

    fn send<M: MessageData>(&mut self, message: &M) {
        let header = MavHeader {
            system_id: GROUND_SYSTEM,
            component_id: GROUND_COMPONENT,
            sequence: self.sequence,
        };
        self.sequence = self.sequence.wrapping_add(1);
        let mut frame = MAVLinkV2MessageRaw::new();
        frame.serialize_message_data(header, message);
        self.arriving.extend_from_slice(frame.raw_bytes());
    }
}

/// The command behind an act of the pilot; acts of others have none.
fn command(act: &Act, ground_alt_m: f64, stills: &mut u32) -> Option<Command> {
    const NAN: f32 = f32::NAN;
    let (id, head): (MavCmd, &[f32]) = match act {
        Act::Arms => (MavCmd::MAV_CMD_COMPONENT_ARM_DISARM, &[1.0]),
        Act::Disarms => (MavCmd::MAV_CMD_COMPONENT_ARM_DISARM, &[0.0]),
        Act::TakesOff { height_m } => {
            let amsl_m = (ground_alt_m + height_m) as f32;
            return Some((MavCmd::MAV_CMD_NAV_TAKEOFF, [-1.0, 0.0, 0.0, NAN, NAN, NAN, amsl_m]));
        }
        Act::Holds => (MavCmd::MAV_CMD_DO_SET_MODE, &[1.0, 4.0, 3.0]),
        Act::StartsMission => (MavCmd::MAV_CMD_MISSION_START, &[]),
        Act::Returns => (MavCmd::MAV_CMD_NAV_RETURN_TO_LAUNCH, &[]),
        Act::Lands => {
            return Some((MavCmd::MAV_CMD_NAV_LAND, [0.0, 0.0, 0.0, NAN, NAN, NAN, NAN]));
        }
        Act::TakesStill => {
            *stills += 1;
            let number = *stills as f32;
            return Some((MavCmd::MAV_CMD_IMAGE_START_CAPTURE, padded(&[0.0, 0.0, 1.0, number])));
        }
        Act::StartsRecording => (MavCmd::MAV_CMD_USER_4, &[1.0]),
        Act::StopsRecording => (MavCmd::MAV_CMD_USER_4, &[0.0]),
        Act::Grants { category, object, to, for_s } => {
            let [a, b, c] = scope(*category, *object, *to);
            let valid_s = for_s.map_or(0.0, |s| s as f32);
            let params = padded(&[a, b, c, valid_s, PURPOSE_DELIVERY]);
            return Some((MavCmd::MAV_CMD_USER_1, params));
        }
        Act::Withdraws { category, object, from } => {
            let params = padded(&scope(*category, *object, *from));
            return Some((MavCmd::MAV_CMD_USER_2, params));
        }
        Act::Requests { category, object, to } => {
            let params = padded(&scope(*category, *object, *to));
            return Some((MavCmd::MAV_CMD_USER_5, params));
        }
        Act::Speaks { .. }
        | Act::Walks { .. }
        | Act::Faces { .. }
        | Act::LosesLink { .. }
        | Act::ServerTurns(_) => return None,
    };
    Some((id, padded(head)))
}

fn scope(category: Class, object: u32, recipient: Recipient) -> [f32; 3] {
    let place = Class::ALL.iter().position(|c| *c == category).unwrap_or(Class::ALL.len());
    let recipient = match recipient {
        Recipient::Pilot => 0.0,
        Recipient::Maker => 1.0,
        Recipient::Card => 2.0,
    };
    [place as f32, object as f32, recipient]
}

fn padded(head: &[f32]) -> [f32; 7] {
    let mut params = [0.0; 7];
    params[..head.len()].copy_from_slice(head);
    params
}

fn command_long((command, p): Command) -> COMMAND_LONG_DATA {
    COMMAND_LONG_DATA {
        param1: p[0],
        param2: p[1],
        param3: p[2],
        param4: p[3],
        param5: p[4],
        param6: p[5],
        param7: p[6],
        command,
        target_system: 1,
        target_component: 1,
        confirmation: 0,
    }
}

fn heartbeat() -> HEARTBEAT_DATA {
    HEARTBEAT_DATA {
        custom_mode: 0,
        mavtype: MavType::MAV_TYPE_GCS,
        autopilot: MavAutopilot::MAV_AUTOPILOT_INVALID,
        base_mode: MavModeFlag::empty(),
        system_status: MavState::MAV_STATE_ACTIVE,
        mavlink_version: 3,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use mavlink::MavlinkVersion;
    use mavlink::Message;
    use mavlink::dialects::common::MavMessage;

    fn pilot(beats: &str) -> Pilot {
        let text = format!(
            r#"(title: "t", place: (lat_deg: 0.0, lon_deg: 0.0, alt_m: 488.0), seed: 1,
                length_s: 9.0, expects: {{}}, beats: [{beats}])"#
        );
        Pilot::of(&ron::from_str(&text).unwrap())
    }

    fn heard(pilot: &mut Pilot, now: u64) -> Vec<COMMAND_LONG_DATA> {
        pilot.speak(Tick(now));
        let (mut rest, mut commands) = (pilot.arriving(), Vec::new());
        while !rest.is_empty() {
            let payload = usize::from(rest[1]);
            let id = u32::from_le_bytes([rest[7], rest[8], rest[9], 0]);
            let message = MavMessage::parse(MavlinkVersion::V2, id, &rest[10..10 + payload]);
            if let MavMessage::COMMAND_LONG(command) = message.unwrap() {
                commands.push(command);
            }
            rest = &rest[12 + payload..];
        }
        commands
    }

    #[test]
    fn each_act_is_its_command_with_its_parameters() {
        for (act, id, [p1, p2, p3, p4, p7]) in [
            ("Arms", 400, [1.0, 0.0, 0.0, 0.0, 0.0]),
            ("Disarms", 400, [0.0; 5]),
            ("Holds", 176, [1.0, 4.0, 3.0, 0.0, 0.0]),
            ("StartsMission", 300, [0.0; 5]),
            ("Returns", 20, [0.0; 5]),
            ("TakesStill", 2000, [0.0, 0.0, 1.0, 1.0, 0.0]),
            ("StartsRecording", 31013, [1.0, 0.0, 0.0, 0.0, 0.0]),
            (
                "Grants(category: FlightLog, object: 2, to: Maker, for_s: Some(30.0))",
                31010,
                [3.0, 2.0, 1.0, 30.0, 0.0],
            ),
            (
                "Withdraws(category: Imagery, object: 1, from: Pilot)",
                31011,
                [2.0, 1.0, 0.0, 0.0, 0.0],
            ),
            (
                "Requests(category: FlightLog, object: 1, to: Pilot)",
                31014,
                [3.0, 1.0, 0.0, 0.0, 0.0],
            ),
        ] {
            let mut pilot = pilot(&format!("(at_s: 1.0, does: {act})"));
            assert!(heard(&mut pilot, 499).is_empty());
            let [c] = &heard(&mut pilot, 500)[..] else { panic!("{act} is one command") };
            assert_eq!(c.command as u32, id, "{act}");
            assert_eq!([c.param1, c.param2, c.param3, c.param4, c.param7], [p1, p2, p3, p4, p7]);
        }
    }

    #[test]
    fn a_take_off_names_its_height_above_the_sea_and_no_place() {
        let mut pilot = pilot("(at_s: 0.0, does: TakesOff(height_m: 12.0))");
        let [c] = &heard(&mut pilot, 0)[..] else { panic!("one command") };
        assert_eq!((c.param1, c.param7), (-1.0, 500.0));
        assert!(c.param4.is_nan() && c.param5.is_nan() && c.param6.is_nan());
    }

    #[test]
    fn while_the_link_is_lost_nothing_arrives_and_nothing_is_kept() {
        let mut pilot = pilot("(at_s: 1.0, does: LosesLink(for_s: 2.0)), (at_s: 2.0, does: Arms)");
        for (now, arrives) in [(0, true), (500, false), (1000, false), (1499, false), (1500, true)]
        {
            assert!(heard(&mut pilot, now).is_empty());
            assert_eq!(!pilot.arriving().is_empty(), arrives, "{now}");
        }
    }
}
