//! Progress of a job's files: a number for each, what was reported of them, and the same on a channel.

use std::collections::BTreeMap;

use redis_schema::Result;
use redis_schema::progress::Reported;
use redis_schema::value::{TimestampMs, Uuid};

use crate::keyspace::{ProgressEvent, Store};

/// The progress of jobs.
#[derive(Debug, Clone)]
pub struct Progress {
    store: Store,
}

impl Progress {
    /// Progress over an open store.
    #[must_use]
    pub const fn new(store: Store) -> Self {
        Self { store }
    }

    /// Begins with every file at 0; those that were reported keep their numbers.
    ///
    /// # Errors
    /// The server failed.
    pub async fn init(&self, job_id: Uuid, file_ids: &[&str]) -> Result<()> {
        let files = self.store.file_progress(job_id);
        files.begin(file_ids).await.map(drop)
    }

    /// Reports how far a file is, and announces it if it counts. The report tells whether it was the last one that was missing, and whether
    /// the job has such a file at all.
    ///
    /// # Errors
    /// The server failed.
    pub async fn update(
        &self,
        job_id: Uuid,
        file_id: &str,
        percent: u8,
        message: Option<&str>,
    ) -> Result<Reported> {
        let files = self.store.file_progress(job_id);
        let reported = match message {
            None => files.report(file_id, percent.into()).await?,
            Some(words) => files.report_with(file_id, percent.into(), words).await?,
        };
        if let Reported::Counted(update) = reported {
            let event = ProgressEvent {
                file_id: file_id.to_owned(),
                percent: u8::try_from(update.value).unwrap_or(percent),
                at: TimestampMs::now(),
                message: message.map(str::to_owned),
            };
            self.store.progress_events(job_id).publish(&event).await?;
        }
        Ok(reported)
    }

    /// How far every file of a job is, at one moment. Ids are fields of their own, whatever characters they hold.
    ///
    /// # Errors
    /// The server failed.
    pub async fn of_job(&self, job_id: Uuid) -> Result<BTreeMap<String, u32>> {
        let seen = self.store.file_progress(job_id).snapshot().await?;
        Ok(seen.items.into_iter().collect())
    }
}
