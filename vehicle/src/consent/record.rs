//! One record of consent as it lies on the card, with the fields of ISO/IEC TS 27560. 40 bytes, little-endian:
//!
//! | from | field | is |
//! |---|---|---|
//! | 0 | record id | u32, from 1, without gaps |
//! | 4 | act | u8: 1 given, 2 withdrawn |
//! | 5 | data category | u8: place of the class in the law |
//! | 6 | recipient | u8: 0 pilot, 1 maker |
//! | 7 | purpose | u8: 1 delivery, 2 support, 3 publication |
//! | 8 | object | u32 |
//! | 12 | given or withdrawn at | u64, ticks of 2 ms |
//! | 20 | valid until | u64, ticks; 0 until withdrawn |
//! | 28 | subject | u8: 1 pilot |
//! | 29 | method | u8: 1 ground station, 2 ground station over a signed link |
//! | 30 | schema version | u16: 1 |
//! | 32 | reserved | 8 zero bytes |
//!
//! **Never:** reads a record that says anything else than this.

use super::{Purpose, Scope};
use crate::senses::Tick;
use crate::words::{Class, Recipient};

/// Length of a record without its mark.
pub(crate) const RECORD: usize = 40;

const SUBJECT_PILOT: u8 = 1;
const SCHEMA: u16 = 1;

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Act {
    Given = 1,
    Withdrawn = 2,
}

/// How it was said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Method {
    GroundStation = 1,
    SignedGroundStation = 2,
}

/// One act of consent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Record {
    pub id: u32,
    pub act: Act,
    pub scope: Scope,
    pub purpose: Purpose,
    pub at: Tick,
    pub valid_until: Option<Tick>,
    pub method: Method,
}

impl Record {
    /// The record as bytes; none for what only captures have: a recipient that is not asked for consent.
    pub(crate) fn encode(&self) -> Option<[u8; RECORD]> {
        let mut out = [0; RECORD];
        out[0..4].copy_from_slice(&self.id.to_le_bytes());
        out[4] = self.act as u8;
        out[5] = self.scope.category as u8;
        out[6] = match self.scope.recipient {
            Recipient::Pilot => 0,
            Recipient::Maker => 1,
            Recipient::Card | Recipient::Viewer => return None,
        };
        out[7] = self.purpose as u8;
        out[8..12].copy_from_slice(&self.scope.object.to_le_bytes());
        out[12..20].copy_from_slice(&self.at.0.to_le_bytes());
        let until = self.valid_until.map_or(0, |tick| tick.0);
        out[20..28].copy_from_slice(&until.to_le_bytes());
        out[28] = SUBJECT_PILOT;
        out[29] = self.method as u8;
        out[30..32].copy_from_slice(&SCHEMA.to_le_bytes());
        Some(out)
    }

    /// Reads a record back; none if a field holds what no record can.
    pub(crate) fn decode(bytes: &[u8; RECORD]) -> Option<Self> {
        let four = |at: usize| u32::from_le_bytes([0, 1, 2, 3].map(|i| bytes[at + i]));
        let eight = |at: usize| u64::from(four(at)) | u64::from(four(at + 4)) << 32;
        let is_known = bytes[28] == SUBJECT_PILOT
            && bytes[30..32] == SCHEMA.to_le_bytes()
            && bytes[32..] == [0; 8];
        if !is_known {
            return None;
        }
        Some(Self {
            id: four(0),
            act: match bytes[4] {
                1 => Act::Given,
                2 => Act::Withdrawn,
                _ => return None,
            },
            scope: Scope {
                category: *Class::ALL.get(usize::from(bytes[5]))?,
                object: four(8),
                recipient: match bytes[6] {
                    0 => Recipient::Pilot,
                    1 => Recipient::Maker,
                    _ => return None,
                },
            },
            purpose: Purpose::numbered(u32::from(bytes[7]))?,
            at: Tick(eight(12)),
            valid_until: Some(eight(20)).filter(|&tick| tick > 0).map(Tick),
            method: match bytes[29] {
                1 => Method::GroundStation,
                2 => Method::SignedGroundStation,
                _ => return None,
            },
        })
    }
}

impl Purpose {
    /// The purpose of that number.
    pub(crate) fn numbered(number: u32) -> Option<Self> {
        match number {
            1 => Some(Self::Delivery),
            2 => Some(Self::Support),
            3 => Some(Self::Publication),
            _ => None,
        }
    }
}
