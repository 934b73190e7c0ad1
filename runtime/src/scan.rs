//! Walking a keyspace or a large value page by page.

use std::collections::VecDeque;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context as TaskContext, Poll};

use futures_util::Stream;
use redis::{Cmd, Value};

use crate::client::node::Node;
use crate::cmd::Args;
use crate::error::{Error, Result};
use crate::key::Spec;
use crate::reply;
use crate::retry::RetryClass;
use crate::store::Store;

/// Elements the server is asked to look at for one page. Measured: larger pages gain little and make
/// other clients wait, smaller ones cost round trips.
pub(crate) const PAGE: u64 = 500;

/// `SCAN cursor MATCH pattern COUNT 500`.
pub(crate) fn scan_command(cursor: u64, pattern: &[u8]) -> Box<Cmd> {
    Args::new("SCAN", 5, pattern.len() + 40)
        .uint(cursor)
        .arg(b"MATCH")
        .arg(pattern)
        .arg(b"COUNT")
        .uint(PAGE)
        .into_cmd()
}

/// How to ask for a page and to read it.
pub(crate) struct Pages<'p, T> {
    /// The command for the page at a cursor.
    pub(crate) command: Box<dyn Fn(u64) -> Box<Cmd> + Send + Sync + 'p>,
    /// What a page's elements mean.
    pub(crate) read: Box<dyn Fn(Vec<Value>) -> Result<Vec<T>> + Send + Sync + 'p>,
    pub(crate) spec: &'static Spec,
    /// What is walked.
    pub(crate) over: Over,
}

/// What is walked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Over {
    /// The elements of one key.
    Key,
    /// The keys of a database, which several servers may have among them.
    Database,
}

impl<T> Pages<'_, T> {
    /// Splits a reply into the next cursor (`None` at the end) and the page's elements.
    fn page(&self, reply: Value) -> Result<(Option<u64>, Vec<T>)> {
        let [cursor, items] = <[Value; 2]>::try_from(reply::list(reply, self.spec)?)
            .map_err(|_| reply::unexpected(self.spec))?;
        let cursor = reply::count(cursor, self.spec)?;
        let items = (self.read)(reply::list(items, self.spec)?)?;
        Ok(((cursor != 0).then_some(cursor), items))
    }
}

/// Elements found by walking, as a stream. Page by page; elements may come twice while others change.
///
/// Anything present from the start of the walk to its end is found; nothing else is promised. In a cluster
/// the primaries are walked one after the other: a slot that moves meanwhile may be found twice or not at all.
#[must_use = "streams do nothing unless polled"]
pub struct Scan<'s, T> {
    store: &'s Store,
    pages: Result<Pages<'s, T>, Option<Error>>,
    cursor: Option<u64>,
    found: VecDeque<T>,
    pending: Option<Step<'s>>,
    /// The servers to walk, the present one first; `None` until they are known.
    parts: Option<VecDeque<Arc<Node>>>,
}

type Later<'s, T> = Pin<Box<dyn std::future::Future<Output = Result<T>> + Send + 's>>;

/// What is waited for.
enum Step<'s> {
    Parts(Later<'s, Vec<Arc<Node>>>),
    Page(Later<'s, Value>),
}

/// What has come.
enum Got<T> {
    Parts(Vec<Arc<Node>>),
    Page(Option<u64>, Vec<T>),
}

impl<'s, T> Scan<'s, T> {
    pub(crate) fn new(store: &'s Store, pages: Result<Pages<'s, T>>) -> Self {
        let over = pages.as_ref().map_or(Over::Key, |pages| pages.over);
        Self {
            store,
            pages: pages.map_err(Some),
            cursor: Some(0),
            found: VecDeque::new(),
            pending: None,
            parts: (over == Over::Key).then(VecDeque::new),
        }
    }
}

impl<'s, T> Scan<'s, T> {
    /// What to ask next; `None` at the end.
    fn step(&self, pages: &Pages<'s, T>) -> Option<Step<'s>> {
        let (store, spec) = (self.store, pages.spec);
        let Some(parts) = &self.parts else {
            return Some(Step::Parts(Box::pin(store.parts(spec))));
        };
        let command = (pages.command)(self.cursor?);
        Some(Step::Page(match parts.front() {
            Some(node) => Box::pin(store.read_at(Arc::clone(node), spec, command)),
            None => Box::pin(store.send_one(spec, command, RetryClass::Read)),
        }))
    }

    /// Takes a page's cursor; at the end of one server's keys the next one's begin.
    fn advance(&mut self, cursor: Option<u64>) {
        self.cursor = cursor;
        if cursor.is_none()
            && let Some(parts) = &mut self.parts
        {
            parts.pop_front();
            self.cursor = (!parts.is_empty()).then_some(0);
        }
    }
}

impl<T> Scan<'_, T> {
    /// The next element; `None` at the end.
    pub async fn next(&mut self) -> Option<Result<T>> {
        std::future::poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// Every element that is left.
    ///
    /// # Errors
    /// A page could not be read.
    pub async fn collect(mut self) -> Result<Vec<T>> {
        let mut all = Vec::new();
        while let Some(item) = self.next().await {
            all.push(item?);
        }
        Ok(all)
    }
}

// Elements are only ever moved out, never pinned.
impl<T> Unpin for Scan<'_, T> {}

impl<T> Stream for Scan<'_, T> {
    type Item = Result<T>;

    fn poll_next(
        mut self: Pin<&mut Self>,
        context: &mut TaskContext<'_>,
    ) -> Poll<Option<Result<T>>> {
        let this = &mut *self;
        loop {
            if let Some(item) = this.found.pop_front() {
                return Poll::Ready(Some(Ok(item)));
            }
            if let Err(error) = &mut this.pages {
                return Poll::Ready(error.take().map(Err));
            }
            let Ok(pages) = &this.pages else {
                return Poll::Ready(None);
            };
            let outcome = match &mut this.pending {
                None => match this.step(pages) {
                    Some(step) => {
                        this.pending = Some(step);
                        continue;
                    }
                    None => return Poll::Ready(None),
                },
                Some(Step::Parts(parts)) => match parts.as_mut().poll(context) {
                    Poll::Pending => return Poll::Pending,
                    Poll::Ready(parts) => parts.map(Got::Parts),
                },
                Some(Step::Page(reply)) => match reply.as_mut().poll(context) {
                    Poll::Pending => return Poll::Pending,
                    Poll::Ready(reply) => {
                        let page = reply.and_then(|reply| pages.page(reply));
                        page.map(|(cursor, items)| Got::Page(cursor, items))
                    }
                },
            };
            this.pending = None;
            match outcome {
                Ok(Got::Parts(parts)) => this.parts = Some(parts.into()),
                Ok(Got::Page(cursor, items)) => {
                    this.found = items.into();
                    this.advance(cursor);
                }
                Err(error) => {
                    this.parts = Some(VecDeque::new());
                    this.cursor = None;
                    return Poll::Ready(Some(Err(error)));
                }
            }
        }
    }
}

impl<T> std::fmt::Debug for Scan<'_, T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Scan").finish_non_exhaustive()
    }
}

/// Elements found by walking over a synchronous connection.
#[must_use = "iterators do nothing unless advanced"]
pub struct ScanIter<'c, C: ?Sized, T> {
    connection: &'c mut C,
    pages: Result<Pages<'c, T>, Option<Error>>,
    cursor: Option<u64>,
    found: VecDeque<T>,
}

impl<'c, C: redis::ConnectionLike + ?Sized, T> ScanIter<'c, C, T> {
    pub(crate) fn new(connection: &'c mut C, pages: Result<Pages<'c, T>>) -> Self {
        let pages = pages.and_then(|pages| {
            crate::command::expect_database(pages.spec, connection.get_db())?;
            Ok(pages)
        });
        Self {
            connection,
            pages: pages.map_err(Some),
            cursor: Some(0),
            found: VecDeque::new(),
        }
    }
}

impl<C: redis::ConnectionLike + ?Sized, T> Iterator for ScanIter<'_, C, T> {
    type Item = Result<T>;

    fn next(&mut self) -> Option<Result<T>> {
        let pages = match &mut self.pages {
            Ok(pages) => pages,
            Err(error) => return error.take().map(Err),
        };
        loop {
            if let Some(item) = self.found.pop_front() {
                return Some(Ok(item));
            }
            let command = (pages.command)(self.cursor?).get_packed_command();
            let page = self
                .connection
                .req_packed_command(&command)
                .map_err(|error| Error::redis(pages.spec.template, error))
                .and_then(|reply| pages.page(reply));
            match page {
                Ok((cursor, items)) => {
                    self.cursor = cursor;
                    self.found = items.into();
                }
                Err(error) => {
                    self.cursor = None;
                    return Some(Err(error));
                }
            }
        }
    }
}

impl<C: ?Sized, T> std::fmt::Debug for ScanIter<'_, C, T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ScanIter").finish_non_exhaustive()
    }
}
