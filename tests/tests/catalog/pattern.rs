//! Whether commands that arrived are those that the catalog announces.

/// A command as it arrived: its words.
pub type Sent = Vec<Vec<u8>>;

/// Whether the commands that arrived are those announced, in order. `key` and `other` stand for these names.
pub fn announces(announced: &[String], arrived: &[Sent], names: &Names) -> bool {
    let Some(first) = announced.first() else {
        return arrived.is_empty();
    };
    // What is left of a transaction when all else in it was left out needs none.
    if let ([open, inner @ .., _], [only]) = (announced, arrived)
        && open == "MULTI"
    {
        return each(inner, std::slice::from_ref(only), names);
    }
    let Some(repeat) = announced.iter().position(|command| command == "…") else {
        return each(announced, arrived, names);
    };
    // The commands before `…` may come again; those of the transaction around them do not.
    let start = usize::from(first == "MULTI");
    let body = &announced[start..repeat];
    let tail = &announced[repeat + 1..];
    let Some(middle) = arrived.len().checked_sub(start + tail.len()) else {
        return false;
    };
    let again = middle / body.len();
    let whole: Vec<String> = announced[..start]
        .iter()
        .chain(std::iter::repeat_n(body, again.max(1)).flatten())
        .chain(tail)
        .cloned()
        .collect();
    announces(&whole, arrived, names)
}

/// Whether every command is one of those announced: for what goes in steps whose number nobody knows.
pub fn is_one_of(announced: &[String], arrived: &[Sent], names: &Names) -> bool {
    let known = |command: &Sent| {
        let mut patterns = announced.iter();
        patterns.any(|pattern| matches(optional(pattern).unwrap_or(pattern), command, names))
    };
    !arrived.is_empty() && arrived.iter().all(known)
}

/// Whether each command is the next one announced; those in brackets may be left out.
fn each(announced: &[String], arrived: &[Sent], names: &Names) -> bool {
    let Some((pattern, later)) = announced.split_first() else {
        return arrived.is_empty();
    };
    if let Some(inner) = optional(pattern) {
        let sent = arrived.split_first().is_some_and(|(command, more)| {
            matches(inner, command, names) && each(later, more, names)
        });
        return sent || each(later, arrived, names);
    }
    arrived
        .split_first()
        .is_some_and(|(command, more)| matches(pattern, command, names) && each(later, more, names))
}

/// What stands in brackets.
fn optional(token: &str) -> Option<&str> {
    token.strip_prefix('[')?.strip_suffix(']')
}

/// The keys' names.
pub struct Names {
    pub key: Vec<u8>,
    pub other: Vec<u8>,
}

/// Whether one command is what the pattern says.
pub fn matches(pattern: &str, command: &[Vec<u8>], names: &Names) -> bool {
    // A lifetime drawn at random is in whole seconds once in a while.
    let command = if pattern.contains("..") {
        in_millis(command)
    } else {
        command.to_vec()
    };
    let tokens: Vec<String> = tokens(pattern);
    rest(&tokens, &command, names)
}

fn rest(tokens: &[String], words: &[Vec<u8>], names: &Names) -> bool {
    let Some((token, later)) = tokens.split_first() else {
        return words.is_empty();
    };
    if token == "…" {
        return (0..=words.len()).any(|more| rest(later, &words[more..], names));
    }
    if let Some(inner) = optional(token) {
        let mut with: Vec<String> = self::tokens(inner);
        with.extend_from_slice(later);
        return rest(&with, words, names) || rest(later, words, names);
    }
    match words.split_first() {
        Some((word, more)) => is(token, word, names) && rest(later, more, names),
        None => false,
    }
}

/// Words that stand for themselves although they are in lower case.
const THEMSELVES: &[&str] = &["anew", "day", "keep", "keep-day", "none", "-inf", "+inf"];

fn is(token: &str, word: &[u8], names: &Names) -> bool {
    if token.contains('|') {
        return token.split('|').any(|token| is(token, word, names));
    }
    match token {
        "key" => return word == names.key,
        "channel" => return word == names.key || word == names.other,
        "other" => return word == names.other || word == b"other",
        _ => {}
    }
    if let Some((low, high)) = token.split_once("..") {
        let number = |text: &str| text.parse::<u64>().unwrap();
        let word = std::str::from_utf8(word)
            .ok()
            .and_then(|word| word.parse().ok());
        return word.is_some_and(|word: u64| (number(low)..=number(high)).contains(&word));
    }
    let literal = THEMSELVES.contains(&token) || !token.contains(|c: char| c.is_ascii_lowercase());
    !literal || word.eq_ignore_ascii_case(token.as_bytes())
}

/// Words and bracketed groups.
fn tokens(pattern: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut depth = 0;
    for word in pattern.split(' ') {
        if depth > 0 {
            let last = out.last_mut().unwrap();
            last.push(' ');
            last.push_str(word);
        } else {
            out.push(word.to_owned());
        }
        depth += word.matches('[').count();
        depth -= word.matches(']').count();
    }
    out
}

/// `EX n` and `EXPIRE key n` as milliseconds.
fn in_millis(command: &[Vec<u8>]) -> Sent {
    let mut out = command.to_vec();
    let thousand = |word: &[u8]| {
        let seconds: u64 = std::str::from_utf8(word).unwrap().parse().unwrap();
        (seconds * 1000).to_string().into_bytes()
    };
    if command[0] == b"EXPIRE" {
        out[0] = b"PEXPIRE".to_vec();
        out[2] = thousand(&command[2]);
    }
    if let Some(at) = command.iter().position(|word| word == b"EX") {
        out[at] = b"PX".to_vec();
        out[at + 1] = thousand(&command[at + 1]);
    }
    out
}

#[test]
fn patterns_tell_commands_apart() {
    let names = Names {
        key: b"k".to_vec(),
        other: b"o".to_vec(),
    };
    let command = |text: &str| -> Sent { text.split(' ').map(|word| word.into()).collect() };
    let yes =
        |pattern: &str, text: &str| assert!(matches(pattern, &command(text), &names), "{text}");
    let no =
        |pattern: &str, text: &str| assert!(!matches(pattern, &command(text), &names), "{text}");
    yes("SET key value EX 5", "SET k v EX 5");
    no("SET key value EX 5", "SET k v EX 6");
    no("SET key value EX 5", "SET x v EX 5");
    no("SET key value", "SET k v EX 5");
    yes("SET key value PX 4000..6000", "SET k v EX 5");
    no("SET key value PX 4000..6000", "SET k v PX 7000");
    yes("ZADD key [NX|XX] [CH] score member …", "ZADD k XX 1 a 2 b");
    no("ZADD key [NX|XX] score", "ZADD k YY 1");
    yes("EVAL update 1 key keep 5 [more]", "EVAL s 1 k keep 5");
    no("EVAL update 1 key keep 5 [more]", "EVAL s 1 k anew 5");
    yes("A key [B b …] [C D|E]", "A k B 1 2 3 C E");

    let patterns = |list: &[&str]| list.iter().map(|&text| text.to_owned()).collect::<Vec<_>>();
    let many = patterns(&["MULTI", "GET key", "…", "EXEC"]);
    let arrived = |list: &[&str]| list.iter().map(|text| command(text)).collect::<Vec<_>>();
    assert!(announces(
        &many,
        &arrived(&["MULTI", "GET k", "GET k", "EXEC"]),
        &names
    ));
    assert!(!announces(
        &many,
        &arrived(&["MULTI", "GET k", "SET k", "EXEC"]),
        &names
    ));
    assert!(!announces(&many, &arrived(&["MULTI", "EXEC"]), &names));
    let perhaps = patterns(&["MULTI", "SET key", "[HDEL key]", "EXEC"]);
    assert!(announces(&perhaps, &arrived(&["SET k"]), &names));
    assert!(!announces(&perhaps, &arrived(&["HDEL k"]), &names));
    let both = patterns(&["MULTI", "SET key", "HDEL key", "EXEC"]);
    assert!(!announces(&both, &arrived(&["SET k"]), &names));
}
