//! Schemas as generated code would have them.

use redis_schema::__generated_0_1 as rt;

policy_keys!(set, "set", rt::structure::Set<rt::Text<String>>);
policy_keys!(zset, "zset", rt::structure::ZSet<rt::Text<String>, f64>);
policy_keys!(bits, "bits", rt::structure::Bitmap);
policy_keys!(hll, "hll", rt::structure::HyperLogLog<rt::Text<String>>);
policy_keys!(geo, "geo", rt::structure::Geo<rt::Text<String>>);

/// Scores that mean something.
pub mod scores {
    use super::rt;
    use rt::Key as _;

    schema! { Rank::SPEC, Moment::SPEC }

    key!(
        Rank,
        0,
        "rank",
        rt::structure::ZSet<rt::Text<u64>, i64>,
        rt::Lifetime::NEVER
    );
    key!(
        Moment,
        1,
        "moment",
        rt::structure::ZSet<rt::Text<u64>, rt::value::TimestampMs>,
        rt::Lifetime::NEVER
    );
}

/// A set whose values are not any text.
pub mod numbers {
    use super::rt;
    use rt::Key as _;

    schema! { Numbers::SPEC, Elsewhere::SPEC }

    key!(
        Numbers,
        0,
        "numbers",
        rt::structure::Set<rt::Text<u64>>,
        rt::Lifetime::NEVER
    );

    /// In another database.
    #[derive(Clone, Copy, Debug)]
    pub struct Elsewhere;

    impl rt::Key for Elsewhere {
        type Structure = rt::structure::Set<rt::Text<u64>>;
        type Schema = Schema;
        const SPEC: rt::Spec = rt::Spec::new(
            1,
            "elsewhere",
            "elsewhere",
            &[rt::Segment::Literal("elsewhere")],
        )
        .database(1);

        fn write(&self, out: &mut rt::KeyBuf) {
            out.literal("elsewhere");
        }

        fn read(key: &mut rt::KeyParser<'_>) -> Option<Self> {
            key.literal("elsewhere").map(|()| Self)
        }
    }
}
