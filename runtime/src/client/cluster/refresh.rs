//! Asking who serves what.

use std::sync::{Arc, LazyLock, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use super::map::Server;
use super::{Cluster, table};
use crate::client::failure::Cause;
use crate::client::request::Request;
use crate::cmd::Cmd;
use crate::key::Spec;
use crate::retry::RetryClass;

/// The cluster is asked no more often than this: many callers find out at once that something has moved.
const PAUSE: Duration = Duration::from_millis(50);
/// How long one server may take to say it.
const PATIENCE: Duration = Duration::from_secs(1);

static SLOTS: LazyLock<Cmd> = LazyLock::new(|| Cmd::of(["CLUSTER", "SLOTS"]));

/// The question is about no key.
static NO_KEY: Spec = Spec::new(0, "", "", &[]);

/// What came of asking at last.
#[derive(Debug, Default)]
pub(super) struct Last {
    asked: Option<Instant>,
}

impl Cluster {
    /// Asks who serves what, unless that has been done since the map of this generation was looked at, or
    /// just now. One caller asks, the others wait for it.
    pub(super) async fn refresh(&self, seen: u64, deadline: Instant) -> Result<(), Cause> {
        let timeout = Cause::Io(std::io::ErrorKind::TimedOut);
        let lock = tokio::time::timeout_at(deadline, self.refreshing.lock()).await;
        let Ok(mut last) = lock else {
            return Err(timeout);
        };
        let map = self.map();
        let just_now = last.asked.is_some_and(|asked| asked.elapsed() < PAUSE);
        if map.generation > seen || (just_now && map.generation > 0) {
            return Ok(());
        }
        last.asked = Some(Instant::now());
        let mut problem = timeout;
        for server in self.informed() {
            if Instant::now() >= deadline {
                break;
            }
            match self.ask(&server, deadline).await {
                Ok(()) => {
                    last.asked = Some(Instant::now());
                    return Ok(());
                }
                Err(cause) => problem = cause,
            }
        }
        Err(problem)
    }

    /// Whom to ask: those that are connected first, in any order, so that one which knows less than the
    /// others is not asked every time; those whose breaker is open last, for they are to be left alone.
    fn informed(&self) -> Vec<Server> {
        let map = self.map();
        let mut servers: Vec<Server> = map.servers().cloned().collect();
        fastrand::shuffle(&mut servers);
        servers.sort_by_key(|server| (server.node.is_refused(), !server.node.is_open()));
        let known = |name| servers.iter().any(|server| server.name == name);
        let seeds: Vec<Server> = (self.seeds.iter())
            .filter(|seed| !known(seed.name.clone()))
            .cloned()
            .collect();
        servers.extend(seeds);
        servers
    }

    async fn ask(&self, server: &Server, deadline: Instant) -> Result<(), Cause> {
        let deadline =
            deadline.min(Instant::now() + PATIENCE.max(self.connect.tuning.connect_timeout));
        let request = Request::one(&NO_KEY, &SLOTS, RetryClass::Read);
        let replies = server
            .node
            .send(&request, Some(deadline))
            .await
            .map_err(|failure| failure.cause().clone())?;
        let reply = replies.into_one();
        if let redis::Value::ServerError(error) = reply {
            return Err(Cause::Refused(Arc::new(error.into())));
        }
        let ranges = table::read(&reply, &server.name)
            .ok_or(Cause::Malformed("it does not say who serves which slots"))?;
        let next = self
            .map()
            .next(&ranges, |name, role| self.connect.node(name, role));
        *self.map.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(next);
        Ok(())
    }
}
