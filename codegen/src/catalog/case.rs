//! From what a method means to what it sends: the commands of a case under the facts of a key.

use super::method::{Case, Effect, Trips};
use super::{Facts, Policy};

impl Case {
    /// Every command really sent, in order.
    pub(super) fn sent(&self, facts: &Facts, trips: Trips) -> Vec<String> {
        let own: Vec<String> = self
            .commands
            .iter()
            .flat_map(|command| facts.fill(command))
            .collect();
        let first = own.first().map_or("", String::as_str);
        let policy = &facts.policy;
        match self.effect {
            Effect::Plain if trips == Trips::One => transaction(own),
            Effect::Plain => own,
            Effect::Get => policy.get(),
            Effect::GetAnew => policy.get_anew(),
            Effect::GetMany if policy.refreshes_on_read() => repeated(policy.get()),
            Effect::GetMany => vec!["MGET key …".to_owned()],
            Effect::Read => read(&own, policy),
            Effect::ReadAll if policy.refreshes_on_read() => {
                with(and(own, policy.anew("key")), policy.anew("other"))
            }
            Effect::ReadAll => transaction(own),
            Effect::ReadWaiting if policy.refreshes_on_read() => and(own, policy.anew("key")),
            Effect::ReadWaiting => own,
            Effect::GetOrSetNew => [policy.get(), policy.set(first, true)].concat(),
            Effect::ReadOrScript => {
                let (look, fill) = own.split_at(own.len().min(1));
                [read(look, policy), fill.to_vec()].concat()
            }
            Effect::ReadOrCreate => {
                let (look, fill) = own.split_at(own.len().min(1));
                let fill = with(fill.to_vec(), policy.after_create("key"));
                [read(look, policy), fill].concat()
            }
            Effect::Set => policy.set(first, false),
            Effect::SetNew => policy.set(first, true),
            Effect::SetMany => repeated(policy.set("SET key value", false)),
            Effect::Write => with(own, policy.after_write("key")),
            Effect::WriteOther => with(own, policy.after_write("other")),
            Effect::Move => {
                let scripted = policy.anew("other").is_some();
                own.into_iter()
                    .skip(usize::from(scripted))
                    .take(1)
                    .collect()
            }
            Effect::Create => with(own, policy.after_create("key")),
            Effect::Replace if policy.keeps() => {
                let script = format!("EVAL replace count key other … {first}");
                with(vec![script], policy.after_write("key"))
            }
            Effect::Replace => with(own, policy.after_write("key")),
            Effect::Wait => waiting(own, policy, "key"),
            Effect::WaitOther => waiting(own, policy, "other"),
            Effect::Restore => policy.restore(first),
            Effect::Anew => policy.anew("key").map_or(own, |anew| vec![anew]),
        }
    }
}

impl Case {
    /// Whether it reads, and starts the lifetime anew where the schema says so.
    pub(super) const fn may_renew(&self) -> bool {
        matches!(
            self.effect,
            Effect::Get | Effect::GetMany | Effect::Read | Effect::ReadAll | Effect::ReadWaiting
        )
    }

    /// Whether the lifetime takes a round trip of its own once the server has answered.
    pub(super) fn follows_up(&self, facts: &Facts) -> bool {
        let policy = &facts.policy;
        match self.effect {
            Effect::Wait | Effect::WaitOther => !policy.keeps() && policy.anew("key").is_some(),
            Effect::ReadWaiting => policy.refreshes_on_read(),
            _ => false,
        }
    }
}

/// Commands that read, and what starts the lifetime anew where a read does.
fn read(commands: &[String], policy: &Policy) -> Vec<String> {
    let anew = policy.refreshes_on_read().then(|| policy.anew("key"));
    with(commands.to_vec(), anew.flatten())
}

/// The commands and what follows them in one transaction.
fn with(commands: Vec<String>, after: Option<String>) -> Vec<String> {
    transaction(and(commands, after))
}

fn and(commands: Vec<String>, after: Option<String>) -> Vec<String> {
    commands.into_iter().chain(after).collect()
}

/// A command that the server may hold back, the lifetime in the same packet, and once more after the answer.
fn waiting(commands: Vec<String>, policy: &Policy, name: &str) -> Vec<String> {
    let again = if policy.keeps() {
        None
    } else {
        policy.anew(name)
    };
    and(and(commands, policy.after_create(name)), again)
}

/// A transaction in which the commands may come any number of times.
fn repeated(commands: Vec<String>) -> Vec<String> {
    let inner = commands
        .into_iter()
        .filter(|command| command != "MULTI" && command != "EXEC");
    transaction(inner.chain(["…".to_owned()]).collect())
}

/// The commands inside `MULTI` and `EXEC`; one command needs neither.
pub(super) fn transaction(commands: Vec<String>) -> Vec<String> {
    if commands.len() < 2 {
        return commands;
    }
    let mut all = Vec::with_capacity(commands.len() + 2);
    all.push("MULTI".to_owned());
    all.extend(commands);
    all.push("EXEC".to_owned());
    all
}
