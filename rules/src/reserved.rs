//! Codes that are kept for rules which no schema can set off: `explain` says why, and nothing else ever gets the code.

use std::fmt::Write;

/// A code without a rule.
#[derive(Debug, Clone, Copy)]
pub struct Reserved {
    /// Stays the same from release to release: `B406`.
    pub code: &'static str,
    /// As stable as the code: `SCRIPT_SAME_ABI`.
    pub name: &'static str,
    /// Why what it speaks of cannot happen: an ending of "because …".
    pub why: &'static str,
}

/// Every reserved code, in order.
pub const ALL: &[Reserved] = &[
    Reserved {
        code: "B219",
        name: "NULL_ENCODING_SAME",
        why: "an absent field has one form: it is left out, in hashes, streams, JSON and MessagePack; `null` is read as absent too, and a field with a default cannot be absent (E0505)",
    },
    Reserved {
        code: "B406",
        name: "SCRIPT_SAME_ABI",
        why: "no schema declares a script, and those of accessors travel whole with every call, so that no version calls another one's",
    },
    Reserved {
        code: "L601",
        name: "SCRIPT_KEYS_DECLARED",
        why: "no schema declares a script, and those of accessors are given every key that they touch",
    },
    Reserved {
        code: "L602",
        name: "NO_KEYS_COMMAND",
        why: "no schema declares a command, and no accessor sends `KEYS`, `FLUSHDB` or `FLUSHALL`",
    },
    Reserved {
        code: "L603",
        name: "PATTERN_DELETE_SCOPED",
        why: "no schema declares a pattern to delete by, and groups and scans take a name only if its template reads it back",
    },
];

impl Reserved {
    /// The reason, as a sentence in Markdown.
    #[must_use]
    pub fn reason(&self) -> String {
        format!("It cannot arise: {}.", self.why)
    }

    /// The page in Markdown.
    #[must_use]
    pub fn page(&self) -> String {
        format!(
            "# {} {}\n\nThe code is reserved: there is no such rule, and nothing else will be called so.\n{}\n",
            self.code,
            self.name,
            self.reason()
        )
    }
}

/// The codes that begin with a letter and why there are no such rules, as a section in Markdown.
pub(crate) fn section(letter: char) -> String {
    let mut out = String::from(
        "\n## Reserved codes\n\nThere are no such rules, and nothing else will be called so.\n\n| code | why |\n|---|---|\n",
    );
    for one in ALL.iter().filter(|one| one.code.starts_with(letter)) {
        let _ = writeln!(out, "| {} {} | {} |", one.code, one.name, one.reason());
    }
    out
}
