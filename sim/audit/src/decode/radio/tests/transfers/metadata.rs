//! Files that a live vehicle tells of itself: without a grant, to the pilot, and to the byte.

use super::*;

#[test]
fn the_metadata_are_told_without_a_grant_and_to_the_byte() {
    let file = crate::decode::radio::metadata::file("META/general.json").expect("it is one");
    let path = b"META/general.json";
    let heard = vec![
        (1900, asks(PILOT, 1, 4, 17, 0, path)),
        (1910, asks(PILOT, 5, 5, 90, 0, b"")),
        (1920, asks(PILOT, 7, 15, 20, 0, b"")),
        (1930, asks(PILOT, 20, 14, 17, 0, path)),
        (1930, asks(PILOT, 50, 3, 4, 0, b"META")),
        (1930, asks(PILOT, 52, 3, 1, 0, b"/")),
        (1930, asks(PILOT, 60, 8, 17, 0, path)),
        (1930, asks(OTHER, 70, 4, 17, 0, path)),
    ];
    let size = (file.len() as u32).to_le_bytes();
    let line = format!("Fgeneral.json\t{}\0", file.len());
    let other = "a part of a file is not what is in it";
    let length = "a file of another size than its own";
    let table: [(&str, u64, MavMessage, &[&str]); 14] = [
        ("opened", 1901, answers(PILOT, 2, [128, 4, 0], 0, &size), NONE),
        ("of another size", 1901, answers(PILOT, 2, [128, 4, 0], 0, &[9, 0, 0, 0]), &[length]),
        ("a part", 1911, answers(PILOT, 6, [128, 5, 0], 0, &file[..90]), NONE),
        ("another part", 1911, answers(PILOT, 6, [128, 5, 0], 0, &file[1..91]), &[other]),
        ("a burst", 1921, answers(PILOT, 9, [128, 15, 0], 20, &file[20..40]), NONE),
        ("with a bit of its own", 1921, answers(PILOT, 9, [128, 15, 0], 20, b"Ada"), &[other]),
        ("behind its end", 1921, answers(PILOT, 8, [128, 15, 0], 4_000_000_000, b"Ada"), &[other]),
        ("its checksum", 1940, answers(PILOT, 21, [128, 14, 0], 0, &sum(file).to_le_bytes()), NONE),
        (
            "another's",
            1940,
            answers(PILOT, 21, [128, 14, 0], 0, b"ADA!"),
            &["a checksum that is not the file's"],
        ),
        ("a line of its folder", 1940, answers(PILOT, 51, [128, 3, 0], 0, line.as_bytes()), NONE),
        (
            "a line that lies",
            1940,
            answers(PILOT, 51, [128, 3, 0], 0, b"Fgeneral.json\t9\0"),
            &[length],
        ),
        ("its folder", 1940, answers(PILOT, 53, [128, 3, 0], 0, b"DMETA\0"), NONE),
        (
            "removed",
            1940,
            answers(PILOT, 61, [128, 8, 0], 0, b""),
            &["a file of the metadata is removed"],
        ),
        (
            "to a stranger",
            1940,
            answers(OTHER, 71, [128, 4, 0], 0, &size),
            &["a file answer to somebody else"],
        ),
    ];
    // As above, when the list had been asked for.
    let later = |tick: u64| tick + 200;
    let heard: Vec<_> = heard.into_iter().map(|(tick, frame)| (later(tick), frame)).collect();
    for (name, tick, message, expected) in table {
        assert_eq!(found(&heard, &numbered(&[(later(tick), message)])), expected, "{name}");
    }
}
