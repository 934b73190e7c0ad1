//! How values stand inside JSON and MessagePack documents where serde's own form is not the schema's.

use std::collections::BTreeMap;
use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, Error as _};
use serde::ser::{Serialize, Serializer};

use super::{Each, Text, TextValue, base64};

/// A form of `T` inside a document.
pub trait Form<T> {
    /// Writes the value.
    ///
    /// # Errors
    /// The serializer's own.
    fn serialize<S: Serializer>(value: &T, to: S) -> Result<S::Ok, S::Error>;

    /// Reads the value.
    ///
    /// # Errors
    /// It is no such value.
    fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<T, D::Error>;
}

/// For `#[serde(with = "As::<F>")]`: the field stands in form `F`.
#[derive(Debug, Clone, Copy)]
pub struct As<F>(PhantomData<F>);

impl<F> As<F> {
    /// Writes a field.
    ///
    /// # Errors
    /// The serializer's own.
    pub fn serialize<T, S: Serializer>(value: &T, to: S) -> Result<S::Ok, S::Error>
    where
        F: Form<T>,
    {
        F::serialize(value, to)
    }

    /// Reads a field.
    ///
    /// # Errors
    /// It is no such value.
    pub fn deserialize<'de, T, D: Deserializer<'de>>(from: D) -> Result<T, D::Error>
    where
        F: Form<T>,
    {
        F::deserialize(from)
    }
}

/// The form that serde gives a type.
#[derive(Debug, Clone, Copy)]
pub struct Plain;

impl<T: Serialize + for<'de> Deserialize<'de>> Form<T> for Plain {
    fn serialize<S: Serializer>(value: &T, to: S) -> Result<S::Ok, S::Error> {
        value.serialize(to)
    }

    fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<T, D::Error> {
        T::deserialize(from)
    }
}

/// The text that the type has as a whole value.
impl<T> Form<T> for Text<T>
where
    T: TextValue + std::borrow::Borrow<T::Ref>,
{
    fn serialize<S: Serializer>(value: &T, to: S) -> Result<S::Ok, S::Error> {
        T::write_text(value.borrow(), |text| {
            // Every text form is UTF-8.
            to.collect_str(&String::from_utf8_lossy(text))
        })
    }

    fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<T, D::Error> {
        let text = String::deserialize(from)?;
        T::read_text(text.into_bytes()).map_err(D::Error::custom)
    }
}

/// Any bytes, as standard Base64 text.
impl Form<Vec<u8>> for super::Bytes {
    fn serialize<S: Serializer>(value: &Vec<u8>, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&base64::encode(value))
    }

    fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<u8>, D::Error> {
        let text = String::deserialize(from)?;
        base64::decode(&text).ok_or_else(|| D::Error::custom("not Base64"))
    }
}

/// A user's own type, through the built-in type `R` in form `F`.
#[derive(Debug, Clone, Copy)]
pub struct Through<R, F = Plain>(PhantomData<(R, F)>);

impl<T, R, F> Form<T> for Through<R, F>
where
    T: Clone + Into<R> + TryFrom<R>,
    F: Form<R>,
{
    fn serialize<S: Serializer>(value: &T, to: S) -> Result<S::Ok, S::Error> {
        F::serialize(&value.clone().into(), to)
    }

    fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<T, D::Error> {
        T::try_from(F::deserialize(from)?)
            .map_err(|_| D::Error::custom("refused by the type `rust:` names"))
    }
}

/// A value that serializes in form `F`.
pub(super) struct Formed<'v, T, F>(&'v T, PhantomData<F>);

impl<'v, T, F> Formed<'v, T, F> {
    pub(super) const fn new(value: &'v T) -> Self {
        Self(value, PhantomData)
    }
}

impl<T, F: Form<T>> Serialize for Formed<'_, T, F> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        F::serialize(self.0, to)
    }
}

/// A value that was read in form `F`.
pub(super) struct Unformed<T, F>(T, PhantomData<F>);

impl<T, F> Unformed<T, F> {
    pub(super) fn into_inner(self) -> T {
        self.0
    }
}

impl<'de, T, F: Form<T>> Deserialize<'de> for Unformed<T, F> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        F::deserialize(from).map(|value| Self(value, PhantomData))
    }
}

impl<T, F: Form<T>> Form<Option<T>> for Each<F> {
    fn serialize<S: Serializer>(value: &Option<T>, to: S) -> Result<S::Ok, S::Error> {
        value.as_ref().map(Formed::<T, F>::new).serialize(to)
    }

    fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Option<T>, D::Error> {
        let value = Option::<Unformed<T, F>>::deserialize(from)?;
        Ok(value.map(Unformed::into_inner))
    }
}

impl<T, F: Form<T>> Form<Vec<T>> for Each<F> {
    fn serialize<S: Serializer>(value: &Vec<T>, to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq(value.iter().map(Formed::<T, F>::new))
    }

    fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<T>, D::Error> {
        let values = Vec::<Unformed<T, F>>::deserialize(from)?;
        Ok(values.into_iter().map(Unformed::into_inner).collect())
    }
}

impl<T, F: Form<T>> Form<BTreeMap<String, T>> for Each<F> {
    fn serialize<S: Serializer>(value: &BTreeMap<String, T>, to: S) -> Result<S::Ok, S::Error> {
        to.collect_map(
            value
                .iter()
                .map(|(key, value)| (key, Formed::<T, F>::new(value))),
        )
    }

    fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<BTreeMap<String, T>, D::Error> {
        let values = BTreeMap::<String, Unformed<T, F>>::deserialize(from)?;
        Ok(values
            .into_iter()
            .map(|(key, value)| (key, value.into_inner()))
            .collect())
    }
}

#[cfg(all(test, feature = "json"))]
mod tests {
    #![allow(clippy::unwrap_used)]
    use serde_json::json;

    use super::*;
    use crate::codec::Bytes;

    fn there_and_back<T: PartialEq + std::fmt::Debug, F: Form<T>>(
        value: &T,
        stored: serde_json::Value,
    ) {
        let written = serde_json::to_value(Formed::<T, F>::new(value)).unwrap();
        assert_eq!(written, stored);
        let read: Unformed<T, F> = serde_json::from_value(stored).unwrap();
        assert_eq!(&read.into_inner(), value);
    }

    #[test]
    fn moments_bytes_and_numbers_as_text_nested_at_will() {
        let moment = ::time::OffsetDateTime::UNIX_EPOCH;
        there_and_back::<_, Text<::time::OffsetDateTime>>(&moment, json!("1970-01-01T00:00:00Z"));
        there_and_back::<_, Each<Bytes>>(&Some(vec![255_u8]), json!("/w=="));
        there_and_back::<_, Each<Each<Text<u8>>>>(&vec![Some(7_u8), None], json!(["7", null]));
        let map = BTreeMap::from([("a".to_owned(), 1_u8)]);
        there_and_back::<_, Each<Text<u8>>>(&map, json!({ "a": "1" }));
    }

    #[test]
    fn a_user_s_type_goes_through_its_built_in_one() {
        #[derive(Debug, Clone, PartialEq)]
        struct Even(u8);
        impl From<Even> for u8 {
            fn from(even: Even) -> Self {
                even.0
            }
        }
        impl TryFrom<u8> for Even {
            type Error = ();
            fn try_from(number: u8) -> Result<Self, ()> {
                if number.is_multiple_of(2) {
                    Ok(Self(number))
                } else {
                    Err(())
                }
            }
        }
        there_and_back::<_, Through<u8>>(&Even(4), json!(4));
        assert!(serde_json::from_value::<Unformed<Even, Through<u8>>>(json!(5)).is_err());
    }
}
