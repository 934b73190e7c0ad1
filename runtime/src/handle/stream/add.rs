use std::borrow::Borrow;

use redis::Value;

use super::id::{id, optional_id};
use super::{StreamId, Trim, TrimRule};
use crate::cmd::Args;
use crate::codec::Problem;
use crate::command::Command;
use crate::context::Context;
use crate::handle::Handle;
use crate::key::Key;
use crate::payload::Payload;
use crate::record::{FieldWriter, Record};
use crate::reply;
use crate::retry::Promise;
use crate::structure::Stream;

impl<K, R, T, X> Handle<K, X, Stream<R, T>>
where
    K: Key<Structure = Stream<R, T>>,
    R: Record,
    T: Trim,
    X: Context,
{
    /// Appends an entry and drops old ones as the schema declares; returns its identifier.
    ///
    /// Sends `XADD` with `MAXLEN` or `MINID` and gives the key its lifetime in the same transaction. Where
    /// entries go by age, the server's clock decides (a script). O(1), and O(n) in the entries dropped.
    #[doc(alias = "push")]
    pub fn xadd(&self, entry: &R) -> Command<StreamId, X> {
        self.command(Promise::Unsafe, id, |key, lifetime| {
            let args = append::<R, T>(key, None, b"*", entry).map_err(Self::refused)?;
            Ok(lifetime.write(key, args))
        })
    }

    /// As [`xadd`](Self::xadd), with an identifier of one's own, which must be greater than every one
    /// before it.
    pub fn xadd_with_id(&self, own: StreamId, entry: &R) -> Command<StreamId, X> {
        self.command(Promise::Repeatable, id, |key, lifetime| {
            let text = own.to_string();
            let args = append::<R, T>(key, None, text.as_bytes(), entry);
            Ok(lifetime.write(key, args.map_err(Self::refused)?))
        })
    }

    /// As [`xadd`](Self::xadd), but only if the stream exists; `None` when it does not.
    ///
    /// Sends `XADD … NOMKSTREAM` (6.2).
    #[doc(alias = "nomkstream")]
    pub fn xadd_existing(&self, entry: &R) -> Command<Option<StreamId>, X> {
        self.command(Promise::Unsafe, optional_id, |key, lifetime| {
            let args = append::<R, T>(key, Some(b"NOMKSTREAM"), b"*", entry);
            Ok(lifetime.write(key, args.map_err(Self::refused)?))
        })
    }

    /// Drops old entries by a rule; returns how many.
    ///
    /// Sends `XTRIM`. O(n) in the entries dropped.
    pub fn xtrim(&self, rule: TrimRule) -> Command<u64, X> {
        self.command(Promise::Repeatable, reply::count, |key, _| {
            if rule == TrimRule::KeepAll {
                return Ok(Payload::Ready(Value::Int(0)));
            }
            Ok(rule.command("XTRIM", key, 0, 0).into())
        })
    }

    /// Deletes entries; returns how many existed.
    ///
    /// Sends one `XDEL`; nothing when no identifier is given. O(1) for each.
    pub fn xdel<B: Borrow<StreamId>>(&self, ids: impl IntoIterator<Item = B>) -> Command<u64, X> {
        self.command(Promise::Repeatable, reply::count, |key, _| {
            let ids: Vec<StreamId> = ids.into_iter().map(|id| *id.borrow()).collect();
            if ids.is_empty() {
                return Ok(Payload::Ready(Value::Int(0)));
            }
            Ok(Args::on("XDEL", key, ids.len()).ids(&ids).into())
        })
    }
}

/// `XADD key [NOMKSTREAM] [trim] id field value…`.
fn append<R: Record, T: Trim>(
    key: &[u8],
    option: Option<&[u8]>,
    id: &[u8],
    entry: &R,
) -> Result<Args, Problem> {
    const {
        assert!(
            R::TOUCH.is_empty(),
            "an entry's identifier holds its time: `touch` is for hashes"
        );
    }
    let fields = R::FIELDS.len();
    let args = T::RULE.command("XADD", key, 2 * fields + 2, 24 * fields + 16);
    let mut args = match option {
        None => args,
        Some(option) => args.arg(option),
    }
    .arg(id);
    let mut writer = FieldWriter::new(args.cmd_mut(), &[]);
    entry.encode(&mut writer)?;
    match writer.finish().count {
        0 => Err(Problem::Borrowed("an entry needs at least one field")),
        _ => Ok(args),
    }
}
