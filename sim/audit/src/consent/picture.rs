//! Whether a picture that was sent as a still is that still, but for what is covered.
//!
//! Both are decoded with a public decoder and compared block by block: what is not covered must look the same.
//!
//! **Never:** trusts the number that a picture is sent under; judges how well it is covered.

use crate::case::{Case, still_number};
use crate::decode::uplink::Part;
use std::collections::BTreeMap;
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

/// Pictures as far as they have been sent.
#[derive(Default)]
pub struct Sent {
    bodies: BTreeMap<u32, Vec<u8>>,
}

impl Sent {
    /// Takes a part; once it makes the picture whole, whether that is the still that it is sent as.
    ///
    /// A picture that never gets whole is not compared: a withdrawal may rightly stop it anywhere. Parts out of order
    /// are for the decoder to tell.
    pub fn take(&mut self, case: &Case<'_>, part: &Part<'_>) -> Option<bool> {
        let body = self.bodies.entry(part.object).or_default();
        // A part that is sent again takes the place of its first try, and part 0 that of everything.
        body.truncate(part.first as usize);
        if body.len() as u64 != part.first {
            return None;
        }
        body.extend_from_slice(part.body);
        let is_whole = body.len() as u64 == part.total;
        is_whole.then(|| {
            let mut files = case.recording.card.iter();
            let still = files.find(|(path, _)| still_number(path) == Some(part.object));
            still.is_some_and(|(_, still)| shows_the_same(body, still))
        })
    }
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

/// Whether two pictures are equal in at least half of their blocks, and differ only in and beside covered ones.
fn shows_the_same(sent: &[u8], still: &[u8]) -> bool {
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
    let equal = blocks.iter().filter(|block| block.is_equal).count();
    2 * equal >= blocks.len() && (0..blocks.len()).all(is_accounted)
}

impl Picture {
    fn decode(file: &[u8]) -> Option<Self> {
        let mut decoder = zune_jpeg::JpegDecoder::new(Cursor::new(file));
        let rgb = decoder.decode().ok()?;
        let (width_px, height_px) = decoder.dimensions()?;
        (rgb.len() == 3 * width_px * height_px).then_some(Self { width_px, height_px, rgb })
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
mod tests {
    use super::shows_the_same;
    use crate::tests::{alarms_by, evidence};
    use crate::{Alarm, Detector};
    use evidence::card::{Operation, Write};
    use evidence::scenario::Act;
    use evidence::{Class, Link, Recipient, Tick};
    use jpeg_encoder::{ColorType, Encoder};

    /// A still with covers: left, top, right, bottom.
    fn picture(scene: usize, covers: &[[usize; 4]]) -> Vec<u8> {
        sized(scene, covers, 320, 240)
    }

    fn sized(scene: usize, covers: &[[usize; 4]], width_px: u16, height_px: u16) -> Vec<u8> {
        let width = usize::from(width_px);
        let colour = |place: usize| {
            let (x, y) = (place % width, place / width);
            let is_covered =
                |c: &[usize; 4]| (c[0]..c[2]).contains(&x) && (c[1]..c[3]).contains(&y);
            let field = ((x / 24 + scene) * 7 + (y / 18) * 11) % 5;
            match covers.iter().any(is_covered) {
                true => [96; 3],
                false => [150 + 20 * field as u8, 210 - 30 * field as u8, 40],
            }
        };
        let rgb: Vec<u8> = (0..width * usize::from(height_px)).flat_map(colour).collect();
        let mut jpeg = Vec::new();
        Encoder::new(&mut jpeg, 85).encode(&rgb, width_px, height_px, ColorType::Rgb).unwrap();
        jpeg
    }

    #[test]
    fn a_covered_still_is_itself_and_no_other_picture_is() {
        let still = picture(0, &[]);
        let table: [(&str, Vec<u8>, bool); 10] = [
            ("nothing covered", still.clone(), true),
            ("a head in the middle", picture(0, &[[101, 77, 140, 120]]), true),
            ("a cover on the grid", picture(0, &[[64, 64, 96, 112]]), true),
            ("small heads at the edges", picture(0, &[[0, 30, 3, 45], [317, 225, 320, 240]]), true),
            ("another scene", picture(1, &[]), false),
            ("another scene, covered", picture(1, &[[101, 77, 140, 120]]), false),
            ("all covered", picture(0, &[[0, 0, 320, 240]]), false),
            ("another size", sized(0, &[], 320, 224), false),
            ("cut short", still[..20].to_vec(), false),
            ("no picture", b"no picture".to_vec(), false),
        ];
        for (what, sent, expected) in table {
            assert_eq!(shows_the_same(&sent, &still), expected, "{what}");
        }
        assert!(!shows_the_same(&still, &picture(0, &[[101, 77, 140, 120]])), "a changed still");
    }

    /// Parts of a picture as requests.
    fn puts(object: u32, picture: &[u8]) -> Vec<Vec<u8>> {
        let parts = picture.chunks(1024).enumerate();
        let put = |(number, part): (usize, &[u8])| {
            let (first, length) = (1024 * number, part.len());
            let head = format!(
                "PUT /v1/media/{object}/{number} HTTP/1.1\r\nHost: intake.hushwing.example\r\n\
                 Content-Type: image/jpeg\r\nContent-Range: bytes {first}-{}/{}\r\n\
                 Content-Length: {length}\r\n\r\n",
                first + length - 1,
                picture.len(),
            );
            [head.as_bytes(), part].concat()
        };
        parts.map(put).collect()
    }

    fn judged(requests: &[Vec<u8>]) -> Vec<Alarm> {
        let grants = |object| Act::Grants {
            category: Class::Imagery,
            object,
            to: Recipient::Maker,
            for_s: None,
        };
        let story = evidence(&[(0.0, grants(1)), (0.0, grants(2)), (0.0, grants(3))]);
        let mut said = Vec::new();
        for (number, path) in
            ["DCIM/100HUSHW/HW_0001.JPG", "DCIM/100HUSHW/HW_0002.JPG"].iter().enumerate()
        {
            let data = &picture(number, &[]);
            let write = Write { operation: Operation::Replace, path, data };
            said.push((Tick(1), Link::Card, write.encode()));
        }
        said.extend(requests.iter().map(|put| (Tick(9), Link::Uplink, put.clone())));
        alarms_by(Detector::CON, &story, &said)
    }

    #[test]
    fn a_picture_goes_under_the_number_of_its_still_or_is_told() {
        let (first, second) = (picture(0, &[[101, 77, 140, 120]]), picture(1, &[[9, 9, 40, 40]]));
        let again: Vec<_> =
            puts(1, &first).into_iter().flat_map(|put| [put.clone(), put]).collect();
        let cut = puts(1, &second).split_last().map(|(_, rest)| rest.to_vec()).unwrap();
        let table = [
            ("as it should be", [puts(1, &first), puts(2, &second)].concat(), None),
            ("each part twice", again, None),
            ("begun again", [cut.clone(), puts(1, &first)].concat(), None),
            ("not yet whole", cut, None),
            ("under another number", puts(1, &second), Some(1)),
            ("after the right one", [puts(2, &second), puts(2, &first)].concat(), Some(2)),
            ("of no still", puts(3, &first), Some(3)),
        ];
        for (what, requests, told) in table {
            let found: Vec<_> =
                judged(&requests).into_iter().map(|a| (a.class, a.link, a.shown)).collect();
            let rule = |n| format!("the picture sent as still {n} is not still {n}");
            let told = told.map(|n| (Some(Class::Imagery), Link::Uplink, rule(n)));
            assert_eq!(found, Vec::from_iter(told), "{what}");
        }
    }
}
