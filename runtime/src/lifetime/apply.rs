//! The one place that turns a declared lifetime into command arguments.

use super::{Lifetime, OnWrite};
use crate::cmd::Args;
use crate::payload::Payload;

impl Lifetime {
    /// Appends `EX seconds` or `PX milliseconds`.
    fn push_option(&self, args: Args) -> Args {
        let millis = self.draw();
        if millis.is_multiple_of(1000) {
            args.arg(b"EX").uint(millis / 1000)
        } else {
            args.arg(b"PX").uint(millis)
        }
    }

    /// `EXPIRE key seconds [NX]` or `PEXPIRE key milliseconds [NX]`.
    fn expire(&self, key: &[u8], only_if_none: bool) -> Args {
        if self.end_of_day {
            let script = if only_if_none {
                END_OF_DAY_NX
            } else {
                END_OF_DAY
            };
            return Args::eval(script, key);
        }
        let millis = self.draw();
        if only_if_none && self.legacy {
            return Args::eval(EXPIRE_NX, key).uint(millis);
        }
        let args = if millis.is_multiple_of(1000) {
            Args::on("EXPIRE", key, 2).uint(millis / 1000)
        } else {
            Args::on("PEXPIRE", key, 2).uint(millis)
        };
        if only_if_none { args.arg(b"NX") } else { args }
    }

    /// The command that gives a key its lifetime after a write; `None` when it never expires.
    pub(crate) fn after_write(&self, key: &[u8]) -> Option<Args> {
        (!self.is_never()).then(|| self.expire(key, self.on_write == OnWrite::Keep))
    }

    /// The command that starts the lifetime anew whatever the policy; `None` when it never expires.
    pub(crate) fn anew(&self, key: &[u8]) -> Option<Args> {
        (!self.is_never()).then(|| self.expire(key, false))
    }

    /// A command that may create the key but changes nothing of what it holds: only a key without a
    /// lifetime gets one.
    pub(crate) fn create(&self, key: &[u8], command: Args) -> Payload {
        if self.is_never() {
            return command.into();
        }
        let expire = self.expire(key, true);
        Payload::atomic_first(vec![command.into_cmd(), expire.into_cmd()])
    }

    /// A write of anything but a whole string: the command and its lifetime in one transaction.
    pub(crate) fn write(&self, key: &[u8], command: Args) -> Payload {
        match self.after_write(key) {
            None => Payload::One(command.into_cmd()),
            Some(expire) => Payload::atomic_first(vec![command.into_cmd(), expire.into_cmd()]),
        }
    }

    /// A read of anything but a whole string.
    pub(crate) fn read(&self, key: &[u8], command: Args) -> Payload {
        match self.anew(key) {
            Some(expire) if self.on_read && !self.end_of_day => {
                Payload::atomic_first(vec![command.into_cmd(), expire.into_cmd()])
            }
            _ => Payload::One(command.into_cmd()),
        }
    }

    /// `SET key value [NX|XX] [GET]` with the lifetime. `command` holds everything but the lifetime.
    pub(crate) fn set(&self, key: &[u8], command: Args, creates_only: bool) -> Payload {
        if self.is_never() {
            return Payload::One(command.into_cmd());
        }
        if self.end_of_day {
            let keep = self.on_write == OnWrite::Keep;
            // A key that is not created keeps the lifetime it has.
            let only_if_none = keep || creates_only;
            let command = if keep && !creates_only {
                command.arg(b"KEEPTTL")
            } else {
                command
            };
            let expire = self.expire(key, only_if_none);
            return Payload::atomic_first(vec![command.into_cmd(), expire.into_cmd()]);
        }
        if self.on_write == OnWrite::Refresh || creates_only {
            return Payload::One(self.push_option(command).into_cmd());
        }
        let expire = self.expire(key, true);
        Payload::atomic_first(vec![command.arg(b"KEEPTTL").into_cmd(), expire.into_cmd()])
    }

    /// `GET key`, as `GETEX` when a read starts the lifetime anew.
    pub(crate) fn get(&self, key: &[u8]) -> Payload {
        // A fixed hour of expiry is not moved by reading.
        if !self.on_read || self.end_of_day {
            return Payload::One(Args::on("GET", key, 0).into_cmd());
        }
        self.get_anew(key)
    }

    /// `GETEX key` with the lifetime anew.
    pub(crate) fn get_anew(&self, key: &[u8]) -> Payload {
        if self.is_never() {
            return Args::on("GET", key, 0).into();
        }
        if self.end_of_day {
            let cmds = vec![Args::on("GET", key, 0), self.expire(key, false)];
            return Payload::atomic_first(cmds.into_iter().map(Args::into_cmd).collect());
        }
        self.push_option(Args::on("GETEX", key, 2)).into()
    }

    /// `RESTORE key … payload [REPLACE]` with the lifetime anew.
    pub(crate) fn restore(&self, key: &[u8], payload: &[u8], replace: bool) -> Payload {
        let millis = if self.is_never() || self.end_of_day {
            0
        } else {
            self.draw()
        };
        let command = Args::sized("RESTORE", key, 3, payload.len() + 24)
            .uint(millis)
            .arg(payload)
            .arg_if(replace, b"REPLACE");
        if self.end_of_day {
            let expire = self.expire(key, true);
            return Payload::atomic_first(vec![command.into_cmd(), expire.into_cmd()]);
        }
        Payload::One(command.into_cmd())
    }

    /// Several commands that write, and the lifetime, in one transaction of which the reply at `index`
    /// counts.
    pub(crate) fn write_all(&self, key: &[u8], index: usize, commands: Vec<Args>) -> Payload {
        let mut cmds: Vec<_> = commands.into_iter().map(Args::into_cmd).collect();
        match self.after_write(key) {
            Some(expire) => cmds.push(expire.into_cmd()),
            None if cmds.len() == 1 => {
                if let Some(cmd) = cmds.pop() {
                    return Payload::One(cmd);
                }
            }
            None => {}
        }
        Payload::atomic_at(index, cmds)
    }

    /// Appends what `live` of a [`script!`](crate::script::script) wants to know for a write.
    pub(crate) fn script(&self, args: Args) -> Args {
        self.script_arguments(args, self.on_write == OnWrite::Keep)
    }

    /// As [`script`](Self::script), for a key that is created or given its lifetime anew.
    pub(crate) fn script_anew(&self, args: Args) -> Args {
        self.script_arguments(args, false)
    }

    fn script_arguments(&self, args: Args, keep: bool) -> Args {
        let how: &[u8] = match (self.is_never(), keep, self.end_of_day) {
            (true, _, _) => b"none",
            (_, true, true) => b"keep-day",
            (_, true, false) => b"keep",
            (_, false, true) => b"day",
            (_, false, false) => b"anew",
        };
        let millis = if self.is_never() { 0 } else { self.draw() };
        args.arg(how).uint(millis)
    }

    /// A command that the server may hold back and that reads.
    pub(crate) fn wait_to_read(&self, key: &[u8], command: Args) -> Payload {
        let renew = self.refreshes_on_read().then(|| self.anew(key)).flatten();
        match renew {
            None => command.into(),
            Some(renew) => Payload::Wait {
                cmd: command.into_cmd(),
                also: None,
                after: Some(renew.into_cmd()),
            },
        }
    }

    /// A command that the server may hold back and that writes `key` once it answers. The key never stays
    /// without its lifetime; that it starts anew on a write is up to this process.
    pub(crate) fn wait(&self, key: &[u8], command: Args) -> Payload {
        let lasting = !self.is_never();
        let refresh = lasting && self.on_write == OnWrite::Refresh;
        Payload::Wait {
            cmd: command.into_cmd(),
            also: lasting.then(|| self.expire(key, true).into_cmd()),
            after: refresh.then(|| self.expire(key, false).into_cmd()),
        }
    }
}

const END_OF_DAY: &str = "local t=redis.call('TIME') \
    return redis.call('EXPIREAT',KEYS[1],(math.floor(t[1]/86400)+1)*86400)";
const END_OF_DAY_NX: &str = "if redis.call('PTTL',KEYS[1])~=-1 then return 0 end \
    local t=redis.call('TIME') \
    return redis.call('EXPIREAT',KEYS[1],(math.floor(t[1]/86400)+1)*86400)";
const EXPIRE_NX: &str = "if redis.call('PTTL',KEYS[1])~=-1 then return 0 end \
    return redis.call('PEXPIRE',KEYS[1],ARGV[1])";
