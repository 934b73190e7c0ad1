//! Mistakes that no program with generated accessors should get away with.

/// A mistake: what a program says, and what it says wrongly.
pub(super) struct Mistake {
    pub(super) kind: &'static str,
    pub(super) from: &'static str,
    pub(super) to: &'static str,
}

const fn mistake(kind: &'static str, from: &'static str, to: &'static str) -> Mistake {
    Mistake { kind, from, to }
}

const METHOD: &str = "a method that the structure lacks";
const KEY: &str = "a key that the schema lacks";
const VALUE: &str = "a value of another type";
const PARAM: &str = "a parameter of another type";
const DROPPED: &str = "a parameter left out";
const FIELD: &str = "a field that the record lacks";
const INCOMPLETE: &str = "a field left out";
const VARIANT: &str = "a variant that the enum lacks";
const RESULT: &str = "a result of another type";
const RAW: &str = "a key's name in place of a key";
/// Of this the compiler warns, and does not refuse it.
pub(super) const UNSENT: &str = "a command that is never sent";

pub(super) const MISTAKES: &[Mistake] = &[
    mistake(
        METHOD,
        ".cached_report(&job.content_hash).get()",
        ".cached_report(&job.content_hash).hgetall()",
    ),
    mistake(
        METHOD,
        "self.store.job(id).set(&job)",
        "self.store.job(id).rpush(&job)",
    ),
    mistake(
        METHOD,
        "self.store.job(id).get()",
        "self.store.job(id).lpop()",
    ),
    mistake(METHOD, "handle(*key).get()", "handle(*key).smembers()"),
    mistake(METHOD, "handle.update_with(", "handle.incr_with("),
    mistake(METHOD, "job.hgetall()", "job.get()"),
    mistake(METHOD, "files.lrange(0, -1)", "files.smembers()"),
    mistake(METHOD, ".smembers()", ".lrange(0, -1)"),
    mistake(
        METHOD,
        ".session_owner(job_id).get()",
        ".session_owner(job_id).incr()",
    ),
    mistake(METHOD, ".publish(", ".set("),
    mistake(METHOD, ".admit().await", ".incr().await"),
    mistake(METHOD, ".begin(file_ids)", ".rpush(file_ids)"),
    mistake(METHOD, ".snapshot()", ".hgetall()"),
    mistake(KEY, ".cached_report(", ".report_cache("),
    mistake(KEY, "keys::Job>", "keys::Analysis>"),
    mistake(KEY, ".session_owner(", ".owner_of_session("),
    mistake(KEY, ".job_status(", ".job_state("),
    mistake(KEY, ".job_result(", ".file_result("),
    mistake(KEY, ".job_events(", ".job_event("),
    mistake(KEY, ".user_jobs(", ".jobs_of_user("),
    mistake(KEY, ".everything_of_a_job(", ".everything_of_a_file("),
    mistake(KEY, ".create_job(", ".make_job("),
    mistake(KEY, ".calls_per_key(", ".calls_per_caller("),
    mistake(KEY, ".calls_per_ip(", ".calls_per_address("),
    mistake(KEY, ".file_progress(", ".progress_of_files("),
    mistake(KEY, ".progress_events(", ".progress_news("),
    mistake(VALUE, ".set(&job)", ".set(&job.content_hash)"),
    mistake(VALUE, ".set(&report)", ".set(&report.markdown)"),
    mistake(VALUE, ".set(&JobStatus::Running)", ".set(\"running\")"),
    mistake(
        VALUE,
        "(Job::STATUS, &JobStatus::Running)",
        "(Job::STATUS, \"running\")",
    ),
    mistake(VALUE, "stored.set(result)", "stored.set(&result.url)"),
    mistake(VALUE, ".begin(file_ids)", ".begin([1, 2])"),
    mistake(VALUE, ".report(file_id, ", ".report(&job_id, "),
    mistake(VALUE, "percent.into(), words", "words, percent"),
    mistake(VALUE, ".publish(&event)", ".publish(&percent)"),
    mistake(VALUE, ".publish(&message)", ".publish(&status)"),
    mistake(VALUE, "job_files: files,", "job_files: &[job_id],"),
    mistake(VALUE, "Job::COMPLETED_FILES, 1", "Job::STATUS, 1"),
    mistake(PARAM, "self.store.job(id)", "self.store.job(\"1\")"),
    mistake(PARAM, "self.store.job(job_id)", "self.store.job(1_u64)"),
    mistake(PARAM, ".job_files(job_id)", ".job_files(\"1\")"),
    mistake(
        PARAM,
        ".job_result(job_id, file_id)",
        ".job_result(file_id, job_id)",
    ),
    mistake(PARAM, ".file_progress(job_id)", ".file_progress(\"1\")"),
    mistake(
        PARAM,
        ".calls_per_ip(address)",
        ".calls_per_ip(\"10.0.0.1\")",
    ),
    mistake(
        PARAM,
        ".everything_of_a_job(job_id)",
        ".everything_of_a_job(\"*\")",
    ),
    mistake(
        DROPPED,
        ".job_result(job_id, file_id)",
        ".job_result(job_id)",
    ),
    mistake(DROPPED, ".file_progress(job_id)", ".file_progress()"),
    mistake(DROPPED, ".job_status(job_id)", ".job_status()"),
    mistake(
        DROPPED,
        ".cached_report(&job.content_hash)",
        ".cached_report()",
    ),
    mistake(FIELD, "Job::COMPLETED_FILES", "Job::DONE_FILES"),
    mistake(FIELD, "Job::STATUS", "Job::STATE"),
    mistake(FIELD, "job.failed_files", "job.failures"),
    mistake(FIELD, "job.progress_hint =", "job.hint ="),
    mistake(FIELD, "job.markdown =", "job.text ="),
    mistake(FIELD, "report.result", "report.report"),
    mistake(FIELD, "message: message", "note: message"),
    mistake(FIELD, "seen.items", "seen.files"),
    mistake(FIELD, "next_steps: findings", "steps: findings"),
    mistake(INCOMPLETE, "            at: TimestampMs::now(),\n", ""),
    mistake(
        INCOMPLETE,
        "                session_owner: api_key_hash,\n",
        "",
    ),
    mistake(INCOMPLETE, "                user_jobs: &[job_id],\n", ""),
    mistake(INCOMPLETE, "        score,\n", ""),
    mistake(INCOMPLETE, ", TimestampMs::now(), metadata)", ", metadata)"),
    mistake(VARIANT, "JobStatus::Queued", "JobStatus::Waiting"),
    mistake(VARIANT, "JobStatus::Completed", "JobStatus::Done"),
    mistake(VARIANT, "JobStatus::Pending", "JobStatus::New"),
    mistake(
        VARIANT,
        "JobEventsMessage::Started",
        "JobEventsMessage::Begun",
    ),
    mistake(RESULT, "Result<Option<Job>>", "Result<Option<Report>>"),
    mistake(RESULT, "jobs: Vec<Uuid>", "jobs: Vec<String>"),
    mistake(RESULT, "BTreeMap<String, u32>", "BTreeMap<String, String>"),
    mistake(RESULT, "-> Result<u32>", "-> Result<u8>"),
    mistake(
        RAW,
        "self.store.job(id).get()",
        "self.store.handle(format!(\"job:{id}\")).get()",
    ),
    mistake(
        RAW,
        "self.store.job(job_id).hgetall()",
        "self.store.handle(format!(\"job:{job_id}\")).hgetall()",
    ),
    mistake(
        RAW,
        "self.store.file_progress(job_id).snapshot()",
        "self.store.handle(format!(\"progress:{job_id}:files\")).snapshot()",
    ),
    mistake(
        UNSENT,
        "self.store.job(id).set(&job).await?;",
        "self.store.job(id).set(&job);",
    ),
    mistake(
        UNSENT,
        "self.store.job_status(job_id).set(&status).await?;",
        "self.store.job_status(job_id).set(&status);",
    ),
    mistake(
        UNSENT,
        "self.store.progress_events(job_id).publish(&event).await?;",
        "self.store.progress_events(job_id).publish(&event);",
    ),
];
