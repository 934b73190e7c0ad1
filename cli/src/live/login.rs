//! Who the command is to a server, in the words of `redis-cli`.

use std::path::PathBuf;

use redis_schema::{Access, TlsOptions};

use crate::exit::Failure;
use crate::output::Output;

/// Where passwords are looked up: arguments are seen by everybody on the machine.
const PASSWORD: &str = "REDISCLI_AUTH";
const SENTINEL_PASSWORD: &str = "REDIS_SENTINEL_AUTH";

/// User, authority and certificate.
#[derive(Debug, Clone, Default, clap::Args)]
#[command(next_help_heading = "Connection")]
pub(crate) struct LoginArgs {
    /// User of the server; the password is taken from the variable REDISCLI_AUTH, or from the address
    #[arg(long, value_name = "NAME")]
    user: Option<String>,

    /// User that the sentinels know; their password is taken from the variable REDIS_SENTINEL_AUTH
    #[arg(long, value_name = "NAME")]
    sentinel_user: Option<String>,

    /// Certificate of the authority that vouches for the server, for rediss:// addresses [default: those that browsers trust]
    #[arg(long, value_name = "FILE")]
    cacert: Option<PathBuf>,

    /// Certificate to show to the server
    #[arg(long, value_name = "FILE", requires = "key")]
    cert: Option<PathBuf>,

    /// Private key of that certificate
    #[arg(long, value_name = "FILE", requires = "cert")]
    key: Option<PathBuf>,
}

impl LoginArgs {
    /// The servers at an address; it is not read yet.
    pub(crate) fn access(&self, url: &str) -> Result<Access, Failure> {
        let mut access = Access::new(url);
        if let Some(user) = &self.user {
            access = access.user(user);
        }
        if let Some(password) = variable(PASSWORD)? {
            access = access.password(&password);
        }
        if let Some(user) = &self.sentinel_user {
            access = access.sentinel_user(user);
        }
        if let Some(password) = variable(SENTINEL_PASSWORD)? {
            access = access.sentinel_password(&password);
        }
        Ok(match self.tls() {
            Some(options) => access.tls(options),
            None => access,
        })
    }

    fn tls(&self) -> Option<TlsOptions> {
        if self.cacert.is_none() && self.cert.is_none() {
            return None;
        }
        let mut options = TlsOptions::new();
        if let Some(authority) = &self.cacert {
            options = options.ca_file(authority);
        }
        if let (Some(certificate), Some(key)) = (&self.cert, &self.key) {
            options = options.client_files(certificate, key);
        }
        Some(options)
    }
}

/// What a variable holds, if anything.
fn variable(name: &str) -> Result<Option<String>, Failure> {
    match std::env::var(name) {
        Ok(text) => Ok(Some(text).filter(|text| !text.is_empty())),
        Err(std::env::VarError::NotPresent) => Ok(None),
        Err(std::env::VarError::NotUnicode(_)) => {
            Err(Failure::usage(format!("{name} is not valid UTF-8")))
        }
    }
}

/// Says so if an address given as an argument holds a password.
pub(crate) fn warn_of_password(url: &str, output: &mut Output) {
    if holds_password(url) {
        output.message(format!(
            "warning: whoever lists processes sees the password in this address; give it by {PASSWORD}, \
             or the whole address by {}",
            super::VARIABLE
        ));
    }
}

fn holds_password(url: &str) -> bool {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let (place, query) = rest.split_once('?').unwrap_or((rest, ""));
    let who = place.rsplit_once('@').map_or("", |(who, _)| who);
    let in_front = who
        .split_once(':')
        .is_some_and(|(_, password)| !password.is_empty());
    in_front || query.split('&').any(|pair| pair.starts_with("pass="))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_in_addresses_are_seen() {
        for url in [
            "redis://:secret@host",
            "rediss://user:secret@host:1/2",
            "redis+sentinel://u:secret@one,two/main",
            "redis://u:sec@ret@host",
            "unix:///path?db=1&pass=secret",
        ] {
            assert!(holds_password(url), "{url}");
        }
        for url in [
            "redis://host:6379",
            "redis://user@host:1",
            "redis://user:@host",
            "unix:///a:b",
            "",
        ] {
            assert!(!holds_password(url), "{url}");
        }
    }
}
