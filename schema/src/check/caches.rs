//! Caches and their tags: lifetimes that mean something, and tags that can do their work.

use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::lower::Draft;
use crate::model::{
    Cache, Durability, Expiry, Key, Lifetime, OnWrite, Segment, Structure, Tag, TtlRule,
};

/// Most tags of a cache: each is read with every hit.
const MOST_TAGS: usize = 8;

pub(super) fn check(draft: &Draft, sink: &mut Sink) {
    for key in draft.keys.iter().flatten() {
        match &key.structure {
            Structure::Cache(cache) => {
                lifetime(key, sink);
                replicas(key, sink);
                durability(key, sink);
                tags(draft, key, cache, sink);
            }
            Structure::CacheTag => {
                lifetime(key, sink);
                replicas(key, sink);
            }
            _ => {}
        }
    }
}

/// An entry is fresh for a time after it was loaded, and nothing but loading it makes it fresh again.
fn lifetime(key: &Key, sink: &mut Sink) {
    let what = match &key.lifetime {
        Lifetime::External => return,
        Lifetime::None { .. } => "never ends",
        Lifetime::Expires(expiry) => match wrong(expiry) {
            Some(what) => what,
            None => return,
        },
    };
    let message = format!("a lifetime of `{}` that {what}", key.name);
    sink.push(
        Diagnostic::error(Code::E1211, key.span, message)
            .label("it is written anew as a whole, and then lives its time")
            .help("write a duration: `ttl: 5m`, or `ttl: { default: 5m, jitter: 10%, env: MODEL_TTL }`"),
    );
}

fn wrong(expiry: &Expiry) -> Option<&'static str> {
    match expiry {
        Expiry {
            rule: TtlRule::EndOfDay,
            ..
        } => Some("ends at an hour of the day"),
        Expiry {
            refresh_on_read: true,
            ..
        } => Some("is lengthened by reading"),
        Expiry {
            on_write: OnWrite::Keep | OnWrite::SetOnce,
            ..
        } => Some("is kept by writes"),
        _ => None,
    }
}

/// A replica that is behind would answer what was invalidated.
fn replicas(key: &Key, sink: &mut Sink) {
    if !key.replica_ok {
        return;
    }
    let message = format!("replicas cannot answer reads of `{}`", key.name);
    sink.push(
        Diagnostic::error(Code::E0803, key.span, message)
            .label("one that is behind has what was invalidated")
            .help("take out `replica_ok`"),
    );
}

/// What is loaded again where it is missing may be missing.
fn durability(key: &Key, sink: &mut Sink) {
    if key.durability != Some(Durability::Durable) {
        return;
    }
    let message = format!("the cache `{}` must not be lost", key.name);
    sink.push(
        Diagnostic::error(Code::E1213, key.span, message)
            .label("every entry of a cache may go at any time")
            .help("write `durability: cache`; what is nowhere else is no cache but a `string:`"),
    );
}

fn tags(draft: &Draft, key: &Key, cache: &Cache, sink: &mut Sink) {
    if let Some(beyond) = cache.tags.get(MOST_TAGS) {
        let message = format!("`{}` has {} tags", key.name, cache.tags.len());
        sink.push(
            Diagnostic::error(Code::E1212, beyond.span, message)
                .label(format!("more than {MOST_TAGS}"))
                .help(
                    "every hit reads all of them: let one tag stand for what is forgotten together",
                ),
        );
    }
    for tag in &cache.tags {
        let Some(other) = draft.key(tag.key) else {
            continue;
        };
        if let Some((what, label, help)) = unfit(key, cache, other) {
            sink.push(refused(key, tag, other, &what, label, help));
        }
    }
}

fn refused(
    key: &Key,
    tag: &Tag,
    other: &Key,
    what: &str,
    label: &'static str,
    help: String,
) -> Diagnostic {
    let message = format!("`{}` is no tag of `{}`: {what}", other.name, key.name);
    Diagnostic::error(Code::E1212, tag.span, message)
        .label(label)
        .related(other.span, "declared here")
        .help(help)
}

/// What is wrong, how to label it, and what to do.
fn unfit(key: &Key, cache: &Cache, tag: &Key) -> Option<(String, &'static str, String)> {
    if tag.structure != Structure::CacheTag {
        return Some((
            format!("it is a {}", tag.structure.name()),
            "another structure",
            format!(
                "declare a key of its own: `{}_tag: {{ key: \"tag:…\", ttl: …, cache_tag: {{}} }}`",
                tag.name
            ),
        ));
    }
    if tag.database != key.database {
        return Some((
            "it lives in another database".to_owned(),
            "an entry is read with its tags",
            format!("let `{}` live where `{}` does (`in:`)", tag.name, key.name),
        ));
    }
    let optional = |part: &Segment| matches!(part, Segment::Optional(_));
    if tag.template.segments.iter().any(optional) {
        return Some((
            "a part of its template may be absent".to_owned(),
            "which of its names is meant?",
            "declare two tags, one with the part and one without".to_owned(),
        ));
    }
    let (needed, has) = (longest(key)?, shortest(tag)?);
    let needed = needed + cache.stale_ms + cache.load_lease_ms;
    (has < needed).then(|| {
        (
            "it lives shorter than the entries".to_owned(),
            "an entry ends with its tag",
            format!(
                "let `{}` live {} at least: the lifetime of `{}` with its jitter, `stale` and `load_lease`",
                tag.name,
                written(needed),
                key.name
            ),
        )
    })
}

fn longest(key: &Key) -> Option<u64> {
    let (millis, share) = declared(key)?;
    Some(millis + millis / 1000 * share + millis % 1000 * share / 1000)
}

fn shortest(key: &Key) -> Option<u64> {
    let (millis, share) = declared(key)?;
    Some(millis - (millis / 1000 * share + millis % 1000 * share / 1000))
}

fn declared(key: &Key) -> Option<(u64, u64)> {
    let Lifetime::Expires(expiry) = &key.lifetime else {
        return None;
    };
    let TtlRule::After(time) = expiry.rule else {
        return None;
    };
    let millis = u64::try_from(time.as_millis()).ok()?;
    Some((millis, u64::from(expiry.jitter_permille)))
}

/// `6m`, `90s`: rounded up to whole seconds, in the largest unit that divides it.
fn written(millis: u64) -> String {
    let seconds = millis.div_ceil(1000);
    for (unit, name) in [(86_400, "d"), (3600, "h"), (60, "m")] {
        if seconds.is_multiple_of(unit) {
            return format!("{}{name}", seconds / unit);
        }
    }
    format!("{seconds}s")
}
