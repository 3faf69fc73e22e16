//! Whom a message is for: the place of its target system, by message.
//!
//! Fields lie on the wire in the order of their size, extensions last, so each message has its own place. Trailing zeros
//! are trimmed: a target that is not there is 0, and 0 is everybody.
//!
//! Source: `common.xml` of mavlink.io.
//!
//! **Never:** guesses; a message that is not in the table is for everybody.

use crate::frames::Frame;

/// The system that a frame is for, if it is for one alone.
#[must_use]
pub fn target(frame: Frame<'_>) -> Option<u8> {
    let place = PLACES.binary_search_by_key(&frame.id(), |(id, _)| *id).ok()?;
    frame.payload().get(PLACES[place].1).copied().filter(|system| *system != 0)
}

/// Message and place of its target system in the payload, in the order of the messages.
#[rustfmt::skip]
const PLACES: &[(u32, usize)] = &[
    (4, 12), // PING
    (5, 0), // CHANGE_OPERATOR_CONTROL
    (11, 4), // SET_MODE
    (20, 2), // PARAM_REQUEST_READ
    (21, 0), // PARAM_REQUEST_LIST
    (23, 4), // PARAM_SET
    (37, 4), // MISSION_REQUEST_PARTIAL_LIST
    (38, 4), // MISSION_WRITE_PARTIAL_LIST
    (39, 32), // MISSION_ITEM
    (40, 2), // MISSION_REQUEST
    (41, 2), // MISSION_SET_CURRENT
    (43, 0), // MISSION_REQUEST_LIST
    (44, 2), // MISSION_COUNT
    (45, 0), // MISSION_CLEAR_ALL
    (47, 0), // MISSION_ACK
    (48, 12), // SET_GPS_GLOBAL_ORIGIN
    (50, 18), // PARAM_MAP_RC
    (51, 2), // MISSION_REQUEST_INT
    (54, 24), // SAFETY_SET_ALLOWED_AREA
    (66, 2), // REQUEST_DATA_STREAM
    (70, 16), // RC_CHANNELS_OVERRIDE
    (73, 32), // MISSION_ITEM_INT
    (75, 30), // COMMAND_INT
    (76, 30), // COMMAND_LONG
    (77, 8), // COMMAND_ACK
    (82, 36), // SET_ATTITUDE_TARGET
    (84, 50), // SET_POSITION_TARGET_LOCAL_NED
    (86, 50), // SET_POSITION_TARGET_GLOBAL_INT
    (110, 1), // FILE_TRANSFER_PROTOCOL
    (111, 16), // TIMESYNC
    (117, 4), // LOG_REQUEST_LIST
    (119, 10), // LOG_REQUEST_DATA
    (121, 0), // LOG_ERASE
    (122, 0), // LOG_REQUEST_END
    (123, 0), // GPS_INJECT_DATA
    (139, 41), // SET_ACTUATOR_CONTROL_TARGET
    (243, 52), // SET_HOME_POSITION
    (248, 3), // V2_EXTENSION
    (256, 8), // SETUP_SIGNING
    (258, 0), // PLAY_TUNE
    (266, 2), // LOGGING_DATA
    (267, 2), // LOGGING_DATA_ACKED
    (268, 2), // LOGGING_ACK
    (282, 32), // GIMBAL_MANAGER_SET_ATTITUDE
    (284, 30), // GIMBAL_DEVICE_SET_ATTITUDE
    (285, 38), // GIMBAL_DEVICE_ATTITUDE_STATUS
    (286, 50), // AUTOPILOT_STATE_FOR_GIMBAL_DEVICE
    (287, 20), // GIMBAL_MANAGER_SET_PITCHYAW
    (288, 20), // GIMBAL_MANAGER_SET_MANUAL_CONTROL
    (296, 36), // GLOBAL_POSITION_SENSOR
    (320, 2), // PARAM_EXT_REQUEST_READ
    (321, 0), // PARAM_EXT_REQUEST_LIST
    (323, 0), // PARAM_EXT_SET
    (345, 2), // PARAM_ERROR
    (385, 2), // TUNNEL
    (386, 4), // CAN_FRAME
    (387, 4), // CANFD_FRAME
    (388, 32), // CAN_FILTER_MODIFY
    (412, 4), // REQUEST_EVENT
    (413, 4), // RESPONSE_EVENT_ERROR
    (12900, 0), // OPEN_DRONE_ID_BASIC_ID
    (12901, 30), // OPEN_DRONE_ID_LOCATION
    (12902, 4), // OPEN_DRONE_ID_AUTHENTICATION
    (12903, 0), // OPEN_DRONE_ID_SELF_ID
    (12904, 28), // OPEN_DRONE_ID_SYSTEM
    (12905, 0), // OPEN_DRONE_ID_OPERATOR_ID
    (12915, 0), // OPEN_DRONE_ID_MESSAGE_PACK
    (12919, 16), // OPEN_DRONE_ID_SYSTEM_UPDATE
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::frames::{Next, next, tests::framed};
    use mavlink::dialects::common as words;
    use mavlink::dialects::common::MavMessage;
    use mavlink::{MavlinkVersion, Message};

    #[test]
    fn the_table_is_in_order_and_each_place_is_in_the_payload() {
        assert!(PLACES.is_sorted_by(|a, b| a.0 < b.0));
        for (id, place) in PLACES {
            assert!(*place < 255 && MavMessage::default_message_from_id(*id).is_some(), "{id}");
        }
    }

    #[test]
    fn the_dialect_has_the_target_where_the_table_says() {
        let messages = [
            MavMessage::COMMAND_LONG(words::COMMAND_LONG_DATA {
                target_system: 77,
                ..Default::default()
            }),
            MavMessage::COMMAND_INT(words::COMMAND_INT_DATA {
                target_system: 77,
                ..Default::default()
            }),
            MavMessage::PARAM_SET(words::PARAM_SET_DATA {
                target_system: 77,
                ..Default::default()
            }),
            MavMessage::MISSION_COUNT(words::MISSION_COUNT_DATA {
                target_system: 77,
                ..Default::default()
            }),
            MavMessage::MISSION_ITEM_INT(words::MISSION_ITEM_INT_DATA {
                target_system: 77,
                ..Default::default()
            }),
            MavMessage::MISSION_ACK(words::MISSION_ACK_DATA {
                target_system: 77,
                ..Default::default()
            }),
            MavMessage::FILE_TRANSFER_PROTOCOL(words::FILE_TRANSFER_PROTOCOL_DATA {
                target_system: 77,
                ..Default::default()
            }),
            MavMessage::LOG_REQUEST_DATA(words::LOG_REQUEST_DATA_DATA {
                target_system: 77,
                ..Default::default()
            }),
            MavMessage::SETUP_SIGNING(words::SETUP_SIGNING_DATA {
                target_system: 77,
                ..Default::default()
            }),
            MavMessage::REQUEST_EVENT(words::REQUEST_EVENT_DATA {
                target_system: 77,
                ..Default::default()
            }),
            MavMessage::RESPONSE_EVENT_ERROR(words::RESPONSE_EVENT_ERROR_DATA {
                target_system: 77,
                ..Default::default()
            }),
            MavMessage::PARAM_ERROR(words::PARAM_ERROR_DATA {
                target_system: 77,
                ..Default::default()
            }),
        ];
        for message in messages {
            let mut payload = [0; 255];
            let length = message.ser(MavlinkVersion::V2, &mut payload);
            let bytes = framed(1, message.message_id(), &payload[..length]);
            let Next::Frame(frame) = next(&bytes) else { panic!("{message:?} is whole") };
            assert_eq!(target(frame), Some(77), "{message:?}");
        }
    }

    #[test]
    fn what_names_nobody_is_for_everybody() {
        for (name, id, payload) in [
            ("a heartbeat has no target", 0, &[1; 9][..]),
            ("a trimmed target is 0", 77, &[0, 2]),
            ("a target of 0", 77, &[0, 2, 0, 0, 0, 0, 0, 0, 0, 1]),
            ("an acknowledgement without its extension", 77, &[0, 2, 0]),
            ("a message that nobody knows", 60_000, &[7; 40]),
        ] {
            let bytes = framed(1, id, payload);
            let Next::Frame(frame) = next(&bytes) else { panic!("{name}: it is whole") };
            assert_eq!(target(frame), None, "{name}");
        }
    }
}
