//! What both programs do.

use std::hint::black_box;

use redis_schema::redis_schema;
use uuid::Uuid;

/// The schema of what they store.
#[redis_schema("benches/layers/calls.redis.yaml")]
mod calls {}

pub(crate) use calls::Store;

/// Stores a text for every document, so that each is found.
pub(crate) async fn fill(store: &Store, ids: &[Uuid], value: &str) {
    for part in ids.chunks(100) {
        let sets: Vec<_> = (part.iter())
            .map(|id| calls::keys::state(*id).set(value))
            .collect();
        store.pipeline(sets).await.unwrap();
    }
}

/// One kind of work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Work {
    /// `GET`.
    Get,
    /// `SET` with its lifetime.
    Set,
    /// `HSET` of three fields and its lifetime, atomically.
    Hset,
}

impl Work {
    /// All of them.
    pub(crate) const ALL: [Self; 3] = [Self::Get, Self::Set, Self::Hset];

    /// What the table and the pipes call it.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Set => "SET-EX",
            Self::Hset => "HSET+EXPIRE",
        }
    }

    /// Does it once.
    pub(crate) async fn run(self, store: &Store, id: Uuid, value: &str) {
        match self {
            Self::Get => {
                black_box(store.state(id).get().await.unwrap());
            }
            Self::Set => store.state(id).set(value).await.unwrap(),
            Self::Hset => {
                let item = calls::Item {
                    name: "report".to_owned(),
                    state: value.to_owned(),
                    size: 4096,
                };
                store.item(id).hset(&item).await.unwrap();
            }
        }
    }
}
