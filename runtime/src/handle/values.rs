//! Writing several values of one codec.

use crate::cmd::Args;
use crate::codec::{AsValue, Codec, Problem};

impl Args {
    /// Appends one value.
    pub(crate) fn value<C: Codec>(self, value: &C::Ref) -> Result<Self, Problem> {
        C::encode(value, |bytes| self.arg(bytes))
    }

    /// Appends values; tells how many.
    pub(crate) fn values<C: Codec, B: AsValue<C::Ref>>(
        self,
        values: impl IntoIterator<Item = B>,
    ) -> Result<(Self, usize), Problem> {
        let mut args = self;
        let mut count = 0;
        for value in values {
            args = args.value::<C>(value.as_value())?;
            count += 1;
        }
        Ok((args, count))
    }
}

/// `name key value…`; `None` without values.
pub(super) fn listed<C: Codec, B: AsValue<C::Ref>>(
    name: &'static str,
    key: &[u8],
    values: impl IntoIterator<Item = B>,
) -> Result<Option<Args>, Problem> {
    let values = values.into_iter();
    let room = values.size_hint().0;
    let (args, count) = Args::on(name, key, room).values::<C, B>(values)?;
    Ok((count > 0).then_some(args))
}
