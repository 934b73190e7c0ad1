//! Texts with a grammar of their own.

use super::shape::Form;

/// Words for people.
pub(super) static WORDS: Form = Form {
    name: "text",
    about: "Free text for people. `Backticks` mark code; other Markdown stands for itself.",
    pattern: None,
    examples: &["State of one job."],
    plain: true,
};

/// Code or name of a rule.
pub(super) static RULE: Form = Form {
    name: "rule",
    about: "A lint rule by its code or its name; `redis-schema explain L301` tells more about one.",
    pattern: None,
    examples: &["L301", "TTL_EXPLICIT"],
    plain: false,
};

/// Code of a rule of one's own.
pub(super) static OWN_RULE: Form = Form {
    name: "code of a rule",
    about: "Code of a rule of your own: `X` and three or four digits.",
    pattern: None,
    examples: &["X001"],
    plain: false,
};

/// A condition over one thing of the schema.
pub(super) static CONDITION: Form = Form {
    name: "condition",
    about: "A condition in the Common Expression Language (CEL) over one thing of the schema; `redis-schema reference \
            --lints` lists every word it may use.",
    pattern: None,
    examples: &["owner != \"\"", "!expires || ttl <= 86400"],
    plain: false,
};

/// Any scalar.
pub(super) static SCALAR: Form = Form {
    name: "scalar",
    about: "A text, a number, or `true` or `false`.",
    pattern: None,
    examples: &["0", "queued"],
    plain: true,
};

/// Name of a key and the like.
pub(super) static NAME: Form = Form {
    name: "name",
    about: "Small letters, digits and single `_` between words, a letter first, at most 64 characters. It becomes a Rust \
            identifier.",
    pattern: Some("^[a-z][a-z0-9]*(_[a-z0-9]+)*$"),
    examples: &["job_files"],
    plain: false,
};

/// Name of a declared type.
pub(super) static TYPE_NAME: Form = Form {
    name: "type name",
    about: "Capitalised words without separators, at most 64 characters.",
    pattern: Some("^[A-Z][A-Za-z0-9]*$"),
    examples: &["JobStatus"],
    plain: false,
};

/// Name of a field of a record.
pub(super) static FIELD_NAME: Form = Form {
    name: "field name",
    about: "Letters, digits, and single `_` or `-` between words, a letter first. It is the name on the server too.",
    pattern: Some("^[A-Za-z][A-Za-z0-9]*([_-][A-Za-z0-9]+)*$"),
    examples: &["created_at"],
    plain: false,
};

/// Name of a variant.
pub(super) static VARIANT: Form = Form {
    name: "variant",
    about: "Letters, digits, and single `_`, `-` or `.` between words, a letter first. Unless `text:` says otherwise it is \
            the text on the server too.",
    pattern: Some("^[A-Za-z][A-Za-z0-9]*([_.-][A-Za-z0-9]+)*$"),
    examples: &["queued"],
    plain: true,
};

/// Part of a type or key.
pub(super) static PART: Form = Form {
    name: "part",
    about: "A declared type or a key, a dot, and the name of what it had.",
    pattern: Some("^[A-Za-z][A-Za-z0-9_]*\\.[A-Za-z].*$"),
    examples: &["Job.progress", "orders.mailer"],
    plain: false,
};

/// Template of a key or channel.
pub(super) static TEMPLATE: Form = Form {
    name: "template",
    about: "Literal text with `{placeholders}`. `{{` and `}}` are literal braces; `[ ]` holds an optional part with one \
            placeholder; `[[` and `]]` are literal brackets. Write it in double quotes, since YAML reads a leading `{` as a \
            mapping.",
    pattern: None,
    examples: &["job:{job_id}", "stat:{kind}[:{day}]"],
    plain: false,
};

/// A type as text.
pub(super) static TYPE: Form = Form {
    name: "type text",
    about: "`bool`, `u8` to `u64`, `i8` to `i64`, `f32`, `f64`, `decimal`, `string`, `bytes`, `uuid`, `ulid`, `ip`, `slug`, \
            `hex(N)`, `timestamp_s`, `timestamp_ms`, `datetime`, `duration_s`, `duration_ms`, `any`, the name of a declared \
            type or of a parameter. `T?` may be absent, `[T]` is a list, `{string: T}` a map.",
    pattern: None,
    examples: &["u32", "string?", "JobStatus"],
    plain: false,
};

/// A value with its encoding, as text.
pub(super) static VALUE: Form = Form {
    name: "value text",
    about: "A type, with its encoding around it if need be: `json<T>`, `msgpack<T>`, `text<T>`, `bytes`. A bare scalar or \
            enum is text, a bare record, list or map is JSON.",
    pattern: None,
    examples: &["json<Job>", "u32"],
    plain: false,
};

/// Type of a placeholder.
pub(super) static PARAM_TYPE: Form = Form {
    name: "parameter type",
    about: "`uuid`, `ulid`, `u8` to `u64`, `i8` to `i64`, `slug`, `hex(N)`, `date`, `date(YYYY-MM-DD)`, `timestamp_s`, \
            `timestamp_ms`, `ip`, `string`, `rest`, or the name of a declared enum.",
    pattern: None,
    examples: &["uuid", "hex(64)"],
    plain: false,
};

/// A span of time.
pub(super) static DURATION: Form = Form {
    name: "duration",
    about: "A whole number and `ms`, `s`, `m`, `h` or `d`.",
    pattern: Some("^[0-9]+(ms|s|m|h|d)$"),
    examples: &["90s", "24h", "7d"],
    plain: false,
};

/// Two durations.
pub(super) static DURATION_RANGE: Form = Form {
    name: "range of durations",
    about: "Two durations with `..` between them, both included.",
    pattern: Some("^[0-9]+(ms|s|m|h|d)\\.\\.[0-9]+(ms|s|m|h|d)$"),
    examples: &["1h..25h"],
    plain: false,
};

/// Two whole numbers.
pub(super) static NUMBER_RANGE: Form = Form {
    name: "range",
    about: "Two whole numbers with `..` between them, both included.",
    pattern: Some("^-?[0-9][0-9_]*\\.\\.-?[0-9][0-9_]*$"),
    examples: &["0..100"],
    plain: false,
};

/// A share.
pub(super) static PERCENTAGE: Form = Form {
    name: "percentage",
    about: "A number with at most one decimal and `%`.",
    pattern: Some("^[0-9]+(\\.[0-9])?%$"),
    examples: &["10%", "2.5%"],
    plain: false,
};

/// A number of bytes.
pub(super) static SIZE: Form = Form {
    name: "size",
    about: "A whole number of bytes, or one with `B`, `KiB`, `MiB`, `GiB`, `kB`, `MB` or `GB`.",
    pattern: Some("^[0-9][0-9_]*(B|KiB|MiB|GiB|KB|kB|MB|GB)?$"),
    examples: &["512", "2KiB"],
    plain: true,
};

/// A number of things.
pub(super) static COUNT: Form = Form {
    name: "count",
    about: "A whole number, or one with `k` (thousand) or `M` (million).",
    pattern: Some("^[0-9][0-9_]*[kM]?$"),
    examples: &["1000", "10k"],
    plain: true,
};

/// A bound that the server may exceed a little.
pub(super) static MAXLEN: Form = Form {
    name: "length",
    about: "A count; with `~` before it the server may keep a few more, which is cheaper.",
    pattern: Some("^~?[0-9][0-9_]*[kM]?$"),
    examples: &["1000", "~1000"],
    plain: true,
};

/// An age that the server may exceed a little.
pub(super) static MAX_AGE: Form = Form {
    name: "age",
    about: "A duration; with `~` before it the server may keep a few more, which is cheaper.",
    pattern: Some("^~?[0-9]+(ms|s|m|h|d)$"),
    examples: &["7d", "~7d"],
    plain: false,
};

/// From which size on values are compressed.
pub(super) static OVER: Form = Form {
    name: "threshold",
    about: "`over` and a size.",
    pattern: Some("^over [0-9][0-9_]*(B|KiB|MiB|GiB|KB|kB|MB|GB)?$"),
    examples: &["over 4KiB"],
    plain: false,
};

/// A length, a number or a field.
pub(super) static BOUND: Form = Form {
    name: "bound",
    about: "A whole number: the longest length of a text in bytes, or the largest number; for numbers also the name of a \
            field beside it.",
    pattern: Some("^(-?[0-9][0-9_]*|[A-Za-z][A-Za-z0-9_-]*)$"),
    examples: &["255", "total_files"],
    plain: true,
};

/// An environment variable.
pub(super) static ENVIRONMENT: Form = Form {
    name: "environment variable",
    about: "The bare name, without `$`. It is read once, when a store opens.",
    pattern: Some("^[A-Za-z_][A-Za-z0-9_]*$"),
    examples: &["JOB_EXPIRATION"],
    plain: false,
};

/// A Rust path.
pub(super) static RUST_PATH: Form = Form {
    name: "Rust path",
    about: "The path of a type of yours, without generic arguments.",
    pattern: Some("^(::)?(r#)?[A-Za-z_][A-Za-z0-9_]*(::(r#)?[A-Za-z_][A-Za-z0-9_]*)*$"),
    examples: &["crate::Money"],
    plain: false,
};

/// A key, or a parameter of one.
pub(super) static REFERENCE: Form = Form {
    name: "reference",
    about: "A key (the value is the whole name of such a key) or one of its parameters (`job.job_id`).",
    pattern: Some("^[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*)?$"),
    examples: &["job.job_id", "job"],
    plain: false,
};

/// Keys of others.
pub(super) static GLOB: Form = Form {
    name: "pattern",
    about: "Text in which `*` stands for any characters.",
    pattern: None,
    examples: &["celery-task-meta-*"],
    plain: false,
};

/// Another file.
pub(super) static PATH: Form = Form {
    name: "path",
    about: "A path relative to the file it stands in, with `/` between its parts.",
    pattern: Some("^[^/\\\\]"),
    examples: &["shared/params.redis.yaml"],
    plain: false,
};

/// A server version.
pub(super) static VERSION: Form = Form {
    name: "server version",
    about: "Major and minor number, in quotes so that no editor takes it for a number.",
    pattern: Some("^[0-9]+(\\.[0-9]+)?$"),
    examples: &["7.0"],
    plain: true,
};

/// A date.
pub(super) static DATE: Form = Form {
    name: "date",
    about: "Year, month and day.",
    pattern: Some("^[0-9]{4}-[0-9]{2}-[0-9]{2}$"),
    examples: &["2027-01-31"],
    plain: false,
};
