//! The key that the comparisons use, as generated code has it.

use redis_schema::__generated_0_1 as rt;

/// A schema of one key.
#[derive(Debug)]
pub struct Schema;

impl rt::Schema for Schema {
    const NAME: &'static str = "bench";
    const VERSION: u32 = 1;
    const SPECS: &'static [rt::Spec] = &[<State as rt::Key>::SPEC];

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
