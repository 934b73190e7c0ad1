//! Which keys of a version a server has, counted by `SCAN`.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use redis_schema::{Access, SharedConnection, redis};
use redis_schema_rules::facts::{Facts, Prefix, Template};
use redis_schema_rules::matching::Index;

use crate::changes::Live;
use crate::exit::Failure;

/// Names looked at in a database of a server at most.
const MOST: u64 = 1_000_000;
/// Names asked for in one go.
const STEP: u32 = 1000;
/// How long the server may take for one answer.
const PATIENCE: Duration = Duration::from_secs(5);

/// How many keys there are of each of some keys or tombstones (`tombstones.NAME`) of a version.
pub(crate) fn count(
    access: &Access,
    facts: &Facts,
    wanted: &BTreeSet<String>,
) -> Result<BTreeMap<String, Live>, Failure> {
    let mut by_database: BTreeMap<u16, Wanted<'_>> = BTreeMap::new();
    for name in wanted {
        let found = match name.strip_prefix("tombstones.") {
            Some(grave) => facts
                .tombstones
                .get(grave)
                .map(|one| (one.database, &one.template, &one.prefix)),
            None => facts
                .keys
                .get(name)
                .map(|one| (one.database, &one.template, &one.prefix)),
        };
        if let Some((database, template, prefix)) = found {
            let wanted = by_database.entry(database).or_default();
            wanted.names.push(name);
            wanted.templates.push((template, prefix));
        }
    }
    let mut out = BTreeMap::new();
    if by_database.is_empty() {
        return Ok(out);
    }
    super::wait(async {
        for (database, wanted) in by_database {
            let index = Index::of(&wanted.templates, facts);
            let access = access.clone().timeout(PATIENCE).database(database);
            let servers = access.connect().await;
            let servers = servers.map_err(|error| super::unconnected(&error))?;
            for mut server in servers {
                let (counts, complete) = scan(&mut server, &index, wanted.names.len()).await?;
                for (name, keys) in wanted.names.iter().zip(counts) {
                    let none = Live {
                        keys: 0,
                        complete: true,
                    };
                    let sum = out.entry((*name).to_owned()).or_insert(none);
                    sum.keys += keys;
                    sum.complete &= complete;
                }
            }
        }
        Ok(out)
    })?
}

/// What is counted in one database.
#[derive(Default)]
struct Wanted<'a> {
    names: Vec<&'a str>,
    templates: Vec<(&'a Template, &'a Prefix)>,
}

/// How many keys of each template one server has, and whether all of its keys were looked at.
async fn scan(
    connection: &mut SharedConnection,
    index: &Index<'_>,
    templates: usize,
) -> Result<(Vec<u64>, bool), Failure> {
    let (mut cursor, mut looked, mut counts) = (0_u64, 0_u64, vec![0_u64; templates]);
    loop {
        let (next, found): (u64, Vec<Vec<u8>>) = redis::cmd("SCAN")
            .arg(cursor)
            .arg("COUNT")
            .arg(STEP)
            .query_async(connection)
            .await
            .map_err(|error| super::refused(&error))?;
        looked += found.len() as u64;
        let names = found
            .iter()
            .filter_map(|name| std::str::from_utf8(name).ok());
        for name in names {
            index.each(name, |at| counts[at] += 1);
        }
        cursor = next;
        if cursor == 0 || looked >= MOST {
            return Ok((counts, cursor == 0));
        }
    }
}
