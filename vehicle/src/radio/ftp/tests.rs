//! Requests as they arrive, and the lies in them.

use super::*;

/// A request's payload as it arrives, its zeros at the end left out or not.
fn wire(opcode: u8, size: u8, data: &[u8]) -> Vec<u8> {
    let head = [0, 1, 1, 7, 0, 3, opcode, size, 0, 0, 0, 5, 0, 0, 0];
    [&head[..], data].concat()
}

fn asked(opcode: u8, size: u8, data: &[u8]) -> Ask {
    let payload = wire(opcode, size, data);
    let frame = Received { system: 255, component: 190, id: 110, payload: &payload };
    read(&frame).expect("a request to us").ask
}

#[test]
fn requests_are_read_and_lies_are_refused() {
    use Nak::{FileNotFound, FileProtected, InvalidDataSize, UnknownCommand};
    let open = |path: &str| Ask::Open(String::from(path));
    let table: [(&str, u8, u8, &[u8], Ask); 37] = [
        ("terminate", 1, 0, b"", Ask::Terminate),
        ("reset", 2, 0, b"", Ask::Reset),
        ("list the root", 3, 1, b"/", Ask::List(String::new())),
        ("list nothing", 3, 0, b"", Ask::List(String::new())),
        ("list a folder", 3, 4, b"/LOG", Ask::List(String::from("LOG"))),
        ("open", 4, 16, b"LOG/LOG_0001.HLG", open("LOG/LOG_0001.HLG")),
        ("open from the root", 4, 6, b"/LOG/A", open("LOG/A")),
        ("the zero counted", 4, 6, b"LOG/A\0", open("LOG/A")),
        ("read", 5, 239, b"", Ask::Read(239)),
        ("read nothing", 5, 0, b"", Ask::Refuse(InvalidDataSize)),
        ("read more than fits", 5, 240, b"", Ask::Refuse(InvalidDataSize)),
        ("a name longer than fits", 4, 255, b"LOG/A", Ask::Refuse(InvalidDataSize)),
        ("upwards", 4, 8, b"../A.HLG", Ask::Refuse(FileNotFound)),
        ("upwards within", 4, 10, b"LOG/../A.B", Ask::Refuse(FileNotFound)),
        ("upwards at the end", 3, 6, b"LOG/..", Ask::Refuse(FileNotFound)),
        ("here", 3, 1, b".", Ask::Refuse(FileNotFound)),
        ("two roots", 4, 5, b"//LOG", Ask::Refuse(FileNotFound)),
        ("a zero within", 4, 5, b"LOG\0A", Ask::Refuse(FileNotFound)),
        ("not text", 4, 2, b"\xFF\xFE", Ask::Refuse(FileNotFound)),
        ("nothing", 0, 0, b"", Ask::Nothing),
        ("burst", 15, 80, b"", Ask::Burst(80)),
        ("burst, as long as you like", 15, 0, b"", Ask::Burst(239)),
        ("burst of more than fits", 15, 240, b"", Ask::Refuse(InvalidDataSize)),
        ("checksum", 14, 5, b"LOG/A", Ask::Checksum(String::from("LOG/A"))),
        ("create", 6, 1, b"A", Ask::Create(String::from("A"))),
        ("create upwards", 6, 4, b"../A", Ask::Refuse(FileProtected)),
        ("open to write", 11, 2, b"/A", Ask::OpenToWrite(String::from("A"))),
        ("cut short", 12, 1, b"A", Ask::Truncate(String::from("A"))),
        ("cut a name that ends in another", 12, 3, b"A\0B", Ask::Refuse(FileProtected)),
        ("write", 7, 1, b"AB", Ask::Write(Vec::from(b"A"))),
        ("write nothing", 7, 0, b"A", Ask::Refuse(InvalidDataSize)),
        ("make a folder", 9, 1, b"A", Ask::Refuse(FileProtected)),
        ("write more than fits", 7, 240, b"A", Ask::Refuse(InvalidDataSize)),
        ("rename", 13, 3, b"A\0B", Ask::Refuse(FileProtected)),
        ("list with times", 16, 1, b"/", Ask::Refuse(UnknownCommand)),
        ("beyond all", 200, 1, b"/", Ask::Refuse(UnknownCommand)),
        ("parameters as a file", 4, 16, b"@PARAM/param.pck", open("@PARAM/param.pck")),
    ];
    for (name, opcode, size, data, expected) in table {
        assert_eq!(asked(opcode, size, data), expected, "{name}");
    }
}

#[test]
fn what_is_for_another_vehicle_or_another_protocol_is_not_read() {
    for (name, id, at, value) in
        [("another message", 111, 0, 0), ("system", 110, 1, 2), ("component", 110, 2, 100)]
    {
        let mut payload = wire(2, 0, b"");
        payload[at] = value;
        let frame = Received { system: 255, component: 190, id, payload: &payload };
        assert_eq!(read(&frame), None, "{name}");
    }
}

#[test]
fn any_bytes_at_all_are_read_without_harm() {
    for opcode in 0..=u8::MAX {
        for length in [0, 1, 3, 14, 15, 16, 253, 254, 255, 300] {
            let mut bytes = Vec::from([0xFF; 300]);
            bytes[..7].copy_from_slice(&[0, 1, 1, 0, 0, 0, opcode]);
            let payload = &bytes[..length];
            read(&Received { system: 255, component: 190, id: 110, payload });
        }
    }
}
