//! A log of calls: in no window, wherever it begins, are there more than the rule says.

use redis::Value;

use super::number;
use super::rule::{Algorithm, Ask, Asked, Limits, Verdict};
use crate::cmd::Args;

/// Every call is written down, in a sorted set by its time.
#[derive(Debug, Clone, Copy)]
pub enum SlidingLog {}

impl Algorithm for SlidingLog {
    const TYPE: &'static str = "zset";
}

impl Asked for SlidingLog {
    #[allow(private_interfaces)]
    fn script(limits: &Limits, key: &[u8], ask: Ask, cost: u32) -> Args {
        args(SLIDING_LOG, limits, key, ask, cost, fastrand::u64(..))
    }

    fn verdicts(limits: &Limits, _: u64, numbers: &[Value]) -> impl Iterator<Item = Verdict> {
        let seen = numbers.chunks_exact(3);
        limits.rules().iter().zip(seen).map(|(rule, seen)| {
            let used = u32::try_from(number(seen.first())).unwrap_or(u32::MAX);
            Verdict {
                remaining: rule.calls().saturating_sub(used),
                wait_micros: number(seen.get(1)),
                reset_micros: number(seen.get(2)),
            }
        })
    }
}

/// `EVAL` with a number of the call's own, which tells its entries from those of others in the same microsecond.
pub(super) fn args(
    script: &str,
    limits: &Limits,
    key: &[u8],
    ask: Ask,
    cost: u32,
    own: u64,
) -> Args {
    let room = 48 + 24 * limits.rules().len();
    let mut args = Args::eval_on(script, &[key], room)
        .arg(ask.word())
        .uint(cost.into())
        .uint(own);
    for rule in limits.rules() {
        args = args.uint(rule.calls().into()).uint(rule.window_millis());
    }
    args
}

/// The script, with the line that makes `now`. Its arguments: what is asked, the cost, the call's own number, and of each
/// rule the calls and the window in milliseconds. It answers whether the call is admitted, the cost, and of each rule the
/// calls that count, how long the call has to wait and how long it takes until none counts, in microseconds; to who gives
/// back, nothing of use.
///
/// Entries from a time to come, which a clock that was set back leaves, are taken for entries of now.
macro_rules! sliding_log {
    ($now:literal) => {
        $crate::script::lines!(
            $now
            "local key,ask,cost=KEYS[1],ARGV[1],tonumber(ARGV[2])"
            "local n,longest=(#ARGV-3)/2,0"
            "for i=1,n do longest=math.max(longest,ARGV[3+2*i]*1000) end"
            "local function text(x) return string.format('%.0f',x) end"
            "local last=redis.call('ZRANGE',key,-1,-1,'WITHSCORES')[2]"
            "last=last and tonumber(last)"
            "if ask~='peek' and last then"
            "if last>now then"
            "local ahead=redis.call('ZRANGEBYSCORE',key,'('..text(now),'+inf')"
            "for _,one in ipairs(ahead) do redis.call('ZADD',key,text(now),one) end"
            "last=now end"
            "redis.call('ZREMRANGEBYSCORE',key,'-inf',text(now-longest))"
            "if last<=now-longest then last=nil end end"
            "if ask=='refund' then return last and redis.call('ZPOPMIN',key,ARGV[2]) end"
            "local ok,used,wait=true,{},{}"
            "for i=1,n do"
            "local most,time=tonumber(ARGV[2+2*i]),ARGV[3+2*i]*1000"
            "local since='('..text(now-time)"
            "used[i],wait[i]=redis.call('ZCOUNT',key,since,'+inf'),0"
            "local over=used[i]+cost-most"
            "if over>0 then"
            "ok=false"
            "local gone=redis.call('ZRANGEBYSCORE',key,since,'+inf','WITHSCORES','LIMIT',text(over-1),'1')"
            "wait[i]=math.min(gone[2]+time-now,time) end end"
            "local admitted=ask=='admit' and ok"
            "if admitted then"
            "local add={}"
            "for i=1,cost do"
            "add[#add+1]=text(now) add[#add+1]=ARGV[3]..':'..i"
            "if #add==2000 or i==cost then redis.call('ZADD',key,unpack(add)) add={} end end"
            "redis.call('PEXPIRE',key,text(longest/1000))"
            "last=now end"
            "local out={ok and 1 or 0,cost}"
            "for i=1,n do"
            "local time=ARGV[3+2*i]*1000"
            "local left=last and math.max(0,math.min(last+time-now,time)) or 0"
            "out[3*i]=used[i]+(admitted and cost or 0) out[3*i+1]=wait[i] out[3*i+2]=left end"
            "return out"
        )
    };
}

const SLIDING_LOG: &str = sliding_log!("local t=redis.call('TIME') local now=t[1]*1000000+t[2]");
/// The same by a clock of the tests' own: the last argument.
#[cfg(test)]
pub(super) const SLIDING_LOG_AT: &str = sliding_log!("local now=tonumber(table.remove(ARGV))");
