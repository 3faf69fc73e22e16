//! From the world to the picture and back: a pinhole on a levelled gimbal.
//!
//! **Never:** draws.

use glam::DVec3;

/// Width of the picture, pixels.
pub const WIDTH_PX: usize = 320;
/// Height of the picture, pixels.
pub const HEIGHT_PX: usize = 240;
/// Focal length in pixels: 160 / tan 30°, a field of 60° from side to side.
pub const FOCAL_PX: f64 = 277.128_129_211_020_4;
/// Sine and cosine of the 35° that the camera looks down.
const SIN_DOWN: f64 = 0.573_576_436_351_046;
const COS_DOWN: f64 = 0.819_152_044_288_991_8;
/// What is nearer to the eye is not drawn.
pub const NEAREST_M: f64 = 0.3;

/// Where the eye is and which way it looks.
#[derive(Clone, Debug, PartialEq)]
pub struct View {
    /// The eye, world ENU.
    pub eye_m: DVec3,
    forward: DVec3,
    right: DVec3,
    up: DVec3,
}

/// A point in the picture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spot {
    /// From the left, pixels.
    pub x_px: f64,
    /// From the top, pixels.
    pub y_px: f64,
    /// Along the optical axis, metres.
    pub depth_m: f64,
}

impl View {
    /// The view from `eye_m` with the heading of `ahead`; north where `ahead` has none.
    #[must_use]
    pub fn levelled(eye_m: DVec3, ahead: DVec3) -> Self {
        let level = DVec3::new(ahead.x, ahead.y, 0.0).try_normalize().unwrap_or(DVec3::Y);
        Self {
            eye_m,
            forward: level * COS_DOWN - DVec3::Z * SIN_DOWN,
            right: DVec3::new(level.y, -level.x, 0.0),
            up: level * SIN_DOWN + DVec3::Z * COS_DOWN,
        }
    }

    /// A point seen from the eye: right, up, forward, metres.
    #[must_use]
    pub fn seen_from_eye_m(&self, point_m: DVec3) -> DVec3 {
        let d = point_m - self.eye_m;
        DVec3::new(d.dot(self.right), d.dot(self.up), d.dot(self.forward))
    }

    /// Where a point is in the picture's plane; none behind the eye.
    #[must_use]
    pub fn project(&self, point_m: DVec3) -> Option<Spot> {
        let p = self.seen_from_eye_m(point_m);
        (p.z >= NEAREST_M).then(|| onto_plane(p))
    }

    /// The ground under one row of pixels: the point under its first pixel and the step to the next.
    /// The gimbal is level, so every row looks below the horizon or none of it does.
    #[must_use]
    pub fn ground_under_row(&self, row_px: usize) -> Option<(DVec3, DVec3)> {
        let up = (HEIGHT_PX as f64 / 2.0 - (row_px as f64 + 0.5)) / FOCAL_PX;
        let ray = self.forward + self.up * up;
        if ray.z >= -1e-6 || self.eye_m.z <= 0.0 {
            return None;
        }
        let depth_m = -self.eye_m.z / ray.z;
        let step_m = self.right * (depth_m / FOCAL_PX);
        let middle_m = self.eye_m + ray * depth_m;
        Some((middle_m + step_m * (0.5 - WIDTH_PX as f64 / 2.0), step_m))
    }

    /// The way that a place in the picture looks: a unit vector.
    #[must_use]
    pub fn ray(&self, x_px: f64, y_px: f64) -> DVec3 {
        let right = (x_px - WIDTH_PX as f64 / 2.0) / FOCAL_PX;
        let up = (HEIGHT_PX as f64 / 2.0 - y_px) / FOCAL_PX;
        (self.forward + self.right * right + self.up * up).normalize()
    }

    /// To the right of the picture, level.
    #[must_use]
    pub fn right(&self) -> DVec3 {
        self.right
    }

    /// How far to the right of the camera's heading a level direction turns: -1 to 1.
    #[must_use]
    pub fn rightness(&self, east: f64, north: f64) -> f64 {
        east * self.right.x + north * self.right.y
    }
}

/// From the eye's axes onto the picture.
#[must_use]
pub fn onto_plane(p: DVec3) -> Spot {
    Spot {
        x_px: WIDTH_PX as f64 / 2.0 + FOCAL_PX * p.x / p.z,
        y_px: HEIGHT_PX as f64 / 2.0 - FOCAL_PX * p.y / p.z,
        depth_m: p.z,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ground_under_a_pixel_projects_onto_that_pixel() {
        let view = View::levelled(DVec3::new(3.0, -8.0, 12.0), DVec3::new(0.6, 0.8, 0.3));
        for (row, column) in [(0, 0), (120, 160), (239, 319), (17, 301)] {
            let (first_m, step_m) = view.ground_under_row(row).unwrap();
            let spot = view.project(first_m + step_m * column as f64).unwrap();
            assert!((spot.x_px - column as f64 - 0.5).abs() < 1e-6, "{spot:?}");
            assert!((spot.y_px - row as f64 - 0.5).abs() < 1e-6, "{spot:?}");
        }
    }
}
