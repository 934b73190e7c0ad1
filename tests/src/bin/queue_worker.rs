//! A worker of a queue in a process of its own, which a test kills: `queue_worker URL`. It claims and acknowledges until nothing is left to do,
//! and counts under `acked:ID` what it was told to have done.

use std::error::Error;
use std::time::Duration;

use queues::Store;
use redis_schema::queue::Acked;

#[redis_schema::redis_schema("tests/queues/queues.redis.yaml")]
mod queues {}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let url = std::env::args().nth(1).ok_or("where is the server?")?;
    let store = Store::connect(&url).await?;
    let client = redis::Client::open(url)?;
    let mut counting = client.get_multiplexed_async_connection().await?;
    let queue = store.crowded(1);
    loop {
        let tasks = queue.claim_within(5, Duration::from_millis(200)).await?;
        if tasks.is_empty() && queue.stats().await?.open() == 0 {
            return Ok(());
        }
        for task in tasks {
            if queue.ack(&task).await? == Acked::Done {
                let key = format!("acked:{}", task.id());
                let mut count = redis::cmd("INCR");
                count.arg(key).exec_async(&mut counting).await?;
            }
        }
    }
}
