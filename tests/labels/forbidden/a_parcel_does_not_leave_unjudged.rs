use vehicle::Outbox;
use vehicle::gate::Parcel;
use vehicle::radio::frame::Framer;

pub fn smuggle(outbox: &mut Outbox, parcel: Parcel, framer: &mut Framer) {
    outbox.send(parcel, framer);
}

fn main() {}
