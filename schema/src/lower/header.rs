//! What a schema says of itself: name, version, server, topology, prefix, policy.

use super::fields::{text, words};
use super::{Document, Lowering};
use crate::diagnostic::Code;
use crate::model::{Accepted, Flavour, Name, Policy, Prefix, Server, Topology, Version};
use crate::node::Node;
use crate::source::Span;
use crate::text::{snake, version, whole};

/// The header of the root file.
#[derive(Debug)]
pub(crate) struct Header {
    pub(crate) edition: u32,
    pub(crate) name: Name,
    pub(crate) version: u32,
    pub(crate) about: Option<String>,
    pub(crate) owner: Option<String>,
    pub(crate) server: Server,
    /// Where `server.min` stands, if it does.
    pub(crate) server_span: Option<Span>,
    pub(crate) topology: Topology,
    pub(crate) prefix: Prefix,
    pub(crate) policy: Policy,
    pub(crate) accept: Vec<Accepted>,
}

/// Oldest server a schema is for, unless it says otherwise.
const DEFAULT_REDIS: Version = Version::new(7, 0);
/// Valkey began as a copy of Redis 7.2.
const DEFAULT_VALKEY: Version = Version::new(7, 2);

impl Lowering<'_> {
    pub(super) fn header(&mut self, documents: &[Document]) -> Option<Header> {
        let root = &documents.iter().find(|document| document.root)?.node;
        self.prefix = self.prefix_of(root, &Prefix::default());
        let server = self.server(root.get("server"));
        let policy = self.policy(root.get("policy"));
        let accept = self.accepted(root.get("accept"));
        let name = text(root, "schema").and_then(|text| self.accept(snake(&text)));
        let (server, server_span) = server;
        // What is missing here has been told; the checks that follow need some header all the same.
        Some(Header {
            edition: number(root, "edition").unwrap_or(1),
            name: name.unwrap_or_else(|| Name::new("schema")),
            version: number(root, "version").unwrap_or(u32::MAX),
            about: words(root, "about"),
            owner: words(root, "owner"),
            server,
            server_span,
            topology: match root.get("topology").and_then(Node::text) {
                Some("sentinel") => Topology::Sentinel,
                Some("cluster") => Topology::Cluster,
                _ => Topology::Standalone,
            },
            prefix: self.prefix.clone(),
            policy,
            accept,
        })
    }

    fn server(&mut self, node: Option<&Node>) -> (Server, Option<Span>) {
        let valkey = node.and_then(|node| node.get("flavour")?.text()) == Some("valkey");
        let (flavour, default) = if valkey {
            (Flavour::Valkey, DEFAULT_VALKEY)
        } else {
            (Flavour::Redis, DEFAULT_REDIS)
        };
        let server = |min| Server { min, flavour };
        let Some(text) = node.and_then(|node| text(node, "min")) else {
            return (server(default), None);
        };
        // One that cannot be read is taken for the newest, so that it is told once.
        let Some(min) = self.accept(version(&text)) else {
            return (server(Version::new(u16::MAX, 0)), None);
        };
        if valkey && min < DEFAULT_VALKEY {
            self.report(
                text.mistake(Code::E0903, format!("there is no Valkey {min}"))
                    .label("older than the first one")
                    .help("write `\"7.2\"`, the first Valkey, or a later version"),
            );
        }
        (server(min), Some(text.span()))
    }
}

/// A number of the header.
fn number(node: &Node, field: &str) -> Option<u32> {
    let number = whole(node.get(field)?.text()?)?;
    u32::try_from(number).ok()
}
