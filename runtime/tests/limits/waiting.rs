use std::time::{Duration, Instant};

use redis_schema::{ErrorKind, Handle, Store};

use crate::schema::{Minute, Schema, Slow};
use crate::server::{Protocol, Server};

fn with_store(test: impl AsyncFn(&Store)) {
    let server = Server::start();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let url = server.url(Protocol::Resp3, 0);
        test(&Store::connect::<Schema>(&url).await.unwrap()).await;
    });
}

#[test]
fn who_waits_is_admitted_when_it_is_time() {
    with_store(async |store| {
        let calls = Handle::with(Slow, store);
        let begin = Instant::now();
        for _ in 0..4 {
            let decision = calls.admit_within(Duration::from_secs(60)).await.unwrap();
            assert!(decision.allowed);
        }
        // One at once, and three of ten a second.
        assert!(begin.elapsed() >= Duration::from_millis(300));
    });
}

#[test]
fn who_would_wait_too_long_is_told_at_once() {
    with_store(async |store| {
        let calls = Handle::with(Minute, store);
        assert!(
            calls
                .admit_cost_within(5, Duration::ZERO)
                .await
                .unwrap()
                .allowed
        );
        let begin = Instant::now();
        let decision = calls.admit_within(Duration::from_secs(5)).await.unwrap();
        assert!(!decision.allowed);
        assert!(decision.retry_after > Duration::from_secs(5));
        assert!(begin.elapsed() < Duration::from_secs(5));
        let error = calls.admit_cost_within(6, Duration::MAX).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::CostExceedsBurst);
    });
}
