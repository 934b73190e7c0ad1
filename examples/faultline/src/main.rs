//! `faultline submit FILE | show ID | list`: analyses texts and remembers the results.
//!
//! `REDIS_URL` names the server; `JOB_KEY_PREFIX`, `JOB_EXPIRATION`, `CACHE_KEY_PREFIX` and
//! `CACHE_EXPIRATION` override what the schema declares.

#![allow(clippy::print_stdout)]

use std::error::Error;

use example_faultline::keyspace::{Job, Store};
use example_faultline::service::{Service, Update};
use redis_schema::value::Uuid;

const USAGE: &str = "usage: faultline submit FILE | show ID | list";

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let url = std::env::var("REDIS_URL").unwrap_or_else(|_| "redis://127.0.0.1:6379".to_owned());
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let service = Service::new(Store::connect(&url).await?);
    match words.as_slice() {
        ["submit", file] => submit(&service, file).await,
        ["show", id] => show(&service, id.parse()?).await,
        ["list"] => list(&service).await,
        _ => Err(USAGE.into()),
    }
}

async fn submit(service: &Service, file: &str) -> Result<(), Box<dyn Error>> {
    let text = std::fs::read_to_string(file)?;
    let (id, job) = service
        .submit(&text, serde_json::json!({ "file": file }))
        .await?;
    if job.result.is_some() {
        println!("{id}: this text has been analysed before");
    } else if let Update::Done(_) = service.run(id, &text).await? {
        println!("{id}: analysed");
    } else {
        println!("{id}: somebody else took it");
    }
    show(service, id).await
}

async fn show(service: &Service, id: Uuid) -> Result<(), Box<dyn Error>> {
    let job = service
        .get(id)
        .await?
        .ok_or("no such job, or it has expired")?;
    println!("{}", line(id, &job));
    if let Some(markdown) = &job.markdown {
        println!("\n{markdown}");
    }
    Ok(())
}

async fn list(service: &Service) -> Result<(), Box<dyn Error>> {
    let (jobs, unreadable) = service.list().await?;
    for (id, job) in &jobs {
        println!("{}", line(*id, job));
    }
    println!("{} jobs, {unreadable} unreadable", jobs.len());
    Ok(())
}

fn line(id: Uuid, job: &Job) -> String {
    let score = job
        .result
        .as_ref()
        .map_or_else(String::new, |report| format!("  score {:.0}", report.score));
    format!("{id}  {}{score}", job.status)
}
