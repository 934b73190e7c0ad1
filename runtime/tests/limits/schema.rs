//! A schema of limiters, as generated code has it.

use redis_schema::__generated_0_1 as rt;

macro_rules! limiter {
    ($ty:ident, $index:literal, $name:literal, $algorithm:ident, [$($rule:expr),*], $most:literal $(, $way:ident)?) => {
        #[derive(Debug, Clone, Copy)]
        pub struct $ty;

        impl rt::Key for $ty {
            type Structure = rt::structure::RateLimit<rt::$algorithm>;
            type Schema = Schema;
            const SPEC: rt::Spec =
                rt::Spec::new($index, $name, $name, &[rt::Segment::Literal($name)])
                    .lifetime(rt::Lifetime::after_millis(3_600_000).keep())
                    $(.on_unavailable(rt::OnUnavailable::ERROR.$way()))?;

            fn write(&self, out: &mut rt::KeyBuf) {
                out.literal($name);
            }

            fn read(key: &mut rt::KeyParser<'_>) -> Option<Self> {
                key.literal($name).map(|()| Self)
            }
        }

        impl rt::Limited for $ty {
            const LIMITS: rt::Limits = rt::Limits::new(&[$($rule),*], $most);
        }
    };
}

use rt::LimitRule as Rule;

// Five a minute, with and without a second rule that is wider.
limiter!(Minute, 0, "minute", Gcra, [Rule::new(5, 60_000, 5)], 5);
limiter!(Log, 1, "log", SlidingLog, [Rule::new(5, 60_000, 5)], 5);
limiter!(
    Both,
    2,
    "both",
    Gcra,
    [Rule::new(5, 60_000, 5), Rule::new(8, 3_600_000, 8)],
    3
);
limiter!(
    BothLog,
    3,
    "both-log",
    SlidingLog,
    [Rule::new(5, 60_000, 5), Rule::new(8, 3_600_000, 8)],
    3
);
limiter!(Fast, 4, "fast", Gcra, [Rule::new(50, 1000, 10)], 10);
limiter!(
    FastLog,
    5,
    "fast-log",
    SlidingLog,
    [Rule::new(20, 200, 20)],
    20
);
limiter!(Slow, 6, "slow", Gcra, [Rule::new(10, 1000, 1)], 1);
limiter!(
    Allowing,
    7,
    "allowing",
    Gcra,
    [Rule::new(5, 60_000, 5)],
    5,
    allow
);
limiter!(
    Denying,
    8,
    "denying",
    SlidingLog,
    [Rule::new(5, 60_000, 5)],
    5,
    deny
);

#[derive(Debug)]
pub struct Schema;

impl rt::Schema for Schema {
    const NAME: &'static str = "limits-test";
    const VERSION: u32 = 1;
    const SPECS: &'static [rt::Spec] = &[
        <Minute as rt::Key>::SPEC,
        <Log as rt::Key>::SPEC,
        <Both as rt::Key>::SPEC,
        <BothLog as rt::Key>::SPEC,
        <Fast as rt::Key>::SPEC,
        <FastLog as rt::Key>::SPEC,
        <Slow as rt::Key>::SPEC,
        <Allowing as rt::Key>::SPEC,
        <Denying as rt::Key>::SPEC,
    ];
    const SERVER: rt::ServerNeeds = rt::ServerNeeds::redis(6, 2);
    const DATABASES: &'static [(&'static str, u16)] = &[("main", 0)];

    fn settings() -> rt::Result<&'static rt::Settings> {
        static SETTINGS: rt::Settings = rt::Settings::DECLARED;
        Ok(&SETTINGS)
    }
}
