use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, Once};

use redis_schema::observe::ATTRIBUTES;
use redis_schema_test_server::Server;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Level, Subscriber};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt};
use tracing_subscriber::registry::LookupSpan;

use crate::{SECRET, store, tell};

type Fields = BTreeMap<String, String>;

/// Everything that is told on this thread.
#[derive(Clone, Default)]
struct Told(Arc<Mutex<Log>>);

#[derive(Default)]
struct Log {
    spans: Vec<(u64, Fields)>,
    events: Vec<Fields>,
}

struct Visitor<'f>(&'f mut Fields);

impl Visit for Visitor<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        self.0.insert(field.name().to_owned(), format!("{value:?}"));
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.0.insert(field.name().to_owned(), value.to_owned());
    }
}

thread_local! {
    /// Who listens to this thread. A test and its store run on one.
    static LISTENER: RefCell<Option<Told>> = const { RefCell::new(None) };
}

/// Hands everything to whoever listens to the thread. One for the process, because what nobody was interested
/// in at first may stay silent for a subscriber that comes later.
struct Router;

fn listening(tell: impl FnOnce(&mut Log)) {
    LISTENER.with_borrow(|told| {
        if let Some(told) = told {
            tell(&mut told.0.lock().unwrap());
        }
    });
}

impl<S: Subscriber + for<'a> LookupSpan<'a>> Layer<S> for Router {
    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, _: Context<'_, S>) {
        if attributes.metadata().target() == "redis_schema::operation" {
            assert_eq!(*attributes.metadata().level(), Level::DEBUG);
            let mut fields = Fields::new();
            attributes.record(&mut Visitor(&mut fields));
            listening(|log| log.spans.push((id.into_u64(), fields)));
        }
    }

    fn on_record(&self, id: &Id, values: &Record<'_>, _: Context<'_, S>) {
        listening(|log| {
            let mut spans = log.spans.iter_mut().rev();
            if let Some((_, fields)) = spans.find(|(known, _)| *known == id.into_u64()) {
                values.record(&mut Visitor(fields));
            }
        });
    }

    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        if event.metadata().target() == "redis_schema" {
            let mut fields = Fields::new();
            event.record(&mut Visitor(&mut fields));
            listening(|log| log.events.push(fields));
        }
    }
}

impl Told {
    fn listen() -> Self {
        static ONCE: Once = Once::new();
        ONCE.call_once(|| {
            let subscriber = tracing_subscriber::registry().with(Router);
            tracing::subscriber::set_global_default(subscriber).unwrap();
        });
        let told = Self::default();
        LISTENER.set(Some(told.clone()));
        told
    }

    fn spans(&self) -> Vec<Fields> {
        let log = self.0.lock().unwrap();
        log.spans.iter().map(|(_, fields)| fields.clone()).collect()
    }

    fn events(&self) -> Vec<String> {
        let log = self.0.lock().unwrap();
        log.events
            .iter()
            .map(|event| event["message"].clone())
            .collect()
    }
}

#[tokio::test]
async fn a_span_tells_what_conventions_ask_for_and_no_values() {
    let told = Told::listen();
    let server = Server::start();
    let store = store(&server).await;
    store.job(SECRET).set(SECRET.as_bytes()).await.unwrap();
    let spans = told.spans();
    let [span] = spans.as_slice() else {
        panic!("{spans:#?}")
    };
    for (name, value) in [
        ("otel.name", "SET job:{job_id}"),
        ("otel.kind", "client"),
        ("db.system.name", "redis"),
        ("db.namespace", "2"),
        ("db.operation.name", "SET"),
        ("server.address", "127.0.0.1"),
        ("server.port", &server.port().to_string()),
        ("redis_schema.template", "job:{job_id}"),
        ("redis_schema.retry_class", "idempotent"),
    ] {
        assert_eq!(
            span.get(name).map(String::as_str),
            Some(value),
            "{name} in {span:#?}"
        );
    }
    assert!(!format!("{spans:?}").contains(SECRET), "{spans:#?}");
}

#[tokio::test]
async fn the_table_lists_exactly_what_is_told() {
    let told = Told::listen();
    let server = Server::start();
    let store = store(&server).await;
    store
        .pipeline((store.job("a").get(), store.tries("a").get()))
        .await
        .unwrap();
    store.job("a").set(b"x").await.unwrap();
    tell(&server, &["CONFIG", "SET", "maxmemory", "1"]);
    store.job("a").set(b"x").await.unwrap_err();
    let spans = told.spans();
    let failed = spans.last().unwrap();
    assert_eq!(failed["error.type"], "out_of_memory");
    assert_eq!(failed["otel.status_code"], "ERROR");
    assert!(!spans[1].contains_key("error.type"), "{spans:#?}");
    assert_eq!(spans[0]["db.operation.batch.size"], "2");
    let found: BTreeSet<&str> = spans
        .iter()
        .flat_map(|span| span.keys().map(String::as_str))
        .collect();
    let listed: BTreeSet<&str> = ATTRIBUTES.iter().map(|attribute| attribute.name).collect();
    assert_eq!(found, listed);
}

#[tokio::test]
async fn what_happens_to_connections_is_told() {
    let told = Told::listen();
    let server = Server::start();
    let store = store(&server).await;
    store.job("a").get().await.unwrap();
    tell(
        &server,
        &["CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes"],
    );
    store.job("a").get().await.unwrap();
    assert!(
        told.events().contains(&"connected again".to_owned()),
        "{:?}",
        told.events()
    );
    drop(server);
    store.job("a").get().await.unwrap_err();
    assert!(
        told.events().contains(&"cannot connect".to_owned()),
        "{:?}",
        told.events()
    );
}
