//! What lasts from one frame to the next: the shadows of what stands still, and the memory that pictures are made in.
//!
//! To ask the system for a megabyte each frame, and to give it back, takes longer than much of the drawing.
//!
//! **Never:** lets a frame's pixels reach the next one: whoever takes memory writes all of it.

use super::shadow;
use crate::land::Land;
use crate::sky::Beam;
use glam::DVec3;
use std::sync::{Mutex, PoisonError};

/// A camera's frames share it.
pub struct Studio {
    /// Shadows of buildings and trees, as outlines on the ground.
    pub shadows: Vec<Vec<DVec3>>,
    bytes: Mutex<Vec<Vec<u8>>>,
    brights: Mutex<Vec<Vec<u16>>>,
}

impl Studio {
    /// Over a land in the sun's beam, if there is one.
    #[must_use]
    pub fn over(land: &Land, beam: Option<Beam>) -> Self {
        Self {
            shadows: beam.map_or_else(Vec::new, |beam| shadow::of_land(land, beam)),
            bytes: Mutex::default(),
            brights: Mutex::default(),
        }
    }

    /// So many bytes, with anything in them.
    pub fn bytes(&self, count: usize) -> Vec<u8> {
        taken(&self.bytes, count)
    }

    /// So many brightnesses, with anything in them.
    pub fn brights(&self, count: usize) -> Vec<u16> {
        taken(&self.brights, count)
    }

    /// Takes bytes back.
    pub fn keep_bytes(&self, bytes: Vec<u8>) {
        kept(&self.bytes, bytes);
    }

    /// Takes brightnesses back.
    pub fn keep_brights(&self, brights: Vec<u16>) {
        kept(&self.brights, brights);
    }
}

fn taken<T: Copy + Default>(shelf: &Mutex<Vec<Vec<T>>>, count: usize) -> Vec<T> {
    let mut shelf = shelf.lock().unwrap_or_else(PoisonError::into_inner);
    let fits = shelf.iter().position(|kept| kept.len() == count);
    fits.map_or_else(|| vec![T::default(); count], |place| shelf.swap_remove(place))
}

/// No frame has more than its seats' pictures and a few more buffers, and one frame at a time is alive: so the shelf stays
/// as small as the largest frame.
fn kept<T>(shelf: &Mutex<Vec<Vec<T>>>, memory: Vec<T>) {
    if !memory.is_empty() {
        shelf.lock().unwrap_or_else(PoisonError::into_inner).push(memory);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_is_given_out_again_to_whoever_wants_as_much_and_never_to_two() {
        let studio = Studio::over(&Land::flat(&[], &[]), None);
        studio.keep_bytes(vec![7; 3]);
        studio.keep_bytes(vec![9; 5]);
        for (count, bytes) in [(4, vec![0; 4]), (5, vec![9; 5]), (5, vec![0; 5]), (3, vec![7; 3])] {
            assert_eq!(studio.bytes(count), bytes, "{count}");
        }
        studio.keep_brights(vec![2; 2]);
        assert_eq!((studio.brights(2), studio.brights(2)), (vec![2; 2], vec![0; 2]));
    }
}
