use std::borrow::Cow;
use std::rc::Rc;
use std::sync::Arc;

/// A value handed to an accessor, owned or borrowed: what a list of them may hold.
///
/// Where a codec writes `str`, that is `&str`, `String`, `&String` and more; where it writes `Job`, it is
/// `Job` or `&Job`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no `{V}`",
    label = "expected values of type `{V}`, owned or borrowed"
)]
pub trait AsValue<V: ?Sized> {
    /// The value.
    fn as_value(&self) -> &V;
}

impl<V> AsValue<V> for V {
    fn as_value(&self) -> &V {
        self
    }
}

impl<V: ?Sized> AsValue<V> for &V {
    fn as_value(&self) -> &V {
        self
    }
}

macro_rules! unsized_values {
    ($($owner:ty => $value:ty;)*) => {$(
        impl AsValue<$value> for $owner {
            fn as_value(&self) -> &$value {
                self
            }
        }

        impl AsValue<$value> for &$owner {
            fn as_value(&self) -> &$value {
                self
            }
        }
    )*};
}

unsized_values! {
    String => str;
    Box<str> => str;
    Rc<str> => str;
    Arc<str> => str;
    Cow<'_, str> => str;
    Vec<u8> => [u8];
    Box<[u8]> => [u8];
    Rc<[u8]> => [u8];
    Arc<[u8]> => [u8];
    Cow<'_, [u8]> => [u8];
}

impl AsValue<str> for &&str {
    fn as_value(&self) -> &str {
        self
    }
}

impl AsValue<[u8]> for &&[u8] {
    fn as_value(&self) -> &[u8] {
        self
    }
}

impl<const N: usize> AsValue<[u8]> for [u8; N] {
    fn as_value(&self) -> &[u8] {
        self
    }
}

impl<const N: usize> AsValue<[u8]> for &[u8; N] {
    fn as_value(&self) -> &[u8] {
        *self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn length(texts: impl IntoIterator<Item = impl AsValue<str>>) -> usize {
        texts.into_iter().map(|text| text.as_value().len()).sum()
    }

    #[test]
    fn texts_come_in_many_forms() {
        let owned = vec!["ab".to_owned(), "c".to_owned()];
        assert_eq!(length(&owned), 3);
        assert_eq!(length(owned), 3);
        assert_eq!(length(["ab", "c"]), 3);
        assert_eq!(length(["ab", "c"].iter()), 3);
        assert_eq!(length([Cow::Borrowed("ab")]), 2);
    }
}
