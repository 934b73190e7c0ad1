//! Structures and values.

use redis_schema_model::model;

use super::{Source, ms};
use crate::facts::{ConsumerGroup, Hold, LimitRule, Structure, Trim, Value, duration};

impl Source<'_> {
    pub(super) fn structure(&self, id: model::KeyId, key: &model::Key) -> Structure {
        let queue = key.queue.as_ref();
        match &key.structure {
            model::Structure::String(value) => Structure::String {
                value: self.value(value),
            },
            model::Structure::Counter(ty) => Structure::Counter { ty: self.ty(ty) },
            model::Structure::Hash(id) => Structure::Hash {
                record: self.type_name(*id),
            },
            model::Structure::HashMap { field, value } => Structure::HashMap {
                field: self.value(field),
                value: self.value(value),
            },
            model::Structure::List(member) => Structure::List {
                member: self.value(member),
                order: queue.map(|queue| order_word(queue.order).to_owned()),
                processing: queue
                    .and_then(|queue| queue.processing)
                    .map(|id| self.schema[id].name.to_string()),
            },
            model::Structure::Set(member) => Structure::Set {
                member: self.value(member),
            },
            model::Structure::ZSet { member, score } => Structure::Zset {
                member: self.value(member),
                score: score_word(score.unit).to_owned(),
            },
            model::Structure::Stream {
                entry,
                trim,
                groups,
            } => Structure::Stream {
                entry: self.type_name(*entry),
                trim: trim.map(trim_of),
                groups: groups.iter().map(|group| group.name.to_string()).collect(),
                policies: groups
                    .iter()
                    .map(|group| (group.name.to_string(), self.consumer_group(group)))
                    .filter(|(_, group)| *group != ConsumerGroup::default())
                    .collect(),
                removed: self.removed(model::Part::Group(id)),
            },
            model::Structure::Bitmap => Structure::Bitmap,
            model::Structure::HyperLogLog(element) => Structure::HyperLogLog {
                element: self.value(element),
            },
            model::Structure::Geo(member) => Structure::Geo {
                member: self.value(member),
            },
            model::Structure::JsonDocument(ty) => Structure::JsonDocument { ty: self.ty(ty) },
            model::Structure::RateLimit(limiter) => Structure::RateLimit {
                algorithm: limiter.algorithm.word().to_owned(),
                rules: limits(limiter),
                max_cost: limiter.max_cost,
            },
            model::Structure::Lock { hold, fenced } => Structure::Lock {
                hold: hold_of(hold),
                fencing: *fenced,
            },
            model::Structure::Semaphore { hold, permits } => Structure::Semaphore {
                permits: *permits,
                hold: hold_of(hold),
            },
            model::Structure::Fence { lock } => Structure::Fence {
                lock: self.schema[*lock].name.to_string(),
            },
            model::Structure::Cache(cache) => Structure::Cache {
                value: self.value(&cache.value),
                stale_ms: cache.stale_ms,
                negative_ms: cache.negative_ms,
                load_lease_ms: cache.load_lease_ms,
                tags: cache
                    .tags
                    .iter()
                    .map(|tag| self.schema[tag.key].name.to_string())
                    .collect(),
            },
            model::Structure::CacheTag => Structure::CacheTag,
            model::Structure::Progress(progress) => self.progress(progress),
            model::Structure::ProgressEvents { progress } => Structure::ProgressEvents {
                progress: self.schema[*progress].name.to_string(),
            },
            model::Structure::Queue(queue) => self.work(queue),
            model::Structure::QueueTasks { queue } => Structure::QueueTasks {
                queue: self.schema[*queue].name.to_string(),
            },
            model::Structure::Session(session) => Structure::Session {
                data: self.value(&session.data),
                idle_ms: session.idle_ms,
                touch_after_ms: session.touch_after_ms,
                index: session
                    .index
                    .map(|index| self.schema[index.key].name.to_string()),
            },
            model::Structure::SessionIndex { session } => Structure::SessionIndex {
                session: self.schema[*session].name.to_string(),
            },
            model::Structure::External(kind) => Structure::External {
                kind: external_word(*kind).to_owned(),
            },
        }
    }

    fn work(&self, queue: &model::WorkQueue) -> Structure {
        Structure::Queue {
            payload: self.value(&queue.payload),
            lease_ms: ms(queue.lease),
            max_attempts: queue.max_attempts,
            backoff: queue.backoff.map(backoff),
            priorities: queue.priorities.iter().map(ToString::to_string).collect(),
            keep_done_ms: ms(queue.keep.done),
            keep_dead_ms: ms(queue.keep.dead),
            max_dead: queue.keep.max_dead,
        }
    }

    fn progress(&self, progress: &model::Progress) -> Structure {
        let events = progress.events.as_ref();
        let message = events.and_then(|events| events.message.as_ref());
        Structure::Progress {
            item: self.value(&progress.item),
            max: progress.max,
            allow_decrease: progress.allow_decrease,
            allow_unknown: progress.allow_unknown,
            events: events.map(|events| trim_of(events.trim)),
            message: message.map(|message| self.value(message)),
        }
    }

    fn consumer_group(&self, group: &model::ConsumerGroup) -> ConsumerGroup {
        let gives_up = group.gives_up.as_ref();
        ConsumerGroup {
            start_new: group.start == model::GroupStart::New,
            ack_before: group.ack == model::Acknowledge::Before,
            min_idle_ms: group.min_idle_ms,
            heartbeat_ms: group.heartbeat_ms,
            max_deliveries: gives_up.map(|it| it.max_deliveries),
            dead_letter: gives_up.map(|it| self.schema[it.dead_letter].name.to_string()),
        }
    }

    pub(super) fn value(&self, value: &model::Value) -> Value {
        let codec = match value.encoding.codec {
            model::Codec::Text => "text",
            model::Codec::Json => "json",
            model::Codec::MsgPack => "msgpack",
            model::Codec::Bytes => "bytes",
        };
        Value {
            ty: self.ty(&value.ty),
            codec: codec.to_owned(),
            zstd_over: value.encoding.zstd_over,
            refers: value.refers.map(|(key, param)| {
                let key = &self.schema[key].name;
                param.map_or_else(
                    || key.to_string(),
                    |param| format!("{key}.{}", self.param_name(param)),
                )
            }),
        }
    }
}

/// Rules in order of their windows: another order is no change.
fn limits(limiter: &model::RateLimit) -> Vec<LimitRule> {
    let mut rules: Vec<LimitRule> = limiter.rules.iter().map(limit).collect();
    rules.sort_by_key(|rule| rule.window_ms);
    rules
}

fn limit(rule: &model::LimitRule) -> LimitRule {
    LimitRule {
        window_ms: super::ms(rule.window),
        calls: rule.calls,
        burst: (rule.burst != rule.calls).then_some(rule.burst),
    }
}

fn hold_of(hold: &model::Hold) -> Hold {
    Hold {
        wait_ms: hold.wait.map(ms),
        renew: hold.renew,
        max_hold_ms: hold.max_hold.map(ms),
    }
}

fn backoff(backoff: model::Backoff) -> String {
    let (first, most) = (duration(ms(backoff.first)), duration(ms(backoff.max)));
    format!("{first} to {most}")
}

const fn order_word(order: model::ListOrder) -> &'static str {
    match order {
        model::ListOrder::Fifo => "fifo",
        model::ListOrder::Lifo => "lifo",
    }
}

const fn score_word(unit: model::ScoreUnit) -> &'static str {
    match unit {
        model::ScoreUnit::TimestampS => "timestamp_s",
        model::ScoreUnit::TimestampMs => "timestamp_ms",
        model::ScoreUnit::Rank => "rank",
        model::ScoreUnit::Float => "float",
    }
}

const fn trim_of(trim: model::StreamTrim) -> Trim {
    match trim {
        model::StreamTrim::MaxLen { count, approx } => Trim::MaxLen { count, approx },
        model::StreamTrim::MinAge { ms, approx } => Trim::MinAge { ms, approx },
    }
}

const fn external_word(kind: model::ExternalKind) -> &'static str {
    match kind {
        model::ExternalKind::Any => "any",
        model::ExternalKind::String => "string",
        model::ExternalKind::Hash => "hash",
        model::ExternalKind::List => "list",
        model::ExternalKind::Set => "set",
        model::ExternalKind::ZSet => "zset",
        model::ExternalKind::Stream => "stream",
    }
}
