//! What the camera and its mount are told beside single captures, and what they tell of themselves.
//!
//! A series is so many orders for a still, each with a grant of its own for that one object; it ends on the pilot's
//! word, with its count, or where the card takes no more.
//!
//! **Never:** takes a still that the pilot has not ordered; follows anybody whom the pilot has not pointed at.

use super::Vehicle;
use super::hear::Sender;
use super::obey::result;
use crate::data::shots::{Shot, Spot};
use crate::data::tracking::Track;
use crate::gate::{Parcel, weigh};
use crate::outbox::Outbox;
use crate::radio::aboard::camera::{Doing, captured};
use crate::radio::aboard::{Aboard, Order, gimbal, heartbeats};
use crate::senses::{Senses, Streams, TICKS_PER_S, Tick};
use crate::settings::Setting;

impl Vehicle {
    /// What is aboard, as it stands.
    pub(super) fn aboard(&self, now: Tick) -> Aboard {
        let doing = Doing {
            mode: self.camera_mode,
            takes_still: self.camera.is_ordered(),
            series_s: self.shots.pace_s(),
            film_ticks: self.camera.film_ticks(now),
            stills: self.shots.count(),
        };
        Aboard {
            doing,
            room: self.store.room(now),
            is_viewed: self.camera.is_viewed(),
            track: self.track,
            control: self.control,
            is_identified: self.controls.is_on(Setting::RidEnable),
        }
    }

    /// Carries out an order.
    pub(super) fn order(&mut self, order: Order, sender: Sender, now: Tick) -> u8 {
        let station = (sender.system, sender.component);
        match order {
            Order::Series { every_s, count } => self.shots.begin(every_s, count, now),
            Order::StopSeries => self.shots.stop(),
            Order::Mode(mode) => self.camera_mode = mode,
            Order::Track(target) => self.track = Some(Track::begin(target, now)),
            Order::StopTracking => self.track = None,
            Order::Control(who) => self.control.configure(who, station),
            Order::Look(look) => {
                if !self.control.is_held_by(station) || !gimbal::has(&look) {
                    return result::DENIED;
                }
            }
        }
        result::ACCEPTED
    }

    /// One tick of what goes on by itself.
    pub(super) fn keep_up(&mut self, now: Tick, senses: &Senses<'_>, outbox: &mut Outbox) {
        if let Some(track) = &mut self.track {
            track.step(now, senses.findings.as_ref());
        }
        if self.shots.is_due(now) && self.order_still(0, now, outbox) == result::FAILED {
            self.shots.stop();
        }
    }

    /// The heartbeats of what is aboard.
    pub(super) fn beat(&mut self, now: Tick, outbox: &mut Outbox) {
        match self.provision.streams {
            Streams::Normal if now.0.is_multiple_of(TICKS_PER_S) => {
                for port in self.ports() {
                    let parcels = heartbeats().map(|beat| Parcel::state(beat).by(port));
                    self.send_all(parcels, now, outbox);
                }
            }
            Streams::Minimal | Streams::Normal => {}
        }
    }

    /// A still is on the card: it is counted, and told where everything is.
    pub(super) fn note_still(&mut self, now: Tick, outbox: &mut Outbox) {
        let state = self.flight.state();
        let place = state.gnss.map(|_| Spot {
            lat_deg: state.lat_deg,
            lon_deg: state.lon_deg,
            alt_m: state.alt_m,
            height_m: state.height_m,
            nose_rad: state.euler_rad().z,
        });
        let shot = self.shots.add(self.up(now), place);
        match self.provision.streams {
            Streams::Minimal => {}
            Streams::Normal => {
                for port in self.ports() {
                    let told = self.captured(&shot, now).by(port);
                    self.send(told, now, outbox);
                }
            }
        }
    }

    /// What is told of a still: its place where that may be told, which the gate knows.
    pub(super) fn captured(&self, shot: &Shot, now: Tick) -> Parcel {
        let placed = Parcel::telemetry(captured(shot, true));
        let (law, controls, ledger) = (self.provision.law, &self.controls, &self.ledger);
        match weigh(law, controls, ledger, &placed, now) {
            Ok(()) if shot.place.is_some() => placed,
            Ok(()) | Err(_) => Parcel::state(captured(shot, false)),
        }
    }
}
