//! The address of a server. What is said about a wrong one never repeats it: it may hold a password.

use crate::error::{Error, ErrorKind, Result};

/// A client for the server at `url`; nothing is sent yet.
pub(crate) fn client(url: &str) -> Result<redis::Client> {
    redis::Client::open(url).map_err(|_| Error::new(ErrorKind::Settings, "", problem(url)))
}

fn problem(url: &str) -> &'static str {
    const ENCRYPTED: [&str; 2] = ["rediss://", "valkeys://"];
    let behind_scheme = ENCRYPTED
        .iter()
        .find_map(|scheme| url.strip_prefix(*scheme));
    let is_else_right =
        |rest: &str| redis::Client::open(format!("redis://{rest}").as_str()).is_ok();
    if behind_scheme.is_some_and(is_else_right) {
        return "the server's address asks for TLS, which is not compiled in; \
                enable a TLS feature of the `redis` crate, such as `tokio-rustls-comp`";
    }
    "the server's address is not understood; expected `redis://[[user]:password@]host[:port][/database]`, \
     with `%XX` for special characters"
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::client;
    use crate::error::ErrorKind;

    #[test]
    fn a_wrong_address_is_explained_and_not_repeated() {
        for url in [
            "",
            "localhost:6379",
            "http://user:hunter2@localhost",
            "redis:/user:hunter2@localhost",
            "redis://user:hunter2@local host",
            "redis://user:hunter2@localhost/jobs",
            "redis://user:hunter2@localhost:99999",
        ] {
            let error = client(url).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Settings, "{url}");
            let shown = format!("{error} {error:?}");
            assert!(shown.contains("expected `redis://"), "{shown}");
            assert!(!shown.contains("hunter2"), "{shown}");
        }
        assert!(client("redis://user:hunter2@localhost:6379/1").is_ok());
    }

    #[test]
    fn encryption_is_a_feature() {
        let error = client("rediss://user:hunter2@localhost").unwrap_err();
        let shown = error.to_string();
        assert!(
            shown.contains("TLS") && !shown.contains("hunter2"),
            "{shown}"
        );
    }
}
