//! What a change of a record sends beside the fields themselves.

use redis::Value;

use crate::cmd::Args;
use crate::codec::Problem;
use crate::lifetime::{Lifetime, keep_fields};
use crate::payload::Payload;
use crate::record::{Expires, FieldWriter, Kept, Record, Written};

use super::touch::touch;

/// Appends fields, of which these have a lifetime of their own; tells what was written.
pub(super) fn write_fields(
    mut args: Args,
    expires: &'static [Expires],
    write: impl FnOnce(&mut FieldWriter<'_>) -> Result<(), Problem>,
) -> Result<(Args, Written), Problem> {
    let mut writer = FieldWriter::new(args.cmd_mut(), expires);
    write(&mut writer)?;
    let written = writer.finish();
    Ok((args, written))
}

/// The transaction of a change: the fields, what goes, the time, the fields' lifetimes and the key's.
pub(super) fn change<R: Record>(
    key: &[u8],
    lifetime: &Lifetime,
    set: Args,
    written: Written,
) -> Payload {
    let first = [
        (written.count > 0).then_some(set),
        keep(key, written.kept),
        hdel(key, &written.absent),
        touch::<R>(key),
    ];
    let mut commands: Vec<Args> = first.into_iter().flatten().collect();
    renew(key, &written.renewed, &mut commands);
    if commands.is_empty() {
        return Payload::Ready(Value::Okay);
    }
    lifetime.write_all(key, 0, commands)
}

/// `HDEL key name…`; `None` without names.
fn hdel(key: &[u8], names: &[&'static str]) -> Option<Args> {
    if names.is_empty() {
        return None;
    }
    let args = Args::on("HDEL", key, names.len());
    Some(
        names
            .iter()
            .fold(args, |args, name| args.arg(name.as_bytes())),
    )
}

/// The script that sets fields whose remaining lifetime stays; `None` without such fields.
fn keep(key: &[u8], kept: Vec<Kept>) -> Option<Args> {
    if kept.is_empty() {
        return None;
    }
    let args = keep_fields(key, kept.len());
    Some(kept.iter().fold(args, |args, kept| {
        args.uint(kept.field.lifetime.field_millis())
            .arg(kept.field.name.as_bytes())
            .arg(&kept.value)
    }))
}

/// One command for all fields of one lifetime.
fn renew(key: &[u8], fields: &[&Expires], commands: &mut Vec<Args>) {
    for (at, first) in fields.iter().enumerate() {
        let same = |field: &&&Expires| field.lifetime == first.lifetime;
        if fields[..at].iter().any(|earlier| same(&earlier)) {
            continue;
        }
        let names: Vec<&str> = (fields[at..].iter().filter(same))
            .map(|field| field.name)
            .collect();
        commands.push(first.lifetime.renew_fields(key, &names));
    }
}

/// What is declared of a field's lifetime.
pub(super) fn declared<R: Record>(name: &str) -> Option<&'static Expires> {
    R::EXPIRES.iter().find(|field| field.name == name)
}
