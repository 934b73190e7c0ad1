//! A command on its way.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use redis::Value;

use super::Store;
use super::kept::Kept;
use crate::client::link::Call;
use crate::client::request::First;
use crate::command::Built;
use crate::error::{Error, Result};
use crate::key::Spec;
use crate::observe::Watch;
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
    spec: Option<&'static Spec>,
    decode: Decode<R>,
    watch: Watch<'s>,
}

/// How far it has come.
enum Way<'s> {
    /// The answer is known without asking; `None` once it has been taken.
    Known(Option<Result<Value>>),
    /// On a shared connection: what nearly every call is, and what costs no allocation.
    Short(Short<'s>),
    /// Anything else.
    Long(Pin<Box<dyn Future<Output = Result<Value>> + Send + 's>>),
}

/// One attempt on a shared connection.
struct Short<'s> {
    store: &'s Store,
    spec: &'static Spec,
    class: RetryClass,
    /// `None` once it is answered.
    kept: Option<Kept>,
    /// `None` until it is sent.
    call: Option<Call>,
}

impl Store {
    pub(crate) fn run<R>(&self, built: Result<Built>, decode: Decode<R>) -> Pending<'_, R> {
        let (way, spec, watch, instead) = match built {
            Ok(built) => {
                let (spec, instead) = (built.spec, built.instead);
                let watch = self.0.observer.start(&built);
                (self.start(spec, built), Some(spec), watch, instead)
            }
            Err(error) => (
                Way::Known(Some(Err(error))),
                None,
                Watch::none(),
                Instead::Fail,
            ),
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

    fn start(&self, spec: &'static Spec, built: Built) -> Way<'_> {
        if let Err(error) = self.expect_settings(spec, built.settings) {
            return Way::Known(Some(Err(error)));
        }
        let class = built.promise.class();
        match (built.payload, built.block) {
            (Payload::Ready(value), _) => Way::Known(Some(Ok(value))),
            (payload, Some(wait)) => Way::Long(Box::pin(self.block(spec, payload, class, wait))),
            (payload, None) => Way::Short(Short {
                store: self,
                spec,
                class,
                kept: Some(Kept::new(payload)),
                call: None,
            }),
        }
    }

    /// What is left of a command that has failed.
    #[cold]
    fn answer_instead<R>(
        &self,
        error: Error,
        spec: Option<&'static Spec>,
        instead: Instead,
        decode: Decode<R>,
    ) -> Result<R> {
        match (spec, instead.reply(&error)) {
            (Some(spec), Some(value)) => {
                self.0.tally.degraded(spec, instead);
                decode(value, spec)
            }
            _ => Err(error),
        }
    }
}

impl<'s> Short<'s> {
    /// Sends the commands, or looks for their answer. `Err` hands over to what takes longer.
    #[inline]
    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Result<Result<Value>, Option<First>>> {
        let Some(call) = &mut self.call else {
            return self.send(context);
        };
        let Poll::Ready(outcome) = Pin::new(&mut *call).poll(context) else {
            return Poll::Pending;
        };
        let sent = call.sent();
        self.call = None;
        match outcome {
            Ok(replies) if !self.store.0.topology.concerns(&replies) => match self.kept.take() {
                Some(kept) => Poll::Ready(Ok(kept.answer(replies, self.spec))),
                None => Poll::Pending,
            },
            outcome => Poll::Ready(Err(Some(First { outcome, sent }))),
        }
    }

    #[inline]
    fn send(&mut self, context: &mut Context<'_>) -> Poll<Result<Result<Value>, Option<First>>> {
        let Some(kept) = &self.kept else {
            return Poll::Pending;
        };
        let request = kept.request(self.spec, self.class);
        let link = self.store.0.topology.ready(&request);
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
    fn settle(&mut self, first: Option<First>) -> Way<'s> {
        let (store, spec, class) = (self.store, self.spec, self.class);
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
        #[cfg(feature = "tracing")]
        let entered = this.watch.enter();
        let reply = loop {
            match &mut this.way {
                Way::Known(reply) => match reply.take() {
                    Some(reply) => break reply,
                    None => return Poll::Pending,
                },
                Way::Short(short) => match short.poll(context) {
                    Poll::Pending => return Poll::Pending,
                    Poll::Ready(Ok(reply)) => break reply,
                    Poll::Ready(Err(first)) => this.way = short.settle(first),
                },
                Way::Long(future) => match future.as_mut().poll(context) {
                    Poll::Pending => return Poll::Pending,
                    Poll::Ready(reply) => break reply,
                },
            }
        };
        #[cfg(feature = "tracing")]
        drop(entered);
        let result = match (reply, this.spec) {
            (Ok(value), Some(spec)) => {
                this.watch.answer(&value);
                (this.decode)(value, spec)
            }
            (Ok(_), None) => Err(Error::corrupt("", "reply without a command")),
            (Err(error), spec) => {
                this.watch.end(Some(&error));
                return Poll::Ready(this.store.answer_instead(
                    error,
                    spec,
                    this.instead,
                    this.decode,
                ));
            }
        };
        this.watch.end(result.as_ref().err());
        Poll::Ready(result)
    }
}

impl<R> std::fmt::Debug for Pending<'_, R> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Pending({})", self.spec.map_or("", |spec| spec.template))
    }
}
