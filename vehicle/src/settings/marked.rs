//! A small file of one length on the card: what it is, its values, and the vault's mark on both.
//!
//! **Never:** takes a file that is torn, forged, too long or of another vehicle.

use crate::gate::Parcel;
use crate::senses::Storage;
use crate::vault::Vault;

/// Bytes of what a file says it is.
const MAGIC: usize = 8;
/// Bytes of the mark.
const MARK: usize = 32;

/// A kind of such a file, with `N` bytes of values.
pub(super) struct Marked<const N: usize> {
    /// Where it lies.
    pub path: &'static str,
    /// What it says it is.
    pub magic: &'static [u8; MAGIC],
    /// What the vault vouches for, so that no file passes for another.
    pub context: &'static [u8],
}

impl<const N: usize> Marked<N> {
    /// The write that keeps the values.
    pub(super) fn write(&self, values: &[u8; N], vault: &Vault) -> Parcel {
        let body = [&self.magic[..], values].concat();
        let (kept, _) = vault.vouch(&[], self.context, &body);
        Parcel::keep(self.path.into(), kept)
    }

    /// The values as they lie there; none where there are none to be trusted.
    pub(super) fn read<'a>(&self, card: &'a dyn Storage, vault: &Vault) -> Option<&'a [u8; N]> {
        // One byte more than there may be: a file that is too long is not ours.
        self.understand(card.read(self.path, 0, MAGIC + N + MARK + 1), vault)
    }

    /// The values in the bytes of a file.
    pub(super) fn understand<'a>(&self, bytes: &'a [u8], vault: &Vault) -> Option<&'a [u8; N]> {
        let (body, mark) = bytes.split_at_checked(MAGIC + N)?;
        let values = body.strip_prefix(self.magic)?;
        if !vault.vouches_for(&[self.context, body], mark) {
            return None;
        }
        values.try_into().ok()
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::consent::Ledger;
    use crate::gate::{Body, Verdict, judge};
    use crate::senses::{LawName, Tick};
    use crate::settings::Controls;
    use alloc::vec::Vec;

    const FILE: Marked<3> = Marked { path: "SET/TEST.HST", magic: b"HWTEST01", context: b"test" };

    /// What a write puts on the card.
    pub(in crate::settings) fn bytes(parcel: Parcel) -> Vec<u8> {
        let (controls, ledger) = (Controls::as_delivered(), Ledger::empty());
        match judge(LawName::Sealed, &controls, &ledger, parcel, Tick(0)) {
            Verdict::Cleared(cleared) => match cleared.body {
                Body::Card { bytes, .. } => bytes,
                _ => panic!("it is kept on the card"),
            },
            Verdict::Refused(refusal) => panic!("{refusal:?}"),
        }
    }

    #[test]
    fn what_was_kept_comes_back_and_what_was_touched_does_not() {
        let vault = Vault::new([3; 32]);
        let kept = bytes(FILE.write(&[7, 0, 9], &vault));
        assert_eq!(kept.len(), 8 + 3 + 32);
        assert_eq!(FILE.understand(&kept, &vault), Some(&[7, 0, 9]));
        assert_eq!(FILE.understand(&kept, &Vault::new([4; 32])), None, "another vehicle's");
        assert_eq!(FILE.understand(&[&kept[..], &[0]].concat(), &vault), None, "too long");
        let other = Marked::<3> { context: b"other", ..FILE };
        assert_eq!(other.understand(&kept, &vault), None, "another file");
        for place in 0..kept.len() {
            let mut forged = kept.clone();
            forged[place] ^= 1;
            assert_eq!(FILE.understand(&forged, &vault), None, "forged at {place}");
            assert_eq!(FILE.understand(&kept[..place], &vault), None, "torn at {place}");
        }
    }
}
