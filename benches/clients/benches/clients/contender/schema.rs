//! The generated accessors.

use std::hint::black_box;

use redis_schema::redis_schema;
use uuid::Uuid;

use crate::work::Work;

/// The schema that says what the other clients spell out.
#[redis_schema("clients.redis.yaml")]
mod stored {}

use stored::keys;

#[derive(Clone)]
pub(crate) struct Client(stored::Store);

impl Client {
    pub(crate) async fn connect(url: &str) -> Self {
        Self(stored::Store::connect(url).await.unwrap())
    }

    pub(crate) async fn run(&mut self, work: Work, ids: &[Uuid], value: &str) {
        let store = &self.0;
        match work {
            Work::Get => {
                black_box(store.state(ids[0]).get().await.unwrap());
            }
            Work::Set => store.state(ids[0]).set(value).await.unwrap(),
            Work::Hset => {
                let item = stored::Item {
                    name: "report".to_owned(),
                    state: value.to_owned(),
                    size: 4096,
                };
                store.item(ids[0]).hset(&item).await.unwrap();
            }
            Work::Mget => {
                let wanted = ids.iter().map(|id| keys::State { document: *id });
                let texts = store.family::<keys::State>().mget(wanted).await.unwrap();
                black_box(texts);
            }
            Work::GetPipeline => {
                let gets: Vec<_> = ids.iter().map(|id| keys::state(*id).get()).collect();
                black_box(store.pipeline(gets).await.unwrap());
            }
            Work::SetPipeline => {
                let sets: Vec<_> = ids.iter().map(|id| keys::state(*id).set(value)).collect();
                store.pipeline(sets).await.unwrap();
            }
        }
    }
}
