//! Everything that the process tells of itself.

use std::error::Error as _;
use std::fmt::{Debug, Display, Write as _};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use metrics_util::debugging::{DebuggingRecorder, Snapshotter};
use redis_schema::Error;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt as _};

use crate::SECRETS;

/// What has been told, line by line, and the metrics.
pub struct Told {
    lines: Arc<Mutex<String>>,
    metrics: Snapshotter,
}

/// One for the process: tests share it, for none of them has anything to tell.
static TOLD: OnceLock<Told> = OnceLock::new();

impl Told {
    /// Listens from now on.
    pub fn listen() -> &'static Self {
        TOLD.get_or_init(|| {
            let lines = Arc::new(Mutex::new(String::new()));
            let ear = Ear(Arc::clone(&lines));
            let subscriber = tracing_subscriber::registry().with(ear.clone());
            tracing::subscriber::set_global_default(subscriber).unwrap();
            log::set_boxed_logger(Box::new(ear)).unwrap();
            log::set_max_level(log::LevelFilter::Trace);
            let recorder = DebuggingRecorder::new();
            let metrics = recorder.snapshotter();
            recorder.install().unwrap();
            Self { lines, metrics }
        })
    }

    fn lines(&self) -> MutexGuard<'_, String> {
        self.lines.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds what something looks like.
    pub fn shows(&self, thing: &(impl Debug + ?Sized)) {
        writeln!(self.lines(), "{thing:?}\n{thing:#?}").unwrap();
    }

    /// Adds what something says.
    pub fn says(&self, thing: &(impl Display + Debug)) {
        writeln!(self.lines(), "{thing}").unwrap();
        self.shows(thing);
    }

    /// Adds everything that an error shows.
    pub fn failed(&self, error: &Error) {
        self.says(error);
        let mut source = error.source();
        while let Some(inner) = source {
            writeln!(self.lines(), "{inner} {inner:?}").unwrap();
            source = inner.source();
        }
    }

    /// Adds the error, which there must be.
    #[track_caller]
    pub fn fails<T>(&self, result: redis_schema::Result<T>) {
        match result {
            Ok(_) => panic!("it works"),
            Err(error) => self.failed(&error),
        }
    }

    /// Asserts that something has been told, and nothing secret.
    #[track_caller]
    pub fn assert_silent_about_secrets(&self) {
        for (key, unit, about, value) in self.metrics.snapshot().into_vec() {
            writeln!(self.lines(), "{key:?} {unit:?} {about:?} {value:?}").unwrap();
        }
        assert_silent(&self.lines());
    }
}

#[track_caller]
fn assert_silent(lines: &str) {
    for expected in [
        "redis_schema::operation",
        "redis_schema_operations_total",
        "db.operation.name",
    ] {
        assert!(lines.contains(expected), "nothing is told of {expected}");
    }
    for line in lines.lines() {
        for secret in SECRETS {
            assert!(!line.contains(secret), "{line}");
        }
    }
}

/// Whatever is told anywhere in the process is heard, or the other tests prove nothing.
#[test]
fn what_is_told_is_heard() {
    let told = Told::listen();
    tracing::trace!(target: "secrets", told = 7, "by an event");
    let _span = tracing::trace_span!("by a span", told = 8);
    log::trace!("by a log of {}", 9);
    metrics::counter!("a_counter", "told" => "by a label").increment(1);
    told.shows(&Some("looks"));
    let metrics = format!("{:?}", told.metrics.snapshot().into_vec());
    assert!(metrics.contains("by a label"), "{metrics}");
    let lines = told.lines();
    for expected in [
        "message=by an event told=7",
        "by a span told=8",
        "by a log of 9",
        "looks",
    ] {
        assert!(lines.contains(expected), "{expected}");
    }
}

#[test]
#[should_panic(expected = "password=\"hunter2\"")]
fn what_is_secret_is_noticed() {
    assert_silent(
        "TRACE redis_schema::operation redis db.operation.name=\"GET\"\n\
         redis_schema_operations_total\n\
         password=\"hunter2\"\n",
    );
}

/// Writes down whatever is told, by `tracing` and by `log`.
#[derive(Clone)]
struct Ear(Arc<Mutex<String>>);

impl Ear {
    fn hear(&self, metadata: &Metadata<'_>, record: impl FnOnce(&mut Fields)) {
        let mut fields = Fields(String::new());
        record(&mut fields);
        let (level, target, name) = (metadata.level(), metadata.target(), metadata.name());
        let mut lines = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        writeln!(lines, "{level} {target} {name}{}", fields.0).unwrap();
    }
}

impl<S: Subscriber> Layer<S> for Ear {
    fn on_new_span(&self, attributes: &Attributes<'_>, _: &Id, _: Context<'_, S>) {
        self.hear(attributes.metadata(), |fields| attributes.record(fields));
    }

    fn on_record(&self, _: &Id, values: &Record<'_>, _: Context<'_, S>) {
        let mut fields = Fields(String::new());
        values.record(&mut fields);
        let mut lines = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        writeln!(lines, "{}", fields.0).unwrap();
    }

    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        self.hear(event.metadata(), |fields| event.record(fields));
    }
}

impl log::Log for Ear {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &log::Record<'_>) {
        let mut lines = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        writeln!(
            lines,
            "{} {} {}",
            record.level(),
            record.target(),
            record.args()
        )
        .unwrap();
    }

    fn flush(&self) {}
}

/// Fields as text.
struct Fields(String);

impl Visit for Fields {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        write!(self.0, " {}={value:?}", field.name()).unwrap();
    }
}
