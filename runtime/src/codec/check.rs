use std::borrow::Cow;
use std::collections::BTreeMap;
use std::marker::PhantomData;

use super::{Codec, Problem, Rule};

/// A declared bound that a value breaks. It does not quote the value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// The field; empty for a value that is not part of a record.
    pub field: &'static str,
    /// The bound, in words that follow the field's name.
    pub rule: Cow<'static, str>,
}

impl Violation {
    /// A broken bound.
    pub(crate) fn new(rule: impl Into<Cow<'static, str>>) -> Self {
        Self {
            field: "",
            rule: rule.into(),
        }
    }
}

/// A value with declared bounds (`range:`, `max:`).
pub trait Check {
    /// Checks every bound.
    ///
    /// # Errors
    /// The first bound that is broken.
    fn check(&self) -> Result<(), Violation>;
}

/// Checks one field of a record by rule `R`.
///
/// # Errors
/// The first bound that is broken, under the innermost field's name.
pub fn check_field<R: Rule<T>, T: ?Sized>(field: &'static str, value: &T) -> Result<(), Violation> {
    R::check(value).map_err(|mut broken| {
        if broken.field.is_empty() {
            broken.field = field;
        }
        broken
    })
}

/// Checks rule `R` before a value is written and after it is read.
#[derive(Debug, Clone, Copy)]
pub struct Bounded<C, R>(PhantomData<(C, R)>);

impl<C, R> Codec for Bounded<C, R>
where
    C: Codec,
    R: Rule<C::Ref> + Rule<C::Value>,
{
    type Value = C::Value;
    type Ref = C::Ref;

    fn encode<T>(value: &C::Ref, use_bytes: impl FnOnce(&[u8]) -> T) -> Result<T, Problem> {
        R::check(value).map_err(describe)?;
        C::encode(value, use_bytes)
    }

    fn decode(bytes: Vec<u8>) -> Result<C::Value, Problem> {
        let value = C::decode(bytes)?;
        R::check(&value).map_err(describe)?;
        Ok(value)
    }
}

#[cold]
fn describe(broken: Violation) -> Problem {
    match broken.field {
        "" => broken.rule,
        field => Problem::Owned(format!("`{field}` {}", broken.rule)),
    }
}

/// The bounds of each value inside an `Option`, a list or a map; also the form of each (see
/// [`Form`](super::Form)).
#[derive(Debug, Clone, Copy)]
pub struct Each<R>(PhantomData<R>);

impl<T, R: Rule<T>> Rule<Option<T>> for Each<R> {
    fn check(value: &Option<T>) -> Result<(), Violation> {
        value.iter().try_for_each(R::check)
    }
}

impl<T, R: Rule<T>> Rule<Vec<T>> for Each<R> {
    fn check(value: &Vec<T>) -> Result<(), Violation> {
        value.iter().try_for_each(R::check)
    }
}

impl<T, R: Rule<T>> Rule<BTreeMap<String, T>> for Each<R> {
    fn check(value: &BTreeMap<String, T>) -> Result<(), Violation> {
        value.values().try_for_each(R::check)
    }
}
