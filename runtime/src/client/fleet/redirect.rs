//! What a server of a cluster says when it does not run a command, and what to do then.

use redis::{ServerError, Value};

/// A server's reason for not having run a command. All of them leave everything as it was, so the command
/// may be sent again whatever it does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// The slot is served by another node from now on.
    Moved(To),
    /// This one time another node has the answer; it has to be told so by `ASKING`.
    Ask(To),
    /// Of several keys of a slot on its way some have gone and some have not. It will work in a moment, and for
    /// each key by itself at once.
    Torn,
    /// It will work in a moment: a script runs.
    Later,
    /// The server cannot work, or is a replica now; another one may have become the primary.
    Down,
}

/// Where a server sends its clients. An empty host is that of the server that said so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct To {
    pub(crate) slot: u16,
    pub(crate) host: String,
    pub(crate) port: u16,
}

/// Why a server did not run a command; `None` when it did, or failed in a way that stays.
pub(crate) fn refusal(reply: &Value) -> Option<Refusal> {
    match reply {
        Value::ServerError(error) => read(error),
        _ => None,
    }
}

fn read(error: &ServerError) -> Option<Refusal> {
    match error.code() {
        "MOVED" => to(error.details()?).map(Refusal::Moved),
        "ASK" => to(error.details()?).map(Refusal::Ask),
        "TRYAGAIN" => Some(Refusal::Torn),
        "BUSY" => Some(Refusal::Later),
        // The last one comes to those who wait when a server becomes a replica under their feet.
        "CLUSTERDOWN" | "LOADING" | "MASTERDOWN" | "READONLY" | "UNBLOCKED" => Some(Refusal::Down),
        _ => None,
    }
}

/// `3999 127.0.0.1:6381`. An address of the newer kind holds colons itself.
fn to(details: &str) -> Option<To> {
    let (slot, address) = details.split_once(' ')?;
    let (host, port) = address.trim().rsplit_once(':')?;
    Some(To {
        slot: slot.parse().ok()?,
        host: host.to_owned(),
        port: port.parse().ok()?,
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn said(line: &str) -> Option<Refusal> {
        refusal(&redis::parse_redis_value(format!("{line}\r\n").as_bytes()).unwrap())
    }

    #[test]
    fn what_servers_say_is_understood() {
        let to = |slot, host: &str, port| To {
            slot,
            host: host.to_owned(),
            port,
        };
        for (line, expected) in [
            (
                "-MOVED 3999 127.0.0.1:6381",
                Some(Refusal::Moved(to(3999, "127.0.0.1", 6381))),
            ),
            (
                "-MOVED 1 ::1:7000",
                Some(Refusal::Moved(to(1, "::1", 7000))),
            ),
            (
                "-MOVED 1 redis-3.example:7000",
                Some(Refusal::Moved(to(1, "redis-3.example", 7000))),
            ),
            ("-ASK 1 :7000", Some(Refusal::Ask(to(1, "", 7000)))),
            ("-ASK 1", None),
            ("-MOVED x y:z", None),
            ("-TRYAGAIN Multiple keys request", Some(Refusal::Torn)),
            ("-BUSY Redis is busy", Some(Refusal::Later)),
            ("-CLUSTERDOWN Hash slot not served", Some(Refusal::Down)),
            ("-LOADING Redis is loading", Some(Refusal::Down)),
            ("-MASTERDOWN Link with MASTER is down", Some(Refusal::Down)),
            ("-READONLY You can't write", Some(Refusal::Down)),
            ("-ERR syntax error", None),
            ("-OOM command not allowed", None),
            ("+OK", None),
        ] {
            assert_eq!(said(line), expected, "{line}");
        }
    }
}
