//! Paths of imports.

/// Why a text cannot name an import.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unusable {
    /// Nothing, or blanks around it.
    Blank,
    /// It does not depend on where the importing file is.
    Absolute,
    /// `\` between its parts.
    Backslash,
}

/// The path of an import seen from where the importing file's own path starts.
pub(super) fn resolve(importing: &str, import: &str) -> Result<String, Unusable> {
    let drive = import.as_bytes().get(1) == Some(&b':');
    if import.is_empty() || import.trim() != import {
        return Err(Unusable::Blank);
    }
    if import.contains('\\') {
        return Err(Unusable::Backslash);
    }
    if import.starts_with('/') || drive || import.contains("://") {
        return Err(Unusable::Absolute);
    }
    let directory = importing.rfind('/').map_or("", |end| &importing[..=end]);
    Ok(normal(&format!("{directory}{import}")))
}

/// The path without `.`, and without `..` behind a part that it takes back.
pub(super) fn normal(path: &str) -> String {
    let root = if path.starts_with('/') { "/" } else { "" };
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            ".." if !root.is_empty() => {}
            part => parts.push(part),
        }
    }
    format!("{root}{}", parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn imports_are_seen_from_the_importing_file() {
        let resolved = |importing, import| resolve(importing, import);
        assert_eq!(resolved("a.yaml", "b.yaml").as_deref(), Ok("b.yaml"));
        assert_eq!(resolved("x/a.yaml", "./b.yaml").as_deref(), Ok("x/b.yaml"));
        assert_eq!(resolved("x/a.yaml", "../b.yaml").as_deref(), Ok("b.yaml"));
        assert_eq!(resolved("a.yaml", "../b.yaml").as_deref(), Ok("../b.yaml"));
        assert_eq!(
            resolved("../a.yaml", "../b.yaml").as_deref(),
            Ok("../../b.yaml")
        );
        assert_eq!(
            resolved("/x/y/a.yaml", "../../../b.yaml").as_deref(),
            Ok("/b.yaml")
        );
        assert_eq!(
            resolved("x//y/a.yaml", "z/.//b.yaml").as_deref(),
            Ok("x/y/z/b.yaml")
        );
    }

    #[test]
    fn paths_that_name_no_import() {
        for (import, why) in [
            ("", Unusable::Blank),
            (" a.yaml", Unusable::Blank),
            ("/a.yaml", Unusable::Absolute),
            ("C:/a.yaml", Unusable::Absolute),
            ("https://example.org/a.yaml", Unusable::Absolute),
            ("x\\a.yaml", Unusable::Backslash),
        ] {
            assert_eq!(resolve("a.yaml", import), Err(why), "{import}");
        }
    }
}
