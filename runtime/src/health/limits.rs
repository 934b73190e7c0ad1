//! From where on a finding counts.

use std::borrow::Cow;
use std::time::Duration;

use crate::key::Spec;

/// What is still healthy, and how long a check may take.
///
/// ```
/// use redis_schema::health::Limits;
///
/// let mut limits = Limits::default();
/// limits.replicas = Some(1);
/// ```
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Limits {
    /// How long each check may take, opening the connection included. Default: 2 s.
    pub timeout: Duration,
    /// Round trips up to here are fast. Default: 100 ms.
    pub ping: Duration,
    /// Clocks this far apart agree. Default: 1 s.
    pub clock: Duration,
    /// Memory up to here is no reason for concern where the server may not evict, in percent of its limit.
    /// Default: 90.
    pub memory_percent: u8,
    /// Connections up to here are no reason for concern, in percent of the server's limit. Default: 90.
    pub clients_percent: u8,
    /// How long a replica may be silent. Default: 10 s.
    pub lag: Duration,
    /// How long the server may have stood still to fork. Default: 1 s.
    pub fork: Duration,
    /// Replicas that must be connected to a primary; `None` asks for none.
    pub replicas: Option<usize>,
    /// The lowest version of the server, as major and minor number; `None` takes any.
    pub version: Option<(u16, u16)>,
    /// The server is only read from: no write is tried, and a replica is as good as a primary.
    pub read_only: bool,
    /// Keys that the server must not evict. A store's own health check knows those of its schema.
    pub durable: Durable,
    /// How long to watch for evictions and refused connections; their number since the server started says
    /// nothing about now. Default: 500 ms.
    pub watch: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            timeout: Duration::from_secs(2),
            ping: Duration::from_millis(100),
            clock: Duration::from_secs(1),
            memory_percent: 90,
            clients_percent: 90,
            lag: Duration::from_secs(10),
            fork: Duration::from_secs(1),
            replicas: None,
            version: None,
            read_only: false,
            durable: Durable::default(),
            watch: Duration::from_millis(500),
        }
    }
}

/// Kinds of keys that must not be lost (`durability: durable`), by their templates.
///
/// ```
/// use redis_schema::health::{Durable, Limits};
///
/// let mut limits = Limits::default();
/// limits.durable.add("order:{order_id}", true);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Durable {
    /// Those without a lifetime.
    staying: Vec<Cow<'static, str>>,
    /// Those with one, which more policies evict.
    expiring: Vec<Cow<'static, str>>,
}

impl Durable {
    /// Adds a kind of key by its template. `expires` says whether it has a lifetime.
    pub fn add(&mut self, template: impl Into<Cow<'static, str>>, expires: bool) {
        let list = if expires {
            &mut self.expiring
        } else {
            &mut self.staying
        };
        let template = template.into();
        if !list.contains(&template) {
            list.push(template);
        }
    }

    /// Adds the durable ones among some kinds of keys.
    pub(crate) fn add_all(&mut self, specs: impl Iterator<Item = &'static Spec>) {
        for spec in specs.filter(|spec| spec.durable) {
            self.add(spec.template, !spec.lifetime.is_never());
        }
    }

    /// Those that the policy lets the server evict, those that never expire first.
    pub(super) fn evicted_by(&self, policy: &str) -> Vec<&str> {
        let (staying, expiring) = match policy {
            _ if policy.starts_with("allkeys-") => (self.staying.as_slice(), &self.expiring),
            _ if policy.starts_with("volatile-") => (&[] as &[_], &self.expiring),
            _ => return Vec::new(),
        };
        staying.iter().chain(expiring).map(AsRef::as_ref).collect()
    }
}
