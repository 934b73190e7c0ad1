use crate::cmd::Args;
use crate::codec::{AsValue, Codec};
use crate::command::Command;
use crate::context::Context;
use crate::error::{Error, ErrorKind, Result};
use crate::handle::Handle;
use crate::key::Key;
use crate::lifetime::Lifetime;
use crate::payload::Payload;
use crate::reply;
use crate::retry::Promise;
use crate::script::script;
use crate::slot::AtStore;
use crate::structure::Str;

/// Values are compared by their bytes at rest: two texts of JSON that differ in spacing or in the order of a
/// map are different values.
impl<K: Key<Structure = Str<C>>, C: Codec, X: Context> Handle<K, X, Str<C>> {
    /// Stores a value only if another one is there; tells whether it did. A write that does not take place
    /// leaves the lifetime alone.
    ///
    /// Runs a script around `GET` and `SET`. O(n) in the length of the value. Atomic.
    #[doc(alias = "cas")]
    pub fn compare_and_set(&self, expected: &C::Ref, value: &C::Ref) -> Command<bool, X> {
        self.command(Promise::Repeatable, reply::flag, |key, lifetime| {
            C::encode(expected, |expected| {
                C::encode(value, |value| swap(key, lifetime, Some(expected), value))
            })
            .flatten()
            .map_err(Self::refused)
        })
    }

    /// Deletes the key only if a certain value is there; tells whether it did.
    ///
    /// Runs a script around `GET` and `DEL`. O(n) in the length of the value. Atomic.
    pub fn compare_and_del(&self, expected: &C::Ref) -> Command<bool, X> {
        self.command(Promise::Repeatable, reply::flag, |key, _| {
            C::encode(expected, |expected| {
                Args::eval(DEL, key).arg(expected).into()
            })
            .map_err(Self::refused)
        })
    }

    /// The value's bytes at rest.
    fn raw(&self) -> Command<Option<Vec<u8>>, X> {
        self.bare(Promise::Read, reply::optional_bytes, "GET")
    }

    /// The value to put in the place of the one that was read, if any.
    fn change<V: AsValue<C::Ref>>(
        &self,
        found: Option<&Vec<u8>>,
        change: &mut impl FnMut(Option<C::Value>) -> Option<V>,
    ) -> Result<Option<Command<bool, X>>> {
        let value = found
            .map(|bytes| reply::decode::<C>(bytes.clone(), K::spec()))
            .transpose()?;
        Ok(change(value).map(|value| {
            self.command(Promise::Repeatable, reply::flag, |key, lifetime| {
                let found = found.map(Vec::as_slice);
                C::encode(value.as_value(), |value| swap(key, lifetime, found, value))
                    .map_err(Self::refused)
            })
        }))
    }

    /// As [`update_with`](Handle::update_with), on a synchronous connection.
    ///
    /// # Errors
    /// As [`update_with`](Handle::update_with).
    pub fn update_with_on<V: AsValue<C::Ref>>(
        &self,
        connection: &mut (impl redis::ConnectionLike + ?Sized),
        attempts: u32,
        mut change: impl FnMut(Option<C::Value>) -> Option<V>,
    ) -> Result<bool> {
        for _ in 0..attempts {
            let found = self.raw().query(connection)?;
            match self.change(found.as_ref(), &mut change)? {
                None => return Ok(false),
                Some(swap) => {
                    if swap.query(connection)? {
                        return Ok(true);
                    }
                }
            }
        }
        Err(contended::<K>(attempts))
    }

    /// Reads the value, lets `change` make a new one of it, and stores that if nobody has changed the value
    /// meanwhile; otherwise starts over. `change` may thus run several times. Tells whether a value was
    /// stored: it is not when `change` returns `None`.
    ///
    /// Sends `GET` and a script around `GET` and `SET` per attempt.
    ///
    /// # Errors
    /// [`Contended`](ErrorKind::Contended) when somebody else was faster at each of the `attempts`.
    pub async fn update_with<'s, V: AsValue<C::Ref>>(
        &self,
        attempts: u32,
        mut change: impl FnMut(Option<C::Value>) -> Option<V>,
    ) -> Result<bool>
    where
        X: AtStore<'s>,
    {
        for _ in 0..attempts {
            let found = self.raw().at_store().await?;
            match self.change(found.as_ref(), &mut change)? {
                None => return Ok(false),
                Some(swap) => {
                    if swap.at_store().await? {
                        return Ok(true);
                    }
                }
            }
        }
        Err(contended::<K>(attempts))
    }
}

#[cold]
fn contended<K: Key>(attempts: u32) -> Error {
    Error::new(
        ErrorKind::Contended,
        K::spec().template,
        format!("given up after {attempts} attempts"),
    )
}

/// Puts `value` in the place of `expected`, or where nothing is.
fn swap(key: &[u8], lifetime: &Lifetime, expected: Option<&[u8]>, value: &[u8]) -> Payload {
    let room = expected.map_or(0, <[u8]>::len) + value.len() + 48;
    let args = lifetime
        .script(Args::eval_on(SWAP, &[key], room))
        .arg(value);
    match expected {
        Some(expected) => args.arg(expected).into(),
        None => args.into(),
    }
}

const SWAP: &str = script!(
    "if redis.call('GET',KEYS[1])~=(ARGV[4] or false) then return 0 end"
    "if ARGV[1]=='none' then redis.call('SET',KEYS[1],ARGV[3])"
    "else redis.call('SET',KEYS[1],ARGV[3],'KEEPTTL') live(KEYS[1]) end"
    "return 1"
);
const DEL: &str = "if redis.call('GET',KEYS[1])~=ARGV[1] then return 0 end \
    return redis.call('DEL',KEYS[1])";
