#![allow(clippy::unwrap_used, clippy::expect_used)]

use proptest::prelude::*;
use redis::Value;

use super::{Malformed, Parser};

/// Reads everything in one go.
fn whole(bytes: &[u8]) -> Result<Option<Value>, Malformed> {
    let mut input = bytes;
    let value = Parser::default().next(&mut input)?;
    assert!(
        value.is_none() || input.is_empty(),
        "{} bytes are left",
        input.len()
    );
    Ok(value)
}

/// Reads in pieces of the given sizes, as a connection would: what is not used comes again.
fn pieces(bytes: &[u8], sizes: &[usize]) -> Result<Vec<Value>, Malformed> {
    let mut parser = Parser::default();
    let (mut kept, mut found, mut rest) = (Vec::new(), Vec::new(), bytes);
    let mut sizes = sizes.iter().cycle();
    while !rest.is_empty() {
        let size = (*sizes.next().unwrap()).min(rest.len());
        kept.extend_from_slice(&rest[..size]);
        rest = &rest[size..];
        let mut input = kept.as_slice();
        while let Some(value) = parser.next(&mut input)? {
            found.push(value);
        }
        kept = input.to_vec();
    }
    assert!(kept.is_empty(), "{} bytes are left", kept.len());
    Ok(found)
}

/// What a server could send, of every kind.
fn reply() -> impl Strategy<Value = Vec<u8>> {
    let leaf = prop_oneof![
        "[ -~]{0,20}".prop_map(|text| format!("+{text}\r\n").into_bytes()),
        Just(b"+OK\r\n".to_vec()),
        any::<i64>().prop_map(|number| format!(":{number}\r\n").into_bytes()),
        prop::collection::vec(any::<u8>(), 0..40).prop_map(|bytes| {
            let mut reply = format!("${}\r\n", bytes.len()).into_bytes();
            reply.extend_from_slice(&bytes);
            reply.extend_from_slice(b"\r\n");
            reply
        }),
        "(ERR|MOVED|WRONGTYPE|OOM|READONLY) [ -~]{1,20}"
            .prop_map(|text| format!("-{text}\r\n").into_bytes()),
        "(ERR|SYNTAX) [ -~]{1,20}"
            .prop_map(|text| format!("!{}\r\n{text}\r\n", text.len()).into_bytes()),
        Just(b"$-1\r\n".to_vec()),
        Just(b"*-1\r\n".to_vec()),
        Just(b"_\r\n".to_vec()),
        any::<bool>()
            .prop_map(|flag| format!("#{}\r\n", if flag { 't' } else { 'f' }).into_bytes()),
        prop_oneof![
            Just(f64::INFINITY),
            Just(f64::NEG_INFINITY),
            -1e300..1e300f64
        ]
        .prop_map(|number| format!(",{number}\r\n").into_bytes()),
        "[1-9][0-9]{18,40}".prop_map(|digits| format!("({digits}\r\n").into_bytes()),
        "(txt|mkd|xyz):[ -~]{0,20}"
            .prop_map(|text| format!("={}\r\n{text}\r\n", text.len()).into_bytes()),
    ];
    leaf.prop_recursive(5, 40, 6, |inner| {
        let some = prop::collection::vec(inner, 0..6);
        (some, 0..5usize).prop_map(|(mut items, kind)| {
            let count = match kind {
                0 => format!("*{}", items.len()),
                1 => format!("~{}", items.len()),
                2 => {
                    items.truncate(items.len() / 2 * 2);
                    format!("%{}", items.len() / 2)
                }
                3 if items.len() % 2 == 1 => format!("|{}", items.len() / 2),
                _ => {
                    items.insert(0, b"$7\r\nmessage\r\n".to_vec());
                    format!(">{}", items.len())
                }
            };
            let mut reply = format!("{count}\r\n").into_bytes();
            reply.extend(items.into_iter().flatten());
            reply
        })
    })
}

proptest! {
    #[test]
    fn reads_what_redis_rs_reads(reply in reply()) {
        let theirs = redis::parse_redis_value(&reply).unwrap();
        prop_assert_eq!(whole(&reply).unwrap(), Some(theirs));
    }

    #[test]
    fn pieces_do_not_matter(
        replies in prop::collection::vec(reply(), 1..4),
        sizes in prop::collection::vec(1..30usize, 1..8),
    ) {
        let expected: Vec<_> = replies.iter().map(|reply| whole(reply).unwrap().unwrap()).collect();
        prop_assert_eq!(pieces(&replies.concat(), &sizes).unwrap(), expected);
    }

    #[test]
    fn a_reply_cut_short_is_none(reply in reply()) {
        for end in 0..reply.len() {
            prop_assert_eq!(whole_or_rest(&reply[..end]).unwrap(), None);
        }
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let mut input = bytes.as_slice();
        let mut parser = Parser::default();
        while let Ok(Some(_)) = parser.next(&mut input) {}
    }

    #[test]
    fn damaged_replies_are_read_or_refused(
        reply in reply(),
        at in any::<prop::sample::Index>(),
        byte in any::<u8>(),
    ) {
        let mut reply = reply;
        let at = at.index(reply.len());
        reply[at] = byte;
        let mut input = reply.as_slice();
        let mut parser = Parser::default();
        while let Ok(Some(_)) = parser.next(&mut input) {}
    }
}

fn whole_or_rest(bytes: &[u8]) -> Result<Option<Value>, Malformed> {
    Parser::default().next(&mut &*bytes)
}

#[test]
fn what_no_server_sends_is_refused() {
    for (bytes, problem) in [
        (&b"?\r\n"[..], "unknown kind"),
        (b"$x\r\n", "no number"),
        (b"$-2\r\n", "negative"),
        (b"$?\r\n;4\r\nabcd\r\n;0\r\n", "streamed"),
        (b"*?\r\n:1\r\n.\r\n", "streamed"),
        (b"$3\r\nabcdef\r\n", "longer than announced"),
        (b":9223372036854775808\r\n", "number"),
        (b":\r\n", "number"),
        (b"#x\r\n", "boolean"),
        (b",x\r\n", "floating-point"),
        (b"=3\r\nabc\r\n", "format"),
        (b">1\r\n:1\r\n", "kind"),
        (b"*9999999999999\r\n", "too many"),
        (b"$99999999999999\r\n", "too large"),
    ] {
        let Malformed(said) = whole_or_rest(bytes).unwrap_err();
        assert!(
            said.contains(problem),
            "{said} for {}",
            bytes.escape_ascii()
        );
    }
}

#[test]
fn nesting_is_limited() {
    let deep = |levels: usize| [b"*1\r\n".repeat(levels).as_slice(), b":1\r\n"].concat();
    assert!(whole(&deep(100)).unwrap().is_some());
    assert!(whole_or_rest(&deep(101)).is_err());
}

#[test]
fn an_endless_line_is_refused() {
    let endless = [b"+".as_slice(), &b"x".repeat(2 << 20)].concat();
    assert!(whole_or_rest(&endless).is_err());
}

#[test]
fn announced_lengths_reserve_no_memory() {
    let mut parser = Parser::default();
    assert_eq!(parser.next(&mut &b"*4000000000\r\n"[..]).unwrap(), None);
    assert_eq!(parser.next(&mut &b"$4000000000\r\n"[..]).unwrap(), None);
    assert!(parser.blob.as_ref().unwrap().bytes.capacity() <= super::AHEAD);
}

#[test]
fn the_smallest_number_has_its_place() {
    assert_eq!(
        whole(b":-9223372036854775808\r\n").unwrap(),
        Some(Value::Int(i64::MIN))
    );
}

#[test]
fn queued_costs_nothing_where_nobody_looks_at_it() {
    let mut parser = Parser::terse();
    assert_eq!(
        parser.next(&mut &b"+QUEUED\r\n"[..]).unwrap(),
        Some(Value::Okay)
    );
    assert_eq!(
        whole(b"+QUEUED\r\n").unwrap(),
        Some(Value::SimpleString("QUEUED".to_owned()))
    );
}
