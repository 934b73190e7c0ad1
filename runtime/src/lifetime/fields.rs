//! Lifetimes of single fields of a hash, which servers have since Redis 7.4.
//!
//! `HSET` takes the lifetime of a field away, so whatever writes a field has to say it again.

use super::{Lifetime, OnWrite};
use crate::cmd::Args;
use crate::payload::Payload;
use crate::script::lines;

/// Longest lifetime of a field: servers refuse moments beyond 2^46 ms, the year 4199.
const LONGEST: u64 = 1 << 45;

/// When a field expires.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Moment {
    /// After so many milliseconds.
    After(u64),
    /// At this many milliseconds since 1970.
    At(u64),
}

impl Moment {
    /// `HEXPIRE key seconds [option] FIELDS n`, or its like in milliseconds. The fields are still to come.
    pub(crate) fn set(self, key: &[u8], option: Option<&[u8]>, fields: usize) -> Args {
        let (name, number) = match self {
            Self::After(millis) if millis.is_multiple_of(1000) => {
                ("HEXPIRE", millis.min(LONGEST) / 1000)
            }
            Self::After(millis) => ("HPEXPIRE", millis.min(LONGEST)),
            Self::At(millis) => ("HPEXPIREAT", millis.min(LONGEST)),
        };
        let args = Args::on(name, key, 4 + fields).uint(number);
        let args = match option {
            Some(word) => args.arg(word),
            None => args,
        };
        args.fields(fields)
    }
}

impl Args {
    /// Appends `FIELDS n`.
    pub(crate) fn fields(self, count: usize) -> Self {
        self.arg(b"FIELDS").uint(count as u64)
    }
}

impl Lifetime {
    /// The command that starts the lifetime of fields anew.
    pub(crate) fn renew_fields<F: AsRef<[u8]>>(&self, key: &[u8], fields: &[F]) -> Args {
        self.expire_fields(key, None, fields)
    }

    /// The command that follows one that leaves lifetimes of fields alone, as counting does.
    pub(crate) fn after_count<F: AsRef<[u8]>>(&self, key: &[u8], fields: &[F]) -> Args {
        let keeps = self.on_write == OnWrite::Keep;
        self.expire_fields(key, keeps.then_some(b"NX"), fields)
    }

    fn expire_fields<F: AsRef<[u8]>>(
        &self,
        key: &[u8],
        option: Option<&[u8]>,
        fields: &[F],
    ) -> Args {
        let args = Moment::After(self.draw()).set(key, option, fields.len());
        fields
            .iter()
            .fold(args, |args, field| args.arg(field.as_ref()))
    }

    /// The milliseconds that a script gives a field.
    pub(crate) fn field_millis(&self) -> u64 {
        self.draw().min(LONGEST)
    }

    /// The value of a field, its lifetime started anew. `names` appends the field's names.
    pub(crate) fn get_field_anew(
        &self,
        key: &[u8],
        count: usize,
        names: impl Fn(Args) -> Args,
    ) -> Vec<Args> {
        let millis = self.field_millis();
        if !self.field_reads {
            let read = names(Args::on("HMGET", key, count));
            return vec![read, names(Moment::After(millis).set(key, None, count))];
        }
        let args = Args::on("HGETEX", key, 4 + count);
        let args = if millis.is_multiple_of(1000) {
            args.arg(b"EX").uint(millis / 1000)
        } else {
            args.arg(b"PX").uint(millis)
        };
        vec![names(args.fields(count))]
    }

    /// The answer to the first of several commands that read, the key's lifetime seen to.
    pub(crate) fn read_first(&self, key: &[u8], mut commands: Vec<Args>) -> Payload {
        if self.refreshes_on_read() {
            commands.extend(self.anew(key));
        }
        if commands.len() == 1
            && let Some(only) = commands.pop()
        {
            return only.into();
        }
        Payload::atomic_first(commands.into_iter().map(Args::into_cmd).collect())
    }
}

/// Sets fields and leaves what remains of their lifetimes; a field without one gets it. Takes
/// `milliseconds field value` for each and answers how many fields are new.
pub(crate) fn keep_fields(key: &[u8], count: usize) -> Args {
    Args::eval_on(KEEP, &[key], 48 * count)
}

const KEEP: &str = lines!(
    "local new=0"
    "for i=1,#ARGV-2,3 do"
    "local field=ARGV[i+1]"
    "local ends=(redis.call('HPEXPIRETIME',KEYS[1],'FIELDS',1,field) or {})[1] or -2"
    "new=new+redis.call('HSET',KEYS[1],field,ARGV[i+2])"
    "if ends>0 then redis.call('HPEXPIREAT',KEYS[1],ends,'FIELDS',1,field)"
    "else redis.call('HPEXPIRE',KEYS[1],ARGV[i],'FIELDS',1,field) end end"
    "return new"
);
