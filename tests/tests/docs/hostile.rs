//! Whatever an author writes comes out as those words: no text breaks a page or adds to it.

use redis_schema_codegen::files::FileSet;

use crate::{EVERYTHING, pages, schema};

/// Texts that are markup in some language.
const TEXTS: &[&str] = &[
    "a | b || c | ",
    "| x | y |\n|---|---|\n| 1 | 2 |",
    "`open",
    "``` fence\ncode\n```",
    "a `b|c` `<d>` e",
    "~~~\nfence\n~~~",
    "<script>alert(1)</script><img src=x onerror=y> </details>",
    "-->\n<!-- x",
    "# heading\n## `other`\n===\n---",
    "[link](javascript:alert(1)) ![image](x) [a]: b <http://x>",
    "*em* **strong** _em_ __strong__ ~~gone~~ \\",
    "- item\n* item\n+ item\n1. item\n> quote\n    code",
    "\"] --> k1\nend\nclick k0 \"javascript:alert(1)\"",
    "%%{init: {'theme': 'x'}}%%\nsubgraph x",
    "{{schema}} {{{schema}}} {{> key}} {{#each keys}}",
    "$(rm -rf /) `id` '; DROP TABLE keys; --",
    "\u{202e}backwards\u{0007}\u{200b}",
    "\r\n\r\nx\r\ny",
    "&lt; &amp; &#60;b&#62;",
];

/// The schema with every description replaced; `text` is what stands for each.
fn with(text: &str) -> String {
    let quoted = format!("{text:?}").replace("\\u{", "\\U{");
    let quoted = yaml(&quoted);
    let mut out = String::new();
    let mut lines = EVERYTHING.lines().peekable();
    while let Some(line) = lines.next() {
        if line == "about: |" {
            out.push_str(&format!("about: {quoted}\n"));
            while lines
                .peek()
                .is_some_and(|line| line.starts_with("  ") || line.is_empty())
            {
                if lines.next().is_some_and(str::is_empty)
                    && lines.peek().is_some_and(|line| !line.starts_with("  "))
                {
                    break;
                }
            }
            continue;
        }
        out.push_str(&replaced(line, &quoted));
        out.push('\n');
    }
    out
}

/// Replaces what follows `about:`, `owner:`, `none:` and `reason:` in a line.
fn replaced(line: &str, quoted: &str) -> String {
    let mut out = line.to_owned();
    for field in ["about: ", "owner: ", "none: ", "reason: "] {
        let Some(at) = out.find(field) else { continue };
        let start = at + field.len();
        let rest = &out[start..];
        let end = if let Some(inner) = rest.strip_prefix('"') {
            inner.find('"').unwrap() + 2
        } else if out[..at].contains('{') {
            rest.find([',', '}']).unwrap_or(rest.len())
        } else {
            rest.len()
        };
        let blank = if rest[..end].ends_with(' ') { " " } else { "" };
        out = format!("{}{quoted}{blank}{}", &out[..start], &rest[end..]);
    }
    out
}

/// Rust's escapes as YAML's.
fn yaml(quoted: &str) -> String {
    let mut out = String::new();
    let mut rest = quoted;
    while let Some(at) = rest.find("\\U{") {
        let end = rest[at..].find('}').unwrap() + at;
        let code = u32::from_str_radix(&rest[at + 3..end], 16).unwrap();
        out.push_str(&rest[..at]);
        out.push_str(&format!("\\u{code:04x}"));
        rest = &rest[end + 1..];
    }
    out + rest
}

#[test]
fn no_text_changes_a_page_or_becomes_markup() {
    let plain = shapes(&pages(&schema(&with("Some words"))));
    for text in TEXTS {
        let hostile = pages(&schema(&with(text)));
        assert_eq!(shapes(&hostile), plain, "{text:?}");
        for (path, page) in hostile.iter() {
            let bare = bare(page);
            for tag in ["<script", "<img", "<http", "<b>", "\u{202e}"] {
                assert!(!bare.contains(tag), "{path}: {tag} of {text:?}");
            }
            let link = bare.replace("\\]", "").contains("](javascript");
            assert!(!link, "{path}: a link of {text:?}");
            let comments = page.matches("<!--").count();
            assert_eq!(comments, 1, "{path}: a comment of {text:?}");
        }
    }
}

/// The shape of every page: its headings, tables, lists, fences and diagrams, without their texts.
fn shapes(files: &FileSet) -> Vec<(String, Vec<String>)> {
    files
        .iter()
        .map(|(path, page)| (path.to_owned(), shape(page)))
        .collect()
}

fn shape(page: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut fence: Option<String> = None;
    for line in page.lines() {
        if let Some(open) = &fence {
            if line == open {
                fence = None;
            }
            // Diagrams, code and commands hold no descriptions at all.
            out.push(line.to_owned());
        } else if line.starts_with("```") {
            let ticks = line.bytes().take_while(|byte| *byte == b'`').count();
            fence = Some("`".repeat(ticks));
            out.push(line.to_owned());
        } else if line.starts_with('|') {
            out.push(format!("row of {}", cells(line)));
        } else if line.starts_with(['#', '<', '>']) {
            out.push(line.to_owned());
        } else if let Some(item) = line.strip_prefix("- **") {
            out.push(format!("item {}", item.split("**").next().unwrap()));
        } else if let Some((link, _)) = line.split_once("): ") {
            out.push(link.to_owned());
        } else if line.starts_with(['-', '*', '+', '=', '~']) || line.starts_with("    ") {
            out.push(format!("other {line}"));
        }
    }
    assert_eq!(fence, None, "an open fence");
    out
}

/// Cells of a row: what stands between pipes that no backslash escapes.
fn cells(row: &str) -> usize {
    let mut count = 0;
    let mut escaped = false;
    for c in row.chars() {
        if c == '|' && !escaped {
            count += 1;
        }
        escaped = c == '\\' && !escaped;
    }
    count
}

/// A page without fences and code spans.
fn bare(page: &str) -> String {
    let mut out = String::new();
    let mut open = false;
    for line in page.lines() {
        if line.starts_with("```") {
            open = !open;
        } else if !open {
            out.push_str(&without_code(line));
            out.push('\n');
        }
    }
    out
}

fn without_code(line: &str) -> String {
    let mut out = String::new();
    let mut rest = line;
    while let Some(at) = rest.find('`') {
        let before = &rest[..at];
        if before.ends_with('\\') {
            out.push_str(&rest[..=at]);
            rest = &rest[at + 1..];
            continue;
        }
        out.push_str(before);
        let ticks = rest[at..].bytes().take_while(|byte| *byte == b'`').count();
        let fence = "`".repeat(ticks);
        let after = &rest[at + ticks..];
        match after.find(&fence) {
            Some(end) => rest = &after[end + ticks..],
            None => rest = after,
        }
    }
    out + rest
}

/// Templates, prefixes and texts at rest are shown as code and in diagrams.
const NAMES: &str = r##"
edition: 1
schema: names
version: 1
prefix: "`|<b>|`:"
databases: { main: { index: 0, external: "x\"] --> y[(\"" }, other: 1 }
params: { id: u8, kind: Kind }
types:
  Kind: { enum: { a: { text: "`|</code>{{x}}" }, b: { text: "\"] -->" } } }
keys:
  quoted: { key: "\"]]--#gt;&%%{{init}}`;{id}:|x|", ttl: 1h, string: string, in: other }
  ticks: { key: "``` {kind} ```", ttl: 1h, string: string, in: other }
  shell: { key: "'; rm -rf / #{id}", ttl: 1h, string: string, in: other }
packs: { p: { patterns: ["~|*", "<!--*"] } }
"##;

#[test]
fn names_stay_code() {
    let made = pages(&schema(NAMES));
    for (path, page) in made.iter() {
        shape(page);
        assert_eq!(
            page.matches("<!--").count() - 1,
            page.matches("`<!--*`").count(),
            "{path}"
        );
    }
    let keys = made.get("keys.md").unwrap();
    for row in keys.lines().filter(|line| line.starts_with("| [`")) {
        assert_eq!(cells(row), 8, "{row}");
    }
    assert_eq!(keys.matches("\n| [`").count(), 3);
    let overview = made.get("README.md").unwrap();
    let quoted = r#"#96;#124;#lt;b#gt;#124;#96;:#quot;]]--#35;gt#59;#amp;#37;#37;{{init}}#96;#59;{id}:#124;x#124;"#;
    assert!(overview.contains(quoted), "{overview}");
    let page = made.get("databases/other.md").unwrap();
    assert!(
        page.contains(r"redis-cli -n 1 GET '`|<b>|`:'\''; rm -rf / #42'"),
        "{page}"
    );
}
