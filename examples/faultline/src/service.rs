//! The life of an analysis.

use redis_schema::Result;
use redis_schema::value::{TimestampMs, Uuid};
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use crate::analyse::analyse;
use crate::keyspace::{CachedReport, Job, JobStatus, Store, keys};

/// Attempts at an update before giving up; every failed attempt means that somebody else succeeded.
const ATTEMPTS: u32 = 16;

/// The service over one store.
#[derive(Debug, Clone)]
pub struct Service {
    store: Store,
}

/// What became of an update.
#[derive(Debug, Clone, PartialEq)]
pub enum Update {
    /// The job as it is now.
    Done(Box<Job>),
    /// There is no such job: it never was, or has expired.
    Gone,
    /// Its status does not allow the step.
    NotAllowed(JobStatus),
}

impl Service {
    /// A service over an open store.
    #[must_use]
    pub const fn new(store: Store) -> Self {
        Self { store }
    }

    /// Takes a text: the job is complete at once if this very text has been analysed before.
    ///
    /// # Errors
    /// The server failed.
    pub async fn submit(&self, text: &str, metadata: Value) -> Result<(Uuid, Job)> {
        let (id, hash) = (Uuid::new_v4(), content_hash(text));
        let mut job = Job::new(JobStatus::Queued, hash, TimestampMs::now(), metadata);
        if let Some(cached) = self.store.cached_report(&job.content_hash).get().await? {
            complete(&mut job, cached);
        }
        self.store.job(id).set(&job).await?;
        Ok((id, job))
    }

    /// Runs a queued job to its end and fills the cache.
    ///
    /// # Errors
    /// The server failed, or others kept changing the job.
    pub async fn run(&self, id: Uuid, text: &str) -> Result<Update> {
        let started = self
            .update(id, |job| {
                job.progress_hint = Some("analysing".to_owned());
                JobStatus::Running
            })
            .await?;
        let Update::Done(job) = started else {
            return Ok(started);
        };
        let report = analyse(text);
        self.store
            .cached_report(&job.content_hash)
            .set(&report)
            .await?;
        self.update(id, |job| {
            complete(job, report.clone());
            JobStatus::Completed
        })
        .await
    }

    /// Ends a job without a result.
    ///
    /// # Errors
    /// The server failed.
    pub async fn fail(&self, id: Uuid, reason: &str) -> Result<Update> {
        self.update(id, |job| {
            job.error = Some(reason.to_owned());
            JobStatus::Failed
        })
        .await
    }

    /// A job; `None` when there is none.
    ///
    /// # Errors
    /// The server failed, or the stored job is not what the schema says.
    pub async fn get(&self, id: Uuid) -> Result<Option<Job>> {
        self.store.job(id).get().await
    }

    /// Every job that can be read, newest first, and the number of those that cannot.
    ///
    /// # Errors
    /// The server failed.
    pub async fn list(&self) -> Result<(Vec<(Uuid, Job)>, usize)> {
        let found = self.store.family::<keys::Job>().scan().collect().await?;
        let reads: Vec<_> = found
            .iter()
            .map(|key| self.store.handle(*key).get().attempt())
            .collect();
        let mut jobs = Vec::with_capacity(found.len());
        let mut unreadable = 0;
        for (key, job) in found.iter().zip(self.store.pipeline(reads).await?) {
            match job {
                Ok(Some(job)) => jobs.push((key.job_id, job)),
                Ok(None) => {}
                Err(_) => unreadable += 1,
            }
        }
        jobs.sort_by_key(|(id, job)| (std::cmp::Reverse(job.created_at), *id));
        jobs.dedup_by_key(|(id, _)| *id);
        Ok((jobs, unreadable))
    }

    /// Changes a job only if nobody else has changed it meanwhile; tries again if somebody has.
    async fn update(&self, id: Uuid, change: impl Fn(&mut Job) -> JobStatus) -> Result<Update> {
        let mut outcome = Update::Gone;
        let handle = self.store.job(id);
        let stored = handle.update_with(ATTEMPTS, |found| {
            let Some(mut job) = found else {
                outcome = Update::Gone;
                return None;
            };
            let before = job.status;
            let status = change(&mut job);
            if status != before && !before.can_become(status) {
                outcome = Update::NotAllowed(before);
                return None;
            }
            job.status = status;
            outcome = Update::Done(Box::new(job.clone()));
            Some(job)
        });
        stored.await?;
        Ok(outcome)
    }
}

fn complete(job: &mut Job, report: CachedReport) {
    job.status = JobStatus::Completed;
    job.progress_hint = None;
    job.result = Some(report.result);
    job.markdown = Some(report.markdown);
}

/// SHA-256 of a text in hexadecimal.
#[must_use]
pub fn content_hash(text: &str) -> String {
    use std::fmt::Write as _;
    Sha256::digest(text.as_bytes())
        .iter()
        .fold(String::with_capacity(64), |mut hex, byte| {
            // Writing into a string cannot fail.
            let _ = write!(hex, "{byte:02x}");
            hex
        })
}
