//! Mistakes in `examples/faultline`.

use super::Switch;

const fn service(kind: &'static str, from: &'static str, to: &'static str) -> Switch {
    Switch {
        kind,
        program: "faultline",
        file: "service",
        from,
        to,
    }
}

const STORED: &str = "self.store.job(id).set(&job).await?;";

pub(super) const SERVICE: &[Switch] = &[
    service("a write left out", STORED, ""),
    service(
        "a write left out",
        "self.store
            .cached_report(&job.content_hash)
            .set(&report)
            .await?;",
        "",
    ),
    service(
        "a raw command in place of an accessor",
        STORED,
        r#"let mut raw = redis_schema::redis::cmd("SET");
        raw.arg(format!("job:{id}")).arg(serde_json::to_string(&job).expect("JSON"));
        self.store.raw_connection(0).expect("opened").send(&raw).await.expect("sent");"#,
    ),
    service(
        "a key's name typed by hand",
        STORED,
        r#"let mut raw = redis_schema::redis::cmd("SET");
        raw.arg(format!("job:{id}")).arg(serde_json::to_string(&job).expect("JSON")).arg("EX").arg(3600);
        self.store.raw_connection(0).expect("opened").send(&raw).await.expect("sent");"#,
    ),
    service(
        "a command built without its store",
        STORED,
        "self.store.pipeline((keys::job(id).set(&job),)).await?;",
    ),
    service(
        "a parameter outside its alphabet",
        "(Uuid::new_v4(), content_hash(text))",
        "(Uuid::new_v4(), text.to_owned())",
    ),
    service(
        "a question not asked",
        "status != before && !before.can_become(status)",
        "false",
    ),
    service(
        "a step left out",
        "complete(&mut job, cached);",
        "drop(cached);",
    ),
    service(
        "a step left out",
        "job.result = Some(report.result);",
        "drop(report.result);",
    ),
    service("a step left out", "unreadable += 1", ""),
    service(
        "a wrong value",
        "job.status = status;",
        "job.status = status; job.created_at = TimestampMs::new(1);",
    ),
    service(
        "a wrong value",
        "Job::new(JobStatus::Queued, hash, TimestampMs::now(), metadata)",
        "Job::new(JobStatus::Running, hash, TimestampMs::now(), metadata)",
    ),
];
