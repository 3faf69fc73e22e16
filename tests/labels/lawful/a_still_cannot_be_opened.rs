use vehicle::gate::{Parcel, Still};

pub fn store(still: Still) -> Parcel {
    Parcel::still(1, "DCIM/100HUSHW/HW_0001.JPG".into(), still)
}

fn main() {}
