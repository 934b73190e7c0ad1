//! Every operation through every fault of a connection: whatever is lost on the way, what was answered is so, nobody who was shut out is let in, and
//! no session that anybody can use is missing in its index.

use std::time::Duration;

use redis_schema::session::SessionToken;
use redis_schema::{Result, VersionCheck};
use redis_schema_test_server::{Fault, FaultProxy, When};

use crate::sessions::Store;
use crate::{Scene, both, login};

/// Short enough for the test, and long enough for a loaded machine.
const ALLOWED: Duration = Duration::from_millis(150);

#[derive(Debug, Default)]
struct Sums {
    faults: u64,
    answered: u64,
    refused: u64,
}

impl Scene {
    /// A program behind a proxy that does harm.
    async fn harmed(&self) -> (FaultProxy, Store) {
        let proxy = FaultProxy::start(self.server.port());
        let opening = Store::builder()
            .url(&proxy.url(self.protocol, 0))
            .response_timeout(ALLOWED)
            .check_server(false)
            .check_version(VersionCheck::Ignore)
            .connect_timeout(Duration::from_secs(60))
            .wait_for(Duration::from_secs(60))
            .back_off(Duration::from_millis(1), Duration::from_millis(4));
        let store = opening.open().await.unwrap();
        (proxy, store)
    }
}

/// Runs an operation with a fault at the n-th such command; `None` when it failed.
async fn through<T>(
    proxy: &FaultProxy,
    (fault, command, nth): (&Fault, &str, u64),
    sums: &mut Sums,
    run: impl Future<Output = Result<T>>,
) -> Option<T> {
    proxy.inject(When::command(command).nth(nth), fault.clone());
    let answer = run.await;
    sums.faults += proxy.fired();
    proxy.clear();
    match answer {
        Ok(answer) => {
            sums.answered += 1;
            Some(answer)
        }
        Err(error) => {
            assert!(error.is_unavailable(), "{fault:?}: {error}");
            sums.refused += 1;
            proxy.cut();
            None
        }
    }
}

async fn is_there(store: &Store, token: &SessionToken) -> bool {
    store.login(token).get().await.unwrap().is_some()
}

#[test]
fn whatever_is_lost_what_was_answered_is_so() {
    both(async |mut scene: Scene| {
        let calm = scene.program().await;
        let (proxy, store) = scene.harmed().await;
        let mut sums = Sums::default();
        for fault in Fault::all() {
            for nth in 1..=2 {
                let at = (&fault, "EVAL", nth);
                let create = async { store.logins(1).create(&login(1, "a")).await };
                let made = through(&proxy, at, &mut sums, create).await;
                if let Some(token) = made {
                    let listed = calm.logins(1).list().await.unwrap();
                    assert!(listed.iter().any(|one| one.id == token.id()), "{at:?}");
                }
            }
            for nth in 1..=4 {
                let at = (&fault, "EVAL", nth);
                let old = calm.logins(1).create(&login(1, "a")).await.unwrap();
                let new = through(&proxy, at, &mut sums, store.logins(1).rotate(&old)).await;
                if let Some(new) = new {
                    let new = new.unwrap();
                    assert!(
                        is_there(&calm, &new).await && !is_there(&calm, &old).await,
                        "{at:?}"
                    );
                    let listed = calm.logins(1).list().await.unwrap();
                    assert!(listed.iter().any(|one| one.id == new.id()), "{at:?}");
                }
            }
            changed(&calm, &proxy, &store, &fault, &mut sums).await;
            scene.all_end();
        }
        println!("sessions through every fault: {sums:?}");
        assert!(sums.faults >= 9 * Fault::all().len() as u64, "{sums:?}");
        assert!(sums.answered > sums.refused, "{sums:?}");
    });
}

async fn changed(calm: &Store, proxy: &FaultProxy, store: &Store, fault: &Fault, sums: &mut Sums) {
    let token = calm.logins(1).create(&login(1, "a")).await.unwrap();
    let seen = calm.login(&token).get().await.unwrap().unwrap();
    let data = login(1, "b");
    let update = async { store.login(&token).update(seen.version, &data).await };
    if let Some(version) = through(proxy, (fault, "EVAL", 1), sums, update).await {
        let now = calm.login(&token).get().await.unwrap().unwrap();
        assert_eq!((now.data.role.as_str(), Some(now.version)), ("b", version));
    }
    let used = async { store.login(&token).get_and_touch().await };
    let used = through(proxy, (fault, "EVAL", 1), sums, used).await;
    assert!(used.is_none_or(|seen| seen.is_some()), "{fault:?}");
    let revoke = async { store.login(&token).revoke().await };
    if through(proxy, (fault, "UNLINK", 1), sums, revoke)
        .await
        .is_some()
    {
        assert!(!is_there(calm, &token).await, "{fault:?}");
    }
    for command in ["EVAL", "UNLINK", "ZREM"] {
        let token = calm.logins(1).create(&login(1, "a")).await.unwrap();
        let all = async { store.logins(1).revoke_all().await };
        if through(proxy, (fault, command, 1), sums, all)
            .await
            .is_some()
        {
            assert!(!is_there(calm, &token).await, "{fault:?} at {command}");
        }
        // What failed is done by doing it again.
        calm.logins(1).revoke_all().await.unwrap();
        assert!(!is_there(calm, &token).await, "{fault:?} at {command}");
    }
}
