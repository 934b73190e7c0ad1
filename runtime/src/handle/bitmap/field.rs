use redis::Value;

use crate::cmd::Args;
use crate::codec::Problem;
use crate::command::Command;
use crate::context::Context;
use crate::error::Result;
use crate::handle::Handle;
use crate::key::{Key, Spec};
use crate::payload::Payload;
use crate::reply;
use crate::retry::Promise;
use crate::structure::Bitmap;

/// Operations on integers of any width inside a bitmap, done in order.
///
/// ```
/// use redis_schema::bitmap::{BitField, Offset, Overflow, Width};
///
/// let visits = Width::Unsigned(16);
/// BitField::new()
///     .overflow(Overflow::Saturate)
///     .incr_by(visits, Offset::Item(3), 1)
///     .get(visits, Offset::Item(4));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct BitField {
    steps: Vec<Step>,
}

/// An integer's width in bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Width {
    /// Unsigned, 1 to 63 bits.
    Unsigned(u8),
    /// Signed, 1 to 64 bits.
    Signed(u8),
}

/// Where an integer begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Offset {
    /// At this bit.
    Bit(u64),
    /// After so many integers of the same width.
    Item(u64),
}

/// What happens when a result does not fit its width.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Overflow {
    /// It starts again at the other end; what servers do by default.
    Wrap,
    /// It stops at the greatest or least value.
    Saturate,
    /// Nothing is done, and the result is `None`.
    Fail,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Get(Width, Offset),
    Set(Width, Offset, i64),
    IncrBy(Width, Offset, i64),
    Overflow(Overflow),
}

impl BitField {
    /// No operation yet.
    #[must_use]
    pub const fn new() -> Self {
        Self { steps: Vec::new() }
    }

    /// Reads an integer.
    #[must_use]
    pub fn get(self, width: Width, at: Offset) -> Self {
        self.then(Step::Get(width, at))
    }

    /// Writes an integer; the result is the one before.
    #[must_use]
    pub fn set(self, width: Width, at: Offset, value: i64) -> Self {
        self.then(Step::Set(width, at, value))
    }

    /// Adds to an integer; the result is the new one.
    #[must_use]
    pub fn incr_by(self, width: Width, at: Offset, by: i64) -> Self {
        self.then(Step::IncrBy(width, at, by))
    }

    /// What happens from here on when a result does not fit.
    #[must_use]
    pub fn overflow(self, overflow: Overflow) -> Self {
        self.then(Step::Overflow(overflow))
    }

    fn then(mut self, step: Step) -> Self {
        self.steps.push(step);
        self
    }

    fn has_result(&self) -> bool {
        let has_none = |step: &Step| matches!(step, Step::Overflow(_));
        !self.steps.iter().all(has_none)
    }

    /// What is set answers with what was there before.
    fn promise(&self) -> Promise {
        let adds = |step: &Step| matches!(step, Step::IncrBy(..));
        if self.only_reads() {
            Promise::MayRenew
        } else if self.steps.iter().any(adds) {
            Promise::Unsafe
        } else {
            Promise::Repeatable
        }
    }

    fn only_reads(&self) -> bool {
        let writes = |step: &Step| matches!(step, Step::Set(..) | Step::IncrBy(..));
        !self.steps.iter().any(writes)
    }
}

impl Width {
    fn text(self) -> Result<String, Problem> {
        match self {
            Self::Unsigned(bits @ 1..=63) => Ok(format!("u{bits}")),
            Self::Signed(bits @ 1..=64) => Ok(format!("i{bits}")),
            _ => Err(Problem::Borrowed(
                "an integer has 1 to 64 bits, an unsigned one at most 63",
            )),
        }
    }
}

impl Step {
    fn push(self, args: Args, reads: bool) -> Result<Args, Problem> {
        let at = |args: Args, width: Width, offset: Offset| {
            let args = args.arg(width.text()?.as_bytes());
            Ok::<_, Problem>(match offset {
                Offset::Bit(bit) => args.uint(bit),
                Offset::Item(item) => args.arg(format!("#{item}").as_bytes()),
            })
        };
        match self {
            Self::Get(width, offset) => at(args.arg(b"GET"), width, offset),
            Self::Set(width, offset, value) => Ok(at(args.arg(b"SET"), width, offset)?.int(value)),
            Self::IncrBy(width, offset, by) => Ok(at(args.arg(b"INCRBY"), width, offset)?.int(by)),
            Self::Overflow(_) if reads => Ok(args),
            Self::Overflow(overflow) => Ok(args.arg(b"OVERFLOW").arg(match overflow {
                Overflow::Wrap => b"WRAP",
                Overflow::Saturate => b"SAT",
                Overflow::Fail => b"FAIL",
            })),
        }
    }
}

impl<K: Key<Structure = Bitmap>, X: Context> Handle<K, X, Bitmap> {
    /// Reads and changes integers inside the bitmap, atomically; one result for each operation in order,
    /// `None` where [`Overflow::Fail`] prevented it.
    ///
    /// Sends `BITFIELD` and gives the key its lifetime in the same transaction; `BITFIELD_RO` (6.0) when
    /// nothing is changed; nothing when no operation is given. O(1) for each.
    pub fn bitfield(&self, fields: &BitField) -> Command<Vec<Option<i64>>, X> {
        self.command(fields.promise(), results, |key, lifetime| {
            if !fields.has_result() {
                return Ok(Payload::Ready(Value::Array(Vec::new())));
            }
            let reads = fields.only_reads();
            let name = if reads { "BITFIELD_RO" } else { "BITFIELD" };
            let args = Args::on(name, key, 4 * fields.steps.len());
            let args = fields
                .steps
                .iter()
                .try_fold(args, |args, step| step.push(args, reads))
                .map_err(Self::refused)?;
            Ok(if reads {
                lifetime.read(key, args)
            } else {
                lifetime.write(key, args)
            })
        })
    }
}

fn results(value: Value, spec: &'static Spec) -> Result<Vec<Option<i64>>> {
    reply::list(value, spec)?
        .into_iter()
        .map(|item| match reply::checked(item, spec)? {
            Value::Nil => Ok(None),
            other => reply::int(other, spec).map(Some),
        })
        .collect()
}
