//! Moving entries that nobody can deal with to the dead letters: one script, so that an entry is never in both
//! streams nor in neither.

use std::marker::PhantomData;

use redis::Value;

use super::ConsumerGroup;
use super::policy::GroupPolicy;
use crate::cmd::Args;
use crate::context::Context;
use crate::error::Result;
use crate::handle::Handle;
use crate::handle::operands::{Operand, OperandList, Operands};
use crate::handle::stream::claim::Claimed;
use crate::handle::stream::entry::entries;
use crate::handle::stream::id::{id, ids};
use crate::handle::stream::{StreamId, TrimRule};
use crate::key::{Key, Spec};
use crate::record::Record;
use crate::reply;
use crate::script::script;

/// The dead letters of a stream as the further key of a command.
pub(super) struct DeadLetters<'h, K: Key, X, G> {
    stream: &'h Handle<K, X>,
    group: PhantomData<fn() -> G>,
}

impl<'h, K: Key, X, G> DeadLetters<'h, K, X, G> {
    pub(super) const fn of(stream: &'h Handle<K, X>) -> Self {
        let group = PhantomData;
        Self { stream, group }
    }
}

impl<K: Key, X: Context, G: ConsumerGroup<K>, S> Operands<S> for DeadLetters<'_, K, X, G> {
    fn collect(&self, out: &mut OperandList) {
        G::dead_letter(&self.stream.key, self.stream.context, out);
    }
}

/// What is needed to give entries up.
pub(in crate::handle::stream) struct Burial<'a> {
    pub(super) policy: GroupPolicy,
    pub(super) dead: &'a Operand,
}

impl<'a> Burial<'a> {
    pub(in crate::handle::stream) const fn new(policy: GroupPolicy, dead: &'a Operand) -> Self {
        Self { policy, dead }
    }

    /// `EVAL script 2 key dead lifetime… group rule mark threshold`, with room for as many more bytes.
    fn eval(&self, script: &str, key: &[u8], more_bytes: usize) -> Args {
        let name = self.policy.name.as_bytes();
        let room = name.len() + 80 + more_bytes;
        let args = Args::eval_on(script, &[key, &self.dead.key], room);
        let args = self.dead.lifetime.script(args).arg(name);
        let mark = |about: bool| if about { b"~" } else { b"=" };
        match self.policy.dead_letters {
            TrimRule::KeepAll => args.arg(b"none").arg(b"=").uint(0),
            TrimRule::MaxLen { count, about } => args.arg(b"MAXLEN").arg(mark(about)).uint(count),
            TrimRule::MaxAge { millis, about } => args.arg(b"MINID").arg(mark(about)).uint(millis),
        }
    }

    /// Takes over what lies for long, and gives up what was delivered too often.
    pub(in crate::handle::stream) fn claim(
        &self,
        key: &[u8],
        consumer: &str,
        from: StreamId,
        count: u64,
    ) -> Args {
        self.eval(CLAIM, key, consumer.len() + 80)
            .arg(consumer.as_bytes())
            .millis(self.policy.min_idle)
            .uint(self.policy.max_deliveries)
            .id(from)
            .uint(count)
    }

    /// Gives up these.
    pub(super) fn bury(&self, key: &[u8], entries: &[StreamId]) -> Args {
        self.eval(BURY, key, 24 * entries.len()).ids(entries)
    }
}

/// The beginning of both scripts: `bury(id, fields)` moves an entry.
macro_rules! burying {
    ($($line:literal)+) => {
        script!(
            "local stream,dead,group=KEYS[1],KEYS[2],ARGV[3]"
            "local function bury(id,fields)"
            "local c={'XADD',dead}"
            "if ARGV[4]~='none' then"
            "local at=ARGV[6]"
            "if ARGV[4]=='MINID' then"
            "local t=redis.call('TIME')"
            "at=string.format('%.0f',math.max(t[1]*1000+math.floor(t[2]/1000)-at,0)) end"
            "c[3],c[4],c[5]=ARGV[4],ARGV[5],at end"
            "c[#c+1]='*'"
            "for i=1,#fields do c[#c+1]=fields[i] end"
            "redis.call(unpack(c))"
            "redis.call('XACK',stream,group,id)"
            "live(dead) end"
            $($line)+
        )
    };
}

/// The last identifier that was looked at if there may be more, the entries, those that are gone, those given up.
const CLAIM: &str = burying!(
    "local count=tonumber(ARGV[11])"
    "local p=redis.call('XPENDING',stream,group,'IDLE',ARGV[8],ARGV[10],'+',count)"
    "local mine,gone,buried={},{},{}"
    "for _,e in ipairs(p) do"
    "local found=redis.call('XRANGE',stream,e[1],e[1])"
    "if #found==0 then redis.call('XACK',stream,group,e[1]) gone[#gone+1]=e[1]"
    "elseif e[4]>=tonumber(ARGV[9]) then bury(e[1],found[1][2]) buried[#buried+1]=e[1]"
    "else mine[#mine+1]=redis.call('XCLAIM',stream,group,ARGV[7],ARGV[8],e[1])[1] end end"
    "local last='0-0'"
    "if #p>0 and #p==count then last=p[#p][1] end"
    "return {last,mine,gone,buried}"
);

/// Number of entries that were pending and are given up.
const BURY: &str = burying!(
    "local n=0"
    "for i=7,#ARGV do"
    "if #redis.call('XPENDING',stream,group,ARGV[i],ARGV[i],1)>0 then"
    "local found=redis.call('XRANGE',stream,ARGV[i],ARGV[i])"
    "if #found==0 then redis.call('XACK',stream,group,ARGV[i])"
    "else bury(ARGV[i],found[1][2]) n=n+1 end end end"
    "return n"
);

/// Reads what [`CLAIM`] answers.
pub(in crate::handle::stream) fn reclaimed<R: Record>(
    value: Value,
    spec: &'static Spec,
) -> Result<Claimed<R>> {
    let [last, found, gone, buried] =
        <[Value; 4]>::try_from(reply::list(value, spec)?).map_err(|_| reply::unexpected(spec))?;
    let last = id(last, spec)?;
    Ok(Claimed {
        next: match last {
            StreamId::MIN => StreamId::MIN,
            last => last.next().unwrap_or(StreamId::MIN),
        },
        entries: entries::<R>(found, spec)?,
        deleted: ids(gone, spec)?,
        buried: ids(buried, spec)?,
    })
}
