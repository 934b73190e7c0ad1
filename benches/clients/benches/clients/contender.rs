//! The clients, each as a good engineer uses it: one connection that all callers share.

mod fred;
pub(crate) mod redis_rs;
mod rustis;
mod schema;

use uuid::Uuid;

use crate::work::Work;

/// A connected client. Clones share the connection.
#[derive(Clone)]
pub(crate) enum Contender {
    /// `cmd()` and `format!`.
    Redis(redis_rs::Client),
    /// The accessors under test.
    Schema(schema::Client),
    /// The client `fred`.
    Fred(fred::Client),
    /// The client `rustis`.
    Rustis(rustis::Client),
}

impl Contender {
    /// Every client, connected. The others are compared with the first.
    pub(crate) async fn all(url: &str) -> [Self; 4] {
        [
            Self::Redis(redis_rs::Client::connect(url).await),
            Self::Schema(schema::Client::connect(url).await),
            Self::Fred(fred::Client::connect(url).await),
            Self::Rustis(rustis::Client::connect(url).await),
        ]
    }

    /// What the table calls it.
    pub(crate) const fn name(&self) -> &'static str {
        match self {
            Self::Redis(_) => "redis-rs",
            Self::Schema(_) => "redis-schema",
            Self::Fred(_) => "fred",
            Self::Rustis(_) => "rustis",
        }
    }

    /// Does the work once, on these documents.
    pub(crate) async fn run(&mut self, work: Work, ids: &[Uuid], value: &str) {
        match self {
            Self::Redis(client) => client.run(work, ids, value).await,
            Self::Schema(client) => client.run(work, ids, value).await,
            Self::Fred(client) => client.run(work, ids, value).await,
            Self::Rustis(client) => client.run(work, ids, value).await,
        }
    }
}

/// The key of one document's text, as one writes it by hand.
fn state(id: &Uuid) -> String {
    format!("doc:state:{id}")
}

/// The key of one document's facts.
fn item(id: &Uuid) -> String {
    format!("doc:item:{id}")
}
