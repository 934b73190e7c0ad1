//! A command on its way.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use redis::Value;

use super::Store;
use super::kept::Kept;
use crate::client::link::Call;
use crate::client::request::First;
use crate::command::Built;
use crate::error::{Error, Result};
use crate::key::Spec;
use crate::observe::{Called, Watch};
use crate::payload::Payload;
use crate::reply::Decode;
use crate::retry::RetryClass;
use crate::unavailable::Instead;

/// A command on its way.
#[must_use = "futures do nothing unless awaited"]
pub struct Pending<'s, R> {
    store: &'s Store,
    way: Way<'s>,
    instead: Instead,
    /// The facts of its key; [`NONE`] of one that could not be built.
    spec: &'static Spec,
    decode: Decode<R>,
    watch: Watch<'s>,
}

/// How far it has come.
enum Way<'s> {
    /// The answer is known without asking; `None` once it has been taken.
    Known(Option<Result<Value>>),
    /// On a shared connection: what nearly every call is, and what costs no allocation.
    Short(Short),
    /// Anything else.
    Long(Pin<Box<dyn Future<Output = Result<Value>> + Send + 's>>),
}

/// One attempt on a shared connection.
struct Short {
    class: RetryClass,
    /// `None` once it is answered.
    kept: Option<Kept>,
    /// `None` until it is sent.
    call: Option<Call>,
}

/// The facts of no key.
static NONE: Spec = Spec::simple(0, "", "");

impl Store {
    #[inline]
    pub(crate) fn run<R>(&self, built: Result<Built>, decode: Decode<R>) -> Pending<'_, R> {
        let (way, spec, watch, instead) = match built {
            Ok(built) => {
                let (spec, instead) = (built.spec, built.instead);
                let (way, watch) = self.start(spec, built);
                (way, spec, watch, instead)
            }
            Err(error) => {
                let way = Way::Known(Some(Err(error)));
                (way, &NONE, Watch::none(), Instead::Fail)
            }
        };
        Pending {
            store: self,
            way,
            instead,
            spec,
            decode,
            watch,
        }
    }

    #[inline]
    fn start(&self, spec: &'static Spec, built: Built) -> (Way<'_>, Watch<'_>) {
        if let Err(error) = self.expect_settings(spec, built.settings) {
            return (Way::Known(Some(Err(error))), Watch::none());
        }
        let class = built.promise.class();
        let way = match (built.payload, built.block) {
            (Payload::Ready(value), _) => Way::Known(Some(Ok(value))),
            (payload, Some(wait)) => return self.start_waiting(spec, payload, class, wait),
            (payload, None) => Way::Short(Short {
                class,
                kept: Some(Kept::new(payload)),
                call: None,
            }),
        };
        // It is watched once it is sent.
        (way, Watch::none())
    }

    /// What has a connection of its own.
    #[cold]
    fn start_waiting(
        &self,
        spec: &'static Spec,
        payload: Payload,
        class: RetryClass,
        wait: Duration,
    ) -> (Way<'_>, Watch<'_>) {
        let called = Called::by(&payload);
        let watch = self.0.observer.start(spec, called, class);
        let way = Way::Long(Box::pin(self.block(spec, payload, class, wait)));
        (way, watch)
    }

    /// What is left of a command that has failed.
    #[cold]
    pub(crate) fn answer_instead<R>(
        &self,
        error: Error,
        spec: &'static Spec,
        instead: Instead,
        decode: Decode<R>,
    ) -> Result<R> {
        match instead.reply(&error) {
            Some(value) => {
                self.0.tally.note(spec, instead.without());
                decode(value, spec)
            }
            None => Err(error),
        }
    }
}

impl Short {
    /// Sends the commands, or looks for their answer. `Err` hands over to what takes longer.
    #[inline]
    fn poll<'s>(
        &mut self,
        store: &'s Store,
        spec: &'static Spec,
        watch: &mut Watch<'s>,
        context: &mut Context<'_>,
    ) -> Poll<Result<Result<Value>, Option<First>>> {
        let Some(call) = &mut self.call else {
            return self.send(store, spec, watch, context);
        };
        let Poll::Ready(outcome) = Pin::new(&mut *call).poll(context) else {
            return Poll::Pending;
        };
        let sent = call.sent();
        self.call = None;
        match outcome {
            Ok(replies) if !store.0.topology.concerns(&replies) => match self.kept.take() {
                Some(kept) => Poll::Ready(Ok(kept.answer(replies, spec))),
                None => Poll::Pending,
            },
            outcome => Poll::Ready(Err(Some(First { outcome, sent }))),
        }
    }

    #[inline]
    fn send<'s>(
        &mut self,
        store: &'s Store,
        spec: &'static Spec,
        watch: &mut Watch<'s>,
        context: &mut Context<'_>,
    ) -> Poll<Result<Result<Value>, Option<First>>> {
        let Some(kept) = &self.kept else {
            return Poll::Pending;
        };
        *watch = store.0.observer.start(spec, kept.called(), self.class);
        #[cfg(feature = "tracing")]
        let _entered = watch.enter();
        let request = kept.request(spec, self.class);
        let link = store.0.topology.ready(&request);
        match link.map(|link| link.submit(&request, Some(context.waker()))) {
            Some(Ok(call)) => {
                self.call = Some(call);
                Poll::Pending
            }
            _ => Poll::Ready(Err(None)),
        }
    }

    /// What is left to do when the first attempt has not brought an answer.
    #[cold]
    fn settle<'s>(
        &mut self,
        store: &'s Store,
        spec: &'static Spec,
        first: Option<First>,
    ) -> Way<'s> {
        let class = self.class;
        let Some(kept) = self.kept.take() else {
            return Way::Known(None);
        };
        Way::Long(Box::pin(async move {
            let request = kept.request(spec, class);
            let replies = store.0.topology.settle(&request, first).await?;
            kept.answer(replies, spec)
        }))
    }
}

impl<R> Future for Pending<'_, R> {
    type Output = Result<R>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<R>> {
        let this = self.get_mut();
        let reply = loop {
            match &mut this.way {
                Way::Known(reply) => match reply.take() {
                    Some(reply) => break reply,
                    None => return Poll::Pending,
                },
                Way::Short(short) => {
                    let (store, spec) = (this.store, this.spec);
                    match short.poll(store, spec, &mut this.watch, context) {
                        Poll::Pending => return Poll::Pending,
                        Poll::Ready(Ok(reply)) => break reply,
                        Poll::Ready(Err(first)) => this.way = short.settle(store, spec, first),
                    }
                }
                Way::Long(future) => {
                    #[cfg(feature = "tracing")]
                    let _entered = this.watch.enter();
                    match future.as_mut().poll(context) {
                        Poll::Pending => return Poll::Pending,
                        Poll::Ready(reply) => break reply,
                    }
                }
            }
        };
        let result = match reply {
            Ok(value) => {
                this.watch.answer(&value);
                (this.decode)(value, this.spec)
            }
            Err(error) => {
                this.watch.end(Some(&error));
                let (spec, instead) = (this.spec, this.instead);
                return Poll::Ready(this.store.answer_instead(error, spec, instead, this.decode));
            }
        };
        this.watch.end(result.as_ref().err());
        Poll::Ready(result)
    }
}

impl<R> std::fmt::Debug for Pending<'_, R> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Pending({})", self.spec.template)
    }
}
