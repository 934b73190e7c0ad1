//! A cluster behind proxies, and two stores on it.

use std::collections::BTreeMap;
use std::future::Future;
use std::time::Duration;

use redis::Connection;
use redis_schema::{Result, VersionCheck};
use redis_schema_test_server::{Cluster, FaultProxy, Protocol};
use tokio::runtime::Runtime;
use tokio::time::error::Elapsed;

use super::operations::Ids;
use crate::counted;
use crate::probe::MARGIN;
use crate::several::Store;

/// How long an answer may take where something is in the way.
const DEADLINE: Duration = Duration::from_millis(250);
/// How long it may take where nothing is.
const PATIENCE: Duration = Duration::from_secs(60);
/// The primary that harm is done to.
const HARMED: usize = 0;

pub struct Behind {
    /// Waits as long as it takes.
    pub patient: Store,
    /// Does not.
    pub hasty: Store,
    pub runtime: Runtime,
    pub ids: Ids,
    /// To each primary, past its proxy.
    primaries: Vec<Connection>,
    // Last: it must outlive the connections.
    cluster: Cluster,
}

impl Behind {
    pub fn start() -> Self {
        let cluster = Cluster::start_behind_proxies();
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        let store = |allowed: Duration| {
            let hosts = cluster.nodes().iter().map(|node| node.host());
            let open = Store::builder()
                .cluster(hosts)
                .protocol(Protocol::Resp3.version())
                .response_timeout(allowed)
                // Opening is not under test, and has no more time than anything else.
                .check_server(false)
                .check_version(VersionCheck::Ignore)
                .wait_for(PATIENCE)
                .back_off(Duration::from_millis(1), Duration::from_millis(4))
                .open();
            runtime.block_on(open).unwrap()
        };
        Self {
            patient: store(PATIENCE),
            hasty: store(DEADLINE),
            ids: ids(&cluster),
            primaries: (0..3).map(|node| cluster.nodes()[node].connect()).collect(),
            runtime,
            cluster,
        }
    }

    /// The proxy of the server that harm is done to.
    pub fn harmed(&self) -> &FaultProxy {
        &self.cluster.proxies()[HARMED]
    }

    /// Puts the same data where operations look for it, opens what is broken, and begins to count.
    pub fn make_ready(&mut self) {
        for primary in &mut self.primaries {
            redis::cmd("FLUSHALL").exec(primary).unwrap();
        }
        let Ids { here, plain, .. } = self.ids;
        for words in [
            format!("SET text:{{{here}}} a EX 3600"),
            format!("RPUSH list:{{{here}}} a b c"),
            format!("SADD set:{{{here}}} a b"),
            format!("SADD other_set:{{{here}}} b"),
            format!("HSET map:{{{here}}} g v"),
            format!("ZADD scores:{{{here}}} 1 a"),
            format!("XADD log:{{{here}}} * text a count 1"),
        ] {
            tell(&mut self.primaries[HARMED], &words);
        }
        for (id, primary) in plain.iter().zip(&mut self.primaries) {
            tell(primary, &format!("SET plain:{id} a EX 3600"));
        }
        self.connections_are_up();
        for (primary, proxy) in self.primaries.iter_mut().zip(self.cluster.proxies()) {
            proxy.clear();
            counted::reset(primary);
        }
    }

    fn connections_are_up(&self) {
        for store in [&self.patient, &self.hasty] {
            for id in self.ids.plain {
                let is_up = || {
                    self.runtime
                        .block_on(async { store.plain(id).get().await })
                        .is_ok()
                };
                assert!((0..200).any(|_| is_up()), "the store does not come back");
            }
        }
    }

    /// Runs something for as long as it may take at most.
    pub fn hasty(&self, run: impl Future<Output = Result<()>>) -> Result<Result<()>, Elapsed> {
        self.runtime
            .block_on(async { tokio::time::timeout(DEADLINE + MARGIN, run).await })
    }

    /// Closes the server off, and lets the store notice: what comes then cannot even be sent there.
    pub fn take_away(&self) {
        self.harmed().refuse(true);
        self.harmed().cut();
        let id = self.ids.plain[HARMED];
        let found = self.hasty(async { self.hasty.plain(id).get().await.map(drop) });
        assert!(found.is_ok_and(|found| found.is_err()), "it is still there");
    }

    /// Takes the harm away, and waits until what is on its way has run where that may be after the answer.
    pub fn mend(&mut self, failed: bool) {
        for proxy in self.cluster.proxies() {
            proxy.clear();
            proxy.refuse(false);
            if failed {
                proxy.cut();
            }
        }
        if failed {
            self.primaries.iter_mut().for_each(counted::settle);
        }
    }

    /// How often each primary has run the command.
    pub fn runs(&mut self, name: Option<&str>) -> Vec<u64> {
        let Some(name) = name else {
            return Vec::new();
        };
        let primaries = self.primaries.iter_mut();
        primaries
            .map(|primary| counted::runs(primary, name))
            .collect()
    }

    /// The command that tells how often the operation ran.
    pub fn tracked(&mut self) -> Option<String> {
        let mut all = BTreeMap::new();
        for primary in &mut self.primaries {
            all.extend(counted::calls(primary).into_keys().map(|name| (name, 1)));
        }
        // What servers say to each other.
        all.retain(|name, _| !name.starts_with("cluster") && !name.starts_with("repl"));
        counted::tracked(&all)
    }
}

fn tell(server: &mut Connection, words: &str) {
    let mut cmd = redis::Cmd::new();
    for word in words.split(' ') {
        cmd.arg(word);
    }
    cmd.exec(server).unwrap();
}

/// Looks for keys at each of the primaries.
fn ids(cluster: &Cluster) -> Ids {
    let shards = cluster.shards();
    let owner = |name: String| {
        let slot: u16 = cluster.nodes()[HARMED].run(&["CLUSTER", "KEYSLOT", &name]);
        let shard = shards
            .iter()
            .find(|shard| (shard.first..=shard.last).contains(&slot));
        shard.unwrap().primary
    };
    let find =
        |node: usize, name: fn(u32) -> String| (0..).find(|id| owner(name(*id)) == node).unwrap();
    Ids {
        here: find(HARMED, |id| format!("{{{id}}}")),
        plain: [0, 1, 2].map(|node| find(node, |id| format!("plain:{id}"))),
        free: [0, 1, 2].map(|node| find(node, |id| format!("free:{id}"))),
    }
}
