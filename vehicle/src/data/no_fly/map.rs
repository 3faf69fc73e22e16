//! Which zones lie about a place: an R-tree over boxes in Earth-centred metres, which know no pole and no date line.
//!
//! **Never:** leaves a zone out that reaches the place; depends on the order in which the tree keeps them.

use super::zones::{ZONES, ecef_m};
use alloc::vec::Vec;
use glam::DVec3;
use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};

/// A side of a polygon bulges out of the box of its corners by less than this, metres.
const BULGE_M: f64 = 200.0;

/// The zones by place.
pub(super) struct Map {
    tree: RTree<GeomWithData<Rectangle<[f64; 3]>, usize>>,
}

impl Map {
    /// Of all zones that are compiled in.
    pub(super) fn draw() -> Self {
        let boxes = ZONES.iter().enumerate().map(|(index, zone)| {
            let (mut low, mut high) = (DVec3::INFINITY, DVec3::NEG_INFINITY);
            for (middle_m, radius_m) in zone.shape.reach() {
                low = low.min(middle_m - radius_m);
                high = high.max(middle_m + radius_m);
            }
            let corners = ((low - BULGE_M).to_array(), (high + BULGE_M).to_array());
            GeomWithData::new(Rectangle::from_corners(corners.0, corners.1), index)
        });
        Self { tree: RTree::bulk_load(boxes.collect()) }
    }

    /// Places in the list, in order, of all zones that may lie within so many metres; perhaps of some more.
    pub(super) fn within(&self, lat_deg: f64, lon_deg: f64, reach_m: f64) -> Vec<usize> {
        let middle_m = ecef_m(lat_deg, lon_deg);
        let (low, high) = (middle_m - reach_m, middle_m + reach_m);
        let about = AABB::from_corners(low.to_array(), high.to_array());
        let found = self.tree.locate_in_envelope_intersecting(about);
        let mut places: Vec<_> = found.map(|zone| zone.data).collect();
        places.sort_unstable();
        places
    }
}
