//! What one line says: a scalar, or the length of what follows.

use redis::{Value, VerbatimFormat};

use super::Malformed;

/// A longer line is refused. Scripts may answer a status of any length, but none is known to need this much.
const LONGEST: usize = 1 << 20;

/// A line without its end.
pub(super) struct Line<'i> {
    pub(super) kind: u8,
    pub(super) text: &'i [u8],
}

impl<'i> Line<'i> {
    /// Takes a line off the input; `None` when its end has not come.
    #[inline]
    pub(super) fn take(input: &mut &'i [u8]) -> Result<Option<Self>, Malformed> {
        let bytes = *input;
        let Some((kind, rest)) = bytes.split_first() else {
            return Ok(None);
        };
        let Some(length) = line_length(rest) else {
            return if rest.len() > LONGEST {
                Err(Malformed("a line is too long"))
            } else {
                Ok(None)
            };
        };
        *input = &rest[length + 2..];
        Ok(Some(Self {
            kind: *kind,
            text: &rest[..length],
        }))
    }

    /// A simple string. Scripts may put any bytes into one; what is no text is replaced.
    #[inline]
    pub(super) fn simple(&self, terse: bool) -> Value {
        match self.text {
            b"OK" => Value::Okay,
            b"QUEUED" if terse => Value::Okay,
            text => Value::SimpleString(String::from_utf8_lossy(text).into_owned()),
        }
    }

    #[inline]
    pub(super) fn int(&self) -> Result<i64, Malformed> {
        int(self.text).ok_or(Malformed("a number is none"))
    }

    /// The length of what follows; `None` for the older protocol's null.
    #[inline]
    pub(super) fn length(&self) -> Result<Option<usize>, Malformed> {
        match self.text {
            [b'?', ..] => Err(Malformed("a streamed reply, which is not supported")),
            text => match int(text) {
                Some(-1) => Ok(None),
                Some(number) => usize::try_from(number)
                    .map(Some)
                    .map_err(|_| Malformed("a length is negative")),
                None => Err(Malformed("a length is no number")),
            },
        }
    }

    /// Every other kind of line.
    #[cold]
    pub(super) fn scalar(&self) -> Result<Value, Malformed> {
        match self.kind {
            b'-' => error(self.text),
            b'_' => Ok(Value::Nil),
            b'#' => match self.text {
                b"t" => Ok(Value::Boolean(true)),
                b"f" => Ok(Value::Boolean(false)),
                _ => Err(Malformed("a boolean is none")),
            },
            b',' => std::str::from_utf8(self.text)
                .ok()
                .and_then(|text| text.parse().ok())
                .map(Value::Double)
                .ok_or(Malformed("a floating-point number is none")),
            // Which type carries it depends on the features that redis-rs is compiled with.
            b'(' => by_redis_rs(b'(', self.text),
            _ => Err(Malformed("a reply of unknown kind")),
        }
    }
}

/// Bytes before the first line end.
#[inline]
fn line_length(bytes: &[u8]) -> Option<usize> {
    let mut from = 0;
    loop {
        let at = from + bytes[from..].iter().position(|byte| *byte == b'\n')?;
        if at > 0 && bytes[at - 1] == b'\r' {
            return Some(at - 1);
        }
        from = at + 1;
    }
}

#[inline]
fn int(text: &[u8]) -> Option<i64> {
    let (negative, digits) = match text {
        [b'-', digits @ ..] => (true, digits),
        [b'+', digits @ ..] => (false, digits),
        digits => (false, digits),
    };
    if digits.is_empty() {
        return None;
    }
    let mut number: i64 = 0;
    for digit in digits {
        let digit = i64::from(digit.wrapping_sub(b'0'));
        if digit > 9 {
            return None;
        }
        // Towards the sign's side, because the smallest number has no positive counterpart.
        number = number.checked_mul(10)?;
        number = if negative {
            number.checked_sub(digit)?
        } else {
            number.checked_add(digit)?
        };
    }
    Some(number)
}

/// An error. Only redis-rs can make the value that carries one.
pub(super) fn error(text: &[u8]) -> Result<Value, Malformed> {
    by_redis_rs(b'-', text)
}

#[cold]
fn by_redis_rs(kind: u8, text: &[u8]) -> Result<Value, Malformed> {
    let text = String::from_utf8_lossy(text).replace(['\r', '\n'], " ");
    let mut line = Vec::with_capacity(text.len() + 3);
    line.push(kind);
    line.extend_from_slice(text.as_bytes());
    line.extend_from_slice(b"\r\n");
    redis::parse_redis_value(&line).map_err(|_| Malformed("a reply is unreadable"))
}

/// Text behind the three letters of its format and a colon.
pub(super) fn verbatim(bytes: &[u8]) -> Result<Value, Malformed> {
    let text = String::from_utf8_lossy(bytes);
    let (format, text) = text
        .split_once(':')
        .ok_or(Malformed("a verbatim text names no format"))?;
    Ok(Value::VerbatimString {
        format: match format {
            "txt" => VerbatimFormat::Text,
            "mkd" => VerbatimFormat::Markdown,
            other => VerbatimFormat::Unknown(other.to_owned()),
        },
        text: text.to_owned(),
    })
}
