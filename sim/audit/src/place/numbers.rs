//! Numbers in bytes that are a place: pairs of decimals, of scaled integers or of floats near the truth.
//!
//! **Never:** takes one number alone for a place.

/// So near to the truth a pair of numbers is no accident, in degrees.
const NEAR_DEG: f64 = 0.3;
/// Scaled integers and floats are found by chance too, so they must be nearer.
const NEAR_BINARY_DEG: f64 = 0.01;
/// With fewer digits behind the point a place is as coarse as its cell.
const FINE_DIGITS: usize = 2;
const E7: f64 = 1e7;

/// A place that was told.
pub struct Told {
    /// Degrees north and east.
    pub deg: [f64; 2],
    /// Whether it is finer than a cell.
    pub is_fine: bool,
}

/// Every pair of numbers near the truth.
pub fn places(bytes: &[u8], truth: (f64, f64)) -> Vec<Told> {
    let mut told = decimals(bytes, truth);
    if is_binary(bytes, truth) {
        told.push(Told { deg: [truth.0, truth.1], is_fine: true });
    }
    told
}

fn decimals(bytes: &[u8], truth: (f64, f64)) -> Vec<Told> {
    let is_of_number = |byte: &u8| byte.is_ascii_digit() || *byte == b'.' || *byte == b'-';
    let words = bytes.split(|byte| !is_of_number(byte)).filter(|word| word.len() >= 3);
    let numbers: Vec<(f64, usize)> = words
        .filter_map(|word| {
            let text = std::str::from_utf8(word).ok()?;
            let digits = text.split_once('.')?.1.len();
            Some((text.parse().ok()?, digits))
        })
        .collect();
    let is_near = |a: f64, b: f64| {
        let east = (b - truth.1).abs() * libm::cos(truth.0.to_radians()).max(0.01);
        (a - truth.0).abs() <= NEAR_DEG && east <= NEAR_DEG
    };
    let pairs = numbers.windows(2).filter_map(|pair| {
        let ((a, a_digits), (b, b_digits)) = (pair[0], pair[1]);
        let is_fine = a_digits.max(b_digits) >= FINE_DIGITS;
        if is_near(a, b) {
            Some(Told { deg: [a, b], is_fine })
        } else {
            is_near(b, a).then_some(Told { deg: [b, a], is_fine })
        }
    });
    pairs.collect()
}

/// Whether two neighbouring words of four or eight bytes are the place, scaled or as they are.
fn is_binary(bytes: &[u8], truth: (f64, f64)) -> bool {
    let near = |value: f64, truth: f64| (value - truth).abs() <= NEAR_BINARY_DEG;
    let is_pair = |a: f64, b: f64| {
        (near(a, truth.0) && near(b, truth.1)) || (near(a, truth.1) && near(b, truth.0))
    };
    let fours = bytes.windows(8).any(|w| {
        let (a, b) = ([w[0], w[1], w[2], w[3]], [w[4], w[5], w[6], w[7]]);
        let scaled = |word: [u8; 4], is_little: bool| {
            let number =
                if is_little { i32::from_le_bytes(word) } else { i32::from_be_bytes(word) };
            f64::from(number) / E7
        };
        let float = |word| f64::from(f32::from_le_bytes(word));
        is_pair(scaled(a, true), scaled(b, true))
            || is_pair(scaled(a, false), scaled(b, false))
            || is_pair(float(a), float(b))
    });
    fours
        || bytes.windows(16).any(|w| {
            let word = |at: usize| {
                let mut word = [0; 8];
                word.copy_from_slice(&w[at..at + 8]);
                f64::from_le_bytes(word)
            };
            is_pair(word(0), word(8))
        })
}

#[cfg(test)]
mod tests {
    use super::places;

    #[test]
    fn a_place_is_known_in_text_and_in_binary_and_a_lone_number_is_none() {
        let truth = (52.5163, 13.3777);
        let fine = |bytes: &[u8]| {
            let found = places(bytes, truth);
            found.first().map(|place| place.is_fine)
        };
        let scaled = [525_163_000_i32.to_le_bytes(), 133_777_000_i32.to_le_bytes()].concat();
        let floats = [52.5163_f64.to_le_bytes(), 13.3777_f64.to_le_bytes()].concat();
        for (bytes, expected) in [
            (&b"GET /weather?lat=52.52&lon=13.38 HTTP/1.1"[..], Some(true)),
            (b"{\"at\":[13.4,52.5]}", Some(false)),
            (b"{\"at\":52.5163}", None),
            (b"{\"a\":48.85,\"b\":2.35}", None),
            (b"version 1.0.2", None),
            (&scaled, Some(true)),
            (&floats, Some(true)),
            (&scaled[..7], None),
        ] {
            assert_eq!(fine(bytes), expected, "{}", bytes.escape_ascii());
        }
    }
}
