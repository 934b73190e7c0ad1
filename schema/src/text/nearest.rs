//! The known name that a mistyped one was probably meant to be.

/// The candidate closest to `name`, if one is close enough to be worth a suggestion.
pub(crate) fn nearest<'a>(
    name: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let wanted = name.to_lowercase();
    let letters = wanted.chars().count();
    let allowed = (letters / 3).clamp(1, 3);
    candidates
        .into_iter()
        .filter(|candidate| candidate.len().abs_diff(name.len()) <= 2 * allowed)
        .map(|candidate| {
            let distance = strsim::damerau_levenshtein(&wanted, &candidate.to_lowercase());
            (distance, candidate)
        })
        .filter(|(distance, _)| *distance <= allowed && *distance < letters)
        .min()
        .map(|(_, candidate)| candidate)
}

/// `did you mean …?` when a known name is near, else the sentence given.
pub(crate) fn did_you_mean<'a>(
    name: &str,
    candidates: impl IntoIterator<Item = &'a str>,
    otherwise: impl FnOnce() -> String,
) -> String {
    match nearest(name, candidates) {
        Some(candidate) => format!("did you mean `{candidate}`?"),
        None => otherwise(),
    }
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn finds_typing_mistakes() {
        let known = ["job_id", "file_id", "model_id"];
        assert_eq!(nearest("jobid", known), Some("job_id"));
        assert_eq!(nearest("jbo_id", known), Some("job_id"));
        assert_eq!(nearest("JOB_ID", known), Some("job_id"));
        assert_eq!(nearest("tenant", known), None);
        assert_eq!(nearest("", known), None);
        assert_eq!(nearest("hx", ["hex", "string"]), Some("hex"));
        assert_eq!(nearest("c", ["a", "b"]), None, "nothing of it is left");
        assert_eq!(nearest("A", ["a", "b"]), Some("a"));
    }

    #[test]
    fn the_same_distance_is_settled_by_the_alphabet() {
        assert_eq!(nearest("bob", ["cob", "aob"]), Some("aob"));
    }
}
