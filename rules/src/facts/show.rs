//! Facts as a reader of a finding sees them, in the spelling of the language where it has one.

/// A fact in words.
pub trait Show {
    /// The words.
    fn show(&self) -> String;
}

impl Show for String {
    fn show(&self) -> String {
        if self.is_empty() {
            "empty".to_owned()
        } else {
            self.clone()
        }
    }
}

impl Show for bool {
    fn show(&self) -> String {
        if *self { "yes" } else { "no" }.to_owned()
    }
}

macro_rules! numbers {
    ($($ty:ty),*) => {$(
        impl Show for $ty {
            fn show(&self) -> String {
                self.to_string()
            }
        }
    )*};
}

numbers!(u16, u32, u64);

impl<T: Show> Show for Option<T> {
    fn show(&self) -> String {
        self.as_ref().map_or_else(|| "none".to_owned(), Show::show)
    }
}

impl<T: Show> Show for Vec<T> {
    fn show(&self) -> String {
        if self.is_empty() {
            return "none".to_owned();
        }
        let items: Vec<String> = self.iter().map(Show::show).collect();
        items.join(", ")
    }
}

/// Milliseconds in the largest whole unit: `24h`, `90s`, `500ms`.
#[must_use]
pub fn duration(ms: u64) -> String {
    const UNITS: [(u64, &str); 4] = [
        (86_400_000, "d"),
        (3_600_000, "h"),
        (60_000, "m"),
        (1000, "s"),
    ];
    // A day is written as hours, as most people do.
    let whole = UNITS
        .into_iter()
        .find(|(unit, name)| ms > 0 && ms.is_multiple_of(*unit) && (*name != "d" || ms > *unit));
    match whole {
        Some((unit, name)) => format!("{}{name}", ms / unit),
        None => format!("{ms}ms"),
    }
}

#[cfg(test)]
mod tests {
    use super::duration;

    #[test]
    fn durations_use_the_largest_whole_unit() {
        let shown: Vec<String> = [0, 500, 90_000, 300_000, 86_400_000, 604_800_000]
            .map(duration)
            .to_vec();
        assert_eq!(shown, ["0ms", "500ms", "90s", "5m", "24h", "7d"]);
    }
}
