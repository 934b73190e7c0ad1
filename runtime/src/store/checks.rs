//! What opening a store makes sure of: that the server is what the schema needs, and that its data is of the
//! schema's version.
//!
//! The version is stamped into a hash named `redis-schema:{schema}` in the first of the schema's databases,
//! with the fields `version` and `edition`. Releases and migrations write it.

use redis::Value;

use crate::client::Topology;
use crate::client::failure::Cause;
use crate::client::node::Node;
use crate::client::request::Request;
use crate::cmd::Cmd;
use crate::error::{Error, ErrorKind, Result};
use crate::key::Spec;
use crate::reply;
use crate::retry::RetryClass;
use crate::settings::{Flavour, Schema, ServerNeeds};

/// What opening a store does with the version of the schema that the data is stamped with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum VersionCheck {
    /// Nothing.
    Ignore,
    /// Refuses data of another version; data without a stamp is accepted.
    #[default]
    Compare,
    /// Refuses data of another version, and stamps data without a stamp.
    Stamp,
}

/// Which checks are made.
#[derive(Debug, Clone, Copy)]
pub(super) struct Checks {
    pub(super) server: bool,
    pub(super) version: VersionCheck,
}

impl Default for Checks {
    fn default() -> Self {
        Self {
            server: true,
            version: VersionCheck::default(),
        }
    }
}

/// Commands of opening a store belong to no key.
static NO_KEY: Spec = Spec::new(0, "", "", &[]);

/// What can be said without asking: a schema that is not written for a cluster has proven nothing that a
/// cluster asks for.
pub(super) fn arrangement<S: Schema>(topology: &Topology, checks: &Checks) -> Result<()> {
    if !checks.server || !topology.is_cluster() || S::SERVER.clustered {
        return Ok(());
    }
    Err(incompatible(
        "the servers are named as a cluster, but the schema does not say `topology: cluster`, so nothing proves that \
         what runs as one lies in one slot"
            .to_owned(),
    ))
}

/// The error of a store that cannot be opened, where the server's own words do not say what is wrong.
pub(super) fn unreachable(cause: Cause) -> Error {
    let said = match &cause {
        Cause::Refused(error) => error.detail().unwrap_or_default(),
        _ => "",
    };
    let problem = match said {
        // As they say it, a cluster's server refuses every database but the first, a sentinel has none, and a
        // server of its own no slots.
        it if it.contains("SELECT is not allowed in cluster mode") => {
            "this server is part of a cluster, which has the database 0 alone; the schema uses others"
        }
        it if it.starts_with("unknown command") && it.contains("'SELECT'") => SENTINEL,
        it if it.contains("cluster support disabled") => NO_CLUSTER,
        it if it.starts_with("unknown command") && it.contains("'SENTINEL'") => {
            "this server is no sentinel; name the sentinels, or the server by itself"
        }
        _ => return cause.into_error(""),
    };
    incompatible(problem.to_owned())
}

const SENTINEL: &str =
    "this is a sentinel, which has no data; name it as one (`redis+sentinel://…`)";
const NO_CLUSTER: &str = "this server is not part of a cluster";

pub(super) async fn run<S: Schema>(topology: &Topology, checks: &Checks) -> Result<()> {
    if checks.server {
        for node in topology.nodes() {
            server(&node, &S::SERVER, topology.is_cluster()).await?;
        }
    }
    if checks.version != VersionCheck::Ignore {
        version::<S>(topology, checks.version).await?;
    }
    Ok(())
}

fn incompatible(problem: String) -> Error {
    Error::new(ErrorKind::Incompatible, "", problem)
}

/// Asks one server what it is.
async fn server(node: &Node, needs: &ServerNeeds, cluster: bool) -> Result<()> {
    let info = Cmd::of(["INFO", "server"]);
    let request = Request::one(&NO_KEY, &info, RetryClass::Read);
    let replies = node
        .send(&request, None)
        .await
        .map_err(|failure| failure.into_error("", true))?;
    let value = replies.into_one();
    // A user who may not ask may still use the keys.
    if matches!(&value, Value::ServerError(error) if error.code() == "NOPERM") {
        return Ok(());
    }
    let text = reply::text(value, &NO_KEY)?;
    fits(&text, needs, cluster).map_err(incompatible)
}

/// Whether what a server says of itself is what the schema needs.
fn fits(info: &str, needs: &ServerNeeds, cluster: bool) -> Result<(), String> {
    let fact = |name: &str| {
        info.lines()
            .find_map(|line| line.strip_prefix(name)?.strip_prefix(':'))
            .map(str::trim)
    };
    match (fact("redis_mode"), cluster) {
        (Some("sentinel"), _) => {
            return Err(SENTINEL.to_owned());
        }
        (Some("cluster"), false) if !needs.clustered => {
            return Err(
                "this server is part of a cluster; the schema is for one server, as long as it does not say \
                 `topology: cluster`"
                    .to_owned(),
            );
        }
        (Some("cluster"), false) => {
            return Err(
                "this server is part of a cluster; open the store as one (`redis+cluster://…`)"
                    .to_owned(),
            );
        }
        (Some("standalone"), true) => return Err(NO_CLUSTER.to_owned()),
        _ => {}
    }
    let valkey = fact("valkey_version");
    let (name, found) = match (needs.flavour, valkey) {
        (Flavour::Valkey, None) => {
            return Err("the schema needs Valkey, this is another server".to_owned());
        }
        (Flavour::Valkey, Some(version)) => ("Valkey", Some(version)),
        (Flavour::Redis, _) => ("Redis", fact("redis_version")),
    };
    let (major, minor) = needs.min;
    match found.and_then(numbers) {
        Some(found) if found < needs.min => Err(format!(
            "the schema needs {name} {major}.{minor} or newer, this is {}.{}{}",
            found.0,
            found.1,
            valkey
                .filter(|_| needs.flavour == Flavour::Redis)
                .map_or(String::new(), |version| format!(" (Valkey {version})")),
        )),
        _ => Ok(()),
    }
}

/// Major and minor number.
fn numbers(version: &str) -> Option<(u16, u16)> {
    let mut parts = version.split('.');
    Some((parts.next()?.parse().ok()?, parts.next()?.parse().ok()?))
}

/// Compares the version that the data is stamped with.
async fn version<S: Schema>(topology: &Topology, check: VersionCheck) -> Result<()> {
    // The database of the stamp is that of a key that lives there.
    let keys = S::SPECS.iter().filter(|spec| !spec.channel);
    let Some(spec) = keys.min_by_key(|spec| spec.database) else {
        return Ok(());
    };
    let key = format!("redis-schema:{}", S::NAME);
    let get = Cmd::of(["HGET", &key, "version"]);
    let request = Request::one(spec, &get, RetryClass::Read);
    let value = match plain(topology.execute(&request).await)?.into_one() {
        Value::ServerError(error) if error.code() == "NOPERM" && check == VersionCheck::Compare => {
            return Ok(());
        }
        value => value,
    };
    let found = reply::optional_text(value, &NO_KEY)?;
    let Some(found) = found else {
        return stamp::<S>(topology, spec, &key, check).await;
    };
    match found.parse::<u32>() {
        Ok(version) if version == S::VERSION => Ok(()),
        Ok(version) if version > S::VERSION => Err(incompatible(format!(
            "the data is of version {version} of the schema, this program knows version {}: update it",
            S::VERSION
        ))),
        Ok(version) => Err(incompatible(format!(
            "the data is of version {version} of the schema, this program needs version {}: migrate it",
            S::VERSION
        ))),
        Err(_) => Err(incompatible(format!(
            "the field `version` of `{key}` is no number"
        ))),
    }
}

/// Stamps data that has no stamp; whoever comes first wins.
async fn stamp<S: Schema>(
    topology: &Topology,
    spec: &'static Spec,
    key: &str,
    check: VersionCheck,
) -> Result<()> {
    if check != VersionCheck::Stamp {
        return Ok(());
    }
    for (field, number) in [("edition", S::EDITION), ("version", S::VERSION)] {
        let set = Cmd::of(["HSETNX", key, field, &number.to_string()]);
        let request = Request::one(spec, &set, RetryClass::Idempotent);
        let value = plain(topology.execute(&request).await)?.into_one();
        reply::unit(value, &NO_KEY)?;
    }
    Ok(())
}

/// The key that lent its database is not what went wrong.
fn plain<T>(result: Result<T>) -> Result<T> {
    result.map_err(Error::without_template)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const REDIS: &str = "# Server\r\nredis_version:7.0.15\r\nredis_mode:standalone\r\n";
    const VALKEY: &str = "redis_version:7.2.4\r\nserver_name:valkey\r\nvalkey_version:8.1.0\r\nredis_mode:standalone\r\n";

    fn needs(flavour: Flavour, min: (u16, u16)) -> ServerNeeds {
        ServerNeeds {
            min,
            flavour,
            clustered: false,
        }
    }

    fn said(info: &str, flavour: Flavour, min: (u16, u16), cluster: bool) -> String {
        match fits(info, &needs(flavour, min), cluster) {
            Ok(()) => "fits".to_owned(),
            Err(problem) => problem,
        }
    }

    #[test]
    fn servers_are_compared_with_the_schema() {
        use Flavour::{Redis, Valkey};
        assert_eq!(said(REDIS, Redis, (7, 0), false), "fits");
        assert_eq!(said(REDIS, Redis, (6, 2), false), "fits");
        assert_eq!(
            said(REDIS, Redis, (7, 4), false),
            "the schema needs Redis 7.4 or newer, this is 7.0"
        );
        assert_eq!(
            said(REDIS, Valkey, (8, 0), false),
            "the schema needs Valkey, this is another server"
        );
        assert_eq!(said(VALKEY, Valkey, (8, 0), false), "fits");
        assert_eq!(said(VALKEY, Redis, (7, 2), false), "fits");
        assert_eq!(
            said(VALKEY, Redis, (7, 4), false),
            "the schema needs Redis 7.4 or newer, this is 7.2 (Valkey 8.1.0)"
        );
        assert!(said(REDIS, Redis, (7, 0), true).contains("not part of a cluster"));
        let cluster = REDIS.replace("standalone", "cluster");
        assert!(said(&cluster, Redis, (7, 0), false).contains("part of a cluster"));
        assert_eq!(said(&cluster, Redis, (7, 0), true), "fits");
        let meant = fits(&cluster, &needs(Redis, (7, 0)).clustered(), false);
        assert!(meant.unwrap_err().contains("redis+cluster://"));
        let sentinel = REDIS.replace("standalone", "sentinel");
        assert!(said(&sentinel, Redis, (7, 0), false).contains("sentinel"));
        assert_eq!(said("nothing", Redis, (7, 0), false), "fits");
    }
}
