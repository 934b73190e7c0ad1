//! What decides on the server. Every script has one key, goes by the server's clock, and writes with a lifetime.
//!
//! A session is a hash of four fields: `data`, `version`, `ends` (the moment at which it ends however much it is used, in milliseconds
//! since 1970), and of one that was rotated `moved` alone. Its key expires when it ends for want of use, and at `ends` at the latest.

use crate::script::lines;

/// The lines of a script about a session: `now` is the server's clock in milliseconds, `at(ms)` writes a moment, `version`, `data`
/// and `ends` are what is there, and `live` says whether it is a session that has not ended.
macro_rules! session {
    ($($line:literal)+) => {
        lines!(
            "local k=KEYS[1]"
            "local t=redis.call('TIME')"
            "local now=t[1]*1000+math.floor(t[2]/1000)"
            "local function at(ms) return string.format('%.0f',ms) end"
            "local s=redis.call('HMGET',k,'version','data','ends')"
            "local version,data,ends=s[1] and tonumber(s[1]),s[2],s[3] and tonumber(s[3])"
            "if (s[1] or s[2] or s[3]) and not (version and data and ends) then"
            "return redis.error_reply('INVALIDOBJ a session that lacks a part') end"
            "local live=ends and ends>now"
            $($line)+
        )
    };
}

/// Reads a session: version, data, milliseconds until it ends for want of use, until it ends at the latest, and that moment.
pub(super) const READ: &str = session!(
    "if not live then return false end"
    "local left=redis.call('PTTL',k)"
    "if left<0 then left=ends-now end"
    "return {version,data,left,ends-now,ends}"
);

/// The same, and notes that it is used: `idle touch_after`. It never shortens what is left.
pub(super) const TOUCH: &str = session!(
    "if not live then return false end"
    "local left=redis.call('PTTL',k)"
    "local idle,after=tonumber(ARGV[1]),tonumber(ARGV[2])"
    "local to=math.min(now+idle,ends)"
    "if left<0 or idle-left>=after and to>now+left then"
    "redis.call('PEXPIREAT',k,at(to)) left=to-now end"
    "return {version,data,left,ends-now,ends}"
);

/// Writes a session whose token nobody has yet: `data version idle longest [ends]`. Answers when it ends at the latest; 0 where that is over.
/// Run again it finds when that is.
pub(super) const PUT: &str = session!(
    "local last=tonumber(ARGV[5]) or ends or now+ARGV[4]"
    "if last<=now then return 0 end"
    "redis.call('HSET',k,'version',ARGV[2],'data',ARGV[1],'ends',at(last))"
    "redis.call('PEXPIREAT',k,at(math.min(now+ARGV[3],last)))"
    "return last"
);

/// Writes other data: `version data`. Answers the new version, 0 where there is no session, and -1 where it has another version.
/// What it has written already it knows again.
pub(super) const UPDATE: &str = session!(
    "if not live then return 0 end"
    "local was=tonumber(ARGV[1])"
    "if version==was+1 and data==ARGV[2] then return version end"
    "if version~=was then return -1 end"
    "redis.call('HSET',k,'version',at(was+1),'data',ARGV[2])"
    "if redis.call('PTTL',k)<0 then redis.call('PEXPIREAT',k,at(ends)) end"
    "return was+1"
);

/// Ends a session that goes on as another one: `version other`. Answers 1, 0 where there is none, and -1 where it has another version. What
/// stays for a minute says that it was this one, so that a second run knows it again; nothing reads it as a session.
pub(super) const MOVE: &str = session!(
    "if not ends then return redis.call('HGET',k,'moved')==ARGV[2] and 1 or 0 end"
    "if not live then return 0 end"
    "if version~=tonumber(ARGV[1]) then return -1 end"
    "redis.call('DEL',k)"
    "redis.call('HSET',k,'moved',ARGV[2])"
    "redis.call('PEXPIRE',k,60000)"
    "return 1"
);

/// The lines of a script about an index: `now` is the server's clock in milliseconds. Members are sessions, scores when they end at the
/// latest.
macro_rules! index {
    ($($line:literal)+) => {
        lines!(
            "local k=KEYS[1]"
            "local t=redis.call('TIME')"
            "local now=string.format('%.0f',t[1]*1000+math.floor(t[2]/1000))"
            $($line)+
        )
    };
}

/// Adds a session: `session ends`. Takes out up to a hundred that are over.
pub(super) const ADD: &str = index!(
    "local over=redis.call('ZRANGEBYSCORE',k,'-inf',now,'LIMIT',0,100)"
    "if #over>0 then redis.call('ZREM',k,unpack(over)) end"
    "redis.call('ZADD',k,ARGV[2],ARGV[1])"
    "local last=redis.call('ZRANGE',k,-1,-1,'WITHSCORES')"
    "redis.call('PEXPIREAT',k,string.format('%.0f',tonumber(last[2])))"
    "return 1"
);

/// The sessions that may not be over, the last to end first: `most`.
pub(super) const NAMES: &str =
    index!("return redis.call('ZREVRANGEBYSCORE',k,'+inf','('..now,'LIMIT',0,ARGV[1])");
