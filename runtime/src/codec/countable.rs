use super::rule::Range;
use super::{Bounded, Codec, Text};
use crate::value::Integer;

/// A codec of integers that the server can count, with the bounds it must stay within.
#[diagnostic::on_unimplemented(
    message = "values of `{Self}` are no integers at rest",
    label = "the server cannot count them"
)]
pub trait Countable: Codec {
    /// The smallest value.
    #[doc(hidden)]
    const MIN: i64;
    /// The largest value.
    #[doc(hidden)]
    const MAX: i64;

    /// Whether every result that the server's own counter can reach is a value.
    #[doc(hidden)]
    const UNBOUNDED: bool = Self::MIN == i64::MIN && Self::MAX == i64::MAX;
}

impl<N: Integer> Countable for Text<N> {
    const MIN: i64 = N::MIN;
    const MAX: i64 = N::MAX;
}

impl<N, const MIN: i128, const MAX: i128> Countable for Bounded<Text<N>, Range<MIN, MAX>>
where
    N: Integer,
    Self: Codec,
{
    const MIN: i64 = within::<N>(MIN);
    const MAX: i64 = within::<N>(MAX);
}

/// A declared bound, cut to what the type can hold.
const fn within<N: Integer>(bound: i128) -> i64 {
    if bound < N::MIN as i128 {
        N::MIN
    } else if bound > N::MAX as i128 {
        N::MAX
    } else {
        bound as i64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Percent = Bounded<Text<u8>, Range<0, 100>>;
    type Wide = Bounded<Text<i64>, Range<{ i128::MIN }, { i128::MAX }>>;

    #[test]
    fn a_declared_range_is_cut_to_the_type() {
        assert_eq!((Percent::MIN, Percent::MAX), (0, 100));
        assert_eq!((Wide::MIN, Wide::MAX), (i64::MIN, i64::MAX));
        assert_eq!((Text::<u64>::MIN, Text::<u64>::MAX), (0, i64::MAX));
        let unbounded = [
            Wide::UNBOUNDED,
            Text::<i64>::UNBOUNDED,
            Text::<u64>::UNBOUNDED,
        ];
        assert_eq!(unbounded, [true, true, false]);
    }
}
