//! Replies from bytes, as they come: RESP2 and RESP3.
//!
//! The parser keeps what an unfinished reply needs, so that no byte is looked at twice however many reads
//! a large reply takes; a large value is copied once, into the vector it is handed out in.

mod aggregate;
mod line;
#[cfg(test)]
mod tests;

use redis::Value;

use aggregate::Open;
use line::Line;

/// Aggregates inside one another, as many as redis-rs accepts.
const DEEPEST: usize = 100;
/// A larger value is refused: no server accepts one (`proto-max-bulk-len` is 512 MB by default).
const LARGEST: usize = 4 << 30;
/// Room made ahead for what a length only announces.
const AHEAD: usize = 1 << 20;

/// The bytes are no reply. Nothing that follows on the connection can be understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Malformed(pub(crate) &'static str);

/// Reads replies out of a stream of bytes.
#[derive(Debug, Default)]
pub(crate) struct Parser {
    /// Aggregates under construction, the outermost first.
    open: Vec<Open>,
    /// A value of stated length under construction.
    blob: Option<Blob>,
    /// `+QUEUED` is handed out as `Okay`, which allocates nothing.
    terse: bool,
}

/// A value of stated length whose bytes have not all come.
#[derive(Debug)]
struct Blob {
    kind: u8,
    bytes: Vec<u8>,
    /// Bytes that are missing, without the line end.
    left: usize,
}

/// What the next bytes began.
enum Item {
    Whole(Value),
    /// An aggregate or a value of stated length, to be continued.
    Begun,
    /// The line has not come yet.
    Incomplete,
}

impl Parser {
    /// A parser that does not tell `+QUEUED` from `+OK`.
    pub(crate) fn terse() -> Self {
        Self {
            terse: true,
            ..Self::default()
        }
    }

    /// The next whole reply; `None` when more bytes are needed. What has been used is taken off the input.
    pub(crate) fn next(&mut self, input: &mut &[u8]) -> Result<Option<Value>, Malformed> {
        loop {
            let value = if let Some(blob) = &mut self.blob {
                if !blob.fill(input)? {
                    return Ok(None);
                }
                match self.blob.take() {
                    Some(blob) => blob.finish()?,
                    None => return Ok(None),
                }
            } else {
                match self.item(input)? {
                    Item::Whole(value) => value,
                    Item::Begun => continue,
                    Item::Incomplete => return Ok(None),
                }
            };
            if let Some(whole) = self.place(value)? {
                return Ok(Some(whole));
            }
        }
    }

    /// Reads one line and what it announces.
    #[inline]
    fn item(&mut self, input: &mut &[u8]) -> Result<Item, Malformed> {
        let Some(line) = Line::take(input)? else {
            return Ok(Item::Incomplete);
        };
        Ok(Item::Whole(match line.kind {
            b'+' => line.simple(self.terse),
            b':' => Value::Int(line.int()?),
            b'$' | b'=' | b'!' => match line.length()? {
                Some(length) => return self.blob(line.kind, length, input),
                None => Value::Nil,
            },
            b'*' | b'~' | b'%' | b'|' | b'>' => match line.length()? {
                Some(length) => match self.open(line.kind, length)? {
                    Some(empty) => empty,
                    None => return Ok(Item::Begun),
                },
                None => Value::Nil,
            },
            _ => line.scalar()?,
        }))
    }

    /// A value of stated length: at once when all of it is there, which is the rule.
    #[inline]
    fn blob(&mut self, kind: u8, length: usize, input: &mut &[u8]) -> Result<Item, Malformed> {
        if length > LARGEST {
            return Err(Malformed("a value is too large"));
        }
        let mut blob = Blob {
            kind,
            bytes: Vec::with_capacity(length.min(AHEAD.max(input.len()))),
            left: length,
        };
        if blob.fill(input)? {
            return blob.finish().map(Item::Whole);
        }
        self.blob = Some(blob);
        Ok(Item::Begun)
    }

    /// Begins an aggregate; an empty one is whole already.
    fn open(&mut self, kind: u8, length: usize) -> Result<Option<Value>, Malformed> {
        if self.open.len() >= DEEPEST {
            return Err(Malformed("a reply is nested too deeply"));
        }
        let open = Open::new(kind, length)?;
        if open.is_full() {
            return open.finish().map(Some);
        }
        self.open.push(open);
        Ok(None)
    }

    /// Puts a value where it belongs; returns the reply that it completes.
    #[inline]
    fn place(&mut self, mut value: Value) -> Result<Option<Value>, Malformed> {
        while let Some(innermost) = self.open.last_mut() {
            innermost.push(value);
            if !innermost.is_full() {
                return Ok(None);
            }
            value = match self.open.pop() {
                Some(open) => open.finish()?,
                None => return Ok(None),
            };
        }
        Ok(Some(value))
    }
}

impl Blob {
    /// Takes what has come; whether the value and its line end are complete.
    #[inline]
    fn fill(&mut self, input: &mut &[u8]) -> Result<bool, Malformed> {
        let come = self.left.min(input.len());
        let (bytes, rest) = input.split_at(come);
        self.bytes.extend_from_slice(bytes);
        self.left -= come;
        *input = rest;
        if self.left > 0 {
            return Ok(false);
        }
        match input {
            [b'\r', b'\n', rest @ ..] => {
                *input = rest;
                Ok(true)
            }
            [] | [b'\r'] => Ok(false),
            _ => Err(Malformed("a value is longer than announced")),
        }
    }

    #[inline]
    fn finish(self) -> Result<Value, Malformed> {
        match self.kind {
            b'$' => Ok(Value::BulkString(self.bytes)),
            b'!' => line::error(&self.bytes),
            _ => line::verbatim(&self.bytes),
        }
    }
}
