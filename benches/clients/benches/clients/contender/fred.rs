//! fred by hand.

use std::hint::black_box;

use fred::prelude::*;
use uuid::Uuid;

use super::{item, state};
use crate::work::Work;

#[derive(Clone)]
pub(crate) struct Client(fred::clients::Client);

impl Client {
    pub(crate) async fn connect(url: &str) -> Self {
        let config = Config::from_url(url).unwrap();
        let client = Builder::from_config(config)
            .with_connection_config(|config| config.tcp.nodelay = Some(true))
            .build()
            .unwrap();
        client.init().await.unwrap();
        Self(client)
    }

    pub(crate) async fn run(&mut self, work: Work, ids: &[Uuid], value: &str) {
        let client = &self.0;
        let lifetime = Some(Expiration::EX(3600));
        match work {
            Work::Get => {
                let text: Option<String> = client.get(state(&ids[0])).await.unwrap();
                black_box(text);
            }
            Work::Set => {
                let key = state(&ids[0]);
                let () = client.set(key, value, lifetime, None, false).await.unwrap();
            }
            Work::Hset => {
                let key = item(&ids[0]);
                let fields = vec![("name", "report"), ("state", value), ("size", "4096")];
                let transaction = client.multi();
                let () = transaction.hset(&key, fields).await.unwrap();
                let () = transaction.expire(&key, 3600, None).await.unwrap();
                let replies: Vec<Value> = transaction.exec(true).await.unwrap();
                black_box(replies);
            }
            Work::Mget => {
                let wanted: Vec<String> = ids.iter().map(state).collect();
                let texts: Vec<Option<String>> = client.mget(wanted).await.unwrap();
                black_box(texts);
            }
            Work::GetPipeline => {
                let pipeline = client.pipeline();
                for id in ids {
                    let () = pipeline.get(state(id)).await.unwrap();
                }
                let texts: Vec<Option<String>> = pipeline.all().await.unwrap();
                black_box(texts);
            }
            Work::SetPipeline => {
                let pipeline = client.pipeline();
                for id in ids {
                    let set = pipeline.set(state(id), value, lifetime.clone(), None, false);
                    let () = set.await.unwrap();
                }
                let replies: Vec<Value> = pipeline.all().await.unwrap();
                black_box(replies);
            }
        }
    }
}
