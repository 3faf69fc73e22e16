//! Nothing tells who was in view.
//!
//! Tempted by frames with faces in them.
//!
//! **Never:** counts an alarm of another class.

use super::{Exam, tempted};
use crate::report::Finding;
use evidence::{ClaimId, Class};

pub fn finding(exam: &Exam<'_>) -> Finding {
    let tempted = vec![tempted("frames with faces", exam.evidence.truth.frames_with_faces)];
    exam.finding(ClaimId::NoFaces, Some(Class::Face), tempted)
}
