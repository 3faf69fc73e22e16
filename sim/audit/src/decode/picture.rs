//! What a picture says of itself, against what it may: on the card as the pilot's switches have it, elsewhere as
//! grants have it.
//!
//! **Never:** lets a text or a time through that says more than the list.

use super::Faults;
use super::exif::{self, Exif};
use super::jpeg::{Fault, Form, Picture};
use super::matroska::Films;
use crate::case::Case;
use crate::place::{METRES_PER_DEGREE, truth_at};
use evidence::scenario::Setting;
use evidence::{ClaimId, Class, Link, Recipient, TICKS_PER_S, Tick};
use std::rc::Rc;

type Read = Rc<Result<Picture, Fault>>;

const MAKE: &[u8] = b"Hushwing";
const MODEL: &[u8] = b"Camera quad";
/// A picture is written within this time after it was taken.
const LATE_S: u64 = 3;
/// How far a fix may be off, with what the vehicle flies until the next.
const OFF_M: f64 = 60.0;

/// Checks what a still on the card says of itself.
pub fn exif_as_taken(
    case: &Case<'_>,
    films: &mut Films,
    number: u32,
    read: &Read,
    file: &[u8],
    faults: &mut Faults<'_>,
) {
    let Some((tiff, said)) = said(read, file, faults) else { return };
    common(&said, faults);
    let tick = faults.tick;
    let software = said.software.as_deref();
    let is_true = software.is_none_or(|version| version == case.power.version(tick).as_bytes());
    faults.must(is_true, "EXIF names another software than this");
    for date in &said.dates {
        let earliest = tick.0.saturating_sub(LATE_S * TICKS_PER_S) / TICKS_PER_S;
        let mut seconds = earliest..=tick.0 / TICKS_PER_S;
        faults.must(seconds.any(|s| date_of(s) == *date), "EXIF names another time than this");
    }
    let is_granted = |class| {
        case.evidence.truth.mandate.allows(class, number, Recipient::Card, tick)
            || case.was_commanded(class, number, tick)
    };
    place(case, &said, is_granted(Class::Position), Some(Setting::CamGeotag), faults);
    if (said.serial.is_some() || said.maker_note.is_some()) && !is_granted(Class::Device) {
        let rule = "a still tells its camera's number though that is not switched on";
        under(Some(Setting::CamSerial), faults, |f| f.wrong(Some(Class::Device), None, rule));
    }
    let serial = case.evidence.truth.canaries.iter().find(|c| c.subject == "serial");
    let notes = [&said.serial, &said.maker_note];
    let is_serial = notes.into_iter().flatten().all(|note| {
        serial.is_none_or(|serial| {
            let at = note.windows(serial.needle.len().max(1)).position(|w| w == serial.needle);
            at.is_some_and(|at| note.len() <= serial.needle.len() + 16 && at <= 16)
        })
    });
    faults.must(is_serial, "EXIF has something else for a serial number");
    thumbnail(case, films, Form::Thumbnail, tiff, &said, file, faults);
}

/// Checks what a shared still says of itself.
pub fn exif_of_shared(
    case: &Case<'_>,
    films: &mut Films,
    number: u32,
    to: Recipient,
    read: &Read,
    file: &[u8],
    faults: &mut Faults<'_>,
) {
    let Some((tiff, said)) = said(read, file, faults) else { return };
    common(&said, faults);
    let tells = said.software.is_some() || !said.dates.is_empty();
    faults.must(!tells, "a shared still tells its time or software");
    // It was asked whether it may when the copy was made, which is some time before its last part.
    let grants = case.evidence.truth.mandate.grants.iter();
    let is_granted = grants.clone().any(|grant| {
        (grant.category, grant.object, grant.recipient) == (Class::Position, number, to)
            && grant.given_at <= faults.tick
    });
    place(case, &said, is_granted, None, faults);
    if said.serial.is_some() || said.maker_note.is_some() {
        faults.wrong(Some(Class::Device), None, "a shared still tells its camera's number");
    }
    thumbnail(case, films, Form::SharedThumbnail, tiff, &said, file, faults);
}

fn said(read: &Read, file: &[u8], faults: &mut Faults<'_>) -> Option<(usize, Exif)> {
    let Ok(picture) = read.as_ref() else { return None };
    let tiff = picture.tiff.clone()?;
    match exif::read(&file[tiff.clone()]) {
        Ok(said) => Some((tiff.start, said)),
        Err(rule) => {
            faults.unlisted(None, rule);
            None
        }
    }
}

fn common(said: &Exif, faults: &mut Faults<'_>) {
    let is_make = said.make.as_deref().is_none_or(|make| make == MAKE);
    let is_model = said.model.as_deref().is_none_or(|model| model == MODEL);
    faults.must(is_make && is_model, "EXIF names another camera");
}

fn place(
    case: &Case<'_>,
    said: &Exif,
    is_granted: bool,
    switch: Option<Setting>,
    faults: &mut Faults<'_>,
) {
    let Some((north_e7, east_e7)) = said.place_e7 else { return };
    if !is_granted {
        let rule = "a picture tells its place and may not";
        let about = (faults.link == Link::Uplink).then_some(ClaimId::DiagCoarse);
        under(switch, faults, |f| f.wrong(Some(Class::Position), about, rule));
    }
    let Some((lat_deg, lon_deg)) = truth_at(case, faults.tick).filter(|_| switch.is_some()) else {
        return;
    };
    let (north, east) = (north_e7 as f64 / 1e7 - lat_deg, east_e7 as f64 / 1e7 - lon_deg);
    let east = east * libm::cos(lat_deg.to_radians());
    let is_near = (north * north + east * east).sqrt() * METRES_PER_DEGREE <= OFF_M;
    faults.must(is_near, "EXIF names another place than this");
}

fn under(switch: Option<Setting>, faults: &mut Faults<'_>, raise: impl FnOnce(&mut Faults<'_>)) {
    let before = std::mem::replace(&mut faults.switch, switch);
    raise(faults);
    faults.switch = before;
}

fn thumbnail(
    case: &Case<'_>,
    films: &mut Films,
    form: Form,
    tiff: usize,
    said: &Exif,
    file: &[u8],
    faults: &mut Faults<'_>,
) {
    let Some(range) = &said.thumbnail else { return };
    let small = &file[tiff + range.start..tiff + range.end];
    match films.pictures.check(case.memo, form, small) {
        Err(fault) => faults.unlisted(None, &format!("a thumbnail: {fault}")),
        Ok(_) => {
            let is_same = || crate::consent::is_small_copy(small, file);
            let is_same = case.memo.likeness(small, file, is_same);
            if !is_same {
                faults.wrong(Some(Class::Imagery), None, "a thumbnail shows another picture");
            }
        }
    }
}

/// The date and time that is so many seconds after the first power-on.
fn date_of(seconds: u64) -> Vec<u8> {
    let (day, rest) = (1 + seconds / 86_400, seconds % 86_400);
    format!("2026:01:{day:02} {:02}:{:02}:{:02}", rest / 3600, rest / 60 % 60, rest % 60)
        .into_bytes()
}

/// When a still was taken, at the earliest.
pub fn earliest(tick: Tick) -> Tick {
    Tick(tick.0.saturating_sub(LATE_S * TICKS_PER_S))
}
