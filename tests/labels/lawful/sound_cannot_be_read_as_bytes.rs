use vehicle::gate::{Parcel, Sound};

pub fn store(sound: Sound) -> Parcel {
    Parcel::sound(1, "SOUND/SND_0001.AU".into(), sound)
}

fn main() {}
