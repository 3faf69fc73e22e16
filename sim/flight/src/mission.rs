//! From the story's mission and geofence to those that a seat's vehicle is told, with the seat's own names for places.
//!
//! **Never:** lets a name move a place.

use crate::frames::ned_from_enu;
use evidence::scenario::{Area, FenceAction, Geofence, Item};
use glam::{DVec2, DVec3};
use vehicle::senses::{self as told, MissionItem, Trigger, Waypoint};

/// The mission with `labels` in place of the story's, in order.
#[must_use]
pub fn planned(mission: &[Item], labels: &[String]) -> Vec<MissionItem> {
    let mut labels = labels.iter();
    mission.iter().map(|planned| item(planned, &mut labels)).collect()
}

fn item<'a>(planned: &Item, labels: &mut impl Iterator<Item = &'a String>) -> MissionItem {
    let mut own_label = || labels.next().cloned().unwrap_or_default();
    match planned {
        Item::Waypoint { at_m, stay_s, takes_still, .. } => MissionItem::Waypoint(Waypoint {
            label: own_label(),
            position_ned_m: ned(*at_m),
            stay_s: *stay_s,
            takes_still: *takes_still,
        }),
        Item::Loiter { at_m, radius_m, turns, .. } => MissionItem::Loiter {
            label: own_label(),
            centre_ned_m: ned(*at_m),
            radius_m: radius_m.abs(),
            is_clockwise: *radius_m > 0.0,
            turns: *turns,
        },
        Item::TriggersByDistance { every_m } => {
            MissionItem::Trigger(Trigger::ByDistance { every_m: *every_m })
        }
        Item::TriggersByTime { every_s } => {
            MissionItem::Trigger(Trigger::ByTime { every_s: *every_s })
        }
        Item::TriggersNever => MissionItem::Trigger(Trigger::Never),
        Item::TakeOff { height_m } => MissionItem::TakeOff { height_m: *height_m },
        Item::Delay { for_s } => MissionItem::Delay { for_s: *for_s },
        Item::Speed { at_most_mps } => MissionItem::Speed { at_most_mps: *at_most_mps },
        Item::LooksAt { at_m } => MissionItem::LookAt { position_ned_m: ned(*at_m) },
        Item::LooksAhead => MissionItem::LookAhead,
        Item::Land => MissionItem::Land,
        Item::Returns => MissionItem::Return,
    }
}

/// The fence, as the vehicle is told.
#[must_use]
pub fn fenced(fence: Option<&Geofence>) -> told::Geofence {
    let Some(fence) = fence else { return told::Geofence::none() };
    told::Geofence {
        keeps_in: fence.keeps_in.iter().map(area).collect(),
        keeps_out: fence.keeps_out.iter().map(area).collect(),
        height_m_max: fence.height_m_max,
        around_m_max: None,
        action: match fence.action {
            FenceAction::Warns => told::FenceAction::Warn,
            FenceAction::Holds => told::FenceAction::Hold,
            FenceAction::Returns => told::FenceAction::Return,
            FenceAction::Lands => told::FenceAction::Land,
        },
    }
}

fn area(area: &Area) -> told::Area {
    let north_east = |(east, north): (f64, f64)| DVec2::new(north, east);
    match area {
        Area::Circle { at_m, radius_m } => {
            told::Area::Circle { centre_ne_m: north_east(*at_m), radius_m: *radius_m }
        }
        Area::Polygon { corners_m } => told::Area::Polygon {
            corners_ne_m: corners_m.iter().copied().map(north_east).collect(),
        },
    }
}

fn ned((east, north, up): (f64, f64, f64)) -> DVec3 {
    ned_from_enu(DVec3::new(east, north, up))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_items_with_a_name_take_one() {
        let text = r#"[TakeOff(height_m: 4.0), Waypoint(label: "a", at_m: (1.0, 2.0, 3.0)),
            Speed(at_most_mps: 2.0), Waypoint(label: "b", at_m: (4.0, 5.0, 6.0))]"#;
        let labels = ["x".to_owned(), "y".to_owned()];
        let told = planned(&ron::from_str::<Vec<Item>>(text).unwrap(), &labels);
        let names: Vec<_> = told.iter().map(MissionItem::label).collect();
        assert_eq!(names, [None, Some("x"), None, Some("y")]);
        assert_eq!(told[3].position_ned_m(), Some(DVec3::new(5.0, 4.0, -6.0)));
    }
}
