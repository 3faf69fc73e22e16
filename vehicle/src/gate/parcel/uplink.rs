//! What goes to the maker's servers; each parcel belongs to a service that the pilot can switch off.
//!
//! **Never:** tells a place finer than the cell but inside a picture for which that is granted.

use super::{Body, DOOR, Parcel};
use crate::data::diagnostics::Report;
use crate::data::logbook::SealedLog;
use crate::data::names::NameQuery;
use crate::data::scrub::Scrubbed;
use crate::data::uplink::HttpHead;
use crate::settings::Setting;
use crate::words::{Class, Link};
use alloc::vec::Vec;

impl Parcel {
    /// A piece of a sealed log, for the maker.
    #[must_use]
    pub fn log_to_maker(object: u32, head: HttpHead, log: SealedLog) -> Self {
        let body = Body::Http { head: head.open(DOOR), bytes: log.open(DOOR) };
        Self::new(Class::FlightLog, Link::Uplink, object, body)
    }

    /// A piece of a scrubbed picture, for the maker.
    #[must_use]
    pub fn picture_to_maker(object: u32, head: HttpHead, picture: Scrubbed) -> Self {
        let also: &[Class] = if picture.tells_place() { &[Class::Position] } else { &[] };
        let body = Body::Http { head: head.open(DOOR), bytes: picture.open(DOOR) };
        let parcel = Self::new(Class::Imagery, Link::Uplink, object, body);
        Self { also, service: Some(Setting::UpMedia), ..parcel }
    }

    /// The question whether there is newer software.
    #[must_use]
    pub fn update_check(head: HttpHead) -> Self {
        let body = Body::Http { head: head.open(DOOR), bytes: Vec::new() };
        let parcel = Self::new(Class::Public, Link::Uplink, 0, body);
        Self { service: Some(Setting::UpUpdate), ..parcel }
    }

    /// A look-up of a declared name, for a service of the uplink: judged as that service is.
    #[must_use]
    pub fn name_query(query: NameQuery, service: Setting) -> Self {
        let parcel = Self::new(Class::Public, Link::Uplink, 0, Body::Plain(query.open(DOOR)));
        Self { service: Some(service), ..parcel }
    }

    /// A report on the vehicle's health, with its place as a cell.
    #[must_use]
    pub fn report(head: HttpHead, report: Report) -> Self {
        let body = Body::Http { head: head.open(DOOR), bytes: report.open(DOOR).into_bytes() };
        Self::cell(body, Setting::UpDiag)
    }

    /// The question which no-fly zones there are in a cell.
    #[must_use]
    pub fn zones_query(head: HttpHead) -> Self {
        Self::cell(Body::Http { head: head.open(DOOR), bytes: Vec::new() }, Setting::UpNofly)
    }

    /// For the maker: tells a place, but none finer than the cell.
    fn cell(body: Body, service: Setting) -> Self {
        let parcel = Self::new(Class::Position, Link::Uplink, 0, body);
        Self { coarse: true, service: Some(service), ..parcel }
    }
}
