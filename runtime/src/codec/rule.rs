//! Declared bounds as types.

use super::{Check, Violation};
use crate::key::{is_hex, is_slug};

/// A bound on values of type `T`.
pub trait Rule<T: ?Sized> {
    /// Checks a value.
    ///
    /// # Errors
    /// It breaks the bound.
    fn check(value: &T) -> Result<(), Violation>;
}

/// The bounds that the type itself declares.
#[derive(Debug, Clone, Copy)]
pub struct Own;

impl<T: Check> Rule<T> for Own {
    fn check(value: &T) -> Result<(), Violation> {
        value.check()
    }
}

/// A number from `MIN` to `MAX`, both included.
#[derive(Debug, Clone, Copy)]
pub struct Range<const MIN: i128, const MAX: i128>;

impl<const MIN: i128, const MAX: i128> Range<MIN, MAX> {
    fn verdict(holds: bool) -> Result<(), Violation> {
        if holds {
            Ok(())
        } else {
            Err(Violation::new(format!("must be {MIN} to {MAX}")))
        }
    }
}

macro_rules! ranges {
    (whole: $($whole:ident)*; real: $($real:ident)*) => {
        $(impl<const MIN: i128, const MAX: i128> Rule<$whole> for Range<MIN, MAX> {
            fn check(value: &$whole) -> Result<(), Violation> {
                Self::verdict((MIN..=MAX).contains(&i128::from(*value)))
            }
        })*
        $(impl<const MIN: i128, const MAX: i128> Rule<$real> for Range<MIN, MAX> {
            #[allow(clippy::cast_precision_loss)]
            fn check(value: &$real) -> Result<(), Violation> {
                Self::verdict((MIN as $real..=MAX as $real).contains(value))
            }
        })*
    };
}

ranges! { whole: u8 u16 u32 u64 i8 i16 i32 i64; real: f32 f64 }

#[cfg(feature = "decimal")]
impl<const MIN: i128, const MAX: i128> Rule<rust_decimal::Decimal> for Range<MIN, MAX> {
    fn check(value: &rust_decimal::Decimal) -> Result<(), Violation> {
        use rust_decimal::Decimal;
        // Bounds beyond what the type can hold bound nothing.
        let min = Decimal::try_from_i128_with_scale(MIN, 0).unwrap_or(Decimal::MIN);
        let max = Decimal::try_from_i128_with_scale(MAX, 0).unwrap_or(Decimal::MAX);
        Self::verdict((min..=max).contains(value))
    }
}

/// At most `MAX` bytes.
#[derive(Debug, Clone, Copy)]
pub struct MaxLen<const MAX: usize>;

impl<const MAX: usize, T: AsRef<[u8]> + ?Sized> Rule<T> for MaxLen<MAX> {
    fn check(value: &T) -> Result<(), Violation> {
        if value.as_ref().len() <= MAX {
            Ok(())
        } else {
            Err(Violation::new(format!("must be at most {MAX} bytes long")))
        }
    }
}

/// Text of `[A-Za-z0-9._-]`: at least one character, at most `MAX`.
#[derive(Debug, Clone, Copy)]
pub struct Slug<const MAX: usize>;

impl<const MAX: usize, T: AsRef<[u8]> + ?Sized> Rule<T> for Slug<MAX> {
    fn check(value: &T) -> Result<(), Violation> {
        let text = value.as_ref();
        if text.is_empty() || !text.iter().copied().all(is_slug) {
            return Err(Violation::new(
                "must be of letters, digits, `.`, `_` and `-`",
            ));
        }
        MaxLen::<MAX>::check(value)
    }
}

/// Lower-case hexadecimal text of exactly `LEN` characters.
#[derive(Debug, Clone, Copy)]
pub struct Hex<const LEN: usize>;

impl<const LEN: usize, T: AsRef<[u8]> + ?Sized> Rule<T> for Hex<LEN> {
    fn check(value: &T) -> Result<(), Violation> {
        let text = value.as_ref();
        if text.len() == LEN && text.iter().copied().all(is_hex) {
            Ok(())
        } else {
            Err(Violation::new(format!(
                "must be {LEN} hexadecimal characters in lower case"
            )))
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::codec::{Bounded, Codec as _, Each, Text, check_field};

    #[test]
    fn ranges_include_their_ends_and_refuse_what_is_not_a_number() {
        type Percent = Range<0, 100>;
        assert!(Percent::check(&100_u8).is_ok());
        assert!(Percent::check(&101_u8).is_err());
        assert!(Percent::check(&-1_i64).is_err());
        assert!(Percent::check(&100.5_f64).is_err());
        assert!(Percent::check(&f64::NAN).is_err());
    }

    #[test]
    fn texts_are_held_to_length_and_alphabet() {
        assert!(Hex::<4>::check("00ff").is_ok());
        assert!(Hex::<4>::check("00FF").is_err());
        assert!(Hex::<4>::check("00f").is_err());
        assert!(Slug::<3>::check("a.b").is_ok());
        assert!(Slug::<3>::check("").is_err());
        assert!(Slug::<3>::check("a b").is_err());
        assert!(Slug::<3>::check("abcd").is_err());
        assert!(MaxLen::<2>::check("ä").is_ok());
        assert!(MaxLen::<2>::check("äa").is_err());
    }

    #[test]
    fn a_violation_names_the_innermost_field_and_never_the_value() {
        struct Inner(u8);
        impl Check for Inner {
            fn check(&self) -> Result<(), Violation> {
                check_field::<Range<0, 1>, _>("inner", &self.0)
            }
        }
        let broken = check_field::<Each<Own>, _>("outer", &vec![Inner(0), Inner(77)]).unwrap_err();
        assert_eq!(broken.field, "inner");
        assert_eq!(broken.rule, "must be 0 to 1");
    }

    #[test]
    fn bounded_codecs_check_both_ways() {
        type Digest = Bounded<Text<String>, Hex<4>>;
        assert_eq!(Digest::encode("00ff", <[u8]>::to_vec).unwrap(), b"00ff");
        assert!(Digest::encode("nope", <[u8]>::to_vec).is_err());
        assert!(Digest::decode(b"nope".to_vec()).is_err());
    }
}
