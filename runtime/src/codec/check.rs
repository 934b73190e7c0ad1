use std::collections::BTreeMap;
use std::marker::PhantomData;

use super::{Codec, Problem};

/// A declared bound that a value breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Violation {
    /// The field.
    pub field: &'static str,
    /// The bound, in words.
    pub rule: &'static str,
}

/// A value with declared bounds (`range:`, `max:`).
pub trait Check {
    /// Checks every bound.
    ///
    /// # Errors
    /// The first bound that is broken.
    fn check(&self) -> Result<(), Violation>;
}

impl<T: Check> Check for Option<T> {
    fn check(&self) -> Result<(), Violation> {
        self.iter().try_for_each(Check::check)
    }
}

impl<T: Check> Check for Vec<T> {
    fn check(&self) -> Result<(), Violation> {
        self.iter().try_for_each(Check::check)
    }
}

impl<T: Check> Check for BTreeMap<String, T> {
    fn check(&self) -> Result<(), Violation> {
        self.values().try_for_each(Check::check)
    }
}

/// Checks declared bounds before a value is written and after it is read.
#[derive(Debug, Clone, Copy)]
pub struct Checked<C>(PhantomData<C>);

impl<C: Codec<Ref: Check, Value: Check>> Codec for Checked<C> {
    type Value = C::Value;
    type Ref = C::Ref;

    fn encode<R>(value: &C::Ref, use_bytes: impl FnOnce(&[u8]) -> R) -> Result<R, Problem> {
        value.check().map_err(describe)?;
        C::encode(value, use_bytes)
    }

    fn decode(bytes: Vec<u8>) -> Result<C::Value, Problem> {
        let value = C::decode(bytes)?;
        value.check().map_err(describe)?;
        Ok(value)
    }
}

#[cold]
fn describe(violation: Violation) -> Problem {
    Problem::Owned(format!("`{}` {}", violation.field, violation.rule))
}
