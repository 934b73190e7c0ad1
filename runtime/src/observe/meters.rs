//! Counting operations. What each pair of template and command needs is made once and then found without
//! building a label.

use std::num::NonZeroU64;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicPtr, AtomicU32, Ordering};
use std::time::{Duration, Instant};

use metrics::{Counter, Histogram, Unit};
use redis::Value;

use super::catalog::{self, Kind, METRICS};
use super::kind;
use super::operation::{Called, Lookup, SEVERAL};
use crate::batch::{Mode, Plan};
use crate::cmd::Name;
use crate::error::Error;
use crate::key::Spec;

/// The meters of one store.
pub(crate) struct Meters {
    /// By the spec's place in the schema.
    templates: Box<[Template]>,
    /// For batches over several templates.
    several: Template,
    /// Times are kept as how long after this they were.
    opened: Instant,
    /// The recorder has been told what the metrics mean.
    described: OnceLock<()>,
}

struct Template {
    text: &'static str,
    /// Where the facts lie that were compared with it last. It is only looked at, never followed.
    spec: AtomicPtr<Spec>,
    first: OnceLock<Box<Operation>>,
}

/// The meters of one command on one template, and the next command's.
pub(crate) struct Operation {
    name: Name,
    template: &'static str,
    lookup: Lookup,
    /// How many have begun, more or less: it only decides which are timed.
    begun: AtomicU32,
    done: Counter,
    hits: Counter,
    misses: Counter,
    duration: Histogram,
    /// When the store was.
    opened: Instant,
    next: OnceLock<Box<Operation>>,
}

/// An operation under way.
pub(crate) struct Timer<'m>(Option<Running<'m>>);

/// Small, since every call carries one.
struct Running<'m> {
    operation: &'m Operation,
    /// When it began, in nanoseconds since the store was opened; `None` for one that is not timed.
    started: Option<NonZeroU64>,
}

/// One operation in so many is timed: to look at the clock twice takes longer than all counting, and a
/// tenth of what the client spends on an operation.
const TIMED: u32 = 16;

impl Meters {
    pub(crate) fn new(specs: &'static [Spec]) -> Self {
        let template = |text| Template {
            text,
            spec: AtomicPtr::default(),
            first: OnceLock::new(),
        };
        Self {
            templates: specs.iter().map(|spec| template(spec.template)).collect(),
            several: template(SEVERAL),
            opened: Instant::now(),
            described: OnceLock::new(),
        }
    }

    /// Begins to time an operation; `spec` is `None` for one over several templates.
    #[inline]
    pub(crate) fn start(&self, spec: Option<&'static Spec>, called: Called<'_>) -> Timer<'_> {
        let Some(operation) = self.operation(spec, called) else {
            return Timer(None);
        };
        let begun = operation.begun.load(Ordering::Relaxed);
        operation
            .begun
            .store(begun.wrapping_add(1), Ordering::Relaxed);
        let started = if begun % TIMED == 0 {
            NonZeroU64::new(operation.now())
        } else {
            None
        };
        Timer(Some(Running { operation, started }))
    }

    /// The meters of a command; `None` for a key of another schema.
    #[inline]
    fn operation(&self, spec: Option<&'static Spec>, called: Called<'_>) -> Option<&Operation> {
        let template = match spec {
            None => &self.several,
            Some(spec) => self.templates.get(usize::from(spec.index))?,
        };
        if spec.is_some_and(|spec| !template.is_of(spec)) {
            return None;
        }
        let mut next = &template.first;
        loop {
            let operation = match next.get() {
                Some(operation) => operation,
                None => self.meet(next, template.text, called.name()),
            };
            let found = match called {
                Called::Command(cmd) => operation.name.is_of(cmd),
                Called::Word(word) => operation.name.as_bytes() == word,
            };
            if found {
                return Some(operation);
            }
            next = &operation.next;
        }
    }

    /// Makes room for a command that had not been sent yet; somebody else may be faster with another one.
    #[cold]
    fn meet<'m>(
        &self,
        room: &'m OnceLock<Box<Operation>>,
        template: &'static str,
        name: &[u8],
    ) -> &'m Operation {
        self.described.get_or_init(describe);
        room.get_or_init(|| Box::new(Operation::new(template, name, self.opened)))
    }

    /// Counts the commands of a batch that ended so, and what its answers found.
    pub(crate) fn count(&self, plan: &Plan, outcome: Result<&[Value], &Error>) {
        let answers = match (outcome, plan.mode()) {
            (Ok(values), Mode::Pipeline) => values,
            // The only answer is that of `EXEC`.
            (Ok(values), Mode::Atomic) => values
                .first()
                .and_then(Value::as_sequence)
                .unwrap_or_default(),
            (Err(_), _) => &[],
        };
        for (spec, cmd, place) in plan.operations() {
            let Some(operation) = self.operation(Some(spec), Called::Command(cmd)) else {
                continue;
            };
            operation.end(outcome.err());
            if let Some(answer) = place.and_then(|place| answers.get(place)) {
                operation.answer(answer);
            }
        }
    }
}

impl Template {
    /// Whether these are the facts of its keys.
    #[inline]
    fn is_of(&self, spec: &'static Spec) -> bool {
        std::ptr::eq(self.spec.load(Ordering::Relaxed), spec) || self.compare(spec)
    }

    /// The same facts may lie in several places.
    #[cold]
    fn compare(&self, spec: &'static Spec) -> bool {
        let same = spec.template == self.text;
        if same {
            let spec = std::ptr::from_ref(spec).cast_mut();
            self.spec.store(spec, Ordering::Relaxed);
        }
        same
    }
}

impl Operation {
    fn new(template: &'static str, called: &[u8], opened: Instant) -> Self {
        let name = String::from_utf8_lossy(called).into_owned();
        let lookup = Lookup::of(called);
        let read = |metric: &'static str| match lookup {
            Lookup::None => Counter::noop(),
            _ => metrics::counter!(metric, "template" => template, "operation" => name.clone()),
        };
        Self {
            template,
            lookup,
            begun: AtomicU32::new(0),
            done: outcome(template, &name, "ok"),
            hits: read(catalog::HITS),
            misses: read(catalog::MISSES),
            duration: metrics::histogram!(
                catalog::DURATION,
                "template" => template,
                "operation" => name
            ),
            opened,
            next: OnceLock::new(),
            name: Name::new(called),
        }
    }

    /// Looks at an answer before it is decoded.
    #[inline]
    fn answer(&self, answer: &Value) {
        if self.lookup == Lookup::None {
            return;
        }
        let (hits, misses) = self.lookup.count(answer);
        if hits > 0 {
            self.hits.increment(hits);
        }
        if misses > 0 {
            self.misses.increment(misses);
        }
    }

    fn called(&self) -> String {
        String::from_utf8_lossy(self.name.as_bytes()).into_owned()
    }

    /// The counter of those that ended otherwise than well.
    #[cold]
    fn outcome(&self, outcome: &'static str) -> Counter {
        self::outcome(self.template, &self.called(), outcome)
    }

    /// Nanoseconds since the store was opened.
    fn now(&self) -> u64 {
        u64::try_from(self.opened.elapsed().as_nanos()).unwrap_or(u64::MAX)
    }

    /// Counts the operation as one of a batch that ended so.
    fn end(&self, error: Option<&Error>) {
        match error {
            None => self.done.increment(1),
            Some(_) => self.outcome("error").increment(1),
        }
    }

    #[cold]
    fn fail(&self, error: &Error) {
        self.outcome("error").increment(1);
        metrics::counter!(
            catalog::ERRORS,
            "template" => self.template,
            "operation" => self.called(),
            "kind" => kind(error)
        )
        .increment(1);
    }
}

fn outcome(template: &'static str, name: &str, outcome: &'static str) -> Counter {
    metrics::counter!(
        catalog::OPERATIONS,
        "template" => template,
        "operation" => name.to_owned(),
        "outcome" => outcome
    )
}

impl Timer<'_> {
    /// For what is not counted.
    pub(crate) const NONE: Self = Self(None);

    /// Looks at an answer before it is decoded.
    #[inline]
    pub(crate) fn answer(&self, answer: &Value) {
        if let Some(running) = &self.0 {
            running.operation.answer(answer);
        }
    }

    /// The operation has ended, so or so.
    #[inline]
    pub(crate) fn end(&mut self, error: Option<&Error>) {
        let Some(running) = self.0.take() else { return };
        let Running { operation, started } = running;
        match error {
            None => {
                operation.done.increment(1);
                if let Some(started) = started {
                    let took = operation.now().saturating_sub(started.get());
                    operation.duration.record(Duration::from_nanos(took));
                }
            }
            Some(error) => operation.fail(error),
        }
    }
}

impl Drop for Timer<'_> {
    fn drop(&mut self) {
        if let Some(running) = self.0.take() {
            running.operation.outcome("cancelled").increment(1);
        }
    }
}

/// Tells the recorder what the metrics mean.
fn describe() {
    for metric in METRICS {
        let unit = match metric.unit {
            "seconds" => Unit::Seconds,
            _ => Unit::Count,
        };
        match metric.kind {
            Kind::Counter => metrics::describe_counter!(metric.name, unit, metric.about),
            Kind::Gauge => metrics::describe_gauge!(metric.name, unit, metric.about),
            Kind::Histogram => metrics::describe_histogram!(metric.name, unit, metric.about),
        }
    }
}
