//! Walking over a connection of the user's own.

use std::collections::VecDeque;

use super::Pages;
use crate::error::{Error, Result};

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
            let command = (pages.command)(self.cursor?).packed();
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
