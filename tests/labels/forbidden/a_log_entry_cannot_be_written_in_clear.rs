use vehicle::LogEntry;
use vehicle::gate::Parcel;

pub fn leak(entry: LogEntry) -> Parcel {
    Parcel::log(1, "LOG/LOG_0001.HLG".into(), entry)
}

fn main() {}
