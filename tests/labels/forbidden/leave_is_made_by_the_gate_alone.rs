use vehicle::gate::Cleared;
use vehicle::words::Link;

pub fn forge() -> Cleared {
    Cleared { link: Link::Radio }
}

fn main() {}
