//! The figures as they lie on the card: `HWTUNE01`, four bytes for each, and the vault's mark on both.
//!
//! They have a file of their own, so that a vehicle whose pilot never set one writes nothing of them.
//!
//! **Never:** takes a file that is torn, forged, of another vehicle, or that holds what could not have been set.

use super::super::marked::Marked;
use super::{KNOBS, Knob, Knobs, Value};
use crate::gate::Parcel;
use crate::senses::Storage;
use crate::vault::Vault;

const LENGTH: usize = 4 * KNOBS;

/// Where the figures are kept.
pub(crate) const PATH: &str = "SET/TUNING.HST";

const FILE: Marked<LENGTH> = Marked { path: PATH, magic: b"HWTUNE01", context: b"tuning" };

/// The write that keeps the figures over a power cut.
pub(crate) fn write(knobs: &Knobs, vault: &Vault) -> Parcel {
    FILE.write(&values(knobs), vault)
}

/// The figures as they were kept; none where there are none to be trusted.
pub(crate) fn read(card: &dyn Storage, vault: &Vault, delivered: &Knobs) -> Option<Knobs> {
    of(FILE.read(card, vault)?, delivered)
}

fn values(knobs: &Knobs) -> [u8; LENGTH] {
    let mut values = [0; LENGTH];
    for (four, knob) in values.chunks_exact_mut(4).zip(Knob::ALL) {
        four.copy_from_slice(&knobs.get(knob).bytes());
    }
    values
}

fn of(values: &[u8; LENGTH], delivered: &Knobs) -> Option<Knobs> {
    let mut knobs = *delivered;
    for (knob, four) in Knob::ALL.into_iter().zip(values.chunks_exact(4)) {
        let four = [four[0], four[1], four[2], four[3]];
        knobs.set(knob, Value::of(knob.spec().is_whole, four)).ok()?;
    }
    Some(knobs)
}

#[cfg(test)]
mod tests {
    use super::super::super::marked::tests::bytes;
    use super::*;
    use crate::senses::FenceAction;

    #[test]
    fn the_figures_come_back_and_what_was_never_set_does_not() {
        let (vault, delivered) = (Vault::new([3; 32]), Knobs::as_delivered(FenceAction::Hold));
        let mut knobs = delivered;
        knobs.set(Knob::ReturnHeight, Value::Real(30.25)).expect("it is in range");
        knobs.set(Knob::LinkLost, Value::Whole(7)).expect("it is in range");
        let kept = bytes(write(&knobs, &vault));
        let read = FILE.understand(&kept, &vault).and_then(|values| of(values, &delivered));
        assert_eq!(read, Some(knobs));
        let mut wild = values(&knobs);
        wild[..4].copy_from_slice(&f32::NAN.to_le_bytes());
        assert_eq!(of(&wild, &delivered), None);
    }
}
