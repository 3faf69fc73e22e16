use vehicle::gate::{HttpHead, Parcel, Scrubbed};

pub fn share(head: HttpHead, picture: Scrubbed) -> Parcel {
    Parcel::picture_to_maker(1, head, picture)
}

fn main() {}
