use vehicle::gate::{HttpHead, Parcel, SealedLog};
use vehicle::senses::Thrust;

pub fn on_radio(log: SealedLog) -> Parcel {
    Parcel::state(log)
}

pub fn on_video(log: SealedLog) -> Parcel {
    Parcel::live(log)
}

pub fn in_a_report(head: HttpHead, log: SealedLog) -> Parcel {
    Parcel::report(head, log)
}

pub fn on_remote_id(log: SealedLog) -> Parcel {
    Parcel::basic_id(log)
}

pub fn on_the_console(log: &SealedLog) -> Parcel {
    Parcel::greeting(log)
}

pub fn by_lamps(log: SealedLog) -> Parcel {
    Parcel::lamps(log)
}

pub fn by_motion(log: SealedLog) -> Thrust {
    Thrust { rotor_radps: log }
}

pub fn in_clear_on_the_card(log: SealedLog) -> Parcel {
    Parcel::keep("SET/SETTINGS.HST".into(), log)
}

fn main() {}
