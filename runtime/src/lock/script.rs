//! What decides on the server. Every script looks at what is there before it writes, writes with a lifetime, and tells the same when it
//! runs again for the same token.

use std::time::Duration;

use redis::Value;

use super::token::Token;
use crate::cmd::Args;
use crate::error::Result;
use crate::handle::millis;
use crate::key::Spec;
use crate::reply;
use crate::script::lines;

/// What is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A lock.
    Lock,
    /// A lock whose holds have numbers; the last one is kept this many milliseconds.
    Numbered(u64),
    /// One of so many permits.
    Permit(u32),
}

/// What an attempt brought.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Answer {
    /// It is held, with this number where there are numbers.
    Taken(u64),
    /// Others hold it for so long, as it is now; for ever where nothing says.
    Busy(Option<Duration>),
}

/// What a lock's own name ends with in that of its last number.
pub(super) const BEHIND: &[u8] = b":fence";

/// The name of the key that has the last number.
pub(super) fn fence_key(key: &[u8]) -> Vec<u8> {
    [key, BEHIND].concat()
}

impl Kind {
    /// Takes it if it is free.
    pub(super) fn acquire(self, key: &[u8], token: &Token, lease: Duration) -> Args {
        let args = match self {
            Self::Lock => Args::eval_on(LOCK, &[key], 64),
            Self::Numbered(_) => Args::eval_on(NUMBERED, &[key, &fence_key(key)], 96),
            Self::Permit(_) => Args::eval_on(PERMIT, &[key], 64),
        };
        let args = args.arg(token.as_bytes()).uint(millis(lease));
        match self {
            Self::Lock => args,
            Self::Numbered(kept) => args.uint(kept),
            Self::Permit(permits) => args.uint(permits.into()),
        }
    }

    /// Lets the lease end so long from now, if the token still has it.
    pub(super) fn renew(self, key: &[u8], token: &Token, lease: Duration) -> Args {
        let script = match self {
            Self::Lock | Self::Numbered(_) => RENEW_LOCK,
            Self::Permit(_) => RENEW_PERMIT,
        };
        let args = Args::eval_on(script, &[key], 64);
        args.arg(token.as_bytes()).uint(millis(lease))
    }

    /// Gives it back, if the token still has it.
    pub(super) fn release(self, key: &[u8], token: &Token) -> Args {
        let script = match self {
            Self::Lock | Self::Numbered(_) => RELEASE_LOCK,
            Self::Permit(_) => RELEASE_PERMIT,
        };
        Args::eval_on(script, &[key], 48).arg(token.as_bytes())
    }

    /// Takes it from whoever has it.
    pub(super) fn force(self, key: &[u8]) -> Args {
        let script = match self {
            Self::Lock | Self::Numbered(_) => FORCE_LOCK,
            Self::Permit(_) => FORCE_PERMITS,
        };
        Args::eval(script, key)
    }

    /// Who has it, without a word of the token.
    pub(super) fn inspect(self, key: &[u8]) -> Args {
        match self {
            Self::Lock => Args::eval(INSPECT_LOCK, key),
            Self::Numbered(_) => Args::eval_on(INSPECT_LOCK, &[key, &fence_key(key)], 32),
            Self::Permit(_) => Args::eval(INSPECT_PERMITS, key),
        }
    }
}

/// Reads what an attempt brought.
pub(super) fn answer(value: Value, spec: &'static Spec) -> Result<Answer> {
    let [taken, number] = pair(value, spec)?;
    Ok(if taken == 1 {
        Answer::Taken(u64::try_from(number).map_err(|_| reply::unexpected(spec))?)
    } else {
        Answer::Busy(time(number))
    })
}

/// A number of milliseconds; none where it is negative.
pub(super) fn time(millis: i64) -> Option<Duration> {
    u64::try_from(millis).ok().map(Duration::from_millis)
}

pub(super) fn pair(value: Value, spec: &'static Spec) -> Result<[i64; 2]> {
    let items = reply::list(value, spec)?;
    let [first, second] = <[Value; 2]>::try_from(items).map_err(|_| reply::unexpected(spec))?;
    Ok([reply::int(first, spec)?, reply::int(second, spec)?])
}

const LOCK: &str = lines!(
    "local held=redis.call('GET',KEYS[1])"
    "if held and held~=ARGV[1] then return {0,redis.call('PTTL',KEYS[1])} end"
    "if not held then redis.call('SET',KEYS[1],ARGV[1],'PX',ARGV[2]) end"
    "return {1,0}"
);
const NUMBERED: &str = lines!(
    "local held=redis.call('GET',KEYS[1])"
    "if held and held~=ARGV[1] then return {0,redis.call('PTTL',KEYS[1])} end"
    "local said=redis.call('GET',KEYS[2])"
    "local last=said and tonumber(said)"
    "if said and not (last and last>=0 and last<9007199254740991) then"
    "return redis.error_reply('INVALIDOBJ the last number of the lock is none') end"
    "if held and last then return {1,last} end"
    "local t=redis.call('TIME')"
    "local number=math.max((last or 0)+1,t[1]*1000000+t[2])"
    "redis.call('SET',KEYS[2],string.format('%.0f',number),'PX',ARGV[3])"
    "if not held then redis.call('SET',KEYS[1],ARGV[1],'PX',ARGV[2]) end"
    "return {1,number}"
);
const RENEW_LOCK: &str = lines!(
    "if redis.call('GET',KEYS[1])~=ARGV[1] then return 0 end"
    "return redis.call('PEXPIRE',KEYS[1],ARGV[2])"
);
const RELEASE_LOCK: &str = lines!(
    "if redis.call('GET',KEYS[1])~=ARGV[1] then return 0 end"
    "return redis.call('DEL',KEYS[1])"
);
const FORCE_LOCK: &str = lines!(
    "if not redis.call('GET',KEYS[1]) then return 0 end"
    "return redis.call('DEL',KEYS[1])"
);
const INSPECT_LOCK: &str = lines!(
    "if not redis.call('GET',KEYS[1]) then return false end"
    "local number=KEYS[2] and redis.call('GET',KEYS[2])"
    "return {redis.call('PTTL',KEYS[1]),number or 0}"
);

/// The lines of a script about permits: `now` is the server's clock in milliseconds, `till` when the token's permit ends, and
/// `live()` lets the key live as long as the permit that ends last.
macro_rules! permits {
    ($($line:literal)+) => {
        lines!(
            "local t=redis.call('TIME')"
            "local now=t[1]*1000+math.floor(t[2]/1000)"
            "local till=ARGV[1] and tonumber(redis.call('ZSCORE',KEYS[1],ARGV[1]) or 0) or 0"
            "local function live()"
            "local last=redis.call('ZRANGE',KEYS[1],-1,-1,'WITHSCORES')"
            "redis.call('PEXPIREAT',KEYS[1],string.format('%.0f',tonumber(last[2]))) end"
            $($line)+
        )
    };
}

const PERMIT: &str = permits!(
    "if till>now then return {1,0} end"
    "local over=redis.call('ZRANGEBYSCORE',KEYS[1],'-inf',now,'LIMIT',0,100)"
    "if #over>0 then redis.call('ZREM',KEYS[1],unpack(over)) end"
    "local taken,most=redis.call('ZCOUNT',KEYS[1],'('..string.format('%.0f',now),'+inf'),tonumber(ARGV[3])"
    "if taken>=most then"
    "local next=redis.call('ZRANGEBYSCORE',KEYS[1],'('..string.format('%.0f',now),'+inf','WITHSCORES','LIMIT',taken-most,1)"
    "return {0,tonumber(next[2])-now} end"
    "redis.call('ZADD',KEYS[1],string.format('%.0f',now+ARGV[2]),ARGV[1])"
    "live()"
    "return {1,0}"
);
const RENEW_PERMIT: &str = permits!(
    "if till<=now then return 0 end"
    "redis.call('ZADD',KEYS[1],'XX',string.format('%.0f',now+ARGV[2]),ARGV[1])"
    "live()"
    "return 1"
);
const RELEASE_PERMIT: &str = permits!(
    "redis.call('ZREM',KEYS[1],ARGV[1])"
    "if till<=now then return 0 end"
    "return 1"
);
const FORCE_PERMITS: &str = permits!(
    "local taken=redis.call('ZCOUNT',KEYS[1],'('..string.format('%.0f',now),'+inf')"
    "redis.call('DEL',KEYS[1])"
    "return taken"
);
const INSPECT_PERMITS: &str = permits!(
    "local taken=redis.call('ZCOUNT',KEYS[1],'('..string.format('%.0f',now),'+inf')"
    "if taken==0 then return {0,-1} end"
    "local next=redis.call('ZRANGEBYSCORE',KEYS[1],'('..string.format('%.0f',now),'+inf','WITHSCORES','LIMIT',0,1)"
    "return {taken,tonumber(next[2])-now}"
);
