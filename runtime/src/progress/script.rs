//! What decides on the server. Every script looks at what is there before it writes, and leaves both keys with the same lifetime.
//!
//! The totals lie beside the items, under names that begin with `:`, so that a report costs the same however many items there are. They are
//! counted anew where they are missing or were counted by another maximum.

use redis::Value;

use super::log::Log;
use super::rule::Progressing;
use super::state::{Reported, Totals, Update};
use crate::cmd::Args;
use crate::codec::{Codec, Problem};
use crate::error::Result;
use crate::key::Spec;
use crate::lifetime::Lifetime;
use crate::reply;
use crate::script::script;

/// What the names begin with that are no items.
const OWN: u8 = b':';

/// What a key's own name ends with in that of its events.
const BEHIND: &[u8] = b":events";

/// The name of the key that has the events.
pub(super) fn events_key(key: &[u8]) -> Vec<u8> {
    [key, BEHIND].concat()
}

/// A script on the key, and on that of its events where there are some.
pub(super) fn call<K: Progressing, E: Log>(script: &str, key: &[u8], lifetime: &Lifetime) -> Args {
    let args = match E::EVENTS {
        true => Args::eval_on(script, &[key, &events_key(key)], 160),
        false => Args::eval_on(script, &[key], 128),
    };
    lifetime.script(args).uint(K::PROGRESS.max().into())
}

/// Appends an item, unless it has the name of a total.
pub(super) fn item<C: Codec>(mut args: Args, item: &C::Ref) -> std::result::Result<Args, Problem> {
    let fine = C::encode(item, |name| {
        args.cmd_mut().arg(name);
        name.first() != Some(&OWN)
    })?;
    match fine {
        true => Ok(args),
        false => Err(Problem::Borrowed("an item whose name begins with `:`")),
    }
}

/// Whether a field is an item.
pub(super) fn is_item(name: &[u8]) -> bool {
    name.first() != Some(&OWN)
}

/// `{sum, items, done}`.
pub(super) fn totals<K: Progressing>(value: Value, spec: &'static Spec) -> Result<Totals> {
    let items = reply::list(value, spec)?;
    let [sum, items, done] = <[Value; 3]>::try_from(items).map_err(|_| reply::unexpected(spec))?;
    Ok(Totals {
        sum: reply::count(sum, spec)?,
        items: reply::count(items, spec)?,
        done: reply::count(done, spec)?,
        max: K::PROGRESS.max(),
    })
}

/// The same, or nothing.
pub(super) fn some_totals<K: Progressing>(
    value: Value,
    spec: &'static Spec,
) -> Result<Option<Totals>> {
    match reply::checked(value, spec)? {
        Value::Nil => Ok(None),
        value => totals::<K>(value, spec).map(Some),
    }
}

/// `{what, value, sum, items, done, completes}`; `OK` where nobody was asked.
pub(super) fn reported<K: Progressing>(value: Value, spec: &'static Spec) -> Result<Reported> {
    let value = reply::checked(value, spec)?;
    if value == Value::Okay {
        return Ok(Reported::Dropped);
    }
    let parts = reply::list(value, spec)?;
    let [what, value, sum, items, done, completes] =
        <[Value; 6]>::try_from(parts).map_err(|_| reply::unexpected(spec))?;
    match reply::int(what, spec)? {
        0 => {}
        1 => return Ok(Reported::UnknownItem),
        2 => return Ok(Reported::NotBegun),
        _ => return Err(reply::unexpected(spec)),
    }
    Ok(Reported::Counted(Update {
        value: number(value, spec)?,
        totals: totals::<K>(Value::Array(vec![sum, items, done]), spec)?,
        completes: reply::flag(completes, spec)?,
    }))
}

/// The number of an item.
pub(super) fn number(value: Value, spec: &'static Spec) -> Result<u32> {
    u32::try_from(reply::count(value, spec)?).map_err(|_| reply::unexpected(spec))
}

/// The lines of a script: `known(item,heal)` tells the item's number and the totals, counted anew where they must be, and by `heal` cuts what stands
/// above the maximum; `both()` gives the events what is left of the key's lifetime.
macro_rules! counting {
    ($($line:literal)+) => {
        script!(
            "local k,most=KEYS[1],tonumber(ARGV[3])"
            "local function known(item,heal)"
            "local t=redis.call('HMGET',k,item,':sum',':items',':done',':max')"
            "local old=t[1] and math.min(tonumber(t[1]) or 0,most)"
            "if t[2] and t[3] and t[4] and tonumber(t[5] or '')==most then"
            "return old,tonumber(t[2]),tonumber(t[3]),tonumber(t[4]) end"
            "local sum,items,done,all=0,0,0,redis.call('HGETALL',k)"
            "for i=1,#all,2 do if string.sub(all[i],1,1)~=':' then"
            "local v=tonumber(all[i+1]) or 0"
            "if v>most then v=most if heal then redis.call('HSET',k,all[i],v) end end"
            "sum,items,done=sum+v,items+1,done+(v==most and 1 or 0) end end"
            "if heal and items>0 then redis.call('HSET',k,':sum',sum,':items',items,':done',done,':max',most) end"
            "return old,sum,items,done end"
            "local function both()"
            "live(k)"
            "if not KEYS[2] then return end"
            "local left=redis.call('PTTL',k)"
            "if left<0 then redis.call('PERSIST',KEYS[2])"
            "else redis.call('PEXPIRE',KEYS[2],math.max(left,1)) end end"
            $($line)+
        )
    };
}

/// `item …`: adds those that are not there, at 0.
pub(super) const BEGIN: &str = counting!(
    "local _,sum,items,done=known('',true)"
    "for i=4,#ARGV do items=items+redis.call('HSETNX',k,ARGV[i],0) end"
    "redis.call('HSET',k,':sum',sum,':items',items,':done',done,':max',most)"
    "both()"
    "return {sum,items,done}"
);

/// `item value unknown decrease token [trim kept [message]]`. The event comes first: what cannot be added to leaves the numbers as they are.
pub(super) const REPORT: &str = counting!(
    "local item,next,token=ARGV[4],tonumber(ARGV[5]),ARGV[8]"
    "local old,sum,items,done=known(item,true)"
    "if not old and ARGV[6]=='0' then return {2-redis.call('EXISTS',k),0,0,0,0,0} end"
    "local was,ends=old or 0,false"
    "if next<was and ARGV[7]=='0' then next=was end"
    "if old and next==was then ends=redis.call('HGET',k,':last')==token else"
    "sum=sum+next-was"
    "if not old then items=items+1 elseif was==most then done=done-1 end"
    "if next==most then done=done+1 end"
    "ends=done==items"
    "if KEYS[2] then"
    "local e={'XADD',KEYS[2],'MAXLEN',ARGV[9],ARGV[10],'*','item',item,'value',next,'sum',sum,'items',items,'done',done,'max',most}"
    "if ARGV[11] then e[#e+1]='message' e[#e+1]=ARGV[11] end"
    "redis.call(unpack(e)) end"
    "local f={'HSET',k,item,next,':sum',sum,':items',items,':done',done,':max',most}"
    "if ends then f[#f+1]=':last' f[#f+1]=token end"
    "redis.call(unpack(f)) end"
    "both()"
    "return {0,next,sum,items,done,ends and 1 or 0}"
);

/// The totals; nothing where there is no key.
pub(super) const TOTALS: &str = counting!(
    "local _,sum,items,done=known('',false)"
    "if items==0 and redis.call('EXISTS',k)==0 then return false end"
    "return {sum,items,done}"
);

/// Every field, and the last event.
pub(super) const SNAPSHOT: &str = crate::script::lines!(
    "local event=redis.call('XREVRANGE',KEYS[2],'+','-','COUNT',1)[1]"
    "return {redis.call('HGETALL',KEYS[1]),event and event[1] or '0-0'}"
);
