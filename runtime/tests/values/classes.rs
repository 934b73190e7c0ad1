//! Which commands may be sent again when their reply is lost.

use std::time::{Duration, SystemTime};

use redis_schema::RetryClass::{Idempotent, Read, Unsafe};
use redis_schema::{Edits, ExpireOption, SetOptions, atomic, pipeline};

use crate::schema::{JobStatus, Task, count, map, names, task, text};

#[test]
fn reads_change_something_where_they_renew_the_lifetime() {
    assert_eq!(text::Refresh::of(1).get().retry_class(), Read);
    assert_eq!(text::OnRead::of(1).get().retry_class(), Idempotent);
    assert_eq!(names::OnRead::of(1).lrange(0, -1).retry_class(), Idempotent);
    assert_eq!(text::OnRead::of(1).strlen().retry_class(), Read);
    assert_eq!(text::OnRead::of(1).exists().retry_class(), Read);
}

#[test]
fn a_condition_that_the_first_run_changes_makes_a_write_unsafe() {
    let key = text::Refresh::of(1);
    let set = |options| key.set_with("v", options).retry_class();
    assert_eq!(set(SetOptions::new()), Idempotent);
    assert_eq!(set(SetOptions::new().keep_ttl()), Idempotent);
    assert_eq!(set(SetOptions::new().xx()), Idempotent);
    assert_eq!(set(SetOptions::new().nx()), Unsafe);
    let soon = Duration::from_secs(9);
    assert_eq!(key.expire(soon).retry_class(), Idempotent);
    let with = |option| key.expire_with(soon, option).retry_class();
    assert_eq!(with(ExpireOption::IfAny), Idempotent);
    assert_eq!(with(ExpireOption::IfNone), Unsafe);
    assert_eq!(with(ExpireOption::IfLonger), Unsafe);
}

#[test]
fn a_lifetime_that_deletes_the_key_is_unsafe() {
    let key = text::Refresh::of(1);
    assert_eq!(key.expire(Duration::ZERO).retry_class(), Unsafe);
    assert_eq!(key.pexpire(Duration::ZERO).retry_class(), Unsafe);
    assert_eq!(key.expire_at(SystemTime::now()).retry_class(), Unsafe);
    let tomorrow = SystemTime::now() + Duration::from_secs(86_400);
    assert_eq!(key.pexpire_at(tomorrow).retry_class(), Idempotent);
}

#[test]
fn edits_are_as_safe_as_what_they_do() {
    let update = |edits| task::Refresh::of(1).update(edits).retry_class();
    let set = || Edits::new().set(Task::STATUS, &JobStatus::Running);
    assert_eq!(update(set()), Idempotent);
    assert_eq!(
        update(set().only_if(Task::STATUS, &JobStatus::Queued)),
        Unsafe
    );
    assert_eq!(update(set().incr(Task::DONE, 1)), Unsafe);
}

#[test]
fn cutting_a_list_down_to_an_end_may_be_repeated() {
    let trim = |start, stop| names::Refresh::of(1).ltrim(start, stop).retry_class();
    assert_eq!(trim(0, 99), Idempotent);
    assert_eq!(trim(-100, -1), Idempotent);
    for (start, stop) in [(1, -1), (0, -2), (5, 9), (-3, 2)] {
        assert_eq!(trim(start, stop), Unsafe, "{start} {stop}");
    }
}

#[test]
fn a_batch_is_as_safe_as_its_worst_command() {
    let (one, two) = (text::Refresh::of(1), text::Refresh::of(2));
    assert_eq!(
        pipeline((one.get(), two.get())).retry_class().unwrap(),
        Read
    );
    assert_eq!(
        atomic((one.set("v"), two.set("w"))).retry_class().unwrap(),
        Idempotent
    );
    let counted = count::Refresh::of(1).incr();
    assert_eq!(
        pipeline((one.get(), counted)).retry_class().unwrap(),
        Unsafe
    );
}

#[test]
fn a_batch_that_reads_before_it_writes_is_unsafe() {
    let key = text::Refresh::of(1);
    let read_back = atomic((key.set("v"), key.get()));
    assert_eq!(read_back.retry_class().unwrap(), Idempotent);
    let swap = atomic((key.get(), key.set("v")));
    assert_eq!(swap.retry_class().unwrap(), Unsafe);
    let renewed = text::OnRead::of(1);
    let reads = pipeline((renewed.get(), renewed.get()));
    assert_eq!(reads.retry_class().unwrap(), Idempotent);
}

#[test]
fn answers_that_would_lie_make_commands_unsafe() {
    assert_eq!(text::Refresh::of(1).del().retry_class(), Unsafe);
    assert_eq!(map::Refresh::of(1).hset(&1, "v").retry_class(), Unsafe);
    assert_eq!(
        task::Refresh::of(1)
            .hset(&Task::new(JobStatus::Queued, 1))
            .retry_class(),
        Idempotent
    );
}
