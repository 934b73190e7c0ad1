//! Counting operations. What each pair of template and command needs is made once and then found without
//! building a label.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering};
use std::time::Instant;

use metrics::{Counter, Gauge, Histogram, Unit};
use redis::Value;

use super::catalog::{self, Kind, METRICS};
use super::kind;
use super::operation::{Lookup, SEVERAL};
use crate::batch::{Mode, Plan};
use crate::error::Error;
use crate::key::Spec;

/// The meters of one store.
pub(crate) struct Meters {
    /// By the spec's place in the schema.
    templates: Box<[Template]>,
    /// For batches over several templates.
    several: Template,
    in_flight: AtomicUsize,
    gauge: OnceLock<Gauge>,
    schema: &'static str,
}

struct Template {
    text: &'static str,
    first: OnceLock<Box<Operation>>,
}

/// The meters of one command on one template, and the next command's.
pub(crate) struct Operation {
    name: Box<str>,
    template: &'static str,
    lookup: Lookup,
    /// How many have begun, more or less: it only decides which are timed.
    begun: AtomicU32,
    done: Counter,
    hits: Counter,
    misses: Counter,
    duration: Histogram,
    next: OnceLock<Box<Operation>>,
}

/// An operation under way.
pub(crate) struct Timer<'m>(Option<Running<'m>>);

struct Running<'m> {
    meters: &'m Meters,
    operation: &'m Operation,
    /// `None` for one that is not timed.
    started: Option<Instant>,
}

/// One operation in so many is timed: to look at the clock twice takes longer than all counting, and a
/// tenth of what the client spends on an operation.
const TIMED: u32 = 16;

impl Meters {
    pub(crate) fn new(schema: &'static str, specs: &'static [Spec]) -> Self {
        let template = |text| Template {
            text,
            first: OnceLock::new(),
        };
        Self {
            templates: specs.iter().map(|spec| template(spec.template)).collect(),
            several: template(SEVERAL),
            in_flight: AtomicUsize::new(0),
            gauge: OnceLock::new(),
            schema,
        }
    }

    /// Begins to time an operation; `spec` is `None` for one over several templates.
    #[inline]
    pub(crate) fn start(&self, spec: Option<&'static Spec>, name: &[u8]) -> Timer<'_> {
        let Some(operation) = self.operation(spec, name) else {
            return Timer(None);
        };
        let under_way = self.in_flight.fetch_add(1, Ordering::Relaxed) + 1;
        let begun = operation.begun.load(Ordering::Relaxed);
        operation
            .begun
            .store(begun.wrapping_add(1), Ordering::Relaxed);
        let started = (begun % TIMED == 0).then(|| {
            self.gauge().set(under_way as f64);
            Instant::now()
        });
        Timer(Some(Running {
            meters: self,
            operation,
            started,
        }))
    }

    /// The meters of a command; `None` for a key of another schema.
    #[inline]
    fn operation(&self, spec: Option<&'static Spec>, name: &[u8]) -> Option<&Operation> {
        let template = match spec {
            None => &self.several,
            Some(spec) => self.templates.get(usize::from(spec.index))?,
        };
        if spec.is_some_and(|spec| spec.template != template.text) {
            return None;
        }
        let mut next = &template.first;
        loop {
            let operation = next.get_or_init(|| Box::new(Operation::new(template.text, name)));
            if operation.name.as_bytes() == name {
                return Some(operation);
            }
            next = &operation.next;
        }
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
        for (spec, name, place) in plan.operations() {
            let Some(operation) = self.operation(Some(spec), name) else {
                continue;
            };
            operation.end(outcome.err());
            if let Some(answer) = place.and_then(|place| answers.get(place)) {
                operation.answer(answer);
            }
        }
    }

    fn gauge(&self) -> &Gauge {
        self.gauge.get_or_init(|| {
            describe();
            metrics::gauge!(catalog::IN_FLIGHT, "schema" => self.schema)
        })
    }

    /// The gauge follows in steps, and never rests above what is left.
    #[inline]
    fn ended(&self) {
        let before = self.in_flight.fetch_sub(1, Ordering::Relaxed);
        if before % TIMED as usize == 1 {
            self.gauge().set((before - 1) as f64);
        }
    }
}

impl Operation {
    #[cold]
    fn new(template: &'static str, name: &[u8]) -> Self {
        let name = String::from_utf8_lossy(name).into_owned();
        let lookup = Lookup::of(name.as_bytes());
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
                "operation" => name.clone()
            ),
            next: OnceLock::new(),
            name: name.into(),
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

    /// Counts the operation as one of a batch that ended so.
    fn end(&self, error: Option<&Error>) {
        match error {
            None => self.done.increment(1),
            Some(_) => outcome(self.template, &self.name, "error").increment(1),
        }
    }

    #[cold]
    fn fail(&self, error: &Error) {
        outcome(self.template, &self.name, "error").increment(1);
        metrics::counter!(
            catalog::ERRORS,
            "template" => self.template,
            "operation" => self.name.to_string(),
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
        running.meters.ended();
        match error {
            None => {
                running.operation.done.increment(1);
                if let Some(started) = running.started {
                    running.operation.duration.record(started.elapsed());
                }
            }
            Some(error) => running.operation.fail(error),
        }
    }
}

impl Drop for Timer<'_> {
    fn drop(&mut self) {
        if let Some(running) = self.0.take() {
            running.meters.ended();
            let Operation { template, name, .. } = running.operation;
            outcome(template, name, "cancelled").increment(1);
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
