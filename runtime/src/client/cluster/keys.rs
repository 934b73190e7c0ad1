//! Where the keys of a command are.

use super::slot::slot_of;
use crate::cmd::Cmd;

/// Where a command is to run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// Where this slot is served.
    Slot(u16),
    /// It names no key: anywhere.
    Anywhere,
    /// Its keys lie in several slots.
    Several,
}

impl Place {
    /// Where this and the other can run as one.
    pub(crate) fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Anywhere, place) | (place, Self::Anywhere) => place,
            (one, other) if one == other => one,
            _ => Self::Several,
        }
    }
}

/// How a command names its keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Layout {
    None,
    /// So many arguments from here.
    Some(usize, usize),
    /// Every argument from here, except so many at the end.
    Rest(usize, usize),
    /// Every second argument.
    Pairs,
    /// A number of keys here, the keys behind it.
    Counted(usize),
    /// The destination, then a number of keys and the keys.
    IntoCounted,
    /// Keys behind the word `STREAMS`, then as many positions.
    Streams,
}

/// Where a command is to run.
pub(crate) fn place(cmd: &Cmd) -> Place {
    let mut place = Place::Anywhere;
    each_key(cmd, |key| place = place.and(Place::Slot(slot_of(key))));
    place
}

/// What a command over several keys answers, if its keys may be asked one by one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Joined {
    /// A list with an element for each key.
    List,
    /// A number, the sum over the keys.
    Sum,
}

/// Whether a command is only short for one command for each key.
pub(crate) fn joined(name: &[u8]) -> Option<Joined> {
    match name {
        b"MGET" => Some(Joined::List),
        b"DEL" | b"UNLINK" | b"EXISTS" | b"TOUCH" => Some(Joined::Sum),
        _ => None,
    }
}

/// Hands over every key of a command.
pub(crate) fn each_key(cmd: &Cmd, mut visit: impl FnMut(&[u8])) {
    let mut args = cmd.args();
    let count = args.len();
    let Some(name) = args.next() else { return };
    let second = || args.clone().next().unwrap_or(b"");
    // From here on the first argument behind the name is the first one.
    let count = count - 1;
    match layout(name, second) {
        Layout::None => {}
        Layout::Some(skip, keys) => args.skip(skip).take(keys).for_each(visit),
        Layout::Rest(skip, end) => {
            let keys = count.saturating_sub(skip + end);
            args.skip(skip).take(keys).for_each(visit);
        }
        Layout::Pairs => args.step_by(2).for_each(visit),
        Layout::Counted(skip) => counted(args.skip(skip), visit),
        Layout::IntoCounted => {
            if let Some(key) = args.next() {
                visit(key);
            }
            counted(args, visit);
        }
        Layout::Streams => {
            let behind = args.skip_while(|arg| !arg.eq_ignore_ascii_case(b"STREAMS"));
            let streams: Vec<&[u8]> = behind.skip(1).collect();
            let keys = streams.len() / 2;
            streams.into_iter().take(keys).for_each(visit);
        }
    }
}

fn counted<'a>(mut args: impl Iterator<Item = &'a [u8]>, visit: impl FnMut(&'a [u8])) {
    let count = args
        .next()
        .and_then(|count| std::str::from_utf8(count).ok());
    let count = count.and_then(|count| count.parse().ok()).unwrap_or(0);
    args.take(count).for_each(visit);
}

/// What most commands do comes last: the key is the first argument.
fn layout<'a>(name: &[u8], second: impl Fn() -> &'a [u8]) -> Layout {
    match name {
        b"MGET" | b"DEL" | b"UNLINK" | b"EXISTS" | b"TOUCH" | b"WATCH" | b"PFCOUNT"
        | b"PFMERGE" | b"SINTER" | b"SUNION" | b"SDIFF" | b"SINTERSTORE" | b"SUNIONSTORE"
        | b"SDIFFSTORE" | b"SSUBSCRIBE" | b"SUNSUBSCRIBE" => Layout::Rest(0, 0),
        b"BLPOP" | b"BRPOP" | b"BZPOPMIN" | b"BZPOPMAX" | b"JSON.MGET" => Layout::Rest(0, 1),
        b"BITOP" => Layout::Rest(1, 0),
        b"MSET" | b"MSETNX" => Layout::Pairs,
        b"RENAME" | b"RENAMENX" | b"COPY" | b"SMOVE" | b"LMOVE" | b"BLMOVE" | b"RPOPLPUSH"
        | b"BRPOPLPUSH" | b"GEOSEARCHSTORE" | b"ZRANGESTORE" | b"LCS" => Layout::Some(0, 2),
        b"XINFO" | b"XGROUP" | b"OBJECT" | b"MEMORY" => Layout::Some(1, 1),
        b"LMPOP" | b"ZMPOP" | b"SINTERCARD" | b"ZINTERCARD" | b"ZUNION" | b"ZINTER" | b"ZDIFF" => {
            Layout::Counted(0)
        }
        b"EVAL" | b"EVALSHA" | b"EVAL_RO" | b"EVALSHA_RO" | b"FCALL" | b"FCALL_RO" | b"BLMPOP"
        | b"BZMPOP" => Layout::Counted(1),
        b"ZUNIONSTORE" | b"ZINTERSTORE" | b"ZDIFFSTORE" => Layout::IntoCounted,
        b"XREAD" | b"XREADGROUP" => Layout::Streams,
        b"PUBSUB" if second() == b"SHARDNUMSUB" => Layout::Rest(1, 0),
        b"MULTI" | b"EXEC" | b"DISCARD" | b"UNWATCH" | b"ASKING" | b"PING" | b"ECHO" | b"TIME"
        | b"INFO" | b"ROLE" | b"WAIT" | b"PUBLISH" | b"PUBSUB" | b"SUBSCRIBE" | b"PSUBSCRIBE"
        | b"UNSUBSCRIBE" | b"PUNSUBSCRIBE" | b"SCRIPT" | b"FUNCTION" | b"SCAN" | b"KEYS"
        | b"RANDOMKEY" | b"DBSIZE" | b"FLUSHALL" | b"FLUSHDB" | b"CONFIG" | b"CLIENT"
        | b"CLUSTER" | b"COMMAND" | b"ACL" | b"AUTH" | b"HELLO" | b"SELECT" | b"READONLY"
        | b"READWRITE" | b"SLOWLOG" | b"LATENCY" | b"MODULE" | b"LASTSAVE" | b"SAVE"
        | b"BGSAVE" | b"BGREWRITEAOF" => Layout::None,
        _ => Layout::Some(0, 1),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use redis_schema_test_server::{Protocol, Server};

    use super::*;

    /// What the server says of a command; `None` when it has no keys or such a command cannot be.
    fn said(server: &mut redis::Connection, words: &[&str]) -> Option<Vec<String>> {
        let mut cmd = redis::cmd("COMMAND");
        cmd.arg("GETKEYS").arg(words).query(server).ok()
    }

    #[test]
    fn the_server_finds_the_same_keys() {
        let server = Server::start();
        let mut connection = server.connect(Protocol::Resp2, 0);
        let names: Vec<String> = redis::cmd("COMMAND")
            .arg("LIST")
            .query(&mut connection)
            .unwrap();
        let mut compared = 0;
        for name in names {
            // Where the keys are does not depend on the arguments, or it is compared below.
            let name = name.to_uppercase();
            for count in 1..6 {
                let words: Vec<String> = std::iter::once(name.clone())
                    .chain((1..=count).map(|at| format!("a{at}")))
                    .collect();
                let words: Vec<&str> = words.iter().map(String::as_str).collect();
                if let Some(expected) = said(&mut connection, &words).filter(|_| is_sent(&name)) {
                    assert_eq!(keys(&words.join(" ")), expected, "{words:?}");
                    compared += 1;
                }
            }
        }
        assert!(compared > 300, "{compared}");
        for line in [
            "EVAL return 2 a b c",
            "EVALSHA ffff 1 a b",
            "ZUNIONSTORE a 2 b c WEIGHTS 1 2",
            "ZINTER 2 a b",
            "ZINTERCARD 2 a b LIMIT 1",
            "SINTERCARD 2 a b",
            "LMPOP 2 a b LEFT",
            "BLMPOP 0 2 a b LEFT",
            "ZMPOP 1 a MIN",
            "BZMPOP 0 1 a MIN",
            "XREAD COUNT 1 BLOCK 5 STREAMS a b 0 0",
            "XREADGROUP GROUP g c COUNT 1 STREAMS a >",
            "XINFO STREAM a",
            "XINFO CONSUMERS a g",
            "XGROUP CREATE a g 0",
            "OBJECT ENCODING a",
            "MEMORY USAGE a",
            "BITOP AND a b c",
        ] {
            let words: Vec<&str> = line.split(' ').collect();
            let expected = said(&mut connection, &words).unwrap_or_default();
            assert_eq!(keys(line), expected, "{line}");
            assert!(!expected.is_empty(), "{line}");
        }
    }

    /// Not what only operators send, and what nobody should: a key's position depends on words in between.
    fn is_sent(name: &str) -> bool {
        const NOT: [&str; 9] = [
            "SORT",
            "SORT_RO",
            "MIGRATE",
            "GEORADIUS",
            "GEORADIUSBYMEMBER",
            "DEBUG",
            "PFDEBUG",
            "RESTORE-ASKING",
            "CLUSTER",
        ];
        !NOT.contains(&name)
    }

    fn keys(line: &str) -> Vec<String> {
        let mut keys = Vec::new();
        each_key(&Cmd::of(line.split(' ')), |key| {
            keys.push(String::from_utf8_lossy(key).into_owned());
        });
        keys
    }

    #[test]
    fn keys_are_found_wherever_they_are() {
        for (line, expected) in [
            ("GET a", &["a"][..]),
            ("SET a b PX 3", &["a"]),
            ("MGET a b c", &["a", "b", "c"]),
            ("MSET a 1 b 2", &["a", "b"]),
            ("BLPOP a b 0", &["a", "b"]),
            ("BLMOVE a b LEFT LEFT 0", &["a", "b"]),
            ("EVAL return 2 a b c", &["a", "b"]),
            ("EVAL return 0 c", &[]),
            ("EVAL return x c", &[]),
            ("BITOP AND a b c", &["a", "b", "c"]),
            ("ZUNIONSTORE a 2 b c WEIGHTS 1 2", &["a", "b", "c"]),
            ("ZUNION 2 b c WEIGHTS 1 2", &["b", "c"]),
            ("ZRANGESTORE a b 0 1", &["a", "b"]),
            ("XREAD BLOCK 5 streams a b 0 0", &["a", "b"]),
            ("XREADGROUP GROUP g c COUNT 1 STREAMS a >", &["a"]),
            ("XINFO STREAM a FULL", &["a"]),
            ("XINFO", &[]),
            ("OBJECT ENCODING a", &["a"]),
            ("PUBLISH a b", &[]),
            ("SPUBLISH a b", &["a"]),
            ("PUBSUB NUMSUB a", &[]),
            ("PUBSUB SHARDNUMSUB a", &["a"]),
            ("SCAN 0 MATCH a", &[]),
            ("MULTI", &[]),
            ("GEOSEARCHSTORE a b FROMMEMBER c", &["a", "b"]),
        ] {
            assert_eq!(keys(line), expected, "{line}");
        }
        each_key(&Cmd::with_room(0, 0), |_| unreachable!());
    }

    #[test]
    fn several_slots_are_no_place() {
        let place = |line: &str| super::place(&Cmd::of(line.split(' ')));
        assert_eq!(place("MGET {a}1 {a}2"), place("GET a"));
        assert_eq!(place("MGET foo bar"), Place::Several);
        assert_eq!(place("PING"), Place::Anywhere);
        let (foo, bar) = (place("GET foo"), place("GET bar"));
        assert_eq!(foo.and(Place::Anywhere), foo);
        assert_eq!(Place::Anywhere.and(foo), foo);
        assert_eq!(foo.and(bar), Place::Several);
        assert_eq!(Place::Several.and(foo), Place::Several);
    }
}
