//! Which template calls which: found by reading, so that a circle or a misspelt name is reported instead of
//! overflowing the stack or being ignored.

use super::engine::builtin_templates;
use super::error::TemplateError;

/// Refuses circles, and templates that nothing would ever use.
pub(super) fn check(templates: &[(&str, &str)]) -> Result<(), TemplateError> {
    let calls: Vec<(&str, Vec<&str>)> = templates
        .iter()
        .map(|(name, text)| (*name, called(text)))
        .collect();
    for (name, _) in &calls {
        let known = builtin_templates().iter().any(|(known, _)| known == name);
        let used = calls.iter().any(|(_, called)| called.contains(name));
        if !known && !used {
            let names: Vec<&str> = builtin_templates().iter().map(|(name, _)| *name).collect();
            return Err(
                TemplateError::new(name, "there is no such template, and none calls it")
                    .help(format!("the built-in templates are {}", names.join(", "))),
            );
        }
        let mut path = vec![*name];
        if leads_back(&calls, &mut path, &mut Vec::new()) {
            path.push(name);
            return Err(TemplateError::new(
                name,
                format!("it includes itself: {}", path.join(" → ")),
            ));
        }
    }
    Ok(())
}

/// Whether calls lead from the last name of `path` back to its first; the way is left in it.
fn leads_back<'t>(
    calls: &[(&'t str, Vec<&'t str>)],
    path: &mut Vec<&'t str>,
    seen: &mut Vec<&'t str>,
) -> bool {
    let last = path.last().copied().unwrap_or_default();
    let called = calls.iter().find(|(name, _)| *name == last);
    for name in called.iter().flat_map(|(_, called)| called) {
        if path.first() == Some(name) {
            return true;
        }
        if seen.contains(name) {
            continue;
        }
        seen.push(name);
        path.push(name);
        if leads_back(calls, path, seen) {
            return true;
        }
        path.pop();
    }
    false
}

/// Names after `{{>`, `{{~>`, `{{#>`.
fn called(text: &str) -> Vec<&str> {
    text.split("{{")
        .skip(1)
        .filter_map(|rest| {
            let rest = rest.trim_start_matches(['{', '~', '#', ' ']);
            let rest = rest.strip_prefix('>')?.trim_start();
            let end = rest.find([' ', '}', '~', '\n']).unwrap_or(rest.len());
            Some(rest[..end].trim_matches(['"', '\'']))
        })
        .collect()
}
