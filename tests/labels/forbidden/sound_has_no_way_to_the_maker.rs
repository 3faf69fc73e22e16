use vehicle::gate::{HttpHead, Parcel, Sound};

pub fn leak(head: HttpHead, sound: Sound) -> Parcel {
    Parcel::log_to_maker(1, head, sound)
}

fn main() {}
