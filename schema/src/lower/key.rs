//! Keys.

use super::declared::Declared;
use super::fields::{Present, durability, is_on, text, words};
use super::lock::holder;
use super::session::of_sessions;
use super::{Lowering, Site};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Key, Lifetime, ListOrder, Queue};
use crate::node::{Node, NodeKind};
use crate::text::{bytes, count, nearest};

impl Lowering<'_> {
    pub(super) fn keys(&mut self) {
        let declared = self.declared;
        let names = declared.keys.list.iter();
        let present = Present {
            kind: "key",
            names: names.map(|d| (d.name.to_string(), d.span)).collect(),
        };
        let mut claimed = Vec::new();
        for (at, one) in declared.keys.list.iter().enumerate() {
            let was = self.was(one.node, &present, &mut claimed);
            let site = self.site(one);
            let key = self.key(one, site.as_ref(), was);
            self.draft.sites[at] = site;
            self.draft.keys.push(key);
        }
        self.fences();
        self.carried();
        self.reported();
    }

    fn site(&mut self, declared: &Declared<'_>) -> Option<Site> {
        let node = declared.node;
        let prefix = self.schema_prefix(node);
        let database = self.database_of(declared);
        let template = self.template(node, "key", &prefix)?;
        Some(Site {
            template,
            prefix,
            database,
            external: node.get("external").is_some(),
        })
    }

    /// The prefix of a key or channel: its own, else the schema's.
    pub(super) fn schema_prefix(&mut self, node: &Node) -> crate::model::Prefix {
        let inherited = self.prefix.clone();
        self.prefix_of(node, &inherited)
    }

    fn key(
        &mut self,
        declared: &Declared<'_>,
        site: Option<&Site>,
        was: Vec<String>,
    ) -> Option<Key> {
        let node = declared.node;
        let structure = self.structure(declared);
        let queue = self.queue(node);
        let lifetime = match (holder(node), node.get("queue"), of_sessions(node)) {
            (Some(held), ..) => self.lease(node, held),
            (None, Some(work), _) => self.while_work_lasts(node, work),
            (None, None, Some(said)) => self.session_lifetime(node, said, structure.as_ref()),
            (None, None, None) => self.lifetime_under(node, structure.as_ref()),
        };
        let replica_ok = self.replica_ok(node, lifetime.as_ref());
        let on_unavailable = self.on_unavailable(node, structure.as_ref());
        let field_ttl = self.field_lifetime(node.get("field_ttl"));
        let bits = self.bits(declared);
        let size = self.size(node);
        let deprecated = self.deprecated(node);
        let site = site?;
        let database = site.database?;
        self.check_external(declared, site);
        let of_database = self.draft.database(database).and_then(|it| it.durability);
        Some(Key {
            name: declared.name.clone(),
            about: words(node, "about"),
            owner: words(node, "owner"),
            template: site.template.clone(),
            prefix: site.prefix.clone(),
            database,
            lifetime: lifetime?,
            field_ttl: field_ttl?,
            structure: structure?,
            bits: bits?,
            queue: queue?,
            replica_ok,
            durability: durability(node).or(of_database),
            on_unavailable: on_unavailable?,
            size,
            reserved: Vec::new(),
            deprecated,
            was,
            span: declared.span,
        })
    }

    /// What a list is used as.
    fn queue(&mut self, node: &Node) -> Option<Option<Queue>> {
        let Some(list) = node.get("list").filter(|list| list.get("of").is_some()) else {
            return Some(None);
        };
        let Some(order) = list.get("order") else {
            return Some(None);
        };
        let processing = text(list, "processing");
        let place = processing.as_ref().map_or(order.span, |name| name.span());
        let named = match &processing {
            None => None,
            Some(name) => Some(self.key_named(name)?),
        };
        Some(Some(Queue {
            order: match order.text()? {
                "lifo" => ListOrder::Lifo,
                _ => ListOrder::Fifo,
            },
            processing: named,
            span: place,
        }))
    }

    /// Whether replicas may answer reads. They cannot answer one that writes.
    fn replica_ok(&mut self, node: &Node, lifetime: Option<&Lifetime>) -> bool {
        let asked = is_on(node, "replica_ok");
        if let (true, Some(Lifetime::Expires(expiry)), Some(place)) =
            (asked, lifetime, node.get("replica_ok"))
            && expiry.refresh_on_read
        {
            let finding = Diagnostic::error(
                Code::E0803,
                place.span,
                "replicas cannot answer reads that start a lifetime anew",
            )
            .label("a replica refuses to write")
            .help("take out `replica_ok`, or `on_read: refresh` in `ttl:`");
            self.report(finding);
        }
        asked
    }

    /// What lives in somebody else's database is not ours to write.
    fn check_external(&mut self, declared: &Declared<'_>, site: &Site) {
        let Some(database) = site.database.and_then(|id| self.draft.database(id)) else {
            return;
        };
        let Some(owner) = database.external.clone().filter(|_| !site.external) else {
            return;
        };
        let message = format!(
            "`{}` lives in `{}`, which belongs to {owner}",
            declared.name, database.name
        );
        let mut finding = Diagnostic::error(Code::E0608, declared.span, message)
            .label("would be written by generated code")
            .help("describe it as `external: any` in place of its structure, or let it live in another database");
        if let Some(span) = database.span {
            finding = finding.related(span, "declared external");
        }
        self.report(finding);
    }

    fn size(&mut self, node: &Node) -> Option<(u64, u64)> {
        let size = node.get("size")?;
        let bytes = text(size, "bytes").and_then(|text| self.accept(bytes(&text)));
        let keys = text(size, "keys").and_then(|text| self.accept(count(&text)));
        Some((bytes?, keys?))
    }

    fn deprecated(&mut self, node: &Node) -> Option<String> {
        let notice = node.get("deprecated")?;
        if !matches!(notice.kind, NodeKind::Map(_)) {
            let words = notice.text()?;
            if matches!(words, "true" | "false" | "yes" | "no") {
                self.report(says_nothing(notice, words));
                return None;
            }
            return Some(words.to_owned());
        }
        let instead = text(notice, "instead")?;
        // Words for people, or the name of a key: then it must be one.
        let known = self.declared.keys.names();
        let mistyped = nearest(instead.text(), known.iter().copied());
        if let Some(near) = mistyped.filter(|near| *near != instead.text()) {
            let message = format!("no key is called `{}`", instead.text());
            let help = format!("did you mean `{near}`?");
            self.report(
                instead
                    .mistake(Code::E0306, message)
                    .label("unknown")
                    .help(help),
            );
        }
        let replacement = match self.declared.key(instead.text()) {
            Some(_) => format!("Use `{}` instead.", instead.text()),
            None => instead.text().to_owned(),
        };
        let since = words(notice, "since").map(|since| format!("Deprecated since {since}."));
        let until = words(notice, "remove_after").map(|day| format!("May be removed after {day}."));
        let sentences = [since, Some(replacement), until];
        Some(
            sentences
                .into_iter()
                .flatten()
                .collect::<Vec<_>>()
                .join(" "),
        )
    }
}

fn says_nothing(notice: &Node, words: &str) -> Diagnostic {
    let message = format!("`deprecated: {words}` says nothing to whoever uses the key");
    Diagnostic::error(Code::E0202, notice.span, message)
        .label("what is used instead?")
        .help("write `deprecated: { instead: job_v2 }`, or remove the field")
}
