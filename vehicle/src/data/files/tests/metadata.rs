//! What the vehicle tells of itself: without a grant, whole, and never changed.

use super::*;

#[test]
fn what_it_tells_of_itself_is_listed_read_summed_and_never_changed() {
    let mut bench = Bench::telling();
    let told = Metadata::of(crate::senses::Streams::Normal).expect("it tells");
    for document in Document::ALL {
        let (path, bytes) = (document.path(), told.bytes(document));
        let length = bytes.len() as u32;
        assert_eq!(bench.named(OPEN, path), (ACK, length.to_le_bytes().to_vec()), "{path}");
        let mut read = Vec::new();
        while let (ACK, data) = bench.told(READ, 3, read.len() as u32, 239, b"") {
            read.extend(data);
        }
        assert_eq!(read, bytes, "{path}");
        assert_eq!(bench.told(READ, 3, u32::MAX, 239, b""), nak(6), "{path}");
        let mut burst: Vec<u8> = Vec::new();
        while burst.len() < bytes.len() {
            assert!(matches!(bench.ask(15, 3, burst.len() as u32, 239, b""), Answer::Later));
            burst.extend(bench.burst().into_iter().flat_map(|(.., data)| data));
        }
        assert_eq!(burst, bytes, "{path}");
        let sum = crate::data::checksum::add(0, bytes).to_le_bytes().to_vec();
        assert_eq!(bench.named(14, path), (ACK, sum), "{path}");
        for (what, opcode) in [("removed", 8), ("created", 6), ("opened to write", 11)] {
            assert_eq!(bench.named(opcode, path), nak(9), "{path} is {what}");
        }
    }
    let (uri, sum) = told.address();
    assert_eq!(uri, "mftp://META/general.json");
    assert_eq!(bench.named(14, "META/general.json"), (ACK, sum.to_le_bytes().to_vec()));
    let general = core::str::from_utf8(told.bytes(Document::General)).expect("it is text");
    let other = crate::data::checksum::add(0, told.bytes(Document::Parameters));
    assert!(general.contains(&format!("\"fileCrc\":{other}}}")), "{general}");
    let name = |document: Document| {
        let path = document.path().strip_prefix("META/").expect("it lies there");
        format!("F{path}\t{}\0", told.bytes(document).len()).into_bytes()
    };
    for (folder, index, expected) in [
        ("", 2, (ACK, b"DMETA\0".to_vec())),
        ("", 3, (ACK, b"DINCOMING\0".to_vec())),
        ("", 4, nak(6)),
        ("META", 0, (ACK, name(Document::General))),
        ("META", 1, (ACK, name(Document::Parameters))),
        ("META", 2, nak(6)),
        ("META/general.json", 0, nak(10)),
    ] {
        let answer = bench.told(LIST, 0, index, folder.len() as u8, folder.as_bytes());
        assert_eq!(answer, expected, "{folder} from {index}");
    }
    for path in ["META", "META/", "META/../LOG/LOG_0002.HLG", "META/GENERAL.JSON", "general.json"] {
        assert_eq!(bench.named(OPEN, path), nak(10), "{path}");
    }
    let mut silent = Bench::new();
    for (opcode, path) in [(OPEN, "META/general.json"), (LIST, "META"), (14, "META/general.json")] {
        assert_eq!(silent.named(opcode, path), nak(10), "a story's vehicle has none: {path}");
    }
}
