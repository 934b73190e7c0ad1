//! What was tried, and what noticed it.

use std::collections::BTreeMap;
use std::fmt::Write as _;

/// What was damaged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Class {
    Schema,
    Page,
    Code,
    Program,
}

impl Class {
    const fn words(self) -> &'static str {
        match self {
            Self::Schema => "schema",
            Self::Page => "page",
            Self::Code => "code",
            Self::Program => "program",
        }
    }
}

/// Of one kind of damage: how often it was done, and by what it was noticed.
#[derive(Debug, Default)]
struct Count {
    done: usize,
    by: BTreeMap<String, usize>,
}

impl Count {
    fn caught(&self) -> usize {
        self.by.values().sum()
    }
}

#[derive(Debug, Default)]
pub(crate) struct Tally {
    kinds: BTreeMap<(Class, &'static str), Count>,
    missed: Vec<String>,
    alarms: Vec<String>,
}

impl Tally {
    /// Notes a damage and what noticed it.
    pub(crate) fn add(
        &mut self,
        class: Class,
        kind: &'static str,
        place: &str,
        noticed: Option<String>,
    ) {
        let count = self.kinds.entry((class, kind)).or_default();
        count.done += 1;
        match noticed {
            Some(by) => *count.by.entry(by).or_default() += 1,
            None => self.missed.push(format!("{kind} at {place}")),
        }
    }

    /// Notes what was found where nothing was damaged.
    pub(crate) fn alarms(&mut self, found: &[String]) {
        self.alarms.extend_from_slice(found);
    }

    /// What several parts of the drill came to.
    pub(crate) fn join(parts: impl IntoIterator<Item = Self>) -> Self {
        let mut all = Self::default();
        for part in parts {
            for (kind, count) in part.kinds {
                let sum = all.kinds.entry(kind).or_default();
                sum.done += count.done;
                for (by, times) in count.by {
                    *sum.by.entry(by).or_default() += times;
                }
            }
            all.missed.extend(part.missed);
            all.alarms.extend(part.alarms);
        }
        all
    }

    /// One line for each class of damage, and their sum.
    pub(crate) fn table(&self) -> String {
        let mut out = format!(
            "{:<8} {:<44} {:>5} {:>7} {:>7}  noticed by\n",
            "damaged", "how", "done", "caught", "missed"
        );
        let mut all = [0; 2];
        for ((class, kind), count) in &self.kinds {
            let by: Vec<String> = count
                .by
                .iter()
                .map(|(by, times)| format!("{by} {times}"))
                .collect();
            line(
                &mut out,
                class.words(),
                kind,
                [count.done, count.caught()],
                &by.join(", "),
            );
            all = [all[0] + count.done, all[1] + count.caught()];
        }
        line(&mut out, "all", "", all, "");
        let _ = writeln!(
            out,
            "false alarms where nothing is damaged: {}",
            self.alarms.len()
        );
        out
    }

    pub(crate) fn done(&self) -> usize {
        self.kinds.values().map(|count| count.done).sum()
    }

    pub(crate) fn classes(&self) -> Vec<Class> {
        let mut classes: Vec<Class> = self.kinds.keys().map(|(class, _)| *class).collect();
        classes.dedup();
        classes
    }

    pub(crate) fn missed(&self) -> &[String] {
        &self.missed
    }

    pub(crate) fn false_alarms(&self) -> &[String] {
        &self.alarms
    }
}

fn line(out: &mut String, class: &str, kind: &str, [done, caught]: [usize; 2], by: &str) {
    let missed = done - caught;
    let text = format!("{class:<8} {kind:<44} {done:>5} {caught:>7} {missed:>7}  {by}");
    let _ = writeln!(out, "{}", text.trim_end());
}
