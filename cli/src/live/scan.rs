//! Which keys of a version a server has, counted by `SCAN`.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use redis_schema::{Access, SharedConnection, redis};
use redis_schema_rules::facts::Facts;
use redis_schema_rules::matching::Names;

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
    let mut by_database: BTreeMap<u16, Vec<(&str, Names<'_>)>> = BTreeMap::new();
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
            let names = Names::of(template, prefix, facts);
            by_database.entry(database).or_default().push((name, names));
        }
    }
    let mut out = BTreeMap::new();
    if by_database.is_empty() {
        return Ok(out);
    }
    super::wait(async {
        for (database, names) in by_database {
            let access = access.clone().timeout(PATIENCE).database(database);
            let servers = access.connect().await;
            let servers = servers.map_err(|error| super::unconnected(&error))?;
            for mut server in servers {
                scan(&mut server, &names, &mut out).await?;
            }
        }
        Ok(out)
    })?
}

/// Adds what one server has.
async fn scan(
    connection: &mut SharedConnection,
    names: &[(&str, Names<'_>)],
    out: &mut BTreeMap<String, Live>,
) -> Result<(), Failure> {
    let (mut cursor, mut looked, mut counts) = (0_u64, 0_u64, vec![0_u64; names.len()]);
    let complete = loop {
        let (next, found): (u64, Vec<Vec<u8>>) = redis::cmd("SCAN")
            .arg(cursor)
            .arg("COUNT")
            .arg(STEP)
            .query_async(connection)
            .await
            .map_err(|error| super::refused(&error))?;
        looked += found.len() as u64;
        for name in found
            .iter()
            .filter_map(|name| std::str::from_utf8(name).ok())
        {
            for ((_, names), count) in names.iter().zip(&mut counts) {
                *count += u64::from(names.holds(name));
            }
        }
        cursor = next;
        if cursor == 0 || looked >= MOST {
            break cursor == 0;
        }
    };
    for ((name, _), keys) in names.iter().zip(counts) {
        let sum = out.entry((*name).to_owned()).or_insert(Live {
            keys: 0,
            complete: true,
        });
        sum.keys += keys;
        sum.complete &= complete;
    }
    Ok(())
}
