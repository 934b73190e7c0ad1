//! Schemas as generated code would have them.

#![allow(dead_code)] // generated code offers more than every test needs

use redis_schema::__generated_0_1 as rt;

policy_keys!(text, "text", rt::structure::Str<rt::Text<String>>);
policy_keys!(blob, "blob", rt::structure::Str<rt::Bytes>);
policy_keys!(
    json,
    "json",
    rt::structure::Str<rt::Json<crate::schema::Job>>
);

/// State of a job.
#[derive(Clone, Debug, PartialEq, rt::serde::Serialize, rt::serde::Deserialize)]
#[serde(crate = "redis_schema::__generated_0_1::serde")]
pub struct Job {
    pub status: JobStatus,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

impl Job {
    pub fn new(status: JobStatus) -> Self {
        Self { status, note: None }
    }
}

/// Where a job stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, rt::serde::Serialize, rt::serde::Deserialize)]
#[serde(
    crate = "redis_schema::__generated_0_1::serde",
    rename_all = "snake_case"
)]
pub enum JobStatus {
    Queued,
    Running,
}

impl rt::TextValue for JobStatus {
    type Ref = Self;

    fn write_text<R>(value: &Self, use_text: impl FnOnce(&[u8]) -> R) -> R {
        use_text(match value {
            Self::Queued => b"queued",
            Self::Running => b"running",
        })
    }

    fn read_text(text: Vec<u8>) -> Result<Self, rt::Cow<'static, str>> {
        match text.as_slice() {
            b"queued" => Ok(Self::Queued),
            b"running" => Ok(Self::Running),
            _ => Err("not one of `queued`, `running`".into()),
        }
    }
}

policy_keys!(count, "count", rt::structure::Counter<i64>);
policy_keys!(small, "small", rt::structure::Counter<u8>);
policy_keys!(large, "large", rt::structure::Counter<u64>);
policy_keys!(ratio, "ratio", rt::structure::Counter<f64>);
policy_keys!(
    map,
    "map",
    rt::structure::HashMap<rt::Text<u32>, rt::Text<String>>
);
policy_keys!(
    tally,
    "tally",
    rt::structure::HashMap<rt::Text<String>, rt::Text<u16>>
);
policy_keys!(
    gauges,
    "gauges",
    rt::structure::HashMap<rt::Text<String>, rt::Text<f64>>
);
policy_keys!(names, "names", rt::structure::List<rt::Text<String>>);
policy_keys!(
    jobs,
    "jobs",
    rt::structure::List<rt::Json<crate::schema::Job>>
);
policy_keys!(task, "task", rt::structure::Hash<crate::schema::Task>);
policy_keys!(sparse, "sparse", rt::structure::Hash<crate::schema::Sparse>);

/// A record with a field of every kind.
#[derive(Clone, Debug, PartialEq)]
pub struct Task {
    pub status: JobStatus,
    pub total: u32,
    pub done: u32,
    pub balance: i64,
    pub ratio: Option<f64>,
    pub note: Option<String>,
    pub updated_at: Option<rt::value::TimestampMs>,
    pub seen_at: Option<rt::value::TimestampS>,
}

impl Task {
    pub const STATUS: rt::Field<Self, rt::Text<JobStatus>> = rt::Field::new("status");
    pub const TOTAL: rt::Field<Self, rt::Text<u32>> = rt::Field::new("total");
    /// Called `finished`, and before that `ready`, in the past.
    pub const DONE: rt::Field<Self, rt::Text<u32>, rt::Optional> =
        rt::Field::new("done").was(&["finished", "ready"]);
    pub const BALANCE: rt::Field<Self, rt::Text<i64>> = rt::Field::new("balance");
    pub const RATIO: rt::Field<Self, rt::Text<f64>, rt::Optional> = rt::Field::new("ratio");
    /// Called `comment` in the past.
    pub const NOTE: rt::Field<Self, rt::Text<String>, rt::Optional> =
        rt::Field::new("note").was(&["comment"]);
    pub const UPDATED_AT: rt::Field<Self, rt::Text<rt::value::TimestampMs>, rt::Optional> =
        rt::Field::new("updated_at");
    pub const SEEN_AT: rt::Field<Self, rt::Text<rt::value::TimestampS>, rt::Optional> =
        rt::Field::new("seen_at");

    pub fn new(status: JobStatus, total: u32) -> Self {
        Self {
            status,
            total,
            done: 0,
            balance: 0,
            ratio: None,
            note: None,
            updated_at: None,
            seen_at: None,
        }
    }
}

impl rt::Record for Task {
    const FIELDS: &'static [&'static str] = &[
        "status",
        "total",
        "done",
        "balance",
        "ratio",
        "note",
        "updated_at",
        "seen_at",
    ];
    const TOUCH: &'static [rt::Touch] = &[
        rt::Touch::Millis("updated_at"),
        rt::Touch::Seconds("seen_at"),
    ];

    fn encode(&self, out: &mut rt::FieldWriter<'_>) -> Result<(), rt::Cow<'static, str>> {
        out.put::<rt::Text<JobStatus>>("status", &self.status)?;
        out.put::<rt::Text<u32>>("total", &self.total)?;
        out.put::<rt::Text<u32>>("done", &self.done)?;
        out.former(&["finished", "ready"]);
        out.put::<rt::Text<i64>>("balance", &self.balance)?;
        out.put_optional::<rt::Text<f64>>("ratio", self.ratio.as_ref())?;
        out.put_optional::<rt::Text<String>>("note", self.note.as_deref())?;
        out.former(&["comment"]);
        Ok(())
    }

    fn decode(from: &mut rt::FieldReader) -> Result<Self, rt::Cow<'static, str>> {
        Ok(Self {
            status: from.required::<rt::Text<JobStatus>>(&["status"])?,
            total: from.required::<rt::Text<u32>>(&["total"])?,
            done: from
                .optional::<rt::Text<u32>>(&["done", "finished", "ready"])?
                .unwrap_or_default(),
            balance: from.required::<rt::Text<i64>>(&["balance"])?,
            ratio: from.optional::<rt::Text<f64>>(&["ratio"])?,
            note: from.optional::<rt::Text<String>>(&["note", "comment"])?,
            updated_at: from.optional::<rt::Text<rt::value::TimestampMs>>(&["updated_at"])?,
            seen_at: from.optional::<rt::Text<rt::value::TimestampS>>(&["seen_at"])?,
        })
    }
}

/// A share in whole per cent.
pub type Percent = rt::Bounded<rt::Text<u8>, rt::rule::Range<0, 100>>;

/// A record of which everything may be absent, without a field that the server sets.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sparse {
    pub first: Option<String>,
    pub percent: Option<u8>,
    pub ttl: Option<rt::value::DurationS>,
}

impl Sparse {
    pub const FIRST: rt::Field<Self, rt::Text<String>, rt::Optional> = rt::Field::new("first");
    pub const PERCENT: rt::Field<Self, Percent, rt::Optional> = rt::Field::new("percent");
    pub const TTL: rt::Field<Self, rt::Text<rt::value::DurationS>, rt::Optional> =
        rt::Field::new("ttl");
}

impl rt::Record for Sparse {
    const FIELDS: &'static [&'static str] = &["first", "percent", "ttl"];

    fn encode(&self, out: &mut rt::FieldWriter<'_>) -> Result<(), rt::Cow<'static, str>> {
        out.put_optional::<rt::Text<String>>("first", self.first.as_deref())?;
        out.put_optional::<Percent>("percent", self.percent.as_ref())?;
        out.put_optional::<rt::Text<rt::value::DurationS>>("ttl", self.ttl.as_ref())
    }

    fn decode(from: &mut rt::FieldReader) -> Result<Self, rt::Cow<'static, str>> {
        Ok(Self {
            first: from.optional::<rt::Text<String>>(&["first"])?,
            percent: from.optional::<Percent>(&["percent"])?,
            ttl: from.optional::<rt::Text<rt::value::DurationS>>(&["ttl"])?,
        })
    }
}

/// As the emitter writes it, in full.
pub mod keys {
    use super::rt;

    /// A caller's session.
    ///
    /// `session:{token}` · string `text` · database `sessions` · lives 100 s, renewed by every write
    #[derive(Clone, Debug, PartialEq, Eq, Hash)]
    pub struct Session<'a> {
        pub token: rt::Cow<'a, str>,
    }

    impl rt::Key for Session<'_> {
        type Structure = rt::structure::Str<rt::Text<String>>;
        type Schema = super::Schema;
        const SPEC: rt::Spec = rt::Spec::new(
            0,
            "session",
            "session:{token}",
            &[
                rt::Segment::Literal("session:"),
                rt::Segment::Param("token"),
            ],
        )
        .database(1)
        .lifetime(rt::Lifetime::after_millis(100_000));

        fn write(&self, out: &mut rt::KeyBuf) {
            out.literal("session:");
            out.slug("token", &self.token, 64);
        }

        fn read(key: &mut rt::KeyParser<'_>) -> Option<Self> {
            key.literal("session:")?;
            Some(Self {
                token: key.slug(64)?.into(),
            })
        }
    }

    impl rt::Extendable for Session<'_> {}

    pub fn session<'a>(token: impl Into<rt::Cow<'a, str>>) -> rt::Handle<Session<'a>> {
        rt::Handle::new(Session {
            token: token.into(),
        })
    }
}

use rt::Key as _;

schema! { keys::Session::<'static>::SPEC }
