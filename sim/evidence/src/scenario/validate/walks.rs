//! Somebody on their way: from where they were through the corners of their path.
//!
//! **Never:** asks whether the way is free.

use super::ground::Spot;

/// A walk, or standing in one place.
pub(super) struct Walk {
    /// Where it starts, and each corner.
    corners_m: Vec<Spot>,
    speed_mps: f64,
    starts_s: f64,
}

impl Walk {
    /// Somebody who stands.
    pub fn none(at_m: Spot) -> Self {
        Self { corners_m: vec![at_m], speed_mps: 1.0, starts_s: 0.0 }
    }

    /// A walk from where somebody is.
    pub fn along(from_m: Spot, through_m: &[Spot], speed_mps: f64, starts_s: f64) -> Self {
        let corners_m = std::iter::once(from_m).chain(through_m.iter().copied()).collect();
        Self { corners_m, speed_mps, starts_s }
    }

    /// Its straight parts, in order.
    pub fn legs_m(&self) -> impl Iterator<Item = (Spot, Spot)> {
        self.corners_m.windows(2).map(|leg| (leg[0], leg[1]))
    }

    /// Where whoever walks is at a moment.
    pub fn position_at(&self, now_s: f64) -> Spot {
        let mut left_m = (now_s - self.starts_s) * self.speed_mps;
        for ((from_east, from_north), (to_east, to_north)) in self.legs_m() {
            let (east, north) = (to_east - from_east, to_north - from_north);
            let length_m = (east * east + north * north).sqrt();
            if left_m < length_m {
                let part = left_m / length_m;
                return (from_east + part * east, from_north + part * north);
            }
            left_m -= length_m;
        }
        // There is at least the place where it starts.
        self.corners_m.last().copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_walk_goes_round_its_corners_at_its_speed_and_ends_at_the_last() {
        let walk = Walk::along((0.0, 0.0), &[(4.0, 0.0), (4.0, 0.0), (4.0, 3.0)], 2.0, 10.0);
        for (now_s, at_m) in [
            (10.0, (0.0, 0.0)),
            (11.0, (2.0, 0.0)),
            (12.0, (4.0, 0.0)),
            (13.0, (4.0, 2.0)),
            (13.5, (4.0, 3.0)),
            (99.0, (4.0, 3.0)),
        ] {
            assert_eq!(walk.position_at(now_s), at_m, "{now_s}");
        }
        assert_eq!(Walk::none((1.0, 2.0)).position_at(50.0), (1.0, 2.0));
    }
}
