//! Which bit: an offset, or a name that the schema gives one.

/// A bit of the bitmaps of a kind `K`: its offset, or one of the names that the schema declares for that kind (`bits:`).
///
/// Implemented for `u64` and by generated code.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no bit of `{K}`",
    label = "an offset (`u64`), or one of the names under this key's `bits:`"
)]
pub trait BitOffset<K> {
    /// Where it is.
    fn offset(self) -> u64;
}

impl<K> BitOffset<K> for u64 {
    fn offset(self) -> u64 {
        self
    }
}
