use vehicle::gate::{FileHead, HttpHead, Parcel, Still};
use vehicle::senses::Thrust;

pub fn on_radio(still: Still) -> Parcel {
    Parcel::state(still)
}

pub fn as_a_file_for_the_pilot(head: FileHead, still: Still) -> Parcel {
    Parcel::picture_file(1, head, still)
}

pub fn on_video(still: Still) -> Parcel {
    Parcel::live(still)
}

pub fn to_the_maker(head: HttpHead, still: Still) -> Parcel {
    Parcel::picture_to_maker(1, head, still)
}

pub fn in_a_report(head: HttpHead, still: Still) -> Parcel {
    Parcel::report(head, still)
}

pub fn on_remote_id(still: Still) -> Parcel {
    Parcel::basic_id(still)
}

pub fn on_the_console(still: &Still) -> Parcel {
    Parcel::greeting(still)
}

pub fn by_lamps(still: Still) -> Parcel {
    Parcel::lamps(still)
}

pub fn by_motion(still: Still) -> Thrust {
    Thrust { rotor_radps: still }
}

fn main() {}
