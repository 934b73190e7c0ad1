//! Which keys of a version a server has, counted by `SCAN`.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use redis_schema::health::Probe;
use redis_schema::redis::{self, Connection};
use redis_schema_rules::facts::Facts;
use redis_schema_rules::matching::Names;

use crate::changes::Live;
use crate::exit::Failure;

/// Names looked at in a database at most.
const MOST: u64 = 1_000_000;
/// Names asked for in one go.
const STEP: u32 = 1000;
/// How long the server may take for one answer.
const PATIENCE: Duration = Duration::from_secs(5);

/// How many keys there are of each of some keys or tombstones (`tombstones.NAME`) of a version.
pub(crate) fn count(
    url: &str,
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
    let mut connection = connect(url)?;
    for (database, names) in by_database {
        redis::cmd("SELECT")
            .arg(database)
            .exec(&mut connection)
            .map_err(|error| super::refused(&error))?;
        scan(&mut connection, &names, &mut out)?;
    }
    Ok(out)
}

fn connect(url: &str) -> Result<Connection, Failure> {
    let probe = Probe::new(url).map_err(|error| Failure::usage(error.to_string()))?;
    let connection = probe.client().get_connection_with_timeout(PATIENCE);
    let connection = connection.map_err(|error| super::refused(&error))?;
    let limited = connection
        .set_read_timeout(Some(PATIENCE))
        .and_then(|()| connection.set_write_timeout(Some(PATIENCE)));
    limited.map_err(|error| super::refused(&error))?;
    Ok(connection)
}

fn scan(
    connection: &mut Connection,
    names: &[(&str, Names<'_>)],
    out: &mut BTreeMap<String, Live>,
) -> Result<(), Failure> {
    let (mut cursor, mut looked, mut counts) = (0_u64, 0_u64, vec![0_u64; names.len()]);
    let complete = loop {
        let (next, found): (u64, Vec<Vec<u8>>) = redis::cmd("SCAN")
            .arg(cursor)
            .arg("COUNT")
            .arg(STEP)
            .query(connection)
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
        out.insert((*name).to_owned(), Live { keys, complete });
    }
    Ok(())
}
