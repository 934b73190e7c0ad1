//! Adding, claiming and settling tasks.

use std::time::Duration;

use redis_schema::queue::{Acked, Claim, Enqueue, Enqueued, GivenBack, TaskState};
use redis_schema::{ErrorKind, RetryClass};

use crate::queues::Job;
use crate::queues::keys::{self, RankedPriority as Priority};
use crate::{Scene, both};

#[test]
fn a_task_is_added_claimed_and_done_once() {
    both(async |mut scene: Scene| {
        let store = scene.program().await;
        let queue = store.plain(1);
        let added = queue.enqueue("letter").await.unwrap();
        assert!(added.is_added());
        let state = async || queue.state(added.id()).await.unwrap();
        assert_eq!(state().await, Some(TaskState::Waiting));
        let mut claimed = queue.claim(10).await.unwrap();
        let task = claimed.pop().unwrap();
        assert!(claimed.is_empty(), "there is one");
        assert_eq!((task.id(), task.attempt), (added.id(), 1));
        assert_eq!(task.payload.as_deref().unwrap(), "letter");
        assert_eq!(state().await, Some(TaskState::Claimed));
        assert!(queue.claim(10).await.unwrap().is_empty(), "it is taken");
        assert!(queue.extend(&task).await.unwrap());
        assert_eq!(queue.ack(&task).await.unwrap(), Acked::Done);
        assert_eq!(queue.ack(&task).await.unwrap(), Acked::Done, "repeated");
        assert_eq!(state().await, Some(TaskState::Done));
        let other = Claim::new(task.id(), redis_schema::lock::Token::random());
        assert_eq!(queue.ack(&other).await.unwrap(), Acked::AlreadyDone);
        assert!(!queue.extend(&task).await.unwrap(), "it is over");
        assert_eq!(queue.retry(&task, "late").await.unwrap(), GivenBack::Lost);
        let left: bool = scene.raw(&["HEXISTS", "plain:1:tasks", &format!("p:{}", task.id())]);
        assert!(!left, "the payload of what is done is gone");
        for key in ["plain:1", "plain:1:tasks"] {
            let left: i64 = scene.raw(&["PTTL", key]);
            assert!((1..=1_209_600_000).contains(&left), "{key}: {left}");
        }
        queue.enqueue("another").await.unwrap();
        for key in ["plain:1", "plain:1:tasks"] {
            assert_eq!(scene.raw::<i64>(&["PTTL", key]), -1, "work does not expire");
        }
    });
}

#[test]
fn equals_come_in_order_and_the_urgent_first() {
    both(async |scene: Scene| {
        let store = scene.program().await;
        let queue = store.ranked(1);
        let order = [
            (1, Priority::Low),
            (2, Priority::Normal),
            (3, Priority::High),
            (4, Priority::Low),
            (5, Priority::High),
        ];
        for (number, priority) in order {
            queue
                .enqueue_with(&Job::new(number), priority)
                .await
                .unwrap();
        }
        let stats = queue.stats().await.unwrap();
        let counts = [Priority::High, Priority::Normal, Priority::Low].into_iter();
        assert_eq!(stats.waiting, counts.zip([2, 1, 2]).collect::<Vec<_>>());
        assert_eq!((stats.waiting(), stats.open()), (5, 5));
        let mut seen = Vec::new();
        for task in queue.claim(2).await.unwrap() {
            seen.push((task.payload.unwrap().number, task.priority));
        }
        let late = Enqueue::at(Priority::High).id("late");
        queue.enqueue_with(&Job::new(6), late).await.unwrap();
        for task in queue.claim(100).await.unwrap() {
            seen.push((task.payload.unwrap().number, task.priority));
        }
        let numbers: Vec<u32> = seen.iter().map(|(number, _)| *number).collect();
        assert_eq!(numbers, [3, 5, 6, 2, 1, 4]);
        assert_eq!(seen[2].1, Priority::High);
        assert_eq!(seen[5].1, Priority::Low);
    });
}

#[test]
fn an_id_is_taken_once() {
    both(async |mut scene: Scene| {
        let store = scene.program().await;
        let queue = store.brief(1);
        let named = || Enqueue::new().id("report");
        let add = async |payload: &str| queue.enqueue_with(payload, named()).await.unwrap();
        assert_eq!(add("one").await, Enqueued::Added("report".to_owned()));
        assert_eq!(add("two").await, Enqueued::Duplicate("report".to_owned()));
        assert_eq!(queue.stats().await.unwrap().waiting(), 1);
        let task = queue.claim(1).await.unwrap().pop().unwrap();
        assert_eq!(task.payload.as_deref().unwrap(), "one");
        assert!(!add("three").await.is_added(), "while somebody has it");
        assert_eq!(queue.ack(&task).await.unwrap(), Acked::Done);
        assert!(
            !add("four").await.is_added(),
            "while it is known to be done"
        );
        // Known for as long as the schema says, which is not long.
        crate::until("free again", async || {
            add("five").await.is_added().then_some(())
        })
        .await;
        let task = queue.claim(1).await.unwrap().pop().unwrap();
        assert_eq!(
            (task.payload.as_deref().unwrap(), task.attempt),
            ("five", 1)
        );
        let refused = queue.enqueue_with("none", Enqueue::new().id("")).await;
        assert_eq!(refused.unwrap_err().kind(), ErrorKind::Encode);
        let long = "x".repeat(513);
        let refused = queue.enqueue_with("none", Enqueue::new().id(long)).await;
        assert_eq!(refused.unwrap_err().kind(), ErrorKind::Encode);
        let odd = "a b:{c}\n\u{fc}";
        queue
            .enqueue_with("odd", Enqueue::new().id(odd))
            .await
            .unwrap();
        assert_eq!(queue.claim(1).await.unwrap()[0].id(), odd);
        scene.raw::<()>(&["PING"]);
    });
}

#[test]
fn what_fails_waits_and_then_is_dead() {
    both(async |scene: Scene| {
        let store = scene.program().await;
        let queue = store.patient(1);
        let id = queue.enqueue("letter").await.unwrap().id().to_owned();
        let task = queue.claim(1).await.unwrap().pop().unwrap();
        let back = queue.retry(&task, "no answer").await.unwrap();
        let GivenBack::Waits(wait) = back else {
            panic!("{back:?}");
        };
        assert!((500..=1000).contains(&wait.as_millis()), "{wait:?}");
        assert_eq!(queue.state(&id).await.unwrap(), Some(TaskState::Delayed));
        assert!(queue.claim(1).await.unwrap().is_empty(), "not yet");
        assert_eq!(queue.ack(&task).await.unwrap(), Acked::Lost, "given back");
        let again = queue.retry(&task, "no answer").await.unwrap();
        assert!(matches!(again, GivenBack::Waits(_)), "repeated: {again:?}");
        let stats = queue.stats().await.unwrap();
        assert_eq!((stats.delayed, stats.open()), (1, 1));

        // At once, until no attempt is left.
        let queue = store.plain(1);
        queue.enqueue("letter").await.unwrap();
        for attempt in 1..=3 {
            let task = queue.claim(1).await.unwrap().pop().unwrap();
            assert_eq!(task.attempt, attempt);
            let back = queue
                .retry(&task, &format!("failure {attempt}"))
                .await
                .unwrap();
            let expected = match attempt {
                3 => GivenBack::Dead,
                _ => GivenBack::Waits(Duration::ZERO),
            };
            assert_eq!(back, expected);
            let again = queue.retry(&task, "repeated").await.unwrap();
            assert_eq!(again, expected);
        }
        let dead = queue.dead(0, 10).await.unwrap();
        assert_eq!(dead.len(), 1);
        assert_eq!((dead[0].attempts, dead[0].why.as_str()), (3, "failure 3"));
        assert_eq!(dead[0].payload.as_deref().unwrap(), "letter");
        assert_eq!(dead[0].priority, Some(()));
        assert!(dead[0].at.elapsed().unwrap_or_default() < crate::PATIENCE);
        assert!(queue.requeue_dead(&dead[0].id).await.unwrap());
        assert!(!queue.requeue_dead(&dead[0].id).await.unwrap(), "it waits");
        let task = queue.claim(1).await.unwrap().pop().unwrap();
        assert_eq!(task.attempt, 1, "with all its attempts");
        assert_eq!(queue.bury(&task, "never").await.unwrap(), GivenBack::Dead);
        assert_eq!(queue.bury(&task, "never").await.unwrap(), GivenBack::Dead);
        let long = "\u{fc}".repeat(5000);
        queue.enqueue("x").await.unwrap();
        let task = queue.claim(1).await.unwrap().pop().unwrap();
        queue.bury(&task, &long).await.unwrap();
        let dead = queue.dead(0, 10).await.unwrap();
        let mut lengths: Vec<_> = dead.iter().map(|task| task.why.len()).collect();
        // Within one millisecond neither died first.
        lengths.sort_unstable();
        assert_eq!(lengths, [5, 1000]);
        assert_eq!(queue.dead(1, 10).await.unwrap().len(), 1);
    });
}

#[test]
fn nothing_is_claimed_while_it_is_paused() {
    both(async |mut scene: Scene| {
        let store = scene.program().await;
        let queue = store.plain(1);
        queue.enqueue("one").await.unwrap();
        let task = queue.claim(1).await.unwrap().pop().unwrap();
        queue.pause().await.unwrap();
        queue.enqueue("two").await.unwrap();
        assert!(queue.claim(1).await.unwrap().is_empty());
        assert!(queue.stats().await.unwrap().paused);
        assert_eq!(
            queue.ack(&task).await.unwrap(),
            Acked::Done,
            "what is claimed goes on"
        );
        queue.resume().await.unwrap();
        assert_eq!(queue.claim(1).await.unwrap().len(), 1);
        queue.clear().await.unwrap();
        assert!(!scene.raw::<bool>(&["EXISTS", "plain:1", "plain:1:tasks"]));
        // A pause outlives an empty queue.
        queue.pause().await.unwrap();
        assert_eq!(scene.raw::<i64>(&["PTTL", "plain:1:tasks"]), -1);
        queue.enqueue("three").await.unwrap();
        assert!(queue.claim(1).await.unwrap().is_empty());
        queue.resume().await.unwrap();
        assert_eq!(queue.claim(1).await.unwrap().len(), 1);
    });
}

#[test]
fn a_payload_that_cannot_be_read_harms_no_other() {
    both(async |mut scene: Scene| {
        let store = scene.program().await;
        let queue = store.ranked(1);
        let bad = Enqueue::at(Priority::High).id("bad");
        queue.enqueue_with(&Job::new(1), bad).await.unwrap();
        queue
            .enqueue_with(&Job::new(2), Priority::Low)
            .await
            .unwrap();
        scene.raw::<()>(&["HSET", "ranked:1:tasks", "p:bad", "{"]);
        let tasks = queue.claim(10).await.unwrap();
        assert_eq!(tasks.len(), 2);
        let error = tasks[0].payload.as_ref().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Corrupt);
        assert_eq!(tasks[1].payload.as_ref().unwrap().number, 2);
        queue.bury(&tasks[0], &error.to_string()).await.unwrap();
        let dead = queue.dead(0, 10).await.unwrap();
        assert!(dead[0].payload.is_err());
        // What lies there without a payload is dropped; everything else goes on.
        queue
            .enqueue_with(&Job::new(3), Priority::Low)
            .await
            .unwrap();
        scene.raw::<()>(&["DEL", "ranked:1:tasks"]);
        assert!(queue.claim(10).await.unwrap().is_empty());
        assert_eq!(queue.stats().await.unwrap().waiting(), 0);
    });
}

#[test]
fn commands_run_on_any_connection_and_in_batches() {
    both(async |scene: Scene| {
        let store = scene.program().await;
        let (one, two) = (keys::plain(1), keys::plain(2));
        store
            .atomic((one.enqueue("a"), two.enqueue("b")))
            .await
            .unwrap();
        let mut connection = scene.server.connect(scene.protocol, 0);
        let task = one.claim(1).query(&mut connection).unwrap().pop().unwrap();
        assert_eq!(one.ack(&task).query(&mut connection).unwrap(), Acked::Done);
        let (left, right) = store.pipeline((one.stats(), two.stats())).await.unwrap();
        assert_eq!((left.done, right.waiting()), (1, 1));
        for class in [
            one.enqueue("a").retry_class(),
            one.claim(1).retry_class(),
            one.ack(&task).retry_class(),
            one.extend(&task).retry_class(),
            one.retry(&task, "").retry_class(),
        ] {
            assert_eq!(class, RetryClass::Tokened);
        }
    });
}
