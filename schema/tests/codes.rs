//! Every code's page is true: its wrong example is refused with that code alone, its right example is clean.
//!
//! Words behind ```` ```yaml wrong ```` change how an example is read: `escaped` turns `\xNN` into that byte, `repeat=N`
//! turns `…` into N letters. ```` ```yaml file=NAME ```` gives a file that the wrong example imports; a `*` in the name
//! stands for any number, and `{next}` in the text for the number after it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::io;

use redis_schema_model::diagnostic::{Code, Colour, Id, human};
use redis_schema_model::load::{Loaded, Loader, load};

const ROOT: &str = "schema.redis.yaml";

/// One fenced block of a page.
struct Block {
    words: Vec<String>,
    text: String,
}

fn blocks(page: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut open = false;
    for line in page.split_inclusive('\n') {
        match line.trim_end().strip_prefix("```") {
            Some("") => open = false,
            Some(info) => {
                open = true;
                let words = info.split_whitespace().map(str::to_owned).collect();
                blocks.push(Block {
                    words,
                    text: String::new(),
                });
            }
            None if open => blocks.last_mut().unwrap().text.push_str(line),
            None => {}
        }
    }
    blocks
}

impl Block {
    fn has(&self, word: &str) -> bool {
        self.words.iter().any(|other| other == word)
    }

    fn value(&self, name: &str) -> Option<&str> {
        self.words
            .iter()
            .find_map(|word| word.strip_prefix(name)?.strip_prefix('='))
    }

    fn bytes(&self) -> Vec<u8> {
        if let Some(count) = self.value("repeat") {
            let letters = "a".repeat(count.parse().expect("a count"));
            return self.text.replace('…', &letters).into_bytes();
        }
        if !self.has("escaped") {
            return self.text.clone().into_bytes();
        }
        let mut parts = self.text.split("\\x");
        let mut out = parts.next().unwrap().as_bytes().to_vec();
        for part in parts {
            out.push(u8::from_str_radix(&part[..2], 16).expect("two hexadecimal digits"));
            out.extend_from_slice(&part.as_bytes()[2..]);
        }
        out
    }
}

/// A page's example with the files that stand beside it.
struct Page<'a> {
    root: &'a Block,
    files: &'a [Block],
}

impl Loader for Page<'_> {
    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        if path == ROOT {
            return Ok(self.root.bytes());
        }
        for block in self.files {
            let Some(name) = block.value("file") else {
                continue;
            };
            if name == path {
                return Ok(block.bytes());
            }
            if let Some((start, end)) = name.split_once('*') {
                let number = path
                    .strip_prefix(start)
                    .and_then(|rest| rest.strip_suffix(end));
                if let Some(number) = number.and_then(|number| number.parse::<u32>().ok()) {
                    let next = (number + 1).to_string();
                    return Ok(block.text.replace("{next}", &next).into_bytes());
                }
            }
        }
        Err(io::Error::from(io::ErrorKind::NotFound))
    }
}

fn run(root: &Block, files: &[Block]) -> Loaded {
    load(&Page { root, files }, ROOT)
}

fn shown(loaded: &Loaded) -> String {
    human(&loaded.diagnostics, &loaded.sources, Colour::Off)
}

#[test]
fn wrong_examples_have_their_code_and_right_ones_none() {
    let mut failures = String::new();
    for code in Code::ALL {
        let blocks = blocks(code.page());
        let find = |word: &str| blocks.iter().find(|block| block.has(word));
        let (Some(wrong), Some(right)) = (find("wrong"), find("right")) else {
            failures.push_str(&format!(
                "{code}: a page needs a wrong and a right example\n"
            ));
            continue;
        };
        let loaded = run(wrong, &blocks);
        if loaded.diagnostics.is_empty()
            || loaded
                .diagnostics
                .iter()
                .any(|finding| finding.code != *code)
        {
            failures.push_str(&format!(
                "{code}: the wrong example gives\n{}\n",
                shown(&loaded)
            ));
        }
        let loaded = run(right, &blocks);
        if !loaded.diagnostics.is_empty() {
            failures.push_str(&format!(
                "{code}: the right example gives\n{}\n",
                shown(&loaded)
            ));
        }
    }
    assert!(failures.is_empty(), "{failures}");
}

#[test]
fn pages_have_a_title_and_an_explanation() {
    for code in Code::ALL {
        let page = code.page();
        assert!(page.starts_with("# "), "{code}");
        assert!(page.ends_with("```\n"), "{code}");
        let title = code.title();
        assert!(
            !title.is_empty() && !title.ends_with('.'),
            "{code}: {title}"
        );
        assert!(
            Id::from(*code).explanation().ends_with('.'),
            "{code}: {}",
            Id::from(*code).explanation()
        );
        assert_eq!(Code::from_text(&code.as_str().to_lowercase()), Some(*code));
    }
    assert_eq!(Code::from_text("E9999"), None);
}

#[test]
fn codes_are_in_order() {
    assert!(Code::ALL.is_sorted());
}
