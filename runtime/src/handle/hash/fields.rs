//! Several fields of a record at once.

use redis::Value;

use crate::cmd::Args;
use crate::codec::{Codec, Problem};
use crate::command::Command;
use crate::context::Context;
use crate::error::Result;
use crate::handle::Handle;
use crate::key::{Key, Spec};
use crate::lifetime::Lifetime;
use crate::payload::Payload;
use crate::record::{Field, FieldWriter, Record};
use crate::reply;
use crate::retry::Promise;
use crate::structure::Hash;
use crate::unavailable::Instead;

use super::change::{change, write_fields};
use super::field::first_of;

/// Fields of record `R`: a tuple of up to twelve.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no tuple of fields of `{R}`",
    label = "expected up to twelve fields in a tuple"
)]
pub trait Fields<R> {
    /// A tuple of their values, each of which may be absent.
    type Values;

    /// Tells the present and the earlier names of each in order.
    #[doc(hidden)]
    fn each(&self, names: &mut dyn FnMut(&'static str, &'static [&'static str]));

    /// Reads the values, one reply each.
    #[doc(hidden)]
    fn decode(
        replies: &mut std::vec::IntoIter<Value>,
        spec: &'static Spec,
        form: Form,
    ) -> Result<Self::Values>;
}

/// What is replied for a field.
#[derive(Debug, Clone, Copy)]
#[doc(hidden)]
pub enum Form {
    /// Its value.
    Value,
    /// The values under each of its names.
    PerName,
}

/// Fields of record `R` with their new values: a tuple of up to twelve pairs.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no tuple of fields of `{R}` with their values",
    label = "expected up to twelve pairs like `(Job::STATUS, &status)` in a tuple"
)]
pub trait Assignments<R> {
    /// Writes the fields.
    #[doc(hidden)]
    fn write(&self, out: &mut FieldWriter<'_>) -> Result<(), Problem>;
}

impl<K: Key<Structure = Hash<R>>, R: Record, X: Context> Handle<K, X, Hash<R>> {
    /// Several fields in one round trip: a tuple of optional values. All are `None` when the key does not
    /// exist.
    ///
    /// Sends `HMGET`; one per field in a transaction when a field had other names. O(n) in the number of
    /// fields asked for.
    ///
    /// ```no_run
    /// # use redis_schema::{Key, Handle, record::{Field, Record}, codec::Text, structure::Hash};
    /// # fn example<K: Key<Structure = Hash<R>>, R: Record>(
    /// #     job: Handle<K>, status: Field<R, Text<String>>, files: Field<R, Text<u32>>,
    /// #     connection: &mut redis::Connection,
    /// # ) -> redis_schema::Result<()> {
    /// let (status, files) = job.hmget((status, files)).query(connection)?;
    /// let (status, files): (Option<String>, Option<u32>) = (status, files);
    /// # Ok(()) }
    /// ```
    pub fn hmget<F: Fields<R>>(&self, fields: F) -> Command<F::Values, X> {
        let (mut count, mut renamed) = (0, false);
        fields.each(&mut |_, was| {
            count += 1;
            renamed |= !was.is_empty();
        });
        let instead = Instead::values(K::spec(), count);
        if renamed {
            return self
                .command(Promise::MayRenew, per_name::<R, F>, |key, lifetime| {
                    Ok(read_per_name(key, lifetime, &fields))
                })
                .instead(instead);
        }
        self.command(Promise::MayRenew, values::<R, F>, |key, lifetime| {
            let mut args = Some(Args::on("HMGET", key, count));
            fields.each(&mut |name, _| args = args.take().map(|args| args.arg(name.as_bytes())));
            let args = args.unwrap_or_else(|| Args::on("HMGET", key, 0));
            Ok(lifetime.read(key, args))
        })
        .instead(instead)
    }

    /// Sets several fields. As [`hset_field`](Self::hset_field), it creates the key where there is none.
    ///
    /// Sends one `HSET` and sets the lifetime in the same transaction. O(n) in the number of fields given.
    pub fn hset_fields(&self, values: impl Assignments<R>) -> Command<(), X> {
        self.command(Promise::Idempotent, reply::unit, |key, lifetime| {
            let args = Args::on("HSET", key, 8);
            let (args, written) =
                write_fields(args, R::EXPIRES, |out| values.write(out)).map_err(Self::refused)?;
            Ok(change::<R>(key, lifetime, args, written))
        })
        .instead(Instead::done(K::spec()))
    }
}

fn read_per_name<R>(key: &[u8], lifetime: &Lifetime, fields: &impl Fields<R>) -> Payload {
    let mut cmds = Vec::new();
    fields.each(&mut |name, was| {
        let args = Args::on("HMGET", key, 1 + was.len()).arg(name.as_bytes());
        let args = was
            .iter()
            .fold(args, |args, name| args.arg(name.as_bytes()));
        cmds.push(args.into_cmd());
    });
    if lifetime.refreshes_on_read() {
        cmds.extend(lifetime.anew(key).map(Args::into_cmd));
    }
    Payload::atomic_all(cmds)
}

fn values<R, F: Fields<R>>(value: Value, spec: &'static Spec) -> Result<F::Values> {
    F::decode(
        &mut reply::list(value, spec)?.into_iter(),
        spec,
        Form::Value,
    )
}

fn per_name<R, F: Fields<R>>(value: Value, spec: &'static Spec) -> Result<F::Values> {
    F::decode(
        &mut reply::list(value, spec)?.into_iter(),
        spec,
        Form::PerName,
    )
}

fn read<C: Codec>(
    replies: &mut std::vec::IntoIter<Value>,
    spec: &'static Spec,
    form: Form,
) -> Result<Option<C::Value>> {
    let reply = replies.next().ok_or_else(|| reply::unexpected(spec))?;
    match form {
        Form::Value => reply::optional::<C>(reply, spec),
        Form::PerName => first_of::<C>(reply, spec),
    }
}

macro_rules! tuples {
    ($(($($codec:ident $presence:ident $index:tt),+))*) => {$(
        impl<R, $($codec: Codec, $presence),+> Fields<R> for ($(Field<R, $codec, $presence>,)+) {
            type Values = ($(Option<$codec::Value>,)+);

            fn each(&self, names: &mut dyn FnMut(&'static str, &'static [&'static str])) {
                $(names(self.$index.name(), self.$index.former());)+
            }

            fn decode(
                replies: &mut std::vec::IntoIter<Value>,
                spec: &'static Spec,
                form: Form,
            ) -> Result<Self::Values> {
                Ok(($(read::<$codec>(replies, spec, form)?,)+))
            }
        }

        impl<R, $($codec: Codec, $presence),+> Assignments<R>
            for ($((Field<R, $codec, $presence>, &$codec::Ref),)+)
        {
            fn write(&self, out: &mut FieldWriter<'_>) -> Result<(), Problem> {
                $({
                    let (field, value) = self.$index;
                    out.put::<$codec>(field.name(), value)?;
                    out.former(field.former());
                })+
                Ok(())
            }
        }
    )*};
}

tuples! {
    (A P 0)
    (A P 0, B Q 1)
    (A P 0, B Q 1, C S 2)
    (A P 0, B Q 1, C S 2, D T 3)
    (A P 0, B Q 1, C S 2, D T 3, E U 4)
    (A P 0, B Q 1, C S 2, D T 3, E U 4, F V 5)
    (A P 0, B Q 1, C S 2, D T 3, E U 4, F V 5, G W 6)
    (A P 0, B Q 1, C S 2, D T 3, E U 4, F V 5, G W 6, H X 7)
    (A P 0, B Q 1, C S 2, D T 3, E U 4, F V 5, G W 6, H X 7, I Y 8)
    (A P 0, B Q 1, C S 2, D T 3, E U 4, F V 5, G W 6, H X 7, I Y 8, J Z 9)
    (A P 0, B Q 1, C S 2, D T 3, E U 4, F V 5, G W 6, H X 7, I Y 8, J Z 9, K O 10)
    (A P 0, B Q 1, C S 2, D T 3, E U 4, F V 5, G W 6, H X 7, I Y 8, J Z 9, K O 10, L N 11)
}
