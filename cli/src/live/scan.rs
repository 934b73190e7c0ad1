//! Which keys of a version a server has, counted by `SCAN`.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use futures_util::future::{join, lazy, try_join_all};
use redis_schema::{Access, SharedConnection, redis};
use redis_schema_rules::facts::{Facts, Prefix, Template};
use redis_schema_rules::matching::Index;

use crate::changes::Live;
use crate::exit::Failure;
use crate::progress::Progress;

/// Names looked at in a database of a server at most.
const MOST: u64 = 1_000_000;
/// Names after which it is told again how far this is.
const TOLD: u64 = 50_000;
/// Names asked for in one go.
const STEP: u32 = 1000;
/// How long the server may take for one answer.
const PATIENCE: Duration = Duration::from_secs(5);

/// How many keys there are of each of some keys or tombstones (`tombstones.NAME`) of a version.
pub(crate) fn count(
    access: &Access,
    facts: &Facts,
    wanted: &BTreeSet<String>,
    progress: &Progress,
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
    if by_database.is_empty() {
        return Ok(BTreeMap::new());
    }
    super::wait(every(access, facts, by_database, progress))?
}

/// Counts in every database of every server at once.
async fn every(
    access: &Access,
    facts: &Facts,
    by_database: BTreeMap<u16, Wanted<'_>>,
    progress: &Progress,
) -> Result<BTreeMap<String, Live>, Failure> {
    let (indexes, looked) = (by_database.values(), Looked::at(progress));
    let indexes: Vec<Index<'_>> = indexes.map(|it| Index::of(&it.templates, facts)).collect();
    let mut scans = Vec::new();
    for ((database, wanted), index) in by_database.iter().zip(&indexes) {
        let access = access.clone().timeout(PATIENCE).database(*database);
        let servers = access.connect().await;
        for connection in servers.map_err(|error| super::unconnected(&error))? {
            scans.push((
                &wanted.names,
                scan(connection, index, wanted.names.len(), &looked),
            ));
        }
    }
    let (names, scans): (Vec<_>, Vec<_>) = scans.into_iter().unzip();
    let mut out = BTreeMap::new();
    for (names, (counts, complete)) in names.into_iter().zip(try_join_all(scans).await?) {
        for (name, keys) in names.iter().zip(counts) {
            let none = Live {
                keys: 0,
                complete: true,
            };
            let sum = out.entry((*name).to_owned()).or_insert(none);
            sum.keys += keys;
            sum.complete &= complete;
        }
    }
    Ok(out)
}

/// What is counted in one database.
#[derive(Default)]
struct Wanted<'a> {
    names: Vec<&'a str>,
    templates: Vec<(&'a Template, &'a Prefix)>,
}

/// How many names all scans together have looked at.
struct Looked<'p> {
    names: Cell<u64>,
    progress: &'p Progress,
}

impl<'p> Looked<'p> {
    fn at(progress: &'p Progress) -> Self {
        let names = Cell::new(0);
        Self { names, progress }
    }

    fn add(&self, names: u64) {
        let before = self.names.get();
        let now = before + names;
        self.names.set(now);
        // What takes no time needs no line.
        if before / TOLD < now / TOLD {
            let thousands = now / 1000;
            let words = format!("looked at {thousands} thousand names on the server");
            self.progress.say(&words);
        }
    }
}

/// How many keys of each template one server has, and whether all of its keys were looked at. While names are
/// compared with templates, the server looks for the next ones.
async fn scan(
    mut connection: SharedConnection,
    index: &Index<'_>,
    templates: usize,
    all: &Looked<'_>,
) -> Result<(Vec<u64>, bool), Failure> {
    let (mut looked, mut counts) = (0_u64, vec![0_u64; templates]);
    let mut page = page(&mut connection, 0).await?;
    loop {
        let Page { cursor, names } = page;
        looked += names.len() as u64;
        all.add(names.len() as u64);
        let compare = lazy(|_| {
            let names = names
                .iter()
                .filter_map(|name| std::str::from_utf8(name).ok());
            names.for_each(|name| index.each(name, |at| counts[at] += 1));
        });
        if cursor == 0 || looked >= MOST {
            compare.await;
            return Ok((counts, cursor == 0));
        }
        let (next, ()) = join(self::page(&mut connection, cursor), compare).await;
        page = next?;
    }
}

/// What one `SCAN` answers.
struct Page {
    cursor: u64,
    names: Vec<Vec<u8>>,
}

async fn page(connection: &mut SharedConnection, cursor: u64) -> Result<Page, Failure> {
    let (cursor, names) = redis::cmd("SCAN")
        .arg(cursor)
        .arg("COUNT")
        .arg(STEP)
        .query_async(connection)
        .await
        .map_err(|error| super::refused(&error))?;
    Ok(Page { cursor, names })
}

#[cfg(test)]
mod tests {
    use super::{Looked, TOLD};
    use crate::progress::tests::Screen;

    #[test]
    fn all_scans_together_tell_how_far_they_are_now_and_then() {
        let screen = Screen::default();
        let progress = screen.progress();
        let looked = Looked::at(&progress);
        looked.add(TOLD - 1);
        assert_eq!(screen.text(), "", "what takes no time needs no line");
        looked.add(1);
        assert_eq!(screen.text(), "\rlooked at 50 thousand names on the server");
        let before = screen.text();
        looked.add(TOLD - 1);
        assert_eq!(screen.text(), before);
        looked.add(3 * TOLD);
        let told = screen.text();
        let last = told.rsplit('\r').next();
        assert_eq!(last, Some("looked at 249 thousand names on the server"));
    }
}
