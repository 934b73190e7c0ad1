//! Answers about models, with a server and without.

#![allow(clippy::unwrap_used)]

use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use example_image2model::keyspace::Store;
use example_image2model::models::{Catalogue, Models};
use redis_schema_test_server::{Protocol, Server};
use serde_json::{Value, json};

/// Knows one model, and counts how often it is asked.
#[derive(Debug, Clone, Default)]
struct Shelf(Arc<AtomicU32>);

impl Catalogue for Shelf {
    type Error = Infallible;

    async fn find(&self, model_id: &str) -> Result<Option<Value>, Infallible> {
        let asked = self.0.fetch_add(1, Ordering::Relaxed) + 1;
        tokio::task::yield_now().await;
        Ok((model_id == "chair").then(|| json!({ "asked": asked })))
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_catalogue_is_asked_once_while_the_server_is_there() {
    let mut server = Server::start();
    let store = Store::builder()
        .url(&server.url(Protocol::Resp3, 0))
        .fail_when_down();
    let store = store.open().await.unwrap();
    let shelf = Shelf::default();
    let models = Models::new(store.clone(), shelf.clone());
    let first = Some(json!({ "asked": 1 }));
    let callers: Vec<_> = (0..20)
        .map(|_| {
            let models = models.clone();
            tokio::spawn(async move { models.get("chair").await.unwrap() })
        })
        .collect();
    for caller in callers {
        assert_eq!(caller.await.unwrap(), first);
    }
    let left = store.cache_model("chair").ttl().await.unwrap();
    assert!(left.remaining().is_some_and(|left| left.as_secs() <= 390));
    assert_eq!(models.get("table").await.unwrap(), None);
    models.forget("chair").await.unwrap();
    assert_eq!(
        models.get("chair").await.unwrap(),
        Some(json!({ "asked": 3 }))
    );
    // That there is no table is remembered.
    assert_eq!(models.get("table").await.unwrap(), None);
    models.forget_all().await.unwrap();
    assert_eq!(models.get("table").await.unwrap(), None);
    assert_eq!(
        models.get("chair").await.unwrap(),
        Some(json!({ "asked": 5 }))
    );
    server.stop();
    for asked in [6, 7] {
        assert_eq!(
            models.get("chair").await.unwrap(),
            Some(json!({ "asked": asked }))
        );
    }
    assert_eq!(store.degraded().reads, 2);
}
