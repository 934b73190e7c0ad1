//! redis-rs by hand.

use std::hint::black_box;
use std::time::Duration;

use redis::IntoConnectionInfo;
use redis::aio::MultiplexedConnection;
use uuid::Uuid;

use super::{item, state};
use crate::work::Work;

#[derive(Clone)]
pub(crate) struct Client(MultiplexedConnection);

impl Client {
    pub(crate) async fn connect(url: &str) -> Self {
        let info = url.into_connection_info().unwrap();
        let tcp = info.tcp_settings().clone().set_nodelay(true);
        let client = redis::Client::open(info.set_tcp_settings(tcp)).unwrap();
        let config =
            redis::AsyncConnectionConfig::new().set_response_timeout(Some(Duration::from_secs(5)));
        let connection = client.get_multiplexed_async_connection_with_config(&config);
        Self(connection.await.unwrap())
    }

    /// Seconds of processor time that the server has used.
    pub(crate) async fn server_seconds(&mut self) -> f64 {
        let mut info = redis::cmd("INFO");
        let info: String = info.arg("cpu").query_async(&mut self.0).await.unwrap();
        let used = |name: &str| {
            let line = info.lines().find_map(|line| line.strip_prefix(name));
            line.map_or(0.0, |seconds| seconds.parse::<f64>().unwrap())
        };
        used("used_cpu_sys:") + used("used_cpu_user:")
    }

    pub(crate) async fn run(&mut self, work: Work, ids: &[Uuid], value: &str) {
        let connection = &mut self.0;
        match work {
            Work::Get => {
                let key = state(&ids[0]);
                let text: Option<String> = redis::cmd("GET")
                    .arg(&key)
                    .query_async(connection)
                    .await
                    .unwrap();
                black_box(text);
            }
            Work::Set => {
                let key = state(&ids[0]);
                let () = redis::cmd("SET")
                    .arg(&key)
                    .arg(value)
                    .arg("EX")
                    .arg(3600)
                    .query_async(connection)
                    .await
                    .unwrap();
            }
            Work::Hset => {
                let key = item(&ids[0]);
                let () = redis::pipe()
                    .atomic()
                    .cmd("HSET")
                    .arg(&key)
                    .arg("name")
                    .arg("report")
                    .arg("state")
                    .arg(value)
                    .arg("size")
                    .arg(4096)
                    .ignore()
                    .cmd("EXPIRE")
                    .arg(&key)
                    .arg(3600)
                    .ignore()
                    .query_async(connection)
                    .await
                    .unwrap();
            }
            Work::Mget => {
                let mut cmd = redis::cmd("MGET");
                for id in ids {
                    cmd.arg(state(id));
                }
                let texts: Vec<Option<String>> = cmd.query_async(connection).await.unwrap();
                black_box(texts);
            }
            Work::GetPipeline => {
                let mut pipe = redis::pipe();
                for id in ids {
                    pipe.cmd("GET").arg(state(id));
                }
                let texts: Vec<Option<String>> = pipe.query_async(connection).await.unwrap();
                black_box(texts);
            }
            Work::SetPipeline => {
                let mut pipe = redis::pipe();
                for id in ids {
                    let set = pipe.cmd("SET").arg(state(id)).arg(value);
                    set.arg("EX").arg(3600).ignore();
                }
                let () = pipe.query_async(connection).await.unwrap();
            }
        }
    }
}
