//! The keys that the comparisons use, as generated code has them.

use redis_schema::__generated_0_1 as rt;

/// A schema of two keys.
#[derive(Debug)]
pub struct Schema;

impl rt::Schema for Schema {
    const NAME: &'static str = "bench";
    const VERSION: u32 = 1;
    const SPECS: &'static [rt::Spec] = &[<State as rt::Key>::SPEC, <Calls as rt::Key>::SPEC];

    fn settings() -> rt::Result<&'static rt::Settings> {
        static SETTINGS: rt::Settings = rt::Settings::DECLARED;
        Ok(&SETTINGS)
    }
}

/// `doc:state:{id}`, text, one hour.
#[derive(Debug, Clone, Copy)]
pub struct State {
    /// The document.
    pub id: rt::value::Uuid,
}

impl rt::Key for State {
    type Structure = rt::structure::Str<rt::Text<String>>;
    type Schema = Schema;
    const SPEC: rt::Spec = rt::Spec::new(
        0,
        "state",
        "doc:state:{id}",
        &[rt::Segment::Literal("doc:state:"), rt::Segment::Param("id")],
    )
    .lifetime(rt::Lifetime::after_millis(3_600_000));

    fn write(&self, out: &mut rt::KeyBuf) {
        out.literal("doc:state:");
        out.uuid(&self.id);
    }

    fn read(key: &mut rt::KeyParser<'_>) -> Option<Self> {
        key.literal("doc:state:")?;
        Some(Self { id: key.uuid()? })
    }
}

/// `calls:{id}`, more of them than anybody makes.
#[derive(Debug, Clone, Copy)]
pub struct Calls {
    /// The caller.
    pub id: rt::value::Uuid,
}

impl rt::Key for Calls {
    type Structure = rt::structure::RateLimit<rt::Gcra>;
    type Schema = Schema;
    const SPEC: rt::Spec = rt::Spec::new(
        1,
        "calls",
        "calls:{id}",
        &[rt::Segment::Literal("calls:"), rt::Segment::Param("id")],
    )
    .lifetime(rt::Lifetime::after_millis(3_600_000).keep());

    fn write(&self, out: &mut rt::KeyBuf) {
        out.literal("calls:");
        out.uuid(&self.id);
    }

    fn read(key: &mut rt::KeyParser<'_>) -> Option<Self> {
        key.literal("calls:")?;
        Some(Self { id: key.uuid()? })
    }
}

impl rt::Limited for Calls {
    const LIMITS: rt::Limits = rt::Limits::new(
        &[
            rt::LimitRule::new(1_000_000, 60_000, 1_000_000),
            rt::LimitRule::new(10_000_000, 3_600_000, 10_000_000),
        ],
        1_000_000,
    );
}
