//! Jobs and their files.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::IntoResponse;
use example_image2model::keyspace::{FileResult, SourceFile};
use redis_schema::progress::Reported;
use redis_schema::value::Uuid;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::caller::Caller;
use crate::failure::Failure;
use crate::service::Service;

type Answer<T> = Result<T, Failure>;

/// What a new job is made from.
#[derive(Debug, Deserialize)]
pub(crate) struct NewJob {
    files: Vec<SourceFile>,
}

/// How far a file is.
#[derive(Debug, Deserialize)]
pub(crate) struct Step {
    percent: u8,
    message: Option<String>,
}

/// The header that says what was left out.
fn degraded(parts: &[(&'static str, bool)]) -> HeaderMap {
    let left_out = parts.iter().filter(|(_, is)| *is).map(|(name, _)| *name);
    let text = left_out.collect::<Vec<_>>().join(", ");
    let mut headers = HeaderMap::new();
    if let (false, Ok(value)) = (text.is_empty(), HeaderValue::try_from(text)) {
        headers.insert("x-degraded", value);
    }
    headers
}

pub(crate) async fn create(
    State(service): State<Service>,
    caller: Caller,
    Json(new): Json<NewJob>,
) -> Answer<impl IntoResponse> {
    if new.files.is_empty() {
        return Err(Failure::Wrong("a job has at least one file".to_owned()));
    }
    let job_id = service.jobs.create(&caller.hash, &new.files).await?;
    let ids: Vec<&str> = new.files.iter().map(|file| file.file_id.as_str()).collect();
    // The job is there; its files are at 0 % whether that could be noted or not.
    let unnoted = service.progress.init(job_id, &ids).await.is_err();
    let headers = degraded(&[("limits", caller.uncounted), ("progress", unnoted)]);
    Ok((
        StatusCode::CREATED,
        headers,
        Json(json!({ "job_id": job_id })),
    ))
}

pub(crate) async fn list(State(service): State<Service>, caller: Caller) -> Answer<Json<Value>> {
    let jobs = service.jobs.of_caller(&caller.hash).await?;
    Ok(Json(json!({ "jobs": jobs })))
}

pub(crate) async fn read(
    State(service): State<Service>,
    caller: Caller,
    Path(job_id): Path<Uuid>,
) -> Answer<Json<Value>> {
    caller.owns(&service, job_id).await?;
    let (job, files) = service.jobs.get(job_id).await?.ok_or(Failure::Missing)?;
    Ok(Json(json!({
        "job_id": job_id,
        "status": job.status,
        "total_files": job.total_files,
        "completed_files": job.completed_files,
        "failed_files": job.failed_files,
        "files": files,
    })))
}

pub(crate) async fn forget(
    State(service): State<Service>,
    caller: Caller,
    Path(job_id): Path<Uuid>,
) -> Answer<StatusCode> {
    caller.owns(&service, job_id).await?;
    service.jobs.forget(job_id).await?;
    Ok(StatusCode::NO_CONTENT)
}

pub(crate) async fn start(
    State(service): State<Service>,
    caller: Caller,
    Path(job_id): Path<Uuid>,
) -> Answer<StatusCode> {
    caller.owns(&service, job_id).await?;
    known(service.jobs.start(job_id).await?)
}

pub(crate) async fn finish(
    State(service): State<Service>,
    caller: Caller,
    Path(job_id): Path<Uuid>,
) -> Answer<StatusCode> {
    caller.owns(&service, job_id).await?;
    known(service.jobs.finish(job_id).await?)
}

fn known(is: bool) -> Answer<StatusCode> {
    is.then_some(StatusCode::NO_CONTENT).ok_or(Failure::Missing)
}

/// How far every file is. Progress is for watching: without Redis it is empty, and says so.
///
/// Names of jobs are not to be guessed, so that their progress needs no owner that could not be asked for.
pub(crate) async fn progress(
    State(service): State<Service>,
    caller: Caller,
    Path(job_id): Path<Uuid>,
) -> Answer<impl IntoResponse> {
    let (files, absent) = match service.progress.of_job(job_id).await {
        Ok(files) => (files, false),
        Err(error) if error.is_unavailable() => (BTreeMap::new(), true),
        Err(error) => return Err(error.into()),
    };
    let headers = degraded(&[("limits", caller.uncounted), ("progress", absent)]);
    Ok((headers, Json(json!({ "files": files }))))
}

pub(crate) async fn advance(
    State(service): State<Service>,
    caller: Caller,
    Path((job_id, file_id)): Path<(Uuid, String)>,
    Json(step): Json<Step>,
) -> Answer<StatusCode> {
    caller.owns(&service, job_id).await?;
    if step.percent > 100 {
        return Err(Failure::Wrong("`percent` is at most 100".to_owned()));
    }
    let Step { percent, message } = step;
    let report = || {
        let progress = &service.progress;
        progress.update(job_id, &file_id, percent, message.as_deref())
    };
    let mut reported = report().await?;
    if reported == Reported::NotBegun {
        // Redis was away when the job was made, or the progress is over and the job is not.
        let (_, files) = service.jobs.get(job_id).await?.ok_or(Failure::Missing)?;
        let ids: Vec<&str> = files.iter().map(|file| file.file_id.as_str()).collect();
        service.progress.init(job_id, &ids).await?;
        reported = report().await?;
    }
    known(reported.update().is_some())
}

/// The end of a file: its result, or `null` when it could not be converted.
pub(crate) async fn done(
    State(service): State<Service>,
    caller: Caller,
    Path((job_id, file_id)): Path<(Uuid, String)>,
    Json(result): Json<Option<FileResult>>,
) -> Answer<StatusCode> {
    caller.owns(&service, job_id).await?;
    service
        .jobs
        .file_done(job_id, &file_id, result.as_ref())
        .await?;
    Ok(StatusCode::NO_CONTENT)
}
