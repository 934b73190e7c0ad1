//! Mending: what changes, what stays, what is refused.

use redis_schema_model::load::{MapLoader, load};
use redis_schema_rules::fix::{Mended, mend};
use redis_schema_rules::lint::Chosen;

use crate::given;

const ROOT: &str = "shop.redis.yaml";

fn files(texts: &[(&str, &str)], renames: bool) -> Mended {
    let mut loader = MapLoader::new();
    for (name, text) in texts {
        loader.insert(*name, *text);
    }
    mend(&loader, ROOT, &Chosen::default(), given(), renames)
}

fn mended(text: &str, renames: bool) -> (String, Mended) {
    let mended = files(&[(ROOT, text)], renames);
    let new = mended
        .files
        .first()
        .map_or_else(|| text.to_owned(), |file| file.new.clone());
    (new, mended)
}

#[test]
fn comments_order_and_layout_stay() {
    let text = "\
# yaml-language-server: $schema=x
schema:   shop     # the name
version: 1

params: { id: uuid, user: u64 }   # two
keys:
    cart:
        key: \"cart:{id}\"   # one each
        ttl: 3600   # an hour
        string: bytes
    carts:
        key: \"user:{user}:carts\"
        ttl: { default: \"86400\", jitter: 10% }
        set: id   # of the user
";
    let expected = "\
# yaml-language-server: $schema=x
edition: 1
schema:   shop     # the name
version: 1

params: { id: uuid, user: u64 }   # two
keys:
    cart:
        key: \"cart:{id}\"   # one each
        ttl: 1h   # an hour
        string: bytes
    carts:
        key: \"user:{user}:carts\"
        ttl: { default: \"24h\", jitter: 10% }
        set: { ref: cart.id }   # of the user
";
    let (new, outcome) = mended(text, false);
    assert_eq!(new, expected);
    assert_eq!((outcome.fixes, outcome.refused), (4, 0));
    assert!(outcome.loaded.schema.is_some());
    let (again, outcome) = mended(&new, false);
    assert_eq!(again, new, "mending twice is mending once");
    assert!(outcome.files.is_empty());
}

#[test]
fn line_breaks_and_marks_of_other_systems_stay() {
    let text = "\u{feff}schema: shop\r\nversion: 1\r\nkeys:\r\n  a: { key: a, ttl: 90, string: bytes }\r\n";
    let (new, _) = mended(text, false);
    assert_eq!(
        new,
        "\u{feff}edition: 1\r\nschema: shop\r\nversion: 1\r\nkeys:\r\n  a: { key: a, ttl: 90s, string: bytes }\r\n"
    );
}

#[test]
fn imported_files_are_mended_where_they_are() {
    let root = "edition: 1\nschema: shop\nversion: 1\nimports: [parts/keys.yaml]\n";
    let part = "keys:\n  a: { key: a, ttl: 60, string: bytes }   # a minute\n";
    let outcome = files(&[(ROOT, root), ("parts/keys.yaml", part)], false);
    let changed: Vec<(&str, &str)> = outcome
        .files
        .iter()
        .map(|file| (file.name.as_str(), file.new.as_str()))
        .collect();
    assert_eq!(
        changed,
        [(
            "parts/keys.yaml",
            "edition: 1\nkeys:\n  a: { key: a, ttl: 1m, string: bytes }   # a minute\n"
        )]
    );
}

#[test]
fn keys_are_renamed_only_when_asked() {
    let text = "edition: 1\nschema: shop\nversion: 1\nparams: { id: uuid }\nkeys:\n  a: { key: \"Cart:{id}\", ttl: 1h, string: bytes }\n";
    let (new, outcome) = mended(text, false);
    assert_eq!((new.as_str(), outcome.renames), (text, 1));
    let (new, outcome) = mended(text, true);
    assert_eq!(new, text.replace("Cart", "cart"));
    assert_eq!((outcome.renames, outcome.fixes), (0, 1));
}

#[test]
fn a_change_that_makes_new_mistakes_is_refused() {
    // In small letters the two templates are one.
    let text = "edition: 1\nschema: shop\nversion: 1\nparams: { id: uuid }\nkeys:
  a: { key: \"Cart:{id}\", ttl: 1h, string: bytes }
  b: { key: \"cart:{id}\", ttl: 1h, string: bytes }
  c: { key: \"Item:{id}\", ttl: 1h, string: bytes }\n";
    let (new, outcome) = mended(text, true);
    assert_eq!(new, text.replace("Item", "item"), "the good one alone");
    assert_eq!((outcome.fixes, outcome.refused), (1, 1));
}

#[test]
fn one_bad_change_among_many_is_found_by_halving() {
    let mut text = "edition: 1\nschema: shop\nversion: 1\nparams: { id: uuid }\nkeys:\n".to_owned();
    for i in 0..200 {
        text.push_str(&format!(
            "  k{i}: {{ key: \"K{i}:{{id}}\", ttl: 1h, string: bytes }}\n"
        ));
    }
    text.push_str("  other: { key: \"k77:{id}\", ttl: 1h, string: bytes }\n");
    let (new, outcome) = mended(&text, true);
    assert_eq!((outcome.fixes, outcome.refused), (199, 1));
    assert!(new.contains("\"K77:{id}\"") && new.contains("\"k78:{id}\""));
}

#[test]
fn what_cannot_be_mended_stays_as_it_is() {
    for text in [
        "",
        "a: [",
        "schema: shop\nversion: one\n",
        "--- { schema: shop }\n",
        "edition: 1\nschema: shop\nversion: 1\nkeys:\n  a: { key: a, ttl: 0, string: bytes }\n",
        "edition: 1\nschema: shop\nversion: 1\nkeys:\n  a: { key: a, ttl: 99999999999, string: bytes }\n",
    ] {
        let mut loader = MapLoader::new();
        loader.insert(ROOT, text);
        let before = load(&loader, ROOT);
        let outcome = mend(&loader, ROOT, &Chosen::default(), given(), true);
        assert!(
            outcome.loaded.diagnostics.len() <= before.diagnostics.len(),
            "{text}: {:?}",
            outcome.files
        );
    }
}

#[test]
fn an_example_is_replaced_by_one_that_fits() {
    let text = "edition: 1\nschema: shop\nversion: 1\nprefix: \"s:\"\nparams: { id: u64 }\nkeys:\n  a: { key: \"a:{id}\", example: a, ttl: 1h, string: bytes }\n";
    let (new, outcome) = mended(text, false);
    assert_eq!(outcome.fixes, 1);
    assert!(new.contains("example: \"s:a:"), "{new}");
}
