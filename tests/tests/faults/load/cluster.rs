//! A cluster.

use redis_schema_test_server::{Cluster, Protocol};
use tokio::task::block_in_place;

use super::callers::Callers;
use super::harm::Harm;
use super::{PATIENCE, ROUNDS, assert_refused_for, settle};
use crate::report;
use crate::several::Store;

/// Callers; their counters are in as many slots, and twice that.
const CALLERS: u32 = 6;

async fn store(cluster: &Cluster) -> Store {
    let store = Store::builder()
        .cluster(cluster.nodes().iter().map(|node| node.host()))
        .protocol(Protocol::Resp3.version())
        .response_timeout(PATIENCE);
    store.open().await.unwrap()
}

/// The slot of a caller's counter, and who serves it.
fn place(cluster: &Cluster, id: u32) -> (u16, usize) {
    let name = format!("free:{id}");
    let slot = cluster.nodes()[0].run(&["CLUSTER", "KEYSLOT", &name]);
    (slot, cluster.owner(slot))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_cluster_treated_badly_loses_and_doubles_nothing() {
    let cluster = Cluster::start();
    let store = store(&cluster).await;
    let callers = Callers::start(&store, 0..CALLERS);
    callers.wait_for(ROUNDS);
    let mut harms = 0;
    for harm in Harm::ALL {
        for id in 0..CALLERS {
            block_in_place(|| {
                let (slot, node) = place(&cluster, id);
                let mut admin = cluster.nodes()[node].connect();
                harm.befall(&mut admin);
                if harm == Harm::FillUp {
                    callers.wait_for_refusals(1);
                    callers.wait_for_reads(ROUNDS);
                }
                harm.pass(&mut admin);
                // And its slot goes to the next primary.
                cluster.migrate(slot, (node + 1) % 3);
            });
            harms += 2;
        }
        callers.wait_for(ROUNDS);
    }
    let accounts = callers.stop().await;
    assert_refused_for(&accounts, &["Ambiguous", "OutOfMemory"]);
    settle(&store, &accounts, harms, false).await;
    report::finish("load::cluster");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_cluster_that_fails_over_doubles_nothing() {
    let mut cluster = Cluster::start();
    let store = store(&cluster).await;
    let callers = Callers::start(&store, 0..CALLERS);
    callers.wait_for(ROUNDS);
    block_in_place(|| {
        cluster.kill(0);
        cluster.wait_until_replaced(0);
    });
    callers.wait_for(ROUNDS);
    block_in_place(|| {
        cluster.restart(0);
        cluster.wait_until_ok();
        cluster.fail_over_to(0);
    });
    callers.wait_for(ROUNDS);
    let accounts = callers.stop().await;
    assert_refused_for(&accounts, &["Ambiguous"]);
    settle(&store, &accounts, 2, true).await;
    report::finish("load::cluster that fails over");
}
