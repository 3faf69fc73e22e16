use vehicle::Outbox;
use vehicle::gate::Cleared;
use vehicle::radio::frame::Framer;

pub fn send(outbox: &mut Outbox, cleared: Cleared, framer: &mut Framer) {
    outbox.send(cleared, framer);
}

fn main() {}
