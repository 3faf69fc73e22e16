//! What an unlisted message would tell.
//!
//! **Never:** reads it: its name says what it is there for.

use evidence::Class;
use mavlink::Message;
use mavlink::dialects::common::MavMessage;

/// What an unlisted message is there to carry, where its definition says so.
pub(super) fn class_of(id: u32) -> Option<Class> {
    let message = MavMessage::default_message_from_id(id)?;
    match message.message_name() {
        "ADSB_VEHICLE"
        | "UTM_GLOBAL_POSITION"
        | "TERRAIN_REQUEST"
        | "HOME_POSITION"
        | "GPS_GLOBAL_ORIGIN"
        | "LOCAL_POSITION_NED"
        | "OPEN_DRONE_ID_LOCATION"
        | "OPEN_DRONE_ID_SYSTEM"
        | "HIGH_LATENCY"
        | "HIGH_LATENCY2"
        | "FOLLOW_TARGET" => Some(Class::Position),
        "WIFI_CONFIG_AP" | "SETUP_SIGNING" | "AUTH_KEY" => Some(Class::Key),
        "CELLULAR_STATUS" | "WIFI_NETWORK_INFO" => Some(Class::Surroundings),
        "AUTOPILOT_VERSION"
        | "OPEN_DRONE_ID_BASIC_ID"
        | "COMPONENT_INFORMATION"
        | "COMPONENT_INFORMATION_BASIC" => Some(Class::Device),
        "OPEN_DRONE_ID_OPERATOR_ID" => Some(Class::Account),
        "LOGGING_DATA" | "LOGGING_DATA_ACKED" => Some(Class::FlightLog),
        "ENCAPSULATED_DATA" | "DATA_TRANSMISSION_HANDSHAKE" => Some(Class::Imagery),
        "DEBUG" | "DEBUG_VECT" | "DEBUG_FLOAT_ARRAY" | "NAMED_VALUE_FLOAT" | "NAMED_VALUE_INT"
        | "TUNNEL" | "MEMORY_VECT" | "V2_EXTENSION" => Some(Class::Public),
        _ => None,
    }
}
