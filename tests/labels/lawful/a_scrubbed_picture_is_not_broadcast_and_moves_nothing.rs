use vehicle::gate::{Kept, Parcel};
use vehicle::senses::{Provision, Thrust};

pub fn on_remote_id(message: [u8; 25]) -> Parcel {
    Parcel::basic_id(message)
}

pub fn on_the_console(provision: &Provision) -> Parcel {
    Parcel::greeting(provision)
}

pub fn by_lamps(lamps: u8) -> Parcel {
    Parcel::lamps(lamps)
}

pub fn by_motion(rotor_radps: [f64; 8]) -> Thrust {
    Thrust { rotor_radps }
}

pub fn in_clear_on_the_card(kept: Kept) -> Parcel {
    Parcel::keep("SET/SETTINGS.HST".into(), kept)
}

fn main() {}
