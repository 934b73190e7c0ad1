//! A store: connections to the databases of one schema, and the settings its keys are built under.

mod batches;
mod blocking;
pub(crate) mod builder;
mod checks;
mod kept;
mod open;
mod own;
mod pending;
mod roles;
mod shared;
mod walk;
mod watched;

use std::sync::Arc;
use std::time::Duration;

use futures_util::future::{join, join_all};
use redis::Value;

use crate::client::config::Tuning;
use crate::client::request::Request;
use crate::client::{Part, Topology};
use crate::cmd::Cmd;
use crate::error::{Error, ErrorKind, Result};
use crate::family::Family;
use crate::handle::Handle;
use crate::key::{Key, Spec};
use crate::load::Flights;
use crate::lock::Lines;
use crate::observe::Observer;
use crate::retry::RetryClass;
use crate::settings::Settings;
use crate::unavailable::{Degraded, Tally};

pub(crate) use own::Dedicated;
pub use pending::Pending;
pub use shared::SharedConnection;
pub(crate) use walk::{Page, Seat, Turn};

/// Connections to the databases of one schema. Cheap to clone; clones share the connections.
#[derive(Clone)]
pub struct Store(Arc<Inner>);

struct Inner {
    topology: Arc<Topology>,
    tuning: Arc<Tuning>,
    client: redis::Client,
    settings: Settings,
    /// Answers in the server's place.
    tally: Tally,
    /// What is loaded at the moment.
    flights: Flights,
    /// Who waits for locks and permits.
    lines: Lines,
    /// Connections that one caller has to itself.
    own: own::Own,
    observer: Observer,
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Store")
            .field("databases", &self.0.topology.databases())
            .finish_non_exhaustive()
    }
}

impl Store {
    /// The settings its keys are built under.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.0.settings
    }

    /// How many calls were answered in the server's place since the store was opened, as the keys'
    /// `on_unavailable:` says.
    #[must_use]
    pub fn degraded(&self) -> Degraded {
        self.0.tally.so_far()
    }

    pub(crate) fn tally(&self) -> &Tally {
        &self.0.tally
    }

    #[inline]
    pub(crate) fn flights(&self) -> &Flights {
        &self.0.flights
    }

    pub(crate) fn lines(&self) -> &Lines {
        &self.0.lines
    }

    /// The client, for what this crate does not cover.
    #[must_use]
    pub fn client(&self) -> &redis::Client {
        &self.0.client
    }

    /// The shared connection to one of the schema's databases, for what this crate does not cover.
    ///
    /// Blocking commands do not belong on it: they stop everybody else.
    #[must_use]
    pub fn raw_connection(&self, database: u16) -> Option<SharedConnection> {
        let node = self.0.topology.of_database(database)?;
        Some(SharedConnection::new(
            node,
            database,
            Arc::clone(&self.0.tuning),
        ))
    }

    /// Closes the connections: takes no more commands, gives those under way up to `grace` to be answered,
    /// and returns whether all were; the others fail. Whoever sends something afterwards is told
    /// [`Closed`](ErrorKind::Closed); so is every clone of the store, and whoever listens.
    ///
    /// What waits on the server (`blpop`, `follow`) is under way until its time is over.
    pub async fn close(&self, grace: Duration) -> bool {
        let own = self.0.own.close();
        let own_ended = join_all(own.iter().map(|link| link.ended()));
        let all_ended = join(self.0.topology.close(), own_ended);
        let drained = tokio::time::timeout(grace, all_ended).await.is_ok();
        if !drained {
            self.0.topology.nodes().iter().for_each(|node| node.cut());
            own.iter().for_each(|link| link.cut());
        }
        drained
    }

    /// Sends one command of the crate's own.
    pub(crate) async fn send_one(
        &self,
        spec: &'static Spec,
        cmd: Cmd,
        class: RetryClass,
    ) -> Result<Value> {
        let request = Request::one(spec, &cmd, class);
        Ok(self.0.topology.execute(&request).await?.into_one())
    }

    /// The parts of the keys that servers have among them; none where one server has them all.
    pub(crate) async fn parts(&self, spec: &'static Spec) -> Result<Vec<Part>> {
        let parts = self.0.topology.parts().await;
        parts.map_err(|failure| failure.into_error(spec.template, true))
    }

    /// A handle on a key found by walking or parsing.
    ///
    /// Its type says nothing of the key's slot, as those of the generated methods do: under `topology: cluster` what
    /// it cannot be put together with is refused when the command is built ([`CrossSlot`](ErrorKind::CrossSlot)).
    #[must_use]
    pub const fn handle<K: Key>(&self, key: K) -> Handle<K, &Self> {
        Handle::with(key, self)
    }

    /// All keys of kind `K`.
    #[must_use]
    pub const fn family<K: Key>(&self) -> Family<K, &Self> {
        Family::new(self)
    }

    fn expect_settings(&self, spec: &'static Spec, settings: u32) -> Result<()> {
        if settings == self.0.settings.id() {
            Ok(())
        } else {
            Err(foreign_settings(spec))
        }
    }
}

#[cold]
pub(crate) fn foreign_settings(spec: &'static Spec) -> Error {
    Error::new(
        ErrorKind::ForeignSettings,
        spec.template,
        "build it from the store that runs it",
    )
}
