//! Progress of a job's files: a number for each, the history in a stream, the same on a channel.

use std::collections::BTreeMap;

use redis_schema::Result;
use redis_schema::value::{TimestampMs, Uuid};

use crate::keyspace::{ProgressEvent, Store, keys};

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

    /// Sets every file to 0.
    ///
    /// # Errors
    /// The server failed.
    pub async fn init(&self, job_id: Uuid, file_ids: &[&str]) -> Result<()> {
        let zero: Vec<_> = file_ids
            .iter()
            .map(|file_id| self.store.progress_file(job_id, *file_id).set(&0))
            .collect();
        self.store.atomic(zero).await.map(drop)
    }

    /// Notes how far a file is: number, history and announcement. The lifetimes are part of each write.
    ///
    /// # Errors
    /// The server failed.
    pub async fn update(
        &self,
        job_id: Uuid,
        file_id: &str,
        percent: u8,
        message: Option<&str>,
    ) -> Result<()> {
        let event = ProgressEvent {
            file_id: file_id.to_owned(),
            percent,
            at: TimestampMs::now(),
            message: message.map(str::to_owned),
        };
        let number = self.store.progress_file(job_id, file_id).set(&percent);
        let history = self.store.progress_stream(job_id).xadd(&event);
        self.store.atomic((number, history)).await?;
        self.store.progress_events(job_id).publish(&event).await?;
        Ok(())
    }

    /// How far every file of a job is. Ids are read back by the template, whatever characters they hold.
    ///
    /// # Errors
    /// The server failed.
    pub async fn of_job(&self, job_id: Uuid) -> Result<BTreeMap<String, u8>> {
        let family = self.store.family::<keys::ProgressFile<'static>>();
        let found = family
            .scan_match(keys::ProgressFile::JOB_ID.is(job_id))
            .collect()
            .await?;
        let percents = family.mget(&found).await?;
        Ok(found
            .into_iter()
            .zip(percents)
            .filter_map(|(key, percent)| Some((key.file_id.into_owned(), percent?)))
            .collect())
    }
}
