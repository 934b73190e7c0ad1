//! Adding, claiming and acknowledging through every fault of a connection: what was answered is so, nothing is there twice, nothing is lost.

use std::time::Duration;

use redis_schema::queue::{Acked, Enqueue, GivenBack, TaskState};
use redis_schema::{Result, VersionCheck};
use redis_schema_test_server::{Fault, FaultProxy, Protocol, Server, When};

use crate::queues::Store;
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
    lost: u64,
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

/// Runs an operation through a fault, and notes what came of it.
async fn through<T>(
    proxy: &FaultProxy,
    fault: &Fault,
    sums: &mut Sums,
    run: impl Future<Output = Result<T>>,
) -> Option<T> {
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

#[test]
fn whatever_is_lost_no_task_is() {
    both(async |scene: Scene| {
        let mut sums = Sums::default();
        for fault in Fault::all() {
            one(&scene, &fault, &mut sums).await;
        }
        println!("tasks through every fault: {sums:?}");
        assert!(sums.faults >= 5 * Fault::all().len() as u64, "{sums:?}");
        assert!(sums.answered > sums.refused, "{sums:?}");
        assert_eq!((sums.doubled, sums.lost), (0, 0));
    });
}

/// A task from beginning to end.
async fn one(scene: &Scene, fault: &Fault, sums: &mut Sums) {
    let (proxy, store) = program(&scene.server, scene.protocol).await;
    let (queue, direct) = (store.plain(1), scene.program().await);
    let look = direct.plain(1);
    let waiting = async || look.stats().await.unwrap().waiting();

    // Under an id of its own, and under a given one.
    let (other, seen) = (store.plain(2), direct.plain(2));
    let added = through(&proxy, fault, sums, async { other.enqueue("own").await }).await;
    let more = seen.stats().await.unwrap().waiting();
    sums.doubled += more.saturating_sub(1);
    sums.lost += u64::from(added.is_some() && more == 0);
    seen.clear().await.unwrap();
    let named = || Enqueue::new().id("named");
    let added = queue.enqueue_with("named", named());
    let added = through(&proxy, fault, sums, async { added.await }).await;
    // Who is answered is the one that added it, however often it was sent.
    assert!(added.is_none_or(|added| added.is_added()), "{fault:?}");
    // Where nobody knows, asking again tells, and adds nothing twice.
    look.enqueue_with("named", named()).await.unwrap();
    sums.doubled += waiting().await.saturating_sub(1);

    let claimed = through(&proxy, fault, sums, async { queue.claim(1).await }).await;
    let task = match claimed {
        Some(mut tasks) => match tasks.pop() {
            Some(task) => task,
            None => {
                sums.lost += 1;
                return;
            }
        },
        // It comes back after its lease; here somebody gives it back by hand.
        None => loop {
            look.clear().await.unwrap();
            look.enqueue_with("named", named()).await.unwrap();
            // What was on its way may still arrive.
            if let Some(task) = look.claim(1).await.unwrap().pop() {
                break task;
            }
        },
    };
    assert_eq!(task.attempt, 1, "{fault:?}: claimed twice");
    let extended = through(&proxy, fault, sums, async { queue.extend(&task).await }).await;
    assert!(extended.is_none_or(|still| still), "{fault:?}");
    let back = through(&proxy, fault, sums, async {
        queue.retry(&task, "no").await
    })
    .await;
    assert!(
        back.is_none_or(|back| back == GivenBack::Waits(Duration::ZERO)),
        "{fault:?}"
    );
    // Unless it was never heard of, it waits once.
    look.retry(&task, "no").await.unwrap();
    assert_eq!(waiting().await, 1, "{fault:?}");

    let task = look.claim(1).await.unwrap().pop().unwrap();
    let acked = through(&proxy, fault, sums, async { queue.ack(&task).await }).await;
    assert!(acked.is_none_or(|acked| acked == Acked::Done), "{fault:?}");
    let state = look.state(task.id()).await.unwrap();
    sums.lost += u64::from(acked.is_some() && state != Some(TaskState::Done));
    assert_eq!(look.ack(&task).await.unwrap(), Acked::Done, "{fault:?}");
    let stats = look.stats().await.unwrap();
    assert_eq!((stats.open(), stats.done), (0, 1), "{fault:?}");
    look.clear().await.unwrap();
}
