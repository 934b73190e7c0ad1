//! Without the server a limiter does what it declares.

use std::time::Duration;

use redis_schema::{ErrorKind, Handle, Store};

use crate::schema::{Allowing, Denying, Minute, Schema};
use crate::server::Protocol;

#[test]
fn calls_are_admitted_refused_or_fail() {
    let mut server = redis_schema_test_server::Server::start();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let store = Store::builder::<Schema>()
            .url(&server.url(Protocol::Resp3, 0))
            .response_timeout(Duration::from_millis(300))
            .open()
            .await
            .unwrap();
        assert!(
            !Handle::with(Allowing, &store)
                .admit()
                .await
                .unwrap()
                .without_server
        );
        server.stop();
        let allowed = Handle::with(Allowing, &store).admit().await.unwrap();
        assert!(allowed.allowed && allowed.without_server);
        assert_eq!(allowed.headers().count(), 0);
        let denied = Handle::with(Denying, &store).admit().await.unwrap();
        assert!(!denied.allowed && denied.without_server);
        let headers: Vec<_> = denied.headers().collect();
        assert_eq!(headers, [("Retry-After", 1)]);
        assert!(!Handle::with(Denying, &store).peek().await.unwrap().allowed);
        let failed = Handle::with(Minute, &store).admit().await.unwrap_err();
        assert!(failed.is_unavailable() || failed.kind() == ErrorKind::Ambiguous);
        let failed = Handle::with(Allowing, &store).refund(1).await.unwrap_err();
        assert!(failed.is_unavailable() || failed.kind() == ErrorKind::Ambiguous);
        assert!(store.degraded().reads >= 3);
        // What could never be admitted is no matter of the server.
        let dear = Handle::with(Allowing, &store)
            .admit_cost(6)
            .await
            .unwrap_err();
        assert_eq!(dear.kind(), ErrorKind::CostExceedsBurst);
    });
}
