//! A look-up of a name (RFC 1035): one question for one address, and nothing that it need not hold.
//!
//! **Never:** follows a compressed name; a query has no need of one.

const HEADER: usize = 12;
/// Recursion desired; one question, no answers, no more.
const FLAGS_AND_COUNTS: [u8; 10] = [1, 0, 0, 1, 0, 0, 0, 0, 0, 0];
/// An address, in the Internet.
const TYPE_AND_CLASS: [u8; 4] = [0, 1, 0, 1];

/// A look-up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LookUp {
    /// Its number.
    pub id: u16,
    /// The name that it asks for.
    pub name: String,
}

/// Whether bytes look like a look-up, right or wrong: no request begins so.
pub fn is_look_up(bytes: &[u8]) -> bool {
    bytes.len() > HEADER && bytes[4..12] == FLAGS_AND_COUNTS[2..] && bytes[2] & 0x80 == 0
}

/// Reads a look-up; nothing where it is not exactly of the form.
pub fn read(bytes: &[u8]) -> Option<LookUp> {
    let (header, mut rest) = bytes.split_at_checked(HEADER)?;
    if header[2..] != FLAGS_AND_COUNTS {
        return None;
    }
    let mut labels = Vec::new();
    loop {
        let (length, after) = rest.split_first()?;
        if *length == 0 {
            rest = after;
            break;
        }
        if *length > 63 || labels.len() > 8 {
            return None;
        }
        let (label, after) = after.split_at_checked(usize::from(*length))?;
        let is_plain = |b: &u8| b.is_ascii_lowercase() || b.is_ascii_digit() || *b == b'-';
        if !label.iter().all(is_plain) {
            return None;
        }
        labels.push(std::str::from_utf8(label).ok()?);
        rest = after;
    }
    let id = u16::from_be_bytes([header[0], header[1]]);
    (rest == TYPE_AND_CLASS && !labels.is_empty()).then(|| LookUp { id, name: labels.join(".") })
}

#[cfg(test)]
pub mod tests {
    use super::*;

    /// A look-up as it should be.
    pub fn query(id: u16, name: &str) -> Vec<u8> {
        let mut query = id.to_be_bytes().to_vec();
        query.extend(FLAGS_AND_COUNTS);
        for label in name.split('.') {
            query.push(label.len() as u8);
            query.extend(label.as_bytes());
        }
        query.push(0);
        query.extend(TYPE_AND_CLASS);
        query
    }

    #[test]
    fn a_question_for_one_address_is_read_and_nothing_else() {
        let good = query(7, "updates.hushwing.example");
        let name = "updates.hushwing.example".to_owned();
        assert_eq!(read(&good), Some(LookUp { id: 7, name }));
        for (at, to) in
            [(2, 0), (3, 1), (5, 2), (11, 1), (12, 200), (13, b'U'), (good.len() - 1, 3)]
        {
            let mut bent = good.clone();
            bent[at] = to;
            assert_eq!(read(&bent), None, "byte {at} as {to}");
        }
        assert_eq!(read(&good[..good.len() - 1]), None);
        assert_eq!(read(&[good.as_slice(), b"!"].concat()), None);
        assert!(is_look_up(&good) && !is_look_up(b"GET /v1/updates/0.1.0 HTTP/1.1"));
    }
}
