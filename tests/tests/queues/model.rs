//! Many workers at once that die, are late, fail and give up by chance: whatever they do, no task is lost, none is done twice, none has more
//! attempts than it may, and none comes before a more urgent one that waits.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use redis_schema::queue::{Acked, Enqueue, GivenBack, Task, TaskState};
use redis_schema_test_server::{Protocol, Server};

use crate::PATIENCE;
use crate::queues::keys::CrowdedPriority as Priority;
use crate::queues::{Job, Store};

const TASKS: u32 = 1_500;
const WORKERS: u64 = 8;
/// As the schema says.
const MOST: u32 = 40;
/// Longer than its lease.
const LATE: Duration = Duration::from_millis(200);

/// What all workers together have seen.
#[derive(Default)]
struct Seen {
    acked: BTreeMap<u32, u32>,
    dead: BTreeSet<u32>,
    crashes: u32,
    late: u32,
    duplicates: u32,
}

type Shared = Arc<Mutex<Seen>>;
type Claimed = Task<Job, Priority>;

#[test]
fn nothing_is_lost_and_nothing_is_done_twice() {
    for protocol in Protocol::ALL {
        let server = Server::start();
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .unwrap();
        runtime.block_on(play(&server, protocol));
    }
}

async fn play(server: &Server, protocol: Protocol) {
    let url = server.url(protocol, 0);
    let seen = Shared::default();
    let mut running = tokio::task::JoinSet::new();
    for half in 0..2 {
        let store = Store::connect(&url).await.unwrap();
        running.spawn(add(store, half, seen.clone()));
    }
    for seed in 0..WORKERS {
        let store = Store::connect(&url).await.unwrap();
        running.spawn(work(store, seed, seen.clone()));
    }
    while let Some(ended) = running.join_next().await {
        ended.unwrap();
    }
    let store = Store::connect(&url).await.unwrap();
    let stats = store.crowded(1).stats().await.unwrap();
    let seen = seen.lock().unwrap();
    assert_eq!(stats.open(), 0, "{stats:?}");
    println!(
        "{} tasks: {} done, {} dead; {} crashes, {} late, {} duplicates refused",
        TASKS,
        seen.acked.len(),
        seen.dead.len(),
        seen.crashes,
        seen.late,
        seen.duplicates
    );
    for (number, times) in &seen.acked {
        assert_eq!(*times, 1, "task {number} was done {times} times");
        assert!(
            !seen.dead.contains(number),
            "task {number} is done and dead"
        );
    }
    let all = seen.acked.len() + seen.dead.len();
    assert_eq!(all, TASKS as usize, "some are lost");
    assert_eq!(stats.done, seen.acked.len() as u64);
    assert_eq!(stats.dead, seen.dead.len() as u64);
    assert!(seen.crashes > 50 && seen.late > 0, "too peaceful");
    assert!(seen.duplicates > 50, "no duplicates");
}

/// Adds every task twice by its id, in some order, half of them by this one first.
async fn add(store: Store, half: u32, seen: Shared) {
    let queue = store.crowded(1);
    let mut random = fastrand::Rng::with_seed(half.into());
    let mut numbers: Vec<u32> = (0..TASKS).collect();
    random.shuffle(&mut numbers);
    for number in numbers {
        let mut how = Enqueue::at(priority(number)).id(format!("task-{number}"));
        if number % 10 == 0 {
            how = how.after(Duration::from_millis(u64::from(number % 97)));
        }
        let added = queue.enqueue_with(&Job::new(number), how).await.unwrap();
        seen.lock().unwrap().duplicates += u32::from(!added.is_added());
    }
}

fn priority(number: u32) -> Priority {
    match number % 3 {
        0 => Priority::High,
        _ => Priority::Low,
    }
}

async fn work(store: Store, seed: u64, seen: Shared) {
    let queue = store.crowded(1);
    let mut random = fastrand::Rng::with_seed(1000 + seed);
    let patience = Instant::now() + PATIENCE;
    let mut late: Vec<(Instant, Claimed)> = Vec::new();
    while !is_over(&seen) {
        assert!(Instant::now() < patience, "never over");
        // What somebody else may have by now is done all the same.
        let ripe = late.extract_if(.., |(since, _)| since.elapsed() > LATE);
        for (_, task) in ripe.collect::<Vec<_>>() {
            settle(&store, &task, &seen).await;
        }
        let mut last = 0;
        for task in queue.claim(random.u32(1..8)).await.unwrap() {
            let number = task.payload.as_ref().unwrap().number;
            assert!((1..=MOST).contains(&task.attempt), "{}", task.attempt);
            assert_eq!(task.priority, priority(number));
            let rank = task.priority as u8;
            assert!(last <= rank, "a less urgent one in front");
            last = rank;
            match random.u32(0..20) {
                // Gone without a word.
                0 | 1 => seen.lock().unwrap().crashes += 1,
                2 => drop(queue.retry(&task, "failed").await.unwrap()),
                3 if number % 5 == 2 => {
                    if queue.bury(&task, "never").await.unwrap() == GivenBack::Dead {
                        seen.lock().unwrap().dead.insert(number);
                    }
                }
                4 => late.push((Instant::now(), task)),
                _ => settle(&store, &task, &seen).await,
            }
        }
    }
    for (_, task) in late {
        settle(&store, &task, &seen).await;
    }
}

fn is_over(seen: &Shared) -> bool {
    let seen = seen.lock().unwrap();
    seen.acked.len() + seen.dead.len() >= TASKS as usize
}

/// Says that a task is done, and notes what came of it.
async fn settle(store: &Store, task: &Claimed, seen: &Shared) {
    let number = task.payload.as_ref().unwrap().number;
    let acked = store.crowded(1).ack(task).await.unwrap();
    if acked == Acked::Done {
        let state = store.crowded(1).state(task.id()).await.unwrap();
        assert_eq!(state, Some(TaskState::Done));
    }
    let mut seen = seen.lock().unwrap();
    match acked {
        Acked::Done => *seen.acked.entry(number).or_default() += 1,
        Acked::AlreadyDone | Acked::Lost => seen.late += 1,
    }
}
