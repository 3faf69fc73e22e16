use vehicle::gate::{HttpHead, Parcel};
use vehicle::senses::Provision;

pub fn on_radio(provision: Provision) -> Parcel {
    Parcel::state(provision.serial)
}

pub fn on_video(provision: Provision) -> Parcel {
    Parcel::live(provision.serial)
}

pub fn in_a_report(head: HttpHead, provision: Provision) -> Parcel {
    Parcel::report(head, provision.serial)
}

pub fn on_the_console(provision: Provision) -> Parcel {
    Parcel::greeting(&provision.serial)
}

pub fn by_lamps(provision: Provision) -> Parcel {
    Parcel::lamps(provision.serial)
}

fn main() {}
