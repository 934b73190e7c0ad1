//! How a store is opened.
//!
//! ```no_run
//! # use std::time::Duration;
//! # use redis_schema::{Result, Schema, Store};
//! # async fn example<S: Schema>() -> Result<()> {
//! let store = Store::builder::<S>()
//!     .url("redis://localhost:6379")
//!     .credentials("app", "secret")
//!     .response_timeout(Duration::from_secs(2))
//!     .wait_for(Duration::from_secs(30))
//!     .open()
//!     .await?;
//! # Ok(()) }
//! ```

mod env;
mod servers;
mod several;
#[cfg(feature = "tls")]
mod tls;

use std::collections::BTreeMap;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use redis::ProtocolVersion;

use super::Store;
use super::checks::Checks;
use super::open::open;
use crate::client::breaker::BreakerOptions;
use crate::client::config::{Backoff, KeepAlive, Login, Secret, Tuning, WhenDown};
use crate::error::Result;
use crate::settings::{Schema, Settings};

pub use super::checks::VersionCheck;
#[cfg(feature = "tls")]
pub use tls::TlsOptions;

/// How often sentinels are asked although nothing is wrong, unless it is said.
const SENTINEL_CHECK: Duration = Duration::from_secs(10);

/// How a store is opened: where its servers are, who it is to them, and how it behaves when they fail.
///
/// Passwords are never shown, neither by `Debug` nor in errors.
#[must_use = "nothing is opened before `open`"]
pub struct StoreBuilder<S, T = Store> {
    pub(crate) plan: Plan,
    schema: PhantomData<fn() -> (S, T)>,
}

/// Everything that can be said about opening a store.
#[derive(Debug, Clone)]
pub(crate) struct Plan {
    pub(super) url: Option<Secret>,
    pub(super) several: Option<several::Hosts>,
    /// Who the store is to sentinels.
    pub(crate) sentinel_login: Login,
    /// How often sentinels are asked although nothing is wrong.
    pub(super) sentinel_check: Duration,
    /// Databases that live elsewhere, by their number in the schema.
    pub(super) database_urls: BTreeMap<u16, Secret>,
    /// Names for which there is no database.
    pub(super) unknown: Vec<String>,
    pub(crate) user: Option<String>,
    pub(crate) password: Option<Secret>,
    pub(super) protocol: Option<ProtocolVersion>,
    #[cfg(feature = "tls")]
    pub(crate) tls: Option<TlsOptions>,
    pub(crate) tuning: Tuning,
    pub(super) patience: Option<Duration>,
    pub(super) settings: Option<Settings>,
    pub(super) checks: Checks,
}

impl<S: Schema, T> StoreBuilder<S, T> {
    #[doc(hidden)]
    #[allow(clippy::new_without_default)] // made by stores alone
    pub fn new() -> Self {
        Self {
            plan: Plan {
                url: None,
                several: None,
                sentinel_login: Login::default(),
                sentinel_check: SENTINEL_CHECK,
                database_urls: BTreeMap::new(),
                unknown: Vec::new(),
                user: None,
                password: None,
                protocol: None,
                #[cfg(feature = "tls")]
                tls: None,
                tuning: Tuning::default(),
                patience: None,
                settings: None,
                checks: Checks::default(),
            },
            schema: PhantomData,
        }
    }

    /// The server: `redis://[[user]:password@]host[:port]`, `rediss://…` for TLS, `unix:///path`. Without
    /// it the environment is asked, as [`Store::from_env`] does.
    ///
    /// Several servers: `redis+sentinel://[[user]:password@]host[:port],host…/master` names sentinels and
    /// the master they watch, `redis+cluster://[[user]:password@]host[:port],host…` some servers of a
    /// cluster; `rediss+…` for TLS.
    ///
    /// The schema says which of the server's databases are used. An address that names another one than those, and not
    /// the database 0, is refused.
    pub fn url(mut self, url: &str) -> Self {
        self.plan.url = Some(Secret::new(url));
        self
    }

    /// Another server for one of the schema's databases, by its name in the schema. The number in the
    /// address, if there is one, counts instead of the schema's.
    pub fn database_url(mut self, name: &str, url: &str) -> Self {
        match S::DATABASES.iter().find(|(known, _)| *known == name) {
            Some((_, index)) => {
                self.plan.database_urls.insert(*index, Secret::new(url));
            }
            None => self.plan.unknown.push(name.to_owned()),
        }
        self
    }

    /// Some of the sentinels, as `host[:port]`, and the name of the master they watch. Writes go to whoever
    /// is the master at the time.
    pub fn sentinel<H: AsRef<str>>(
        mut self,
        master: &str,
        hosts: impl IntoIterator<Item = H>,
    ) -> Self {
        self.plan.several = Some(several::Hosts::new(Some(master), hosts));
        self
    }

    /// Who the store is to the sentinels, which have users of their own.
    pub fn sentinel_credentials(mut self, user: &str, password: &str) -> Self {
        self.plan.sentinel_login.user = Some(user.into());
        self.plan.sentinel_login.password = Some(Secret::new(password));
        self
    }

    /// How often the sentinels are asked although nothing is wrong; 10 s unless said otherwise. One of them
    /// is listened to besides, so that a fail-over that it tells of is followed at once.
    pub fn sentinel_check(mut self, every: Duration) -> Self {
        self.plan.sentinel_check = every.max(Duration::from_millis(1));
        self
    }

    /// Some servers of a cluster, as `host[:port]`; the others are found.
    ///
    /// What runs as one (a unit, a transaction, a script, an operation over several keys) has its keys in one
    /// slot, or is refused as [`CrossSlot`](crate::ErrorKind::CrossSlot) before anything is sent. Reads and
    /// deletions of many keys, and pipelines, are split and put together again in order; there is no order
    /// between commands of different slots.
    pub fn cluster<H: AsRef<str>>(mut self, hosts: impl IntoIterator<Item = H>) -> Self {
        self.plan.several = Some(several::Hosts::new(None, hosts));
        self
    }

    /// Stops asking a server for a while when most of what it is asked fails: callers then learn within
    /// microseconds that it is [unavailable](crate::ErrorKind::Unavailable). Each server has a breaker of its
    /// own. Without this there is none.
    pub fn circuit_breaker(mut self, options: BreakerOptions) -> Self {
        self.plan.tuning.breaker = Some(options);
        self
    }

    /// Who the store is to its servers; counts instead of what an address says.
    pub fn credentials(mut self, user: &str, password: &str) -> Self {
        self.plan.user = Some(user.to_owned());
        self.plan.password = Some(Secret::new(password));
        self
    }

    /// The password of the default user; counts instead of what an address says.
    pub fn password(mut self, password: &str) -> Self {
        self.plan.password = Some(Secret::new(password));
        self
    }

    /// The protocol; counts instead of what an address says. The older one unless said otherwise: replies
    /// mean the same in both.
    pub fn protocol(mut self, protocol: ProtocolVersion) -> Self {
        self.plan.protocol = Some(protocol);
        self
    }

    /// Whom to trust and who this side is on `rediss://` connections.
    #[cfg(feature = "tls")]
    pub fn tls(mut self, options: TlsOptions) -> Self {
        self.plan.tls = Some(options);
        self
    }

    /// Time allowed for opening one connection; 5 s unless said otherwise.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.plan.tuning.connect_timeout = timeout;
        self
    }

    /// Time allowed for an operation, waiting and repetitions included; 5 s unless said otherwise. What a
    /// blocking command waits for comes on top. Readers of streams wait on the server for half of it at a time, and
    /// so notice within it that nobody is there any more.
    pub fn response_timeout(mut self, timeout: Duration) -> Self {
        self.plan.tuning.response_timeout = Some(timeout);
        self
    }

    /// When TCP asks a silent server whether it is still there: after `idle`, then every `interval`, giving
    /// up after `probes` questions. 15 s, 5 s and 3 unless said otherwise.
    pub fn keep_alive(mut self, idle: Duration, interval: Duration, probes: u32) -> Self {
        self.plan.tuning.keepalive = Some(KeepAlive {
            idle,
            interval,
            probes,
        });
        self
    }

    /// Pauses between attempts to reach a server: they double from the shortest to the longest, and a part
    /// of each is left to chance. 50 ms and 5 s unless said otherwise.
    pub fn back_off(mut self, shortest: Duration, longest: Duration) -> Self {
        let shortest = shortest.max(Duration::from_millis(1));
        self.plan.tuning.backoff = Backoff {
            shortest,
            longest: longest.max(shortest),
        };
        self
    }

    /// Commands that may be under way at once on one connection; whoever comes on top waits for room, within
    /// the time allowed. 4096 unless said otherwise.
    pub fn max_in_flight(mut self, commands: usize) -> Self {
        self.plan.tuning.max_in_flight = commands.max(1);
        self
    }

    /// While a server cannot be reached, operations fail at once with
    /// [`Unavailable`](crate::ErrorKind::Unavailable). Otherwise they wait for the connection to come back,
    /// within the time allowed.
    pub fn fail_when_down(mut self) -> Self {
        self.plan.tuning.when_down = WhenDown::Fail;
        self
    }

    /// The name that `CLIENT LIST` shows.
    pub fn client_name(mut self, name: &str) -> Self {
        self.plan.tuning.client_name = Some(name.into());
        self
    }

    /// Opening fails when a server cannot be reached at the first attempt: the default.
    pub fn fail_fast(mut self) -> Self {
        self.plan.patience = None;
        self
    }

    /// Opening waits so long for the servers to come up.
    pub fn wait_for(mut self, patience: Duration) -> Self {
        self.plan.patience = Some(patience);
        self
    }

    /// Prefixes and lifetimes made by hand instead of those of the environment.
    pub fn settings(mut self, settings: Settings) -> Self {
        self.plan.settings = Some(settings);
        self
    }

    /// Whether opening compares the server's version, flavour and mode with what the schema needs, and the
    /// arrangement of the servers with its `topology:`. It does unless said otherwise, where the user may ask
    /// (`INFO`). A schema for a cluster works on one server too, and is held to one slot there.
    pub fn check_server(mut self, check: bool) -> Self {
        self.plan.checks.server = check;
        self
    }

    /// What opening does with the version of the schema that the data is stamped with.
    pub fn check_version(mut self, check: VersionCheck) -> Self {
        self.plan.checks.version = check;
        self
    }

    /// Opens the store.
    ///
    /// # Errors
    /// - [`Settings`](crate::ErrorKind::Settings): an address, option or environment variable is unusable, or
    ///   prefixes let two kinds of keys have the same name;
    /// - [`Unavailable`](crate::ErrorKind::Unavailable): a server cannot be reached;
    /// - [`Denied`](crate::ErrorKind::Denied): it does not accept the credentials;
    /// - [`Incompatible`](crate::ErrorKind::Incompatible): it is not what the schema needs, or its data is of
    ///   another version of the schema.
    pub async fn open(self) -> Result<T>
    where
        T: From<Store>,
    {
        open::<S>(self.plan).await.map(T::from)
    }
}

impl<S, T> Clone for StoreBuilder<S, T> {
    fn clone(&self) -> Self {
        Self {
            plan: self.plan.clone(),
            schema: PhantomData,
        }
    }
}

impl<S, T> std::fmt::Debug for StoreBuilder<S, T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        std::fmt::Debug::fmt(&self.plan, f)
    }
}

impl Plan {
    /// The tuning, with the protocol that counts.
    pub(super) fn tuning(&self, protocol: ProtocolVersion) -> Arc<Tuning> {
        Arc::new(Tuning {
            protocol: self.protocol.unwrap_or(protocol),
            ..self.tuning.clone()
        })
    }
}
