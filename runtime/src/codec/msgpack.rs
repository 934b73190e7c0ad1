use std::marker::PhantomData;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{Codec, Format, Problem, UNKNOWN_FIELD, is_unknown_field, with_scratch};

/// MessagePack with field names, so that fields may come and go. Unknown fields are ignored on reading, but by records that
/// refuse them.
#[derive(Debug, Clone, Copy)]
pub struct MsgPack<T>(PhantomData<T>);

impl<T: Serialize + DeserializeOwned> Codec for MsgPack<T> {
    type Value = T;
    type Ref = T;

    fn encode<R>(value: &T, use_bytes: impl FnOnce(&[u8]) -> R) -> Result<R, Problem> {
        MsgPack::<()>::write(value, use_bytes)
    }

    fn decode(bytes: Vec<u8>) -> Result<T, Problem> {
        MsgPack::<()>::read(bytes)
    }
}

/// Identifiers, addresses and dates stand as the same text as in JSON.
impl Format for MsgPack<()> {
    fn write<R>(value: &impl Serialize, use_bytes: impl FnOnce(&[u8]) -> R) -> Result<R, Problem> {
        with_scratch(|buffer| {
            let mut to = rmp_serde::Serializer::new(&mut *buffer)
                .with_struct_map()
                .with_human_readable();
            match value.serialize(&mut to) {
                Ok(()) => Ok(use_bytes(buffer)),
                Err(_) => Err(Problem::Borrowed("cannot be written as MessagePack")),
            }
        })
    }

    fn read<T: DeserializeOwned>(bytes: Vec<u8>) -> Result<T, Problem> {
        let mut from = rmp_serde::Deserializer::from_read_ref(&bytes).with_human_readable();
        // The decoder's own words may quote the value.
        T::deserialize(&mut from).map_err(|error| {
            Problem::Borrowed(match is_unknown_field(&error) {
                true => UNKNOWN_FIELD,
                false => "not MessagePack of the declared shape",
            })
        })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn identifiers_and_addresses_stand_as_text() {
        let id = uuid::Uuid::nil();
        let stored = MsgPack::<(uuid::Uuid, std::net::IpAddr)>::encode(
            &(id, [127, 0, 0, 1].into()),
            <[u8]>::to_vec,
        )
        .unwrap();
        assert!(
            stored
                .windows(36)
                .any(|text| text == id.to_string().as_bytes())
        );
        assert!(stored.ends_with(b"127.0.0.1"));
        let read = MsgPack::<(uuid::Uuid, std::net::IpAddr)>::decode(stored).unwrap();
        assert_eq!(read.0, id);
    }
}
