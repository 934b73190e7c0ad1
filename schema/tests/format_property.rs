//! Any file, however it is laid out, keeps its meaning and its comments, and formatting it twice is formatting it once.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use proptest::prelude::*;
use redis_schema_model::diagnostic::{Code, Sink};
use redis_schema_model::format::{FormatError, format};
use redis_schema_model::node::{Node, NodeKind};
use redis_schema_model::source::FileId;
use redis_schema_model::yaml;

/// A value as somebody might write it.
#[derive(Debug, Clone)]
enum Written {
    /// On the line of its name.
    Inline(&'static str),
    /// A block of text under this header.
    Text(&'static str, Vec<&'static str>),
    List(Vec<Written>, Style),
    Map(Vec<(usize, Written)>, Style),
}

/// How the lines of a list or mapping are laid out.
#[derive(Debug, Clone)]
struct Style {
    /// Spaces it is indented by: at least one, and for lists below a name possibly none.
    indent: usize,
    /// Spaces behind a dash.
    dash: usize,
    /// What stands between its entries.
    between: Vec<&'static str>,
    /// A comment behind its entries.
    comment: &'static str,
}

const INLINE: [&str; 12] = [
    "x",
    "\"a # b\"",
    "'it''s'",
    "{ a: 1,  b: [x, y] }",
    "[]",
    "{\"q\":1}",
    "~",
    "1.10",
    "text with words",
    "\"é 🔑\"",
    "[ # why\n x,\n\n    y ]",
    "\"two\n        lines\"",
];

fn style() -> impl Strategy<Value = Style> {
    let between = prop::sample::select(vec![
        "",
        "\n",
        "\n\n\n",
        "# c\n",
        "      # deep\n",
        "#x\n\n",
        "  \n",
        "\t\n",
    ]);
    let comment = prop::sample::select(vec!["", " # right", "   #tight", "  ", "\t# tab"]);
    (
        1..6usize,
        1..4usize,
        prop::collection::vec(between, 4),
        comment,
    )
        .prop_map(|(indent, dash, between, comment)| Style {
            indent,
            dash,
            between,
            comment,
        })
}

fn written() -> impl Strategy<Value = Written> {
    let lines = prop::collection::vec(
        prop::sample::select(vec!["one", "  two", "", "# no comment", "a: b", "- x  "]),
        1..5,
    );
    let text = (
        prop::sample::select(vec!["|", ">", "|-", ">+", "|+"]),
        lines,
    );
    let leaf = prop_oneof![
        4 => prop::sample::select(INLINE.to_vec()).prop_map(Written::Inline),
        1 => text.prop_map(|(header, lines)| Written::Text(header, lines)),
    ];
    leaf.prop_recursive(4, 40, 5, |inner| {
        prop_oneof![
            (prop::collection::vec(inner.clone(), 1..4), style())
                .prop_map(|(items, style)| Written::List(items, style)),
            (prop::collection::vec((0..3usize, inner), 1..5), style())
                .prop_map(|(fields, style)| Written::Map(fields, style)),
        ]
    })
}

/// Writes what stands behind `name:` or `-`; the cursor is behind that sign.
fn write(value: &Written, column: usize, in_list: bool, comment: &str, out: &mut String) {
    match value {
        Written::Inline(text) => {
            let indented = text.replace('\n', &format!("\n{:column$} ", ""));
            out.push_str(&format!(" {indented}{comment}\n"));
        }
        Written::Text(header, lines) => {
            let column = column + 2;
            out.push_str(&format!(" {header}\n{:column$}first\n", ""));
            for line in lines {
                out.push_str(&format!("{:column$}{line}\n", ""));
            }
        }
        Written::List(items, style) => {
            out.push_str(&format!("{comment}\n"));
            let column = if in_list {
                column + style.indent
            } else {
                column + style.indent - 1
            };
            for (i, item) in items.iter().enumerate() {
                out.push_str(style.between[i % 4]);
                out.push_str(&format!("{:column$}-", ""));
                item_of(item, column, style, out);
            }
        }
        Written::Map(fields, style) => {
            out.push_str(&format!("{comment}\n"));
            map(fields, column + style.indent, style, out, false);
        }
    }
}

/// Writes an item: mappings may begin on the line of the dash.
fn item_of(item: &Written, column: usize, style: &Style, out: &mut String) {
    match item {
        Written::Map(fields, inner) if style.dash > 1 => {
            out.push_str(&" ".repeat(style.dash));
            map(fields, column + 1 + style.dash, inner, out, true);
        }
        other => write(other, column, true, style.comment, out),
    }
}

fn map(
    fields: &[(usize, Written)],
    column: usize,
    style: &Style,
    out: &mut String,
    mut open: bool,
) {
    for (i, (gap, value)) in fields.iter().enumerate() {
        if !open {
            out.push_str(style.between[i % 4]);
            out.push_str(&" ".repeat(column));
        }
        open = false;
        out.push_str(&format!("k{i}:{}", " ".repeat(*gap)));
        write(value, column, false, style.comment, out);
    }
}

fn read(text: &str) -> Option<Node> {
    let mut sink = Sink::new();
    yaml::parse(FileId(0), text, &mut sink).filter(|_| !sink.has_errors())
}

/// The tree without places.
fn plain(node: &Node) -> String {
    match &node.kind {
        NodeKind::Null => "~".to_owned(),
        NodeKind::Scalar { text, quoted } => format!("{text:?}{quoted}"),
        NodeKind::List(items) => format!("{:?}", items.iter().map(plain).collect::<Vec<_>>()),
        NodeKind::Map(entries) => {
            let entries = entries
                .iter()
                .map(|entry| (&entry.key, plain(&entry.value)));
            format!("{:?}", entries.collect::<Vec<_>>())
        }
    }
}

/// The words of every comment, in order.
fn comments(text: &str) -> Vec<String> {
    let words = [
        "# c", "# deep", "# x", "#x", "# right", "# tight", "#tight", "# tab", "# why",
    ];
    let sign = |line: &str| {
        words
            .iter()
            .find(|word| line.trim_end().ends_with(*word))
            .map(|word| word.replace("# ", "#"))
    };
    text.lines().filter_map(sign).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(1000) })]

    #[test]
    fn formatting_keeps_meaning_and_comments(fields in prop::collection::vec((0..3usize, written()), 1..5), style in style()) {
        let mut text = String::new();
        map(&fields, 0, &style, &mut text, false);
        let Some(tree) = read(&text) else {
            return Err(TestCaseError::reject("not YAML"));
        };
        let formatted = format(&text).expect("a readable file can be formatted");
        let again = read(&formatted).expect("still readable");
        prop_assert_eq!(plain(&tree), plain(&again));
        prop_assert_eq!(comments(&text), comments(&formatted), "{}\n---\n{}", text, formatted);
        let twice = format(&formatted).expect("still readable");
        prop_assert_eq!(&twice, &formatted, "from\n{}", text);
        prop_assert!(formatted.ends_with('\n') && !formatted.starts_with('\n'));
    }

    #[test]
    fn any_text_is_formatted_or_left_alone(text in "[a-c:#{}\\[\\]&*!|>\"'\\- \n\t]{0,60}") {
        match (format(&text), read(&text)) {
            (Ok(formatted), Some(tree)) => {
                let again = read(&formatted).expect("still readable");
                prop_assert_eq!(plain(&tree), plain(&again));
                prop_assert_eq!(format(&formatted).expect("still readable"), formatted);
            }
            (Ok(formatted), None) => prop_assert!(false, "made readable: {formatted:?}"),
            (Err(FormatError::Invalid(findings)), None) => prop_assert!(!findings.is_empty()),
            (Err(FormatError::Invalid(findings)), Some(_)) => prop_assert!(false, "{findings:?}"),
            (Err(FormatError::Unsafe), _) => {}
        }
    }
}

/// The examples of every page are files too.
#[test]
fn examples_of_the_pages_stay_as_they_are_or_become_so() {
    let mut seen = 0;
    for code in Code::ALL {
        let right = code
            .page()
            .split("```yaml right\n")
            .nth(1)
            .expect("a right example");
        let text = right.split("```").next().expect("a closed example");
        let formatted = format(text).expect("readable");
        assert_eq!(format(&formatted).expect("readable"), formatted, "{code}");
        assert_eq!(
            plain(&read(text).unwrap()),
            plain(&read(&formatted).unwrap()),
            "{code}"
        );
        seen += 1;
    }
    assert_eq!(seen, Code::ALL.len());
}
