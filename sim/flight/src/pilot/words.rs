//! What a ground station can say, as MAVLink messages.
//!
//! Some of them are a seat's own: who the pilot is, and where anything lies on Earth.
//!
//! **Never:** says who sends it; that is in the frame.

use crate::EPOCH_S;
use crate::cast::Figure;
use crate::keys::Keys;
use crate::secrets::Secrets;
use evidence::Tick;
use evidence::scenario::Setting;
use glam::DVec3;
use mavlink::dialects::common::{
    COMMAND_INT_DATA, COMMAND_LONG_DATA, FILE_TRANSFER_PROTOCOL_DATA, FOLLOW_TARGET_DATA,
    HEARTBEAT_DATA, LOG_ERASE_DATA, LOG_REQUEST_DATA_DATA, LOG_REQUEST_LIST_DATA,
    MANUAL_CONTROL_DATA, MavAutopilot, MavCmd, MavFrame, MavMessage, MavModeFlag,
    MavOdidCategoryEu, MavOdidClassEu, MavOdidClassificationType, MavOdidOperatorIdType,
    MavOdidOperatorLocationType, MavParamType, MavSeverity, MavState, MavType,
    OPEN_DRONE_ID_OPERATOR_ID_DATA, OPEN_DRONE_ID_SYSTEM_DATA, PARAM_REQUEST_LIST_DATA,
    PARAM_SET_DATA, SETUP_SIGNING_DATA, STATUSTEXT_DATA,
};

/// The vehicle.
const SYSTEM: u8 = 1;
const COMPONENT: u8 = 1;
/// 2019-01-01 00:00:00 UTC, from which Remote ID counts its seconds, since 1970.
const REMOTE_ID_EPOCH_S: u64 = 1_546_300_800;
/// Bytes of data in a file transfer.
const FILE_DATA_MAX: usize = 239;

/// Something to say.
#[derive(Clone, Debug, PartialEq)]
pub enum Word {
    /// The same to every seat.
    Plain(Box<MavMessage>),
    /// The pilot's e-mail and phone, in clear.
    Account,
    /// Where the pilot stands, east and north.
    Position {
        /// Metres.
        at_m: (f64, f64),
    },
    /// A command that names a place: east, north, and height above the start.
    Place {
        /// Which.
        number: MavCmd,
        /// The first four parameters.
        params: [f32; 4],
        /// Metres.
        at_m: (f64, f64, f64),
    },
    /// Where somebody of the cast is, told by their own device.
    Subject {
        /// Their place in the cast.
        who: usize,
    },
    /// The key that the pilot will sign with.
    Key,
    /// A step of MAVLink FTP.
    File {
        /// Its number in the protocol.
        operation: u8,
        /// How much is asked for; nothing where a path says it all.
        size: Option<u8>,
        /// From where.
        offset: u32,
        /// Of which file or folder.
        path: String,
    },
}

impl Word {
    /// Whether seats with other secrets hear something else.
    #[must_use]
    pub fn is_own(&self) -> bool {
        match self {
            Self::Account | Self::Position { .. } | Self::Place { .. } | Self::Subject { .. } => {
                true
            }
            Self::Plain(_) | Self::Key | Self::File { .. } => false,
        }
    }

    /// The message, as one seat hears it. File transfers are numbered by `file_number`.
    #[must_use]
    pub fn message(
        &self,
        now: Tick,
        secrets: &Secrets,
        keys: &Keys,
        file_number: u16,
        cast: &[Figure],
    ) -> MavMessage {
        match self {
            Self::Plain(message) => (**message).clone(),
            Self::Account => account(secrets),
            Self::Position { at_m } => position(now, *at_m, secrets),
            Self::Place { number, params, at_m } => place(*number, *params, *at_m, secrets),
            Self::Subject { who } => {
                let feet_m = cast.get(*who).map_or(DVec3::ZERO, |figure| figure.feet_m);
                subject(now, feet_m, secrets)
            }
            Self::Key => MavMessage::SETUP_SIGNING(SETUP_SIGNING_DATA {
                initial_timestamp: super::signing::timestamp(now),
                target_system: SYSTEM,
                target_component: COMPONENT,
                secret_key: keys.signing,
            }),
            Self::File { operation, size, offset, path } => {
                file(file_number, *operation, *size, *offset, path)
            }
        }
    }
}

/// A command with its seven parameters.
#[must_use]
pub fn command(command: MavCmd, p: [f32; 7]) -> Word {
    plain(MavMessage::COMMAND_LONG(COMMAND_LONG_DATA {
        param1: p[0],
        param2: p[1],
        param3: p[2],
        param4: p[3],
        param5: p[4],
        param6: p[5],
        param7: p[6],
        command,
        target_system: SYSTEM,
        target_component: COMPONENT,
        confirmation: 0,
    }))
}

/// The sticks are held so, each from -1 to 1. Up goes from 0 to 1000 on the way, the others from -1000.
#[must_use]
pub fn sticks(forward: f64, right: f64, up: f64, turn: f64) -> Word {
    let thousandths = |part: f64| libm::round(part * 1000.0) as i16;
    // Assigned, not spelt out: the crate's extension fields are there or not, as other rooms ask for them.
    let mut data = MANUAL_CONTROL_DATA::DEFAULT;
    data.target = SYSTEM;
    (data.x, data.y) = (thousandths(forward), thousandths(right));
    (data.z, data.r) = (thousandths((up + 1.0) / 2.0), thousandths(turn));
    plain(MavMessage::MANUAL_CONTROL(data))
}

/// A ground station is there.
#[must_use]
pub fn heartbeat() -> Word {
    plain(MavMessage::HEARTBEAT(HEARTBEAT_DATA {
        custom_mode: 0,
        mavtype: MavType::MAV_TYPE_GCS,
        autopilot: MavAutopilot::MAV_AUTOPILOT_INVALID,
        base_mode: MavModeFlag::empty(),
        system_status: MavState::MAV_STATE_ACTIVE,
        mavlink_version: 3,
    }))
}

/// A parameter shall have this value, whose four bytes stand in the place of a float's.
#[must_use]
pub fn sets(name: Setting, value: i32) -> Word {
    plain(MavMessage::PARAM_SET(PARAM_SET_DATA {
        param_value: f32::from_bits(value as u32),
        target_system: SYSTEM,
        target_component: COMPONENT,
        param_id: name.name().into(),
        param_type: MavParamType::MAV_PARAM_TYPE_INT32,
    }))
}

/// Which parameters are there?
#[must_use]
pub fn asks_parameters() -> Word {
    plain(MavMessage::PARAM_REQUEST_LIST(PARAM_REQUEST_LIST_DATA {
        target_system: SYSTEM,
        target_component: COMPONENT,
    }))
}

/// Which logs are there?
#[must_use]
pub fn asks_logs() -> Word {
    plain(MavMessage::LOG_REQUEST_LIST(LOG_REQUEST_LIST_DATA {
        start: 0,
        end: u16::MAX,
        target_system: SYSTEM,
        target_component: COMPONENT,
    }))
}

/// A whole log, please.
#[must_use]
pub fn reads_log(id: u16) -> Word {
    plain(MavMessage::LOG_REQUEST_DATA(LOG_REQUEST_DATA_DATA {
        ofs: 0,
        count: u32::MAX,
        id,
        target_system: SYSTEM,
        target_component: COMPONENT,
    }))
}

/// No more logs, please.
#[must_use]
pub fn erases_logs() -> Word {
    plain(MavMessage::LOG_ERASE(LOG_ERASE_DATA {
        target_system: SYSTEM,
        target_component: COMPONENT,
    }))
}

/// The operator's registration number.
#[must_use]
pub fn operator(number: &str) -> Word {
    plain(MavMessage::OPEN_DRONE_ID_OPERATOR_ID(OPEN_DRONE_ID_OPERATOR_ID_DATA {
        target_system: SYSTEM,
        target_component: COMPONENT,
        id_or_mac: [0; 20],
        operator_id_type: MavOdidOperatorIdType::MAV_ODID_OPERATOR_ID_TYPE_CAA,
        operator_id: number.into(),
    }))
}

fn plain(message: MavMessage) -> Word {
    Word::Plain(Box::new(message))
}

fn account(secrets: &Secrets) -> MavMessage {
    let (email, phone) =
        secrets.account.as_ref().map_or(("", ""), |a| (a.email.as_str(), a.phone.as_str()));
    let mut text = format!("Pilot {email} {phone}");
    // Everything in it is ASCII.
    text.truncate(50);
    MavMessage::STATUSTEXT(STATUSTEXT_DATA {
        severity: MavSeverity::MAV_SEVERITY_INFO,
        text: text.as_str().into(),
        id: 0,
        chunk_seq: 0,
    })
}

fn position(now: Tick, (east, north): (f64, f64), secrets: &Secrets) -> MavMessage {
    let at = secrets.whereabouts.geodetic(DVec3::new(east, north, 0.0));
    MavMessage::OPEN_DRONE_ID_SYSTEM(OPEN_DRONE_ID_SYSTEM_DATA {
        operator_latitude: in_1e7(at.lat_deg),
        operator_longitude: in_1e7(at.lon_deg),
        area_ceiling: 0.0,
        area_floor: 0.0,
        operator_altitude_geo: at.alt_m as f32,
        timestamp: (EPOCH_S - REMOTE_ID_EPOCH_S) as u32 + now.seconds() as u32,
        area_count: 1,
        area_radius: 0,
        target_system: SYSTEM,
        target_component: COMPONENT,
        id_or_mac: [0; 20],
        operator_location_type:
            MavOdidOperatorLocationType::MAV_ODID_OPERATOR_LOCATION_TYPE_LIVE_GNSS,
        classification_type: MavOdidClassificationType::MAV_ODID_CLASSIFICATION_TYPE_UNDECLARED,
        category_eu: MavOdidCategoryEu::MAV_ODID_CATEGORY_EU_UNDECLARED,
        class_eu: MavOdidClassEu::MAV_ODID_CLASS_EU_UNDECLARED,
    })
}

fn in_1e7(degrees: f64) -> i32 {
    libm::round(degrees * 1e7) as i32
}

fn place(
    command: MavCmd,
    [param1, param2, param3, param4]: [f32; 4],
    (east, north, up): (f64, f64, f64),
    secrets: &Secrets,
) -> MavMessage {
    let at = secrets.whereabouts.geodetic(DVec3::new(east, north, up));
    MavMessage::COMMAND_INT(COMMAND_INT_DATA {
        param1,
        param2,
        param3,
        param4,
        x: in_1e7(at.lat_deg),
        y: in_1e7(at.lon_deg),
        z: at.alt_m as f32,
        command,
        target_system: SYSTEM,
        target_component: COMPONENT,
        frame: MavFrame::MAV_FRAME_GLOBAL,
        current: 0,
        autocontinue: 0,
    })
}

fn subject(now: Tick, feet_m: DVec3, secrets: &Secrets) -> MavMessage {
    let at = secrets.whereabouts.geodetic(feet_m);
    MavMessage::FOLLOW_TARGET(FOLLOW_TARGET_DATA {
        timestamp: (now.seconds() * 1000.0) as u64,
        lat: in_1e7(at.lat_deg),
        lon: in_1e7(at.lon_deg),
        alt: at.alt_m as f32,
        // The place is all that the device tells.
        est_capabilities: 1,
        ..FOLLOW_TARGET_DATA::DEFAULT
    })
}

/// `number (2), session, operation, size, and for answers 3 more, offset (4)`, then data.
fn file(number: u16, operation: u8, size: Option<u8>, offset: u32, path: &str) -> MavMessage {
    let data = &path.as_bytes()[..path.len().min(FILE_DATA_MAX)];
    let mut payload = [0; 251];
    payload[..2].copy_from_slice(&number.to_le_bytes());
    payload[3] = operation;
    payload[4] = size.unwrap_or(data.len() as u8);
    payload[8..12].copy_from_slice(&offset.to_le_bytes());
    payload[12..12 + data.len()].copy_from_slice(data);
    MavMessage::FILE_TRANSFER_PROTOCOL(FILE_TRANSFER_PROTOCOL_DATA {
        target_network: 0,
        target_system: SYSTEM,
        target_component: COMPONENT,
        payload,
    })
}
