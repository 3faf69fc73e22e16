//! Where in the text of a story a value stands, so that an error can point at it.
//!
//! A path is written as one would say it: `beats[3].does.who`. The text has been read by the real parser
//! before, or been refused by it; here it is only cut into words and brackets.
//!
//! **Never:** recurses; judges the text; panics on any input.

/// A place in a text: line and column from 1, the column in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Position {
    pub line: usize,
    pub column: usize,
}

/// Where the value at `path` begins, or the nearest value around it that the text has.
pub(super) fn position_of(text: &str, path: &str) -> Position {
    let tokens = cut(text);
    let mut at = 0;
    for step in steps(path) {
        match descend(text, &tokens, at, step) {
            Some(next) => at = next,
            None => break,
        }
    }
    position_at(text, tokens.get(at).map_or(0, |token| token.start))
}

/// Where the last whole word `word` that ends at or before `end` begins.
pub(super) fn position_of_word_before(text: &str, word: &str, end: Position) -> Option<Position> {
    let tokens = cut(text);
    let is_word = |token: &&Token| token.kind == Kind::Word && bare(token.text(text)) == word;
    let mut places =
        tokens.iter().rev().filter(is_word).map(|token| position_at(text, token.start));
    places.find(|place| (place.line, place.column) < (end.line, end.column))
}

/// One step of a path: a key, or the number of an item.
#[derive(Clone, Copy)]
enum Step<'a> {
    Key(&'a str),
    Item(usize),
}

fn steps(path: &str) -> impl Iterator<Item = Step<'_>> {
    path.split(['.', '[']).filter(|part| !part.is_empty()).map(|part| {
        let number = part.strip_suffix(']').and_then(|digits| digits.parse().ok());
        number.map_or(Step::Key(part), Step::Item)
    })
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Word,
    Open,
    Close,
    Comma,
    Colon,
}

#[derive(Clone, Copy)]
struct Token {
    kind: Kind,
    start: usize,
    end: usize,
}

impl Token {
    fn text(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or_default()
    }
}

/// The token at which the wanted part of the value at token `at` begins.
fn descend(text: &str, tokens: &[Token], at: usize, step: Step<'_>) -> Option<usize> {
    // A name may stand before the bracket: `Speaks(…)`.
    let open = if tokens.get(at)?.kind == Kind::Word { at + 1 } else { at };
    if tokens.get(open)?.kind != Kind::Open {
        return None;
    }
    let (mut depth, mut item, mut begins) = (0_usize, 0, true);
    for i in open + 1..tokens.len() {
        let token = tokens[i];
        if depth == 0 && begins && token.kind != Kind::Close {
            begins = false;
            let is_keyed = tokens.get(i + 1).is_some_and(|next| next.kind == Kind::Colon);
            match step {
                Step::Key(key) if is_keyed && bare(token.text(text)) == key => return Some(i + 2),
                Step::Item(wanted) if wanted == item => return Some(i),
                Step::Key(_) | Step::Item(_) => {}
            }
        }
        match token.kind {
            Kind::Open => depth += 1,
            Kind::Close => depth = depth.checked_sub(1)?,
            Kind::Comma if depth == 0 => (item, begins) = (item + 1, true),
            Kind::Word | Kind::Comma | Kind::Colon => {}
        }
    }
    None
}

fn bare(word: &str) -> &str {
    word.strip_prefix("r#").unwrap_or(word).trim_matches('"')
}

fn cut(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(next) = text.get(at..).and_then(|rest| rest.chars().next()) {
        let rest = &text[at..];
        let length = comment(rest).or_else(|| is_space(next).then(|| next.len_utf8()));
        if let Some(length) = length {
            at += length;
            continue;
        }
        let (kind, length) = match next {
            '(' | '[' | '{' => (Kind::Open, 1),
            ')' | ']' | '}' => (Kind::Close, 1),
            ',' => (Kind::Comma, 1),
            ':' => (Kind::Colon, 1),
            _ => (Kind::Word, word(rest)),
        };
        tokens.push(Token { kind, start: at, end: at + length });
        at += length;
    }
    tokens
}

fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200E}' | '\u{200F}')
}

/// Length of the comment that `rest` begins with. Block comments nest.
fn comment(rest: &str) -> Option<usize> {
    if rest.starts_with("//") {
        return Some(rest.find('\n').unwrap_or(rest.len()));
    }
    if !rest.starts_with("/*") {
        return None;
    }
    let (bytes, mut depth, mut at) = (rest.as_bytes(), 0_usize, 0);
    while at < bytes.len() {
        match bytes.get(at..at + 2) {
            Some(b"/*") => (depth, at) = (depth + 1, at + 2),
            Some(b"*/") => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
        if depth == 0 {
            return Some(at);
        }
    }
    Some(rest.len())
}

/// Length of the word that `rest` begins with: a string in any of its forms, a character, a name or a number.
fn word(rest: &str) -> usize {
    let quoted = |prefix: usize| prefix + string(&rest[prefix..]);
    if rest.starts_with('"') {
        return quoted(0);
    }
    if rest.starts_with("b\"") {
        return quoted(1);
    }
    if let Some(length) = raw_string(rest).or_else(|| character(rest)) {
        return length;
    }
    let ends = |c: char| is_space(c) || "()[]{},:\"/".contains(c);
    let first = rest.chars().next().map_or(0, char::len_utf8);
    rest.char_indices().find(|&(i, c)| i >= first && ends(c)).map_or(rest.len(), |(i, _)| i)
}

fn string(rest: &str) -> usize {
    let mut escaped = false;
    for (i, c) in rest.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return i + 1,
            _ => {}
        }
    }
    rest.len()
}

fn raw_string(rest: &str) -> Option<usize> {
    let after = rest.strip_prefix("br").or_else(|| rest.strip_prefix('r'))?;
    let hashes = after.len() - after.trim_start_matches('#').len();
    let body = after[hashes..].strip_prefix('"')?;
    let end = format!("\"{}", "#".repeat(hashes));
    let begins = rest.len() - body.len();
    Some(body.find(&end).map_or(rest.len(), |i| begins + i + end.len()))
}

fn character(rest: &str) -> Option<usize> {
    let mut chars = rest.strip_prefix('\'')?.char_indices();
    let (_, first) = chars.next()?;
    if first == '\\' {
        chars.next()?;
    }
    chars.take(9).find(|&(_, c)| c == '\'').map(|(i, _)| i + 2)
}

fn position_at(text: &str, at: usize) -> Position {
    let before = text.get(..at).unwrap_or(text);
    let line_start = before.rfind('\n').map_or(0, |i| i + 1);
    Position {
        line: 1 + before.matches('\n').count(),
        column: 1 + before[line_start..].chars().count(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The path must lead to the only `42` of the text.
    fn check(text: &str, path: &str) {
        let there = position_at(text, text.find("42").expect("the text has a 42"));
        assert_eq!(position_of(text, path), there, "{path} in {text}");
    }

    #[test]
    fn paths_are_found_through_comments_strings_and_nesting() {
        check("(a: 1, b: 42)", "b");
        check("( // (b: 9)\n a: \"b: (\", b: 42)", "b");
        check("(/* /* b: 1 */ , */ a: 'x', b: 42)", "b");
        check("(a: r#\"\"b: (\"#, b: 42)", "b");
        check("(a: ',', b: ')', c: 42)", "c");
        check("(a: '\\'', b: \"\\\"\", c: 42)", "c");
        check("(beats: [(at_s: 1), (at_s: 2, does: Speaks(who: 42))])", "beats[1].does.who");
        check("(at_m: (1.0, 42))", "at_m[1]");
        check("(expects: {\"no-audio\": 42})", "expects.no-audio");
        check("(r#a: 42)", "a");
        check("(žluť: 1,\n  b: 42)", "b");
    }

    #[test]
    fn a_path_that_is_not_there_gives_what_is_around_it() {
        check("(a: 42)", "a.c");
        check("(a: [42])", "a[0].b");
        for text in ["", ")", "(a: 1)", "((((", "\"", "'", "/*", "r#"] {
            assert_eq!(position_of(text, "z"), Position { line: 1, column: 1 }, "{text}");
        }
    }

    #[test]
    fn the_last_word_before_a_place_is_found() {
        let end = Position { line: 2, column: 9 };
        let found = position_of_word_before("(at_ft: 1,\n at_ft : 2, at_ft: 3)", "at_ft", end);
        assert_eq!(found, Some(Position { line: 2, column: 2 }));
    }
}
