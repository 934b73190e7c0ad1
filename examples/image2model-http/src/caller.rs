//! Who calls, and whether it calls too often.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use redis_schema::value::Uuid;
use sha2::{Digest, Sha256};

use crate::failure::Failure;
use crate::service::Service;

/// The hash of a caller's API key; the key itself is kept nowhere.
#[derive(Debug)]
pub(crate) struct Caller {
    pub(crate) hash: String,
    /// Its calls could not be counted, so that it may go on.
    pub(crate) uncounted: bool,
}

impl FromRequestParts<Service> for Caller {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, service: &Service) -> Result<Self, Failure> {
        let key = parts.headers.get("x-api-key").ok_or(Failure::Anonymous)?;
        let digest = Sha256::digest(key.as_bytes());
        let hash: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        // Counting calls is there to keep the service up. It must not be what takes it down: without Redis the schema
        // says `allow`, and what else may go wrong says so too.
        let uncounted = match service.limits.key(&hash).await {
            Ok(decision) if !decision.allowed => return Err(Failure::Limited(decision)),
            Ok(decision) => decision.without_server,
            Err(_) => true,
        };
        Ok(Self { hash, uncounted })
    }
}

impl Caller {
    /// Whether the caller may see a job. One that it may not see does not exist for it.
    pub(crate) async fn owns(&self, service: &Service, job_id: Uuid) -> Result<(), Failure> {
        if service.jobs.is_owner(job_id, &self.hash).await? {
            Ok(())
        } else {
            Err(Failure::Missing)
        }
    }
}
