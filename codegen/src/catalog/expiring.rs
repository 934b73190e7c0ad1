//! What lifetimes of single fields add to a command: the mirror of the runtime's `lifetime/fields.rs`.

use redis_schema_model::model::{Flavour, Server, Version};

use super::Policy;

/// The lifetimes that fields of a hash have by themselves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Expiring {
    /// Each lifetime once.
    policies: Vec<Policy>,
    /// The fields of a map are all alike; of a record, each is written now and then.
    map: bool,
    /// The server has `HGETEX`.
    reads: bool,
}

impl Expiring {
    pub(super) const NONE: Self = Self {
        policies: Vec::new(),
        map: false,
        reads: false,
    };

    pub(super) fn new(policies: impl IntoIterator<Item = Policy>, map: bool, reads: bool) -> Self {
        let mut this = Self {
            policies: Vec::new(),
            map,
            reads,
        };
        for policy in policies {
            if !this.policies.contains(&policy) {
                this.policies.push(policy);
            }
        }
        this
    }

    pub(super) const fn is_none(&self) -> bool {
        self.policies.is_empty()
    }

    /// With words in place of numbers.
    pub(super) fn general(&self) -> Self {
        let policies = self.policies.iter().map(|policy| policy.general());
        Self::new(policies, self.map, self.reads)
    }

    /// What stands for `command`, if it is about lifetimes of fields.
    pub(super) fn fill(&self, command: &str) -> Option<Vec<String>> {
        Some(match command {
            "{set}" => self.set("HSET key field value"),
            "{set_many}" => self.set("HSET key field value …"),
            "{renew}" => self.renew(),
            "{counted}" => self.counted(),
            "{get_ex}" => self.get_ex(),
            "{refresh}" => vec![self.any()],
            _ => return None,
        })
    }

    /// What a script is told of the field's lifetime.
    pub(super) fn words(&self, rule: bool) -> String {
        let Some(policy) = self.policies.first() else {
            return String::new();
        };
        let rule = match (rule, policy.keeps()) {
            (false, _) => "",
            (true, true) => " keep",
            (true, false) => " anew",
        };
        format!(" {}{rule}", policy.in_millis())
    }

    /// Fields whose remaining lifetime stays are set by a script.
    fn set(&self, plain: &str) -> Vec<String> {
        let mut kept = self.policies.iter().filter(|policy| policy.keeps());
        let Some(first) = kept.next() else {
            return vec![plain.to_owned()];
        };
        let millis = match kept.next() {
            None => first.in_millis(),
            Some(_) => "milliseconds".to_owned(),
        };
        let script = format!("EVAL keep_fields 1 key {millis} field value …");
        if self.map {
            return vec![script];
        }
        vec![format!("[{plain}]"), format!("[{script}]")]
    }

    fn renew(&self) -> Vec<String> {
        let renewed = self.policies.iter().filter(|policy| !policy.keeps());
        renewed
            .map(|policy| self.perhaps(policy.expire_fields("")))
            .collect()
    }

    fn counted(&self) -> Vec<String> {
        let option = |policy: &Policy| if policy.keeps() { " NX" } else { "" };
        self.policies
            .iter()
            .map(|policy| self.perhaps(policy.expire_fields(option(policy))))
            .collect()
    }

    fn perhaps(&self, command: String) -> String {
        if self.map {
            command
        } else {
            format!("[{command}]")
        }
    }

    /// The command that starts a declared lifetime anew.
    fn any(&self) -> String {
        match self.policies.as_slice() {
            [only] => only.expire_fields(""),
            _ => "HEXPIRE|HPEXPIRE key time FIELDS count field …".to_owned(),
        }
    }

    fn get_ex(&self) -> Vec<String> {
        if !self.reads {
            return vec!["HMGET key field …".to_owned(), self.any()];
        }
        let option = match self.policies.as_slice() {
            [only] => only.option(),
            _ => "EX|PX time".to_owned(),
        };
        vec![format!("HGETEX key {option} FIELDS count field …")]
    }
}

/// Whether a declared server has `HGETEX`.
pub(super) fn reads(server: &Server) -> bool {
    let first = match server.flavour {
        Flavour::Redis => Version::new(8, 0),
        Flavour::Valkey => Version::new(9, 0),
    };
    server.min >= first
}
