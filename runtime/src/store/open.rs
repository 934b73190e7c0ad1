//! Opening a store.

use std::sync::Arc;

use tokio::time::Instant;

use super::builder::{Plan, StoreBuilder};
use super::{Inner, Store, checks};
use crate::client::Topology;
use crate::client::config::Backoff;
use crate::client::failure::Cause;
use crate::error::{Error, ErrorKind, Result};
use crate::observe::Observer;
use crate::settings::{Schema, Settings};

impl Store {
    /// Opens a connection to every database the schema uses, with the settings of the environment.
    ///
    /// # Errors
    /// As [`StoreBuilder::open`].
    pub async fn connect<S: Schema>(url: &str) -> Result<Self> {
        Self::builder::<S>().url(url).open().await
    }

    /// As [`connect`](Self::connect), with settings made by hand.
    ///
    /// # Errors
    /// As [`StoreBuilder::open`].
    pub async fn connect_with<S: Schema>(url: &str, settings: Settings) -> Result<Self> {
        Self::builder::<S>()
            .url(url)
            .settings(settings)
            .open()
            .await
    }

    /// Opens the servers that the environment names: `{SCHEMA}_REDIS_URL`, else `REDIS_URL`; for a database
    /// on a server of its own `{SCHEMA}_{DATABASE}_REDIS_URL`. Names are written in capitals, with `_` for
    /// what is neither a letter nor a digit.
    ///
    /// # Errors
    /// No variable is set; otherwise as [`StoreBuilder::open`].
    pub async fn from_env<S: Schema>() -> Result<Self> {
        Self::builder::<S>().open().await
    }

    /// Everything that can be said about opening a store.
    pub fn builder<S: Schema>() -> StoreBuilder<S> {
        StoreBuilder::new()
    }
}

/// Opens a store.
pub(super) async fn open<S: Schema>(mut plan: Plan) -> Result<Store> {
    plan.expect_known(S::DATABASES)?;
    if plan.url.is_none() && plan.several.is_none() {
        plan.complete::<S>(|name| std::env::var_os(name))?;
    }
    let settings = match plan.settings.take() {
        Some(settings) => settings,
        None => S::settings()?.clone(),
    };
    settings.expect_apart(S::SPECS)?;
    let (topology, tuning) = plan.topology(&databases::<S>())?;
    checks::arrangement::<S>(&topology, &plan.checks)?;
    let patience = plan.patience.and_then(|it| Instant::now().checked_add(it));
    reach(&topology, patience, tuning.backoff)
        .await
        .map_err(checks::unreachable)?;
    checks::run::<S>(&topology, &plan.checks).await?;
    let node = topology.nodes().into_iter().next();
    let Some(node) = node else {
        return Err(Error::new(ErrorKind::Unavailable, "", "no server is known"));
    };
    let observer = Observer::new(S::SPECS, &node.endpoint().address.describe());
    Ok(Store(Arc::new(Inner {
        client: plan.client(node.endpoint(), node.login(), tuning.protocol)?,
        topology: Arc::new(topology),
        tuning,
        settings,
        own: super::own::Own::default(),
        observer,
        tally: crate::unavailable::Tally::default(),
        flights: crate::load::Flights::default(),
        lines: crate::lock::Lines::default(),
    })))
}

/// Opens the connections: at the first attempt, or until the patience ends.
async fn reach(
    topology: &Topology,
    patience: Option<Instant>,
    backoff: Backoff,
) -> Result<(), Cause> {
    for failures in 0.. {
        let cause = match topology.open(patience).await {
            Ok(()) => return Ok(()),
            Err(cause) => cause,
        };
        let next = Instant::now() + backoff.pause(failures);
        match patience {
            Some(until) if next < until && cause.may_pass() => {
                tokio::time::sleep_until(next).await;
            }
            _ => return Err(cause),
        }
    }
    Ok(())
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
