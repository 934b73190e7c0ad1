//! Walking a keyspace or a large value page by page.

mod iter;

use std::collections::VecDeque;
use std::pin::Pin;
use std::task::{Context as TaskContext, Poll};

use futures_util::Stream;
use redis::Value;

use crate::client::Part;
use crate::cmd::{Args, Cmd};
use crate::error::{Error, ErrorKind, Result};
use crate::key::Spec;
use crate::reply;
use crate::store::{Page, Seat, Store, Turn};

pub use iter::ScanIter;

/// Elements the server is asked to look at for one page. Measured: larger pages gain little and make
/// other clients wait, smaller ones cost round trips.
pub(crate) const PAGE: u64 = 500;

/// `SCAN cursor MATCH pattern COUNT 500`.
pub(crate) fn scan_command(cursor: u64, pattern: &[u8]) -> Cmd {
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
    pub(crate) command: Box<dyn Fn(u64) -> Cmd + Send + Sync + 'p>,
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
/// Anything present from the start of the walk to its end is found; nothing else is promised. Where a server is
/// replaced or a connection is lost meanwhile, the walk of its keys begins anew, and elements come twice; where that
/// happens again and again, the walk ends with [`Unavailable`](crate::ErrorKind::Unavailable). In a cluster the
/// primaries are walked one after the other: a slot that moves meanwhile may be found twice or not at all.
#[must_use = "streams do nothing unless polled"]
pub struct Scan<'s, T> {
    store: &'s Store,
    pages: Result<Pages<'s, T>, Option<Error>>,
    cursor: Option<u64>,
    found: VecDeque<T>,
    pending: Option<Step<'s>>,
    /// The parts of the keys to walk, the present one first; `None` until they are known.
    parts: Option<VecDeque<Part>>,
    /// By which connection the last page came.
    seat: Seat,
    /// How often the present part was begun anew.
    restarts: u32,
    /// Elements of the whole walk, and those of the present part, which count only once if it is begun anew.
    count: u64,
    here: u64,
}

/// A part that is begun anew more often is not walked to its end.
const RESTARTS: u32 = 16;

type Later<'s, T> = Pin<Box<dyn std::future::Future<Output = Result<T>> + Send + 's>>;

/// What is waited for.
enum Step<'s> {
    Parts(Later<'s, Vec<Part>>),
    Page(Later<'s, Page>),
}

/// What has come.
enum Got<T> {
    Parts(Vec<Part>),
    Page(Option<u64>, Vec<T>, Whence),
}

/// By which connection a page came, and whether it is the first by that.
type Whence = (Seat, bool);

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
            seat: Seat::new(),
            restarts: 0,
            count: 0,
            here: 0,
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
        let turn = Turn {
            spec,
            part: parts.front().cloned(),
            seat: self.seat.clone(),
            next: (pages.command)(self.cursor?),
            first: (pages.command)(0),
        };
        Some(Step::Page(Box::pin(store.page(turn))))
    }

    /// Notes where a page came from; whether the walk gets on.
    fn arrived(&mut self, (seat, is_first): &Whence, count: usize) -> bool {
        self.seat = seat.clone();
        if *is_first && self.cursor != Some(0) {
            self.restarts += 1;
            self.count -= self.here;
            self.here = 0;
        }
        self.count += count as u64;
        self.here += count as u64;
        self.restarts <= RESTARTS
    }

    /// Takes a page's cursor; at the end of one server's keys the next one's begin.
    fn advance(&mut self, cursor: Option<u64>) {
        self.cursor = cursor;
        if cursor.is_none()
            && let Some(parts) = &mut self.parts
        {
            parts.pop_front();
            self.cursor = (!parts.is_empty()).then_some(0);
            (self.seat, self.restarts, self.here) = (Seat::new(), 0, 0);
        }
    }
}

impl<T> Scan<'_, T> {
    /// How many elements there are, those that came again because a server was replaced counted once.
    pub(crate) async fn count(mut self) -> Result<u64> {
        while let Some(item) = self.next().await {
            item?;
        }
        Ok(self.count)
    }

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
                    Poll::Ready(page) => page.and_then(|page| {
                        let (cursor, items) = pages.page(page.reply)?;
                        Ok(Got::Page(cursor, items, (page.seat, page.is_first)))
                    }),
                },
            };
            this.pending = None;
            let spec = pages.spec;
            let outcome = match outcome {
                Ok(Got::Page(_, items, whence)) if !this.arrived(&whence, items.len()) => {
                    Err(restless(spec))
                }
                other => other,
            };
            match outcome {
                Ok(Got::Parts(parts)) => this.parts = Some(parts.into()),
                Ok(Got::Page(cursor, items, _)) => {
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

#[cold]
fn restless(spec: &'static Spec) -> Error {
    let detail = "its servers change so often that a walk does not come to its end";
    Error::new(ErrorKind::Unavailable, spec.template, detail)
}

impl<T> std::fmt::Debug for Scan<'_, T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Scan").finish_non_exhaustive()
    }
}
