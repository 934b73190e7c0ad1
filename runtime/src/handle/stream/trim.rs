use crate::cmd::Args;

/// How a stream drops old entries whenever one is added, as the schema declares it.
pub trait Trim {
    /// The rule.
    const RULE: TrimRule;
}

/// Every entry stays.
#[derive(Debug, Clone, Copy)]
pub struct KeepAll;

/// At most `COUNT` entries stay (`maxlen:`); a few more if `ABOUT`.
#[derive(Debug, Clone, Copy)]
pub struct MaxLen<const COUNT: u64, const ABOUT: bool>;

/// Entries older than `MILLIS` go (`minid:`); some a little later if `ABOUT`.
#[derive(Debug, Clone, Copy)]
pub struct MaxAge<const MILLIS: u64, const ABOUT: bool>;

impl Trim for KeepAll {
    const RULE: TrimRule = TrimRule::KeepAll;
}

impl<const COUNT: u64, const ABOUT: bool> Trim for MaxLen<COUNT, ABOUT> {
    const RULE: TrimRule = TrimRule::MaxLen {
        count: COUNT,
        about: ABOUT,
    };
}

impl<const MILLIS: u64, const ABOUT: bool> Trim for MaxAge<MILLIS, ABOUT> {
    const RULE: TrimRule = TrimRule::MaxAge {
        millis: MILLIS,
        about: ABOUT,
    };
}

/// Which entries of a stream stay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TrimRule {
    /// All.
    KeepAll,
    /// The newest ones.
    MaxLen {
        /// How many.
        count: u64,
        /// Whether the server may keep a few more, which is much cheaper.
        about: bool,
    },
    /// Those not older than this by the server's clock.
    MaxAge {
        /// Age in milliseconds.
        millis: u64,
        /// Whether the server may keep some a little longer, which is much cheaper.
        about: bool,
    },
}

/// Arguments: age in milliseconds, `~` or `=`, then those after the threshold.
const BY_AGE: &str = "local t=redis.call('TIME') \
    local oldest=math.max(t[1]*1000+math.floor(t[2]/1000)-ARGV[2],0) \
    return redis.call(ARGV[1],KEYS[1],'MINID',ARGV[3],string.format('%.0f',oldest),unpack(ARGV,4))";

impl TrimRule {
    /// `name key [MAXLEN|MINID ~|= threshold]`. Only the server knows its clock, so a rule by age is a
    /// script; what is appended then goes to the command inside it.
    pub(super) fn command(
        self,
        name: &str,
        key: &[u8],
        more_args: usize,
        more_bytes: usize,
    ) -> Args {
        let mark = |about: bool| if about { b"~" } else { b"=" };
        match self {
            Self::KeepAll => Args::sized(name, key, more_args, more_bytes),
            Self::MaxLen { count, about } => Args::sized(name, key, more_args + 3, more_bytes + 32)
                .arg(b"MAXLEN")
                .arg(mark(about))
                .uint(count),
            Self::MaxAge { millis, about } => Args::eval_on(BY_AGE, &[key], more_bytes + 32)
                .arg(name.as_bytes())
                .uint(millis)
                .arg(mark(about)),
        }
    }
}
