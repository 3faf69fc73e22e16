//! The removable card: what a write looks like on the `Card` link, and the files that writes add up to.
//!
//! A card write is an emission like any other. Its bytes are: one byte of operation (0 append, 1 replace,
//! 2 delete, 3 rename, 4 wipe), path length (u16 LE), path (UTF-8), data (to the end; of a rename the new path,
//! of a delete and a wipe none). Paths are relative, of the letters `A-Z a-z 0-9 . _ - /`, without `..`, an
//! empty part, or a leading `/`.
//!
//! **Never:** touches a real file.

use std::collections::BTreeMap;

/// Path → contents, in path order.
pub type CardImage = BTreeMap<String, Vec<u8>>;

/// What a card write does to its file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    /// Adds to the end; makes the file where there is none.
    Append,
    /// Puts new contents in place of the old.
    Replace,
    /// Removes the file.
    Delete,
    /// Gives the file another path, in place of whatever was there.
    Rename,
    /// Overwrites the whole file with zeros; its length stays.
    Wipe,
}

/// One write to the card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Write<'a> {
    /// What it does.
    pub operation: Operation,
    /// Which file.
    pub path: &'a str,
    /// The bytes it adds or puts; of a rename the new path.
    pub data: &'a [u8],
}

impl<'a> Write<'a> {
    /// The write as bytes of an emission on `Card`.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(3 + self.path.len() + self.data.len());
        out.push(match self.operation {
            Operation::Append => 0,
            Operation::Replace => 1,
            Operation::Delete => 2,
            Operation::Rename => 3,
            Operation::Wipe => 4,
        });
        out.extend_from_slice(&(self.path.len() as u16).to_le_bytes());
        out.extend_from_slice(self.path.as_bytes());
        out.extend_from_slice(self.data);
        out
    }

    /// Reads an emission; `None` where it is no card write or its path is not allowed.
    #[must_use]
    pub fn decode(bytes: &'a [u8]) -> Option<Self> {
        let (head, rest) = bytes.split_at_checked(3)?;
        let operation = match head[0] {
            0 => Operation::Append,
            1 => Operation::Replace,
            2 => Operation::Delete,
            3 => Operation::Rename,
            4 => Operation::Wipe,
            _ => return None,
        };
        let length = usize::from(u16::from_le_bytes([head[1], head[2]]));
        let (path, data) = rest.split_at_checked(length)?;
        let path = std::str::from_utf8(path).ok()?;
        let fits = match operation {
            Operation::Append | Operation::Replace => true,
            Operation::Delete | Operation::Wipe => data.is_empty(),
            Operation::Rename => std::str::from_utf8(data).is_ok_and(is_lawful_path),
        };
        (fits && is_lawful_path(path)).then_some(Self { operation, path, data })
    }

    /// Carries the write out on an image.
    pub fn apply(&self, card: &mut CardImage) {
        match self.operation {
            Operation::Append => {
                if let Some(file) = card.get_mut(self.path) {
                    file.extend_from_slice(self.data);
                } else {
                    card.insert(self.path.to_owned(), self.data.to_vec());
                }
            }
            Operation::Replace => {
                card.insert(self.path.to_owned(), self.data.to_vec());
            }
            Operation::Delete => {
                card.remove(self.path);
            }
            Operation::Rename => {
                let Some(to) = self.new_path() else { return };
                if let Some(file) = card.remove(self.path) {
                    card.insert(to.to_owned(), file);
                }
            }
            Operation::Wipe => {
                if let Some(file) = card.get_mut(self.path) {
                    file.fill(0);
                }
            }
        }
    }

    /// Where a rename puts the file; nothing for every other operation.
    #[must_use]
    pub fn new_path(&self) -> Option<&'a str> {
        let is_rename = self.operation == Operation::Rename;
        is_rename.then(|| std::str::from_utf8(self.data).ok()).flatten()
    }
}

/// Whether a path may stand on a card and, below a folder, on any disk.
#[must_use]
pub fn is_lawful_path(path: &str) -> bool {
    path.len() <= 200
        && path.split('/').all(|part| {
            !part.is_empty()
                && part != "."
                && part != ".."
                && part.bytes().all(|b| b.is_ascii_alphanumeric() || b"._-".contains(&b))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_write_survives_its_bytes_and_writes_add_up() {
        let mut card = CardImage::new();
        for (operation, path, data) in [
            (Operation::Append, "LOG/A.HLG", &b"12"[..]),
            (Operation::Append, "LOG/A.HLG", b"34"),
            (Operation::Replace, "DCIM/B.JPG", b"old"),
            (Operation::Replace, "DCIM/B.JPG", b"new"),
            (Operation::Append, "GONE", b"x"),
            (Operation::Delete, "GONE", b""),
            (Operation::Append, "DCIM/C.TMP", b"film"),
            (Operation::Rename, "DCIM/C.TMP", b"DCIM/C.MKV"),
            (Operation::Rename, "GONE", b"DCIM/D"),
            (Operation::Append, "LOG/Z.HLG", b"56"),
            (Operation::Wipe, "LOG/Z.HLG", b""),
            (Operation::Wipe, "GONE", b""),
        ] {
            let write = Write { operation, path, data };
            let bytes = write.encode();
            assert_eq!(Write::decode(&bytes), Some(write));
            write.apply(&mut card);
        }
        let files: Vec<_> = card.iter().map(|(p, data)| (p.as_str(), data.as_slice())).collect();
        let expected = [
            ("DCIM/B.JPG", &b"new"[..]),
            ("DCIM/C.MKV", b"film"),
            ("LOG/A.HLG", b"1234"),
            ("LOG/Z.HLG", b"\0\0"),
        ];
        assert_eq!(files, expected);
    }

    #[test]
    fn a_write_that_is_not_lawful_is_not_read() {
        for bytes in [
            &b""[..],
            b"\x00",
            b"\x00\x05\x00A",
            b"\x03\x01\x00A",
            b"\x03\x01\x00A../B",
            b"\x04\x01\x00Adata",
            b"\x05\x01\x00A",
            b"\x00\x00\x00data",
            b"\x02\x01\x00Adata",
            b"\x00\x02\x00\xFF\xFE",
        ] {
            assert_eq!(Write::decode(bytes), None, "{bytes:?}");
        }
        for path in
            ["", "/A", "A/", "A//B", "..", "A/../B", ".", "A B", "é", "A\\B", &"A".repeat(201)]
        {
            assert!(!is_lawful_path(path), "{path}");
        }
    }
}
