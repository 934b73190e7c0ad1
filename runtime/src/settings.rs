//! What may differ between deployments: prefixes and lifetimes, from the environment or set by hand.

mod apart;

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use crate::error::{Error, ErrorKind, Result};
use crate::key::{Key, Prefix, Spec};
use crate::lifetime::Lifetime;

/// A schema. Implemented by generated code only.
pub trait Schema: 'static {
    /// Its name.
    const NAME: &'static str;
    /// Version of the data at rest.
    const VERSION: u32;
    /// Every key, then every channel, in order of declaration.
    const SPECS: &'static [Spec];
    /// Rule set and defaults it was written against.
    const EDITION: u32 = 1;
    /// What the server must be.
    const SERVER: ServerNeeds = ServerNeeds::redis(0, 0);
    /// Databases that it names, with their numbers.
    const DATABASES: &'static [(&'static str, u16)] = &[];

    /// The settings of this process, read from the environment at first use.
    ///
    /// # Errors
    /// A variable has an unusable value.
    fn settings() -> Result<&'static Settings>;
}

/// What a server must be for a schema to work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ServerNeeds {
    pub(crate) min: (u16, u16),
    pub(crate) flavour: Flavour,
    /// The schema is written for a cluster: its keys live in slots.
    pub(crate) clustered: bool,
}

/// An implementation of the protocol.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Flavour {
    /// Redis, or what claims to be compatible with that version of it.
    Redis,
    Valkey,
}

impl ServerNeeds {
    /// Redis of this version or newer, or what is compatible with it.
    #[must_use]
    pub const fn redis(major: u16, minor: u16) -> Self {
        Self {
            min: (major, minor),
            flavour: Flavour::Redis,
            clustered: false,
        }
    }

    /// Valkey of this version or newer.
    #[must_use]
    pub const fn valkey(major: u16, minor: u16) -> Self {
        Self {
            min: (major, minor),
            flavour: Flavour::Valkey,
            clustered: false,
        }
    }

    /// The same, for a schema that is written for a cluster (`topology: cluster`). Such a schema also works on
    /// one server, and is held to one slot there as well.
    #[must_use]
    pub const fn clustered(mut self) -> Self {
        self.clustered = true;
        self
    }
}

/// The settings under which keys are built. Commands and stores with different settings do not mix.
#[derive(Debug, Clone)]
pub struct Settings {
    id: u32,
    overrides: Vec<Override>,
}

#[derive(Debug, Clone, Default)]
struct Override {
    prefix: Option<Vec<u8>>,
    millis: Option<u64>,
}

/// Settings made by hand get numbers from here; 0 is the schema as written.
static NEXT: AtomicU32 = AtomicU32::new(1);

impl Settings {
    /// The schema as written, the environment ignored.
    pub const DECLARED: Self = Self {
        id: 0,
        overrides: Vec::new(),
    };

    /// The schema with what the environment overrides.
    ///
    /// # Errors
    /// A variable has an unusable value, or prefixes let two kinds of keys have the same name; the message names
    /// the variable, not the value.
    pub fn from_env<S: Schema>() -> Result<Self> {
        Self::from_lookup::<S>(|name| std::env::var_os(name))
    }

    /// The schema with what `lookup` overrides: as [`from_env`](Self::from_env), for any source.
    ///
    /// # Errors
    /// A variable has an unusable value.
    pub fn from_lookup<S: Schema>(
        lookup: impl Fn(&str) -> Option<std::ffi::OsString>,
    ) -> Result<Self> {
        let mut this = Self::DECLARED;
        for spec in S::SPECS {
            if let Some(text) = spec.prefix.env.and_then(&lookup) {
                let text = text
                    .into_string()
                    .map_err(|_| refused(spec, spec.prefix.env, "is not valid UTF-8"))?;
                // Braces decide a key's slot in a cluster, which the schema was checked for without them.
                if text.contains(['{', '}']) {
                    let problem = "holds braces, which would change the keys' cluster slots";
                    return Err(refused(spec, spec.prefix.env, problem));
                }
                this.slot(spec).prefix = Some(text.into_bytes());
            }
            if let Some(text) = spec.lifetime.env_var().and_then(&lookup) {
                let millis = text.to_str().and_then(parse_lifetime).ok_or_else(|| {
                    refused(
                        spec,
                        spec.lifetime.env_var(),
                        "is no lifetime: write seconds (`90`) or a unit (`90s`, `5m`, `24h`, `7d`)",
                    )
                })?;
                this.slot(spec).millis = Some(millis);
            }
        }
        this.expect_apart(S::SPECS)?;
        Ok(this)
    }

    /// The schema with what the environment overrides, read once for the whole process.
    #[doc(hidden)]
    pub fn once<S: Schema>(cell: &'static OnceLock<Self>) -> Result<&'static Self> {
        if let Some(settings) = cell.get() {
            return Ok(settings);
        }
        let settings = Self::from_env::<S>()?;
        Ok(cell.get_or_init(|| settings))
    }

    /// Puts another prefix before the keys of one kind (per tenant, say).
    #[must_use]
    pub fn prefix<K: Key>(mut self, prefix: impl Into<Vec<u8>>) -> Self {
        self.slot(K::spec()).prefix = Some(prefix.into());
        self
    }

    /// Puts another prefix before the keys and channels of the whole schema.
    #[must_use]
    pub fn prefix_all<S: Schema>(mut self, prefix: impl Into<Vec<u8>>) -> Self {
        let prefix = prefix.into();
        for spec in S::SPECS {
            self.slot(spec).prefix = Some(prefix.clone());
        }
        self
    }

    /// Gives the keys of one kind another lifetime; at least one millisecond. Keys declared to never
    /// expire keep that, and limits of calls live as long as their rules say.
    #[must_use]
    pub fn lifetime<K: Key>(mut self, lifetime: Duration) -> Self {
        let millis = u64::try_from(lifetime.as_millis()).unwrap_or(u64::MAX);
        self.slot(K::spec()).millis = Some(millis.clamp(1, LONGEST));
        self
    }

    fn slot(&mut self, spec: &Spec) -> &mut Override {
        if self.id == 0 {
            self.id = NEXT.fetch_add(1, Ordering::Relaxed);
        }
        let index = usize::from(spec.index);
        if self.overrides.len() <= index {
            self.overrides.resize_with(index + 1, Override::default);
        }
        &mut self.overrides[index]
    }

    /// Distinguishes settings with different overrides.
    pub(crate) fn id(&self) -> u32 {
        self.id
    }

    #[inline]
    pub(crate) fn prefix_of(&self, spec: &'static Spec) -> &[u8] {
        let declared: &'static Prefix = &spec.prefix;
        match self.overrides.get(usize::from(spec.index)) {
            Some(Override {
                prefix: Some(prefix),
                ..
            }) => prefix,
            _ => declared.text.as_bytes(),
        }
    }

    #[inline]
    pub(crate) fn lifetime_of(&self, spec: &'static Spec) -> Lifetime {
        match self.overrides.get(usize::from(spec.index)) {
            Some(Override {
                millis: Some(millis),
                ..
            }) if spec.lifetime.millis() != 0 => spec.lifetime.with_millis(*millis),
            _ => spec.lifetime,
        }
    }
}

#[cold]
fn refused(spec: &Spec, variable: Option<&'static str>, problem: &'static str) -> Error {
    Error::new(
        ErrorKind::Settings,
        spec.template,
        format!("{} {problem}", variable.unwrap_or_default()),
    )
}

/// A server refuses lifetimes beyond the range of its millisecond clock.
pub(crate) const LONGEST: u64 = 1 << 52;

/// `90` (seconds) or a whole number with `ms`, `s`, `m`, `h`, `d` or `w`; at least one millisecond.
fn parse_lifetime(text: &str) -> Option<u64> {
    let text = text.trim();
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, unit) = text.split_at(digits);
    let unit = match unit {
        "ms" => 1,
        "" | "s" => 1000,
        "m" => 60_000,
        "h" => 3_600_000,
        "d" => 86_400_000,
        "w" => 604_800_000,
        _ => return None,
    };
    let millis = number.parse::<u64>().ok()?.checked_mul(unit)?;
    (1..=LONGEST).contains(&millis).then_some(millis)
}
