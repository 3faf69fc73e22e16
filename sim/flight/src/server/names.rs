//! The name server (RFC 1035): it knows the maker's four hosts, and nobody else's.
//!
//! **Never:** answers what is no question for one name; gives an address outside the network for documentation.

/// The hosts, each with the last number of its address in 192.0.2.0/24.
const HOSTS: [(&str, u8); 4] = [
    ("intake.hushwing.example", 10),
    ("intake2.hushwing.example", 11),
    ("updates.hushwing.example", 12),
    ("zones.hushwing.example", 13),
];
const HEADER: usize = 12;
/// Response, recursion desired and available; the second one also: no such name.
const FOUND: [u8; 2] = [0x81, 0x80];
const NO_SUCH_NAME: [u8; 2] = [0x81, 0x83];
/// The name of the question, type A, class IN, for a minute, four bytes.
const RECORD: [u8; 12] = [0xC0, 0x0C, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4];

/// The answer to a question; none where the bytes are no question.
pub(super) fn answer(bytes: &[u8]) -> Option<Vec<u8>> {
    let (header, question) = bytes.split_at_checked(HEADER)?;
    // One question and nothing else.
    if header[4..] != [0, 1, 0, 0, 0, 0, 0, 0] || header[2] & 0x80 != 0 {
        return None;
    }
    let (name, length) = name(question)?;
    let question = question.get(..length + 4)?;
    let found = HOSTS.iter().find(|(host, _)| *host == name);
    let flags = if found.is_some() { FOUND } else { NO_SUCH_NAME };
    let counts = [0, 1, 0, u8::from(found.is_some()), 0, 0, 0, 0];
    let mut answer = [&header[..2], &flags, &counts, question].concat();
    if let Some((_, last)) = found {
        answer.extend_from_slice(&RECORD);
        answer.extend_from_slice(&[192, 0, 2, *last]);
    }
    Some(answer)
}

/// The name that a question begins with, and its length in labels.
fn name(question: &[u8]) -> Option<(String, usize)> {
    let (mut name, mut at) = (String::new(), 0);
    loop {
        let length = usize::from(*question.get(at)?);
        at += 1;
        if length == 0 {
            return Some((name, at));
        }
        let label = std::str::from_utf8(question.get(at..at + length)?).ok()?;
        if length > 63 || name.len() + length > 253 {
            return None;
        }
        if !name.is_empty() {
            name.push('.');
        }
        name.push_str(label);
        at += length;
    }
}
