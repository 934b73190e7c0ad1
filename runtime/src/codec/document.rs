//! Documents whose outermost value needs a form of its own: `json<[datetime]>`.

use std::marker::PhantomData;

use super::form::{Formed, Unformed};
use super::{Codec, Form, Problem};

/// Codec `C` of a `T` in form `F`. `C` names the format: `Json<()>` or `MsgPack<()>`.
#[derive(Debug, Clone, Copy)]
pub struct Document<C, T, F>(PhantomData<(C, T, F)>);

/// A document format.
pub trait Format {
    /// Writes a document.
    ///
    /// # Errors
    /// The value cannot be encoded.
    fn write<R>(
        value: &impl serde::Serialize,
        use_bytes: impl FnOnce(&[u8]) -> R,
    ) -> Result<R, Problem>;

    /// Reads a document.
    ///
    /// # Errors
    /// The bytes are no such document.
    fn read<T: serde::de::DeserializeOwned>(bytes: Vec<u8>) -> Result<T, Problem>;
}

impl<C: Format, T, F: Form<T>> Codec for Document<C, T, F> {
    type Value = T;
    type Ref = T;

    fn encode<R>(value: &T, use_bytes: impl FnOnce(&[u8]) -> R) -> Result<R, Problem> {
        C::write(&Formed::<T, F>::new(value), use_bytes)
    }

    fn decode(bytes: Vec<u8>) -> Result<T, Problem> {
        C::read::<Unformed<T, F>>(bytes).map(Unformed::into_inner)
    }
}
