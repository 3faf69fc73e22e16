use super::*;

fn ask(connection: &mut Connection, request: &[u8], mood: Mood) -> String {
    let said = [(Link::Radio, b"GET x".to_vec()), (Link::Uplink, request.to_vec())];
    connection.hear(Tick(100), &said, mood);
    assert_eq!(connection.deliver(Tick(119)), b"");
    let heard = String::from_utf8_lossy(connection.deliver(Tick(120))).into_owned();
    assert_eq!(connection.deliver(Tick(121)), b"");
    heard
}

fn request(line: &str, host: &str) -> Vec<u8> {
    format!("{line} HTTP/1.1\r\nHost: {host}.hushwing.example\r\nContent-Length: 0\r\n\r\n").into()
}

#[test]
fn a_request_is_answered_forty_milliseconds_later_as_the_mood_is() {
    use Mood::*;
    use Whither::*;
    let put = "PUT /v1/logs/1/0";
    for (mood, line, host, answer) in [
        (Accepts, "GET /v1/updates/0.1.0", "updates", "HTTP/1.1 200 OK"),
        (Accepts, put, "intake", "HTTP/1.1 201 Created"),
        (Accepts, "POST /v1/reports", "intake", "HTTP/1.1 201 Created"),
        (NameServerSilent, put, "intake", "HTTP/1.1 201 Created"),
        (Refuses, put, "intake", "HTTP/1.1 503 Service Unavailable"),
        (Refuses, put, "intake2", "HTTP/1.1 503 Service Unavailable"),
        (Silent, put, "intake", ""),
        (Garbage, put, "intake", "\u{16}"),
        (Greedy, put, "intake", "HTTP/1.1 200 OK"),
        (
            Redirects(Declared),
            put,
            "intake",
            "HTTP/1.1 307 Temporary Redirect\r\nLocation: https://intake2.hushwing.example/v1/logs/1/0\r\n",
        ),
        (Redirects(Declared), put, "intake2", "HTTP/1.1 201 Created"),
        (
            Redirects(Elsewhere),
            put,
            "intake",
            "HTTP/1.1 307 Temporary Redirect\r\nLocation: https://collector.example/v1/logs/1/0\r\n",
        ),
        (Accepts, "DELETE /v1/logs/1/0", "intake", ""),
    ] {
        let heard = ask(&mut Connection::default(), &request(line, host), mood);
        assert!(
            heard.starts_with(answer) && heard.is_empty() == answer.is_empty(),
            "{mood:?}: {heard}"
        );
    }
}

#[test]
fn updates_and_zones_are_told_as_text() {
    let mut connection = Connection::default();
    for (path, body) in [
        ("updates/0.1.0", "0.1.1"),
        ("updates/0.1.1", ""),
        ("zones/12-3", "hushwing.zones/1 12-3\n"),
        ("zones/1660-1106", "hushwing.zones/1 1660-1106\ncircle 55.903 -3.378 150 0 300\n"),
    ] {
        let heard =
            ask(&mut connection, &request(&format!("GET /v1/{path}"), "zones"), Mood::Accepts);
        let length = body.len();
        assert!(heard.ends_with(&format!("Content-Length: {length}\r\n\r\n{body}")), "{heard}");
    }
}

#[test]
fn the_name_server_knows_the_four_hosts_and_no_other() {
    let question = |name: &str, number: u8| {
        let mut bytes = vec![0, number, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0];
        for label in name.split('.') {
            bytes.push(label.len() as u8);
            bytes.extend_from_slice(label.as_bytes());
        }
        bytes.extend_from_slice(&[0, 0, 1, 0, 1]);
        bytes
    };
    for (name, mood, found) in [
        ("intake.hushwing.example", Mood::Accepts, Some(true)),
        ("zones.hushwing.example", Mood::Silent, Some(true)),
        ("collector.example", Mood::Accepts, Some(false)),
        ("intake.hushwing.example", Mood::NameServerSilent, None),
    ] {
        let mut connection = Connection::default();
        connection.hear(Tick(0), &[(Link::Uplink, question(name, 7))], mood);
        let answer = connection.deliver(Tick(20)).to_vec();
        assert_eq!(answer.is_empty(), found.is_none(), "{name}");
        if let Some(found) = found {
            assert_eq!(answer[..2], [0, 7], "{name}");
            assert_eq!(answer[3] & 0x0F == 0, found, "{name}");
            assert_eq!(answer[answer.len() - 4..][..3] == [192, 0, 2], found, "{name}");
        }
        let asked = question(name, 7);
        for cut in 0..asked.len() {
            assert_eq!(names::answer(&asked[..cut]), None, "{name} cut at {cut}");
        }
    }
}

#[test]
fn an_object_is_read_by_its_owner_only_and_alone() {
    let mut connection = Connection::default();
    let put =
        |n: u32| [request(&format!("PUT /v1/media/1/{n}"), "intake"), vec![n as u8; 3]].concat();
    let get = |n: u32| request(&format!("GET /v1/media/1/{n}"), "intake");
    ask(&mut connection, &put(1), Mood::Accepts);
    assert_eq!(connection.refused_reads(), 1, "a stranger has tried");
    for (asked, answer) in
        [(get(1), "\r\n\r\n\u{1}\u{1}\u{1}"), (get(2), "Content-Length: 0\r\n\r\n")]
    {
        assert!(ask(&mut connection, &asked, Mood::Accepts).ends_with(answer));
    }
    let mut elsewhere = Connection::default();
    assert!(
        ask(&mut elsewhere, &get(1), Mood::Accepts).starts_with("HTTP/1.1 403 "),
        "another owner"
    );
    assert_eq!(connection.shelf.read(Asker::Stranger, "/v1/media/1/1"), None);
}
