//! Loads that do not come to their end: whoever waits takes over.

use std::future::pending;

use redis_schema::LoadError;
use redis_schema_tests::degrading::Store;
use serde_json::{Value, json};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::Behind;

type Found = Result<Option<Value>, LoadError<&'static str>>;

/// How a load ends without a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Cancelled,
    Failed,
    Panicked,
}

/// A caller whose loader says that it has begun, and ends as it is told.
fn first(
    store: &Store,
    begun: oneshot::Sender<()>,
    end: oneshot::Receiver<End>,
) -> JoinHandle<Found> {
    let store = store.clone();
    tokio::spawn(async move {
        let key = store.loaded(1);
        let load = async move || {
            begun.send(()).unwrap();
            match end.await.unwrap() {
                End::Cancelled => pending().await,
                End::Failed => Err("the origin is away"),
                End::Panicked => panic!("a bug in a loader"),
            }
        };
        key.get_or_load(load).await
    })
}

/// A caller whose loader works.
fn second(store: &Store) -> JoinHandle<Found> {
    let store = store.clone();
    tokio::spawn(async move {
        let key = store.loaded(1);
        key.get_or_load(async || Ok(Some(json!("second")))).await
    })
}

/// One thread, which runs tasks in the order in which their answers come.
#[tokio::test]
async fn the_next_in_line_loads() {
    for end in [End::Cancelled, End::Failed, End::Panicked] {
        for away in [false, true] {
            let behind = match away {
                true => Behind::start_alone().await,
                false => Behind::start().await,
            };
            let store = &behind.store;
            let ((begun, has_begun), (tell, told)) = (oneshot::channel(), oneshot::channel());
            let first = first(store, begun, told);
            has_begun.await.unwrap();
            let (second, third) = (second(store), second(store));
            tokio::task::yield_now().await;
            // Behind what the others ask: they have their answers, and wait.
            drop(store.strict(1).exists().await);
            assert!(!second.is_finished() && !third.is_finished(), "they wait");
            tell.send(end).unwrap();
            if end == End::Cancelled {
                first.abort();
            }
            match (end, first.await) {
                (End::Cancelled, Err(error)) => assert!(error.is_cancelled()),
                (End::Panicked, Err(error)) => assert!(error.is_panic()),
                (End::Failed, Ok(Err(LoadError::Load(error)))) => {
                    assert_eq!(error, "the origin is away");
                }
                (_, other) => panic!("{end:?}: {other:?}"),
            }
            for waiting in [second, third] {
                assert_eq!(waiting.await.unwrap().unwrap(), Some(json!("second")));
            }
            let stored: Option<String> = behind.raw(&["GET", "loaded:1"]);
            assert_eq!(stored, (!away).then(|| "\"second\"".to_owned()));
            assert_eq!(store.degraded().reads, if away { 2 } else { 0 });
        }
    }
}
