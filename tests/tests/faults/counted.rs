//! How often a server has run a command, as it counts itself.

use std::collections::BTreeMap;

use redis::Connection;

/// Commands of the measuring, and those that set a connection up.
const OWN: [&str; 7] = [
    "config|", "info", "hello", "client|", "ping", "select", "auth",
];
/// What an operation sends beside the command that it is about: it looks for keys, or sees to lifetimes.
const BESIDE: [&str; 7] = [
    "scan",
    "expire",
    "pexpire",
    "expireat",
    "pexpireat",
    "multi",
    "asking",
];

/// Begins to count anew.
pub fn reset(connection: &mut Connection) {
    let mut reset = redis::cmd("CONFIG");
    reset.arg("RESETSTAT").exec(connection).unwrap();
}

/// Calls by command since the count began.
pub fn calls(connection: &mut Connection) -> BTreeMap<String, u64> {
    let mut info = redis::cmd("INFO");
    let info: String = info.arg("commandstats").query(connection).unwrap();
    let calls = info.lines().filter_map(|line| {
        let (name, facts) = line.strip_prefix("cmdstat_")?.split_once(':')?;
        let calls = facts.strip_prefix("calls=")?.split(',').next()?;
        let own = OWN.iter().any(|part| name.starts_with(part));
        (!own).then(|| (name.to_owned(), calls.parse().unwrap()))
    });
    calls.filter(|(_, calls)| *calls > 0).collect()
}

/// Calls of one command since the count began.
pub fn runs(connection: &mut Connection, name: &str) -> u64 {
    calls(connection).get(name).copied().unwrap_or(0)
}

/// The command whose runs are those of the operation: the transaction or script as a whole, else the only one
/// that is not beside the point.
pub fn tracked(calls: &BTreeMap<String, u64>) -> Option<String> {
    let mut whole = ["exec", "eval", "evalsha"].into_iter();
    if let Some(name) = whole.find(|name| calls.contains_key(*name)) {
        return Some(name.to_owned());
    }
    let mut names: Vec<&String> = calls.keys().collect();
    if names.len() > 1 {
        names.retain(|name| !BESIDE.contains(&name.as_str()));
    }
    match names.as_slice() {
        [name] if calls[*name] == 1 => Some((*name).clone()),
        _ => None,
    }
}

/// Waits until the server has nobody but this connection: what was on its way has run by then, or never will.
pub fn settle(connection: &mut Connection) {
    redis_schema_test_server::eventually("everything has run", || {
        let mut info = redis::cmd("INFO");
        let info: String = info.arg("clients").query(connection).unwrap();
        info.contains("connected_clients:1\r\n")
    });
}
