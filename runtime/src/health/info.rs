//! What a server says about itself in `INFO` and `CLUSTER INFO`.

/// Lines of `name:value`.
#[derive(Debug, Default)]
pub(super) struct Info(String);

impl Info {
    pub(super) fn new(text: String) -> Self {
        Self(text)
    }

    /// The value under a name.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.lines()
            .find(|(known, _)| *known == name)
            .map(|(_, value)| value)
    }

    /// A whole number under a name.
    pub(super) fn count(&self, name: &str) -> Option<u64> {
        self.text(name)?.parse().ok()
    }

    /// A fraction under a name.
    pub(super) fn ratio(&self, name: &str) -> Option<f64> {
        self.text(name)?.parse().ok()
    }

    /// Whether a switch is on.
    pub(super) fn is_on(&self, name: &str) -> bool {
        self.count(name) == Some(1)
    }

    /// The values under `name0`, `name1` and so on, each taken apart into its own names and values.
    pub(super) fn numbered(&self, name: &str) -> Vec<Self> {
        self.lines()
            .filter(|(known, _)| {
                let number = known.strip_prefix(name).unwrap_or_default();
                !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
            })
            .map(|(_, value)| Self(value.replace(',', "\n").replace('=', ":")))
            .collect()
    }

    fn lines(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.lines().filter_map(|line| line.split_once(':'))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn values_are_found_by_their_whole_name() {
        let info = Info::new(
            "# Memory\r\nused_memory:1024\r\nused_memory_peak:4096\r\nmem_fragmentation_ratio:1.50\r\nloading:1\r\n"
                .into(),
        );
        assert_eq!(info.count("used_memory"), Some(1024));
        assert_eq!(info.ratio("mem_fragmentation_ratio"), Some(1.5));
        assert_eq!(info.text("memory"), None);
        assert!(info.is_on("loading"));
        assert!(!info.is_on("absent"));
    }

    #[test]
    fn replicas_are_told_apart() {
        let info = Info::new(
            "slave0:ip=10.0.0.1,port=1,state=online,offset=7,lag=0\r\nslave1:ip=10.0.0.2,lag=3\r\nslaves:x\r\n".into(),
        );
        let replicas = info.numbered("slave");
        assert_eq!(replicas.len(), 2);
        assert_eq!(replicas[0].text("state"), Some("online"));
        assert_eq!(replicas[1].count("lag"), Some(3));
    }
}
