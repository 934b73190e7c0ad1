//! Tombstones must be of the past.

use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::lower::{Draft, Header};

pub(super) fn check(draft: &Draft, header: &Header, sink: &mut Sink) {
    let keys = draft.tombstones.iter().flatten();
    let keys = keys.map(|it| (&it.name, it.removed_in, it.span));
    let parts = draft.removed.iter().flatten();
    let parts = parts.map(|it| (&it.name, it.removed_in, it.span));
    for (name, removed_in, span) in keys.chain(parts) {
        if removed_in > header.version {
            let message = format!(
                "`{name}` goes in version {removed_in}, and this is version {}",
                header.version
            );
            sink.push(
                Diagnostic::error(Code::E0613, span, message)
                    .label("not gone yet")
                    .help(format!(
                        "write `removed_in: {}`, or raise `version:`",
                        header.version
                    )),
            );
        }
    }
}
