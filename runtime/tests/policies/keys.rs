//! Kinds of keys as generated code would have them, one for each policy.

/// Declares the schema of the keys that follow.
macro_rules! schema {
    ($($spec:expr),* $(,)?) => {
        pub struct Schema;

        impl rt::Schema for Schema {
            const NAME: &'static str = "test";
            const VERSION: u32 = 1;
            const SPECS: &'static [rt::Spec] = &[$($spec),*];

            fn settings() -> rt::Result<&'static rt::Settings> {
                static DECLARED: rt::Settings = rt::Settings::DECLARED;
                Ok(&DECLARED)
            }
        }
    };
}

/// Declares a kind of key with one integer parameter.
macro_rules! key {
    ($name:ident, $index:literal, $prefix:expr, $structure:ty, $lifetime:expr) => {
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub struct $name {
            pub id: u32,
        }

        impl rt::Key for $name {
            type Structure = $structure;
            type Schema = Schema;
            const SPEC: rt::Spec = rt::Spec::new(
                $index,
                stringify!($name),
                concat!($prefix, ":{id}"),
                &[
                    rt::Segment::Literal(concat!($prefix, ":")),
                    rt::Segment::Param("id"),
                ],
            )
            .lifetime($lifetime);

            fn write(&self, out: &mut rt::KeyBuf) {
                out.literal(concat!($prefix, ":"));
                out.integer(self.id);
            }

            fn read(key: &mut rt::KeyParser<'_>) -> Option<Self> {
                key.literal(concat!($prefix, ":"))?;
                Some(Self { id: key.integer()? })
            }
        }

        impl $name {
            pub const fn of(id: u32) -> rt::Handle<Self> {
                rt::Handle::new(Self { id })
            }
        }
    };
}

/// One kind of key for each policy over a structure.
macro_rules! policy_keys {
    ($module:ident, $prefix:literal, $structure:ty) => {
        #[allow(dead_code)] // not every test needs every policy
        pub mod $module {
            use crate::policies::{MILLIS, Policy};
            use redis_schema::__generated_0_1 as rt;
            use rt::Key as _;

            schema! {
                Refresh::SPEC, Keep::SPEC, Never::SPEC, Jitter::SPEC, EndOfDay::SPEC,
                EndOfDayKeep::SPEC, Legacy::SPEC, OnRead::SPEC, Odd::SPEC,
            }

            key!(
                Refresh,
                0,
                concat!($prefix, ":refresh"),
                $structure,
                rt::Lifetime::after_millis(MILLIS)
            );
            key!(
                Keep,
                1,
                concat!($prefix, ":keep"),
                $structure,
                rt::Lifetime::after_millis(MILLIS).keep()
            );
            key!(
                Never,
                2,
                concat!($prefix, ":never"),
                $structure,
                rt::Lifetime::NEVER
            );
            key!(
                Jitter,
                3,
                concat!($prefix, ":jitter"),
                $structure,
                rt::Lifetime::after_millis(MILLIS).jitter_permille(100)
            );
            key!(
                EndOfDay,
                4,
                concat!($prefix, ":day"),
                $structure,
                rt::Lifetime::end_of_day()
            );
            key!(
                EndOfDayKeep,
                5,
                concat!($prefix, ":daykeep"),
                $structure,
                rt::Lifetime::end_of_day().keep()
            );
            key!(
                Legacy,
                6,
                concat!($prefix, ":legacy"),
                $structure,
                rt::Lifetime::after_millis(MILLIS).keep().legacy()
            );
            key!(
                OnRead,
                7,
                concat!($prefix, ":onread"),
                $structure,
                rt::Lifetime::after_millis(MILLIS).refresh_on_read()
            );
            key!(
                Odd,
                8,
                concat!($prefix, ":odd"),
                $structure,
                rt::Lifetime::after_millis(MILLIS + 1)
            );

            impl rt::Extendable for Refresh {}
            impl rt::Extendable for Never {}
            impl rt::Extendable for Jitter {}
            impl rt::Extendable for EndOfDay {}
            impl rt::Extendable for OnRead {}
            impl rt::Extendable for Odd {}

            impl Refresh {
                pub const POLICY: Policy = Policy::Refresh;
            }
            impl Keep {
                pub const POLICY: Policy = Policy::Keep;
            }
            impl Never {
                pub const POLICY: Policy = Policy::Never;
            }
            impl Jitter {
                pub const POLICY: Policy = Policy::Jitter;
            }
            impl EndOfDay {
                pub const POLICY: Policy = Policy::EndOfDay;
            }
            impl EndOfDayKeep {
                pub const POLICY: Policy = Policy::EndOfDayKeep;
            }
            impl Legacy {
                pub const POLICY: Policy = Policy::Keep;
            }
            impl OnRead {
                pub const POLICY: Policy = Policy::Refresh;
            }
            impl Odd {
                pub const POLICY: Policy = Policy::Refresh;
            }
        }
    };
}
