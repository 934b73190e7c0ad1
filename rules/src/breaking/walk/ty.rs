//! Two types in one place: where they differ, and which declared types meet.

use crate::breaking::walk::Comparison;
use crate::facts::{Facts, Kind, Range, Show, Ty};

/// A difference between two types.
#[derive(Debug, Clone)]
pub(super) struct TyDifference<'a> {
    aspect: &'static str,
    pub(super) old: &'a Ty,
    pub(super) new: &'a Ty,
    pub(super) old_shown: String,
    pub(super) new_shown: String,
}

impl TyDifference<'_> {
    /// Its name where the type stands in a role.
    pub(super) fn what(&self, role: &str) -> String {
        if self.aspect == OWN {
            return "own_type.rust".to_owned();
        }
        format!("{role}.type.{}", self.aspect)
    }
}

/// The Rust type behind a value, which only callers see.
const OWN: &str = "own";

/// What came of comparing two types.
#[derive(Debug, Default)]
pub(super) struct Met<'a> {
    pub(super) differences: Vec<TyDifference<'a>>,
    /// Declared types of the same kind that stand in the same place.
    pub(super) named: Vec<(&'a str, &'a str)>,
}

/// A type without its aliases and own types.
struct Bare<'a> {
    ty: &'a Ty,
    range: Option<Range>,
    own: Option<&'a str>,
}

/// Aliases of aliases followed at most; a checked schema has no circle, a file somebody wrote may.
const DEEPEST: usize = 64;

fn bare<'a>(facts: &'a Facts, mut ty: &'a Ty) -> Bare<'a> {
    let (mut range, mut own) = (None, None);
    for _ in 0..DEEPEST {
        let Ty::Named(name) = ty else { break };
        match facts.types.get(name).map(|def| &def.kind) {
            Some(Kind::Alias {
                ty: inner,
                range: limits,
            }) => {
                range = range.or(*limits);
                ty = inner;
            }
            Some(Kind::Rust { rust, repr }) => {
                own = own.or(Some(rust.as_str()));
                ty = repr;
            }
            _ => break,
        }
    }
    Bare { ty, range, own }
}

impl<'a> Comparison<'a> {
    /// What a type of the old version stands as at rest, whatever it is called.
    pub(super) fn plain_old(&self, ty: &'a Ty) -> &'a Ty {
        bare(self.old, ty).ty
    }

    /// The same of the new version.
    pub(super) fn plain_new(&self, ty: &'a Ty) -> &'a Ty {
        bare(self.new, ty).ty
    }

    /// Compares two types. `ranged` says that the place has a range of its own, so that an alias's is told there.
    pub(super) fn compare_types(&self, old: &'a Ty, new: &'a Ty, ranged: bool, met: &mut Met<'a>) {
        let (a, b) = (bare(self.old, old), bare(self.new, new));
        let mut say = |aspect, old_shown: String, new_shown: String| {
            met.differences.push(TyDifference {
                aspect,
                old: a.ty,
                new: b.ty,
                old_shown,
                new_shown,
            });
        };
        if a.range != b.range && !ranged {
            say("range", a.range.show(), b.range.show());
        }
        if a.own != b.own {
            let shown = |own: Option<&str>| own.unwrap_or("none").to_owned();
            say(OWN, shown(a.own), shown(b.own));
        }
        match (a.ty, b.ty) {
            (Ty::Option(a), Ty::Option(b)) => self.compare_types(a, b, ranged, met),
            (Ty::Option(inner), other) => {
                say("optional", a.ty.show(), other.show());
                self.compare_types(inner, other, ranged, met);
            }
            (other, Ty::Option(inner)) => {
                say("optional", other.show(), b.ty.show());
                self.compare_types(other, inner, ranged, met);
            }
            (Ty::List(a), Ty::List(b)) | (Ty::Map(a), Ty::Map(b)) => {
                self.compare_types(a, b, false, met)
            }
            (Ty::Named(one), Ty::Named(other)) if self.same_kind(one, other) => {
                met.named.push((one, other))
            }
            (one, other) => {
                if let Some(aspect) = self.aspect(one, other) {
                    say(aspect, one.show(), other.show());
                }
            }
        }
    }

    fn same_kind(&self, old: &str, new: &str) -> bool {
        let (Some(old), Some(new)) = (self.old.types.get(old), self.new.types.get(new)) else {
            return false;
        };
        std::mem::discriminant(&old.kind) == std::mem::discriminant(&new.kind)
    }

    /// In what two types differ that hold no others; `None` when their values are the same.
    fn aspect(&self, old: &Ty, new: &Ty) -> Option<&'static str> {
        let is_moment = |ty: &Ty| matches!(ty, Ty::TimestampS | Ty::TimestampMs | Ty::Datetime);
        let is_span = |ty: &Ty| matches!(ty, Ty::DurationS | Ty::DurationMs);
        match (old, new) {
            (Ty::Param(old), Ty::Param(new)) => {
                let (old, new) = (self.old.params.get(old)?, self.new.params.get(new)?);
                (old.ty != new.ty).then_some("kind")
            }
            (Ty::KeyName(old), Ty::KeyName(new)) => {
                let now = self.key_now(old).unwrap_or(old);
                (now != new).then_some("kind")
            }
            (old, new) if old == new => None,
            (Ty::String { .. }, Ty::String { .. }) | (Ty::Slug { .. }, Ty::Slug { .. }) => {
                Some("max")
            }
            (old, new) if is_moment(old) && is_moment(new) || is_span(old) && is_span(new) => {
                Some("unit")
            }
            _ => Some("kind"),
        }
    }
}
