//! Whether reports are events too, and what they say besides.

use std::fmt;
use std::marker::PhantomData;

use crate::codec::{AsValue, Codec, Problem};
use crate::handle::stream::StreamId;
use crate::record::{FieldReader, FieldWriter};

/// Reports are no events.
#[derive(Debug, Clone, Copy)]
pub struct Unlogged;

/// Reports are events.
#[derive(Debug, Clone, Copy)]
pub struct Logged;

/// Reports are events, and may say something of codec `M` besides.
#[derive(Debug, Clone, Copy)]
pub struct Told<M>(PhantomData<fn() -> M>);

/// Whether reports are events: [`Unlogged`], [`Logged`] or [`Told`].
pub trait Log: 'static {
    /// Where a snapshot stands among the events.
    type At: Copy + fmt::Debug + PartialEq;
    /// What an event says besides.
    type Message: Send + 'static;

    #[doc(hidden)]
    const EVENTS: bool;

    #[doc(hidden)]
    fn at(id: StreamId) -> Self::At;

    #[doc(hidden)]
    fn write(message: &Self::Message, out: &mut FieldWriter<'_>) -> Result<(), Problem>;

    #[doc(hidden)]
    fn read(from: &mut FieldReader) -> Result<Self::Message, Problem>;
}

/// Reports are events, which can be followed.
#[diagnostic::on_unimplemented(
    message = "reports are no events",
    label = "not declared with `events:`"
)]
pub trait Followed: Log<At = StreamId> {}

impl Followed for Logged {}

impl<M> Followed for Told<M> where Self: Log<At = StreamId> {}

impl Log for Unlogged {
    type At = ();
    type Message = ();

    const EVENTS: bool = false;

    fn at(_: StreamId) {}

    fn write((): &(), _: &mut FieldWriter<'_>) -> Result<(), Problem> {
        Ok(())
    }

    fn read(_: &mut FieldReader) -> Result<(), Problem> {
        Ok(())
    }
}

impl Log for Logged {
    type At = StreamId;
    type Message = ();

    const EVENTS: bool = true;

    fn at(id: StreamId) -> StreamId {
        id
    }

    fn write((): &(), _: &mut FieldWriter<'_>) -> Result<(), Problem> {
        Ok(())
    }

    fn read(_: &mut FieldReader) -> Result<(), Problem> {
        Ok(())
    }
}

impl<M> Log for Told<M>
where
    M: Codec<Value: AsValue<M::Ref> + Send + 'static> + 'static,
{
    type At = StreamId;
    type Message = Option<M::Value>;

    const EVENTS: bool = true;

    fn at(id: StreamId) -> StreamId {
        id
    }

    fn write(message: &Option<M::Value>, out: &mut FieldWriter<'_>) -> Result<(), Problem> {
        out.put_optional::<M>("message", message.as_ref().map(AsValue::as_value))
    }

    fn read(from: &mut FieldReader) -> Result<Option<M::Value>, Problem> {
        from.optional::<M>(&["message"])
    }
}
