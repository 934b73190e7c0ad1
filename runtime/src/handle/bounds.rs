//! Counting within bounds: the server counts first and takes it back where the result is out of range.

use redis::Value;

use crate::cmd::Args;
use crate::codec::Countable;
use crate::error::{Error, ErrorKind, Result};
use crate::key::Spec;
use crate::reply;

/// A script that counts, made by macro `$script`. `$arguments` are the amount and the bounds; `$read` and
/// `$count` are what to call; `$undo` puts the text `old` back, which is false where there was nothing;
/// `$done` ends a count that stays within the bounds.
///
/// Numbers are compared as texts: the server's scripts know integers up to 53 bits only. Beyond these the text is
/// read back.
macro_rules! bounded {
    ($script:ident, $arguments:literal, $read:literal, $count:literal, $undo:literal, $done:literal) => {
        $script!(
            "local function less(a,b)"
            "local x,y=string.sub(a,1,1)=='-',string.sub(b,1,1)=='-'"
            "if x~=y then return x end"
            "if #a~=#b then return (#a<#b)~=x end"
            "return a~=b and (a<b)~=x end"
            "local by,min,max=" $arguments
            "local old=" $read
            "local new=" $count
            "if new>-9e15 and new<9e15 then new=string.format('%.0f',new) else new=" $read "end"
            "if less(new,min) or less(max,new) then" $undo "return false end"
            $done "return new"
        )
    };
}

pub(super) use bounded;

impl Args {
    /// Appends the amount and the bounds.
    pub(super) fn bounds(self, by: i64, min: i64, max: i64) -> Self {
        self.int(by).int(min).int(max)
    }
}

/// The result within its type's range; nil where it would leave it.
pub(super) fn in_range<C: Countable>(value: Value, spec: &'static Spec) -> Result<C::Value> {
    reply::optional::<C>(value, spec)?
        .ok_or_else(|| Error::new(ErrorKind::OutOfRange, spec.template, ""))
}

/// Refuses numbers that the server cannot add.
pub(super) fn finite(by: f64) -> Result<f64, crate::codec::Problem> {
    if by.is_finite() {
        Ok(by)
    } else {
        Err("not a finite number".into())
    }
}
