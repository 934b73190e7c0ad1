//! Schemas as generated code would have them.

use redis_schema::__generated_0_1 as rt;
use redis_schema::codec::Problem;
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

/// Runs a test body with a store of the `log` schema over both protocols, each time on an empty server.
pub fn with_store(test: impl AsyncFn(&Server, &Store)) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    for protocol in Protocol::ALL {
        let server = Server::start();
        runtime.block_on(async {
            let url = server.url(protocol, 0);
            let store = Store::connect_with::<log::Schema>(&url, Settings::DECLARED)
                .await
                .unwrap();
            test(&server, &store).await;
        });
    }
}
