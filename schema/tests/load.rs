//! Files and their imports.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::cell::RefCell;
use std::io;

use redis_schema_model::diagnostic::{Code, Colour, human};
use redis_schema_model::load::{Loaded, Loader, MapLoader, load, load_text};

const HEAD: &str = "edition: 1\nschema: shop\nversion: 1\n";

fn files(list: &[(&str, &str)]) -> MapLoader {
    let mut loader = MapLoader::new();
    for (path, text) in list {
        loader.insert(*path, *text);
    }
    loader
}

fn names(loaded: &Loaded) -> Vec<&str> {
    loaded
        .sources
        .files()
        .iter()
        .map(|file| file.name())
        .collect()
}

fn codes(loaded: &Loaded) -> Vec<Code> {
    loaded
        .diagnostics
        .iter()
        .map(|finding| finding.code.code().unwrap())
        .collect()
}

#[test]
fn imports_follow_the_file_that_first_names_them() {
    let loader = files(&[
        (
            "app/root.yaml",
            &format!("{HEAD}imports: [a.yaml, ../shared/b.yaml]\n"),
        ),
        (
            "app/a.yaml",
            "edition: 1\nimports: [deep/c.yaml, ../shared/b.yaml]\n",
        ),
        (
            "app/deep/c.yaml",
            "edition: 1\nimports: [../../shared/b.yaml]\n",
        ),
        ("shared/b.yaml", "edition: 1\n"),
    ]);
    let loaded = load(&loader, "app/root.yaml");
    assert_eq!(loaded.diagnostics, []);
    assert_eq!(
        names(&loaded),
        [
            "app/root.yaml",
            "app/a.yaml",
            "app/deep/c.yaml",
            "shared/b.yaml"
        ]
    );
}

#[test]
fn the_root_keeps_the_name_it_was_given() {
    for root in ["./x/../root.yaml", "/etc/root.yaml", "root.yaml"] {
        let loader = files(&[(root, HEAD)]);
        let loaded = load(&loader, root);
        assert_eq!((codes(&loaded), names(&loaded)), (vec![], vec![root]));
    }
}

#[test]
fn a_missing_import_is_shown_where_it_is_named() {
    let text = format!("{HEAD}imports:\n  - params.yaml\n");
    let loaded = load(&files(&[("root.yaml", &text)]), "root.yaml");
    assert_eq!(
        human(&loaded.diagnostics, &loaded.sources, Colour::Off),
        "\
error: [E0211] there is no file `params.yaml`
 --> root.yaml:5:5
  |
5 |   - params.yaml
  |     ^^^^^^^^^^^
  |
  = help: the path of an import is relative to the file it stands in

1 error
"
    );
}

#[test]
fn a_missing_root_has_no_place() {
    let loaded = load(&MapLoader::new(), "gone.yaml");
    assert_eq!(
        (codes(&loaded), names(&loaded)),
        (vec![Code::E0211], vec!["gone.yaml"])
    );
    assert!(loaded.schema.is_none() && loaded.has_errors());
}

#[test]
fn circles_are_shown_step_by_step() {
    let loader = files(&[
        ("root.yaml", &format!("{HEAD}imports: [a.yaml]\n")),
        ("a.yaml", "edition: 1\nimports: [b.yaml]\n"),
        ("b.yaml", "edition: 1\nimports: [a.yaml, b.yaml]\n"),
    ]);
    let loaded = load(&loader, "root.yaml");
    assert_eq!(codes(&loaded), [Code::E0213, Code::E0213]);
    let steps = |i: usize| -> Vec<&str> {
        let finding = &loaded.diagnostics[i];
        finding
            .related
            .iter()
            .map(|(span, _)| loaded.sources.name(span.file))
            .collect()
    };
    assert_eq!(loaded.diagnostics[0].message, "`a.yaml` imports itself");
    assert_eq!(steps(0), ["a.yaml"]);
    assert_eq!(loaded.diagnostics[1].message, "`b.yaml` imports itself");
    assert_eq!(steps(1), [""; 0]);
}

#[test]
fn mistakes_of_every_file_in_one_run() {
    let loader = files(&[
        (
            "root.yaml",
            &format!(
                "{HEAD}imports: [broken.yaml, gone.yaml, odd.yaml, /abs.yaml, odd.yaml]\ncolour: 1\n"
            ),
        ),
        ("broken.yaml", "a: [\n"),
        ("odd.yaml", "edition: 1\nserver: {}\n"),
    ]);
    let loaded = load(&loader, "root.yaml");
    assert_eq!(
        codes(&loaded),
        [
            Code::E0211,
            Code::E0214,
            Code::E0201,
            Code::E0115,
            Code::E0212
        ]
    );
}

#[test]
fn each_file_is_read_once() {
    struct Counting(RefCell<Vec<String>>);
    impl Loader for Counting {
        fn read(&self, path: &str) -> io::Result<Vec<u8>> {
            self.0.borrow_mut().push(path.to_owned());
            Ok(match path {
                "root.yaml" => {
                    format!("{HEAD}imports: [a.yaml, ./a.yaml, x/../a.yaml]\n").into_bytes()
                }
                _ => b"edition: 1\n".to_vec(),
            })
        }
    }
    let loader = Counting(RefCell::default());
    assert_eq!(load(&loader, "root.yaml").diagnostics, []);
    assert_eq!(loader.0.into_inner(), ["root.yaml", "a.yaml"]);
}

#[test]
fn other_failures_of_reading_keep_their_words() {
    struct Denied;
    impl Loader for Denied {
        fn read(&self, _: &str) -> io::Result<Vec<u8>> {
            Err(io::Error::new(
                io::ErrorKind::PermissionDenied,
                "not for you",
            ))
        }
    }
    let loaded = load(&Denied, "root.yaml");
    assert_eq!(
        loaded.diagnostics[0].message,
        "`root.yaml` cannot be read: not for you"
    );
}

#[test]
fn a_text_alone() {
    assert_eq!(load_text(HEAD).diagnostics, []);
    assert_eq!(codes(&load_text("")), [Code::E0107]);
}

/// What stands below a mistyped field counts as declared, and is looked at like the rest.
#[test]
fn one_finding_for_a_mistyped_section() {
    let loader = files(&[(
        "root.yaml",
        &format!(
            "{HEAD}param: {{ id: u64 }}\ntype: {{ Job: {{ feilds: {{ a: u8 }} }} }}\n\
             keys:\n  a: {{ key: \"a:{{id}}\", ttl: 1h, string: json<Job> }}\n"
        ),
    )]);
    let loaded = load(&loader, "root.yaml");
    let messages: Vec<&str> = loaded
        .diagnostics
        .iter()
        .map(|finding| finding.message.as_str())
        .collect();
    assert_eq!(
        messages,
        [
            "unknown field `param`",
            "unknown field `type`",
            "unknown field `feilds`"
        ]
    );
    assert!(loaded.schema.is_none());
}

#[test]
fn reasons_that_say_nothing_are_none() {
    let loader = files(&[(
        "root.yaml",
        &format!(
            "{HEAD}keys:\n  a: {{ key: a, ttl: {{ none: true }}, deprecated: true, string: u8 }}\n"
        ),
    )]);
    let loaded = load(&loader, "root.yaml");
    assert_eq!(codes(&loaded), [Code::E0602, Code::E0202]);
}
