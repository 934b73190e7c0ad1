//! Serves the image2model backend over HTTP.
//!
//! `REDIS_URL` names the server, `LISTEN` the address to listen at (`127.0.0.1:8080`). What an operator should know (that
//! Redis cannot be reached, that it is back) is logged to standard error.

#![allow(clippy::print_stdout, clippy::print_stderr)]

use std::error::Error;
use std::process::ExitCode;
use std::time::Duration;

use example_image2model::keyspace::Store;
use example_image2model_http::{Service, metrics, router};
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;

/// How long to wait for Redis when both come up together.
const STARTUP: Duration = Duration::from_secs(30);
/// The longest that an operation takes: a caller who waits for several must still get an answer soon.
const PATIENCE: Duration = Duration::from_millis(500);
/// How long calls under way may take to end.
const GRACE: Duration = Duration::from_secs(5);

#[tokio::main]
async fn main() -> ExitCode {
    tracing_subscriber::fmt()
        .with_max_level(tracing_subscriber::filter::LevelFilter::INFO)
        .with_writer(std::io::stderr)
        .with_ansi(false)
        .init();
    match serve().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("cannot serve: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn serve() -> Result<(), Box<dyn Error>> {
    let setting = |name, usual: &str| std::env::var(name).unwrap_or_else(|_| usual.to_owned());
    let recorder = metrics()?;
    let store = Store::builder()
        .url(&setting("REDIS_URL", "redis://127.0.0.1:6379"))
        .client_name("image2model-http")
        .wait_for(STARTUP)
        .response_timeout(PATIENCE)
        .fail_when_down()
        .open()
        .await?;
    let listener = TcpListener::bind(setting("LISTEN", "127.0.0.1:8080")).await?;

    let (end, ending) = watch::channel(false);
    let upkeep = tokio::spawn({
        let recorder = recorder.clone();
        async move {
            let mut ticks = tokio::time::interval(Duration::from_secs(5));
            loop {
                ticks.tick().await;
                recorder.run_upkeep();
            }
        }
    });
    let mut terminate = signal(SignalKind::terminate())?;
    let ended = async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = tokio::signal::ctrl_c() => {}
        }
        // Whoever follows events would keep the process up.
        let _ = end.send(true);
    };
    println!("listening on http://{}", listener.local_addr()?);
    let service = Service::new(store.clone(), recorder, ending);
    axum::serve(listener, router(service))
        .with_graceful_shutdown(ended)
        .await?;
    upkeep.abort();
    let all = store.close(GRACE).await;
    println!(
        "ended, {}",
        if all {
            "every call answered"
        } else {
            "some calls cut off"
        }
    );
    Ok(())
}
