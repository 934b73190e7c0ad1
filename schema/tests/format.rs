//! The formatter: what it changes, what it leaves, and that it never changes what a file says.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use redis_schema_model::format::{FormatError, format};

#[track_caller]
fn gives(text: &str, expected: &str) {
    let formatted = format(text).expect("readable");
    assert_eq!(formatted, expected);
    assert_eq!(
        format(&formatted).expect("readable"),
        expected,
        "a second run changes it"
    );
}

#[track_caller]
fn stays(text: &str) {
    gives(text, text);
}

#[test]
fn indents_by_two() {
    gives(
        "keys:\n    job:\n        key: x\n        hash:\n            a: u8\n    two: 1\nlast: 1\n",
        "keys:\n  job:\n    key: x\n    hash:\n      a: u8\n  two: 1\n\nlast: 1\n",
    );
}

#[test]
fn indents_lists_below_their_field() {
    gives(
        "a:\n- x\n-   y\nb:\n    -   c: 1\n        d: 2\n",
        "a:\n  - x\n  - y\n\nb:\n  - c: 1\n    d: 2\n",
    );
    gives("a:\n-   - x\n    - y\n", "a:\n  - - x\n    - y\n");
    gives("a:\n-\n    b: 1\n", "a:\n  -\n    b: 1\n");
}

#[test]
fn moves_values_over_several_lines_as_a_whole() {
    gives(
        "a:\n    b: {\n        c: 1,\n\n\n        d: 2 # x\n    }\n    e: \"one\n        two\"\n    f: >\n        one\n\n         two\n    g: 1\n",
        "a:\n  b: {\n      c: 1,\n\n      d: 2 # x\n  }\n  e: \"one\n      two\"\n  f: >\n      one\n\n       two\n  g: 1\n",
    );
}

#[test]
fn keeps_blanks_that_count() {
    stays("a: |\n  one  \n\n\n  two\nb: 1\n");
    stays("a: |+\n  one\n\n\nb: 1\n");
    gives("a: |\n  one\n\n\nb: 1\n", "a: |\n  one\n\nb: 1\n");
}

#[test]
fn keeps_alignment_and_quotes() {
    stays(
        "params:\n  id:     { type: uuid,    about: x }\n  longer: { type: hex(64), about: 'y' }\n",
    );
}

#[test]
fn one_empty_line_between_sections() {
    gives(
        "\n\nedition: 1\nschema: a\n\n\n\nversion: 1\nparams:\n  a: uuid\n# about keys\n# more\nkeys:\n  b: 1\n\n\n\n  c: 2\nx: 1\ny: 2\n\n\n",
        "edition: 1\nschema: a\n\nversion: 1\n\nparams:\n  a: uuid\n\n# about keys\n# more\nkeys:\n  b: 1\n\n  c: 2\n\nx: 1\ny: 2\n",
    );
}

#[test]
fn comments_move_with_what_they_are_about() {
    gives(
        "#first\nkeys: #why\n    # on job\n    job:\n        #! kept\n        a: 1 #x\n        # end of job\n    # end of keys\n# end\n",
        "# first\nkeys: # why\n  # on job\n  job:\n    #! kept\n    a: 1 # x\n    # end of job\n  # end of keys\n# end\n",
    );
    gives("a:\n      # deep\n    b: 1\n", "a:\n  # deep\n  b: 1\n");
}

#[test]
fn signs_inside_texts_are_no_comments() {
    stays("a: \"x #y\"\nb: x#y\nc: 'p #q' # z\nd: >\n  #text\n  \" #t\n");
}

#[test]
fn colons_of_quoted_names_get_their_space() {
    gives("a: {\"b\":1, 'c':[x]}\n", "a: {\"b\": 1, 'c': [x]}\n");
}

#[test]
fn line_breaks_marks_and_blanks_at_ends() {
    gives("\u{feff}a: 1  \r\nb: 2\t\r\n\r\n", "a: 1\nb: 2\n");
    gives("a: 1", "a: 1\n");
    gives("a: 1\rb: 2", "a: 1\nb: 2\n");
}

#[test]
fn document_marks_and_anchors_stay() {
    stays(
        "%YAML 1.2\n---\na: &x\n  b: 1\nc:\n  <<: *x\n  d: *x\n"
            .replace("1\nc", "1\n\nc")
            .as_str(),
    );
}

#[test]
fn values_on_their_own_line() {
    gives(
        "a:\n      long text\n      goes on\nb:\n        {c: 1}\n",
        "a:\n  long text\n  goes on\nb:\n  {c: 1}\n",
    );
}

#[test]
fn what_cannot_be_read_is_left_alone() {
    let Err(FormatError::Invalid(findings)) = format("a: [\n") else {
        panic!("accepted");
    };
    assert_eq!(findings.len(), 1);
    assert!(matches!(
        format("a: 1\na: 2\n"),
        Err(FormatError::Invalid(_))
    ));
}
