//! Replies made of replies.

use redis::{PushKind, Value};

use super::Malformed;

/// More elements than this are refused: no server makes such a reply.
const MOST: usize = 1 << 32;
/// Room made ahead for elements that a length only announces.
const AHEAD: usize = 4096;

/// An aggregate under construction.
#[derive(Debug)]
pub(super) struct Open {
    kind: u8,
    /// Elements to come; a pair counts twice.
    left: usize,
    /// Elements of what is no map.
    items: Vec<Value>,
    pairs: Vec<(Value, Value)>,
    /// The first half of a pair.
    key: Option<Value>,
}

impl Open {
    pub(super) fn new(kind: u8, length: usize) -> Result<Self, Malformed> {
        if length > MOST {
            return Err(Malformed("a reply has too many elements"));
        }
        let room = length.min(AHEAD);
        let is_map = matches!(kind, b'%' | b'|');
        Ok(Self {
            kind,
            left: match kind {
                b'%' => length * 2,
                // What the attributes belong to follows them.
                b'|' => length * 2 + 1,
                _ => length,
            },
            items: Vec::with_capacity(if is_map { 0 } else { room }),
            pairs: Vec::with_capacity(if is_map { room } else { 0 }),
            key: None,
        })
    }

    pub(super) fn is_full(&self) -> bool {
        self.left == 0
    }

    #[inline]
    pub(super) fn push(&mut self, value: Value) {
        self.left -= 1;
        if !matches!(self.kind, b'%' | b'|') {
            self.items.push(value);
        } else if let Some(key) = self.key.take() {
            self.pairs.push((key, value));
        } else {
            self.key = Some(value);
        }
    }

    pub(super) fn finish(self) -> Result<Value, Malformed> {
        Ok(match self.kind {
            b'*' => Value::Array(self.items),
            b'~' => Value::Set(self.items),
            b'%' => Value::Map(self.pairs),
            b'|' => Value::Attribute {
                data: Box::new(self.key.unwrap_or_default()),
                attributes: self.pairs,
            },
            _ => push(self.items)?,
        })
    }
}

fn push(items: Vec<Value>) -> Result<Value, Malformed> {
    let mut items = items.into_iter();
    let kind = match items.next() {
        None => String::new(),
        Some(Value::BulkString(bytes)) => String::from_utf8_lossy(&bytes).into_owned(),
        Some(Value::SimpleString(text)) => text,
        Some(_) => return Err(Malformed("a message has no kind")),
    };
    Ok(Value::Push {
        kind: push_kind(kind),
        data: items.collect(),
    })
}

fn push_kind(kind: String) -> PushKind {
    match kind.as_str() {
        "invalidate" => PushKind::Invalidate,
        "message" => PushKind::Message,
        "pmessage" => PushKind::PMessage,
        "smessage" => PushKind::SMessage,
        "subscribe" => PushKind::Subscribe,
        "psubscribe" => PushKind::PSubscribe,
        "ssubscribe" => PushKind::SSubscribe,
        "unsubscribe" => PushKind::Unsubscribe,
        "punsubscribe" => PushKind::PUnsubscribe,
        "sunsubscribe" => PushKind::SUnsubscribe,
        _ => PushKind::Other(kind),
    }
}
