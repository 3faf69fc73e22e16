//! The switches as they lie on the card: `HWSETT01`, a byte for each switch, and the vault's mark on both.
//!
//! **Never:** takes a file that is torn, forged or of another vehicle: then everything is as delivered.

use super::marked::Marked;
use super::{Controls, SETTINGS, Setting};
use crate::gate::Parcel;
use crate::senses::Storage;
use crate::vault::Vault;

/// Where the switches are kept.
pub(crate) const PATH: &str = "SET/SETTINGS.HST";

const FILE: Marked<SETTINGS> = Marked { path: PATH, magic: b"HWSETT01", context: b"settings" };

/// The write that keeps the switches over a power cut.
pub(crate) fn write(controls: &Controls, vault: &Vault) -> Parcel {
    FILE.write(&Setting::ALL.map(|setting| u8::from(controls.is_on(setting))), vault)
}

/// The switches as they were kept.
pub(crate) fn read(card: &dyn Storage, vault: &Vault) -> Controls {
    FILE.read(card, vault).and_then(of).unwrap_or_else(Controls::as_delivered)
}

/// A switch has two positions.
fn of(values: &[u8; SETTINGS]) -> Option<Controls> {
    let mut controls = Controls::as_delivered();
    for (setting, value) in Setting::ALL.into_iter().zip(values) {
        match value {
            0 => controls.turn(setting, false),
            1 => controls.turn(setting, true),
            _ => return None,
        }
    }
    Some(controls)
}

#[cfg(test)]
mod tests {
    use super::super::marked::tests::bytes;
    use super::*;

    #[test]
    fn the_switches_come_back_and_a_third_position_does_not() {
        let vault = Vault::new([3; 32]);
        let mut controls = Controls::as_delivered();
        controls.turn(Setting::PrivLocal, false);
        controls.turn(Setting::UpDiag, true);
        let kept = bytes(write(&controls, &vault));
        assert_eq!(kept.len(), 8 + 13 + 32);
        assert_eq!(FILE.understand(&kept, &vault).and_then(of), Some(controls));
        assert_eq!(of(&[2; SETTINGS]), None);
    }
}
