//! Further keys of a command: handles given one by one, in a tuple or in a list.

use crate::cmd::Args;
use crate::command::{Built, Command};
use crate::context::Context;
use crate::error::{Error, ErrorKind, Result};
use crate::handle::Handle;
use crate::key::{Key, Spec, build};
use crate::lifetime::{Lifetime, OnWrite};
use crate::payload::Payload;
use crate::reply::Decode;
use crate::retry::Promise;
use crate::settings::Schema;
use crate::slot::expect_one;
use crate::unavailable::Instead;

/// Keys whose structure is `S`: a handle, a tuple of up to six, an array, a slice or a vector of them.
///
/// They may be of different kinds, but must live in the same database under the same settings.
#[diagnostic::on_unimplemented(
    message = "`{Self}` names no keys that hold `{S}`",
    label = "expected a handle, or several in a tuple, array, slice or vector"
)]
pub trait Operands<S> {
    /// Adds the keys in order.
    #[doc(hidden)]
    fn collect(&self, out: &mut OperandList);
}

/// Gathers the keys of a command.
#[derive(Debug)]
#[doc(hidden)]
pub struct OperandList {
    home: &'static Spec,
    settings: u32,
    found: Result<Vec<Operand>>,
}

/// A further key of a command.
#[derive(Debug)]
pub(crate) struct Operand {
    pub(crate) key: Vec<u8>,
    pub(crate) lifetime: Lifetime,
}

impl OperandList {
    fn push(&mut self, operand: Result<Operand>) {
        match (&mut self.found, operand) {
            (Ok(found), Ok(operand)) => found.push(operand),
            (Ok(_), Err(error)) => self.found = Err(error),
            (Err(_), _) => {}
        }
    }

    /// Adds the key of a handle.
    pub(crate) fn name<K: Key, X: Context, S>(&mut self, handle: &Handle<K, X, S>) {
        let operand = self.handle(handle);
        self.push(operand);
    }

    fn handle<K: Key, X: Context, S>(&self, handle: &Handle<K, X, S>) -> Result<Operand> {
        let settings = handle.context.settings::<K::Schema>()?;
        let spec = K::spec();
        if spec.database != self.home.database {
            return Err(Error::new(
                ErrorKind::MixedDatabases,
                spec.template,
                format!(
                    "it lives in database {}, `{}` in database {}",
                    spec.database, self.home.template, self.home.database
                ),
            ));
        }
        if settings.id() != self.settings {
            return Err(crate::store::foreign_settings(spec));
        }
        Ok(Operand {
            key: build(&handle.key, settings.prefix_of(spec))?
                .as_bytes()
                .to_vec(),
            lifetime: settings.lifetime_of(spec),
        })
    }
}

impl<K: Key, X: Context, S> Operands<S> for Handle<K, X, S> {
    fn collect(&self, out: &mut OperandList) {
        out.name(self);
    }
}

impl<S, O: Operands<S> + ?Sized> Operands<S> for &O {
    fn collect(&self, out: &mut OperandList) {
        (**self).collect(out);
    }
}

impl<S, O: Operands<S>> Operands<S> for [O] {
    fn collect(&self, out: &mut OperandList) {
        self.iter().for_each(|operand| operand.collect(out));
    }
}

impl<S, O: Operands<S>, const N: usize> Operands<S> for [O; N] {
    fn collect(&self, out: &mut OperandList) {
        self.as_slice().collect(out);
    }
}

impl<S, O: Operands<S>> Operands<S> for Vec<O> {
    fn collect(&self, out: &mut OperandList) {
        self.as_slice().collect(out);
    }
}

macro_rules! tuples {
    ($(($($name:ident $index:tt),+))*) => {$(
        impl<S, $($name: Operands<S>),+> Operands<S> for ($($name,)+) {
            fn collect(&self, out: &mut OperandList) {
                $(self.$index.collect(out);)+
            }
        }
    )*};
}

tuples! {
    (A 0)
    (A 0, B 1)
    (A 0, B 1, C 2)
    (A 0, B 1, C 2, D 3)
    (A 0, B 1, C 2, D 3, E 4)
    (A 0, B 1, C 2, D 3, E 4, F 5)
}

impl Args {
    /// Appends the keys.
    pub(crate) fn operands(self, operands: &[Operand]) -> Self {
        operands
            .iter()
            .fold(self, |args, operand| args.arg(&operand.key))
    }
}

impl Lifetime {
    /// A read of several keys at once, `key` first.
    pub(crate) fn read_all(&self, key: &[u8], others: &[Operand], command: Args) -> Payload {
        let own = self.refreshes_on_read().then(|| self.anew(key)).flatten();
        let others = others
            .iter()
            .filter(|other| other.lifetime.refreshes_on_read())
            .filter_map(|other| other.lifetime.anew(&other.key));
        let renewals: Vec<Args> = own.into_iter().chain(others).collect();
        if renewals.is_empty() {
            return command.into();
        }
        let cmds = std::iter::once(command).chain(renewals);
        Payload::atomic_first(cmds.map(Args::into_cmd).collect())
    }

    /// A command that replaces what is under `key`, and its remaining lifetime with it, by what it makes of
    /// the sources.
    pub(crate) fn replace(&self, key: &[u8], sources: &[Operand], command: Args) -> Payload {
        if self.on_write() == OnWrite::Refresh || self.millis() == 0 {
            return self.write(key, command);
        }
        let command = command.into_cmd();
        let keys = Args::new("EVAL", 3 + sources.len(), REPLACE.len() + key.len())
            .arg(REPLACE.as_bytes())
            .uint(sources.len() as u64 + 1)
            .arg(key)
            .operands(sources);
        let script = command.args().fold(keys, Args::arg);
        self.write(key, script)
    }
}

/// The commands that replace a key take its lifetime away; this puts it back.
const REPLACE: &str = "local p=redis.call('PTTL',KEYS[1]) \
    local r=redis.call(unpack(ARGV)) \
    if p>=0 then redis.call('PEXPIRE',KEYS[1],math.max(p,1)) end return r";

impl<K: Key, X: Context, S> Handle<K, X, S> {
    /// Builds a command on this key and further ones.
    pub(crate) fn command_with<R, O>(
        &self,
        promise: Promise,
        decode: Decode<R>,
        operands: impl Operands<O>,
        payload: impl FnOnce(&[u8], &Lifetime, &[Operand]) -> Result<Payload>,
    ) -> Command<R, X> {
        let built = || {
            let settings = self.context.settings::<K::Schema>()?;
            let spec = K::spec();
            let key = build(&self.key, settings.prefix_of(spec))?;
            let lifetime = settings.lifetime_of(spec);
            let operands = self.operands_of(&operands)?;
            let others = operands.iter().map(|operand| operand.key.as_slice());
            let all = std::iter::once(key.as_bytes()).chain(others);
            expect_one::<K::Schema>(spec.template, all)?;
            Ok(Built {
                promise: promise.with(&lifetime, key.as_bytes(), &operands),
                payload: payload(key.as_bytes(), &lifetime, &operands)?,
                spec,
                settings: settings.id(),
                instead: Instead::Fail,
                clustered: K::Schema::SERVER.clustered,
                block: None,
            })
        };
        Command {
            built: built(),
            decode,
            context: self.context,
        }
    }

    /// The names and lifetimes of further keys, which must live where this one does.
    pub(crate) fn operands_of<O>(&self, operands: &impl Operands<O>) -> Result<Vec<Operand>> {
        let mut list = OperandList {
            home: K::spec(),
            settings: self.context.settings::<K::Schema>()?.id(),
            found: Ok(Vec::new()),
        };
        operands.collect(&mut list);
        list.found
    }

    /// Builds a command on this key and exactly one further one.
    pub(crate) fn command_to<R, D: Key, Y: Context, T>(
        &self,
        promise: Promise,
        decode: Decode<R>,
        to: &Handle<D, Y, T>,
        payload: impl FnOnce(&[u8], &Lifetime, &Operand) -> Result<Payload>,
    ) -> Command<R, X> {
        self.command_with::<R, T>(promise, decode, to, |key, lifetime, to| match to {
            [to] => payload(key, lifetime, to),
            _ => Err(Self::refused("exactly one other key is expected".into())),
        })
    }

    /// Refuses an empty list of sources.
    pub(crate) fn at_least_one(sources: &[Operand]) -> Result<()> {
        if sources.is_empty() {
            return Err(Self::refused("no source is given".into()));
        }
        Ok(())
    }
}
