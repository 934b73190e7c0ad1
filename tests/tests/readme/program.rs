//! The README's program, each statement on a line of its own as it stands there.

#![allow(unused_imports, unreachable_pub, clippy::print_stdout)]

use redis_schema::redis_schema;

#[redis_schema("tests/readme/faultline.redis.yaml")]
pub mod faultline {}

#[rustfmt::skip]
use faultline::{keys, Job, JobStatus, Store};

use redis_schema::value::{Json, Uuid};

/// Does what it says, and counts the keys that it lists.
#[rustfmt::skip]
pub async fn run(url: &str, mut connection: redis::Connection) -> redis_schema::Result<usize> {
    let (job_id, hash, metadata) = (Uuid::new_v4(), "a".repeat(64), Json::Null);
    let id = job_id;

    let store = Store::connect(url).await?;
    let job = store.job(job_id);
    job.set(&Job::new(JobStatus::Queued, &hash, metadata)).await?;
    let seen: Option<Job> = job.get().await?;

    let (job, summary) = store.pipeline((keys::job(id).get(), keys::cached_summary(&hash).get())).await?;
    assert_eq!((&job, summary), (&seen, None));
    let done = Job::new(JobStatus::Completed, &hash, Json::Bool(true));
    store.atomic((keys::job(id).set(&done), keys::cached_summary(&hash).set("all good"))).await?;

    let job = keys::job(id).get().query(&mut connection)?;
    assert_eq!(job.as_ref(), Some(&done));

    let mut listed = 0;
    let mut jobs = store.family::<keys::Job>().scan();
    while let Some(key) = jobs.next().await {
        println!("{}", key?.job_id);
        listed += 1;
    }
    Ok(listed)
}
