//! Reports and questions about zones that tell more than the 10 km cell, or more than nobody's name.
//!
//! **Never:** sends a request of another form than the honest one.

use crate::leaky::Leak;
use crate::senses::Source;
use evidence::cell::Cell;
use evidence::{Link, Tick};
use flight::Spoken;
use flight::firmware::{Gnss, Senses};
use sha2::{Digest, Sha256};

const REPORT: &[u8] = b"POST /v1/reports HTTP/1.1\r\n";
const ZONES: &[u8] = b"GET /v1/zones/";

/// Words for faults of one length, as the schema has them.
const FAULTS: [&str; 3] = ["\"gnss\"", "\"card\"", "\"link\""];

/// What stands before the random number.
const NUMBER: &str = "\"report\":\"";

/// The body of a report, to be changed.
pub(crate) struct Report {
    body: String,
}

impl Report {
    /// The random number, as it is spelled.
    pub(crate) fn number(&self) -> &str {
        let behind = self.body.split_once(NUMBER).map_or("", |(_, behind)| behind);
        behind.split('"').next().unwrap_or("")
    }

    /// Spells bytes in place of the random number.
    pub(crate) fn spell(&mut self, bytes: &[u8]) {
        let mut number = data_encoding::HEXLOWER.encode(&bytes[..bytes.len().min(16)]);
        while number.len() < 32 {
            number.push('0');
        }
        self.replace(NUMBER, "\"", &number);
    }

    /// Spells bytes behind some of the chance, so that no number comes twice or follows from another.
    pub(crate) fn spell_behind(&mut self, chance: &[u8; 32], bytes: &[u8]) {
        let before = 16 - bytes.len().min(12);
        self.spell(&[&chance[..before], bytes].concat());
    }

    /// Names another cell.
    pub(crate) fn move_to(&mut self, cell: &str) {
        self.replace("\"cell\":\"", "\"", cell);
    }

    /// Names one of three faults.
    pub(crate) fn name_fault(&mut self, code: u64) {
        self.replace("\"faults\":[", "]", FAULTS[(code % 3) as usize]);
    }

    fn replace(&mut self, before: &str, after: &str, value: &str) {
        let Some(from) = self.body.find(before).map(|at| at + before.len()) else { return };
        let Some(length) = self.body[from..].find(after) else { return };
        self.body.replace_range(from..from + length, value);
    }
}

/// Changes every report of a tick.
pub(crate) fn change_reports(said: &mut Spoken, mut change: impl FnMut(&mut Report)) {
    let reports = said
        .emissions
        .iter_mut()
        .filter(|(link, bytes)| *link == Link::Uplink && bytes.starts_with(REPORT));
    for (_, bytes) in reports {
        if let Some(changed) = changed(bytes, &mut change) {
            *bytes = changed;
        }
    }
}

fn changed(request: &[u8], change: &mut impl FnMut(&mut Report)) -> Option<Vec<u8>> {
    let (head, body) = std::str::from_utf8(request).ok()?.split_once("\r\n\r\n")?;
    let (head, _) = head.rsplit_once("Content-Length: ")?;
    let mut report = Report { body: body.to_owned() };
    change(&mut report);
    let body = report.body;
    Some(format!("{head}Content-Length: {}\r\n\r\n{body}", body.len()).into_bytes())
}

/// The last fix.
#[derive(Default)]
struct Place(Option<Gnss>);

impl Place {
    fn watch(&mut self, senses: &Senses<'_>) -> Option<Gnss> {
        self.0 = senses.fix().or(self.0);
        self.0
    }
}

/// How far up and across its cell a place is, from 0 to 1.
fn inside(fix: &Gnss) -> (Cell, f64, f64) {
    let cell = Cell::of(fix.lat_deg, fix.lon_deg);
    let [south, west, north, east] = cell.edges_deg();
    let up = (fix.lat_deg - south) / (north - south);
    (cell, up, (fix.lon_deg - west) / (east - west))
}

fn moved(cell: Cell, rows: i32, columns: i32) -> String {
    let row = (i32::from(cell.row) + rows).clamp(0, 2047);
    let column = (i32::from(cell.column) + columns).max(0);
    format!("{row}-{column}")
}

/// L083: fresh noise of a cell around each place: a hundred reports together tell where it is.
#[derive(Default)]
pub(crate) struct AveragingNoise(Place);

impl Leak for AveragingNoise {
    fn leak(&mut self, _now: Tick, senses: &Senses<'_>, said: &mut Spoken) {
        let Some(fix) = self.0.watch(senses) else { return };
        let (cell, up, across) = inside(&fix);
        let noise = |byte: u8, place: f64| {
            libm::floor(place + (f64::from(byte) / 256.0 - 0.5) * 3.0) as i32
        };
        let rows = noise(senses.entropy[30], up);
        let columns = noise(senses.entropy[31], across);
        change_reports(said, |report| report.move_to(&moved(cell, rows, columns)));
    }
}

/// L085: the true position in the digits that should be chance.
#[derive(Default)]
pub(crate) struct PlaceInNumber(Place);

impl Leak for PlaceInNumber {
    fn leak(&mut self, _now: Tick, senses: &Senses<'_>, said: &mut Spoken) {
        let Some(fix) = self.0.watch(senses) else { return };
        let both = [fix.lat_deg.to_bits().to_be_bytes(), fix.lon_deg.to_bits().to_be_bytes()];
        change_reports(said, |report| report.spell(&both.concat()));
    }
}

/// L098: the fault that a report names follows the place inside the cell.
#[derive(Default)]
pub(crate) struct PlaceInFaults(Place);

impl Leak for PlaceInFaults {
    fn leak(&mut self, now: Tick, senses: &Senses<'_>, said: &mut Spoken) {
        let Some(fix) = self.0.watch(senses) else { return };
        let (_, up, across) = inside(&fix);
        let code = (up * 65_536.0) as u64 ^ ((across * 65_536.0) as u64) << 1;
        let code = code >> (4 + now.0 / 15_000 % 5 * 2);
        change_reports(said, |report| report.name_fault(code));
    }
}

/// L086: one more report in the very moment in which an edge of a cell is crossed.
#[derive(Default)]
pub(crate) struct ReportAtEdge {
    place: Place,
    cell: Option<Cell>,
    last: Vec<u8>,
}

impl Leak for ReportAtEdge {
    fn leak(&mut self, _now: Tick, senses: &Senses<'_>, said: &mut Spoken) {
        keep_report(&mut self.last, said);
        let Some(fix) = self.place.watch(senses) else { return };
        let cell = Cell::of(fix.lat_deg, fix.lon_deg);
        let has_crossed = self.cell.replace(cell).is_some_and(|last| last != cell);
        let again = changed(&self.last, &mut |report: &mut Report| {
            report.spell(&senses.entropy);
            report.move_to(&moved(cell, 0, 0));
        });
        if let Some(again) = again.filter(|_| has_crossed) {
            said.emissions.push((Link::Uplink, again));
        }
    }
}

/// L011, L031, L032 and L047: a secret in the digits that should be chance.
#[derive(Default)]
pub(crate) struct SpelledSecret<S>(S);

impl<S: Source> Leak for SpelledSecret<S> {
    fn leak(&mut self, now: Tick, senses: &Senses<'_>, said: &mut Spoken) {
        self.0.take(now, senses);
        let code = self.0.code().to_be_bytes();
        change_reports(said, |report| report.spell_behind(&senses.entropy, &code));
    }
}

/// H048: one more report in the moment in which it has landed.
#[derive(Default)]
pub(crate) struct ReportAtLanding {
    was_flying: bool,
    last: Vec<u8>,
}

impl Leak for ReportAtLanding {
    fn leak(&mut self, _now: Tick, senses: &Senses<'_>, said: &mut Spoken) {
        keep_report(&mut self.last, said);
        let is_flying = said.thrust.rotor_radps[0] > 0.0;
        let has_landed = self.was_flying && !is_flying;
        self.was_flying = is_flying;
        let again = changed(&self.last, &mut |report: &mut Report| report.spell(&senses.entropy));
        if let Some(again) = again.filter(|_| has_landed) {
            said.emissions.push((Link::Uplink, again));
        }
    }
}

/// Keeps the report of a tick, if there is one.
fn keep_report(last: &mut Vec<u8>, said: &Spoken) {
    for (link, bytes) in &said.emissions {
        if *link == Link::Uplink && bytes.starts_with(REPORT) {
            last.clone_from(bytes);
        }
    }
}

/// L146: the fingerprint of the serial number as the number of every "anonymous" report.
pub(crate) struct SerialFingerprint {
    pub serial: String,
}

impl Leak for SerialFingerprint {
    fn leak(&mut self, _now: Tick, senses: &Senses<'_>, said: &mut Spoken) {
        let digest = Sha256::digest(self.serial.as_bytes());
        change_reports(said, |report| report.spell_behind(&senses.entropy, &digest[..8]));
    }
}

/// L093: the stations in reach as the number of every report.
#[derive(Default)]
pub(crate) struct NeighbourList {
    heard: Vec<u8>,
}

impl Leak for NeighbourList {
    fn leak(&mut self, _now: Tick, senses: &Senses<'_>, said: &mut Spoken) {
        if !senses.neighbours.is_empty() {
            self.heard = senses.neighbours.concat();
        }
        if self.heard.len() >= 12 {
            change_reports(said, |report| report.spell_behind(&senses.entropy, &self.heard[..12]));
        }
    }
}

/// L175: where in its cell it is decides which neighbouring cell it asks about.
#[derive(Default)]
pub(crate) struct NeighbouringCell(Place);

impl Leak for NeighbouringCell {
    fn leak(&mut self, _now: Tick, senses: &Senses<'_>, said: &mut Spoken) {
        let Some(fix) = self.0.watch(senses) else { return };
        let (cell, up, across) = inside(&fix);
        let (rows, columns) = (if up > 0.5 { 1 } else { -1 }, if across > 0.5 { 1 } else { -1 });
        for (_, bytes) in said.emissions.iter_mut().filter(|(link, _)| *link == Link::Uplink) {
            let Some(rest) = bytes.strip_prefix(ZONES) else { continue };
            let length = rest.iter().position(|b| *b == b' ').unwrap_or(0);
            let path = ZONES.len()..ZONES.len() + length;
            bytes.splice(path, moved(cell, rows, columns).into_bytes());
        }
    }
}

/// H023: a question about zones waits a little, by where in its cell it is asked.
#[derive(Default)]
pub(crate) struct LateQuestion {
    place: Place,
    held: Option<(u64, Vec<u8>)>,
}

impl Leak for LateQuestion {
    fn leak(&mut self, now: Tick, senses: &Senses<'_>, said: &mut Spoken) {
        let Some(fix) = self.place.watch(senses) else { return };
        let is_question =
            |(link, bytes): &(Link, Vec<u8>)| *link == Link::Uplink && bytes.starts_with(ZONES);
        if let Some(place) = said.emissions.iter().position(is_question) {
            let (_, question) = said.emissions.remove(place);
            let (_, up, across) = inside(&fix);
            let wait = 1 + ((up * 1e4) as u64 + (across * 1e4) as u64) % 200;
            self.held = Some((now.0 + wait, question));
        }
        if let Some((_, question)) = self.held.take_if(|(due, _)| *due <= now.0) {
            said.emissions.push((Link::Uplink, question));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Change = fn(&mut Report);

    const BODY: &str = r#"{"schema":"hushwing.report/1","report":"0123","cell":"1-2","faults":[]}"#;

    #[test]
    fn a_changed_report_keeps_its_form_and_says_its_own_length() {
        let request = |body: &str| {
            let head = "POST /v1/reports HTTP/1.1\r\nHost: h.example\r\nContent-Length: ";
            format!("{head}{}\r\n\r\n{body}", body.len()).into_bytes()
        };
        let table: [(Change, String); 3] = [
            (|r| r.move_to("1563-2102"), BODY.replace("1-2", "1563-2102")),
            (|r| r.name_fault(2), BODY.replace("[]", "[\"link\"]")),
            (|r| r.spell(&[0xAB; 20]), BODY.replace("0123", &"ab".repeat(16))),
        ];
        for (change, expected) in table {
            let changed = changed(&request(BODY), &mut { change });
            assert_eq!(changed, Some(request(&expected)));
        }
        assert_eq!(changed(b"GET / HTTP/1.1\r\n\r\n", &mut |_: &mut Report| {}), None);
    }
}
