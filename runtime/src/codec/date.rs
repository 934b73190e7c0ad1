use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, Error as _};
use serde::ser::{Error as _, Serializer};
use time::Date;

use super::{Codec, Form, Problem};
use crate::key::{KeyBuf, KeyParser};

/// A fixed-width calendar format. Implemented by generated code only.
pub trait DatePattern {
    /// Of `YYYY`, `MM`, `DD` and separators.
    const PATTERN: &'static str;
}

/// A date as its placeholder has it in keys.
#[derive(Debug, Clone, Copy)]
pub struct DateText<P>(PhantomData<P>);

impl<P: DatePattern> DateText<P> {
    fn write(date: &Date) -> Result<KeyBuf, Problem> {
        let mut out = KeyBuf::new();
        out.date("", date, P::PATTERN);
        match out.problem() {
            None => Ok(out),
            Some((_, problem)) => Err(Problem::Borrowed(problem)),
        }
    }

    fn read(text: &[u8]) -> Option<Date> {
        let mut parser = KeyParser::new(text);
        let date = parser.date(P::PATTERN)?;
        parser.is_done().then_some(date)
    }
}

impl<P: DatePattern> Codec for DateText<P> {
    type Value = Date;
    type Ref = Date;

    fn encode<R>(value: &Date, use_bytes: impl FnOnce(&[u8]) -> R) -> Result<R, Problem> {
        Ok(use_bytes(Self::write(value)?.as_bytes()))
    }

    fn decode(bytes: Vec<u8>) -> Result<Date, Problem> {
        Self::read(&bytes).ok_or(Problem::Borrowed("not a date of the declared format"))
    }
}

impl<P: DatePattern> Form<Date> for DateText<P> {
    fn serialize<S: Serializer>(value: &Date, to: S) -> Result<S::Ok, S::Error> {
        let text = Self::write(value).map_err(S::Error::custom)?;
        to.collect_str(&String::from_utf8_lossy(text.as_bytes()))
    }

    fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Date, D::Error> {
        let text = String::deserialize(from)?;
        Self::read(text.as_bytes())
            .ok_or_else(|| D::Error::custom("not a date of the declared format"))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    struct Compact;
    impl DatePattern for Compact {
        const PATTERN: &'static str = "YYYYMMDD";
    }

    #[test]
    fn dates_stand_in_their_own_format() {
        let day = Date::from_calendar_date(2026, time::Month::February, 3).unwrap();
        let stored = DateText::<Compact>::encode(&day, <[u8]>::to_vec).unwrap();
        assert_eq!(stored, b"20260203");
        assert_eq!(DateText::<Compact>::decode(stored).unwrap(), day);
        for wrong in ["2026-02-03", "20260230", "202602031", ""] {
            assert!(
                DateText::<Compact>::decode(wrong.into()).is_err(),
                "{wrong}"
            );
        }
    }
}
