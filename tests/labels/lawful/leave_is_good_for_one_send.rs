use vehicle::Outbox;
use vehicle::gate::Cleared;
use vehicle::radio::frame::Framer;

pub fn once_each(outbox: &mut Outbox, a: Cleared, b: Cleared, framer: &mut Framer) {
    outbox.send(a, framer);
    outbox.send(b, framer);
}

fn main() {}
