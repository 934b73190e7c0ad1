//! Runs one conversion job from beginning to end and shows what happens to it.
//!
//! `REDIS_URL` names the server.

#![allow(clippy::print_stdout)]

use std::error::Error;
use std::time::Duration;

use example_image2model::jobs::Jobs;
use example_image2model::keyspace::{FileResult, SourceFile, Store};
use example_image2model::progress::Progress;
use redis_schema::value::{DurationMs, Uuid};

/// SHA-256 of the caller's API key.
const CALLER: &str = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let url = std::env::var("REDIS_URL").unwrap_or_else(|_| "redis://127.0.0.1:6379".to_owned());
    let store = Store::connect(&url).await?;
    let (jobs, progress) = (Jobs::new(store.clone()), Progress::new(store.clone()));

    let files = ["front.png", "back.png"]
        .map(|name| SourceFile::new(name.replace('.', "-"), name.to_owned(), 48_000));
    let job_id = jobs.create(CALLER, &files).await?;
    println!(
        "created job {job_id} with {} files, its owner and the caller's index in one step",
        files.len()
    );

    let mut events = store.job_events(job_id).subscribe().await?;
    jobs.start(job_id).await?;
    let ids: Vec<&str> = files.iter().map(|file| file.file_id.as_str()).collect();
    progress.init(job_id, &ids).await?;
    convert(&jobs, &progress, job_id, &ids).await?;
    jobs.finish(job_id).await?;

    for _ in 0..2 {
        if let Some(event) = events.next().await {
            println!("event: {:?}", event?);
        }
    }
    for (file, percent) in progress.of_job(job_id).await? {
        println!("{file}: {percent} %");
    }
    if let Some((job, files)) = jobs.get(job_id).await? {
        println!(
            "{} of {} files done, status {}",
            job.completed_files,
            files.len(),
            job.status
        );
    }
    println!("lives another {:?}", store.job(job_id).ttl().await?);
    println!("forgot {} keys", jobs.forget(job_id).await?);
    Ok(())
}

async fn convert(
    jobs: &Jobs,
    progress: &Progress,
    job_id: Uuid,
    ids: &[&str],
) -> redis_schema::Result<()> {
    for file_id in ids {
        for (percent, message) in [(50, Some("mesh")), (100, None)] {
            let reported = progress.update(job_id, file_id, percent, message).await?;
            if reported.completes() {
                println!("every file is at 100 %");
            }
        }
        let result = FileResult {
            model_id: format!("model-{file_id}"),
            url: format!("https://models.example/{file_id}.glb"),
            vertices: Some(10_240),
            duration: DurationMs::new(Duration::from_millis(1200)),
        };
        jobs.file_done(job_id, file_id, Some(&result)).await?;
    }
    Ok(())
}
