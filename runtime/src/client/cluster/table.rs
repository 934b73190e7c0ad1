//! Who serves which slots.

use redis::Value;

use super::slot::SLOTS;
use crate::client::fleet::Name;

/// A primary with its replicas, and a range of slots they serve.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Range {
    pub(crate) first: u16,
    pub(crate) last: u16,
    pub(crate) primary: Name,
    pub(crate) replicas: Vec<Name>,
}

/// Reads the reply to `CLUSTER SLOTS` of the server that was reached under the name `asked`; `None` when it
/// is none, or serves nothing.
pub(crate) fn read(reply: &Value, asked: &Name) -> Option<Vec<Range>> {
    let Value::Array(rows) = reply else {
        return None;
    };
    let ranges: Vec<Range> = rows
        .iter()
        .map(|row| range(row, asked))
        .collect::<Option<_>>()?;
    (!ranges.is_empty()).then_some(ranges)
}

fn range(row: &Value, asked: &Name) -> Option<Range> {
    let Value::Array(row) = row else { return None };
    let [first, last, nodes @ ..] = row.as_slice() else {
        return None;
    };
    let mut nodes = nodes.iter().filter_map(|node| name(node, asked));
    let range = Range {
        first: number(first)?,
        last: number(last)?,
        primary: nodes.next()?,
        replicas: nodes.collect(),
    };
    (range.first <= range.last && range.last < SLOTS).then_some(range)
}

/// A server that does not know its own name says nothing, an empty one, or `?`: then it is reached where it
/// was asked, or, if it tells its address besides, there.
fn name(node: &Value, asked: &Name) -> Option<Name> {
    let Value::Array(node) = node else {
        return None;
    };
    let port = number(node.get(1)?)?;
    let host = match node.first()? {
        Value::Nil => None,
        said => text(said).filter(|host| !host.is_empty() && *host != "?"),
    };
    let host = host.or_else(|| node.get(3).and_then(address));
    Some(Name::new(host.unwrap_or(&asked.host), port))
}

/// The field `ip` of what else is said about a node.
fn address(facts: &Value) -> Option<&str> {
    match facts {
        Value::Array(facts) => {
            let mut pairs = facts.chunks_exact(2);
            let pair = pairs.find(|pair| text(&pair[0]) == Some("ip"))?;
            text(&pair[1]).filter(|ip| !ip.is_empty())
        }
        Value::Map(facts) => {
            let mut pairs = facts.iter();
            let (_, ip) = pairs.find(|(name, _)| text(name) == Some("ip"))?;
            text(ip).filter(|ip| !ip.is_empty())
        }
        _ => None,
    }
}

fn text(value: &Value) -> Option<&str> {
    match value {
        Value::BulkString(bytes) => std::str::from_utf8(bytes).ok(),
        Value::SimpleString(text) => Some(text),
        _ => None,
    }
}

fn number(value: &Value) -> Option<u16> {
    match value {
        Value::Int(number) => u16::try_from(*number).ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn told(reply: &str) -> Option<Vec<Range>> {
        let value = redis::parse_redis_value(reply.as_bytes()).unwrap();
        read(&value, &Name::new("asked", 1))
    }

    #[test]
    fn names_are_those_that_can_be_reached() {
        let row = |node: &str| format!("*1\r\n*3\r\n:0\r\n:16383\r\n{node}");
        let host = |node: &str| told(&row(node)).unwrap()[0].primary.host.clone();
        assert_eq!(host("*3\r\n$3\r\n1.2\r\n:7000\r\n$1\r\nx\r\n"), "1.2");
        assert_eq!(host("*3\r\n$-1\r\n:7000\r\n$1\r\nx\r\n"), "asked");
        assert_eq!(host("*3\r\n$0\r\n\r\n:7000\r\n$1\r\nx\r\n"), "asked");
        assert_eq!(host("*3\r\n$1\r\n?\r\n:7000\r\n$1\r\nx\r\n"), "asked");
        let ip = "*2\r\n$2\r\nip\r\n$3\r\n9.9\r\n";
        assert_eq!(
            host(&format!("*4\r\n$1\r\n?\r\n:7000\r\n$1\r\nx\r\n{ip}")),
            "9.9"
        );
        assert_eq!(
            host(&format!("*4\r\n$1\r\nh\r\n:7000\r\n$1\r\nx\r\n{ip}")),
            "h"
        );
    }

    #[test]
    fn replicas_stand_behind_their_primary() {
        let node = |port| format!("*2\r\n$1\r\nh\r\n:{port}\r\n");
        let reply = format!("*1\r\n*5\r\n:5\r\n:9\r\n{}{}{}", node(1), node(2), node(3));
        let ranges = told(&reply).unwrap();
        assert_eq!((ranges[0].first, ranges[0].last), (5, 9));
        assert_eq!(ranges[0].primary, Name::new("h", 1));
        assert_eq!(ranges[0].replicas, [Name::new("h", 2), Name::new("h", 3)]);
    }

    #[test]
    fn what_is_no_table_is_none() {
        for reply in [
            "*0\r\n",
            "+OK\r\n",
            "*1\r\n:1\r\n",
            "*1\r\n*2\r\n:0\r\n:1\r\n",
            "*1\r\n*3\r\n:0\r\n:16384\r\n*2\r\n$1\r\nh\r\n:1\r\n",
            "*1\r\n*3\r\n:7\r\n:6\r\n*2\r\n$1\r\nh\r\n:1\r\n",
            "*1\r\n*3\r\n:0\r\n:1\r\n*2\r\n$1\r\nh\r\n:70000\r\n",
        ] {
            assert_eq!(told(reply), None, "{reply:?}");
        }
    }
}
