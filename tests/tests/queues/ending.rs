//! Leases that end, delays that are over, and how long anything is known.

use std::cell::Cell;
use std::time::Duration;

use redis_schema::queue::{Acked, Enqueue, GivenBack, Task, TaskState, Verdict};

use crate::queues::Job;
use crate::queues::keys::RankedPriority as Priority;
use crate::{Scene, both, until};

#[test]
fn a_worker_that_is_gone_loses_its_task() {
    both(async |scene: Scene| {
        let (one, other) = (scene.program().await, scene.program().await);
        one.brief(1).enqueue("letter").await.unwrap();
        let late = one.brief(1).claim(1).await.unwrap().pop().unwrap();
        let next = until("claimed by another", async || {
            other.brief(1).claim(1).await.unwrap().pop()
        })
        .await;
        assert_eq!((next.id(), next.attempt), (late.id(), 2));
        assert!(!one.brief(1).extend(&late).await.unwrap());
        assert_eq!(one.brief(1).ack(&late).await.unwrap(), Acked::Lost);
        let back = one.brief(1).retry(&late, "late").await.unwrap();
        assert_eq!(back, GivenBack::Lost);
        assert_eq!(other.brief(1).ack(&next).await.unwrap(), Acked::Done);
        assert_eq!(
            one.brief(1).ack(&late).await.unwrap(),
            Acked::AlreadyDone,
            "by somebody else"
        );
    });
}

#[test]
fn a_lease_that_is_over_is_not_extended_but_work_that_is_done_counts() {
    both(async |mut scene: Scene| {
        let store = scene.program().await;
        let queue = store.brief(1);
        queue.enqueue("letter").await.unwrap();
        let task = queue.claim(1).await.unwrap().pop().unwrap();
        assert!(queue.extend(&task).await.unwrap());
        until("over", async || {
            scene.is_over("brief:1", task.id()).then_some(())
        })
        .await;
        assert!(!queue.extend(&task).await.unwrap());
        assert_eq!(
            queue.state(task.id()).await.unwrap(),
            Some(TaskState::Claimed)
        );
        assert_eq!(
            queue.ack(&task).await.unwrap(),
            Acked::Done,
            "nobody else has it"
        );
    });
}

#[test]
fn leases_that_end_without_a_word_are_attempts() {
    both(async |scene: Scene| {
        let store = scene.program().await;
        let queue = store.once(1);
        queue.enqueue("poison").await.unwrap();
        assert_eq!(queue.claim(1).await.unwrap().len(), 1);
        let dead = until("dead", async || {
            assert!(queue.claim(1).await.unwrap().is_empty(), "never again");
            queue.dead(0, 1).await.unwrap().pop()
        })
        .await;
        assert_eq!(
            (dead.attempts, dead.why.as_str()),
            (1, "its lease has ended")
        );
    });
}

#[test]
fn work_may_take_longer_than_a_lease_while_it_is_extended() {
    both(async |mut scene: Scene| {
        let (store, other) = (scene.program().await, scene.program().await);
        store.steady(1).enqueue("letter").await.unwrap();
        let task = store.steady(1).claim(1).await.unwrap().pop().unwrap();
        let long = scene.now() + 2_500;
        let work = async {
            while scene.now() < long {
                let none = other.steady(1).claim(1).await.unwrap();
                assert!(none.is_empty(), "its lease has ended");
            }
        };
        let done = store.steady(1).keep_while(&task, work).await.unwrap();
        assert!(done.is_some(), "more than two leases");
        assert_eq!(store.steady(1).ack(&task).await.unwrap(), Acked::Done);

        // Who is late is stopped, or does not even begin.
        store.steady(1).enqueue("letter").await.unwrap();
        let task = store.steady(1).claim(1).await.unwrap().pop().unwrap();
        let next = until("claimed by another", async || {
            other.steady(1).claim(1).await.unwrap().pop()
        })
        .await;
        let late = async { panic!("it began") };
        assert!(
            store
                .steady(1)
                .keep_while(&task, late)
                .await
                .unwrap()
                .is_none()
        );
        let stolen = async {
            other.steady(1).bury(&next, "no").await.unwrap();
            std::future::pending::<()>().await;
        };
        let stopped = store.steady(1).keep_while(&next, stolen).await.unwrap();
        assert!(stopped.is_none(), "it is not its own any more");
    });
}

#[test]
fn a_worker_works_until_it_is_stopped() {
    both(async |scene: Scene| {
        let store = scene.program().await;
        let queue = store.steady(1);
        for number in 0..20 {
            queue.enqueue(&number.to_string()).await.unwrap();
        }
        let (told, heard) = tokio::sync::oneshot::channel::<()>();
        let (told, seen, most, now) = (
            Cell::new(Some(told)),
            Cell::new(0),
            Cell::new(0),
            Cell::new(0),
        );
        let body = async |task: &Task<String>| {
            now.set(now.get() + 1);
            most.set(most.get().max(now.get()));
            // As long as others may come beside it.
            let _: Option<TaskState> = queue.state(task.id()).await.unwrap();
            now.set(now.get() - 1);
            seen.set(seen.get() + 1);
            if seen.get() == 22 {
                drop(told.take());
            }
            match task.payload.as_deref().unwrap() {
                "7" if task.attempt < 3 => Verdict::Retry("not yet".to_owned()),
                "8" => Verdict::Bury("never".to_owned()),
                _ => Verdict::Done,
            }
        };
        let stop = async { drop(heard.await) };
        queue.work(4, stop, body).await.unwrap();
        let stats = queue.stats().await.unwrap();
        assert_eq!((stats.open(), stats.done, stats.dead), (0, 19, 1));
        assert!((2..=4).contains(&most.get()), "{} at once", most.get());
        let dead = queue.dead(0, 1).await.unwrap();
        assert_eq!(dead[0].why, "never");
        // Nothing to do, and stopped at once.
        queue
            .work(4, async {}, async |_: &Task<String>| Verdict::Done)
            .await
            .unwrap();
    });
}

#[test]
fn what_is_delayed_is_never_early() {
    both(async |mut scene: Scene| {
        let store = scene.program().await;
        let queue = store.ranked(1);
        let later = Enqueue::at(Priority::High).after(Duration::from_millis(150));
        let due = scene.now() + 150;
        queue.enqueue_with(&Job::new(1), later).await.unwrap();
        queue
            .enqueue_with(&Job::new(2), Priority::Low)
            .await
            .unwrap();
        let first = queue.claim(1).await.unwrap().pop().unwrap();
        assert_eq!(
            first.payload.unwrap().number,
            2,
            "what is not due is passed over"
        );
        let tasks = queue.claim_within(5, crate::PATIENCE).await.unwrap();
        assert!(scene.now() >= due, "it was early");
        assert_eq!(tasks.len(), 1);
        assert_eq!(tasks[0].priority, Priority::High);
    });
}

#[test]
fn who_waits_sees_what_another_adds() {
    both(async |scene: Scene| {
        let (one, other) = (scene.program().await, scene.program().await);
        let none = one.plain(1).claim_within(1, Duration::ZERO).await.unwrap();
        assert!(none.is_empty());
        let shortly = Duration::from_millis(30);
        let none = one.plain(1).claim_within(1, shortly).await.unwrap();
        assert!(none.is_empty());
        let waiting = async { one.plain(1).claim_within(1, Duration::MAX).await.unwrap() };
        let adding = async { other.plain(1).enqueue("letter").await.unwrap() };
        let (tasks, added) = tokio::join!(waiting, adding);
        assert_eq!(tasks[0].id(), added.id());
    });
}

#[test]
fn the_oldest_dead_make_room() {
    both(async |scene: Scene| {
        let store = scene.program().await;
        let queue = store.few(1);
        for number in 1..=4 {
            let id = Enqueue::new().id(format!("dead-{number}"));
            queue.enqueue_with("x", id).await.unwrap();
            let task = queue.claim(1).await.unwrap().pop().unwrap();
            assert_eq!(queue.bury(&task, "no").await.unwrap(), GivenBack::Dead);
        }
        let dead = queue.dead(0, 10).await.unwrap();
        let mut ids: Vec<_> = dead.iter().map(|task| task.id.as_str()).collect();
        ids.sort_unstable();
        assert_eq!(ids, ["dead-3", "dead-4"]);
    });
}

#[test]
fn what_is_over_is_forgotten() {
    both(async |mut scene: Scene| {
        let store = scene.program().await;
        let queue = store.brief(1);
        queue.enqueue("done").await.unwrap();
        queue.enqueue("dead").await.unwrap();
        let tasks = queue.claim(2).await.unwrap();
        assert_eq!(queue.ack(&tasks[0]).await.unwrap(), Acked::Done);
        let dead = queue.bury(&tasks[1], "no").await.unwrap();
        assert_eq!(dead, GivenBack::Dead);
        // Nobody calls any more: the keys go by themselves.
        for key in ["brief:1", "brief:1:tasks"] {
            until("gone", async || {
                (!scene.raw::<bool>(&["EXISTS", key])).then_some(())
            })
            .await;
        }
        // Whoever calls forgets what is over, though the keys stay.
        let stays = Enqueue::new().after(Duration::from_secs(3600));
        queue.enqueue_with("stays", stays).await.unwrap();
        queue.enqueue("dead").await.unwrap();
        let task = queue.claim(1).await.unwrap().pop().unwrap();
        queue.bury(&task, "no").await.unwrap();
        until("forgotten", async || {
            assert!(queue.claim(1).await.unwrap().is_empty());
            (queue.stats().await.unwrap().dead == 0).then_some(())
        })
        .await;
    });
}

#[test]
fn nothing_piles_up_while_work_goes_on() {
    both(async |mut scene: Scene| {
        let store = scene.program().await;
        let queue = store.brief(1);
        // One that stays, so that the keys do.
        let stays = Enqueue::new().after(Duration::from_secs(3600));
        queue.enqueue_with("stays", stays).await.unwrap();
        for _ in 0..300 {
            queue.enqueue("x").await.unwrap();
            let task = queue.claim(1).await.unwrap().pop().unwrap();
            queue.ack(&task).await.unwrap();
        }
        // What is left is of the last tenths of a second.
        until("forgotten", async || {
            assert!(queue.claim(1).await.unwrap().is_empty());
            (scene.raw::<u64>(&["ZCARD", "brief:1"]) == 1).then_some(())
        })
        .await;
        // Payload and state of the one, and the number that counts up.
        assert_eq!(scene.raw::<u64>(&["HLEN", "brief:1:tasks"]), 3);
    });
}

impl Scene {
    /// The server's clock, in milliseconds.
    fn now(&mut self) -> u64 {
        let (seconds, micros): (u64, u64) = self.raw(&["TIME"]);
        seconds * 1000 + micros / 1000
    }

    /// Whether the lease of a task is over.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    fn is_over(&mut self, key: &str, id: &str) -> bool {
        let score: f64 = self.raw(&["ZSCORE", key, &format!("t:{id}")]);
        score as u64 - 100 * 35_184_372_088_832 <= self.now()
    }
}
