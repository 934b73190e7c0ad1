//! Progress: what it cannot be asked for besides, and items that none can have.

use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::lower::Draft;
use crate::model::{Key, Lifetime, Structure, Type, TypeKind};

/// What names of fields begin with that are no items.
const OWN: char = ':';

pub(super) fn check(draft: &Draft, sink: &mut Sink) {
    for key in draft.keys.iter().flatten() {
        let Structure::Progress(progress) = &key.structure else {
            continue;
        };
        let findings = [read(key), item(draft, key, &progress.item.ty)];
        for finding in findings.into_iter().flatten() {
            sink.push(finding);
        }
    }
}

/// It lives by what is reported: who only looks would keep alive what nobody works on.
fn read(key: &Key) -> Option<Diagnostic> {
    let Lifetime::Expires(expiry) = &key.lifetime else {
        return None;
    };
    expiry.refresh_on_read.then(|| {
        let message = format!("`{}` would live by being looked at", key.name);
        Diagnostic::error(Code::E1401, key.span, message)
            .label("reports renew its lifetime, and readers do not")
            .help("remove `on_read:`; by `on_write: refresh` each report starts the lifetime anew")
    })
}

/// An item that has the name of a total could never be reported.
fn item(draft: &Draft, key: &Key, ty: &Type) -> Option<Diagnostic> {
    let Type::Named(id) = ty else { return None };
    let def = draft.ty(*id)?;
    let variant = match &def.kind {
        TypeKind::Enum(kind) => kind.variants.iter().find(|it| it.text.starts_with(OWN)),
        _ => None,
    };
    let text = &variant?.text;
    let message = format!("`{}` has an item that nobody could report", key.name);
    Some(
        Diagnostic::error(Code::E1402, key.span, message)
            .label(format!("`{text}` begins with `:`"))
            .related(def.span, "declared here")
            .help(
                "give the variant another text: names that begin with `:` are those of the totals",
            ),
    )
}
