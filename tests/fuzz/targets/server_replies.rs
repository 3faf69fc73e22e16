//! Any answer of a server: no panic, and no request ever goes to a host that is not declared.
//!
//! **Never:** answers a name look-up with nonsense alone; every other one is answered well.
#![no_main]

#[path = "../../bench.rs"]
mod bench;
#[path = "../ground.rs"]
mod ground;
#[path = "../told.rs"]
mod told;

use bench::Bench;
use evidence::card::CardImage;
use libfuzzer_sys::fuzz_target;
use told::provision;
use vehicle::senses::Tick;
use vehicle::words::Link;

const DECLARED: [&str; 4] = ["intake", "intake2", "updates", "zones"];
const SWITCHES: [(&str, i32); 4] =
    [("PRIV_LOCAL", 0), ("UP_DIAG", 1), ("UP_NOFLY", 1), ("UP_UPDATE", 1)];

fuzz_target!(|data: &[u8]| {
    let mut bench = Bench::switched_on(provision([9; 32]), CardImage::new(), Tick(0));
    bench.tick(&ground::heartbeat(), &[]);
    for (name, value) in SWITCHES {
        bench.tick(&ground::sets(name, value), &[]);
    }
    let (mut replies, mut answer) = (data.split(|byte| *byte == b'~'), Vec::new());
    for _ in 0..9_000 {
        let said = bench.tick(&[], &std::mem::take(&mut answer));
        for (_, request) in said.iter().filter(|(link, _)| *link == Link::Uplink) {
            if request.first() == Some(&0) {
                answer = address(request);
                continue;
            }
            let text = String::from_utf8_lossy(request);
            let host = text.split("\r\nHost: ").nth(1).and_then(|rest| rest.split("\r\n").next());
            let name = host.and_then(|host| host.strip_suffix(".hushwing.example"));
            assert!(name.is_some_and(|name| DECLARED.contains(&name)), "{host:?} is not declared");
            answer = replies.next().unwrap_or_default().to_vec();
        }
    }
});

/// A name server's good answer to a look-up.
fn address(query: &[u8]) -> Vec<u8> {
    let mut answer = query.to_vec();
    if answer.len() > 8 {
        (answer[2], answer[3], answer[7]) = (0x81, 0x80, 1);
    }
    answer.extend([0xC0, 0x0C, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 192, 0, 2, 77]);
    answer
}
