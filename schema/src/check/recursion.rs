//! Records that hold themselves would be of endless size.

use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::lower::Draft;
use crate::model::{Type, TypeId, TypeKind};
use crate::source::Span;

/// Types of a circle that one finding names.
const MOST_SHOWN: usize = 5;

/// A step from a type to one that it holds in place, and where that is said.
type Step = (TypeId, Span);

pub(super) fn check(draft: &Draft, sink: &mut Sink) {
    let mut walk = Walk {
        draft,
        state: vec![State::New; draft.types.len()],
        way: Vec::new(),
        circles: Vec::new(),
    };
    for at in 0..draft.types.len() {
        if let Ok(at) = u32::try_from(at) {
            walk.visit(TypeId(at));
        }
    }
    for circle in walk.circles {
        report(draft, &circle, sink);
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    New,
    Open,
    Done,
}

struct Walk<'a> {
    draft: &'a Draft,
    state: Vec<State>,
    way: Vec<Step>,
    circles: Vec<Vec<Step>>,
}

impl Walk<'_> {
    /// Depth first, with a stack of its own: chains of types may be long.
    fn visit(&mut self, start: TypeId) {
        let mut stack: Vec<(TypeId, Vec<Step>)> = Vec::new();
        self.open(start, &mut stack);
        while let Some((id, steps)) = stack.last_mut() {
            let id = *id;
            let Some((next, span)) = steps.pop() else {
                self.state[id.index()] = State::Done;
                stack.pop();
                self.way.pop();
                continue;
            };
            if let Some(last) = self.way.last_mut() {
                last.1 = span;
            }
            match self.state.get(next.index()) {
                Some(State::New) => self.open(next, &mut stack),
                Some(State::Open) => {
                    let from = self.way.iter().position(|(id, _)| *id == next).unwrap_or(0);
                    let known =
                        |circle: &Vec<Step>| circle.first().map(|(id, _)| *id) == Some(next);
                    if !self.circles.iter().any(known) {
                        self.circles.push(self.way[from..].to_vec());
                    }
                }
                _ => {}
            }
        }
    }

    /// A variant that is none has been told.
    fn is_record(&self, id: TypeId) -> bool {
        matches!(
            self.draft.ty(id).map(|def| &def.kind),
            Some(TypeKind::Struct(_))
        )
    }

    fn open(&mut self, id: TypeId, stack: &mut Vec<(TypeId, Vec<Step>)>) {
        let Some(state) = self
            .state
            .get_mut(id.index())
            .filter(|state| **state == State::New)
        else {
            return;
        };
        *state = State::Open;
        let Some(def) = self.draft.ty(id) else {
            *state = State::Done;
            return;
        };
        let mut steps: Vec<Step> = match &def.kind {
            TypeKind::Struct(record) => (record.fields.iter())
                .filter_map(|field| Some((held(&field.ty)?, field.span)))
                .collect(),
            TypeKind::OneOf(union) => (union.variants.iter())
                .filter(|(_, id)| self.is_record(*id))
                .map(|(_, id)| (*id, def.span))
                .collect(),
            TypeKind::Alias(ty) => held(ty).map(|id| (id, def.span)).into_iter().collect(),
            // A Rust type of the user's own looks after itself.
            TypeKind::Enum(_) | TypeKind::Rust { .. } => Vec::new(),
        };
        steps.reverse();
        self.way.push((id, def.span));
        stack.push((id, steps));
    }
}

/// The type that lies in place within another: lists and maps keep theirs elsewhere.
fn held(ty: &Type) -> Option<TypeId> {
    match ty {
        Type::Named(id) => Some(*id),
        Type::Option(inner) => held(inner),
        _ => None,
    }
}

fn report(draft: &Draft, circle: &[Step], sink: &mut Sink) {
    let name = |id: TypeId| draft.ty(id).map_or("", |def| def.name.as_str());
    let Some(((first, span), rest)) = circle.split_first() else {
        return;
    };
    let mut finding = Diagnostic::error(Code::E0508, *span, format!("`{}` holds itself", name(*first)))
        .label(match rest.is_empty() {
            true => "itself",
            false => "leads back to it",
        })
        .help(format!(
            "hold any number of them in a list, `[{0}]`, or in a map, `{{string: {0}}}`; or refer to them by an id",
            name(*first)
        ));
    for (id, span) in rest.iter().take(MOST_SHOWN) {
        finding = finding.related(*span, format!("by way of `{}`", name(*id)));
    }
    sink.push(finding);
}
