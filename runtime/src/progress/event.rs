//! Events: reports that changed a number.

use std::marker::PhantomData;

use super::log::Log;
use super::state::Totals;
use crate::codec::{AsValue, Codec, Problem, Text};
use crate::record::{FieldReader, FieldWriter, Record};

/// A report that changed the number of an item. Where [`totals`](Self::totals) are complete, it is the one that completed them.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Event<I, M = ()> {
    /// The item.
    pub item: I,
    /// Its number from then on.
    pub value: u32,
    /// All items together, right after it.
    pub totals: Totals,
    /// What the report said besides.
    pub message: M,
}

/// An event as it stands in the stream.
pub(super) struct Entry<C: Codec, E: Log> {
    pub(super) event: Event<C::Value, E::Message>,
    codecs: PhantomData<fn() -> (C, E)>,
}

impl<C, E> Record for Entry<C, E>
where
    C: Codec<Value: AsValue<C::Ref>>,
    E: Log,
{
    const FIELDS: &'static [&'static str] =
        &["item", "value", "sum", "items", "done", "max", "message"];

    fn encode(&self, out: &mut FieldWriter<'_>) -> Result<(), Problem> {
        let Totals {
            sum,
            items,
            done,
            max,
        } = self.event.totals;
        out.put::<C>("item", self.event.item.as_value())?;
        out.put::<Text<u32>>("value", &self.event.value)?;
        out.put::<Text<u64>>("sum", &sum)?;
        out.put::<Text<u64>>("items", &items)?;
        out.put::<Text<u64>>("done", &done)?;
        out.put::<Text<u32>>("max", &max)?;
        E::write(&self.event.message, out)
    }

    fn decode(from: &mut FieldReader) -> Result<Self, Problem> {
        let event = Event {
            item: from.required::<C>(&["item"])?,
            value: from.required::<Text<u32>>(&["value"])?,
            totals: Totals {
                sum: from.required::<Text<u64>>(&["sum"])?,
                items: from.required::<Text<u64>>(&["items"])?,
                done: from.required::<Text<u64>>(&["done"])?,
                max: from.required::<Text<u32>>(&["max"])?,
            },
            message: E::read(from)?,
        };
        Ok(Self {
            event,
            codecs: PhantomData,
        })
    }
}
