//! What the pilot puts aboard: told back as he wrote it, and as the answers say that it was written.

use super::*;

const PATH: &[u8] = b"INCOMING/a";
const LENGTH: u8 = PATH.len() as u8;
const OTHER_BYTES: &str = "a part of a file is not what is in it";
const NO_PLACE: &str = "a file is written where none may be";

/// One thing asked and its answer: the opcode, the place, what is sent, what comes back, and whether it is granted.
type Talk<'a> = (u8, u32, &'a [u8], &'a [u8]);

/// What is found of talks that follow one another, one a tick, numbered from `number` on by `step`.
fn told(talks: &[Talk<'_>], number: u16, step: u16) -> Vec<String> {
    let (mut heard, mut said) = (Vec::new(), Vec::new());
    for (tick, (opcode, offset, sent, back)) in (2_100..).zip(talks) {
        let number = number + step * (tick - 2_100) as u16;
        let size = if matches!(opcode, 5) { 239 } else { sent.len() as u8 };
        heard.push((tick, asks(PILOT, number, *opcode, size, *offset, sent)));
        said.push((tick, answers(PILOT, number + 1, [128, *opcode, 0], *offset, back)));
    }
    found(&heard, &numbered(&said))
}

#[test]
fn what_is_put_aboard_is_told_back_as_it_was_written() {
    let create: Talk<'_> = (6, 0, PATH, b"");
    let open: Talk<'_> = (4, 0, PATH, &[4, 0, 0, 0]);
    let write: Talk<'_> = (7, 0, b"abcd", b"");
    let table: [(&str, &[Talk<'_>], &[&str]); 17] = [
        ("written and read", &[create, write, open, (5, 0, b"", b"abcd")], NONE),
        ("other bytes", &[create, write, open, (5, 0, b"", b"abcX")], &[OTHER_BYTES]),
        ("more bytes", &[create, write, open, (5, 0, b"", b"abcde")], &[OTHER_BYTES]),
        (
            "another size",
            &[create, (4, 0, PATH, &[4, 0, 0, 0])],
            &["a file of another size than its own"],
        ),
        ("written over", &[create, write, (7, 1, b"B", b""), open, (5, 0, b"", b"aBcd")], NONE),
        (
            "written on",
            &[create, write, (11, 0, PATH, &[4, 0, 0, 0]), (7, 4, b"e", b""), (5, 3, b"", b"de")],
            NONE,
        ),
        ("beyond a gap", &[create, (7, 1, b"x", b"")], &[NO_PLACE]),
        ("far beyond", &[create, (7, u32::MAX, b"x", b"")], &[NO_PLACE]),
        ("opened to be read", &[create, write, open, (7, 0, b"x", b"")], &[NO_PLACE]),
        ("not opened", &[write], &[NO_PLACE]),
        ("cut", &[create, write, (12, 1, PATH, b""), (4, 0, PATH, &[1, 0, 0, 0])], NONE),
        ("cut longer", &[create, write, (12, 5, PATH, b"")], &[NO_PLACE]),
        ("created elsewhere", &[(6, 0, b"LOG/a", b"")], &[NO_PLACE]),
        ("created under no name", &[(6, 0, b"INCOMING/.a", b"")], &[NO_PLACE]),
        ("an answer that tells more", &[(6, 0, PATH, b"x")], &["an answer that tells more"]),
        ("its line", &[create, write, (3, 0, b"INCOMING", b"Fa\t4\0")], NONE),
        (
            "its checksum",
            &[create, write, (14, 0, PATH, &[0, 0, 0, 0])],
            &["a checksum that is not the file's"],
        ),
    ];
    assert_eq!(LENGTH, 10);
    for (name, talks, expected) in table {
        assert_eq!(told(talks, 1, 7), expected, "{name}");
    }
    let right = sum(b"abcd").to_le_bytes();
    assert_eq!(told(&[create, write, (14, 0, PATH, &right)], 1, 7), NONE);
}

#[test]
fn what_is_asked_for_again_in_its_number_opens_and_empties_nothing() {
    let create: Talk<'_> = (6, 0, PATH, b"");
    let write: Talk<'_> = (7, 0, b"abcd", b"");
    let open: Talk<'_> = (4, 0, PATH, &[4, 0, 0, 0]);
    let gone: Talk<'_> = (8, 0, b"INCOMING/b", b"");
    let read: Talk<'_> = (5, 0, b"", b"abcd");
    type Row<'a> = (&'a str, &'a [(u16, Talk<'a>)], &'a [&'a str]);
    let table: [Row<'_>; 5] = [
        ("after a part", &[(1, create), (8, write), (1, create), (20, open), (30, read)], NONE),
        (
            "after another opening",
            &[(1, create), (8, write), (20, open), (1, create), (30, read)],
            NONE,
        ),
        (
            "and what was opened to be read is not written",
            &[(1, create), (8, write), (20, open), (1, create), (30, write)],
            &[NO_PLACE],
        ),
        (
            "in another number it is another",
            &[(1, create), (8, write), (2, create), (20, open)],
            &["a file of another size than its own"],
        ),
        (
            "after something else it is another",
            &[(1, create), (8, write), (40, gone), (1, create), (20, open)],
            &["a file of another size than its own"],
        ),
    ];
    for (name, talks, expected) in table {
        let (mut heard, mut said) = (Vec::new(), Vec::new());
        for (tick, &(number, (opcode, offset, sent, back))) in (2_100..).zip(talks) {
            let size = if opcode == 5 { 239 } else { sent.len() as u8 };
            heard.push((tick, asks(PILOT, number, opcode, size, offset, sent)));
            said.push((tick, answers(PILOT, number + 1, [128, opcode, 0], offset, back)));
        }
        assert_eq!(found(&heard, &numbered(&said)), expected, "{name}");
    }
}

#[test]
fn there_is_room_for_so_much_and_no_more() {
    let part = [7; 239];
    let mut talks: Vec<Talk<'_>> = vec![(6, 0, PATH, b"")];
    talks.extend((0..17).map(|n| (7, n * 239, &part[..], &b""[..])));
    assert_eq!(told(&talks, 1, 7), NONE);
    talks.push((7, 17 * 239, &part, b""));
    assert_eq!(told(&talks, 1, 7), [NO_PLACE]);
    let paths = ["INCOMING/a", "INCOMING/b", "INCOMING/c", "INCOMING/d", "INCOMING/e"];
    let talks: Vec<Talk<'_>> = paths.iter().map(|path| (6, 0, path.as_bytes(), &b""[..])).collect();
    assert_eq!(told(&talks[..4], 1, 7), NONE);
    assert_eq!(told(&talks, 1, 7), [NO_PLACE]);
}
