//! Which program a server is.

use std::ffi::OsString;
use std::path::Path;
use std::process::Command;

/// The server that is there: `REDIS_SERVER_BIN`, else the one on the path.
pub(crate) fn usual() -> OsString {
    std::env::var_os("REDIS_SERVER_BIN").unwrap_or_else(|| "redis-server".into())
}

/// A server that gives single fields of a hash a lifetime: `REDIS_SERVER_NEW_BIN`, the one that
/// `scripts/test` has unpacked, else the usual one.
pub(crate) fn newer() -> OsString {
    let unpacked = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/redis-8/redis-server");
    std::env::var_os("REDIS_SERVER_NEW_BIN")
        .into_iter()
        .chain([unpacked.into_os_string(), usual()])
        .find(expires_fields)
        .expect(
            "no Redis server of 7.4 or later: `scripts/test` fetches one into target/redis-8, \
             or name one by REDIS_SERVER_NEW_BIN=/path/to/redis-server",
        )
}

fn expires_fields(program: &OsString) -> bool {
    Command::new(program)
        .arg("--version")
        .output()
        .is_ok_and(|output| is_newer(&String::from_utf8_lossy(&output.stdout)))
}

/// Redis has lifetimes of fields since 7.4, Valkey since 9.0.
fn is_newer(words: &str) -> bool {
    let since = match words.split(' ').next() {
        Some("Redis") => (7, 4),
        Some("Valkey") => (9, 0),
        _ => return false,
    };
    let version = words
        .split(' ')
        .find_map(|word| word.strip_prefix("v="))
        .unwrap_or_default();
    let mut numbers = version
        .split('.')
        .map_while(|part| part.parse::<u16>().ok());
    numbers.next().zip(numbers.next()) >= Some(since)
}

#[cfg(test)]
mod tests {
    use super::is_newer;

    #[test]
    fn lifetimes_of_fields_need_redis_7_4_or_valkey_9() {
        for (words, newer) in [
            (
                "Redis server v=7.0.15 sha=00000000:0 malloc=jemalloc",
                false,
            ),
            ("Redis server v=7.4.0 sha=00000000:0", true),
            ("Redis server v=8.0.2 sha=00000000:0", true),
            ("Redis server v=10.2 sha=0", true),
            ("Valkey server v=8.1.1 sha=0", false),
            ("Valkey server v=9.0.0 sha=0", true),
            ("Redis server", false),
            ("something else v=9.0.0", false),
            ("", false),
        ] {
            assert_eq!(is_newer(words), newer, "{words}");
        }
    }
}
