//! Emissions that a grant lets through, and what of them is still compared.
//!
//! A grant does not close the eye: it lets one kind of emission carry one kind of contents. Order, number, size
//! where it does not follow the contents, and everything else on the link stay under comparison. Whether a
//! carrier was lawful at its tick is the consent monitor's business.
//!
//! **Never:** masks bytes that are not exactly of a carrier's form; moves a byte that it keeps.

use crate::Link;
use crate::card::Write;
use serde::{Deserialize, Serialize};

/// A kind of emission that a grant, or a command to capture, lets through.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Carrier {
    /// A chunk of a log on a telemetry port. Kept: header but for the length, which follows the contents' trailing
    /// zeros; offset, log and count. Not compared: length, data, checksum.
    LogData,
    /// A part of a log on `Uplink`. Kept: the whole head. Not compared: the body.
    LogUpload,
    /// A part of a picture on `Uplink`. Not compared at all: a picture's size follows what is in it.
    MediaUpload,
    /// A still's file on `Card`, below `DCIM/`. Not compared at all, for the same reason.
    StillFile,
    /// A film's file on `Card`, below `DCIM/`. Not compared at all, for the same reason.
    FilmFile,
    /// A recording's file on `Card`, below `SOUND/`. Kept: operation, path and length. Not compared: the data.
    SoundFile,
    /// A log's file on `Card`, below `LOG/`, which can only be the sealed container. Kept: operation, path and
    /// length. Not compared: the data.
    LogFile,
    /// A packet of the live view on `Video`. Kept: RTP and JPEG headers, and every length. Not compared: the
    /// quantisation tables and the scan.
    LiveView,
    /// An answer to a read, a burst or a checksum over MAVLink FTP on a telemetry port. Kept: header but for the length, addresses, number,
    /// session and what it answers. Not compared: whether there was more, how much, which bytes, checksum.
    FtpData,
}

/// An emission as it is compared. Kept bytes stay where they were; masked ones between them are zero.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Compared<'a> {
    /// No carrier: every byte.
    Whole(&'a [u8]),
    /// A carrier, as far as it is compared.
    Part(Vec<u8>),
    /// A carrier that is passed over.
    Dropped,
}

impl Compared<'_> {
    /// The bytes under comparison.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        match self {
            Self::Whole(bytes) => bytes,
            Self::Part(bytes) => bytes,
            Self::Dropped => &[],
        }
    }
}

/// `magic, length, incompatibility flags, compatibility flags, sequence, system, component, message id (3)`.
const HEADER: usize = 10;

/// Offset (u32), log (u16) and count (u8) of LOG_DATA.
const ADDRESS: usize = 7;

/// Most bytes of data in LOG_DATA.
const DATA_MAX: usize = 90;

/// The flag of a signed frame; behind its checksum lie link and timestamp, which are kept, and the signature.
const SIGNED: u8 = 1;
const LINK_AND_TIME: usize = 7;
const SIGNATURE: usize = 6;

/// LOG_DATA's number, as it stands in a header.
const LOG_DATA: [u8; 3] = [120, 0, 0];

/// FILE_TRANSFER_PROTOCOL's number.
const FILE_TRANSFER: [u8; 3] = [110, 0, 0];

/// Addresses and header of a file transfer, before its data.
const FTP_HEADER: usize = 15;
const FTP_DATA_MAX: usize = 239;
const FTP_OPERATION: usize = 6;
const FTP_SIZE: usize = 7;
const FTP_ANSWERED: usize = 8;
const LIST_DIRECTORY: u8 = 3;
const OPEN_FILE: u8 = 4;
const READ_FILE: u8 = 5;
const CHECKSUM_FILE: u8 = 14;
const BURST_FILE: u8 = 15;

const RTP_HEADER: usize = 12;
const JPEG_HEADER: usize = 8;
const TABLES_HEADER: usize = 4;

impl Carrier {
    /// Whether it goes over a link.
    #[must_use]
    pub fn goes_over(self, link: Link) -> bool {
        match self {
            Self::LogData | Self::FtpData => link.is_mavlink(),
            Self::LiveView => link == Link::Video,
            Self::LogUpload | Self::MediaUpload => link == Link::Uplink,
            Self::StillFile | Self::FilmFile | Self::SoundFile | Self::LogFile => {
                link == Link::Card
            }
        }
    }

    /// An emission as it is compared where some carriers are let through.
    #[must_use]
    pub fn masked<'a>(carriers: &[Self], link: Link, emission: &'a [u8]) -> Compared<'a> {
        let on_it = carriers.iter().filter(|carrier| carrier.goes_over(link));
        let mut masks = on_it.filter_map(|carrier| carrier.mask(emission));
        masks.next().unwrap_or(Compared::Whole(emission))
    }

    /// What is compared of an emission on its link; `None` where the emission is no such carrier.
    fn mask(self, emission: &[u8]) -> Option<Compared<'static>> {
        match self {
            Self::LogData => log_data(emission).map(Compared::Part),
            Self::LogUpload => {
                emission.starts_with(b"PUT /v1/logs/").then_some(())?;
                let end = emission.windows(4).position(|four| four == b"\r\n\r\n")? + 4;
                Some(Compared::Part(emission[..end].to_vec()))
            }
            Self::MediaUpload => {
                emission.starts_with(b"PUT /v1/media/").then_some(Compared::Dropped)
            }
            // What becomes either lies below the same folder, and until it is whole under a name of neither.
            Self::StillFile | Self::FilmFile => {
                Write::decode(emission)?.path.starts_with("DCIM/").then_some(Compared::Dropped)
            }
            Self::SoundFile => file(emission, "SOUND/"),
            Self::LogFile => file(emission, "LOG/"),
            Self::LiveView => live_view(emission).map(Compared::Part),
            Self::FtpData => ftp_data(emission).map(Compared::Part),
        }
    }
}

/// A card write into a folder, without its data.
fn file(emission: &[u8], folder: &str) -> Option<Compared<'static>> {
    let write = Write::decode(emission)?;
    let blank = vec![0; write.data.len()];
    let blank = Write { data: &blank, ..write };
    write.path.starts_with(folder).then(|| Compared::Part(blank.encode()))
}

fn log_data(frame: &[u8]) -> Option<Vec<u8>> {
    let (mut kept, payload) = message(frame, LOG_DATA)?;
    (payload.len() <= ADDRESS + DATA_MAX).then_some(())?;
    kept.extend_from_slice(&payload[..payload.len().min(ADDRESS)]);
    let shown = payload.len().min(ADDRESS);
    kept.resize(kept.len() + ADDRESS - shown, 0);
    Some(kept)
}

/// `network, system, component, number (2), session, operation, size, answered operation, 2 more, offset (4)`,
/// then data.
fn ftp_data(frame: &[u8]) -> Option<Vec<u8>> {
    let (mut kept, payload) = message(frame, FILE_TRANSFER)?;
    (payload.len() <= FTP_HEADER + FTP_DATA_MAX).then_some(())?;
    let mut header = [0; FTP_HEADER];
    let shown = payload.len().min(FTP_HEADER);
    header[..shown].copy_from_slice(&payload[..shown]);
    match header[FTP_ANSWERED] {
        LIST_DIRECTORY | OPEN_FILE | CHECKSUM_FILE => {}
        // Whether there is more to read follows the contents' length.
        READ_FILE | BURST_FILE => header[FTP_OPERATION] = 0,
        _ => return None,
    }
    header[FTP_SIZE] = 0;
    kept.extend_from_slice(&header);
    Some(kept)
}

/// RTP and the JPEG header of RFC 2435, then in a picture's first packet four bytes that announce its tables.
fn live_view(packet: &[u8]) -> Option<Vec<u8>> {
    let (header, _) = packet.split_at_checked(RTP_HEADER + JPEG_HEADER)?;
    let is_jpeg = header[0] == 0x80 && header[1] & 0x7F == 26;
    is_jpeg.then_some(())?;
    let is_first = header[RTP_HEADER + 1..RTP_HEADER + 4] == [0; 3];
    let kept = header.len() + if is_first { TABLES_HEADER } else { 0 };
    let mut kept = packet.get(..kept)?.to_vec();
    kept.resize(packet.len(), 0);
    Some(kept)
}

/// The header of a message of that number, but for the length that follows its trailing zeros, and when it was
/// signed if it was; and its payload.
fn message(frame: &[u8], number: [u8; 3]) -> Option<(Vec<u8>, &[u8])> {
    let (header, rest) = frame.split_at_checked(HEADER)?;
    let &[0xFD, length, flags @ (0 | SIGNED), ..] = header else { return None };
    let (payload, behind) = rest.split_at_checked(usize::from(length))?;
    // A checksum, the signature of a signed frame, and nothing more: what hangs on behind is no part of a carrier.
    let signature = if flags == SIGNED { LINK_AND_TIME + SIGNATURE } else { 0 };
    (behind.len() == 2 + signature && header.ends_with(&number)).then_some(())?;
    let mut kept = header.to_vec();
    kept[1] = 0;
    kept.extend_from_slice(&behind[2..behind.len() - if signature > 0 { SIGNATURE } else { 0 }]);
    Some((kept, payload))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::card::Operation;

    fn frame(header: [u8; 10], payload: &[u8], checksum: &[u8]) -> Vec<u8> {
        let mut frame = header.to_vec();
        frame[1] = payload.len() as u8;
        frame.extend_from_slice(payload);
        frame.extend_from_slice(checksum);
        frame
    }

    fn chunk(payload: &[u8]) -> Vec<u8> {
        frame([0xFD, 0, 0, 0, 9, 1, 1, 120, 0, 0], payload, b"cc")
    }

    fn write(operation: Operation, path: &str, data: &[u8]) -> Vec<u8> {
        Write { operation, path, data }.encode()
    }

    fn told(carrier: Carrier, link: Link, emission: &[u8]) -> String {
        match Carrier::masked(&[carrier], link, emission) {
            Compared::Whole(_) => "whole".to_owned(),
            Compared::Part(bytes) => format!("part {}", bytes.escape_ascii()),
            Compared::Dropped => "dropped".to_owned(),
        }
    }

    #[test]
    fn a_chunk_of_a_log_keeps_its_header_and_its_address() {
        let kept = r"part \xfd\x00\x00\x00\t\x01\x01x\x00\x00";
        for (emission, expected) in [
            (chunk(b"\x5a\0\0\0\x01\0\x03abc"), format!(r"{kept}Z\x00\x00\x00\x01\x00\x03")),
            // Trailing zeros are cut, so the length follows the contents.
            (chunk(b"\x5a\0\0\0\x01\0\x03"), format!(r"{kept}Z\x00\x00\x00\x01\x00\x03")),
            (chunk(b"\0\0\0\0\x01"), format!(r"{kept}\x00\x00\x00\x00\x01\x00\x00")),
            (chunk(&[1; 98]), "whole".to_owned()),
            (frame([0xFD, 0, 0, 0, 9, 1, 1, 120, 0, 0], b"abc", b"ccd"), "whole".to_owned()),
            (frame([0xFD, 0, 0, 0, 9, 1, 1, 120, 0, 0], b"abc", b"c"), "whole".to_owned()),
            (frame([0xFD, 0, 1, 0, 9, 1, 1, 120, 0, 0], b"abc", b"cc"), "whole".to_owned()),
            (frame([0xFE, 0, 0, 0, 9, 1, 1, 120, 0, 0], b"abc", b"cc"), "whole".to_owned()),
            (frame([0xFD, 0, 0, 0, 9, 1, 1, 30, 0, 0], b"abc", b"cc"), "whole".to_owned()),
            (b"\xFD\x05".to_vec(), "whole".to_owned()),
        ] {
            assert_eq!(told(Carrier::LogData, Link::Radio, &emission), expected);
        }
        assert_eq!(told(Carrier::LogData, Link::Uplink, &chunk(b"abc")), "whole");
    }

    #[test]
    fn an_answer_to_a_read_keeps_its_addresses_and_hides_how_much_it_gave() {
        let answer = |payload: &[u8]| frame([0xFD, 0, 0, 0, 9, 1, 1, 110, 0, 0], payload, b"cc");
        let head = r"part \xfd\x00\x00\x00\t\x01\x01n\x00\x00";
        for (payload, expected) in [
            (
                &b"\0\xff\xbe\x07\0\x01\x80\x03\x05\0\0\xef\0\0\0abc"[..],
                format!(r"{head}\x00\xff\xbe\x07\x00\x01\x00\x00\x05\x00\x00\xef\x00\x00\x00"),
            ),
            (
                b"\0\xff\xbe\x07\0\x01\x81\x01\x05\0\0\xef\0\0\0\x06",
                format!(r"{head}\x00\xff\xbe\x07\x00\x01\x00\x00\x05\x00\x00\xef\x00\x00\x00"),
            ),
            // A refusal to open is no contents; neither is what answers anything else.
            (
                b"\0\xff\xbe\x07\0\x01\x81\x01\x04\0\0\0\0\0\0\x0a",
                format!(r"{head}\x00\xff\xbe\x07\x00\x01\x81\x00\x04\x00\x00\x00\x00\x00\x00"),
            ),
            (b"\0\xff\xbe\x07\0\x01\x81\x01\x06\0\0\0\0\0\0\x07", "whole".to_owned()),
        ] {
            assert_eq!(told(Carrier::FtpData, Link::Radio, &answer(payload)), expected);
        }
    }

    #[test]
    fn a_packet_of_the_view_keeps_its_headers_and_its_length() {
        let rtp = b"\x80\x1a\0\x05\0\0\0\x09HUSH";
        let packet = |rest: &[u8]| [rtp, rest].concat();
        let kept = r"part \x80\x1a\x00\x05\x00\x00\x00\tHUSH";
        for (rest, expected) in [
            (
                &b"\0\0\0\0\x01\xff\x14\x0f\0\0\0\x80tables"[..],
                format!(
                    r"{kept}\x00\x00\x00\x00\x01\xff\x14\x0f\x00\x00\x00\x80\x00\x00\x00\x00\x00\x00"
                ),
            ),
            (
                b"\0\0\x04\0\x01\xff\x14\x0fscan",
                format!(r"{kept}\x00\x00\x04\x00\x01\xff\x14\x0f\x00\x00\x00\x00"),
            ),
            (b"\0\0\x04", "whole".to_owned()),
        ] {
            assert_eq!(told(Carrier::LiveView, Link::Video, &packet(rest)), expected);
        }
    }

    #[test]
    fn each_carrier_lets_through_its_own_and_nothing_else() {
        use Carrier::{LogUpload, MediaUpload, SoundFile, StillFile};
        use Operation::{Append, Replace};
        let logs = b"PUT /v1/logs/1/0 HTTP/1.1\r\nA: b\r\n\r\nab\r\n\r\n".to_vec();
        let media = b"PUT /v1/media/1/0 HTTP/1.1\r\n\r\nab".to_vec();
        let (still, sound) = ("DCIM/100HUSHW/HW_0001.JPG", "SOUND/SND_0001.AU");
        let kept_sound = r"part \x00\x11\x00SOUND/SND_0001.AU\x00\x00";
        for (carrier, link, emission, expected) in [
            (
                LogUpload,
                Link::Uplink,
                logs.clone(),
                r"part PUT /v1/logs/1/0 HTTP/1.1\r\nA: b\r\n\r\n",
            ),
            (LogUpload, Link::Uplink, b"PUT /v1/logs/1/0 HTTP/1.1\r\nab".to_vec(), "whole"),
            (LogUpload, Link::Uplink, media.clone(), "whole"),
            (LogUpload, Link::Radio, logs.clone(), "whole"),
            (MediaUpload, Link::Uplink, media, "dropped"),
            (MediaUpload, Link::Uplink, logs, "whole"),
            (MediaUpload, Link::Uplink, b"GET /v1/media/1/0".to_vec(), "whole"),
            (StillFile, Link::Card, write(Replace, still, b"ab"), "dropped"),
            (StillFile, Link::Card, write(Append, sound, b"ab"), "whole"),
            (StillFile, Link::Card, write(Replace, "DCIM", b"ab"), "whole"),
            (StillFile, Link::Card, write(Replace, "x/DCIM/y", b"ab"), "whole"),
            (SoundFile, Link::Card, write(Append, sound, b"ab"), kept_sound),
            (SoundFile, Link::Card, write(Replace, still, b"ab"), "whole"),
            (SoundFile, Link::Card, b"\x07\x01\x00Aab".to_vec(), "whole"),
        ] {
            let emission: Vec<u8> = emission;
            assert_eq!(told(carrier, link, &emission), expected, "{}", emission.escape_ascii());
        }
    }
}
