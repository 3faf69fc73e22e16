use vehicle::gate::{Parcel, Scrubbed};
use vehicle::senses::Thrust;

pub fn on_remote_id(picture: Scrubbed) -> Parcel {
    Parcel::basic_id(picture)
}

pub fn on_the_console(picture: &Scrubbed) -> Parcel {
    Parcel::greeting(picture)
}

pub fn by_lamps(picture: Scrubbed) -> Parcel {
    Parcel::lamps(picture)
}

pub fn by_motion(picture: Scrubbed) -> Thrust {
    Thrust { rotor_radps: picture }
}

pub fn in_clear_on_the_card(picture: Scrubbed) -> Parcel {
    Parcel::keep("SET/SETTINGS.HST".into(), picture)
}

fn main() {}
