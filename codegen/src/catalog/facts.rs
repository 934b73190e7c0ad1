//! What decides which commands are sent for a key, beside the method.

use redis_schema_model::model::{
    Field, Key, LimitAlgorithm, ListOrder, Schema, ScoreUnit, StreamTrim, StructType, Structure,
    Type, TypeKind, Value,
};

use super::Policy;
use super::caching::Caching;
use super::expiring::{Expiring, reads};
use super::groups::Groups;
use super::method::{Method, Only, When};
use super::reports::Reports;

/// What decides which commands are sent for a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// Its lifetime.
    pub policy: Policy,
    fixed: bool,
    wide: bool,
    narrow: bool,
    float: bool,
    pieces: bool,
    former: bool,
    absent: bool,
    bounds: String,
    touches: Vec<String>,
    trim: Option<StreamTrim>,
    sharded: bool,
    walks: bool,
    fields: Expiring,
    groups: Groups,
    order: Option<ListOrder>,
    worked: bool,
    limiter: Option<LimitAlgorithm>,
    numbered: bool,
    reports: Reports,
    alike: bool,
    indexed: bool,
    cache: Caching,
}

impl Facts {
    /// The plainest key of a policy.
    #[must_use]
    pub const fn new(policy: Policy) -> Self {
        Self {
            policy,
            fixed: false,
            wide: false,
            narrow: false,
            float: false,
            pieces: false,
            former: false,
            absent: false,
            bounds: String::new(),
            touches: Vec::new(),
            trim: None,
            sharded: false,
            walks: false,
            fields: Expiring::NONE,
            groups: Groups::NONE,
            order: None,
            worked: false,
            limiter: None,
            numbered: false,
            reports: Reports::NONE,
            alike: false,
            indexed: false,
            cache: Caching::NONE,
        }
    }

    /// It counts in integers that are as wide as the server's own.
    #[must_use]
    pub const fn wide(mut self) -> Self {
        self.wide = true;
        self
    }

    /// It counts in narrower integers within the bounds.
    #[must_use]
    pub fn narrow(mut self, bounds: impl Into<String>) -> Self {
        self.narrow = true;
        self.bounds = bounds.into();
        self
    }

    /// It counts in floating-point numbers.
    #[must_use]
    pub const fn float(mut self) -> Self {
        self.float = true;
        self
    }

    /// Its values are text or bytes.
    #[must_use]
    pub const fn pieces(mut self) -> Self {
        self.pieces = true;
        self
    }

    /// Some of its fields had other names.
    #[must_use]
    pub const fn former(mut self) -> Self {
        self.former = true;
        self.absent = true;
        self
    }

    /// Some of its fields may be absent.
    #[must_use]
    pub const fn absent(mut self) -> Self {
        self.absent = true;
        self
    }

    /// Its fields have lifetimes of their own: those of a map all the same one. `reads` says that the server has
    /// `HGETEX`.
    #[must_use]
    pub fn fields(
        mut self,
        lifetimes: impl IntoIterator<Item = Policy>,
        map: bool,
        reads: bool,
    ) -> Self {
        self.fields = Expiring::new(lifetimes, map, reads);
        self
    }

    /// Fields that every write sets to the server's time: `ms updated_at`.
    #[must_use]
    pub fn touches(mut self, fields: impl IntoIterator<Item = String>) -> Self {
        self.touches = fields.into_iter().collect();
        self
    }

    /// How old entries are dropped.
    #[must_use]
    pub const fn trim(mut self, trim: StreamTrim) -> Self {
        self.trim = Some(trim);
        self
    }

    /// The facts of a channel: whether a message stays with one node of a cluster.
    #[must_use]
    pub const fn channel(sharded: bool) -> Self {
        let mut this = Self::new(Policy::NEVER);
        this.sharded = sharded;
        this
    }

    /// The facts of a group: whether some of its keys have to be looked for.
    #[must_use]
    pub const fn group(walks: bool) -> Self {
        let mut this = Self::new(Policy::NEVER);
        this.walks = walks;
        this
    }

    /// The groups of consumers that read it.
    #[must_use]
    pub const fn groups(mut self, groups: Groups) -> Self {
        self.groups = groups;
        self
    }

    /// Which value of it is the next.
    #[must_use]
    pub const fn ordered(mut self, order: ListOrder) -> Self {
        self.order = Some(order);
        self
    }

    /// Its values lie in another list while they are worked on.
    #[must_use]
    pub const fn worked(mut self) -> Self {
        self.worked = true;
        self
    }

    /// How it counts calls.
    #[must_use]
    pub const fn limiter(mut self, algorithm: LimitAlgorithm) -> Self {
        self.limiter = Some(algorithm);
        self
    }

    /// Its holds have numbers.
    #[must_use]
    pub const fn numbered(mut self) -> Self {
        self.numbered = true;
        self
    }

    /// Its reports are events too, of which so many are kept, or a few more, and which may say something besides.
    #[must_use]
    pub const fn events(mut self, count: u64, approx: bool, told: bool) -> Self {
        self.reports = Reports::events(count, approx, told);
        self
    }

    /// It is a cache, whose entries may be stale for so long, whose loads are left to who began them for so long, and whose
    /// tags live for so long by themselves.
    #[must_use]
    pub const fn cache(mut self, stale: u64, lease: u64, tag: u64) -> Self {
        self.cache = Caching::new(stale, lease, tag);
        self
    }

    /// The key of the cache tells all that its tags carry.
    #[must_use]
    pub const fn tagged_by_key(mut self) -> Self {
        self.cache.by_key = true;
        self
    }

    /// Its tasks are all alike.
    #[must_use]
    pub const fn alike(mut self) -> Self {
        self.alike = true;
        self
    }

    /// The facts of a declared key.
    #[must_use]
    pub fn of(schema: &Schema, key: &Key) -> Self {
        let mut this = Self::new(Policy::new(&key.lifetime, &schema.server));
        this.fixed = !key.is_extendable();
        match &key.structure {
            Structure::Counter(ty) => this.counts(schema, ty),
            Structure::Hash(id) => {
                if let TypeKind::Struct(kind) = &schema[*id].kind {
                    this.record(schema, kind);
                    let lifetimes = kind.fields.iter().filter_map(|field| field.ttl.as_ref());
                    this = this.fields(
                        lifetimes.map(Policy::of_field),
                        false,
                        reads(&schema.server),
                    );
                }
            }
            Structure::HashMap { value, .. } => {
                this.counts(schema, &value.ty);
                let lifetime = key.field_ttl.as_ref().map(Policy::of_field);
                this = this.fields(lifetime, true, reads(&schema.server));
            }
            Structure::String(value) => this.pieces = is_pieces(schema, value),
            Structure::Stream { trim, groups, .. } => {
                this.trim = *trim;
                this.groups = Groups::of(groups);
            }
            Structure::List(_) => {
                this.order = key.queue.map(|queue| queue.order);
                this.worked = key.queue.is_some_and(|queue| queue.processing.is_some());
            }
            Structure::RateLimit(limiter) => this.limiter = Some(limiter.algorithm),
            Structure::Lock { fenced, .. } => this.numbered = *fenced,
            Structure::Progress(progress) => this.reports = Reports::of(progress),
            Structure::Queue(queue) => this.alike = queue.priorities.is_empty(),
            Structure::Session(session) => this.indexed = session.index.is_some(),
            Structure::Cache(cache) => this.cache = Caching::of(schema, key, cache),
            Structure::ZSet { score, .. } => this.float = score.unit == ScoreUnit::Float,
            _ => {}
        }
        this
    }

    /// The facts that all keys of its kind share: those of the general policy, without names and numbers.
    #[must_use]
    pub fn general(&self) -> Self {
        let mut this = self.clone();
        this.policy = self.policy.general();
        if this.narrow {
            this.bounds = "min max".to_owned();
        }
        if !this.touches.is_empty() {
            this.touches = vec!["unit field".to_owned()];
        }
        this.fields = this.fields.general();
        this.cache = this.cache.general();
        this.reports = this.reports.general();
        this.trim = this.trim.map(|trim| match trim {
            StreamTrim::MaxLen { approx, .. } => StreamTrim::MaxLen { count: 0, approx },
            StreamTrim::MinAge { approx, .. } => StreamTrim::MinAge { ms: 0, approx },
        });
        this
    }

    fn record(&mut self, schema: &Schema, kind: &StructType) {
        for field in &kind.fields {
            if !field.touch {
                self.counts(schema, &field.ty);
            }
            self.former |= !field.was.is_empty();
            self.absent |= !field.was.is_empty() || is_optional(field);
            if field.touch {
                let unit = match plain(schema, &field.ty) {
                    Type::TimestampS => "s",
                    _ => "ms",
                };
                self.touches.push(format!("{unit} {}", field.name));
            }
        }
        // Several fields, several bounds.
        self.bounds = "min max".to_owned();
    }

    fn counts(&mut self, schema: &Schema, ty: &Type) {
        match plain(schema, ty) {
            Type::Signed(64) | Type::TimestampS | Type::TimestampMs => self.wide = true,
            Type::Signed(bits) => {
                let half = 1_i64 << (bits - 1);
                self.bounded(-half, half - 1);
            }
            Type::Unsigned(64) | Type::DurationS | Type::DurationMs => self.bounded(0, i64::MAX),
            Type::Unsigned(bits) => self.bounded(0, (1_i64 << bits) - 1),
            Type::Float(64) => self.float = true,
            _ => {}
        }
    }

    fn bounded(&mut self, min: i64, max: i64) {
        self.narrow = true;
        self.bounds = format!("{min} {max}");
    }

    /// Whether the key has a method.
    #[must_use]
    pub const fn has(&self, method: &Method) -> bool {
        match method.only {
            Only::Always => true,
            Only::Extendable => !self.fixed,
            Only::Integer => self.wide || self.narrow,
            Only::Float => self.float,
            Only::Pieces => self.pieces,
            Only::Unsharded => !self.sharded,
            Only::Expiring => !self.fields.is_none(),
            Only::Ordered => self.order.is_some(),
            Only::Worked => self.worked,
            Only::TaggedByKey => self.cache.by_key,
            Only::Grouped => self.groups.acknowledges || self.groups.before,
            Only::Acknowledged => self.groups.acknowledges,
            Only::Reclaimed => self.groups.reclaims || self.groups.buries,
            Only::Beating => self.groups.beats,
            Only::Buried => self.groups.buries,
            Only::Numbered => self.numbered,
            Only::Followed | Only::Told => self.reports.have(method.only),
            Only::Alike => self.alike,
            Only::Unindexed => !self.indexed,
        }
    }

    /// Whether a case can come up.
    pub(super) const fn admits(&self, when: When) -> bool {
        match when {
            When::Always | When::Waiting | When::Aged | When::Reading => true,
            When::Wide => self.wide,
            When::Narrow => self.narrow,
            When::Former => self.former,
            When::Reclaiming => self.groups.reclaims,
            When::Burying => self.groups.buries,
        }
    }

    /// The commands that stand for one, what stands in braces filled in; none when it is not sent at all.
    pub(super) fn fill(&self, command: &str) -> Vec<String> {
        match self.fields.fill(command) {
            Some(commands) => commands,
            None => self.fill_one(command).into_iter().collect(),
        }
    }

    fn fill_one(&self, command: &str) -> Option<String> {
        match command {
            "{touch}" => return self.touch("touch"),
            "{touch_existing}" => return self.touch("touch_existing"),
            "{absent}" => return self.absent.then(|| "[HDEL key field …]".to_owned()),
            "{scan}" => {
                let scan = || "SCAN cursor MATCH pattern COUNT 500".to_owned();
                return self.walks.then(scan);
            }
            "{former}" => return self.former.then(|| "[HDEL key field …]".to_owned()),
            _ => {}
        }
        Some(
            self.reports
                .fill(command)
                .replace("{live}", &self.policy.live(false))
                .replace("{anew}", &self.policy.live(true))
                .replace("{touches}", &self.script_touches())
                .replace("{field_millis}", &self.fields.words(false))
                .replace("{field_rule}", &self.fields.words(true))
                .replace("{bounds}", &self.bounds)
                .replace("{names}", if self.former { " …" } else { "" })
                .replace("{read_entry}", self.cache.read())
                .replace("{lease}", &self.cache.lease())
                .replace("{entry_millis}", &self.cache.entry(&self.policy))
                .replace("{tag_millis}", &self.cache.tag(&self.policy))
                .replace("{xadd}", &self.append())
                .replace("{push}", self.push())
                .replace(
                    "{limiter}",
                    self.limiter
                        .map_or("gcra|sliding_log", LimitAlgorithm::word),
                )
                .replace("{noack}", self.groups.noack())
                .replace("{start}", self.groups.start())
                .replace(
                    "{held}",
                    if self.numbered {
                        "2 key fence"
                    } else {
                        "1 key"
                    },
                )
                .replace("{kept}", if self.numbered { " milliseconds" } else { "" })
                .replace("{s}", if self.sharded { "S" } else { "" })
                .replace("{shard}", if self.sharded { "SHARD" } else { "" }),
        )
    }

    const fn push(&self) -> &'static str {
        match self.order {
            Some(ListOrder::Fifo) => "RPUSH",
            Some(ListOrder::Lifo) => "LPUSH",
            None => "RPUSH|LPUSH",
        }
    }

    fn touch(&self, script: &str) -> Option<String> {
        let list = self.touch_list();
        (!self.touches.is_empty()).then(|| format!("EVAL {script} 1 key none 0 {list}"))
    }

    /// The number of fields that the clock sets, and each with its unit.
    fn touch_list(&self) -> String {
        let mut out = self.touches.len().to_string();
        for touch in &self.touches {
            out.push(' ');
            out.push_str(touch);
        }
        out
    }

    /// What a script is told of the clock and of lifetimes of fields.
    fn script_touches(&self) -> String {
        if self.fields.is_none() {
            return self.touch_list();
        }
        "count …".to_owned()
    }

    /// `XADD` with the declared trimming.
    fn append(&self) -> String {
        let mark = |approx| if approx { "~" } else { "=" };
        match self.trim {
            None => "XADD key".to_owned(),
            // No stream is declared to keep nothing: the number is left open.
            Some(StreamTrim::MaxLen { count: 0, approx }) => {
                format!("XADD key MAXLEN {} length", mark(approx))
            }
            Some(StreamTrim::MinAge { ms: 0, approx }) => {
                format!("EVAL by_age 1 key XADD milliseconds {}", mark(approx))
            }
            Some(StreamTrim::MaxLen { count, approx }) => {
                format!("XADD key MAXLEN {} {count}", mark(approx))
            }
            Some(StreamTrim::MinAge { ms, approx }) => {
                format!("EVAL by_age 1 key XADD {ms} {}", mark(approx))
            }
        }
    }
}

fn is_optional(field: &Field) -> bool {
    matches!(field.ty, Type::Option(_))
}

/// The type under options, aliases and placeholders' names.
fn plain<'s>(schema: &'s Schema, ty: &'s Type) -> &'s Type {
    match ty {
        Type::Option(inner) => plain(schema, inner),
        Type::Named(id) => match &schema[*id].kind {
            TypeKind::Alias(ty) => plain(schema, ty),
            _ => ty,
        },
        other => other,
    }
}

fn is_pieces(schema: &Schema, value: &Value) -> bool {
    use redis_schema_model::model::Codec;
    match value.encoding.codec {
        Codec::Bytes => value.encoding.zstd_over.is_none(),
        Codec::Text => matches!(plain(schema, &value.ty), Type::String { max: None }),
        Codec::Json | Codec::MsgPack => false,
    }
}
