use vehicle::gate::Sound;

pub fn leak(sound: &Sound) -> &[u8] {
    sound.as_ref()
}

fn main() {}
