//! Workers that are killed (`SIGKILL`) while they work, in processes of their own: every task is done, and counted once.

use std::process::{Child, Command};
use std::time::Instant;

use redis_schema::queue::Enqueue;
use redis_schema_test_server::Protocol;

use crate::queues::Job;
use crate::queues::keys::CrowdedPriority as Priority;
use crate::{PATIENCE, Scene, play};

const TASKS: u32 = 600;
const WORKERS: usize = 3;
/// After so many more are done somebody is killed.
const EACH: u64 = 12;

#[test]
fn what_killed_workers_had_is_done_by_others() {
    // Once is enough for what takes this long.
    play(Protocol::Resp3, async |mut scene: Scene| {
        let store = scene.program().await;
        let queue = store.crowded(1);
        for number in 0..TASKS {
            let how = Enqueue::at(Priority::Low).id(number.to_string());
            queue.enqueue_with(&Job::new(number), how).await.unwrap();
        }
        let url = scene.server.url(scene.protocol, 0);
        let start = || Worker::start(&url);
        let mut workers: Vec<Worker> = (0..WORKERS).map(|_| start()).collect();
        let (mut kills, mut next, patience) = (0, EACH, Instant::now() + PATIENCE);
        loop {
            assert!(
                Instant::now() < patience,
                "never done: {:?}",
                queue.stats().await
            );
            let stats = queue.stats().await.unwrap();
            if stats.open() == 0 {
                break;
            }
            if stats.done >= next && stats.claimed > 0 {
                let at = kills % WORKERS;
                workers[at] = start();
                (kills, next) = (kills + 1, stats.done + EACH);
            }
        }
        drop(workers);
        let stats = queue.stats().await.unwrap();
        assert_eq!((stats.done, stats.dead), (TASKS.into(), 0));
        let counted: Vec<String> = scene.raw(&["KEYS", "acked:*"]);
        for key in &counted {
            assert_eq!(scene.raw::<u32>(&["GET", key]), 1, "{key} was done twice");
        }
        // Who is killed between being told and counting does not count.
        assert!(
            counted.len() + 5 * kills >= TASKS as usize,
            "{}",
            counted.len()
        );
        assert!(kills >= 20, "{kills} kills are few");
        println!(
            "{TASKS} tasks done under {kills} kills, {} counted",
            counted.len()
        );
    });
}

/// A process, which is killed when it is dropped.
struct Worker(Child);

impl Worker {
    fn start(url: &str) -> Self {
        let worker = env!("CARGO_BIN_EXE_queue_worker");
        Self(Command::new(worker).arg(url).spawn().unwrap())
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }
}
