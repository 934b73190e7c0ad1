//! Mistakes in `examples/image2model`.

use super::Switch;

const fn mistake(
    file: &'static str,
    kind: &'static str,
    from: &'static str,
    to: &'static str,
) -> Switch {
    Switch {
        kind,
        program: "image2model",
        file,
        from,
        to,
    }
}

const fn jobs(kind: &'static str, from: &'static str, to: &'static str) -> Switch {
    mistake("jobs", kind, from, to)
}

const fn limits(kind: &'static str, from: &'static str, to: &'static str) -> Switch {
    mistake("limits", kind, from, to)
}

const fn progress(kind: &'static str, from: &'static str, to: &'static str) -> Switch {
    mistake("progress", kind, from, to)
}

const CREATED: &str = "self.store
            .create_job(units::CreateJob {
                job_id,
                api_key_hash: api_key_hash.into(),
                job: &job,
                job_files: files,
                session_owner: api_key_hash,
                user_jobs: &[job_id],
            })
            .await?;";

const DONE: &str = "self.store
                    .atomic((
                        stored.set(result),
                        job.update(Edits::new().incr(Job::COMPLETED_FILES, 1)),
                    ))
                    .await?;";

const STARTED: &str = "job
            .update(Edits::new().set(Job::STATUS, &JobStatus::Running))
            .await?";

pub(super) const JOBS: &[Switch] = &[
    jobs(
        "keys of a unit written one by one",
        CREATED,
        "self.store.job(job_id).hset(&job).await?;
        self.store.job_files(job_id).rpush_many(files).await?;
        self.store.session_owner(job_id).set(api_key_hash).await?;
        self.store.user_jobs(api_key_hash).sadd(&job_id).await?;",
    ),
    jobs(
        "a wrong value",
        CREATED,
        "let nobody = \"0\".repeat(64);
        self.store.create_job(units::CreateJob {
            job_id,
            api_key_hash: api_key_hash.into(),
            job: &job,
            job_files: files,
            session_owner: &nobody,
            user_jobs: &[job_id],
        }).await?;",
    ),
    jobs(
        "a write left out",
        CREATED,
        "self.store.create_job(units::CreateJob {
            job_id,
            api_key_hash: api_key_hash.into(),
            job: &job,
            job_files: files,
            session_owner: api_key_hash,
            user_jobs: &[],
        }).await?;",
    ),
    jobs("a wrong value", "JobStatus::Pending", "JobStatus::Running"),
    jobs(
        "a wrong value",
        "u32::try_from(files.len()).unwrap_or(u32::MAX)",
        "0",
    ),
    jobs(
        "a question not asked",
        "owner.as_deref() == Some(api_key_hash)",
        "owner.is_some()",
    ),
    jobs(
        "a wrong value",
        "job.failed_files == 0",
        "job.failed_files != 0",
    ),
    jobs(
        "keys of two databases in one transaction",
        DONE,
        "self.store.atomic((
            stored.set(result),
            self.store.file_progress(job_id).begin([file_id]),
        )).await?;",
    ),
    jobs(
        "a write left out",
        DONE,
        "self.store.atomic((stored.set(result),)).await?;",
    ),
    jobs(
        "another field",
        "Edits::new().incr(Job::FAILED_FILES, 1)",
        "Edits::new().incr(Job::TOTAL_FILES, 1)",
    ),
    jobs(
        "another field",
        "Edits::new().incr(Job::COMPLETED_FILES, 1)",
        "Edits::new().incr(Job::FAILED_FILES, 1)",
    ),
    jobs(
        "a write that brings back what is gone",
        STARTED,
        "{ job.hset_field(Job::STATUS, &JobStatus::Running).await?; true }",
    ),
    jobs(
        "a raw command in place of an accessor",
        STARTED,
        r#"{
            let mut raw = redis_schema::redis::cmd("HSET");
            raw.arg(format!("job:{job_id}")).arg("status").arg("running");
            self.store.raw_connection(1).expect("opened").send(&raw).await.expect("sent");
            true
        }"#,
    ),
    jobs(
        "a step left out",
        "self.store
                .job_events(job_id)
                .publish(&JobEventsMessage::Started)
                .await?;",
        "",
    ),
    jobs(
        "a step left out",
        "self.store.everything_of_a_job(job_id).invalidate().await",
        "Ok(self.store.everything_of_a_job(job_id).list().await?.len() as u64)",
    ),
];

pub(super) const LIMITS: &[Switch] = &[
    limits(
        "a wrong value",
        "of_caller.admit().await",
        "of_caller.admit_cost(2).await",
    ),
    limits(
        "a raw command in place of an accessor",
        "Ok(looked_at.peek().await?.remaining)",
        r#"{
            use redis_schema::redis::{cmd, from_redis_value};
            let _ = looked_at;
            let key = format!("rl:key:{api_key_hash}");
            let raw = self.store.raw_connection(3).expect("opened");
            let count = raw.send(cmd("HLEN").arg(&key)).await.expect("sent");
            Ok(600 - from_redis_value::<u32>(count).expect("a number"))
        }"#,
    ),
    limits(
        "a key's name typed by hand",
        "of_address.admit().await",
        r#"{
            use redis_schema::redis::cmd;
            let key = format!("rl-ip:{address}");
            let raw = self.store.raw_connection(3).expect("opened");
            raw.send(cmd("HINCRBY").arg(&key).arg("60000").arg(1)).await.expect("sent");
            of_address.peek().await
        }"#,
    ),
];

pub(super) const PROGRESS: &[Switch] = &[
    progress(
        "a write left out",
        "files.begin(file_ids).await.map(drop)",
        "Ok(())",
    ),
    progress(
        "a write left out",
        "files.begin(file_ids).await.map(drop)",
        "files.begin(&file_ids[..1]).await.map(drop)",
    ),
    progress(
        "a wrong value",
        "files.report(file_id, percent.into())",
        "files.report(file_id, 0)",
    ),
    progress(
        "a wrong value",
        "files.report_with(file_id, percent.into(), words)",
        "files.report_with(file_id, 0, words)",
    ),
    progress(
        "a wrong value",
        "files.report_with(file_id, percent.into(), words)",
        "files.report_with(file_id, percent.into(), file_id)",
    ),
    progress(
        "keys of two databases in one transaction",
        "self.store.file_progress(job_id).snapshot().await?",
        "{
            let status = self.store.job_status(job_id).get();
            let files = self.store.file_progress(job_id).snapshot();
            self.store.atomic((files, status)).await?.0
        }",
    ),
    progress(
        "an announcement left out",
        "self.store.progress_events(job_id).publish(&event).await?;",
        "drop(event);",
    ),
];
