use vehicle::gate::{FileHead, Film, HttpHead, Parcel};
use vehicle::senses::Thrust;

pub fn on_radio(film: Film) -> Parcel {
    Parcel::state(film)
}

pub fn as_a_file_for_the_pilot(head: FileHead, film: Film) -> Parcel {
    Parcel::picture_file(1, head, film)
}

pub fn on_video(film: Film) -> Parcel {
    Parcel::live(film)
}

pub fn to_the_maker(head: HttpHead, film: Film) -> Parcel {
    Parcel::picture_to_maker(1, head, film)
}

pub fn in_a_report(head: HttpHead, film: Film) -> Parcel {
    Parcel::report(head, film)
}

pub fn on_remote_id(film: Film) -> Parcel {
    Parcel::basic_id(film)
}

pub fn on_the_console(film: &Film) -> Parcel {
    Parcel::greeting(film)
}

pub fn by_lamps(film: Film) -> Parcel {
    Parcel::lamps(film)
}

pub fn by_motion(film: Film) -> Thrust {
    Thrust { rotor_radps: film }
}

fn main() {}
