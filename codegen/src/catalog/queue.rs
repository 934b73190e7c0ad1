//! Queues of work.

use super::table::methods;

methods! {
    Read {
        /// What is known of a task; `None` when nothing is.
        state(id) -> "Option<TaskState>" => Plain ["ZSCORE key member"];
        /// How many tasks there are.
        stats() -> "QueueStats<P>": "O(p log n)" => Plain ["EVAL stats 2 key tasks done dead most priorities"];
        /// Up to `count` dead tasks, 100 at most, those that died first in front, without the first `skip`.
        dead(skip, count) -> "Vec<DeadTask<V, P>>": "O(log n + skip + count)" =>
            Plain ["EVAL dead 2 key tasks done dead most skip count"];
    }
    Write {
        /// Adds a task, under an id of its own.
        enqueue(payload) -> "Enqueued" tokened alike: "O(log n)" =>
            Plain ["EVAL enqueue 2 key tasks done dead most id payload priority delay token"];
        /// Adds a task with a priority, after a while, or under an id that is taken once: while a task of this id is known, another is a
        /// duplicate, and adds nothing.
        enqueue_with(payload, how) -> "Enqueued" tokened: "O(log n)" =>
            Plain ["EVAL enqueue 2 key tasks done dead most id payload priority delay token"];
        /// Claims up to `count` tasks, 100 at most, the most urgent first: they are left to the caller for the declared lease. None when there is
        /// nothing to do, or the queue is paused.
        claim(count) -> "Vec<Task<V, P>>" tokened: "O((count + d) log n)" =>
            Plain ["EVAL claim 2 key tasks done dead most token count lease attempts priorities"];
        /// Starts the lease of a claim anew; tells whether the claim still had the task. A lease that is over is never extended.
        extend(task) -> "bool" tokened: "O(log n)" => Plain ["EVAL extend 2 key tasks done dead most id token lease"];
        /// Works on a task and extends its lease each time a third of it is over; `None`, and the work is dropped, as soon as the task is
        /// somebody else's.
        keep_while(task, work) -> "Option<W>" tokened stepwise: "O(log n)" =>
            Plain ["EVAL extend 2 key tasks done dead most id token lease", "…"];
        /// Says that a task is done: its id is known for as long as the schema's `keep:` says, its payload is gone.
        ack(task) -> "Acked" tokened: "O(log n)" => Plain ["EVAL ack 2 key tasks done dead most id token"];
        /// Gives a task back that could not be done: it is tried again after the declared back-off, or is dead when no attempt is left.
        retry(task, why) -> "GivenBack" tokened: "O(log n)" =>
            Plain ["EVAL give_back 2 key tasks done dead most id token why attempts wait first longest chance"];
        /// As `retry`, to be tried again after exactly so long.
        retry_in(task, why, delay) -> "GivenBack" tokened: "O(log n)" =>
            Plain ["EVAL give_back 2 key tasks done dead most id token why attempts wait first longest chance"];
        /// Gives a task up that can never be done, whatever attempts are left.
        bury(task, why) -> "GivenBack" tokened: "O(log n)" =>
            Plain ["EVAL give_back 2 key tasks done dead most id token why attempts wait first longest chance"];
        /// Lets a dead task wait again, with all its attempts; tells whether it was dead.
        requeue_dead(id) -> "bool" repeatable: "O(log n)" => Plain ["EVAL requeue 2 key tasks done dead most id"];
        /// Lets nobody claim anything until `resume`. What is claimed goes on, and may be acknowledged; tasks may be added.
        pause() again => Plain ["EVAL pause 2 key tasks done dead most on"];
        /// Lets tasks be claimed again.
        resume() again: "O(log n)" => Plain ["EVAL pause 2 key tasks done dead most on"];
        /// Deletes every task, and all that is known of those that were; a pause ends.
        clear() again => Plain ["UNLINK key tasks"];
    }
    Wait {
        /// Claims as `claim` does, and waits up to `wait` for something to claim; no task when there was none.
        claim_within(count, wait) -> "Vec<Task<V, P>>" tokened stepwise: "O((count + d) log n)" =>
            Plain ["EVAL claim 2 key tasks done dead most token count lease attempts priorities", "…"];
        /// Claims tasks and works on up to `at_once` of them at a time, until `stop` completes; then it claims no more, and returns when what it
        /// has is done.
        work(at_once, stop, body) tokened stepwise: "O(log n)" =>
            Plain ["EVAL claim 2 key tasks done dead most token count lease attempts priorities", "…",
                "[EVAL extend 2 key tasks done dead most id token lease]", "[EVAL ack 2 key tasks done dead most id token]", "…"];
    }
}
