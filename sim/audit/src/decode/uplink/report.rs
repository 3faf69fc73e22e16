//! A report on health: one line of JSON with listed fields in their one order and spelling.
//!
//! **Never:** accepts a field, a space or a number in another form.

use evidence::Cell;

/// Where reports go.
pub const PATH: &str = "/v1/reports";

const FAULTS: [&str; 6] = ["crash", "gnss", "battery", "card", "link", "redirect"];
const FLIGHTS_MAX: u32 = 99;
const MINUTES_MAX: u32 = 600;

/// What a report says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report<'a> {
    /// Number of the report, 32 digits in hex.
    pub id: &'a str,
    /// Version of the firmware.
    pub software: &'a str,
    /// Where it is; none where there is no fix.
    pub cell: Option<Cell>,
    /// Take-offs since power-on.
    pub flights: u32,
    /// Whole minutes in the air.
    pub minutes: u32,
    /// Whether it tells of a crash.
    pub is_crash: bool,
}

/// Reads a body; nothing where it is not exactly of the form.
pub fn read(body: &[u8]) -> Option<Report<'_>> {
    let rest = std::str::from_utf8(body).ok()?;
    let rest = rest.strip_prefix("{\"schema\":\"hushwing.report/1\",\"report\":\"")?;
    let (id, rest) = rest.split_once("\",\"kind\":\"")?;
    let (kind, rest) = rest.split_once("\",\"software\":\"")?;
    let (software, rest) = rest.split_once("\",\"cell\":\"")?;
    let (cell, rest) = rest.split_once("\",\"boots\":1,\"flights\":")?;
    let (flights, rest) = rest.split_once(",\"minutes\":")?;
    let (minutes, rest) = rest.split_once(",\"faults\":[")?;
    let faults = rest.strip_suffix("]}")?;
    let is_hex = id.len() == 32 && id.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
    let is_version = software.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    let is_crash = match kind {
        "health" => false,
        "crash" => true,
        _ => return None,
    };
    let cell = match cell {
        "none" => None,
        cell => Some(super::cell(cell)?),
    };
    let names: Vec<&str> = if faults.is_empty() { Vec::new() } else { faults.split(',').collect() };
    let mut told = Vec::new();
    for name in names {
        let name = name.strip_prefix('"')?.strip_suffix('"')?;
        let is_new = FAULTS.contains(&name) && !told.contains(&name);
        is_new.then(|| told.push(name))?;
    }
    let (flights, minutes) = (number(flights, FLIGHTS_MAX)?, number(minutes, MINUTES_MAX)?);
    (is_hex && is_version).then_some(Report { id, software, cell, flights, minutes, is_crash })
}

/// A number in its shortest spelling, up to a bound.
fn number(text: &str, most: u32) -> Option<u32> {
    let number: u32 = text.parse().ok()?;
    (number <= most && number.to_string() == text).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn one_spelling_is_read_and_no_other() {
        let good = "{\"schema\":\"hushwing.report/1\",\"report\":\"00112233445566778899aabbccddeeff\",\
            \"kind\":\"health\",\"software\":\"0.1.0\",\"cell\":\"1619-1265\",\"boots\":1,\
            \"flights\":2,\"minutes\":3,\"faults\":[\"gnss\",\"link\"]}";
        let report = read(good.as_bytes()).expect("it is as it should be");
        assert_eq!((report.flights, report.minutes, report.is_crash), (2, 3, false));
        assert_eq!(report.cell.map(|cell| cell.to_string()).as_deref(), Some("1619-1265"));
        for (from, to, is_read) in [
            ("1619-1265", "none", true),
            ("health", "crash", true),
            ("\"gnss\",\"link\"", "", true),
            ("1619-1265", "01619-1265", false),
            ("1619-1265", "9999-1", false),
            ("eeff", "eefF", false),
            ("eeff", "eef", false),
            ("\"flights\":2", "\"flights\": 2", false),
            ("\"flights\":2", "\"flights\":02", false),
            ("\"boots\":1", "\"boots\":2", false),
            ("gnss", "home", false),
            ("\"link\"", "\"gnss\"", false),
            ("]}", "]} ", false),
            ("0.1.0", "0.1.0 for Ada", false),
        ] {
            let report = good.replace(from, to);
            assert_eq!(read(report.as_bytes()).is_some(), is_read, "{from} as {to}");
        }
    }
}
