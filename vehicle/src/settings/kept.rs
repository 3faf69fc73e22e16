//! The switches as they lie on the card: `HWSETT01`, a byte for each switch, and the vault's mark on both.
//!
//! **Never:** takes a file that is torn, forged or of another vehicle: then everything is as delivered.

use super::{Controls, SETTINGS, Setting};
use crate::gate::Parcel;
use crate::senses::Storage;
use crate::vault::Vault;

const MAGIC: &[u8; 8] = b"HWSETT01";
const MARKED: usize = MAGIC.len() + SETTINGS;
const CONTEXT: &[u8] = b"settings";

/// Where the switches are kept.
pub(crate) const PATH: &str = "SET/SETTINGS.HST";

/// The write that keeps the switches over a power cut.
pub(crate) fn write(controls: &Controls, vault: &Vault) -> Parcel {
    let mut body = [0; MARKED];
    body[..MAGIC.len()].copy_from_slice(MAGIC);
    for (byte, setting) in body[MAGIC.len()..].iter_mut().zip(Setting::ALL) {
        *byte = u8::from(controls.is_on(setting));
    }
    let (kept, _) = vault.vouch(&[], CONTEXT, &body);
    Parcel::keep(PATH.into(), kept)
}

/// The switches as they were kept.
pub(crate) fn read(card: &dyn Storage, vault: &Vault) -> Controls {
    // One byte more than there may be: a file that is too long is not ours.
    understand(card.read(PATH, 0, MARKED + 33), vault).unwrap_or_else(Controls::as_delivered)
}

fn understand(bytes: &[u8], vault: &Vault) -> Option<Controls> {
    let (body, mac) = bytes.split_at_checked(MARKED)?;
    let values = body.strip_prefix(MAGIC)?;
    if !vault.vouches_for(&[CONTEXT, body], mac) {
        return None;
    }
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
    use super::*;
    use crate::consent::Ledger;
    use crate::gate::{Body, Verdict, judge};
    use crate::senses::{LawName, Tick};
    use alloc::vec::Vec;

    fn bytes(parcel: Parcel) -> Vec<u8> {
        let (controls, ledger) = (Controls::as_delivered(), Ledger::empty());
        match judge(LawName::Sealed, &controls, &ledger, parcel, Tick(0)) {
            Verdict::Cleared(cleared) => match cleared.body {
                Body::Card { bytes, .. } => bytes,
                _ => panic!("the switches are kept on the card"),
            },
            Verdict::Refused(refusal) => panic!("{refusal:?}"),
        }
    }

    #[test]
    fn what_was_kept_comes_back_and_what_was_touched_does_not() {
        let vault = Vault::new([3; 32]);
        let mut controls = Controls::as_delivered();
        controls.turn(Setting::PrivLocal, false);
        controls.turn(Setting::UpDiag, true);
        let kept = bytes(write(&controls, &vault));
        assert_eq!(kept.len(), 8 + 13 + 32);
        assert_eq!(understand(&kept, &vault), Some(controls));
        assert_eq!(understand(&kept, &Vault::new([4; 32])), None);
        assert_eq!(understand(&[&kept[..], &[0]].concat(), &vault), None);
        for place in 0..kept.len() {
            let mut forged = kept.clone();
            forged[place] ^= 1;
            assert_eq!(understand(&forged, &vault), None, "forged at {place}");
            assert_eq!(understand(&kept[..place], &vault), None, "torn at {place}");
        }
    }
}
