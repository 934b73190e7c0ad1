//! What was removed and what was added in the same shape, so that a rename can be suggested. It is never assumed.

use std::collections::HashMap;

use crate::breaking::pair::Pair;

/// For each removed thing the one added thing of its shape, and the other way round.
pub(super) fn lookalikes<'a, T>(
    pairs: &[Pair<'a, T>],
    shape: impl Fn(&T) -> String,
) -> HashMap<&'a str, &'a str> {
    type Both<'a> = (Vec<&'a str>, Vec<&'a str>);
    let mut shapes: HashMap<String, Both<'a>> = HashMap::new();
    for pair in pairs {
        match (pair.old, pair.new) {
            (Some((name, thing)), None) => shapes.entry(shape(thing)).or_default().0.push(name),
            (None, Some((name, thing))) => shapes.entry(shape(thing)).or_default().1.push(name),
            _ => {}
        }
    }
    let mut out = HashMap::new();
    for (removed, added) in shapes.values() {
        if let ([removed], [added]) = (removed.as_slice(), added.as_slice()) {
            out.insert(*removed, *added);
            out.insert(*added, *removed);
        }
    }
    out
}
