//! Moving and copying a whole key to another name.

use crate::cmd::Args;
use crate::command::Command;
use crate::context::Context;
use crate::handle::Handle;
use crate::handle::operands::Operand;
use crate::key::Key;
use crate::payload::Payload;
use crate::reply;
use crate::retry::Promise;
use crate::script::script;
use crate::slot::Joins;

/// The other key must hold the same structure, in the same database. In a cluster both must be in one slot.
///
/// Between two keys of one kind the remaining lifetime goes along; a key of another kind gets the lifetime
/// declared for it.
impl<K: Key, X: Context, S> Handle<K, X, S> {
    /// Gives the key another name, replacing what is there; tells whether there was something to rename.
    ///
    /// Runs a script around `RENAME`. O(1), and the time to delete what was replaced. Atomic.
    #[doc(alias = "rename")]
    pub fn rename_to<D: Key, Y: Context<Slot: Joins<X::Slot>>>(
        &self,
        to: &Handle<D, Y, S>,
    ) -> Command<bool, X> {
        self.command_to(Promise::Repeatable, reply::flag, to, |key, _, to| {
            Ok(transfer::<K, D>(RENAME, key, to))
        })
    }

    /// Gives the key another name if that is free; tells whether it did. It does not when there is nothing
    /// to rename or the other key exists.
    ///
    /// Runs a script around `RENAMENX`. O(1). Atomic.
    #[doc(alias = "renamenx")]
    pub fn rename_nx<D: Key, Y: Context<Slot: Joins<X::Slot>>>(
        &self,
        to: &Handle<D, Y, S>,
    ) -> Command<bool, X> {
        self.command_to(Promise::Repeatable, reply::flag, to, |key, _, to| {
            Ok(transfer::<K, D>(RENAME_NX, key, to))
        })
    }

    /// Copies the value to another key if that is free; tells whether it did. It does not when there is
    /// nothing to copy or the other key exists.
    ///
    /// Runs a script around `COPY`. O(n) in the number of elements. Atomic.
    #[doc(alias = "copy")]
    pub fn copy_to<D: Key, Y: Context<Slot: Joins<X::Slot>>>(
        &self,
        to: &Handle<D, Y, S>,
    ) -> Command<bool, X> {
        self.command_to(Promise::Repeatable, reply::flag, to, |key, _, to| {
            Ok(transfer::<K, D>(COPY, key, to))
        })
    }

    /// Copies the value to another key, replacing what is there; tells whether there was something to copy.
    ///
    /// Runs a script around `COPY … REPLACE`. O(n) in the number of elements. Atomic.
    pub fn copy_replacing<D: Key, Y: Context<Slot: Joins<X::Slot>>>(
        &self,
        to: &Handle<D, Y, S>,
    ) -> Command<bool, X> {
        self.command_to(Promise::Idempotent, reply::flag, to, |key, _, to| {
            Ok(transfer::<K, D>(COPY_REPLACE, key, to))
        })
    }
}

/// Runs one of the scripts below.
fn transfer<K: Key, D: Key>(script: &str, key: &[u8], to: &Operand) -> Payload {
    let (from, into) = (K::spec(), D::spec());
    let same_kind =
        (from.index, from.name, from.template) == (into.index, into.name, into.template);
    let args = Args::eval_on(script, &[key, &to.key], 32);
    let args = to.lifetime.script_anew(args);
    args.arg(if same_kind { b"same" } else { b"other" }).into()
}

/// The end of each script: what a key of another kind gets.
macro_rules! transferred {
    ($($line:literal)+) => {
        script!(
            $($line)+
            "if ARGV[3]=='other' then redis.call('PERSIST',KEYS[2]) live(KEYS[2]) end"
            "return 1"
        )
    };
}

const RENAME: &str = transferred!(
    "if redis.call('EXISTS',KEYS[1])==0 then return 0 end"
    "redis.call('RENAME',KEYS[1],KEYS[2])"
);
const RENAME_NX: &str = transferred!(
    "if redis.call('EXISTS',KEYS[1])==0 then return 0 end"
    "if redis.call('RENAMENX',KEYS[1],KEYS[2])==0 then return 0 end"
);
const COPY: &str = transferred!("if redis.call('COPY',KEYS[1],KEYS[2])==0 then return 0 end");
const COPY_REPLACE: &str =
    transferred!("if redis.call('COPY',KEYS[1],KEYS[2],'REPLACE')==0 then return 0 end");
