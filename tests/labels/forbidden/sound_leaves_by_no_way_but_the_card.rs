use vehicle::gate::{FileHead, HttpHead, Parcel, Sound};
use vehicle::senses::Thrust;

pub fn on_radio(sound: Sound) -> Parcel {
    Parcel::state(sound)
}

pub fn as_a_file_for_the_pilot(head: FileHead, sound: Sound) -> Parcel {
    Parcel::picture_file(1, head, sound)
}

pub fn on_video(sound: Sound) -> Parcel {
    Parcel::live(sound)
}

pub fn to_the_maker(head: HttpHead, sound: Sound) -> Parcel {
    Parcel::picture_to_maker(1, head, sound)
}

pub fn in_a_report(head: HttpHead, sound: Sound) -> Parcel {
    Parcel::report(head, sound)
}

pub fn on_remote_id(sound: Sound) -> Parcel {
    Parcel::basic_id(sound)
}

pub fn on_the_console(sound: &Sound) -> Parcel {
    Parcel::greeting(sound)
}

pub fn by_lamps(sound: Sound) -> Parcel {
    Parcel::lamps(sound)
}

pub fn by_motion(sound: Sound) -> Thrust {
    Thrust { rotor_radps: sound }
}

fn main() {}
