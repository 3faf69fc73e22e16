//! A picture as one set of secrets makes it, and the memory that it is made in.
//!
//! What a set paints, faces and sheet, lies at the same pixels whoever it shows. So the next set paints over the last
//! one's picture, and the ground and the bodies, a quarter of a megabyte, are not copied for each of them. Where a
//! shutter's light is developed, every pixel is a set's own, and a picture is good for that set alone.
//!
//! **Never:** shows a set what another one painted; gives the same memory to two.

use super::shot::Shot;
use std::ops::Deref;
use std::sync::{Mutex, PoisonError};

/// A picture, while somebody looks at it.
pub struct Picture<'a> {
    shot: &'a Shot,
    set: usize,
    rgb: Vec<u8>,
}

impl<'a> Picture<'a> {
    /// What was painted for a set.
    pub fn of(shot: &'a Shot, set: usize, rgb: Vec<u8>) -> Self {
        Self { shot, set, rgb }
    }
}

impl Deref for Picture<'_> {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.rgb
    }
}

impl Drop for Picture<'_> {
    fn drop(&mut self) {
        self.shot.pictures().keep(self.set, std::mem::take(&mut self.rgb));
    }
}

/// Pictures of one frame at which nobody looks now, each with the set that was painted last.
#[derive(Default)]
pub struct Pictures(Mutex<Vec<(usize, Vec<u8>)>>);

impl Pictures {
    /// The picture of a set.
    pub fn of(&self, set: usize) -> Option<Vec<u8>> {
        self.take(|of| of == set)
    }

    /// A picture of any set.
    pub fn of_any(&self) -> Option<Vec<u8>> {
        self.take(|_| true)
    }

    /// All of them.
    pub fn take_all(&mut self) -> impl Iterator<Item = Vec<u8>> {
        let pictures = self.0.get_mut().unwrap_or_else(PoisonError::into_inner);
        std::mem::take(pictures).into_iter().map(|(_, rgb)| rgb)
    }

    fn keep(&self, set: usize, rgb: Vec<u8>) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push((set, rgb));
    }

    fn take(&self, is_wanted: impl Fn(usize) -> bool) -> Option<Vec<u8>> {
        let mut pictures = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let place = pictures.iter().position(|(set, _)| is_wanted(*set))?;
        Some(pictures.swap_remove(place).1)
    }
}
