//! What every key offers, whatever lies under it.

use std::time::Duration;

use redis::Value;

use crate::cmd::Args;
use crate::command::Command;
use crate::context::Context;
use crate::error::Result;
use crate::handle::Handle;
use crate::key::{Key, Spec, build};
use crate::reply;
use crate::retry::Promise;

/// A data structure of the server, as `TYPE` names it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum KeyType {
    /// `string`: also counters, bitmaps and cardinality estimates.
    String,
    /// `hash`.
    Hash,
    /// `list`.
    List,
    /// `set`.
    Set,
    /// `zset`: also coordinates.
    ZSet,
    /// `stream`.
    Stream,
    /// A type that a module adds, by its own name.
    Module(String),
}

impl<K: Key, X: Context, S> Handle<K, X, S> {
    /// The key's whole name: for other tools and raw commands.
    ///
    /// # Errors
    /// A parameter is outside its alphabet.
    pub fn key(&self) -> Result<Vec<u8>> {
        let settings = self.context.settings::<K::Schema>()?;
        let key = build(&self.key, settings.prefix_of(K::spec()))?;
        Ok(key.as_bytes().to_vec())
    }

    /// Whether the key exists.
    ///
    /// Sends `EXISTS`. O(1).
    pub fn exists(&self) -> Command<bool, X> {
        self.bare(Promise::Read, reply::flag, "EXISTS")
    }

    /// Deletes the key; tells whether it existed.
    ///
    /// Sends `DEL`. O(n) in the number of elements; [`unlink`](Self::unlink) frees them in the background.
    #[doc(alias = "delete")]
    pub fn del(&self) -> Command<bool, X> {
        self.bare(Promise::Repeatable, reply::flag, "DEL")
    }

    /// Deletes the key and frees its memory in the background; tells whether it existed.
    ///
    /// Sends `UNLINK`. O(1) for other clients, however large the value.
    pub fn unlink(&self) -> Command<bool, X> {
        self.bare(Promise::Repeatable, reply::flag, "UNLINK")
    }

    /// Marks the key as just used, for eviction; tells whether it exists. Its lifetime stays.
    ///
    /// Sends `TOUCH`. O(1).
    pub fn touch(&self) -> Command<bool, X> {
        self.bare(Promise::Idempotent, reply::flag, "TOUCH")
    }

    /// The data structure that really lies under the key; `None` when it does not exist.
    ///
    /// Sends `TYPE`. O(1).
    #[doc(alias = "type")]
    pub fn key_type(&self) -> Command<Option<KeyType>, X> {
        self.bare(Promise::Read, key_type, "TYPE")
    }

    /// The value in the server's own serialised form, for [`restore`](Self::restore); `None` when the key
    /// does not exist. The remaining lifetime is not part of it.
    ///
    /// Sends `DUMP`. O(n) in the size of the value.
    pub fn dump(&self) -> Command<Option<Vec<u8>>, X> {
        self.bare(Promise::Read, reply::optional_bytes, "DUMP")
    }

    /// Creates the key from what [`dump`](Self::dump) returned, with the declared lifetime.
    ///
    /// Sends `RESTORE`. O(n) in the size of the value.
    ///
    /// # Errors
    /// [`Server`](crate::ErrorKind::Server) with `BUSYKEY` when the key exists, or when the bytes are damaged
    /// or come from a newer server.
    pub fn restore(&self, dump: &[u8]) -> Command<(), X> {
        self.command(Promise::Unsafe, reply::unit, |key, lifetime| {
            Ok(lifetime.restore(key, dump, false))
        })
    }

    /// As [`restore`](Self::restore), replacing what is under the key.
    ///
    /// Sends `RESTORE … REPLACE`. O(n) in the sizes of both values.
    pub fn restore_replacing(&self, dump: &[u8]) -> Command<(), X> {
        self.command(Promise::Idempotent, reply::unit, |key, lifetime| {
            Ok(lifetime.restore(key, dump, true))
        })
    }

    /// How the server stores the value (`listpack`, `embstr`, …); `None` when the key does not exist.
    ///
    /// Sends `OBJECT ENCODING`. O(1).
    pub fn object_encoding(&self) -> Command<Option<String>, X> {
        self.command(Promise::Read, reply::optional_text, |key, _| {
            Ok(sub("OBJECT", b"ENCODING", key).into())
        })
    }

    /// Time since the key was last used, in whole seconds; `None` when it does not exist.
    ///
    /// Sends `OBJECT IDLETIME`. O(1).
    ///
    /// # Errors
    /// [`Server`](crate::ErrorKind::Server) when the server evicts by frequency (`maxmemory-policy …-lfu`)
    /// and does not keep this time.
    pub fn object_idletime(&self) -> Command<Option<Duration>, X> {
        self.command(Promise::Read, seconds, |key, _| {
            Ok(sub("OBJECT", b"IDLETIME", key).into())
        })
    }

    /// Bytes of memory that key and value take, estimated from a sample of the elements; `None` when the
    /// key does not exist.
    ///
    /// Sends `MEMORY USAGE`. O(1).
    pub fn memory_usage(&self) -> Command<Option<u64>, X> {
        self.command(Promise::Read, reply::optional_count, |key, _| {
            Ok(sub("MEMORY", b"USAGE", key).into())
        })
    }

    /// `name key`, whatever the lifetime.
    pub(crate) fn bare<R>(
        &self,
        promise: Promise,
        decode: reply::Decode<R>,
        name: &'static str,
    ) -> Command<R, X> {
        self.command(promise, decode, |key, _| Ok(Args::on(name, key, 0).into()))
    }
}

/// `name subcommand key`.
fn sub(name: &str, subcommand: &[u8], key: &[u8]) -> Args {
    Args::new(name, 2, subcommand.len() + key.len())
        .arg(subcommand)
        .arg(key)
}

fn key_type(value: Value, spec: &'static Spec) -> Result<Option<KeyType>> {
    let name = reply::text(value, spec)?;
    Ok(Some(match name.as_str() {
        "none" => return Ok(None),
        "string" => KeyType::String,
        "hash" => KeyType::Hash,
        "list" => KeyType::List,
        "set" => KeyType::Set,
        "zset" => KeyType::ZSet,
        "stream" => KeyType::Stream,
        _ => KeyType::Module(name),
    }))
}

fn seconds(value: Value, spec: &'static Spec) -> Result<Option<Duration>> {
    Ok(reply::optional_count(value, spec)?.map(Duration::from_secs))
}
