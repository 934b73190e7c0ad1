//! An operation from its call to its result: the two places where a store tells of it.

use std::marker::PhantomData;

use redis::Value;

#[cfg(feature = "metrics")]
use super::meters::{Meters, Timer};
use super::operation::Called;
#[cfg(any(feature = "metrics", feature = "tracing"))]
use super::operation::{MULTI, PIPELINE};
#[cfg(feature = "tracing")]
use super::spans::{self, About, Spans};
#[cfg(any(feature = "metrics", feature = "tracing"))]
use crate::batch::Mode;
use crate::batch::Plan;
use crate::error::{Error, Result};
use crate::key::Spec;
use crate::retry::RetryClass;
use crate::settings::Settings;

/// What a store observes itself with.
pub(crate) struct Observer {
    specs: &'static [Spec],
    #[cfg(feature = "metrics")]
    meters: Meters,
    #[cfg(feature = "tracing")]
    spans: Spans,
}

/// An operation under way. Dropped before its end, it was cancelled.
pub(crate) struct Watch<'s> {
    #[cfg(feature = "metrics")]
    timer: Timer<'s>,
    #[cfg(feature = "tracing")]
    span: tracing::Span,
    store: PhantomData<&'s Observer>,
}

impl Observer {
    /// For the keys of one schema at `address`, which is `host:port` or a socket.
    #[cfg_attr(not(feature = "tracing"), allow(unused_variables))]
    pub(crate) fn new(specs: &'static [Spec], address: &str) -> Self {
        Self {
            specs,
            #[cfg(feature = "metrics")]
            meters: Meters::new(specs),
            #[cfg(feature = "tracing")]
            spans: Spans::new(address),
        }
    }

    /// The facts of the schema's keys and channels.
    pub(crate) const fn specs(&self) -> &'static [Spec] {
        self.specs
    }

    /// The prefix that all of the schema's keys have; empty when they differ.
    pub(crate) fn prefix<'t>(&self, settings: &'t Settings) -> &'t [u8] {
        let mut prefixes = self.specs.iter().map(|spec| settings.prefix_of(spec));
        let first = prefixes.next().unwrap_or_default();
        if prefixes.all(|prefix| prefix == first) {
            first
        } else {
            b""
        }
    }

    /// An operation begins.
    #[cfg(any(feature = "metrics", feature = "tracing"))]
    #[inline]
    pub(crate) fn start(
        &self,
        spec: &'static Spec,
        called: Called<'_>,
        class: RetryClass,
    ) -> Watch<'_> {
        self.begin(Some(spec), spec.database, called, None, class)
    }

    /// An operation begins.
    #[cfg(not(any(feature = "metrics", feature = "tracing")))]
    #[inline]
    pub(crate) fn start(
        &self,
        _spec: &'static Spec,
        _called: Called<'_>,
        _class: RetryClass,
    ) -> Watch<'_> {
        Watch::none()
    }

    /// A batch begins.
    #[cfg(any(feature = "metrics", feature = "tracing"))]
    pub(crate) fn start_batch(&self, plan: &Plan) -> Watch<'_> {
        let mut specs = plan.operations().map(|(spec, ..)| spec);
        let Some(first) = specs.next() else {
            return Watch::none();
        };
        let shared = specs.all(|spec| spec.template == first.template);
        let name = match plan.mode() {
            Mode::Pipeline => PIPELINE,
            Mode::Atomic => MULTI,
        };
        let database = plan.spec().unwrap_or(first).database;
        let size = Some(plan.operations().count());
        self.begin(
            shared.then_some(first),
            database,
            name,
            size,
            plan.retry_class(),
        )
    }

    /// A batch begins.
    #[cfg(not(any(feature = "metrics", feature = "tracing")))]
    #[inline]
    pub(crate) fn start_batch(&self, _plan: &Plan) -> Watch<'_> {
        Watch::none()
    }

    /// Counts the commands of a batch that ended so.
    #[inline]
    pub(crate) fn count(&self, plan: &Plan, outcome: &Result<Vec<Value>>) {
        #[cfg(feature = "metrics")]
        self.meters.count(plan, outcome.as_deref());
        let _ = (plan, outcome);
    }

    #[cfg(any(feature = "metrics", feature = "tracing"))]
    #[inline]
    #[cfg_attr(not(feature = "tracing"), allow(unused_variables))]
    fn begin(
        &self,
        spec: Option<&'static Spec>,
        database: u16,
        called: Called<'_>,
        size: Option<usize>,
        class: RetryClass,
    ) -> Watch<'_> {
        Watch {
            #[cfg(feature = "metrics")]
            timer: self.meters.start(spec, called),
            #[cfg(feature = "tracing")]
            span: self.spans.start(&About {
                spec,
                database,
                called,
                size,
                class,
            }),
            store: PhantomData,
        }
    }
}

impl Watch<'_> {
    /// For what is not sent.
    #[inline]
    pub(crate) fn none() -> Self {
        Self {
            #[cfg(feature = "metrics")]
            timer: Timer::NONE,
            #[cfg(feature = "tracing")]
            span: tracing::Span::none(),
            store: PhantomData,
        }
    }

    /// Makes the operation's span the current one for as long as the value lives.
    #[cfg(feature = "tracing")]
    #[inline]
    pub(crate) fn enter(&self) -> Option<tracing::span::Entered<'_>> {
        (!self.span.is_disabled()).then(|| self.span.enter())
    }

    /// Runs a future inside the operation's span.
    #[cfg(feature = "tracing")]
    pub(crate) fn instrument<F: Future>(&self, future: F) -> tracing::instrument::Instrumented<F> {
        tracing::Instrument::instrument(future, self.span.clone())
    }

    /// Runs a future inside the operation's span.
    #[cfg(not(feature = "tracing"))]
    #[inline]
    pub(crate) fn instrument<F: Future>(&self, future: F) -> F {
        future
    }

    /// Looks at the answer before it is decoded.
    #[inline]
    pub(crate) fn answer(&self, answer: &Value) {
        #[cfg(feature = "metrics")]
        self.timer.answer(answer);
        let _ = answer;
    }

    /// The operation has ended.
    #[inline]
    pub(crate) fn end(&mut self, error: Option<&Error>) {
        #[cfg(feature = "metrics")]
        self.timer.end(error);
        #[cfg(feature = "tracing")]
        spans::end(&self.span, error);
        let _ = error;
    }
}
