use vehicle::gate::{FileHead, HttpHead, LivePacket, Message, Parcel, Report, Scrubbed};
use vehicle::senses::{Provision, Thrust};

pub fn on_radio(message: Message) -> Parcel {
    Parcel::state(message)
}

pub fn as_a_file_for_the_pilot(head: FileHead, picture: Scrubbed) -> Parcel {
    Parcel::picture_file(1, head, picture)
}

pub fn on_video(packet: LivePacket) -> Parcel {
    Parcel::live(packet)
}

pub fn to_the_maker(head: HttpHead, picture: Scrubbed) -> Parcel {
    Parcel::picture_to_maker(1, head, picture)
}

pub fn in_a_report(head: HttpHead, report: Report) -> Parcel {
    Parcel::report(head, report)
}

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

fn main() {}
