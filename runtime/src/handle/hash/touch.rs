//! What every write of a record does beside: fields that the server's clock sets, and lifetimes of fields.

use crate::cmd::Args;
use crate::record::{Expires, Record, Touch};

/// A script on a record. Its arguments are those of [`Lifetime::script`](crate::lifetime::Lifetime::script),
/// those of [`touches`], and its own from `ARGV[own]` on. `touch()` sets the time and the fields' lifetimes.
macro_rules! touch_script {
    ($($line:literal)+) => {
        crate::script::script!(
            "local own=4+2*ARGV[3]"
            "local function touch()"
            "if own==4 then return end"
            "local t"
            "for i=4,own-1,2 do"
            "local f=ARGV[i+1]"
            "local how,ms=string.match(ARGV[i],'^([xn])(%d+)$')"
            "if how=='x' then redis.call('HPEXPIRE',KEYS[1],ms,'FIELDS',1,f)"
            "elseif how then redis.call('HPEXPIRE',KEYS[1],ms,'NX','FIELDS',1,f)"
            "else"
            "t=t or redis.call('TIME')"
            "local v=t[1]"
            "if ARGV[i]=='ms' then v=v..string.format('%03d',math.floor(t[2]/1000)) end"
            "redis.call('HSET',KEYS[1],f,v)"
            "end end end"
            $($line)+
        )
    };
}

pub(super) use touch_script;

/// Appends what `touch()` wants to know; `written` are the fields with a lifetime that the script writes.
pub(super) fn touches<'a, R: Record>(
    args: Args,
    written: impl IntoIterator<Item = &'a Expires, IntoIter: Clone>,
) -> Args {
    let written = written.into_iter();
    let count = R::TOUCH.len() + written.clone().count();
    let args = R::TOUCH
        .iter()
        .fold(args.uint(count as u64), |args, touch| match touch {
            Touch::Seconds(name) => args.arg(b"s").arg(name.as_bytes()),
            Touch::Millis(name) => args.arg(b"ms").arg(name.as_bytes()),
        });
    written.fold(args, |args, field| {
        let how = if field.keeps() { 'n' } else { 'x' };
        let how = format!("{how}{}", field.lifetime.field_millis());
        args.arg(how.as_bytes()).arg(field.name.as_bytes())
    })
}

/// The command that sets the time, for a transaction; `None` when no field wants it.
pub(super) fn touch<R: Record>(key: &[u8]) -> Option<Args> {
    (!R::TOUCH.is_empty()).then(|| touches::<R>(untimed(TOUCH, key), []))
}

/// As [`touch`], only if the key exists: after a removal.
pub(super) fn touch_existing<R: Record>(key: &[u8]) -> Option<Args> {
    (!R::TOUCH.is_empty()).then(|| touches::<R>(untimed(TOUCH_EXISTING, key), []))
}

/// A script that leaves the lifetime alone.
fn untimed(script: &str, key: &[u8]) -> Args {
    Args::eval(script, key).arg(b"none").uint(0)
}

const TOUCH: &str = touch_script!("touch()");
const TOUCH_EXISTING: &str = touch_script!("if redis.call('EXISTS',KEYS[1])==1 then touch() end");
