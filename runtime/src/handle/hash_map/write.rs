//! Writing maps whose fields have a lifetime of their own.

use redis::Value;

use crate::cmd::Args;
use crate::codec::{Codec, Problem};
use crate::key::Key;
use crate::lifetime::{Lifetime, OnWrite, keep_fields};
use crate::payload::Payload;

/// The transaction that sets fields with their lifetimes and the key's.
pub(super) fn lasting<'a, K, F, C>(
    key: &[u8],
    lifetime: &Lifetime,
    entries: impl Iterator<Item = (&'a F::Ref, &'a C::Ref)>,
) -> Result<Payload, Problem>
where
    K: Key,
    F: Codec<Ref: 'a>,
    C: Codec<Ref: 'a>,
{
    let fields = &K::spec().field_lifetime;
    let mut encoded = Vec::with_capacity(entries.size_hint().0);
    for (field, value) in entries {
        encoded.push((
            F::encode(field, <[u8]>::to_vec)?,
            C::encode(value, <[u8]>::to_vec)?,
        ));
    }
    if encoded.is_empty() {
        return Ok(Payload::Ready(Value::Int(0)));
    }
    let commands = if fields.on_write() == OnWrite::Keep {
        vec![kept(key, fields, &encoded)]
    } else {
        let set = Args::on("HSET", key, 2 * encoded.len());
        let set = (encoded.iter()).fold(set, |args, (field, value)| args.arg(field).arg(value));
        let names: Vec<&[u8]> = encoded.iter().map(|(field, _)| field.as_slice()).collect();
        vec![set, fields.renew_fields(key, &names)]
    };
    Ok(lifetime.write_all(key, 0, commands))
}

fn kept(key: &[u8], fields: &Lifetime, entries: &[(Vec<u8>, Vec<u8>)]) -> Args {
    let millis = fields.field_millis();
    entries
        .iter()
        .fold(keep_fields(key, entries.len()), |args, (field, value)| {
            args.uint(millis).arg(field).arg(value)
        })
}

/// Appends the milliseconds that a field lives, where fields have a lifetime.
pub(super) fn field_millis<K: Key>(args: Args) -> Args {
    let fields = &K::spec().field_lifetime;
    if fields.is_never() {
        args
    } else {
        args.uint(fields.field_millis())
    }
}

/// Appends how a script that counts treats the lifetime of the field, where fields have one.
pub(super) fn field_rule<K: Key>(args: Args) -> Args {
    let fields = &K::spec().field_lifetime;
    if fields.is_never() {
        return args;
    }
    let how: &[u8] = match fields.on_write() {
        OnWrite::Keep => b"keep",
        OnWrite::Refresh => b"anew",
    };
    args.uint(fields.field_millis()).arg(how)
}

/// A command that counts in a field, with the lifetimes of the field and of the key.
pub(super) fn counted<K, F>(
    key: &[u8],
    lifetime: &Lifetime,
    command: Args,
    field: &F::Ref,
) -> Result<Payload, Problem>
where
    K: Key,
    F: Codec,
{
    let fields = &K::spec().field_lifetime;
    if fields.is_never() {
        return Ok(lifetime.write(key, command));
    }
    let expire = F::encode(field, |field| fields.after_count(key, &[field]))?;
    Ok(lifetime.write_all(key, 0, vec![command, expire]))
}
