//! Which servers a store has, as its addresses and options say.

use std::sync::Arc;

use redis::{ConnectionAddr, IntoConnectionInfo as _, ProtocolVersion};

use super::Plan;
use crate::address::{Parsed, parse};
use crate::client::config::{Address, Endpoint, Login, TlsSetup};
use crate::error::{Error, ErrorKind, Result};

/// One server that a store has, before it is connected to.
#[derive(Debug)]
pub(in crate::store) struct Server {
    pub(in crate::store) endpoint: Endpoint,
    pub(in crate::store) login: Login,
}

impl Plan {
    /// The address that counts for everything that has none of its own.
    pub(in crate::store) fn main_url(&self) -> Result<&str> {
        match &self.url {
            Some(url) => Ok(url.expose()),
            None => Err(Error::new(ErrorKind::Settings, "", "no server is named")),
        }
    }

    /// A client of redis-rs for a server, with the same credentials and certificates.
    pub(in crate::store) fn client(
        &self,
        endpoint: &Endpoint,
        login: &Login,
        protocol: ProtocolVersion,
    ) -> Result<redis::Client> {
        let unusable = |_| Error::new(ErrorKind::Settings, "", "the server's address is unusable");
        let mut info = match &endpoint.address {
            Address::Unix(path) => ConnectionAddr::Unix(path.clone()).into_connection_info(),
            Address::Tcp { host, port } => {
                let scheme = if endpoint.tls.is_some() {
                    "rediss"
                } else {
                    "redis"
                };
                let host = if host.contains(':') {
                    format!("[{host}]")
                } else {
                    host.clone()
                };
                format!("{scheme}://{host}:{port}").into_connection_info()
            }
        }
        .map_err(unusable)?;
        let mut settings = info
            .redis_settings()
            .clone()
            .set_protocol(protocol)
            .set_db(login.database.into());
        if let Some(password) = &login.password {
            settings = settings.set_password(password.expose());
        }
        if let Some(user) = &login.user {
            settings = settings.set_username(user);
        }
        let tcp = info.tcp_settings().clone().set_nodelay(true);
        info = info.set_redis_settings(settings).set_tcp_settings(tcp);
        self.encrypted_client(info, endpoint.tls.is_some())
            .map_err(unusable)
    }

    /// Refuses names that the schema does not know.
    pub(in crate::store) fn expect_known(&self, known: &[(&str, u16)]) -> Result<()> {
        let Some(name) = self.unknown.first() else {
            return Ok(());
        };
        let known: Vec<_> = known.iter().map(|(name, _)| format!("`{name}`")).collect();
        let problem = match known.as_slice() {
            [] => format!("the schema names no databases, `{name}` is none of it"),
            known => format!(
                "the schema has no database `{name}`; it has {}",
                known.join(", ")
            ),
        };
        Err(Error::new(ErrorKind::Settings, "", problem))
    }

    /// The server of each of these databases.
    pub(super) fn single(&self, main: &Parsed, databases: &[u16]) -> Result<Vec<(u16, Server)>> {
        let is_main = |index: &u16| !self.database_urls.contains_key(index);
        if databases.iter().any(is_main) {
            expect_known(main.database, databases)?;
        }
        let mut encryption = Encryption::default();
        databases
            .iter()
            .map(|index| {
                let (parsed, number) = match self.database_urls.get(index) {
                    None => (main.clone(), *index),
                    Some(url) => {
                        let parsed = parse(url.expose())?;
                        let number = parsed.database.unwrap_or(*index);
                        (parsed, number)
                    }
                };
                let tls = encryption.of(self, &parsed)?;
                let login = self.login(&parsed, number);
                let endpoint = Endpoint {
                    address: parsed.address,
                    tls,
                };
                Ok((*index, Server { endpoint, login }))
            })
            .collect()
    }

    /// Who the store is to a server.
    pub(super) fn login(&self, parsed: &Parsed, database: u16) -> Login {
        let (user, password) = match &self.password {
            Some(password) => (self.user.clone(), Some(password.clone())),
            None => (parsed.user.clone(), parsed.password.clone()),
        };
        Login {
            user: user.map(Into::into),
            password,
            database,
            read_only: false,
        }
    }
}

/// Refuses an address that leads whoever wrote it to expect the data elsewhere. Database 0 is what one gets
/// without a number, so many addresses name it without meaning it.
fn expect_known(named: Option<u16>, databases: &[u16]) -> Result<()> {
    let Some(number) = named.filter(|it| *it != 0 && !databases.contains(it)) else {
        return Ok(());
    };
    let known: Vec<String> = databases.iter().map(u16::to_string).collect();
    let problem = format!(
        "the server's address names the database {number}, but the schema's keys lie in {}: leave the number out, \
         write `databases: {{ NAME: {number} }}` in the schema, or give one database an address of its own \
         (`database_url`)",
        known.join(", ")
    );
    Err(Error::new(ErrorKind::Settings, "", problem))
}

/// Certificates are read once.
#[derive(Default)]
pub(super) struct Encryption(Option<Arc<TlsSetup>>);

impl Encryption {
    pub(super) fn of(&mut self, plan: &Plan, parsed: &Parsed) -> Result<Option<Arc<TlsSetup>>> {
        if !parsed.encrypted {
            return plan.expect_plain().map(|()| None);
        }
        if self.0.is_none() {
            self.0 = Some(Arc::new(plan.encryption()?));
        }
        Ok(self.0.clone())
    }
}

#[cfg(feature = "tls")]
impl Plan {
    fn encrypted_client(
        &self,
        info: redis::ConnectionInfo,
        encrypted: bool,
    ) -> redis::RedisResult<redis::Client> {
        match self.tls.as_ref().and_then(|it| it.as_redis_rs().ok()) {
            Some(certificates) if encrypted => redis::Client::build_with_tls(info, certificates),
            _ => redis::Client::open(info),
        }
    }

    fn encryption(&self) -> Result<TlsSetup> {
        self.tls.clone().unwrap_or_default().setup()
    }

    /// Options for TLS with an address without it are a mistake that must not go unnoticed.
    fn expect_plain(&self) -> Result<()> {
        match self.tls {
            None => Ok(()),
            Some(_) => {
                let problem =
                    "there are options for TLS, but an address without it: write `rediss://`";
                Err(Error::new(ErrorKind::Settings, "", problem))
            }
        }
    }
}

#[cfg(not(feature = "tls"))]
#[allow(clippy::unused_self, clippy::unnecessary_wraps)]
impl Plan {
    fn encrypted_client(
        &self,
        info: redis::ConnectionInfo,
        _encrypted: bool,
    ) -> redis::RedisResult<redis::Client> {
        redis::Client::open(info)
    }

    fn encryption(&self) -> Result<TlsSetup> {
        Err(Error::new(ErrorKind::Settings, "", crate::address::NO_TLS))
    }

    fn expect_plain(&self) -> Result<()> {
        Ok(())
    }
}
