//! Tombstones must be of the past.

use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::lower::{Draft, Header};

pub(super) fn check(draft: &Draft, header: &Header, sink: &mut Sink) {
    for tombstone in draft.tombstones.iter().flatten() {
        if tombstone.removed_in > header.version {
            let message = format!(
                "`{}` goes in version {}, and this is version {}",
                tombstone.name, tombstone.removed_in, header.version
            );
            sink.push(
                Diagnostic::error(Code::E0613, tombstone.span, message)
                    .label("not gone yet")
                    .help(format!(
                        "write `removed_in: {}`, or raise `version:`",
                        header.version
                    )),
            );
        }
    }
}
