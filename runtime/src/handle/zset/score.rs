use crate::codec::Problem;
use crate::value::{TimestampMs, TimestampS};

/// Whole numbers up to this size are exact as floating-point numbers, which is what the server keeps.
const EXACT: i64 = 1 << 53;

/// What a score means: any number (`f64`), a position (`i64`), or a moment.
///
/// The server keeps scores as 64-bit floating-point numbers. Whole numbers beyond ±2⁵³ would be rounded and
/// are refused.
pub trait Score: Copy {
    /// The difference of two scores: a number of units.
    type Delta: Copy;

    /// As the server keeps it.
    ///
    /// # Errors
    /// It would not be kept exactly.
    fn to_float(self) -> Result<f64, Problem>;

    /// From what the server keeps.
    ///
    /// # Errors
    /// It is no such score.
    fn from_float(number: f64) -> Result<Self, Problem>;

    /// A difference, as the server takes it.
    ///
    /// # Errors
    /// It would be rounded.
    fn delta(by: Self::Delta) -> Result<f64, Problem>;
}

impl Score for f64 {
    type Delta = f64;

    fn to_float(self) -> Result<f64, Problem> {
        if self.is_nan() {
            return Err(Problem::Borrowed("the score is not a number"));
        }
        Ok(self)
    }

    fn from_float(number: f64) -> Result<Self, Problem> {
        Ok(number)
    }

    fn delta(by: f64) -> Result<f64, Problem> {
        by.to_float()
    }
}

impl Score for i64 {
    type Delta = i64;

    fn to_float(self) -> Result<f64, Problem> {
        if self.unsigned_abs() > EXACT.unsigned_abs() {
            return Err(Problem::Borrowed("the score is beyond 2^53"));
        }
        #[allow(clippy::cast_precision_loss)]
        Ok(self as f64)
    }

    fn from_float(number: f64) -> Result<Self, Problem> {
        #[allow(clippy::cast_precision_loss)]
        let limit = EXACT as f64;
        if number.fract() != 0.0 || !(-limit..=limit).contains(&number) {
            return Err(Problem::Borrowed(
                "the score is no whole number within 2^53",
            ));
        }
        #[allow(clippy::cast_possible_truncation)]
        Ok(number as Self)
    }

    fn delta(by: i64) -> Result<f64, Problem> {
        by.to_float()
    }
}

macro_rules! moments {
    ($($name:ident)*) => {$(
        impl Score for $name {
            type Delta = i64;

            fn to_float(self) -> Result<f64, Problem> {
                self.get().to_float()
            }

            fn from_float(number: f64) -> Result<Self, Problem> {
                i64::from_float(number).map(Self::new)
            }

            fn delta(by: i64) -> Result<f64, Problem> {
                by.to_float()
            }
        }
    )*};
}

moments! { TimestampS TimestampMs }

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn whole_scores_are_exact_or_refused() {
        for exact in [0, 1, -1, EXACT, -EXACT] {
            assert_eq!(i64::from_float(exact.to_float().unwrap()), Ok(exact));
        }
        for inexact in [EXACT + 1, -EXACT - 1, i64::MAX, i64::MIN] {
            assert!(inexact.to_float().is_err());
        }
        for foreign in [0.5, f64::NAN, f64::INFINITY, 1e300] {
            assert!(i64::from_float(foreign).is_err());
            assert!(TimestampMs::from_float(foreign).is_err());
        }
    }

    #[test]
    fn any_number_is_a_score_but_not_nan() {
        assert_eq!(f64::INFINITY.to_float(), Ok(f64::INFINITY));
        assert!(f64::NAN.to_float().is_err());
    }
}
