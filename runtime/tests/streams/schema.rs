//! Schemas as generated code would have them.

use redis_schema::__generated_0_1 as rt;
use redis_schema::codec::Problem;
use redis_schema::stream::{Consumers, PendingFilter};
use redis_schema::{Handle, Settings, Store};

use crate::server::{Link, Protocol, Server};

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    pub kind: String,
    pub amount: Option<u32>,
}

impl Event {
    pub fn of(kind: &str) -> Self {
        Self {
            kind: kind.to_owned(),
            amount: None,
        }
    }
}

impl rt::Record for Event {
    const FIELDS: &'static [&'static str] = &["kind", "amount"];

    fn encode(&self, out: &mut rt::FieldWriter<'_>) -> Result<(), Problem> {
        out.put::<rt::Text<String>>("kind", &self.kind)?;
        out.put_optional::<rt::Text<u32>>("amount", self.amount.as_ref())
    }

    fn decode(from: &mut rt::FieldReader) -> Result<Self, Problem> {
        Ok(Self {
            kind: from.required::<rt::Text<String>>(&["kind"])?,
            amount: from.optional::<rt::Text<u32>>(&["amount"])?,
        })
    }
}

/// Nothing but an optional field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bare(pub Option<u32>);

impl rt::Record for Bare {
    const FIELDS: &'static [&'static str] = &["amount"];

    fn encode(&self, out: &mut rt::FieldWriter<'_>) -> Result<(), Problem> {
        out.put_optional::<rt::Text<u32>>("amount", self.0.as_ref())
    }

    fn decode(from: &mut rt::FieldReader) -> Result<Self, Problem> {
        Ok(Self(from.optional::<rt::Text<u32>>(&["amount"])?))
    }
}

type Events<T> = rt::structure::Stream<Event, T>;

policy_keys!(log, "log", super::Events<rt::KeepAll>);
policy_keys!(aged, "aged", super::Events<rt::MaxAge<60_000, false>>);

/// Streams with rules of their own.
pub mod rules {
    use super::{Bare, Events, rt};
    use rt::Key as _;

    schema! { Three::SPEC, AboutThree::SPEC, Hour::SPEC, AboutHour::SPEC, Odd::SPEC }

    key!(
        Three,
        0,
        "three",
        Events<rt::MaxLen<3, false>>,
        rt::Lifetime::NEVER
    );
    key!(
        AboutThree,
        1,
        "about",
        Events<rt::MaxLen<3, true>>,
        rt::Lifetime::NEVER
    );
    key!(
        Hour,
        2,
        "hour",
        Events<rt::MaxAge<3_600_000, false>>,
        rt::Lifetime::NEVER
    );
    key!(
        AboutHour,
        3,
        "abouthour",
        Events<rt::MaxAge<3_600_000, true>>,
        rt::Lifetime::NEVER
    );
    key!(
        Odd,
        4,
        "odd",
        rt::structure::Stream<Bare, rt::KeepAll>,
        rt::Lifetime::NEVER
    );
}

/// Channels next to a key of another database.
pub mod talk {
    use super::rt;
    use rt::{Key as _, Topic as _};

    schema! { State::SPEC, Progress::SPEC, Shard::SPEC }

    /// Where a job is, in database 3.
    #[derive(Debug, Clone, Copy)]
    pub struct State;

    impl rt::Key for State {
        type Structure = rt::structure::Str<rt::Text<String>>;
        type Schema = Schema;
        const SPEC: rt::Spec =
            rt::Spec::new(0, "state", "state", &[rt::Segment::Literal("state")]).database(3);

        fn write(&self, out: &mut rt::KeyBuf) {
            out.literal("state");
        }

        fn read(key: &mut rt::KeyParser<'_>) -> Option<Self> {
            key.literal("state").map(|()| Self)
        }
    }

    macro_rules! topic {
        ($name:ident, $index:literal, $prefix:literal, $message:ty, $sharded:literal) => {
            #[derive(Debug, Clone, Copy, PartialEq, Eq)]
            pub struct $name(pub u32);

            impl rt::Topic for $name {
                type Message = $message;
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
                .channel();
                const SHARDED: bool = $sharded;

                fn write(&self, out: &mut rt::KeyBuf) {
                    out.literal(concat!($prefix, ":"));
                    out.integer(self.0);
                }

                fn read(name: &mut rt::KeyParser<'_>) -> Option<Self> {
                    name.literal(concat!($prefix, ":"))?;
                    name.integer().map(Self)
                }
            }
        };
    }

    topic!(Progress, 1, "progress[*]", rt::Text<u32>, false);
    topic!(Shard, 2, "shard", rt::Text<String>, true);
}

/// The kinds of entries that are as the schema says.
pub fn kinds(entries: Vec<redis_schema::stream::Entry<Event>>) -> Vec<String> {
    let record = |entry: redis_schema::stream::Entry<Event>| entry.record.unwrap().kind;
    entries.into_iter().map(record).collect()
}

/// Appends events of these kinds.
pub fn add(
    link: &mut Link,
    key: Handle<log::Never>,
    kinds: &[&str],
) -> Vec<redis_schema::stream::StreamId> {
    let add = |kind: &&str| link.ok(key.xadd(&Event::of(kind)));
    kinds.iter().map(add).collect()
}

/// As if everything that is pending in `log:never:1` had been delivered two hours ago.
pub fn two_hours_pass<G: rt::Acknowledges<log::Never>>(
    link: &mut Link,
    group: &Consumers<log::Never, (), G>,
) {
    for entry in link.ok(group.pending_entries(&PendingFilter::new(100))) {
        let (id, count) = (entry.id.to_string(), entry.deliveries.to_string());
        let name = group.name();
        let claim = ["XCLAIM", "log:never:1", name, &entry.consumer, "0", &id];
        let how = ["IDLE", "7200000", "RETRYCOUNT", &count, "JUSTID"];
        link.raw::<redis_schema::redis::Value>(&[&claim[..], &how[..]].concat());
    }
}

/// Runs a test body with a store of the `log` schema over both protocols, each time on an empty server.
pub fn with_store(test: impl AsyncFn(&Server, &Store)) {
    with_store_of::<log::Schema>(Settings::DECLARED, test);
}

/// As [`with_store`], for any schema.
pub fn with_store_of<S: rt::Schema>(settings: Settings, test: impl AsyncFn(&Server, &Store)) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    for protocol in Protocol::ALL {
        let server = Server::start();
        runtime.block_on(async {
            let url = server.url(protocol, 0);
            let store = Store::connect_with::<S>(&url, settings.clone())
                .await
                .unwrap();
            test(&server, &store).await;
        });
    }
}
