//! Reports through every fault of a connection: whatever is lost on the way, a number is counted once, an event is written once, and
//! the completion is told to the report that made it.

use std::time::Duration;

use redis_schema::VersionCheck;
use redis_schema_test_server::{Fault, FaultProxy, When};

use crate::progressing::Store;
use crate::{Scene, both, counted};

/// Short enough for the test, and long enough for a loaded machine.
const ALLOWED: Duration = Duration::from_millis(150);

/// A program behind a proxy that does harm.
async fn program(scene: &Scene) -> (FaultProxy, Store) {
    let proxy = FaultProxy::start(scene.server.port());
    let opening = Store::builder()
        .url(&proxy.url(scene.protocol, 0))
        .response_timeout(ALLOWED)
        .check_server(false)
        .check_version(VersionCheck::Ignore)
        .connect_timeout(Duration::from_secs(60))
        .wait_for(Duration::from_secs(60))
        .back_off(Duration::from_millis(1), Duration::from_millis(4));
    let store = opening.open().await.unwrap();
    (proxy, store)
}

#[test]
fn whatever_is_lost_a_completion_is_told_once_and_to_who_made_it() {
    both(async |mut scene: Scene| {
        let (mut told, mut lost, mut faults) = (0, 0, 0);
        for (at, fault) in (0..).zip(Fault::all()) {
            let (proxy, store) = program(&scene).await;
            let files = store.files(at);
            files.begin(["a", "b"]).await.unwrap();
            counted(files.report("a", 100).await.unwrap());
            proxy.inject(When::command("EVAL").once(), fault.clone());
            let last = files.report("b", 100).await;
            faults += proxy.fired();
            proxy.clear();
            proxy.cut();
            let events: u64 = scene.raw(&["XLEN", &format!("files:{at}:events")]);
            match last {
                Ok(last) => {
                    told += 1;
                    assert!(last.completes(), "{fault:?}: the completion is lost");
                    assert_eq!(events, 2, "{fault:?}");
                }
                Err(error) => {
                    lost += 1;
                    assert!(error.is_unavailable(), "{fault:?}: {error}");
                    assert!((1..=2).contains(&events), "{fault:?}");
                }
            }
            let by_hand = scene.program().await;
            let again = counted(by_hand.files(at).report("b", 100).await.unwrap());
            assert_eq!(
                again.completes,
                events == 1,
                "{fault:?}: told twice, or never"
            );
            let events: u64 = scene.raw(&["XLEN", &format!("files:{at}:events")]);
            assert_eq!(events, 2, "{fault:?}: an event twice");
        }
        println!("completions through every fault: {faults} faults, {told} told, {lost} lost");
        assert!(faults >= Fault::all().len() as u64 && told > lost);
        scene.assert_nothing_stays();
    });
}

#[test]
fn where_numbers_may_go_down_nothing_is_sent_twice() {
    both(async |mut scene: Scene| {
        for (at, fault) in (0..).zip(Fault::all()) {
            let (proxy, store) = program(&scene).await;
            let loose = store.loose(at);
            counted(loose.report(&1, 4).await.unwrap());
            scene.raw::<()>(&["CONFIG", "RESETSTAT"]);
            proxy.inject(When::command("EVAL").once(), fault.clone());
            let lower = loose.report(&1, 2).await;
            proxy.clear();
            proxy.cut();
            let info: String = scene.raw(&["INFO", "commandstats"]);
            let ran = info.matches("cmdstat_xadd:calls=1,").count();
            assert!(
                !info.contains("cmdstat_xadd:") || ran == 1,
                "{fault:?}: twice"
            );
            if lower.is_ok() {
                assert_eq!(ran, 1, "{fault:?}");
            }
        }
    });
}
