//! Asking the sentinels.

use std::sync::{Arc, PoisonError};
use std::time::Duration;

use redis::Value;
use tokio::sync::MutexGuard;
use tokio::time::Instant;

use super::roles::Roles;
use super::{Sentinel, endpoint};
use crate::client::config::{Login, TlsSetup, Tuning};
use crate::client::failure::{Cause, Failure};
use crate::client::fleet::Name;
use crate::client::link::{Link, PushSink};
use crate::client::request::{Cmds, Request, Shape};
use crate::cmd::Cmd;
use crate::key::Spec;
use crate::retry::RetryClass;

/// They are asked no more often than this: many callers find out at once that something has changed.
const PAUSE: Duration = Duration::from_millis(50);

/// The questions are about no key.
static NO_KEY: Spec = Spec::new(0, "", "", &[]);

/// What a sentinel says.
struct Answer {
    master: Name,
    replicas: Vec<Name>,
    sentinels: Vec<Name>,
}

impl Sentinel {
    /// Finds the master, unless that was done since this generation of roles was looked at, or just now. One
    /// caller asks, the others wait for it.
    pub(super) async fn find(&self, seen: u64, deadline: Instant) -> Result<(), Cause> {
        let mut last = self.turn(deadline).await?;
        let generation = self.roles().generation;
        let just_now = last.is_some_and(|last| last.elapsed() < PAUSE);
        if generation > seen || (just_now && generation > 0) {
            return Ok(());
        }
        let asked = self.ask_all(deadline).await;
        *last = Some(Instant::now());
        asked
    }

    /// Asks whatever others have learned meanwhile: they may have asked too early. This sentinel comes first.
    pub(super) async fn look(&self, first: Option<&Name>) -> Result<(), Cause> {
        let deadline = Instant::now() + self.tuning.connect_timeout;
        let mut last = self.turn(deadline).await?;
        if let Some(first) = first {
            self.prefer(first);
        }
        let asked = self.ask_all(deadline).await;
        *last = Some(Instant::now());
        asked
    }

    /// The right to ask.
    async fn turn(&self, deadline: Instant) -> Result<MutexGuard<'_, Option<Instant>>, Cause> {
        let turn = tokio::time::timeout_at(deadline, self.asking.lock()).await;
        turn.map_err(|_| Cause::Io(std::io::ErrorKind::TimedOut))
    }

    async fn ask_all(&self, deadline: Instant) -> Result<(), Cause> {
        let sentinels = self.known().clone();
        let mut problem = Cause::Io(std::io::ErrorKind::TimedOut);
        for name in &sentinels {
            if Instant::now() >= deadline {
                break;
            }
            let asked = tokio::time::timeout_at(deadline, self.ask(name)).await;
            match asked.unwrap_or(Err(Cause::Timeout)) {
                Ok(answer) => {
                    self.learn(name, &answer);
                    return Ok(());
                }
                Err(cause) => problem = cause,
            }
        }
        Err(problem)
    }

    /// The sentinels, in the order in which they are asked.
    pub(super) fn known(&self) -> std::sync::MutexGuard<'_, Vec<Name>> {
        self.sentinels
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// Asks this one first from now on.
    fn prefer(&self, first: &Name) {
        let mut known = self.known();
        if let Some(at) = known.iter().position(|name| name == first) {
            known[..=at].rotate_right(1);
        }
    }

    /// Asks one sentinel, and the server it names whether that is so.
    async fn ask(&self, name: &Name) -> Result<Answer, Cause> {
        let watched = &self.watched;
        let link = open(
            name,
            &watched.sentinel_tls,
            &watched.sentinel_login,
            &self.tuning,
            None,
        )
        .await?;
        let questions = ["GET-MASTER-ADDR-BY-NAME", "REPLICAS", "SENTINELS"]
            .map(|question| Cmd::of(["SENTINEL", question, &watched.name]));
        let replies = say(&link, &questions).await.map_err(unknown)?;
        let [master, replicas, sentinels] = <[Value; 3]>::try_from(replies)
            .map_err(|_| Cause::Malformed("it does not answer like a sentinel"))?;
        let master = address(&master)?;
        self.confirm(&master).await?;
        Ok(Answer {
            replicas: people(&replicas, |flags| {
                !["s_down", "o_down", "disconnected", "master"]
                    .iter()
                    .any(|flag| flags.split(',').any(|is| is == *flag))
            }),
            sentinels: people(&sentinels, |_| true),
            master,
        })
    }

    /// Asks a server whether it is the master.
    async fn confirm(&self, name: &Name) -> Result<(), Cause> {
        let watched = &self.watched;
        let link = open(name, &watched.tls, &watched.login, &self.tuning, None).await?;
        let replies = say(&link, &[Cmd::of(["ROLE"])]).await?;
        let role = match replies.first() {
            Some(Value::Array(facts)) => facts.first().and_then(text),
            _ => None,
        };
        match role {
            Some("master") => Ok(()),
            _ => Err(Cause::Malformed(
                "the server that a sentinel names is not the master",
            )),
        }
    }

    fn learn(&self, asked: &Name, answer: &Answer) {
        {
            let mut known = self.known();
            for name in &answer.sentinels {
                if !known.contains(name) {
                    known.push(name.clone());
                }
            }
        }
        self.prefer(asked);
        let mut roles = self.roles.write().unwrap_or_else(PoisonError::into_inner);
        let next: Roles = roles.next(&answer.master, &answer.replicas, |name| self.connect(name));
        *roles = Arc::new(next);
    }
}

pub(super) async fn open(
    name: &Name,
    tls: &Option<Arc<TlsSetup>>,
    login: &Login,
    tuning: &Tuning,
    push: Option<PushSink>,
) -> Result<Link, Cause> {
    Link::open(&endpoint(name, tls), login, tuning, push).await
}

pub(super) async fn say(link: &Link, questions: &[Cmd]) -> Result<Vec<Value>, Cause> {
    let request = Request::new(
        &NO_KEY,
        Cmds::List(questions),
        Shape::Pipeline,
        RetryClass::Read,
    );
    let replies = link.send(&request, None).await;
    let replies = replies.map_err(|failure: Failure| failure.cause().clone())?;
    let replies = replies.into_vec();
    for reply in &replies {
        if let Value::ServerError(error) = reply {
            return Err(Cause::Refused(Arc::new(error.clone().into())));
        }
    }
    Ok(replies)
}

/// Of a master that it does not watch, a sentinel has no replicas to tell of.
fn unknown(cause: Cause) -> Cause {
    match &cause {
        Cause::Refused(error)
            if error
                .detail()
                .is_some_and(|it| it.starts_with("No such master")) =>
        {
            Cause::Unusable(NO_MASTER.into())
        }
        _ => cause,
    }
}

const NO_MASTER: &str = "the sentinels watch no master of this name";

/// A host and a port; nil when the sentinel does not watch such a master.
fn address(reply: &Value) -> Result<Name, Cause> {
    let Value::Array(parts) = reply else {
        return Err(Cause::Unusable(NO_MASTER.into()));
    };
    let host = parts.first().and_then(text);
    let port = parts
        .get(1)
        .and_then(text)
        .and_then(|port| port.parse().ok());
    match (host, port) {
        (Some(host), Some(port)) => Ok(Name::new(host, port)),
        _ => Err(Cause::Malformed("it does not answer like a sentinel")),
    }
}

/// The addresses of those whose flags are right.
fn people(reply: &Value, is_right: impl Fn(&str) -> bool) -> Vec<Name> {
    let Value::Array(rows) = reply else {
        return Vec::new();
    };
    let person = |row: &Value| {
        let fact = |name| fact(row, name);
        if !is_right(fact("flags").unwrap_or_default()) {
            return None;
        }
        Some(Name::new(fact("ip")?, fact("port")?.parse().ok()?))
    };
    rows.iter().filter_map(person).collect()
}

/// A fact of a row, which is a list of pairs or a map.
fn fact<'r>(row: &'r Value, name: &str) -> Option<&'r str> {
    match row {
        Value::Array(facts) => {
            let mut pairs = facts.chunks_exact(2);
            pairs
                .find(|pair| text(&pair[0]) == Some(name))
                .and_then(|pair| text(&pair[1]))
        }
        Value::Map(facts) => {
            let mut pairs = facts.iter();
            pairs
                .find(|(key, _)| text(key) == Some(name))
                .and_then(|(_, value)| text(value))
        }
        _ => None,
    }
}

pub(super) fn text(value: &Value) -> Option<&str> {
    match value {
        Value::BulkString(bytes) => std::str::from_utf8(bytes).ok(),
        Value::SimpleString(text) => Some(text),
        _ => None,
    }
}
