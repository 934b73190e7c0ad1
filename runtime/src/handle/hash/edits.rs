//! Several changes of a record that is there, as one.

use redis::Value;

use crate::cmd::Args;
use crate::codec::{Codec, Countable, Problem, Text};
use crate::command::Command;
use crate::context::Context;
use crate::error::{Error, ErrorKind, Result};
use crate::handle::Handle;
use crate::handle::bounds::finite;
use crate::key::{Key, Spec};
use crate::record::{Expires, Field, MayBeAbsent, Record};
use crate::reply;
use crate::retry::Promise;
use crate::structure::Hash;

use super::touch::{touch_script, touches};

/// Changes of a record, applied together by [`update`](Handle::update) or not at all.
///
/// ```no_run
/// # use redis_schema::{Key, Edits, Handle, record::{Field, Record}, codec::Text, structure::Hash};
/// # fn example<K: Key<Structure = Hash<R>>, R: Record>(
/// #     job: Handle<K>, status: Field<R, Text<String>>, completed: Field<R, Text<u32>>,
/// #     connection: &mut redis::Connection,
/// # ) -> redis_schema::Result<()> {
/// let done = Edits::new()
///     .only_if(status, "running")
///     .set(status, "completed")
///     .incr(completed, 1);
/// let applied: bool = job.update(done).query(connection)?;
/// # Ok(()) }
/// ```
#[must_use = "edits do nothing until they are applied"]
pub struct Edits<R> {
    /// Name of the step, field, value.
    steps: Vec<[Vec<u8>; 3]>,
    problem: Option<Problem>,
    record: std::marker::PhantomData<fn() -> R>,
}

impl<R> Default for Edits<R> {
    fn default() -> Self {
        Self::new()
    }
}

impl<R> std::fmt::Debug for Edits<R> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Values are left out: they may be secret.
        write!(f, "Edits({})", self.steps.len())
    }
}

impl<R> Edits<R> {
    /// No change yet.
    pub const fn new() -> Self {
        Self {
            steps: Vec::new(),
            problem: None,
            record: std::marker::PhantomData,
        }
    }

    /// Applies the changes only if the field has this value, compared by its bytes at rest.
    pub fn only_if<C: Codec, P>(self, field: Field<R, C, P>, value: &C::Ref) -> Self {
        self.encoded("if", field, value)
    }

    /// Applies the changes only if the field does not exist.
    pub fn only_if_absent<C, P>(self, field: Field<R, C, P>) -> Self {
        self.step("absent", field, Vec::new())
    }

    /// Sets a field.
    pub fn set<C: Codec, P>(self, field: Field<R, C, P>, value: &C::Ref) -> Self {
        self.encoded("set", field, value)
    }

    /// Removes a field that may be absent.
    pub fn del<C, P: MayBeAbsent>(self, field: Field<R, C, P>) -> Self {
        self.step("del", field, Vec::new())
    }

    /// Adds to an integer field; the number may be negative. A result beyond its range fails the update
    ///  with [`OutOfRange`](ErrorKind::OutOfRange).
    pub fn incr<C: Countable, P>(self, field: Field<R, C, P>, by: i64) -> Self {
        let mut this = self.step("add", field, by.to_string().into_bytes());
        let mut bound = |step: &str, bound: i64| {
            let name = field.name().as_bytes().to_vec();
            let bound = bound.to_string().into_bytes();
            this.steps.push([step.as_bytes().to_vec(), name, bound]);
        };
        if C::MIN != i64::MIN {
            bound("min", C::MIN);
        }
        if C::MAX != i64::MAX {
            bound("max", C::MAX);
        }
        this
    }

    /// Adds to a floating-point field; the number may be negative.
    pub fn incr_by_float<P>(mut self, field: Field<R, Text<f64>, P>, by: f64) -> Self {
        match finite(by) {
            Ok(by) => self.step("addf", field, by.to_string().into_bytes()),
            Err(problem) => {
                self.problem.get_or_insert(problem);
                self
            }
        }
    }

    /// Setting fields again changes nothing more; adding does, and a condition may not hold any more.
    fn promise(&self) -> Promise {
        let mut promise = Promise::Idempotent;
        for [step, _, _] in &self.steps {
            promise = match step.as_slice() {
                b"add" | b"addf" => return Promise::Unsafe,
                b"set" | b"was" | b"min" | b"max" => promise,
                _ => Promise::Repeatable,
            };
        }
        promise
    }

    fn encoded<C: Codec, P>(mut self, step: &str, field: Field<R, C, P>, value: &C::Ref) -> Self {
        match C::encode(value, <[u8]>::to_vec) {
            Ok(bytes) => self.step(step, field, bytes),
            Err(problem) => {
                let problem = format!("`{}`: {problem}", field.name());
                self.problem.get_or_insert(problem.into());
                self
            }
        }
    }

    fn step<C, P>(mut self, step: &str, field: Field<R, C, P>, value: Vec<u8>) -> Self {
        let name = field.name().as_bytes();
        for was in field.former() {
            let was = was.as_bytes().to_vec();
            self.steps.push([b"was".to_vec(), name.to_vec(), was]);
        }
        self.steps
            .push([step.as_bytes().to_vec(), name.to_vec(), value]);
        self
    }

    /// Whether there are conditions first and then nothing but new values, so that nothing has to be undone.
    fn only_sets(&self) -> bool {
        let is_condition =
            |[step, ..]: &&[Vec<u8>; 3]| matches!(step.as_slice(), b"if" | b"absent");
        let conditions = self.steps.iter().take_while(is_condition).count();
        (self.steps[conditions..].iter()).all(|[step, ..]| step == b"set")
    }

    /// Whether a step gives the field a value.
    fn writes(&self, field: &Expires) -> bool {
        let gives = |step: &[u8]| matches!(step, b"set" | b"add" | b"addf" | b"was");
        (self.steps.iter()).any(|[step, name, _]| gives(step) && name == field.name.as_bytes())
    }
}

impl<K: Key<Structure = Hash<R>>, R: Record, X: Context> Handle<K, X, Hash<R>> {
    /// Applies changes in order if the record exists and every condition holds; tells whether it did.
    /// Otherwise nothing changes, so that a record that has expired does not come back in part.
    ///
    /// Runs a script. O(n) in the number of changes. Atomic.
    ///
    /// # Errors
    /// [`OutOfRange`](ErrorKind::OutOfRange) when a number would leave its type's range, and
    /// [`Corrupt`](ErrorKind::Corrupt) when a stored one is none; nothing changes then.
    #[doc(alias = "hset_existing")]
    pub fn update(&self, edits: Edits<R>) -> Command<bool, X> {
        self.command(edits.promise(), applied, |key, lifetime| {
            if let Some(problem) = edits.problem {
                return Err(Self::refused(problem));
            }
            let bytes = edits.steps.iter().flatten().map(Vec::len).sum::<usize>();
            let script = match R::EXPIRES {
                [] if edits.only_sets() => SET,
                [] => UPDATE,
                _ => UPDATE_EXPIRING,
            };
            let args = Args::eval_on(script, &[key], bytes + 64);
            let written = R::EXPIRES.iter().filter(|field| edits.writes(field));
            let args = touches::<R>(lifetime.script(args), written);
            let parts = edits.steps.iter().flatten();
            Ok(parts.fold(args, |args, part| args.arg(part)).into())
        })
    }
}

fn applied(value: Value, spec: &'static Spec) -> Result<bool> {
    match reply::int(value, spec)? {
        -1 => Err(Error::new(ErrorKind::OutOfRange, spec.template, "")),
        done => Ok(done != 0),
    }
}

/// Each field's text before the first change is kept, so that a failure can put everything back; so is the
/// remaining lifetime, which a hash loses when its last field goes.
///
/// `$keep` notes how long the field `f` lives, `$again` gives every field noted that life again.
macro_rules! update {
    ($keep:literal, $again:literal) => {
        touch_script!(
    "local k=KEYS[1]"
    "if redis.call('EXISTS',k)==0 then return 0 end"
    "local left,before,ends=redis.call('PTTL',k),{},{}"
    "local function keep(f)"
    "if before[f]==nil then before[f]=redis.call('HGET',k,f)" $keep "end end"
    "local function relive()"
    "if left>0 and redis.call('PTTL',k)==-1 then redis.call('PEXPIRE',k,left) end" $again "end"
    "local function back(answer)"
    "for f,v in pairs(before) do"
    "if v then redis.call('HSET',k,f,v) end end"
    "for f,v in pairs(before) do"
    "if not v then redis.call('HDEL',k,f) end end"
    "relive() return answer end"
    "local function below(a,b)"
    "local x,y=string.sub(a,1,1)=='-',string.sub(b,1,1)=='-'"
    "if x~=y then return x end"
    "if #a~=#b then return (#a<#b)~=x end"
    "return a~=b and (a<b)~=x end"
    "for i=own,#ARGV-2,3 do"
    "local step,f,v=ARGV[i],ARGV[i+1],ARGV[i+2]"
    "if step=='if' then"
    "if redis.call('HGET',k,f)~=v then return back(0) end"
    "elseif step=='absent' then"
    "if redis.call('HEXISTS',k,f)==1 then return back(0) end"
    "elseif step=='min' then"
    "if below(redis.call('HGET',k,f),v) then return back(-1) end"
    "elseif step=='max' then"
    "if below(v,redis.call('HGET',k,f)) then return back(-1) end"
    "else"
    "keep(f)"
    "if step=='was' then"
    "keep(v)"
    "local old=redis.call('HGET',k,v)"
    "if old then redis.call('HSETNX',k,f,old) redis.call('HDEL',k,v) end"
    "elseif step=='set' then redis.call('HSET',k,f,v)"
    "elseif step=='del' then redis.call('HDEL',k,f)"
    "else"
    "local command=step=='add' and 'HINCRBY' or 'HINCRBYFLOAT'"
    "local done=redis.pcall(command,k,f,v)"
    "if type(done)=='table' and done.err then return back(done) end"
    "end end end"
    "relive()"
    "if redis.call('EXISTS',k)==1 then touch() end"
    "live(k)"
    "return 1"
)
    };
}

const UPDATE: &str = update!("", "");
const UPDATE_EXPIRING: &str = update!(
    "ends[f]=(redis.call('HPEXPIRETIME',k,'FIELDS',1,f) or {})[1] or -2",
    "for f,at in pairs(ends) do \
     if at>0 then redis.call('HPEXPIREAT',k,at,'FIELDS',1,f) end end"
);

/// What [`UPDATE`] does where nothing has to be undone.
const SET: &str = touch_script!(
    "local k=KEYS[1]"
    "if redis.call('EXISTS',k)==0 then return 0 end"
    "for i=own,#ARGV-2,3 do"
    "local step,f,v=ARGV[i],ARGV[i+1],ARGV[i+2]"
    "if step=='if' then"
    "if redis.call('HGET',k,f)~=v then return 0 end"
    "elseif step=='absent' then"
    "if redis.call('HEXISTS',k,f)==1 then return 0 end"
    "else redis.call('HSET',k,f,v) end end"
    "touch() live(k)"
    "return 1"
);
