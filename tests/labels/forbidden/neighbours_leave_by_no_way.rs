use vehicle::gate::{HttpHead, Parcel};
use vehicle::senses::Senses;

pub fn on_radio(senses: &Senses<'_>) -> Parcel {
    Parcel::state(senses.neighbours)
}

pub fn on_video(senses: &Senses<'_>) -> Parcel {
    Parcel::live(senses.neighbours)
}

pub fn in_a_report(head: HttpHead, senses: &Senses<'_>) -> Parcel {
    Parcel::report(head, senses.neighbours)
}

pub fn on_remote_id(senses: &Senses<'_>) -> Parcel {
    Parcel::basic_id(senses.neighbours)
}

pub fn on_the_console(senses: &Senses<'_>) -> Parcel {
    Parcel::greeting(&senses.neighbours)
}

pub fn by_lamps(senses: &Senses<'_>) -> Parcel {
    Parcel::lamps(senses.neighbours)
}

pub fn in_clear_on_the_card(senses: &Senses<'_>) -> Parcel {
    Parcel::keep("SET/SETTINGS.HST".into(), senses.neighbours)
}

fn main() {}
