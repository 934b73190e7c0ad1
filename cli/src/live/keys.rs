//! Which arguments of a command are names of keys, and how a command is called.

/// What the name of a command tells about the words behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Keys {
    None,
    /// So many words after these many.
    Some {
        after: usize,
        count: usize,
    },
    /// Every one after these many, but for so many at the end.
    All {
        after: usize,
        tail: usize,
    },
    /// Every other one.
    Pairs,
    /// As many as the number at this place says, behind it.
    Counted {
        at: usize,
    },
    /// One at the start, then as `Counted`.
    OneAndCounted {
        at: usize,
    },
    /// The first half of what follows the word `STREAMS`.
    Streams,
    /// Not a key but a channel.
    Channel,
}

const FIRST: Keys = Keys::Some { after: 0, count: 1 };
const TWO: Keys = Keys::Some { after: 0, count: 2 };
/// Behind the name of a subcommand.
const SECOND: Keys = Keys::Some { after: 1, count: 1 };

/// Commands that do not have exactly one key, right behind their name.
const COMMANDS: &[(&[&str], Keys)] = &[
    (
        &[
            "ACL",
            "AUTH",
            "BGREWRITEAOF",
            "BGSAVE",
            "CLIENT",
            "CLUSTER",
            "COMMAND",
            "CONFIG",
            "DBSIZE",
            "DEBUG",
            "DISCARD",
            "ECHO",
            "EXEC",
            "FAILOVER",
            "FLUSHALL",
            "FLUSHDB",
            "FUNCTION",
            "HELLO",
            "INFO",
            "KEYS",
            "LASTSAVE",
            "LATENCY",
            "MODULE",
            "MONITOR",
            "MULTI",
            "PING",
            "PSUBSCRIBE",
            "PSYNC",
            "PUBSUB",
            "RANDOMKEY",
            "READONLY",
            "REPLCONF",
            "REPLICAOF",
            "RESET",
            "ROLE",
            "SAVE",
            "SCAN",
            "SCRIPT",
            "SELECT",
            "SHUTDOWN",
            "SLAVEOF",
            "SLOWLOG",
            "SWAPDB",
            "SYNC",
            "TIME",
            "UNWATCH",
            "WAIT",
            "WAITAOF",
        ],
        Keys::None,
    ),
    (
        &[
            "DEL",
            "EXISTS",
            "MGET",
            "PFCOUNT",
            "PFMERGE",
            "SDIFF",
            "SDIFFSTORE",
            "SINTER",
            "SINTERSTORE",
            "SUNION",
            "SUNIONSTORE",
            "TOUCH",
            "UNLINK",
            "WATCH",
        ],
        Keys::All { after: 0, tail: 0 },
    ),
    (
        &["BLPOP", "BRPOP", "BZPOPMAX", "BZPOPMIN", "JSON.MGET"],
        Keys::All { after: 0, tail: 1 },
    ),
    (&["BITOP"], Keys::All { after: 1, tail: 0 }),
    (&["MSET", "MSETNX"], Keys::Pairs),
    (
        &[
            "BLMOVE",
            "BRPOPLPUSH",
            "COPY",
            "GEOSEARCHSTORE",
            "LCS",
            "LMOVE",
            "RENAME",
            "RENAMENX",
            "RPOPLPUSH",
            "SMOVE",
            "ZRANGESTORE",
        ],
        TWO,
    ),
    (&["OBJECT", "MEMORY", "XGROUP", "XINFO"], SECOND),
    (
        &[
            "LMPOP",
            "SINTERCARD",
            "ZDIFF",
            "ZINTER",
            "ZINTERCARD",
            "ZMPOP",
            "ZUNION",
        ],
        Keys::Counted { at: 0 },
    ),
    (
        &[
            "BLMPOP",
            "BZMPOP",
            "EVAL",
            "EVALSHA",
            "EVALSHA_RO",
            "EVAL_RO",
            "FCALL",
            "FCALL_RO",
        ],
        Keys::Counted { at: 1 },
    ),
    (
        &["ZDIFFSTORE", "ZINTERSTORE", "ZUNIONSTORE"],
        Keys::OneAndCounted { at: 1 },
    ),
    (&["MIGRATE"], Keys::Some { after: 2, count: 1 }),
    (&["XREAD", "XREADGROUP"], Keys::Streams),
    (
        &["PUBLISH", "SPUBLISH", "SSUBSCRIBE", "SUBSCRIBE"],
        Keys::Channel,
    ),
];

/// Commands whose second word says what they do.
const FAMILIES: &[&str] = &[
    "ACL", "CLIENT", "CLUSTER", "COMMAND", "CONFIG", "DEBUG", "FUNCTION", "LATENCY", "MEMORY",
    "MODULE", "OBJECT", "PUBSUB", "SCRIPT", "SLOWLOG", "XGROUP", "XINFO",
];

/// What a command is about.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Subject<'a> {
    /// These keys; none for a command about the server.
    Keys(Vec<&'a [u8]>),
    /// A channel.
    Channel(&'a [u8]),
}

/// What a command is about; `words` starts with its name.
pub(crate) fn subject<'a>(words: &[&'a [u8]]) -> Subject<'a> {
    let Some((name, words)) = words.split_first() else {
        return Subject::Keys(Vec::new());
    };
    let name = String::from_utf8_lossy(name).to_ascii_uppercase();
    let known = COMMANDS
        .iter()
        .find(|(names, _)| names.contains(&name.as_str()));
    let keys = match known.map_or(FIRST, |(_, keys)| *keys) {
        Keys::None => Vec::new(),
        Keys::Some { after, count } => words.iter().skip(after).take(count).copied().collect(),
        Keys::All { after, tail } => {
            let end = words.len().saturating_sub(tail);
            words[..end].iter().skip(after).copied().collect()
        }
        Keys::Pairs => words.iter().step_by(2).copied().collect(),
        Keys::Counted { at } => counted(words, at),
        Keys::OneAndCounted { at } => {
            let first = words.first().copied();
            first.into_iter().chain(counted(words, at)).collect()
        }
        Keys::Streams => {
            let is_streams = |word: &&[u8]| word.eq_ignore_ascii_case(b"STREAMS");
            let at = words
                .iter()
                .position(is_streams)
                .map_or(words.len(), |at| at + 1);
            let behind = &words[at..];
            behind[..behind.len().div_ceil(2)].to_vec()
        }
        Keys::Channel => {
            return words
                .first()
                .map_or(Subject::Keys(Vec::new()), |name| Subject::Channel(name));
        }
    };
    Subject::Keys(keys)
}

fn counted<'a>(words: &[&'a [u8]], at: usize) -> Vec<&'a [u8]> {
    let number = words
        .get(at)
        .and_then(|word| std::str::from_utf8(word).ok());
    let count = number.and_then(|number| number.parse().ok()).unwrap_or(0);
    words.iter().skip(at + 1).take(count).copied().collect()
}

/// A command's name as it may be shown: with its subcommand, and nothing that could be a value.
pub(crate) fn called(words: &[&[u8]]) -> String {
    let clean = |word: &&[u8]| {
        let fits = word.len() <= 24 && !word.is_empty();
        let plain = word
            .iter()
            .all(|byte| byte.is_ascii_alphabetic() || b"._-".contains(byte));
        (fits && plain).then(|| String::from_utf8_lossy(word).to_ascii_uppercase())
    };
    let Some(name) = words.first().and_then(clean) else {
        return "(unreadable)".to_owned();
    };
    match words.get(1).and_then(clean) {
        Some(second) if FAMILIES.contains(&name.as_str()) => format!("{name} {second}"),
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(line: &str) -> Vec<String> {
        let words: Vec<&[u8]> = line.split(' ').map(str::as_bytes).collect();
        match subject(&words) {
            Subject::Keys(keys) => keys
                .into_iter()
                .map(|key| String::from_utf8_lossy(key).into_owned())
                .collect(),
            Subject::Channel(name) => vec![format!("channel {}", String::from_utf8_lossy(name))],
        }
    }

    #[test]
    fn keys_are_found_wherever_they_stand() {
        for (line, keys) in [
            ("GET a", &["a"][..]),
            ("set a secret EX 9", &["a"]),
            ("HSET a f secret", &["a"]),
            ("MGET a b", &["a", "b"]),
            ("MSET a 1 b 2", &["a", "b"]),
            ("EVAL return 2 a b secret", &["a", "b"]),
            ("EVALSHA x 0 secret", &[]),
            ("EVAL return nonsense a", &[]),
            ("BLPOP a b 5", &["a", "b"]),
            ("ZUNIONSTORE a 2 b c WEIGHTS 1 2", &["a", "b", "c"]),
            ("XREAD COUNT 1 STREAMS a b 0 0", &["a", "b"]),
            ("XREADGROUP GROUP g c STREAMS a >", &["a"]),
            ("OBJECT ENCODING a", &["a"]),
            ("XGROUP CREATE a g $", &["a"]),
            ("BITOP AND a b c", &["a", "b", "c"]),
            ("RENAME a b", &["a", "b"]),
            ("SCAN 0 MATCH secret*", &[]),
            ("CONFIG SET requirepass secret", &[]),
            ("PUBLISH a secret", &["channel a"]),
            ("GET", &[]),
            ("XREAD STREAMS", &[]),
            ("BLPOP", &[]),
        ] {
            assert_eq!(found(line), keys, "{line}");
        }
        assert_eq!(subject(&[]), Subject::Keys(Vec::new()));
    }

    #[test]
    fn names_of_commands_hold_no_values() {
        let called = |line: &str| {
            let words: Vec<&[u8]> = line.split(' ').map(str::as_bytes).collect();
            super::called(&words)
        };
        assert_eq!(called("get secret"), "GET");
        assert_eq!(called("config set requirepass secret"), "CONFIG SET");
        assert_eq!(called("p@ss get"), "(unreadable)");
        assert_eq!(called(""), "(unreadable)");
        assert_eq!(super::called(&[]), "(unreadable)");
        assert_eq!(called(&"A".repeat(25)), "(unreadable)");
    }
}
