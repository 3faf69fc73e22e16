//! One HTTP/1.1 reply, read as strictly as it can be: what is not exactly right is garbage.
//!
//! **Never:** obeys a body; follows a redirect to a host that is not declared, to another path or port; panics.

use crate::data::names::Host;

/// Longest head of a reply, bytes.
const HEAD_MAX: usize = 1024;
/// Longest body of a reply, bytes.
const BODY_MAX: usize = 4096;

/// What a server said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reply<'a> {
    /// 2xx.
    Good(&'a [u8]),
    /// 307 or 308: ask that declared host the same.
    Elsewhere(Host),
    /// 307 or 308 to a place where we do not go.
    Astray,
    /// Anything else.
    Bad,
}

/// Reads the reply to a request for `path`.
pub(super) fn read<'a>(bytes: &'a [u8], path: &str) -> Reply<'a> {
    parse(bytes, path).unwrap_or(Reply::Bad)
}

fn parse<'a>(bytes: &'a [u8], path: &str) -> Option<Reply<'a>> {
    let end = bytes.windows(4).take(HEAD_MAX).position(|four| four == b"\r\n\r\n")?;
    let head = core::str::from_utf8(&bytes[..end]).ok()?;
    let body = &bytes[end + 4..];
    let mut lines = head.split("\r\n");
    let code = code(lines.next()?)?;
    let (mut length, mut location) = (None, None);
    for line in lines {
        let (name, value) = line.split_once(':')?;
        let value = value.trim_matches(' ');
        let place = if name.eq_ignore_ascii_case("Content-Length") {
            &mut length
        } else if name.eq_ignore_ascii_case("Location") {
            &mut location
        } else {
            continue;
        };
        // Who says it twice may mean two things.
        if place.replace(value).is_some() {
            return None;
        }
    }
    // What follows the body is an answer that nobody here has asked for.
    let body = body.get(..number(length?).filter(|&length| length <= BODY_MAX)?)?;
    match code {
        200..=299 => Some(Reply::Good(body)),
        307 | 308 => Some(host(location?, path).map_or(Reply::Astray, Reply::Elsewhere)),
        _ => None,
    }
}

/// `HTTP/1.1 307 Temporary Redirect` → 307.
fn code(line: &str) -> Option<u16> {
    let rest = line.strip_prefix("HTTP/1.1 ")?.as_bytes();
    let is_code = rest.len() >= 3 && rest[..3].iter().all(u8::is_ascii_digit);
    let is_apart = rest.get(3).is_none_or(|&next| next == b' ');
    (is_code && is_apart)
        .then(|| rest[..3].iter().fold(0, |n, digit| n * 10 + u16::from(digit - b'0')))
}

/// A plain decimal of at most six digits.
fn number(digits: &str) -> Option<usize> {
    let is_plain = (1..=6).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    is_plain.then(|| digits.parse().ok())?
}

/// The declared host of a location that differs from what was asked in the host alone.
fn host(location: &str, path: &str) -> Option<Host> {
    let rest = location.strip_prefix("https://").or_else(|| location.strip_prefix("http://"))?;
    Host::named(rest.strip_suffix(path)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::format;
    use alloc::vec::Vec;
    use proptest::prelude::*;

    const PATH: &str = "/v1/logs/1/0";

    #[test]
    fn a_reply_is_exactly_right_or_garbage() {
        let moved = |to: &str| {
            format!(
                "HTTP/1.1 307 Temporary Redirect\r\nLocation: {to}\r\nContent-Length: 0\r\n\r\n"
            )
        };
        let astray = |to: &str| (moved(to), Reply::Astray);
        for (text, expected) in [
            ("HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n".into(), Reply::Good(b"")),
            ("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nhi".into(), Reply::Good(b"hi")),
            ("HTTP/1.1 200\r\nContent-Length: 0\r\n\r\n".into(), Reply::Good(b"")),
            ("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nhi".into(), Reply::Bad),
            ("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nhi".into(), Reply::Good(b"h")),
            ("HTTP/1.1 200 OK\r\nContent-Length: 4097\r\n\r\n".into(), Reply::Bad),
            ("HTTP/1.1 200 OK\r\nContent-Length: +2\r\n\r\nhi".into(), Reply::Bad),
            ("HTTP/1.1 200 OK\r\n\r\n".into(), Reply::Bad),
            ("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nContent-Length: 0\r\n\r\n".into(), Reply::Bad),
            ("HTTP/1.1 2000 OK\r\nContent-Length: 0\r\n\r\n".into(), Reply::Bad),
            ("HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n".into(), Reply::Bad),
            ("HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n".into(), Reply::Bad),
            ("HTTP/1.1 302 Found\r\nLocation: https://intake2.hushwing.example/v1/logs/1/0\r\nContent-Length: 0\r\n\r\n".into(), Reply::Bad),
            ("HTTP/1.1 307 Moved\r\nContent-Length: 0\r\n\r\n".into(), Reply::Bad),
            (moved("https://intake2.hushwing.example/v1/logs/1/0"), Reply::Elsewhere(Host::Intake2)),
            (moved("http://intake2.hushwing.example/v1/logs/1/0"), Reply::Elsewhere(Host::Intake2)),
            astray("https://collector.example/v1/logs/1/0"),
            astray("https://intake2.hushwing.example/v1/logs/2/0"),
            astray("https://intake2.hushwing.example:8443/v1/logs/1/0"),
            astray("https://intake2.hushwing.example@collector.example/v1/logs/1/0"),
            astray("https://intake2.hushwing.example.collector.example/v1/logs/1/0"),
            astray("https://intake2.hushwing.example/v1/logs/1/0?log=2"),
            astray("//intake2.hushwing.example/v1/logs/1/0"),
            astray("/v1/logs/1/0"),
            ("hello".into(), Reply::Bad),
        ] {
            let text: alloc::string::String = text;
            assert_eq!(read(text.as_bytes(), PATH), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_bytes_lead_astray_or_bring_harm(bytes in proptest::collection::vec(any::<u8>(), 0..2000)) {
            read(&bytes, PATH);
        }

        /// What is close to a redirect, but names another host, is never followed.
        #[test]
        fn no_location_leads_to_a_host_that_is_not_declared(
            scheme in "(https?|ftp|HTTP)",
            host in "[a-z0-9.@:%/-]{0,40}(hushwing\\.example)?",
            path in "(/v1/logs/1/0)?[a-z?#/]{0,6}",
            code in 300..310_u16,
        ) {
            let location = format!("{scheme}://{host}{path}");
            let text = format!("HTTP/1.1 {code} X\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n");
            if let Reply::Elsewhere(found) = read(text.as_bytes(), PATH) {
                let declared = ["https", "http"].map(|s| format!("{s}://{}{PATH}", found.name()));
                prop_assert!(declared.contains(&location), "{}", location);
            }
        }

        /// Any change of one byte of a good redirect keeps to declared hosts, for a `Host` can be nothing else, and to
        /// the same path, whatever the change.
        #[test]
        fn a_damaged_redirect_is_followed_only_where_it_still_is_right(at in any::<prop::sample::Index>(), to in any::<u8>()) {
            let text = format!(
                "HTTP/1.1 307 Temporary Redirect\r\nLocation: https://intake2.hushwing.example{PATH}\r\nContent-Length: 0\r\n\r\n"
            );
            let mut bytes: Vec<u8> = text.into_bytes();
            let place = at.index(bytes.len());
            bytes[place] = to;
            if let Reply::Elsewhere(found) = read(&bytes, PATH) {
                let wanted = format!("{}{PATH}\r\n", found.name());
                prop_assert!(bytes.windows(wanted.len()).any(|w| w == wanted.as_bytes()));
            }
        }
    }
}
