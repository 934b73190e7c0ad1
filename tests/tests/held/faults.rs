//! Taking, renewing and giving back through every fault of a connection: whatever is lost on the way, a hold is granted once, under one
//! number, and what was given back is given back.

use std::time::Duration;

use redis_schema::{Result, VersionCheck};
use redis_schema_test_server::{Fault, FaultProxy, Protocol, Server, When};

use crate::held::Store;
use crate::{Scene, both};

/// Short enough for the test, and long enough for a loaded machine.
const ALLOWED: Duration = Duration::from_millis(150);

/// What became of the operations.
#[derive(Debug, Default)]
struct Sums {
    faults: u64,
    answered: u64,
    refused: u64,
    doubled: u64,
}

/// A program behind a proxy that does harm.
async fn program(server: &Server, protocol: Protocol) -> (FaultProxy, Store) {
    let proxy = FaultProxy::start(server.port());
    let opening = Store::builder()
        .url(&proxy.url(protocol, 0))
        .response_timeout(ALLOWED)
        .check_server(false)
        .check_version(VersionCheck::Ignore)
        .connect_timeout(Duration::from_secs(60))
        .wait_for(Duration::from_secs(60))
        .back_off(Duration::from_millis(1), Duration::from_millis(4));
    let store = opening.open().await.unwrap();
    (proxy, store)
}

impl Scene {
    /// How often the server has run a command since it last counted from the beginning.
    fn ran(&mut self, name: &str) -> u64 {
        let info: String = self.raw(&["INFO", "commandstats"]);
        let prefix = format!("cmdstat_{name}:calls=");
        let calls = info.lines().find_map(|line| {
            let facts = line.strip_prefix(&prefix)?;
            facts.split(',').next()?.parse().ok()
        });
        calls.unwrap_or(0)
    }

    /// Runs an operation through a fault, and notes what came of it.
    async fn through<T>(
        &mut self,
        proxy: &FaultProxy,
        fault: &Fault,
        sums: &mut Sums,
        run: impl Future<Output = Result<T>>,
    ) -> Option<T> {
        self.raw::<()>(&["CONFIG", "RESETSTAT"]);
        proxy.inject(When::command("EVAL").once(), fault.clone());
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
}

#[test]
fn whatever_is_lost_nothing_is_held_twice() {
    both(async |mut scene: Scene| {
        let mut sums = Sums::default();
        for fault in Fault::all() {
            lock(&mut scene, &fault, &mut sums).await;
            permit(&mut scene, &fault, &mut sums).await;
        }
        println!("locks and permits through every fault: {sums:?}");
        assert!(sums.faults >= 6 * Fault::all().len() as u64, "{sums:?}");
        assert!(sums.answered > sums.refused, "{sums:?}");
        assert_eq!(sums.doubled, 0);
    });
}

async fn lock(scene: &mut Scene, fault: &Fault, sums: &mut Sums) {
    let (proxy, store) = program(&scene.server, scene.protocol).await;
    let plain = store.plain(1);
    let taken = scene.through(&proxy, fault, sums, plain.acquire()).await;
    sums.doubled += u64::from(scene.ran("set") > 1);
    drop(taken);
    // Given back, be it by an operation that nobody waited for.
    scene.gone("plain:1").await;

    // With numbers: two keys are written, once.
    let brief = store.brief(1);
    let taken = scene.through(&proxy, fault, sums, brief.acquire()).await;
    sums.doubled += u64::from(scene.ran("set") > 2);
    if let Some(guard) = taken {
        let last: u64 = scene.raw(&["GET", "brief:1:fence"]);
        assert_eq!(last, guard.fence().get(), "{fault:?}");
    }
    scene.gone("brief:1").await;

    let guard = plain.acquire().await.unwrap();
    scene.through(&proxy, fault, sums, guard.renew()).await;
    assert!(!guard.is_lost(), "{fault:?}");
    let extended = guard.extend_by(Duration::from_secs(30));
    let extended = scene.through(&proxy, fault, sums, extended).await;
    let left: i64 = scene.raw(&["PTTL", "plain:1"]);
    assert!(
        (1..=60_000).contains(&left),
        "{fault:?}: lengthened twice: {left}"
    );
    assert!(extended.is_none() || left > 50_000, "{fault:?}: {left}");
    let known = guard.deadline();
    let now = std::time::Instant::now();
    let counted = known.saturating_duration_since(now).as_millis();
    assert!(
        counted <= u128::try_from(left).unwrap(),
        "{fault:?}: counts on more than there is"
    );

    let token = guard.token();
    scene.through(&proxy, fault, sums, guard.release()).await;
    sums.doubled += u64::from(scene.ran("del") > 1);
    scene.gone("plain:1").await;
    // Once more is no error, and changes nothing.
    let again = plain.release_as(&token);
    scene
        .through(&proxy, fault, sums, async { again.await })
        .await;
}

async fn permit(scene: &mut Scene, fault: &Fault, sums: &mut Sums) {
    let (proxy, store) = program(&scene.server, scene.protocol).await;
    let room = store.room(1);
    let taken = scene.through(&proxy, fault, sums, room.acquire()).await;
    sums.doubled += u64::from(scene.ran("zadd") > 1);
    if let Some(guard) = taken {
        assert_eq!(scene.raw::<u64>(&["ZCARD", "room:1"]), 1, "{fault:?}");
        scene.through(&proxy, fault, sums, guard.renew()).await;
        assert_eq!(scene.raw::<u64>(&["ZCARD", "room:1"]), 1, "{fault:?}");
        scene.through(&proxy, fault, sums, guard.release()).await;
    }
    scene.gone("room:1").await;
}
