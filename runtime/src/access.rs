//! Servers as an operator names them, for tools that look at servers and know no keys.

use std::sync::Arc;
use std::time::Duration;

use crate::client::Topology;
use crate::client::cluster::Cluster;
use crate::client::config::{Address, Secret, Tuning};
use crate::client::failure::Cause;
use crate::client::node::Node;
use crate::error::{Error, ErrorKind, Result};
use crate::health::Probe;
use crate::settings::{Schema, Settings};
use crate::store::SharedConnection;
use crate::store::builder::{Plan, StoreBuilder};

/// Where servers are and who somebody is to them: one server, a master that sentinels watch, or a cluster.
///
/// ```no_run
/// # async fn example() -> redis_schema::Result<()> {
/// use redis_schema::Access;
///
/// for mut server in Access::new("redis+cluster://node-1:6379").connect().await? {
///     let size: u64 = redis::cmd("DBSIZE").query_async(&mut server).await.unwrap_or(0);
///     println!("{}: {size}", server.server());
/// }
/// # Ok(()) }
/// ```
///
/// Passwords are never shown, neither by `Debug` nor in errors.
#[derive(Debug, Clone)]
#[must_use = "nothing is connected to before `connect`"]
pub struct Access {
    plan: Plan,
    database: Option<u16>,
}

/// No keys.
enum Nothing {}

impl Schema for Nothing {
    const NAME: &'static str = "";
    const VERSION: u32 = 0;
    const SPECS: &'static [crate::key::Spec] = &[];

    fn settings() -> Result<&'static Settings> {
        static SETTINGS: Settings = Settings::DECLARED;
        Ok(&SETTINGS)
    }
}

impl Access {
    /// The servers at an address, of any form that [`StoreBuilder::url`] takes.
    pub fn new(url: &str) -> Self {
        let plan = StoreBuilder::<Nothing>::new().url(url).plan;
        let database = None;
        Self { plan, database }
    }

    /// The user; counts instead of what the address says.
    pub fn user(mut self, user: &str) -> Self {
        self.plan.user = Some(user.to_owned());
        self
    }

    /// The password; counts instead of what the address says.
    pub fn password(mut self, password: &str) -> Self {
        self.plan.password = Some(Secret::new(password));
        self
    }

    /// The user that the sentinels know.
    pub fn sentinel_user(mut self, user: &str) -> Self {
        self.plan.sentinel_login.user = Some(user.into());
        self
    }

    /// The password that the sentinels ask for.
    pub fn sentinel_password(mut self, password: &str) -> Self {
        self.plan.sentinel_login.password = Some(Secret::new(password));
        self
    }

    /// Whom to trust and who this side is on `rediss://` connections.
    #[cfg(feature = "tls")]
    pub fn tls(mut self, options: crate::TlsOptions) -> Self {
        self.plan.tls = Some(options);
        self
    }

    /// Time allowed for opening a connection, and for each answer; 5 s unless said otherwise.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.plan.tuning.connect_timeout = timeout;
        self.plan.tuning.response_timeout = Some(timeout);
        self
    }

    /// The database; counts instead of what the address says.
    pub fn database(mut self, index: u16) -> Self {
        self.database = Some(index);
        self
    }

    /// Examines the servers.
    ///
    /// # Errors
    /// The address or an option is unusable; the message does not repeat it.
    pub fn probe(&self) -> Result<Probe> {
        self.topology()?;
        Ok(Probe::at(self.clone()))
    }

    /// Connects to the servers that take writes: the one that is named, the master that sentinels name, every
    /// primary of the cluster, be it that only one server of the cluster is named.
    ///
    /// # Errors
    /// The address or an option is unusable, or a server cannot be reached or does not accept the credentials.
    pub async fn connect(&self) -> Result<Vec<SharedConnection>> {
        let (topology, tuning) = self.topology()?;
        let failed = |cause: Cause| cause.into_error("");
        topology.open(None).await.map_err(failed)?;
        let nodes = match &topology {
            Topology::Single(_) => self.expanded(topology.nodes(), &tuning).await?,
            Topology::Sentinel(_) => topology.nodes().into_iter().take(1).collect(),
            Topology::Cluster(_) => primaries(&topology).await?,
        };
        for node in &nodes {
            node.link(None).await.map_err(failed)?;
        }
        let connection = |node: Arc<Node>| {
            let database = node.database();
            SharedConnection::new(node, database, Arc::clone(&tuning))
        };
        Ok(nodes.into_iter().map(connection).collect())
    }

    /// The servers, not connected to yet.
    pub(crate) fn topology(&self) -> Result<(Topology, Arc<Tuning>)> {
        let database = match self.database {
            Some(database) => database,
            None if self.plan.is_several()? => 0,
            None => self.plan.main_database()?,
        };
        self.plan.topology(&[database])
    }

    /// The primaries, where the server turns out to be one of a cluster.
    async fn expanded(
        &self,
        nodes: Vec<Arc<Node>>,
        tuning: &Arc<Tuning>,
    ) -> Result<Vec<Arc<Node>>> {
        let Some(node) = nodes.first() else {
            return Ok(nodes);
        };
        let Address::Tcp { host, port } = &node.endpoint().address else {
            return Ok(nodes);
        };
        let mut asked = SharedConnection::new(Arc::clone(node), 0, Arc::clone(tuning));
        let info: redis::RedisResult<String> = redis::cmd("INFO")
            .arg("cluster")
            .query_async(&mut asked)
            .await;
        // A user who may not ask sees this server alone.
        if !info.is_ok_and(|info| info.contains("cluster_enabled:1")) {
            return Ok(nodes);
        }
        let seed = [(host.clone(), *port)];
        let tls = node.endpoint().tls.clone();
        let cluster = Cluster::new(seed, tls, node.login().clone(), tuning);
        let cluster = Topology::Cluster(cluster);
        let opened = cluster.open(None).await;
        opened.map_err(|cause| cause.into_error(""))?;
        primaries(&cluster).await
    }
}

async fn primaries(cluster: &Topology) -> Result<Vec<Arc<Node>>> {
    let found = cluster.parts().await;
    let found = found.map_err(|failure| failure.into_error("", true))?;
    if found.is_empty() {
        let problem = "the cluster serves no slots";
        return Err(Error::new(ErrorKind::Unavailable, "", problem));
    }
    Ok(found.into_iter().map(|part| part.node).collect())
}
