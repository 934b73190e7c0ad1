//! Queues of work: tasks that are claimed for a while, acknowledged, and tried again.

use super::forms::{COUNT, DURATION, NAME};
use super::shape::{Field, Object, Role, Shape, field};
use super::values::VALUE_EXPRESSION;

pub(super) const QUEUE: Field = field!(
    "queue",
    Shape::Object(&QUEUE_RULE),
    "{ payload: json<Task>, lease: 30s, max_attempts: 5 }",
    "Work that is claimed for a while, acknowledged, and tried again. It needs no `ttl:`: the key stays while there is work.",
    role = Role::Choice,
    also = ["work_queue", "task_queue", "tasks", "job_queue", "jobs"]
);

static QUEUE_RULE: Object = Object {
    called: "a queue",
    name: "queue",
    about: "Tasks that workers claim for a while. A task is done when it is acknowledged; one whose worker is gone is somebody else's when \
            its lease is over, so a task may be worked on more than once. What is in the tasks is kept under the key's own name with \
            `:tasks` behind it, which is declared thereby.",
    choice: None,
    fields: &[
        field!(
            "payload",
            Shape::Named(&VALUE_EXPRESSION),
            "json<Task>",
            "What a task carries.",
            role = Role::Required,
            also = ["value", "of", "task", "entry", "type"]
        ),
        field!(
            "lease",
            Shape::Text(&DURATION),
            "30s",
            "How long a claimed task is left to its worker, by the server's clock, unless the worker extends it.",
            role = Role::Required,
            also = ["visibility", "visibility_timeout", "timeout", "min_idle"]
        ),
        field!(
            "max_attempts",
            Shape::Number { min: 1, max: 1_000 },
            "5",
            "How often a task is claimed before it is dead. A lease that ends without a word counts.",
            role = Role::Required,
            also = ["attempts", "max_deliveries", "retries", "max_retries"]
        ),
        field!(
            "backoff",
            Shape::Object(&BACKOFF),
            "{ first: 1s, max: 10m }",
            "How long a task waits that a worker could not do. One whose lease has ended does not wait.",
            default = "it does not wait",
            also = ["retry", "retry_delay", "delay"]
        ),
        field!(
            "priorities",
            Shape::List(&Shape::Text(&NAME)),
            "[high, normal, low]",
            "Names of priorities, the most urgent first: a task is claimed only when none of a more urgent one is left. Sixteen at most.",
            default = "all tasks are alike",
            also = ["priority", "levels"]
        ),
        field!(
            "keep",
            Shape::Object(&KEEP),
            "{ done: 1h, dead: 14d, max_dead: 10k }",
            "How long is known of tasks that are over.",
            default = "`{ done: 1h, dead: 14d, max_dead: 10k }`",
            also = ["retention", "history", "remember"]
        ),
    ],
};

static BACKOFF: Object = Object {
    called: "a back-off",
    name: "back-off",
    about: "The wait doubles with each attempt: half of it is certain, the rest is left to chance, so that what failed together does not \
            come back together.",
    choice: None,
    fields: &[
        field!(
            "first",
            Shape::Text(&DURATION),
            "1s",
            "The wait after the first attempt.",
            role = Role::Required,
            also = ["base", "initial", "min"]
        ),
        field!(
            "max",
            Shape::Text(&DURATION),
            "10m",
            "The longest wait.",
            role = Role::Required,
            also = ["cap", "most", "limit"]
        ),
    ],
};

static KEEP: Object = Object {
    called: "what is kept",
    name: "what a queue keeps",
    about: "What is known of tasks that are over.",
    choice: None,
    fields: &[
        field!(
            "done",
            Shape::Text(&DURATION),
            "1h",
            "For so long the id of a task that is done is known: the same id is not taken again, and an acknowledgement that is \
             repeated is known again.",
            default = "`1h`",
            also = ["completed", "unique"]
        ),
        field!(
            "dead",
            Shape::Text(&DURATION),
            "14d",
            "For so long a task that is given up is kept, with its payload.",
            default = "`14d`",
            also = ["failed", "dead_letter"]
        ),
        field!(
            "max_dead",
            Shape::Text(&COUNT),
            "10k",
            "How many dead tasks are kept at most; the oldest go first.",
            default = "`10k`",
            also = ["dead_max", "max"]
        ),
    ],
};
