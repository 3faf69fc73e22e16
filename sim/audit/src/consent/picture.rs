//! Whether a picture or film that was sent under a number is that still or film, but for what is covered.
//!
//! Both are decoded with a public decoder and compared block by block: what is not covered must look the same.
//!
//! **Never:** trusts the number that a picture is sent under; judges how well it is covered.

use super::carried::{self, FILES};
use super::film::Reel;
use super::told::told;
use crate::case::{Case, Life, film_number, picture_number, still_number};
use crate::decode::radio;
use crate::decode::uplink::{Kind, Request, Spoken, spoken};
use evidence::transcript::Said;
use evidence::{Class, Link, Recipient, Tick};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Cursor;

/// Side of a block: the coding unit of the camera's pictures, so that a covered head changes whole ones.
const BLOCK_PX: usize = 16;
/// Most that a channel of an uncovered pixel may differ.
const DIFFERENCE_MAX: u8 = 6;
/// What heads are covered with, and how far from it a coded pixel of it may be.
const GREY: [u8; 3] = [96, 96, 96];
const GREY_WITHIN: u8 = 10;
/// Fewest covered pixels that account for a changed block.
const COVERED_MIN: usize = 8;
/// How many times smaller a small copy is on either side, the side of its blocks, and how far the mean brightness
/// of a block may be off.
const SMALLER_TIMES: usize = 4;
const SMALL_BLOCK_PX: usize = 8;
const BRIGHTNESS_WITHIN: u32 = 12;

/// Pictures as far as they have been sent, by recipient and number.
#[derive(Default)]
pub struct Sent {
    bodies: BTreeMap<(Recipient, u32), Body>,
    told: BTreeSet<(Recipient, u32, Class)>,
}

#[derive(Default)]
struct Body {
    bytes: Vec<u8>,
    total: usize,
}

/// A piece of a picture on its way.
struct Piece<'a> {
    to: Recipient,
    object: u32,
    is_film: bool,
    first: usize,
    /// Length of the whole; none where this piece does not tell.
    total: Option<usize>,
    bytes: &'a [u8],
}

impl Sent {
    /// Takes an emission; what is wrong with the picture that it is a piece of.
    ///
    /// A picture that never gets whole is not compared: a withdrawal may rightly stop it anywhere. Parts out of order
    /// are for the decoder to tell.
    pub fn take(&mut self, case: &Case<'_>, said: Said<'_>) -> Vec<(Class, String)> {
        match said.link {
            Link::Uplink => {
                let Ok(Spoken::Request(sent)) = spoken(said.bytes) else { return Vec::new() };
                let Request::Part(part) = sent.request else { return Vec::new() };
                let is_film = match part.kind {
                    Kind::Log => return Vec::new(),
                    Kind::Still => false,
                    Kind::Film => true,
                };
                let (to, object) = (Recipient::Maker, part.object);
                let (first, total) = (part.first as usize, Some(part.total as usize));
                let piece = Piece { to, object, is_film, first, total, bytes: part.body };
                self.piece(case, said.tick, &piece)
            }
            Link::Radio | Link::Telemetry2 => self.answer(case, said),
            Link::Video
            | Link::RemoteId
            | Link::Card
            | Link::Console
            | Link::Lights
            | Link::Motion => Vec::new(),
        }
    }

    fn answer(&mut self, case: &Case<'_>, said: Said<'_>) -> Vec<(Class, String)> {
        let payload = radio::payload(said.bytes).filter(|(id, _)| *id == FILES);
        let Some(answer) =
            payload.and_then(|(_, payload)| carried::file_answer(said.link, payload))
        else {
            return Vec::new();
        };
        let path = answer.path(case, said).unwrap_or_default();
        let Some(object) = picture_number(path) else { return Vec::new() };
        let (to, is_film) = (Recipient::Pilot, film_number(path).is_some());
        let (first, total, bytes) = match answer.asked {
            carried::OPEN => {
                let length = <[u8; 4]>::try_from(answer.data.as_slice()).map(u32::from_le_bytes);
                (0, length.ok().map(|length| length as usize), &[][..])
            }
            carried::READ | carried::BURST => (answer.offset, None, answer.data.as_slice()),
            _ => return Vec::new(),
        };
        self.piece(case, said.tick, &Piece { to, object, is_film, first, total, bytes })
    }

    fn piece(&mut self, case: &Case<'_>, tick: Tick, piece: &Piece<'_>) -> Vec<(Class, String)> {
        let (to, object) = (piece.to, piece.object);
        let body = self.bodies.entry((to, object)).or_default();
        body.total = piece.total.unwrap_or(body.total);
        // A part that is sent again takes the place of its first try, and the first one that of everything.
        body.bytes.truncate(piece.first);
        if body.bytes.len() != piece.first {
            return Vec::new();
        }
        if piece.first == 0 {
            self.told.retain(|(r, n, _)| (*r, *n) != (to, object));
        }
        body.bytes.extend_from_slice(piece.bytes);
        let mut wrong = Vec::new();
        for class in tells(case, tick, to, object, &body.bytes) {
            if self.told.insert((to, object, class)) {
                wrong.push((class, format!("picture {object} tells its {class} to {to:?}")));
            }
        }
        let is_whole = body.bytes.len() == body.total && body.total > 0;
        if is_whole && !is_it(case, tick, piece, &body.bytes) {
            let what = if piece.is_film { "film" } else { "still" };
            let shown = format!("the picture sent as {what} {object} is not {what} {object}");
            wrong.push((Class::Imagery, shown));
        }
        wrong
    }
}

/// What a shared picture tells beside itself that it may not.
fn tells(case: &Case<'_>, tick: Tick, to: Recipient, object: u32, sent: &[u8]) -> Vec<Class> {
    let Some(told) = told(sent) else { return Vec::new() };
    // Whether it may tell its place was asked when the copy was made, which is some time before its last part.
    let is_granted = case.evidence.truth.mandate.grants.iter().any(|grant| {
        (grant.category, grant.object, grant.recipient) == (Class::Position, object, to)
            && grant.given_at <= tick
    });
    let place = (told.place_e7.is_some() && !is_granted).then_some(Class::Position);
    let is_numbered = told.serial.is_some() || told.maker_note.is_some();
    place.into_iter().chain(is_numbered.then_some(Class::Device)).collect()
}

/// Whether a whole picture or film is the one that it is sent as.
fn is_it(case: &Case<'_>, tick: Tick, piece: &Piece<'_>, sent: &[u8]) -> bool {
    let is_path = |life: &&Life<'_>| {
        let number = if piece.is_film { film_number(life.path) } else { still_number(life.path) };
        number == Some(piece.object) && life.born <= tick
    };
    let Some(kept) = case.lives.iter().rev().find(is_path) else { return false };
    let kept = kept.bytes.as_slice();
    case.memo.likeness(sent, kept, || match piece.is_film {
        true => plays_the_same(sent, kept),
        false => shows_the_same(sent, kept),
    })
}

/// Whether each picture of a film is the one that was taken at that time.
fn plays_the_same(sent: &[u8], kept: &[u8]) -> bool {
    let kept = Reel::of(kept).pictures;
    let sent = Reel::of(sent).pictures;
    sent.iter().all(|(at_ms, sent)| {
        kept.get(at_ms).is_some_and(|kept| sent == kept || shows_the_same(sent, kept))
    })
}

/// Whether a picture shows what another one shows, four times smaller.
pub fn is_small_copy(small: &[u8], file: &[u8]) -> bool {
    let (Some(small), Some(file)) = (Picture::decode(small), Picture::decode(file)) else {
        return false;
    };
    let (width, height) = (small.width_px, small.height_px);
    if (width * SMALLER_TIMES, height * SMALLER_TIMES) != (file.width_px, file.height_px) {
        return false;
    }
    let columns = (0..width).step_by(SMALL_BLOCK_PX);
    columns.flat_map(|x| (0..height).step_by(SMALL_BLOCK_PX).map(move |y| (x, y))).all(|(x, y)| {
        let to = ((x + SMALL_BLOCK_PX).min(width), (y + SMALL_BLOCK_PX).min(height));
        let large = |(x, y): (usize, usize)| (x * SMALLER_TIMES, y * SMALLER_TIMES);
        let (a, b) = (small.brightness((x, y), to), file.brightness(large((x, y)), large(to)));
        a.abs_diff(b) <= BRIGHTNESS_WITHIN
    })
}

/// A decoded picture.
struct Picture {
    width_px: usize,
    height_px: usize,
    rgb: Vec<u8>,
}

/// What a block of the sent picture is.
struct Block {
    is_equal: bool,
    covered_px: usize,
}

/// Whether two pictures differ only in and beside covered blocks, and are equal in half of them or covered in half of
/// what has changed.
pub fn shows_the_same(sent: &[u8], still: &[u8]) -> bool {
    let (Some(sent), Some(still)) = (Picture::decode(sent), Picture::decode(still)) else {
        return false;
    };
    if (sent.width_px, sent.height_px) != (still.width_px, still.height_px) {
        return false;
    }
    let across = sent.width_px.div_ceil(BLOCK_PX);
    let down = sent.height_px.div_ceil(BLOCK_PX);
    let block = |place: usize| Block::at(place % across, place / across, &sent, &still);
    let blocks: Vec<_> = (0..across * down).map(block).collect();
    // A cover that only clips a block's corner leaves few pixels there, and colours bleed over a block's edge.
    let beside = |place: usize| {
        let (x, y) = (place % across, place / across);
        let rows = y.saturating_sub(1)..(y + 2).min(down);
        rows.flat_map(move |y| {
            (x.saturating_sub(1)..(x + 2).min(across)).map(move |x| y * across + x)
        })
    };
    let is_accounted = |place: usize| {
        blocks[place].is_equal || beside(place).any(|place| blocks[place].covered_px >= COVERED_MIN)
    };
    let (equal, changed): (Vec<_>, Vec<_>) = blocks.iter().partition(|block| block.is_equal);
    let covered_px: usize = changed.iter().map(|block| block.covered_px).sum();
    let is_mostly_covered = 2 * covered_px >= changed.len() * BLOCK_PX * BLOCK_PX;
    (equal.len() >= changed.len() || is_mostly_covered) && (0..blocks.len()).all(is_accounted)
}

impl Picture {
    fn decode(file: &[u8]) -> Option<Self> {
        let mut decoder = zune_jpeg::JpegDecoder::new(Cursor::new(file));
        let rgb = decoder.decode().ok()?;
        let (width_px, height_px) = decoder.dimensions()?;
        (rgb.len() == 3 * width_px * height_px).then_some(Self { width_px, height_px, rgb })
    }

    /// Mean brightness from one corner to before another, from 0 to 255.
    fn brightness(&self, from: (usize, usize), to: (usize, usize)) -> u32 {
        let mut sum = 0;
        for y in from.1..to.1 {
            for x in from.0..to.0 {
                let [red, green, blue] = [0, 1, 2].map(|c| u32::from(self.pixel(x, y)[c]));
                sum += (299 * red + 587 * green + 114 * blue) / 1000;
            }
        }
        sum / ((to.0 - from.0) * (to.1 - from.1)).max(1) as u32
    }

    fn pixel(&self, x: usize, y: usize) -> &[u8] {
        let at = 3 * (y * self.width_px + x);
        &self.rgb[at..at + 3]
    }
}

impl Block {
    fn at(column: usize, row: usize, sent: &Picture, still: &Picture) -> Self {
        let (x0, y0) = (column * BLOCK_PX, row * BLOCK_PX);
        let mut block = Self { is_equal: true, covered_px: 0 };
        for y in y0..(y0 + BLOCK_PX).min(sent.height_px) {
            for x in x0..(x0 + BLOCK_PX).min(sent.width_px) {
                let pixel = sent.pixel(x, y);
                block.is_equal &= is_within(pixel, still.pixel(x, y), DIFFERENCE_MAX);
                block.covered_px += usize::from(is_within(pixel, &GREY, GREY_WITHIN));
            }
        }
        block
    }
}

fn is_within(a: &[u8], b: &[u8], most: u8) -> bool {
    a.iter().zip(b).all(|(a, b)| a.abs_diff(*b) <= most)
}

#[cfg(test)]
mod tests;
