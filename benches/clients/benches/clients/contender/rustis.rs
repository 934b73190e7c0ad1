//! rustis by hand.

use std::hint::black_box;

use rustis::client::BatchPreparedCommand;
use rustis::commands::{GenericCommands, HashCommands, SetExpiration, StringCommands};
use uuid::Uuid;

use super::{item, state};
use crate::work::Work;

#[derive(Clone)]
pub(crate) struct Client(rustis::client::Client);

impl Client {
    pub(crate) async fn connect(url: &str) -> Self {
        Self(rustis::client::Client::connect(url).await.unwrap())
    }

    pub(crate) async fn run(&mut self, work: Work, ids: &[Uuid], value: &str) {
        let client = &self.0;
        let lifetime = SetExpiration::Ex(3600);
        match work {
            Work::Get => {
                let text: Option<String> = client.get(state(&ids[0])).await.unwrap();
                black_box(text);
            }
            Work::Set => {
                let key = state(&ids[0]);
                let set = client.set_with_options(key, value, None, lifetime);
                black_box(set.await.unwrap());
            }
            Work::Hset => {
                let key = item(&ids[0]);
                let fields = [("name", "report"), ("state", value), ("size", "4096")];
                let mut transaction = client.create_transaction();
                transaction.hset(&key, fields).forget();
                transaction.expire(&key, 3600, None).forget();
                let () = transaction.execute().await.unwrap();
            }
            Work::Mget => {
                let wanted: Vec<String> = ids.iter().map(state).collect();
                let texts: Vec<Option<String>> = client.mget(wanted).await.unwrap();
                black_box(texts);
            }
            Work::GetPipeline => {
                let mut pipeline = client.create_pipeline();
                for id in ids {
                    pipeline.get::<Option<String>>(state(id)).queue();
                }
                let texts: Vec<Option<String>> = pipeline.execute().await.unwrap();
                black_box(texts);
            }
            Work::SetPipeline => {
                let mut pipeline = client.create_pipeline();
                for id in ids {
                    let key = state(id);
                    let set = pipeline.set_with_options(key, value, None, SetExpiration::Ex(3600));
                    set.forget();
                }
                let () = pipeline.execute().await.unwrap();
            }
        }
    }
}
