use vehicle::gate::{FileHead, HttpHead, Kept, Parcel};
use vehicle::senses::Thrust;

pub fn on_radio(kept: Kept) -> Parcel {
    Parcel::state(kept)
}

pub fn as_a_file_for_the_pilot(head: FileHead, kept: Kept) -> Parcel {
    Parcel::picture_file(1, head, kept)
}

pub fn on_video(kept: Kept) -> Parcel {
    Parcel::live(kept)
}

pub fn to_the_maker(head: HttpHead, kept: Kept) -> Parcel {
    Parcel::picture_to_maker(1, head, kept)
}

pub fn in_a_report(head: HttpHead, kept: Kept) -> Parcel {
    Parcel::report(head, kept)
}

pub fn on_remote_id(kept: Kept) -> Parcel {
    Parcel::basic_id(kept)
}

pub fn on_the_console(kept: &Kept) -> Parcel {
    Parcel::greeting(kept)
}

pub fn by_lamps(kept: Kept) -> Parcel {
    Parcel::lamps(kept)
}

pub fn by_motion(kept: Kept) -> Thrust {
    Thrust { rotor_radps: kept }
}

fn main() {}
