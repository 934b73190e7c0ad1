//! One server.

use redis_schema_test_server::{Protocol, Server};

use super::callers::Callers;
use super::harm::Harm;
use super::{PATIENCE, ROUNDS, assert_refused_for, settle};
use crate::report;
use crate::several::Store;

/// How often everything is done.
const TIMES: u64 = 4;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_treated_badly_loses_and_doubles_nothing() {
    let server = Server::start();
    let mut admin = server.connect(Protocol::Resp2, 0);
    let store = Store::builder()
        .url(&server.url(Protocol::Resp3, 0))
        .check_server(false)
        .response_timeout(PATIENCE)
        .open();
    let store = store.await.unwrap();
    let callers = Callers::start(&store, 0..8);
    callers.wait_for(ROUNDS);
    for _ in 0..TIMES {
        for harm in Harm::ALL {
            harm.befall(&mut admin);
            if harm == Harm::FillUp {
                callers.wait_for_refusals(ROUNDS);
                callers.wait_for_reads(ROUNDS);
            }
            harm.pass(&mut admin);
            callers.wait_for(ROUNDS);
        }
    }
    let accounts = callers.stop().await;
    assert_refused_for(&accounts, &["Ambiguous", "OutOfMemory"]);
    let unread: u64 = accounts.iter().map(|account| account.reads_refused).sum();
    assert_eq!(unread, 0, "reads go on whatever happens");
    let harms = TIMES * Harm::ALL.len() as u64;
    settle(&store, &accounts, harms, false).await;
    report::finish("load::single");
}
