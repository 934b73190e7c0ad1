//! Every key that carries one parameter: everything about one document, job or user.

use redis::Value;

use crate::batch::{Mode, Plan};
use crate::cmd::Args;
use crate::error::Result;
use crate::key::{Key, Partial, Spec, build, parse};
use crate::reply;
use crate::retry::{Promise, RetryClass};
use crate::scan::{PAGE, Pages, Scan};
use crate::settings::{Schema, Settings};
use crate::store::Store;

/// Keys that share a parameter. Implemented by generated code only.
pub trait Group {
    /// The schema it belongs to.
    type Schema: Schema;

    /// Lists the members.
    fn members(&self, out: &mut Members<'_>);
}

/// Gathers the members of a group.
#[derive(Debug)]
pub struct Members<'s> {
    settings: &'s Settings,
    found: Result<Vec<Member>>,
}

/// One kind of key in a group.
struct Member {
    spec: &'static Spec,
    find: Find,
}

/// Whether a name belongs to a member.
type Matches = Box<dyn Fn(&[u8]) -> bool + Send + Sync>;

enum Find {
    /// The parameter determines the key.
    Key(Vec<u8>),
    /// Further parameters are free: a pattern, and the exact test for what it lets through.
    Pattern(Vec<u8>, Matches),
}

impl std::fmt::Debug for Member {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Member({})", self.spec.template)
    }
}

impl Members<'_> {
    /// A key that the shared parameter determines.
    pub fn exact<K: Key>(&mut self, key: &K) {
        let name = build(key, self.settings.prefix_of(K::spec()));
        self.push(name.map(|name| Member {
            spec: K::spec(),
            find: Find::Key(name.as_bytes().to_vec()),
        }));
    }

    /// Keys that have further parameters.
    pub fn matching<K: Key + 'static>(&mut self, partial: Partial<K>) {
        let prefix = self.settings.prefix_of(K::spec()).to_vec();
        self.push(
            partial
                .into_parts(&prefix)
                .map(|(pattern, matches)| Member {
                    spec: K::spec(),
                    find: Find::Pattern(
                        pattern,
                        Box::new(move |name| {
                            parse::<K>(name, &prefix).is_some_and(|key| matches(&key))
                        }),
                    ),
                }),
        );
    }

    fn push(&mut self, member: Result<Member>) {
        match (&mut self.found, member) {
            (Ok(found), Ok(member)) => found.push(member),
            (Ok(_), Err(error)) => self.found = Err(error),
            (Err(_), _) => {}
        }
    }
}

/// A key found in a group. Its `Debug` leaves the name out, which may hold a secret parameter.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct GroupKey {
    /// Name of its kind in the schema.
    pub kind: &'static str,
    /// Its logical database.
    pub database: u16,
    /// Its whole name.
    pub name: Vec<u8>,
}

impl std::fmt::Debug for GroupKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("GroupKey")
            .field("kind", &self.kind)
            .field("database", &self.database)
            .finish_non_exhaustive()
    }
}

/// What a group takes up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct GroupSize {
    /// Keys that exist.
    pub keys: u64,
    /// Bytes of memory as `MEMORY USAGE` estimates them.
    pub bytes: u64,
}

/// The keys of one group, in a store.
#[derive(Debug, Clone, Copy)]
pub struct GroupHandle<'s, G> {
    store: &'s Store,
    group: G,
}

impl<'s, G: Group> GroupHandle<'s, G> {
    /// The group in a store.
    #[doc(hidden)]
    pub const fn new(store: &'s Store, group: G) -> Self {
        Self { store, group }
    }

    /// Deletes every key of the group; returns how many existed.
    ///
    /// Keys that the parameter determines go in one `UNLINK` for each database, the others page by page
    /// (`SCAN`, `UNLINK`). What is written meanwhile may survive. On a cluster every primary is walked, and each
    /// `UNLINK` is split by slot.
    ///
    /// # Errors
    /// The parameter is outside its alphabet, or the server failed; some keys may be gone then.
    pub async fn invalidate(&self) -> Result<u64> {
        let mut deleted = 0;
        for (spec, names) in self.batches().await? {
            let unlink = names
                .iter()
                .fold(Args::new("UNLINK", names.len(), 0), |args, name| {
                    args.arg(name)
                });
            let reply = self
                .store
                .send_one(spec, unlink.into_cmd(), RetryClass::Unsafe)
                .await?;
            deleted += reply::count(reply, spec)?;
        }
        Ok(deleted)
    }

    /// The keys of the group that exist, ordered by kind.
    ///
    /// Sends `EXISTS` for the keys that the parameter determines and `SCAN` for the others.
    ///
    /// # Errors
    /// The parameter is outside its alphabet, or the server failed.
    pub async fn list(&self) -> Result<Vec<GroupKey>> {
        let found = self.measure("EXISTS", &[]).await?;
        Ok(found
            .into_iter()
            .filter(|(_, exists)| *exists != 0)
            .map(|(key, _)| key)
            .collect())
    }

    /// How many keys of the group exist and what memory they take.
    ///
    /// Sends `MEMORY USAGE` for each key. O(n) in the number of keys, sampling large ones.
    ///
    /// # Errors
    /// The parameter is outside its alphabet, or the server failed.
    pub async fn size(&self) -> Result<GroupSize> {
        let mut size = GroupSize::default();
        for (_, bytes) in self.measure("MEMORY", &[b"USAGE"]).await? {
            size.keys += u64::from(bytes != 0);
            size.bytes += bytes;
        }
        Ok(size)
    }

    /// Asks one number about each key, a pipeline for each database and page.
    async fn measure(&self, name: &str, more: &[&[u8]]) -> Result<Vec<(GroupKey, u64)>> {
        let mut found = Vec::new();
        for member in self.members()? {
            let names = self.names(&member).await?;
            for page in names.chunks(usize::try_from(PAGE).unwrap_or(usize::MAX)) {
                let mut plan = Plan::new(Mode::Pipeline);
                for key in page {
                    let args = more
                        .iter()
                        .fold(Args::new(name, 2, key.len() + 8), |args, word| {
                            args.arg(word)
                        });
                    let cmd = args.arg(key).into_cmd();
                    plan.command(member.spec, self.store.settings(), Promise::Read, cmd);
                }
                let replies = self.store.send(&mut plan).await?;
                for (key, reply) in page.iter().zip(replies) {
                    let number = reply::optional_count(reply, member.spec)?.unwrap_or(0);
                    let key = GroupKey {
                        kind: member.spec.name,
                        database: member.spec.database,
                        name: key.clone(),
                    };
                    found.push((key, number));
                }
            }
        }
        Ok(found)
    }

    fn members(&self) -> Result<Vec<Member>> {
        let mut members = Members {
            settings: self.store.settings(),
            found: Ok(Vec::new()),
        };
        self.group.members(&mut members);
        members.found
    }

    /// The names to delete together: first those known without looking, a batch for each database.
    async fn batches(&self) -> Result<Vec<(&'static Spec, Vec<Vec<u8>>)>> {
        let mut batches: Vec<(&'static Spec, Vec<Vec<u8>>)> = Vec::new();
        let (known, free): (Vec<_>, Vec<_>) = self
            .members()?
            .into_iter()
            .partition(|member| matches!(member.find, Find::Key(_)));
        for member in known {
            let Find::Key(name) = member.find else {
                continue;
            };
            match batches
                .iter_mut()
                .find(|(spec, _)| spec.database == member.spec.database)
            {
                Some((_, names)) => names.push(name),
                None => batches.push((member.spec, vec![name])),
            }
        }
        for member in free {
            let names = self.names(&member).await?;
            for page in names.chunks(usize::try_from(PAGE).unwrap_or(usize::MAX)) {
                batches.push((member.spec, page.to_vec()));
            }
        }
        Ok(batches)
    }

    /// The names of a member's keys, each once.
    async fn names(&self, member: &Member) -> Result<Vec<Vec<u8>>> {
        let (pattern, matches) = match &member.find {
            Find::Key(name) => return Ok(vec![name.clone()]),
            Find::Pattern(pattern, matches) => (pattern, matches),
        };
        let spec = member.spec;
        let pages = Pages {
            command: Box::new(move |cursor| crate::scan::scan_command(cursor, pattern)),
            read: Box::new(move |items: Vec<Value>| {
                let names = items.into_iter().map(|item| reply::bytes(item, spec));
                names
                    .filter(|name| name.as_ref().map_or(true, |name| matches(name)))
                    .collect()
            }),
            spec,
            over: crate::scan::Over::Database,
        };
        let mut names = Scan::new(self.store, Ok(pages)).collect().await?;
        names.sort_unstable();
        names.dedup();
        Ok(names)
    }
}

#[cfg(test)]
mod tests {
    use super::GroupKey;

    #[test]
    fn names_are_not_shown() {
        let key = GroupKey {
            kind: "calls",
            database: 3,
            name: b"rl:hunter2".to_vec(),
        };
        assert_eq!(
            format!("{key:?}"),
            "GroupKey { kind: \"calls\", database: 3, .. }"
        );
    }
}
