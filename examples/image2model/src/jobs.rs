//! Jobs: created in one step, read together, updated atomically.

use redis_schema::value::{TimestampMs, Uuid};
use redis_schema::{Edits, Result};

use crate::keyspace::{FileResult, Job, JobEventsMessage, JobStatus, SourceFile, Store, units};

/// The job store.
#[derive(Debug, Clone)]
pub struct Jobs {
    store: Store,
}

/// What a file's end does to its job's counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileEnd {
    /// It was converted.
    Completed,
    /// It could not be.
    Failed,
}

impl Jobs {
    /// A job store over an open store.
    #[must_use]
    pub const fn new(store: Store) -> Self {
        Self { store }
    }

    /// Creates a job, its list of files, its owner and the caller's index: all or nothing, one round trip,
    /// each with its lifetime.
    ///
    /// # Errors
    /// The server failed, or the hash is none.
    pub async fn create(&self, api_key_hash: &str, files: &[SourceFile]) -> Result<Uuid> {
        let job_id = Uuid::new_v4();
        let total = u32::try_from(files.len()).unwrap_or(u32::MAX);
        let now = TimestampMs::now();
        let job = Job::new(api_key_hash.to_owned(), JobStatus::Pending, total, now);
        self.store
            .create_job(units::CreateJob {
                job_id,
                api_key_hash: api_key_hash.into(),
                job: &job,
                job_files: files,
                session_owner: api_key_hash,
                user_jobs: &[job_id],
            })
            .await?;
        Ok(job_id)
    }

    /// A job with its files, read together; `None` when there is no such job.
    ///
    /// # Errors
    /// The server failed, or what is stored is not what the schema says.
    pub async fn get(&self, job_id: Uuid) -> Result<Option<(Job, Vec<SourceFile>)>> {
        let job = self.store.job(job_id);
        let files = self.store.job_files(job_id);
        let (job, files) = self
            .store
            .atomic((job.hgetall(), files.lrange(0, -1)))
            .await?;
        Ok(job.map(|job| (job, files)))
    }

    /// Whether the caller may see the job.
    ///
    /// # Errors
    /// The server failed.
    pub async fn is_owner(&self, job_id: Uuid, api_key_hash: &str) -> Result<bool> {
        let owner = self.store.session_owner(job_id).get().await?;
        Ok(owner.as_deref() == Some(api_key_hash))
    }

    /// The jobs of one caller.
    ///
    /// # Errors
    /// The server failed.
    pub async fn of_caller(&self, api_key_hash: &str) -> Result<Vec<Uuid>> {
        let mut jobs: Vec<Uuid> = self.store.user_jobs(api_key_hash).smembers().await?;
        jobs.sort_unstable();
        Ok(jobs)
    }

    /// Starts a job and says so on its channel; `false` when it has expired.
    ///
    /// # Errors
    /// The server failed.
    pub async fn start(&self, job_id: Uuid) -> Result<bool> {
        let job = self.store.job(job_id);
        let known = job
            .update(Edits::new().set(Job::STATUS, &JobStatus::Running))
            .await?;
        if known {
            self.store
                .job_status(job_id)
                .set(&JobStatus::Running)
                .await?;
            self.store
                .job_events(job_id)
                .publish(&JobEventsMessage::Started)
                .await?;
        }
        Ok(known)
    }

    /// Notes the end of one file: its result, the job's counts and its own time of change, atomically.
    ///
    /// # Errors
    /// The server failed.
    pub async fn file_done(
        &self,
        job_id: Uuid,
        file_id: &str,
        result: Option<&FileResult>,
    ) -> Result<FileEnd> {
        let job = self.store.job(job_id);
        match result {
            Some(result) => {
                let stored = self.store.job_result(job_id, file_id);
                self.store
                    .atomic((
                        stored.set(result),
                        job.update(Edits::new().incr(Job::COMPLETED_FILES, 1)),
                    ))
                    .await?;
                Ok(FileEnd::Completed)
            }
            None => {
                job.update(Edits::new().incr(Job::FAILED_FILES, 1)).await?;
                Ok(FileEnd::Failed)
            }
        }
    }

    /// Ends a job and says so on its channel; `false` when it has expired.
    ///
    /// # Errors
    /// The server failed.
    pub async fn finish(&self, job_id: Uuid) -> Result<bool> {
        let Some(job) = self.store.job(job_id).hgetall().await? else {
            return Ok(false);
        };
        let status = if job.failed_files == 0 {
            JobStatus::Completed
        } else {
            JobStatus::Failed
        };
        let known = self
            .store
            .job(job_id)
            .update(Edits::new().set(Job::STATUS, &status))
            .await?;
        self.store.job_status(job_id).set(&status).await?;
        let message = JobEventsMessage::Finished(crate::keyspace::JobEventsMessageFinished {
            status,
            at: TimestampMs::now(),
        });
        self.store.job_events(job_id).publish(&message).await?;
        Ok(known)
    }

    /// Deletes everything that belongs to a job, in every database; returns the number of keys.
    ///
    /// # Errors
    /// The server failed.
    pub async fn forget(&self, job_id: Uuid) -> Result<u64> {
        self.store.everything_of_a_job(job_id).invalidate().await
    }
}
