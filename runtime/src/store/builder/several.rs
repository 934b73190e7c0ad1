//! Servers that are several: sentinels and the master they watch, and clusters.

use std::sync::Arc;

use redis::ProtocolVersion;

use super::Plan;
use super::servers::Encryption;
use crate::address::{Parsed, Several, host, parse, several};
use crate::client::config::{Address, Login, Tuning};
use crate::client::sentinel::{Sentinel, Watched};
use crate::client::single::Single;
use crate::client::{Name, Topology, cluster};
use crate::error::{Error, ErrorKind, Result};

/// Servers named one by one.
#[derive(Debug, Clone)]
pub(in crate::store) struct Hosts {
    /// The name of the master, where the servers are sentinels.
    master: Option<String>,
    hosts: Vec<String>,
}

impl Hosts {
    pub(super) fn new<H: AsRef<str>>(
        master: Option<&str>,
        hosts: impl IntoIterator<Item = H>,
    ) -> Self {
        Self {
            master: master.map(str::to_owned),
            hosts: hosts.into_iter().map(|it| it.as_ref().to_owned()).collect(),
        }
    }
}

impl Plan {
    /// The servers, not connected to yet, and how connections to them behave.
    pub(crate) fn topology(&self, databases: &[u16]) -> Result<(Topology, Arc<Tuning>)> {
        if let Some(found) = self.found()? {
            let tuning = self.tuning(found.shared.protocol);
            let topology = self.of_several(found, databases, &tuning)?;
            return Ok((topology, tuning));
        }
        let main = parse(self.main_url()?)?;
        let tuning = self.tuning(main.protocol);
        let nodes = self.single(&main, databases)?.into_iter();
        let nodes = nodes.map(|(index, server)| (index, server.endpoint, server.login));
        Ok((Topology::Single(Single::new(nodes, &tuning)), tuning))
    }

    /// Whether several servers are named.
    pub(crate) fn is_several(&self) -> Result<bool> {
        self.found().map(|found| found.is_some())
    }

    /// The number of the database that the address names.
    pub(crate) fn main_database(&self) -> Result<u16> {
        Ok(parse(self.main_url()?)?.database.unwrap_or_default())
    }

    /// Several servers, if that is what was said.
    fn found(&self) -> Result<Option<Several>> {
        let Some(said) = &self.several else {
            return several(self.main_url()?);
        };
        let port = if said.master.is_some() { 26379 } else { 6379 };
        let wrong = || Error::new(ErrorKind::Settings, "", "a server is written `host[:port]`");
        let hosts: Vec<_> = said
            .hosts
            .iter()
            .map(|it| host(it, port).ok_or_else(wrong))
            .collect::<Result<_>>()?;
        if hosts.is_empty() {
            return Err(Error::new(ErrorKind::Settings, "", "no server is named"));
        }
        Ok(Some(Several {
            shared: Parsed {
                address: Address::Tcp {
                    host: String::new(),
                    port,
                },
                encrypted: self.has_tls(),
                user: None,
                password: None,
                database: None,
                protocol: ProtocolVersion::RESP2,
            },
            hosts,
            master: said.master.clone(),
        }))
    }

    fn of_several(
        &self,
        found: Several,
        databases: &[u16],
        tuning: &Arc<Tuning>,
    ) -> Result<Topology> {
        if !self.database_urls.is_empty() {
            let problem = "databases on servers of their own need a main server of its own too";
            return Err(Error::new(ErrorKind::Settings, "", problem));
        }
        let tls = Encryption::default().of(self, &found.shared)?;
        let login = self.login(&found.shared, 0);
        let Some(master) = found.master else {
            if databases.iter().any(|index| *index != 0) {
                let problem = "a cluster has the database 0 alone, the schema uses others";
                return Err(Error::new(ErrorKind::Settings, "", problem));
            }
            let cluster = cluster::Cluster::new(found.hosts, tls, login, tuning);
            return Ok(Topology::Cluster(cluster));
        };
        let names = found
            .hosts
            .iter()
            .map(|(host, port)| Name::new(host, *port));
        let watched = Watched {
            name: master.into(),
            sentinels: names.collect(),
            sentinel_login: Login {
                database: 0,
                read_only: false,
                ..self.sentinel_login.clone()
            },
            sentinel_tls: tls.clone(),
            login,
            tls,
            databases: databases.iter().map(|index| (*index, *index)).collect(),
            check_every: self.sentinel_check,
        };
        Ok(Topology::Sentinel(Arc::new(Sentinel::new(watched, tuning))))
    }

    #[cfg(feature = "tls")]
    fn has_tls(&self) -> bool {
        self.tls.is_some()
    }

    #[cfg(not(feature = "tls"))]
    #[allow(clippy::unused_self)]
    fn has_tls(&self) -> bool {
        false
    }
}
