//! The figures as they lie on the card: `HWTUNE01`, four bytes for each, and the vault's mark on both.
//!
//! They have a file of their own, so that a vehicle whose pilot never set one writes nothing of them.
//!
//! **Never:** takes a file that is torn, forged, of another vehicle, or that holds what could not have been set.

use super::{KNOBS, Knob, Knobs, Value};
use crate::gate::Parcel;
use crate::senses::Storage;
use crate::vault::Vault;

const MAGIC: &[u8; 8] = b"HWTUNE01";
const MARKED: usize = MAGIC.len() + 4 * KNOBS;
const CONTEXT: &[u8] = b"tuning";

/// Where the figures are kept.
pub(crate) const PATH: &str = "SET/TUNING.HST";

/// The write that keeps the figures over a power cut.
pub(crate) fn write(knobs: &Knobs, vault: &Vault) -> Parcel {
    let (kept, _) = vault.vouch(&[], CONTEXT, &body(knobs));
    Parcel::keep(PATH.into(), kept)
}

/// The figures as they were kept; none where there are none to be trusted.
pub(crate) fn read(card: &dyn Storage, vault: &Vault, delivered: &Knobs) -> Option<Knobs> {
    // One byte more than there may be: a file that is too long is not ours.
    understand(card.read(PATH, 0, MARKED + 33), vault, delivered)
}

fn body(knobs: &Knobs) -> [u8; MARKED] {
    let mut body = [0; MARKED];
    body[..MAGIC.len()].copy_from_slice(MAGIC);
    for (four, knob) in body[MAGIC.len()..].chunks_exact_mut(4).zip(Knob::ALL) {
        four.copy_from_slice(&knobs.get(knob).bytes());
    }
    body
}

fn understand(bytes: &[u8], vault: &Vault, delivered: &Knobs) -> Option<Knobs> {
    let (body, mac) = bytes.split_at_checked(MARKED)?;
    let values = body.strip_prefix(MAGIC)?;
    if !vault.vouches_for(&[CONTEXT, body], mac) {
        return None;
    }
    let mut knobs = *delivered;
    for (knob, four) in Knob::ALL.into_iter().zip(values.chunks_exact(4)) {
        let four = [four[0], four[1], four[2], four[3]];
        knobs.set(knob, Value::of(knob.spec().is_whole, four)).ok()?;
    }
    Some(knobs)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::consent::Ledger;
    use crate::gate::{Body, Verdict, judge};
    use crate::senses::{FenceAction, LawName, Tick};
    use crate::settings::Controls;
    use alloc::vec::Vec;

    fn bytes(parcel: Parcel) -> Vec<u8> {
        let (controls, ledger) = (Controls::as_delivered(), Ledger::empty());
        match judge(LawName::Sealed, &controls, &ledger, parcel, Tick(0)) {
            Verdict::Cleared(cleared) => match cleared.body {
                Body::Card { bytes, .. } => bytes,
                _ => panic!("the figures are kept on the card"),
            },
            Verdict::Refused(refusal) => panic!("{refusal:?}"),
        }
    }

    #[test]
    fn what_was_kept_comes_back_and_what_was_touched_does_not() {
        let (vault, delivered) = (Vault::new([3; 32]), Knobs::as_delivered(FenceAction::Hold));
        let mut knobs = delivered;
        knobs.set(Knob::ReturnHeight, Value::Real(30.25)).expect("it is in range");
        knobs.set(Knob::LinkLost, Value::Whole(7)).expect("it is in range");
        let kept = bytes(write(&knobs, &vault));
        assert_eq!(understand(&kept, &vault, &delivered), Some(knobs));
        assert_eq!(understand(&kept, &Vault::new([4; 32]), &delivered), None);
        assert_eq!(understand(&[&kept[..], &[0]].concat(), &vault, &delivered), None);
        for place in 0..kept.len() {
            let mut forged = kept.clone();
            forged[place] ^= 1;
            assert_eq!(understand(&forged, &vault, &delivered), None, "forged at {place}");
            assert_eq!(understand(&kept[..place], &vault, &delivered), None, "torn at {place}");
        }
        let mut wild = body(&knobs);
        wild[8..12].copy_from_slice(&f32::NAN.to_le_bytes());
        let wild = bytes(Parcel::keep(PATH.into(), vault.vouch(&[], CONTEXT, &wild).0));
        assert_eq!(understand(&wild, &vault, &delivered), None, "never set");
    }
}
