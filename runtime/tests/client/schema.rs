//! A schema of three keys, as generated code has it.

use redis_schema::__generated_0_1 as rt;
use redis_schema::{Handle, Store};

macro_rules! key {
    ($ty:ident, $index:literal, $name:literal, $structure:ty) => {
        #[derive(Debug, Clone, Copy)]
        pub struct $ty;

        impl rt::Key for $ty {
            type Structure = $structure;
            type Schema = Schema;
            const SPEC: rt::Spec =
                rt::Spec::new($index, $name, $name, &[rt::Segment::Literal($name)])
                    .lifetime(rt::Lifetime::after_millis(3_600_000));

            fn write(&self, out: &mut rt::KeyBuf) {
                out.literal($name);
            }

            fn read(key: &mut rt::KeyParser<'_>) -> Option<Self> {
                key.literal($name).map(|()| Self)
            }
        }
    };
}

key!(Text, 0, "text", rt::structure::Str<rt::Text<String>>);
key!(Count, 1, "count", rt::structure::Counter<i64>);
key!(Line, 2, "line", rt::structure::List<rt::Text<String>>);

#[derive(Debug)]
pub struct Schema;

impl rt::Schema for Schema {
    const NAME: &'static str = "client-test";
    const VERSION: u32 = 3;
    const SPECS: &'static [rt::Spec] = &[
        <Text as rt::Key>::SPEC,
        <Count as rt::Key>::SPEC,
        <Line as rt::Key>::SPEC,
    ];
    const SERVER: rt::ServerNeeds = rt::ServerNeeds::redis(6, 2);
    const DATABASES: &'static [(&'static str, u16)] = &[("main", 0)];

    fn settings() -> rt::Result<&'static rt::Settings> {
        static SETTINGS: rt::Settings = rt::Settings::DECLARED;
        Ok(&SETTINGS)
    }
}

pub fn text(store: &Store) -> Handle<Text, &Store> {
    store.handle(Text)
}

pub fn count(store: &Store) -> Handle<Count, &Store> {
    store.handle(Count)
}

pub fn line(store: &Store) -> Handle<Line, &Store> {
    store.handle(Line)
}
