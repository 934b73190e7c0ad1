//! What commands that talk to a server share: its address, their patience, and the schema they go by.

pub(crate) mod fact;
pub(crate) mod keys;
pub(crate) mod login;
pub(crate) mod moment;
pub(crate) mod names;
pub(crate) mod scan;
pub(crate) mod slow;

use std::path::Path;
use std::time::Duration;

use redis_schema::{Access, Error, ErrorKind, redis};
use redis_schema_model::model::Schema;

use crate::exit::Failure;
use crate::load;
use crate::output::Output;
use login::LoginArgs;

/// Where the address is looked up when none is given.
const VARIABLE: &str = "REDIS_URL";

/// The server, and how long to wait for it.
#[derive(Debug, clap::Args)]
pub(crate) struct ServerArgs {
    /// The server's address.
    #[arg(
        help = "Server: redis://[user@]host[:port][/database], rediss:// for TLS, redis+sentinel://host,host/master, \
                redis+cluster://host,host [default: the variable REDIS_URL]"
    )]
    pub(crate) url: Option<String>,

    /// How long to wait for the server, such as 500ms or 2s
    #[arg(long, value_name = "TIME", default_value = "2s", value_parser = duration)]
    pub(crate) timeout: Duration,

    #[command(flatten)]
    login: LoginArgs,
}

impl ServerArgs {
    /// The servers; their address is never shown, for it may hold a password.
    pub(crate) fn access(&self, output: &mut Output) -> Result<Access, Failure> {
        if let Some(url) = &self.url {
            login::warn_of_password(url, output);
        }
        let found = self.url.clone().or_else(|| std::env::var(VARIABLE).ok());
        let url = found.filter(|url| !url.is_empty()).ok_or_else(|| {
            Failure::usage("no server is named").help(format!(
                "name it, as in `redis://localhost:6379`, or set {VARIABLE}"
            ))
        })?;
        Ok(self.login.access(&url)?.timeout(self.timeout))
    }
}

/// Waits for something to do with servers.
pub(crate) fn wait<T>(work: impl Future<Output = T>) -> Result<T, Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    let runtime = runtime.map_err(|error| {
        Failure::environment(format!("cannot start: {}", crate::exit::reason(&error)))
    })?;
    Ok(runtime.block_on(work))
}

/// What kept the servers from being connected to.
pub(crate) fn unconnected(error: &Error) -> Failure {
    match error.kind() {
        ErrorKind::Settings => Failure::usage(error.to_string()),
        _ => Failure::environment(error.to_string()),
    }
}

/// The schema of a file, or the one of this directory; what is wrong with it is told.
pub(crate) fn schema(path: Option<&Path>, output: &mut Output) -> Result<Schema, Failure> {
    let input = load::single(path, output)?;
    let loaded = load::one(&input, output)?;
    load::tell(&loaded, output);
    let wrong = || Failure::usage(format!("{} has errors", input.name()));
    loaded.schema.ok_or_else(wrong)
}

/// `500ms`, `2s`, `2`: more than nothing, at most an hour.
fn duration(text: &str) -> Result<Duration, String> {
    let (digits, unit) = match text.strip_suffix("ms") {
        Some(digits) => (digits, 1),
        None => (text.strip_suffix('s').unwrap_or(text), 1000),
    };
    let millis = digits
        .parse::<u64>()
        .ok()
        .and_then(|number| number.checked_mul(unit));
    match millis {
        Some(millis @ 1..=3_600_000) => Ok(Duration::from_millis(millis)),
        _ => Err("expected a time such as `500ms` or `2s`, at most an hour".to_owned()),
    }
}

/// What kept the server from answering; not its words, which may quote arguments.
pub(crate) fn refused(error: &redis::RedisError) -> Failure {
    let what = if error.is_timeout() {
        "the server does not answer in time".to_owned()
    } else if let Some(code) = error.code() {
        format!("the server refuses: {code}")
    } else if error.is_io_error() {
        "the server cannot be reached".to_owned()
    } else {
        format!("the server cannot be asked: {}", error.category())
    };
    Failure::environment(what)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_have_a_unit_and_a_bound() {
        assert_eq!(duration("500ms"), Ok(Duration::from_millis(500)));
        assert_eq!(duration("2s"), Ok(Duration::from_secs(2)));
        assert_eq!(duration("2"), Ok(Duration::from_secs(2)));
        for wrong in [
            "",
            "0",
            "-1s",
            "1.5s",
            "3601s",
            "s",
            "ms",
            "18446744073709551615s",
        ] {
            assert!(duration(wrong).is_err(), "{wrong}");
        }
    }
}
