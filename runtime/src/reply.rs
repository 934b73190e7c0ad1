//! Reading replies: the same meaning from RESP2 and RESP3, and nothing inferred.

use redis::Value;

use crate::codec::Codec;
use crate::error::{Error, Result};
use crate::key::Spec;

/// Reads one kind of reply.
pub(crate) type Decode<R> = fn(Value, &'static Spec) -> Result<R>;

/// The reply with an error the server sent in its place taken out.
pub(crate) fn checked(value: Value, spec: &'static Spec) -> Result<Value> {
    match value {
        Value::ServerError(error) => Err(Error::redis(spec.template, error.into())),
        Value::Attribute { data, .. } => checked(*data, spec),
        other => Ok(other),
    }
}

#[cold]
pub(crate) fn unexpected(spec: &'static Spec) -> Error {
    Error::corrupt(spec.template, "unexpected kind of reply")
}

/// Ignores what the reply says.
pub(crate) fn unit(value: Value, spec: &'static Spec) -> Result<()> {
    checked(value, spec).map(drop)
}

/// Ignores what each of several replies says.
pub(crate) fn units(value: Value, spec: &'static Spec) -> Result<()> {
    list(value, spec)?
        .into_iter()
        .try_for_each(|reply| unit(reply, spec))
}

/// An integer.
pub(crate) fn int(value: Value, spec: &'static Spec) -> Result<i64> {
    match checked(value, spec)? {
        Value::Int(number) => Ok(number),
        Value::Boolean(flag) => Ok(flag.into()),
        Value::BulkString(text) => parse(&text, spec),
        Value::SimpleString(text) => parse(text.as_bytes(), spec),
        _ => Err(unexpected(spec)),
    }
}

/// A count.
pub(crate) fn count(value: Value, spec: &'static Spec) -> Result<u64> {
    u64::try_from(int(value, spec)?).map_err(|_| unexpected(spec))
}

/// An integer that may be absent.
pub(crate) fn optional_count(value: Value, spec: &'static Spec) -> Result<Option<u64>> {
    match checked(value, spec)? {
        Value::Nil => Ok(None),
        other => count(other, spec).map(Some),
    }
}

/// Whether an integer is not 0.
pub(crate) fn flag(value: Value, spec: &'static Spec) -> Result<bool> {
    int(value, spec).map(|number| number != 0)
}

/// Whether an integer is 0.
pub(crate) fn zero(value: Value, spec: &'static Spec) -> Result<bool> {
    int(value, spec).map(|number| number == 0)
}

/// For each integer, whether it is not 0.
pub(crate) fn flags(value: Value, spec: &'static Spec) -> Result<Vec<bool>> {
    list(value, spec)?
        .into_iter()
        .map(|item| flag(item, spec))
        .collect()
}

/// Whether the answer is anything but nil: what `SET … NX` says.
pub(crate) fn not_nil(value: Value, spec: &'static Spec) -> Result<bool> {
    checked(value, spec).map(|value| value != Value::Nil)
}

/// A floating-point number: text in RESP2, a double in RESP3.
pub(crate) fn float(value: Value, spec: &'static Spec) -> Result<f64> {
    match checked(value, spec)? {
        Value::Double(number) => Ok(number),
        #[allow(clippy::cast_precision_loss)]
        Value::Int(number) => Ok(number as f64),
        Value::BulkString(text) => parse(&text, spec),
        Value::SimpleString(text) => parse(text.as_bytes(), spec),
        _ => Err(unexpected(spec)),
    }
}

/// A floating-point number that may be absent.
pub(crate) fn optional_float(value: Value, spec: &'static Spec) -> Result<Option<f64>> {
    match checked(value, spec)? {
        Value::Nil => Ok(None),
        other => float(other, spec).map(Some),
    }
}

/// Bytes.
pub(crate) fn bytes(value: Value, spec: &'static Spec) -> Result<Vec<u8>> {
    optional_bytes(value, spec)?.ok_or_else(|| unexpected(spec))
}

/// Bytes that may be absent.
pub(crate) fn optional_bytes(value: Value, spec: &'static Spec) -> Result<Option<Vec<u8>>> {
    match checked(value, spec)? {
        Value::Nil => Ok(None),
        Value::BulkString(bytes) => Ok(Some(bytes)),
        Value::SimpleString(text) => Ok(Some(text.into_bytes())),
        Value::VerbatimString { text, .. } => Ok(Some(text.into_bytes())),
        Value::Int(number) => Ok(Some(number.to_string().into_bytes())),
        Value::Okay => Ok(Some(b"OK".to_vec())),
        _ => Err(unexpected(spec)),
    }
}

/// Text that the server itself makes.
pub(crate) fn text(value: Value, spec: &'static Spec) -> Result<String> {
    String::from_utf8(bytes(value, spec)?).map_err(|_| unexpected(spec))
}

/// Text that the server itself makes and that may be absent.
pub(crate) fn optional_text(value: Value, spec: &'static Spec) -> Result<Option<String>> {
    optional_bytes(value, spec)?
        .map(|bytes| String::from_utf8(bytes).map_err(|_| unexpected(spec)))
        .transpose()
}

/// A list; nil counts as an empty one. A map becomes a flat list of keys and values.
pub(crate) fn list(value: Value, spec: &'static Spec) -> Result<Vec<Value>> {
    match checked(value, spec)? {
        Value::Nil => Ok(Vec::new()),
        Value::Array(items) | Value::Set(items) => Ok(items),
        Value::Map(pairs) => Ok(pairs.into_iter().flat_map(|(k, v)| [k, v]).collect()),
        _ => Err(unexpected(spec)),
    }
}

/// Pairs, whether the server sends them flat (RESP2), nested or as a map (RESP3).
pub(crate) fn pairs(value: Value, spec: &'static Spec) -> Result<Vec<(Value, Value)>> {
    let items = match checked(value, spec)? {
        Value::Nil => return Ok(Vec::new()),
        Value::Map(pairs) => return Ok(pairs),
        Value::Array(items) | Value::Set(items) => items,
        _ => return Err(unexpected(spec)),
    };
    let nested = matches!(items.first(), Some(Value::Array(_)));
    let mut out = Vec::with_capacity(if nested { items.len() } else { items.len() / 2 });
    let mut items = items.into_iter();
    while let Some(first) = items.next() {
        if nested {
            let Value::Array(pair) = first else {
                return Err(unexpected(spec));
            };
            let [first, second] = <[Value; 2]>::try_from(pair).map_err(|_| unexpected(spec))?;
            out.push((first, second));
        } else {
            out.push((first, items.next().ok_or_else(|| unexpected(spec))?));
        }
    }
    Ok(out)
}

/// One value of codec `C`.
pub(crate) fn value<C: Codec>(value: Value, spec: &'static Spec) -> Result<C::Value> {
    decode::<C>(bytes(value, spec)?, spec)
}

/// One value of codec `C` that may be absent.
pub(crate) fn optional<C: Codec>(value: Value, spec: &'static Spec) -> Result<Option<C::Value>> {
    match optional_bytes(value, spec)? {
        None => Ok(None),
        Some(bytes) => decode::<C>(bytes, spec).map(Some),
    }
}

/// Values of codec `C`.
pub(crate) fn values<C: Codec>(reply: Value, spec: &'static Spec) -> Result<Vec<C::Value>> {
    list(reply, spec)?
        .into_iter()
        .map(|item| value::<C>(item, spec))
        .collect()
}

/// Values of codec `C` in any collection.
pub(crate) fn gathered<C: Codec, S: FromIterator<C::Value>>(
    reply: Value,
    spec: &'static Spec,
) -> Result<S> {
    list(reply, spec)?
        .into_iter()
        .map(|item| value::<C>(item, spec))
        .collect()
}

/// Values of codec `C`, each of which may be absent.
pub(crate) fn optionals<C: Codec>(
    reply: Value,
    spec: &'static Spec,
) -> Result<Vec<Option<C::Value>>> {
    list(reply, spec)?
        .into_iter()
        .map(|item| optional::<C>(item, spec))
        .collect()
}

/// Bytes of codec `C`.
#[inline]
pub(crate) fn decode<C: Codec>(bytes: Vec<u8>, spec: &'static Spec) -> Result<C::Value> {
    C::decode(bytes).map_err(|problem| Error::corrupt(spec.template, problem))
}

fn parse<T: std::str::FromStr>(text: &[u8], spec: &'static Spec) -> Result<T> {
    std::str::from_utf8(text)
        .ok()
        .and_then(|text| text.parse().ok())
        .ok_or_else(|| unexpected(spec))
}
