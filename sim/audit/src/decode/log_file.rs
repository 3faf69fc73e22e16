//! The sealed log container: header, then numbered blocks of one length.
//!
//! **Never:** opens a block; that is for the look at the card at rest.

const MAGIC: &[u8; 8] = b"HWLOG001";
const HEADER: usize = 40;
const BLOCK_HEAD: usize = 6;
const BLOCK: u16 = 1024;

/// Checks a whole log; the error is the rule that it breaks.
pub fn check(file: &[u8]) -> Result<(), &'static str> {
    if !file.starts_with(MAGIC) || file.len() < HEADER {
        return Err("not a sealed log");
    }
    for (number, block) in file[HEADER..].chunks(BLOCK_HEAD + usize::from(BLOCK)).enumerate() {
        if block.len() != BLOCK_HEAD + usize::from(BLOCK) {
            return Err("a block is cut short");
        }
        if block[..4] != (number as u32).to_le_bytes() {
            return Err("a block has another number than its place");
        }
        if block[4..6] != BLOCK.to_le_bytes() {
            return Err("a block has another length than 1024");
        }
    }
    Ok(())
}
