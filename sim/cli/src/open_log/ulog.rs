//! ULog, version 1, as docs.px4.io describes it and `pyulog` and PlotJuggler open it.
//!
//! Magic, version and start; flag bits; what made it; one format per topic; then a subscription per topic that
//! occurs, and its data: timestamp in microseconds, then the record's own bytes, which ULog spells the same way.
//!
//! **Never:** changes a value; writes a topic's data before its subscription.

use super::container::Record;
use super::topics::{TOPICS, Topic};

/// The first bytes of every ULog.
pub const MAGIC: [u8; 7] = [0x55, 0x4C, 0x6F, 0x67, 0x01, 0x12, 0x35];
const VERSION: u8 = 1;

/// The whole file.
pub fn write(records: &[Record]) -> Vec<u8> {
    let start_us = records.first().map_or(0, |record| micros(record.at_ms));
    let mut out = Vec::with_capacity(64 * 1024 + records.len() * 48);
    out.extend(MAGIC);
    out.push(VERSION);
    out.extend(start_us.to_le_bytes());
    // No flag is set, and nothing was appended behind the data.
    message(&mut out, b'B', &[0; 40]);
    information(&mut out, "sys_name", "Hushwing");
    for topic in &TOPICS {
        let format = format!("{}:uint64_t timestamp;{}", topic.name, topic.fields);
        message(&mut out, b'F', format.as_bytes());
    }
    let occurs = |topic: &&Topic| records.iter().any(|record| record.kind == topic.kind);
    for topic in TOPICS.iter().filter(occurs) {
        let number = u16::from(topic.kind).to_le_bytes();
        message(&mut out, b'A', &[&[0], &number[..], topic.name.as_bytes()].concat());
    }
    for record in records {
        let number = u16::from(record.kind).to_le_bytes();
        let at_us = micros(record.at_ms).to_le_bytes();
        message(&mut out, b'D', &[&number[..], &at_us, &record.payload].concat());
    }
    out
}

fn micros(at_ms: u32) -> u64 {
    u64::from(at_ms) * 1000
}

fn information(out: &mut Vec<u8>, key: &str, value: &str) {
    let key = format!("char[{}] {key}", value.len());
    message(out, b'I', &[&[key.len() as u8], key.as_bytes(), value.as_bytes()].concat());
}

fn message(out: &mut Vec<u8>, kind: u8, body: &[u8]) {
    out.extend((body.len() as u16).to_le_bytes());
    out.push(kind);
    out.extend_from_slice(body);
}
