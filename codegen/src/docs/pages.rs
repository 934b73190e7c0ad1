//! From what templates see to the text of every page, on all processors.

use handlebars::Context;
use serde::Serialize;
use serde_json::{Value as Json, json};

use super::engine::{Engine, builtin_templates, tidy};
use super::error::TemplateError;
use super::view::{DatabaseView, Site};
use crate::files::FileSet;
use crate::parallel;

/// Keys of a page that are rendered at once.
const PIECE: usize = 32;

/// What the page of a database says of its keys, one after the other: the page may be made in pieces there.
const KEYS: &str = "{{#each keys}}\n{{> key this}}\n\n{{/each}}\n";

/// What it says of each, and what stands behind that.
const KEY: (&str, &str) = ("key", "\n\n");

/// The parts of that page around its keys.
const PARTS: [&str; 2] = ["database: head", "database: tail"];

/// From the page of a database to the root of the pages.
const UP: &str = "../";

/// A template, what it sees, and where the text goes; several in a row make one page.
struct Piece<'a> {
    path: &'a str,
    template: &'a str,
    sees: Sees<'a>,
}

/// What a template sees.
enum Sees<'a> {
    /// All there is.
    Whole,
    /// A database with its keys, as much as the part asks for.
    Database(&'a DatabaseView, Vec<&'a Json>, Part),
    /// One key after the other. Each is all that the template sees: what lies deep within is copied wherever it is
    /// looked at.
    Keys(Vec<&'a Json>),
}

/// A part of a database's page: each asks for something else.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    /// The page in one piece.
    All,
    /// Links to its keys.
    Head,
    /// The methods that its keys share.
    Tail,
}

/// What makes pages: the templates.
pub(super) struct Press {
    engine: Engine,
    /// Whether the page of a database can be made in pieces.
    in_parts: bool,
}

impl Press {
    /// The built-in templates with replacements and additional partials.
    pub(super) fn new(templates: &[(String, String)]) -> Result<Self, TemplateError> {
        let mut engine = Engine::new(templates)?;
        // What a user's template asks of a page is not known.
        let parts = templates.is_empty().then(database_parts).flatten();
        if let Some(parts) = parts {
            engine.add([(PARTS[0], parts[0]), (PARTS[1], parts[1])])?;
        }
        let in_parts = parts.is_some();
        Ok(Self { engine, in_parts })
    }

    /// Renders the pages.
    pub(super) fn render(&self, site: &Site) -> Result<FileSet, TemplateError> {
        let whole = Context::from(context(site));
        let pieces = pieces(site, &whole, self.in_parts);
        let texts = parallel::map(&pieces, |piece| self.piece(site, &whole, piece));
        let mut pages: Vec<(&str, String)> = Vec::new();
        for (piece, text) in pieces.iter().zip(texts) {
            let text = text?;
            match pages.last_mut() {
                Some((path, page)) if *path == piece.path => page.push_str(&text),
                _ => pages.push((piece.path, text)),
            }
        }
        let tidy = parallel::map(&pages, |(path, page)| ((*path).to_owned(), tidy(page)));
        Ok(tidy.into_iter().collect())
    }

    fn piece(
        &self,
        site: &Site,
        whole: &Context,
        piece: &Piece<'_>,
    ) -> Result<String, TemplateError> {
        match &piece.sees {
            Sees::Whole => self.engine.render(piece.template, whole),
            Sees::Database(database, keys, part) => {
                let page = database_context(site, database, keys, *part);
                self.engine.render(piece.template, &Context::from(page))
            }
            Sees::Keys(keys) => keys.iter().try_fold(String::new(), |text, key| {
                let sees = Context::from(key_context(key));
                Ok(text + &self.engine.render(piece.template, &sees)? + KEY.1)
            }),
        }
    }
}

/// What templates see, as one JSON value.
pub(super) fn context(site: &Site) -> Json {
    let mut whole = plain(site);
    if let Some(keys) = whole.get_mut("keys") {
        *keys = Json::Array(parallel::map(&site.keys, plain));
    }
    whole
}

/// Plain data always has a JSON form.
fn plain(data: &impl Serialize) -> Json {
    serde_json::to_value(data).unwrap_or_default()
}

/// The built-in page of a database before its keys, and what comes behind them.
fn database_parts() -> Option<[&'static str; 2]> {
    let (_, text) = builtin_templates()
        .iter()
        .find(|(name, _)| *name == "database")?;
    let (head, tail) = text.split_once(KEYS)?;
    Some([head, tail])
}

fn pieces<'a>(site: &'a Site, whole: &'a Context, in_parts: bool) -> Vec<Piece<'a>> {
    let pages = [
        ("overview", "README.md", true),
        ("keys", "keys.md", !site.keys.is_empty()),
        ("types", "types.md", !site.types.is_empty()),
        (
            "accessors",
            "accessors.md",
            site.keys.iter().any(|key| key.generated),
        ),
        ("channels", "channels.md", !site.channels.is_empty()),
        ("units", "units.md", !site.units.is_empty()),
        ("groups", "groups.md", !site.groups.is_empty()),
    ];
    let mut pieces: Vec<Piece<'a>> = pages
        .into_iter()
        .filter(|(_, _, wanted)| *wanted)
        .map(|(template, path, _)| Piece {
            path,
            template,
            sees: Sees::Whole,
        })
        .collect();
    let all = whole.data().get("keys").and_then(Json::as_array);
    let all = all.map(Vec::as_slice).unwrap_or_default();
    for database in &site.databases {
        let Some(path) = database.href.as_deref() else {
            continue;
        };
        let views = site.keys.iter().zip(all);
        let keys: Vec<&Json> = views
            .filter(|(view, _)| view.database == database.name)
            .map(|(_, json)| json)
            .collect();
        let mut piece = |template, sees| {
            pieces.push(Piece {
                path,
                template,
                sees,
            });
        };
        if in_parts {
            piece(PARTS[0], Sees::Database(database, keys.clone(), Part::Head));
            for some in keys.chunks(PIECE) {
                piece(KEY.0, Sees::Keys(some.to_vec()));
            }
            piece(PARTS[1], Sees::Database(database, Vec::new(), Part::Tail));
        } else {
            piece("database", Sees::Database(database, keys, Part::All));
        }
    }
    pieces
}

/// What the page of a database sees.
fn database_context(site: &Site, database: &DatabaseView, keys: &[&Json], part: Part) -> Json {
    let key = |key: &&Json| match part {
        Part::All => (*key).clone(),
        Part::Head | Part::Tail => json!({ "name": key["name"], "anchor": key["anchor"] }),
    };
    let keys: Vec<Json> = keys.iter().map(key).collect();
    let wanted = matches!(part, Part::All | Part::Tail);
    let own = |methods: &&super::view::MethodsView| wanted && methods.database == database.name;
    let methods: Vec<_> = site.methods.iter().filter(own).collect();
    let mut page = json!({
        "format": site.format,
        "root": UP,
        "schema": &site.schema,
        "database": database,
        "keys": null,
        "methods": methods,
    });
    // Inside the macro they would be copied once more.
    page["keys"] = Json::Array(keys);
    page
}

/// What the template of a key sees where it is rendered by itself.
fn key_context(key: &Json) -> Json {
    let mut key = key.clone();
    if let Json::Object(key) = &mut key {
        key.insert("root".to_owned(), UP.into());
    }
    key
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]

    use std::fmt::Write as _;

    use redis_schema_model::load::load_text;

    use super::*;

    fn site(count: usize) -> Site {
        let mut text = String::from(
            "edition: 1\nschema: many\nversion: 1\ndatabases: { one: 1, two: 2 }\nparams: { id: { type: uuid, about: Who } }\nkeys:\n",
        );
        for at in 0..count {
            let database = ["one", "two"][usize::from(at % 3 == 0)];
            let _ = writeln!(
                text,
                "  job_{at}: {{ key: \"job{at}:{{id}}\", in: {database}, ttl: 1h, string: string }}"
            );
        }
        text.push_str("groups:\n  all: { by: id }\nunits:\n  both: { writes: [job_0] }\n");
        let loaded = load_text(&text);
        let schema = loaded.schema;
        Site::new(&schema.unwrap_or_else(|| panic!("{:#?}", loaded.diagnostics)))
    }

    /// A built-in template in place of itself is the same, but makes each page in one piece.
    #[test]
    fn pieces_make_the_whole() {
        let (name, text) = builtin_templates()
            .iter()
            .find(|(name, _)| *name == "database")
            .unwrap();
        assert!(database_parts().is_some());
        let replaced = [((*name).to_owned(), (*text).to_owned())];
        for count in [2, PIECE, 4 * PIECE] {
            let site = site(count);
            let [pages, whole] =
                [&[], &replaced[..]].map(|them| Press::new(them).unwrap().render(&site).unwrap());
            assert_eq!(pages, whole, "{count}");
            assert_eq!(context(&site)["keys"], plain(&site.keys));
        }
    }
}
