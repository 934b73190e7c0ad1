//! Scripts: what has to decide on the server before it writes.
//!
//! A script is sent whole with every call, so that it also works inside transactions and pipelines after
//! the server has forgotten it. Its text never depends on data: the server keeps every text it has seen.

use crate::cmd::Args;

/// A script's text. Its first two arguments come from
/// [`Lifetime::script`](crate::lifetime::Lifetime::script); `live(key)` then does what a write does to the
/// key's lifetime.
macro_rules! script {
    ($($line:literal)+) => {
        concat!(
            "local function live(k) ",
            "local how=ARGV[1] ",
            "if how=='none' then return end ",
            "if string.sub(how,1,4)=='keep' and redis.call('PTTL',k)~=-1 then return end ",
            "if string.sub(how,-3)=='day' then ",
            "local t=redis.call('TIME') ",
            "redis.call('EXPIREAT',k,(math.floor(t[1]/86400)+1)*86400) ",
            "else redis.call('PEXPIRE',k,ARGV[2]) end end ",
            $($line, " "),+
        )
    };
}

/// The lines of a script that leaves lifetimes of keys alone.
macro_rules! lines {
    ($($line:literal)+) => { concat!($($line, " "),+) };
}

pub(crate) use {lines, script};

impl Args {
    /// `EVAL script 1 key`.
    pub(crate) fn eval(script: &str, key: &[u8]) -> Self {
        Self::eval_on(script, &[key], 32)
    }

    /// `EVAL script n key…`, with room for `more_bytes` of arguments.
    pub(crate) fn eval_on(script: &str, keys: &[&[u8]], more_bytes: usize) -> Self {
        let bytes: usize = keys.iter().map(|key| key.len()).sum();
        let mut args = Self::new("EVAL", keys.len() + 6, script.len() + bytes + more_bytes)
            .arg(script.as_bytes())
            .int(i64::try_from(keys.len()).unwrap_or_default());
        for key in keys {
            args = args.arg(key);
        }
        args
    }
}
