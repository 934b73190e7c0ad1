//! The progress of a job as it happens, as server-sent events.

use std::convert::Infallible;
use std::time::Duration;

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Sse;
use axum::response::sse::{Event, KeepAlive};
use futures_util::stream::{self, Stream};
use redis_schema::progress::Event as Step;
use redis_schema::stream::{Entry, Follow, StreamId};
use redis_schema::value::Uuid;
use serde_json::json;
use tokio::sync::watch;

use crate::caller::Caller;
use crate::failure::Failure;
use crate::service::Service;

/// Every step of a job from its beginning, or behind the event that the caller has seen last: browsers say so
/// by themselves when they come back, so nothing is lost in between.
pub(crate) async fn follow(
    State(service): State<Service>,
    caller: Caller,
    Path(job_id): Path<Uuid>,
    headers: HeaderMap,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, Failure> {
    caller.owns(&service, job_id).await?;
    let seen = headers.get("last-event-id").and_then(|id| id.to_str().ok());
    let from = match seen {
        None => StreamId::MIN,
        Some(id) => id
            .parse()
            .map_err(|_| Failure::Wrong("`last-event-id` is not one of ours".to_owned()))?,
    };
    let entries = service.store.file_progress(job_id).follow(from);
    let events = stream::unfold((entries, service.ending.clone()), next);
    let keep_alive = KeepAlive::new().interval(Duration::from_secs(15));
    Ok(Sse::new(events).keep_alive(keep_alive))
}

/// What was reported of a file, and what was said with it.
type FileStep = Step<String, Option<String>>;

type Following = (Follow<FileStep>, watch::Receiver<bool>);

/// The next event; none when the process is asked to end.
async fn next(
    (mut entries, mut ending): Following,
) -> Option<(Result<Event, Infallible>, Following)> {
    let entry = tokio::select! {
        entry = entries.next() => entry?,
        _ = ending.wait_for(|ending| *ending) => return None,
    };
    let event = match entry {
        Ok(entry) => shown(&entry),
        // It is looked for again from where it was left, so this is only told.
        Err(_) => Event::default().comment("waiting for redis"),
    };
    Some((Ok(event), (entries, ending)))
}

fn shown(entry: &Entry<FileStep>) -> Event {
    let event = Event::default().id(entry.id.to_string()).event("progress");
    let Ok(step) = &entry.record else {
        return event.event("unreadable").data("");
    };
    let data = json!({
        "file_id": step.item,
        "percent": step.value,
        "message": step.message,
        "at": entry.id.ms,
        "files": step.totals.items,
        "done": step.totals.done,
    });
    event
        .json_data(data)
        .unwrap_or_else(|_| Event::default().comment("unreadable"))
}
