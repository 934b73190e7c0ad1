//! Opening a store on several servers: a cluster, or a master that sentinels watch.

use std::sync::Arc;
use std::time::Duration;

use redis::{ConnectionAddr, ConnectionInfo, IntoConnectionInfo as _};

use super::{Inner, Store};
use crate::client::Topology;
use crate::client::cluster::Cluster;
use crate::client::config::{Login, Secret, TlsSetup, Tuning};
use crate::client::sentinel::{Sentinel, Watched};
use crate::error::{Error, ErrorKind, Result};
use crate::observe::Observer;
use crate::settings::{Schema, Settings};

/// How often sentinels are asked although nothing is wrong.
pub(crate) const CHECK_EVERY: Duration = Duration::from_secs(5);

impl Store {
    /// Opens a store on a cluster of which some servers are known; the first that answers names the others.
    /// User, password and protocol are those of the first URL.
    ///
    /// # Errors
    /// A URL is malformed, no server answers, or a key of the schema lives in another database than 0.
    pub async fn connect_cluster<S: Schema>(
        urls: impl IntoIterator<Item: AsRef<str>>,
        settings: Settings,
    ) -> Result<Self> {
        let infos = infos(urls)?;
        let Some(info) = infos.first() else {
            return Err(unusable("no server of the cluster is named"));
        };
        expect_one_database::<S>()?;
        let tuning = Arc::new(tuning(info));
        let topology = cluster(&infos, None, &tuning)?;
        opened::<S>(topology, tuning, client(info)?, settings).await
    }

    /// Opens a store on the master that sentinels watch. `url` is what it would be for one server, with the
    /// name under which the sentinels know the master in the place of the host: `redis://:password@main`.
    /// User and password for the sentinels are those of their first URL.
    ///
    /// # Errors
    /// A URL is malformed, no sentinel answers, or none knows the master.
    pub async fn connect_sentinel<S: Schema>(
        url: &str,
        sentinels: impl IntoIterator<Item: AsRef<str>>,
        settings: Settings,
    ) -> Result<Self> {
        let client = crate::address::client(url)?;
        let info = client.get_connection_info();
        let ConnectionAddr::Tcp(name, _) = info.addr() else {
            return Err(unusable("the URL names no master"));
        };
        let tuning = Arc::new(tuning(info));
        let watched = watched(name, &infos(sentinels)?, info, &databases::<S>(), None)?;
        let topology = Topology::Sentinel(Arc::new(Sentinel::new(watched, &tuning)));
        opened::<S>(topology, tuning, client, settings).await
    }
}

/// A cluster that is reached as these servers of it are.
pub(crate) fn cluster(
    infos: &[ConnectionInfo],
    tls: Option<Arc<TlsSetup>>,
    tuning: &Arc<Tuning>,
) -> Result<Topology> {
    let seeds: Vec<(String, u16)> = infos.iter().map(host).collect::<Result<_>>()?;
    let Some(info) = infos.first() else {
        return Err(unusable("no server of the cluster is named"));
    };
    Ok(Topology::Cluster(Cluster::new(
        seeds,
        tls,
        login(info, 0),
        tuning,
    )))
}

/// What these sentinels watch under a name; the servers are reached as `info` says.
pub(crate) fn watched(
    name: &str,
    sentinels: &[ConnectionInfo],
    info: &ConnectionInfo,
    databases: &[u16],
    tls: Option<Arc<TlsSetup>>,
) -> Result<Watched> {
    let Some(first) = sentinels.first() else {
        return Err(unusable("no sentinel is named"));
    };
    let names = sentinels.iter().map(|info| {
        let (host, port) = host(info)?;
        Ok(crate::client::Name { host, port })
    });
    Ok(Watched {
        name: name.into(),
        sentinels: names.collect::<Result<_>>()?,
        sentinel_login: login(first, 0),
        sentinel_tls: tls.clone(),
        login: login(info, 0),
        tls,
        databases: databases.iter().map(|index| (*index, *index)).collect(),
        check_every: CHECK_EVERY,
    })
}

/// A cluster has one database only.
pub(crate) fn expect_one_database<S: Schema>() -> Result<()> {
    let keys = S::SPECS.iter().filter(|spec| !spec.channel);
    match keys.into_iter().find(|spec| spec.database != 0) {
        None => Ok(()),
        Some(spec) => Err(Error::new(
            ErrorKind::WrongDatabase,
            spec.template,
            format!(
                "it lives in database {}, and a cluster has database 0 only",
                spec.database
            ),
        )),
    }
}

/// The store, once its connections are open.
async fn opened<S: Schema>(
    topology: Topology,
    tuning: Arc<Tuning>,
    client: redis::Client,
    settings: Settings,
) -> Result<Store> {
    let open = topology.open(None).await;
    open.map_err(|cause| cause.into_error(""))?;
    let address = client.get_connection_info().addr().to_string();
    Ok(Store(Arc::new(Inner {
        topology: Arc::new(topology),
        tuning,
        client,
        settings,
        idle: super::blocking::Idle::default(),
        observer: Observer::new(S::NAME, S::SPECS, &address),
        tally: crate::unavailable::Tally::default(),
    })))
}

/// The databases that a schema's keys live in.
fn databases<S: Schema>() -> Vec<u16> {
    let keys = S::SPECS.iter().filter(|spec| !spec.channel);
    let mut databases: Vec<u16> = keys.map(|spec| spec.database).collect();
    databases.sort_unstable();
    databases.dedup();
    if databases.is_empty() {
        databases.push(0);
    }
    databases
}

fn login(info: &ConnectionInfo, database: u16) -> Login {
    let settings = info.redis_settings();
    Login {
        user: settings.username().map(Into::into),
        password: settings.password().map(Secret::new),
        database,
        read_only: false,
    }
}

fn infos(urls: impl IntoIterator<Item: AsRef<str>>) -> Result<Vec<ConnectionInfo>> {
    let info = |url: &str| Ok(crate::address::client(url)?.get_connection_info().clone());
    urls.into_iter().map(|url| info(url.as_ref())).collect()
}

fn client(info: &ConnectionInfo) -> Result<redis::Client> {
    let client = info.clone().into_connection_info();
    client
        .and_then(redis::Client::open)
        .map_err(|error| Error::redis("", error))
}

fn tuning(info: &ConnectionInfo) -> Tuning {
    Tuning {
        protocol: info.redis_settings().protocol(),
        ..Tuning::default()
    }
}

fn host(info: &ConnectionInfo) -> Result<(String, u16)> {
    match info.addr() {
        ConnectionAddr::Tcp(host, port) => Ok((host.clone(), *port)),
        ConnectionAddr::TcpTls { host, port, .. } => Ok((host.clone(), *port)),
        _ => Err(unusable(
            "servers of a cluster, and sentinels, have a host and a port",
        )),
    }
}

fn unusable(problem: &'static str) -> Error {
    Error::new(ErrorKind::Settings, "", problem)
}
