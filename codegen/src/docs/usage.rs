//! Short Rust examples.

use crate::rust::given as rust_given;
use redis_schema_model::model::{
    Acknowledge, Channel, Group, Key, Name, ParamId, ParamType, Queue, Schema, Structure, Type,
    Unit,
};

/// How to use a key; `None` when nothing is generated for it.
#[must_use]
pub(crate) fn key(schema: &Schema, key: &Key) -> Option<String> {
    let lines: &[&str] = match &key.structure {
        Structure::String(_) => &["KEY.set(&value).await?;", "let value = KEY.get().await?;"],
        Structure::Counter(Type::Float(_)) => &[
            "let number = KEY.incr_by_float(0.5).await?;",
            "let number = KEY.get().await?;",
        ],
        Structure::Counter(_) => &[
            "let number = KEY.incr().await?;",
            "let number = KEY.get().await?;",
        ],
        Structure::Hash(_) => &[
            "KEY.hset(&record).await?;",
            "let record = KEY.hgetall().await?;",
        ],
        Structure::HashMap { .. } => &[
            "KEY.hset(&field, &value).await?;",
            "let value = KEY.hget(&field).await?;",
        ],
        Structure::List(_) => match &key.queue {
            None => &[
                "KEY.rpush(&value).await?;",
                "let values = KEY.all().await?;",
            ],
            Some(Queue {
                processing: None, ..
            }) => &["KEY.push(&value).await?;", "let next = KEY.pop().await?;"],
            Some(_) => &["KEY.push(&value).await?;"],
        },
        Structure::Set(_) => &[
            "KEY.sadd(&value).await?;",
            "let values = KEY.smembers().await?;",
        ],
        Structure::ZSet { .. } => &[
            "KEY.zadd(&member, score).await?;",
            "let highest = KEY.zrevrange_withscores(0, 9).await?;",
        ],
        Structure::Stream { .. } => &[
            "let id = KEY.xadd(&entry).await?;",
            "let entries = KEY.xrange(..).await?;",
        ],
        Structure::Bitmap => &[
            "KEY.setbit(BIT, true).await?;",
            "let count = KEY.bitcount().await?;",
        ],
        Structure::HyperLogLog(_) => &[
            "KEY.pfadd(&value).await?;",
            "let about = KEY.pfcount().await?;",
        ],
        Structure::Geo(_) => &[
            "KEY.geo_add(&member, Coordinates::new(longitude, latitude)).await?;",
            "let place = KEY.geo_pos(&member).await?;",
        ],
        Structure::JsonDocument(_) => &[
            "KEY.json_set(&document).await?;",
            "let document = KEY.json_get().await?;",
        ],
        Structure::RateLimit(_) => &[
            "let decision = KEY.admit().await?;",
            "let may_go_on = decision.allowed;",
        ],
        Structure::Lock { fenced: true, .. } => &[
            "let guard = KEY.acquire().await?;",
            "let number = guard.fence();",
            "guard.release().await?;",
        ],
        Structure::Lock { .. } | Structure::Semaphore { .. } => &[
            "let guard = KEY.acquire().await?;",
            "guard.release().await?;",
        ],
        Structure::Fence { .. } => &["let number = KEY.get().await?;"],
        Structure::Cache(_) => &[],
        Structure::CacheTag => &["KEY.invalidate().await?;"],
        Structure::Progress(_) => &[
            "KEY.begin(items).await?;",
            "let reported = KEY.report(&item, value).await?;",
            "let snapshot = KEY.snapshot().await?;",
        ],
        Structure::ProgressEvents { .. } => &["let events = KEY.recent(10).await?;"],
        Structure::Queue(queue) if queue.priorities.is_empty() => &[
            "let added = KEY.enqueue(&value).await?;",
            "let tasks = KEY.claim_within(10, wait).await?;",
            "for task in tasks {",
            "    let done = KEY.ack(&task).await?;",
            "}",
        ],
        Structure::Queue(_) => &[
            "let added = KEY.enqueue_with(&value, PRIORITY).await?;",
            "let tasks = KEY.claim_within(10, wait).await?;",
            "for task in tasks {",
            "    let done = KEY.ack(&task).await?;",
            "}",
        ],
        Structure::QueueTasks { .. } => &["let there = KEY.exists().await?;"],
        Structure::Session(_) => &[
            "let seen = KEY.get_and_touch().await?;",
            "KEY.revoke().await?;",
        ],
        Structure::SessionIndex { .. } => &[
            "let token = KEY.create(&value).await?;",
            "let token = KEY.rotate(&token).await?;",
            "let devices = KEY.list().await?;",
            "KEY.revoke_all().await?;",
        ],
        Structure::External(_) => return None,
    };
    let variable = ident(&key.name);
    let first = format!(
        "let {variable} = store.{variable}({});",
        arguments(schema, &key.template.params())
    );
    // A bit that has a name is called by it.
    let bit = key.bits.first().map_or_else(
        || "7".to_owned(),
        |bit| format!("keys::{}Bit::{}", key.name.camel(), bit.name.camel()),
    );
    let rest = lines.iter();
    let rest = rest.map(|line| {
        let line = line.replace("PRIORITY", &priority(key));
        line.replace("BIT", &bit).replace("KEY", &variable)
    });
    let rest = rest.chain(processed(schema, key, &variable));
    let rest = rest.chain(cached(schema, key, &variable));
    let rest = rest.chain(begun(key));
    let rest = rest.chain(followed(key, &variable));
    let rest = rest.chain(consumers(key, &variable));
    Some(
        std::iter::once(first)
            .chain(rest)
            .collect::<Vec<_>>()
            .join("\n"),
    )
}

/// The most urgent priority of a queue.
fn priority(key: &Key) -> String {
    match &key.structure {
        Structure::Queue(queue) => queue.priorities.first().map_or_else(String::new, |first| {
            format!("keys::{}Priority::{}", key.name.camel(), first.camel())
        }),
        _ => String::new(),
    }
}

/// How a value is worked on that lies in another list meanwhile.
fn processed(schema: &Schema, key: &Key, queue: &str) -> Vec<String> {
    let Some(id) = key.queue.as_ref().and_then(|queue| queue.processing) else {
        return Vec::new();
    };
    let other = ident(&schema[id].name);
    let arguments = arguments(schema, &schema[id].template.params());
    vec![
        format!("let {other} = store.{other}({arguments});"),
        format!("let next = {queue}.take(&{other}).await?;"),
        format!("let was_there = {queue}.done(&{other}, &value).await?;"),
    ]
}

/// How a cache is read, filled and emptied.
fn cached(schema: &Schema, key: &Key, cache: &str) -> Vec<String> {
    let Structure::Cache(_) = &key.structure else {
        return Vec::new();
    };
    let given = rust_given(schema, key);
    let forget = format!("{cache}.invalidate().await?;");
    if given.is_empty() {
        return vec![
            format!("let found = {cache}.get_or_load(load).await?;"),
            format!("{cache}.put(&value).await?;"),
            forget,
        ];
    }
    let fields: Vec<String> = given.iter().map(|id| field(schema, *id)).collect();
    vec![
        format!(
            "let tags = tags::{} {{ {} }};",
            key.name.camel(),
            fields.join(", ")
        ),
        format!("let found = {cache}.get_or_load_tagged(tags.clone(), load).await?;"),
        format!("{cache}.put_tagged(&value, tags).await?;"),
        forget,
    ]
}

/// How a session that no index holds is made.
fn begun(key: &Key) -> Option<String> {
    match &key.structure {
        Structure::Session(session) if session.index.is_none() => Some(format!(
            "let token = store.family::<keys::{}<'_>>().create(&value).await?;",
            key.name.camel()
        )),
        _ => None,
    }
}

/// How a progress is followed whose reports are events.
fn followed(key: &Key, progress: &str) -> Vec<String> {
    match &key.structure {
        Structure::Progress(it) if it.events.is_some() => vec![
            format!("let mut later = {progress}.follow(snapshot.at);"),
            "let next = later.next().await;".to_owned(),
        ],
        _ => Vec::new(),
    }
}

/// How a declared group reads a stream: the first one, and those after it likewise.
fn consumers(key: &Key, stream: &str) -> Vec<String> {
    let Structure::Stream { groups, .. } = &key.structure else {
        return Vec::new();
    };
    let Some(group) = groups.first() else {
        return Vec::new();
    };
    let mut lines = vec![
        format!(
            "let group = {stream}.group(consumers::{stream}::{});",
            group.name.camel()
        ),
        "group.create().await?;".to_owned(),
        "let mut mine = group.consume(\"worker-1\");".to_owned(),
        "let next = mine.next().await;".to_owned(),
    ];
    if group.ack == Acknowledge::After {
        lines.push("group.ack([id]).await?;".to_owned());
    }
    lines
}

/// How to use a channel.
#[must_use]
pub(super) fn channel(schema: &Schema, channel: &Channel) -> String {
    let variable = ident(&channel.name);
    format!(
        "let {variable} = store.{}({});\nlet mut messages = {variable}.subscribe().await?;\n{variable}.publish(&message).await?;\nlet heard = messages.next().await;",
        ident(&channel.name),
        arguments(schema, &channel.template.params())
    )
}

/// How to use a unit.
#[must_use]
pub(crate) fn unit(schema: &Schema, unit: &Unit) -> String {
    let params: Vec<String> = unit
        .params
        .iter()
        .map(|id| ident(&schema[*id].name))
        .collect();
    let mut lines = vec![format!("let unit = units::{} {{", unit.name.camel())];
    for id in &unit.params {
        lines.push(format!("    {},", field(schema, *id)));
    }
    for id in &unit.writes {
        let name = ident(&schema[*id].name);
        // As the emitter does: a parameter has the name first.
        let field = match params.contains(&name) {
            true => format!("{}_value", schema[*id].name.snake()),
            false => name,
        };
        lines.push(format!("    {field}: &{field},"));
    }
    lines.push("};".to_owned());
    lines.push(format!("store.{}(unit).await?;", ident(&unit.name)));
    lines.join("\n")
}

/// A field that holds a parameter, filled from a variable of its name.
fn field(schema: &Schema, id: ParamId) -> String {
    let name = ident(&schema[id].name);
    // Texts are borrowed or owned, as the caller likes.
    let own_type = schema[id].rust.is_some();
    match &schema[id].ty {
        ParamType::Slug { .. }
        | ParamType::Rest { .. }
        | ParamType::Hex(_)
        | ParamType::String { .. }
            if !own_type =>
        {
            format!("{name}: {name}.into()")
        }
        _ => name,
    }
}

/// How to use a group.
#[must_use]
pub(super) fn group(schema: &Schema, group: &Group) -> String {
    let call = format!(
        "store.{}({})",
        ident(&group.name),
        arguments(schema, &[group.by])
    );
    format!("let keys = {call}.list().await?;\nlet deleted = {call}.invalidate().await?;")
}

fn arguments(schema: &Schema, params: &[ParamId]) -> String {
    let names: Vec<String> = params.iter().map(|id| ident(&schema[*id].name)).collect();
    names.join(", ")
}

/// A name as a Rust identifier.
fn ident(name: &Name) -> String {
    let name = name.snake();
    if KEYWORDS.contains(&name.as_str()) {
        format!("r#{name}")
    } else {
        name
    }
}

/// Words that are identifiers only in raw form.
const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let",
    "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return",
    "static", "struct", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use",
    "virtual", "where", "while", "yield",
];
