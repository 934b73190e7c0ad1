//! The address of a server. What is said about a wrong one never repeats it: it may hold a password.

use redis::{ConnectionAddr, IntoConnectionInfo as _, ProtocolVersion};

use crate::client::config::{Address, Secret};
use crate::error::{Error, ErrorKind, Result};

/// What a URL says.
#[derive(Debug, Clone)]
pub(crate) struct Parsed {
    pub(crate) address: Address,
    pub(crate) encrypted: bool,
    pub(crate) user: Option<String>,
    pub(crate) password: Option<Secret>,
    /// The number of the database, if the URL names one.
    pub(crate) database: Option<u16>,
    pub(crate) protocol: ProtocolVersion,
}

/// What a URL of several servers says.
#[derive(Debug, Clone)]
pub(crate) struct Several {
    /// What it says of all of them.
    pub(crate) shared: Parsed,
    pub(crate) hosts: Vec<(String, u16)>,
    /// The name of the master that sentinels watch, where the servers are sentinels.
    pub(crate) master: Option<String>,
}

/// Servers that are several, by the word that a URL's scheme ends with, and the port where none is named.
const SENTINEL: (&str, u16) = ("+sentinel://", 26379);
const CLUSTER: (&str, u16) = ("+cluster://", 6379);

/// Reads a URL of several servers; `None` when it is one of a single server.
pub(crate) fn several(url: &str) -> Result<Option<Several>> {
    let of = |(word, port): (&'static str, u16)| Some((url.split_once(word)?, port));
    let Some(((scheme, rest), port)) = of(SENTINEL).or_else(|| of(CLUSTER)) else {
        return Ok(None);
    };
    let is_sentinel = url.contains(SENTINEL.0);
    let end = rest.find(['/', '?']).unwrap_or(rest.len());
    let (authority, tail) = rest.split_at(end);
    let (path, query) = tail.split_once('?').unwrap_or((tail, ""));
    let (who, hosts) = authority.rsplit_once('@').unwrap_or(("", authority));
    let at = if who.is_empty() { "" } else { "@" };
    let wrong = || Error::new(ErrorKind::Settings, "", FORM_OF_SEVERAL);
    let shared = parse(&format!("{scheme}://{who}{at}host?{query}")).map_err(|_| wrong())?;
    let hosts = hosts
        .split(',')
        .map(|it| host(it, port).ok_or_else(wrong))
        .collect::<Result<_>>()?;
    let path = path.trim_matches('/');
    let master = match (is_sentinel, path) {
        (true, "") => return Err(wrong()),
        (true, name) => Some(name.to_owned()),
        (false, "" | "0") => None,
        (false, _) => return Err(wrong()),
    };
    Ok(Some(Several {
        shared,
        hosts,
        master,
    }))
}

/// `host`, `host:port`, `[IPv6]:port`.
pub(crate) fn host(text: &str, port: u16) -> Option<(String, u16)> {
    let has_port = text.rfind(':') > text.rfind(']') && text.contains(':');
    let url = if has_port {
        format!("redis://{text}")
    } else {
        format!("redis://{text}:{port}")
    };
    match parse(&url).ok()?.address {
        Address::Tcp { host, port } if !text.contains(['@', '/', '?']) => Some((host, port)),
        _ => None,
    }
}

const FORM_OF_SEVERAL: &str = "the servers' address is not understood; expected \
                               `redis+sentinel://[[user]:password@]host[:port],host…/master` or \
                               `redis+cluster://[[user]:password@]host[:port],host…`, `rediss+…` for TLS";

/// The schemes of encrypted connections, and the plain one that is otherwise the same.
const ENCRYPTED: [(&str, &str); 2] = [("rediss://", "redis://"), ("valkeys://", "valkey://")];

/// Reads a URL.
pub(crate) fn parse(url: &str) -> Result<Parsed> {
    let secure = ENCRYPTED
        .iter()
        .find_map(|(secure, plain)| Some((*plain, url.strip_prefix(secure)?)));
    let plain = secure.map(|(scheme, rest)| format!("{scheme}{rest}"));
    let plain = plain.as_deref().unwrap_or(url);
    let wrong = || Error::new(ErrorKind::Settings, "", FORM);
    let info = plain.into_connection_info().map_err(|_| wrong())?;
    let address = match info.addr() {
        ConnectionAddr::Tcp(host, port) => Address::Tcp {
            // An IPv6 address stands in brackets in a URL, and nowhere else.
            host: host.trim_matches(['[', ']']).to_owned(),
            port: *port,
        },
        ConnectionAddr::Unix(path) => Address::Unix(path.clone()),
        _ => return Err(wrong()),
    };
    let settings = info.redis_settings();
    let database = u16::try_from(settings.db()).map_err(|_| wrong())?;
    Ok(Parsed {
        address,
        encrypted: secure.is_some(),
        user: settings.username().map(str::to_owned),
        password: settings.password().map(Secret::new),
        database: names_database(plain).then_some(database),
        protocol: settings.protocol(),
    })
}

/// Whether a URL that is right names a database.
fn names_database(url: &str) -> bool {
    redis::parse_redis_url(url).is_some_and(|url| match url.scheme() {
        "redis" | "valkey" => url.path().len() > 1,
        _ => url.query_pairs().any(|(name, _)| name == "db"),
    })
}

const FORM: &str = "the server's address is not understood; expected \
                    `redis://[[user]:password@]host[:port][/database]`, with `%XX` for special characters, \
                    `rediss://` for TLS, or `unix:///path`";

/// What is said about an encrypted address where nothing can encrypt.
#[cfg(not(feature = "tls"))]
pub(crate) const NO_TLS: &str = "the server's address asks for TLS, which is not compiled in; enable the \
                                 feature `tls` of the `redis-schema` crate";

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::{host, parse, several};
    use crate::client::config::Address;
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
            let error = parse(url).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Settings, "{url}");
            let shown = format!("{error} {error:?}");
            assert!(shown.contains("expected `redis://"), "{shown}");
            assert!(!shown.contains("hunter2"), "{shown}");
        }
        assert!(parse("redis://user:hunter2@localhost:6379/1").is_ok());
    }

    #[test]
    fn what_an_address_says() {
        let parsed = parse("rediss://us%65r:hunter%32@localhost/3?protocol=resp3").unwrap();
        assert!(!format!("{parsed:?}").contains("hunter2"));
        assert!(parsed.encrypted);
        assert_eq!(parsed.user.as_deref(), Some("user"));
        assert_eq!(parsed.password.unwrap().expose(), "hunter2");
        assert_eq!(parsed.database, Some(3));
        assert_eq!(parsed.protocol, redis::ProtocolVersion::RESP3);
        assert_eq!(parse("redis://localhost").unwrap().database, None);
        assert_eq!(parse("redis://localhost/").unwrap().database, None);
        assert_eq!(parse("redis://localhost/0").unwrap().database, Some(0));
        let local = parse("redis://[::1]:7000").unwrap().address;
        let expected = Address::Tcp {
            host: "::1".to_owned(),
            port: 7000,
        };
        assert_eq!(local, expected);
    }

    #[test]
    fn several_servers_have_one_address() {
        let url = "redis+sentinel://app:hunter%32@one,two:5000,[::1]:5001/mymaster?protocol=resp3";
        let found = several(url).unwrap().unwrap();
        assert!(!format!("{found:?}").contains("hunter2"));
        assert_eq!(found.master.as_deref(), Some("mymaster"));
        let hosts = [("one", 26379), ("two", 5000), ("::1", 5001)];
        assert_eq!(
            found.hosts,
            hosts.map(|(name, port)| (name.to_owned(), port))
        );
        assert_eq!(found.shared.password.unwrap().expose(), "hunter2");
        assert_eq!(found.shared.protocol, redis::ProtocolVersion::RESP3);
        let cluster = several("rediss+cluster://one,two").unwrap().unwrap();
        assert!(cluster.shared.encrypted && cluster.master.is_none());
        assert_eq!(cluster.hosts[1], ("two".to_owned(), 6379));
        assert!(several("redis://one").unwrap().is_none());
        for url in [
            "redis+sentinel://user:hunter2@one",
            "redis+cluster://user:hunter2@one/3",
            "redis+cluster://user:hunter2@one,,two",
            "redis+cluster://user:hunter2@one:99999",
        ] {
            let shown = several(url).unwrap_err().to_string();
            assert!(!shown.contains("hunter2"), "{shown}");
        }
        assert_eq!(host("::1", 1), None);
    }

    #[cfg(unix)]
    #[test]
    fn sockets_are_addresses() {
        let parsed = parse("unix:///run/redis.sock?db=2&user=app&pass=hunter2").unwrap();
        assert_eq!(parsed.address, Address::Unix("/run/redis.sock".into()));
        assert_eq!(parsed.database, Some(2));
        assert_eq!(parsed.password.unwrap().expose(), "hunter2");
        assert_eq!(parse("unix:///run/redis.sock").unwrap().database, None);
    }
}
