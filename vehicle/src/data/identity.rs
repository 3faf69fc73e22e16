//! Who flies, as far as the broadcast identification must say: the operator's registration, and where he stands.
//!
//! The registration comes from the ground station and is kept sealed in `ID/IDENTITY.HID`: its length (u8), 20 bytes
//! with zeros behind it, then the owner's public key, so that a vehicle that has changed hands forgets the last
//! operator. The operator's place is never kept: it is good for a few seconds, or it is nothing.
//!
//! **Never:** holds an e-mail or a phone number; writes anything in clear; believes a place that was not just sent.

use crate::gate::Parcel;
use crate::radio::frame::Received;
use crate::senses::{Storage, TICKS_PER_S, Tick};
use crate::vault::Vault;
use alloc::string::ToString;
use alloc::vec::Vec;

const PATH: &str = "ID/IDENTITY.HID";
const ID: usize = 20;
const PLAIN: usize = 1 + ID + 32;
/// Longest sealed file that is looked at.
const SEALED_MAX: usize = 256;

const OPEN_DRONE_ID_SYSTEM: u32 = 12_904;
const OPEN_DRONE_ID_OPERATOR_ID: u32 = 12_905;
const OPEN_DRONE_ID_SYSTEM_UPDATE: u32 = 12_919;

/// An operator's place older than this is not live.
const LIVE_TICKS: u64 = 5 * TICKS_PER_S;

/// What the ground station says of the operator.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Told {
    /// His registration.
    Registration(OperatorId),
    /// Where he stands.
    Stands(OperatorPlace),
}

/// A registration of 1 to 20 printable characters, with zeros behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct OperatorId([u8; ID]);

impl OperatorId {
    /// As the broadcast has it.
    pub(crate) fn bytes(&self) -> &[u8; ID] {
        &self.0
    }

    fn read(bytes: &[u8]) -> Option<Self> {
        let length = bytes.iter().position(|&byte| byte == 0).unwrap_or(bytes.len());
        let (id, rest) = bytes.split_at(length);
        let is_text = !id.is_empty() && id.iter().all(|byte| (0x20..0x7F).contains(byte));
        let is_whole = length <= ID && rest.iter().all(|&byte| byte == 0);
        let mut padded = [0; ID];
        padded.get_mut(..length)?.copy_from_slice(id);
        (is_text && is_whole).then_some(Self(padded))
    }
}

/// Where the operator stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct OperatorPlace {
    /// Latitude, 1e-7 degrees.
    pub lat_e7: i32,
    /// Longitude, 1e-7 degrees.
    pub lon_e7: i32,
    /// Above the WGS 84 ellipsoid, metres; -1000 where unknown.
    pub alt_m: f32,
}

/// What is known of the operator.
pub(crate) struct Identity {
    owner_public_key: [u8; 32],
    id: Option<OperatorId>,
    stands: Option<(Tick, OperatorPlace)>,
}

impl Identity {
    /// Nobody is known.
    pub(crate) fn unknown(owner_public_key: [u8; 32]) -> Self {
        Self { owner_public_key, id: None, stands: None }
    }

    /// Reads what is kept on the card; a file that is torn, forged or another owner's is as none.
    pub(crate) fn boot(&mut self, vault: &Vault, card: &dyn Storage) {
        self.id = vault.unseal(PATH, card.read(PATH, 0, SEALED_MAX)).and_then(|plain| {
            let (id, owner) = plain.split_at_checked(1 + ID)?;
            let is_mine = owner == self.owner_public_key;
            let length = usize::from(id[0]);
            OperatorId::read(id.get(1..=length)?).filter(|_| is_mine)
        });
    }

    /// Takes in what the pilot's station says; the write that keeps it, where it is new.
    pub(crate) fn told(
        &mut self,
        told: Told,
        now: Tick,
        vault: &Vault,
        entropy: &[u8; 32],
    ) -> Option<Parcel> {
        match told {
            Told::Stands(place) => {
                self.stands = Some((now, place));
                None
            }
            Told::Registration(id) if self.id == Some(id) => None,
            Told::Registration(id) => {
                let mut plain = Vec::with_capacity(PLAIN);
                let length = id.0.iter().position(|&byte| byte == 0).unwrap_or(ID);
                plain.push(length as u8);
                plain.extend(id.0);
                plain.extend(self.owner_public_key);
                let kept = vault.seal(PATH, &plain, entropy)?;
                self.id = Some(id);
                Some(Parcel::keep(PATH.to_string(), kept))
            }
        }
    }

    /// The operator's registration.
    pub(crate) fn id(&self) -> Option<OperatorId> {
        self.id
    }

    /// Where the operator stands, if he said so just now.
    pub(crate) fn place(&self, now: Tick) -> Option<OperatorPlace> {
        let (at, place) = self.stands?;
        (now.0 < at.0 + LIVE_TICKS).then_some(place)
    }

    /// Forgets the operator.
    pub(crate) fn forget(&mut self) {
        self.id = None;
        self.stands = None;
    }
}

/// Reads what a ground station says of the operator; none for other messages and for nonsense.
pub(crate) fn read(frame: &Received<'_>) -> Option<Told> {
    let mut wire = [0; 54];
    let length = frame.payload.len().min(wire.len());
    wire[..length].copy_from_slice(&frame.payload[..length]);
    let four = |at: usize| [wire[at], wire[at + 1], wire[at + 2], wire[at + 3]];
    let place = |alt: usize, target: usize| {
        let (lat_e7, lon_e7) = (i32::from_le_bytes(four(0)), i32::from_le_bytes(four(4)));
        let alt_m = f32::from_le_bytes(four(alt));
        let is_on_earth =
            lat_e7.unsigned_abs() <= 900_000_000 && lon_e7.unsigned_abs() <= 1_800_000_000;
        // The standard's own word for an unknown place is 0, 0.
        let is_known = (lat_e7, lon_e7) != (0, 0) && is_on_earth && alt_m.is_finite();
        (is_for_us(wire[target], wire[target + 1]) && is_known)
            .then_some(Told::Stands(OperatorPlace { lat_e7, lon_e7, alt_m }))
    };
    match frame.id {
        OPEN_DRONE_ID_OPERATOR_ID if is_for_us(wire[0], wire[1]) => {
            OperatorId::read(&wire[23..43]).map(Told::Registration)
        }
        OPEN_DRONE_ID_SYSTEM => place(16, 28),
        OPEN_DRONE_ID_SYSTEM_UPDATE => place(8, 16),
        _ => None,
    }
}

fn is_for_us(system: u8, component: u8) -> bool {
    matches!(system, 0 | 1) && matches!(component, 0 | 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::consent::Ledger;
    use crate::gate::{Body, Verdict, judge};
    use crate::radio::frame::payload;
    use crate::senses::LawName;
    use crate::settings::Controls;
    use alloc::string::String;
    use mavlink::dialects::common::{
        MavMessage, MavOdidOperatorIdType, OPEN_DRONE_ID_OPERATOR_ID_DATA,
        OPEN_DRONE_ID_SYSTEM_DATA, OPEN_DRONE_ID_SYSTEM_UPDATE_DATA,
    };

    fn told(id: u32, message: &MavMessage) -> Option<Told> {
        read(&Received { system: 255, component: 190, id, payload: &payload(message) })
    }

    fn registration(text: &[u8], target_system: u8) -> Option<Told> {
        let mut bytes = [0; ID];
        bytes[..text.len()].copy_from_slice(text);
        let mut data = OPEN_DRONE_ID_OPERATOR_ID_DATA::DEFAULT;
        data.target_system = target_system;
        data.operator_id_type = MavOdidOperatorIdType::default();
        data.operator_id = bytes.into();
        told(12_905, &MavMessage::OPEN_DRONE_ID_OPERATOR_ID(data))
    }

    #[test]
    fn a_registration_is_printable_and_whole_or_nothing() {
        for (name, text, system, is_taken) in [
            ("as issued", &b"FIN87astrdge12k8"[..], 1, true),
            ("all twenty", b"ABCDEFGHIJKLMNOPQRST", 0, true),
            ("empty", b"", 1, false),
            ("not printable", b"FIN\x0787", 1, false),
            ("a gap in it", b"FIN\x0087", 1, false),
            ("for another vehicle", b"FIN87astrdge12k8", 2, false),
        ] {
            assert_eq!(registration(text, system).is_some(), is_taken, "{name}");
        }
    }

    #[test]
    fn a_place_is_on_earth_and_good_for_five_seconds() {
        let mut system = OPEN_DRONE_ID_SYSTEM_DATA::DEFAULT;
        system.operator_latitude = 481_000_000;
        system.operator_longitude = 115_000_000;
        system.operator_altitude_geo = 520.5;
        let mut update = OPEN_DRONE_ID_SYSTEM_UPDATE_DATA::DEFAULT;
        update.operator_latitude = 481_000_000;
        update.operator_longitude = 115_000_000;
        update.operator_altitude_geo = 520.5;
        let place = OperatorPlace { lat_e7: 481_000_000, lon_e7: 115_000_000, alt_m: 520.5 };
        let whole = told(12_904, &MavMessage::OPEN_DRONE_ID_SYSTEM(system.clone()));
        assert_eq!(whole, Some(Told::Stands(place)));
        let short = told(12_919, &MavMessage::OPEN_DRONE_ID_SYSTEM_UPDATE(update));
        assert_eq!(short, Some(Told::Stands(place)));
        system.operator_latitude = 910_000_000;
        assert_eq!(told(12_904, &MavMessage::OPEN_DRONE_ID_SYSTEM(system.clone())), None);
        system.operator_latitude = 0;
        system.operator_longitude = 0;
        assert_eq!(told(12_904, &MavMessage::OPEN_DRONE_ID_SYSTEM(system)), None);

        let vault = Vault::new([3; 32]);
        let mut identity = Identity::unknown([1; 32]);
        identity.told(Told::Stands(place), Tick(100), &vault, &[0; 32]);
        assert_eq!(identity.place(Tick(2_599)), Some(place));
        assert_eq!(identity.place(Tick(2_600)), None);
    }

    struct Card(Vec<u8>);

    impl Storage for Card {
        fn length(&self, _path: &str) -> Option<usize> {
            Some(self.0.len())
        }
        fn read(&self, path: &str, _offset: usize, length: usize) -> &[u8] {
            if path == PATH { &self.0[..length.min(self.0.len())] } else { &[] }
        }
        fn paths(&self) -> Vec<String> {
            Vec::from([PATH.to_string()])
        }
        fn free_bytes(&self) -> u64 {
            0
        }
        fn has_failed(&self) -> bool {
            false
        }
    }

    #[test]
    fn at_rest_the_registration_is_sealed_and_opens_for_its_owner_alone() {
        let vault = Vault::new([3; 32]);
        let mut identity = Identity::unknown([1; 32]);
        let told = registration(b"FIN87astrdge12k8", 1).expect("a registration");
        let write = identity.told(told, Tick(0), &vault, &[7; 32]).expect("it is kept");
        assert!(identity.told(told, Tick(1), &vault, &[8; 32]).is_none(), "nothing is new");
        let (law, controls, ledger) = (LawName::Sealed, Controls::as_delivered(), Ledger::empty());
        let Verdict::Cleared(cleared) = judge(law, &controls, &ledger, write, Tick(0)) else {
            panic!("what is sealed may lie on the card")
        };
        let Body::Card { path, bytes, .. } = cleared.body else { panic!("a card write") };
        assert_eq!(path, PATH);
        assert!(!bytes.windows(5).any(|five| five == b"FIN87"));
        assert!(!bytes.windows(8).any(|eight| eight == [1; 8]), "nor the owner's key in clear");

        let torn = bytes[..bytes.len() - 1].to_vec();
        for (name, owner, key, file, is_known) in [
            ("as it was", 1, 3, bytes.clone(), true),
            ("another owner", 2, 3, bytes.clone(), false),
            ("another vehicle", 1, 4, bytes, false),
            ("torn", 1, 3, torn, false),
            ("never written", 1, 3, Vec::new(), false),
        ] {
            let mut again = Identity::unknown([owner; 32]);
            again.boot(&Vault::new([key; 32]), &Card(file));
            assert_eq!(again.id() == identity.id(), is_known, "{name}");
            assert!(is_known || again.id().is_none(), "{name}");
        }
    }

    #[test]
    fn any_bytes_at_all_are_read_without_harm() {
        for id in [12_904, 12_905, 12_919, 7] {
            for length in 0..=60 {
                let bytes = [0xFF; 60];
                let frame = Received { system: 255, component: 190, id, payload: &bytes[..length] };
                // Cut short, a place near 0, 0 is left, as the wire has it: zeros at the end are not sent.
                let is_place = matches!(read(&frame), None | Some(Told::Stands(_)));
                assert!(is_place, "{id} of {length}");
            }
        }
    }
}
