//! Walking a keyspace or a large value page by page.

use std::collections::VecDeque;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context as TaskContext, Poll};

use futures_util::Stream;
use redis::{Cmd, Value};

use crate::cmd::Args;
use crate::error::{Error, Result};
use crate::key::Spec;
use crate::reply;
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
/// Anything present from the start of the walk to its end is found; nothing else is promised.
#[must_use = "streams do nothing unless polled"]
pub struct Scan<'s, T> {
    store: &'s Store,
    pages: Result<Pages<'s, T>, Option<Error>>,
    cursor: Option<u64>,
    found: VecDeque<T>,
    reply: Option<Pin<Box<dyn Future<Output = Result<Value>> + Send + 's>>>,
}

impl<'s, T> Scan<'s, T> {
    pub(crate) fn new(store: &'s Store, pages: Result<Pages<'s, T>>) -> Self {
        Self {
            store,
            pages: pages.map_err(Some),
            cursor: Some(0),
            found: VecDeque::new(),
            reply: None,
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
        let pages = match &mut this.pages {
            Ok(pages) => pages,
            Err(error) => return Poll::Ready(error.take().map(Err)),
        };
        loop {
            if let Some(item) = this.found.pop_front() {
                return Poll::Ready(Some(Ok(item)));
            }
            if let Some(pending) = &mut this.reply {
                let Poll::Ready(reply) = pending.as_mut().poll(context) else {
                    return Poll::Pending;
                };
                this.reply = None;
                match reply.and_then(|reply| pages.page(reply)) {
                    Ok((cursor, items)) => {
                        this.cursor = cursor;
                        this.found = items.into();
                    }
                    Err(error) => {
                        this.cursor = None;
                        return Poll::Ready(Some(Err(error)));
                    }
                }
                continue;
            }
            let Some(cursor) = this.cursor else {
                return Poll::Ready(None);
            };
            let command = (pages.command)(cursor);
            this.reply = Some(Box::pin(this.store.send_one(pages.spec, command)));
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
