//! Slots of a cluster: B109 and B605.

use std::collections::BTreeSet;
use std::future::IntoFuture;

use redis_schema::{ErrorKind, Schema, Settings, Store, StoreBuilder};
use redis_schema_test_breaks::{b109, b605};
use redis_schema_test_server::{Cluster, Node, Protocol};
use tokio::runtime::{Builder, Runtime};
use uuid::Uuid;

use crate::table::{Entry, Told};

pub const STORIES: &[Entry] = &[
    ("B109", Told::Clustered(key_same_hash_tag)),
    ("B605", Told::Clustered(slot_spread_no_shrink)),
];

/// A cluster, spoken to in one protocol.
pub struct Stage<'c> {
    cluster: &'c Cluster,
    protocol: Protocol,
    runtime: Runtime,
}

#[test]
fn slots() {
    let cluster = Cluster::start();
    for protocol in Protocol::ALL {
        for (_, told) in STORIES {
            if let Told::Clustered(story) = told {
                story(&mut Stage::new(&cluster, protocol));
            }
        }
    }
}

impl<'c> Stage<'c> {
    fn new(cluster: &'c Cluster, protocol: Protocol) -> Self {
        let runtime = Builder::new_current_thread().enable_all().build();
        Self {
            cluster,
            protocol,
            runtime: runtime.unwrap(),
        }
    }

    /// Opens the store of a version.
    fn open<S: Schema, T: From<Store>>(&self, builder: StoreBuilder<S, T>) -> T {
        let builder = builder
            .cluster(self.cluster.nodes().iter().map(Node::host))
            .protocol(self.protocol.version())
            // Their schemas are for one server: what is proven is what happens without a proof.
            .check_server(false)
            .settings(Settings::DECLARED);
        self.wait(builder.open()).unwrap()
    }

    fn wait<F: IntoFuture>(&self, future: F) -> F::Output {
        self.runtime.block_on(async { future.await })
    }

    /// How many keys each node has that had some to begin with: the primaries.
    fn keys(&self) -> Vec<u64> {
        let shards = self.cluster.shards();
        let primaries: BTreeSet<usize> = shards.iter().map(|shard| shard.primary).collect();
        let nodes = primaries.iter().map(|index| &self.cluster.nodes()[*index]);
        nodes.map(|node| node.run(&["DBSIZE"])).collect()
    }
}

fn key_same_hash_tag(stage: &mut Stage<'_>) {
    use b109::one::{after, before, compatible};
    let id = Uuid::new_v4();
    let old = stage.open(before::Store::builder());
    stage
        .wait(old.atomic((old.cart(id).set(b"pen"), old.note(id).set(b"soon"))))
        .unwrap();
    let new = stage.open(after::Store::builder());
    let seen = stage.wait(new.cart(id).get()).unwrap();
    assert_eq!(seen, None, "braces are bytes of the key");
    let both = new.atomic((new.cart(id).set(b"ink"), new.note(id).set(b"now")));
    let refused = stage.wait(both).unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::CrossSlot);
    let twin = stage.open(compatible::Store::builder());
    let both = twin.atomic((twin.cart(id).get(), twin.basket(id).set(b"cup")));
    let (seen, ()) = stage.wait(both).unwrap();
    assert_eq!(seen.unwrap(), b"pen");
}

/// Ids of enough keys to meet every node.
fn many() -> Vec<Uuid> {
    (0..60).map(|_| Uuid::new_v4()).collect()
}

fn slot_spread_no_shrink(stage: &mut Stage<'_>) {
    use b605::one::{after, before, compatible};
    let empty = stage.keys();
    let grown = |stage: &Stage<'_>| {
        let now = stage.keys();
        now.iter()
            .zip(&empty)
            .filter(|(now, then)| now > then)
            .count()
    };
    let new = stage.open(after::Store::builder());
    for id in many() {
        stage.wait(new.note(id).set(b"soon")).unwrap();
    }
    assert_eq!(grown(stage), 1, "one node has them all");
    let twin = stage.open(compatible::Store::builder());
    let old = stage.open(before::Store::builder());
    for id in many() {
        stage.wait(old.cart(id).set(b"pen")).unwrap();
        stage.wait(twin.note(id).set(b"soon")).unwrap();
    }
    assert_eq!(grown(stage), empty.len(), "everybody has some");
}
