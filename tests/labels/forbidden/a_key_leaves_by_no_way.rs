use vehicle::gate::{HttpHead, Parcel};
use vehicle::senses::Provision;

pub fn on_radio(provision: Provision) -> Parcel {
    Parcel::state(provision.wifi_key)
}

pub fn on_video(provision: Provision) -> Parcel {
    Parcel::live(provision.wifi_key)
}

pub fn in_a_report(head: HttpHead, provision: Provision) -> Parcel {
    Parcel::report(head, provision.wifi_key)
}

pub fn on_remote_id(provision: Provision) -> Parcel {
    Parcel::basic_id(provision.wifi_key)
}

pub fn on_the_console(provision: Provision) -> Parcel {
    Parcel::greeting(&provision.wifi_key)
}

pub fn by_lamps(provision: Provision) -> Parcel {
    Parcel::lamps(provision.wifi_key)
}

pub fn in_clear_on_the_card(provision: Provision) -> Parcel {
    Parcel::keep("SET/SETTINGS.HST".into(), provision.wifi_key)
}

fn main() {}
