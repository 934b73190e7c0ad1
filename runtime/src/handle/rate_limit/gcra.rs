//! The generic cell rate algorithm: of each rule the server keeps the moment at which all calls so far are paid off, at
//! the rule's pace. A call is admitted if that moment stays near enough, which the burst says.
//!
//! A moment is a number of microseconds and a fraction, in parts of the rule's calls: `7/1s` comes back every
//! 142,857 1/7 µs. So nothing is ever rounded, and no script multiplies, which its numbers could not do exactly.

use redis::Value;

use super::number;
use super::rule::{Algorithm, Ask, Asked, LimitRule, Limits, Verdict};
use crate::cmd::Args;

/// Calls come back one by one, at the pace of the rule.
#[derive(Debug, Clone, Copy)]
pub enum Gcra {}

impl Algorithm for Gcra {
    const TYPE: &'static str = "hash";
}

impl Asked for Gcra {
    #[allow(private_interfaces)]
    fn script(limits: &Limits, key: &[u8], ask: Ask, cost: u32) -> Args {
        args(GCRA, limits, key, ask, cost)
    }

    fn verdicts(limits: &Limits, cost: u64, numbers: &[Value]) -> impl Iterator<Item = Verdict> {
        let owed = numbers.chunks_exact(2);
        limits
            .rules()
            .iter()
            .zip(owed)
            .map(move |(rule, owed)| verdict(rule, cost, number(owed.first()), number(owed.get(1))))
    }
}

/// `EVAL` with what a call adds to each rule, and with what the rule bears.
pub(super) fn args(script: &str, limits: &Limits, key: &[u8], ask: Ask, cost: u32) -> Args {
    let room = 16 + 64 * limits.rules().len();
    let mut args = Args::eval_on(script, &[key], room)
        .arg(ask.word())
        .uint(cost.into());
    for rule in limits.rules() {
        let (adds, adds_part) = paid_off(rule, cost);
        let (bears, bears_part) = paid_off(rule, rule.burst());
        args = args
            .uint(rule.window_millis())
            .uint(rule.calls().into())
            .uint(adds)
            .uint(adds_part)
            .uint(bears)
            .uint(bears_part);
    }
    args
}

/// How long so many calls take to be paid off: microseconds, and parts of one.
fn paid_off(rule: &LimitRule, calls: u32) -> (u64, u64) {
    let (time, parts) = (u128::from(calls) * rule.micros(), u128::from(rule.calls()));
    (narrow(time / parts), narrow(time % parts))
}

/// What a rule says when so much is owed, in microseconds and parts of one.
fn verdict(rule: &LimitRule, cost: u64, micros: u64, part: u64) -> Verdict {
    let parts = u128::from(rule.calls());
    let owed = u128::from(micros) * parts + u128::from(part);
    let bears = u128::from(rule.burst()) * rule.micros();
    let after = owed + u128::from(cost) * rule.micros();
    let left = bears.saturating_sub(owed) / rule.micros();
    Verdict {
        remaining: u32::try_from(left).unwrap_or(u32::MAX),
        wait_micros: narrow(after.saturating_sub(bears).div_ceil(parts)),
        reset_micros: narrow(owed.div_ceil(parts)),
    }
}

fn narrow(number: u128) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}

/// The script, with the line that makes `now`. Its arguments: what is asked, the cost, and of each rule the window, the
/// calls, what the cost adds and what the burst bears, both in microseconds and parts of one. It answers whether the call is
/// admitted, the cost, and of each rule what is owed.
///
/// What is owed is never taken for more than the rule bears, and that is written even where the call is refused: a clock
/// that was set back, or a limit that was lowered, keeps callers waiting as long as a full burst does, and no longer.
macro_rules! gcra {
    ($now:literal) => {
        $crate::script::lines!(
            $now
            "local ask,n=ARGV[1],(#ARGV-2)/6"
            "local function less(a,b,c,d) return a<c or a==c and b<d end"
            "local names,at={},{}"
            "for i=1,n do"
            "at[i]={} for j=0,5 do at[i][j]=tonumber(ARGV[6*i-3+j]) end"
            "names[i]=ARGV[6*i-3] end"
            "local seen=redis.call('HMGET',KEYS[1],unpack(names))"
            "local ok,found,ahead,old,new=true,false,false,{},{}"
            "for i=1,n do"
            "local one,us,part=at[i],0,0"
            "if seen[i] then"
            "found=true"
            "local a,b=string.match(seen[i],'^(%d+):(%d+)$')"
            "if not a then return redis.error_reply('ERR value is not an integer or out of range') end"
            "us,part=a-now,math.min(b,one[1]-1)"
            "if us<0 then us,part=0,0 end"
            "if less(one[4],one[5],us,part) then ahead,us,part=true,one[4],one[5] end end"
            "old[i]={us,part}"
            "if ask=='refund' then us,part=us-one[2],part-one[3]"
            "if part<0 then us,part=us-1,part+one[1] end"
            "if us<0 then us,part=0,0 end"
            "else us,part=us+one[2],part+one[3]"
            "if part>=one[1] then us,part=us+1,part-one[1] end"
            "if less(one[4],one[5],us,part) then ok=false end end"
            "new[i]={us,part} end"
            "local changes=ask=='admit' and ok or ask=='refund' and found"
            "local kept=changes and new or old"
            "if changes or ahead and ask=='admit' then"
            "local last=0"
            "for i=1,n do last=math.max(last,kept[i][1]+math.min(kept[i][2],1)) end"
            "if last==0 then redis.call('HDEL',KEYS[1],unpack(names)) else"
            "local set={}"
            "for i=1,n do"
            "set[2*i-1]=names[i] set[2*i]=string.format('%.0f:%.0f',now+kept[i][1],kept[i][2]) end"
            "redis.call('HSET',KEYS[1],unpack(set))"
            "redis.call('PEXPIRE',KEYS[1],string.format('%.0f',math.ceil(last/1000))) end end"
            "local out={ok and 1 or 0,tonumber(ARGV[2])}"
            "for i=1,n do out[2*i+1]=kept[i][1] out[2*i+2]=kept[i][2] end"
            "return out"
        )
    };
}

const GCRA: &str = gcra!("local t=redis.call('TIME') local now=t[1]*1000000+t[2]");
/// The same by a clock of the tests' own: the last argument.
#[cfg(test)]
pub(super) const GCRA_AT: &str = gcra!("local now=tonumber(table.remove(ARGV))");
