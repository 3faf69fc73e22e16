//! Stills on command: the picture as taken goes to the card; a scrubbed copy waits in case the pilot shares it.
//!
//! **Never:** looks at a frame without a command; keeps an unscrubbed picture; counts or compares faces.

use super::scrub::cover;
use crate::gate::{Parcel, Scrubbed, Still};
use crate::senses::Frame;
use alloc::collections::VecDeque;
use alloc::format;
use alloc::vec::Vec;
use jpeg_encoder::{ColorType, Encoder};

/// Scrubbed copies kept for sharing; older ones are dropped.
const SHARED_MAX: usize = 4;
const QUALITY: u8 = 85;

/// The camera's orders and the copies that may be shared.
pub(crate) struct Camera {
    next_object: u32,
    last_sequence: Option<u32>,
    ordered: Option<u32>,
    shared: VecDeque<(u32, Scrubbed)>,
}

impl Camera {
    pub(crate) fn new(first_object: u32) -> Self {
        Self {
            next_object: first_object,
            last_sequence: None,
            ordered: None,
            shared: VecDeque::new(),
        }
    }

    /// Orders a still; the number it will have. `None` if this order was given before, or one is under way.
    pub(crate) fn order(&mut self, sequence: u32) -> Option<u32> {
        let again = sequence != 0 && self.last_sequence == Some(sequence);
        if again || self.ordered.is_some() {
            return None;
        }
        self.last_sequence = Some(sequence);
        self.ordered = Some(self.next_object);
        self.next_object += 1;
        self.ordered
    }

    /// Takes the ordered still from a new frame.
    pub(crate) fn look(&mut self, frame: &dyn Frame) -> Option<Parcel> {
        let object = self.ordered.take()?;
        let (width, height) = (frame.width_px(), frame.height_px());
        let taken = encode(frame.rgb(), width, height)?;
        let mut rgb = frame.rgb().to_vec();
        cover(&mut rgb, usize::from(width), frame.heads());
        if let Some(scrubbed) = encode(&rgb, width, height) {
            if self.shared.len() == SHARED_MAX {
                self.shared.pop_front();
            }
            self.shared.push_back((object, Scrubbed::seal(scrubbed)));
        }
        let path = format!("DCIM/100HUSHW/HW_{object:04}.JPG");
        Some(Parcel::still(object, path, Still::seal(taken)))
    }

    /// The copy of a still that may be shared.
    pub(crate) fn shared(&self, object: u32) -> Option<&Scrubbed> {
        self.shared.iter().find(|(number, _)| *number == object).map(|(_, picture)| picture)
    }
}

fn encode(rgb: &[u8], width: u16, height: u16) -> Option<Vec<u8>> {
    let mut jpeg = Vec::new();
    Encoder::new(&mut jpeg, QUALITY).encode(rgb, width, height, ColorType::Rgb).ok()?;
    Some(jpeg)
}
