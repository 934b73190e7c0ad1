//! Whether the server takes writes. A full server, a replica and one whose disk failed all answer `PING`.
//!
//! On a connection of its own: where a write is held back, everything behind it on the connection waits.

use redis::RedisResult;

use super::Server;
use crate::health::report::Check;

/// How long the key lives, in milliseconds; nobody needs it once it is written.
const LIFETIME: u32 = 10_000;

pub(super) async fn check(server: &Server) -> RedisResult<Check> {
    let mut connection = server.open().await?;
    let set = redis::cmd("SET")
        .arg(&server.key)
        .arg(1)
        .arg("PX")
        .arg(LIFETIME)
        .exec_async(&mut connection)
        .await;
    match set {
        Ok(()) => Ok(Check::new("write")),
        Err(error) if error.code() == Some("MISCONF") => {
            let mut check = Check::new("write");
            check.down(
                "write.persistence",
                "the server refuses writes because it cannot save them",
            );
            Ok(check)
        }
        Err(error) if error.code() == Some("NOREPLICAS") => {
            let mut check = Check::new("write");
            check.down(
                "write.replicas",
                "the server refuses writes because too few replicas follow it",
            );
            Ok(check)
        }
        Err(error) => Err(error),
    }
}
