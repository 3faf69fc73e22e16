//! The recording container: Sun AU, 16-bit PCM, 16 kHz, mono, open length.
//!
//! **Never:** listens.

/// Magic, header length, open data length, encoding 3 (16-bit PCM), rate, channels, all big-endian.
const HEADER: [u8; 24] = [
    b'.', b's', b'n', b'd', 0, 0, 0, 24, 0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 3, 0, 0, 0x3E, 0x80, 0,
    0, 0, 1,
];

/// Length of the header.
pub const HEADER_LENGTH: usize = HEADER.len();

/// Checks a whole recording; the error is the rule that it breaks.
pub fn check(file: &[u8]) -> Result<(), &'static str> {
    let Some(samples) = file.strip_prefix(&HEADER) else {
        return Err("not a recording of 16-bit sound at 16 kHz");
    };
    if samples.len().is_multiple_of(2) { Ok(()) } else { Err("half a sample at the end") }
}
