use vehicle::gate::{HttpHead, Message, Parcel};
use vehicle::senses::Thrust;

pub fn on_video(message: Message) -> Parcel {
    Parcel::live(message)
}

pub fn to_the_maker(head: HttpHead, message: Message) -> Parcel {
    Parcel::picture_to_maker(1, head, message)
}

pub fn in_a_report(head: HttpHead, message: Message) -> Parcel {
    Parcel::report(head, message)
}

pub fn on_remote_id(message: Message) -> Parcel {
    Parcel::basic_id(message)
}

pub fn on_the_console(message: &Message) -> Parcel {
    Parcel::greeting(message)
}

pub fn by_lamps(message: Message) -> Parcel {
    Parcel::lamps(message)
}

pub fn by_motion(message: Message) -> Thrust {
    Thrust { rotor_radps: message }
}

pub fn in_clear_on_the_card(message: Message) -> Parcel {
    Parcel::keep("SET/SETTINGS.HST".into(), message)
}

fn main() {}
