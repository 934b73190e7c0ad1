//! Features that only newer servers, or only some, have.

use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::lower::{Draft, Header};
use crate::model::{Flavour, Key, Lifetime, OnWrite, StreamTrim, Structure, TypeKind, Version};
use crate::source::Span;

/// Something a schema may ask of the server.
struct Feature {
    /// Completes "`key` needs …".
    name: &'static str,
    /// First Redis that has it.
    redis: Version,
    /// First Valkey that has it, if any.
    valkey: Option<Version>,
    /// What else one could declare.
    instead: &'static str,
}

const FIRST_VALKEY: Option<Version> = Some(Version::new(7, 2));

const STREAM: Feature = Feature {
    name: "streams",
    redis: Version::new(5, 0),
    valkey: FIRST_VALKEY,
    instead: "declare a `list:`",
};
const PROGRESS_EVENTS: Feature = Feature {
    instead: "leave `events:` out",
    ..STREAM
};
const TRIM_BY_AGE: Feature = Feature {
    name: "trimming of streams by age",
    redis: Version::new(6, 2),
    valkey: FIRST_VALKEY,
    instead: "write `maxlen:` in place of `max_age:`",
};
const TAKE_OVER: Feature = Feature {
    name: "taking over entries by how long they lay",
    redis: Version::new(6, 2),
    valkey: FIRST_VALKEY,
    instead: "remove `min_idle:`, and claim entries by their identifiers",
};
const KEEP_TTL: Feature = Feature {
    name: "writing a string while keeping its lifetime",
    redis: Version::new(6, 0),
    valkey: FIRST_VALKEY,
    instead: "write `on_write: refresh`",
};
const REFRESH_ON_READ: Feature = Feature {
    name: "reading a string and renewing its lifetime in one command",
    redis: Version::new(6, 2),
    valkey: FIRST_VALKEY,
    instead: "remove `on_read:`",
};
const GEO_SEARCH: Feature = Feature {
    name: "searching by coordinates",
    redis: Version::new(6, 2),
    valkey: FIRST_VALKEY,
    instead: "keep the members in a `set:`",
};
const SHARDED: Feature = Feature {
    name: "sharded channels",
    redis: Version::new(7, 0),
    valkey: FIRST_VALKEY,
    instead: "remove `sharded: true`",
};
const CACHE: Feature = Feature {
    name: "caches",
    redis: Version::new(6, 0),
    valkey: FIRST_VALKEY,
    instead: "declare `string: json<T>`, and load by `get_or_load`",
};
const JSON_DOCUMENT: Feature = Feature {
    name: "JSON documents of the server",
    redis: Version::new(8, 0),
    valkey: None,
    instead: "declare `string: json<T>`",
};

const FIELD_TTL: Feature = Feature {
    name: "lifetimes of single fields",
    redis: Version::new(7, 4),
    valkey: Some(Version::new(9, 0)),
    instead: "leave them to the lifetime of the key",
};

pub(super) fn check(draft: &Draft, header: &Header, sink: &mut Sink) {
    for key in draft.keys.iter().flatten() {
        for feature in needed(key, draft) {
            report(feature, key.name.as_str(), key.span, header, sink);
        }
    }
    for channel in draft
        .channels
        .iter()
        .flatten()
        .filter(|channel| channel.sharded)
    {
        report(&SHARDED, channel.name.as_str(), channel.span, header, sink);
    }
}

fn needed(key: &Key, draft: &Draft) -> Vec<&'static Feature> {
    let mut features = Vec::new();
    if key.field_ttl.is_some() {
        features.push(&FIELD_TTL);
    }
    match &key.structure {
        Structure::Stream { trim, groups, .. } => {
            features.push(&STREAM);
            if matches!(trim, Some(StreamTrim::MinAge { .. })) {
                features.push(&TRIM_BY_AGE);
            }
            if groups.iter().any(|group| group.min_idle_ms.is_some()) {
                features.push(&TAKE_OVER);
            }
        }
        Structure::Hash(id) => {
            let kind = draft.ty(*id).map(|def| &def.kind);
            if let Some(TypeKind::Struct(record)) = kind
                && record.fields.iter().any(|field| field.ttl.is_some())
            {
                features.push(&FIELD_TTL);
            }
        }
        Structure::Geo(_) => features.push(&GEO_SEARCH),
        Structure::JsonDocument(_) => features.push(&JSON_DOCUMENT),
        Structure::Cache(_) => features.push(&CACHE),
        Structure::ProgressEvents { .. } => features.push(&PROGRESS_EVENTS),
        _ => {}
    }
    if let (Lifetime::Expires(expiry), Structure::String(_)) = (&key.lifetime, &key.structure) {
        if expiry.on_write != OnWrite::Refresh {
            features.push(&KEEP_TTL);
        }
        if expiry.refresh_on_read {
            features.push(&REFRESH_ON_READ);
        }
    }
    features
}

fn report(feature: &Feature, name: &str, span: Span, header: &Header, sink: &mut Sink) {
    let server = &header.server;
    let (flavour, first) = match server.flavour {
        Flavour::Redis => ("Redis", Some(feature.redis)),
        Flavour::Valkey => ("Valkey", feature.valkey),
    };
    let Some(first) = first else {
        sink.push(
            Diagnostic::error(
                Code::E0902,
                span,
                format!("`{name}` needs {}, which {flavour} lacks", feature.name),
            )
            .label(format!("not part of {flavour}"))
            .help(feature.instead),
        );
        return;
    };
    if server.min >= first {
        return;
    }
    let message = format!(
        "`{name}` needs {}, which {flavour} has from {first} on",
        feature.name
    );
    let mut finding = Diagnostic::error(Code::E0901, span, message)
        .label(format!("the schema is for {flavour} {} too", server.min))
        .help(match header.server_span {
            Some(_) => format!(
                "write `server: {{ min: \"{first}\" }}` if no older one is in use; else {}",
                feature.instead
            ),
            None => format!(
                "add `server: {{ min: \"{first}\" }}` if no older one is in use; else {}",
                feature.instead
            ),
        });
    if let Some(span) = header.server_span {
        finding = finding.related(span, "declared here");
    }
    sink.push(finding);
}
