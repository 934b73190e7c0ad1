//! Words in names: `api_key_hash` holds `api`, `key` and `hash`.

/// The parts of a text between anything that is neither letter nor digit.
pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
}

/// The nearest of some names, if one is near.
pub(crate) fn nearest<'n>(text: &str, names: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let text = text.to_ascii_uppercase();
    let scored = names.into_iter().map(|name| {
        (
            strsim::jaro_winkler(&text, &name.to_ascii_uppercase()),
            name,
        )
    });
    let best = scored.max_by(|a, b| a.0.total_cmp(&b.0))?;
    (best.0 > 0.85).then_some(best.1)
}

/// `a`, `a and b`, `a, b and c`.
pub(super) fn listed(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// A time in the largest whole unit: `24h`, `90s`, `500ms`.
pub(super) fn duration(time: std::time::Duration) -> String {
    crate::facts::duration(u64::try_from(time.as_millis()).unwrap_or(u64::MAX))
}
