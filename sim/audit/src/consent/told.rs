//! What a still on the card tells beside its picture, against the pilot's switches.
//!
//! **Never:** judges the form of what is told; that is for the decoder.

use crate::alarm::{Alarm, Detector};
use crate::case::{Case, still_number};
use crate::decode::exif::{self, Exif};
use evidence::scenario::Setting;
use evidence::{Class, Link, Recipient};

/// Where the block with what is told begins: behind the start of the image and its JFIF block.
const BLOCK_AT: usize = 20;
const NAME: &[u8] = b"Exif\0\0";

/// What a picture tells, as soon as its block is whole.
pub fn told(picture: &[u8]) -> Option<Exif> {
    let block = picture.get(BLOCK_AT..)?.strip_prefix(&[0xFF, 0xE1])?;
    let length = usize::from(u16::from_be_bytes([*block.first()?, *block.get(1)?]));
    exif::read(block.get(2..length)?.strip_prefix(NAME)?).ok()
}

/// Raises an alarm for each still that tells more than the pilot has switched on.
pub fn on_the_card(case: &Case<'_>, alarms: &mut Vec<Alarm>) {
    for life in &case.lives {
        let (Some(number), Some(told)) = (still_number(life.path), told(&life.bytes)) else {
            continue;
        };
        let is_granted = |class| {
            let mandate = &case.evidence.truth.mandate;
            mandate.allows(class, number, Recipient::Card, life.born)
                || case.was_commanded(class, number, life.born)
        };
        let numbered = told.serial.is_some() || told.maker_note.is_some();
        for (class, is_told, switch) in [
            (Class::Position, told.place_e7.is_some(), Setting::CamGeotag),
            (Class::Device, numbered, Setting::CamSerial),
        ] {
            if is_told && !is_granted(class) {
                let shown = format!("{} tells its {class} and may not", life.path);
                let alarm = Alarm::new(Detector::CON, Some(class), Link::Card, life.born, &shown);
                alarms.push(alarm.under(Some(switch)));
            }
        }
    }
}
