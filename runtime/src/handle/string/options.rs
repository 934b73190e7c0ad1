use crate::codec::Codec;
use crate::command::Command;
use crate::context::Context;
use crate::handle::Handle;
use crate::key::Key;
use crate::reply;
use crate::retry::Promise;
use crate::structure::Str;

use super::set;

/// How a value is stored.
///
/// ```
/// use redis_schema::SetOptions;
/// let replace_only = SetOptions::new().xx().keep_ttl();
/// # let _ = replace_only;
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct SetOptions {
    condition: Option<Condition>,
    keep_ttl: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Condition {
    Absent,
    Present,
}

impl SetOptions {
    /// In any case, with the declared lifetime.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            condition: None,
            keep_ttl: false,
        }
    }

    /// Only if the key does not exist (`NX`). Takes the place of [`xx`](Self::xx).
    #[must_use]
    pub const fn nx(mut self) -> Self {
        self.condition = Some(Condition::Absent);
        self
    }

    /// Only if the key exists (`XX`). Takes the place of [`nx`](Self::nx).
    #[must_use]
    pub const fn xx(mut self) -> Self {
        self.condition = Some(Condition::Present);
        self
    }

    /// Leaves the remaining lifetime as it is (`KEEPTTL`); a key without one gets the declared lifetime.
    #[must_use]
    pub const fn keep_ttl(mut self) -> Self {
        self.keep_ttl = true;
        self
    }

    const fn word(self) -> &'static [u8] {
        match self.condition {
            Some(Condition::Present) => b"XX",
            _ => b"NX",
        }
    }
}

impl<K: Key<Structure = Str<C>>, C: Codec, X: Context> Handle<K, X, Str<C>> {
    /// Stores the value as the options say; tells whether it did.
    ///
    /// Sends `SET` with the lifetime and the options; with `keep_ttl`, `SET … KEEPTTL` and `EXPIRE … NX` in
    /// one transaction. O(1).
    #[doc(alias = "set_options")]
    pub fn set_with(&self, value: &C::Ref, options: SetOptions) -> Command<bool, X> {
        self.stored(reply::not_nil, value, options, false)
    }

    /// Stores the value as the options say and returns the one that was there: with `nx`, `None` means that
    /// it is stored; with `xx`, that it is not.
    ///
    /// Sends `SET … GET` with the lifetime and the options; together with `nx` this needs Redis 7.0. O(1).
    pub fn set_get_with(
        &self,
        value: &C::Ref,
        options: SetOptions,
    ) -> Command<Option<C::Value>, X> {
        self.stored(reply::optional::<C>, value, options, true)
    }

    fn stored<R>(
        &self,
        decode: reply::Decode<R>,
        value: &C::Ref,
        options: SetOptions,
        get: bool,
    ) -> Command<R, X> {
        let promise = match options.condition {
            // The answer is the value that was there, and gone after the first run.
            _ if get => Promise::Unsafe,
            Some(Condition::Absent) => Promise::Repeatable,
            Some(Condition::Present) | None => Promise::Idempotent,
        };
        self.command(promise, decode, |key, lifetime| {
            let args = C::encode(value, |bytes| set(key, bytes))
                .map_err(Self::refused)?
                .arg_if(options.condition.is_some(), options.word())
                .arg_if(get, b"GET");
            let creates_only = options.condition == Some(Condition::Absent);
            if !options.keep_ttl {
                return Ok(lifetime.set(key, args, creates_only));
            }
            if lifetime.is_never() {
                return Ok(args.arg_if(!creates_only, b"KEEPTTL").into());
            }
            Ok(lifetime.keep().set(key, args, creates_only))
        })
    }
}
