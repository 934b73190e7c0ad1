//! Schemas as generated code would have them.

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
