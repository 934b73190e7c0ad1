//! How the replies of a batch find their commands.

use redis::Value;

use super::{Mode, Part, Shape};
use crate::command::pick;
use crate::error::{Error, Result};
use crate::key::Spec;
use crate::payload::Reply;
use crate::reply::{checked, unexpected};

/// The replies of a batch in order.
#[derive(Debug)]
#[doc(hidden)]
pub struct Replies {
    mode: Mode,
    parts: std::vec::IntoIter<Part>,
    values: std::vec::IntoIter<Value>,
}

impl Replies {
    /// The replies to these parts, in order.
    pub(super) fn new(mode: Mode, parts: Vec<Part>, values: Vec<Value>) -> Self {
        Self {
            mode,
            parts: parts.into_iter(),
            values: values.into_iter(),
        }
    }

    /// The reply to the next part, and the key that it is about.
    pub(in crate::batch) fn next(&mut self) -> Result<(Value, &'static Spec)> {
        let Some(Part { spec, shape, .. }) = self.parts.next() else {
            return Err(Error::corrupt("", "more results than commands"));
        };
        let value = match shape {
            Shape::Ready(value) => value,
            Shape::One => self.value(spec)?,
            Shape::Atomic(count, reply) if self.mode == Mode::Atomic => {
                pick(self.values(count, spec)?, reply, spec)?
            }
            Shape::Apart(count) => pick(self.values(count, spec)?, Reply::Each, spec)?,
            Shape::Atomic(count, reply) => {
                // `MULTI` and each queued command answer first; an error there explains that of `EXEC`.
                let queued = (0..=count)
                    .map(|_| self.value(spec))
                    .collect::<Result<Vec<_>>>()?;
                let exec = self.value(spec)?;
                for value in queued {
                    checked(value, spec)?;
                }
                pick(exec, reply, spec)?
            }
        };
        Ok((value, spec))
    }

    fn value(&mut self, spec: &'static Spec) -> Result<Value> {
        self.values.next().ok_or_else(|| unexpected(spec))
    }

    /// The next ones as one array.
    fn values(&mut self, count: usize, spec: &'static Spec) -> Result<Value> {
        let values = (0..count).map(|_| self.value(spec));
        values.collect::<Result<Vec<_>>>().map(Value::Array)
    }
}
