//! How strict `check` is: sets of rules, single rules, exceptions by path, and rules of one's own.

use super::forms::{CONDITION, DURATION_RANGE, OWN_RULE, RULE, WORDS};
use super::shape::{Field, Object, Role, Shape, Word, field};

/// `lint:` of a policy.
pub(super) const LINT: Field = field!(
    "lint",
    Shape::Object(&LINTS),
    "{ set: strict }",
    "Which lint rules `check` applies to this schema, and how strictly.",
    also = ["lints", "rules"]
);

/// How strict `check` is.
pub(super) static LINTS: Object = Object {
    called: "lint settings",
    name: "lint",
    about: "Which lint rules `check` applies, and how strictly. What the command line says goes before what stands here.",
    choice: None,
    fields: &[
        field!(
            "set",
            Shape::Either(&[SET, Shape::List(&SET)]),
            "[standard, docs]",
            "The sets of rules.",
            default = "`standard`",
            also = ["sets", "level", "preset"]
        ),
        field!(
            "rules",
            Shape::Names {
                name: &RULE,
                value: &SEVERITY
            },
            "{ L401: deny, L412: allow }",
            "Single rules, whatever the sets say of them.",
            also = ["rule", "severity"]
        ),
        field!(
            "allow",
            Shape::List(&Shape::Object(&EXCEPTION)),
            "[]",
            "Places where a rule does not hold. Beside the thing itself, `allow: { L401: reason }` says the same.",
            also = ["ignore", "suppress", "exclude"]
        ),
        field!(
            "namespaces",
            Shape::List(&Shape::Text(&WORDS)),
            "[job, session, cache]",
            "First segments that keys may have, prefix included; `KEY_NAMESPACED` refuses others.",
            default = "any",
            also = ["prefixes"]
        ),
        field!(
            "ttl",
            Shape::Text(&DURATION_RANGE),
            "1s..90d",
            "Shortest and longest lifetime, for `TTL_RANGE`.",
            default = "`1ms..366d`",
            also = ["lifetimes"]
        ),
        field!(
            "own",
            Shape::Names {
                name: &OWN_RULE,
                value: &Shape::Object(&OWN)
            },
            "{ X001: { for: keys, require: \"owner != \\\"\\\"\", message: Name a team } }",
            "Rules of your own by code: conditions that every thing of a kind must keep.",
            also = ["custom", "expressions"]
        ),
    ],
};

const SET: Shape = Shape::Words(&[
    Word {
        text: "none",
        about: "No rule but those that are named.",
    },
    Word {
        text: "minimal",
        about: "What is hardly ever right.",
    },
    Word {
        text: "standard",
        about: "What most keyspaces should keep; it includes `minimal`.",
    },
    Word {
        text: "strict",
        about: "Opinions; it includes `standard`.",
    },
    Word {
        text: "docs",
        about: "Everything is described.",
    },
    Word {
        text: "cluster",
        about: "What a cluster asks for, before `topology: cluster` demands it.",
    },
]);

const SEVERITY: Shape = Shape::Words(&[
    Word {
        text: "allow",
        about: "It is not shown.",
    },
    Word {
        text: "warn",
        about: "It is shown.",
    },
    Word {
        text: "deny",
        about: "It is shown, and `check` exits with 1.",
    },
]);

/// An exception by path.
static EXCEPTION: Object = Object {
    called: "an exception",
    name: "lint exception",
    about: "A place where a rule does not hold, and why.",
    choice: None,
    fields: &[
        field!(
            "rule",
            Shape::Text(&RULE),
            "L401",
            "The rule.",
            role = Role::Required,
            also = ["code"]
        ),
        field!(
            "path",
            Shape::Text(&WORDS),
            "keys.job",
            "Where: the names that lead there, from the top of the file; `*` stands for any one. It covers all that stands there.",
            role = Role::Required,
            also = ["at", "where"]
        ),
        field!(
            "reason",
            Shape::Text(&WORDS),
            "Removed with the last job.",
            "Why it does not hold.",
            role = Role::Required,
            also = ["because", "about"]
        ),
    ],
};

/// A rule of one's own.
static OWN: Object = Object {
    called: "a rule",
    name: "rule of your own",
    about: "A condition that every thing of a kind must keep.",
    choice: None,
    fields: &[
        field!(
            "for",
            Shape::Words(&[
                Word {
                    text: "keys",
                    about: "Each key.",
                },
                Word {
                    text: "channels",
                    about: "Each channel.",
                },
                Word {
                    text: "params",
                    about: "Each parameter.",
                },
                Word {
                    text: "types",
                    about: "Each declared type.",
                },
                Word {
                    text: "fields",
                    about: "Each field of a record or hash.",
                },
                Word {
                    text: "units",
                    about: "Each unit.",
                },
                Word {
                    text: "schema",
                    about: "The schema as a whole.",
                },
            ]),
            "keys",
            "What it is about.",
            role = Role::Required,
            also = ["kind", "each", "on"]
        ),
        field!(
            "require",
            Shape::Text(&CONDITION),
            "owner != \"\"",
            "What must hold.",
            role = Role::Required,
            also = ["condition", "expr", "expression", "when", "assert"]
        ),
        field!(
            "message",
            Shape::Text(&WORDS),
            "every key names its team",
            "What to say when it does not hold.",
            role = Role::Required,
            also = ["about", "text"]
        ),
        field!(
            "help",
            Shape::Text(&WORDS),
            "Name a team under `owner:`.",
            "What to type instead."
        ),
        field!(
            "severity",
            SEVERITY,
            "deny",
            "How strict it is.",
            default = "`warn`"
        ),
    ],
};
