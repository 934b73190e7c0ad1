//! One server for each database, or the same one for all.

use std::sync::Arc;
use std::time::Duration;

use super::config::{Endpoint, Login, Tuning, WhenDown};
use super::failure::{Cause, Failure};
use super::guard::Guards;
use super::link::Link;
use super::node::Node;
use super::request::{First, Replies, Request};
use super::retry::{Attempts, NotRun, Verdict};
use crate::error::{Error, Result};
use crate::key::Spec;

/// One server for each database, or the same one for all.
#[derive(Debug)]
pub(crate) struct Single {
    /// Ordered by the schema's number of the database.
    nodes: Vec<(u16, Arc<Node>)>,
    tuning: Arc<Tuning>,
}

impl Single {
    pub(crate) fn new(
        databases: impl IntoIterator<Item = (u16, Endpoint, Login)>,
        tuning: &Arc<Tuning>,
    ) -> Self {
        let mut nodes: Vec<_> = databases
            .into_iter()
            .map(|(index, endpoint, login)| {
                let node = Node::new(endpoint, login, Arc::clone(tuning));
                (index, Arc::new(node))
            })
            .collect();
        nodes.sort_by_key(|(index, _)| *index);
        Self {
            nodes,
            tuning: Arc::clone(tuning),
        }
    }

    /// The server of a key. Channels are the same in every database.
    #[inline]
    pub(crate) fn node(&self, spec: &'static Spec) -> Result<&Arc<Node>> {
        self.nodes
            .iter()
            .find(|(index, _)| spec.channel || *index == spec.database)
            .map(|(_, node)| node)
            .ok_or_else(|| foreign(spec))
    }

    pub(crate) fn home(&self, request: &Request<'_>) -> Result<Arc<Node>, Failure> {
        let node = self.node(request.spec).cloned();
        node.map_err(|_| Failure::NotSent(Cause::Foreign))
    }

    /// The server of a database.
    pub(crate) fn of_database(&self, database: u16) -> Option<&Arc<Node>> {
        self.nodes
            .iter()
            .find(|(index, _)| *index == database)
            .map(|(_, node)| node)
    }

    /// Every server, once for each database.
    pub(crate) fn nodes(&self) -> impl Iterator<Item = &Arc<Node>> {
        self.nodes.iter().map(|(_, node)| node)
    }

    /// The numbers of the databases.
    pub(crate) fn databases(&self) -> Vec<u16> {
        self.nodes.iter().map(|(index, _)| *index).collect()
    }

    #[inline]
    pub(crate) fn ready(&self, request: &Request<'_>) -> Option<Arc<Link>> {
        self.node(request.spec).ok()?.calm()
    }

    /// Goes on with a request after a first attempt, or from the beginning.
    pub(crate) async fn settle(
        &self,
        request: &Request<'_>,
        first: Option<First>,
    ) -> Result<Replies> {
        let node = self.node(request.spec)?;
        let mut guards = Guards::default();
        guards
            .admit(node, first.is_some())
            .map_err(|cause| cause.into_error(request.spec.template))?;
        let result = settle_at(node, &self.tuning, request, first).await;
        guards.over_with(node, &result);
        result
    }

    pub(crate) async fn close(&self) {
        for node in self.nodes() {
            node.close().await;
        }
    }

    /// Opens every connection.
    pub(crate) async fn open(&self, deadline: Option<tokio::time::Instant>) -> Result<(), Cause> {
        for node in self.nodes() {
            node.link(deadline).await?;
        }
        Ok(())
    }
}

/// Goes on with a request to one server after a first attempt, or from the beginning.
async fn settle_at(
    node: &Node,
    tuning: &Tuning,
    request: &Request<'_>,
    first: Option<First>,
) -> Result<Replies> {
    let (mut outcome, since) = First::split(first);
    let (allowed, backoff) = (tuning.response_timeout, tuning.backoff);
    let mut attempts = Attempts::new(request, since, allowed, backoff);
    loop {
        let this = match outcome.take() {
            Some(outcome) => outcome,
            None => match node.link(attempts.deadline).await {
                Ok(link) => link.send(request, attempts.deadline).await,
                Err(cause) if tuning.when_down == WhenDown::Fail => {
                    return Err(cause.into_error(request.spec.template));
                }
                Err(cause) => Err(Failure::NotSent(cause)),
            },
        };
        match attempts.after(this) {
            Verdict::Done(result) => return result,
            Verdict::Again { pause, said } => {
                // By now the address may lead to the server that took over.
                if said == Some(NotRun::ReadOnly) {
                    node.disconnect();
                }
                rest(pause).await;
            }
        }
    }
}

/// Waits, unless there is nothing to wait for.
pub(crate) async fn rest(pause: Duration) {
    if !pause.is_zero() {
        tokio::time::sleep(pause).await;
    }
}

#[cold]
fn foreign(spec: &'static Spec) -> Error {
    Cause::Foreign.into_error(spec.template)
}
