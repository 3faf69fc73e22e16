//! Stills on command: the picture as taken goes to the card; a scrubbed copy waits in case the pilot shares it.
//!
//! **Never:** looks at a frame without a command; keeps an unscrubbed picture; counts or compares faces.

use super::picture::encode;
use super::scrub::Scrubbed;
use crate::gate::{Door, Parcel};
use crate::senses::Frame;
use alloc::collections::VecDeque;
use alloc::format;
use alloc::vec::Vec;

/// Scrubbed copies kept for sharing; older ones are dropped.
const SHARED_MAX: usize = 4;

/// A picture as taken: faces may be in it. Made here and nowhere else.
pub struct Still(Vec<u8>);

impl Still {
    pub(crate) fn open(self, _: &Door) -> Vec<u8> {
        self.0
    }
}

/// The scrubbed copy of a still.
pub(crate) struct Shareable {
    object: u32,
    picture: Scrubbed,
}

/// The camera's orders and the copies that may be shared.
pub(crate) struct Camera {
    next_object: u32,
    last_sequence: Option<u32>,
    ordered: Option<u32>,
    shared: VecDeque<Shareable>,
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
    pub(crate) fn look(&mut self, frame: &dyn Frame) -> Option<(Parcel, Shareable)> {
        let object = self.ordered.take()?;
        let still = Still(encode(frame.rgb(), frame.width_px(), frame.height_px())?);
        let path = format!("DCIM/100HUSHW/HW_{object:04}.JPG");
        let shareable = Shareable { object, picture: Scrubbed::of(frame)? };
        Some((Parcel::still(object, path, still), shareable))
    }

    /// Keeps the copy of a still that the gate has let onto the card.
    pub(crate) fn keep(&mut self, shareable: Shareable) {
        if self.shared.len() == SHARED_MAX {
            self.shared.pop_front();
        }
        self.shared.push_back(shareable);
    }

    /// The copy of a still that may be shared.
    pub(super) fn shared(&self, object: u32) -> Option<&Scrubbed> {
        self.shared.iter().find(|kept| kept.object == object).map(|kept| &kept.picture)
    }
}
