use vehicle::gate::{HttpHead, LivePacket, Message, Parcel, Report};
use vehicle::senses::Provision;

pub fn on_radio(message: Message) -> Parcel {
    Parcel::state(message)
}

pub fn on_video(packet: LivePacket) -> Parcel {
    Parcel::live(packet)
}

pub fn in_a_report(head: HttpHead, report: Report) -> Parcel {
    Parcel::report(head, report)
}

pub fn on_the_console(provision: &Provision) -> Parcel {
    Parcel::greeting(provision)
}

pub fn by_lamps(lamps: u8) -> Parcel {
    Parcel::lamps(lamps)
}

fn main() {}
