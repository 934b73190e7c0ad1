//! Schemas that moved on without their program.

/// A change of a schema that a program built on the old one cannot follow.
pub(super) struct Moved {
    pub(super) kind: &'static str,
    pub(super) program: &'static str,
    pub(super) from: &'static str,
    pub(super) to: &'static str,
}

const fn moved(
    kind: &'static str,
    program: &'static str,
    from: &'static str,
    to: &'static str,
) -> Moved {
    Moved {
        kind,
        program,
        from,
        to,
    }
}

const F: &str = "faultline";
const I: &str = "image2model";
const RENAMED: &str = "a renamed thing of the schema";
const RETYPED: &str = "another type in the schema";
const RESHAPED: &str = "another template or structure in the schema";

pub(super) const MOVED: &[Moved] = &[
    moved(RENAMED, F, "  cached_report:", "  report_cache:"),
    moved(RENAMED, F, "      progress_hint:", "      hint:"),
    moved(
        RENAMED,
        F,
        "[queued, running, completed, failed]\n    flow: { queued: [running, completed, failed], ",
        "[waiting, running, completed, failed]\n    flow: { waiting: [running, completed, failed], ",
    ),
    moved(RETYPED, F, "job_id: { type: uuid,", "job_id: { type: u64,"),
    moved(
        RETYPED,
        F,
        "markdown: { type: string?,",
        "markdown: { type: u32?,",
    ),
    moved(
        RETYPED,
        F,
        "next_steps: { type: [string],",
        "next_steps: { type: [u32],",
    ),
    moved(
        RESHAPED,
        F,
        "string: json<CachedReport>",
        "list: json<CachedReport>",
    ),
    moved(RENAMED, I, "      completed_files:", "      done_files:"),
    moved(RENAMED, I, "  job_status:\n", "  job_state:\n"),
    moved(
        RETYPED,
        I,
        "progress: { item: file_id,",
        "progress: { item: u64,",
    ),
    moved(
        RESHAPED,
        I,
        "key: \"job:{job_id}:file:{file_id}\"",
        "key: \"job:{job_id}:file:{file_id}:{model_id}\"",
    ),
    moved(RESHAPED, I, ", message: string }", " }"),
    moved(
        RESHAPED,
        I,
        "    set: { ref: job.job_id }",
        "    list: { ref: job.job_id }",
    ),
    moved(
        RESHAPED,
        I,
        "    rate_limit: { rules: [600/1m, 6000/1h] }\n    on_unavailable: allow\n",
        "    ttl: 1m\n    counter: u32\n",
    ),
    moved(
        RESHAPED,
        I,
        "writes: [job, job_files, session_owner, user_jobs]",
        "writes: [job, job_files, session_owner]",
    ),
];
