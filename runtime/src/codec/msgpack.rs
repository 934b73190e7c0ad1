use std::marker::PhantomData;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{Codec, Problem, with_scratch};

/// MessagePack with field names, so that fields may come and go. Unknown fields are ignored on reading.
#[derive(Debug, Clone, Copy)]
pub struct MsgPack<T>(PhantomData<T>);

impl<T: Serialize + DeserializeOwned> Codec for MsgPack<T> {
    type Value = T;
    type Ref = T;

    fn encode<R>(value: &T, use_bytes: impl FnOnce(&[u8]) -> R) -> Result<R, Problem> {
        with_scratch(
            |buffer| match rmp_serde::encode::write_named(&mut *buffer, value) {
                Ok(()) => Ok(use_bytes(buffer)),
                Err(_) => Err(Problem::Borrowed("cannot be written as MessagePack")),
            },
        )
    }

    fn decode(bytes: Vec<u8>) -> Result<T, Problem> {
        // The decoder's own words may quote the value.
        rmp_serde::from_slice(&bytes)
            .map_err(|_| Problem::Borrowed("not MessagePack of the declared shape"))
    }
}
