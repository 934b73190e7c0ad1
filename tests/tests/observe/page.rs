//! The page of metrics and attributes is made from the table:
//! `UPDATE=1 cargo test -p redis-schema-tests --test observe` writes it.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use redis_schema::observe::{ATTRIBUTES, Kind, METRICS};

const INTRODUCTION: &str = "\
# Metrics and spans

Made from the table in `runtime/src/observe/catalog.rs`. Everything is labelled by key template and operation, never by
key, and no value is told anywhere.

An operation is called by its command, in capitals as the server has it: `GET`. A transaction that an accessor needs is
called by the command whose answer it returns, a script `EVAL`, a batch of several commands `PIPELINE` or `MULTI`; the
template of a batch is `(several)` unless all of its commands share one.

## Metrics

With the feature `metrics`, for whatever recorder the [`metrics`](https://docs.rs/metrics) facade has. Install the recorder
before the first operation.

| name | kind | unit | labels | what it tells |
|---|---|---|---|---|
";

const SPANS: &str = "
## Spans

With the feature `tracing`: one span for each operation at level `DEBUG` under the target `redis_schema::operation`, by
OpenTelemetry's conventions for databases. Events about connections come under `redis_schema`.

| attribute | what it holds |
|---|---|
";

fn page() -> String {
    let mut out = INTRODUCTION.to_owned();
    for metric in METRICS {
        let kind = match metric.kind {
            Kind::Counter => "counter",
            Kind::Gauge => "gauge",
            Kind::Histogram => "histogram",
        };
        let labels: Vec<String> = metric
            .labels
            .iter()
            .map(|label| format!("`{label}`"))
            .collect();
        let (name, unit, labels, about) =
            (metric.name, metric.unit, labels.join(", "), metric.about);
        writeln!(out, "| `{name}` | {kind} | {unit} | {labels} | {about} |").unwrap();
    }
    out.push_str(SPANS);
    for attribute in ATTRIBUTES {
        writeln!(out, "| `{}` | {} |", attribute.name, attribute.about).unwrap();
    }
    out
}

#[test]
fn the_page_is_the_one_committed() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/observability.md");
    let made = page();
    if std::env::var_os("UPDATE").is_some() {
        fs::write(path, made).unwrap();
        return;
    }
    assert!(
        fs::read_to_string(path).unwrap() == made,
        "run with UPDATE=1"
    );
}
